import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasDescriptions, readVendorFile, VendorApi } from '../contract/vendor-api.ts';
import type { descriptions } from '../contract/vendor-api.ts';
import { startSandbox } from './sandbox.ts';
import type { NodeSandbox } from './sandbox.ts';
import { jamfClient, uemClient } from './service-credentials.ts';
import type { Credentials } from './service-credentials.ts';
import type { VendorServiceControl } from './types.ts';

/* Services with an API of their own: their rules, what they do at the sandbox's consoles, and both against the vendors' descriptions. */

let sandbox: NodeSandbox;
const vendors = new Map<string, VendorApi>();
const violations: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ largeTenantComputers: 20, largeEnvironmentDevices: 300 });
  if (!hasDescriptions) return;
  const names: [string, keyof typeof descriptions][] = [['api.tailscale.com', 'tailscale'], ['api.mist.com', 'mist'], ['api.eu.mist.com', 'mist'], ['api.cloudflare.com', 'cloudflare']];
  for (const [host, name] of names) vendors.set(host, await VendorApi.load(name));
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.clearFaults();
  expect(violations.splice(0)).toEqual([]);
});

interface Answer { status: number; body: Record<string, unknown> }
type Header = (key: string) => Record<string, string>;
const bearer: Header = (key) => ({ authorization: `Bearer ${key}` });

/** Calls one service with a key; every answer is held against the vendor's description. */
const caller =
  (control: () => VendorServiceControl, base: string, header: Header) =>
  async (method: string, path: string, body?: object, key = control().apiKey): Promise<Answer> => {
    const url = control().origin + base + path;
    const init = { method, headers: { ...header(key), ...(body && { 'content-type': 'application/json' }) }, body: body ? JSON.stringify(body) : null };
    const response = await sandbox.fetch(url, init);
    const vendor = vendors.get(new URL(url).host);
    for (const found of (await vendor?.checkAnswer(new Request(url, init), response.clone())) ?? []) violations.push(`${method} ${path} ${found}`);
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };

const DEVICES = ['Read Computers', 'Read Mobile Devices'];

describe('Tailscale', () => {
  const call = caller(() => sandbox.tailscale, '/api/v2', bearer);
  const list = '/tailnet/-/posture/integrations';
  const one = (id: string): string => `/posture/integrations/${id}`;
  const create = async (credentials: Credentials, key?: string): Promise<Answer> =>
    await call('POST', list, { provider: 'jamfpro', cloudId: 'acme.jamfcloud.com', ...credentials }, key);

  test('one for each provider, which shows how it stands after its first synchronization', async () => {
    const credentials = await jamfClient(sandbox, DEVICES);
    const hold = sandbox.hold({ when: 'before', host: 'acme.jamfcloud.com', path: /oauth\/token/ });
    const { status, body } = await create(credentials);
    expect([status, body['status'], body['clientSecret']]).toEqual([200, undefined, undefined]);
    const id = String(body['id']);
    hold.release();
    await sandbox.tailscale.settled();
    const { computers, mobileDevices } = sandbox.tenant('acme').counts();
    expect((await call('GET', one(id))).body).toMatchObject({ provider: 'jamfpro', clientId: credentials.clientId, status: { providerHostCount: computers + mobileDevices, matchedCount: 0 } });
    expect(sandbox.tailscale.registrations()).toMatchObject([{ id, address: 'acme.jamfcloud.com', status: 'works' }]);
    expect(await create(credentials)).toEqual({ status: 409, body: { message: 'conflict' } });

    // Without a secret the old one stays; with a wrong one the console refuses.
    await call('PATCH', one(id), { cloudId: 'acme.jamfcloud.com', clientId: credentials.clientId });
    await sandbox.tailscale.settled();
    expect(sandbox.tailscale.registrations()).toMatchObject([{ id, status: 'works' }]);
    await call('PATCH', one(id), { clientSecret: 'wrong' });
    await sandbox.tailscale.settled();
    expect((await call('GET', list)).body).toMatchObject({ integrations: [{ id, status: { error: expect.stringContaining('oauth2: cannot fetch token: 401') as string } }] });

    expect([(await call('DELETE', one(id))).status, (await call('DELETE', one(id))).status, (await call('GET', one(id))).status]).toEqual([200, 404, 404]);
  });

  test('a client with too few rights', async () => {
    const { body } = await create(await jamfClient(sandbox, ['Read Computers']));
    await sandbox.tailscale.settled();
    expect(sandbox.tailscale.registrations()).toMatchObject([{ status: 'fails', error: 'Jamf Pro returned unexpected status code: 403' }]);
    await call('DELETE', one(String(body['id'])));
  });

  test('keys by what they may do, and the token of an OAuth client', async () => {
    const { readOnlyApiKey, otherApiKey, oauthClientSecret, account, origin } = sandbox.tailscale;
    const credentials = { clientId: 'x', clientSecret: 'y' };
    expect((await call('GET', list, undefined, readOnlyApiKey)).status).toBe(200);
    expect((await create(credentials, readOnlyApiKey)).status).toBe(403);
    expect((await call('GET', list, undefined, otherApiKey)).status).toBe(403);
    expect((await call('GET', list, undefined, 'nonsense')).status).toBe(401);
    expect((await call('GET', `/tailnet/other.example/posture/integrations`)).status).toBe(404);
    const exchange = await sandbox.fetch(`${origin}/api/v2/oauth/token`, { method: 'POST', body: new URLSearchParams({ client_id: 'any', client_secret: oauthClientSecret }) });
    const { access_token: token } = (await exchange.json()) as { access_token: string };
    expect((await call('GET', `/tailnet/${account}/posture/integrations`, undefined, token)).status).toBe(200);
    sandbox.advance(3_600_000);
    expect((await call('GET', list, undefined, token)).status).toBe(401);
  });

  test.each([[{ provider: 'workspaceone', clientSecret: 's' }], [{ provider: 'jamfpro' }]])('refuses %j', async (body) => {
    expect((await call('POST', list, body)).status).toBe(400);
  });
});

describe('Juniper Mist', () => {
  const call = caller(() => sandbox.mist, '/api/v1', (key) => ({ authorization: `Token ${key}` }));
  const links = (app: string): string => `/orgs/${sandbox.mist.account}/setting/${app}/link_accounts`;
  const forward = '?forward=https%3A%2F%2Fmanage.mist.com';
  const accounts = async (app: string): Promise<Record<string, unknown>[]> => (await call('GET', links(app) + forward)).body['accounts'] as Record<string, unknown>[];
  async function link(app: string, body: object): Promise<Record<string, unknown>> {
    expect((await call('POST', links(app), body)).status).toBe(200);
    await sandbox.mist.settled();
    return (await accounts(app)).at(-1) ?? {};
  }
  const unlink = (app: string, account: Record<string, unknown>): Promise<Answer> => call('DELETE', `${links(app)}/${String(account['account_id'])}`);
  const jamf = (credentials: Credentials, smartgroup_name = 'Compliant Macs'): object => ({
    instance_url: 'acme.jamfcloud.com', client_id: credentials.clientId, client_secret: credentials.clientSecret, smartgroup_name,
  });

  test('Jamf Pro', async () => {
    const credentials = await jamfClient(sandbox, [...DEVICES, 'Read Smart Computer Groups']);
    const account = await link('jamf', jamf(credentials));
    expect(account).toMatchObject({ instance_url: 'acme.jamfcloud.com', smartgroup_name: 'Compliant Macs', last_status: 'success' });
    expect(JSON.stringify(await accounts('jamf'))).not.toContain(credentials.clientSecret);
    sandbox.mist.switches.hidesJamfIds = true;
    expect((await accounts('jamf'))[0]).not.toHaveProperty('account_id');
    sandbox.mist.switches.hidesJamfIds = false;
    // Nothing stops a second one.
    await link('jamf', jamf(credentials));
    expect(sandbox.mist.registrations()).toHaveLength(2);
    for (const one of await accounts('jamf')) expect((await unlink('jamf', one)).status).toBe(200);
    expect((await unlink('jamf', account)).status).toBe(404);
  });

  test('what goes wrong at the console', async () => {
    const missing = await link('jamf', jamf(await jamfClient(sandbox, [...DEVICES, 'Read Smart Computer Groups']), 'Nobody'));
    expect(missing).toMatchObject({ last_status: 'failed', error: 'Smart group Nobody not found' });
    const refused = await link('jamf', jamf({ clientId: 'x', clientSecret: 'y' }));
    expect(refused).toMatchObject({ last_status: 'failed', error: 'OAuth token refresh failed, please re-link your account' });
    const few = await link('jamf', jamf(await jamfClient(sandbox, ['Read Computers'])));
    expect(few).toMatchObject({ last_status: 'failed' });
    for (const one of [missing, refused, few]) await unlink('jamf', one);
  });

  test('Workspace ONE UEM, with a webhook whose password comes back', async () => {
    const vmware = (credentials: Credentials): object => ({
      instance_url: 'as1234.awmdm.com', client_id: credentials.clientId, client_secret: credentials.clientSecret, webhook_enabled: true,
    });
    const account = await link('vmware', vmware(uemClient(sandbox, 'Read Only')));
    expect(account).toMatchObject({ last_status: 'success', webhook_auth_type: 'Basic' });
    expect(sandbox.mist.secrets()).toContain(account['webhook_password']);
    const refused = await link('vmware', vmware({ clientId: 'x', clientSecret: 'y' }));
    expect(refused).toMatchObject({ last_status: 'failed', error: 'Get token failed, please re-link VMware' });
    const few = await link('vmware', vmware(uemClient(sandbox)));
    expect(few).toMatchObject({ last_status: 'failed' });
    for (const one of [account, refused, few]) await unlink('vmware', one);
  });

  test('tokens belong to one cloud and one organization', async () => {
    const { apiKey, readOnlyApiKey, otherApiKey, account } = sandbox.mist;
    expect((await call('GET', '/self')).body).toMatchObject({ privileges: [{ scope: 'org', org_id: account, role: 'admin' }] });
    expect((await call('GET', '/self', undefined, readOnlyApiKey)).body).toMatchObject({ privileges: [{ role: 'read' }] });
    expect((await call('POST', links('jamf'), jamf({ clientId: 'x', clientSecret: 'y' }), readOnlyApiKey)).status).toBe(403);
    expect((await call('GET', links('jamf') + forward, undefined, otherApiKey)).status).toBe(403);
    expect((await call('GET', links('jamf').replace(account, sandbox.mistEu.account) + forward)).status).toBe(403);
    expect((await call('GET', '/self', undefined, sandbox.mistEu.apiKey)).status).toBe(401);
    expect((await sandbox.fetch(`${sandbox.mistEu.origin}/api/v1/self`, { headers: { authorization: `Token ${apiKey}` } })).status).toBe(401);
    expect((await call('GET', links('jamf'))).status).toBe(400);
  });

  test.each(['instance_url', 'client_id', 'client_secret', 'smartgroup_name'])('wants %s', async (field) => {
    expect((await call('POST', links('jamf'), { ...jamf({ clientId: 'x', clientSecret: 'y' }), [field]: undefined })).status).toBe(400);
  });
});

describe('Cloudflare', () => {
  const call = caller(() => sandbox.cloudflare, '/client/v4', bearer);
  const list = (): string => `/accounts/${sandbox.cloudflare.account}/devices/posture/integration`;
  const bodyOf = (credentials: Credentials, changes: object = {}): object => ({
    name: 'Workspace ONE', type: 'workspace_one', interval: '10m',
    config: { api_url: 'https://as1234.awmdm.com/API', auth_url: 'https://na.uemauth.workspaceone.com/connect/token', client_id: credentials.clientId, client_secret: credentials.clientSecret, ...changes },
  });

  test('credentials are tried before anything is kept', async () => {
    const credentials = uemClient(sandbox, 'Read Only');
    for (const [wrong, words] of [
      [bodyOf({ ...credentials, clientSecret: 'wrong' }), 'could not get an access token (400)'],
      [bodyOf(uemClient(sandbox)), 'could not list devices (403)'],
      [bodyOf(credentials, { api_url: 'https://as9999.awmdm.com/API' }), 'could not list devices (no response)'],
    ] as const) {
      const { status, body } = await call('POST', list(), wrong);
      expect([status, body]).toMatchObject([400, { success: false, result: null, errors: [{ message: expect.stringContaining(words) as string }] }]);
    }
    expect(sandbox.cloudflare.registrations()).toEqual([]);

    const { status, body } = await call('POST', list(), bodyOf(credentials));
    expect([status, body]).toMatchObject([200, { success: true, result: { name: 'Workspace ONE', config: { client_id: credentials.clientId } } }]);
    expect(JSON.stringify(body)).not.toContain(credentials.clientSecret);
    const { id } = body['result'] as { id: string };
    const path = `${list()}/${id}`;
    expect((await call('PATCH', path, { config: (bodyOf({ ...credentials, clientSecret: 'wrong' }) as { config: object }).config })).status).toBe(400);
    expect((await call('PATCH', path, { name: 'Renamed' })).status).toBe(200);
    expect(sandbox.cloudflare.registrations()).toMatchObject([{ id, name: 'Renamed', clientId: credentials.clientId, address: 'https://as1234.awmdm.com/API' }]);
    expect([(await call('DELETE', path, {})).status, (await call('DELETE', path, {})).status, (await call('GET', path)).status]).toEqual([200, 404, 404]);
  });

  test('tokens by what they may do', async () => {
    const { readOnlyApiKey, otherApiKey, account } = sandbox.cloudflare;
    expect((await call('GET', '/user/tokens/verify', undefined, otherApiKey)).body).toMatchObject({ result: { status: 'active' } });
    expect((await call('GET', '/user/tokens/verify', undefined, 'nonsense')).status).toBe(401);
    expect((await call('GET', '/accounts')).body).toMatchObject({ result: [{ id: account }] });
    expect((await call('GET', list(), undefined, readOnlyApiKey)).status).toBe(200);
    expect((await call('POST', list(), bodyOf(uemClient(sandbox, 'Read Only')), readOnlyApiKey)).status).toBe(403);
    expect((await call('GET', list(), undefined, otherApiKey)).status).toBe(403);
    expect((await call('GET', list().replace(account, 'f'.repeat(32)))).status).toBe(403);
  });
});

describe('n8n', () => {
  const call = caller(() => sandbox.n8n, '/api/v1', (key) => ({ 'x-n8n-api-key': key }));
  const data = ({ clientId, clientSecret }: Credentials, accessTokenUrl = 'https://acme.jamfcloud.com/api/v1/oauth/token'): object => ({
    grantType: 'clientCredentials', serverUrl: '', accessTokenUrl, clientId, clientSecret, scope: '', authentication: 'body', sendAdditionalBodyProperties: false, additionalBodyProperties: '',
  });

  test('a credential does what it can when it is used, not before', async () => {
    const credentials = await jamfClient(sandbox, DEVICES);
    const { body } = await call('POST', '/credentials', { name: 'Jamf Pro', type: 'oAuth2Api', data: data(credentials) });
    const id = String(body['id']);
    expect(sandbox.n8n.registrations()).toMatchObject([{ id, status: 'unused', clientId: credentials.clientId }]);
    expect(await sandbox.n8n.use(id, 'https://acme.jamfcloud.com/api/v1/jamf-pro-version')).toHaveProperty('version');
    expect(sandbox.n8n.registrations()).toMatchObject([{ id, status: 'works' }]);
    await call('PATCH', `/credentials/${id}`, { data: data({ ...credentials, clientSecret: 'wrong' }) });
    expect(await sandbox.n8n.use(id, 'https://acme.jamfcloud.com/api/v1/jamf-pro-version')).toEqual({ message: 'Error in workflow' });
    expect(sandbox.n8n.registrations()).toMatchObject([{ id, status: 'fails' }]);
    const uem = await call('POST', '/credentials', { name: 'Workspace ONE', type: 'oAuth2Api', data: data(uemClient(sandbox, 'Read Only'), 'https://na.uemauth.workspaceone.com/connect/token') });
    expect(await sandbox.n8n.use(String(uem.body['id']), 'https://as1234.awmdm.com/API/mdm/devices/search?pagesize=1')).toHaveProperty('Devices');
    for (const one of [id, String(uem.body['id'])]) await call('DELETE', `/credentials/${one}`);
  });

  test('keys, and a page without a host permission', async () => {
    const { readOnlyApiKey, otherApiKey, origin } = sandbox.n8n;
    expect((await call('GET', '/credentials', undefined, readOnlyApiKey)).status).toBe(200);
    expect((await call('POST', '/credentials', { name: 'x', type: 'oAuth2Api', data: data({ clientId: 'x', clientSecret: 'y' }) }, readOnlyApiKey)).status).toBe(403);
    expect((await call('GET', '/credentials', undefined, otherApiKey)).status).toBe(403);
    const preflight = await sandbox.fetch(`${origin}/api/v1/credentials`, { method: 'OPTIONS', headers: { origin: 'chrome-extension://abc', 'access-control-request-headers': 'x-n8n-api-key' } });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('chrome-extension://abc');
    expect(preflight.headers.get('access-control-allow-headers')).not.toMatch(/x-n8n-api-key/i);
  });

  test.skipIf(!hasDescriptions)('answers as the real one did when it was run', async () => {
    interface Recorded { request: { method: string; path: string; body: object | null; apiKey: string }; response: { status: number; body: Record<string, unknown> } }
    const { interactions } = readVendorFile<{ interactions: Recorded[] }>('n8n-2.8.4-recorded.json');
    /** Of the recording to those made here. */
    const ids = new Map<string, string>();
    for (const { request, response } of interactions) {
      const path = request.path.replace('/api/v1', '').replace(/(?<=credentials\/)[A-Za-z0-9]{16}$/, (id) => ids.get(id) ?? id);
      const answer = await call(request.method, path, request.body ?? undefined, request.apiKey === 'valid' ? sandbox.n8n.apiKey : 'nonsense');
      const where = `${request.method} ${request.path}`;
      expect([where, answer.status]).toEqual([where, response.status]);
      expect([where, Object.keys(answer.body).sort()]).toEqual([where, path.includes('/schema/') && response.status === 200 ? ['additionalProperties', 'properties', 'required', 'type'] : Object.keys(response.body).sort()]);
      if (response.status >= 400) expect(answer.body).toEqual(response.body);
      if (typeof response.body['id'] === 'string') ids.set(response.body['id'], String(answer.body['id']));
      if (Array.isArray(response.body['data'])) {
        const [theirs, ours] = [response.body['data'], answer.body['data'] as object[]];
        expect(ours.map((row) => Object.keys(row))).toEqual(theirs.map((row: object) => Object.keys(row)));
        expect((ours as { name: string }[]).map(({ name }) => name)).toEqual((theirs as { name: string }[]).map(({ name }) => name));
        expect(answer.body['nextCursor']).toBe(response.body['nextCursor']);
      }
    }
    expect(ids.size).toBeGreaterThan(4);
    for (const { id } of sandbox.n8n.registrations()) await call('DELETE', `/credentials/${id}`);
  });
});

test('no secret of theirs is in the request log', () => {
  const log = JSON.stringify(sandbox.requests());
  const secrets = [sandbox.tailscale, sandbox.mist, sandbox.mistEu, sandbox.cloudflare, sandbox.n8n].flatMap((one) => one.secrets()).filter((one) => one.length > 8);
  expect(secrets.length).toBeGreaterThan(20);
  for (const secret of secrets) expect(log).not.toContain(secret);
});
