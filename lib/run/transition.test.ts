import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { SimulatedWorld } from '../../test/fixtures/simulated-world.ts';
import { apply, begun, borrowing, cancelledAt, client, connected, done, failed, failureOf, privileges, results, role, samples, setup, startedAt, stepOf, tick, undoing, workingOn } from '../../test/fixtures/run-samples.ts';
import { failureCodes } from '../failure.ts';
import { isOpen, isWorking, journalLimit, runSchema, apiStepIds, undoStepIds, type Receipt, type Run, type ApiStepId } from './run.ts';
import type { Effect, RunEvent, StepResult, Transition } from './machine.ts';
import { createRun } from './transition.ts';

/** A Run as it must always be: storable, and at work exactly when something is under way or about to be. */
function expectSound({ run, effects }: Transition): void {
  expect(z.safeParse(runSchema, run).error?.issues).toBeUndefined();
  // Stored and read again it is the same.
  expect(z.parse(runSchema, JSON.parse(JSON.stringify(run)))).toEqual(run);
  const performs = effects.filter((effect): effect is Extract<Effect, { type: 'perform' }> => effect.type === 'perform');
  expect(performs.length).toBeLessThanOrEqual(1);
  for (const { step, attempt } of performs) expect(run.phase).toMatchObject({ kind: 'working', step, attempt: { startedAt: attempt } });
  if (run.phase.kind === 'connected' || run.phase.kind === 'undone') {
    expect(run.cancelRequested).toBe(false);
    expect(effects.some(({ type }) => type === 'forget-secrets')).toBe(true);
  }
  if (run.phase.kind !== 'working') expect(performs).toEqual([]);
  if (run.dismissed) expect(isWorking(run)).toBe(false);
  if (run.phase.kind === 'needs-admin') expect(apiStepIds).toContain(run.phase.step);
  expect(new Set(run.done).size).toBe(run.done.length);
  expect(run.journal.length).toBeLessThanOrEqual(journalLimit);
}

const base = { clicks: 1, tabId: 1 };
const attemptOf = (run: Run): number => (run.phase.kind === 'working' ? (run.phase.attempt?.startedAt ?? 0) : 0);
/** One event of each type, and the variants that matter. */
const events: [name: string, make: (run: Run) => RunEvent][] = [
  ['begin', () => ({ type: 'begin', at: tick() })],
  ['woke', () => ({ type: 'woke', at: tick() })],
  ['progress', () => ({ type: 'progress', accounts: 1, devices: null, at: tick() })],
  ...apiStepIds.map((step): [string, (run: Run) => RunEvent] => [`${step} done`, (run) => ({ type: 'step-done', attempt: attemptOf(run), result: results[step], consoleCalls: 1, at: tick() })]),
  ...undoStepIds.map((step): [string, (run: Run) => RunEvent] => [`${step} done`, (run) => ({ type: 'step-done', attempt: attemptOf(run), result: { step }, consoleCalls: 1, at: tick() })]),
  ...failureCodes.map((code): [string, (run: Run) => RunEvent] => [`failed: ${code}`, (run) => ({ type: 'step-failed', attempt: attemptOf(run), failure: failureOf(code, {}, 'unknown'), consoleCalls: 1, at: tick() })]),
  ['a late outcome', () => ({ type: 'step-done', attempt: 1, result: results.role, consoleCalls: 1, at: tick() })],
  ['a late failure', () => ({ type: 'step-failed', attempt: 1, failure: failureOf('unexpected'), consoleCalls: 1, at: tick() })],
  ['consent', () => ({ type: 'consent', clicks: 1, at: tick() })],
  ['captured', () => ({ type: 'captured', clientId: 'c-1', clicks: 1, at: tick() })],
  ['waive', () => ({ type: 'waive', clicks: 1, at: tick() })],
  ['retry', () => ({ type: 'retry', ...base, at: tick() })],
  ['use-rung', () => ({ type: 'use-rung', rung: 'sign-in', ...base, at: tick() })],
  ['edit', () => ({ type: 'edit', setup: { ...setup, dataSets: ['accounts'], group: null }, ...base, at: tick() })],
  ['cancel', () => ({ type: 'cancel', clicks: 1, at: tick() })],
  ['dismiss', () => ({ type: 'dismiss', clicks: 1, at: tick() })],
  ['undo', () => ({ type: 'undo', ...base, at: tick() })],
];

/** Which of the admin's events change which phase. */
const admin = ['consent', 'captured', 'waive', 'retry', 'use-rung', 'edit', 'cancel', 'dismiss', 'undo'] as const;
const allowed: Record<string, readonly string[]> = {
  'working': ['cancel'],
  'being cancelled': [],
  'undoing': [],
  'consent': ['consent', 'retry', 'use-rung', 'edit', 'cancel', 'dismiss', 'undo'],
  'unknown-privileges': ['waive', 'retry', 'use-rung', 'edit', 'cancel', 'dismiss', 'undo'],
  'rung': ['retry', 'use-rung', 'edit', 'cancel', 'dismiss', 'undo'],
  'capture': ['captured', 'retry', 'use-rung', 'edit', 'cancel', 'dismiss', 'undo'],
  'failed': ['retry', 'use-rung', 'edit', 'cancel', 'dismiss', 'undo'],
  'cancelled': ['retry', 'edit', 'dismiss', 'undo'],
  'connected': ['dismiss'],
  'undone': ['dismiss'],
  'dismissed': [],
};
const kindOf = (name: string, run: Run): string =>
  run.dismissed ? 'dismissed' : name === 'being cancelled' || name === 'undoing' ? name : run.phase.kind === 'needs-admin' ? run.phase.ask.kind : run.phase.kind;

describe('every event in every phase', { timeout: 60_000 }, () => {
  it('the samples have every phase and every question', () => {
    expect(new Set(samples.map(([, run]) => run.phase.kind))).toEqual(new Set(['working', 'needs-admin', 'failed', 'cancelled', 'connected', 'undone']));
    expect(new Set(samples.map(([name, run]) => kindOf(name, run)))).toEqual(new Set(Object.keys(allowed)));
  });

  describe.each(samples)('%s', (name, run) => {
    it('leaves a Run that is sound, and the old one as it was', () => {
      const before = structuredClone(run);
      for (const [, make] of events) {
        const result = apply(run, make(run));
        expect(run).toEqual(before);
        if (result.run === run) expect(result.effects).toEqual([]);
        else expectSound(result);
      }
    });

    it('what does not fit changes nothing at all', () => {
      const fitting = allowed[kindOf(name, run)]!;
      for (const [event, make] of events.filter(([type]) => admin.some((one) => one === type))) {
        expect([event, apply(run, make(run)).run !== run]).toEqual([event, fitting.includes(event)]);
      }
      for (const event of ['a late outcome', 'a late failure']) expect(apply(run, events.find(([type]) => type === event)![1](run)).run).toBe(run);
    });

    it('outcomes fit their own step under way alone', () => {
      for (const step of [...apiStepIds, ...undoStepIds]) {
        const result = step in results ? results[step as ApiStepId] : ({ step } as StepResult);
        const isUnderWay = !run.dismissed && run.phase.kind === 'working' && run.phase.attempt !== null && run.phase.step === step;
        expect(apply(run, { type: 'step-done', at: tick(), attempt: attemptOf(run), result, consoleCalls: 0 }).run !== run).toBe(isUnderWay);
      }
    });
  });

  it('an outcome that comes twice counts once', () => {
    const run = workingOn('role');
    const event: RunEvent = { type: 'step-done', at: tick(), attempt: attemptOf(run), result: results.role, consoleCalls: 1 };
    const once = apply(run, event).run;
    expect(apply(once, event).run).toBe(once);
    expect(once.tally.consoleCalls).toBe(run.tally.consoleCalls + 1);
  });

  it('any sequence of events leaves a sound Run', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (sequence) => {
        let run = createRun('run-1', setup, 1, startedAt, { clicks: 1, consoleCalls: 0 });
        for (const [, make] of sequence) {
          const result = apply(run, make(run));
          if (result.run !== run) expectSound(result);
          run = result.run;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the way through', () => {
  it('each step follows the one before; the receipt tells what was made', () => {
    let result: Transition = { run: begun(), effects: [] };
    for (const step of apiStepIds) {
      expect(stepOf(result.run)).toBe(step);
      result = done(result.run, results[step]);
    }
    expect(result.run.phase).toMatchObject({ kind: 'connected', receipt: { organization: 'Org', role: { name: setup.name, origin: 'created' }, client: { origin: 'created' }, registrationId: 'int-1', accounts: 7, devices: 9 } });
    expect(result.effects).toEqual([{ type: 'forget-secrets' }]);
    expect(isOpen(result.run)).toBe(false);
  });

  it('the receipt tells how far it was proven', () => {
    const end = (proof?: Receipt['proof']): unknown => done(workingOn('outcome'), { step: 'outcome', accounts: null, devices: null, accountsUrl: null, ...(proof && { proof }) }).run.phase;
    expect(end('by-use')).toMatchObject({ kind: 'connected', receipt: { proof: 'by-use' } });
    expect(end()).not.toHaveProperty('receipt.proof');
  });

  it('keeps of the console\'s privileges our own only', () => {
    expect(workingOn('find-role').seen.privileges).toEqual(privileges);
  });

  it('waking repeats a look, and puts a write in doubt', () => {
    for (const step of apiStepIds) {
      const woken = apply(workingOn(step), { type: 'woke', at: tick() });
      expect(woken.effects).toEqual([{ type: 'perform', step, attempt: attemptOf(woken.run) }]);
      expect(step in woken.run.doubts).toBe(['role', 'client', 'secret', 'register'].includes(step));
    }
  });

  it('an unknown outcome puts a write in doubt; success takes the doubt away, a refusal does not', () => {
    const lost = failed(workingOn('role'), failureOf('console-unreachable', {}, 'unknown')).run;
    const since = lost.doubts.role;
    expect(since).toBeTypeOf('number');
    const again = apply(lost, { type: 'retry', ...base, at: tick() }).run;
    expect(failed(again, failureOf('console-refused', { status: '400' })).run.doubts.role).toBe(since);
    expect(done(again, results.role).run.doubts).toEqual({});
    expect(failed(workingOn('role'), failureOf('console-refused')).run.doubts).toEqual({});
    expect(failed(workingOn('find-role'), failureOf('console-unreachable', {}, 'unknown')).run.doubts).toEqual({});
  });

  it('keeps a journal without end short', () => {
    let run = workingOn('find-role');
    for (let times = 0; times < 300; times++) run = apply(run, { type: 'woke', at: tick() }).run;
    expect(run.journal).toHaveLength(journalLimit);
  });
});

describe('rights', () => {
  const access = (...names: string[]): StepResult => ({ step: 'console-access', access: { account: 'amelia', full: false, privileges: names } });
  const look = ['Read API Roles', 'Read API Integrations'];
  const all = [...look, 'Create API Roles', 'Create API Integrations'];
  const found: Partial<Record<ApiStepId, StepResult>> = { 'find-role': { step: 'find-role', role }, 'find-client': { step: 'find-client', client } };

  it.each<[string, string[], string[]]>([
    ['none', [], look],
    ['one of two', ['Read API Roles'], ['Read API Integrations']],
    ['others', ['Create API Roles'], look],
  ])('%s for looking: it stops before anything is looked at', (_what, held, missing) => {
    const { run, effects } = done(workingOn('console-access'), access(...held));
    expect([run.phase, effects]).toEqual([{ kind: 'failed', step: 'console-access', failure: failureOf('rights-missing', { names: missing, account: 'amelia' }) }, []]);
  });

  it.each<[string, string[], Partial<Record<ApiStepId, StepResult>>, string[]]>([
    ['making both', look, {}, ['Create API Roles', 'Create API Integrations']],
    ['making the client', [...look, 'Create API Roles'], {}, ['Create API Integrations']],
    ['minting alone', look, found, ['Create API Integrations']],
    ['mending the role', all, { ...found, 'find-role': { step: 'find-role', role: { ...role, privileges: [] } } }, ['Update API Roles']],
    ['mending the client', all, { ...found, 'find-client': { step: 'find-client', client: { ...client, enabled: false } } }, ['Update API Integrations']],
  ])('too few for %s: it stops before anything is written', (_what, held, changed, missing) => {
    const run = done(workingOn('find-registration', { ...changed, 'console-access': access(...held) }), results['find-registration']).run;
    expect(run.phase).toMatchObject({ kind: 'failed', failure: { code: 'rights-missing', params: { names: missing } } });
    expect(run.made).toEqual({ secrets: 0 });
  });

  it('enough: it goes on, and so does an account with all rights', () => {
    expect(stepOf(workingOn('role', { 'console-access': access(...all) }))).toBe('role');
    expect(stepOf(workingOn('role'))).toBe('role');
  });

  it('trying again asks for the rights again', () => {
    const lacking = done(workingOn('console-access'), access()).run;
    const again = apply(lacking, { type: 'retry', ...base, at: tick() }).run;
    expect(again.done).not.toContain('console-access');
    expect(workingOn('role', {}, again).phase).toMatchObject({ step: 'role' });
  });
});

describe('questions', () => {
  it('a privilege that the console does not know: waived, it is left out, and named in the Run', () => {
    const asking = done(workingOn('privileges'), { step: 'privileges', names: privileges.filter((name) => name !== 'Read Sites') }).run;
    expect(asking.phase).toEqual({ kind: 'needs-admin', step: 'privileges', ask: { kind: 'unknown-privileges', names: ['Read Sites'] } });
    const going = apply(asking, { type: 'waive', clicks: 1, at: tick() }).run;
    expect([going.waived, stepOf(going)]).toEqual([['Read Sites'], 'find-role']);
  });

  it('trying again reads the console\'s privileges again', () => {
    const asking = done(workingOn('privileges'), { step: 'privileges', names: [] }).run;
    const again = apply(asking, { type: 'retry', ...base, at: tick() });
    expect(again.effects).toMatchObject([{ type: 'perform', step: 'privileges' }]);
    expect(stepOf(done(again.run, results.privileges).run)).toBe('find-role');
  });

  it('what others made is not touched without consent, what is right needs none', () => {
    const others: Partial<Record<ApiStepId, StepResult>> = { 'find-role': { step: 'find-role', role: { ...role, privileges: [] } } };
    const asking = done(workingOn('find-registration', others), results['find-registration']);
    expect(asking.run.phase).toMatchObject({ kind: 'needs-admin', step: 'role', ask: { kind: 'consent', changes: [{ object: 'role', missing: privileges, surplus: [] }] } });
    expect(asking.effects).toEqual([]);
    const agreed = apply(asking.run, { type: 'consent', clicks: 1, at: tick() });
    expect(agreed.effects).toMatchObject([{ type: 'perform', step: 'role' }]);
    expect(stepOf(workingOn('role', { 'find-role': { step: 'find-role', role } }))).toBe('role');
  });

  it('what turns up after the consent needs another', () => {
    const asking = done(workingOn('find-registration', { 'find-role': { step: 'find-role', role: { ...role, privileges: [] } } }), results['find-registration']).run;
    const agreed = apply(asking, { type: 'consent', clicks: 1, at: tick() }).run;
    const appeared = done(agreed, { step: 'role', appeared: { role: { ...role, id: '99', privileges: ['Read Policies'] } } }).run;
    expect(appeared.phase).toMatchObject({ kind: 'needs-admin', ask: { kind: 'consent', changes: [{ object: 'role', surplus: ['Read Policies'] }] } });
    expect(appeared.consented).toBe(false);
  });

  it.each([
    ['console-session-refused', ['borrowed-token', 'sign-in', 'guided']],
    ['page-token-expired', ['borrowed-token', 'sign-in', 'guided']],
    ['page-token-missing', ['sign-in', 'guided']],
    ['sign-in-expired', ['sign-in', 'guided']],
  ] as const)('%s offers %s; signing in keeps what was found', (code, offered) => {
    const asking = failed(workingOn('client'), failureOf(code)).run;
    expect(asking.phase).toMatchObject({ kind: 'needs-admin', step: 'client', ask: { kind: 'rung', offered } });
    const entered = apply(asking, { type: 'use-rung', rung: 'sign-in', tabId: null, clicks: 1, at: tick() });
    expect(entered.effects).toMatchObject([{ type: 'perform', step: 'console-access' }]);
    expect([entered.run.rung, entered.run.tabId]).toEqual(['sign-in', 1]);
    expect(stepOf(done(entered.run, results['console-access']).run)).toBe('client');
  });
});

describe('the page’s token', () => {
  const missing = { kind: 'needs-admin', ask: { kind: 'rung', failure: { code: 'page-token-missing' } } };

  it('may be taken once: by the attempt that the click began', () => {
    const run = borrowing();
    expect([run.rung, run.mayBorrow, stepOf(run)]).toEqual(['borrowed-token', true, 'console-access']);
    const after = done(run, results['console-access']).run;
    expect([after.rung, after.mayBorrow, stepOf(after)]).toEqual(['borrowed-token', undefined, 'privileges']);
    expect(failed(run, failureOf('console-tab-gone', { host: 'x' })).run.mayBorrow).toBeUndefined();
  });

  it('is not waited for again by a background that woke: it says so and asks', () => {
    const woken = apply(borrowing(), { type: 'woke', at: tick() });
    expect(woken.effects).toEqual([]);
    expect(woken.run.phase).toMatchObject({ ...missing, ask: { failure: { params: { reason: 'interrupted' } } } });
    const cancelling = apply(borrowing(), { type: 'cancel', at: tick(), clicks: 1 });
    expect(cancelling.effects).toEqual([{ type: 'stop-waiting' }]);
    expect(apply(cancelling.run, { type: 'woke', at: tick() })).toMatchObject({ run: { phase: { kind: 'cancelled' } }, effects: [{ type: 'forget-secrets' }] });
  });

  it('that does not come leads back to the session, of which nothing is known', () => {
    const expired = failed(workingOn('client', {}, done(borrowing(), results['console-access']).run), failureOf('page-token-expired')).run;
    expect(expired.phase).toMatchObject({ kind: 'needs-admin', step: 'client' });
    const silent = failed(borrowing(expired), failureOf('page-token-missing', { reason: 'silent' })).run;
    expect(silent).toMatchObject({ rung: 'session', phase: missing });
    expect([silent.mayBorrow, silent.seen.access]).toEqual([undefined, undefined]);
    const again = apply(silent, { type: 'retry', ...base, at: tick() });
    expect(again.effects).toMatchObject([{ type: 'perform', step: 'console-access' }]);
    expect(stepOf(done(again.run, results['console-access']).run)).toBe('client');
  });

  it('serves taking back, too', () => {
    const stopped = failed(undoing(), failureOf('page-token-expired')).run;
    const entered = apply(stopped, { type: 'use-rung', rung: 'borrowed-token', ...base, at: tick() });
    expect(entered).toMatchObject({ run: { mayBorrow: true }, effects: [{ type: 'perform', step: 'undo-registration' }] });
    expect(failed(entered.run, failureOf('page-token-missing')).run.phase).toMatchObject({ kind: 'failed', step: 'undo-registration' });
  });
});

describe('edit', () => {
  const edited = (run: Run): Run => apply(run, { type: 'edit', setup: { ...setup, tenant: { ...setup.tenant, key: 'other', origin: 'https://other.jamfcloud.com' }, service: { id: 'integration-api', address: 'https://evil.example' }, dataSets: ['accounts'], group: null, name: 'Other' }, ...base, at: tick() }).run;

  it('starts over with the new choice, for the same console and service', () => {
    const run = edited(failed(workingOn('find-client'), failureOf('unexpected')).run);
    expect(run.setup).toEqual({ ...setup, dataSets: ['accounts'], group: null, name: 'Other' });
    expect([run.done, run.seen, run.consented, run.waived]).toEqual([[], {}, false, []]);
  });

  it.each<[string, Run]>([
    ['the role is made', failed(workingOn('client'), failureOf('unexpected')).run],
    ['the role may be made', failed(workingOn('role'), failureOf('console-unreachable', {}, 'unknown')).run],
  ])('keeps the name once %s', (_what, run) => {
    expect(edited(run).setup.name).toBe(setup.name);
  });

  it('what was made stays known as ours', () => {
    const before = failed(workingOn('outcome'), failureOf('service-reports-failure', { code: 'site_not_found' })).run;
    const after = edited(before);
    expect(after.made).toEqual(before.made);
    const again = workingOn('role', { 'find-role': { step: 'find-role', role }, 'find-client': { step: 'find-client', client }, 'find-registration': { step: 'find-registration', registration: { id: 'int-1', clientId: 'c-1' } } }, after);
    // Its own role now has too much: changed without asking.
    expect(again.phase).toMatchObject({ kind: 'working', step: 'role' });
    const kept = done(again, { step: 'role', made: { value: { ...role, privileges: [] }, origin: 'changed', before: role } }).run;
    expect(kept.made.role).toEqual({ value: { ...role, privileges: [] }, origin: 'created' });
  });
});

describe('cancel', () => {
  it('lets a write finish, then stands still and forgets the secret', () => {
    const cancelling = apply(workingOn('secret'), { type: 'cancel', clicks: 1, at: tick() });
    expect(cancelling.effects).toEqual([{ type: 'stop-waiting' }]);
    const stopped = done(cancelling.run, results.secret);
    expect([stopped.run.phase, stopped.effects]).toEqual([{ kind: 'cancelled', step: 'proof' }, [{ type: 'forget-secrets' }]]);
    // A forgotten secret is minted anew.
    expect(stepOf(apply(stopped.run, { type: 'retry', ...base, at: tick() }).run)).toBe('secret');
  });

  it('holds although the background dies: waking does not go on', () => {
    const cancelling = apply(workingOn('role'), { type: 'cancel', clicks: 1, at: tick() }).run;
    const woken = apply(cancelling, { type: 'woke', at: tick() });
    expect(woken.run.phase).toEqual({ kind: 'cancelled', step: 'role' });
    expect(woken.run.doubts.role).toBeTypeOf('number');
    expect(woken.effects).toEqual([{ type: 'forget-secrets' }]);
  });

  it('comes too late for the end', () => {
    const cancelling = apply(workingOn('outcome'), { type: 'cancel', clicks: 1, at: tick() }).run;
    expect(done(cancelling, results.outcome).run.phase.kind).toBe('connected');
  });
});

describe('undo', () => {
  const stepsOf = (run: Run): string[] => {
    const steps: string[] = [];
    let current = apply(run, { type: 'undo', ...base, at: tick() }).run;
    while (current.phase.kind === 'working') {
      const { step } = current.phase;
      steps.push(step);
      current = done(current, { step } as StepResult).run;
    }
    expect([current.phase, current.doubts]).toEqual([{ kind: 'undone' }, {}]);
    return steps;
  };
  const stopAt = (step: ApiStepId, changed?: Partial<Record<ApiStepId, StepResult>>): Run => failed(workingOn(step, changed), failureOf('unexpected')).run;
  const foundRole: Partial<Record<ApiStepId, StepResult>> = { 'find-role': { step: 'find-role', role }, 'role': { step: 'role', made: { value: role, origin: 'found' } } };

  it.each<[string, Run, string[]]>([
    ['nothing made', stopAt('role'), []],
    ['the role', stopAt('client'), ['undo-role']],
    ['role and client', stopAt('secret'), ['undo-client', 'undo-role']],
    ['all', stopAt('outcome'), ['undo-registration', 'undo-client', 'undo-role']],
    ['a role that was there', stopAt('secret', foundRole), ['undo-client']],
    ['a registration that was there', stopAt('outcome', { register: { step: 'register', made: { id: 'int-1', origin: 'changed' } } }), ['undo-client', 'undo-role']],
    ['a role that may be there', failed(workingOn('role'), failureOf('unexpected', {}, 'unknown')).run, ['undo-role']],
    ['a registration that may be there', failed(workingOn('register'), failureOf('unexpected', {}, 'unknown')).run, ['undo-registration', 'undo-client', 'undo-role']],
    ['cancelled late', cancelledAt('register'), ['undo-client', 'undo-role']],
  ])('takes back %s, newest first', (_what, run, expected) => {
    expect(stepsOf(run)).toEqual(expected);
  });

  it('goes on where it stopped', () => {
    const stopped = failed(done(undoing(), { step: 'undo-registration' }).run, failureOf('console-unreachable', {}, 'unknown')).run;
    expect(stopped.phase).toMatchObject({ kind: 'failed', step: 'undo-client' });
    expect(apply(stopped, { type: 'retry', ...base, at: tick() }).effects).toMatchObject([{ type: 'perform', step: 'undo-client' }]);
  });

  it('goes on taking back, not forth, after signing in', () => {
    const stopped = failed(undoing(), failureOf('sign-in-expired')).run;
    expect(stopped.phase.kind).toBe('failed');
    const entered = apply(stopped, { type: 'use-rung', rung: 'sign-in', ...base, at: tick() });
    expect(entered.effects).toMatchObject([{ type: 'perform', step: 'undo-registration' }]);
    expect(entered.run.rung).toBe('sign-in');
  });

  it('is not for what is connected', () => {
    const run = connected();
    expect(apply(run, { type: 'undo', ...base, at: tick() }).run).toBe(run);
  });
});

describe('dismiss', () => {
  it('is for good: another window sets nothing going again', () => {
    const run = apply(failed(workingOn('role'), failureOf('unexpected')).run, { type: 'dismiss', clicks: 1, at: tick() }).run;
    expect(isOpen(run)).toBe(false);
    for (const [, make] of events) expect(apply(run, make(run)).run).toBe(run);
  });
});

describe('trying again starts where it helps', () => {
  it.each<[string, ApiStepId, Parameters<typeof failureOf>, ApiStepId]>([
    ['a secret that is refused', 'proof', ['credentials-not-accepted'], 'secret'],
    ['a secret that is lost once too often', 'proof', ['unexpected'], 'proof'],
    ['a token of another role', 'proof', ['credentials-scope-differs'], 'service-key'],
    ['a role that came out otherwise', 'role', ['role-differs'], 'service-key'],
    ['a service that cannot sign in', 'outcome', ['service-reports-failure', { code: 'credentials_rejected' }], 'secret'],
    ['a service that lacks a privilege', 'outcome', ['service-reports-failure', { code: 'privilege_missing' }], 'service-key'],
    ['a service that met an error of the console', 'outcome', ['service-reports-failure', { code: 'console_error' }], 'outcome'],
    ['a role that is gone', 'client', ['console-refused', { status: '404' }], 'service-key'],
    ['a client that is refused', 'client', ['console-refused', { status: '400' }], 'client'],
    ['a registration that was deleted before it was known', 'register', ['service-refused', { status: '409', code: 'integration_deleted' }], 'secret'],
    ['a spent idempotency key', 'register', ['service-refused', { status: '422', code: 'idempotency_key_reused' }], 'secret'],
    ['a registration that is gone', 'outcome', ['service-refused', { status: '404', code: 'not_found' }], 'service-key'],
    ['a registration that is refused', 'register', ['service-refused', { status: '422', code: 'validation_failed' }], 'register'],
    ['a service that is away', 'register', ['service-unreachable'], 'register'],
    ['a wrong address of the service', 'service-key', ['service-refused', { status: '404' }], 'service-key'],
  ])('%s', (_what, step, failure, expected) => {
    const stopped = failed(workingOn(step), failureOf(...failure)).run;
    expect(stopped.phase.kind).toBe('failed');
    expect(stepOf(apply(stopped, { type: 'retry', ...base, at: tick() }).run)).toBe(expected);
  });

  it('a registration that is gone is no longer ours', () => {
    const stopped = failed(workingOn('outcome'), failureOf('service-refused', { status: '404' })).run;
    expect(apply(stopped, { type: 'retry', ...base, at: tick() }).run.made.registration).toBeUndefined();
  });

  it('a secret that keeps getting lost is minted a few times, then the admin is told, and may have it tried again', () => {
    let run = workingOn('proof');
    for (let times = 0; run.phase.kind === 'working'; times++) {
      expect(times).toBeLessThan(10);
      run = failed(run, failureOf('secret-lost')).run;
      if (run.phase.kind === 'working') {
        expect(run.phase.step).toBe('secret');
        run = done(run, results.secret).run;
      }
    }
    expect([run.phase, run.made.secrets]).toEqual([{ kind: 'failed', step: 'proof', failure: failureOf('secret-lost') }, 6]);
    const again = apply(run, { type: 'retry', ...base, at: tick() }).run;
    expect(stepOf(again)).toBe('secret');
    expect(stepOf(workingOn('outcome', {}, again))).toBe('outcome');
  });

  it('a registration that somebody deletes at any moment is made anew when the admin tries again, and never by itself', async () => {
    for (const fate of ['ok', 'lost-after'] as const) {
      const world = new SimulatedWorld({ fates: [...Array.from({ length: 11 }, () => 'ok' as const), fate] });
      let deleted = 0;
      const call = world.calls.push.bind(world.calls);
      world.calls.push = (...names) => {
        // Right after it was made, before its answer is used.
        if (names[0] === 'service POST integration' && deleted === 0) {
          deleted += 1;
          world.registrations = [];
        }
        return call(...names);
      };
      await world.begin(createRun('run-1', setup, 1, world.now, { clicks: 1, consoleCalls: 0 }));
      let run = await world.rest('run-1');
      expect(run.phase.kind).toBe('failed');
      for (let presses = 0; presses < 5 && run.phase.kind !== 'connected'; presses++) {
        expect(world.registrations).toEqual([]);
        await world.tell('run-1', { type: 'retry', tabId: 1, clicks: 1 });
        run = await world.rest('run-1');
      }
      expect([run.phase.kind, world.registrations.length, world.roles.length, world.clients.length]).toEqual(['connected', 1, 1, 1]);
    }
  });
});
