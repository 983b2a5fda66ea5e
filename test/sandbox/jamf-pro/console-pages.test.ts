import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../sandbox.ts';
import type { NodeSandbox } from '../sandbox.ts';
import type { JamfTenant } from '../types.ts';
import { LOCAL_LOGINS, SSO_LOGINS } from './tenants.ts';
import { asPage, requestToken, signedInByForm, TestClient } from './test-support.ts';

const SETTINGS = '/view/settings/system-settings/api-roles-and-clients';
/** What the frame in the plain skin's settings shows. */
const FRAMED = `/legacy${SETTINGS}`;

let sandbox: NodeSandbox;
let acme: JamfTenant;

beforeAll(async () => {
  sandbox = await startSandbox();
  acme = sandbox.tenant('acme');
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.clearFaults());

test('signed out, every page leads to the sign-in page and from there back', async () => {
  const browser = new TestClient(sandbox, acme.origin, { cookies: true });
  browser.headers = asPage(acme.origin);
  const away = await browser.call('GET', `${SETTINGS}?tab=api-roles`);
  expect(away.status).toBe(302);
  const page = await browser.call('GET', away.headers.get('location') ?? '');
  expect(page.text).toContain('<title>Jamf Pro Login - Jamf Pro v11.30.1-t');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(page.headers.get('server')).toBe('Jamf Cloud Node');

  expect((await browser.call('POST', '/?failover', { form: { username: 'admin', password: 'wrong' } })).status).toBe(401);
  const { username, password } = LOCAL_LOGINS.admin;
  const signedIn = await browser.call('POST', '/?failover', { form: { username, password, to: `${SETTINGS}?tab=api-roles` } });
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, `${SETTINGS}?tab=api-roles`]);
  expect(signedIn.headers.getSetCookie().find((cookie) => cookie.startsWith('JSESSIONID='))).toMatch(/; Secure; HttpOnly; SameSite=Lax$/);
  const settings = await browser.call('GET', SETTINGS);
  expect(settings.text).toContain(`<iframe title="Settings" src="${FRAMED}"`);
  expect(settings.headers.get('x-frame-options')).toBe('DENY');
  const framed = await browser.call('GET', FRAMED);
  expect(framed.text).toContain('API Roles and Clients');
  expect([framed.headers.get('x-frame-options'), framed.headers.get('content-security-policy')?.includes("frame-ancestors 'self'")]).toEqual(['SAMEORIGIN', true]);

  await browser.call('POST', '/logout');
  expect((await browser.call('GET', SETTINGS)).status).toBe(302);
});

test('the sign-in page sends nobody to another site', async () => {
  const browser = new TestClient(sandbox, acme.origin, { cookies: true });
  browser.headers = asPage(acme.origin);
  for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const { headers } = await browser.call('POST', '/?failover', { form: { ...LOCAL_LOGINS.admin, to } });
    expect(headers.get('location')).toBe('/view/dashboard');
  }
});

test('single sign-on goes by the identity provider and comes back signed in', async () => {
  const initech = sandbox.tenant('initech');
  const browser = new TestClient(sandbox, initech.origin, { cookies: true });
  const follow = async (location: string | null) => await browser.call('GET', location ?? '');
  const start = await follow((await browser.call('GET', SETTINGS)).headers.get('location'));
  const toProvider = await follow(start.headers.get('location'));
  const provider = new TestClient(sandbox, 'https://idp.initech.example', { cookies: true });
  const signInUrl = toProvider.headers.get('location') ?? '';
  expect(new URL(signInUrl).host).toBe('idp.initech.example');
  expect((await provider.call('GET', signInUrl)).text).toContain('Initech sign-in');
  const { username, password } = SSO_LOGINS.admin;
  expect((await provider.call('POST', signInUrl, { form: { username, password: 'wrong' } })).status).toBe(401);
  const back = await provider.call('POST', signInUrl, { form: { username, password } });
  const arrived = await follow(back.headers.get('location'));
  expect(arrived.headers.get('location')).toBe(SETTINGS);
  expect((await browser.call('GET', SETTINGS)).status).toBe(200);
  expect(sandbox.requests().some(({ path }) => /oidcToken=[^&]/.test(path))).toBe(false);

  // A code counts once, and in the browser that started only.
  expect((await follow(back.headers.get('location'))).headers.get('location')).toBe('/?failover');
  const stranger = new TestClient(sandbox, initech.origin);
  expect((await stranger.call('GET', '/?failover')).text).toContain('Log in with single sign-on');
});

test('role, client and secret by hand, and the secret shown once', async () => {
  const browser = await signedInByForm(sandbox, acme);
  const form = await browser.call('GET', `${FRAMED}/api-roles/new`);
  expect(form.text).toContain('Jamf Pro API role privileges');
  const role = await browser.call('POST', `${FRAMED}/api-roles/new`, { form: [['displayName', 'By hand'], ['privileges', 'Read Accounts'], ['privileges', 'Read Sites']] });
  expect(role.status).toBe(303);
  expect(acme.roles().at(-1)).toMatchObject({ displayName: 'By hand', privileges: ['Read Accounts', 'Read Sites'] });

  const again = await browser.call('POST', `${FRAMED}/api-roles/new`, { form: { displayName: 'By hand' } });
  expect([again.status, again.text.includes('role display name must be unique')]).toEqual([400, true]);

  const client = await browser.call('POST', `${FRAMED}/api-clients/new`, {
    form: { displayName: 'Client by hand', authorizationScopes: 'By hand', accessTokenLifetimeSeconds: '120', enabled: 'on' },
  });
  const row = acme.clients().at(-1);
  expect(row).toMatchObject({ displayName: 'Client by hand', authorizationScopes: ['By hand'], enabled: true, accessTokenLifetimeSeconds: 120 });
  const path = client.headers.get('location') ?? '';
  expect(path).toBe(`${FRAMED}/api-clients/${row?.id}`);
  expect((await browser.call('GET', path)).text).toContain('Create Secret');

  const shown = await browser.call('POST', `${path}/client-secret`);
  const secret = /id="secret-client-secret" value="([\w-]{64})"/.exec(shown.text)?.[1] ?? '';
  expect(acme.mintedSecrets()).toContain(secret);
  expect((await browser.call('GET', path)).text).not.toContain(secret);
  expect((await requestToken(new TestClient(sandbox, acme.origin), row?.clientId ?? '', secret)).status).toBe(200);

  const inUse = await browser.call('POST', `${role.headers.get('location') ?? ''}/delete`);
  expect([inUse.status, inUse.text.includes('role="alert"')]).toEqual([409, true]);
  await browser.call('POST', `${path}/delete`);
  expect((await browser.call('POST', `${role.headers.get('location') ?? ''}/delete`)).status).toBe(303);
});

test('a secret whose answer was lost is lost', async () => {
  const role = acme.addRole({ displayName: 'Lost', privileges: ['Read Sites'] });
  const { id } = acme.addClient({ displayName: 'Lost', authorizationScopes: [role.displayName] });
  const browser = await signedInByForm(sandbox, acme);
  sandbox.fault({ when: 'after', action: 'reset', path: /client-secret$/ });
  await expect(browser.call('POST', `${FRAMED}/api-clients/${id}/client-secret`)).rejects.toThrow('fetch failed');
  expect(acme.mintCount(id)).toBe(1);
  expect((await browser.call('GET', `${FRAMED}/api-clients/${id}`)).text).not.toContain('Client Secret Created');
});

test('pages offer and do only what the account may', async () => {
  const auditor = await signedInByForm(sandbox, acme, LOCAL_LOGINS.auditor);
  expect((await auditor.call('GET', FRAMED)).text).not.toContain('>New<');
  expect((await auditor.call('GET', `${FRAMED}/api-roles/new`)).status).toBe(403);
  expect((await auditor.call('POST', `${FRAMED}/api-roles/new`, { form: { displayName: 'Sneaked in' } })).status).toBe(403);
  const rolesOnly = await signedInByForm(sandbox, acme, LOCAL_LOGINS.rolesOnly);
  expect((await rolesOnly.call('GET', FRAMED)).text).toContain('>New<');
  expect((await rolesOnly.call('GET', `${FRAMED}?tab=api-clients`)).text).toContain('You do not have permission');
});

test('a form from another site changes nothing', async () => {
  const browser = await signedInByForm(sandbox, acme);
  const before = acme.roles().length;
  const answer = await browser.call('POST', `${FRAMED}/api-roles/new`, { form: { displayName: 'Forged' }, headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } });
  expect([answer.status, acme.roles().length]).toEqual([403, before]);
});

test('what an admin typed is shown as text', async () => {
  const { id } = acme.addRole({ displayName: '<script>alert("x")</script>', privileges: [] });
  const browser = await signedInByForm(sandbox, acme);
  const { text } = await browser.call('GET', `${FRAMED}/api-roles/${id}`);
  expect(text).not.toContain('<script>alert');
  expect(text).toContain('&lt;script&gt;');
});

test('the private endpoints of the skins keep the same rules', async () => {
  const admin = await signedInByForm(sandbox, acme);
  const role = await admin.call('POST', '/ui/api-roles', { json: { displayName: 'By a skin', privileges: ['Read Sites'] } });
  expect([role.status, role.body]).toEqual([201, acme.roles().at(-1)]);
  const again = await admin.call('POST', '/ui/api-roles', { json: { displayName: 'By a skin', privileges: [] } });
  expect([again.status, again.text.includes('role display name must be unique')]).toEqual([400, true]);
  const client = await admin.call('POST', '/ui/api-clients', { json: { displayName: 'By a skin', authorizationScopes: ['By a skin'], accessTokenLifetimeSeconds: 60, enabled: true } });
  const path = `/ui/api-clients/${(client.body as { id: number }).id}`;
  const { clientId, clientSecret } = (await admin.call('POST', `${path}/client-secret`)).body as { clientId: string; clientSecret: string };
  expect((await requestToken(new TestClient(sandbox, acme.origin), clientId, clientSecret)).status).toBe(200);
  expect((await admin.call('GET', path)).text).not.toContain(clientSecret);
  expect((await admin.call('DELETE', `/ui/api-roles/${acme.roles().at(-1)?.id}`)).status).toBe(409);

  const auditor = await signedInByForm(sandbox, acme, LOCAL_LOGINS.auditor);
  expect((await auditor.call('POST', '/ui/api-roles', { json: { displayName: 'Sneaked in', privileges: [] } })).status).toBe(403);
  expect((await auditor.call('POST', `${path}/client-secret`)).status).toBe(403);
  expect((await admin.call('DELETE', path, { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  expect((await new TestClient(sandbox, acme.origin).call('GET', '/ui/api-roles')).status).toBe(401);
});

test('a change by a skin is seen on the other nodes after the lag', async () => {
  acme.switches.lagMs = 5_000;
  const admin = await signedInByForm(sandbox, acme);
  const names = async (): Promise<string[]> => ((await admin.call('GET', '/ui/api-roles')).body as { displayName: string }[]).map(({ displayName }) => displayName);
  await admin.call('POST', '/ui/api-roles', { json: { displayName: 'Late', privileges: [] } });
  expect(await names()).toContain('Late');
  admin.cookies?.set('APBALANCEID', admin.cookies.get('APBALANCEID') === 'node.1' ? 'node.2' : 'node.1');
  expect(await names()).not.toContain('Late');
  sandbox.advance(5_000);
  expect(await names()).toContain('Late');
  acme.switches.lagMs = 0;
});

test('in Japanese', async () => {
  acme.switches.language = 'ja';
  const page = await (await signedInByForm(sandbox, acme)).call('GET', FRAMED);
  expect(page.text).toContain('<html lang="ja">');
  expect(page.text).toContain('API ロールとクライアント');
  acme.switches.language = 'en';
});
