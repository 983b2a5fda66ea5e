import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BASE, ORIGIN, connect, createBody, credentialsOf, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let harness: Harness;
beforeEach(() => {
  harness = startHarness();
});
afterEach(async () => {
  expect(harness.violations).toEqual([]);
  await harness.close();
});

const idempotent = (key: string = crypto.randomUUID()): Record<string, string> => ({ 'idempotency-key': key });

const ws1Credentials = { type: 'oauth-client', clientId: 'a', clientSecret: 'b', tokenUrl: 'https://na.uemauth.workspaceone.com/connect/token', apiAddress: 'https://as1234.awmdm.com' };

describe('key and organization', () => {
  it('tells whose key it is', async () => {
    const { status, body } = await harness.call('GET', '/organization');
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...harness.control.organization, permissions: ['integrations:read', 'integrations:write'], consoles: ['jamf-pro', 'workspace-one'] });
  });

  it('refuses missing, unknown and malformed keys', async () => {
    for (const authorization of ['', 'Bearer nope', 'Basic abc', `bearer`]) {
      const { status, body, headers } = await harness.call('GET', '/organization', { headers: { authorization } });
      expect([status, body?.['code'], headers.get('www-authenticate')]).toEqual([401, 'unauthenticated', 'Bearer']);
    }
  });

  it('lets a read-only key read but not write', async () => {
    const key = harness.control.readOnlyApiKey;
    const { id } = await connect(harness);
    expect((await harness.call('GET', `/integrations/${String(id)}`, { key })).status).toBe(200);
    const writes = [
      harness.call('POST', '/integrations', { key, body: createBody(harness.jamf), headers: idempotent() }),
      harness.call('PATCH', `/integrations/${String(id)}`, { key, body: { name: 'x' } }),
      harness.call('POST', `/integrations/${String(id)}/sync`, { key }),
      harness.call('DELETE', `/integrations/${String(id)}`, { key }),
    ];
    for (const { status, body } of await Promise.all(writes)) expect([status, body?.['code']]).toEqual([403, 'permission_missing']);
  });

  it('keeps organizations apart', async () => {
    const { id } = await connect(harness);
    const key = harness.control.otherApiKey;
    expect((await harness.call('GET', `/integrations/${String(id)}`, { key })).status).toBe(404);
    expect((await harness.call('DELETE', `/integrations/${String(id)}`, { key })).status).toBe(404);
    expect((await harness.call('GET', '/integrations', { key })).body).toEqual({ items: [], nextCursor: null });
    expect((await harness.app.request(`${ORIGIN}/o/cinder/integrations/${String(id)}`)).status).toBe(404);
    const created = await harness.call('POST', '/integrations', { key, body: createBody(harness.jamf), headers: idempotent() });
    expect(created.status).toBe(201);
  });

  it('limits the rate, and says for how long', async () => {
    harness.control.requestsPerMinute = 2;
    await harness.call('GET', '/organization');
    harness.advance(20_000);
    await harness.call('GET', '/organization');
    const { status, headers } = await harness.call('GET', '/organization');
    expect([status, headers.get('retry-after')]).toEqual([429, '40']);
    harness.advance(40_000);
    expect((await harness.call('GET', '/organization')).status).toBe(200);
  });

  it('answers CORS preflights without a key, and every answer with CORS, until switched off', async () => {
    const preflight = (): Promise<Response> | Response => harness.app.request(`${BASE}/integrations`, { method: 'OPTIONS', headers: { origin: 'chrome-extension://a', 'access-control-request-method': 'POST' } });
    const answer = await preflight();
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toBe('Authorization, Content-Type, Idempotency-Key');
    expect((await harness.call('GET', '/organization', { key: 'nope' })).headers.get('access-control-allow-origin')).toBe('*');
    expect((await harness.call('GET', '/nowhere')).headers.get('access-control-allow-origin')).toBe('*');
    harness.control.cors = false;
    expect((await preflight()).headers.get('access-control-allow-origin')).toBeNull();
    expect((await harness.call('GET', '/organization')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('create', () => {
  it('starts a sync whose result can be polled', async () => {
    const { status, body, headers } = await harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: idempotent() });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'connecting', error: null, counts: null, lastSyncAt: null, progress: { step: 'credentials' } });
    expect(headers.get('location')).toBe(`${BASE}/integrations/${String(body?.['id'])}`);
    await harness.settled();
    const after = await harness.call('GET', `/integrations/${String(body?.['id'])}`);
    expect(after.body).toMatchObject({ status: 'connected', error: null, counts: { accounts: 12, devices: 2540 }, progress: null });
    expect(harness.control.integrations()).toMatchObject([{ tenant: 'acme', status: 'connected', errorCode: null, accounts: 12, devices: 2540 }]);
  });

  it('shows progress while it reads', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
    harness.jamf.override = (url) => (url.searchParams.get('page') === '1' ? (released as Promise<unknown> as Promise<Response>) : undefined);
    const { body } = await harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: idempotent() });
    await vi.waitFor(async () => {
      const { body: now } = await harness.call('GET', `/integrations/${String(body?.['id'])}`);
      expect(now?.['progress']).toEqual({ step: 'reading', done: 1052, total: 2552 });
    });
    expect(await (await harness.app.request(`${ORIGIN}/o/larkspur/integrations/${String(body?.['id'])}`)).text()).toContain('Reading 1,052 of 2,552');
    release(undefined);
    await harness.settled();
    expect(harness.control.integrations()[0]?.status).toBe('connected');
  });

  it('repeats the answer for the same key and body, however written', async () => {
    const first = await connect(harness, {}, 'key-1');
    harness.advance(23 * 3_600_000);
    const { credentials, ...rest } = createBody(harness.jamf, { dataSets: ['devices', 'accounts'], address: 'https://acme.jamfcloud.com/' });
    const replay = await harness.call('POST', '/integrations', { body: { credentials, ...rest, site: undefined }, headers: idempotent('key-1') });
    expect(replay.status).toBe(200);
    expect(replay.headers.get('idempotency-replayed')).toBe('true');
    expect(replay.body).toEqual(first);
    expect(harness.jamf.tokensIssued).toBe(1);
  });

  it('reads a console on a host of its own, below its context path, and only where that is switched on', async () => {
    const own = { tenant: 'mdm.acme.example:8443/Jamf', address: 'https://mdm.acme.example:8443/Jamf/' };
    const asked: string[] = [];
    harness.jamf.override = (url) => void asked.push(url.href);
    harness.control.ownHosts = false;
    const refused = await harness.call('POST', '/integrations', { body: createBody(harness.jamf, own), headers: idempotent() });
    expect([refused.status, refused.body?.['errors']]).toEqual([422, [expect.objectContaining({ field: '/address', code: 'address_not_allowed' })]]);
    expect((await harness.call('GET', '/organization')).body).toMatchObject({ ownHosts: false });
    expect(asked).toEqual([]);

    harness.control.ownHosts = true;
    expect(await connect(harness, own)).toMatchObject({ tenant: 'mdm.acme.example:8443/Jamf', address: 'https://mdm.acme.example:8443/Jamf' });
    expect(asked[0]).toBe('https://mdm.acme.example:8443/Jamf/api/v1/oauth/token');
    const found = await harness.call('GET', `/integrations?console=jamf-pro&tenant=${encodeURIComponent('mdm.acme.example:8443/Jamf')}`);
    expect(found.body).toMatchObject({ items: [{ tenant: 'mdm.acme.example:8443/Jamf' }] });
  });

  it('refuses the key with another body, even if only the secret differs', async () => {
    await connect(harness, {}, 'key-1');
    const other = createBody(harness.jamf, { credentials: { type: 'oauth-client', clientId: 'client-1', clientSecret: 'another-secret' } });
    const { status, body } = await harness.call('POST', '/integrations', { body: other, headers: idempotent('key-1') });
    expect([status, body?.['code']]).toEqual([422, 'idempotency_key_reused']);
  });

  it('names the integration that exists', async () => {
    const { id } = await connect(harness);
    const { status, body } = await harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: idempotent() });
    expect([status, body?.['code'], body?.['integrationId']]).toEqual([409, 'integration_exists', id]);
  });

  it('does not bring a deleted integration back', async () => {
    const { id } = await connect(harness, {}, 'key-1');
    expect((await harness.call('DELETE', `/integrations/${String(id)}`)).status).toBe(204);
    expect((await harness.call('DELETE', `/integrations/${String(id)}`)).status).toBe(404);
    const late = await harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: idempotent('key-1') });
    expect([late.status, late.body?.['code'], late.body?.['integrationId']]).toEqual([409, 'integration_deleted', id]);
    await connect(harness);
  });

  it('creates one of two simultaneous requests', async () => {
    const send = () => harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: idempotent('key-1') });
    expect((await Promise.all([send(), send(), send()])).map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  });

  it('leaves the key unused after an error', async () => {
    const wrong = await harness.call('POST', '/integrations', { body: createBody(harness.jamf, { dataSets: [] }), headers: idempotent('key-1') });
    expect(wrong.status).toBe(422);
    await connect(harness, {}, 'key-1');
  });

  it.each([
    [undefined, 'idempotency_key_missing'],
    ['a'.repeat(256), 'idempotency_key_invalid'],
    ['two words', 'idempotency_key_invalid'],
  ])('wants a key header (%#)', async (key, code) => {
    const { status, body } = await harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: key === undefined ? {} : idempotent(key) });
    expect([status, body?.['code']]).toEqual([400, code]);
  });

  it.each<[object, string, string]>([
    [{ console: 'intune' }, '/console', 'not_supported'],
    [{ console: 'workspace-one', tenant: 'cn1234', address: 'https://cn1234.awmdm.com' }, '/credentials', 'not_supported'],
    [{ credentials: { ...ws1Credentials, tokenUrl: 'https://na.uemauth.workspaceone.com.evil.example/connect/token' } }, '/credentials/tokenUrl', 'invalid_format'],
    [{ credentials: ws1Credentials }, '/credentials', 'not_supported'],
    [{ console: 7 }, '/console', 'invalid_type'],
    [{ tenant: 'Acme' }, '/tenant', 'invalid_format'],
    [{ tenant: 'acme.evil' }, '/address', 'address_not_allowed'],
    [{ tenant: 'acme_evil' }, '/tenant', 'invalid_format'],
    [{ address: undefined }, '/address', 'required'],
    [{ address: 'http://acme.jamfcloud.com' }, '/address', 'invalid_format'],
    [{ address: 'https://acme.jamfcloud.com/path' }, '/address', 'address_not_allowed'],
    [{ address: 'https://acme.jamfcloud.com/path?query' }, '/address', 'invalid_format'],
    [{ address: 'https://user@acme.jamfcloud.com' }, '/address', 'invalid_format'],
    [{ address: 'https://acme.jamfcloud.com\\x' }, '/address', 'invalid_format'],
    [{ address: 'https://other.jamfcloud.com' }, '/address', 'address_not_allowed'],
    [{ address: 'https://acme.jamfcloud.com.evil.example' }, '/address', 'address_not_allowed'],
    [{ address: 'https://acme.jamfcloud.com:8443' }, '/address', 'address_not_allowed'],
    [{ address: 'https://127.0.0.1' }, '/address', 'address_not_allowed'],
    [{ tenant: '127.0.0.1', address: 'https://127.0.0.1' }, '/address', 'address_not_allowed'],
    [{ tenant: 'mdm.internal:8443', address: 'https://mdm.internal:8443' }, '/address', 'address_not_allowed'],
    [{ tenant: 'acme.jamfcloud.com', address: 'https://acme.jamfcloud.com' }, '/address', 'address_not_allowed'],
    [{ tenant: 'mdm.acme.example', address: 'https://mdm.acme.example:8443/jamf' }, '/address', 'address_not_allowed'],
    [{ dataSets: [] }, '/dataSets', 'too_short'],
    [{ dataSets: ['accounts', 'accounts'] }, '/dataSets', 'duplicate'],
    [{ dataSets: ['apps'] }, '/dataSets/0', 'not_supported'],
    [{ name: '' }, '/name', 'too_short'],
    [{ name: 'x'.repeat(121) }, '/name', 'too_long'],
    [{ name: 'a\nb' }, '/name', 'invalid_format'],
    [{ site: { id: '2' } }, '/site/name', 'required'],
    [{ sites: null }, '/sites', 'unknown_field'],
    [{ credentials: { type: 'password', clientId: 'a', clientSecret: 'b' } }, '/credentials/type', 'not_supported'],
    [{ credentials: { type: 'oauth-client', clientId: 'a' } }, '/credentials/clientSecret', 'required'],
  ])('refuses %o', async (changes, field, code) => {
    const { status, body } = await harness.call('POST', '/integrations', { body: createBody(harness.jamf, changes), headers: idempotent() });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field, code }] });
    expect(harness.jamf.requests).toEqual([]);
  });

  it('refuses bodies that are not JSON, not declared so, or too large', async () => {
    const post = async (body: string, headers: Record<string, string> = {}) => {
      const answer = await harness.call('POST', '/integrations', { body, headers: { ...idempotent(), ...headers } });
      return [answer.status, answer.body?.['code']];
    };
    expect(await post('{"secret": nope')).toEqual([400, 'malformed_request']);
    expect(await post('{}', { 'content-type': 'text/plain' })).toEqual([415, 'unsupported_media_type']);
    expect(await post(`"${'x'.repeat(65_536)}"`)).toEqual([413, 'content_too_large']);
    expect(await post('['.repeat(60_000))).toEqual([400, 'malformed_request']);
  });
});

describe('read and change', () => {
  it('pages through the list and filters it', async () => {
    const tenants = ['alpha', 'beta', 'gamma', 'delta', 'omega'];
    for (const tenant of tenants) await connect(harness, { tenant, address: `https://${tenant}.jamfcloud.com`, name: tenant });
    const seen: unknown[] = [];
    let cursor: unknown = null;
    do {
      const { body } = await harness.call('GET', `/integrations?limit=2${cursor === null ? '' : `&cursor=${String(cursor)}`}`);
      seen.push(...(body?.['items'] as { tenant: string }[]).map(({ tenant }) => tenant));
      cursor = body?.['nextCursor'];
    } while (cursor !== null);
    expect(seen).toEqual(tenants.toReversed());
    const { body } = await harness.call('GET', '/integrations?console=jamf-pro&tenant=gamma');
    expect(body).toMatchObject({ items: [{ tenant: 'gamma' }], nextCursor: null });
    const wrong = await harness.call('GET', '/integrations?limit=0&cursor=x&tenant=A');
    expect(wrong.body).toMatchObject({ code: 'invalid_parameter', errors: [{ field: 'tenant' }, { field: 'limit' }, { field: 'cursor' }] });
  });

  it('repairs rejected credentials', async () => {
    const failed = await connect(harness, { credentials: { type: 'oauth-client', clientId: 'client-1', clientSecret: 'wrong-secret' } });
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'credentials_rejected' }, counts: null, lastSyncAt: expect.any(String) as string });
    const patched = await harness.call('PATCH', `/integrations/${String(failed['id'])}`, { body: { credentials: credentialsOf(harness.jamf) } });
    expect(patched.body).toMatchObject({ status: 'connecting', error: null });
    await harness.settled();
    expect((await harness.call('GET', `/integrations/${String(failed['id'])}`)).body).toMatchObject({ status: 'connected' });
  });

  it('stops the running sync when settings change', async () => {
    const { promise: stalled } = Promise.withResolvers<Response>();
    let stall = true;
    harness.jamf.override = (url) => (stall && url.pathname.includes('computers') ? stalled : undefined);
    const { body } = await harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: idempotent() });
    await vi.waitFor(() => expect(harness.jamf.requests.at(-1)).toContain('computers'));
    stall = false;
    await harness.call('PATCH', `/integrations/${String(body?.['id'])}`, { body: { dataSets: ['accounts'], name: 'Renamed' } });
    await harness.settled();
    expect((await harness.call('GET', `/integrations/${String(body?.['id'])}`)).body).toMatchObject({ name: 'Renamed', counts: { accounts: 12, devices: null } });
  });

  it('joins a running sync, and forgets a deleted one', async () => {
    const { body } = await harness.call('POST', '/integrations', { body: createBody(harness.jamf), headers: idempotent() });
    const path = `/integrations/${String(body?.['id'])}`;
    expect((await harness.call('POST', `${path}/sync`)).status).toBe(202);
    await harness.call('DELETE', path);
    await harness.settled();
    expect(harness.jamf.tokensIssued).toBeLessThanOrEqual(1);
    expect(harness.control.integrations()).toEqual([]);
    expect((await harness.call('POST', `${path}/sync`)).status).toBe(404);
    expect((await harness.call('PATCH', path, { body: {} })).status).toBe(404);
  });

  it('refuses an empty change and one of the address', async () => {
    const { id } = await connect(harness);
    expect((await harness.call('PATCH', `/integrations/${String(id)}`, { body: {} })).body).toMatchObject({ errors: [{ field: '', code: 'too_short' }] });
    const moved = await harness.call('PATCH', `/integrations/${String(id)}`, { body: { address: 'https://evil.example' } });
    expect(moved.body).toMatchObject({ errors: [{ field: '/address', code: 'unknown_field' }] });
  });
});

describe('sync', () => {
  const sync = async (id: unknown): Promise<Record<string, unknown> | undefined> => {
    await harness.call('POST', `/integrations/${String(id)}/sync`);
    await harness.settled();
    return (await harness.call('GET', `/integrations/${String(id)}`)).body;
  };

  it('keeps only the devices of the site, and all accounts', async () => {
    const integration = await connect(harness, { site: { id: '2', name: 'osaka (old name)' } });
    expect(integration).toMatchObject({ status: 'connected', site: { id: '2', name: 'Osaka' }, counts: { accounts: 12, devices: 510 } });
  });

  it('reads only the asked data sets', async () => {
    harness.jamf.refused = new Set(['accounts']);
    expect(await connect(harness, { dataSets: ['devices'] })).toMatchObject({ status: 'connected', counts: { accounts: null, devices: 2540 } });
    expect(harness.jamf.requests.join()).not.toContain('accounts');
  });

  it('names a site that is not there', async () => {
    expect(await connect(harness, { site: { id: '9', name: 'Nagoya' } })).toMatchObject({ status: 'failed', error: { code: 'site_not_found' } });
  });

  it.each([401, 403] as const)('names every missing privilege, told by status %i', async (status) => {
    harness.jamf.refused = new Set(['sites', 'computers-inventory', 'mobile-devices']);
    harness.jamf.refusalStatus = status;
    const { error, id } = await connect(harness);
    expect(error).toMatchObject({ code: 'privilege_missing', privileges: ['Read Sites', 'Read Computers', 'Read Mobile Devices'] });
    harness.jamf.refused.clear();
    expect(await sync(id)).toMatchObject({ status: 'connected', error: null });
  });

  it.each([400, 401] as const)('takes %i at the token endpoint as rejected', async (status) => {
    harness.jamf.rejectedStatus = status;
    const { error } = await connect(harness, { credentials: { type: 'oauth-client', clientId: 'a', clientSecret: 'wrong-secret' } });
    expect(error).toMatchObject({ code: 'credentials_rejected' });
  });

  it('falls back to older paths', async () => {
    harness.jamf.unknownPaths = new Set(['/api/v1/oauth/token', '/api/v4/computers-inventory', '/api/v3/computers-inventory']);
    expect(await connect(harness)).toMatchObject({ status: 'connected', counts: { devices: 2540 } });
    expect(harness.jamf.requests).toContain('GET /api/v1/computers-inventory');
  });

  it('renews a token that runs out on the way, and stays on its node', async () => {
    harness.jamf.computers = 20_000;
    harness.jamf.tokenLifetimeSeconds = 5;
    // Every page takes two seconds.
    harness.jamf.override = () => void harness.advance(2000);
    expect(await connect(harness)).toMatchObject({ status: 'connected', counts: { devices: 20_040 } });
    expect(harness.jamf.tokensIssued).toBeGreaterThan(5);
    expect(new Set(harness.jamf.cookies)).toEqual(new Set([null, 'APBALANCEID=node-1']));
  });

  it.each<[string, () => Response | Promise<Response>, string]>([
    ['an unreachable console', () => Promise.reject(new TypeError('fetch failed')), 'console_unreachable'],
    ['a console that never answers', () => new Promise<Response>(() => {}), 'console_unreachable'],
    ['a fault', () => new Response('oops', { status: 500 }), 'console_error'],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }), 'console_error'],
    ['HTML', () => new Response('<html>', { status: 200 }), 'console_error'],
    ['an unknown shape', () => Response.json({ hello: 1 }), 'console_error'],
    ['too many requests', () => new Response('', { status: 429 }), 'rate_limited'],
  ])('tells of %s, then recovers', async (_name, answer, code) => {
    harness.jamf.override = (url) => (url.pathname === '/api/v1/buildings' ? answer() : undefined);
    const { id, error } = await connect(harness);
    expect(error).toMatchObject({ code });
    harness.jamf.override = undefined;
    expect(await sync(id)).toMatchObject({ status: 'connected', error: null });
  });

  it('keeps the old counts when a later sync fails', async () => {
    const { id } = await connect(harness);
    harness.jamf.refused = new Set(['accounts']);
    expect(await sync(id)).toMatchObject({ status: 'failed', counts: { accounts: 12, devices: 2540 } });
  });
});

describe('secrets', () => {
  it('are nowhere in the clear: database, answers, pages, logs', async () => {
    const logs = (['log', 'info', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level));
    const folder = mkdtempSync(join(tmpdir(), 'fleet-ledger-'));
    const stored = startHarness(join(folder, 'ledger.sqlite'));
    try {
      const { id } = await connect(stored);
      const pages = await Promise.all(['', '/accounts', '/devices'].map(async (tab) => (await stored.app.request(`${ORIGIN}/o/larkspur/integrations/${String(id)}${tab}`)).text()));
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
      const everything = [...pages, ...files, JSON.stringify(logs.map((spy) => spy.mock.calls))].join('\n');
      expect(everything).toContain('client-1');
      expect(everything).not.toContain(stored.jamf.clientSecret);
      expect(everything).not.toContain(stored.control.apiKey);
      expect(existsSync(join(folder, 'ledger.sqlite.key'))).toBe(true);

      // After a restart the sealed secret still opens.
      await stored.close();
      const again = startHarness(join(folder, 'ledger.sqlite'));
      expect((await again.call('POST', `/integrations/${String(id)}/sync`)).status).toBe(202);
      await again.settled();
      expect(again.control.integrations()).toMatchObject([{ status: 'connected' }]);
      await again.close();
    } finally {
      rmSync(folder, { recursive: true });
      vi.restoreAllMocks();
    }
  });
});

describe('pages', () => {
  const page = async (path: string, init?: RequestInit) => {
    const response = await harness.app.request(ORIGIN + path, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('list, search and page', async () => {
    const { id } = await connect(harness, { name: 'Acme <b>' });
    expect((await page('/')).text).toContain('Larkspur Robotics');
    expect((await page('/o/larkspur/integrations?q=ACME')).text).toContain('Acme &lt;b&gt;');
    expect((await page('/o/larkspur/integrations?q=%25')).text).toContain('No integration matches');
    expect((await page('/o/larkspur/accounts?q=user1')).text).toContain('3 accounts');
    const devices = await page(`/o/larkspur/integrations/${String(id)}/devices?page=2&q=mac`);
    expect(devices.text).toContain('51 to 100 of 2,500');
    expect(devices.text).toContain('href="?q=mac&amp;page=3"');
    for (const path of ['/o/nobody/integrations', '/o/larkspur/integrations/int_x', '/nowhere']) expect((await page(path)).status).toBe(404);
  });

  it('show the error and retry, for a request from the page only', async () => {
    harness.jamf.refused = new Set(['accounts']);
    const { id } = await connect(harness);
    const path = `/o/larkspur/integrations/${String(id)}`;
    expect((await page(path)).text).toContain('<li><code>Read Accounts</code></li>');
    harness.jamf.refused.clear();
    const retry = (origin: string) => page(`${path}/retry`, { method: 'POST', headers: { origin, 'content-type': 'application/x-www-form-urlencoded' } });
    expect((await retry('https://evil.example')).status).toBe(403);
    const answer = await retry(ORIGIN);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    await harness.settled();
    expect(harness.control.integrations()[0]?.status).toBe('connected');
  });
});

describe('any JSON body', () => {
  // Often nearly right: a good body with one member replaced by anything.
  const bodies = (good: () => Record<string, unknown>) =>
    fc.oneof(
      fc.jsonValue(),
      fc.tuple(fc.constantFrom(...Object.keys(good()), 'extra', '__proto__'), fc.jsonValue()).map(([name, value]) => ({ ...good(), [name]: value })),
      fc.dictionary(fc.constantFrom(...Object.keys(good())), fc.jsonValue()),
    );

  it('gets 201 or a problem from POST, and PATCH never fails either', async () => {
    harness.control.requestsPerMinute = Infinity;
    harness.jamf.computers = 1;
    const { id } = await connect(harness, { tenant: 'fixed', address: 'https://fixed.jamfcloud.com' });
    await fc.assert(
      fc.asyncProperty(bodies(() => createBody(harness.jamf)), async (body) => {
        const created = await harness.call('POST', '/integrations', { body: JSON.stringify(body), headers: idempotent() });
        expect(created.status === 201 || (created.status >= 400 && created.status < 500)).toBe(true);
        if (created.status === 201) await harness.call('DELETE', `/integrations/${String(created.body?.['id'])}`);
        const patched = await harness.call('PATCH', `/integrations/${String(id)}`, { body: JSON.stringify(body) });
        expect(patched.status === 200 || (patched.status >= 400 && patched.status < 500)).toBe(true);
        expect(harness.violations).toEqual([]);
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(bodies(() => ({ name: 'x', dataSets: ['accounts'], site: null, credentials: credentialsOf(harness.jamf) })), async (body) => {
        const { status } = await harness.call('PATCH', `/integrations/${String(id)}`, { body: JSON.stringify(body) });
        expect([200, 400, 422]).toContain(status);
        expect(harness.violations).toEqual([]);
      }),
      { numRuns: 300 },
    );
    await harness.settled();
  }, 120_000);
});
