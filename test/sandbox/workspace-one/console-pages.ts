import { createHmac, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { HostHandler } from '../traffic.ts';
import { createAdminPages } from './console-admins.ts';
import { createAppPages } from './console-app.ts';
import { createListPages } from './console-lists.ts';
import { createRolePages } from './console-roles.ts';
import { createSettingsPages } from './console-settings.ts';
import { envelope } from './envelope.ts';
import type { Environment } from './environment.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import { documentOf, shellPage, signInPage } from './pages/layout.ts';
import type { Markup, SignInStep } from './pages/layout.ts';
import { WORDS } from './pages/words.ts';

const BASE = '/AirWatch';
/** unverified: name of the session's cookie. */
const SESSION_COOKIE = 'AirWatchSessionId';
/** ASP.NET MVC: the path of the application, in its own spelling of base64, is part of the name. */
const TOKEN_COOKIE = '__RequestVerificationToken_L0FpcldhdGNo0';
const TOKEN_FIELD = '__RequestVerificationToken';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };
const folder = path.join(import.meta.dirname, 'pages/static');
const STATIC = new Map(readdirSync(folder).map((name) => [name, { type: TYPES[path.extname(name)] ?? '', text: readFileSync(path.join(folder, name), 'utf8') }]));
const BUNDLES: Readonly<Record<string, string>> = { LoginCss: 'console.css', LoginJs: 'login.js' };

const isAjax = (request: Request): boolean => request.headers.get('x-requested-with') === 'XMLHttpRequest';

/**
 * The web console of an environment. Known: markers of the sign-in page, the routes of lists, settings and OAuth clients, fragments by AJAX, one envelope
 * for every POST, the verification token (reference of console markers). unverified: all other routes, and the markup of pages without a public picture.
 * @param options.delayMs how long a fragment takes, ms
 */
export function createConsolePages(environment: Environment, { delayMs = 60 }: { delayMs?: number } = {}): HostHandler {
  const app = new Hono<PageEnv>();
  const tokenKey = randomBytes(32);
  const wordsNow = () => WORDS[environment.switches.language];

  app.use(async (c, next) => {
    await next();
    // unverified: the real policy.
    c.header('Content-Security-Policy', "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'self'");
    c.header('Cache-Control', 'no-cache, no-store');
    c.header('X-Frame-Options', 'SAMEORIGIN');
  });
  const file = (c: PageContext, name: string | undefined): Response => {
    const found = STATIC.get(name ?? '');
    return found === undefined ? c.body(null, 404) : c.body(found.text, 200, { 'content-type': found.type });
  };
  app.get(`${BASE}/Content/:file`, (c) => file(c, c.req.param('file')));
  app.get(`${BASE}/bundles/:name`, (c) => file(c, BUNDLES[c.req.param('name')]));

  // ---- Signing in and out ----

  /** Only to the console itself. */
  const safePath = (to: string | undefined): string => (to?.startsWith(`${BASE}/`) === true && !to.includes('\\') ? to : `${BASE}/`);
  /** The field that belongs to the browser's cookie, before anybody is signed in. */
  const fieldFor = (cookie: string): string => createHmac('sha256', tokenKey).update(cookie).digest('base64url');
  const signIn = (c: PageContext, step: SignInStep & { returnUrl: string; hash?: string; message?: string }): Markup => {
    const cookie = getCookie(c, TOKEN_COOKIE) ?? randomBytes(24).toString('base64url');
    setCookie(c, TOKEN_COOKIE, cookie, { path: BASE, secure: true, httpOnly: true });
    return signInPage({ language: environment.switches.language, words: wordsNow(), token: fieldFor(cookie) }, { hash: '', ...step });
  };

  app.get('/', (c) => c.redirect(`${BASE}/`));
  app.get(BASE, (c) => c.redirect(`${BASE}/`));
  app.get(`${BASE}/Login`, (c) => c.html(signIn(c, { step: 'username', username: '', returnUrl: safePath(c.req.query('ReturnUrl')) })));
  app.get(`${BASE}/Login/Login/TroubleLoggingIn`, (c) =>
    c.html(documentOf({ language: environment.switches.language }, { title: wordsNow().troubleLoggingIn, className: 'loginscreen', body: html`<p>${wordsNow().troubleLoggingIn}</p>` })),
  );
  app.post(`${BASE}/Login/Login/Login-User`, async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const username = form.get('UserName')?.trim() ?? '';
    const returnUrl = safePath(form.get('ReturnUrl') ?? undefined);
    const hash = form.get('Hash') ?? '';
    const again = (message?: string): Response | Promise<Response> => c.html(signIn(c, { step: 'username', username, returnUrl, hash, ...(message === undefined ? {} : { message }) }));
    if (form.get(TOKEN_FIELD) !== fieldFor(getCookie(c, TOKEN_COOKIE) ?? '')) return again();
    if (username === '') return again(`${wordsNow().username} ${wordsNow().isRequired}`);
    const password = form.get('Password');
    if (password === null) return c.html(signIn(c, { step: 'password', username, returnUrl, hash }));
    const session = environment.signIn(username, password);
    if (session === undefined) return again(wordsNow().badLogin);
    setCookie(c, SESSION_COOKIE, session.id, { path: BASE, secure: true, httpOnly: true, sameSite: 'Lax' });
    return c.redirect(returnUrl + (hash.startsWith('#') ? hash : ''), 302);
  });
  app.get(`${BASE}/Login/Logout`, (c) => {
    environment.signOut(getCookie(c, SESSION_COOKIE) ?? '');
    return c.redirect(`${BASE}/Login`);
  });

  // ---- From here on signed in only ----

  app.use(`${BASE}/*`, async (c: PageContext, next) => {
    const found = environment.findSession(getCookie(c, SESSION_COOKIE));
    if (found === undefined) {
      if (c.req.method !== 'GET') return c.json(envelope({ IsSuccess: false, IsSessionExpired: true }));
      const { pathname, search } = new URL(c.req.url);
      // A fragment is answered with the whole page, by which scripts know that the session is over.
      if (isAjax(c.req.raw)) return c.html(signIn(c, { step: 'username', username: '', returnUrl: `${BASE}/` }));
      return c.redirect(`${BASE}/Login?${new URLSearchParams({ ReturnUrl: pathname + search }).toString()}`);
    }
    const { session, admin } = found;
    const caller = { kind: 'admin', admin } as const;
    const mine = new Set([admin.organizationGroupId, ...admin.roles.map((grant) => grant.organizationGroupId)].flatMap((id) => [...environment.subtree(id)]));
    c.set('session', session);
    c.set('admin', admin);
    c.set('may', (permission, group = session.organizationGroupId) => environment.may(caller, permission, group, session.signedInAt));
    c.set('frame', {
      language: environment.switches.language,
      words: wordsNow(),
      username: admin.username,
      group: environment.group(session.organizationGroupId),
      groups: environment.organizationGroups().filter(({ id }) => mine.has(id)),
      token: session.verificationToken,
    });
    if (c.req.method === 'POST' && !(await isVerified(c))) {
      // unverified: status and words; ASP.NET's own exception says much the same.
      return c.json(envelope({ IsSuccess: false, Message: 'The required anti-forgery form field is not present or invalid.' }), 403);
    }
    return await next();
  });
  /** A form carries the token in its field, and every call in a header, alone or with the cookie's after a colon. */
  async function isVerified(c: PageContext): Promise<boolean> {
    const { verificationToken } = c.get('session');
    const isJson = c.req.header('content-type')?.startsWith('application/json') === true;
    const header = c.req.header('RequestVerificationToken') ?? '';
    const both = `${verificationToken}:${getCookie(c, TOKEN_COOKIE)}`;
    if (header !== verificationToken && c.req.header('X-RequestVerificationToken') !== both) return false;
    return isJson || (await c.req.formData()).get(TOKEN_FIELD) === verificationToken;
  }

  app.get(`${BASE}/`, (c) => c.html(shellPage(c.get('frame'))));
  app.route('/', createAppPages(environment));
  app.use(`${BASE}/*`, async (c: PageContext, next) => {
    const { pathname } = new URL(c.req.url);
    // A fragment opened by itself; downloads are opened so.
    if (c.req.method === 'GET' && !isAjax(c.req.raw) && !pathname.includes('/Export')) return c.redirect(`${BASE}/#${pathname}`);
    await sleep(delayMs);
    return await next();
  });

  app.post(`${BASE}/OrganizationGroup/Switch`, async (c) => {
    const form = await c.req.formData();
    const id = Number(form.get('id'));
    if (!c.get('frame').groups.some((group) => group.id === id)) return c.json(envelope({ IsSuccess: false, Message: wordsNow().notAllowed }));
    if (form.get('scope') === 'settings') settings.setGroup(c.get('session'), id);
    else c.get('session').organizationGroupId = id;
    return c.json(envelope({ ReloadPage: true }));
  });
  const settings = createSettingsPages(environment);
  for (const part of [settings.app, createRolePages(environment), createAdminPages(environment), createListPages(environment)]) app.route(BASE, part);

  app.notFound((c) => c.html(html`<h1>${wordsNow().notFound}</h1>`, 404));
  return (request) => app.fetch(request);
}
