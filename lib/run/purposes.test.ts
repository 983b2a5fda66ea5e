import { describe, expect, it } from 'vitest';
import { apply, begun, client, connected, done, failed, failureOf, later, laterAt, laterResults, privileges, role, setup, tick, workingOn, type LaterOptions } from '../../test/fixtures/run-samples.ts';
import { causeOf, type Failure } from '../failure.ts';
import { adminaJamfPro } from '../recipes/admina-jamf-pro.ts';
import { privilegesFor } from '../recipes/recipe.ts';
import type { StepResult } from './machine.ts';
import { secretNotHandedOver } from './purposes.ts';
import type { AnyStepId, Purpose, Run } from './run.ts';
import { servicesInput } from '../../test/fixtures/service-samples.ts';
import { integrationApi } from '../services/integration-api/service.ts';
import { viewOf, type RunView } from './view.ts';

const viewOfRun = (run: Run): RunView => {
  const service = { id: 'integration-api', account: '', address: 'https://service.example', organization: 'Org' };
  return viewOf({ tenant: setup.tenant, run, services: servicesInput({ settings: [service] }), about: integrationApi, service, recipe: adminaJamfPro, draft: undefined, guide: undefined, groups: undefined }) as RunView;
};
const retry = (run: Run): Run => apply(run, { type: 'retry', at: tick(), tabId: 1, clicks: 1 }).run;

const looks = ['service-key', 'console-access', 'privileges', 'find-role', 'find-client', 'find-registration'];
const found = { origin: 'found' } as const;
const table: [what: string, purpose: Purpose, options: LaterOptions, steps: string[]][] = [
  ['edit', 'edit', {}, [...looks, 'role', 'register', 'outcome']],
  ['edit, where the secret has to be sent again', 'edit', { can: { keepSecret: false } }, [...looks, 'role', 'client', 'secret', 'proof', 'register', 'outcome']],
  ['rotate', 'rotate', {}, ['service-key', 'console-access', 'find-role', 'find-client', 'find-registration', 'client', 'secret', 'proof', 'register', 'outcome']],
  ['rights', 'rights', {}, ['service-key', 'console-access', 'privileges', 'find-role', 'find-registration', 'role', 'outcome']],
  ['rights, where the service reads by itself', 'rights', { can: { sync: false } }, ['console-access', 'privileges', 'find-role', 'role']],
  ['guided: edit', 'edit', { rungs: ['guided'] }, ['service-key', 'find-registration', 'register', 'outcome']],
  ['guided: rotate', 'rotate', { rungs: ['guided'] }, ['service-key', 'find-registration', 'secret', 'proof', 'register', 'outcome']],
  ['disconnect', 'disconnect', {}, ['console-access', 'undo-registration', 'undo-client', 'undo-role']],
  ['disconnect at the service', 'disconnect', { removesConsole: false }, ['undo-registration']],
  ['disconnect, no API for it', 'disconnect', { can: { disconnect: false } }, ['console-access', 'undo-client', 'undo-role']],
  ['disconnect, neither', 'disconnect', { can: { disconnect: false }, removesConsole: false }, []],
  ['disconnect, the role another’s', 'disconnect', { made: { role: { value: role, origin: 'changed', before: role } } }, ['console-access', 'undo-registration', 'undo-client']],
  ['disconnect, all found', 'disconnect', { made: { role: { value: role, ...found }, client: { value: client, ...found }, registration: { id: 'int-1', ...found } } }, []],
];

describe('the steps', () => {
  it.each(table)('%s', (_what, purpose, options, steps) => {
    expect(later(purpose, options).steps).toEqual(steps);
  });

  it.each(table)('%s: gone through to the end, and the lines stand for them', (_what, purpose, options) => {
    let run = later(purpose, options);
    // The admin's own doing.
    if (options.rungs) run = { ...run, steps: run.steps!.filter((step) => step !== 'secret') };
    const ids = (of: Run): string[] => viewOfRun(of).lines.map(({ id }) => id);
    const lines = ids(run);
    while (run.phase.kind === 'working') {
      const view = viewOfRun(run);
      expect([view.purpose, view.lines.filter(({ state }) => state === 'active').length]).toEqual([purpose, 1]);
      expect(ids(run)).toEqual(lines);
      expect(view.actions).toEqual(view.isUndoing ? [] : ['cancel']);
      run = done(run, laterResults[run.phase.step] ?? ({ step: run.phase.step } as StepResult)).run;
    }
    const view = viewOfRun(run);
    expect([view.kind, view.actions]).toEqual([purpose === 'disconnect' ? 'undone' : 'connected', ['dismiss']]);
    expect(view.lines.every(({ state }) => state === 'done')).toBe(true);
    expect(ids(run)).toEqual(lines);
  });

  it('are shown one after the other', () => {
    const run = laterAt('undo-client', later('disconnect'));
    expect(viewOfRun(run)).toMatchObject({
      isUndoing: true,
      lines: [{ id: 'access', state: 'done' }, { id: 'undo-registration', state: 'done' }, { id: 'undo-client', state: 'active' }, { id: 'undo-role', state: 'waiting' }],
    });
    expect(viewOfRun(later('rights')).lines.map(({ id }) => id)).toEqual(['service', 'access', 'survey', 'role', 'outcome']);
  });
});

describe('what a Run begins with', () => {
  it('owns nothing of what is there', () => {
    for (const purpose of ['edit', 'rotate', 'rights'] as const) {
      expect(later(purpose).made).toMatchObject({ role: { value: role, origin: 'found' }, client: { value: client, origin: 'found' }, registration: { id: 'int-1', origin: 'found' }, secrets: 0 });
    }
  });

  it('takes of the setup what an edit may change, and for nothing else', () => {
    const changes = { dataSets: ['accounts' as const], group: null, name: 'Other', answers: { a: 'b' }, service: { id: 'integration-api', address: 'https://elsewhere.example' } };
    expect(later('edit', { changes }).setup).toEqual({ ...setup, purpose: 'edit', dataSets: ['accounts'], group: null, name: 'Other', answers: { a: 'b' } });
    expect(later('rotate', { changes }).setup).toMatchObject({ ...setup, purpose: 'rotate' });
  });

  it('is taken back by nobody: neither by undo nor by editing', () => {
    for (const purpose of ['edit', 'rotate', 'rights'] as const) {
      const run = failed(laterAt('outcome', later(purpose)), failureOf('service-unreachable', { host: 'x', status: '' })).run;
      expect(apply(run, { type: 'undo', at: tick(), tabId: 1, clicks: 1 }).run).toBe(run);
      expect(viewOfRun(run).actions).not.toContain('undo');
      const again = apply(run, { type: 'edit', at: tick(), setup: { ...setup, dataSets: ['accounts'] }, tabId: 1, clicks: 1 }).run;
      expect(again === run).toBe(purpose !== 'edit');
      expect(again.setup.purpose).toBe(purpose);
      expect(apply(run, { type: 'use-rung', at: tick(), rung: 'guided', tabId: 1, clicks: 1 }).run).toBe(run);
    }
  });
});

describe('what differs from what was left', () => {
  const other = { ...role, privileges: [...privileges, 'Read Policies'] };
  const accounts = { changes: { dataSets: ['accounts' as const], group: null } };
  const atRole = (run: Run, seen = role): Run => laterAt('role', run, { 'find-role': { step: 'find-role', role: seen } });

  it('the choice itself is not asked for', () => expect(atRole(later('edit', accounts)).phase).toMatchObject({ kind: 'working', step: 'role' }));
  it('what somebody else changed beyond it is', () => {
    const asked = atRole(later('edit', accounts), other);
    const surplus = privileges.filter((name) => !privilegesFor(adminaJamfPro, ['accounts']).includes(name));
    expect(asked.phase).toMatchObject({ ask: { kind: 'consent', changes: [{ object: 'role', missing: [], surplus: [...surplus, 'Read Policies'] }] } });
    expect(apply(asked, { type: 'consent', at: tick(), clicks: 1 }).run.phase).toMatchObject({ kind: 'working', step: 'role' });
  });
  it('the click on “rights” is the yes', () => expect(atRole(later('rights'), other).phase).toMatchObject({ kind: 'working', step: 'role' }));
  it('a new secret alone needs no yes, a changed client does', () => {
    expect(laterAt('client', later('rotate')).phase).toMatchObject({ kind: 'working', step: 'client' });
    const changed = { ...client, enabled: false, roles: [role.name, 'Reports'] };
    expect(laterAt('client', later('rotate'), { 'find-client': { step: 'find-client', client: changed } }).phase).toMatchObject({
      ask: { changes: [{ object: 'client', newSecret: true, enable: true, otherRoles: ['Reports'] }] },
    });
  });
});

describe('what is gone', () => {
  const cases: [Purpose, AnyStepId, object | null, string][] = [
    ['rotate', 'find-role', null, 'role'],
    ['rights', 'find-role', null, 'role'],
    ['edit', 'find-client', null, 'client'],
    // Of the same name, but not the one that the service has.
    ['rotate', 'find-client', { ...client, clientId: 'c-9' }, 'client'],
    ['rotate', 'find-registration', null, 'registration'],
    ['rights', 'find-registration', null, 'registration'],
  ];
  it.each(cases)('%s, %s: %o', (purpose, step, result, what) => {
    const key = step.slice('find-'.length);
    const run = laterAt(undefined, later(purpose), { [step]: { step, [key]: result } as never });
    expect(run.phase).toMatchObject({ kind: 'failed', step, failure: { code: 'connection-gone', params: { what, organization: 'Org' } } });
    expect(viewOfRun(run).actions).toEqual(['dismiss', 'retry']);
    // Nothing was written, and looking again begins anew.
    expect(run.journal.some(({ step: at }) => ['role', 'client', 'secret', 'register'].includes(at))).toBe(false);
    expect(retry(run).phase).toMatchObject({ kind: 'working', step: run.steps![0] });
  });

  it.each([['register', 'service-refused', 'registration'], ['outcome', 'service-refused', 'registration'], ['secret', 'console-refused', 'client']] as const)('%s: %s', (step, code, what) => {
    const run = failed(laterAt(step, later('rotate')), failureOf(code, { status: '404' })).run;
    expect(run.phase).toMatchObject({ failure: { code: 'connection-gone', params: { what } } });
  });
});

describe('a new secret that did not get there', () => {
  const stopped = (step: AnyStepId, failure: Failure): Run => failed(laterAt(step, later('rotate')), failure).run;
  const away = failureOf('service-unreachable', { host: 'x', status: '' }, 'unknown');

  it('is told with the cause, and what helps is what helps against that', () => {
    const run = stopped('register', failureOf('service-key-refused', { host: 'x' }));
    expect(run.phase).toMatchObject({ failure: { code: 'secret-not-handed-over', params: { cause: 'service-key-refused', host: 'x', organization: 'Org', service: 'old' } } });
    if (run.phase.kind !== 'failed') throw new Error();
    expect(Date.parse(String(run.phase.failure.params['since']))).toBe(run.journal.find(({ step, what }) => step === 'secret' && what === 'done')?.at);
    expect(causeOf(run.phase.failure)).toMatchObject({ code: 'service-key-refused' });
    expect(viewOfRun(run).actions).toEqual(['service-key', 'retry', 'dismiss']);
    // The same secret again.
    expect(retry(run)).toMatchObject({ phase: { kind: 'working', step: 'register' }, made: { secrets: 1 } });
  });
  it('may be there, where the answer was lost', () => expect(stopped('register', away).phase).toMatchObject({ failure: { params: { service: 'unknown' } } }));
  it('may have been made, where that answer was lost', () => expect(stopped('secret', failureOf('console-unreachable', {}, 'unknown')).phase).toMatchObject({ failure: { code: 'secret-not-handed-over' } }));
  it('is not there where none was made', () => expect(stopped('secret', failureOf('console-busy')).phase).toMatchObject({ failure: { code: 'console-busy' } }));
  it('is made again where it is gone', () => expect(stopped('register', failureOf('secret-lost')).phase).toMatchObject({ kind: 'working', step: 'secret' }));
  it('is no matter once it was handed over', () => {
    const run = stopped('outcome', away);
    expect(run.phase).toMatchObject({ failure: { code: 'service-unreachable' } });
    expect(secretNotHandedOver(run)).toBeUndefined();
  });
  it('ends nothing that was not in use', () => {
    expect(secretNotHandedOver(begun())).toBeUndefined();
    expect(secretNotHandedOver(connected())).toBeUndefined();
    const foreign = { step: 'find-registration', registration: { id: 'int-1', clientId: 'c-other' } } as const;
    const consented = apply(laterAt(undefined, begun(), { ...laterResults, 'find-registration': foreign }), { type: 'consent', at: tick(), clicks: 1 }).run;
    expect(secretNotHandedOver(failed(laterAt('register', consented, laterResults), away).run)).toBeUndefined();
  });
});

it('where the service does without the rights or the secret, the next try does all that a connection needs', () => {
  for (const [purpose, code] of [['rights', 'credentials_rejected'], ['rotate', 'privilege_missing']] as const) {
    const run = retry(failed(laterAt('outcome', later(purpose)), failureOf('service-reports-failure', { code })).run);
    expect(laterAt('secret', run).phase).toMatchObject({ kind: 'working', step: 'secret' });
    expect(laterAt('role', run).phase).toMatchObject({ kind: 'working', step: 'role' });
  }
});

describe('disconnecting', () => {
  const limited: StepResult = { step: 'console-access', access: { account: 'kim', full: false, privileges: ['Read API Roles'] } };
  it('lacks rights before anything is taken away', () => {
    expect(laterAt(undefined, later('disconnect'), { 'console-access': limited }).phase).toMatchObject({ failure: { code: 'rights-missing', params: { names: ['Delete API Integrations', 'Delete API Roles'] } } });
  });
  it('says what goes and what stays', () => {
    const started = viewOfRun(later('disconnect', { made: { role: { value: role, origin: 'changed', before: role } } }));
    expect(started.made).toEqual({ role: undefined, client: { name: client.name, origin: 'created' }, registration: 'created' });
    expect(started.stays).toEqual({ role: { name: role.name, origin: 'changed' }, client: undefined, registration: undefined });
    const ended = viewOfRun(laterAt(undefined, later('disconnect', { removesConsole: false })));
    expect([ended.made, ended.stays]).toEqual([
      { role: undefined, client: undefined, registration: undefined },
      { role: { name: role.name, origin: 'created' }, client: { name: client.name, origin: 'created' }, registration: undefined },
    ]);
  });
  it('goes on where it stopped', () => {
    const run = failed(laterAt('undo-client', later('disconnect')), failureOf('console-unreachable', {}, 'unknown')).run;
    expect(viewOfRun(run).actions).toEqual(['retry', 'dismiss']);
    expect(retry(run).phase).toMatchObject({ kind: 'working', step: 'undo-client' });
    expect(laterAt(undefined, retry(run)).phase.kind).toBe('undone');
  });
});

it('a Run from before there were purposes is what it was', () => {
  expect(workingOn('role').steps).toBeUndefined();
  expect(viewOfRun(workingOn('role'))).toMatchObject({ purpose: undefined, stays: undefined });
});
