import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedWorld, type Fate } from '../../test/fixtures/simulated-world.ts';
import type { Run, RunSetup } from './run.ts';
import { createRun } from './transition.ts';

const setup: RunSetup = {
  tenant: { console: 'jamf-pro', key: 'acme', origin: 'https://acme.jamfcloud.com', base: 'https://acme.jamfcloud.com' },
  service: { id: 'integration-api', address: 'https://service.example' },
  dataSets: ['accounts', 'devices'],
  group: null,
  name: 'Keyferry: Org',
};

async function start(world: SimulatedWorld): Promise<string> {
  const run = createRun('run-1', setup, 1, world.now, { clicks: 1, consoleCalls: 0 });
  await world.begin(run);
  return run.id;
}

function expectNoDuplicates(world: SimulatedWorld): void {
  expect(world.roles.length, 'roles').toBeLessThanOrEqual(1);
  expect(world.clients.length, 'clients').toBeLessThanOrEqual(1);
  expect(world.registrations.length, 'registrations').toBeLessThanOrEqual(1);
}

/** The admin presses the main button until the Run is through. */
async function persist(world: SimulatedWorld, id: string): Promise<Run> {
  let run = await world.rest(id);
  for (let presses = 0; presses < 60 && run.phase.kind !== 'connected'; presses++) {
    expectNoDuplicates(world);
    if (run.phase.kind === 'needs-admin' && run.phase.ask.kind === 'consent') await world.tell(id, { type: 'consent', clicks: 1 });
    else if (run.phase.kind === 'needs-admin' && run.phase.ask.kind === 'rung' && run.phase.ask.offered.includes('borrowed-token')) {
      await world.tell(id, { type: 'use-rung', rung: 'borrowed-token', tabId: 1, clicks: 1 });
    } else await world.tell(id, { type: 'retry', tabId: 1, clicks: 1 });
    run = await world.rest(id);
  }
  return run;
}

function expectConnected(world: SimulatedWorld, run: Run): void {
  expect(run.phase.kind).toBe('connected');
  expectNoDuplicates(world);
  const [registration] = world.registrations;
  // The service holds the very secret that works now.
  expect(registration?.secret).toBe(world.secrets.get(world.clients[0]?.value.clientId ?? ''));
  expect([world.vault.size, world.tokens.size]).toEqual([0, 0]);
}

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('ok') },
  { weight: 4, arbitrary: fc.constantFrom<Fate>('lost-before', 'lost-after', 'killed-before', 'killed-after') },
);

describe('a Run', { timeout: 120_000 }, () => {
  it('needs no more console calls than a minimal script, and one click', async () => {
    const world = new SimulatedWorld();
    const run = await world.rest(await start(world));
    expectConnected(world, run);
    expect(world.calls.filter((call) => !call.startsWith('service'))).toEqual([
      'GET auth', 'GET privileges', 'GET roles', 'GET clients', 'POST role', 'POST client', 'POST secret', 'POST token',
    ]);
    expect(run.tally).toEqual({ clicks: 1, consoleCalls: 8 });
    expect(run.phase.kind === 'connected' && run.phase.receipt).toMatchObject({ accounts: 7, devices: 9, role: { origin: 'created' }, client: { origin: 'created' } });
  });

  // Every single fault at every single call: nothing random about it.
  const calls = 14;
  const single = Array.from({ length: calls }, (_, at) => (['lost-before', 'lost-after', 'killed-before', 'killed-after'] as const).map((kind) => ({ at, kind }))).flat();
  it.each(single)('$kind at call $at: connects in the end, nothing twice', async ({ at, kind }) => {
    const world = new SimulatedWorld({ fates: [...Array.from<Fate>({ length: at }).fill('ok'), kind] });
    expectConnected(world, await persist(world, await start(world)));
  });

  it('connects in the end after any sequence of lost answers and killed backgrounds, nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 40 }), async (fates) => {
        const world = new SimulatedWorld({ fates });
        expectConnected(world, await persist(world, await start(world)));
      }),
      { numRuns: 400, timeout: 5000, endOnFailure: true },
    );
  });

  it('the same on a cluster of two nodes that lag up to a minute', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 25 }), fc.array(fc.constantFrom<0 | 1>(0, 1), { maxLength: 120 }), fc.integer({ min: 0, max: 60_000 }), async (fates, nodes, lag) => {
        const world = new SimulatedWorld({ fates, nodes, lag });
        expectConnected(world, await persist(world, await start(world)));
      }),
      { numRuns: 400, timeout: 5000, endOnFailure: true },
    );
  });

  it('woken at every moment of its work it does nothing twice', async () => {
    const world = new SimulatedWorld();
    const id = await start(world);
    for (let turns = 0; turns < 500 && world.run(id).phase.kind === 'working'; turns++) {
      void world.runner.wake();
      await Promise.resolve();
    }
    const run = await world.rest(id);
    expectConnected(world, run);
    expect(run.tally.consoleCalls).toBe(8);
    expect(run.journal.map(({ what }) => what)).not.toContain('woke');
  });

  it('counts the rights of the account that signed in after another lacked them', async () => {
    const world = new SimulatedWorld();
    const reading = { account: 'auditor', full: false, privileges: ['Read API Roles', 'Read API Integrations'] };
    world.access = reading;
    const id = await start(world);
    expect((await world.rest(id)).phase).toMatchObject({ kind: 'failed', failure: { code: 'rights-missing', params: { account: 'auditor' } } });
    world.access = { account: 'admin', full: true, privileges: [] };
    await world.tell(id, { type: 'use-rung', rung: 'sign-in', tabId: 1, clicks: 1 });
    expectConnected(world, await world.rest(id));
  });

  it('goes on with the page’s token where the session is refused, as often as it runs out, after any faults, nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 30 }), fc.integer({ min: 3, max: 12 }), async (fates, tokenCalls) => {
        // One call says who it is; a step in doubt takes two.
        const world = new SimulatedWorld({ fates, tokenCalls });
        const run = await persist(world, await start(world));
        expectConnected(world, run);
        expect(run.rung).toBe('borrowed-token');
        // One yes, one reload: waking, trying again and cancelling read nothing.
        expect(world.borrowings).toBeLessThanOrEqual(run.tally.clicks - 1);
      }),
      { numRuns: 400, timeout: 5000, endOnFailure: true },
    );
  });

  it('reads the page’s token after the admin’s click alone, whatever else happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 20 }), fc.integer({ min: 0, max: 40 }), async (fates, turns) => {
        const world = new SimulatedWorld({ fates, tokenCalls: 3 });
        const id = await start(world);
        await world.rest(id);
        await world.tell(id, { type: 'use-rung', rung: 'borrowed-token', tabId: 1, clicks: 1 });
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        await world.tell(id, { type: 'cancel', clicks: 1 });
        for (let presses = 0; presses < 5; presses++) {
          await world.rest(id);
          await world.restartBackground(presses % 2 === 0);
          await world.tell(id, { type: 'retry', tabId: 1, clicks: 1 });
        }
        const run = await world.rest(id);
        expect(world.borrowings).toBeLessThanOrEqual(1);
        expect(run.mayBorrow).toBeUndefined();
        await world.tell(id, { type: 'dismiss', clicks: 1 });
        expect([world.vault.size, world.tokens.size]).toEqual([0, 0]);
      }),
      { numRuns: 200, timeout: 5000, endOnFailure: true },
    );
  });

  it('loses nothing when the whole browser restarts at any call', async () => {
    for (let at = 0; at < calls; at++) {
      const world = new SimulatedWorld({ fates: [...Array.from<Fate>({ length: at }).fill('ok'), 'killed-after'] });
      const id = await start(world);
      for (let turns = 0; turns < 200 && world.kills === 0; turns++) await new Promise((resolve) => setImmediate(resolve));
      if (world.kills > 0) await world.restartBackground(true);
      expectConnected(world, await persist(world, id));
    }
  });

  it('undo after any faults leaves the console and the service as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 30 }), fc.integer({ min: 0, max: 60_000 }), async (fates, lag) => {
        const world = new SimulatedWorld({ fates, lag });
        const id = await start(world);
        await world.tell(id, { type: 'cancel', clicks: 1 });
        let run = await world.rest(id);
        if (run.phase.kind === 'connected') return;
        await world.tell(id, { type: 'undo', tabId: 1, clicks: 1 });
        for (let presses = 0; presses < 25; presses++) {
          run = await world.rest(id);
          if (run.phase.kind === 'undone') break;
          await world.tell(id, { type: 'retry', tabId: 1, clicks: 1 });
        }
        expect(run.phase.kind).toBe('undone');
        expect([world.roles.length, world.clients.length, world.registrations.length]).toEqual([0, 0, 0]);
        expect(world.vault.size).toBe(0);
      }),
      { numRuns: 300, timeout: 5000, endOnFailure: true },
    );
  });

  it('cancelled at any moment: nothing twice when it goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 20 }), fc.integer({ min: 0, max: 60 }), async (fates, turns) => {
        const world = new SimulatedWorld({ fates });
        const id = await start(world);
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        await world.tell(id, { type: 'cancel', clicks: 1 });
        expectConnected(world, await persist(world, id));
      }),
      { numRuns: 200, timeout: 5000, endOnFailure: true },
    );
  });
});
