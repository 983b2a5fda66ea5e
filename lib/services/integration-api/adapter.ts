import * as z from 'zod/mini';
import { KeyferryError } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import { createCaller, deleteOnce, normaliseTyped, part } from '../http.ts';
import type { Registration, RegistrationRequest, ServiceAdapter } from '../service.ts';

/*
 * Any service that speaks the open contract, docs/integration-service-api.yaml. Called by the background alone.
 */

const basePath = '/integration-service/v1';

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
  ...(secret && { credentials: { type: 'oauth-client', clientId: request.clientId, clientSecret: secret.reveal(), ...placeOf(request) } }),
});

/** Jamf Pro's follows from its address. */
const placeOf = ({ console, tokenUrl, apiAddress }: RegistrationRequest): object => (console === 'jamf-pro' ? {} : { tokenUrl, apiAddress });

const request = createCaller({
  basePath,
  sign: (key) => ({ Accept: 'application/json, application/problem+json', Authorization: `Bearer ${key.reveal()}` }),
  read(json) {
    const parsed = z.safeParse(problem, json);
    const { detail, title, errors = [], code = '' } = parsed.success ? parsed.data : {};
    return { reason: [detail ?? title, ...errors.map((one) => `${one.field}: ${one.message ?? ''}`)].filter(Boolean).join('; '), code };
  },
  refusal({ status, code }, host) {
    if (status !== 409) return undefined;
    if (code === 'integration_exists') return new KeyferryError('registration-appeared', { host });
    // The first sending of this very request is still being worked on.
    return code === 'request_in_progress' ? new KeyferryError('service-busy', { host }, 'unknown') : undefined;
  },
});

/** The open Integration Service API, v1. */
export const integrationApiAdapter: ServiceAdapter = {
  id: 'integration-api',

  normaliseAddress: (typed) => normaliseTyped(typed, basePath),

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
    return toRegistration(await request({ access, method: 'POST', path: '/integrations', schema: integration, body, secret, headers: { 'Idempotency-Key': idempotencyKey }, signal }));
  },

  async updateRegistration(access, id, asked, secret, signal) {
    const path = `/integrations/${part(id)}`;
    return toRegistration(await request({ access, method: 'PATCH', path, schema: integration, body: toBody(asked, secret), secret, signal }));
  },

  async readRegistration(access, id, signal) {
    return toRegistration(await request({ access, method: 'GET', path: `/integrations/${part(id)}`, schema: integration, signal }));
  },

  async syncRegistration(access, id, signal) {
    await request({ access, method: 'POST', path: `/integrations/${part(id)}/sync`, signal });
  },

  deleteRegistration: (access, id, signal) => deleteOnce(request({ access, method: 'DELETE', path: `/integrations/${part(id)}`, signal })),
};
