import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFakeJamf } from '../integration-service/fake-jamf.ts';
import type { FakeJamf } from '../integration-service/fake-jamf.ts';
import { asPage } from '../jamf-pro/test-support.ts';
import type { ExchangeEnv } from '../traffic.ts';
import { type Admina, createAdmina } from './admina.ts';
import type { WorkspaceInput } from './app/data.ts';

let jamf: FakeJamf;
let admina: Admina;
let clock: number;

beforeEach(() => {
  clock = Date.UTC(2026, 10, 1);
  jamf = createFakeJamf(() => clock);
  jamf.computers = 300;
  admina = createAdmina({ now: () => clock, consoleFetch: (input, init) => jamf.fetch(input, init), consoleTimeoutMs: 1000 });
});
afterEach(() => admina.close());

async function send(url: string, init?: RequestInit): Promise<Response> {
  const handler = admina.handlers.get(new URL(url).host);
  if (handler === undefined) throw new Error(`No host ${url}`);
  return await handler(new Request(url, { redirect: 'manual', ...init }), {} as ExchangeEnv);
}

let cookie: string;
const ui = async (method: string, path: string, body?: unknown, headers: Record<string, string> = asPage(admina.control.origin)): Promise<Response> =>
  await send(`${admina.control.origin}/ui${path}`, { method, headers: { ...headers, cookie, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
async function signIn(password = admina.control.login.password): Promise<Response> {
  const { origin, login } = admina.control;
  const answer = await send(`${origin}/login`, { method: 'POST', headers: asPage(origin), body: new URLSearchParams({ email: login.email, password }) });
  cookie = (answer.headers.get('set-cookie') ?? '').replace(/;.*/, '');
  return answer;
}
const inputOf = (changes: Partial<WorkspaceInput> = {}): WorkspaceInput => ({ workspaceKey: 'acme', clientId: 'client', clientSecret: jamf.clientSecret, devices: true, deviceGroup: '', ...changes });

describe('the web application', () => {
  test('lets the right password in, until it was idle for long', async () => {
    expect((await signIn('wrong')).status).toBe(401);
    const answer = await signIn();
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/suisei/dashboard']);
    expect(await (await ui('GET', '/frame')).json()).toMatchObject({ organization: { uniqueName: 'suisei' }, language: 'ja', hasDevices: true });
    expect((await ui('POST', '/workspaces', inputOf(), { origin: 'https://evil.example' })).status).toBe(403);
    clock += 31 * 60_000;
    expect((await ui('GET', '/frame')).status).toBe(401);
  });

  test.each<[what: string, change: Partial<WorkspaceInput>, expected: object]>([
    ['accounts and devices', {}, { status: 'success', accounts: 12, devices: 340 }],
    ['accounts alone', { devices: false }, { status: 'success', accounts: 12, devices: null }],
    ['devices of a site', { deviceGroup: 'Osaka' }, { status: 'success', accounts: 12, devices: 70 }],
    ['a site that is not there', { deviceGroup: 'Kyoto' }, { status: 'failed', error: { code: 'group', privileges: [] } }],
    ['a wrong secret', { clientSecret: 'wrong' }, { status: 'failed', error: { code: 'credentials', privileges: [] } }],
  ])('a new workspace reads the console: %s', async (_what, change, expected) => {
    await signIn();
    expect((await ui('POST', '/workspaces', inputOf(change))).status).toBe(201);
    await admina.control.settled();
    expect(admina.control.workspaces()[0]).toMatchObject({ workspaceKey: 'acme', ...expected });
  });

  test('names what the client may not read; mended by an edit and another run', async () => {
    await signIn();
    jamf.refused.add('sites').add('buildings');
    await ui('POST', '/workspaces', inputOf());
    await admina.control.settled();
    const [row] = admina.control.workspaces();
    expect(row?.error).toEqual({ code: 'privileges', privileges: ['Read Sites', 'Read Buildings'] });
    jamf.refused.clear();
    expect((await ui('PUT', `/workspaces/${row?.id}`, inputOf({ clientSecret: '' }))).status).toBe(204);
    expect(admina.control.workspaces()[0]?.status).toBe('failed');
    await ui('POST', `/workspaces/${row?.id}/run`);
    await admina.control.settled();
    expect(admina.control.workspaces()[0]).toMatchObject({ status: 'success', devices: 340 });
  });

  test('one workspace a key, several keys, and no secret in any answer', async () => {
    await signIn();
    await ui('POST', '/workspaces', inputOf());
    const again = await ui('POST', '/workspaces', inputOf());
    expect([again.status, await again.json()]).toEqual([422, { reason: 'key-taken' }]);
    expect((await ui('POST', '/workspaces', inputOf({ workspaceKey: 'globex' }))).status).toBe(201);
    expect((await ui('POST', '/workspaces', inputOf({ workspaceKey: 'mdm.acme.example/jamf' }))).status).toBe(422);
    expect(await (await ui('GET', '/workspaces')).text()).not.toContain(jamf.clientSecret);
    admina.control.switches.uniqueKeys = false;
    expect((await ui('POST', '/workspaces', inputOf())).status).toBe(201);
  });
});

describe('the public API', () => {
  const api = async (path: string, init: { key?: string; body?: unknown } = {}): Promise<{ status: number; body: unknown }> => {
    const { apiOrigin, apiKey } = admina.control;
    const answer = await send(`${apiOrigin}/api/v1/organizations${path}`, {
      headers: { authorization: `Bearer ${init.key ?? apiKey}`, 'content-type': 'application/json' }, ...(init.body === undefined ? {} : { method: 'POST', body: JSON.stringify(init.body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };

  test('organization, services, workspaces, accounts and devices, page by page', async () => {
    await signIn();
    await ui('POST', '/workspaces', inputOf());
    await admina.control.settled();
    expect(await api('/4711')).toMatchObject({ status: 200, body: { uniqueName: 'suisei', systemLanguage: 'ja' } });
    const { body } = await api('/4711/services?keyword=jamf');
    const { items } = body as { items: { id: number; workspaces: { id: number }[] }[] };
    expect(items).toMatchObject([{ name: 'Jamf', workspaces: [{ workspaceName: 'acme' }] }]);
    expect((await api('/4711/workspaces/')).body).toMatchObject([{ workspaceName: 'acme' }, { workspaceName: 'acme' }]);
    const accounts = `/4711/services/${items[0]?.id}/accounts?workspaceIds=${items[0]?.workspaces[0]?.id}&limit=5`;
    const first = (await api(accounts)).body as { meta: { nextCursor: string } };
    expect(first).toMatchObject({ meta: { totalCount: 12 }, items: [{ workspace: { lastExecutionStatus: 'success' } }, {}, {}, {}, {}] });
    const next = await api(`${accounts}&cursor=${first.meta.nextCursor}`);
    expect(next.body).toMatchObject({ meta: { currentPage: 2 } });
    // Devices without a serial number are one, as far as the ledger goes.
    expect((await api('/4711/devices/search', { body: { limit: 200 } })).body).toMatchObject({ meta: { totalCount: 301 } });
  });

  test.each<[what: string, path: string, init: { key?: string; body?: unknown }, status: number, errorId: string]>([
    ['no such key', '/4711', { key: 'wrong' }, 401, 'unauthorized'],
    ['another organization', '/1', {}, 404, 'not_found'],
    ['too large a page', '/4711/services?limit=201', {}, 400, 'validation_exception'],
    ['a cursor of nobody', '/4711/services?cursor=x', {}, 422, 'invalid_query'],
  ])('refuses %s', async (_what, path, init, status, errorId) => {
    expect(await api(path, init)).toMatchObject({ status, body: { errorId } });
  });

  test('says what the plan lacks, and what the key may not', async () => {
    admina.control.switches.hasDevices = false;
    expect(await api('/4711/devices/search', { body: {} })).toMatchObject({ status: 418, body: { errorId: 'feature_not_available' } });
    expect(await api('/4711', { key: admina.control.forbiddenApiKey })).toMatchObject({ status: 403, body: { errorId: 'forbidden' } });
  });
});
