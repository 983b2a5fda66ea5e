import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, at, begun, connected, done, failed, forward, proof, samples, setup, tick } from '../../test/fixtures/uem-samples.ts';
import type { RunEvent } from './machine.ts';
import { runSchema, uemStepIds, type Run } from './run.ts';
import { isGuidedPart, uemStepsOf } from './uem-course.ts';

const standing = (run: Run): string => `${run.phase.kind} ${'step' in run.phase ? run.phase.step : ''}`.trim();

describe('the straight way', () => {
  it('goes through every step once, in order, to the receipt', () => {
    const seen = [];
    let run = begun();
    while (run.phase.kind !== 'connected') {
      seen.push(standing(run));
      run = forward(run);
    }
    expect(seen).toEqual(['needs-admin api-key', 'needs-admin uem-role', 'needs-admin administrator', 'working uem-proof', 'working tags', 'needs-admin wizard', 'working arrival']);
    expect(run.phase.receipt).toMatchObject({ role: { name: 'api_admin_role' }, client: null, registrationId: null, devices: 200, uem: { username: 'harmony-mobile-api', proof, arrival: { total: 200 } } });
  });

  it('without tags where the admin wants none', () => {
    const run = begun({ uem: { ...setup.uem!, makesTags: false } });
    expect(uemStepsOf(run)).not.toContain('tags');
    expect(standing(forward(at('uem-proof', run)))).toBe('needs-admin wizard');
  });

  it('takes what the pages say, and nothing of another step', () => {
    const run = at('api-key');
    expect(apply(run, { type: 'found', at: tick(), step: 'api-key', found: { apiAddress: 'https://as9.awmdm.com/API', nonsense: 'x' } }).run.seen).toEqual({ apiAddress: 'https://as9.awmdm.com/API' });
    expect(apply(run, { type: 'found', at: tick(), step: 'wizard', found: { status: 'Connected' } }).run).toBe(run);
    // The header's group is not the key's.
    const later = at('administrator');
    expect(apply(later, { type: 'found', at: tick(), step: 'administrator', found: { organizationGroup: 'Europe' } }).run).toBe(later);
    expect(apply(at('wizard'), { type: 'found', at: tick(), step: 'wizard', found: { status: 'Connected', apiAddress: 'https://evil.example' } }).run.seen).toMatchObject({ status: 'Connected', apiAddress: 'https://as1234.awmdm.com/API' });
    expect(apply(run, { type: 'guided', at: tick(), step: 'uem-role' }).run).toBe(run);
    // The key counts when it is captured, not when the page shows it.
    expect(apply(run, { type: 'guided', at: tick(), step: 'api-key' }).run).toBe(run);
  });
});

describe('what the proof shows is mended where it can be', () => {
  it.each([
    ['uem-key-refused', 'api-key', ['uem-role', 'administrator']],
    ['uem-api-disabled', 'api-key', ['uem-role', 'administrator']],
    ['uem-basic-disabled', 'api-key', ['uem-role', 'administrator']],
    ['uem-key-lost', 'api-key', ['uem-role', 'administrator']],
    ['uem-rights-missing', 'uem-role', ['api-key', 'administrator']],
    ['uem-sign-in-refused', 'administrator', ['api-key', 'uem-role']],
    ['uem-password-lost', 'administrator', ['api-key', 'uem-role']],
  ] as const)('%s: back to %s, and nothing else is done again', (code, step, kept) => {
    const { run } = failed(at('uem-proof'), code);
    expect(standing(run)).toBe(`needs-admin ${step}`);
    expect(run.phase).toMatchObject({ ask: { kind: 'guide', failure: { code } } });
    expect([...run.done].sort()).toEqual([...kept].sort());
    expect(standing(forward(run))).toBe('working uem-proof');
  });

  it('a new password refused as well: it may be Basic that is off, and then the password again', () => {
    const stops = [];
    let run = at('uem-proof');
    for (let turn = 0; turn < 3; turn += 1) {
      run = failed(run, 'uem-sign-in-refused').run;
      stops.push(standing(run));
      run = forward(run);
    }
    expect(stops).toEqual(['needs-admin administrator', 'needs-admin api-key', 'needs-admin administrator']);
  });

  it('anything else stops with a reason, and trying again goes on there', () => {
    const { run } = failed(at('uem-proof'), 'console-unreachable');
    expect(standing(run)).toBe('failed uem-proof');
    expect(standing(apply(run, { type: 'retry', at: tick(), tabId: null, clicks: 1 }).run)).toBe('working uem-proof');
  });

  it('in the wizard a secret that is gone leads back to it', () => {
    expect(standing(apply(at('wizard'), { type: 'secret-gone', at: tick(), secret: 'password' }).run)).toBe('needs-admin administrator');
    expect(standing(apply(at('wizard'), { type: 'secret-gone', at: tick(), secret: 'api-key' }).run)).toBe('needs-admin api-key');
    expect(standing(apply(at('uem-proof'), { type: 'secret-gone', at: tick(), secret: 'password' }).run)).toBe('working uem-proof');
  });
});

describe('other names', () => {
  const renamed = (run: Run, uem: Partial<NonNullable<typeof setup.uem>>): Run => apply(run, { type: 'edit', at: tick(), setup: { ...setup, uem: { ...setup.uem!, ...uem } }, tabId: null, clicks: 1 }).run;

  it.each<[string, Parameters<typeof renamed>[1], string]>([
    ['key', { keyService: 'Another' }, 'needs-admin api-key'],
    ['role', { role: { variant: 'vendor', name: 'another_role', description: '' } }, 'needs-admin uem-role'],
    ['administrator', { username: 'another' }, 'needs-admin administrator'],
    ['nothing', {}, 'needs-admin administrator'],
  ])('%s', (_what, uem, expected) => {
    expect(standing(renamed(at('administrator'), uem))).toBe(expected);
  });

  it('a new role asks for its administrator again', () => {
    const run = renamed(at('wizard'), { role: { variant: 'vendor', name: 'another_role', description: '' } });
    expect(run.done).toEqual(['api-key']);
  });
});

describe('the administrator by API', () => {
  const byApi = (): Run => apply(at('administrator'), { type: 'by-api', at: tick(), clicks: 1 }).run;

  it('is a write: who was made in doubt is looked for', () => {
    const run = byApi();
    expect(standing(run)).toBe('working administrator');
    expect(apply(run, { type: 'woke', at: tick() }).run.doubts.administrator).toBeDefined();
    expect(standing(done(run, { step: 'administrator' }).run)).toBe('working uem-proof');
  });

  it('falls back to the form', () => {
    const { run } = failed(byApi(), 'uem-right-missing');
    expect(run.phase).toMatchObject({ kind: 'needs-admin', step: 'administrator', ask: { kind: 'guide', failure: { code: 'uem-right-missing' } } });
  });

  it('one that was there before is changed only with a yes', () => {
    const { run } = apply(at('administrator'), { type: 'take-over', at: tick(), clicks: 1 });
    expect([standing(run), run.made.administrator]).toEqual(['needs-admin administrator', 'harmony-mobile-api']);
    expect(apply(at('uem-role'), { type: 'take-over', at: tick(), clicks: 1 }).run.made.administrator).toBeUndefined();
  });

  it('who came about in this Run may be given a new password', () => {
    expect(at('administrator').made.administrator).toBeUndefined();
    expect(failed(at('uem-proof'), 'uem-sign-in-refused').run.made.administrator).toBe('harmony-mobile-api');
  });
});

describe('stopping', () => {
  it('forgets key and password, and going on asks for both again', () => {
    const { run, effects } = apply(at('wizard'), { type: 'cancel', at: tick(), clicks: 1 });
    expect([standing(run), effects]).toEqual(['cancelled wizard', [{ type: 'forget-secrets' }]]);
    expect(run.done).toEqual(['uem-role']);
    expect(standing(apply(run, { type: 'retry', at: tick(), tabId: null, clicks: 1 }).run)).toBe('needs-admin api-key');
  });

  it('the end forgets them too', () => {
    expect(apply(at('arrival'), { type: 'step-done', at: tick(), attempt: -1, result: { step: 'arrival', arrival: null }, consoleCalls: 0 }).effects).toEqual([]);
    const run = at('arrival');
    expect(done(run, { step: 'arrival', arrival: null }).effects).toEqual([{ type: 'forget-secrets' }]);
  });
});

const step = fc.constantFrom(...uemStepIds.filter(isGuidedPart));
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  step.map((one): RunEvent => ({ type: 'guided', at: 1, step: one })),
  step.map((one): RunEvent => ({ type: 'found', at: 1, step: one, found: { apiAddress: 'https://as1.awmdm.com/API', status: 'Connected' } })),
  fc.constantFrom<RunEvent>(
    { type: 'captured', at: 1, clientId: '', clicks: 0 },
    { type: 'by-api', at: 1, clicks: 0 },
    { type: 'secret-gone', at: 1, secret: 'password' },
    { type: 'secret-gone', at: 1, secret: 'api-key' },
    { type: 'choose-groups', at: 1, groups: ['570'], clicks: 0 },
    { type: 'woke', at: 1 },
    { type: 'cancel', at: 1, clicks: 0 },
    { type: 'retry', at: 1, tabId: null, clicks: 0 },
    { type: 'consent', at: 1, clicks: 0 },
    { type: 'waive', at: 1, clicks: 0 },
    { type: 'undo', at: 1, tabId: null, clicks: 0 },
    { type: 'use-rung', at: 1, rung: 'guided', tabId: null, clicks: 0 },
    { type: 'edit', at: 1, setup, tabId: null, clicks: 0 },
  ),
);

it('whatever comes in whatever order: a Run that can be stored, and that stands where something can be done', () => {
  fc.assert(
    fc.property(fc.constantFrom(...samples.map(([, run]) => run)), fc.array(event, { maxLength: 12 }), (start, events) => {
      let run = start;
      for (const one of events) run = apply(run, one).run;
      expect(runSchema.parse(run)).toEqual(run);
      // The wizard is only filled once the account is proven.
      if (run.phase.kind === 'needs-admin' && run.phase.step === 'wizard') expect(run.done).toContain('uem-proof');
      if (run.phase.kind === 'working') expect(['administrator', 'uem-proof', 'tags', 'arrival']).toContain(run.phase.step);
    }),
  );
});

it('nothing of the receipt is made up', () => {
  const run = connected();
  expect(run.phase.kind === 'connected' && run.phase.receipt.uem?.proof).toEqual(proof);
});
