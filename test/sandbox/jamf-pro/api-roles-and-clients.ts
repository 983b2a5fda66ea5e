import { readObject, queryOf } from './api-route.ts';
import type { AddRoute } from './api-route.ts';
import { ApiError, invalid } from './errors.ts';
import { listOf } from './query.ts';
import type { Client, ClientInput, Role, RoleInput } from './roles-and-clients.ts';
import type { TenantState } from './tenant-state.ts';

/** API roles, their privileges, API clients ("integrations" in the API) and their secrets. */
export function addRoleAndClientRoutes(add: AddRoute, { rolesAndClients, knownPrivileges }: TenantState): void {
  const roleBody = ({ id, displayName, privileges }: Role) => ({ id: String(id), displayName, privileges });
  const clientBody = (client: Client) => ({
    ...rolesAndClients.clientRow(client),
    // [D] NONE until credentials were generated. unverified: that the client id is there already.
    appType: client.credentials === undefined ? 'NONE' : 'CLIENT_CREDENTIALS',
  });

  add('GET', '/v1/api-role-privileges', 'Read API Roles', (c) => c.json({ privileges: knownPrivileges() }));
  add('GET', '/v1/api-role-privileges/search', 'Read API Roles', (c) => {
    const name = c.req.query('name');
    if (name === undefined) throw invalid('name', 'name is required');
    const limit = Number(c.req.query('limit') ?? 15);
    return c.json({ privileges: knownPrivileges().filter((one) => one.toLowerCase().includes(name.toLowerCase())).slice(0, limit) });
  });

  add('GET', '/v1/api-roles', 'Read API Roles', (c) => c.json(listOf(rolesAndClients.roles.all(c.env.node).map(roleBody), queryOf(c), ['id', 'displayName'])));
  add('POST', '/v1/api-roles', 'Create API Roles', async (c) => c.json(roleBody(rolesAndClients.createRole(roleInput(await readObject(c)), c.env.node))));
  add('GET', '/v1/api-roles/:id', 'Read API Roles', (c) => c.json(roleBody(rolesAndClients.getRole(c.req.param('id') ?? '', c.env.node))));
  add('PUT', '/v1/api-roles/:id', 'Update API Roles', async (c) =>
    c.json(roleBody(rolesAndClients.updateRole(c.req.param('id') ?? '', roleInput(await readObject(c)), c.env.node))),
  );
  add('DELETE', '/v1/api-roles/:id', 'Delete API Roles', (c) => {
    rolesAndClients.deleteRole(c.req.param('id') ?? '', c.env.node);
    return c.body(null, 204);
  });

  add('GET', '/v1/api-integrations', 'Read API Integrations', (c) =>
    c.json(listOf(rolesAndClients.clients.all(c.env.node).map(clientBody), queryOf(c), ['id', 'displayName'])),
  );
  add('POST', '/v1/api-integrations', 'Create API Integrations', async (c) =>
    c.json(clientBody(rolesAndClients.createClient(clientInput(await readObject(c)), c.env.node)), 201),
  );
  add('GET', '/v1/api-integrations/:id', 'Read API Integrations', (c) => c.json(clientBody(rolesAndClients.getClient(c.req.param('id') ?? '', c.env.node))));
  add('PUT', '/v1/api-integrations/:id', 'Update API Integrations', async (c) =>
    c.json(clientBody(rolesAndClients.updateClient(c.req.param('id') ?? '', clientInput(await readObject(c)), c.env.node))),
  );
  add('DELETE', '/v1/api-integrations/:id', 'Delete API Integrations', (c) => {
    rolesAndClients.deleteClient(c.req.param('id') ?? '', c.env.node);
    return c.body(null, 204);
  });
  // [D] the right to create clients is what mints secrets too.
  add('POST', '/v1/api-integrations/:id/client-credentials', 'Create API Integrations', (c) => c.json(rolesAndClients.mintSecret(c.req.param('id') ?? '', c.env.node)));
}

function roleInput(body: Record<string, unknown>): RoleInput {
  const { displayName, privileges } = body;
  if (typeof displayName !== 'string') throw invalid('displayName', 'displayName is required');
  if (!isStringList(privileges)) throw invalid('privileges', 'privileges is required');
  return { displayName, privileges: [...new Set(privileges)] };
}

function clientInput(body: Record<string, unknown>): ClientInput {
  const { displayName, authorizationScopes, enabled = false, accessTokenLifetimeSeconds = 60 } = body;
  // [C] no tidy 400 here: the server answers 500 and says nothing.
  if (typeof displayName !== 'string') throw new ApiError(500);
  if (!isStringList(authorizationScopes)) throw invalid('authorizationScopes', 'authorizationScopes is required');
  // unverified: what the server takes where the optional two are left out.
  if (typeof enabled !== 'boolean') throw invalid('enabled', 'enabled must be true or false');
  if (typeof accessTokenLifetimeSeconds !== 'number') throw invalid('accessTokenLifetimeSeconds', 'accessTokenLifetimeSeconds must be a number');
  return { displayName, authorizationScopes, enabled, accessTokenLifetimeSeconds };
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
