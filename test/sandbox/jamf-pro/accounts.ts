import { LOCAL_LOGINS, SSO_LOGINS } from './tenants.ts';
import type { TenantDefinition } from './tenants.ts';

/** An admin account of the console [D vendor OpenAPI 11.30, UserAccount]. */
export interface Account {
  id: number;
  username: string;
  realname: string;
  email: string;
  phone: string;
  siteId: number;
  accessLevel: 'FullAccess' | 'SiteAccess' | 'GroupBasedAccess';
  privilegeLevel: 'ADMINISTRATOR' | 'AUDITOR' | 'ENROLLMENT' | 'CUSTOM';
  accountStatus: 'Enabled' | 'Disabled';
  accountType: 'DEFAULT' | 'FEDERATED';
  /** What a CUSTOM account may do; the other levels follow from their name. */
  customPrivileges: string[];
  /** Local accounts that can sign in. */
  password?: string;
}

const GIVEN = 'Aiko Ben Chiara Daniel Emi Farah Goran Hana Ines Jonas Kenji Lena Mateo Nadia Oskar Priya Quinn Rosa Sora Tariq'.split(' ');
const FAMILY = 'Abe Bauer Costa Dubois Eriksen Fujita Garcia Hughes Ito Jansen Kato Lindqvist Mori Novak Okafor Petrov Rossi'.split(' ');

/** The n-th person of a tenant; 340 different names, then with a number. */
export function person(index: number): { realname: string; username: string } {
  const given = GIVEN[index % GIVEN.length] ?? '';
  const family = FAMILY[index % FAMILY.length] ?? '';
  const round = Math.floor(index / (GIVEN.length * FAMILY.length));
  return { realname: `${given} ${family}`, username: `${given}.${family}${round === 0 ? '' : round + 1}`.toLowerCase() };
}

export function createAccounts(definition: TenantDefinition): Account[] {
  const base = { phone: '', siteId: -1, accessLevel: 'FullAccess', accountStatus: 'Enabled', accountType: 'DEFAULT', customPrivileges: [] as string[] } as const;
  const named: Omit<Account, 'id'>[] =
    definition.signIn === 'sso'
      ? [
          {
            ...base,
            username: SSO_LOGINS.admin.username,
            realname: 'Initech Admin',
            email: SSO_LOGINS.admin.username,
            privilegeLevel: 'ADMINISTRATOR',
            accountType: 'FEDERATED',
          },
        ]
      : [
          { ...base, ...login(LOCAL_LOGINS.admin, definition), realname: 'Console Admin', privilegeLevel: 'ADMINISTRATOR' },
          { ...base, ...login(LOCAL_LOGINS.auditor, definition), realname: 'Console Auditor', privilegeLevel: 'AUDITOR' },
          {
            ...base,
            ...login(LOCAL_LOGINS.rolesOnly, definition),
            realname: 'Roles Only',
            privilegeLevel: 'CUSTOM',
            customPrivileges: ['Create API Roles', 'Read API Roles'],
          },
          {
            ...base,
            ...login(LOCAL_LOGINS.noUpdate, definition),
            realname: 'No Update',
            privilegeLevel: 'CUSTOM',
            customPrivileges: ['Roles', 'Integrations'].flatMap((what) => ['Create', 'Read', 'Delete'].map((verb) => `${verb} API ${what}`)),
          },
        ];
  const people = Array.from({ length: definition.people }, (_, index): Omit<Account, 'id'> => {
    const { realname, username } = person(index);
    const inSite = definition.sites.length > 0 && index % 3 === 0;
    return {
      ...base,
      username,
      realname,
      email: `${username}@${definition.domain}`,
      siteId: inSite ? (index % definition.sites.length) + 1 : -1,
      accessLevel: inSite ? 'SiteAccess' : 'FullAccess',
      privilegeLevel: index % 5 === 0 ? 'ENROLLMENT' : 'AUDITOR',
      accountStatus: index % 11 === 7 ? 'Disabled' : 'Enabled',
    };
  });
  return [...named, ...people].map((account, index) => ({ id: index + 1, ...account }));
}

function login({ username, password }: { username: string; password: string }, definition: TenantDefinition): { username: string; password: string; email: string } {
  return { username, password, email: `${username}@${definition.domain}` };
}

/** What an account may do, out of the privileges that this version of the product knows. */
export function privilegesOfAccount(account: Account, known: readonly string[]): string[] {
  switch (account.privilegeLevel) {
    case 'ADMINISTRATOR':
      return [...known];
    case 'AUDITOR':
      return known.filter((name) => name.startsWith('Read '));
    case 'ENROLLMENT':
      return known.filter((name) => name.startsWith('Enroll '));
    case 'CUSTOM':
      return known.filter((name) => account.customPrivileges.includes(name));
  }
}
