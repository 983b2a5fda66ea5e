import type { Secret } from '../vault/secret.ts';

/** Consoles by name. A new console is a new folder beside this file and a line here and in `registry.ts`. */
export const consoleIds = ['jamf-pro', 'workspace-one'] as const;
export type ConsoleId = (typeof consoleIds)[number];

/** How a Run reaches a console's API, best first. */
export const rungIds = ['session', 'borrowed-token', 'sign-in', 'guided'] as const;
export type RungId = (typeof rungIds)[number];

/** Which tenant of which console: found from the page's address. */
export interface Tenant {
  console: ConsoleId;
  /** In the vendor's cloud the first label, `acme` of `https://acme.jamfcloud.com`, `cn1234` of `https://cn1234.awmdm.com`; elsewhere `base` without its scheme. */
  key: string;
  /** Scheme, host and port: what the browser checks and grants. */
  origin: string;
  /** Origin and context path (`https://mdm.corp.example:8443/acme`), without a slash at the end: what paths are appended to. */
  base: string;
}

/** Not in the vendor's cloud: the address itself is the key. */
export function isOwnHost({ key, base }: Pick<Tenant, 'key' | 'base'>): boolean {
  return base === `https://${key}`;
}

/** One call to the console's own API; paths begin with a slash and are appended to the tenant's base. */
export interface ConsoleRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** JSON body. */
  body?: unknown;
}

/** The answer as it came, still untrusted. */
export interface ConsoleReply {
  status: number;
  contentType: string;
  text: string;
  /** The browser followed a redirect, as to a sign-in page. */
  redirected: boolean;
}

/**
 * Carries one call to the console by the Run's rung: through the admin's tab, or with a token.
 * @throws {KeyferryError} console-tab-gone, console-unreachable, console-permission-missing, sign-in-expired
 */
export type ConsoleTransport = (request: ConsoleRequest) => Promise<ConsoleReply>;

/** Who the Run acts as, and what that account may do. */
export interface ConsoleAccess {
  account: string;
  /** All rights, whatever `privileges` says. */
  full: boolean;
  privileges: string[];
}

/** A set of privileges in the console. `id` as the console spells it. */
export interface ConsoleRole {
  id: string;
  name: string;
  privileges: string[];
}

/** What signs in at the console's API with that role. */
export interface ConsoleClient {
  id: string;
  name: string;
  roles: string[];
  enabled: boolean;
  /** s */
  tokenLifetime: number;
  clientId: string;
}

/** A part of the fleet that a service can be limited to: a Jamf Pro site. */
export interface ConsoleGroup {
  id: string;
  name: string;
}

/**
 * What a Run does in a console. `find…` looks by exact name. Every method throws {@link KeyferryError}; a write that may
 * have happened although it failed says so (`certainty: 'unknown'`).
 */
export interface ConsoleApi {
  readAccess(): Promise<ConsoleAccess>;
  listPrivileges(): Promise<string[]>;
  listGroups(): Promise<ConsoleGroup[]>;
  findRole(name: string): Promise<ConsoleRole | undefined>;
  createRole(role: Omit<ConsoleRole, 'id'>): Promise<ConsoleRole>;
  updateRole(role: ConsoleRole): Promise<ConsoleRole>;
  deleteRole(id: string): Promise<void>;
  findClient(name: string): Promise<ConsoleClient | undefined>;
  createClient(client: Omit<ConsoleClient, 'id' | 'clientId'>): Promise<ConsoleClient>;
  updateClient(client: ConsoleClient): Promise<ConsoleClient>;
  deleteClient(id: string): Promise<void>;
  /** A new one-time secret; an older one of this client stops at once. */
  mintSecret(client: ConsoleClient): Promise<{ clientId: string; secret: Secret }>;
}

/** How a console is known on a host of its own. */
export interface ConsoleMarkers {
  /** Runs in the page's isolated world, from its source alone. */
  read: () => Promise<unknown>;
  /** What `read` gave, still untrusted, to the console's base; `undefined` where it is not enough. */
  judge: (read: unknown) => string | undefined;
}

/** What credentials turned out to be worth. */
export interface CredentialProof {
  /** Ids of the roles that the token carries; `undefined` where the console does not say. */
  roleIds: string[] | undefined;
  /** Where they work, which may be elsewhere than it was said; `undefined` where that follows from the console's address. */
  api?: ApiPlace | undefined;
}

/** Where a console's API and its tokens are, where that does not follow from the console's address. */
export interface ApiPlace {
  /** Origin, and path where it has one, without the API's own path. */
  address: string;
  tokenUrl: string;
}

/** A token that the console gave to its own page. */
export interface PageToken {
  token: Secret;
  /** ms since the epoch */
  expiresAt: number;
}

/** What we know about one console. */
export interface ConsoleAdapter {
  id: ConsoleId;
  /** Ways to its API, the first one to begin with. `guided` alone: its API makes neither roles nor clients, and the methods for that throw. */
  rungs: readonly [RungId, ...RungId[]];
  /** Rights that any Run needs, and those for the changes that only some need. */
  rights: Record<'look' | 'createRole' | 'updateRole' | 'createClient' | 'updateClient' | 'mintSecret' | 'deleteRole' | 'deleteClient', string[]>;
  /** How long a new object can stay unseen on another node of the console's cluster, ms. */
  settleTime: number;
  /** Where credentials get a token. */
  tokenUrl(base: string): string;
  api(call: ConsoleTransport): ConsoleApi;
  /**
   * A token for a local account. The password is used for this one call.
   * @throws {KeyferryError} sign-in-refused, console-unreachable
   */
  signIn(base: string, username: string, password: Secret, signal: AbortSignal): Promise<{ token: Secret; expiresAt: number }>;
  /** The token in an `Authorization` header that the console's page sends to its API; `undefined` where there is none. */
  readPageToken: (header: string) => PageToken | undefined;
  /** Ends a token got by {@link signIn}; best effort. */
  signOut(base: string, token: Secret): Promise<void>;
  /**
   * One attempt to use the credentials as the service will: a token, without cookies.
   * @throws {KeyferryError} credentials-not-accepted (also while another node has not seen them yet), console-unreachable; from
   * Workspace ONE UEM uem-client-refused, uem-right-missing, uem-api-disabled
   */
  proveCredentials(base: string, clientId: string, secret: Secret, signal: AbortSignal, api?: ApiPlace): Promise<CredentialProof>;
}
