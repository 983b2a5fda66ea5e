import { randomBytes, randomUUID } from 'node:crypto';
import type { Ws1AdminRow, Ws1ApiKeyRow, Ws1Environment, Ws1OAuthClientRow, Ws1OrganizationGroup, Ws1RoleRow, Ws1Switches, Ws1TagRow } from '../types.ts';
import { PARTNER_GROUP, WS1_LOGINS } from './environments.ts';
import type { EnvironmentDefinition, GroupDefinition } from './environments.ts';
import { Inventory, uuidOf } from './inventory.ts';
import { BUILT_IN_ROLES, findCategory, findPermission, permissionsOf } from './permissions.ts';
import type { Admin, AdminInput, ApiKey, ApiSettingsInput, Grant, OAuthClient, OAuthClientInput, Role, RoleInput, Session, SmartGroup, Tag } from './records.ts';
import { invalid, Ws1Refusal } from './refusal.ts';

const DAY_MS = 86_400_000;
const SESSION_IDLE_MS = 30 * 60_000;
/** [Omnissa, in use] */
export const TOKEN_LIFETIME_SECONDS = 3600;

/** Who makes a call: a person by password or web session, or an OAuth client. */
export type Caller = { kind: 'admin'; admin: Admin } | { kind: 'client'; client: OAuthClient };

/**
 * One Workspace ONE UEM environment with the product's rules, for API and pages alike. Operations throw a `Ws1Refusal` where the product says no to the data;
 * whether the caller may do it at all is asked before with `may`.
 */
export class Environment implements Ws1Environment {
  readonly definition: EnvironmentDefinition;
  readonly key: string;
  readonly origin: string;
  readonly apiOrigin: string;
  readonly switches: Ws1Switches = { keyMasking: 'system', language: 'en', dailyQuota: 250_000, keyCacheDown: false, roleByName: true, lagMs: 0 };
  readonly now: () => number;
  readonly inventory: Inventory;
  /** Everything below, oldest first. */
  readonly allRoles: Role[] = [];
  readonly allAdmins: Admin[] = [];
  readonly allKeys: ApiKey[] = [];
  readonly allClients: OAuthClient[] = [];
  readonly allTags: Tag[] = [];
  readonly allSmartGroups: SmartGroup[] = [];
  /** "Enable API Access" and Basic on the Authentication tab, at the top group. */
  apiEnabled = true;
  basicEnabled = true;

  readonly #groups: readonly Ws1OrganizationGroup[];
  readonly #groupById: ReadonlyMap<number, Ws1OrganizationGroup>;
  readonly #subtrees = new Map<number, ReadonlySet<number>>();
  readonly #sessions = new Map<string, Session>();
  readonly #tokens = new Map<string, { clientId: string; expires: number }>();
  readonly #secrets: string[] = [];
  #nextId = 7000;
  #quota = { day: 0, used: 0 };

  constructor(definition: EnvironmentDefinition, now: () => number) {
    this.definition = definition;
    this.key = definition.key;
    this.origin = definition.origin;
    this.apiOrigin = definition.apiOrigin;
    this.now = now;
    this.#groups = flatten(definition.tree, null, definition.key);
    this.#groupById = new Map(this.#groups.map((group) => [group.id, group]));
    this.inventory = new Inventory({ ...definition, groups: this.#groups });
    this.#seed();
  }

  // --- Organization groups

  get topGroup(): Ws1OrganizationGroup {
    return this.group(this.definition.tree.id);
  }

  organizationGroups(): Ws1OrganizationGroup[] {
    return [...this.#groups];
  }

  findGroup(id: number | string | undefined): Ws1OrganizationGroup | undefined {
    if (typeof id === 'number') return this.#groupById.get(id);
    return this.#groups.find(({ uuid, groupId }) => uuid === id?.toLowerCase() || groupId.toLowerCase() === id?.toLowerCase());
  }

  group(id: number): Ws1OrganizationGroup {
    const found = this.#groupById.get(id);
    if (found === undefined) throw new Error(`No organization group ${id} in ${this.key}`);
    return found;
  }

  /** The group and everything below it. */
  subtree(id: number): ReadonlySet<number> {
    const known = this.#subtrees.get(id);
    if (known !== undefined) return known;
    const found = new Set([id]);
    // Parents stand before their children in the list.
    for (const group of this.#groups) if (group.parent !== null && found.has(group.parent)) found.add(group.id);
    this.#subtrees.set(id, found);
    return found;
  }

  /** From the top group down to this one. */
  pathTo(id: number): Ws1OrganizationGroup[] {
    const group = this.group(id);
    return group.parent === null ? [group] : [...this.pathTo(group.parent), group];
  }

  // --- Who may do what

  grantsOf(caller: Caller): readonly Grant[] {
    return caller.kind === 'admin' ? caller.admin.roles : [{ roleId: caller.client.roleId, organizationGroupId: caller.client.organizationGroupId }];
  }

  /** Groups in which the caller has the permission: those of every role that grants it, with all below. `signedInAt` is a web session's (ms). */
  groupsWith(caller: Caller, permission: string, signedInAt?: number): Set<number> {
    const holding = this.grantsOf(caller).filter(({ roleId }) => this.#granted(this.findRole(roleId), signedInAt).has(permission));
    return new Set(holding.flatMap(({ organizationGroupId }) => [...this.subtree(organizationGroupId)]));
  }

  may(caller: Caller, permission: string, organizationGroupId: number, signedInAt?: number): boolean {
    return this.groupsWith(caller, permission, signedInAt).has(organizationGroupId);
  }

  /** A role's saved change counts at once for who signs in after it [docs.vmware.com], for others after `lagMs`. */
  #granted(role: Role | undefined, signedInAt = Number.NEGATIVE_INFINITY): ReadonlySet<string> {
    const [first, ...later] = role?.versions ?? [];
    const counting = later.filter(({ since }) => since <= signedInAt || since + this.switches.lagMs <= this.now());
    return (counting.at(-1) ?? first)?.permissions ?? new Set();
  }

  // --- Roles

  roles(): Ws1RoleRow[] {
    return this.allRoles.map((role) => this.#roleRow(role));
  }

  /** By id, uuid or exact name. */
  findRole(id: number | string | undefined): Role | undefined {
    return this.allRoles.find((role) => role.id === id || role.uuid === id || role.name === id);
  }

  /** Roles that can be given to an admin on this group: those made there or above. */
  rolesFor(organizationGroupId: number): Role[] {
    return this.allRoles.filter((role) => this.subtree(role.organizationGroupId).has(organizationGroupId));
  }

  createRole(input: RoleInput, organizationGroupId: number): Ws1RoleRow {
    return this.#roleRow(this.#addRole(this.#checkRole(input), organizationGroupId, false));
  }

  /** A copy belongs to the group in which it is made. */
  copyRole(id: number, as: { name: string; description: string }, organizationGroupId: number): Ws1RoleRow {
    const { categories, permissions } = this.#role(id);
    return this.createRole({ ...as, categories, permissions }, organizationGroupId);
  }

  saveRole(id: number, input: RoleInput): Ws1RoleRow {
    const role = this.#role(id);
    // unverified: wording. Default roles can be copied only.
    if (role.builtIn) throw invalid('name', 'Default roles cannot be edited.');
    Object.assign(role, this.#checkRole(input, id));
    role.versions.push({ since: this.now(), permissions: permissionsOf(role) });
    return this.#roleRow(role);
  }

  deleteRole(id: number): void {
    const role = this.#role(id);
    // unverified: wording of both.
    if (role.builtIn) throw invalid('name', 'Default roles cannot be deleted.');
    if (this.allAdmins.some(({ roles }) => roles.some(({ roleId }) => roleId === id)) || this.allClients.some(({ roleId }) => roleId === id)) {
      throw invalid('name', 'The role is assigned and cannot be deleted.');
    }
    this.allRoles.splice(this.allRoles.indexOf(role), 1);
  }

  #roleRow({ versions: _, ...row }: Role): Ws1RoleRow {
    return structuredClone(row);
  }

  #role(id: number): Role {
    const found = this.findRole(id);
    if (found === undefined) throw invalid('role', `Role ${id} not found or user does not have access to it`);
    return found;
  }

  #checkRole({ name, description, categories, permissions }: RoleInput, ownId?: number): RoleInput {
    // [docs.vmware.com: import validates duplicate name, blank name and description]; unverified: wording, and letter case.
    if (name.trim() === '') throw invalid('name', 'Name is required.');
    if (description.trim() === '') throw invalid('description', 'Description is required.');
    if (this.allRoles.some((role) => role.id !== ownId && role.name.toLowerCase() === name.trim().toLowerCase())) throw invalid('name', 'Role name already exists.');
    const unknown = [...Object.keys(categories).filter((path) => findCategory(path) === undefined), ...Object.keys(permissions).filter((one) => findPermission(one) === undefined)];
    if (unknown.length > 0) throw invalid('categories', `Unknown resource: ${unknown.join(', ')}`);
    return { name: name.trim(), description: description.trim(), categories: { ...categories }, permissions: { ...permissions } };
  }

  #addRole(input: RoleInput, organizationGroupId: number, builtIn: boolean): Role {
    const id = this.#id();
    const role: Role = {
      id,
      uuid: uuidOf(`${this.key} role ${id}`),
      ...input,
      builtIn,
      organizationGroupId,
      versions: [{ since: this.now(), permissions: permissionsOf(input) }],
    };
    this.allRoles.push(role);
    return role;
  }

  // --- Administrators

  admins(): Ws1AdminRow[] {
    return this.allAdmins.map((admin) => this.#adminRow(admin));
  }

  /** By id or uuid. */
  findAdmin(id: number | string | undefined): Admin | undefined {
    return this.allAdmins.find((admin) => admin.id === id || (typeof id === 'string' && admin.uuid === id.toLowerCase()));
  }

  createAdmin(input: AdminInput): Ws1AdminRow {
    const id = this.#id();
    const { username, firstName, lastName, email, organizationGroupId, roles, type = 'basic' } = input;
    this.#checkAdmin(input);
    if (type === 'basic') this.#checkPassword(input.password);
    const admin: Admin = {
      id,
      uuid: uuidOf(`${this.key} admin ${id}`),
      username: username.trim(),
      firstName,
      lastName,
      email,
      organizationGroupId,
      roles: roles.map((grant) => ({ ...grant })),
      active: true,
      type,
      password: type === 'basic' ? input.password : undefined,
      requiresPasswordChange: input.requiresPasswordChange ?? false,
      timeZone: input.timeZone ?? 'GMT',
      locale: input.locale ?? 'en-US',
      landingPage: input.landingPage ?? '/Device/Dashboard',
      lastLogin: undefined,
    };
    if (admin.password !== undefined) this.#secrets.push(admin.password);
    this.allAdmins.push(admin);
    return this.#adminRow(admin);
  }

  /** Everything but the password, which `changePassword` sets. */
  saveAdmin(id: number, input: AdminInput): Ws1AdminRow {
    const admin = this.#admin(id);
    this.#checkAdmin({ ...input, type: admin.type }, id);
    const { username, firstName, lastName, email, organizationGroupId, roles } = input;
    Object.assign(admin, { username: username.trim(), firstName, lastName, email, organizationGroupId, roles: roles.map((grant) => ({ ...grant })) });
    return this.#adminRow(admin);
  }

  setAdminActive(id: number, active: boolean): void {
    this.#admin(id).active = active;
  }

  deleteAdmin(id: number): void {
    this.allAdmins.splice(this.allAdmins.indexOf(this.#admin(id)), 1);
  }

  changePassword(id: number, password: string | undefined): void {
    const admin = this.#admin(id);
    // [Omnissa's descriptions, 2604]
    if (admin.type === 'directory') throw new Ws1Refusal(401, 401, 'LDAP / AD users passwords cannot be changed');
    this.#checkPassword(password);
    admin.password = password;
    this.#secrets.push(password);
  }

  addRoleTo(adminId: number, grant: Grant): void {
    const admin = this.#admin(adminId);
    this.#checkGrants([...admin.roles, grant]);
    admin.roles.push({ ...grant });
  }

  removeRoleFrom(adminId: number, grant: Grant): void {
    const admin = this.#admin(adminId);
    const at = admin.roles.findIndex((one) => one.roleId === grant.roleId && one.organizationGroupId === grant.organizationGroupId);
    if (at < 0) throw invalid('roles', "Requested 'admin role' was not found or user is not authorized to access it.");
    if (admin.roles.length === 1) throw invalid('roles', `Role cannot be removed, atleast one role should be associated with the admin user ${adminId}`);
    admin.roles.splice(at, 1);
  }

  #admin(id: number): Admin {
    const found = this.findAdmin(id);
    if (found === undefined) throw invalid('id', "Requested 'admin' was not found or user is not authorized to access it.");
    return found;
  }

  #adminRow({ id, uuid, username, firstName, lastName, email, organizationGroupId, roles, active, type }: Admin): Ws1AdminRow {
    return { id, uuid, username, firstName, lastName, email, organizationGroupId, roles: roles.map((grant) => ({ ...grant })), active, type };
  }

  /** Messages with a spelling of their own are Omnissa's [descriptions 2604]. unverified: the others, and that e-mail and names are required. */
  #checkAdmin({ username, firstName, lastName, email, organizationGroupId, roles }: AdminInput, ownId?: number): void {
    if (username.trim() === '') throw invalid('username', 'UserName cannot be null or empty.');
    if (this.allAdmins.some((admin) => admin.id !== ownId && admin.username.toLowerCase() === username.trim().toLowerCase())) {
      throw invalid('username', ownId === undefined ? 'User already exists.' : 'UserName already exists.');
    }
    if (firstName.trim() === '') throw invalid('firstName', 'First Name is required.');
    if (lastName.trim() === '') throw invalid('lastName', 'Last Name is required.');
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw invalid('email', 'Email Address is not valid.');
    if (this.findGroup(organizationGroupId) === undefined) {
      throw invalid('organizationGroupId', `Location Group ${organizationGroupId} not found or user does not have access to it`);
    }
    this.#checkGrants(roles);
  }

  #checkGrants(grants: readonly Grant[]): void {
    if (grants.length === 0) throw invalid('roles', 'Admin User should be associated with atleast one role, please add role to the user.');
    const seen = new Set<string>();
    for (const { roleId, organizationGroupId } of grants) {
      if (this.findGroup(organizationGroupId) === undefined) throw invalid('roles', `Location Group ${organizationGroupId} not found or user does not have access to it`);
      if (!this.rolesFor(organizationGroupId).some(({ id }) => id === roleId)) throw invalid('roles', `Role ${roleId} not found or user does not have access to it`);
      const pair = `${organizationGroupId} ${roleId}`;
      if (seen.has(pair)) throw invalid('roles', `Duplicate role mapping is found between Location Group id ${organizationGroupId} and Role id ${roleId}`);
      seen.add(pair);
    }
  }

  /** unverified: the rule; here 8 to 64 characters with small and capital letter, digit and special character. */
  #checkPassword(password: string | undefined): asserts password is string {
    if (password === undefined || password.trim() === '') throw invalid('password', 'Password cannot be null, empty, or whitespace');
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/];
    if (password.length < 8 || password.length > 64 || !kinds.every((kind) => kind.test(password))) {
      throw invalid('password', 'Password does not meet complexity requirements');
    }
  }

  // --- Signing in

  /** The account behind name and password, where it can sign in with them at the API. */
  findByPassword(username: string, password: string): Admin | undefined {
    return this.allAdmins.find(
      (admin) => admin.active && admin.password !== undefined && admin.password === password && admin.username.toLowerCase() === username.toLowerCase(),
    );
  }

  /** Starts a web session at the group that the account belongs to; undefined for a wrong name or password. */
  signIn(username: string, password: string): Session | undefined {
    const admin = this.findByPassword(username, password) ?? this.#findDirectoryAdmin(username, password);
    if (admin === undefined) return undefined;
    admin.lastLogin = this.now();
    const session: Session = {
      id: randomBytes(24).toString('base64url'),
      adminId: admin.id,
      signedInAt: this.now(),
      lastSeen: this.now(),
      organizationGroupId: admin.organizationGroupId,
      verificationToken: randomBytes(48).toString('base64url'),
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session with this id, kept alive by asking; undefined once it ended. */
  findSession(id: string | undefined): { session: Session; admin: Admin } | undefined {
    const session = this.#sessions.get(id ?? '');
    if (session === undefined || this.now() - session.lastSeen > SESSION_IDLE_MS) return undefined;
    const admin = this.findAdmin(session.adminId);
    if (admin?.active !== true) return undefined;
    session.lastSeen = this.now();
    return { session, admin };
  }

  signOut(id: string): void {
    this.#sessions.delete(id);
  }

  endSessions(): void {
    this.#sessions.clear();
  }

  /** At the console the directory checks the password; the API here takes none. unverified: that the API refuses it. */
  #findDirectoryAdmin(username: string, password: string): Admin | undefined {
    const login = Object.values(WS1_LOGINS).find((one) => one.username === username.toLowerCase() && one.password === password);
    return this.allAdmins.find((admin) => admin.active && admin.type === 'directory' && admin.username === login?.username);
  }

  // --- REST API settings

  /** As the General tab of this group shows them. Only the top group can override, which it always does [vendor's picture]. */
  apiSettings(organizationGroupId: number): { current: 'Inherit' | 'Override'; restApiUrl: string; enabled: boolean; basicEnabled: boolean; keys: readonly ApiKey[] } {
    return {
      current: this.group(organizationGroupId).parent === null ? 'Override' : 'Inherit',
      restApiUrl: `${this.apiOrigin}/API`,
      enabled: this.apiEnabled,
      basicEnabled: this.basicEnabled,
      keys: this.allKeys,
    };
  }

  /** Saves the General tab; new keys get their value now, which is returned with them. */
  saveApiSettings(organizationGroupId: number, input: ApiSettingsInput): { added: ApiKey[] } {
    // unverified: wording. Check Point: the group must be the top one to add a key.
    if (this.group(organizationGroupId).parent !== null) throw invalid('current', 'The settings are inherited from the parent organization group.');
    const services = input.keys.map(({ service }) => service.trim().toLowerCase());
    if (services.includes('')) throw invalid('service', 'Service is required.');
    // unverified: that service names are unique.
    if (new Set(services).size < services.length) throw invalid('service', 'Service name already exists.');
    const rows = input.keys.map((row) => ({ row, known: row.id === undefined ? undefined : this.#apiKey(row.id) }));
    this.apiEnabled = input.enabled;
    const added: ApiKey[] = [];
    const kept = rows.map(({ row: { id: _, ...fields }, known }) => {
      if (known !== undefined) return Object.assign(known, fields);
      const key = this.#makeKey({ ...fields, adminGenerated: true }, organizationGroupId);
      added.push(key);
      return key;
    });
    this.allKeys.splice(0, Infinity, ...kept);
    return { added };
  }

  /** The Authentication tab. */
  saveApiAuthentication(input: { basic: boolean }): void {
    this.basicEnabled = input.basic;
  }

  /** A key's value as the settings page shows it: whole, or `nUPJd**********************************VIeQ=`. */
  shownKey(key: ApiKey): string {
    const isMasked = { none: false, system: !key.adminGenerated, saved: true }[this.switches.keyMasking];
    return isMasked ? `${key.value.slice(0, 5)}${'*'.repeat(key.value.length - 10)}${key.value.slice(-5)}` : key.value;
  }

  apiKeys(): Ws1ApiKeyRow[] {
    return this.allKeys.map((key) => this.#keyRow(key));
  }

  findKey(value: string): ApiKey | undefined {
    return this.allKeys.find((key) => key.value === value);
  }

  #apiKey(id: number): ApiKey {
    const found = this.allKeys.find((key) => key.id === id);
    if (found === undefined) throw invalid('keys', 'The API key does not exist any more.');
    return found;
  }

  #keyRow({ id, uuid, service, accountType, description, adminGenerated, organizationGroupId }: ApiKey): Ws1ApiKeyRow {
    return { id, uuid, service, accountType, description, adminGenerated, organizationGroupId };
  }

  #makeKey(fields: Pick<ApiKey, 'service' | 'accountType' | 'description' | 'adminGenerated'> & { allowDomains?: string }, organizationGroupId: number): ApiKey {
    const id = this.#id();
    const value = randomBytes(32).toString('base64');
    this.#secrets.push(value);
    return { allowDomains: '', ...fields, id, uuid: uuidOf(`${this.key} key ${id}`), organizationGroupId, value, used: 0 };
  }

  // --- OAuth clients

  oauthClients(): Ws1OAuthClientRow[] {
    return this.allClients.map(({ secret: _, used: __, ...row }) => row);
  }

  /** The secret is shown this one time. */
  createOAuthClient(input: OAuthClientInput): { row: Ws1OAuthClientRow; secret: string } {
    // unverified: wording, and that names are unique.
    if (input.name.trim() === '') throw invalid('name', 'Name is required.');
    if (this.allClients.some(({ name }) => name.toLowerCase() === input.name.trim().toLowerCase())) throw invalid('name', 'OAuth client name already exists.');
    this.#checkGrants([input]);
    const { description = '', organizationGroupId, roleId, enabled } = input;
    const row: Ws1OAuthClientRow = { id: String(this.#id()), name: input.name.trim(), description, clientId: randomUUID(), organizationGroupId, roleId, enabled };
    const secret = randomBytes(32).toString('base64url');
    this.#secrets.push(secret);
    this.allClients.push({ ...row, secret, used: 0 });
    return { row, secret };
  }

  setOAuthClientEnabled(id: string, enabled: boolean): void {
    this.#client(id).enabled = enabled;
  }

  deleteOAuthClient(id: string): void {
    this.allClients.splice(this.allClients.indexOf(this.#client(id)), 1);
  }

  #client(id: string): OAuthClient {
    const found = this.allClients.find((client) => client.id === id);
    if (found === undefined) throw invalid('id', 'The OAuth client does not exist any more.');
    return found;
  }

  /** A token for id and secret; undefined where they do not fit or the client is disabled. */
  issueToken(clientId: string, secret: string): string | undefined {
    const client = this.allClients.find((one) => one.clientId === clientId && one.secret === secret && one.enabled);
    if (client === undefined) return undefined;
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const seconds = Math.floor(this.now() / 1000);
    // unverified: claims; clients read none of them.
    const claims = { client_id: clientId, nbf: seconds, exp: seconds + TOKEN_LIFETIME_SECONDS, jti: randomUUID() };
    const token = `${part({ alg: 'RS256', typ: 'at+jwt' })}.${part(claims)}.${randomBytes(64).toString('base64url')}`;
    this.#tokens.set(token, { clientId, expires: this.now() + TOKEN_LIFETIME_SECONDS * 1000 });
    return token;
  }

  clientOfToken(token: string): OAuthClient | undefined {
    const known = this.#tokens.get(token);
    if (known === undefined || known.expires <= this.now()) return undefined;
    return this.allClients.find((client) => client.clientId === known.clientId && client.enabled);
  }

  /** Counts a call against the day's quota of the environment. [recorded: limit 250000, reset about a day ahead] */
  countCall(by?: ApiKey | OAuthClient): { limit: number; remaining: number; reset: number; isUsedUp: boolean } {
    const day = Math.floor(this.now() / DAY_MS);
    if (day !== this.#quota.day) {
      this.#quota = { day, used: 0 };
      for (const one of [...this.allKeys, ...this.allClients]) one.used = 0;
    }
    const limit = this.switches.dailyQuota;
    const isUsedUp = this.#quota.used >= limit;
    if (!isUsedUp) {
      this.#quota.used += 1;
      if (by !== undefined) by.used += 1;
    }
    return { limit, remaining: Math.max(0, limit - this.#quota.used), reset: ((day + 1) * DAY_MS) / 1000, isUsedUp };
  }

  // --- Tags

  tags(): Ws1TagRow[] {
    return this.allTags.map(({ id, uuid, name, organizationGroupId, devices }) => ({ id, uuid, name, organizationGroupId, devices: devices.size }));
  }

  findTag(id: number | string): Tag | undefined {
    return this.allTags.find((tag) => tag.id === id || tag.uuid === id);
  }

  /** [descriptions 2604: messages and codes]. unverified: that a name is unique per group and not over the whole tree. */
  createTag(name: string, organizationGroupId: number, type: Tag['type'] = 'Device'): Tag {
    if (name.trim() === '') throw new Ws1Refusal(422, 1012, 'Tag name cannot be null or empty.', 'name');
    if (name.length > 255) throw new Ws1Refusal(422, 1012, 'Tag name cannot exceed 255 characters', 'name');
    if (this.allTags.some((tag) => tag.organizationGroupId === organizationGroupId && tag.name.toLowerCase() === name.trim().toLowerCase())) {
      throw new Ws1Refusal(409, 1012, `Tag name: ${name} already exists.`, 'name');
    }
    const id = this.#id();
    const tag: Tag = { id, uuid: uuidOf(`${this.key} tag ${id}`), name: name.trim(), type, organizationGroupId, devices: new Map() };
    this.allTags.push(tag);
    return tag;
  }

  deleteTag(id: number): void {
    const at = this.allTags.findIndex((tag) => tag.id === id);
    if (at >= 0) this.allTags.splice(at, 1);
  }

  // --- Smart groups

  createSmartGroup(input: Omit<SmartGroup, 'id' | 'uuid'>): SmartGroup {
    // unverified: wording of the second.
    if (input.name.trim() === '') throw new Ws1Refusal(400, 6, 'SmartGroup name is missing.', 'name');
    if (this.allSmartGroups.some(({ name }) => name.toLowerCase() === input.name.trim().toLowerCase())) throw invalid('name', 'Smart Group name already exists.');
    const id = this.#id();
    const made = { id, uuid: uuidOf(`${this.key} smart group ${id}`), ...input };
    this.allSmartGroups.push(made);
    return made;
  }

  devicesOfSmartGroup(smartGroup: SmartGroup): number[] {
    const roots = smartGroup.organizationGroupIds.length > 0 ? smartGroup.organizationGroupIds : [smartGroup.organizationGroupId];
    const groups = new Set(roots.flatMap((id) => [...this.subtree(id)]));
    const tags = this.allTags.filter(({ id }) => smartGroup.tagIds.includes(id));
    return this.inventory
      .idsIn(groups)
      .filter((id) => smartGroup.tagIds.length === 0 || tags.some(({ devices }) => devices.has(id)))
      .filter((id) => smartGroup.ownership === undefined || this.inventory.ownershipOf(id) === smartGroup.ownership);
  }

  // --- Seen from behind

  addRole(role: Parameters<Ws1Environment['addRole']>[0]): Ws1RoleRow {
    const { name, description = name, organizationGroupId = this.topGroup.id, categories = {}, permissions = {} } = role;
    return this.createRole({ name, description, categories, permissions }, organizationGroupId);
  }

  addAdmin({ username, password, role, organizationGroupId = this.topGroup.id }: Parameters<Ws1Environment['addAdmin']>[0]): Ws1AdminRow {
    return this.createAdmin({
      username,
      password,
      firstName: 'Added',
      lastName: username,
      email: `${username}@${this.definition.domain}`,
      organizationGroupId,
      roles: [{ roleId: this.#roleId(role), organizationGroupId }],
    });
  }

  addApiKey({ service, accountType = 'Admin', description = '' }: Parameters<Ws1Environment['addApiKey']>[0]): { row: Ws1ApiKeyRow; value: string } {
    const key = this.#makeKey({ service, accountType, description, adminGenerated: true }, this.topGroup.id);
    this.allKeys.push(key);
    return { row: this.#keyRow(key), value: key.value };
  }

  addOAuthClient({ name, role, organizationGroupId = this.topGroup.id }: Parameters<Ws1Environment['addOAuthClient']>[0]): { row: Ws1OAuthClientRow; secret: string } {
    return this.createOAuthClient({ name, organizationGroupId, roleId: this.#roleId(role), enabled: true });
  }

  addTag({ name, organizationGroupId = this.topGroup.id }: { name: string; organizationGroupId?: number }): Ws1TagRow {
    const tag = this.createTag(name, organizationGroupId);
    return { id: tag.id, uuid: tag.uuid, name: tag.name, organizationGroupId, devices: 0 };
  }

  setApiEnabled(on: boolean): void {
    this.apiEnabled = on;
  }

  setBasicEnabled(on: boolean): void {
    this.basicEnabled = on;
  }

  secrets(): string[] {
    return [...this.#secrets];
  }

  counts(): ReturnType<Ws1Environment['counts']> {
    return {
      devices: this.inventory.size,
      organizationGroups: this.#groups.length,
      smartGroups: this.allSmartGroups.length,
      admins: this.allAdmins.length,
    };
  }

  #roleId(name: string): number {
    const found = this.findRole(name);
    if (found === undefined) throw new Error(`No role ${name} in ${this.key}`);
    return found.id;
  }

  #id(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  /** What a customer finds in an environment that has been in use for a while. */
  #seed(): void {
    const top = this.topGroup.id;
    for (const role of BUILT_IN_ROLES) this.#addRole({ ...role, permissions: {} }, top, true);
    for (const { username, password, role, ...login } of Object.values(WS1_LOGINS)) {
      const group = this.findGroup('group' in login ? login.group : undefined)?.id ?? top;
      const [firstName = '', lastName = ''] = username.split('.');
      this.createAdmin({
        username,
        password,
        firstName,
        lastName: lastName || firstName,
        email: `${username}@${this.definition.domain}`,
        organizationGroupId: group,
        roles: [{ roleId: this.#roleId(role), organizationGroupId: group }],
        type: username === WS1_LOGINS.directory.username ? 'directory' : 'basic',
      });
      const [made] = this.allAdmins.slice(-1);
      if (made !== undefined) Object.assign(made, { lastLogin: Date.UTC(2026, 10, 1, 9), active: username !== WS1_LOGINS.former.username });
    }
    // [vendor's picture of the settings page]
    if (this.definition.hasApiKey) this.addApiKey({ service: 'AirWatchAPI' });
    for (const [service, accountType] of [[`vidm_admin_api_key_og_${top}`, 'Admin'], [`vidm_enrollment_api_key_og_${top}`, 'Enrollment User'], [`astro_air_api_account_og_${top}`, 'Admin']] as const) {
      this.allKeys.push(this.#makeKey({ service, accountType, description: '', adminGenerated: false }, top));
    }
    for (const name of ['Pilot', 'Kiosk', 'Long-term leave']) this.createTag(name, top);
    const smart = (name: string, more: Partial<SmartGroup> = {}): SmartGroup =>
      this.createSmartGroup({ name, organizationGroupId: top, organizationGroupIds: [], tagIds: [], ownership: undefined, ...more });
    smart('All Devices');
    smart('All Corporate Dedicated Devices', { ownership: 'C' });
    smart('All Employee Owned Devices', { ownership: 'E' });
    smart('Pilot devices', { tagIds: this.allTags.slice(0, 1).map(({ id }) => id) });
    for (const group of this.#groups.filter(({ parent }) => parent === top)) smart(`${group.name} - all`, { organizationGroupId: group.id, organizationGroupIds: [group.id] });
  }
}

/** The tree as a list in which parents stand before their children. */
function flatten({ id, groupId, name, type, children = [] }: GroupDefinition, parent: number | null, key: string): Ws1OrganizationGroup[] {
  return [{ id, uuid: uuidOf(`${key} group ${id}`), name, groupId, parent, type }, ...children.flatMap((child) => flatten(child, id, key))];
}

/** The group above this one as the API names it; above the top there is one that the customer does not see. [recorded] */
export function parentOf(environment: Environment, group: Ws1OrganizationGroup): { id: number; uuid: string } {
  return group.parent === null ? PARTNER_GROUP : environment.group(group.parent);
}
