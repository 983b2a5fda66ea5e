import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connected, failureOf, privileges, role } from '../../test/fixtures/run-samples.ts';
import { KeyferryError } from '../failure.ts';
import { connections, type Check, type Connection } from '../storage/connections.ts';
import { runStore } from '../storage/runs.ts';
import { Secret } from '../vault/secret.ts';
import { vault } from '../vault/vault.ts';
import { checkConnection, judge, syncConnection, type RoleLook, type ServiceLook } from './check-connection.ts';
import { keepConnections } from './connections.ts';

/** What the console answers in the admin's tab, by path. */
let inTab: (path: string) => object;
const asked: string[] = [];
vi.mock('../platform/tabs.ts', async (original) => ({
  ...(await original<object>()),
  callInTab: (_tab: number | null, _base: string, { method, path }: { method: string; path: string }) => {
    asked.push(`${method} ${path.split('?')[0]!}`);
    return Promise.resolve().then(() => ({ kind: 'answer', status: 200, contentType: 'application/json', text: JSON.stringify(inTab(path)), redirected: false, title: 'Jamf Pro' }));
  },
}));

const unhanded = failureOf('secret-not-handed-over', { since: '2026-11-22T10:03:00.000Z' });
const away = failureOf('service-unreachable');
const noTab = failureOf('console-tab-gone');
const gone = failureOf('connection-gone');
const before = (state: Check['state'], part: Partial<Check> = {}): Check => ({ at: 1, state, failure: null, missing: [], surplus: [], accounts: null, devices: null, ...part });
const well: ServiceLook = { state: 'connected', accounts: 7, devices: 9 };
const same: RoleLook = { missing: [], surplus: [] };
const changed: RoleLook = { missing: ['Read Sites'], surplus: ['Read Policies'] };

describe('both looks together', () => {
  const reported = failureOf('service-reports-failure');
  it.each<[string, ServiceLook, RoleLook, Check | null, Check['state'], Check['failure'], string[]]>([
    ['all is well', well, same, null, 'connected', null, []],
    ['it is still reading', { ...well, state: 'connecting' }, same, null, 'connecting', null, []],
    ['the role was changed', well, changed, null, 'rights-changed', null, ['Read Sites']],
    ['it fails, whatever the role', { state: 'failing', failure: reported }, changed, null, 'failing', reported, ['Read Sites']],
    ['the service has it no more', { state: 'gone', failure: gone }, same, null, 'gone', gone, []],
    ['the role is no more', well, { gone }, null, 'gone', gone, []],
    ['no tab, but the service can tell', well, { unknown: noTab }, null, 'connected', null, []],
    ['no tab: what was known of the role stays', well, { unknown: noTab }, before('rights-changed', { missing: ['Read Sites'] }), 'rights-changed', null, ['Read Sites']],
    ['no key, the role is right', { state: 'unknown', failure: away }, same, null, 'unknown', away, []],
    ['no key, the role was changed', { state: 'unknown', failure: away }, changed, null, 'rights-changed', away, ['Read Sites']],
    ['nobody can tell', { state: 'unknown', failure: away }, { unknown: noTab }, before('rights-changed', { missing: ['Read Sites'] }), 'unknown', away, ['Read Sites']],
    ['the secret is dead, which the service has not noticed', well, same, before('failing', { failure: unhanded }), 'failing', unhanded, []],
  ])('%s', (_what, service, roleLook, earlier, state, failure, missing) => {
    expect(judge(service, roleLook, earlier, 5, false)).toMatchObject({ at: 5, state, failure, missing });
  });

  it('once it has read again, the service knows', () => expect(judge(well, same, before('failing', { failure: unhanded }), 5, true)).toMatchObject({ state: 'connected', failure: null }));
});

describe('looking', () => {
  const calls: string[] = [];
  let integration: object;
  let status: number;
  let id: string;

  beforeEach(async () => {
    fakeBrowser.reset();
    asked.length = 0;
    calls.length = 0;
    status = 200;
    integration = { id: 'int-1', clientId: 'c-1', status: 'connected', error: null, counts: { accounts: 7, devices: 9 } };
    inTab = (path) =>
      path.startsWith('/api/v1/auth') ? { account: { username: 'kim', accessLevel: 'FullAccess', privilegeSet: 'ADMINISTRATOR' } } : { totalCount: 1, results: [{ id: role.id, displayName: role.name, privileges: ['Read Policies', ...privileges.slice(1)] }] };
    vi.stubGlobal('fetch', (url: string, { method = 'GET' }: RequestInit) => {
      calls.push(`${method} ${new URL(url).pathname.replace('/integration-service/v1', '')}`);
      return Promise.resolve(method === 'POST' ? new Response('{}', { status: 202 }) : (url.includes('?') ? Response.json({ items: [] }) : Response.json(integration, { status })));
    });
    await vault.put('service-key', 'https://service.example', new Secret('key'));
    await runStore.put(connected());
    await keepConnections();
    id = (await connections.get())[0]!.id;
  });
  afterEach(() => void vi.unstubAllGlobals());
  const checked = async (): Promise<Connection['checked']> => (await connections.get())[0]!.checked;

  it('reads at both sides and changes nothing', async () => {
    await checkConnection(id, 3);
    expect(await checked()).toMatchObject({ state: 'rights-changed', missing: [privileges[0]], surplus: ['Read Policies'], accounts: 7, devices: 9 });
    expect([...asked, ...calls].filter((call) => !call.startsWith('GET '))).toEqual([]);
  });

  it.each<[string, () => void | Promise<void>, object]>([
    ['the service has it no more', () => void (status = 404), { state: 'gone', failure: { code: 'connection-gone', params: { what: 'registration' } } }],
    ['it is another client’s by now', () => void (integration = { ...integration, clientId: 'c-9' }), { state: 'gone' }],
    ['it fails', () => void (integration = { ...integration, status: 'failed', error: { code: 'credentials_rejected', message: '' } }), { state: 'failing', failure: { code: 'service-reports-failure', params: { code: 'credentials_rejected', organization: 'Org' } } }],
    ['the role is no more', () => void (inTab = (path) => (path.startsWith('/api/v1/auth') ? { account: { username: 'kim' } } : { totalCount: 0, results: [] })), { state: 'gone', failure: { params: { what: 'role', name: role.name } } }],
    ['neither key nor tab', async () => {
      await vault.forget('service-key', 'https://service.example');
      inTab = () => {
        throw new KeyferryError('console-tab-gone', { host: 'x' });
      };
    }, { state: 'unknown', failure: { code: 'service-key-missing' } }],
  ])('%s', async (_what, change, expected) => {
    await change();
    await checkConnection(id, null);
    expect(await checked()).toMatchObject(expected);
  });

  it('the service reads again on demand', async () => {
    await syncConnection(id);
    expect(calls).toEqual(['POST /integrations/int-1/sync', 'GET /integrations/int-1']);
    expect(await checked()).toMatchObject({ state: 'connected', accounts: 7 });
    expect(asked).toEqual([]);
  });

  it('knows no other connection', async () => {
    for (const work of [checkConnection('x', null), syncConnection('x')]) await expect(work).rejects.toMatchObject({ failure: { code: 'bad-input' } });
  });
});
