import { describe, expect, it } from 'vitest';
import { cancelledAt, capturing, failed, failureOf, privileges, role, samples, setup, startedAt, undoing, workingOn } from '../../test/fixtures/run-samples.ts';
import { at, failed as uemFailed, samples as uemSamples, uemViewInput } from '../../test/fixtures/uem-samples.ts';
import { ledgerly, servicesInput } from '../../test/fixtures/service-samples.ts';
import { harmonyMobile } from '../services/harmony-mobile/service.ts';
import { integrationApi } from '../services/integration-api/service.ts';
import { failureCodes, type Failure } from '../failure.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { adminaJamfPro } from '../recipes/admina-jamf-pro.ts';
import { apiStepIds, type Run } from './run.ts';
import { createRun } from './transition.ts';
import { defaultName, stepLines, viewOf, type RunAction, type RunView, type View, type ViewInput } from './view.ts';

const service = { id: 'integration-api', account: '', address: 'https://service.example', organization: 'Org' };
const nothing: ViewInput = { tenant: setup.tenant, run: undefined, services: servicesInput({ settings: [service] }), about: integrationApi, service, recipe: adminaJamfPro, draft: undefined, guide: undefined, groups: undefined };
const viewOfRun = (run: Run): RunView => {
  const view = viewOf({ ...nothing, run });
  if (!('runId' in view)) throw new Error(`no view of a Run: ${view.kind}`);
  return view;
};

describe('every phase', () => {
  it.each(samples)('%s: something can be done, or it is at work', (_name, run) => {
    const view = viewOfRun(run);
    expect(new Set(view.actions).size).toBe(view.actions.length);
    if (view.kind !== 'running') expect(view.actions.length).toBeGreaterThan(0);
    // Whoever does not want to go on can leave.
    if (view.kind !== 'running') expect(view.actions.some((action) => action === 'dismiss' || action === 'cancel')).toBe(true);
    // Guided, the admin does in the console what the other lines stand for.
    expect(view.lines.map((line) => line.id)).toEqual(run.rung === 'guided' ? ['service', 'survey', 'secret', 'proof', 'register', 'outcome'] : Object.keys(stepLines));
    expect(view.lines.filter((line) => line.state === 'active').length).toBeLessThanOrEqual(1);
    expect(JSON.stringify(view)).not.toContain('hunter2');
    expect([view.ask !== undefined, view.failure !== undefined, view.receipt !== undefined]).toEqual([view.kind === 'needs-admin', view.kind === 'failed', view.kind === 'connected']);
  });

  it('the lines stand for every step once', () => {
    expect(Object.values(stepLines).flat()).toEqual([...apiStepIds]);
  });

  it('no first data is waited for where the service reads nothing by itself', () => {
    const { lines } = viewOf({ ...nothing, about: { ...integrationApi, outcome: 'by-use' }, run: workingOn('outcome') }) as RunView;
    expect(lines.at(-1)).toEqual({ id: 'register', state: 'active' });
  });

  it.each(apiStepIds)('working on %s: one line is active, those before it done, those after it waiting', (step) => {
    const { lines, actions, kind } = viewOfRun(workingOn(step));
    const at = lines.findIndex((line) => line.state === 'active');
    expect(stepLines[lines[at]!.id as keyof typeof stepLines] as readonly string[]).toContain(step);
    expect(lines.map((line) => line.state)).toEqual(lines.map((_line, index) => (index < at ? 'done' : index === at ? 'active' : 'waiting')));
    expect([kind, actions]).toEqual(['running', ['cancel']]);
  });

  it('says who made role and client only once that is known', () => {
    expect(viewOfRun(workingOn('role')).lines.some((line) => line.origin)).toBe(false);
    expect(viewOfRun(workingOn('secret')).lines.filter((line) => line.origin)).toEqual([{ id: 'role', state: 'done', origin: 'created' }, { id: 'client', state: 'done', origin: 'created' }]);
  });

  it('shows of what there was nothing as made', () => {
    const run = failed(workingOn('client', { 'find-role': { step: 'find-role', role }, 'role': { step: 'role', made: { value: role, origin: 'found' } } }), failureOf('unexpected')).run;
    expect(viewOfRun(run).made).toEqual({ role: undefined, client: undefined, registration: undefined });
    expect(viewOfRun(run).actions).not.toContain('undo');
  });

  it('offers to take back what was made, and what may have been', () => {
    expect(viewOfRun(failed(workingOn('role'), failureOf('unexpected')).run).actions).toEqual(['retry', 'dismiss']);
    expect(viewOfRun(failed(workingOn('role'), failureOf('console-unreachable', {}, 'unknown')).run).actions).toEqual(['retry', 'undo', 'dismiss']);
    expect(viewOfRun(cancelledAt('client')).actions).toEqual(['continue', 'undo', 'dismiss']);
    expect(viewOfRun(cancelledAt('find-role')).actions).toEqual(['continue', 'dismiss']);
  });
});

describe('guided', () => {
  const guide = { title: 'Press “New”', progress: '4 of 11', isSecretShown: false, step: 'new-role' };
  const shown = { title: 'The secret is here', progress: '11 of 11', isSecretShown: true, step: 'new-role' };
  const viewWith = (run: Run, changes: Partial<ViewInput>): RunView => viewOf({ ...nothing, ...changes, run }) as RunView;

  it.each<[string, ViewInput['guide'], RunAction[]]>([
    ['the guide has not spoken', undefined, ['open-credentials', 'cancel']],
    ['the guide leads', guide, ['open-console', 'cancel']],
    ['the secret is in sight', shown, ['capture-shown', 'cancel']],
  ])('%s', (_what, said, actions) => {
    expect(viewWith(capturing(), { guide: said })).toMatchObject({ kind: 'needs-admin', rung: 'guided', ask: { kind: 'capture', failure: null }, guide: said, actions, wanted: { name: setup.name, privileges, tokenLifetime: adminaJamfPro.tokenLifetime } });
  });

  it.each(samples.filter(([, run]) => run.phase.kind !== 'needs-admin' || run.phase.ask.kind !== 'capture'))('%s: the guide has no say', (_name, run) => {
    const view = viewWith(run, { guide: shown });
    expect(view.guide).toBeUndefined();
    expect(view.actions).toEqual(viewWith(run, {}).actions);
    expect(view.actions).not.toContain('capture-shown');
  });

  it('what was waived is not asked for', () => {
    const [waived, ...others] = privileges;
    expect(viewWith({ ...capturing(), waived: [waived!] }, {}).wanted.privileges).toEqual(others);
  });
});

describe('the course "UEM"', () => {
  const actionsOf = (run: Run): RunAction[] => (viewOf({ ...uemViewInput, run }) as RunView).actions;

  it.each(uemSamples)('%s: something can be done, and nothing that belongs to the other course', (_name, run) => {
    const view = viewOf({ ...uemViewInput, run }) as RunView;
    if (view.kind !== 'running') expect(view.actions.length).toBeGreaterThan(0);
    for (const action of ['undo', 'edit', 'service-key', 'sign-in', 'guide', 'open-credentials'] as const) expect(view.actions).not.toContain(action);
    expect(view.uem?.part !== undefined).toBe(run.phase.kind === 'needs-admin');
  });

  it('what stops it, and what helps', () => {
    expect(actionsOf(uemFailed(at('uem-proof'), 'console-unreachable', { host: 'as1234.awmdm.com' }).run)).toEqual(['retry', 'allow-console', 'dismiss']);
    expect(actionsOf(uemFailed(at('tags'), 'console-busy').run)).toEqual(['retry', 'dismiss']);
    expect(actionsOf(uemFailed(at('arrival'), 'arrival-timeout').run)).toEqual(['retry', 'finish', 'dismiss']);
    expect(actionsOf(uemFailed(at('arrival'), 'service-key-refused').run)).toEqual(['retry', 'finish', 'dismiss']);
    expect(actionsOf(uemFailed(at('arrival'), 'service-unreachable').run)).toEqual(['retry', 'allow-service', 'finish', 'dismiss']);
  });

  it('an administrator that is there already: a yes, or another way', () => {
    const guide = { title: '', progress: '', isSecretShown: false, step: 'admin-exists' };
    expect((viewOf({ ...uemViewInput, run: at('administrator'), guide }) as RunView).actions).toEqual(['take-over', 'by-api', 'cancel']);
    expect((viewOf({ ...uemViewInput, run: at('uem-role'), guide }) as RunView).actions).toEqual(['open-console', 'cancel']);
  });
});

/** Best first, without what every failure offers last (undo, dismiss). */
const remedies: Record<Failure['code'], RunAction[]> = {
  'console-tab-gone': ['retry', 'open-console'],
  'console-signed-out': ['retry', 'open-console'],
  'console-session-refused': ['borrow-token', 'sign-in', 'retry'],
  'console-unreachable': ['retry'],
  'console-busy': ['retry'],
  'console-answer-unreadable': ['retry'],
  'console-refused': ['retry'],
  'console-permission-missing': ['allow-console', 'retry'],
  'page-token-missing': ['sign-in', 'retry'],
  'page-token-expired': ['borrow-token', 'sign-in', 'retry'],
  'sign-in-refused': ['retry'],
  'sign-in-expired': ['sign-in', 'retry'],
  'rights-missing': ['sign-in', 'retry'],
  'role-differs': ['retry'],
  'uem-api-disabled': ['retry'],
  'uem-key-refused': ['retry'],
  'uem-sign-in-refused': ['retry'],
  'uem-basic-disabled': ['retry'],
  'uem-client-refused': ['retry'],
  'uem-right-missing': ['retry'],
  'uem-rights-missing': ['retry'],
  'uem-key-lost': ['retry'],
  'uem-password-lost': ['retry'],
  'uem-admin-exists': ['retry'],
  'uem-admin-account-lost': ['retry'],
  'arrival-timeout': ['retry'],
  'uem-key-list-unavailable': ['retry'],
  'uem-quota-used-up': ['retry'],
  'secret-lost': ['retry'],
  'secret-not-handed-over': ['retry'],
  'capture-unreadable': ['retry'],
  'credentials-not-accepted': ['retry'],
  'credentials-scope-differs': ['retry'],
  'passphrase-wrong': ['retry'],
  'service-key-missing': ['service-key', 'retry'],
  'service-key-refused': ['service-key', 'retry'],
  'service-key-read-only': ['service-key', 'retry'],
  'service-account-unclear': ['service-key', 'retry'],
  'service-key-unfit': ['service-key', 'retry'],
  'service-plan-lacks': ['edit', 'retry'],
  'service-unreachable': ['retry', 'allow-service', 'service-key'],
  'service-busy': ['retry'],
  'service-answer-unreadable': ['retry'],
  'service-refused': ['retry', 'edit'],
  'service-console-unsupported': ['service-key', 'retry'],
  'registration-appeared': ['retry'],
  'service-reports-failure': ['retry', 'edit'],
  'outcome-timeout': ['retry'],
  'connection-gone': ['retry'],
  'bad-input': ['retry'],
  'storage-failed': ['retry'],
  'unexpected': ['retry'],
};

describe('what helps', () => {
  const at = (code: Failure['code'], params: Failure['params'] = {}): Run => ({ ...workingOn('outcome'), phase: { kind: 'failed', step: 'outcome', failure: failureOf(code, params) } });

  it.each(failureCodes)('against %s', (code) => {
    expect(viewOfRun(at(code)).actions).toEqual([...remedies[code], 'undo', 'dismiss']);
  });

  it.each(failureCodes)('against %s while taking back: nothing that would go forth again', (code) => {
    const run: Run = { ...undoing(), phase: { kind: 'failed', step: 'undo-client', failure: failureOf(code) } };
    const { actions, isUndoing, lines } = viewOfRun(run);
    expect(actions).toEqual([...remedies[code].filter((action) => action !== 'edit'), 'dismiss']);
    expect(isUndoing).toBe(true);
    expect(lines.some((line) => line.state === 'failed')).toBe(false);
  });

  it('a group that the service does not find is chosen again first', () => {
    expect(viewOfRun(at('service-reports-failure', { code: 'site_not_found' })).actions).toEqual(['edit', 'retry', 'undo', 'dismiss']);
  });

  it('only what there is to choose can be changed: the service’s own questions, a filter where there is one', () => {
    const run = at('service-reports-failure');
    const [devices] = adminaJamfPro.dataSets.filter(({ id }) => id === 'devices');
    const fixed = { ...adminaJamfPro, dataSets: [{ ...devices!, required: true, groupFilter: false }] };
    const viewWith = (recipe: Recipe): Partial<RunView> => viewOf({ ...nothing, recipe, run: { ...run, setup: { ...run.setup, answers: { group: 'Mine' } } } }) as RunView;
    expect(viewWith(fixed)).toMatchObject({ actions: ['retry', 'undo', 'dismiss'], groups: undefined, asks: [] });
    const ask = { id: 'group', name: 'Group', placeholder: '', isRequired: true };
    expect(viewWith({ ...fixed, asks: [ask] })).toMatchObject({ actions: ['retry', 'edit', 'undo', 'dismiss'], asks: [{ ...ask, value: 'Mine' }] });
  });
});

describe('without a Run', () => {
  it.each<[string, Partial<ViewInput>, View['kind']]>([
    ['no console', { tenant: undefined }, 'not-a-console'],
    ['no console, whatever else there is', { tenant: undefined, run: workingOn('role') }, 'not-a-console'],
    ['no service chosen', { about: undefined, service: undefined }, 'services'],
    ['a service that does not take this console', { about: harmonyMobile, service: undefined }, 'services'],
    ['not set up', { service: undefined }, 'service-setup'],
    ['no key', { services: servicesInput({ settings: [service], held: [] }) }, 'service-setup'],
    ['a locked key', { services: servicesInput({ settings: [service], held: [], locked: [service.address] }) }, 'service-setup'],
    ['a key that is of use only', { about: ledgerly, recipe: ledgerly.recipes[0], services: servicesInput({ held: [] }) }, 'choose'],
    ['another service wanted', { place: { at: 'services' } }, 'services'],
    ['another service wanted, on a page that is no console', { tenant: undefined, place: { at: 'services' } }, 'not-a-console'],
    ['another key wanted while a Run stands', { place: { at: 'set-up', id: service.id, access: service.address }, run: cancelledAt('role') }, 'service-setup'],
    ['all there', {}, 'choose'],
    ['a Run, although the key is gone', { services: servicesInput(), run: workingOn('role') }, 'running'],
  ])('%s', (_what, changes, kind) => {
    expect(viewOf({ ...nothing, ...changes }).kind).toBe(kind);
  });

  const choose = (changes: Partial<ViewInput> = {}): Extract<View, { kind: 'choose' }> => {
    const view = viewOf({ ...nothing, ...changes });
    if (view.kind !== 'choose') throw new Error(view.kind);
    return view;
  };

  it('starts with what is required, and asks for groups only where one can be chosen', () => {
    expect(choose()).toMatchObject({ dataSets: [{ id: 'accounts', required: true, checked: true }, { id: 'devices', required: false, checked: false }], groups: undefined, group: null, name: 'Keyferry: Org' });
    const group = { id: '2', name: 'Osaka' };
    const more = choose({ draft: { dataSets: ['devices'], group, name: 'Mine' } });
    expect(more).toMatchObject({ dataSets: [{ checked: true }, { checked: true }], groups: { state: 'loading' }, group, name: 'Mine' });
    expect(more.privileges).toEqual(privileges);
    expect(choose({ draft: { dataSets: [], group } })).toMatchObject({ groups: undefined, group: null });
  });
});

describe('defaultName', () => {
  it.each([
    ['Org', 'Meshpoint', 'Keyferry: Meshpoint, Org'],
    ['Meshpoint', 'Meshpoint', 'Keyferry: Meshpoint'],
    ['meshpoint.org.example', 'Meshpoint', 'Keyferry: meshpoint.org.example'],
  ])('%s at %s', (organization, vendor, name) => {
    expect(defaultName(organization, vendor)).toBe(name);
  });
  it.each([
    ['Org', 'Keyferry: Org'],
    ['x'.repeat(200), `Keyferry: ${'x'.repeat(90)}`],
    // Not half a character at the end.
    [`${'x'.repeat(89)}🦀`, `Keyferry: ${'x'.repeat(89)}`],
    [`${'x'.repeat(88)}🦀`, `Keyferry: ${'x'.repeat(88)}🦀`],
  ])('%j', (organization, name) => {
    expect(defaultName(organization)).toBe(name);
    expect(defaultName(organization).isWellFormed()).toBe(true);
    expect(createRun('r', { ...setup, name: defaultName(organization) }, 1, startedAt, { clicks: 0, consoleCalls: 0 }).setup.name.length).toBeLessThanOrEqual(100);
  });
});
