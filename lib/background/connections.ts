import { KeyferryError } from '../failure.ts';
import { firstOwner } from '../run/plan.ts';
import { secretNotHandedOver } from '../run/purposes.ts';
import { isOpen, runKey, type Run } from '../run/run.ts';
import { connections, type Check, type Connection } from '../storage/connections.ts';
import { runStore } from '../storage/runs.ts';

/*
 * The connections that were made in this browser: they follow from the Runs, and outlive them.
 */

/** What the Runs say about connections, written over what is known. Doing it again changes nothing. */
export function connectionsAfter(runs: readonly Run[], known: readonly Connection[]): Connection[] {
  const kept = new Map(known.map((connection) => [connection.id, connection]));
  for (const run of [...runs].sort((a, b) => endOf(a) - endOf(b) || a.createdAt - b.createdAt)) {
    const id = runKey(run.setup);
    const there = kept.get(id);
    const at = endOf(run);
    if (there && (at < there.connectedAt || run.id === there.runId)) continue;
    if (run.phase.kind === 'connected') kept.set(id, connectionOf(run, run.phase.receipt, there));
    else if (run.phase.kind === 'undone' && run.setup.purpose === 'disconnect') kept.delete(id);
    else if (there && at > (there.checked?.at ?? 0)) kept.set(id, { ...there, checked: troubleOf(run, there) ?? there.checked });
  }
  return [...kept.values()].sort((a, b) => b.connectedAt - a.connectedAt);
}

/** When something happened in it last, ms; that the admin has seen it is nothing. */
const endOf = (run: Run): number => run.journal.at(-1)?.at ?? run.createdAt;

function connectionOf(run: Run, receipt: Connection['receipt'], there: Connection | undefined): Connection {
  const { purpose, ...setup } = run.setup;
  const { role, client, registration } = run.made;
  const before = there?.made;
  // A service that can only replace gives another id to the same.
  const isSame = registration && before?.registration && (purpose !== undefined || [registration.id, run.seen.registration?.id].includes(before.registration.id));
  return {
    id: runKey(setup),
    setup,
    made: {
      ...run.made,
      role: role && firstOwner(before?.role, role),
      client: client && firstOwner(before?.client, client),
      registration: isSame && before.registration?.origin !== 'found' ? { id: registration.id, origin: before.registration!.origin } : registration,
    },
    waived: run.waived,
    // Without a word from the service its last one stands.
    receipt: there && run.steps?.includes('outcome') === false ? there.receipt : receipt,
    connectedAt: endOf(run),
    runId: run.id,
    // A new secret mends no rights.
    checked: purpose === 'rotate' && there?.checked?.state === 'rights-changed' ? there.checked : null,
  };
}

/** What a Run that stopped left of the connection, where that is not as before. */
function troubleOf(run: Run, there: Connection): Check | undefined {
  if (run.phase.kind === 'working') return undefined;
  const { missing, surplus } = there.checked ?? { missing: [], surplus: [] };
  const at = endOf(run);
  const found = { at, missing, surplus, accounts: null, devices: null };
  const failure = run.phase.kind === 'failed' ? run.phase.failure : undefined;
  if (failure?.code === 'connection-gone') return { ...found, state: 'gone', failure };
  const isItsClient = run.made.client !== undefined && run.made.client.value.clientId === there.made.client?.value.clientId;
  const unhanded = isItsClient ? secretNotHandedOver(run) : undefined;
  return unhanded && { ...found, state: 'failing', failure: unhanded };
}

let turn: Promise<unknown> = Promise.resolve();

/** Changes the list, one change at a time. */
async function change(to: (known: Connection[]) => Connection[] | Promise<Connection[]>): Promise<void> {
  const mine = turn.then(async () => {
    const known = await connections.get();
    const changed = await to(known);
    // Every writing wakes the popup.
    if (JSON.stringify(changed) !== JSON.stringify(known)) await connections.set(changed);
  });
  turn = mine.catch(() => undefined);
  await mine;
}

/** Writes down what the Runs say. */
export async function keepConnections(): Promise<void> {
  await change(async (known) => connectionsAfter(await runStore.list(), known));
}

/** @throws {KeyferryError} bad-input */
export async function getConnection(id: string): Promise<Connection> {
  const found = (await connections.get()).find((connection) => connection.id === id);
  if (!found) throw new KeyferryError('bad-input', { where: 'connection', field: 'id', problem: 'unknown' });
  return found;
}

/** Unless a Run has changed the connection meanwhile. */
export async function setChecked({ id, runId }: Connection, checked: Check): Promise<void> {
  await change((known) => known.map((connection) => (connection.id === id && connection.runId === runId ? { ...connection, checked } : connection)));
}

/** With the Runs that it would follow from again. */
export async function forgetConnection(id: string): Promise<void> {
  await change(async (known) => {
    const runs = (await runStore.list()).filter((run) => runKey(run.setup) === id && !isOpen(run) && run.phase.kind !== 'working');
    await runStore.remove(runs.map((run) => run.id));
    return known.filter((connection) => connection.id !== id);
  });
}
