import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { failureSchema, KeyferryError, type Failure } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import { createWorkspaceOneApi, type UemCredentials, type WorkspaceOneApi } from './api.ts';

const base = 'https://as1234.awmdm.com';
const key = 'q0z3bHlXk9uVd2mTgYh5rJw8sNfPc6aE1iLoKxBvCtQ=';
const basic: UemCredentials = { kind: 'basic', username: 'api_harmony', password: new Secret('hunter2-ü:x'), key: new Secret(key) };
const bearer: UemCredentials = { kind: 'bearer', token: new Secret('hunter2-token') };
const uuid = '71b1202a-fc21-4239-bacb-5e74e35a820e';
const top = { id: 1112, uuid };

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  init: RequestInit;
}
/** Answers in order, the last one for ever; notes what was asked. */
function fake(credentials: UemCredentials, ...answers: (Response | Error)[]): { api: WorkspaceOneApi; asked: Asked[]; counted: () => number } {
  const asked: Asked[] = [];
  let counted = 0;
  const send = (async (url: string, init: RequestInit) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push({ method: init.method!, path: url.slice(base.length), headers: Object.fromEntries(new Headers(init.headers)), body: init.body === undefined ? undefined : JSON.parse(init.body as string), init });
    if (answer instanceof Error) throw answer;
    return answer.clone();
  }) as typeof fetch;
  const api = createWorkspaceOneApi({ base, credentials, signal: new AbortController().signal, count: () => counted++, fetch: send });
  return { api, asked, counted: () => counted };
}
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response => Response.json(body, { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } });
const none = (): Response => new Response(null, { status: 204 });
const page = (status: number): Response => new Response('<!DOCTYPE html><title>AirWatch</title>', { status, headers: { 'content-type': 'text/html' } });
const refuses = (status: number, errorCode: number, message = 'x'): Response => json(status, { errorCode, message, activityId: uuid });
const unknownCall = (): Response => new Response('', { status: 404 });

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    const value = await work;
    throw new Error(`no failure but ${JSON.stringify(value)}`);
  } catch (thrown) {
    if (!(thrown instanceof KeyferryError)) throw thrown;
    expect(z.safeParse(failureSchema, thrown.failure).success).toBe(true);
    expect(JSON.stringify(thrown.failure)).not.toMatch(/hunter2|q0z3bHlX/);
    return thrown.failure;
  }
}

const groupV2 = { Id: 1112, Uuid: uuid, Name: 'AcmeRoot', GroupId: 'ACME', LocationGroupType: 'Customer', Country: 'Argentina', LgLevel: 0, Users: '2', Devices: '0' };
const groupV1 = { Name: 'AcmeRoot', GroupId: 'ACME', LocationGroupType: 'Customer', LgLevel: 0, Id: { Value: 1112 }, Uuid: uuid, ParentLocationGroup: { Id: { Value: 573 } } };
const group = { id: 1112, uuid, name: 'AcmeRoot', groupId: 'ACME', type: 'Customer', level: 0, parent: undefined };
const adminV2 = { uuid, username: 'api_harmony', LocationGroupId: '1112', organizationGroupUuid: uuid, roles: [{ uuid, organizationGroupUuid: uuid, Name: 'api_admin_role', LocationGroupId: '1112', IsActive: true, UserLinkId: 0 }] };
const adminV1 = { UserName: 'api_harmony', Id: { Value: 9 }, Uuid: uuid, Roles: [{ Id: 78, Uuid: uuid, Name: 'api_admin_role', LocationGroupId: '1112' }] };
const roleOf = (id?: number): object => ({ name: 'api_admin_role', id, uuid, groupId: 1112, groupUuid: id === undefined ? uuid : undefined });
const newAdmin = { username: 'api_harmony', password: new Secret('hunter2'), firstName: 'Harmony', lastName: 'Mobile', email: 'it@acme.example', group: top, role: { name: 'api_admin_role', uuid, group: top } };

/** Every method with a good answer, what it asks for first, and what it makes of the answer. */
const methods: [name: string, call: (api: WorkspaceOneApi) => Promise<unknown>, good: Response, asked: string, version: number, value: unknown][] = [
  ['readSystemInfo', (a) => a.readSystemInfo(), json(200, { ProductName: 'Workspace ONE UEM', ProductVersion: '26.4.0.1', Version: 2 }), 'GET /api/system/info', 1, { product: 'Workspace ONE UEM', version: '26.4.0.1' }],
  ['searchGroups', (a) => a.searchGroups({ groupId: 'A&B' }), json(200, { OrganizationGroups: [groupV2], AdditionalInfo: {}, TotalResults: 1 }), 'GET /api/system/groups/search?groupid=A%26B&page=0&pagesize=500', 2, [group]],
  ['listChildren', (a) => a.listChildren(1112), json(200, [groupV1]), 'GET /api/system/groups/1112/children', 1, [{ ...group, parent: 573 }]],
  ['searchSmartGroups', (a) => a.searchSmartGroups(), json(200, { SmartGroups: [{ Name: 'All', SmartGroupID: 5, SmartGroupUuid: uuid, Devices: 3 }], Total: 1 }), 'GET /api/mdm/smartgroups/search?page=0&pagesize=500', 1, [{ id: 5, uuid, name: 'All', devices: 3 }]],
  ['countDevices', (a) => a.countDevices(1112), json(200, { Devices: [{}], Page: 0, PageSize: 1, Total: 20_000 }), 'GET /api/mdm/devices/search?lgid=1112&page=0&pagesize=1', 2, 20_000],
  ['searchTags', (a) => a.searchTags(top), json(200, { tags: [{ uuid, name: 'CHKP_Risk_High' }], total: 1 }), `GET /api/mdm/tags/search?organization-group-uuid=${uuid}&page=0&page_size=500`, 2, [{ id: undefined, uuid, name: 'CHKP_Risk_High' }]],
  ['searchTags by id', (a) => a.searchTags({ id: 1112, uuid: undefined }), json(200, { Tags: [{ Id: { Value: 4 }, TagName: 'x' }], Total: 1 }), 'GET /api/mdm/tags/search?organizationgroupid=1112&page=0&pagesize=500', 1, [{ id: 4, uuid: undefined, name: 'x' }]],
  ['addTag', (a) => a.addTag('CHKP_Risk_High', top), json(201, { tag_uuid: uuid }), 'POST /api/mdm/tags', 3, 'added'],
  ['findAdmin', (a) => a.findAdmin('API_Harmony'), json(200, { admins: [{ ...adminV2, username: 'api_harmony2' }, adminV2], Total: 2 }), 'GET /api/system/admins/search?username=API_Harmony&page=0&pagesize=500', 2, { id: undefined, uuid, username: 'api_harmony', roles: [roleOf()] }],
  ['addAdmin', (a) => a.addAdmin(newAdmin), json(200, { Value: 91 }), 'POST /api/system/admins', 2, 91],
  ['deleteAdmin', (a) => a.deleteAdmin({ id: 9, uuid }), new Response('', { status: 200 }), `DELETE /api/system/admins/${uuid}`, 2, undefined],
  ['changePassword', (a) => a.changePassword({ id: 9, uuid }, new Secret('hunter2')), new Response('', { status: 200 }), `PUT /api/system/admins/${uuid}/password`, 2, undefined],
  [
    'readApiKeys',
    async (a) => {
      const { keys, clients } = await a.readApiKeys(uuid);
      return { keys: keys.map(({ service, key: one }) => [service, one instanceof Secret ? one.reveal() : one]), clients };
    },
    json(200, { api_keys: [{ service_name: 'AirWatchAPI', api_key: 'nUPJd****VIeQ=' }, { service_name: 'Harmony', api_key: key, id: 1 }], oauth_clients: [{ oauth_client_name: 'c', oauth_client_id: uuid }] }),
    `GET /api/system/v2/groups/${uuid}/api-keys`,
    1,
    { keys: [['AirWatchAPI', 'masked'], ['Harmony', key]], clients: [{ name: 'c', clientId: uuid }] },
  ],
];

describe.each(methods)('%s', (_name, call, good, request, version, value) => {
  const [method, path] = request.split(' ') as [string, string];
  const isWrite = method !== 'GET';
  const where = `${method} ${path.split('?')[0]!}`;

  it('asks once, as nobody but the account, and reads the answer', async () => {
    const { api, asked, counted } = fake(basic, good);
    expect(await call(api)).toEqual(value);
    expect([asked.length, counted()]).toEqual([1, 1]);
    expect(`${asked[0]!.method} ${asked[0]!.path}`).toBe(request);
    expect(asked[0]!.headers).toMatchObject({ 'accept': `application/json;version=${version}`, 'aw-tenant-code': key, 'authorization': 'Basic YXBpX2hhcm1vbnk6aHVudGVyMi3DvDp4' });
    expect(asked[0]!.init).toMatchObject({ credentials: 'omit', redirect: 'manual', cache: 'no-store' });
    // An address is written into logs.
    expect(asked[0]!.path).not.toContain('hunter2');
  });

  it('an OAuth client\'s token goes without a key', async () => {
    const { api, asked } = fake(bearer, good);
    expect(await call(api)).toEqual(value);
    expect(asked[0]!.headers).toMatchObject({ authorization: 'Bearer hunter2-token' });
    expect(asked[0]!.headers).not.toHaveProperty('aw-tenant-code');
  });

  it.each<[string, Response, Partial<Failure>]>([
    ['a key that is none', refuses(403, 1013, `Tenant code ${key} does not identify an Organization Group.`), { code: 'uem-key-refused', params: { host: 'as1234.awmdm.com' } }],
    ['the same with another status', refuses(401, 1013), { code: 'uem-key-refused' }],
    ['a wrong password', refuses(401, 1005, 'An error occurred while validating remote service client credentials or user not found : api_harmony'), { code: 'uem-sign-in-refused', params: { host: 'as1234.awmdm.com', account: 'api_harmony' } }],
    ['the same with another status', refuses(403, 1005), { code: 'uem-sign-in-refused' }],
    ['401 without a word', new Response('', { status: 401 }), { code: 'uem-sign-in-refused' }],
    ['Basic switched off', refuses(401, 1005, 'Basic authentication is not enabled for the organization group.'), { code: 'uem-basic-disabled', params: { host: 'as1234.awmdm.com' } }],
    ['the API switched off', refuses(403, 403, 'REST API access is disabled at this organization group.'), { code: 'uem-api-disabled', params: { host: 'as1234.awmdm.com' } }],
    ['no list of keys', refuses(412, 6339, 'Precondition Failed. Memcache is not enabled.'), { code: 'uem-key-list-unavailable' }],
    ['too fast', json(429, {}, { 'x-ratelimit-limit': '250000', 'x-ratelimit-remaining': '10', 'x-ratelimit-reset': '1698754208' }), { code: 'console-busy', params: { where, host: 'as1234.awmdm.com' } }],
    ['too fast, without headers', json(429, {}), { code: 'console-busy' }],
    [
      'the day\'s calls used up',
      json(429, {}, { 'x-ratelimit-limit': '250000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1698754208' }),
      { code: 'uem-quota-used-up', params: { host: 'as1234.awmdm.com', resetAt: '2023-10-31T12:10:08.000Z' } },
    ],
    ['the same as 403', json(403, {}, { 'x-ratelimit-limit': '9', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1698754208' }), { code: 'uem-quota-used-up' }],
    ['a page that is not there', page(404), { code: 'console-answer-unreadable', params: { where, host: 'as1234.awmdm.com', field: '(whole)', problem: 'web page', status: '404' } }],
    ['a redirect', new Response(null, { status: 302, headers: { location: '/AirWatch/Login' } }), { code: 'console-answer-unreadable' }],
    ['its own words', refuses(422, 1012, `Organization uuid is required. ${key}`), { code: 'console-refused', params: { where, host: 'as1234.awmdm.com', status: '422', reason: 'Organization uuid is required. ****' } }],
    ['no words', refuses(400, 400, ''), { code: 'console-refused', params: { where, host: 'as1234.awmdm.com', status: '400', reason: '' } }],
  ])('%s: not done', async (_what, answer, expected) => {
    const { api, asked } = fake(basic, answer);
    expect(await failureOf(call(api))).toMatchObject({ ...expected, certainty: 'not-done' });
    expect(asked).toHaveLength(1);
  });

  it.each([6044, 1011, 11])('403 with %i names the category', async (code) => {
    const { params, ...failure } = await failureOf(call(fake(basic, refuses(403, code, 'User doesn\'t have sufficient permissions')).api));
    expect(failure).toEqual({ code: 'uem-right-missing', certainty: 'not-done' });
    expect(params).toEqual({ call: where, category: expect.stringMatching(/^(?:API > REST(?: > \w+)?|Settings > \w.* > \w.*)$/) as string, access: isWrite ? 'edit' : 'read' });
  });

  it('401 for a token is the client\'s', async () => {
    expect(await failureOf(call(fake(bearer, new Response('', { status: 401 })).api))).toMatchObject({ code: 'uem-client-refused', params: { host: 'as1234.awmdm.com' } });
  });

  it('a server that breaks, and no network: a write may have happened', async () => {
    const certainty = isWrite ? 'unknown' : 'not-done';
    for (const answer of [page(502), json(500, { errorCode: 500, message: 'x' })]) {
      expect(await failureOf(call(fake(basic, answer).api))).toMatchObject({ code: 'console-unreachable', params: { where, host: 'as1234.awmdm.com', status: String(answer.status) }, certainty });
    }
    expect(await failureOf(call(fake(basic, new TypeError(`fetch failed ${key}`)).api))).toEqual({ code: 'console-unreachable', params: { where, host: 'as1234.awmdm.com', status: '' }, certainty });
  });

  it('a page instead of data: a write may have happened', async () => {
    expect(await failureOf(call(fake(basic, page(200)).api))).toMatchObject({ code: 'console-answer-unreadable', certainty: isWrite ? 'unknown' : 'not-done' });
  });

  it('reads how many calls are left', async () => {
    const left = new Response(await good.clone().text(), { status: good.status, headers: { 'content-type': 'application/json', 'x-ratelimit-limit': '250000', 'x-ratelimit-remaining': '249976', 'x-ratelimit-reset': '1698754208' } });
    const { api } = fake(basic, left);
    expect(api.quota).toBeUndefined();
    await call(api);
    expect(api.quota).toEqual({ limit: 250_000, remaining: 249_976, resetAt: 1_698_754_208_000 });
  });
});

const withAnswer = methods.filter(([name]) => !['deleteAdmin', 'changePassword'].includes(name));
describe.each(withAnswer)('%s, with an answer that cannot be read', (_name, call, _good, request) => {
  it.each<[string, Response]>([
    ['truncated', new Response('{"Total":1,"Dev', { status: 200, headers: { 'content-type': 'application/json' } })],
    ['null', json(200, null)],
    ['a number', json(200, 1)],
    ['a wrong shape', json(200, { Total: 'x', OrganizationGroups: {}, SmartGroups: 1, api_keys: 3, Tags: [], admins: 1, Value: 'hunter2', ProductName: {} })],
  ])('%s', async (_what, answer) => {
    const failure = await failureOf(call(fake(basic, answer).api));
    expect(failure.code).toBe('console-answer-unreadable');
    if (!request.startsWith('GET')) expect(failure.certainty).toBe('unknown');
  });
});

describe('nothing found is 204', () => {
  it.each<[string, (api: WorkspaceOneApi) => Promise<unknown>, unknown]>([
    ['searchGroups', (a) => a.searchGroups(), []],
    ['listChildren', (a) => a.listChildren(1), []],
    ['searchSmartGroups', (a) => a.searchSmartGroups(), []],
    ['countDevices', (a) => a.countDevices(), 0],
    ['searchTags', (a) => a.searchTags(top), []],
    ['findAdmin', (a) => a.findAdmin('x'), undefined],
    ['readApiKeys', (a) => a.readApiKeys(uuid), { keys: [], clients: [] }],
  ])('%s', async (_name, call, value) => {
    const { api, asked } = fake(basic, none());
    expect(await call(api)).toEqual(value);
    expect(asked).toHaveLength(1);
  });

  it('but a server\'s information and a new account are never empty', async () => {
    expect(await failureOf(fake(basic, none()).api.readSystemInfo())).toMatchObject({ code: 'console-answer-unreadable', certainty: 'not-done' });
    expect(await failureOf(fake(basic, none()).api.addAdmin(newAdmin))).toMatchObject({ code: 'console-answer-unreadable', certainty: 'unknown' });
  });
});

describe('an older server', () => {
  it.each<[string, (api: WorkspaceOneApi) => Promise<unknown>, Response, string, unknown]>([
    ['searchGroups', (a) => a.searchGroups(), json(200, { LocationGroups: [groupV1], Page: 0, PageSize: 500, Total: 1 }), 'GET /api/system/groups/search?page=0&pagesize=500', [{ ...group, parent: 573 }]],
    ['searchTags', (a) => a.searchTags(top), json(200, { Tags: [{ Id: { Value: 4 }, Uuid: uuid, TagName: 'x' }], Total: 1 }), 'GET /api/mdm/tags/search?organizationgroupid=1112&page=0&pagesize=500', [{ id: 4, uuid, name: 'x' }]],
    ['addTag', (a) => a.addTag('x', top), json(200, { Value: 4 }), 'POST /api/mdm/tags/addtag', 'added'],
    ['findAdmin', (a) => a.findAdmin('api_harmony'), json(200, { Admins: [adminV1], Total: 1 }), 'GET /api/system/admins/search?username=api_harmony&page=0&pagesize=500', { id: 9, uuid, username: 'api_harmony', roles: [roleOf(78)] }],
    ['addAdmin', (a) => a.addAdmin(newAdmin), json(200, { Value: '91' }), 'POST /api/system/admins/addadminuser', 91],
    ['deleteAdmin', (a) => a.deleteAdmin({ id: 9, uuid }), new Response('', { status: 200 }), 'DELETE /api/system/admins/9/delete', undefined],
    ['changePassword', (a) => a.changePassword({ id: 9, uuid }, new Secret('x')), new Response('', { status: 200 }), 'POST /api/system/admins/9/changepassword', undefined],
  ])('%s: version 1 where the newer one is not known', async (_name, call, answer, request, value) => {
    for (const unknown of [unknownCall(), json(405, {}), new Response('', { status: 406 })]) {
      const { api, asked } = fake(basic, unknown, answer);
      expect(await call(api)).toEqual(value);
      expect(`${asked[1]!.method} ${asked[1]!.path}`).toBe(request);
      expect(asked[1]!.headers['accept']).toBe('application/json;version=1');
    }
  });

  it('that answers version 1 whatever was asked for', async () => {
    const { api, asked } = fake(basic, json(200, { LocationGroups: [groupV1], Total: 1 }));
    expect(await api.searchGroups()).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('is not asked again where an object is not there, or where another server answers', async () => {
    for (const answer of [refuses(404, 6, 'Organization Group not found'), page(404)]) {
      const { api, asked } = fake(basic, answer);
      await failureOf(api.addTag('x', top));
      expect(asked).toHaveLength(1);
    }
  });
});

describe('pages', () => {
  it('all of them, in order', async () => {
    const rows = (from: number, count: number): object[] => Array.from({ length: count }, (_none, index) => ({ ...groupV2, Id: from + index }));
    const { api, asked } = fake(basic, json(200, { OrganizationGroups: rows(0, 500), TotalResults: 501 }), json(200, { OrganizationGroups: rows(500, 1), TotalResults: 501 }));
    expect((await api.searchGroups()).map(({ id }) => id)).toEqual(Array.from({ length: 501 }, (_none, index) => index));
    expect(asked.map(({ path }) => path.split('?')[1])).toEqual(['page=0&pagesize=500', 'page=1&pagesize=500']);
  });

  it('ends with an empty one, with 204, and at last in any case', async () => {
    for (const end of [json(200, { OrganizationGroups: [], TotalResults: 9 }), none()]) {
      expect(await fake(basic, json(200, { OrganizationGroups: [groupV2], TotalResults: 9 }), end).api.searchGroups()).toHaveLength(1);
    }
    const { api, asked } = fake(basic, json(200, { OrganizationGroups: [groupV2], TotalResults: 1e9 }));
    expect(await api.searchGroups()).toHaveLength(100);
    expect(asked).toHaveLength(100);
  });
});

describe('writing', () => {
  it('a tag that is there already', async () => {
    expect(await fake(basic, refuses(409, 1012, 'Tag name: x already exists.')).api.addTag('x', top)).toBe('was there');
  });

  it('an account: what version 2 and version 1 are given', async () => {
    const { api, asked } = fake(basic, unknownCall(), json(200, { Value: 1 }));
    await api.addAdmin(newAdmin);
    expect(asked[0]!.body).toEqual({
      username: 'api_harmony', password: 'hunter2', firstName: 'Harmony', lastName: 'Mobile', email: 'it@acme.example', organizationGroupId: 1112, organizationGroupUuid: uuid,
      isActiveDirectoryUser: false, requiresPasswordChange: false, roles: [{ name: 'api_admin_role', uuid, organizationGroupId: 1112, organizationGroupUuid: uuid }],
    });
    expect(asked[1]!.body).toEqual({
      UserName: 'api_harmony', Password: 'hunter2', FirstName: 'Harmony', LastName: 'Mobile', Email: 'it@acme.example', LocationGroupId: '1112', OrganizationGroupUuid: uuid,
      IsActiveDirectoryUser: false, RequiresPasswordChange: false, MessageType: 'None', Roles: [{ Name: 'api_admin_role', Uuid: uuid, LocationGroupId: '1112', OrganizationGroupUuid: uuid }],
    });
  });

  it('a refusal that quotes the new password is cleaned', async () => {
    expect((await failureOf(fake(basic, refuses(400, 400, 'Password hunter2 does not meet complexity requirements')).api.addAdmin(newAdmin))).params['reason']).toBe('Password **** does not meet complexity requirements');
  });

  it('a directory account\'s password is refused in the vendor\'s words, not as a sign-in', async () => {
    expect(await failureOf(fake(basic, refuses(401, 401, 'LDAP / AD users passwords cannot be changed')).api.changePassword({ id: undefined, uuid }, new Secret('x')))).toMatchObject({
      code: 'console-refused',
      params: { reason: 'LDAP / AD users passwords cannot be changed' },
    });
  });

  it('deleting what the API says is gone is a success', async () => {
    await fake(basic, refuses(404, 404, 'not found')).api.deleteAdmin({ id: undefined, uuid });
    expect((await failureOf(fake(basic, unknownCall()).api.deleteAdmin({ id: undefined, uuid }))).code).toBe('console-refused');
  });
});

describe('what no header can hold', () => {
  it.each(['', 'a\nb', 'schlüssel', '日本'])('key %j: nobody is asked', async (bad) => {
    const { api, asked, counted } = fake({ ...basic, key: new Secret(bad) }, none());
    expect(await failureOf(api.readSystemInfo())).toEqual({ code: 'uem-key-refused', params: { host: 'as1234.awmdm.com' }, certainty: 'not-done' });
    expect([asked.length, counted()]).toEqual([0, 0]);
  });

  it('an empty password does not blank the vendor\'s words', async () => {
    expect((await failureOf(fake({ ...basic, password: new Secret('') }, refuses(400, 1, 'abc')).api.readSystemInfo())).params['reason']).toBe('abc');
  });
});

it('stops with the Run', async () => {
  const stop = new AbortController();
  const send = ((_url: string, { signal }: RequestInit) => new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(new Error('stopped'))))) as typeof fetch;
  const work = failureOf(createWorkspaceOneApi({ base, credentials: basic, signal: stop.signal, count: () => undefined, fetch: send }).countDevices());
  stop.abort();
  expect((await work).code).toBe('console-unreachable');
});

describe('whatever a server answers', { timeout: 60_000 }, () => {
  it.each(methods)('%s ends in a value or in its own failure, which holds no secret', async (_name, call) => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.record({ errorCode: fc.oneof(fc.integer(), fc.string(), fc.constant(null)), message: fc.oneof(fc.constant(`the key ${key} and hunter2-ü:x`), fc.json()) }).map((one) => JSON.stringify(one)),
    );
    const type = fc.constantFrom('application/json', 'text/html', 'text/plain', '');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: 599 }), body, type, fc.string(), async (status, text, contentType, remaining) => {
        const headers = { 'content-type': contentType, 'x-ratelimit-limit': '9', 'x-ratelimit-remaining': encodeURIComponent(remaining.toWellFormed()), 'x-ratelimit-reset': '999999999999' };
        const answer = new Response([204, 205, 304].includes(status) ? null : text, { status, headers });
        try {
          await call(fake(basic, answer).api);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(KeyferryError);
          const { failure } = thrown as KeyferryError;
          expect(z.safeParse(failureSchema, failure).success).toBe(true);
          expect(JSON.stringify(failure)).not.toMatch(/hunter2|q0z3bHlX/);
        }
      }),
      { numRuns: 150 },
    );
  });
});
