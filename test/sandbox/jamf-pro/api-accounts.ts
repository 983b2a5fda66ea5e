import type { Account } from './accounts.ts';
import { readObject, queryOf } from './api-route.ts';
import type { AddRoute } from './api-route.ts';
import { duplicate, invalid, notFound } from './errors.ts';
import { listOf } from './query.ts';
import { rowId } from './roles-and-clients.ts';
import type { TenantState } from './tenant-state.ts';

const FIELDS = ['id', 'username', 'realname', 'email', 'phone', 'siteId', 'privilegeLevel', 'accountStatus'];

/** Accounts of the console itself. */
export function addAccountRoutes(add: AddRoute, { accounts }: TenantState): void {
  const found = (id: string, node: number): Account => {
    const account = accounts.get(rowId(id), node);
    if (account === undefined) throw notFound(id);
    return account;
  };
  const checked = (account: Account): Account => {
    if (account.username === '') throw invalid('username', 'username is required');
    if (accounts.latest().some((one) => one.id !== account.id && one.username === account.username)) throw duplicate('username', 'username must be unique');
    return account;
  };

  add('GET', '/v1/accounts', 'Read Accounts', (c) => {
    const byName = accounts.all(c.env.node).toSorted((a, b) => (a.username < b.username ? -1 : 1));
    return c.json(listOf(byName.map(bodyOf), queryOf(c), FIELDS));
  });
  add('GET', '/v1/accounts/:id', 'Read Accounts', (c) => c.json(bodyOf(found(c.req.param('id') ?? '', c.env.node))));
  add('POST', '/v1/accounts', 'Create Accounts', async (c) => {
    const body = await readObject(c);
    const account = checked(withChanges({ ...BLANK, id: -1 }, body));
    const stored = { ...account, id: accounts.nextId() };
    accounts.set(stored.id, stored, c.env.node);
    return c.json(bodyOf(stored), 201);
  });
  add('PUT', '/v1/accounts/:id', 'Update Accounts', async (c) => {
    const account = checked(withChanges(found(c.req.param('id') ?? '', c.env.node), await readObject(c)));
    accounts.set(account.id, account, c.env.node);
    return c.json(bodyOf(account));
  });
  add('DELETE', '/v1/accounts/:id', 'Delete Accounts', (c) => {
    accounts.set(found(c.req.param('id') ?? '', c.env.node).id, undefined, c.env.node);
    return c.body(null, 204);
  });
}

const BLANK: Omit<Account, 'id'> = {
  username: '',
  realname: '',
  email: '',
  phone: '',
  siteId: -1,
  accessLevel: 'FullAccess',
  privilegeLevel: 'CUSTOM',
  accountStatus: 'Enabled',
  accountType: 'DEFAULT',
  customPrivileges: [],
};

/** Never holds the password [D write-only]. */
function bodyOf(account: Account) {
  const { id, username, realname, email, phone, siteId, accessLevel, privilegeLevel, accountStatus, accountType } = account;
  return {
    id: String(id),
    username,
    realname,
    email,
    phone,
    ldapServerId: -1,
    distinguishedName: '',
    siteId,
    accessLevel,
    privilegeLevel,
    lastPasswordChange: '2026-06-01T08:00:00.000Z',
    changePasswordOnNextLogin: false,
    failedLoginAttempts: 0,
    accountStatus,
    accountType,
  };
}

function withChanges(account: Account, body: Record<string, unknown>): Account {
  const text = (name: 'username' | 'realname' | 'email' | 'phone'): string => {
    const value = body[name] ?? account[name];
    if (typeof value !== 'string') throw invalid(name, `${name} must be a text`);
    return value;
  };
  const { siteId = account.siteId, plainPassword = account.password } = body;
  if (typeof siteId !== 'number') throw invalid('siteId', 'siteId must be a number');
  if (plainPassword !== undefined && typeof plainPassword !== 'string') throw invalid('plainPassword', 'plainPassword must be a text');
  return {
    ...account,
    username: text('username'),
    realname: text('realname'),
    email: text('email'),
    phone: text('phone'),
    siteId,
    accessLevel: oneOf(body, 'accessLevel', ['FullAccess', 'SiteAccess', 'GroupBasedAccess'], account.accessLevel),
    privilegeLevel: oneOf(body, 'privilegeLevel', ['ADMINISTRATOR', 'AUDITOR', 'ENROLLMENT', 'CUSTOM'], account.privilegeLevel),
    accountStatus: oneOf(body, 'accountStatus', ['Enabled', 'Disabled'], account.accountStatus),
    ...(plainPassword === undefined ? {} : { password: plainPassword }),
  };
}

function oneOf<T extends string>(body: Record<string, unknown>, name: string, values: readonly T[], fallback: T): T {
  const value = body[name] ?? fallback;
  const found = values.find((one) => one === value);
  if (found === undefined) throw invalid(name, `${name} must be one of ${values.join(', ')}`);
  return found;
}
