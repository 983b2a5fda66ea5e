import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import { isSameOrigin } from '../jamf-pro/sessions.ts';
import type { HarmonyControl, HarmonySwitches } from '../types.ts';
import type { ApiKeys } from './api-keys.ts';
import { API_KEYS_PATH, DASHBOARD_PATH, KEY_ROLES, KEY_SERVICES, SYNC_INTERVALS_HOURS, UI_PATH } from './app/data.ts';
import type { ApiKeyRow, FrameData, IntegrationCard, IssuedKey, Refusal } from './app/data.ts';
import { APP_BUNDLE, APP_FILES } from './app-bundle.ts';
import { CONNECTORS, DashboardRefusal, deviceRow } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { signInPage, appPage } from './sign-in.ts';
import { UemFailure } from './workspace-one.ts';

interface PagesOptions {
  origin: string;
  now: () => number;
  dashboard: Dashboard;
  switches: HarmonySwitches;
  login: HarmonyControl['portalLogin'];
  keys: ApiKeys;
  /** Origin of the external API in the account's region. */
  gateway: string;
}

/** Pages of the single-page app; the first is where a sign-in leads that asked for none. */
const PAGES = [DASHBOARD_PATH, API_KEYS_PATH];
const ORGANIZATION = 'Juniper Labs';
const SESSION_IDLE_MS = 30 * 60_000;
const DEVICES_SHOWN = 200;

const serverDetails = z.object({
  displayName: z.string().min(1), server: z.string().min(1), username: z.string().min(1), password: z.string(), apiKey: z.string(),
  connectorId: z.enum(CONNECTORS.map(({ id }) => id)).nullable(),
});
const verifyInput = serverDetails.extend({ integrationId: z.string().optional() });
const saveInput = z.object({
  verification: z.string(),
  groups: z.array(z.object({ kind: z.enum(['organization', 'smart']), id: z.number(), name: z.string() })),
  pii: z.object({ name: z.boolean(), number: z.boolean(), email: z.boolean() }),
  syncIntervalHours: z.literal([...SYNC_INTERVALS_HOURS]),
  tagStatus: z.boolean(),
  tagRisk: z.boolean(),
});

const keyInput = z.object({ service: z.enum(KEY_SERVICES), role: z.enum(KEY_ROLES), description: z.string() });

/** The portal's web pages: sign-in, and a single-page app of dashboard and API keys with its private endpoints. unverified: all paths. */
export function createPages({ origin, now, dashboard, switches, login, keys, gateway }: PagesOptions): { app: Hono; endSessions: () => void } {
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

  app.use(async (c, next) => {
    const nonce = randomBytes(16).toString('base64');
    c.set('nonce' as never, nonce as never);
    await next();
    // The component library writes style elements of its own.
    c.header(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'`,
    );
  });
  app.get('/static/app/:file', async (c) => {
    const file = await APP_BUNDLE.read(c.req.param('file'));
    return file === undefined ? c.notFound() : c.body(file.body, 200, { 'content-type': file.type });
  });
  app.get('/', (c) => c.redirect(isSignedIn(c) ? DASHBOARD_PATH : '/signin'));
  app.get('/signin', (c) => (isSignedIn(c) ? c.redirect(DASHBOARD_PATH) : c.html(signInPage(nonceOf(c), { failed: false, to: askedPage(c) }))));

  // Every change comes from the portal's own page.
  app.on(['POST', 'PUT', 'DELETE'], '*', async (c, next) => (isSameOrigin(c.req.raw, origin) ? await next() : c.text('Forbidden\n', 403)));
  app.post('/signin', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get('email')?.trim().toLowerCase() !== login.email || form.get('password') !== login.password) return c.html(signInPage(nonceOf(c), { failed: true, to: askedPage(c) }), 401);
    const id = randomBytes(24).toString('base64url');
    sessions.set(id, now());
    c.header('Set-Cookie', `infinity-session=${id}; Path=/; Secure; HttpOnly; SameSite=Lax`);
    return c.redirect(askedPage(c), 303);
  });
  app.post('/signout', (c) => {
    sessions.delete(sessionId(c.req.raw));
    return c.redirect('/signin', 303);
  });

  // ---- From here on signed in only ----

  app.use(async (c, next) => {
    if (isSignedIn(c)) return await next();
    return c.req.path.startsWith(UI_PATH) ? c.json({ message: 'Authentication required' } satisfies Refusal, 401) : c.redirect(`/signin?${new URLSearchParams({ to: c.req.path }).toString()}`);
  });
  for (const path of PAGES) app.get(path, (c) => c.html(appPage(APP_FILES)));

  const ui = new Hono();
  ui.get('/frame', (c) => {
    const { existingDevices } = switches;
    return c.json({ organization: ORGANIZATION, email: login.email, existingDevices, connectors: CONNECTORS } satisfies FrameData);
  });
  ui.get('/integrations', (c) => c.json(dashboard.integrations() satisfies IntegrationCard[]));
  ui.post('/verify', async (c) => {
    const { integrationId, ...details } = verifyInput.parse(await c.req.json());
    try {
      return c.json(await dashboard.verify(details, integrationId));
    } catch (error) {
      if (error instanceof UemFailure && error.kind !== 'unreachable') throw new DashboardRefusal(`Verification failed: ${error.message}`);
      throw error;
    }
  });
  ui.post('/integrations', async (c) => {
    const { verification, ...settings } = saveInput.parse(await c.req.json());
    return c.json({ id: dashboard.save(verification, settings) });
  });
  ui.post('/integrations/:id/sync', (c) => {
    dashboard.syncNow(c.req.param('id'));
    return c.body(null, 204);
  });
  ui.delete('/integrations/:id', (c) => {
    dashboard.delete(c.req.param('id'));
    return c.body(null, 204);
  });
  ui.get('/devices', (c) => c.json({ ...dashboard.counts(), rows: dashboard.devices().slice(0, DEVICES_SHOWN).map(deviceRow) }));
  ui.delete('/devices', (c) => {
    dashboard.deleteDevices();
    return c.body(null, 204);
  });
  ui.get('/api-keys', (c) => c.json(keys.rows() satisfies ApiKeyRow[]));
  ui.post('/api-keys', async (c) => {
    const issued = keys.issue(keyInput.parse(await c.req.json()));
    return c.json({ ...issued, authenticationUrl: `${gateway}/auth/external` } satisfies IssuedKey);
  });
  ui.onError((error, c) => {
    if (error instanceof DashboardRefusal) return c.json({ message: error.message, ...(error.integrationId !== undefined && { integrationId: error.integrationId }) } satisfies Refusal, 422);
    if (error instanceof UemFailure) return c.json({ message: error.message } satisfies Refusal, 422);
    if (error instanceof z.ZodError || error instanceof SyntaxError) return c.json({ message: 'Some of the fields are not filled in correctly.' } satisfies Refusal, 400);
    throw error;
  });
  app.route(UI_PATH, ui);
  app.notFound((c) => c.html(html`<!doctype html><html lang="en"><title>404</title><h1>Page not found</h1></html>`, 404));
  return { app, endSessions: () => sessions.clear() };
}

const askedPage = (c: Context): string => PAGES.find((path) => path === c.req.query('to')) ?? DASHBOARD_PATH;
const nonceOf = (c: Context): string => String(c.get('nonce'));
const sessionId = (request: Request): string => /(?:^|;\s*)infinity-session=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
