import { Hono } from 'hono';
import { ApiError, forbidden } from './errors.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import type { FrameData, Inputs, Rows, Tab } from './skins/data.ts';
import { JAMF_VERSION } from './tenant-state.ts';
import type { TenantState } from './tenant-state.ts';

type Verb = 'Create' | 'Read' | 'Update' | 'Delete';

/** The privileges behind a tab [D]; minting a secret takes the one to create. */
export const OBJECTS: Readonly<Record<Tab, string>> = { 'api-roles': 'API Roles', 'api-clients': 'API Integrations' };

/** `/ui`: what the skins' pages load and save, by the console's own session and rules. */
export function createConsoleData(tenant: TenantState): Hono<PageEnv> {
  const { definition, rolesAndClients, knownPrivileges } = tenant;
  const app = new Hono<PageEnv>();
  const mayDo = (c: PageContext, verb: Verb, tab: Tab): boolean => c.get('may')(`${verb} ${OBJECTS[tab]}`);
  const must = (c: PageContext, verb: Verb, tab: Tab): void => {
    if (!mayDo(c, verb, tab)) throw forbidden(403);
  };
  const idOf = (c: PageContext): string => c.req.param('id') ?? '';

  app.get('/frame', (c) => {
    const { realname, username } = c.get('caller').account;
    const rights = (tab: Tab): FrameData['may'][Tab] => ({
      create: mayDo(c, 'Create', tab),
      read: mayDo(c, 'Read', tab),
      update: mayDo(c, 'Update', tab),
      delete: mayDo(c, 'Delete', tab),
    });
    return c.json<FrameData>({
      organization: definition.organization,
      username: realname || username,
      version: JAMF_VERSION,
      counts: { computers: definition.computers, mobileDevices: definition.mobileDevices, users: tenant.accounts.latest().length, sites: definition.sites.length },
      may: { 'api-roles': rights('api-roles'), 'api-clients': rights('api-clients') },
    });
  });
  app.get('/privileges', (c) => c.json(knownPrivileges()));
  app.get('/role-names', (c) => c.json(rolesAndClients.roles.all(c.env.node).map((role) => role.displayName)));

  /** The same five endpoints for either kind of object. */
  function serve<T extends Tab>(
    tab: T,
    store: {
      all(node: number): Rows[T][];
      get(id: string, node: number): Rows[T];
      create(input: Inputs[T], node: number): Rows[T];
      update(id: string, input: Inputs[T], node: number): Rows[T];
      delete(id: string, node: number): void;
    },
  ): void {
    app.get(`/${tab}`, (c) => (must(c, 'Read', tab), c.json(store.all(c.env.node))));
    app.get(`/${tab}/:id`, (c) => (must(c, 'Read', tab), c.json(store.get(idOf(c), c.env.node))));
    app.post(`/${tab}`, async (c) => (must(c, 'Create', tab), c.json(store.create(await c.req.json<Inputs[T]>(), c.env.node), 201)));
    app.put(`/${tab}/:id`, async (c) => (must(c, 'Update', tab), c.json(store.update(idOf(c), await c.req.json<Inputs[T]>(), c.env.node))));
    app.delete(`/${tab}/:id`, (c) => {
      must(c, 'Delete', tab);
      store.delete(idOf(c), c.env.node);
      return c.body(null, 204);
    });
  }
  const { roles, clients } = rolesAndClients;
  serve('api-roles', {
    all: (node) => roles.all(node).map((role) => rolesAndClients.roleRow(role)),
    get: (id, node) => rolesAndClients.roleRow(rolesAndClients.getRole(id, node)),
    create: (input, node) => rolesAndClients.roleRow(rolesAndClients.createRole(input, node)),
    update: (id, input, node) => rolesAndClients.roleRow(rolesAndClients.updateRole(id, input, node)),
    delete: (id, node) => rolesAndClients.deleteRole(id, node),
  });
  serve('api-clients', {
    all: (node) => clients.all(node).map((client) => rolesAndClients.clientRow(client)),
    get: (id, node) => rolesAndClients.clientRow(rolesAndClients.getClient(id, node)),
    create: (input, node) => rolesAndClients.clientRow(rolesAndClients.createClient(input, node)),
    update: (id, input, node) => rolesAndClients.clientRow(rolesAndClients.updateClient(id, input, node)),
    delete: (id, node) => rolesAndClients.deleteClient(id, node),
  });
  app.post('/api-clients/:id/client-secret', (c) => (must(c, 'Create', 'api-clients'), c.json(rolesAndClients.mintSecret(idOf(c), c.env.node))));

  app.notFound((c) => c.json({ errors: [] }, 404));
  app.onError((error) => {
    if (error instanceof ApiError) return error.toResponse();
    throw error;
  });
  return app;
}
