import { getConsole } from '../consoles/registry.ts';
import { KeyferryError, failureOf, type Failure } from '../failure.ts';
import { getRecipe } from '../recipes/registry.ts';
import { privilegesFor } from '../recipes/recipe.ts';
import { findLeftRegistration, reportedFailure } from '../run/effects.ts';
import { comparePrivileges } from '../run/plan.ts';
import { harmonyMobile } from '../run/uem-view.ts';
import { getServiceAdapter } from '../services/adapters.ts';
import { readDeviceStatus } from '../services/harmony-mobile/api.ts';
import type { Check, Connection } from '../storage/connections.ts';
import { getConnection, setChecked } from './connections.ts';
import { readStatusKey } from './status-key.ts';
import { wait } from './wait.ts';
import { callWithSession, getServiceAccess } from './world.ts';

/*
 * Looks at a connection, at the service and in the console. Nothing here changes anything outside, but that the service reads
 * the console again where it is asked to.
 */

/** What the service says. */
export type ServiceLook =
  | { state: 'connected' | 'connecting'; accounts: number | null; devices: number | null }
  | { state: 'failing' | 'gone' | 'unknown'; failure: Failure };

/** What the console shows of the role. */
export type RoleLook = { missing: string[]; surplus: string[] } | { gone: Failure } | { unknown: Failure };

/** How long one look may take, ms. */
const lookLimit = 20_000;
/** How long the service may read before its answer is waited for no longer, ms. */
const syncPatience = 60_000;
/** ms */
const syncPause = 1_500;

/**
 * Both looks together.
 * @param isSynced the service has just read the console: what it says is of now
 */
export function judge(service: ServiceLook, role: RoleLook, before: Check | null, at: number, isSynced: boolean): Check {
  // The role was not looked at: what was known of it stays.
  const { missing, surplus } = 'missing' in role ? role : { missing: before?.missing ?? [], surplus: before?.surplus ?? [] };
  const { accounts, devices } = 'accounts' in service ? service : { accounts: null, devices: null };
  const found = { at, missing, surplus, accounts, devices };
  if (service.state === 'gone') return { ...found, state: 'gone', failure: service.failure };
  if ('gone' in role) return { ...found, state: 'gone', failure: role.gone };
  // Until it reads again, the service does not know that its secret is dead.
  const unhanded = before?.failure?.code === 'secret-not-handed-over' && !isSynced ? before.failure : undefined;
  if (unhanded) return { ...found, state: 'failing', failure: unhanded };
  if (service.state === 'failing') return { ...found, state: 'failing', failure: service.failure };
  const couldTell = service.state !== 'unknown' || 'missing' in role;
  return { ...found, state: couldTell && missing.length + surplus.length > 0 ? 'rights-changed' : service.state, failure: 'failure' in service ? service.failure : null };
}

/** @throws {KeyferryError} bad-input */
export async function checkConnection(id: string, tabId: number | null): Promise<void> {
  const connection = await getConnection(id);
  const [service, role] = await Promise.all([lookAtService(connection), lookAtRole(connection, tabId)]);
  await setChecked(connection, judge(service, role, connection.checked, Date.now(), false));
}

/** @throws {KeyferryError} bad-input where the service cannot; whatever its call throws */
export async function syncConnection(id: string): Promise<void> {
  const connection = await getConnection(id);
  const { registration } = connection.made;
  const adapter = connection.setup.uem ? undefined : getServiceAdapter(connection.setup.service.id);
  if (!adapter?.syncRegistration || !registration) throw new KeyferryError('bad-input', { where: 'sync-connection', field: 'id', problem: 'no sync' });
  const access = await getServiceAccess(connection.setup.service);
  await adapter.syncRegistration(access, registration.id, AbortSignal.timeout(lookLimit));
  const role = { missing: connection.checked?.missing ?? [], surplus: connection.checked?.surplus ?? [] };
  for (const deadline = Date.now() + syncPatience; ; ) {
    const service = await lookAtService(connection);
    // What it says while it reads is no proof yet.
    const isSynced = service.state !== 'connecting';
    await setChecked(connection, judge(service, role, connection.checked, Date.now(), isSynced));
    if (isSynced || Date.now() > deadline) return;
    await wait(syncPause, new AbortController().signal);
  }
}

async function lookAtService({ setup, made, receipt }: Connection): Promise<ServiceLook> {
  const signal = AbortSignal.timeout(lookLimit);
  try {
    if (setup.uem) {
      const key = await readStatusKey();
      if (!key) throw new KeyferryError('service-key-missing', { host: new URL(harmonyMobile.address).host });
      const { total } = await readDeviceStatus(key, signal);
      return { state: total > 0 ? 'connected' : 'connecting', accounts: null, devices: total };
    }
    const access = await getServiceAccess(setup.service);
    const registration = await findLeftRegistration(getServiceAdapter(setup.service.id), access, { setup, made }, getRecipe(setup.tenant.console, setup.service.id), signal);
    if (!registration) return { state: 'gone', failure: { code: 'connection-gone', params: { what: 'registration', organization: receipt.organization }, certainty: 'not-done' } };
    if (registration.status === 'failed') return { state: 'failing', failure: reportedFailure(registration, receipt.organization) };
    return { state: registration.status, accounts: registration.counts.accounts ?? null, devices: registration.counts.devices ?? null };
  } catch (thrown) {
    return { state: 'unknown', failure: failureOf(thrown, 'not-done') };
  }
}

/** Through the tab where the admin is signed in. */
async function lookAtRole({ setup, made, waived = [] }: Connection, tabId: number | null): Promise<RoleLook> {
  const { tenant, service, dataSets } = setup;
  try {
    if (!made.role || !getConsole(tenant.console).rungs.includes('session')) throw new KeyferryError('bad-input', { where: 'check-connection', field: 'id', problem: 'no role' });
    const { name } = made.role.value;
    const api = getConsole(tenant.console).api((request) => callWithSession(tabId, tenant.base, request));
    // Whether the session counts at all.
    await api.readAccess();
    const role = await api.findRole(name);
    if (!role) return { gone: { code: 'connection-gone', params: { what: 'role', name }, certainty: 'not-done' } };
    const wanted = privilegesFor(getRecipe(tenant.console, service.id), dataSets).filter((privilege) => !waived.includes(privilege));
    return comparePrivileges(wanted, role.privileges);
  } catch (thrown) {
    return { unknown: failureOf(thrown, 'not-done') };
  }
}
