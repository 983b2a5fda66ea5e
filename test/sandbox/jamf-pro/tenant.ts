import type { HostHandler } from '../traffic.ts';
import type { JamfClientRow, JamfTenant, JamfTenantSwitches } from '../types.ts';
import { createAccounts } from './accounts.ts';
import { createApi } from './api.ts';
import { createConsolePages } from './console-pages.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { BUILDINGS, DEPARTMENTS, Inventory } from './inventory.ts';
import { PRIVILEGES } from './privileges.ts';
import { Replicated } from './replicated.ts';
import { RolesAndClients } from './roles-and-clients.ts';
import { Sessions } from './sessions.ts';
import type { NamedObject, TenantState } from './tenant-state.ts';
import type { TenantDefinition } from './tenants.ts';

export interface SandboxTenant extends JamfTenant {
  handle: HostHandler;
}

export function createJamfTenant(definition: TenantDefinition, options: { now: () => number; identityProvider: IdentityProvider }): SandboxTenant {
  const { now, identityProvider } = options;
  const base = definition.address ?? `https://${definition.key}.jamfcloud.com`;
  const { origin } = new URL(base);
  const context = base.slice(origin.length);
  const switches: JamfTenantSwitches = {
    sessionMode: 'cookie',
    lagMs: 0,
    nodes: 2,
    wrongSecretStatus: 401,
    missingPrivilegeStatus: 403,
    uniqueClientNames: false,
    skin: 'plain',
    language: 'en',
    ...definition.switches,
  };
  const removed = new Set<string>();
  const replicated = <T>(rows: readonly T[] = []): Replicated<T> => {
    const made = new Replicated<T>(() => switches.lagMs, now);
    for (const row of rows) made.set(made.nextId(), row);
    return made;
  };
  const named = (names: readonly string[]): Replicated<NamedObject> => replicated(names.map((name, index) => ({ id: index + 1, name })));
  const knownPrivileges = (): readonly string[] => PRIVILEGES.filter((name) => !removed.has(name));
  const accounts = replicated(createAccounts(definition));
  const rolesAndClients = new RolesAndClients({ roles: replicated(), clients: replicated(), knownPrivileges, switches });
  const sessions = new Sessions({ origin, now, switches, accounts, rolesAndClients, knownPrivileges });
  const state: TenantState = {
    definition,
    origin,
    context,
    switches,
    now,
    identityProvider,
    knownPrivileges,
    accounts,
    buildings: named(BUILDINGS),
    departments: named(DEPARTMENTS),
    rolesAndClients,
    inventory: new Inventory(definition),
    sessions,
  };

  const api = createApi(state);
  const pages = createConsolePages(state);
  const balancer = createBalancer(switches);

  return {
    key: definition.key,
    origin,
    base,
    switches,
    handle: async (outer, env) => {
      const { node, cookie } = balancer(outer);
      env.record.node = node;
      const request = context === '' ? outer : stripContext(outer, context);
      if (request === undefined) return new Response('Not found\n', { status: 404 });
      const isApi = new URL(request.url).pathname.startsWith('/api/');
      const answer = await (isApi ? api : pages).fetch(request, { node });
      const response = context === '' ? new Response(answer.body, answer) : await addContext(answer, context);
      for (const [name, value] of Object.entries(JAMF_HEADERS)) if (!response.headers.has(name)) response.headers.set(name, value);
      if (cookie !== undefined) response.headers.append('set-cookie', cookie);
      return response;
    },
    roles: () => rolesAndClients.roles.latest().map((role) => rolesAndClients.roleRow(role)),
    clients: () => rolesAndClients.clients.latest().map((client) => rolesAndClients.clientRow(client)),
    addRole: (role) => rolesAndClients.roleRow(rolesAndClients.createRole(role, undefined)),
    addClient: (client): JamfClientRow => {
      const made = rolesAndClients.createClient({ enabled: true, accessTokenLifetimeSeconds: 60, ...client }, undefined);
      return rolesAndClients.clientRow(made);
    },
    mintedSecrets: () => rolesAndClients.minted.map(({ secret }) => secret),
    pageTokens: () => [...sessions.pageTokens],
    mintCount: (id) => rolesAndClients.minted.filter((one) => one.clientRowId === id).length,
    removePrivilege: (name) => {
      if (!PRIVILEGES.includes(name)) throw new Error(`No privilege ${name}`);
      removed.add(name);
    },
    endSessions: () => sessions.endAll(),
    counts: () => ({
      accounts: accounts.latest().length,
      computers: definition.computers,
      mobileDevices: definition.mobileDevices,
      sites: definition.sites.length,
    }),
  };
}

/** As seen from inside the context path; `undefined` for what lies outside of it. */
function stripContext(request: Request, context: string): Request | undefined {
  const url = new URL(request.url);
  if (!`${url.pathname}/`.startsWith(`${context}/`)) return undefined;
  url.pathname = url.pathname.slice(context.length) || '/';
  return new Request(url, request);
}

/** Puts the context path before every address that the answer names, as a reverse proxy does. */
async function addContext(answer: Response, context: string): Promise<Response> {
  const headers = new Headers(answer.headers);
  const location = headers.get('location');
  if (location?.startsWith('/')) headers.set('location', context + location);
  const cookies = headers.getSetCookie();
  headers.delete('set-cookie');
  for (const one of cookies) headers.append('set-cookie', one.replace('Path=/', `Path=${context}`));
  const isPage = headers.get('content-type')?.startsWith('text/html') === true;
  const body = isPage ? (await answer.text()).replaceAll(/(\b(?:href|src|action|data-url)=")\//g, `$1${context}/`) : answer.body;
  return new Response(body, { status: answer.status, headers });
}

/** [C] as recorded on Jamf Cloud. */
const JAMF_HEADERS = {
  server: 'Jamf Cloud Node',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=31536000 ; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-xss-protection': '1; mode=block',
};

/** Sends a client that keeps the cookie always to the same node, others in turn to all, as Jamf Cloud does [C]. */
function createBalancer(switches: JamfTenantSwitches): (request: Request) => { node: number; cookie: string | undefined } {
  let turn = 0;
  return (request) => {
    const kept = Number(/(?:^|;\s*)APBALANCEID=node\.(\d+)/.exec(request.headers.get('cookie') ?? '')?.[1]);
    if (kept >= 1 && kept <= switches.nodes) return { node: kept, cookie: undefined };
    const node = (turn % switches.nodes) + 1;
    turn += 1;
    return { node, cookie: `APBALANCEID=node.${node}; Path=/; Secure; HttpOnly` };
  };
}
