import { beforeEach, describe, expect, it } from 'vitest';
import { Environment } from '../../../test/sandbox/workspace-one/environment.ts';
import { ENVIRONMENTS } from '../../../test/sandbox/workspace-one/environments.ts';
import { createWorkspaceOneHosts } from '../../../test/sandbox/workspace-one/hosts.ts';
import { KeyferryError, type Failure } from '../../failure.ts';
import { harmonyMobileWorkspaceOne } from '../../recipes/harmony-mobile-workspace-one.ts';
import { categoriesOf, type RoleRecipe } from '../../recipes/recipe.ts';
import { Secret } from '../../vault/secret.ts';
import { createWorkspaceOneApi, type UemCredentials, type WorkspaceOneApi } from './api.ts';
import { requestToken } from './oauth.ts';
import { makePassword } from './password.ts';
import { proveAccount } from './proof.ts';
import { apiCandidates, tokenAddress } from './tenant.ts';

/* The client against the sandbox's REST API, which enforces the product's rules as far as they are known. */

const [vendor, least] = harmonyMobileWorkspaceOne.roles as [RoleRecipe, RoleRecipe];
const password = 'Sandbox-Pass-9!';
let environment: Environment;
let key: string;
let send: typeof fetch;
let counted: number;

beforeEach(() => {
  environment = new Environment(ENVIRONMENTS.find((one) => one.key === 'cn1234')!, () => Date.UTC(2026, 10, 22));
  const hosts = createWorkspaceOneHosts([environment]);
  send = (async (url: string, init: RequestInit) => {
    const handler = hosts.get(new URL(url).host);
    if (!handler) throw new TypeError('fetch failed');
    return handler(new Request(url, init), {} as Parameters<typeof handler>[1]);
  }) as typeof fetch;
  key = environment.addApiKey({ service: 'Keyferry' }).value;
  counted = 0;
});

function connect(credentials: UemCredentials, base = apiCandidates(environment.origin)[0]!): WorkspaceOneApi {
  return createWorkspaceOneApi({ base, credentials, signal: new AbortController().signal, count: () => counted++, fetch: send });
}
const as = (username: string, secret = password): UemCredentials => ({ kind: 'basic', username, password: new Secret(secret), key: new Secret(key) });

/** An account with a role of its own. */
function account({ name, categories, permissions, copyOf }: Omit<RoleRecipe, 'id' | 'description'>): WorkspaceOneApi {
  const copied = environment.roles().find((role) => role.name === copyOf)?.categories ?? {};
  const pairs = <T extends { access: 'read' | 'edit' }>(all: T[], nameOf: (one: T) => string) => Object.fromEntries(all.map((one) => [nameOf(one), one.access]));
  environment.addRole({ name, categories: { ...copied, ...pairs(categories, ({ path }) => path) }, permissions: pairs(permissions, (one) => one.name) });
  environment.addAdmin({ username: `api_${name}`, password, role: name });
  return connect(as(`api_${name}`));
}
const administrator = (): WorkspaceOneApi => {
  environment.addAdmin({ username: 'boss', password, role: 'System Administrator' });
  return connect(as('boss'));
};
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof KeyferryError) return thrown.failure;
    throw thrown;
  }
  throw new Error('no failure');
}

describe('the proof', () => {
  it.each<[string, RoleRecipe]>([['vendor', vendor], ['least', least]])('of the %s role: whole', async (_id, role) => {
    environment.addTag({ name: 'CHKP_Risk_High' });
    const proof = await proveAccount(account(role), categoriesOf(role));
    expect(proof).toMatchObject({ missing: [], devices: 20_000, tags: expect.arrayContaining(['CHKP_Risk_High']) as string[], quota: { limit: 250_000, remaining: 249_995 } });
    expect(proof.version).toMatch(/^\d+\.\d+/);
    expect(proof.groups).toHaveLength(environment.counts().organizationGroups);
    expect(proof.groups[0]).toMatchObject({ id: environment.topGroup.id, uuid: environment.topGroup.uuid, type: 'Customer' });
    expect(proof.smartGroups).toBe(environment.counts().smartGroups);
    expect(counted).toBe(5);
  });

  it('names all that a role lacks', async () => {
    const none = account({ name: 'hollow', categories: [{ path: 'Monitor > Reports > General', access: 'edit' }], permissions: [] });
    expect((await proveAccount(none)).missing).toEqual(['API > REST > Groups', 'API > REST > Devices']);
    const some = account({ name: 'some', categories: [{ path: 'API > REST > Groups', access: 'read' }], permissions: [] });
    expect((await proveAccount(some)).missing).toEqual(['API > REST > Devices', 'Settings > Tags > Tags']);
  });

  it('a copy of Read Only can be proven, but not write', async () => {
    const reader = account({ name: 'reader', copyOf: 'Read Only', categories: [], permissions: [] });
    expect((await proveAccount(reader)).missing).toEqual([]);
    expect(await failureOf(reader.addTag('x', environment.topGroup))).toMatchObject({ code: 'uem-right-missing', params: { category: 'Settings > Tags > Tags', access: 'edit' }, certainty: 'not-done' });
  });
});

describe('what is refused', () => {
  it.each<[string, () => WorkspaceOneApi, Failure['code']]>([
    ['a wrong password', () => connect(as('boss', 'wrong')), 'uem-sign-in-refused'],
    ['an unknown key', () => connect({ ...as('boss'), key: new Secret('bm90IGEga2V5IGF0IGFsbA==') } as UemCredentials), 'uem-key-refused'],
    ['a key for enrollment users', () => connect({ ...as('boss'), key: new Secret(environment.addApiKey({ service: 'e', accountType: 'Enrollment User' }).value) } as UemCredentials), 'uem-sign-in-refused'],
    ['the API switched off', () => (environment.setApiEnabled(false), connect(as('boss'))), 'uem-api-disabled'],
    ['Basic switched off', () => (environment.setBasicEnabled(false), connect(as('boss'))), 'uem-basic-disabled'],
    ['a wrong token', () => connect({ kind: 'bearer', token: new Secret('nonsense-nonsense') }), 'uem-client-refused'],
    ['the day used up', () => ((environment.switches.dailyQuota = 0), connect(as('boss'))), 'uem-quota-used-up'],
    ['another host', () => connect(as('boss'), 'https://as9999.awmdm.com'), 'console-unreachable'],
  ])('%s', async (_what, make, code) => {
    environment.addAdmin({ username: 'boss', password, role: 'System Administrator' });
    const failure = await failureOf(proveAccount(make()));
    expect(failure).toMatchObject({ code, certainty: 'not-done' });
    for (const secret of environment.secrets()) expect(JSON.stringify(failure)).not.toContain(secret);
  });

  it('the list of keys while its cache is down', async () => {
    environment.switches.keyCacheDown = true;
    expect((await failureOf(administrator().readApiKeys(environment.topGroup.uuid))).code).toBe('uem-key-list-unavailable');
  });
});

describe('the whole way by API', () => {
  it('an account with a role found, proven, its password changed, deleted', async () => {
    environment.addRole({ name: 'api_admin_role', categories: Object.fromEntries(vendor.categories.map(({ path, access }) => [path, access])) });
    const api = administrator();
    const { id, uuid } = (await api.searchGroups({ groupId: environment.topGroup.groupId }))[0]!;
    const top = { id, uuid };
    expect(await api.findAdmin('api_harmony')).toBeUndefined();
    const secret = makePassword();
    const made = await api.addAdmin({ username: 'api_harmony', password: secret, firstName: 'Harmony', lastName: 'Mobile', email: 'it@meridian.example', group: top, role: { name: 'api_admin_role', group: top } });
    const admin = await api.findAdmin('api_harmony');
    expect(admin).toMatchObject({ username: 'api_harmony', roles: [{ name: 'api_admin_role', groupId: id }] });
    expect(environment.admins().find((one) => one.id === made)?.uuid).toBe(admin!.uuid);
    expect((await proveAccount(connect(as('api_harmony', secret.reveal())))).missing).toEqual([]);

    const next = makePassword();
    await api.changePassword(admin!, next);
    expect((await failureOf(connect(as('api_harmony', secret.reveal())).readSystemInfo())).code).toBe('uem-sign-in-refused');
    await connect(as('api_harmony', next.reveal())).readSystemInfo();

    await api.deleteAdmin(admin!);
    expect(await api.findAdmin('api_harmony')).toBeUndefined();
    // The second of the same name is refused in the console's words.
    expect(await failureOf(api.addAdmin({ username: 'boss', password: secret, firstName: 'B', lastName: 'B', email: 'b@b.example', group: top, role: { name: 'api_admin_role', group: top } }))).toMatchObject({ code: 'console-refused', params: { status: '400' } });
  });

  it('tags, once each', async () => {
    const api = administrator();
    const top = environment.topGroup;
    const before = await api.searchTags(top);
    for (const expected of ['added', 'was there']) expect(await api.addTag('CHKP_Status_Active', top)).toBe(expected);
    expect((await api.searchTags(top)).map(({ name }) => name)).toEqual([...before.map(({ name }) => name), 'CHKP_Status_Active'].sort());
    // By id, as version 1 has it.
    expect((await api.searchTags({ id: top.id, uuid: undefined }, 'CHKP_Status_Active'))[0]).toMatchObject({ name: 'CHKP_Status_Active', id: expect.any(Number) as number });
  });

  it('groups, with their parents', async () => {
    const api = administrator();
    const below = await api.listChildren(environment.topGroup.id);
    expect(below).toHaveLength(environment.counts().organizationGroups);
    for (const one of environment.organizationGroups()) if (one.parent !== null) expect(below.find(({ id }) => id === one.id)?.parent).toBe(one.parent);
    expect(await api.searchGroups({ name: 'no such group' })).toEqual([]);
  });

  it('devices: all, of one group, and none', async () => {
    const api = administrator();
    const all = await Promise.all((await api.searchGroups()).map(({ id }) => api.countDevices(id)));
    expect(await api.countDevices()).toBe(20_000);
    expect(Math.max(...all)).toBe(20_000);
    expect(all.every((count) => count >= 0 && count <= 20_000)).toBe(true);
  });

  it('keys and OAuth clients are listed', async () => {
    const { secret } = environment.addOAuthClient({ name: 'Keyferry', role: 'Read Only' });
    const { keys, clients } = await administrator().readApiKeys(environment.topGroup.uuid);
    expect(keys.map((one) => (one.key instanceof Secret ? one.key.reveal() : one.key))).toContain(key);
    expect(clients.map(({ name }) => name)).toContain('Keyferry');
    expect(JSON.stringify([keys, clients])).not.toContain(secret);
  });
});

it('an OAuth client: token, then the same calls without a key', async () => {
  const { row, secret } = environment.addOAuthClient({ name: 'Keyferry', role: 'Read Only' });
  const request = { address: tokenAddress('na'), clientId: row.clientId, signal: new AbortController().signal, fetch: send };
  const { token, expiresAt } = await requestToken({ ...request, secret: new Secret(secret) });
  expect(expiresAt).toBeGreaterThan(Date.now());
  expect((await proveAccount(connect({ kind: 'bearer', token }))).missing).toEqual([]);
  expect(await failureOf(requestToken({ ...request, secret: new Secret('wrong') }))).toMatchObject({ code: 'uem-client-refused', params: { reason: 'invalid_client' } });
  expect((await failureOf(requestToken({ ...request, address: tokenAddress('emea'), secret: new Secret(secret) }))).code).toBe('uem-client-refused');
});
