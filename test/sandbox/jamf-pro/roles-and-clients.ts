import { randomBytes, randomUUID } from 'node:crypto';
import type { JamfClientRow, JamfRoleRow, JamfTenantSwitches } from '../types.ts';
import { ApiError, invalid, notFound } from './errors.ts';
import type { Replicated } from './replicated.ts';

export interface Role {
  id: number;
  displayName: string;
  privileges: string[];
}

export interface Client {
  id: number;
  displayName: string;
  roleIds: number[];
  enabled: boolean;
  /** Seconds. */
  accessTokenLifetimeSeconds: number;
  clientId: string;
  /** The one secret that works now, with the roles it was minted for. */
  credentials?: { secret: string; roleIds: number[] };
}

export interface RoleInput {
  displayName: string;
  privileges: readonly string[];
}

export interface ClientInput {
  displayName: string;
  authorizationScopes: readonly string[];
  enabled: boolean;
  accessTokenLifetimeSeconds: number;
}

/**
 * API roles and API clients with the product's rules, for API and pages alike. `node` is the cluster node that the request reached, undefined
 * for a change made behind the scenes "long ago".
 */
export class RolesAndClients {
  readonly roles: Replicated<Role>;
  readonly clients: Replicated<Client>;
  /** Every secret ever made, in order. */
  readonly minted: { clientRowId: number; secret: string }[] = [];
  readonly #known: () => readonly string[];
  readonly #switches: JamfTenantSwitches;

  constructor(parts: { roles: Replicated<Role>; clients: Replicated<Client>; knownPrivileges: () => readonly string[]; switches: JamfTenantSwitches }) {
    this.roles = parts.roles;
    this.clients = parts.clients;
    this.#known = parts.knownPrivileges;
    this.#switches = parts.switches;
  }

  getRole(id: string, node: number): Role {
    return found(this.roles.get(rowId(id), node), id);
  }

  createRole(input: RoleInput, node: number | undefined): Role {
    this.#checkRole(input);
    const role: Role = { id: this.roles.nextId(), displayName: input.displayName, privileges: [...input.privileges] };
    this.roles.set(role.id, role, node);
    return role;
  }

  updateRole(id: string, input: RoleInput, node: number): Role {
    const old = this.getRole(id, node);
    this.#checkRole(input, old.id);
    const role: Role = { id: old.id, displayName: input.displayName, privileges: [...input.privileges] };
    this.roles.set(role.id, role, node);
    return role;
  }

  deleteRole(id: string, node: number): void {
    const role = this.getRole(id, node);
    // [D] 409 for a role in use; unverified: code and wording.
    if (this.clients.latest().some((client) => client.roleIds.includes(role.id))) {
      throw new ApiError(409, { code: 'DEPENDENT_OBJECTS', field: 'id', description: 'API role is assigned to an API integration', id });
    }
    this.roles.set(role.id, undefined, node);
  }

  getClient(id: string, node: number): Client {
    return found(this.clients.get(rowId(id), node), id);
  }

  createClient(input: ClientInput, node: number | undefined): Client {
    const client: Client = { id: this.clients.nextId(), clientId: randomUUID(), ...this.#checkClient(input) };
    this.clients.set(client.id, client, node);
    return client;
  }

  updateClient(id: string, input: ClientInput, node: number): Client {
    const old = this.getClient(id, node);
    // The secret stays; it keeps the roles of the day it was minted.
    const client: Client = { ...old, ...this.#checkClient(input, old.id) };
    this.clients.set(client.id, client, node);
    return client;
  }

  deleteClient(id: string, node: number): void {
    this.clients.set(this.getClient(id, node).id, undefined, node);
  }

  /** Mints a new secret; the one before stops at once [C]. The roles are bound to it: other roles need another secret [C]. */
  mintSecret(id: string, node: number): { clientId: string; clientSecret: string } {
    const client = this.getClient(id, node);
    const secret = randomBytes(48).toString('base64url');
    this.minted.push({ clientRowId: client.id, secret });
    this.clients.set(client.id, { ...client, credentials: { secret, roleIds: [...client.roleIds] } }, node);
    return { clientId: client.clientId, clientSecret: secret };
  }

  /** What tokens with these roles may do now: changed privileges of a role count at once [D]. */
  privilegesOfRoles(roleIds: readonly number[], node: number): string[] {
    const granted = new Set(roleIds.flatMap((id) => this.roles.get(id, node)?.privileges ?? []));
    return this.#known().filter((name) => granted.has(name));
  }

  roleRow(role: Role): JamfRoleRow {
    return { id: String(role.id), displayName: role.displayName, privileges: [...role.privileges] };
  }

  clientRow(client: Client): JamfClientRow {
    const { id, displayName, enabled, accessTokenLifetimeSeconds, clientId } = client;
    return { id, displayName, authorizationScopes: this.roleNames(client), enabled, accessTokenLifetimeSeconds, clientId };
  }

  roleNames(client: Client): string[] {
    return client.roleIds.flatMap((id) => this.roles.latestOf(id)?.displayName ?? []);
  }

  #checkRole(input: RoleInput, ownId?: number): void {
    if (input.displayName.trim() === '') throw invalid('displayName', 'displayName is required');
    const known = this.#known();
    const unknown = input.privileges.filter((name) => !known.includes(name));
    // [C] unknown names are rejected; unverified: code and wording.
    if (unknown.length > 0) throw invalid('privileges', `Invalid privileges: ${unknown.join(', ')}`, 'INVALID_PRIVILEGE_NAME');
    // [C] the body as one client logged it. Letter case: unverified.
    if (this.roles.latest().some((role) => role.id !== ownId && role.displayName === input.displayName)) {
      throw new ApiError(400, { code: null, field: null, id: '0', description: 'role display name must be unique' });
    }
  }

  #checkClient(input: ClientInput, ownId?: number): Omit<Client, 'id' | 'clientId' | 'credentials'> {
    if (input.displayName.trim() === '') throw invalid('displayName', 'displayName is required');
    if (!Number.isSafeInteger(input.accessTokenLifetimeSeconds) || input.accessTokenLifetimeSeconds < 1) {
      throw invalid('accessTokenLifetimeSeconds', 'accessTokenLifetimeSeconds must be a positive number of seconds');
    }
    const taken = this.clients.latest().some((client) => client.id !== ownId && client.displayName === input.displayName);
    if (taken && this.#switches.uniqueClientNames) {
      throw new ApiError(400, { code: null, field: null, id: '0', description: 'integration display name must be unique' });
    }
    const roleIds = input.authorizationScopes.map((name) => {
      const role = this.roles.latest().find((one) => one.displayName === name);
      // unverified: code and wording.
      if (role === undefined) throw invalid('authorizationScopes', `API role not found: ${name}`);
      return role.id;
    });
    const { displayName, enabled, accessTokenLifetimeSeconds } = input;
    return { displayName, enabled, accessTokenLifetimeSeconds, roleIds: [...new Set(roleIds)] };
  }
}

/** [C] an id that is none is a 400, not a 404. */
export function rowId(text: string): number {
  if (!/^\d+$/.test(text)) throw new ApiError(400, { code: 'INVALID_ID', field: 'id', description: `Invalid id: ${text}`, id: text });
  return Number(text);
}

function found<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw notFound(id);
  return value;
}
