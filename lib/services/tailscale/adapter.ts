import * as z from 'zod/mini';
import { KeyferryError } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import { createCaller, createOnce, deleteOnce, isRefusal, isSameAddress, normaliseFixed, part, type ServiceCall } from '../http.ts';
import type { Registration, RegistrationRequest, ServiceAccess, ServiceAdapter } from '../service.ts';
import { tailscale } from './service.ts';

/*
 * Tailscale's API v2, https://api.tailscale.com/api/v2?outputOpenapiSchema=true. A tailnet has one integration for each provider.
 */

const provider = 'jamfpro';

const integration = z.object({
  id: z.string().check(z.minLength(1)),
  provider: z.string(),
  cloudId: z._default(z.string(), ''),
  clientId: z._default(z.string(), ''),
  /** RFC 3339, as in all that follows. */
  configUpdated: z.optional(z.string()),
  /** Not there before the first synchronization. */
  status: z.optional(z.object({ lastSync: z.optional(z.string()), error: z.optional(z.string()), providerHostCount: z.optional(z.number()) })),
});
type Integration = z.infer<typeof integration>;
const list = z.object({ integrations: z.nullish(z.array(integration)) });
const problem = z.object({ message: z.string() });
const token = z.object({ access_token: z.string().check(z.minLength(1)) });

const call = createCaller({
  basePath: '/api/v2',
  sign: (key) => ({ Authorization: `Bearer ${key.reveal()}` }),
  read: (json) => ({ reason: z.safeParse(problem, json).data?.message ?? '', code: '' }),
  // "A posture integration for the same provider already exists."
  refusal: ({ status }, host) => (status === 409 ? new KeyferryError('registration-appeared', { host }) : undefined),
});

/**
 * A call with the admin's key, or, where that is an OAuth client's secret, with a token for it.
 * unverified: that the client's id does not matter, as Tailscale's own command line takes for granted.
 */
async function request<T>(asked: ServiceCall<T>): Promise<T> {
  const { access, signal } = asked;
  if (!access.key.reveal().startsWith('tskey-client-')) return await call(asked);
  const body = new URLSearchParams({ client_id: 'keyferry', client_secret: access.key.reveal() });
  const answer = await call({ access, method: 'POST', path: '/oauth/token', body, schema: token, signal });
  return await call({ ...asked, access: { ...access, key: new Secret(answer.access_token) } });
}

/** `-`: the tailnet that the key belongs to. */
const listPath = ({ account }: ServiceAccess): string => `/tailnet/${account === '' ? '-' : part(account)}/posture/integrations`;
const path = (id: string): string => `/posture/integrations/${part(id)}`;

function toRegistration({ id, clientId, configUpdated, status }: Integration): Registration {
  // What was found with the credentials of before says nothing about these.
  const isOutdated = Date.parse(status?.lastSync ?? '') < Date.parse(configUpdated ?? '');
  const error = isOutdated ? '' : (status?.error ?? '');
  return {
    id,
    clientId,
    status: status === undefined || isOutdated ? 'connecting' : error === '' ? 'connected' : 'failed',
    // The words are those of Go's OAuth library, as in the description's example of another provider.
    error: error === '' ? undefined : { code: error.includes('cannot fetch token') ? 'credentials_rejected' : '', message: error.slice(0, 300), privileges: [] },
    counts: { accounts: undefined, devices: isOutdated ? undefined : status?.providerHostCount },
    accountsUrl: 'https://login.tailscale.com/admin/machines',
  };
}

const toBody = ({ target, clientId }: RegistrationRequest, secret: Secret | undefined): object => ({ cloudId: target, clientId, ...(secret && { clientSecret: secret.reveal() }) });

/** @throws {KeyferryError} also service-refused where the one place is taken by another console */
async function find(access: ServiceAccess, target: string, signal: AbortSignal): Promise<Registration | undefined> {
  const { integrations } = await request({ access, method: 'GET', path: listPath(access), schema: list, signal });
  const found = (integrations ?? []).find((one) => one.provider === provider);
  if (found && !isSameAddress(found.cloudId, target)) {
    throw new KeyferryError('service-refused', { host: new URL(access.address).host, where: '', status: '', code: 'conflict', reason: `Only one integration for each provider is supported. There is one for ${found.cloudId}.` });
  }
  return found && toRegistration(found);
}

export const tailscaleAdapter: ServiceAdapter = {
  id: 'tailscale',
  normaliseAddress: (typed) => normaliseFixed(typed, tailscale),

  async readOrganization(access, signal) {
    try {
      await request({ access, method: 'GET', path: listPath(access), schema: list, signal });
    } catch (thrown) {
      if (isRefusal(thrown, 404)) throw new KeyferryError('service-account-unclear', { host: new URL(access.address).host, accounts: [] });
      throw thrown;
    }
    // Whether a key may write is told by the first write alone.
    return { name: access.account === '' ? tailscale.name : access.account, consoles: ['jamf-pro'], ownHosts: false, mayWrite: true };
  },

  findRegistration: (access, { target }, signal) => find(access, target, signal),

  createRegistration: (access, asked, secret, _key, signal) =>
    createOnce({
      access,
      clientId: asked.clientId,
      find: () => find(access, asked.target, signal),
      create: async () => toRegistration(await request({ access, method: 'POST', path: listPath(access), schema: integration, body: { provider, ...toBody(asked, secret) }, secret, signal })),
    }),

  async updateRegistration(access, id, asked, secret, signal) {
    return toRegistration(await request({ access, method: 'PATCH', path: path(id), schema: integration, body: toBody(asked, secret), secret, signal }));
  },

  async readRegistration(access, id, signal) {
    return toRegistration(await request({ access, method: 'GET', path: path(id), schema: integration, signal }));
  },

  deleteRegistration: (access, id, signal) => deleteOnce(request({ access, method: 'DELETE', path: path(id), signal })),
};
