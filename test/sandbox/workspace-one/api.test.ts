import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { basic, TestClient } from '../jamf-pro/test-support.ts';
import type { Answer } from '../jamf-pro/test-support.ts';
import { startSandbox } from '../sandbox.ts';
import type { NodeSandbox } from '../sandbox.ts';
import type { Ws1Access, Ws1Environment } from '../types.ts';
import { WS1_LOGINS } from './environments.ts';
import { CATEGORIES } from './permissions.ts';
import { adminWith, single, version, withKey } from './test-support.ts';

const TOP = 1112;

let sandbox: NodeSandbox;
let saas: Ws1Environment;
let own: Ws1Environment;
let admin: TestClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  saas = sandbox.ws1('cn1234');
  own = sandbox.ws1('uem-umbra');
});
afterAll(() => sandbox.close());
beforeEach(() => {
  Object.assign(saas.switches, { dailyQuota: 250_000, keyCacheDown: false, roleByName: true, lagMs: 0 });
  saas.setApiEnabled(true);
  saas.setBasicEnabled(true);
  admin = withKey(sandbox, saas);
});

let count = 0;
const unique = (what: string): string => `${what} ${(count += 1)}`;
const groupUuid = (id: number): string => saas.organizationGroups().find((group) => group.id === id)?.uuid ?? '';
const roleNamed = (name: string) => {
  const found = saas.roles().find((role) => role.name === name);
  if (found === undefined) throw new Error(`No role ${name}`);
  return found;
};
const adminNamed = (username: string) => saas.admins().find((one) => one.username === username);
/** A field of an answer by its path. */
const at = (answer: Answer, ...path: (string | number)[]): unknown => path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], answer.body);
const namesIn = (answer: Answer, list: string, name: string): unknown[] => ((at(answer, list) ?? []) as Record<string, unknown>[]).map((row) => row[name]);

const ACTIVITY_ID: unknown = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const FORBIDDEN = "User doesn't have sufficient permissions to perform this operation.";

const everything: Record<string, Ws1Access> = Object.fromEntries(CATEGORIES.map(({ path }) => [path, 'edit']));
/** A role of everything, in single permissions, but the given ones. */
const without = (...names: string[]): Record<string, Ws1Access> =>
  Object.fromEntries(CATEGORIES.flatMap(({ permissions }) => permissions).filter(({ name }) => !names.includes(name)).map(({ name, access }) => [name, access]));

/** [method, path, version, permissions that it needs, code without them, status with them] */
const CALLS: [string, string, number, string[], number, number][] = [
  ['GET', '/system/groups/search', 1, ['REST API Groups Read'], 1011, 200],
  ['GET', '/system/groups/search', 2, ['REST API Groups Read'], 1011, 200],
  ['GET', '/system/groups/1201/children', 1, ['REST API Groups Read'], 1011, 200],
  ['GET', '/system/groups/1201', 1, ['REST API Groups Read'], 1011, 200],
  ['GET', '/system/groups/<1201>', 2, ['REST API Groups Read'], 1011, 200],
  ['GET', '/system/v2/groups/<1112>/api-keys', 1, ['View REST API Settings'], 6044, 200],
  ['GET', '/system/admins/search', 1, ['REST API Admins Read'], 1011, 200],
  ['GET', '/system/admins/search', 2, ['REST API Admins Read'], 1011, 200],
  ['GET', '/system/admins/9', 1, ['REST API Admins Read'], 1011, 400],
  ['GET', '/system/admins/9', 2, ['REST API Admins Read'], 1011, 400],
  ['POST', '/system/admins/addadminuser', 1, ['REST API Admins Write'], 1011, 400],
  ['POST', '/system/admins', 2, ['REST API Admins Write'], 1011, 400],
  ['POST', '/system/admins/9/addrole', 1, ['REST API Admins Write'], 1011, 400],
  ['POST', '/system/admins/9/removerole', 1, ['REST API Admins Write'], 1011, 400],
  ['PUT', '/system/groups/<1112>/admins/9/roles/9', 2, ['REST API Admins Write'], 1011, 400],
  ['DELETE', '/system/groups/<1112>/admins/9/roles/9', 2, ['REST API Admins Write'], 1011, 400],
  ['POST', '/system/admins/9/changepassword', 1, ['REST API Admins Write'], 1011, 400],
  ['PUT', '/system/admins/9/password', 2, ['REST API Admins Write'], 1011, 400],
  ['DELETE', '/system/admins/9/delete', 1, ['REST API Admins Delete'], 1011, 400],
  ['DELETE', '/system/admins/9', 2, ['REST API Admins Delete'], 1011, 400],
  ['GET', '/mdm/tags/search', 1, ['View Tag'], 11, 200],
  ['GET', '/mdm/tags/search?organization-group-uuid=<1112>', 2, ['View Tag'], 11, 200],
  ['GET', '/system/groups/1112/tags', 1, ['View Tag'], 11, 200],
  ['GET', '/system/groups/1112/tags/9', 1, ['View Tag'], 11, 404],
  ['DELETE', '/system/groups/1112/tags/9', 1, ['Delete Tag'], 11, 404],
  ['POST', '/system/groups/1112/addTag', 1, ['Add Tag'], 11, 422],
  ['POST', '/mdm/tags/addtag', 1, ['Add Tag'], 11, 400],
  ['POST', '/mdm/tags', 3, ['Add Tag'], 11, 422],
  ['GET', '/mdm/tags/9/devices', 1, ['View Tag'], 11, 400],
  ['GET', '/mdm/tags/9/devices', 2, ['View Tag'], 11, 404],
  ['POST', '/mdm/tags/9/adddevices', 1, ['REST API Devices Write', 'Device Bulk Management assign Tags'], 11, 400],
  ['POST', '/mdm/tags/9/removedevices', 1, ['REST API Devices Write', 'Device Bulk Management assign Tags'], 11, 400],
  ['POST', '/mdm/tags/9/devices', 2, ['REST API Devices Write', 'Device Bulk Management assign Tags'], 11, 400],
  ['DELETE', '/mdm/tags/9/devices', 2, ['REST API Devices Write', 'Device Bulk Management assign Tags'], 11, 400],
  ['GET', '/mdm/devices/9/tags', 1, ['REST API Devices Read'], 11, 404],
  ['POST', '/mdm/devices/9/tags/9', 1, ['REST API Devices Write', 'Device Bulk Management assign Tags'], 11, 404],
  ['DELETE', '/mdm/devices/9/tags/9', 1, ['REST API Devices Write', 'Device Bulk Management assign Tags'], 11, 404],
  ['GET', '/mdm/devices/search?pagesize=1', 1, ['REST API Devices Read'], 11, 200],
  ['GET', '/mdm/devices/search?pagesize=1', 2, ['REST API Devices Read'], 11, 200],
  ['GET', '/mdm/devices/search?page_size=1', 3, ['REST API Devices Read'], 11, 200],
  ['GET', '/mdm/devices/1/compliance', 1, ['REST API Devices Read'], 11, 200],
  ['GET', '/mdm/compliancepolicy/search', 1, ['View Compliance Policy'], 11, 200],
  ['GET', '/mdm/compliancepolicies', 1, ['View Compliance Policy'], 11, 200],
  ['GET', '/mdm/smartgroups/search', 1, ['REST API Smart Groups Read'], 11, 200],
  ['GET', '/mdm/smartgroups/9', 1, ['REST API Smart Groups Read'], 11, 404],
  ['GET', '/mdm/smartgroups/9/devices', 1, ['REST API Smart Groups Read'], 11, 404],
  ['POST', '/mdm/smartgroups', 1, ['REST API Smart Groups Write'], 11, 400],
];
const pathOf = (path: string): string => `/api${path.replace(/<(\d+)>/, (_, id: string) => groupUuid(Number(id)))}`;

describe('rights', () => {
  test.each(CALLS)('%s %s, version %i, takes %j and nothing else', async (method, path, asked, permissions, code, status) => {
    const headers = version(asked);
    const allowed = withKey(sandbox, saas, { login: adminWith(saas, { permissions: single(...permissions) }) });
    expect((await allowed.call(method, pathOf(path), { headers })).status).toBe(status);
    for (const missing of permissions) {
      const client = withKey(sandbox, saas, { login: adminWith(saas, { permissions: without(missing) }) });
      const answer = await client.call(method, pathOf(path), { headers });
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual({ errorCode: code, message: FORBIDDEN, activityId: ACTIVITY_ID });
    }
  });

  test('system info takes a sign-in and no right', async () => {
    const client = withKey(sandbox, saas, { login: adminWith(saas, {}) });
    expect((await client.call('GET', '/api/system/info')).body).toMatchObject({ ProductName: 'Workspace ONE UEM', Version: 1 });
    expect((await new TestClient(sandbox, saas.apiOrigin).call('GET', '/api/system/info')).status).toBe(403);
  });

  test('the categories that Check Point names are enough for what it does', async () => {
    const { categories } = roleNamed('Read Only');
    const six = ['API > REST > Devices', 'API > REST > Groups', 'Device Management > Bulk Management', 'Device Management > Compliance', 'Monitor > Reports > General', 'Settings > Tags > Tags'];
    const login = adminWith(saas, { categories: { ...categories, ...Object.fromEntries(six.map((path) => [path, 'edit' as const])) } });
    const client = withKey(sandbox, saas, { login });
    const tag = at(await client.call('POST', '/api/mdm/tags/addtag', { json: { TagName: unique('CHKP'), TagType: 'Device', LocationGroupId: TOP } }), 'Value');
    const statuses = [
      await client.call('GET', '/api/system/groups/search'),
      await client.call('GET', '/api/mdm/smartgroups/search'),
      await client.call('GET', '/api/mdm/tags/search'),
      await client.call('GET', '/api/mdm/devices/search?pagesize=1'),
      await client.call('POST', `/api/mdm/tags/${String(tag)}/adddevices`, { json: { BulkValues: { Value: ['1'] } } }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect((await client.call('POST', '/api/system/admins/addadminuser', { json: {} })).status).toBe(403);
  });

  test('reach the group of the role and below: groups, admins, devices', async () => {
    const client = withKey(sandbox, saas, { login: adminWith(saas, { categories: everything, organizationGroupId: 1301 }) });
    expect(namesIn(await client.call('GET', '/api/system/groups/search'), 'LocationGroups', 'GroupId')).toEqual(['MER-DE', 'MER-HAM', 'MER-DE-DRV']);
    expect(at(await client.call('GET', '/api/system/admins/search'), 'Total')).toBe(1);
    const devices = await client.call('GET', '/api/mdm/devices/search?pagesize=500');
    expect(new Set(namesIn(devices, 'Devices', 'LocationGroupName'))).toEqual(new Set(['Hamburg Warehouse', 'Drivers']));
    const total = Number(at(devices, 'Total'));
    expect(total).toBe(Number(at(await admin.call('GET', '/api/mdm/devices/search?lgid=1301&pagesize=1'), 'Total')));
    expect(total).toBeLessThan(20_000);
    for (const [path, status, errorCode] of [
      ['/api/mdm/devices/search?lgid=1112', 400, 6],
      ['/api/system/groups/1112', 404, 6008],
      ['/api/system/groups/1201/children', 404, 6008],
      ['/api/system/admins/search?organizationgroupid=1112', 400, 400],
      [`/api/system/v2/groups/${groupUuid(TOP)}/api-keys`, 404, 6008],
    ] as const) {
      const answer = await client.call('GET', path);
      expect([path, answer.status, at(answer, 'errorCode')]).toEqual([path, status, errorCode]);
    }
    const tag = await client.call('POST', '/api/mdm/tags/addtag', { json: { TagName: unique('Tag'), TagType: 'Device', LocationGroupId: TOP } });
    expect([tag.status, at(tag, 'errorCode')]).toEqual([400, 400]);
  });

  test('nobody gives away a role on a group out of their reach', async () => {
    const client = withKey(sandbox, saas, { login: adminWith(saas, { categories: everything, organizationGroupId: 1201 }) });
    const json = { ...newAdmin(), LocationGroupId: '1201', Roles: [{ Id: roleNamed('Read Only').id, LocationGroupId: '1112' }] };
    expect((await client.call('POST', '/api/system/admins/addadminuser', { json })).body).toMatchObject({
      errorCode: 400,
      message: 'Location Group 1112 not found or user does not have access to it',
    });
  });
});

function newAdmin(changes: object = {}) {
  return {
    UserName: unique('api.admin').replace(' ', ''),
    Password: 'Sandbox-test-1',
    FirstName: 'API',
    LastName: 'Admin',
    Email: 'api@meridian.example',
    LocationGroupId: String(TOP),
    Roles: [{ Id: roleNamed('Read Only').id, LocationGroupId: String(TOP) }],
    IsActiveDirectoryUser: false,
    MessageType: 'None',
    ...changes,
  };
}

describe('sign-in', () => {
  const headersOf = (login: { username: string; password: string } | undefined, key: string | undefined): Record<string, string> => ({
    ...(login !== undefined && { authorization: basic(login) }),
    ...(key !== undefined && { 'aw-tenant-code': key }),
  });
  const userNotFound = (name: string): string => `An error occurred while validating remote service client credentials or user not found : ${name}`;
  const noTenant = (key: string): string => `Tenant code ${key} does not identify an Organization Group.`;

  test.each<[string, () => Record<string, string>, number, number, () => string]>([
    ['no key', () => headersOf(WS1_LOGINS.admin, undefined), 403, 1013, () => noTenant('')],
    ['a wrong key', () => headersOf(WS1_LOGINS.admin, 'XYZ'), 403, 1013, () => noTenant('XYZ')],
    ['a masked key', () => headersOf(WS1_LOGINS.admin, 'nUPJd****VIeQ='), 403, 1013, () => noTenant('nUPJd****VIeQ=')],
    ['a key of another environment', () => headersOf(WS1_LOGINS.admin, otherKey), 403, 1013, () => noTenant(otherKey)],
    ['a key for enrollment users', () => headersOf(WS1_LOGINS.admin, enrollmentKey), 401, 1005, () => userNotFound('console.admin')],
    ['a wrong password', () => headersOf({ ...WS1_LOGINS.admin, password: 'x' }, key), 401, 1005, () => userNotFound('console.admin')],
    ['an unknown user', () => headersOf({ username: 'user.123', password: 'x' }, key), 401, 1005, () => userNotFound('user.123')],
    ['a deactivated admin', () => headersOf(WS1_LOGINS.former, key), 401, 1005, () => userNotFound('former.admin')],
    ['a directory admin', () => headersOf(WS1_LOGINS.directory, key), 401, 1005, () => userNotFound('directory.admin')],
    ['no credentials', () => headersOf(undefined, key), 401, 1005, () => userNotFound('')],
    ['a made-up token', () => ({ authorization: 'Bearer x' }), 401, 1005, () => 'The access token is invalid or expired.'],
  ])('%s', async (_, headers, status, errorCode, message) => {
    const answer = await new TestClient(sandbox, saas.apiOrigin).call('GET', '/api/system/info', { headers: headers() });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ errorCode, message: message(), activityId: ACTIVITY_ID });
  });
  let key = '';
  let otherKey = '';
  let enrollmentKey = '';
  beforeAll(() => {
    key = saas.addApiKey({ service: 'Sign-in' }).value;
    otherKey = own.addApiKey({ service: 'Sign-in' }).value;
    enrollmentKey = saas.addApiKey({ service: 'Enrollment', accountType: 'Enrollment User' }).value;
  });

  test('letter case of the user name and of the path does not count', async () => {
    const client = withKey(sandbox, saas, { login: { ...WS1_LOGINS.admin, username: 'Console.Admin' } });
    for (const path of ['/api/system/info', '/API/system/info', '/Api/System/Info']) expect((await client.call('GET', path)).status).toBe(200);
  });

  test('the console\'s host answers the API too, and an own host has it on the same one', async () => {
    expect((await withKey(sandbox, saas, { origin: saas.origin }).call('GET', '/api/system/info')).status).toBe(200);
    expect((await withKey(sandbox, own).call('GET', '/API/system/info')).status).toBe(200);
    expect([saas.origin, saas.apiOrigin, own.origin, own.apiOrigin]).toEqual([
      'https://cn1234.awmdm.com',
      'https://as1234.awmdm.com',
      'https://uem.umbra.example',
      'https://uem.umbra.example',
    ]);
  });

  test('API off, Basic off', async () => {
    const { row, secret } = saas.addOAuthClient({ name: unique('Client'), role: 'Read Only' });
    const byToken = await withToken(row.clientId, secret);
    saas.setBasicEnabled(false);
    expect((await admin.call('GET', '/api/system/info')).body).toMatchObject({ errorCode: 1005, message: 'Basic authentication is not enabled for the organization group.' });
    expect((await byToken.call('GET', '/api/system/info')).status).toBe(200);
    saas.setBasicEnabled(true);
    saas.setApiEnabled(false);
    for (const client of [admin, byToken]) {
      const answer = await client.call('GET', '/api/system/info');
      expect([answer.status, at(answer, 'message')]).toEqual([403, 'API access is not enabled for the organization group.']);
    }
  });
});

async function requestToken(form: Record<string, string>, { region = 'na', headers = {} }: { region?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return await new TestClient(sandbox, `https://${region}.uemauth.workspaceone.com`).call('POST', '/connect/token', { form, headers });
}
async function withToken(clientId: string, secret: string): Promise<TestClient> {
  const client = new TestClient(sandbox, saas.apiOrigin);
  const { body } = await requestToken({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  client.headers = { authorization: `Bearer ${(body as { access_token: string }).access_token}` };
  return client;
}

describe('OAuth', () => {
  const grant_type = 'client_credentials';
  let row: { id: string; clientId: string };
  let secret: string;
  beforeEach(() => {
    ({ row, secret } = saas.addOAuthClient({ name: unique('Client'), role: 'API Only', organizationGroupId: 1202 }));
  });

  test('credentials in the body or as Basic header give a Bearer token for an hour, with the rights of role and group', async () => {
    const answers = [
      await requestToken({ grant_type, client_id: row.clientId, client_secret: secret }),
      await requestToken({ grant_type }, { headers: { authorization: basic({ username: row.clientId, password: secret }) } }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual({ access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string, expires_in: 3600, token_type: 'Bearer' });
    }
    const client = await withToken(row.clientId, secret);
    expect(namesIn(await client.call('GET', '/api/system/groups/search?name=a'), 'LocationGroups', 'GroupId')).toEqual(['MER-AM', 'MER-US', 'MER-BR']);
    expect((await client.call('GET', '/api/mdm/tags/search')).status).toBe(403);
    sandbox.advance(3_601_000);
    expect((await client.call('GET', '/api/system/info')).status).toBe(401);
  });

  test.each<[string, () => Promise<Answer>, number, string]>([
    ['a wrong secret', () => requestToken({ grant_type, client_id: row.clientId, client_secret: 'x' }), 400, 'invalid_client'],
    ['another region', () => requestToken({ grant_type, client_id: row.clientId, client_secret: secret }, { region: 'emea' }), 400, 'invalid_client'],
    ['another grant', () => requestToken({ grant_type: 'password', client_id: row.clientId, client_secret: secret }), 400, 'unsupported_grant_type'],
    ['no grant', () => requestToken({ client_id: row.clientId, client_secret: secret }), 400, 'invalid_request'],
  ])('refuses %s', async (_, ask, status, error) => expect(await ask()).toMatchObject({ status, body: { error } }));

  test('a slash too many is another page', async () => {
    const client = new TestClient(sandbox, 'https://na.uemauth.workspaceone.com');
    const form = { grant_type, client_id: row.clientId, client_secret: secret };
    expect((await client.call('POST', '/connect/token/', { form })).status).toBe(404);
  });
});

describe('versions', () => {
  test.each([
    ['/api/system/groups/search', '', 'v1', '1, 2', 'LocationGroups'],
    ['/api/system/groups/search', 'application/json', 'v1', '1, 2', 'LocationGroups'],
    ['/api/system/groups/search', 'application/json;version=1', 'v1', '1, 2', 'LocationGroups'],
    ['/api/system/groups/search', 'application/json; version=2', 'v2', '1, 2', 'OrganizationGroups'],
    ['/api/system/groups/search', 'application/json;version=9', 'v2', '1, 2', 'OrganizationGroups'],
    ['/api/system/admins/search', 'application/json;version=1', 'v1', '1, 2', 'Admins'],
    ['/api/system/admins/search', 'application/json;version=2', 'v2', '1, 2', 'admins'],
    ['/api/mdm/devices/search?pagesize=1', 'application/json;version=2', 'v2', '1, 2, 3', 'Devices'],
    ['/api/mdm/devices/search?page_size=1', 'application/json;version=3', 'v3', '1, 2, 3', 'devices'],
    ['/api/mdm/smartgroups/search', 'application/json;version=2', 'v1', '1', 'SmartGroups'],
  ])('%s with Accept "%s" answers %s', async (path, accept, answered, supported, list) => {
    const answer = await admin.call('GET', path, { headers: { accept } });
    expect([answer.headers.get('x-api-version'), answer.headers.get('api-supported-versions')]).toEqual([answered, supported]);
    expect(answer.body).toHaveProperty(list);
  });
});

describe('headers, unknown paths, quota', () => {
  test('headers as recorded, and none that lets a page of another site read', async () => {
    const { headers } = await admin.call('GET', '/API/system/info', { headers: { origin: 'https://cn1234.awmdm.com' } });
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-limit': '250000',
      'x-ratelimit-remaining': expect.stringMatching(/^\d+$/) as string,
      'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/) as string,
      'x-correlation-id': ACTIVITY_ID,
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
    const preflight = await admin.call('OPTIONS', '/API/system/info', { headers: { origin: 'https://cn1234.awmdm.com', 'access-control-request-method': 'GET' } });
    expect(preflight.status).toBe(405);
    for (const answer of [headers, preflight.headers]) expect([...answer.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test.each([
    ['GET', '/api/nothing', 404, /^<!DOCTYPE html>/],
    ['GET', '/api/mdm/devices', 404, /^<!DOCTYPE html>/],
    ['GET', '/api/help', 200, /^<!DOCTYPE html>/],
    ['DELETE', '/api/system/info', 405, /does not support http method 'DELETE'/],
    ['POST', '/api/mdm/tags/addtag', 400, /not valid JSON/],
  ])('%s %s answers %i', async (method, path, status, text) => {
    const answer = await admin.call(method, path, method === 'POST' ? { form: { a: 'b' } } : {});
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
  });

  test('the API\'s own host has no pages', async () => expect((await admin.call('GET', '/AirWatch/Login')).status).toBe(404));

  test('every call counts, of whatever client, until the quota is used up; the next day begins anew', async () => {
    sandbox.advance(86_400_000);
    saas.switches.dailyQuota = 3;
    const remaining = async (client: TestClient) => {
      const { status, headers } = await client.call('GET', '/api/system/info');
      return [status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')];
    };
    const other = withKey(sandbox, saas, { login: WS1_LOGINS.auditor });
    expect([await remaining(admin), await remaining(other), await remaining(admin)]).toEqual([[200, '3', '2'], [200, '3', '1'], [200, '3', '0']]);
    expect(await remaining(other)).toEqual([429, '3', '0']);
    expect((await admin.call('GET', '/api/system/info')).body).toMatchObject({ errorCode: 429, activityId: ACTIVITY_ID });
    sandbox.advance(86_400_000);
    expect(await remaining(admin)).toEqual([200, '3', '2']);
  });
});

describe('organization groups', () => {
  test.each([
    ['name=drivers', ['MER-DE-DRV', 'MER-US-DRV']],
    ['groupid=MER-E', ['MER-EU', 'MER-ES']],
    ['type=Customer', ['MERIDIAN']],
    ['NAME=japan', []],
    ['type=Region&orderby=name', ['MER-AM', 'MER-AP', 'MER-EU']],
    ['type=Region&orderby=name&sortorder=DESC', ['MER-EU', 'MER-AP', 'MER-AM']],
    ['pagesize=2&page=1', ['MER-AM', 'MER-AP']],
    ['pagesize=2&page=99', []],
  ])('search %s', async (query, codes) => {
    for (const [number, list] of [[1, 'LocationGroups'], [2, 'OrganizationGroups']] as const) {
      const answer = await admin.call('GET', `/api/system/groups/search?${query}`, { headers: version(number) });
      expect(answer.status).toBe(codes.length === 0 ? 204 : 200);
      expect(namesIn(answer, list, 'GroupId')).toEqual(codes);
    }
  });

  test('children are the group itself and all below', async () => {
    const { body } = await admin.call('GET', '/api/system/groups/1201/children');
    const rows = (body as { GroupId: string; LgLevel: number; ParentLocationGroup: { Id: { Value: number } } }[]).map((row) => [row.GroupId, row.LgLevel, row.ParentLocationGroup.Id.Value]);
    expect(rows).toEqual([
      ['MER-EU', 0, 1112],
      ['MER-DE', 1, 1201],
      ['MER-HAM', 2, 1301],
      ['MER-DE-DRV', 2, 1301],
      ['MER-FR', 1, 1201],
      ['MER-LYS', 2, 1302],
      ['MER-ES', 1, 1201],
    ]);
  });

  test('keys and OAuth clients of a group, with what they used today', async () => {
    const { row, value } = saas.addApiKey({ service: unique('Service') });
    const client = withKey(sandbox, saas, { key: value });
    await client.call('GET', '/api/system/info');
    const answer = await client.call('GET', `/api/system/v2/groups/${groupUuid(TOP)}/api-keys`);
    expect(at(answer, 'api_keys')).toContainEqual({ service_name: row.service, api_key: value, daily_quota_usage: 2, id: row.id, uuid: row.uuid });
    expect(at(await client.call('GET', `/api/system/v2/groups/${groupUuid(1201)}/api-keys`), 'api_keys')).toEqual([]);
    expect((await client.call('GET', `/api/system/v2/groups/${crypto.randomUUID()}/api-keys`)).body).toMatchObject({ errorCode: 6008 });
    saas.switches.keyCacheDown = true;
    expect(await client.call('GET', `/api/system/v2/groups/${groupUuid(TOP)}/api-keys`)).toMatchObject({ status: 412, body: { errorCode: 6339 } });
  });
});

describe('administrators', () => {
  test('version 1 creates one that can sign in', async () => {
    const json = newAdmin();
    const made = await admin.call('POST', '/api/system/admins/addadminuser', { json });
    expect(made.status).toBe(200);
    expect(adminNamed(json.UserName)).toMatchObject({ id: at(made, 'Value'), organizationGroupId: TOP, roles: [{ roleId: roleNamed('Read Only').id, organizationGroupId: TOP }], active: true });
    const client = withKey(sandbox, saas, { login: { username: json.UserName, password: json.Password } });
    expect(at(await client.call('GET', `/api/system/admins/search?username=${json.UserName}`, { headers: version(2) }), 'admins', 0, 'roles', 0)).toEqual({
      uuid: roleNamed('Read Only').uuid,
      organizationGroupUuid: groupUuid(TOP),
      Name: 'Read Only',
      LocationGroup: 'Meridian Logistics',
      LocationGroupId: '1112',
      IsActive: true,
      UserLinkId: 0,
    });
  });

  test.each<[string, () => object]>([
    ['role by uuid', () => ({ Roles: [{ Uuid: roleNamed('Read Only').uuid, LocationGroupId: '1112' }] })],
    ['role by name', () => ({ Roles: [{ Name: 'Read Only', LocationGroupId: '1112' }] })],
    ['a number for the group', () => ({ LocationGroupId: TOP })],
    ['a group further down', () => ({ LocationGroupId: '1402', Roles: [{ Name: 'Help Desk', LocationGroupId: '1402' }] })],
  ])('version 1 takes %s', async (_, changes) => {
    expect((await admin.call('POST', '/api/system/admins/addadminuser', { json: newAdmin(changes()) })).status).toBe(200);
  });

  test.each<[string, () => object, string]>([
    ['a name that is there', () => ({ UserName: 'AUDITOR' }), 'User already exists.'],
    ['a bad e-mail address', () => ({ Email: 'x' }), 'Email Address is not valid.'],
    ['no user name', () => ({ UserName: null }), 'UserName cannot be null or empty.'],
    ['an unknown group', () => ({ LocationGroupId: '9' }), 'Location Group 9 not found or user does not have access to it'],
    ['a group that is none', () => ({ LocationGroupId: 'x' }), 'LocationGroupId x is not valid'],
    ['no role', () => ({ Roles: [] }), 'Admin User should be associated with atleast one role, please add role to the user.'],
    ['an unknown role', () => ({ Roles: [{ Id: 9, LocationGroupId: '1112' }] }), 'Role 9 not found or user does not have access to it'],
    ['a weak password', () => ({ Password: 'password' }), 'Password does not meet complexity requirements'],
  ])('version 1 refuses %s', async (_, changes, message) => {
    const before = saas.admins().length;
    const answer = await admin.call('POST', '/api/system/admins/addadminuser', { json: newAdmin(changes()) });
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 400, message } });
    expect(saas.admins()).toHaveLength(before);
  });

  test('a role by its name alone can be switched off', async () => {
    saas.switches.roleByName = false;
    expect((await admin.call('POST', '/api/system/admins/addadminuser', { json: newAdmin({ Roles: [{ Name: 'Read Only' }] }) })).status).toBe(400);
  });

  test('version 2: create, read, give and take roles, change the password, delete', async () => {
    const headers = version(2);
    const username = unique('v2.admin').replace(' ', '');
    const roles = [{ uuid: roleNamed('Read Only').uuid, organizationGroupUuid: groupUuid(1201) }];
    const json = { username, password: 'Sandbox-test-1', firstName: 'V', lastName: '2', email: 'v2@meridian.example', organizationGroupUuid: groupUuid(1201), roles };
    expect(await admin.call('POST', '/api/system/admins', { json, headers })).toMatchObject({ status: 200, body: { Value: adminNamed(username)?.id } });
    const uuid = adminNamed(username)?.uuid ?? '';
    expect((await admin.call('GET', `/api/system/admins/${uuid}`, { headers })).body).toMatchObject({ username, organizationGroupName: 'Europe', roles: [{ name: 'Read Only', organizationGroupId: 1201 }] });
    const rolePath = `/api/system/groups/${groupUuid(1301)}/admins/${uuid}/roles/${roleNamed('Help Desk').uuid}`;
    expect((await admin.call('PUT', rolePath, { headers })).status).toBe(200);
    expect((await admin.call('PUT', rolePath, { headers })).body).toMatchObject({ message: 'Admin user already has this role.' });
    expect(adminNamed(username)?.roles).toHaveLength(2);
    expect((await admin.call('DELETE', rolePath, { headers })).status).toBe(200);
    expect((await admin.call('PUT', `/api/system/admins/${uuid}/password`, { headers, json: { Password: 'Sandbox-other-1' } })).status).toBe(200);
    expect((await withKey(sandbox, saas, { login: { username, password: 'Sandbox-other-1' } }).call('GET', '/api/system/info')).status).toBe(200);
    expect((await admin.call('DELETE', `/api/system/admins/${uuid}`, { headers })).status).toBe(200);
    expect(adminNamed(username)).toBeUndefined();
    expect((await admin.call('DELETE', `/api/system/admins/${uuid}`, { headers })).status).toBe(400);
  });

  test('version 1: give a role, change the password, delete', async () => {
    const { id, uuid } = saas.addAdmin({ username: unique('v1.admin').replace(' ', ''), password: 'Sandbox-test-1', role: 'Help Desk' });
    expect((await admin.call('POST', `/api/system/admins/${id}/addrole`, { json: { Id: roleNamed('Read Only').id, LocationGroupId: '1201' } })).status).toBe(200);
    expect((await admin.call('GET', `/api/system/admins/${id}`)).body).toMatchObject({ Uuid: uuid, Roles: [{ Name: 'Help Desk' }, { Name: 'Read Only', LocationGroupId: '1201' }] });
    expect((await admin.call('POST', `/api/system/admins/${id}/changepassword`, { json: { Password: 'short' } })).status).toBe(400);
    expect((await admin.call('POST', `/api/system/admins/${id}/changepassword`, { json: { Password: 'Sandbox-other-1' } })).status).toBe(200);
    expect((await admin.call('POST', `/api/system/admins/${id}/removerole`, { json: { Name: 'Help Desk', LocationGroupId: '1112' } })).status).toBe(200);
    expect((await admin.call('DELETE', `/api/system/admins/${id}/delete`)).status).toBe(200);
    const directory = adminNamed('directory.admin')?.id ?? 0;
    expect(await admin.call('POST', `/api/system/admins/${directory}/changepassword`, { json: { Password: 'Sandbox-other-1' } })).toMatchObject({ status: 401, body: { errorCode: 401 } });
  });

  test.each([
    ['username=auditor', ['auditor']],
    ['username=admin&status=Inactive', ['former.admin']],
    ['role=Device Manager', ['device.manager']],
    ['email=europe.admin@', ['europe.admin']],
    ['username=nobody', []],
    ['organizationgroupid=1201&role=Console', ['europe.admin']],
  ])('search %s', async (query, names) => {
    const answer = await admin.call('GET', `/api/system/admins/search?${query}`);
    expect(answer.status).toBe(names.length === 0 ? 204 : 200);
    expect(answer.text === '').toBe(names.length === 0);
    expect(namesIn(answer, 'Admins', 'UserName')).toEqual(names);
  });
});

describe('tags', () => {
  test('are made by three versions, once per group', async () => {
    const TagName = unique('CHKP_Status');
    const made = await admin.call('POST', '/api/mdm/tags/addtag', { json: { TagName, TagType: 'Device', LocationGroupId: TOP } });
    expect(made).toMatchObject({ status: 200, body: { Value: saas.tags().at(-1)?.id } });
    const v3 = { tag_name: TagName.toLowerCase(), organization_group_uuid: groupUuid(TOP) };
    expect(await admin.call('POST', '/api/mdm/tags', { json: v3, headers: version(3) })).toMatchObject({ status: 409, body: { errorCode: 1012, message: `Tag name: ${v3.tag_name} already exists.` } });
    const below = await admin.call('POST', '/api/mdm/tags', { json: { ...v3, organization_group_uuid: groupUuid(1201) }, headers: version(3) });
    expect(below).toMatchObject({ status: 201, body: { tag_uuid: saas.tags().at(-1)?.uuid } });
    expect((await admin.call('POST', '/api/system/groups/1301/addTag', { json: { TagName } })).body).toMatchObject({ Tags: [{ TagName, LocationGroupId: 1301 }], Total: 1 });
    expect(namesIn(await admin.call('GET', `/api/mdm/tags/search?name=${TagName}&organizationgroupid=1112`), 'Tags', 'TagName')).toEqual([TagName]);
    const inEurope = await admin.call('GET', `/api/mdm/tags/search?organization-group-uuid=${groupUuid(1201)}`, { headers: version(2) });
    expect(inEurope.body).toMatchObject({ tags: [{ name: v3.tag_name, organization_group_uuid: groupUuid(1201) }], total: 1 });
    expect((await admin.call('GET', '/api/mdm/tags/search?name=nothing')).status).toBe(204);
    expect((await admin.call('GET', '/api/system/groups/1203/tags')).body).toMatchObject({ errorCode: 404, message: 'No Tags were found.' });
  });

  test.each<[string, object, number, number, string]>([
    ['no group', { tag_name: 'x' }, 422, 1012, 'Organization uuid is required.'],
    ['no name', { tag_name: '', organization_group_uuid: '<top>' }, 422, 1012, 'Tag name cannot be null or empty.'],
    ['a long name', { tag_name: 'x'.repeat(256), organization_group_uuid: '<top>' }, 422, 1012, 'Tag name cannot exceed 255 characters'],
    ['an unknown group', { tag_name: 'x', organization_group_uuid: 'y' }, 404, 6, 'Organization Group with uuid : y not found or Admin user does not have access to it.'],
  ])('version 3 refuses %s', async (_, body, status, errorCode, message) => {
    const json: unknown = JSON.parse(JSON.stringify(body).replace('<top>', groupUuid(TOP)));
    expect(await admin.call('POST', '/api/mdm/tags', { json, headers: version(3) })).toMatchObject({ status, body: { errorCode, message } });
  });

  test('are put on devices and taken off, each by itself', async () => {
    const { id } = saas.addTag({ name: unique('Risk') });
    const bulk = (...Value: string[]) => ({ json: { BulkValues: { Value } } });
    const put = await admin.call('POST', `/api/mdm/tags/${id}/adddevices`, bulk('1', '2', '99999', 'x'));
    expect(put.body).toMatchObject({ TotalItems: 4, AcceptedItems: 2, FailedItems: 2, Faults: { Fault: [{ ItemValue: '99999' }, { ItemValue: 'x' }] } });
    expect(namesIn(await admin.call('GET', `/api/mdm/tags/${id}/devices`), 'Device', 'DeviceId')).toEqual([1, 2]);
    expect((await admin.call('POST', `/api/mdm/tags/${id}/adddevices`, bulk('2'))).body).toMatchObject({ AcceptedItems: 1 });
    expect((await admin.call('POST', `/api/mdm/tags/${id}/removedevices`, bulk('1'))).body).toMatchObject({ AcceptedItems: 1, Faults: { Fault: [] } });
    expect(saas.tags().find((tag) => tag.id === id)?.devices).toBe(1);
    expect((await admin.call('POST', `/api/mdm/tags/${id}/adddevices`, bulk())).body).toMatchObject({ errorCode: 6, message: 'Bulk Input should contain a minimum of one Device ID or Uuid.' });
    expect((await admin.call('POST', '/api/mdm/tags/9/adddevices', bulk('1'))).body).toMatchObject({ errorCode: 6, message: 'Invalid tag id' });
  });

  test('of a group reach only its devices', async () => {
    const { id } = saas.addTag({ name: unique('Europe'), organizationGroupId: 1201 });
    const [american] = namesIn(await admin.call('GET', '/api/mdm/devices/search?lgid=1202&pagesize=1'), 'Devices', 'Id') as { Value: number }[];
    const [european] = namesIn(await admin.call('GET', '/api/mdm/devices/search?lgid=1201&pagesize=1'), 'Devices', 'Id') as { Value: number }[];
    const Value = [String(american?.Value), String(european?.Value)];
    expect((await admin.call('POST', `/api/mdm/tags/${id}/adddevices`, { json: { BulkValues: { Value } } })).body).toMatchObject({ AcceptedItems: 1, Faults: { Fault: [{ ItemValue: Value[0] }] } });
  });

  test('one device and one tag at a time', async () => {
    const { id, uuid } = saas.addTag({ name: unique('Single') });
    const device = String(at(await admin.call('GET', '/api/mdm/devices/search?pagesize=1'), 'Devices', 0, 'Uuid'));
    const path = `/api/mdm/devices/${device}/tags/${uuid}`;
    const statuses = [await admin.call('POST', path), await admin.call('POST', path), await admin.call('DELETE', path), await admin.call('DELETE', path)];
    expect(statuses.map((answer) => [answer.status, at(answer, 'errorCode')])).toEqual([[201, undefined], [400, 5299], [204, undefined], [400, 5300]]);
    await admin.call('POST', `/api/mdm/tags/${uuid}/devices`, { json: { BulkValues: { Value: [device] } }, headers: version(2) });
    expect(namesIn(await admin.call('GET', `/api/mdm/devices/${device}/tags`), 'tags', 'uuid')).toContain(uuid);
    expect((await admin.call('DELETE', `/api/system/groups/1112/tags/${id}`)).status).toBe(200);
    expect(namesIn(await admin.call('GET', `/api/mdm/devices/${device}/tags`), 'tags', 'uuid')).not.toContain(uuid);
  });
});

describe('devices', () => {
  const ids = (answer: Answer): number[] => (namesIn(answer, 'Devices', 'Id') as { Value: number }[]).map(({ Value }) => Value);

  test.each([
    ['', 1, 500, 0, 500],
    ['pagesize=1', 1, 1, 0, 1],
    ['pagesize=9999', 1, 500, 0, 500],
    ['pagesize=100&page=199', 19_901, 100, 199, 100],
    ['pagesize=100&page=0&sortorder=DESC', 20_000, 100, 0, 100],
  ])('search "%s" starts at %i', async (query, first, length, page, size) => {
    const answer = await admin.call('GET', `/api/mdm/devices/search?${query}`);
    expect([ids(answer)[0], ids(answer).length, at(answer, 'Page'), at(answer, 'PageSize'), at(answer, 'Total')]).toEqual([first, length, page, size, 20_000]);
  });

  test('40 pages hold each of the 20,000 devices once', async () => {
    const seen = new Set<number>();
    const started = performance.now();
    for (let page = 0; page < 40; page += 1) for (const id of ids(await admin.call('GET', `/api/mdm/devices/search?page=${page}`))) seen.add(id);
    expect(seen.size).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(20_000);
    const after = await admin.call('GET', '/api/mdm/devices/search?page=40');
    expect([after.status, after.text, after.headers.get('content-type')]).toEqual([204, '', null]);
  }, 30_000);

  test('a group without devices answers 204', async () => expect((await admin.call('GET', '/api/mdm/devices/search?lgid=1204')).status).toBe(204));

  test.each<[string, number, string, (row: Record<string, unknown>) => boolean]>([
    ['platform=Android&pagesize=50', 1, 'Devices', (row) => row['Platform'] === 'Android'],
    ['model=zebra&pagesize=50', 1, 'Devices', (row) => row['Model'] === 'Zebra TC58'],
    ['ownership=E&pagesize=50', 1, 'Devices', (row) => row['Ownership'] === 'E'],
    ['compliantstatus=false&pagesize=50', 1, 'Devices', (row) => row['ComplianceStatus'] === 'NonCompliant'],
    ['compliance_status=Compliant&pagesize=50', 2, 'Devices', (row) => row['ComplianceStatus'] === 'Compliant'],
    ['seensince=2026-10-31T00:00:00.000&pagesize=50', 1, 'Devices', (row) => String(row['LastSeen']) >= '2026-10-31'],
    ['ownership=CORPORATE&page_size=50', 3, 'devices', (row) => row['ownership'] === 'CORPORATE'],
    ['device_type=APPLE&page_size=50', 3, 'devices', (row) => row['platform_name'] === 'Apple'],
  ])('filter %s, version %i', async (query, number, list, isWanted) => {
    const answer = await admin.call('GET', `/api/mdm/devices/search?${query}`, { headers: version(number) });
    const rows = at(answer, list) as Record<string, unknown>[];
    expect(rows).toHaveLength(50);
    expect(rows.filter((row) => !isWanted(row))).toEqual([]);
    expect(Number(at(answer, number === 3 ? 'total' : 'Total'))).toBeLessThan(20_000);
  });

  test('what is no number is a 400', async () => {
    expect((await admin.call('GET', '/api/mdm/devices/search?page=-1')).status).toBe(400);
    expect((await admin.call('GET', '/api/mdm/devices/search?seensince=x')).status).toBe(422);
  });

  test('the own host has its own 150', async () => expect(at(await withKey(sandbox, own).call('GET', '/API/mdm/devices/search?pagesize=1'), 'Total')).toBe(150));
});

describe('smart groups', () => {
  test('search, one, its devices', async () => {
    const all = await admin.call('GET', '/api/mdm/smartgroups/search');
    expect(namesIn(all, 'SmartGroups', 'Name')).toEqual(expect.arrayContaining(['All Devices', 'Europe - all']));
    const european = await admin.call('GET', '/api/mdm/smartgroups/search?name=Europe');
    const id = Number(at(european, 'SmartGroups', 0, 'SmartGroupID'));
    const total = at(await admin.call('GET', '/api/mdm/devices/search?lgid=1201&pagesize=1'), 'Total');
    expect(at(european, 'SmartGroups', 0, 'Devices')).toBe(total);
    expect((await admin.call('GET', `/api/mdm/smartgroups/${id}`)).body).toMatchObject({ Name: 'Europe - all', OrganizationGroups: [{ Id: '1201', Name: 'Europe' }] });
    expect(at(await admin.call('GET', `/api/mdm/smartgroups/${id}/devices?pagesize=10`), 'Total')).toBe(total);
    expect((await admin.call('GET', '/api/mdm/smartgroups/search?name=nothing')).status).toBe(204);
  });

  test('one by tag follows the tag', async () => {
    const { id: tag } = saas.addTag({ name: unique('Risk') });
    const json = { Name: unique('At risk'), ManagedByOrganizationGroupId: '1112', Tags: [{ Id: String(tag) }] };
    const made = await admin.call('POST', '/api/mdm/smartgroups', { json });
    expect(made.status).toBe(201);
    const devices = `/api/mdm/smartgroups/${String(at(made, 'Value'))}/devices`;
    expect((await admin.call('GET', devices)).status).toBe(204);
    await admin.call('POST', `/api/mdm/tags/${tag}/adddevices`, { json: { BulkValues: { Value: ['7', '8'] } } });
    expect(at(await admin.call('GET', devices), 'Total')).toBe(2);
    expect((await admin.call('POST', '/api/mdm/smartgroups', { json })).status).toBe(400);
    expect((await admin.call('POST', '/api/mdm/smartgroups', { json: { ...json, Name: '' } })).body).toMatchObject({ errorCode: 6, message: 'SmartGroup name is missing.' });
  });
});

test('no request record holds a key, a password or a token', () => {
  const records = JSON.stringify(sandbox.requests());
  expect([...saas.secrets(), ...own.secrets()].filter((secret) => records.includes(secret) || records.includes(encodeURIComponent(secret)))).toEqual([]);
});
