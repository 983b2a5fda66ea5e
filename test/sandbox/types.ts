/** What tests, the demo and `npm run sandbox` get from a running sandbox. All times in ms. */

/** One request that reached the sandbox. Never holds bodies, headers or anything secret. */
export interface RequestRecord {
  seq: number;
  /** Sandbox clock, ms since the epoch. */
  at: number;
  host: string;
  method: string;
  /** Path with query; values of secret-looking parameters removed. */
  path: string;
  /** `undefined` until answered, 0 where the connection was cut. */
  status: number | undefined;
  /** The cluster node that answered (consoles only). */
  node?: number;
  /** Who asked, from Origin and Sec-Fetch headers: a page of the same host, an extension, or something else (a service). */
  caller: 'page' | 'extension' | 'server';
}

/** Which requests a fault or a hold applies to. All given fields must match. */
export interface RequestMatch {
  host?: string;
  method?: string;
  path?: RegExp;
}

/** What happens to a matching request; `after` = once the handler did its work, the answer is replaced or lost. */
export interface Fault extends RequestMatch {
  when: 'before' | 'after';
  /** `reset` cuts the connection, `stall` never answers, an object answers with just that. */
  action: 'reset' | 'stall' | { status: number; headers?: Record<string, string>; body?: string };
  /** How many matching requests are hit; default 1. */
  times?: number;
}

/** A request stopped on its way until released, so that a test can act in between. */
export interface Hold {
  /** Resolves when a matching request has arrived (`before`) or has been handled (`after`). */
  reached: Promise<RequestRecord>;
  /** Lets it go on. */
  release(): void;
}

/** Whether a tenant's API accepts its own console's web session. */
export type SessionMode = 'cookie' | 'page-bearer' | 'none';

/**
 * How a console's pages are built: by the server with the settings in a legacy frame, or as a single-page app of a public widget library
 * (jamf-pro/skins).
 */
export type ConsoleSkin = 'plain' | 'angular' | 'web-components' | 'react';
export type ConsoleLanguage = 'en' | 'ja';

/** Switches of one Jamf Pro tenant; tests may change them at any time. */
export interface JamfTenantSwitches {
  sessionMode: SessionMode;
  /** How long a new or changed object stays unseen on the other nodes, ms. Names stay unique at once (shared database). */
  lagMs: number;
  nodes: number;
  /** Status for a wrong client secret; the vendor's schema says 400, public clients see 401. */
  wrongSecretStatus: 400 | 401;
  /** Status where a privilege is missing; 403 as documented by use, 401 as one team saw. */
  missingPrivilegeStatus: 401 | 403;
  /** Whether two clients may not have the same name; unknown for the real product. Default false, so that a second client made by mistake shows. */
  uniqueClientNames: boolean;
  /** Takes effect with the next page that is loaded; so does the language. */
  skin: ConsoleSkin;
  language: ConsoleLanguage;
}

export interface JamfRoleRow { id: string; displayName: string; privileges: string[] }
export interface JamfClientRow {
  id: number;
  displayName: string;
  authorizationScopes: string[];
  enabled: boolean;
  accessTokenLifetimeSeconds: number;
  clientId: string;
}

/** One Jamf Pro tenant seen from behind: what tests assert on. */
export interface JamfTenant {
  key: string;
  origin: string;
  /** Origin and context path. */
  base: string;
  switches: JamfTenantSwitches;
  roles(): JamfRoleRow[];
  clients(): JamfClientRow[];
  /** Puts a role or client in place as if an admin had made it long ago. */
  addRole(role: { displayName: string; privileges: string[] }): JamfRoleRow;
  addClient(client: { displayName: string; authorizationScopes: string[]; enabled?: boolean; accessTokenLifetimeSeconds?: number }): JamfClientRow;
  /** Every secret ever minted, for the leak search only. */
  mintedSecrets(): string[];
  /** Every token that the console's own pages were given, oldest first; for the leak search and to see whether one still counts. */
  pageTokens(): string[];
  /** How often a secret was minted for this client. */
  mintCount(clientRowId: number): number;
  /** Removes a privilege name from the live list, as older versions lack newer names. */
  removePrivilege(name: string): void;
  /** Ends every web session of the tenant, as a timeout does. */
  endSessions(): void;
  counts(): { accounts: number; computers: number; mobileDevices: number; sites: number };
}

/**
 * Which API keys a Workspace ONE UEM console shows masked (`nUPJd****...VIeQ=`): `none`, only those of the `system` (seen in the vendor's picture), or
 * every key once it is `saved`.
 */
export type Ws1KeyMasking = 'none' | 'system' | 'saved';

/** Switches of one Workspace ONE UEM environment; tests may change them at any time. */
export interface Ws1Switches {
  keyMasking: Ws1KeyMasking;
  /** Of the console's pages; takes effect with the next page that is loaded. */
  language: ConsoleLanguage;
  /** Calls a day and environment; default 250,000. */
  dailyQuota: number;
  /** The list of API keys answers 412 with code 6339. */
  keyCacheDown: boolean;
  /** `addadminuser` takes a role by its name alone; unknown for the real product. Default true. */
  roleByName: boolean;
  /** How long the saved change of a role does not count for those who hold it, a new console sign-in aside, ms. */
  lagMs: number;
}

/** What a role may do in a category or with a permission; what is not named is none at all. */
export type Ws1Access = 'read' | 'edit';

export interface Ws1OrganizationGroup {
  id: number;
  uuid: string;
  name: string;
  /** The short code that people enter, `MERIDIAN-EU`. */
  groupId: string;
  parent: number | null;
  type: string;
}

export interface Ws1RoleRow {
  id: number;
  uuid: string;
  name: string;
  description: string;
  builtIn: boolean;
  organizationGroupId: number;
  /** Category path, `API > REST > Devices`, to its access. */
  categories: Record<string, Ws1Access>;
  /** Permissions by the vendor's names that were ticked one by one, beyond whole categories: `REST API Devices Write`. */
  permissions: Record<string, Ws1Access>;
}

export interface Ws1AdminRow {
  id: number;
  uuid: string;
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  organizationGroupId: number;
  roles: { roleId: number; organizationGroupId: number }[];
  active: boolean;
  type: 'basic' | 'directory';
}

/** An API key without its value. */
export interface Ws1ApiKeyRow {
  id: number;
  uuid: string;
  service: string;
  accountType: 'Admin' | 'Enrollment User';
  description: string;
  /** False for the keys that the product made for itself. */
  adminGenerated: boolean;
  organizationGroupId: number;
}

export interface Ws1OAuthClientRow {
  id: string;
  name: string;
  description: string;
  clientId: string;
  organizationGroupId: number;
  roleId: number;
  enabled: boolean;
}

export interface Ws1TagRow {
  id: number;
  uuid: string;
  name: string;
  organizationGroupId: number;
  /** Devices that carry it. */
  devices: number;
}

/** One Workspace ONE UEM environment seen from behind: what tests assert on. What is put in place by `add…` is as if made long ago. */
export interface Ws1Environment {
  key: string;
  /** Of the console. */
  origin: string;
  /** Of the API; on an own host the same as the console's. */
  apiOrigin: string;
  switches: Ws1Switches;
  organizationGroups(): Ws1OrganizationGroup[];
  roles(): Ws1RoleRow[];
  admins(): Ws1AdminRow[];
  apiKeys(): Ws1ApiKeyRow[];
  oauthClients(): Ws1OAuthClientRow[];
  tags(): Ws1TagRow[];
  /** At the top group unless told otherwise. */
  addRole(role: { name: string; description?: string; organizationGroupId?: number; categories?: Record<string, Ws1Access>; permissions?: Record<string, Ws1Access> }): Ws1RoleRow;
  /** With the role, by name, on the group that the admin belongs to; the top group unless told otherwise. */
  addAdmin(admin: { username: string; password: string; role: string; organizationGroupId?: number }): Ws1AdminRow;
  addApiKey(key: { service: string; accountType?: Ws1ApiKeyRow['accountType']; description?: string }): { row: Ws1ApiKeyRow; value: string };
  addOAuthClient(client: { name: string; role: string; organizationGroupId?: number }): { row: Ws1OAuthClientRow; secret: string };
  addTag(tag: { name: string; organizationGroupId?: number }): Ws1TagRow;
  /** As somebody else does; says nothing to anybody. */
  changePassword(adminId: number, password: string): void;
  /** "Enable API Access" at the top group. */
  setApiEnabled(on: boolean): void;
  /** Basic authentication at the API, on the Authentication tab. */
  setBasicEnabled(on: boolean): void;
  /** For leak searches only: the value of every API key, admin password and client secret ever made. */
  secrets(): string[];
  /** Ends every web session, as a timeout does. */
  endSessions(): void;
  counts(): { devices: number; organizationGroups: number; smartGroups: number; admins: number };
}

/** One integration as the sandbox service stores it; the secret itself is not here. */
export interface IntegrationRow {
  id: string;
  console: string;
  tenant: string;
  name: string;
  dataSets: string[];
  site: { id: string; name: string } | null;
  clientId: string;
  status: 'connecting' | 'connected' | 'failed';
  errorCode: string | null;
  accounts: number | null;
  devices: number | null;
}

export interface IntegrationServiceControl {
  /** Origin, e.g. `https://fleet-ledger.example`. */
  origin: string;
  /** A working key of the demo organization. */
  apiKey: string;
  organization: { id: string; name: string };
  integrations(): IntegrationRow[];
  /** Turns CORS off, so that an extension needs the host permission. */
  cors: boolean;
  /** Takes consoles outside of the vendor's cloud; default true. */
  ownHosts: boolean;
  /** A key of the demo organization without `integrations:write`. */
  readOnlyApiKey: string;
  /** A working key of another organization. */
  otherApiKey: string;
  /** Requests per minute and key before 429; default 600. */
  requestsPerMinute: number;
}

/** How the external API numbers what a device is; Harmony Mobile's own codes. */
export type HarmonyDeviceStatus = 'Processing' | 'Provisioned' | 'Active' | 'Inactive';
export type HarmonyRisk = 'None' | 'Low' | 'Medium' | 'High';

/** What of a person is stored with a device. */
export interface HarmonyPii { name: boolean; number: boolean; email: boolean }
/** A group whose devices are synchronized; organization groups do not include their children. */
export interface HarmonyGroup { kind: 'organization' | 'smart'; id: number; name: string }

/** One UEM integration as Harmony Mobile stores it; password and key are not here. */
export interface HarmonyIntegrationRow {
  id: string;
  displayName: string;
  /** Origin, https://as1234.awmdm.com */
  server: string;
  username: string;
  usesConnector: boolean;
  groups: HarmonyGroup[];
  pii: HarmonyPii;
  syncIntervalHours: number;
  tagStatus: boolean;
  tagRisk: boolean;
  status: 'syncing' | 'connected' | 'failed';
  lastError: string | null;
  devices: number;
}

export interface HarmonySwitches {
  /** Devices in the dashboard that no integration brought. */
  existingDevices: number;
  /** How long the wizard's verification takes beyond its calls, ms; default 0. */
  verifyDelayMs: number;
  /** From a device's first synchronization until its app reports, ms of the sandbox clock; default 3,000. */
  activationMs: number;
}

export interface HarmonyControl {
  /** https://portal.checkpoint.com */
  origin: string;
  portalLogin: { email: string; password: string };
  /** A working key of the Infinity Portal for Harmony Mobile; only its own region's gateway knows it. */
  apiKey: { clientId: string; accessKey: string; region: 'eu' | 'us'; gateway: string };
  switches: HarmonySwitches;
  integrations(): HarmonyIntegrationRow[];
  devices(): { total: number; byStatus: Record<HarmonyDeviceStatus, number>; byRisk: Record<HarmonyRisk, number> };
  tagWarnings(): string[];
  /** For leak searches only: every password and API key that the wizard was given. */
  receivedSecrets(): string[];
  /** For leak searches only: the access key of every API key of the portal. */
  mintedSecrets(): string[];
  /** Resolves when no synchronization and no tagging is running. */
  settled(): Promise<void>;
  /** Ends every web session of the portal, as a timeout does. */
  endSessions(): void;
}

/** What one of the services with an API of its own has stored; the secret is not here. */
export interface RegisteredRow {
  id: string;
  /** The service's own word: `jamfpro`, `vmware`, `workspace_one`, `oAuth2Api`. */
  type: string;
  name: string;
  /** The console as the service was given it: `acme.jamfcloud.com`, `https://as1234.awmdm.com/API`, a token URL. */
  address: string;
  clientId: string;
  /** `unused` until the service has used the credentials at the console. */
  status: 'unused' | 'works' | 'fails';
  error: string | undefined;
}

/** A service that takes credentials by its vendor's own API: what tests assert on. */
export interface VendorServiceControl {
  /** https://api.tailscale.com */
  origin: string;
  /** Tailnet, organization or account that the keys belong to; empty where the service has none. */
  account: string;
  apiKey: string;
  /** Good for looking, not for changing. */
  readOnlyApiKey: string;
  /** Good, but for nothing that has to do with registrations. */
  otherApiKey: string;
  registrations(): RegisteredRow[];
  /** For leak searches only: every key made, every client secret received, every secret given out. */
  secrets(): string[];
  /** Resolves when the service is not at a console. */
  settled(): Promise<void>;
}

export interface TailscaleControl extends VendorServiceControl {
  /** Secret of an OAuth client, which is exchanged for a token. */
  oauthClientSecret: string;
}

export interface MistControl extends VendorServiceControl {
  switches: {
    /** Links to Jamf Pro are listed without their `account_id`, as in the vendor's example; default false. */
    hidesJamfIds: boolean;
  };
}

export interface N8nControl extends VendorServiceControl {
  /** Uses a credential as a workflow does: reads this address with it. What came of it stands in `registrations`. */
  use(id: string, url: string): Promise<unknown>;
}

/** Why a run of Admina's ended without data. */
export interface AdminaFailure {
  code: 'credentials' | 'privileges' | 'unreachable' | 'group' | 'internal';
  /** Those that are missing. */
  privileges: string[];
}

/** One workspace of a service as Admina stores it; the secret is not here. */
export interface AdminaWorkspaceRow {
  id: number;
  service: string;
  workspaceKey: string;
  clientId: string;
  readsDevices: boolean;
  /** Name of a site; empty without a filter. */
  deviceGroup: string;
  status: 'running' | 'success' | 'failed';
  error: AdminaFailure | null;
  /** `null` until a run has ended well; devices also where they are not read. */
  accounts: number | null;
  devices: number | null;
}

export interface AdminaSwitches {
  /** Of the account; takes effect with the next page that is loaded. */
  language: ConsoleLanguage;
  /** The plan has the device ledger. */
  hasDevices: boolean;
  /** One workspace a key and service; unknown for the real product. Default true. */
  uniqueKeys: boolean;
  /** How long a run takes beyond its calls, ms. */
  runDelayMs: number;
}

export interface AdminaControl {
  /** https://itmc.i.moneyforward.com */
  origin: string;
  /** https://api.itmc.i.moneyforward.com */
  apiOrigin: string;
  organization: { id: number; name: string; uniqueName: string };
  login: { email: string; password: string };
  /** A working key of the public API. */
  apiKey: string;
  /** A key whose creator may not read. */
  forbiddenApiKey: string;
  switches: AdminaSwitches;
  workspaces(): AdminaWorkspaceRow[];
  /** Removes all that were made since the start. */
  reset(): void;
  /** For leak searches only: every client secret that the form was given. */
  receivedSecrets(): string[];
  /** Resolves when no run is going on. */
  settled(): Promise<void>;
  /** Ends every web session, as a timeout does. */
  endSessions(): void;
}

export interface Sandbox {
  /** Loopback port of the HTTPS server. */
  httpsPort: number;
  /** Loopback port of the CONNECT proxy that maps the sandbox's hosts to the server and refuses all others. */
  proxyPort: number;
  /** Base64 SHA-256 of the certificate's public key, for `--ignore-certificate-errors-spki-list`. */
  spki: string;
  /** Hosts served, with the port where it is not 443. */
  hosts: string[];
  tenant(key: string): JamfTenant;
  ws1(key: string): Ws1Environment;
  service: IntegrationServiceControl;
  harmony: HarmonyControl;
  tailscale: TailscaleControl;
  /** The clouds "Global 01" and "EMEA 01": each knows its own organizations and tokens only. */
  mist: MistControl;
  mistEu: MistControl;
  cloudflare: VendorServiceControl;
  n8n: N8nControl;
  admina: AdminaControl;
  requests(): readonly RequestRecord[];
  clearRequests(): void;
  /** Hosts that the proxy refused, in order. */
  refusedHosts(): readonly string[];
  fault(fault: Fault): void;
  hold(match: RequestMatch & { when: 'before' | 'after' }): Hold;
  clearFaults(): void;
  /** Moves the sandbox clock forward, ms (tokens, sessions and lag follow it). */
  advance(ms: number): void;
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Loopback port, 0 = any free one. */
  httpsPort?: number;
  proxyPort?: number;
  /** Number of computers in the largest tenant; default 20,000. */
  largeTenantComputers?: number;
  /** Number of devices in the largest Workspace ONE UEM environment; default 20,000. */
  largeEnvironmentDevices?: number;
}
