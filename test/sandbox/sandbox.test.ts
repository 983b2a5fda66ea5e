import { request } from 'node:http';
import { connect } from 'node:tls';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { asPage, requestToken, signedInByToken, TestClient } from './jamf-pro/test-support.ts';
import { LOCAL_LOGINS } from './jamf-pro/tenants.ts';
import { startSandbox } from './sandbox.ts';
import type { NodeSandbox } from './sandbox.ts';

const HEALTH = 'https://acme.jamfcloud.com/api/v1/health-check';

let sandbox: NodeSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ largeTenantComputers: 500 });
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.clearFaults();
  sandbox.clearRequests();
});

async function tunnel(target: string): Promise<{ status: number; socket: Socket }> {
  return await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: sandbox.proxyPort, method: 'CONNECT', path: target })
      .on('connect', (response, socket) => resolve({ status: response.statusCode ?? 0, socket }))
      .on('error', reject)
      .end();
  });
}

test('the proxy leads to the sandbox and nowhere else', async () => {
  const { status, socket } = await tunnel('globex.jamfcloud.com:443');
  expect(status).toBe(200);
  const answer = await new Promise<string>((resolve, reject) => {
    const secure = connect({ socket, servername: 'globex.jamfcloud.com', rejectUnauthorized: false }, () => {
      secure.write('GET /api/v1/health-check HTTP/1.1\r\nHost: globex.jamfcloud.com\r\nConnection: close\r\n\r\n');
    });
    secure.on('data', (chunk: Buffer) => resolve(chunk.toString())).on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 204 /);
  expect(sandbox.requests().at(-1)).toMatchObject({ host: 'globex.jamfcloud.com', path: '/api/v1/health-check', status: 204, caller: 'server' });

  for (const host of ['example.com', 'evil.globex.jamfcloud.com', 'unknown.jamfcloud.com']) {
    const refused = await tunnel(`${host}:443`);
    refused.socket.destroy();
    expect(refused.status).toBe(403);
  }
  expect((await tunnel('acme.jamfcloud.com:8443')).status).toBe(403);
  expect((await tunnel('mdm.northwind.example:443')).status).toBe(403);
  expect(sandbox.refusedHosts()).toEqual(['example.com', 'evil.globex.jamfcloud.com', 'unknown.jamfcloud.com', 'acme.jamfcloud.com', 'mdm.northwind.example']);
  const onPort = await tunnel('mdm.northwind.example:8443');
  onPort.socket.destroy();
  expect(onPort.status).toBe(200);
});

test('a console on a port and below a context path names itself so, and lies nowhere else', async () => {
  const { base, origin } = sandbox.tenant('northwind');
  expect(base).toBe('https://mdm.northwind.example:8443/jamf');
  const client = new TestClient(sandbox, origin, { cookies: true });
  client.headers = asPage(origin);
  const { username, password } = LOCAL_LOGINS.admin;
  const signedIn = await client.call('POST', '/jamf/?failover', { form: { username, password, to: '/view/dashboard' } });
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/jamf/view/dashboard']);
  expect(signedIn.headers.getSetCookie().find((one) => one.startsWith('JSESSIONID'))).toContain('Path=/jamf;');
  const page = await client.call('GET', '/jamf/view/dashboard');
  const paths = [...page.text.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !path.startsWith('/jamf/'))).toEqual([]);
  expect((await client.call('GET', '/jamf/api/v1/auth')).status).toBe(200);
  for (const path of ['/', '/api/v1/health-check', '/jamfx/api/v1/health-check']) expect((await client.call('GET', path)).status).toBe(404);
});

test('the large tenant is as large as asked', () => {
  expect(sandbox.tenant('globex').counts().computers).toBe(500);
});

test.each([
  ['page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  ['page', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
  ['page', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ['extension', { origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop', 'sec-fetch-site': 'cross-site' }],
  ['extension', { origin: 'moz-extension://1b2c3d4e-0000-4000-8000-000000000000' }],
  ['extension', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  ['server', {}],
])('tells who asks: %s', async (caller, headers) => {
  await sandbox.fetch(HEALTH, { headers });
  expect(sandbox.requests().at(-1)?.caller).toBe(caller);
});

test('the log holds no secrets', async () => {
  await sandbox.fetch('https://acme.jamfcloud.com/?oidcToken=abc&state=1&client_secret=def&page=2');
  expect(sandbox.requests().at(-1)?.path).toBe('/?oidcToken=&state=1&client_secret=&page=2');
});

test('faults hit what they name, as often as they say', async () => {
  sandbox.fault({ when: 'before', action: { status: 503, headers: { 'retry-after': '1' }, body: 'busy' }, path: /health/, times: 2 });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await sandbox.fetch(HEALTH)).status);
  expect(statuses).toEqual([503, 503, 204]);
  expect(sandbox.requests().map(({ status }) => status)).toEqual([503, 503, 204]);

  sandbox.fault({ when: 'after', action: 'reset', host: 'acme.jamfcloud.com' });
  await expect(sandbox.fetch(HEALTH)).rejects.toThrow('fetch failed');
  expect(sandbox.requests().at(-1)?.status).toBe(0);

  sandbox.fault({ when: 'before', action: 'stall' });
  await expect(sandbox.fetch(HEALTH, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  expect(sandbox.requests().at(-1)?.status).toBeUndefined();
});

test('a held request waits until released', async () => {
  const hold = sandbox.hold({ when: 'before', method: 'GET', path: /health/ });
  let answered = false;
  const going = sandbox.fetch(HEALTH).then((response) => {
    answered = true;
    return response.status;
  });
  expect((await hold.reached).path).toBe('/api/v1/health-check');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(answered).toBe(false);
  hold.release();
  expect(await going).toBe(204);
});

test('the service connects to a console with a client made there', async () => {
  const globex = sandbox.tenant('globex');
  const privileges = ['Accounts', 'Sites', 'Buildings', 'Departments', 'Computers', 'Mobile Devices'].map((what) => `Read ${what}`);
  const role = globex.addRole({ displayName: 'Fleet Ledger', privileges });
  const { id } = globex.addClient({ displayName: 'Fleet Ledger', authorizationScopes: [role.displayName], accessTokenLifetimeSeconds: 600 });
  const admin = await signedInByToken(sandbox, globex);
  const { clientId, clientSecret } = (await admin.call('POST', `/api/v1/api-integrations/${id}/client-credentials`)).body as { clientId: string; clientSecret: string };
  expect((await requestToken(new TestClient(sandbox, globex.origin), clientId, clientSecret)).status).toBe(200);
  sandbox.clearRequests();

  const service = new TestClient(sandbox, sandbox.service.origin);
  service.headers = { authorization: `Bearer ${sandbox.service.apiKey}`, 'idempotency-key': 'sandbox-test' };
  const credentials = { type: 'oauth-client', clientId, clientSecret };
  const created = await service.call('POST', '/integration-service/v1/integrations', {
    json: { console: 'jamf-pro', tenant: 'globex', address: globex.origin, dataSets: ['accounts', 'devices'], credentials },
  });
  expect([created.status, created.text]).toEqual([201, expect.not.stringContaining(clientSecret)]);
  await expect.poll(() => sandbox.service.integrations().at(-1), { timeout: 10_000 }).toMatchObject({ status: 'connected', accounts: 304, devices: 4500 });
  const asked = sandbox.requests().filter(({ host }) => host === 'globex.jamfcloud.com');
  expect(asked.map(({ path }) => path)).toContain('/api/v1/oauth/token');
  expect(new Set(asked.map(({ caller }) => caller))).toEqual(new Set(['server']));
});
