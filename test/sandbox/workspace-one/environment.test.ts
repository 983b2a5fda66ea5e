import { beforeEach, describe, expect, test } from 'vitest';
import { Environment } from './environment.ts';
import { ENVIRONMENTS, WS1_LOGINS } from './environments.ts';
import type { AdminInput, RoleInput } from './records.ts';
import { Ws1Refusal } from './refusal.ts';

let environment: Environment;
let time: number;

const definition = (key: string) => {
  const found = ENVIRONMENTS.find((one) => one.key === key);
  if (found === undefined) throw new Error(`No environment ${key}`);
  return found;
};

beforeEach(() => {
  time = Date.UTC(2026, 10, 22, 9);
  environment = new Environment({ ...definition('cn1234'), devices: 300 }, () => time);
});

function refusalOf(action: () => unknown): { status: number; errorCode: number; message: string; field: string | undefined } {
  try {
    action();
  } catch (error) {
    if (error instanceof Ws1Refusal) return { status: error.status, errorCode: error.errorCode, message: error.message, field: error.field };
    throw error;
  }
  throw new Error('Nothing was refused');
}

const role = (changes: Partial<RoleInput> = {}): RoleInput => ({ name: 'api_admin_role', description: 'Role for Harmony Mobile Integration', categories: {}, permissions: {}, ...changes });
const admin = (changes: Partial<AdminInput> = {}): AdminInput => ({
  username: 'api_admin',
  password: 'Correct-horse-1',
  firstName: 'API',
  lastName: 'Admin',
  email: 'api@meridian.example',
  organizationGroupId: 1112,
  roles: [{ roleId: environment.findRole('Read Only')?.id ?? 0, organizationGroupId: 1112 }],
  ...changes,
});

describe('organization groups', () => {
  test('form a tree of depth 4 in which a name may occur twice and a code may not', () => {
    const groups = environment.organizationGroups();
    expect(environment.pathTo(1402).map(({ name }) => name)).toEqual(['Meridian Logistics', 'Europe', 'Germany', 'Drivers']);
    expect(groups.filter(({ name }) => name === 'Drivers').map(({ id }) => id)).toEqual([1402, 1412]);
    expect(new Set(groups.map(({ groupId }) => groupId)).size).toBe(groups.length);
    expect([...environment.subtree(1301)].toSorted()).toEqual([1301, 1401, 1402]);
    expect(environment.subtree(1112).size).toBe(groups.length);
  });
  test('are found by id, uuid and code', () => {
    const { uuid } = environment.group(1201);
    for (const id of [1201, uuid, uuid.toUpperCase(), 'mer-eu']) expect(environment.findGroup(id)?.id).toBe(1201);
    for (const id of [9, 'nobody', undefined]) expect(environment.findGroup(id)).toBeUndefined();
  });
  test('the own host has a tree of depth 2', () => {
    const other = new Environment(definition('uem-umbra'), () => time);
    expect(Math.max(...other.organizationGroups().map(({ id }) => other.pathTo(id).length))).toBe(2);
    expect(other.apiOrigin).toBe(other.origin);
  });
});

describe('roles', () => {
  test('a copy has the categories of the original and belongs to where it is made', () => {
    const copy = environment.copyRole(environment.findRole('Read Only')?.id ?? 0, { name: 'api_admin_role', description: 'x' }, 1112);
    expect(copy).toMatchObject({ name: 'api_admin_role', builtIn: false, organizationGroupId: 1112, categories: { 'API > REST > Devices': 'read' } });
    environment.saveRole(copy.id, role({ categories: { ...copy.categories, 'API > REST > Devices': 'edit' } }));
    expect(environment.roles().find(({ id }) => id === copy.id)?.categories['API > REST > Devices']).toBe('edit');
    expect(environment.findRole('Read Only')?.categories['API > REST > Devices']).toBe('read');
  });

  test.each<[string, () => unknown, string, string]>([
    ['no name', () => environment.createRole(role({ name: ' ' }), 1112), 'name', 'Name is required.'],
    ['no description', () => environment.createRole(role({ description: '' }), 1112), 'description', 'Description is required.'],
    ['a name that is there', () => environment.createRole(role({ name: 'read only' }), 1112), 'name', 'Role name already exists.'],
    ['an unknown category', () => environment.createRole(role({ categories: { 'API > REST': 'edit' } }), 1112), 'categories', 'Unknown resource: API > REST'],
    ['an unknown permission', () => environment.createRole(role({ permissions: { Everything: 'edit' } }), 1112), 'categories', 'Unknown resource: Everything'],
    ['a default role to edit', () => environment.saveRole(environment.findRole('Read Only')?.id ?? 0, role()), 'name', 'Default roles cannot be edited.'],
    ['a default role to delete', () => environment.deleteRole(environment.findRole('Read Only')?.id ?? 0), 'name', 'Default roles cannot be deleted.'],
  ])('refuses %s', (_, action, field, message) => {
    const before = environment.roles().length;
    expect(refusalOf(action)).toEqual({ status: 400, errorCode: 400, message, field });
    expect(environment.roles()).toHaveLength(before);
  });

  test('one in use cannot be deleted, one out of use can', () => {
    const { id } = environment.createRole(role(), 1112);
    const { id: adminId } = environment.createAdmin(admin({ roles: [{ roleId: id, organizationGroupId: 1112 }] }));
    expect(refusalOf(() => environment.deleteRole(id)).message).toBe('The role is assigned and cannot be deleted.');
    environment.deleteAdmin(adminId);
    environment.deleteRole(id);
    expect(environment.findRole(id)).toBeUndefined();
  });

  test('a saved change counts for others after the lag, for a new sign-in at once', () => {
    environment.switches.lagMs = 60_000;
    const { id } = environment.createRole(role({ permissions: { 'View Tag': 'read' } }), 1112);
    environment.createAdmin(admin({ roles: [{ roleId: id, organizationGroupId: 1112 }] }));
    const early = environment.signIn('api_admin', 'Correct-horse-1');
    const found = environment.findSession(early?.id);
    if (early === undefined || found === undefined) throw new Error('No session');
    const caller = { kind: 'admin', admin: found.admin } as const;
    const may = (signedInAt?: number): boolean => environment.may(caller, 'Add Tag', 1112, signedInAt);
    time += 1000;
    environment.saveRole(id, role({ permissions: { 'View Tag': 'read', 'Add Tag': 'edit' } }));
    expect([may(), may(early.signedInAt)]).toEqual([false, false]);
    expect(may(environment.signIn('api_admin', 'Correct-horse-1')?.signedInAt)).toBe(true);
    time += 60_000;
    expect([may(), may(early.signedInAt)]).toEqual([true, true]);
  });
});

describe('administrators', () => {
  test.each<[string, Partial<AdminInput>, string, string]>([
    ['no user name', { username: ' ' }, 'username', 'UserName cannot be null or empty.'],
    ['a user name that is there, in other letters', { username: 'Console.ADMIN' }, 'username', 'User already exists.'],
    ['no first name', { firstName: '' }, 'firstName', 'First Name is required.'],
    ['no last name', { lastName: '' }, 'lastName', 'Last Name is required.'],
    ['a bad e-mail address', { email: 'api@meridian' }, 'email', 'Email Address is not valid.'],
    ['no password', { password: '' }, 'password', 'Password cannot be null, empty, or whitespace'],
    ['a short password', { password: 'Aa1-567' }, 'password', 'Password does not meet complexity requirements'],
    ['a password without digit', { password: 'Correct-horse' }, 'password', 'Password does not meet complexity requirements'],
    ['a password without capital', { password: 'correct-horse-1' }, 'password', 'Password does not meet complexity requirements'],
    ['a password without special character', { password: 'Correcthorse1' }, 'password', 'Password does not meet complexity requirements'],
    ['an unknown group', { organizationGroupId: 9 }, 'organizationGroupId', 'Location Group 9 not found or user does not have access to it'],
    ['no role', { roles: [] }, 'roles', 'Admin User should be associated with atleast one role, please add role to the user.'],
    ['an unknown role', { roles: [{ roleId: 9, organizationGroupId: 1112 }] }, 'roles', 'Role 9 not found or user does not have access to it'],
    ['a role on an unknown group', { roles: [{ roleId: 7001, organizationGroupId: 9 }] }, 'roles', 'Location Group 9 not found or user does not have access to it'],
    [
      'a role twice on one group',
      { roles: [{ roleId: 7001, organizationGroupId: 1112 }, { roleId: 7001, organizationGroupId: 1112 }] },
      'roles',
      'Duplicate role mapping is found between Location Group id 1112 and Role id 7001',
    ],
  ])('refuses %s', (_, changes, field, message) => {
    const before = environment.admins().length;
    expect(refusalOf(() => environment.createAdmin(admin(changes)))).toEqual({ status: 400, errorCode: 400, message, field });
    expect(environment.admins()).toHaveLength(before);
  });

  test('a role made further down cannot be given higher up', () => {
    const { id } = environment.createRole(role(), 1201);
    expect(refusalOf(() => environment.createAdmin(admin({ roles: [{ roleId: id, organizationGroupId: 1112 }] }))).message).toContain(`Role ${id} not found`);
    environment.createAdmin(admin({ roles: [{ roleId: id, organizationGroupId: 1301 }] }));
  });

  test('rights reach the group of the role and everything below it, and nothing else', () => {
    environment.createAdmin(admin({ roles: [{ roleId: environment.findRole('Read Only')?.id ?? 0, organizationGroupId: 1301 }] }));
    const found = environment.findByPassword('API_ADMIN', 'Correct-horse-1');
    if (found === undefined) throw new Error('Not signed in');
    expect([...environment.groupsWith({ kind: 'admin', admin: found }, 'REST API Groups Read')].toSorted()).toEqual([1301, 1401, 1402]);
    expect(environment.groupsWith({ kind: 'admin', admin: found }, 'REST API Groups Write').size).toBe(0);
  });

  test('directory passwords are the directory\'s', () => {
    const { id } = environment.admins().find(({ type }) => type === 'directory') ?? { id: 0 };
    expect(refusalOf(() => environment.changePassword(id, 'Correct-horse-2'))).toMatchObject({ status: 401, errorCode: 401 });
  });

  test('the last role stays', () => {
    const { id } = environment.createAdmin(admin());
    const grant = { roleId: environment.findRole('Help Desk')?.id ?? 0, organizationGroupId: 1201 };
    environment.addRoleTo(id, grant);
    environment.removeRoleFrom(id, grant);
    expect(refusalOf(() => environment.removeRoleFrom(id, grant)).message).toContain("'admin role' was not found");
    const [last] = environment.findAdmin(id)?.roles ?? [];
    if (last === undefined) throw new Error('No role left');
    expect(refusalOf(() => environment.removeRoleFrom(id, last)).message).toContain('atleast one role');
  });
});

describe('web sessions', () => {
  test.each<[string, { username: string; password: string }, boolean]>([
    ['the administrator', WS1_LOGINS.admin, true],
    ['a directory account', WS1_LOGINS.directory, true],
    ['a deactivated account', WS1_LOGINS.former, false],
    ['a wrong password', { ...WS1_LOGINS.admin, password: 'x' }, false],
    ['an unknown name', { username: 'nobody', password: WS1_LOGINS.admin.password }, false],
  ])('%s', (_, { username, password }, isSignedIn) => expect(environment.signIn(username, password) !== undefined).toBe(isSignedIn));

  test('start at the account\'s group, stay while used, and end', () => {
    const session = environment.signIn(WS1_LOGINS.europe.username, WS1_LOGINS.europe.password);
    expect(session?.organizationGroupId).toBe(1201);
    for (let i = 0; i < 4; i += 1) {
      time += 20 * 60_000;
      expect(environment.findSession(session?.id)?.admin.username).toBe('europe.admin');
    }
    time += 31 * 60_000;
    expect(environment.findSession(session?.id)).toBeUndefined();
    const other = environment.signIn(WS1_LOGINS.admin.username, WS1_LOGINS.admin.password);
    environment.endSessions();
    expect(environment.findSession(other?.id)).toBeUndefined();
  });
});

describe('REST API settings', () => {
  const rows = () => environment.allKeys.map(({ id, service, accountType, description }) => ({ id, service, accountType, description }));
  const added = { service: 'Harmony Mobile', accountType: 'Admin', description: 'Check Point' } as const;

  test('a new key gets its value with the save: 32 bytes as Base64', () => {
    const before = environment.secrets();
    const { added: [key] } = environment.saveApiSettings(1112, { enabled: true, keys: [...rows(), added] });
    expect(key?.value).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(environment.apiKeys().at(-1)).toMatchObject({ ...added, adminGenerated: true, organizationGroupId: 1112 });
    expect(environment.apiKeys().at(-1)).not.toHaveProperty('value');
    expect(environment.secrets()).toEqual([...before, key?.value]);
  });

  test('rows that are kept keep their value, rows left out go', () => {
    const values = environment.allKeys.map(({ value }) => value);
    environment.saveApiSettings(1112, { enabled: true, keys: rows().slice(1) });
    expect(environment.allKeys.map(({ value }) => value)).toEqual(values.slice(1));
    expect(environment.findKey(values[0] ?? '')).toBeUndefined();
  });

  test.each<[string, number, { service: string }, string]>([
    ['a group below the top', 1201, added, 'The settings are inherited from the parent organization group.'],
    ['no service', 1112, { ...added, service: '' }, 'Service is required.'],
    ['a service that is there', 1112, { ...added, service: 'airwatchapi' }, 'Service name already exists.'],
  ])('refuses %s', (_, group, row, message) => {
    const before = environment.apiKeys();
    expect(refusalOf(() => environment.saveApiSettings(group, { enabled: false, keys: [...rows(), { ...added, ...row }] })).message).toBe(message);
    expect(environment.apiKeys()).toEqual(before);
    expect(environment.apiEnabled).toBe(true);
  });

  test('groups below inherit', () => {
    expect(environment.apiSettings(1112)).toMatchObject({ current: 'Override', restApiUrl: 'https://as1234.awmdm.com/API', enabled: true });
    environment.setApiEnabled(false);
    expect(environment.apiSettings(1402)).toMatchObject({ current: 'Inherit', enabled: false, keys: environment.allKeys });
  });

  test.each([
    ['none', [false, false, false, false]],
    ['system', [false, true, true, true]],
    ['saved', [true, true, true, true]],
  ] as const)('masking "%s"', (masking, isMasked) => {
    environment.switches.keyMasking = masking;
    const shown = environment.allKeys.map((key) => environment.shownKey(key));
    expect(shown.map((text) => text.includes('*'))).toEqual(isMasked);
    for (const [index, text] of shown.entries()) {
      const value = environment.allKeys[index]?.value ?? '';
      // As in the vendor's picture: five letters, stars, five letters, the whole as long as a key.
      if (isMasked[index] === true) expect(text).toBe(`${value.slice(0, 5)}${'*'.repeat(34)}${value.slice(-5)}`);
      else expect(text).toBe(value);
    }
  });
});

describe('OAuth clients', () => {
  const client = () => ({ name: 'Harmony', organizationGroupId: 1112, roleId: environment.findRole('Read Only')?.id ?? 0, enabled: true });

  test('the secret comes once and opens tokens for an hour', () => {
    const { row, secret } = environment.createOAuthClient(client());
    expect(environment.oauthClients()).toEqual([row]);
    expect(JSON.stringify(environment.oauthClients())).not.toContain(secret);
    expect(environment.issueToken(row.clientId, 'wrong')).toBeUndefined();
    const token = environment.issueToken(row.clientId, secret) ?? '';
    expect(environment.clientOfToken(token)?.clientId).toBe(row.clientId);
    time += 3_600_000;
    expect(environment.clientOfToken(token)).toBeUndefined();
  });
  test('a disabled one opens nothing', () => {
    const { row, secret } = environment.createOAuthClient(client());
    const token = environment.issueToken(row.clientId, secret) ?? '';
    environment.setOAuthClientEnabled(row.id, false);
    expect([environment.clientOfToken(token), environment.issueToken(row.clientId, secret)]).toEqual([undefined, undefined]);
  });
  test.each([
    ['no name', { name: '' }, 'Name is required.'],
    ['a name that is there', {}, 'OAuth client name already exists.'],
    ['an unknown role', { name: 'Other', roleId: 9 }, 'Role 9 not found or user does not have access to it'],
  ])('refuses %s', (_, changes, message) => {
    environment.createOAuthClient(client());
    expect(refusalOf(() => environment.createOAuthClient({ ...client(), ...changes })).message).toBe(message);
  });
});

describe('devices', () => {
  test('are the same in every run, all in groups without children, and one such group has none', () => {
    const again = new Environment({ ...definition('cn1234'), devices: 300 }, () => time);
    const all = environment.inventory.idsIn(environment.subtree(1112));
    expect(all).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    for (const id of [1, 77, 300]) expect(again.inventory.device(id)).toEqual(environment.inventory.device(id));
    const leaves = environment.organizationGroups().filter(({ id }) => environment.subtree(id).size === 1);
    expect(leaves.map(({ id }) => environment.inventory.countIn(new Set([id]))).filter((count) => count === 0)).toHaveLength(1);
    expect(environment.inventory.countIn(environment.subtree(1112))).toBe(300);
    expect(new Set(all.map((id) => environment.inventory.device(id).uuid)).size).toBe(300);
    for (const id of [1, 299]) expect(environment.inventory.idOfUuid(environment.inventory.device(id).uuid)).toBe(id);
    expect(environment.inventory.idOfUuid('00000000-0000-0000-0000-000000000001')).toBeUndefined();
  });
});
