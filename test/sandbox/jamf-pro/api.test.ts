import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '../sandbox.ts';
import type { NodeSandbox } from '../sandbox.ts';
import type { JamfTenant } from '../types.ts';
import { PRIVILEGES } from './privileges.ts';
import { LOCAL_LOGINS, SSO_LOGINS } from './tenants.ts';
import { asPage, basic, requestToken, signedInAsClient, signedInByForm, signedInByToken, TestClient } from './test-support.ts';

let sandbox: NodeSandbox;
let acme: JamfTenant;
let admin: TestClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  acme = sandbox.tenant('acme');
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  Object.assign(acme.switches, { sessionMode: 'cookie', lagMs: 0, nodes: 2, wrongSecretStatus: 401, missingPrivilegeStatus: 403, uniqueClientNames: false });
  admin = await signedInByToken(sandbox, acme);
});

let count = 0;
const unique = (what: string): string => `${what} ${(count += 1)}`;

const newRole = async (privileges: string[] = ['Read Accounts'], displayName = unique('Role')): Promise<{ id: string; displayName: string }> => {
  const answer = await admin.call('POST', '/api/v1/api-roles', { json: { displayName, privileges } });
  expect(answer.status).toBe(200);
  return answer.body as { id: string; displayName: string };
};
const newClient = async (role: { displayName: string }, more: object = {}): Promise<{ id: number; displayName: string; clientId: string }> => {
  const json = { displayName: unique('Client'), authorizationScopes: [role.displayName], enabled: true, accessTokenLifetimeSeconds: 600, ...more };
  const answer = await admin.call('POST', '/api/v1/api-integrations', { json });
  expect(answer.status).toBe(201);
  return answer.body as { id: number; displayName: string; clientId: string };
};
const mint = async (id: number): Promise<{ clientId: string; clientSecret: string }> => {
  const answer = await admin.call('POST', `/api/v1/api-integrations/${id}/client-credentials`);
  expect(answer.status).toBe(200);
  return answer.body as { clientId: string; clientSecret: string };
};

/** Written out from the vendor's list, not taken from the code. [method, path, privilege, status when allowed] */
const CALLS: [string, string, string, number][] = [
  ['GET', '/v1/api-roles', 'Read API Roles', 200],
  ['POST', '/v1/api-roles', 'Create API Roles', 400],
  ['GET', '/v1/api-roles/999', 'Read API Roles', 404],
  ['PUT', '/v1/api-roles/999', 'Update API Roles', 400],
  ['DELETE', '/v1/api-roles/999', 'Delete API Roles', 404],
  ['GET', '/v1/api-role-privileges', 'Read API Roles', 200],
  ['GET', '/v1/api-role-privileges/search?name=Flush', 'Read API Roles', 200],
  ['GET', '/v1/api-integrations', 'Read API Integrations', 200],
  ['POST', '/v1/api-integrations', 'Create API Integrations', 500],
  ['GET', '/v1/api-integrations/999', 'Read API Integrations', 404],
  ['PUT', '/v1/api-integrations/999', 'Update API Integrations', 500],
  ['DELETE', '/v1/api-integrations/999', 'Delete API Integrations', 404],
  ['POST', '/v1/api-integrations/999/client-credentials', 'Create API Integrations', 404],
  ['GET', '/v1/sites', 'Read Sites', 200],
  ['GET', '/v1/buildings', 'Read Buildings', 200],
  ['GET', '/v1/buildings/1', 'Read Buildings', 200],
  ['POST', '/v1/buildings', 'Create Buildings', 400],
  ['DELETE', '/v1/buildings/999', 'Delete Buildings', 404],
  ['GET', '/v1/departments', 'Read Departments', 200],
  ['GET', '/v1/departments/1', 'Read Departments', 200],
  ['POST', '/v1/departments', 'Create Departments', 400],
  ['DELETE', '/v1/departments/999', 'Delete Departments', 404],
  ['GET', '/v1/computers-inventory', 'Read Computers', 200],
  ['GET', '/v3/computers-inventory', 'Read Computers', 200],
  ['GET', '/v4/computers-inventory', 'Read Computers', 200],
  ['GET', '/v2/mobile-devices', 'Read Mobile Devices', 200],
  ['GET', '/v2/mobile-devices/detail', 'Read Mobile Devices', 200],
  ['GET', '/v1/accounts', 'Read Accounts', 200],
  ['GET', '/v1/accounts/1', 'Read Accounts', 200],
  ['POST', '/v1/accounts', 'Create Accounts', 400],
  ['PUT', '/v1/accounts/999', 'Update Accounts', 404],
  ['DELETE', '/v1/accounts/999', 'Delete Accounts', 404],
  ['GET', '/v1/jamf-pro-server-url', 'Read JSS URL', 200],
];

describe('privileges', () => {
  const clients = new Map<string, { only: TestClient; without: TestClient }>();
  const clientsFor = async (privilege: string) => {
    const known = clients.get(privilege) ?? {
      only: await signedInAsClient(sandbox, acme, [privilege], 86_400),
      without: await signedInAsClient(sandbox, acme, PRIVILEGES.filter((name) => name !== privilege), 86_400),
    };
    clients.set(privilege, known);
    return known;
  };

  test.each(CALLS)('%s %s needs exactly %s', async (method, path, privilege, status) => {
    const { only, without } = await clientsFor(privilege);
    const body = method === 'POST' || method === 'PUT' ? { json: {} } : {};
    expect((await only.call(method, `/api${path}`, body)).status).toBe(status);

    const refused = await without.call(method, `/api${path}`, body);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ httpStatus: 403, errors: [{ code: 'INVALID_PRIVILEGE' }] });

    const anonymous = await new TestClient(sandbox, acme.origin).call(method, `/api${path}`, body);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get('content-type')).toContain('application/json');
    expect(anonymous.text).toContain('INVALID_TOKEN');
  });

  test('a missing privilege may look like a bad sign-in', async () => {
    acme.switches.missingPrivilegeStatus = 401;
    const { without } = await clientsFor('Read Sites');
    const { status, text } = await without.call('GET', '/api/v1/sites');
    expect([status, text.includes('INVALID_PRIVILEGE')]).toEqual([401, true]);
  });

  test.each([
    ['auditor', LOCAL_LOGINS.auditor, { 'GET /v1/api-roles': 200, 'POST /v1/api-roles': 403, 'GET /v1/api-integrations': 200, 'POST /v1/api-integrations': 403 }],
    ['roles-only', LOCAL_LOGINS.rolesOnly, { 'GET /v1/api-roles': 200, 'POST /v1/api-roles': 400, 'GET /v1/api-integrations': 403, 'POST /v1/api-integrations': 403 }],
    ['no-update', LOCAL_LOGINS.noUpdate, { 'POST /v1/api-roles': 400, 'PUT /v1/api-roles/999': 403, 'POST /v1/api-integrations': 500, 'PUT /v1/api-integrations/999': 403 }],
  ])('the account %s may do its part, by token and by web session', async (_, login, expected) => {
    for (const client of [await signedInByToken(sandbox, acme, login), await signedInByForm(sandbox, acme, login)]) {
      for (const [call, status] of Object.entries(expected)) {
        const [method = '', path = ''] = call.split(' ');
        expect((await client.call(method, `/api${path}`, method === 'GET' ? {} : { json: {} })).status, call).toBe(status);
      }
    }
  });

  test('some calls need no sign-in', async () => {
    const anonymous = new TestClient(sandbox, acme.origin);
    expect((await anonymous.call('GET', '/api/v1/health-check')).status).toBe(204);
    expect((await anonymous.call('GET', '/api/v1/cloud-information')).body).toMatchObject({ cloudInstance: true });
    expect((await anonymous.call('GET', '/api/v1/jamf-pro-version')).status).toBe(401);
  });

  test('a privilege that this version lacks is neither listed nor accepted', async () => {
    const globex = sandbox.tenant('globex');
    globex.removePrivilege('Read Sites');
    const client = await signedInByToken(sandbox, globex);
    const { body } = await client.call('GET', '/api/v1/api-role-privileges');
    expect((body as { privileges: string[] }).privileges).toHaveLength(500);
    const { status, text } = await client.call('POST', '/api/v1/api-roles', { json: { displayName: 'X', privileges: ['Read Sites'] } });
    expect([status, text.includes('Read Sites')]).toEqual([400, true]);
  });
});

describe('roles and clients', () => {
  test('a role name can be taken once', async () => {
    const { id, displayName } = await newRole();
    const again = await admin.call('POST', '/api/v1/api-roles', { json: { displayName, privileges: [] } });
    expect(again.status).toBe(400);
    expect(again.body).toEqual({ httpStatus: 400, errors: [{ code: null, field: null, id: '0', description: 'role display name must be unique' }] });
    expect((await admin.call('PUT', `/api/v1/api-roles/${id}`, { json: { displayName, privileges: ['Read Sites'] } })).status).toBe(200);
  });

  test('a role with an unknown privilege is refused by that name', async () => {
    const { status, text } = await admin.call('POST', '/api/v1/api-roles', { json: { displayName: unique('Role'), privileges: ['Read Accounts', 'Read Nothing'] } });
    expect([status, text.includes('Read Nothing'), text.includes('Read Accounts')]).toEqual([400, true, false]);
  });

  test('a role in use stays', async () => {
    const role = await newRole();
    const client = await newClient(role);
    expect((await admin.call('DELETE', `/api/v1/api-roles/${role.id}`)).status).toBe(409);
    expect((await admin.call('DELETE', `/api/v1/api-integrations/${client.id}`)).status).toBe(204);
    expect((await admin.call('DELETE', `/api/v1/api-roles/${role.id}`)).status).toBe(204);
    expect((await admin.call('GET', `/api/v1/api-roles/${role.id}`)).status).toBe(404);
  });

  test('role ids are text, client ids are numbers', async () => {
    const role = await newRole();
    const client = await newClient(role);
    expect(role.id).toEqual(expect.stringMatching(/^\d+$/));
    expect(client).toMatchObject({ id: expect.any(Number) as number, authorizationScopes: [role.displayName], appType: 'NONE' });
    expect(client.clientId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await admin.call('GET', '/api/v1/api-roles/abc')).body).toMatchObject({ httpStatus: 400, errors: [{ code: 'INVALID_ID', field: 'id' }] });
  });

  test('a client needs roles that exist and a name', async () => {
    const { status, text } = await admin.call('POST', '/api/v1/api-integrations', { json: { displayName: 'X', authorizationScopes: ['No such role'] } });
    expect([status, text.includes('No such role')]).toEqual([400, true]);
    expect((await admin.call('POST', '/api/v1/api-integrations', { json: { authorizationScopes: [] } })).body).toEqual({ httpStatus: 500, errors: [] });
  });

  test('two clients may share a name, unless the tenant says otherwise', async () => {
    const role = await newRole();
    const { displayName } = await newClient(role);
    await newClient(role, { displayName });
    acme.switches.uniqueClientNames = true;
    expect((await admin.call('POST', '/api/v1/api-integrations', { json: { displayName, authorizationScopes: [] } })).status).toBe(400);
  });

  test('lists are found by name', async () => {
    const { displayName } = await newRole();
    const find = async (filter: string) => (await admin.call('GET', `/api/v1/api-roles?${new URLSearchParams({ filter }).toString()}`)).body as { totalCount: number };
    expect((await find(`displayName=="${displayName}"`)).totalCount).toBe(1);
    expect((await find(`displayName=='*${displayName.slice(2)}'`)).totalCount).toBeGreaterThanOrEqual(1);
    expect((await find(`displayName=in=("${displayName}",Other) and id!=0`)).totalCount).toBe(1);
    expect((await admin.call('GET', '/api/v1/api-roles?filter=privileges==x')).status).toBe(400);
    expect((await admin.call('GET', '/api/v1/api-roles?filter=displayName')).status).toBe(400);
  });
});

describe('secrets and tokens', () => {
  test('each new secret ends the one before', async () => {
    const { id } = await newClient(await newRole());
    const anyone = new TestClient(sandbox, acme.origin, { cookies: true });
    const first = await mint(id);
    expect(first.clientSecret).toMatch(/^[\w-]{64}$/);
    expect((await requestToken(anyone, first.clientId, first.clientSecret)).status).toBe(200);
    const second = await mint(id);
    expect(second.clientId).toBe(first.clientId);
    const refused = await requestToken(anyone, first.clientId, first.clientSecret);
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ error: 'invalid_client' });
    expect((await requestToken(anyone, second.clientId, second.clientSecret, '/api/oauth/token')).status).toBe(200);
    expect(acme.mintCount(id)).toBe(2);
    expect(acme.mintedSecrets()).toEqual(expect.arrayContaining([first.clientSecret, second.clientSecret]));
  });

  test('a token says what it is and runs out', async () => {
    const role = await newRole(['Read Accounts']);
    const client = await newClient(role);
    const { clientId, clientSecret } = await mint(client.id);
    const caller = new TestClient(sandbox, acme.origin);
    const { body } = await requestToken(caller, clientId, clientSecret);
    expect(body).toMatchObject({ token_type: 'Bearer', scope: `api-role:${role.id}`, expires_in: 599 });
    const token = (body as { access_token: string }).access_token;
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ sub: clientId, aud: clientId, iss: acme.origin, scope: [`api-role:${role.id}`], 'subject-type': 'REGISTERED_CLIENT_ID' });
    caller.headers = { authorization: `Bearer ${token}` };
    expect((await caller.call('GET', '/api/v1/auth')).body).toMatchObject({ authenticationType: 'CLIENT_CREDENTIALS' });
    sandbox.advance(601_000);
    expect((await caller.call('GET', '/api/v1/accounts')).status).toBe(401);
  });

  test('errors at the token endpoint are those of RFC 6749', async () => {
    const anyone = new TestClient(sandbox, acme.origin);
    expect((await anyone.call('POST', '/api/v1/oauth/token', { form: { grant_type: 'client_credentials' } })).body).toMatchObject({ error: 'invalid_request' });
    expect((await anyone.call('POST', '/api/v1/oauth/token', { form: { grant_type: 'password', client_id: 'a', client_secret: 'b' } })).body).toMatchObject({ error: 'unsupported_grant_type' });
    acme.switches.wrongSecretStatus = 400;
    expect(await requestToken(anyone, 'a', 'b')).toMatchObject({ status: 400, body: { error: 'invalid_client' } });
  });

  test('a disabled client gets no token, and keeps those it has', async () => {
    const role = await newRole(['Read Accounts']);
    const client = await newClient(role);
    const { clientId, clientSecret } = await mint(client.id);
    const caller = new TestClient(sandbox, acme.origin);
    const { body } = await requestToken(caller, clientId, clientSecret);
    await admin.call('PUT', `/api/v1/api-integrations/${client.id}`, { json: { displayName: client.displayName, authorizationScopes: [role.displayName], enabled: false } });
    expect((await requestToken(caller, clientId, clientSecret)).status).toBe(401);
    caller.headers = { authorization: `Bearer ${(body as { access_token: string }).access_token}` };
    expect((await caller.call('GET', '/api/v1/accounts')).status).toBe(200);
    await admin.call('DELETE', `/api/v1/api-integrations/${client.id}`);
    expect((await caller.call('GET', '/api/v1/accounts')).status).toBe(200);
  });

  test('a changed role counts at once, another role only with another secret', async () => {
    const role = await newRole(['Read Accounts']);
    const other = await newRole(['Read Sites']);
    const client = await newClient(role);
    const { clientId, clientSecret } = await mint(client.id);
    const caller = new TestClient(sandbox, acme.origin);
    const signIn = async (secret: string): Promise<void> => {
      caller.headers = { authorization: `Bearer ${((await requestToken(caller, clientId, secret)).body as { access_token: string }).access_token}` };
    };
    await signIn(clientSecret);
    expect((await caller.call('GET', '/api/v1/buildings')).status).toBe(403);
    await admin.call('PUT', `/api/v1/api-roles/${role.id}`, { json: { displayName: role.displayName, privileges: ['Read Buildings'] } });
    expect((await caller.call('GET', '/api/v1/buildings')).status).toBe(200);
    expect((await caller.call('GET', '/api/v1/accounts')).status).toBe(403);

    await admin.call('PUT', `/api/v1/api-integrations/${client.id}`, { json: { displayName: client.displayName, authorizationScopes: [other.displayName], enabled: true } });
    await signIn(clientSecret);
    expect((await caller.call('GET', '/api/v1/sites')).status).toBe(403);
    await signIn((await mint(client.id)).clientSecret);
    expect((await caller.call('GET', '/api/v1/sites')).status).toBe(200);
  });

  test('an account gets a token by name and password for half an hour', async () => {
    const client = new TestClient(sandbox, acme.origin);
    expect((await client.call('POST', '/api/v1/auth/token', { headers: { authorization: basic({ ...LOCAL_LOGINS.admin, password: 'wrong' }) } })).status).toBe(401);
    expect((await admin.call('GET', '/api/v1/auth')).body).toMatchObject({
      account: { id: '1', username: 'admin', accessLevel: 'FullAccess', privilegeSet: 'ADMINISTRATOR', privilegesBySite: { '-1': expect.arrayContaining(['Create API Roles']) as string[] } },
      sites: [{ id: '1' }, { id: '2' }, { id: '3' }],
      authenticationType: 'JSS',
    });
    const old = admin.headers;
    const { body } = await admin.call('POST', '/api/v1/auth/keep-alive');
    expect((await admin.call('GET', '/api/v1/auth')).status).toBe(401);
    admin.headers = { authorization: `Bearer ${(body as { token: string }).token}` };
    expect(admin.headers).not.toEqual(old);
    expect((await admin.call('GET', '/api/v1/auth')).status).toBe(200);
    expect((await admin.call('POST', '/api/v1/auth/invalidate-token')).status).toBe(204);
    expect((await admin.call('GET', '/api/v1/auth')).status).toBe(401);
    const late = await signedInByToken(sandbox, acme);
    sandbox.advance(31 * 60_000);
    expect((await late.call('GET', '/api/v1/auth')).status).toBe(401);
  });

  test('name and password count at the token endpoint only, and not for single sign-on accounts', async () => {
    const client = new TestClient(sandbox, acme.origin);
    expect((await client.call('GET', '/api/v1/auth', { headers: { authorization: basic(LOCAL_LOGINS.admin) } })).status).toBe(401);
    const initech = new TestClient(sandbox, sandbox.tenant('initech').origin);
    expect((await initech.call('POST', '/api/v1/auth/token', { headers: { authorization: basic(SSO_LOGINS.admin) } })).status).toBe(401);
  });
});

describe('web session at the API', () => {
  test('cookie: taken from the console itself only', async () => {
    const browser = await signedInByForm(sandbox, acme);
    const status = async (headers: Record<string, string>): Promise<number> => {
      browser.headers = headers;
      return (await browser.call('GET', '/api/v1/auth')).status;
    };
    expect(await status(asPage(acme.origin))).toBe(200);
    expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(401);
    expect(await status({ origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' })).toBe(401);
    expect(await status({ 'sec-fetch-site': 'same-site' })).toBe(401);
    expect(await status({ 'sec-fetch-site': 'none' })).toBe(401);
    expect(await status({})).toBe(401);
    acme.endSessions();
    expect(await status(asPage(acme.origin))).toBe(401);
  });

  test('cookie: ends when nobody uses it', async () => {
    const browser = await signedInByForm(sandbox, acme);
    sandbox.advance(29 * 60_000);
    expect((await browser.call('GET', '/api/v1/auth')).status).toBe(200);
    sandbox.advance(31 * 60_000);
    expect((await browser.call('GET', '/api/v1/auth')).status).toBe(401);
  });

  test('page-bearer: the cookie alone opens nothing, the token of the page does', async () => {
    acme.switches.sessionMode = 'page-bearer';
    const browser = await signedInByForm(sandbox, acme);
    expect((await browser.call('GET', '/api/v1/auth')).status).toBe(401);
    expect((await browser.call('POST', '/view/session/token', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    const { body } = await browser.call('POST', '/view/session/token');
    const bearer = { authorization: `Bearer ${(body as { token: string }).token}` };
    expect((await browser.call('GET', '/api/v1/auth', { headers: bearer })).status).toBe(200);
    sandbox.advance(11 * 60_000);
    expect((await browser.call('GET', '/api/v1/auth', { headers: bearer })).status).toBe(401);
  });

  test('none: nothing but tokens', async () => {
    acme.switches.sessionMode = 'none';
    const browser = await signedInByForm(sandbox, acme);
    expect((await browser.call('GET', '/api/v1/auth')).status).toBe(401);
    expect((await browser.call('POST', '/view/session/token')).status).toBe(404);
  });
});

describe('a cluster that lags', () => {
  test('a write shows at once where it was made, and later elsewhere', async () => {
    acme.switches.lagMs = 60_000;
    const here = await signedInByToken(sandbox, acme);
    const there = await signedInByToken(sandbox, acme);
    here.cookies?.set('APBALANCEID', 'node.1');
    there.cookies?.set('APBALANCEID', 'node.2');
    const displayName = unique('Lagging');
    const { body } = await here.call('POST', '/api/v1/api-roles', { json: { displayName, privileges: ['Read Accounts'] } });
    const { id } = body as { id: string };
    expect((await here.call('GET', `/api/v1/api-roles/${id}`)).status).toBe(200);
    expect((await there.call('GET', `/api/v1/api-roles/${id}`)).status).toBe(404);
    // The name is taken everywhere nevertheless.
    expect((await there.call('POST', '/api/v1/api-roles', { json: { displayName, privileges: [] } })).status).toBe(400);
    sandbox.advance(60_000);
    expect((await there.call('GET', `/api/v1/api-roles/${id}`)).status).toBe(200);
  });

  test('so does a secret', async () => {
    const { id } = await newClient(await newRole());
    acme.switches.lagMs = 60_000;
    admin.cookies?.set('APBALANCEID', 'node.1');
    const { clientId, clientSecret } = await mint(id);
    const [here, there] = ['node.1', 'node.2'].map((node) => {
      const client = new TestClient(sandbox, acme.origin, { cookies: true });
      client.cookies?.set('APBALANCEID', node);
      return client;
    });
    if (here === undefined || there === undefined) throw new Error('unreachable');
    expect((await requestToken(here, clientId, clientSecret)).status).toBe(200);
    expect(await requestToken(there, clientId, clientSecret)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    sandbox.advance(60_000);
    expect((await requestToken(there, clientId, clientSecret)).status).toBe(200);
  });

  test('without the cookie requests go round, with it they stay', async () => {
    sandbox.clearRequests();
    const stray = new TestClient(sandbox, acme.origin);
    const sticky = new TestClient(sandbox, acme.origin, { cookies: true });
    for (const client of [stray, stray, sticky, sticky, sticky]) await client.call('GET', '/api/v1/health-check');
    const nodes = sandbox.requests().map(({ node }) => node);
    expect(new Set(nodes.slice(0, 2)).size).toBe(2);
    expect(new Set(nodes.slice(2)).size).toBe(1);
  });
});

describe('lists of devices', () => {
  let reader: TestClient;
  const list = async (path: string) => (await reader.call('GET', `/api${path}`)).body as { totalCount: number; results: { id: string; general: { name: string; site: { name: string } } }[] };
  beforeEach(async () => {
    reader = await signedInByToken(sandbox, sandbox.tenant('globex'));
  });

  test('pages hold what was asked for, 2000 at most, and together everything once', async () => {
    expect((await list('/v4/computers-inventory')).results).toHaveLength(100);
    expect((await list('/v4/computers-inventory?page-size=5000')).results).toHaveLength(2000);
    const seen = new Set<string>();
    for (let page = 0; page < 10; page += 1) for (const { id } of (await list(`/v4/computers-inventory?page=${page}&page-size=2000`)).results) seen.add(id);
    expect(seen.size).toBe(20_000);
    expect(await list('/v4/computers-inventory?page=10&page-size=2000')).toEqual({ totalCount: 20_000, results: [] });
    expect((await reader.call('GET', '/api/v4/computers-inventory?page=-1')).status).toBe(400);
  });

  test('filter, sort and sections', async () => {
    const query = new URLSearchParams({ filter: 'general.site.name=="North Campus"', sort: 'id:desc', 'page-size': '10' }).toString();
    const { totalCount, results } = await list(`/v4/computers-inventory?${query}`);
    expect(totalCount).toBeGreaterThan(2000);
    expect(results.every(({ general }) => general.site.name === 'North Campus')).toBe(true);
    expect(results.map(({ id }) => Number(id))).toEqual(results.map(({ id }) => Number(id)).toSorted((a, b) => b - a));
    const [first] = (await list('/v4/computers-inventory?section=GENERAL&section=HARDWARE')).results;
    expect(Object.keys(first ?? {})).toEqual(['id', 'udid', 'general', 'hardware']);
    expect((await reader.call('GET', '/api/v4/computers-inventory?section=FONTS')).status).toBe(400);
    expect((await reader.call('GET', '/api/v3/computers-inventory?section=FONTS')).status).toBe(200);
  });

  test('v4 renamed the last contact', async () => {
    expect((await list('/v3/computers-inventory?page-size=1')).results[0]?.general).toHaveProperty('lastContactTime');
    expect((await list('/v4/computers-inventory?page-size=1')).results[0]?.general).toHaveProperty('lastContact');
  });

  test('mobile devices have a site in the detail only', async () => {
    const { results } = (await reader.call('GET', '/api/v2/mobile-devices/detail?page-size=3&section=GENERAL&section=HARDWARE')).body as { results: { general: { siteId: string } }[] };
    expect(results.map(({ general }) => general.siteId)).toEqual([1, 2, 3].map(() => expect.stringMatching(/^(-1|[1-5])$/) as string));
    expect((await reader.call('GET', '/api/v2/mobile-devices?page-size=1')).body).toMatchObject({ totalCount: 4000, results: [{ type: 'ios' }] });
  });
});

test('accounts can be made, changed and deleted, and never show a password', async () => {
  const made = await admin.call('POST', '/api/v1/accounts', { json: { username: 'made', realname: 'Made Here', plainPassword: 'sandbox-made-not-a-secret', privilegeLevel: 'AUDITOR' } });
  expect(made.status).toBe(201);
  const { id } = made.body as { id: string };
  expect(made.text).not.toContain('sandbox-made');
  expect((await admin.call('POST', '/api/v1/accounts', { json: { username: 'made' } })).body).toMatchObject({ errors: [{ code: 'DUPLICATE_FIELD', field: 'username' }] });
  await signedInByToken(sandbox, acme, { username: 'made', password: 'sandbox-made-not-a-secret' });
  expect((await admin.call('PUT', `/api/v1/accounts/${id}`, { json: { email: 'made@acme.example' } })).body).toMatchObject({ username: 'made', email: 'made@acme.example' });
  expect((await admin.call('DELETE', `/api/v1/accounts/${id}`)).status).toBe(204);
});
