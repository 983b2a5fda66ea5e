import { randomBytes, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { HarmonyDeviceStatus, HarmonyRisk } from '../types.ts';
import type { Dashboard, Device } from './dashboard.ts';

/** The external API of one region's gateway. Shapes: harmony-mobile-api.json of the reference; no CORS. */
interface ExternalApiOptions {
  dashboard: Dashboard;
  now: () => number;
  /** Whether this region knows the key. */
  isKey: (clientId: string, accessKey: string) => boolean;
}

/** Half an hour. */
const TOKEN_SECONDS = 1800;
const STATUS_CODES: Readonly<Record<HarmonyDeviceStatus, number>> = { Processing: -1, Provisioned: 0, Active: 1, Inactive: 4 };
const RISK_CODES: Readonly<Record<HarmonyRisk, number>> = { None: 0, Low: 1, Medium: 2, High: 3 };
/** unverified: the real defaults. */
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;
const API = '/app/SBM/external_api';

export function createExternalApi({ dashboard, now, isKey }: ExternalApiOptions): Hono {
  const app = new Hono();
  /** Sandbox clock, ms, when each token ends. */
  const tokens = new Map<string, number>();

  app.post('/auth/external', async (c) => {
    const { clientId, accessKey } = await credentialsOf(c.req.raw);
    // unverified: status and words of a refusal.
    if (!isKey(clientId, accessKey)) return c.json({ success: false, message: 'Authentication failed' }, 401);
    const end = now() + TOKEN_SECONDS * 1000;
    const claims = { sub: clientId, iat: Math.floor(now() / 1000), exp: Math.floor(end / 1000), jti: randomUUID() };
    const token = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + `.${randomBytes(32).toString('base64url')}`;
    tokens.set(token, end);
    return c.json({ success: true, data: { token, csrf: randomUUID(), expires: new Date(end).toUTCString(), expiresIn: TOKEN_SECONDS } });
  });

  app.use(`${API}/*`, async (c, next) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    if ((tokens.get(token) ?? 0) <= now()) return c.json({ success: false, message: 'Authentication required', forceLogout: true }, 401);
    return await next();
  });

  /** `{meta, objects}` of the rows in the asked window. */
  const list = (url: URL, rows: readonly object[]): object => {
    const limit = Math.min(numberOf(url, 'limit', DEFAULT_LIMIT), MAX_LIMIT);
    const offset = numberOf(url, 'offset', 0);
    const link = (to: number): string => {
      const query = new URLSearchParams(url.searchParams);
      query.set('offset', String(to));
      return `${url.pathname}?${query.toString()}`;
    };
    const next = offset + limit < rows.length ? link(offset + limit) : null;
    const previous = offset > 0 ? link(Math.max(0, offset - limit)) : null;
    return { meta: { limit, next, offset, previous, total_count: rows.length }, objects: rows.slice(offset, offset + limit) };
  };
  const get = (path: string, rows: (url: URL) => readonly object[]): void => {
    // Clients ask with and without the slash.
    for (const one of [path, `${path}/`]) app.get(`${API}${one}`, (c) => c.json(list(new URL(c.req.url), rows(new URL(c.req.url)))));
  };

  get('/v1/device_status', (url) => {
    const risks = codesOf(url, 'risk__in');
    const statuses = codesOf(url, 'status__in');
    return dashboard
      .devices()
      .map(deviceStatus)
      .filter(({ risk, status }) => (risks?.has(String(risk)) ?? true) && (statuses?.has(String(status)) ?? true));
  });
  // unverified: the members of groups and policies beyond id and name.
  get('/v1/groups', () => [{ id: 1, name: 'Global', parent_id: null, devices_count: dashboard.counts().total }]);
  get('/v1/policy', () => [{ id: 1, name: 'Default policy', is_default: true }]);
  app.notFound((c) => c.json({ success: false, message: 'Not found' }, 404));
  return app;
}

/** unverified: whether the codes come as numbers or as text. */
const deviceStatus = ({ internalId, name, email, number, platform, model, osVersion, status, risk, reportsAt, integrationId }: Device) => {
  const hasReported = status === 'Active' || status === 'Inactive';
  return {
    client_version: hasReported ? '4.2.1' : '',
    device_type: platform === 'Apple' ? 'iOS' : platform,
    email,
    internal_id: String(internalId),
    last_connection: hasReported ? new Date(reportsAt).toUTCString().replace('GMT', '+0000') : null,
    mail_sent: integrationId === undefined,
    mdm: null,
    model,
    name,
    number,
    os_type: platform === 'Apple' ? 'iOS' : 'Android',
    os_version: osVersion,
    risk: RISK_CODES[risk],
    status: STATUS_CODES[status],
  };
};

/** The codes of `name=1,2`, or undefined where all are wanted. */
function codesOf(url: URL, name: string): Set<string> | undefined {
  const given = url.searchParams.getAll(name).flatMap((one) => one.split(','));
  return given.length === 0 ? undefined : new Set(given);
}

function numberOf(url: URL, name: string, otherwise: number): number {
  const given = url.searchParams.get(name) ?? '';
  return /^\d+$/.test(given) ? Number(given) : otherwise;
}

/** JSON and forms are both seen in use. */
async function credentialsOf(request: Request): Promise<{ clientId: string; accessKey: string }> {
  const body = await request.text();
  let given: Record<string, unknown>;
  try {
    given = (request.headers.get('content-type') ?? '').includes('json') ? (JSON.parse(body) as Record<string, unknown>) : Object.fromEntries(new URLSearchParams(body));
  } catch {
    given = {};
  }
  const { clientId, accessKey } = given;
  return { clientId: typeof clientId === 'string' ? clientId : '', accessKey: typeof accessKey === 'string' ? accessKey : '' };
}
