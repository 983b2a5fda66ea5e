import type { JamfTenantSwitches } from '../types.ts';

export interface TenantDefinition {
  /** First label of the host name: `https://<key>.jamfcloud.com`; where there is an address, a name for the tests. */
  key: string;
  /** Where a console that is not in the vendor's cloud is: origin and context path. Its pages are the plain ones. */
  address?: string;
  organization: string;
  /** Domain of the people's e-mail addresses. */
  domain: string;
  computers: number;
  mobileDevices: number;
  /** Accounts beside those that can sign in. */
  people: number;
  sites: readonly string[];
  /** `sso`: the identity provider only, as Jamf Account does; its users have no password here. */
  signIn: 'local' | 'sso';
  switches?: Partial<JamfTenantSwitches>;
}

export const TENANTS: readonly TenantDefinition[] = [
  {
    key: 'acme',
    organization: 'Acme Coffee Roasters',
    domain: 'acme.example',
    computers: 120,
    mobileDevices: 60,
    people: 36,
    sites: ['Head Office', 'Roastery', 'Cafés'],
    signIn: 'local',
  },
  {
    key: 'globex',
    organization: 'Globex Hospital Group',
    domain: 'globex.example',
    computers: 20_000,
    mobileDevices: 4_000,
    people: 300,
    sites: ['North Campus', 'South Campus', 'Harbour Clinic', 'Research', 'Administration'],
    signIn: 'local',
    switches: { sessionMode: 'page-bearer' },
  },
  {
    key: 'initech',
    organization: 'Initech Software',
    domain: 'initech.example',
    computers: 80,
    mobileDevices: 15,
    people: 20,
    sites: [],
    signIn: 'sso',
    switches: { sessionMode: 'none' },
  },
  {
    key: 'northwind',
    address: 'https://mdm.northwind.example:8443/jamf',
    organization: 'Northwind Shipping',
    domain: 'northwind.example',
    computers: 40,
    mobileDevices: 10,
    people: 12,
    sites: ['Harbour'],
    signIn: 'local',
  },
  {
    key: 'look-alike',
    address: 'https://acme.jamfcloud.com.evil.example',
    organization: 'Acme Coffee Roasters',
    domain: 'evil.example',
    computers: 1,
    mobileDevices: 1,
    people: 1,
    sites: [],
    signIn: 'local',
  },
];

/** An account that a person or a test can sign in with. The passwords open nothing but the sandbox. */
export interface SandboxLogin {
  username: string;
  password: string;
  /** What the account is there to show. */
  about: string;
}

/** On every tenant with local accounts. */
export const LOCAL_LOGINS = {
  admin: { username: 'admin', password: 'sandbox-admin-not-a-secret', about: 'Administrator, full access' },
  auditor: { username: 'auditor', password: 'sandbox-auditor-not-a-secret', about: 'Auditor: may read everything, change nothing' },
  rolesOnly: { username: 'roles-only', password: 'sandbox-roles-not-a-secret', about: 'Custom: may create and read API roles, has no rights on API integrations' },
  noUpdate: {
    username: 'no-update',
    password: 'sandbox-noupdate-not-a-secret',
    about: 'Custom: may create, read and delete API roles and integrations, not update them',
  },
} as const satisfies Record<string, SandboxLogin>;

/** At the identity provider of initech. */
export const SSO_LOGINS = {
  admin: { username: 'sso.admin@initech.example', password: 'sandbox-sso-not-a-secret', about: 'Administrator of initech, single sign-on only' },
} as const satisfies Record<string, SandboxLogin>;
