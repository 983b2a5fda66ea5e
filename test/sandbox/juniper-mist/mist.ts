import { randomBytes, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { ConsoleRefusal, Jobs, openConsole, readObject } from '../console-client.ts';
import type { HostHandler } from '../traffic.ts';
import type { MistControl } from '../types.ts';
import { TOKEN_REGIONS } from '../workspace-one/token-service.ts';

/*
 * Linked accounts of one organization in one Juniper Mist cloud. Shapes: https://github.com/mistsys/mist_openapi 2509.1.2.
 */

export const MIST_CLOUDS = {
  global: { host: 'api.mist.com', orgId: '203d3d02-dbc0-4c1b-9f41-76896a3330f4', organization: 'Larkspur Robotics' },
  eu: { host: 'api.eu.mist.com', orgId: '8aa21779-1178-4357-b3e0-42c02b93b870', organization: 'Meridian Logistics' },
} as const;

type Role = 'admin' | 'write' | 'read' | 'helpdesk';

interface Account {
  account_id: string;
  name: string;
  instance_url: string;
  client_id: string;
  smartgroup_name?: string;
  linked_by: string;
  /** s [the vendor's examples; the schema's own is in ms] */
  linked_timestamp: number;
  last_status?: 'success' | 'failed';
  /** ms */
  last_sync?: number;
  error?: string;
  webhook_enabled?: boolean;
  webhook_url?: string;
  webhook_username?: string;
  webhook_password?: string;
  webhook_auth_type?: 'Basic';
}

const filled = z.string().min(1);
const bodies = {
  jamf: z.looseObject({ instance_url: filled, client_id: filled, client_secret: filled, smartgroup_name: filled }),
  vmware: z.looseObject({ instance_url: filled, client_id: filled, client_secret: filled, webhook_enabled: z.boolean() }),
};
type App = keyof typeof bodies;
const isApp = (name: string): name is App => name in bodies;
const groups = z.array(z.looseObject({ name: z.string() }));

export function createMist(
  { host, orgId, organization }: (typeof MIST_CLOUDS)[keyof typeof MIST_CLOUDS],
  { now, consoleFetch }: { now: () => number; consoleFetch: typeof fetch },
): { handle: HostHandler; control: MistControl } {
  const linked: Record<App, Account[]> = { jamf: [], vmware: [] };
  const jobs = new Jobs();
  const secrets: string[] = [];
  const switches = { hidesJamfIds: false };
  const token = (): string => randomBytes(45).toString('base64url');
  const [apiKey, readOnlyApiKey, otherApiKey] = [token(), token(), token()];
  const roles = new Map<string, Role>([[apiKey, 'admin'], [readOnlyApiKey, 'read'], [otherApiKey, 'helpdesk']]);

  /** unverified: what is read, and where the token for Workspace ONE UEM comes from: it is not in the body. */
  async function pull(app: App, account: Account, clientSecret: string): Promise<void> {
    const { instance_url: instance, client_id: clientId } = account;
    const open = (tokenUrl: string): ReturnType<typeof openConsole> => openConsole({ tokenUrl, clientId, clientSecret, fetch: consoleFetch });
    let error: string | undefined;
    try {
      if (app === 'jamf') {
        const read = await open(`https://${instance}/api/v1/oauth/token`);
        await read(`https://${instance}/api/v1/computers-inventory?page=0&page-size=1`);
        await read(`https://${instance}/api/v2/mobile-devices?page=0&page-size=1`);
        const all = groups.parse(await read(`https://${instance}/api/v1/computer-groups`));
        if (!all.some(({ name }) => name === account.smartgroup_name)) error = `Smart group ${account.smartgroup_name ?? ''} not found`;
      } else {
        const read = await Promise.any(TOKEN_REGIONS.map((region) => open(`https://${region}.uemauth.workspaceone.com/connect/token`)));
        await read(`https://${instance}/API/mdm/devices/search?page=0&pagesize=1`);
      }
    } catch (thrown) {
      const isToken = thrown instanceof AggregateError || (thrown instanceof ConsoleRefusal && thrown.step === 'token');
      // Words of the description's examples, as far as there are any.
      if (!isToken) error = 'Failed to fetch devices, please check the permissions of your account';
      else error = app === 'jamf' ? 'OAuth token refresh failed, please re-link your account' : 'Get token failed, please re-link VMware';
    }
    Object.assign(account, { last_status: error === undefined ? 'success' : 'failed', last_sync: now(), ...(error !== undefined && { error }) });
  }
  const listOf = (app: App): object => ({
    linked: linked[app].length > 0,
    accounts: linked[app].map(({ client_id: _, ...account }) => (app === 'jamf' && switches.hidesJamfIds ? { ...account, account_id: undefined } : account)),
  });

  const api = new Hono<{ Variables: { role: Role } }>().basePath('/api/v1');
  api.use('*', async (c, next) => {
    const role = roles.get(/^Token (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '');
    if (role === undefined) return c.json({ detail: 'Authentication credentials were not provided.' }, 401);
    c.set('role', role);
    return await next();
  });
  api.get('/self', (c) =>
    c.json({ email: 'kit.larsen@larkspur.example', first_name: 'Kit', last_name: 'Larsen', privileges: [{ scope: 'org', org_id: orgId, name: organization, role: c.get('role') }] }),
  );
  api.get('/self/usage', (c) => c.json({ requests: 1, request_limit: 5000 }));
  api.use('/orgs/:org/*', async (c, next) => {
    const isAllowed = c.get('role') === 'admin' || (c.get('role') === 'read' && c.req.method === 'GET');
    // unverified: that organizations of others are forbidden and not unknown.
    if (c.req.param('org') !== orgId || !isAllowed) return c.json({ detail: 'You do not have permission to perform this action.' }, 403);
    return await next();
  });
  api.get('/orgs/:org', (c) => c.json({ id: orgId, name: organization }));

  const path = '/orgs/:org/setting/:app/link_accounts';
  api.use(`${path}/*`, async (c, next) => (isApp(c.req.param('app') ?? '') ? await next() : c.json({ id: c.req.param('app') }, 404)));
  const appOf = (name: string): App => (name === 'jamf' ? 'jamf' : 'vmware');
  // "Required to get the authorization_url", and declared as required altogether.
  api.get(path, (c) => (c.req.query('forward') === undefined ? c.json({ detail: 'forward is required' }, 400) : c.json(listOf(appOf(c.req.param('app'))))));
  api.post(path, async (c) => {
    const app = appOf(c.req.param('app'));
    const body = bodies[app].safeParse(await readObject(c.req.raw)).data;
    // unverified: words; the description has no body for this status.
    if (!body) return c.json({ detail: 'Invalid request' }, 400);
    const { instance_url, client_id, client_secret, smartgroup_name, webhook_enabled } = body as Record<'instance_url' | 'client_id' | 'client_secret' | 'smartgroup_name', string> & { webhook_enabled: boolean };
    const account_id = randomUUID();
    const account: Account = { account_id, name: organization, instance_url, client_id, linked_by: 'Kit', linked_timestamp: Math.floor(now() / 1000) };
    secrets.push(client_secret);
    if (app === 'jamf') account.smartgroup_name = smartgroup_name;
    else {
      const webhook_password = randomBytes(18).toString('base64url');
      secrets.push(webhook_password);
      const webhook = { webhook_url: `https://websync.mist.com/v1/${account_id}/vmware/mdm`, webhook_username: 'mist', webhook_password, webhook_auth_type: 'Basic' as const };
      Object.assign(account, { webhook_enabled, ...(webhook_enabled && webhook) });
    }
    // unverified: that nothing stops a second one for the same console.
    linked[app].push(account);
    jobs.start(() => pull(app, account, client_secret));
    return c.json(listOf(app));
  });
  api.delete(`${path}/:id`, (c) => {
    const accounts = linked[appOf(c.req.param('app'))];
    const index = accounts.findIndex(({ account_id: id }) => id === c.req.param('id'));
    if (index < 0) return c.json({ id: c.req.param('id') }, 404);
    accounts.splice(index, 1);
    return c.body(null, 200);
  });
  api.notFound((c) => c.json({ detail: 'Not found.' }, 404));

  return {
    handle: (request) => api.fetch(request),
    control: {
      origin: `https://${host}`,
      account: orgId,
      apiKey,
      readOnlyApiKey,
      otherApiKey,
      switches,
      registrations: () =>
        (['jamf', 'vmware'] as const).flatMap((type) =>
          linked[type].map(({ account_id: id, name, instance_url: address, client_id: clientId, last_status: last, error }) => ({
            id, type, name, address, clientId, status: last === undefined ? 'unused' : last === 'success' ? 'works' : 'fails', error,
          })),
        ),
      secrets: () => [...roles.keys(), ...secrets],
      settled: () => jobs.settled(),
    },
  };
}
