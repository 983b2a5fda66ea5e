import { Hono } from 'hono';
import { html } from 'hono/html';
import { ApiError } from './errors.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import { errorList } from './pages/layout.ts';
import type { Markup, PageContent } from './pages/layout.ts';
import { LEGACY, ROLES_AND_CLIENTS_PATH, SETTINGS_PATH } from './pages/paths.ts';
import { clientForm, clientPage, listPage, pathOf, roleForm, rolePage, tabPath } from './pages/roles-and-clients.ts';
import { table } from './pages/table.ts';
import type { Words } from './pages/words.ts';
import type { ClientInput, RoleInput } from './roles-and-clients.ts';
import { BLANK } from './skins/data.ts';
import type { Tab } from './skins/data.ts';
import type { TenantState } from './tenant-state.ts';

type Answer = Response | Promise<Response>;

/** `/legacy/view/settings`: the settings as pages that the server makes, to be shown in a frame. Paths: [C] unless marked. */
export function createLegacySettings(tenant: TenantState, show: (c: PageContext, content: PageContent, status?: 200 | 400 | 403 | 404 | 409) => Answer): Hono<PageEnv> {
  const { rolesAndClients } = tenant;
  const app = new Hono<PageEnv>();
  const alert = (c: PageContext, text: string, status: 403 | 404): Answer =>
    show(c, { title: c.get('words').apiRolesAndClients, body: html`<p role="alert">${text}</p>` }, status);
  const refuse = (c: PageContext): Answer => alert(c, c.get('words').notAllowed, 403);

  const settingsTrail = (words: Words) => [{ title: words.settings, href: LEGACY + SETTINGS_PATH }];
  const named = [
    { path: 'buildings', privilege: 'Read Buildings', objects: tenant.buildings },
    { path: 'departments', privilege: 'Read Departments', objects: tenant.departments },
  ] as const;
  app.get(LEGACY + SETTINGS_PATH, (c) => {
    const words = c.get('words');
    const body = html`<h2>${words.system}</h2>
      <div class="cards">
        <a class="card" href="${LEGACY}${ROLES_AND_CLIENTS_PATH}"><strong>${words.apiRolesAndClients}</strong>${words.aboutApiRolesAndClients}</a>
      </div>
      <h2>${words.networkOrganization}</h2>
      <div class="cards">
        ${named.map(({ path }) => html`<a class="card" href="${LEGACY}${SETTINGS_PATH}/network-organization/${path}"><strong>${words[path]}</strong></a>`)}
      </div>`;
    return show(c, { title: words.settings, body });
  });
  for (const { path, privilege, objects } of named) {
    app.get(`${LEGACY}${SETTINGS_PATH}/network-organization/${path}`, (c) => {
      if (!c.get('may')(privilege)) return refuse(c);
      const words = c.get('words');
      const body = table(words, [words.name], objects.all(c.env.node), ({ name }) => [name]);
      return show(c, { title: words[path], trail: settingsTrail(words), body });
    });
  }

  // ---- API roles and clients ----

  const listTrail = (words: Words, tab: Tab) => [...settingsTrail(words), { title: words.apiRolesAndClients, href: tabPath(tab) }];
  const settingsPage = (c: PageContext, tab: Tab, title: string, body: Markup, more: { status?: 200 | 400 | 409; url?: string } = {}): Answer =>
    show(c, { title, trail: listTrail(c.get('words'), tab), body, ...(more.url === undefined ? {} : { url: more.url }) }, more.status ?? 200);
  const idOf = (c: PageContext): string => c.req.param('id') ?? '';

  app.get(LEGACY + ROLES_AND_CLIENTS_PATH, (c) => {
    const words = c.get('words');
    const tab: Tab = c.req.query('tab') === 'api-clients' ? 'api-clients' : 'api-roles';
    const may = c.get('may');
    const list =
      tab === 'api-roles'
        ? {
            columns: [words.displayName, words.privilegeCount],
            rows: rolesAndClients.roles.all(c.env.node).map((role) => ({ href: pathOf(tab, role.id), cells: [role.displayName, String(role.privileges.length)] })),
            mayCreate: may('Create API Roles'),
            mayRead: may('Read API Roles'),
          }
        : {
            columns: [words.displayName, words.rolesOfClient, words.status],
            rows: rolesAndClients.clients.all(c.env.node).map((client) => ({
              href: pathOf(tab, client.id),
              cells: [client.displayName, rolesAndClients.roleNames(client).join(', '), client.enabled ? words.enabled : words.disabled],
            })),
            mayCreate: may('Create API Integrations'),
            mayRead: may('Read API Integrations'),
          };
    return show(c, {
      title: words.apiRolesAndClients,
      trail: settingsTrail(words),
      body: listPage(words, { tab, ...list, rows: list.mayRead ? list.rows : [] }),
    });
  });
  for (const tab of ['api-roles', 'api-clients'] as const) app.get(`${LEGACY}${ROLES_AND_CLIENTS_PATH}/${tab}`, (c) => c.redirect(tabPath(tab)));

  const roleFormPage = (c: PageContext, title: string, role: RoleInput, cancel: string, error?: ApiError): Answer =>
    settingsPage(c, 'api-roles', title, roleForm(c.get('words'), { role, known: tenant.knownPrivileges(), cancel, errors: messagesOf(error) }), { status: error === undefined ? 200 : 400 });
  const roleInput = async (c: PageContext): Promise<RoleInput> => {
    const form = new URLSearchParams(await c.req.text());
    return { displayName: form.get('displayName')?.trim() ?? '', privileges: form.getAll('privileges') };
  };

  app.get(pathOf('api-roles', 'new'), (c) => (c.get('may')('Create API Roles') ? roleFormPage(c, c.get('words').newRole, BLANK['api-roles'], tabPath('api-roles')) : refuse(c)));
  app.post(pathOf('api-roles', 'new'), async (c) => {
    if (!c.get('may')('Create API Roles')) return refuse(c);
    const input = await roleInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-roles', rolesAndClients.createRole(input, c.env.node).id), 303),
      (error) => roleFormPage(c, c.get('words').newRole, input, tabPath('api-roles'), error),
    );
  });
  const ROLE_PATH = `${LEGACY}${ROLES_AND_CLIENTS_PATH}/api-roles/:id`;
  const rolePageOf = (c: PageContext, error?: ApiError): Answer => {
    const role = rolesAndClients.getRole(idOf(c), c.env.node);
    const may = c.get('may');
    const body = rolePage(c.get('words'), role, { update: may('Update API Roles'), delete: may('Delete API Roles') });
    return settingsPage(c, 'api-roles', role.displayName, withErrors(error, body), { status: error === undefined ? 200 : 409, url: pathOf('api-roles', role.id) });
  };
  app.get(ROLE_PATH, (c) => (c.get('may')('Read API Roles') ? rolePageOf(c) : refuse(c)));
  app.get(`${ROLE_PATH}/edit`, (c) => {
    if (!c.get('may')('Update API Roles')) return refuse(c);
    const role = rolesAndClients.getRole(idOf(c), c.env.node);
    return roleFormPage(c, c.get('words').editRole, role, pathOf('api-roles', role.id));
  });
  app.post(`${ROLE_PATH}/edit`, async (c) => {
    if (!c.get('may')('Update API Roles')) return refuse(c);
    const role = rolesAndClients.getRole(idOf(c), c.env.node);
    const input = await roleInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-roles', rolesAndClients.updateRole(idOf(c), input, c.env.node).id), 303),
      (error) => roleFormPage(c, c.get('words').editRole, input, pathOf('api-roles', role.id), error),
    );
  });
  app.post(`${ROLE_PATH}/delete`, async (c) => {
    if (!c.get('may')('Delete API Roles')) return refuse(c);
    return await attempt(
      () => {
        rolesAndClients.deleteRole(idOf(c), c.env.node);
        return c.redirect(tabPath('api-roles'), 303);
      },
      (error) => rolePageOf(c, error),
    );
  });

  const clientFormPage = (c: PageContext, title: string, client: ClientInput, cancel: string, error?: ApiError): Answer => {
    const roleNames = rolesAndClients.roles.all(c.env.node).map((role) => role.displayName);
    return settingsPage(c, 'api-clients', title, clientForm(c.get('words'), { client, roleNames, cancel, errors: messagesOf(error) }), { status: error === undefined ? 200 : 400 });
  };
  const clientInput = async (c: PageContext): Promise<ClientInput> => {
    const form = new URLSearchParams(await c.req.text());
    return {
      displayName: form.get('displayName')?.trim() ?? '',
      authorizationScopes: form.getAll('authorizationScopes'),
      enabled: form.has('enabled'),
      accessTokenLifetimeSeconds: Number(form.get('accessTokenLifetimeSeconds')),
    };
  };
  app.get(pathOf('api-clients', 'new'), (c) =>
    c.get('may')('Create API Integrations') ? clientFormPage(c, c.get('words').newClient, BLANK['api-clients'], tabPath('api-clients')) : refuse(c),
  );
  app.post(pathOf('api-clients', 'new'), async (c) => {
    if (!c.get('may')('Create API Integrations')) return refuse(c);
    const input = await clientInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-clients', rolesAndClients.createClient(input, c.env.node).id), 303),
      (error) => clientFormPage(c, c.get('words').newClient, input, tabPath('api-clients'), error),
    );
  });
  // unverified: path of a client's page.
  const CLIENT_PATH = `${LEGACY}${ROLES_AND_CLIENTS_PATH}/api-clients/:id`;
  const clientPageOf = (c: PageContext, secret?: { clientId: string; clientSecret: string }): Answer => {
    const client = rolesAndClients.getClient(idOf(c), c.env.node);
    const may = c.get('may');
    const body = clientPage(c.get('words'), client, {
      roleNames: rolesAndClients.roleNames(client),
      may: { create: may('Create API Integrations'), update: may('Update API Integrations'), delete: may('Delete API Integrations') },
      ...(secret === undefined ? {} : { secret }),
    });
    return settingsPage(c, 'api-clients', client.displayName, body, { url: pathOf('api-clients', client.id) });
  };
  app.get(CLIENT_PATH, (c) => (c.get('may')('Read API Integrations') ? clientPageOf(c) : refuse(c)));
  app.get(`${CLIENT_PATH}/edit`, (c) => {
    if (!c.get('may')('Update API Integrations')) return refuse(c);
    const client = rolesAndClients.clientRow(rolesAndClients.getClient(idOf(c), c.env.node));
    return clientFormPage(c, c.get('words').editClient, client, pathOf('api-clients', client.id));
  });
  app.post(`${CLIENT_PATH}/edit`, async (c) => {
    if (!c.get('may')('Update API Integrations')) return refuse(c);
    const { id } = rolesAndClients.getClient(idOf(c), c.env.node);
    const input = await clientInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-clients', rolesAndClients.updateClient(idOf(c), input, c.env.node).id), 303),
      (error) => clientFormPage(c, c.get('words').editClient, input, pathOf('api-clients', id), error),
    );
  });
  app.post(`${CLIENT_PATH}/delete`, (c) => {
    if (!c.get('may')('Delete API Integrations')) return refuse(c);
    rolesAndClients.deleteClient(idOf(c), c.env.node);
    return c.redirect(tabPath('api-clients'), 303);
  });
  app.post(`${CLIENT_PATH}/client-secret`, (c) =>
    c.get('may')('Create API Integrations') ? clientPageOf(c, rolesAndClients.mintSecret(idOf(c), c.env.node)) : refuse(c),
  );

  app.onError((error, c) => {
    if (error instanceof ApiError) return alert(c, c.get('words').notFound, 404);
    throw error;
  });
  return app;
}

async function attempt(change: () => Answer, refused: (error: ApiError) => Answer): Promise<Response> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof ApiError && (error.status === 400 || error.status === 409)) return await refused(error);
    throw error;
  }
}

function messagesOf(error: ApiError | undefined): string[] {
  return error?.errors.map(({ description }) => description) ?? [];
}

function withErrors(error: ApiError | undefined, body: Markup): Markup {
  return html`${errorList(messagesOf(error))} ${body}`;
}
