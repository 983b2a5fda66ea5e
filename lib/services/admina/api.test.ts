import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf } from '../../../test/fixtures/failure-of.ts';
import { type Admina, createAdmina } from '../../../test/sandbox/admina/admina.ts';
import { createFakeJamf, type FakeJamf } from '../../../test/sandbox/integration-service/fake-jamf.ts';
import { asPage } from '../../../test/sandbox/jamf-pro/test-support.ts';
import type { ExchangeEnv } from '../../../test/sandbox/traffic.ts';
import { KeyferryError } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import type { RegistrationTarget } from '../service.ts';
import { adminaAdapter } from './adapter.ts';
import { countDevices, findWorkspace, readOrganization, readWorkspace, type AdminaAccess } from './api.ts';
import { adminaApi, adminaOrigin } from './facts.ts';
import { admina as service } from './service.ts';

const unbroken = new AbortController().signal;
const host = 'api.itmc.i.moneyforward.com';

describe('against the sandbox', () => {
  let jamf: FakeJamf;
  let admina: Admina;
  let access: AdminaAccess;
  let asked: string[];

  beforeEach(() => {
    jamf = createFakeJamf(() => Date.UTC(2026, 10, 1));
    jamf.computers = 50;
    admina = createAdmina({ now: () => Date.UTC(2026, 10, 1), consoleFetch: (input, init) => jamf.fetch(input, init) });
    const { apiKey, organization } = admina.control;
    access = { organization: String(organization.id), key: new Secret(apiKey) };
    asked = [];
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer' });
      expect(input).not.toContain(apiKey);
      const url = new URL(input);
      asked.push(`${init.method ?? ''} ${url.pathname}${url.search}`);
      return await send(input, init);
    });
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await admina.close();
  });

  async function send(url: string, init?: RequestInit): Promise<Response> {
    const handler = admina.handlers.get(new URL(url).host);
    if (!handler) throw new TypeError('fetch failed');
    return await handler(new Request(url, { ...init, redirect: 'manual' }), {} as ExchangeEnv);
  }

  /** As an admin does in the form. */
  async function integrate(workspaceKey: string, clientSecret = jamf.clientSecret): Promise<void> {
    const { origin, login } = admina.control;
    const signedIn = await send(`${origin}/login`, { method: 'POST', headers: asPage(origin), body: new URLSearchParams(login) });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').replace(/;.*/, '');
    await send(`${origin}/ui/workspaces`, { method: 'POST', headers: { ...asPage(origin), cookie, 'content-type': 'application/json' }, body: JSON.stringify({ workspaceKey, clientId: 'c', clientSecret, devices: true, deviceGroup: '' }) });
    await admina.control.settled();
  }

  it('the tenant’s workspace, not another service’s of that name; accounts and devices', async () => {
    expect(await readOrganization(access, unbroken)).toEqual({ name: '彗星商事' });
    expect(await findWorkspace(access, 'acme', unbroken)).toBeUndefined();
    await integrate('globex');
    await integrate('acme');
    const found = await findWorkspace(access, 'ACME', unbroken);
    expect(found).toMatchObject({ name: 'acme' });
    expect(await readWorkspace(access, found!, unbroken)).toEqual({ status: 'connected', said: 'success', accounts: 12 });
    expect(await countDevices(access, unbroken)).toBe(51);
    expect(asked.at(-2)).toBe(`GET /api/v1/organizations/4711/services/${found!.serviceId}/accounts?workspaceIds=${found!.id}&limit=1`);
  });

  it('a workspace whose first run failed has no accounts, and no state', async () => {
    await integrate('acme', 'wrong');
    expect(await readWorkspace(access, (await findWorkspace(access, 'acme', unbroken))!, unbroken)).toEqual({ status: 'connecting', said: '', accounts: 0 });
  });

  it.each<[what: string, change: (access: AdminaAccess) => Partial<AdminaAccess>, code: string, params: object]>([
    ['a wrong key', () => ({ key: new Secret('nope') }), 'service-key-refused', { host }],
    ['a key that may not', () => ({ key: new Secret(admina.control.forbiddenApiKey) }), 'service-key-unfit', { host, what: 'organization' }],
    ['another organization', () => ({ organization: '1' }), 'service-key-unfit', { host, what: 'organization' }],
  ])('%s is told', async (_what, change, code, params) => {
    expect(await failureOf(readOrganization({ ...access, ...change(access) }, unbroken))).toEqual({ code, params, certainty: 'not-done' });
  });

  it('a plan without devices is told, and accounts are read all the same', async () => {
    await integrate('acme');
    admina.control.switches.hasDevices = false;
    expect(await failureOf(countDevices(access, unbroken))).toEqual({ code: 'service-plan-lacks', params: { host }, certainty: 'not-done' });
    expect(await findWorkspace(access, 'acme', unbroken)).toBeDefined();
  });

  it('as the service is called', async () => {
    await integrate('acme');
    const given = { address: 'https://api.itmc.i.moneyforward.com', account: access.organization, key: access.key };
    expect(await adminaAdapter.readOrganization(given, unbroken)).toEqual({ name: '彗星商事', consoles: ['jamf-pro'], ownHosts: false, mayWrite: true });
    const found = await adminaAdapter.findRegistration(given, { target: 'acme' } as RegistrationTarget, unbroken);
    expect(found).toMatchObject({ clientId: '', status: 'connected', counts: { accounts: 12 } });
    expect(await adminaAdapter.readRegistration(given, found!.id, unbroken)).toEqual(found);
    admina.control.reset();
    expect(await failureOf(adminaAdapter.readRegistration(given, found!.id, unbroken))).toMatchObject({ code: 'service-refused', params: { status: '404' } });
    expect(await failureOf(adminaAdapter.readOrganization({ ...given, account: '' }, unbroken))).toMatchObject({ code: 'service-account-unclear' });
  });
});

describe('against answers of one’s choice', () => {
  const access: AdminaAccess = { organization: '4711', key: new Secret('hunter2-hunter2') };
  let calls: string[];
  const answering = (...answers: [body: unknown, status?: number][]): void => {
    calls = [];
    vi.stubGlobal('fetch', (url: string) => {
      const [body, status = 200] = answers[Math.min(calls.push(url), answers.length) - 1] ?? [''];
      return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
    });
  };
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const page = (items: object[], nextCursor: string | null = null): object => ({ meta: { nextCursor }, items });
  const jamf = (workspaceName: string): object => ({ id: 7, name: 'JAMF', workspaces: [{ id: 70, workspaceName }] });

  it('goes on to the next page, and not for ever', async () => {
    answering([page([{ id: 1, name: 'Jamf Protect', workspaces: [{ id: 9, workspaceName: 'acme' }] }], 'a')], [page([jamf('acme.jamfcloud.com')])]);
    expect(await findWorkspace(access, 'acme', unbroken)).toEqual({ serviceId: '7', id: '70', name: 'acme.jamfcloud.com' });
    expect(calls[1]).toContain('cursor=a');
    answering([page([], 'again')]);
    expect(await findWorkspace(access, 'acme', unbroken)).toBeUndefined();
    expect(calls).toHaveLength(20);
  });

  it.each<[said: string | null, status: string]>([
    ['success', 'connected'],
    ['COMPLETED', 'connected'],
    ['failed', 'failed'],
    ['auth_error', 'failed'],
    ['running', 'connecting'],
    ['something new', 'connecting'],
    [null, 'connecting'],
  ])('the last run: %s', async (said, status) => {
    answering([{ meta: { totalCount: 3 }, items: [{ workspace: { id: 70, lastExecutionStatus: said } }] }]);
    expect(await readWorkspace(access, { serviceId: '7', id: '70' }, unbroken)).toMatchObject({ status, accounts: 3 });
  });

  it.each<[what: string, answer: [unknown, number?], code: string, params: object]>([
    ['a page of HTML', ['<!doctype html>'], 'service-answer-unreadable', { where: '/services' }],
    ['another shape', [{ services: [] }], 'service-answer-unreadable', { where: '/services' }],
    ['a wrong question', [{ errorId: 'invalid_query' }, 422], 'service-refused', { where: '/services', status: '422', code: 'invalid_query' }],
    ['too much to do', [{}, 429], 'service-busy', { host }],
    ['out of order', ['', 504], 'service-unreachable', { host, status: '504' }],
  ])('%s', async (_what, answer, code, params) => {
    answering(answer);
    const failure = await failureOf(findWorkspace(access, 'acme', unbroken));
    expect(failure).toMatchObject({ code, params });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });

  it('nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed with hunter2')));
    expect(await failureOf(readOrganization(access, unbroken))).toEqual({ code: 'service-unreachable', params: { host, status: '' }, certainty: 'not-done' });
  });
});

it('addresses', () => {
  expect(service.site).toBe(adminaOrigin);
  expect(service.address).toEqual({ kind: 'fixed', options: [{ address: new URL(adminaApi).origin, label: 'Admina' }] });
  expect(adminaAdapter.normaliseAddress('https://api.itmc.i.moneyforward.com/')).toBe('https://api.itmc.i.moneyforward.com');
  expect(() => adminaAdapter.normaliseAddress('https://evil.example')).toThrow(KeyferryError);
});
