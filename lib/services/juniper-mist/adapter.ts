import * as z from 'zod/mini';
import { KeyferryError } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import { createCaller, createOnce, deleteOnce, isSameAddress, normaliseFixed, part } from '../http.ts';
import type { Registration, RegistrationRequest, ServiceAccess, ServiceAdapter } from '../service.ts';
import { juniperMist } from './service.ts';

/*
 * Juniper Mist's linked accounts, https://github.com/mistsys/mist_openapi 2509.1.2. A link cannot be changed, only replaced.
 */

/** In Mist's words, by console. */
const apps: Readonly<Record<string, App>> = { 'jamf-pro': 'jamf', 'workspace-one': 'vmware' };
type App = 'jamf' | 'vmware';

const self = z.object({
  privileges: z.array(z.object({ scope: z.string(), role: z.string(), org_id: z.optional(z.string()), name: z.optional(z.string()) })),
});
/** What else an account has, as the user and password of a webhook, is not taken. */
const account = z.object({
  /** unverified: that every link has one; the description's example of Jamf Pro has none. */
  account_id: z.optional(z.string()),
  instance_url: z._default(z.string(), ''),
  client_id: z._default(z.string(), ''),
  last_status: z.optional(z.string()),
  error: z.optional(z.string()),
  errors: z.optional(z.array(z.string())),
});
type Account = z.infer<typeof account>;
const links = z.object({ accounts: z.array(account) });
const problem = z.object({ detail: z.string() });

const request = createCaller({
  basePath: '/api/v1',
  sign: (key) => ({ Authorization: `Token ${key.reveal()}` }),
  read: (json) => ({ reason: z.safeParse(problem, json).data?.detail ?? '', code: '' }),
});

const hostOf = (access: ServiceAccess): string => new URL(access.address).host;
const pathOf = ({ account: organization }: ServiceAccess, app: App): string => `/orgs/${part(organization)}/setting/${app}/link_accounts`;
const appOf = (console: string): App => apps[console] ?? 'jamf';

/** Our id of a link: its app, and Mist's id, or the console where Mist tells none. */
const idOf = (app: App, { account_id: id, instance_url: url }: Account): string => `${app}:${id ?? url}`;
const appOfId = (id: string): App => (id.startsWith('vmware:') ? 'vmware' : 'jamf');

function toRegistration(app: App, one: Account): Registration {
  const message = one.error ?? one.errors?.[0] ?? '';
  const isFailed = one.last_status === 'failed';
  return {
    id: idOf(app, one),
    clientId: one.client_id,
    // Not there before the first reading.
    status: isFailed ? 'failed' : one.last_status === 'success' ? 'connected' : 'connecting',
    // The two texts of the description's examples.
    error: isFailed ? { code: /token refresh failed|get token failed/i.test(message) ? 'credentials_rejected' : '', message: message.slice(0, 300), privileges: [] } : undefined,
    counts: { accounts: undefined, devices: undefined },
    accountsUrl: undefined,
  };
}

async function readLinks(access: ServiceAccess, app: App, signal: AbortSignal): Promise<Account[]> {
  // Only the way back after a sign-in at other apps, but required of all.
  const forward = new URLSearchParams({ forward: access.address.replace('//api.', '//manage.') }).toString();
  return (await request({ access, method: 'GET', path: `${pathOf(access, app)}?${forward}`, schema: links, signal })).accounts;
}

/** The newest of several. @param others ids of those that are somebody else's */
const findLink = (app: App, accounts: Account[], target: string, others: string[]): Account | undefined =>
  accounts.findLast((one) => isSameAddress(one.instance_url, target) && !others.includes(idOf(app, one)));

async function find(access: ServiceAccess, app: App, target: string, signal: AbortSignal, others: string[] = []): Promise<Registration | undefined> {
  const found = findLink(app, await readLinks(access, app, signal), target, others);
  return found && toRegistration(app, found);
}

function toBody(app: App, { target, clientId, answers }: RegistrationRequest, secret: Secret): object {
  const credentials = { instance_url: target, client_id: clientId, client_secret: secret.reveal() };
  // A webhook would have to be set up in Workspace ONE UEM, too; without one Mist polls.
  return app === 'jamf' ? { ...credentials, smartgroup_name: answers['smartGroup'] ?? '' } : { ...credentials, webhook_enabled: false };
}

const create = async (access: ServiceAccess, asked: RegistrationRequest, secret: Secret, signal: AbortSignal, others: string[] = []): Promise<Registration> => {
  const app = appOf(asked.console);
  return await createOnce({
    access,
    clientId: asked.clientId,
    find: () => find(access, app, asked.target, signal, others),
    async create() {
      const { accounts } = await request({ access, method: 'POST', path: pathOf(access, app), schema: links, body: toBody(app, asked, secret), secret, signal });
      const made = findLink(app, accounts, asked.target, others);
      if (!made) throw new KeyferryError('service-answer-unreadable', { where: `POST ${pathOf(access, app)}`, field: 'accounts', problem: 'missing' }, 'unknown');
      return toRegistration(app, made);
    },
  });
};

async function remove(access: ServiceAccess, app: App, { account_id: id }: Account, signal: AbortSignal): Promise<void> {
  if (id === undefined) throw new KeyferryError('service-refused', { host: hostOf(access), where: '', status: '', code: '', reason: 'Juniper Mist lists this link without an ID. Remove it in the Juniper Mist portal.' });
  await deleteOnce(request({ access, method: 'DELETE', path: `${pathOf(access, app)}/${part(id)}`, signal }));
}

const byId = (app: App, id: string) => (one: Account) => idOf(app, one) === id;

export const juniperMistAdapter: ServiceAdapter = {
  id: 'juniper-mist',
  normaliseAddress: (typed) => normaliseFixed(typed, juniperMist),

  async readOrganization(access, signal) {
    const { privileges } = await request({ access, method: 'GET', path: '/self', schema: self, signal });
    const organizations = privileges.filter((one) => one.scope === 'org' && one.org_id !== undefined);
    const [one, another] = access.account === '' ? organizations : privileges.filter(({ scope, org_id: id }) => id === access.account || (scope === 'msp' && id === undefined));
    if (!one || (access.account === '' && another)) throw new KeyferryError('service-account-unclear', { host: hostOf(access), accounts: organizations.map(({ name = '', org_id: id = '' }) => `${name} (${id})`) });
    // unverified: which of the two a link takes.
    const mayWrite = one.role === 'admin' || one.role === 'write';
    const organization = access.account === '' ? one.org_id! : access.account;
    return { name: one.org_id === organization ? (one.name ?? organization) : organization, account: organization, consoles: Object.keys(apps), ownHosts: false, mayWrite };
  },

  findRegistration: (access, { console, target }, signal) => find(access, appOf(console), target, signal),

  createRegistration: (access, asked, secret, _key, signal) => create(access, asked, secret, signal),

  async updateRegistration(access, id, asked, secret, signal) {
    const app = appOf(asked.console);
    if (!secret) throw new Error('a link cannot be changed without its secret');
    const there = (await readLinks(access, app, signal)).filter((one) => isSameAddress(one.instance_url, asked.target) || idOf(app, one) === id);
    // Gone already: an earlier attempt came so far, and may have made the new one with its answer lost.
    const old = there.find(byId(app, id)) ?? there.at(-1);
    if (old) await remove(access, app, old, signal);
    try {
      return await create(access, asked, secret, signal, there.filter((one) => one !== old).map((one) => idOf(app, one)));
    } catch (thrown) {
      // However plain the refusal: what Mist had is gone.
      throw old && thrown instanceof KeyferryError ? new KeyferryError(thrown.failure.code, thrown.failure.params, 'unknown') : thrown;
    }
  },

  async readRegistration(access, id, signal) {
    const app = appOfId(id);
    const found = (await readLinks(access, app, signal)).find(byId(app, id));
    if (!found) throw new KeyferryError('service-refused', { host: hostOf(access), where: `GET ${pathOf(access, app)}`, status: '404', code: '', reason: '' });
    return toRegistration(app, found);
  },

  async deleteRegistration(access, id, signal) {
    const app = appOfId(id);
    const found = (await readLinks(access, app, signal)).find(byId(app, id));
    if (found) await remove(access, app, found, signal);
  },
};
