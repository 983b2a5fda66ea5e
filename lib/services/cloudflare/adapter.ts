import * as z from 'zod/mini';
import { KeyferryError } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import { createCaller, createOnce, deleteOnce, isSameAddress, normaliseFixed, part } from '../http.ts';
import type { Registration, RegistrationRequest, RegistrationTarget, ServiceAccess, ServiceAdapter } from '../service.ts';
import { cloudflare } from './service.ts';

/*
 * Cloudflare's device posture integrations, https://github.com/cloudflare/api-schemas. Credentials are tried before they are kept
 * ("at create/update time", alchemy.run's documentation), so what is there works. unverified: the codes of a trial that failed.
 */

const type = 'workspace_one';
/** How often Cloudflare asks; the description's example. */
const interval = '10m';

const integration = z.object({
  id: z.string().check(z.minLength(1)),
  name: z._default(z.string(), ''),
  type: z.string(),
  config: z._default(z.object({ api_url: z._default(z.string(), ''), client_id: z._default(z.string(), '') }), { api_url: '', client_id: '' }),
});
const resultOf = <T>(result: z.ZodMiniType<T>) => z.object({ result });
const accounts = resultOf(z.array(z.object({ id: z.string(), name: z.string() })));
const problem = z.object({ errors: z.array(z.object({ code: z.number(), message: z.string() })) });

const request = createCaller({
  basePath: '/client/v4',
  sign: (key) => ({ Authorization: `Bearer ${key.reveal()}` }),
  read(json) {
    const { errors = [] } = z.safeParse(problem, json).data ?? {};
    return { reason: errors.map(({ message }) => message).join('; '), code: String(errors[0]?.code ?? '') };
  },
});

const listPath = ({ account }: ServiceAccess): string => `/accounts/${part(account)}/devices/posture/integration`;
const path = (access: ServiceAccess, id: string): string => `${listPath(access)}/${part(id)}`;

const toRegistration = ({ id, config }: z.infer<typeof integration>): Registration => ({
  id,
  clientId: config.client_id,
  status: 'connected',
  error: undefined,
  counts: { accounts: undefined, devices: undefined },
  accountsUrl: undefined,
});

/** The configuration goes as a whole, so it stays as it is where there is no secret. */
const toBody = ({ name, target, tokenUrl, clientId }: RegistrationRequest, secret: Secret | undefined): object => ({
  name,
  ...(secret && { config: { api_url: target, auth_url: tokenUrl, client_id: clientId, client_secret: secret.reveal() } }),
});

async function find(access: ServiceAccess, { name, target }: RegistrationTarget, signal: AbortSignal): Promise<Registration | undefined> {
  const { result } = await request({ access, method: 'GET', path: listPath(access), schema: resultOf(z.nullable(z.array(integration))), signal });
  const found = (result ?? []).find((one) => one.type === type && one.name === name && isSameAddress(one.config.api_url, target));
  return found && toRegistration(found);
}

export const cloudflareAdapter: ServiceAdapter = {
  id: 'cloudflare',
  normaliseAddress: (typed) => normaliseFixed(typed, cloudflare),

  async readOrganization(access, signal) {
    const { host } = new URL(access.address);
    let result: { id: string; name: string }[];
    try {
      ({ result } = await request({ access, method: 'GET', path: '/accounts?per_page=50', schema: accounts, signal }));
    } catch (thrown) {
      // Every token may list the accounts that it is for: one that may not is none. 400: it does not even look like one.
      const isNone = thrown instanceof KeyferryError && (thrown.failure.code === 'service-key-read-only' || thrown.failure.params['status'] === '400');
      throw isNone ? new KeyferryError('service-key-refused', { host }) : thrown;
    }
    const [one, another] = access.account === '' ? result : result.filter(({ id }) => id === access.account);
    if (!one || another) throw new KeyferryError('service-account-unclear', { host, accounts: result.map(({ id, name }) => `${name} (${id})`) });
    // Whether a token may write is told by the first write alone.
    return { name: one.name, account: one.id, consoles: ['workspace-one'], ownHosts: false, mayWrite: true };
  },

  findRegistration: find,

  createRegistration: (access, asked, secret, _key, signal) =>
    createOnce({
      access,
      clientId: asked.clientId,
      find: () => find(access, asked, signal),
      create: async () => toRegistration((await request({ access, method: 'POST', path: listPath(access), schema: resultOf(integration), body: { type, interval, ...toBody(asked, secret) }, secret, signal })).result),
    }),

  async updateRegistration(access, id, asked, secret, signal) {
    return toRegistration((await request({ access, method: 'PATCH', path: path(access, id), schema: resultOf(integration), body: toBody(asked, secret), secret, signal })).result);
  },

  async readRegistration(access, id, signal) {
    return toRegistration((await request({ access, method: 'GET', path: path(access, id), schema: resultOf(integration), signal })).result);
  },

  // The description asks for a body here, too.
  deleteRegistration: (access, id, signal) => deleteOnce(request({ access, method: 'DELETE', path: path(access, id), body: {}, signal })),
};
