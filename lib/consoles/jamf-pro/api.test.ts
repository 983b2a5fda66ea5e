import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { failureSchema, KeyferryError, type Failure } from '../../failure.ts';
import type { ConsoleApi, ConsoleClient, ConsoleReply, ConsoleRequest } from '../console.ts';
import { createJamfProApi } from './api.ts';

const json = (status: number, body: unknown, contentType = 'application/json'): ConsoleReply => ({ status, contentType, text: JSON.stringify(body), redirected: false });
const html = (status: number, redirected = false): ConsoleReply => ({ status, contentType: 'text/html;charset=UTF-8', text: '<html><title>Jamf Pro Login</title>', redirected });
const empty = (status: number, contentType = ''): ConsoleReply => ({ status, contentType, text: '', redirected: false });
const signedIn = json(200, { account: { username: 'amelia', accessLevel: 'FullAccess', privilegeSet: 'ADMINISTRATOR' } });

/** Answers in order, the last one for ever; notes what was asked. */
function fake(...replies: (ConsoleReply | ((request: ConsoleRequest) => ConsoleReply))[]): { api: ConsoleApi; asked: ConsoleRequest[] } {
  const asked: ConsoleRequest[] = [];
  const api = createJamfProApi(async (request) => {
    const reply = replies[Math.min(asked.length, replies.length - 1)]!;
    asked.push(request);
    return typeof reply === 'function' ? reply(request) : reply;
  });
  return { api, asked };
}

/** What a call came to: its value or its failure. Anything else that is thrown fails the test. */
async function outcome(work: Promise<unknown>): Promise<{ value: unknown } | { failure: Failure }> {
  try {
    return { value: await work };
  } catch (thrown) {
    if (!(thrown instanceof KeyferryError)) throw thrown;
    expect(z.safeParse(failureSchema, thrown.failure).success).toBe(true);
    return { failure: thrown.failure };
  }
}
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const result = await outcome(work);
  if ('value' in result) throw new Error(`no failure but ${JSON.stringify(result.value)}`);
  return result.failure;
}

const client: ConsoleClient = { id: '7', name: 'Keyferry: Org', roles: ['Keyferry: Org'], enabled: true, tokenLifetime: 3600, clientId: 'c-1' };
const role = { id: '3', name: 'Keyferry: Org', privileges: ['Read Computers'] };
const roleRow = { id: '3', displayName: role.name, privileges: role.privileges };
const clientRow = { id: 7, displayName: client.name, authorizationScopes: client.roles, enabled: true, accessTokenLifetimeSeconds: 3600, clientId: 'c-1', appType: 'CLIENT_CREDENTIALS' };

/** Every method with a good answer, what it asks for and what it makes of the answer. */
const methods: [name: string, call: (api: ConsoleApi) => Promise<unknown>, good: unknown, asked: ConsoleRequest, value: unknown][] = [
  ['readAccess', (a) => a.readAccess(), { account: { username: 'amelia', accessLevel: 'FullAccess', privilegeSet: 'ADMINISTRATOR' } }, { method: 'GET', path: '/api/v1/auth' }, { account: 'amelia', full: true, privileges: [] }],
  ['listPrivileges', (a) => a.listPrivileges(), { privileges: ['Read Computers'] }, { method: 'GET', path: '/api/v1/api-role-privileges' }, ['Read Computers']],
  ['listGroups', (a) => a.listGroups(), [{ id: 2, name: 'Osaka' }, { id: '1', name: 'Tokyo' }], { method: 'GET', path: '/api/v1/sites' }, [{ id: '2', name: 'Osaka' }, { id: '1', name: 'Tokyo' }]],
  ['findRole', (a) => a.findRole(role.name), { totalCount: 1, results: [roleRow] }, { method: 'GET', path: '/api/v1/api-roles?page=0&page-size=100&filter=displayName%3D%3D%22Keyferry%3A%20Org%22' }, role],
  ['createRole', (a) => a.createRole({ name: role.name, privileges: role.privileges }), roleRow, { method: 'POST', path: '/api/v1/api-roles', body: { displayName: role.name, privileges: role.privileges } }, role],
  ['updateRole', (a) => a.updateRole(role), { ...roleRow, id: 3 }, { method: 'PUT', path: '/api/v1/api-roles/3', body: { displayName: role.name, privileges: role.privileges } }, role],
  ['deleteRole', (a) => a.deleteRole('3'), {}, { method: 'DELETE', path: '/api/v1/api-roles/3' }, undefined],
  ['findClient', (a) => a.findClient(client.name), { totalCount: 1, results: [clientRow] }, { method: 'GET', path: '/api/v1/api-integrations?page=0&page-size=100&filter=displayName%3D%3D%22Keyferry%3A%20Org%22' }, client],
  ['createClient', (a) => a.createClient(client), clientRow, { method: 'POST', path: '/api/v1/api-integrations', body: { displayName: client.name, authorizationScopes: client.roles, enabled: true, accessTokenLifetimeSeconds: 3600 } }, client],
  ['updateClient', (a) => a.updateClient(client), clientRow, { method: 'PUT', path: '/api/v1/api-integrations/7', body: { displayName: client.name, authorizationScopes: client.roles, enabled: true, accessTokenLifetimeSeconds: 3600 } }, client],
  ['deleteClient', (a) => a.deleteClient('7'), {}, { method: 'DELETE', path: '/api/v1/api-integrations/7' }, undefined],
  ['mintSecret', async (a) => { const { clientId, secret } = await a.mintSecret(client); return { clientId, secret: secret.reveal() }; }, { clientId: 'c-1', clientSecret: 'hunter2' }, { method: 'POST', path: '/api/v1/api-integrations/7/client-credentials' }, { clientId: 'c-1', secret: 'hunter2' }],
];
const reads = methods.filter(([, , , { method }]) => method === 'GET');
const writes = methods.filter(([, , , { method }]) => method !== 'GET');
const answering = methods.filter(([, , , { method }]) => method !== 'DELETE');

describe.each(methods)('%s', (_name, call, good, request, value) => {
  const isWrite = request.method !== 'GET';
  const where = `${request.method} ${request.path.split('?')[0]!}`;

  it('asks once and reads the answer, also where JSON is called text', async () => {
    for (const type of ['application/json', 'application/json;charset=UTF-8', 'text/plain', 'application/problem+json']) {
      const { api, asked } = fake(json(200, good, type));
      expect(await call(api)).toEqual(value);
      expect(asked).toEqual([request]);
    }
  });

  it('overlooks what it does not know', async () => {
    const more = Array.isArray(good) ? good.map((row: object) => ({ ...row, news: 1 })) : { ...(good as object), news: { deep: [1] } };
    expect(await call(fake(json(201, more)).api)).toEqual(value);
  });

  it.each<[string, ConsoleReply]>([
    ['a page instead of data', html(200)],
    ['a redirect that the browser did not follow', empty(0)],
    ['a redirect', html(302)],
    ['a redirect that was followed', { ...json(200, good), redirected: true }],
  ])('%s means signed out', async (_what, reply) => {
    const { api, asked } = fake(reply);
    expect(await failureOf(call(api))).toMatchObject({ code: 'console-signed-out', certainty: 'not-done' });
    expect(asked).toHaveLength(1);
  });

  it('401 without a session means signed out', async () => {
    for (const whoAmI of [json(401, {}), html(200), { ...signedIn, redirected: true }]) {
      expect((await failureOf(call(fake(json(401, {}), whoAmI).api))).code).toBe('console-signed-out');
    }
  });

  it('429 means busy, and nothing was done', async () => {
    expect(await failureOf(call(fake(json(429, {})).api))).toEqual({ code: 'console-busy', params: { where }, certainty: 'not-done' });
  });

  it.each([500, 502, 503, 504])('%i: a write may have happened, a look has not', async (status) => {
    for (const reply of [html(status), json(status, { errors: [] }), empty(status)]) {
      expect(await failureOf(call(fake(reply).api))).toEqual({ code: 'console-unreachable', params: { where, status: String(status) }, certainty: isWrite ? 'unknown' : 'not-done' });
    }
  });

  it('a refusal gives the vendor\'s own words, cut short, and is not done', async () => {
    const body = { httpStatus: 400, errors: [{ code: 'DUPLICATE_FIELD', field: 'displayName', description: 'must be unique', id: '0' }, { code: 'X', field: null, description: null }] };
    expect(await failureOf(call(fake(json(400, body)).api))).toEqual({ code: 'console-refused', params: { where, status: '400', reason: 'displayName: must be unique; X' }, certainty: 'not-done' });
    const long = await failureOf(call(fake(json(409, { errors: [{ description: 'y'.repeat(9999) }] })).api));
    expect(long.params['reason']).toHaveLength(300);
    for (const odd of [html(400), empty(400), json(400, { errors: [] }), json(400, []), json(400, null)]) {
      expect(await failureOf(call(fake(odd).api))).toMatchObject({ code: 'console-refused', params: { status: '400', reason: '' } });
    }
  });
});

describe('a missing right', () => {
  const guarded = methods.filter(([name]) => name !== 'readAccess');
  it.each(guarded)('%s: 401 with a session, and 403, name the privilege', async (_name, call) => {
    const unauthorised = await failureOf(call(fake(json(401, {}), signedIn).api));
    expect(unauthorised).toMatchObject({ code: 'rights-missing', certainty: 'not-done' });
    expect(unauthorised.params['names']).toEqual([expect.stringMatching(/^(Read|Create|Update|Delete) (API Roles|API Integrations|Sites)$/)]);
    const { api, asked } = fake(html(403));
    expect((await failureOf(call(api))).params).toEqual(unauthorised.params);
    expect(asked).toHaveLength(1);
  });

  it('asking who we are does not ask again', async () => {
    const { api, asked } = fake(json(401, {}));
    expect((await failureOf(api.readAccess())).code).toBe('console-signed-out');
    expect(asked).toHaveLength(1);
  });
});

describe('an answer that cannot be read', () => {
  const broken: [string, ConsoleReply][] = [
    ['truncated JSON', { ...json(200, null), text: '{"id":"1","displ' }],
    ['nothing', empty(200, 'application/json')],
    ['text of no type', { ...empty(200), text: 'OK' }],
    ['null', json(200, null)],
    ['a number', json(200, 1)],
    ['a wrong shape', json(200, { id: {}, displayName: 7, results: 'x', totalCount: '1', account: [], privileges: {}, clientSecret: 1 })],
    ['rows of a wrong shape', json(200, { totalCount: 1, results: [null] })],
  ];
  for (const [what, reply] of broken) {
    it.each(answering)(`${what}: %s`, async (_name, call, _good, { method, path }) => {
      const failure = await failureOf(call(fake(reply).api));
      expect(failure).toMatchObject({ code: 'console-answer-unreadable', params: { where: `${method} ${path.split('?')[0]!}` } });
      // The write itself may have gone through.
      if (method !== 'GET') expect(failure.certainty).toBe('unknown');
    });
  }

  it('an empty secret is none', async () => {
    expect((await failureOf(fake(json(200, { clientId: 'c', clientSecret: '' })).api.mintSecret(client))).code).toBe('console-answer-unreadable');
  });

  it('a failure never quotes the answer', async () => {
    const failure = await failureOf(fake(json(200, { clientId: 5, clientSecret: 'hunter2-hunter2' })).api.mintSecret(client));
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });
});

describe('reading', () => {
  it.each<[string, object, { full: boolean; privileges: string[] }]>([
    ['an administrator', { accessLevel: 'FullAccess', privilegeSet: 'ADMINISTRATOR' }, { full: true, privileges: [] }],
    ['full access with chosen privileges', { accessLevel: 'FullAccess', privilegeSet: 'CUSTOM', privilegesBySite: { '-1': ['Read Sites', 'Read API Roles'] } }, { full: false, privileges: ['Read Sites', 'Read API Roles'] }],
    ['a site\'s administrator', { accessLevel: 'SiteAccess', privilegeSet: 'ADMINISTRATOR', privilegesBySite: { '1': ['Read Sites'], '2': ['Read Sites', 'Read Users'] } }, { full: false, privileges: ['Read Sites', 'Read Users'] }],
    ['an auditor', { accessLevel: 'FullAccess', privilegeSet: 'AUDITOR' }, { full: false, privileges: [] }],
    ['nulls', { accessLevel: null, privilegeSet: null, privilegesBySite: null }, { full: false, privileges: [] }],
    ['nothing said', {}, { full: false, privileges: [] }],
  ])('the rights of %s', async (_who, account, expected) => {
    expect(await fake(json(200, { account: { username: 'u', ...account } })).api.readAccess()).toEqual({ account: 'u', ...expected });
  });

  it('takes only the exact name: the console\'s filter may know wildcards and no case', async () => {
    const rows = ['keyferry: org', 'Keyferry: Org 2', ' Keyferry: Org', 'Keyferry: Org'].map((displayName, index) => ({ ...roleRow, id: index, displayName }));
    expect(await fake(json(200, { totalCount: 4, results: rows })).api.findRole('Keyferry: Org')).toMatchObject({ id: '3' });
    expect(await fake(json(200, { totalCount: 3, results: rows.slice(0, 3) })).api.findRole('Keyferry: Org')).toBeUndefined();
    expect(await fake(json(200, { totalCount: 0, results: [] })).api.findClient('Keyferry: Org')).toBeUndefined();
  });

  it('fills in what a client may lack', async () => {
    const row = { ...clientRow, accessTokenLifetimeSeconds: null, clientId: undefined };
    expect(await fake(json(200, { totalCount: 1, results: [row] })).api.findClient(client.name)).toEqual({ ...client, tokenLifetime: 0, clientId: '' });
  });

  it('reads a huge list', async () => {
    const privileges = Array.from({ length: 50_000 }, (_none, index) => `Read Thing ${String(index)}`);
    expect(await fake(json(200, { privileges })).api.listPrivileges()).toHaveLength(50_000);
  });
});

describe('deleting what is gone', () => {
  it.each(writes.filter(([name]) => name.startsWith('delete')))('%s: 404, 204 and an empty 200 are a success', async (_name, call) => {
    for (const reply of [json(404, { httpStatus: 404, errors: [] }), html(404), empty(204), empty(200)]) expect(await outcome(call(fake(reply).api))).toEqual({ value: undefined });
    expect((await failureOf(call(fake(json(409, {})).api))).params['status']).toBe('409');
  });

  it.each(reads)('%s: 404 is a refusal', async (_name, call) => {
    expect((await failureOf(call(fake(json(404, {})).api))).code).toBe('console-refused');
  });
});

describe('the filter', { timeout: 60_000 }, () => {
  /** Reads an RSQL string in double quotes as rsql-parser does: a backslash takes the next character as it is. */
  const unquote = (filter: string): string => {
    const inner = /^displayName=="((?:[^"\\]|\\[^])*)"$/.exec(filter)?.[1];
    if (inner === undefined) throw new Error(`not one comparison: ${filter}`);
    return inner.replace(/\\([^])/g, '$1');
  };
  const filterFor = async (name: string): Promise<string> => {
    const { api, asked } = fake(json(200, { totalCount: 0, results: [] }));
    await api.findRole(name);
    const url = new URL(asked[0]!.path, 'https://acme.jamfcloud.com');
    expect([...url.searchParams.keys()]).toEqual(['page', 'page-size', 'filter']);
    expect(url.hash).toBe('');
    return url.searchParams.get('filter')!;
  };

  it.each(['plain', 'two words', 'quo"te', "apos'trophe", 'back\\slash', 'end\\', '\\"', '"); displayName=="*', 'a,b;c(d)', '*', '%22&page-size=1#x', '日本語 🦀 ünïcode', 'new\nline', '+'])('%j stands for itself', async (name) => {
    expect(unquote(await filterFor(name))).toBe(name);
  });

  it('whatever the name, it is one comparison with that name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (name) => {
        expect(unquote(await filterFor(name))).toBe(name.toWellFormed());
      }),
      { numRuns: 150 },
    );
  });

  it('half a surrogate pair is no reason to throw', async () => {
    expect(unquote(await filterFor('cut \ud83e'))).toBe('cut \ufffd');
  });
});

describe('ids in paths', () => {
  it.each(['../../v1/accounts', '7/../8', '7?x=1', '7#x', '%2e%2e', 'a b'])('%s cannot leave its place', async (id) => {
    const { api, asked } = fake(empty(204));
    await api.deleteRole(id);
    const { pathname, search, hash } = new URL(asked[0]!.path, 'https://acme.jamfcloud.com');
    expect([pathname.split('/').length, search, hash]).toEqual([5, '', '']);
    expect(decodeURIComponent(pathname.slice('/api/v1/api-roles/'.length))).toBe(id);
  });
});

describe('anything at all', { timeout: 60_000 }, () => {
  const reply = fc.record({
    status: fc.oneof(fc.constantFrom(0, 200, 201, 204, 301, 400, 401, 403, 404, 409, 429, 500), fc.integer({ min: 100, max: 599 })),
    contentType: fc.oneof(fc.constantFrom('application/json', 'text/html', 'text/plain', ''), fc.string()),
    text: fc.oneof(fc.json(), fc.string(), fc.constantFrom(...methods.map(([, , good]) => JSON.stringify(good)))),
    redirected: fc.boolean(),
  });

  it.each(methods)('%s makes a value or a known failure of it', async (_name, call) => {
    await fc.assert(fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 3 }), async (replies) => void (await outcome(call(fake(...replies).api)))), { numRuns: 150 });
  });

  it.each(answering)('%s survives every broken field of a good answer', async (_name, call, good) => {
    const mutated = fc.tuple(fc.jsonValue(), fc.nat()).map(([value, at]) => {
      let count = 0;
      const replace = (node: unknown): unknown => {
        if (count++ === at % 12) return value;
        if (Array.isArray(node)) return node.map(replace);
        if (typeof node === 'object' && node !== null) return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, replace(member)]));
        return node;
      };
      return replace(good);
    });
    await fc.assert(fc.asyncProperty(mutated, async (body) => void (await outcome(call(fake(json(200, body)).api)))), { numRuns: 150 });
  });
});
