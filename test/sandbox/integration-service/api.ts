import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { CONSOLES, CONSOLE_KIND, TENANT_KEY, isOwnHost, parseCreate, parseUpdate } from './input.ts';
import { ApiProblem } from './problems.ts';
import type { FieldError } from './problems.ts';
import type { Integration, Organization, Permission, Store } from './store.ts';
import type { Syncs } from './syncs.ts';

export const BASE_PATH = '/integration-service/v1';
const MAX_BODY_BYTES = 65_536;
const MINUTE = 60_000;

interface ApiEnv {
  Variables: { organization: Organization; permissions: Permission[] };
}

/** What tests may change while the service runs. */
export interface ApiSwitches {
  cors: boolean;
  ownHosts: boolean;
  requestsPerMinute: number;
}

/** The API of docs/integration-service-api.yaml. */
export function createApi(options: { origin: string; now: () => number; store: Store; syncs: Syncs; switches: ApiSwitches }): Hono<ApiEnv> {
  const { origin, now, store, syncs, switches } = options;
  const api = new Hono<ApiEnv>().basePath(BASE_PATH);

  const view = (integration: Integration): object => present(integration, syncs, origin);
  const find = (c: Context<ApiEnv>): Integration => {
    const found = store.findIntegration(c.get('organization').id, c.req.param('id') ?? '');
    if (found === undefined) throw new ApiProblem('not_found', 'There is no such integration in this organization.');
    return found;
  };

  api.use('*', cors(switches));
  api.use('*', authenticate(store));
  api.use('*', limitRate(now, switches));

  api.get('/organization', (c) => {
    const { id, name } = c.get('organization');
    const links = { accounts: `${origin}/o/${id}/accounts`, integrations: `${origin}/o/${id}/integrations` };
    return c.json({ id, name, permissions: c.get('permissions'), consoles: CONSOLES, ownHosts: switches.ownHosts, links });
  });

  api.get('/integrations', needs('integrations:read'), (c) => {
    const { console, tenant, before, limit } = listQuery(c.req.query());
    // One more than asked tells whether there is a next page.
    const rows = store.listIntegrations(c.get('organization').id, { console, tenant, before, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return c.json({ items: items.map(view), nextCursor: rows.length > limit && last ? encodeCursor(last.seq) : null });
  });

  api.post('/integrations', needs('integrations:write'), async (c) => {
    const key = idempotencyKey(c.req.header('idempotency-key'));
    const body = parseCreate(await readJson(c.req.raw));
    if (isOwnHost(body.tenant) && !switches.ownHosts) {
      throw new ApiProblem('validation_failed', 'The body has 1 wrong field.', {
        errors: [{ field: '/address', code: 'address_not_allowed', message: 'Must be in the cloud of the console\'s vendor.' }],
      });
    }
    const result = store.createIntegration(c.get('organization').id, key, body);
    switch (result.outcome) {
      case 'created':
        syncs.restart(result.integration);
        c.header('location', `${origin}${BASE_PATH}/integrations/${result.integration.id}`);
        return c.json(view(result.integration), 201);
      case 'replayed':
        c.header('idempotency-replayed', 'true');
        return c.json(view(result.integration));
      case 'reused':
        throw new ApiProblem('idempotency_key_reused', 'Send a new Idempotency-Key for a new request.');
      case 'deleted':
        throw new ApiProblem('integration_deleted', 'Send a new Idempotency-Key to create another one.', { integrationId: result.integrationId });
      case 'exists':
        throw new ApiProblem('integration_exists', 'Change the existing integration instead.', { integrationId: result.integrationId });
    }
  });

  api.get('/integrations/:id', needs('integrations:read'), (c) => c.json(view(find(c))));

  api.patch('/integrations/:id', needs('integrations:write'), async (c) => {
    find(c);
    const body = parseUpdate(await readJson(c.req.raw));
    // Again, as it may have been deleted while the body was on its way.
    return c.json(view(syncs.restart(store.updateIntegration(find(c).id, body))));
  });

  api.delete('/integrations/:id', needs('integrations:write'), (c) => {
    const { id } = find(c);
    syncs.stop(id);
    store.deleteIntegration(id);
    return c.body(null, 204);
  });

  api.post('/integrations/:id/sync', needs('integrations:write'), (c) => c.json(view(syncs.start(find(c))), 202));

  api.all('*', () => {
    throw new ApiProblem('not_found', 'There is nothing at this path.');
  });
  api.onError((error) => {
    if (error instanceof ApiProblem) return error.toResponse();
    console.error('Fleet Ledger: a request failed unexpectedly', error.stack);
    return new ApiProblem('internal_error', 'The request may be sent again.').toResponse();
  });
  return api;
}

/** CORS on every answer, errors included; and no caching, since an answer is only true now. */
function cors(switches: ApiSwitches): MiddlewareHandler {
  return async (c, next) => {
    if (switches.cors && c.req.method === 'OPTIONS') {
      return c.body(null, 204, {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
        'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key',
        'access-control-max-age': '600',
      });
    }
    await next();
    c.res.headers.set('cache-control', 'no-store');
    if (!switches.cors) return;
    c.res.headers.set('access-control-allow-origin', '*');
    c.res.headers.set('access-control-expose-headers', 'Idempotency-Replayed, Location, Retry-After');
  };
}

function authenticate(store: Store): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = /^Bearer +([!-~]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const found = key === undefined ? undefined : store.findApiKey(key);
    if (found === undefined) throw new ApiProblem('unauthenticated', 'Send a valid service API key as a bearer token.', {}, { 'www-authenticate': 'Bearer' });
    c.set('organization', found.organization);
    c.set('permissions', found.permissions);
    await next();
  };
}

/** Fixed one-minute windows per authorization header. */
function limitRate(now: () => number, switches: ApiSwitches): MiddlewareHandler<ApiEnv> {
  const windows = new Map<string, { start: number; count: number }>();
  return async (c, next) => {
    const key = c.req.header('authorization') ?? '';
    const window = windows.get(key);
    const current = window !== undefined && now() - window.start < MINUTE ? window : { start: now(), count: 0 };
    windows.set(key, current);
    if (++current.count > switches.requestsPerMinute) {
      const seconds = Math.max(1, Math.ceil((current.start + MINUTE - now()) / 1000));
      throw new ApiProblem('rate_limited', 'Wait for the time given in Retry-After.', {}, { 'retry-after': String(seconds) });
    }
    await next();
  };
}

function needs(permission: Permission): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!c.get('permissions').includes(permission)) throw new ApiProblem('permission_missing', `This needs the permission ${permission}.`);
    await next();
  };
}

function idempotencyKey(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new ApiProblem('idempotency_key_missing', 'Send an Idempotency-Key header of 1 to 255 visible ASCII characters.');
  }
  if (!/^[!-~]{1,255}$/.test(header)) throw new ApiProblem('idempotency_key_invalid', 'The Idempotency-Key must have 1 to 255 visible ASCII characters.');
  return header;
}

async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new ApiProblem('unsupported_media_type', 'Send Content-Type application/json.');
  }
  const tooLarge = new ApiProblem('content_too_large', `The body may have at most ${MAX_BODY_BYTES} bytes.`);
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) throw tooLarge;
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > MAX_BODY_BYTES) throw tooLarge;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    // The parser's own message would quote the body.
    throw new ApiProblem('malformed_request', 'The body is not valid JSON.');
  }
}

function listQuery(query: Record<string, string>): { console: string | undefined; tenant: string | undefined; before: number | undefined; limit: number } {
  const errors: FieldError[] = [];
  const check = (field: string, good: boolean, message: string): void => {
    if (!good) errors.push({ field, code: 'invalid_format', message });
  };
  const { console, tenant, cursor, limit = '50' } = query;
  check('console', console === undefined || (CONSOLE_KIND.test(console) && console.length <= 40), 'Must be kebab-case, at most 40 characters.');
  check('tenant', tenant === undefined || TENANT_KEY.test(tenant), 'Must be a lower-case DNS label, or a host with its path.');
  check('limit', /^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= 100, 'Must be a whole number from 1 to 100.');
  const before = cursor === undefined ? undefined : decodeCursor(cursor);
  check('cursor', cursor === undefined || before !== undefined, 'Must be the nextCursor of an earlier page.');
  if (errors.length > 0) {
    throw new ApiProblem('invalid_parameter', `The query has ${errors.length} wrong parameter${errors.length === 1 ? '' : 's'}.`, { errors });
  }
  return { console, tenant, before, limit: Number(limit) };
}

const encodeCursor = (seq: number): string => Buffer.from(`before:${seq}`).toString('base64url');

function decodeCursor(cursor: string): number | undefined {
  const seq = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return seq === undefined ? undefined : Number(seq);
}

/** The `Integration` of the contract. */
function present(integration: Integration, syncs: Syncs, origin: string): object {
  const { seq: _seq, organizationId, lastSyncAt, createdAt, updatedAt, ...shown } = integration;
  const page = `${origin}/o/${organizationId}/integrations/${integration.id}`;
  return {
    ...shown,
    progress: integration.status === 'connecting' ? syncs.progress(integration.id) : null,
    lastSyncAt: lastSyncAt === null ? null : new Date(lastSyncAt).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    links: { accounts: `${page}/accounts`, status: page },
  };
}
