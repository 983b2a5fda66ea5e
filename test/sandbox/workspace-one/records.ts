import type { Ws1Access, Ws1AdminRow, Ws1ApiKeyRow, Ws1OAuthClientRow, Ws1RoleRow } from '../types.ts';

/** A role that somebody holds, on a group and everything below it. */
export interface Grant {
  roleId: number;
  organizationGroupId: number;
}

export interface Role extends Ws1RoleRow {
  /** What it granted since when (sandbox clock, ms), oldest first; a change does not count for everybody at once. */
  versions: { since: number; permissions: ReadonlySet<string> }[];
}

export interface Admin extends Ws1AdminRow {
  /** Undefined for directory accounts. */
  password: string | undefined;
  requiresPasswordChange: boolean;
  timeZone: string;
  locale: string;
  landingPage: string;
  /** Sandbox clock, ms. */
  lastLogin: number | undefined;
}

export interface ApiKey extends Ws1ApiKeyRow {
  value: string;
  allowDomains: string;
  /** Calls of the current day. */
  used: number;
}

export interface OAuthClient extends Ws1OAuthClientRow {
  secret: string;
  /** Calls of the current day. */
  used: number;
}

export interface Tag {
  id: number;
  uuid: string;
  name: string;
  type: 'Device' | 'General';
  organizationGroupId: number;
  /** Device id to when it was tagged (sandbox clock, ms). */
  devices: Map<number, number>;
}

export interface SmartGroup {
  id: number;
  uuid: string;
  name: string;
  organizationGroupId: number;
  /** Devices of these groups and those below; of the managing group where there is none. */
  organizationGroupIds: number[];
  /** Devices that carry one of these tags; any where there is none. */
  tagIds: number[];
  ownership: 'C' | 'E' | undefined;
}

/** A person signed in to the console in one browser. */
export interface Session {
  id: string;
  adminId: number;
  /** Sandbox clock, ms. */
  signedInAt: number;
  lastSeen: number;
  /** The group chosen in the header. */
  organizationGroupId: number;
  /** Value of `__RequestVerificationToken` that every POST of a page carries. */
  verificationToken: string;
}

export interface RoleInput {
  name: string;
  description: string;
  categories: Readonly<Record<string, Ws1Access>>;
  permissions: Readonly<Record<string, Ws1Access>>;
}

export interface AdminInput {
  username: string;
  /** Undefined or empty only for directory accounts. */
  password?: string;
  firstName: string;
  lastName: string;
  email: string;
  organizationGroupId: number;
  roles: readonly Grant[];
  type?: 'basic' | 'directory';
  requiresPasswordChange?: boolean;
  timeZone?: string | undefined;
  locale?: string | undefined;
  landingPage?: string | undefined;
}

/** The General tab of the REST API settings as it is saved: rows without id are new, rows left out are deleted. */
export interface ApiSettingsInput {
  enabled: boolean;
  keys: readonly { id?: number; service: string; accountType: Ws1ApiKeyRow['accountType']; description: string; allowDomains?: string }[];
}

export interface OAuthClientInput {
  name: string;
  description?: string;
  organizationGroupId: number;
  roleId: number;
  enabled: boolean;
}
