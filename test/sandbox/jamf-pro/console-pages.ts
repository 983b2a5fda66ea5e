import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ConsoleSkin } from '../types.ts';
import { createConsoleData } from './console-data.ts';
import { createLegacySettings } from './console-legacy.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import { appPage, consolePage, legacyPage, legacyShell, signInPage } from './pages/layout.ts';
import type { Markup, PageFrame } from './pages/layout.ts';
import { LEGACY, SETTINGS_PATH } from './pages/paths.ts';
import { table } from './pages/table.ts';
import { WORDS } from './pages/words.ts';
import { isSameOrigin } from './sessions.ts';
import { getBundle, readBundleFile } from './skins/bundles.ts';
import type { TenantState } from './tenant-state.ts';

/** unverified: no source shows the console's own; this one allows what the pages need and nothing else. */
const policy = ({ styles = '', framed = false } = {}): string =>
  [
    "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' data:; frame-src 'self'; base-uri 'self'; form-action 'self'",
    `style-src 'self' ${styles}`.trim(),
    `frame-ancestors ${framed ? "'self'" : "'none'"}`,
  ].join('; ');
/** Where a skin's library writes style elements of its own: some let themselves be given a nonce. */
const styleSources = (skin: ConsoleSkin, nonce: string): string => (skin === 'angular' ? `'nonce-${nonce}'` : skin === 'react' ? "'unsafe-inline'" : '');
/** unverified: where the console's page would get a token for its own calls. */
const PAGE_TOKEN_PATH = '/view/session/token';

const STATIC = {
  'console.css': { type: 'text/css; charset=utf-8', text: readFileSync(new URL('pages/static/console.css', import.meta.url), 'utf8') },
  'page-api.js': { type: 'text/javascript; charset=utf-8', text: readFileSync(new URL('pages/static/page-api.js', import.meta.url), 'utf8') },
  'console.js': { type: 'text/javascript; charset=utf-8', text: readFileSync(new URL('pages/static/console.js', import.meta.url), 'utf8') },
};

/** The web console of a tenant: signing in and out, and the pages around API roles and clients. Paths: [C] unless marked. */
export function createConsolePages(tenant: TenantState): Hono<PageEnv> {
  const { definition, origin, sessions, inventory, switches } = tenant;
  const app = new Hono<PageEnv>();
  const signInFrame = (): Pick<PageFrame, 'language' | 'words' | 'organization'> => ({
    language: switches.language,
    words: WORDS[switches.language],
    organization: definition.organization,
  });

  const frameOf = (c: PageContext): PageFrame => {
    const { realname, username } = c.get('caller').account;
    return {
      ...signInFrame(),
      username: realname || username,
      context: tenant.context,
      apiAccess: switches.sessionMode === 'none' ? undefined : switches.sessionMode === 'cookie' ? 'cookie' : 'bearer',
    };
  };

  app.use(async (c, next) => {
    c.set('words', WORDS[switches.language]);
    await next();
    if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', policy());
  });
  app.get('/static/:file', (c) => {
    const file = Object.entries(STATIC).find(([name]) => name === c.req.param('file'))?.[1];
    return file === undefined ? c.notFound() : c.body(file.text, 200, { 'content-type': file.type });
  });
  app.get('/static/skins/:skin/:file', async (c) => {
    const file = await readBundleFile(c.req.param('skin'), c.req.param('file'));
    return file === undefined ? c.notFound() : c.body(file.body, 200, { 'content-type': file.type });
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
    return c.html(signInPage(signInFrame(), { failed: false, to, ssoUrl: sso }));
  });
  app.get(ssoPath, (c) => {
    if (definition.signIn !== 'sso') return c.notFound();
    const state = randomBytes(16).toString('base64url');
    states.set(state, safePath(c.req.query('to')));
    c.header('Set-Cookie', `oidc-state=${state}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600`);
    return c.redirect(tenant.identityProvider.signInUrl({ redirectUri: `${origin}/`, state }));
  });

  // Every change by a form comes from the console's own page.
  app.on(['POST', 'PUT', 'DELETE'], '*', async (c, next) => {
    if (!isSameOrigin(c.req.raw, origin)) return c.text('Forbidden\n', 403);
    return await next();
  });
  app.post('/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const to = safePath(form.get('to'));
    const account = sessions.findLocalAccount(form.get('username') ?? '', form.get('password') ?? '');
    if (account === undefined) return c.html(signInPage(signInFrame(), { failed: true, to, ssoUrl: ssoUrl(to) }), 401);
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
    if (caller === undefined && c.req.path.startsWith('/ui/')) return c.json({ errors: [] }, 401);
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

  app.route('/ui', createConsoleData(tenant));

  // ---- Pages that the server makes in every skin ----

  app.route(
    '/',
    createLegacySettings(tenant, (c, content, status = 200) => {
      c.header('Content-Security-Policy', policy({ framed: true }));
      c.header('X-Frame-Options', 'SAMEORIGIN');
      return c.html(legacyPage(frameOf(c), content), status);
    }),
  );

  const list = (path: string, title: 'computers' | 'devices' | 'users', privilege: string, body: (c: PageContext) => Markup): void =>
    void app.get(path, (c) => {
      const words = c.get('words');
      const page = (content: Markup): Markup => consolePage(frameOf(c), path, { title: words[title], body: content });
      return c.get('may')(privilege) ? c.html(page(body(c))) : c.html(page(html`<p role="alert">${words.notAllowed}</p>`), 403);
    });
  list('/computers.html', 'computers', 'Read Computers', (c) => {
    const words = c.get('words');
    const columns = [words.name, words.serialNumber, words.model, words.site, words.lastContact];
    const computers = { length: definition.computers, at: (index: number) => inventory.computerFacts(index) };
    return table(words, columns, computers, ({ name, hardware, site, seen }) => [name, hardware.serialNumber, hardware.model, site.name, seen.slice(0, 10)]);
  });
  list('/mobileDevices.html', 'devices', 'Read Mobile Devices', (c) => {
    const words = c.get('words');
    const columns = [words.name, words.serialNumber, words.model, words.lastContact];
    return table(words, columns, inventory.mobileDevices(), ({ general, hardware }) => [general.displayName, hardware.serialNumber, hardware.model, general.lastContactDate.slice(0, 10)]);
  });
  list('/users.html', 'users', 'Read Accounts', (c) => {
    const words = c.get('words');
    return table(words, [words.username, words.realName, words.email], tenant.accounts.all(c.env.node), ({ username, realname, email }) => [username, realname, email]);
  });
  /** The settings that no skin has pages of its own for. */
  const shell = (c: PageContext) => {
    const { pathname, search } = new URL(c.req.url);
    return c.html(legacyShell(frameOf(c), { title: c.get('words').settings, src: `${LEGACY}${pathname}${search}` }));
  };
  app.get(`${SETTINGS_PATH}/network-organization/*`, shell);

  // ---- Pages that the skin makes ----

  app.get('/view/*', async (c, next) => {
    const { skin } = switches;
    if (skin === 'plain') return await next();
    const nonce = randomBytes(16).toString('base64');
    c.header('Content-Security-Policy', policy({ styles: styleSources(skin, nonce) }));
    return c.html(appPage(frameOf(c), await getBundle(skin), nonce));
  });
  app.get('/view/dashboard', (c) => {
    const words = c.get('words');
    const cards = [
      [words.computers, definition.computers, '/computers.html'],
      [words.devices, definition.mobileDevices, '/mobileDevices.html'],
      [words.users, tenant.accounts.latest().length, '/users.html'],
      [words.sites, definition.sites.length, SETTINGS_PATH],
    ] as const;
    const body = html`<div class="cards">
      ${cards.map(([title, count, href]) => html`<a class="card" href="${href}"><b>${count.toLocaleString(switches.language)}</b>${title}</a>`)}
    </div>`;
    return c.html(consolePage(frameOf(c), '/view/dashboard', { title: words.dashboard, body }));
  });
  app.get(SETTINGS_PATH, shell);
  app.get(`${SETTINGS_PATH}/*`, shell);

  app.notFound((c) => c.html(html`<!doctype html><html lang="${switches.language}"><title>404</title><h1>${WORDS[switches.language].notFound}</h1></html>`, 404));
  return app;
}
