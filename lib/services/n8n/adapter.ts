import * as z from 'zod/mini';
import { KeyferryError } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import { createCaller, createOnce, deleteOnce, normaliseTyped, part } from '../http.ts';
import type { Registration, RegistrationRequest, RegistrationTarget, ServiceAccess, ServiceAdapter } from '../service.ts';

/*
 * The credentials of n8n's public API, 1.1.1, as n8n 2.8.4 answered when it was run. It keeps whatever it is given, tries nothing and
 * makes a second one of the same name; one alone cannot be read.
 */

const basePath = '/api/v1';
const type = 'oAuth2Api';
/** Characters. unverified: what n8n takes. */
const longestName = 128;
/** Asked for at once; the most that n8n gives. */
const pageSize = 250;
/** At most, should a list have no end. */
const mostPages = 100;

const credential = z.object({ id: z.string().check(z.minLength(1)), name: z.string(), type: z.string() });
type Credential = z.infer<typeof credential>;
const page = z.object({ data: z.array(credential), nextCursor: z.nullish(z.string()) });
const problem = z.object({ message: z.string() });

const request = createCaller({
  basePath,
  sign: (key) => ({ 'X-N8N-API-KEY': key.reveal() }),
  read: (json) => ({ reason: z.safeParse(problem, json).data?.message ?? '', code: '' }),
});

const path = (id: string): string => `/credentials/${part(id)}`;

/** With the console in it: another console's must not be taken for this one. */
const nameOf = ({ name, target }: RegistrationTarget): string => `${name.slice(0, Math.max(0, longestName - target.length - 3))} (${target})`.slice(0, longestName);

/**
 * All of these, and no other: n8n hides a switch (dynamic client registration) and then asks for what belongs to both of its
 * positions, so that `serverUrl` has to be there.
 */
const toData = ({ tokenUrl, clientId }: RegistrationRequest, secret: Secret): object => ({
  grantType: 'clientCredentials',
  serverUrl: '',
  accessTokenUrl: tokenUrl,
  clientId,
  clientSecret: secret.reveal(),
  scope: '',
  authentication: 'body',
  sendAdditionalBodyProperties: false,
  additionalBodyProperties: '',
});

/** n8n does not say whose credential it is, nor how it does. */
const toRegistration = ({ id }: Credential): Registration => ({ id, clientId: '', status: 'connected', error: undefined, counts: { accounts: undefined, devices: undefined }, accountsUrl: undefined });

async function findCredential(access: ServiceAccess, isMeant: (one: Credential) => boolean, signal: AbortSignal): Promise<Registration | undefined> {
  let cursor: string | null | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const query = new URLSearchParams({ limit: String(pageSize), ...(cursor ? { cursor } : {}) }).toString();
    const { data, nextCursor } = await request({ access, method: 'GET', path: `/credentials?${query}`, schema: page, signal });
    const found = data.find((one) => one.type === type && isMeant(one));
    if (found) return toRegistration(found);
    if (!nextCursor) return undefined;
    cursor = nextCursor;
  }
  return undefined;
}

export const n8nAdapter: ServiceAdapter = {
  id: 'n8n',
  normaliseAddress: (typed) => normaliseTyped(typed, basePath),

  async readOrganization(access, signal) {
    await request({ access, method: 'GET', path: '/credentials?limit=1', schema: page, signal });
    // Whether a key may write is told by the first write alone.
    return { name: new URL(access.address).host, consoles: ['jamf-pro', 'workspace-one'], ownHosts: true, mayWrite: true };
  },

  findRegistration: (access, target, signal) => findCredential(access, ({ name }) => name === nameOf(target), signal),

  createRegistration: (access, asked, secret, _key, signal) =>
    createOnce({
      access,
      clientId: asked.clientId,
      find: () => findCredential(access, ({ name }) => name === nameOf(asked), signal),
      create: async () => toRegistration(await request({ access, method: 'POST', path: '/credentials', schema: credential, body: { name: nameOf(asked), type, data: toData(asked, secret) }, secret, signal })),
    }),

  async updateRegistration(access, id, asked, secret, signal) {
    const body = { name: nameOf(asked), ...(secret && { data: toData(asked, secret) }) };
    return toRegistration(await request({ access, method: 'PATCH', path: path(id), schema: credential, body, secret, signal }));
  },

  async readRegistration(access, id, signal) {
    const found = await findCredential(access, (one) => one.id === id, signal);
    if (!found) throw new KeyferryError('service-refused', { host: new URL(access.address).host, where: 'GET /credentials', status: '404', code: '', reason: '' });
    return found;
  },

  deleteRegistration: (access, id, signal) => deleteOnce(request({ access, method: 'DELETE', path: path(id), signal })),
};
