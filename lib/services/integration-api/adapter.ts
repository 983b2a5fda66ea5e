import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Registration, RegistrationRequest, ServiceAccess, ServiceAdapter } from '../service.ts';

/*
 * Any service that speaks the open contract, docs/integration-service-api.yaml. Called by the background alone.
 */

const basePath = '/integration-service/v1';
/** ms; below the 30 s after which Chromium stops a background that waits for a response. */
const answerTimeout = 20_000;
/** Characters; a page of integrations is a few kB. */
const answerLimit = 2_000_000;

const shortText = z.pipe(
  z.string(),
  z.transform((text) => text.slice(0, 300)),
);
const httpsUrl = z.string().check(z.startsWith('https://'));
const organization = z.object({ id: z.string(), name: shortText, permissions: z.array(z.string()), consoles: z.array(z.string()), ownHosts: z.optional(z.boolean()) });
const integration = z.object({
  id: z.string().check(z.minLength(1)),
  clientId: z.string(),
  status: z.enum(['connecting', 'connected', 'failed']),
  error: z.nullable(z.object({ code: shortText, message: shortText, privileges: z.optional(z.array(shortText)) })),
  counts: z.nullable(z.object({ accounts: z.nullable(z.number()), devices: z.nullable(z.number()) })),
  links: z.optional(z.object({ accounts: z.optional(httpsUrl) })),
});
const integrationPage = z.object({ items: z.array(integration) });
const problem = z.object({
  code: z.optional(shortText),
  title: z.optional(shortText),
  detail: z.optional(shortText),
  errors: z.optional(z.array(z.object({ field: shortText, message: z.optional(shortText) }))),
});

const toRegistration = (row: z.infer<typeof integration>): Registration => ({
  id: row.id,
  clientId: row.clientId,
  status: row.status,
  error: row.error ? { code: row.error.code, message: row.error.message, privileges: row.error.privileges ?? [] } : undefined,
  counts: { accounts: row.counts?.accounts ?? undefined, devices: row.counts?.devices ?? undefined },
  accountsUrl: row.links?.accounts,
});

const toBody = (request: RegistrationRequest, secret: Secret | undefined): object => ({
  name: request.name,
  dataSets: request.dataSets,
  site: request.group,
  ...(secret && { credentials: { type: 'oauth-client', clientId: request.clientId, clientSecret: secret.reveal() } }),
});

interface Call<T> {
  access: ServiceAccess;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  schema?: z.ZodMiniType<T>;
  body?: object;
  idempotencyKey?: string;
  signal: AbortSignal;
}

async function request<T>({ access, method, path, schema, body, idempotencyKey, signal }: Call<T>): Promise<T> {
  const host = new URL(access.address).host;
  const where = `${method} ${path.split('?')[0] ?? ''}`;
  const isWrite = method !== 'GET';
  let response: Response;
  let text: string;
  try {
    response = await fetch(access.address + basePath + path, {
      method,
      // Never cookies: the key alone says who asks. A redirect could carry the key to another host.
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]),
      headers: {
        Accept: 'application/json, application/problem+json',
        Authorization: `Bearer ${access.key.reveal()}`,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    text = await response.text();
  } catch {
    throw new KeyferryError('service-unreachable', { host, status: '' }, isWrite ? 'unknown' : 'not-done');
  }
  const json = text.length <= answerLimit ? parseJson(text) : undefined;
  if (response.ok) {
    if (!schema) return undefined as T;
    return parseOrFail(schema, json, 'service-answer-unreadable', where);
  }
  const parsed = z.safeParse(problem, json);
  const said = parsed.success ? parsed.data : {};
  const reason = [said.detail ?? said.title, ...(said.errors ?? []).map((e) => `${e.field}: ${e.message ?? ''}`)].filter(Boolean).join('; ').slice(0, 400);
  switch (response.status) {
    case 401:
      throw new KeyferryError('service-key-refused', { host });
    case 403:
      throw new KeyferryError('service-key-read-only', { organization: host });
    case 409:
      if (said.code === 'integration_exists') throw new KeyferryError('registration-appeared', { host });
      // The first sending of this very request is still being worked on.
      if (said.code === 'request_in_progress') throw new KeyferryError('service-busy', { host }, 'unknown');
      break;
    case 429:
    case 503:
      throw new KeyferryError('service-busy', { host });
    default:
  }
  if (response.status >= 500) throw new KeyferryError('service-unreachable', { host, status: String(response.status) }, isWrite ? 'unknown' : 'not-done');
  throw new KeyferryError('service-refused', { host, where, status: String(response.status), reason, code: said.code ?? '' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The open Integration Service API, v1. */
export const integrationApiAdapter: ServiceAdapter = {
  id: 'integration-api',

  normaliseAddress(typed) {
    const trimmed = typed.trim();
    const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
    let url: URL;
    try {
      url = new URL(withScheme);
    } catch {
      throw new KeyferryError('bad-input', { where: 'service', field: 'address', problem: 'not an address' });
    }
    if (url.protocol !== 'https:') throw new KeyferryError('bad-input', { where: 'service', field: 'address', problem: 'not https' });
    if (url.username !== '' || url.password !== '') throw new KeyferryError('bad-input', { where: 'service', field: 'address', problem: 'holds a password' });
    // Pasted with the API path or a page of it: the part before counts.
    const path = url.pathname.split(basePath)[0]?.replace(/\/+$/, '') ?? '';
    return url.origin + path;
  },

  async readOrganization(access, signal) {
    const row = await request({ access, method: 'GET', path: '/organization', schema: organization, signal });
    return { name: row.name, consoles: row.consoles, ownHosts: row.ownHosts ?? false, mayWrite: row.permissions.includes('integrations:write') };
  },

  async findRegistration(access, { console, tenant }, signal) {
    const query = new URLSearchParams({ console, tenant }).toString();
    const page = await request({ access, method: 'GET', path: `/integrations?${query}`, schema: integrationPage, signal });
    const row = page.items[0];
    return row && toRegistration(row);
  },

  async createRegistration(access, asked, secret, idempotencyKey, signal) {
    const body = { console: asked.console, tenant: asked.tenant, address: asked.address, ...toBody(asked, secret) };
    return toRegistration(await request({ access, method: 'POST', path: '/integrations', schema: integration, body, idempotencyKey, signal }));
  },

  async updateRegistration(access, id, asked, secret, signal) {
    const path = `/integrations/${encodeURIComponent(id)}`;
    return toRegistration(await request({ access, method: 'PATCH', path, schema: integration, body: toBody(asked, secret), signal }));
  },

  async readRegistration(access, id, signal) {
    return toRegistration(await request({ access, method: 'GET', path: `/integrations/${encodeURIComponent(id)}`, schema: integration, signal }));
  },

  async syncRegistration(access, id, signal) {
    await request({ access, method: 'POST', path: `/integrations/${encodeURIComponent(id)}/sync`, signal });
  },

  async deleteRegistration(access, id, signal) {
    try {
      await request({ access, method: 'DELETE', path: `/integrations/${encodeURIComponent(id)}`, signal });
    } catch (thrown) {
      // Gone already: undo may run twice.
      if (!(thrown instanceof KeyferryError && thrown.failure.params['status'] === '404')) throw thrown;
    }
  },
};
