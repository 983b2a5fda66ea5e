import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedWorld, type Fate } from '../../test/fixtures/simulated-world.ts';
import { jamfPro } from '../consoles/jamf-pro/adapter.ts';
import { adminaJamfPro } from '../recipes/admina-jamf-pro.ts';
import { privilegesFor } from '../recipes/recipe.ts';
import { integrationApi } from '../services/integration-api/service.ts';
import { createLaterRun, secretNotHandedOver, type Left } from './purposes.ts';
import type { Purpose, Run, RunSetup } from './run.ts';
import { createRun } from './transition.ts';

/* Every purpose on top of a finished connection, with every fault. */

const setup: RunSetup = {
  tenant: { console: 'jamf-pro', key: 'acme', origin: 'https://acme.jamfcloud.com', base: 'https://acme.jamfcloud.com' },
  service: { id: 'integration-api', address: 'https://service.example' },
  dataSets: ['accounts', 'devices'],
  group: null,
  name: 'Keyferry: Org',
};
const edited: Pick<RunSetup, 'dataSets' | 'group' | 'name'> = { dataSets: ['accounts'], group: null, name: 'Fleet, Osaka' };
const sorted = (names: readonly string[] | undefined): string[] => [...(names ?? [])].sort();

interface Case {
  name: string;
  purpose: Purpose;
  can: (typeof integrationApi)['can'];
  removesConsole: boolean;
  replaces: boolean;
  /** Role and client were there before Keyferry came. */
  isForeign: boolean;
  /** All to console and service. */
  calls: string[];
}
const plain = { can: integrationApi.can, removesConsole: false, replaces: false, isForeign: false };
const noKeeping = { ...integrationApi.can, keepSecret: false };
const renewal = ['POST secret', 'POST token', 'service PATCH integration', 'service GET integration'];
const replacement = renewal.flatMap((call) => (call === 'service PATCH integration' ? ['service DELETE integration', 'service POST integration'] : [call]));
const editing = ['service GET organization', 'GET auth', 'GET privileges', 'GET roles', 'GET clients', 'service GET integration', 'PUT role'];
const rotating = ['service GET organization', 'GET auth', 'GET roles', 'GET clients', 'service GET integration'];
const cases: Case[] = [
  { ...plain, name: 'rotate', purpose: 'rotate', calls: [...rotating, ...renewal] },
  { ...plain, name: 'rotate where the service can only replace', purpose: 'rotate', can: noKeeping, replaces: true, calls: [...rotating, ...replacement] },
  { ...plain, name: 'edit', purpose: 'edit', calls: [...editing, 'service PATCH integration', 'service GET integration'] },
  { ...plain, name: 'edit with a new secret', purpose: 'edit', can: noKeeping, calls: [...editing, ...renewal] },
  { ...plain, name: 'edit where the service can only replace', purpose: 'edit', can: noKeeping, replaces: true, calls: [...editing, ...replacement] },
  { ...plain, name: 'rights', purpose: 'rights', calls: [...editing.filter((call) => call !== 'GET clients'), 'service POST sync', 'service GET integration'] },
  { ...plain, name: 'rights where the service reads by itself', purpose: 'rights', can: { ...integrationApi.can, sync: false }, calls: ['GET auth', 'GET privileges', 'GET roles', 'PUT role'] },
  { ...plain, name: 'disconnect at the service', purpose: 'disconnect', calls: ['service DELETE integration'] },
  { ...plain, name: 'disconnect, with the console', purpose: 'disconnect', removesConsole: true, calls: ['GET auth', 'service DELETE integration', 'DELETE client', 'DELETE role'] },
  { ...plain, name: 'disconnect where role and client are others’', purpose: 'disconnect', removesConsole: true, isForeign: true, calls: ['service DELETE integration'] },
  { ...plain, name: 'disconnect where the service has no API for it', purpose: 'disconnect', removesConsole: true, can: { ...integrationApi.can, disconnect: false }, calls: ['GET auth', 'DELETE client', 'DELETE role'] },
];

/** A world with one connection, made long ago. */
async function connectedWorld({ replaces, isForeign, purpose }: Case, lag = 0): Promise<{ world: SimulatedWorld; left: Left; secret: string }> {
  const world = new SimulatedWorld({ replaces, lag });
  if (isForeign) {
    const since = 0;
    world.roles.push({ since, value: { id: 'r', name: setup.name, privileges: ['Read Policies'], node: 0 } });
    world.clients.push({ since, value: { id: 'c', name: setup.name, roles: [setup.name], enabled: true, tokenLifetime: 60, clientId: 'foreign', node: 0 } });
  }
  await world.begin(createRun('run-1', setup, 1, world.now, { clicks: 1, consoleCalls: 0 }));
  let run = await world.rest('run-1');
  if (isForeign) {
    await world.tell('run-1', { type: 'consent', clicks: 1 });
    run = await world.rest('run-1');
  }
  if (run.phase.kind !== 'connected') throw new Error(`not connected: ${JSON.stringify(run.phase)}`);
  world.now += 86_400_000;
  // By hand.
  if (purpose === 'rights') world.roles[0]!.value.privileges = ['Read Accounts', 'Read Policies'];
  return { world, left: { setup, made: run.made, receipt: run.phase.receipt, waived: run.waived }, secret: world.registrations[0]!.secret };
}

async function start(world: SimulatedWorld, left: Left, { purpose, can, removesConsole }: Case): Promise<string> {
  const asked = { ...setup, ...(purpose === 'edit' ? edited : {}), purpose };
  await world.begin(createLaterRun('run-2', left, asked, { rungs: jamfPro.rungs, can, removesConsole }, 1, world.now, { clicks: 1, consoleCalls: 0 }));
  return 'run-2';
}

/** At rest, whatever happened: nothing twice, and no dead secret that nobody tells of. */
function expectHonest(world: SimulatedWorld, run: Run): void {
  expect([world.roles.length, world.clients.length, world.registrations.length].every((count) => count <= 1)).toBe(true);
  // Nobody took anything away.
  if (run.phase.kind === 'failed') expect(run.phase.failure.code).not.toBe('connection-gone');
  if (run.setup.purpose === 'disconnect' || world.isWorking) return;
  expect(run.phase.kind).not.toBe('connected');
  expect(secretNotHandedOver(run)).toBeDefined();
  if (run.phase.kind === 'failed') expect(run.phase.failure).toMatchObject({ code: 'secret-not-handed-over', params: { organization: 'Org' } });
}

/** The admin presses the main button until the Run is through. */
async function persist(world: SimulatedWorld, id: string): Promise<Run> {
  let run = await world.rest(id);
  for (let presses = 0; presses < 60 && run.phase.kind !== 'connected' && run.phase.kind !== 'undone'; presses++) {
    expectHonest(world, run);
    if (run.phase.kind === 'needs-admin' && run.phase.ask.kind === 'consent') await world.tell(id, { type: 'consent', clicks: 1 });
    else await world.tell(id, { type: 'retry', tabId: 1, clicks: 1 });
    run = await world.rest(id);
  }
  return run;
}

function expectDone(world: SimulatedWorld, run: Run, { purpose, can, removesConsole, isForeign }: Case, secret: string): void {
  expectHonest(world, run);
  expect(world.vault.size).toBe(0);
  const [role, client, registration] = [world.roles[0]?.value, world.clients[0]?.value, world.registrations[0]];
  if (purpose === 'disconnect') {
    expect(run.phase.kind).toBe('undone');
    const staysInConsole = !removesConsole || isForeign;
    expect([role !== undefined, client !== undefined, registration !== undefined]).toEqual([staysInConsole, staysInConsole, !can.disconnect]);
    return;
  }
  expect(run.phase.kind).toBe('connected');
  expect([world.roles.length, world.clients.length, world.registrations.length]).toEqual([1, 1, 1]);
  expect([role?.name, client?.name, client?.roles]).toEqual([setup.name, setup.name, [setup.name]]);
  const { dataSets, name } = purpose === 'edit' ? edited : setup;
  expect(sorted(role?.privileges)).toEqual(sorted(privilegesFor(adminaJamfPro, dataSets)));
  expect(registration).toMatchObject({ status: 'connected', clientId: client?.clientId, asked: { name, dataSets } });
  const isRenewed = purpose === 'rotate' || (purpose === 'edit' && !can.keepSecret);
  expect(registration?.secret === secret).toBe(!isRenewed);
}

const kinds = ['lost-before', 'lost-after', 'killed-before', 'killed-after'] as const;
const fate: fc.Arbitrary<Fate> = fc.oneof({ weight: 6, arbitrary: fc.constant<Fate>('ok') }, { weight: 4, arbitrary: fc.constantFrom<Fate>(...kinds) });

describe.each(cases)('$name', { timeout: 120_000 }, (one) => {
  it('does its part in one click, with no call too many', async () => {
    const { world, left, secret } = await connectedWorld(one);
    const before = world.calls.length;
    const run = await world.rest(await start(world, left, one));
    expectDone(world, run, one, secret);
    expect(run.tally).toMatchObject({ clicks: 1, consoleCalls: one.calls.filter((call) => !call.startsWith('service')).length });
    expect(world.calls.slice(before)).toEqual(one.calls);
  });

  it('ends well after every single fault at every call', async () => {
    for (let at = 0; at < one.calls.length; at++) {
      for (const kind of kinds) {
        const { world, left, secret } = await connectedWorld(one);
        world.setFates([...Array.from<Fate>({ length: at }).fill('ok'), kind]);
        expectDone(world, await persist(world, await start(world, left, one)), one, secret);
      }
    }
  });

  it('ends well after any sequence of faults, on a cluster that lags', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 30 }), fc.array(fc.constantFrom<0 | 1>(0, 1), { maxLength: 60 }), fc.integer({ min: 0, max: 60_000 }), async (fates, nodes, lag) => {
        const { world, left, secret } = await connectedWorld(one, lag);
        world.setFates(fates, nodes);
        expectDone(world, await persist(world, await start(world, left, one)), one, secret);
      }),
      { numRuns: 30, timeout: 5000, endOnFailure: true },
    );
  });

  it('stopped and left at any moment it is honest, and takes nothing back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 20 }), fc.integer({ min: 0, max: 40 }), fc.boolean(), async (fates, turns, isRestarted) => {
        const { world, left } = await connectedWorld(one);
        world.setFates(fates);
        const id = await start(world, left, one);
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        await world.tell(id, { type: 'cancel', clicks: 1 });
        expectHonest(world, await world.rest(id));
        if (isRestarted) await world.restartBackground(true);
        const there = (): string => JSON.stringify([world.roles, world.clients, world.registrations]);
        const before = there();
        // Not even if it were asked to.
        await world.tell(id, { type: 'undo', tabId: 1, clicks: 1 });
        await world.rest(id);
        expect(there()).toBe(before);
        await world.tell(id, { type: 'dismiss', clicks: 1 });
        expectHonest(world, await world.rest(id));
      }),
      { numRuns: 30, timeout: 5000, endOnFailure: true },
    );
  });
});
