import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { isSameOrigin } from '../jamf-pro/sessions.ts';
import type { AdminaControl, AdminaSwitches } from '../types.ts';
import { UI_PATH } from './app/data.ts';
import type { FrameData } from './app/data.ts';
import { APP_BUNDLE, APP_FILES } from './app-bundle.ts';
import { AdminaRefusal, type Organization, SERVICES } from './organization.ts';
import { appPage, signInPage } from './sign-in.ts';

interface PagesOptions {
  origin: string;
  now: () => number;
  organization: AdminaControl['organization'];
  data: Organization;
  switches: AdminaSwitches;
  login: AdminaControl['login'];
}

const SESSION_IDLE_MS = 30 * 60_000;
const input = z.object({ workspaceKey: z.string().trim(), clientId: z.string().trim(), clientSecret: z.string().trim(), devices: z.boolean(), deviceGroup: z.string().trim() });

/** The web application: sign-in, and a single-page app below the organization's name with its private endpoints. unverified: all paths but that name. */
export function createPages({ origin, now, organization, data, switches, login }: PagesOptions): { app: Hono; endSessions: () => void } {
  const app = new Hono();
  /** When each session was last seen, sandbox clock, ms. */
  const sessions = new Map<string, number>();
  const isSignedIn = (c: Context): boolean => {
    const id = sessionId(c.req.raw);
    const seen = sessions.get(id);
    if (seen === undefined || now() - seen > SESSION_IDLE_MS) return false;
    sessions.set(id, now());
    return true;
  };
  const home = `/${organization.uniqueName}/dashboard`;
  const askedPage = (c: Context): string => (c.req.query('to')?.startsWith(`/${organization.uniqueName}/`) ? (c.req.query('to') ?? home) : home);

  app.use('*', async (c, next) => {
    await next();
    // The component library writes its styles into the page.
    c.header('Content-Security-Policy', "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
  });
  app.get('/static/app/:file', async (c) => {
    const file = await APP_BUNDLE.read(c.req.param('file'));
    return file === undefined ? c.notFound() : c.body(file.body, 200, { 'content-type': file.type });
  });
  app.get('/', (c) => c.redirect(isSignedIn(c) ? home : '/login'));
  app.get('/login', (c) => (isSignedIn(c) ? c.redirect(home) : c.html(signInPage(switches.language, { failed: false, to: askedPage(c) }))));

  // Every change comes from the application's own page.
  app.on(['POST', 'PUT'], '*', async (c, next) => (isSameOrigin(c.req.raw, origin) ? await next() : c.text('Forbidden\n', 403)));
  app.post('/login', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get('email')?.trim().toLowerCase() !== login.email || form.get('password') !== login.password) return c.html(signInPage(switches.language, { failed: true, to: askedPage(c) }), 401);
    const id = randomBytes(24).toString('base64url');
    sessions.set(id, now());
    c.header('Set-Cookie', `admina-session=${id}; Path=/; Secure; HttpOnly; SameSite=Lax`);
    return c.redirect(askedPage(c), 303);
  });
  app.post('/logout', (c) => {
    sessions.delete(sessionId(c.req.raw));
    return c.redirect('/login', 303);
  });

  // ---- From here on signed in only ----

  app.use(async (c, next) => {
    if (isSignedIn(c)) return await next();
    return c.req.path.startsWith(UI_PATH) ? c.json({}, 401) : c.redirect(`/login?${new URLSearchParams({ to: c.req.path }).toString()}`);
  });
  const ui = new Hono();
  ui.get('/frame', (c) => {
    const { language, hasDevices } = switches;
    const { name, uniqueName } = organization;
    return c.json({ organization: { name, uniqueName }, email: login.email, language, services: SERVICES, hasDevices } satisfies FrameData);
  });
  ui.get('/workspaces', (c) => c.json(data.rows()));
  ui.post('/workspaces', async (c) => c.json({ id: data.add(input.parse(await c.req.json())) }, 201));
  ui.put('/workspaces/:id', async (c) => {
    data.change(Number(c.req.param('id')), input.parse(await c.req.json()));
    return c.body(null, 204);
  });
  ui.post('/workspaces/:id/run', (c) => {
    data.run(Number(c.req.param('id')));
    return c.body(null, 204);
  });
  ui.onError((error, c) => {
    if (error instanceof AdminaRefusal) return c.json({ reason: error.reason }, 422);
    if (error instanceof z.ZodError || error instanceof SyntaxError) return c.json({ reason: 'incomplete' }, 400);
    throw error;
  });
  app.route(UI_PATH, ui);
  app.get(`/${organization.uniqueName}/*`, (c) => c.html(appPage(APP_FILES, switches.language)));
  app.notFound((c) => c.text('Not found\n', 404));
  return { app, endSessions: () => sessions.clear() };
}

const sessionId = (request: Request): string => /(?:^|;\s*)admina-session=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
