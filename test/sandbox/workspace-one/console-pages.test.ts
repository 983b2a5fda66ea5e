import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestClient } from '../jamf-pro/test-support.ts';
import type { Answer } from '../jamf-pro/test-support.ts';
import { startSandbox } from '../sandbox.ts';
import type { NodeSandbox } from '../sandbox.ts';
import type { Ws1Environment } from '../types.ts';
import { rightsOf } from './console-roles.ts';
import { envelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { SECURITY_PIN, WS1_LOGINS } from './environments.ts';
import { CATEGORIES, permissionsOf } from './permissions.ts';
import { readRoleFile, writeRoleFile } from './role-file.ts';

const reference = path.resolve(import.meta.dirname, '../../../../shared/reference/schemas/ws1');
const GERMANY = 1301;

let sandbox: NodeSandbox;
let environment: Ws1Environment;
beforeAll(async () => {
  sandbox = await startSandbox({ largeTenantComputers: 20, largeEnvironmentDevices: 300 });
});
beforeEach(() => {
  environment = sandbox.ws1('cn1234');
  Object.assign(environment.switches, { keyMasking: 'system', language: 'en' });
});
afterAll(() => sandbox.close());

const tokenOf = (page: string): string => /name="__RequestVerificationToken" value="([^"]*)"/.exec(page)?.[1] ?? '';

/** A browser on the console. */
class Console {
  readonly client: TestClient;
  token = '';

  constructor(origin = environment.origin) {
    this.client = new TestClient(sandbox, origin, { cookies: true });
  }

  async signIn({ username, password }: { username: string; password: string } = WS1_LOGINS.admin, hash = ''): Promise<Answer> {
    const { text } = await this.client.call('GET', '/AirWatch/Login');
    const form = { __RequestVerificationToken: tokenOf(text), ReturnUrl: '/AirWatch/', Hash: hash, UserName: username };
    const second = await this.client.call('POST', '/AirWatch/Login/Login/Login-User', { form });
    expect(second.text).toContain('id="Password"');
    const answer = await this.client.call('POST', '/AirWatch/Login/Login/Login-User', { form: { ...form, Password: password } });
    this.token = tokenOf((await this.client.call('GET', '/AirWatch/')).text);
    return answer;
  }

  get(address: string): Promise<Answer> {
    return this.client.call('GET', `/AirWatch${address}`, { headers: { 'x-requested-with': 'XMLHttpRequest' } });
  }

  async post(address: string, fields: Record<string, string> | [string, string][], headers: Record<string, string> = { RequestVerificationToken: this.token }): Promise<Envelope> {
    const form: [string, string][] = [['__RequestVerificationToken', this.token], ...(Array.isArray(fields) ? fields : Object.entries(fields))];
    return (await this.client.call('POST', `/AirWatch${address}`, { form, headers })).body as Envelope;
  }

  async atGroup(id: number, scope: 'console' | 'settings'): Promise<void> {
    expect(await this.post('/OrganizationGroup/Switch', { id: String(id), scope })).toMatchObject({ IsSuccess: true });
  }
}

async function signedIn(login: { username: string; password: string } = WS1_LOGINS.admin): Promise<Console> {
  const browser = new Console();
  expect((await browser.signIn(login)).status).toBe(302);
  return browser;
}

describe('signing in and out', () => {
  test('the sign-in page has the markers of the real one', async () => {
    const { text } = await new Console().client.call('GET', '/AirWatch/Login?gid=MERIDIAN');
    for (const marker of [
      /<meta name="apple-mobile-web-app-title" content="AirWatch"/,
      /<form id="loginform" method="post" action="\/AirWatch\/[^"]*Login-User"/,
      /<script src="\/AirWatch\/bundles\/LoginJs"/,
      /<link rel="stylesheet" href="\/AirWatch\/bundles\/LoginCss"/,
      /<body class="loginscreen"/,
      /id="wrapper-login" class="js-login-screen-container"/,
      /name="UserName"/,
      /name="ReturnUrl"/,
      /name="Hash"/,
      /name="__RequestVerificationToken"/,
      /data-ats-id="Login-submit"/,
      /href="\/AirWatch\/Login\/Login\/TroubleLoggingIn" data-ats-id="ats-trouble-logging-in"/,
      /<title> Login <\/title>/,
    ]) {
      expect(text).toMatch(marker);
    }
    expect((await new Console().client.call('GET', '/AirWatch/bundles/LoginJs')).headers.get('content-type')).toContain('javascript');
  });

  test('leads back to the hash, and to no other host', async () => {
    const browser = new Console();
    expect((await browser.client.call('GET', '/AirWatch/')).headers.get('location')).toBe('/AirWatch/Login?ReturnUrl=%2FAirWatch%2F');
    expect((await browser.signIn(undefined, '#/AirWatch/Settings/RESTApi')).headers.get('location')).toBe('/AirWatch/#/AirWatch/Settings/RESTApi');
    expect((await browser.client.call('GET', '/AirWatch/Login?ReturnUrl=https://evil.example/AirWatch/')).text).toContain('value="/AirWatch/"');
  });

  test('a wrong password, a former admin, a form without its token', async () => {
    for (const login of [{ ...WS1_LOGINS.admin, password: 'wrong' }, WS1_LOGINS.former]) {
      const browser = new Console();
      expect((await browser.signIn(login)).text).toContain('Invalid credentials');
      expect((await browser.client.call('GET', '/AirWatch/')).status).toBe(302);
    }
    const browser = new Console();
    const { username: UserName, password: Password } = WS1_LOGINS.admin;
    await browser.client.call('POST', '/AirWatch/Login/Login/Login-User', { form: { UserName, Password } });
    expect((await browser.client.call('GET', '/AirWatch/')).status).toBe(302);
  });

  test('once the session is over, fragments are the sign-in page and posts say so', async () => {
    const browser = await signedIn();
    expect((await browser.get('/Admin/List')).text).toContain('AdminListSearch');
    environment.endSessions();
    expect((await browser.get('/Admin/List')).text).toContain('id="loginform"');
    expect(await browser.post('/Roles/Create', { Name: 'Late' })).toMatchObject({ IsSuccess: false, IsSessionExpired: true });
    const again = await signedIn();
    await again.client.call('GET', '/AirWatch/Login/Logout');
    expect((await again.get('/Admin/List')).text).toContain('id="loginform"');
  });

  test('a fragment opened by itself leads to its place in the shell', async () => {
    const browser = await signedIn();
    expect((await browser.client.call('GET', '/AirWatch/Admin/List')).headers.get('location')).toBe('/AirWatch/#/AirWatch/Admin/List');
    expect((await browser.get('/OrganizationGroup/Details')).headers.get('location')).toBe('/AirWatch/OrganizationGroup/Details/Index/1112');
  });
});

describe('posts', () => {
  test('need the token in the field and in a header', async () => {
    const browser = await signedIn();
    const tag = { Name: 'Verified' };
    const isThere = (): boolean => environment.tags().some(({ name }) => name === 'Verified');
    expect(await browser.post('/Settings/Tags', tag, {})).toMatchObject({ IsSuccess: false });
    expect(await browser.post('/Settings/Tags', tag, { RequestVerificationToken: 'other' })).toMatchObject({ IsSuccess: false });
    expect(await browser.post('/Settings/Tags', tag, { 'X-RequestVerificationToken': `${browser.token}:other` })).toMatchObject({ IsSuccess: false });
    const alone = await browser.client.call('POST', '/AirWatch/Settings/Tags', { form: tag, headers: { RequestVerificationToken: browser.token } });
    expect(alone.status).toBe(403);
    expect(isThere()).toBe(false);
    const cookie = [...(browser.client.cookies ?? [])].find(([name]) => name.startsWith('__RequestVerificationToken'))?.[1];
    expect(await browser.post('/Settings/Tags', tag, { 'X-RequestVerificationToken': `${browser.token}:${cookie}` })).toMatchObject({ IsSuccess: true });
    expect(isThere()).toBe(true);
    const { token } = await signedIn();
    expect(await browser.post('/Settings/Tags', { Name: 'Foreign' }, { RequestVerificationToken: token })).toMatchObject({ IsSuccess: false });
  });

  test('of the newer pages need it in the header', async () => {
    const browser = await signedIn();
    const client = { name: 'From the app', description: 'x', organizationGroupId: 1112, roleId: environment.roles()[0]?.id, enabled: true };
    const send = (headers: Record<string, string>): Promise<Answer> => browser.client.call('POST', '/AirWatch/aa/api/oauth-clients', { json: client, headers });
    expect((await send({})).status).toBe(403);
    expect(environment.oauthClients()).toEqual([]);
    const made = await send({ RequestVerificationToken: browser.token });
    expect(environment.secrets()).toContain((made.body as { clientSecret: string }).clientSecret);
    expect((await send({ RequestVerificationToken: browser.token })).body).toEqual({ message: 'OAuth client name already exists.' });
    // A list never tells a secret.
    expect((await browser.client.call('GET', '/AirWatch/aa/api/oauth-clients')).body).toEqual([expect.not.objectContaining({ clientSecret: expect.anything() as unknown })]);
  });

  test.skipIf(!existsSync(reference))('answer with the recorded envelope (reference schemas beside the repository)', async () => {
    const { body } = JSON.parse(readFileSync(path.join(reference, 'fixtures/console-ajax-envelope.json'), 'utf8')) as { body: Envelope };
    expect(Object.keys(envelope({}))).toEqual(Object.keys(body));
    const answer = await (await signedIn()).post('/Settings/Tags', { Name: '' });
    expect(Object.keys(answer)).toEqual(Object.keys(body));
    expect(answer).toMatchObject({ IsSuccess: false, IsValidationException: true, Errors: { Name: ['Tag name cannot be null or empty.'] } });
  });

  test('of those who may not change nothing', async () => {
    const auditor = await signedIn(WS1_LOGINS.auditor);
    const before = environment.roles().length;
    expect(await auditor.post('/Roles/Create', { Name: 'Sneaked in', Description: 'x' })).toMatchObject({ IsSuccess: false });
    expect(await auditor.post('/Settings/RESTApi', { EnableApiAccess: 'False' })).toMatchObject({ IsSuccess: false });
    expect(environment.roles()).toHaveLength(before);
    const helpDesk = await signedIn(WS1_LOGINS.helpDesk);
    for (const address of ['/Settings/RESTApi', '/Admin/List', '/Admin/Roles']) expect((await helpDesk.get(address)).status, address).toBe(403);
    expect((await auditor.get('/Settings/RESTApi')).text).not.toContain('name="Save"');
  });
});

describe('REST API settings', () => {
  const keysIn = (page: string): { service: string; key: string }[] =>
    [...page.matchAll(/\.ServiceName" value="([^"]*)"[\s\S]*?\.ApiKey" spellcheck="false">([^<]*)</g)].map(([, service = '', key = '']) => ({ service, key })).filter(({ service }) => service !== '');
  const formOf = (page: string): [string, string][] => [
    ['EnableApiAccess', 'True'],
    ...[...page.matchAll(/name="(ApiServices\[\d+\]\.(?:Id|ServiceName))" value="([^"]*)"/g)].map(([, name = '', value = '']): [string, string] => [name, value]),
  ];

  test('a key is empty until it is saved, and masked as the environment says', async () => {
    const browser = await signedIn();
    const { text } = await browser.get('/Settings/RESTApi');
    expect(text).toContain('value="https://as1234.awmdm.com/API"');
    const saved = await browser.post('/Settings/RESTApi', [...formOf(text), ['ApiServices[9].Id', ''], ['ApiServices[9].ServiceName', 'Added'], ['ApiServices[9].AccountType', 'Admin']]);
    expect(saved).toMatchObject({ IsSuccess: true, HasView: true });
    const key = keysIn(saved.ViewHtml ?? '').at(-1)?.key ?? '';
    expect(environment.secrets()).toContain(key);

    const shownBy = async (keyMasking: 'none' | 'system' | 'saved'): Promise<boolean[]> => {
      environment.switches.keyMasking = keyMasking;
      return keysIn((await browser.get('/Settings/RESTApi')).text).map((row) => !row.key.includes('***'));
    };
    expect(await shownBy('system')).toEqual([true, false, false, false, true]);
    expect(await shownBy('none')).toEqual([true, true, true, true, true]);
    expect(await shownBy('saved')).toEqual([false, false, false, false, false]);
    // Where saved keys are masked, a new one is shown in the answer to saving it, and never again.
    const page = (await browser.get('/Settings/RESTApi')).text;
    const once = await browser.post('/Settings/RESTApi', [...formOf(page), ['ApiServices[9].ServiceName', 'Once']]);
    expect(keysIn(once.ViewHtml ?? '').map((row) => row.key.includes('***'))).toEqual([true, true, true, true, true, false]);
  });

  test('a service without a name and one that is there already are refused at the table', async () => {
    const browser = await signedIn();
    const { text } = await browser.get('/Settings/RESTApi');
    const before = environment.apiKeys();
    for (const [service, message] of [['', 'Service is required.'], ['airwatchapi', 'Service name already exists.']] as const) {
      expect(await browser.post('/Settings/RESTApi', [...formOf(text), ['ApiServices[9].ServiceName', service]])).toMatchObject({ IsSuccess: false, Errors: { ApiServices: [message] } });
    }
    expect(environment.apiKeys()).toEqual(before);
  });

  test('are inherited below the top group, unless the group overrides them with keys of its own', async () => {
    const browser = await signedIn();
    await browser.atGroup(GERMANY, 'settings');
    const { text } = await browser.get('/Settings/RESTApi');
    expect(text).toMatch(/value="Inherit" checked/);
    const before = environment.apiKeys();
    await browser.post('/Settings/RESTApi', [['CurrentSetting', 'Inherit'], ['ApiServices[9].ServiceName', 'Ignored']]);
    expect(environment.apiKeys()).toEqual(before);
    const saved = await browser.post('/Settings/RESTApi', [...formOf(text), ['CurrentSetting', 'Override'], ['ApiServices[9].ServiceName', 'German']]);
    expect(keysIn(saved.ViewHtml ?? '').map(({ service }) => service)).toEqual(['German']);
    expect(environment.apiKeys().at(-1)).toMatchObject({ service: 'German', organizationGroupId: GERMANY });
    // Saving at the top leaves it alone.
    await browser.atGroup(1112, 'settings');
    const top = (await browser.get('/Settings/RESTApi')).text;
    expect(keysIn(top).map(({ service }) => service)).not.toContain('German');
    await browser.post('/Settings/RESTApi', formOf(top));
    expect(environment.apiKeys().map(({ service }) => service)).toContain('German');
  });
});

describe('roles', () => {
  const namesOf = (...paths: string[]): string[] => CATEGORIES.filter((one) => paths.includes(one.path)).flatMap(({ permissions }) => permissions.map(({ name }) => name));

  test('ticked boxes are whole categories or single permissions', () => {
    expect(rightsOf(new Set([...namesOf('API > REST > Devices'), 'View Tag', 'Tag Management View', 'REST API Groups Write']))).toEqual({
      categories: { 'API > REST > Devices': 'edit', 'Settings > Tags > Tags': 'read' },
      permissions: { 'REST API Groups Write': 'edit' },
    });
    for (const role of environment.roles()) expect(permissionsOf({ ...rightsOf(permissionsOf(role)) })).toEqual(permissionsOf(role));
  });

  test('made by the form; names are unique, name and description required', async () => {
    const browser = await signedIn();
    const resources = namesOf('API > REST > Groups').map((name): [string, string] => ['Resources', name]);
    expect(await browser.post('/Roles/Create', [['Name', 'Groups only'], ['Description', 'x'], ...resources])).toMatchObject({ IsSuccess: true, RedirectUrl: '#/Admin/Roles' });
    expect(environment.roles().at(-1)).toMatchObject({ name: 'Groups only', categories: { 'API > REST > Groups': 'edit' }, permissions: {} });
    expect(await browser.post('/Roles/Create', { Name: 'groups ONLY', Description: 'x' })).toMatchObject({ Errors: { Name: ['Role name already exists.'] } });
    expect(await browser.post('/Roles/Create', { Name: '', Description: 'x' })).toMatchObject({ Errors: { Name: ['Name is required.'] } });
    expect(await browser.post('/Roles/Create', { Name: 'No text', Description: '' })).toMatchObject({ Errors: { Description: ['Description is required.'] } });
  });

  test('a copy starts with what the role has', async () => {
    const browser = await signedIn();
    const id = environment.roles().find(({ name }) => name === 'Read Only')?.id;
    expect((await browser.get(`/Roles/Copy/${id}`)).text).toContain(`data-resources="/Roles/Resources/${id}"`);
    const { ticked } = (await browser.get(`/Roles/Resources/${id}`)).body as { ticked: string[] };
    expect(ticked.toSorted()).toEqual(CATEGORIES.flatMap(({ permissions }) => permissions.flatMap(({ name, access }) => (access === 'read' ? [name] : []))).toSorted());
  });

  test('deleting one asks for the PIN', async () => {
    const browser = await signedIn();
    const { id } = environment.addRole({ name: 'Old role' });
    const isThere = (): boolean => environment.roles().some((role) => role.id === id);
    expect(await browser.post(`/Roles/Delete/${id}`, { SecurityPin: '0000' })).toMatchObject({ IsSuccess: false, Errors: { SecurityPin: [expect.any(String)] } });
    expect(isThere()).toBe(true);
    expect(await browser.post(`/Roles/Delete/${id}`, { SecurityPin: SECURITY_PIN })).toMatchObject({ IsSuccess: true });
    expect(isThere()).toBe(false);
  });

  test('come out as XML and go in again; the same name asks and wants the PIN', async () => {
    const browser = await signedIn();
    const role = environment.addRole({ name: 'A "quoted" <role> & more', description: 'd', categories: { 'API > REST > Devices': 'edit' }, permissions: { 'View Tag': 'read' } });
    const file = (await browser.client.call('GET', `/AirWatch/Roles/Export/${role.id}`)).text;
    expect(file).toBe(writeRoleFile(role));
    const { name, description, categories, permissions } = role;
    expect(readRoleFile(file)).toEqual({ name, description, categories, permissions });
    const broken = [file.replace('API > REST > Devices', 'API > Nothing'), file.replace('View Tag', 'View Nothing'), file.replace('Access="edit"', 'Access="all"'), `${file}<!-- -->`];
    for (const wrong of ['', '<Role/>', ...broken]) {
      expect(wrong).not.toBe(file);
      expect(readRoleFile(wrong), wrong).toBeUndefined();
    }

    const upload = async (text: string): Promise<Envelope> => {
      const form = new FormData();
      form.set('__RequestVerificationToken', browser.token);
      form.set('RoleFile', new File([text], 'role.xml', { type: 'text/xml' }));
      const cookie = [...(browser.client.cookies ?? [])].map(([key, value]) => `${key}=${value}`).join('; ');
      const answer = await sandbox.fetch(`${environment.origin}/AirWatch/Roles/Import`, { method: 'POST', body: form, headers: { cookie, RequestVerificationToken: browser.token } });
      return (await answer.json()) as Envelope;
    };
    expect(await upload('no role')).toMatchObject({ IsSuccess: false, Errors: { RoleFile: [expect.any(String)] } });
    expect(await upload(file.replace('A &quot;quoted', 'B &quot;quoted'))).toMatchObject({ IsSuccess: true });
    expect(environment.roles().at(-1)).toMatchObject({ name: name.replace('A', 'B'), categories, permissions });
    const changed = file.replace('Access="edit"', 'Access="read"');
    expect(await upload(changed)).toMatchObject({ IsSuccess: false, ShowDialog: true, ViewUrl: '/Roles/Import/Replace' });
    const access = (): unknown => environment.roles().find(({ id }) => id === role.id)?.categories['API > REST > Devices'];
    expect(await browser.post('/Roles/Import/Replace', { SecurityPin: '1111' })).toMatchObject({ IsSuccess: false });
    expect(access()).toBe('edit');
    expect(await browser.post('/Roles/Import/Replace', { SecurityPin: SECURITY_PIN })).toMatchObject({ IsSuccess: true });
    expect(access()).toBe('read');
  });
});

describe('administrators', () => {
  const fields = (more: Record<string, string> = {}): Record<string, string> => ({
    UserType: 'Basic',
    UserName: 'new.admin',
    Password: 'Good-enough-1',
    ConfirmPassword: 'Good-enough-1',
    FirstName: 'New',
    LastName: 'Admin',
    EmailAddress: 'new@meridian.example',
    'Roles[0].OrganizationGroupId': '1112',
    'Roles[0].RoleId': String(environment.roles()[0]?.id),
    ...more,
  });

  test('every field that is wrong is told, all at once', async () => {
    const browser = await signedIn();
    const answer = await browser.post('/Admin/Add', { UserType: 'Basic' });
    expect(Object.keys(answer.Errors).toSorted()).toEqual(['ConfirmPassword', 'EmailAddress', 'FirstName', 'LastName', 'Password', 'Roles', 'UserName']);
    expect(await browser.post('/Admin/Add', fields({ ConfirmPassword: 'Other-enough-1' }))).toMatchObject({ Errors: { ConfirmPassword: [expect.stringContaining('do not match')] } });
    expect(await browser.post('/Admin/Add', fields({ Password: 'weak', ConfirmPassword: 'weak' }))).toMatchObject({ Errors: { Password: ['Password does not meet complexity requirements'] } });
    expect(await browser.post('/Admin/Add', fields({ UserName: 'AUDITOR' }))).toMatchObject({ Errors: { UserName: ['User already exists.'] } });
    expect(environment.admins().some(({ username }) => username === 'new.admin')).toBe(false);
  });

  test('made at the console\'s group with the role on the chosen one', async () => {
    const browser = await signedIn();
    await browser.atGroup(GERMANY, 'console');
    expect(await browser.post('/Admin/Add', fields())).toMatchObject({ IsSuccess: true, RedirectUrl: '#/Admin/List' });
    expect(environment.admins().at(-1)).toMatchObject({ username: 'new.admin', organizationGroupId: GERMANY, roles: [{ organizationGroupId: 1112 }] });
    expect((await browser.get('/Admin/List/Search?SearchText=new.a')).text).toContain('new@meridian.example');
    expect((await browser.get('/Admin/OrganizationGroups?term=driv')).text.match(/<li/g)).toHaveLength(2);
  });
});

test('an admin of a part of the tree switches within it alone', async () => {
  const europe = await signedIn(WS1_LOGINS.europe);
  const shell = (await europe.client.call('GET', '/AirWatch/')).text;
  expect(shell).toContain('data-name="Hamburg Warehouse"');
  expect(shell).not.toContain('data-name="Americas"');
  expect(await europe.post('/OrganizationGroup/Switch', { id: '1202', scope: 'console' })).toMatchObject({ IsSuccess: false });
});

test('names with signs of HTML are shown as they are', async () => {
  const shell = (await (await signedIn()).client.call('GET', '/AirWatch/')).text;
  expect(shell).toContain('data-name="Test &lt;Lab&gt;"');
  expect(shell).not.toContain('<Lab>');
});

test('devices come in pages, counted from zero', async () => {
  const browser = await signedIn();
  const rows = async (pageNumber: number): Promise<number> => (await browser.get(`/Device/List/Search?Page=${pageNumber}`)).text.match(/Details\/Summary/g)?.length ?? 0;
  expect([await rows(0), await rows(5), await rows(6)]).toEqual([50, 50, 0]);
});

test('on an own host, and in Japanese', async () => {
  environment = sandbox.ws1('uem-umbra');
  environment.switches.language = 'ja';
  const browser = await signedIn();
  const { text } = await browser.get('/Settings/RESTApi');
  expect(text).toContain('value="https://uem.umbra.example/API"');
  expect(text).toContain('API アクセスを有効化');
});
