import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import { exchange } from '../http.ts';
import { adminaApi, executionStates, jamfKeyword, jamfNames, spellingsOf } from './facts.ts';

/*
 * Admina's public API: read alone, with a key that the admin may give. It has nothing that makes or changes an integration. Called by the
 * background. Shapes: https://docs.itmc.i.moneyforward.com/reference and https://github.com/moneyforward-i (admina-mcp-server, admina-sysutils).
 */

export interface AdminaAccess {
  /** Organization ID, as the page of the API keys shows it. */
  organization: string;
  key: Secret;
}

/** A tenant's workspace of the service Jamf. */
export interface AdminaWorkspace {
  serviceId: string;
  id: string;
  name: string;
}

export interface AdminaState {
  status: 'connecting' | 'connected' | 'failed';
  /** As the API says it; empty where it says nothing. */
  said: string;
  accounts: number;
}

/** Pages of services at most, should a list have no end. */
const mostPages = 20;
const pageSize = '100';

const id = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value) => String(value)),
);
const organization = z.object({ name: z.string() });
const services = z.object({
  meta: z.object({ nextCursor: z.nullish(z.string()) }),
  // unverified: that an item holds its workspaces; the list of workspaces does not say of which service they are.
  items: z.array(z.object({ id, name: z.string(), workspaces: z.nullish(z.array(z.object({ id, workspaceName: z.nullish(z.string()) }))) })),
});
const accounts = z.object({
  meta: z.object({ totalCount: z.nullish(z.number()) }),
  items: z.array(z.object({ workspace: z.nullish(z.object({ id, lastExecutionStatus: z.nullish(z.string()) })) })),
});
const devices = z.object({ meta: z.object({ totalCount: z.nullish(z.number()) }), items: z.array(z.unknown()) });
const refusal = z.object({ errorId: z.nullish(z.string()) });

/** @throws {KeyferryError} service-key-refused, service-key-unfit, service-unreachable, service-busy, service-refused, service-answer-unreadable */
export async function readOrganization(access: AdminaAccess, signal: AbortSignal): Promise<{ name: string }> {
  return call(access, '', organization, signal);
}

/**
 * A workspace of the service Jamf: a tenant's, by its name, or one that is known. unverified: that a workspace is called as its workspace key.
 * @param wanted workspace key, or ids
 * @throws as {@link readOrganization}
 */
export async function findWorkspace(access: AdminaAccess, wanted: string | Pick<AdminaWorkspace, 'serviceId' | 'id'>, signal: AbortSignal): Promise<AdminaWorkspace | undefined> {
  const spellings = typeof wanted === 'string' ? spellingsOf(wanted).map(folded) : [];
  const isJamf = (name: string): boolean => jamfNames.some((one) => folded(one) === folded(name));
  let cursor: string | null | undefined;
  for (let page = 0; page < mostPages && cursor !== null; page++) {
    const query = new URLSearchParams({ keyword: jamfKeyword, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    const { meta, items } = await call(access, `/services?${query.toString()}`, services, signal);
    for (const service of items.filter(({ name }) => isJamf(name))) {
      const found = service.workspaces?.find(({ id: one, workspaceName }) => (typeof wanted === 'string' ? spellings.includes(folded(workspaceName ?? '')) : wanted.id === one && wanted.serviceId === service.id));
      if (found) return { serviceId: service.id, id: found.id, name: found.workspaceName ?? '' };
    }
    cursor = meta.nextCursor ?? null;
  }
  return undefined;
}

/**
 * How its last run went, and how many accounts there are. The state stands on accounts alone: without one nothing is known of it.
 * @throws as {@link readOrganization}
 */
export async function readWorkspace(access: AdminaAccess, { serviceId, id: workspaceId }: Pick<AdminaWorkspace, 'serviceId' | 'id'>, signal: AbortSignal): Promise<AdminaState> {
  const query = new URLSearchParams({ workspaceIds: workspaceId, limit: '1' });
  const { meta, items } = await call(access, `/services/${encodeURIComponent(serviceId)}/accounts?${query.toString()}`, accounts, signal);
  const said = items.find(({ workspace }) => workspace?.id === workspaceId)?.workspace?.lastExecutionStatus ?? '';
  const state = said.toLowerCase();
  const status = executionStates.failed.test(state) ? 'failed' : executionStates.connected.test(state) ? 'connected' : 'connecting';
  return { status, said: said.slice(0, 100), accounts: meta.totalCount ?? items.length };
}

/**
 * All devices of the ledger, whatever brought them; `undefined` where the answer does not count them.
 * @throws as {@link readOrganization}, and service-plan-lacks
 */
export async function countDevices(access: AdminaAccess, signal: AbortSignal): Promise<number | undefined> {
  return (await call(access, '/devices/search', devices, signal, { limit: 1 })).meta.totalCount ?? undefined;
}

/** Case and width of a name are a matter of typing. */
const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

async function call<T>({ organization: organizationId, key }: AdminaAccess, path: string, schema: z.ZodMiniType<T>, signal: AbortSignal, body?: object): Promise<T> {
  const { host } = new URL(adminaApi);
  const url = `${adminaApi}/organizations/${encodeURIComponent(organizationId)}${path}`;
  const { status, json } = await exchange({ url, method: body ? 'POST' : 'GET', headers: { Authorization: `Bearer ${key.reveal()}` }, body, signal, certainty: 'not-done' });
  // The query may name a tenant; where it is says enough.
  const where = path.split('?')[0] || '/organizations';
  if (status === 401) throw new KeyferryError('service-key-refused', { host });
  // The key is good, and its organization another one, or its creator may not read.
  if (status === 403 || (status === 404 && path === '')) throw new KeyferryError('service-key-unfit', { host, what: 'organization' });
  if (status === 418) throw new KeyferryError('service-plan-lacks', { host });
  if (status === 408) throw new KeyferryError('service-busy', { host });
  if (status >= 400) throw new KeyferryError('service-refused', { host, where, status: String(status), reason: '', code: (z.safeParse(refusal, json).data?.errorId ?? '').slice(0, 100) });
  return parseOrFail(schema, json, 'service-answer-unreadable', where);
}
