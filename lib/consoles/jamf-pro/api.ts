import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import type {
  ConsoleAccess,
  ConsoleApi,
  ConsoleClient,
  ConsoleGroup,
  ConsoleReply,
  ConsoleRequest,
  ConsoleRole,
  ConsoleTransport,
} from '../console.ts';

/*
 * Shapes: Jamf's OpenAPI 11.30.1, read loosely (unknown fields are ignored, ids may be string or integer, as recordings and
 * schema disagree by endpoint). Status and error behaviour beyond the schema: docs/field-truth.md.
 */
const id = z.pipe(z.union([z.string(), z.number()]), z.transform(String));

const authorization = z.object({
  account: z.object({
    username: z.string(),
    accessLevel: z.optional(z.nullable(z.string())),
    privilegeSet: z.optional(z.nullable(z.string())),
    privilegesBySite: z.optional(z.nullable(z.record(z.string(), z.array(z.string())))),
  }),
});
const rolePrivileges = z.object({ privileges: z.array(z.string()) });
const role = z.object({ id, displayName: z.string(), privileges: z.array(z.string()) });
const roles = z.object({ totalCount: z.number(), results: z.array(role) });
const integration = z.object({
  id,
  displayName: z.string(),
  authorizationScopes: z.array(z.string()),
  enabled: z.boolean(),
  accessTokenLifetimeSeconds: z.optional(z.nullable(z.number())),
  clientId: z.optional(z.nullable(z.string())),
});
const integrations = z.object({ totalCount: z.number(), results: z.array(integration) });
const credentials = z.object({ clientId: z.string(), clientSecret: z.string().check(z.minLength(1)) });
const sites = z.array(z.object({ id, name: z.string() }));
const apiError = z.object({
  errors: z.array(z.object({ code: z.nullish(z.string()), field: z.nullish(z.string()), description: z.nullish(z.string()) })),
});

const toRole = (row: z.infer<typeof role>): ConsoleRole => ({ id: row.id, name: row.displayName, privileges: row.privileges });
const toClient = (row: z.infer<typeof integration>): ConsoleClient => ({
  id: row.id,
  name: row.displayName,
  roles: row.authorizationScopes,
  enabled: row.enabled,
  tokenLifetime: row.accessTokenLifetimeSeconds ?? 0,
  clientId: row.clientId ?? '',
});

/** An RSQL filter for one exact display name (Jamf's list endpoints, [D] schema: `filter` on id and displayName). */
function byName(name: string): string {
  const quoted = `"${name.replace(/[\\"]/g, (c) => `\\${c}`)}"`;
  return `?page=0&page-size=100&filter=${encodeURIComponent(`displayName==${quoted}`.toWellFormed())}`;
}

/** One line of the vendor's own words for what was wrong; these bodies hold no secrets. */
function describe(reply: ConsoleReply): string {
  try {
    const parsed = z.safeParse(apiError, JSON.parse(reply.text));
    if (parsed.success && parsed.data.errors.length > 0) {
      return parsed.data.errors
        .map((e) => [e.field, e.description ?? e.code].filter(Boolean).join(': '))
        .join('; ')
        .slice(0, 300);
    }
  } catch {
    // Tomcat's HTML error pages and empty bodies say nothing that helps.
  }
  return '';
}

const isJson = (reply: ConsoleReply): boolean => /^(?:application|text)\/(?:json|plain|[\w.+-]+\+json)\b/.test(reply.contentType);

/** A page instead of data: the sign-in page. */
const isHtml = (reply: ConsoleReply): boolean => /^(?:text\/html|application\/xhtml\+xml)\b/.test(reply.contentType);

/** Jamf Pro's API behind the console contract. `call` decides by which rung. */
export function createJamfProApi(call: ConsoleTransport): ConsoleApi {
  /** @param privilege what the vendor's schema wants for this call (`x-required-privileges`) */
  async function request<T>(schema: z.ZodMiniType<T> | undefined, privilege: string | undefined, req: ConsoleRequest): Promise<T> {
    const isWrite = req.method !== 'GET';
    const where = `${req.method} ${req.path.split('?')[0] ?? ''}`;
    const reply = await call(req);
    if (reply.redirected || reply.status < 200 || (reply.status < 400 && (reply.status >= 300 || isHtml(reply)))) {
      throw new KeyferryError('console-signed-out', {}, 'not-done');
    }
    if (reply.status === 401) {
      // Some endpoints answer 401 where a privilege is missing; ask who we are before saying "signed out".
      if (privilege !== undefined && (await isSignedIn())) throw new KeyferryError('rights-missing', { names: [privilege] });
      throw new KeyferryError('console-signed-out');
    }
    if (reply.status === 403 && privilege !== undefined) throw new KeyferryError('rights-missing', { names: [privilege] });
    if (reply.status === 429) throw new KeyferryError('console-busy', { where });
    if (reply.status >= 500) throw new KeyferryError('console-unreachable', { where, status: String(reply.status) }, isWrite ? 'unknown' : 'not-done');
    if (reply.status >= 400) {
      throw new KeyferryError('console-refused', { where, status: String(reply.status), reason: describe(reply) });
    }
    if (schema === undefined) return undefined as T;
    let json: unknown;
    try {
      json = JSON.parse(reply.text);
    } catch {
      throw new KeyferryError('console-answer-unreadable', { where, field: '(whole)', problem: 'not JSON' }, isWrite ? 'unknown' : 'not-done');
    }
    return parseOrFail(schema, json, 'console-answer-unreadable', where);
  }

  async function isSignedIn(): Promise<boolean> {
    const reply = await call({ method: 'GET', path: '/api/v1/auth' });
    return reply.status === 200 && !reply.redirected && isJson(reply);
  }

  /** Deleting what is gone already is a success: undo may run twice. */
  async function remove(path: string, privilege: string): Promise<void> {
    try {
      await request(undefined, privilege, { method: 'DELETE', path });
    } catch (thrown) {
      if (thrown instanceof KeyferryError && thrown.failure.params['status'] === '404') return;
      throw thrown;
    }
  }

  const clientBody = (client: Omit<ConsoleClient, 'id' | 'clientId'>): unknown => ({
    displayName: client.name,
    authorizationScopes: client.roles,
    enabled: client.enabled,
    accessTokenLifetimeSeconds: client.tokenLifetime,
  });

  return {
    async readAccess(): Promise<ConsoleAccess> {
      const { account } = await request(authorization, undefined, { method: 'GET', path: '/api/v1/auth' });
      return {
        account: account.username,
        full: account.accessLevel === 'FullAccess' && account.privilegeSet === 'ADMINISTRATOR',
        // API roles belong to no site, so a right held on any site counts here; the endpoint itself has the last word.
        // unverified: whether Jamf lets a site's admin use them.
        privileges: [...new Set(Object.values(account.privilegesBySite ?? {}).flat())],
      };
    },
    async listPrivileges() {
      return (await request(rolePrivileges, 'Read API Roles', { method: 'GET', path: '/api/v1/api-role-privileges' })).privileges;
    },
    async listGroups(): Promise<ConsoleGroup[]> {
      return request(sites, 'Read Sites', { method: 'GET', path: '/api/v1/sites' });
    },
    async findRole(name) {
      const page = await request(roles, 'Read API Roles', { method: 'GET', path: `/api/v1/api-roles${byName(name)}` });
      const row = page.results.find((r) => r.displayName === name);
      return row && toRole(row);
    },
    async createRole({ name, privileges }) {
      return toRole(await request(role, 'Create API Roles', { method: 'POST', path: '/api/v1/api-roles', body: { displayName: name, privileges } }));
    },
    async updateRole({ id: roleId, name, privileges }) {
      const path = `/api/v1/api-roles/${encodeURIComponent(roleId)}`;
      return toRole(await request(role, 'Update API Roles', { method: 'PUT', path, body: { displayName: name, privileges } }));
    },
    deleteRole: (roleId) => remove(`/api/v1/api-roles/${encodeURIComponent(roleId)}`, 'Delete API Roles'),
    async findClient(name) {
      const page = await request(integrations, 'Read API Integrations', { method: 'GET', path: `/api/v1/api-integrations${byName(name)}` });
      const row = page.results.find((r) => r.displayName === name);
      return row && toClient(row);
    },
    async createClient(client) {
      return toClient(
        await request(integration, 'Create API Integrations', { method: 'POST', path: '/api/v1/api-integrations', body: clientBody(client) }),
      );
    },
    async updateClient(client) {
      const path = `/api/v1/api-integrations/${encodeURIComponent(client.id)}`;
      return toClient(await request(integration, 'Update API Integrations', { method: 'PUT', path, body: clientBody(client) }));
    },
    deleteClient: (clientId) => remove(`/api/v1/api-integrations/${encodeURIComponent(clientId)}`, 'Delete API Integrations'),
    async mintSecret(client) {
      const path = `/api/v1/api-integrations/${encodeURIComponent(client.id)}/client-credentials`;
      const answer = await request(credentials, 'Create API Integrations', { method: 'POST', path });
      return { clientId: answer.clientId, secret: new Secret(answer.clientSecret) };
    },
  };
}
