import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { ApiError } from './errors.ts';
import { clientForm, clientPage, listPage, pathOf, roleForm, rolePage, tabPath } from './pages/roles-and-clients.ts';
import type { Tab } from './pages/roles-and-clients.ts';
import { consolePage, errorList, ROLES_AND_CLIENTS_PATH, SETTINGS_PATH, signInPage } from './pages/layout.ts';
import type { Markup, PageFrame } from './pages/layout.ts';
import { WORDS } from './pages/words.ts';
import type { ClientInput, RoleInput } from './roles-and-clients.ts';
import { isSameOrigin } from './sessions.ts';
import type { Caller } from './sessions.ts';
import type { TenantState } from './tenant-state.ts';

interface PageEnv {
  Bindings: { node: number };
  Variables: { caller: Caller & { kind: 'account' }; may: (privilege: string) => boolean };
}
type PageContext = Context<PageEnv>;

const LANGUAGE = 'en';
/** unverified: no source shows the console's own; this one allows what the pages need and nothing else. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
/** unverified: where the console's page would get a token for its own calls. */
const PAGE_TOKEN_PATH = '/view/session/token';
const ROWS_SHOWN = 25;

const STATIC = {
  'console.css': { type: 'text/css; charset=utf-8', text: readFileSync(new URL('pages/static/console.css', import.meta.url), 'utf8') },
  'console.js': { type: 'text/javascript; charset=utf-8', text: readFileSync(new URL('pages/static/console.js', import.meta.url), 'utf8') },
};

/** The web console of a tenant: signing in and out, and the pages around API roles and clients. Paths: [C] unless marked. */
export function createConsolePages(tenant: TenantState): Hono<PageEnv> {
  const { definition, origin, sessions, rolesAndClients, inventory, switches } = tenant;
  const app = new Hono<PageEnv>();
  const words = WORDS[LANGUAGE];
  const signInFrame = { language: LANGUAGE, words, organization: definition.organization } as const;

  const show = (c: PageContext, content: Parameters<typeof consolePage>[1], status: 200 | 400 | 403 | 404 | 409 = 200): Response | Promise<Response> => {
    const { realname, username } = c.get('caller').account;
    const frame: PageFrame = {
      ...signInFrame,
      username: realname || username,
      navigation: switches.sessionMode === 'none' ? 'document' : 'in-page',
      apiAccess: switches.sessionMode === 'none' ? undefined : switches.sessionMode === 'cookie' ? 'cookie' : 'bearer',
    };
    return c.html(consolePage(frame, content), status);
  };

  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  });
  app.get('/static/:file', (c) => {
    const file = Object.entries(STATIC).find(([name]) => name === c.req.param('file'))?.[1];
    return file === undefined ? c.notFound() : c.body(file.text, 200, { 'content-type': file.type });
  });
  app.get('/healthCheck.html', (c) => c.html('[]'));

  // ---- Signing in and out ----

  /** Only to a path of this console, never to an address somebody slipped in. */
  const safePath = (path: string | null | undefined): string => (path?.startsWith('/') === true && !path.startsWith('//') && !path.includes('\\') ? path : '/view/dashboard');
  const ssoPath = '/oauth2/authorization/sandbox-idp';
  const ssoUrl = (to: string): string | undefined => (definition.signIn === 'sso' ? `${ssoPath}?${new URLSearchParams({ to }).toString()}` : undefined);
  const states = new Map<string, string>();

  app.get('/', (c) => {
    const { searchParams } = new URL(c.req.url);
    const returned = searchParams.get('oidcToken');
    if (returned !== null) {
      const state = searchParams.get('state') ?? '';
      const to = states.get(state);
      states.delete(state);
      const ownState = (c.req.header('cookie') ?? '').includes(`oidc-state=${state}`);
      const username = tenant.identityProvider.redeem(returned);
      const account = tenant.accounts.latest().find((one) => one.username === username && one.accountType === 'FEDERATED');
      if (to === undefined || !ownState || account === undefined) return c.redirect('/?failover');
      c.header('Set-Cookie', sessions.start(account, 'OIDC'), { append: true });
      return c.redirect(to);
    }
    const to = safePath(searchParams.get('to'));
    if (sessions.findSessionCaller(c.req.raw) !== undefined) return c.redirect(to);
    const sso = ssoUrl(to);
    // [C] ?failover is the way past single sign-on to the local form.
    if (sso !== undefined && !searchParams.has('failover')) return c.redirect(sso);
    return c.html(signInPage(signInFrame, { failed: false, to, ssoUrl: sso }));
  });
  app.get(ssoPath, (c) => {
    if (definition.signIn !== 'sso') return c.notFound();
    const state = randomBytes(16).toString('base64url');
    states.set(state, safePath(c.req.query('to')));
    c.header('Set-Cookie', `oidc-state=${state}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600`);
    return c.redirect(tenant.identityProvider.signInUrl({ redirectUri: `${origin}/`, state }));
  });

  // Every change by a form comes from the console's own page.
  app.on('POST', '*', async (c, next) => {
    if (!isSameOrigin(c.req.raw, origin)) return c.text('Forbidden\n', 403);
    return await next();
  });
  app.post('/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const to = safePath(form.get('to'));
    const account = sessions.findLocalAccount(form.get('username') ?? '', form.get('password') ?? '');
    if (account === undefined) return c.html(signInPage(signInFrame, { failed: true, to, ssoUrl: ssoUrl(to) }), 401);
    c.header('Set-Cookie', sessions.start(account, 'JSS'), { append: true });
    return c.redirect(to, 303);
  });
  app.post('/logout', (c) => {
    c.header('Set-Cookie', sessions.end(c.req.raw), { append: true });
    return c.redirect('/?failover', 303);
  });

  // ---- From here on signed in only ----

  app.use(async (c, next) => {
    const caller = sessions.findSessionCaller(c.req.raw);
    if (caller === undefined) {
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(`/?${new URLSearchParams({ to: c.req.method === 'GET' ? pathname + search : '/view/dashboard' }).toString()}`);
    }
    const privileges = sessions.privilegesOf(caller, c.env.node);
    c.set('caller', caller);
    c.set('may', (privilege) => privileges.has(privilege));
    return await next();
  });
  app.post(PAGE_TOKEN_PATH, (c) => {
    if (switches.sessionMode !== 'page-bearer') return c.notFound();
    const { account, authenticationType } = c.get('caller');
    return c.json(sessions.issueAccountToken(account, authenticationType, 'page'));
  });

  app.get('/view/dashboard', (c) =>
    show(c, {
      active: '/view/dashboard',
      title: words.dashboard,
      body: html`<div class="cards">
        ${[
          [words.computers, definition.computers, '/computers.html'],
          [words.devices, definition.mobileDevices, '/mobileDevices.html'],
          [words.users, tenant.accounts.latest().length, '/users.html'],
          [words.sites, definition.sites.length, SETTINGS_PATH],
        ].map(([title, count, href]) => html`<a class="card" href="${href}"><b>${Number(count).toLocaleString(LANGUAGE)}</b>${title}</a>`)}
      </div>`,
    }),
  );

  const table = (columns: readonly string[], rows: readonly (readonly string[])[], total: number): Markup =>
    html`<p class="hint">${words.shown(rows.length, total)}</p>
      <table>
        <thead>
          <tr>
            ${columns.map((title) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`;
  const firstOf = <T>(rows: { length: number; at(index: number): T | undefined }): T[] =>
    Array.from({ length: Math.min(ROWS_SHOWN, rows.length) }, (_, index) => rows.at(index)).filter((row) => row !== undefined);

  app.get('/computers.html', (c) => {
    if (!c.get('may')('Read Computers')) return refuse(c);
    const computers = { length: definition.computers, at: (index: number) => inventory.computerFacts(index) };
    const rows = firstOf(computers).map(({ name, hardware, site, seen }) => [name, hardware.serialNumber, hardware.model, site.name, seen.slice(0, 10)]);
    const columns = [words.name, words.serialNumber, words.model, words.site, words.lastContact];
    return show(c, { active: '/computers.html', title: words.computers, body: table(columns, rows, definition.computers) });
  });
  app.get('/mobileDevices.html', (c) => {
    if (!c.get('may')('Read Mobile Devices')) return refuse(c);
    const rows = firstOf(inventory.mobileDevices()).map(({ general, hardware }) => {
      return [general.displayName, hardware.serialNumber, hardware.model, general.lastContactDate.slice(0, 10)];
    });
    const columns = [words.name, words.serialNumber, words.model, words.lastContact];
    return show(c, { active: '/mobileDevices.html', title: words.devices, body: table(columns, rows, definition.mobileDevices) });
  });
  app.get('/users.html', (c) => {
    if (!c.get('may')('Read Accounts')) return refuse(c);
    const all = tenant.accounts.all(c.env.node);
    const rows = firstOf(all).map(({ username, realname, email }) => [username, realname, email]);
    return show(c, { active: '/users.html', title: words.users, body: table([words.username, words.realName, words.email], rows, all.length) });
  });

  const settingsTrail = [{ title: words.settings, href: SETTINGS_PATH }];
  const named = [
    { path: 'buildings', title: words.buildings, privilege: 'Read Buildings', objects: tenant.buildings },
    { path: 'departments', title: words.departments, privilege: 'Read Departments', objects: tenant.departments },
  ];
  app.get(SETTINGS_PATH, (c) =>
    show(c, {
      active: SETTINGS_PATH,
      title: words.settings,
      body: html`<h2>${words.system}</h2>
        <div class="cards">
          <a class="card" href="${ROLES_AND_CLIENTS_PATH}"><strong>${words.apiRolesAndClients}</strong>${words.aboutApiRolesAndClients}</a>
        </div>
        <h2>${words.networkOrganization}</h2>
        <div class="cards">
          ${named.map(({ path, title }) => html`<a class="card" href="${SETTINGS_PATH}/network-organization/${path}"><strong>${title}</strong></a>`)}
        </div>`,
    }),
  );
  for (const { path, title, privilege, objects } of named) {
    app.get(`${SETTINGS_PATH}/network-organization/${path}`, (c) => {
      if (!c.get('may')(privilege)) return refuse(c);
      const rows = objects.all(c.env.node).map(({ name }) => [name]);
      return show(c, { active: SETTINGS_PATH, title, trail: settingsTrail, body: table([words.name], rows, rows.length) });
    });
  }

  // ---- API roles and clients ----

  const listTrail = (tab: Tab) => [...settingsTrail, { title: words.apiRolesAndClients, href: tabPath(tab) }];
  const refuse = (c: PageContext): Response | Promise<Response> =>
    show(c, { active: SETTINGS_PATH, title: words.apiRolesAndClients, body: html`<p role="alert">${words.notAllowed}</p>` }, 403);
  const settingsPage = (c: PageContext, tab: Tab, title: string, body: Markup, more: { status?: 200 | 400 | 409; url?: string } = {}): Response | Promise<Response> =>
    show(c, { active: SETTINGS_PATH, title, trail: listTrail(tab), body, ...(more.url === undefined ? {} : { url: more.url }) }, more.status ?? 200);
  const idOf = (c: PageContext): string => c.req.param('id') ?? '';

  app.get(ROLES_AND_CLIENTS_PATH, (c) => {
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
      active: SETTINGS_PATH,
      title: words.apiRolesAndClients,
      trail: settingsTrail,
      body: listPage(words, { tab, ...list, rows: list.mayRead ? list.rows : [] }),
    });
  });
  for (const tab of ['api-roles', 'api-clients'] as const) app.get(`${ROLES_AND_CLIENTS_PATH}/${tab}`, (c) => c.redirect(tabPath(tab)));

  const BLANK_ROLE: RoleInput = { displayName: '', privileges: [] };
  const roleFormPage = (c: PageContext, title: string, role: RoleInput, cancel: string, error?: ApiError): Response | Promise<Response> =>
    settingsPage(c, 'api-roles', title, roleForm(words, { role, known: tenant.knownPrivileges(), cancel, errors: messagesOf(error) }), { status: error === undefined ? 200 : 400 });
  const roleInput = async (c: PageContext): Promise<RoleInput> => {
    const form = new URLSearchParams(await c.req.text());
    return { displayName: form.get('displayName')?.trim() ?? '', privileges: form.getAll('privileges') };
  };

  app.get(pathOf('api-roles', 'new'), (c) => (c.get('may')('Create API Roles') ? roleFormPage(c, words.newRole, BLANK_ROLE, tabPath('api-roles')) : refuse(c)));
  app.post(pathOf('api-roles', 'new'), async (c) => {
    if (!c.get('may')('Create API Roles')) return refuse(c);
    const input = await roleInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-roles', rolesAndClients.createRole(input, c.env.node).id), 303),
      (error) => roleFormPage(c, words.newRole, input, tabPath('api-roles'), error),
    );
  });
  const ROLE_PATH = `${ROLES_AND_CLIENTS_PATH}/api-roles/:id`;
  const rolePageOf = (c: PageContext, error?: ApiError): Response | Promise<Response> => {
    const role = rolesAndClients.getRole(idOf(c), c.env.node);
    const may = c.get('may');
    const body = rolePage(words, role, { update: may('Update API Roles'), delete: may('Delete API Roles') });
    return settingsPage(c, 'api-roles', role.displayName, withErrors(error, body), { status: error === undefined ? 200 : 409, url: pathOf('api-roles', role.id) });
  };
  app.get(ROLE_PATH, (c) => (c.get('may')('Read API Roles') ? rolePageOf(c) : refuse(c)));
  app.get(`${ROLE_PATH}/edit`, (c) => {
    if (!c.get('may')('Update API Roles')) return refuse(c);
    const role = rolesAndClients.getRole(idOf(c), c.env.node);
    return roleFormPage(c, words.editRole, role, pathOf('api-roles', role.id));
  });
  app.post(`${ROLE_PATH}/edit`, async (c) => {
    if (!c.get('may')('Update API Roles')) return refuse(c);
    const role = rolesAndClients.getRole(idOf(c), c.env.node);
    const input = await roleInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-roles', rolesAndClients.updateRole(idOf(c), input, c.env.node).id), 303),
      (error) => roleFormPage(c, words.editRole, input, pathOf('api-roles', role.id), error),
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

  const BLANK_CLIENT: ClientInput = { displayName: '', authorizationScopes: [], enabled: false, accessTokenLifetimeSeconds: 60 };
  const clientFormPage = (c: PageContext, title: string, client: ClientInput, cancel: string, error?: ApiError): Response | Promise<Response> => {
    const roleNames = rolesAndClients.roles.all(c.env.node).map((role) => role.displayName);
    return settingsPage(c, 'api-clients', title, clientForm(words, { client, roleNames, cancel, errors: messagesOf(error) }), { status: error === undefined ? 200 : 400 });
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
    c.get('may')('Create API Integrations') ? clientFormPage(c, words.newClient, BLANK_CLIENT, tabPath('api-clients')) : refuse(c),
  );
  app.post(pathOf('api-clients', 'new'), async (c) => {
    if (!c.get('may')('Create API Integrations')) return refuse(c);
    const input = await clientInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-clients', rolesAndClients.createClient(input, c.env.node).id), 303),
      (error) => clientFormPage(c, words.newClient, input, tabPath('api-clients'), error),
    );
  });
  // unverified: path of a client's page.
  const CLIENT_PATH = `${ROLES_AND_CLIENTS_PATH}/api-clients/:id`;
  const clientPageOf = (c: PageContext, secret?: { clientId: string; clientSecret: string }): Response | Promise<Response> => {
    const client = rolesAndClients.getClient(idOf(c), c.env.node);
    const may = c.get('may');
    const body = clientPage(words, client, {
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
    return clientFormPage(c, words.editClient, client, pathOf('api-clients', client.id));
  });
  app.post(`${CLIENT_PATH}/edit`, async (c) => {
    if (!c.get('may')('Update API Integrations')) return refuse(c);
    const { id } = rolesAndClients.getClient(idOf(c), c.env.node);
    const input = await clientInput(c);
    return await attempt(
      () => c.redirect(pathOf('api-clients', rolesAndClients.updateClient(idOf(c), input, c.env.node).id), 303),
      (error) => clientFormPage(c, words.editClient, input, pathOf('api-clients', id), error),
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

  app.notFound((c) => c.html(html`<!doctype html><html lang="${LANGUAGE}"><title>404</title><h1>${words.notFound}</h1></html>`, 404));
  app.onError((error, c) => {
    if (error instanceof ApiError) return show(c, { active: SETTINGS_PATH, title: words.apiRolesAndClients, body: html`<p role="alert">${words.notFound}</p>` }, 404);
    throw error;
  });
  return app;
}

type Answer = Response | Promise<Response>;

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
