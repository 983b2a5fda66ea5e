import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { results, setup, startedAt, tick } from '../../test/fixtures/run-samples.ts';
import { jamfPro } from '../consoles/jamf-pro/adapter.ts';
import { adminaJamfPro } from '../recipes/admina-jamf-pro.ts';
import { admina } from '../services/admina/service.ts';
import type { ServiceAccess, ServiceAdapter } from '../services/service.ts';
import { Secret } from '../vault/secret.ts';
import { KeyferryError } from '../failure.ts';
import { apiCourse } from './api-course.ts';
import { findLeftRegistration, performApiStep, type EffectContext } from './effects.ts';
import type { RunEvent, StepResult, Transition } from './machine.ts';
import { apiStepIds, runSchema, type ApiStepId, type Run } from './run.ts';
import { createLaterRun } from './purposes.ts';
import { createRun, transition } from './transition.ts';

/* A service whose own form takes the credentials: the course "API" with the admin in its last step but one. */

const course = apiCourse(adminaJamfPro, jamfPro, 'form');
const apply = (run: Run, event: RunEvent): Transition => transition(run, event, course);
const [site] = admina.address.kind === 'fixed' ? admina.address.options : [];
const begun = (): Run => apply(createRun('run-1', { ...setup, service: { id: admina.id, address: site!.address } }, 1, startedAt, { clicks: 1, consoleCalls: 0 }), { type: 'begin', at: tick() }).run;
const done = (run: Run, result: StepResult): Run => apply(run, { type: 'step-done', at: tick(), attempt: run.phase.kind === 'working' ? (run.phase.attempt?.startedAt ?? 0) : 0, result, consoleCalls: 1 }).run;
const workingOn = (step: ApiStepId): Run => apiStepIds.slice(0, apiStepIds.indexOf(step)).reduce((run, id) => done(run, results[id]), begun());
const atForm = (): Run => workingOn('register');
const guided = (run: Run): Run => apply(run, { type: 'guided', at: tick(), step: 'register' }).run;
const found = (run: Run, what: Record<string, string>): Run => apply(run, { type: 'found', at: tick(), step: 'register', found: what }).run;

describe('the Run', () => {
  it('waits at the form, and goes on when the guide says so', () => {
    const run = atForm();
    expect(run.phase).toEqual({ kind: 'needs-admin', step: 'register', ask: { kind: 'guide', failure: null } });
    const on = guided(found(run, { outcome: 'connected' }));
    expect(z.parse(runSchema, JSON.parse(JSON.stringify(on)))).toEqual(on);
    expect(on).toMatchObject({ phase: { kind: 'working', step: 'outcome' }, seen: { status: 'connected' }, made: { registration: { origin: 'found' }, handedOver: on.made.secrets } });
    expect(done(on, { step: 'outcome', accounts: null, devices: null, accountsUrl: null, proof: 'by-use' }).phase).toMatchObject({ kind: 'connected', receipt: { proof: 'by-use' } });
  });

  it('tells what the page says of a failure, and stays', () => {
    const failed = found(atForm(), { outcome: 'failed', reason: '権限が不足しています' });
    expect(failed.phase).toMatchObject({ kind: 'needs-admin', step: 'register', ask: { failure: { code: 'service-reports-failure', params: { message: '権限が不足しています' } } } });
    expect(found(failed, { outcome: 'connected' }).phase).toMatchObject({ ask: { failure: null } });
    expect(found(failed, {})).toEqual(failed);
  });

  it('gets another secret where the one to be typed in is gone', () => {
    expect(apply(atForm(), { type: 'secret-gone', at: tick(), secret: 'client-secret' }).run.phase).toMatchObject({ kind: 'working', step: 'secret' });
  });

  it('leads to the form again where the service reports a failure later', () => {
    const run = guided(atForm());
    const failed = apply(run, { type: 'step-failed', at: tick(), attempt: run.phase.kind === 'working' ? (run.phase.attempt?.startedAt ?? 0) : 0, failure: { code: 'service-reports-failure', params: { code: '' }, certainty: 'not-done' }, consoleCalls: 0 }).run;
    expect(apply(failed, { type: 'retry', at: tick(), tabId: 1, clicks: 1 }).run.phase).toMatchObject({ kind: 'needs-admin', step: 'register' });
  });

  it.each(['rotate', 'edit'] as const)('until the admin has saved, says that the earlier secret is dead: %s', (purpose) => {
    const first = done(guided(atForm()), { step: 'outcome', accounts: null, devices: null, accountsUrl: null, proof: 'by-use' });
    if (first.phase.kind !== 'connected') throw new Error('not connected');
    const { role, client } = first.made;
    const left = { setup: first.setup, made: first.made, receipt: first.phase.receipt };
    const later = apply(createLaterRun('run-2', left, { ...first.setup, purpose }, { rungs: jamfPro.rungs, can: admina.can, removesConsole: false }, 1, tick(), { clicks: 1, consoleCalls: 0 }), { type: 'begin', at: tick() }).run;
    const there: Partial<Record<ApiStepId, StepResult>> = {
      'find-role': { step: 'find-role', role: role!.value },
      'find-client': { step: 'find-client', client: client!.value },
      'find-registration': { step: 'find-registration', registration: { id: '', clientId: '' } },
      'role': { step: 'role', made: { value: role!.value, origin: 'found' } },
      'client': { step: 'client', made: { value: client!.value, origin: 'found' } },
    };
    const waiting = later.steps!.slice(0, later.steps!.indexOf('register')).reduce((run, id) => done(run, there[id as ApiStepId] ?? results[id as ApiStepId]), later);
    expect(waiting.phase).toMatchObject({ kind: 'needs-admin', step: 'register', ask: { kind: 'guide', failure: { code: 'secret-not-handed-over', params: { by: 'form' } } } });
    expect(found(waiting, { outcome: 'connected' }).phase).toMatchObject({ ask: { failure: null } });
    expect(guided(waiting).phase).toMatchObject({ kind: 'working', step: 'outcome' });
  });

  it('takes back role and client, and nothing at the service', () => {
    const cancelled = apply(atForm(), { type: 'cancel', at: tick(), clicks: 1 }).run;
    expect(apply(cancelled, { type: 'undo', at: tick(), tabId: 1, clicks: 1 }).run.phase).toMatchObject({ kind: 'working', step: 'undo-client' });
  });

  it('hears nothing of it anywhere else', () => {
    for (const run of [workingOn('proof'), begun()]) {
      expect(guided(run)).toEqual(run);
      expect(found(run, { outcome: 'connected' })).toEqual(run);
    }
  });
});

describe('the steps', () => {
  const access: ServiceAccess = { address: site!.address, account: '1', key: new Secret('key') };
  /** What the API says, look by look; the last stays. */
  function contextOf(run: Run, looks: (Awaited<ReturnType<ServiceAdapter['findRegistration']>> | undefined)[], hasKey = true, devices: () => number | undefined = () => 9): EffectContext {
    let clock = startedAt;
    const rest = [...looks];
    return {
      run,
      now: () => clock,
      wait: (duration: number) => {
        clock += duration;
        return Promise.resolve();
      },
      signal: new AbortController().signal,
      recipe: adminaJamfPro,
      form: admina,
      service: { findRegistration: () => Promise.resolve(rest.length > 1 ? rest.shift() : rest[0]), countDevices: () => Promise.resolve().then(devices), readOrganization: () => Promise.resolve({ name: 'Org', consoles: ['jamf-pro'], ownHosts: false, mayWrite: true }) } as unknown as ServiceAdapter,
      serviceAccess: () => (hasKey ? Promise.resolve(access) : Promise.reject(new KeyferryError('service-key-missing'))),
    } as unknown as EffectContext;
  }
  const workspace = (status: 'connecting' | 'connected' | 'failed', accounts = 7) => ({ id: '1/2', clientId: '', status, error: status === 'failed' ? { code: '', message: 'failed', privileges: [] } : undefined, counts: { accounts, devices: undefined }, accountsUrl: undefined });
  const told = found(atForm(), { outcome: 'connected' });
  const byUse = { step: 'outcome', accounts: null, devices: null, accountsUrl: null, proof: 'by-use' };

  it('without a key nothing of the service is asked', async () => {
    expect(await performApiStep('service-key', contextOf(begun(), [], false))).toEqual({ step: 'service-key', organization: admina.name });
    expect(await performApiStep('find-registration', contextOf(begun(), [], false))).toEqual({ step: 'find-registration', registration: null });
    expect(await performApiStep('outcome', contextOf(told, [], false))).toEqual(byUse);
  });

  it('a console on a host of its own has no workspace key', async () => {
    const own = { ...begun(), setup: { ...setup, tenant: { console: 'jamf-pro' as const, key: 'mdm.acme.example', origin: 'https://mdm.acme.example', base: 'https://mdm.acme.example' } } };
    await expect(performApiStep('service-key', contextOf(own, [], false))).rejects.toMatchObject({ failure: { code: 'service-console-unsupported' } });
  });

  it('with a key it is polled until accounts arrive, and devices are counted', async () => {
    expect(await performApiStep('outcome', contextOf(told, [undefined, workspace('connecting', 0), workspace('connected')]))).toEqual({ step: 'outcome', accounts: 7, devices: 9, accountsUrl: null });
  });

  it('what the page said counts where the API never says it; a failure does not wait for ever', async () => {
    expect(await performApiStep('outcome', contextOf(told, [undefined]))).toEqual(byUse);
    await expect(performApiStep('outcome', contextOf(told, [workspace('failed')]))).rejects.toMatchObject({ failure: { code: 'service-reports-failure' } });
    await expect(performApiStep('outcome', contextOf(atForm(), [undefined]))).rejects.toMatchObject({ failure: { code: 'outcome-timeout' } });
  });

  it('a plan without devices is told', async () => {
    const lacks = (): never => {
      throw new KeyferryError('service-plan-lacks', { host: 'x' });
    };
    await expect(performApiStep('outcome', contextOf(told, [workspace('connected')], true, lacks))).rejects.toMatchObject({ failure: { code: 'service-plan-lacks' } });
    // Before anything is written, where devices are new.
    const keyStep = (changes: Partial<Run['setup']>): ReturnType<typeof performApiStep> => performApiStep('service-key', contextOf({ ...begun(), setup: { ...begun().setup, ...changes } }, [], true, lacks));
    await expect(keyStep({})).rejects.toMatchObject({ failure: { code: 'service-plan-lacks' } });
    await expect(keyStep({ purpose: 'edit' })).rejects.toMatchObject({ failure: { code: 'service-plan-lacks' } });
    for (const changes of [{ purpose: 'rotate' as const }, { dataSets: ['accounts' as const] }]) expect(await keyStep(changes)).toEqual({ step: 'service-key', organization: 'Org' });
  });

  it('a workspace whose id nobody knows is looked for by its name', async () => {
    const { service } = contextOf(told, [workspace('connected')]);
    const run = guided(told);
    expect(run.made.registration?.id).toBe('');
    expect(await findLeftRegistration(service, access, run, adminaJamfPro, new AbortController().signal)).toMatchObject({ id: '1/2' });
  });
});
