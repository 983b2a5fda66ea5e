import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { JamfTenantSwitches } from '../types.ts';
import { privilegesOfAccount } from './accounts.ts';
import type { Account } from './accounts.ts';
import { unauthorized } from './errors.ts';
import type { Replicated } from './replicated.ts';
import type { Client, RolesAndClients } from './roles-and-clients.ts';

const MINUTE_MS = 60_000;
/** [C] about half an hour. */
const ACCOUNT_TOKEN_MS = 30 * MINUTE_MS;
/** unverified: how the console's page gets its token, and for how long. */
const PAGE_TOKEN_MS = 10 * MINUTE_MS;
const SESSION_IDLE_MS = 30 * MINUTE_MS;

export type AuthenticationType = 'JSS' | 'OIDC';

/** Who makes a request. */
export type Caller =
  | { kind: 'account'; account: Account; authenticationType: AuthenticationType; token: string | undefined }
  | { kind: 'client'; clientId: string; roleIds: readonly number[] };

interface Session {
  accountId: number;
  authenticationType: AuthenticationType;
  /** Sandbox clock, ms. */
  lastSeen: number;
}

type Token = {
  /** Sandbox clock, ms. */
  expires: number;
} & (
  | { kind: 'account'; accountId: number; authenticationType: AuthenticationType }
  | { kind: 'client'; clientId: string; roleIds: readonly number[] }
);

interface SessionParts {
  origin: string;
  now: () => number;
  switches: JamfTenantSwitches;
  accounts: Replicated<Account>;
  rolesAndClients: RolesAndClients;
  knownPrivileges: () => readonly string[];
}

/** Web sessions and tokens of a tenant, and the rules for which of them counts where. */
export class Sessions {
  readonly #parts: SessionParts;
  readonly #sessions = new Map<string, Session>();
  readonly #tokens = new Map<string, Token>();
  readonly #pageTokens: string[] = [];
  readonly #signingKey = randomBytes(32);

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** The account behind a local name and password; single sign-on accounts have no password here. */
  findLocalAccount(username: string, password: string): Account | undefined {
    return this.#parts.accounts
      .latest()
      .find((account) => account.username === username && account.password !== undefined && account.password === password && account.accountStatus === 'Enabled');
  }

  /** Starts a web session and returns its Set-Cookie. */
  start(account: Account, authenticationType: AuthenticationType): string {
    const id = randomBytes(16).toString('hex').toUpperCase();
    this.#sessions.set(id, { accountId: account.id, authenticationType, lastSeen: this.#parts.now() });
    // unverified: SameSite of the real cookie; Lax is what browsers assume where a server says nothing.
    return `JSESSIONID=${id}; Path=/; Secure; HttpOnly; SameSite=Lax`;
  }

  end(request: Request): string {
    this.#sessions.delete(sessionId(request));
    return 'JSESSIONID=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0';
  }

  endAll(): void {
    this.#sessions.clear();
  }

  /** Who is signed in in this browser; keeps the session alive. */
  findSessionCaller(request: Request): (Caller & { kind: 'account' }) | undefined {
    const session = this.#sessions.get(sessionId(request));
    if (session === undefined || this.#parts.now() - session.lastSeen > SESSION_IDLE_MS) return undefined;
    session.lastSeen = this.#parts.now();
    return this.#accountCaller(session, undefined);
  }

  /** Who calls the API; throws the 401 where nobody does. */
  getApiCaller(request: Request): Caller {
    const authorization = request.headers.get('authorization');
    const { switches, origin } = this.#parts;
    const takesCookie = switches.sessionMode === 'cookie' && isSameOrigin(request, origin);
    const caller = authorization !== null ? this.#bearer(authorization) : takesCookie ? this.findSessionCaller(request) : undefined;
    if (caller === undefined) throw unauthorized();
    return caller;
  }

  privilegesOf(caller: Caller, node: number): ReadonlySet<string> {
    const { rolesAndClients, knownPrivileges } = this.#parts;
    return new Set(caller.kind === 'client' ? rolesAndClients.privilegesOfRoles(caller.roleIds, node) : privilegesOfAccount(caller.account, knownPrivileges()));
  }

  /** A token for an account: by name and password, by keep-alive, or (`page`) for the console's own pages. */
  issueAccountToken(account: Account, authenticationType: AuthenticationType, purpose: 'api' | 'page' = 'api'): { token: string; expires: string } {
    const expires = this.#parts.now() + (purpose === 'page' ? PAGE_TOKEN_MS : ACCOUNT_TOKEN_MS);
    const token = this.#sign('HS512', {
      'authenticated-app': 'GENERIC',
      'authentication-type': authenticationType,
      groups: [],
      'subject-type': 'JSS_USER_ID',
      'token-uuid': randomUUID(),
      'ldap-server-id': -1,
      sub: String(account.id),
      exp: Math.floor(expires / 1000),
    });
    if (purpose === 'page') this.#pageTokens.push(token);
    this.#tokens.set(token, { kind: 'account', accountId: account.id, authenticationType, expires });
    return { token, expires: new Date(expires).toISOString() };
  }

  /** A token for a client with the roles its secret was minted for; claims as printed in the vendor's handbook [C]. */
  issueClientToken(client: Client, roleIds: readonly number[]): { token: string; expiresInSeconds: number } {
    const issued = this.#parts.now();
    const expires = issued + client.accessTokenLifetimeSeconds * 1000;
    const token = this.#sign('HS256', {
      sub: client.clientId,
      aud: client.clientId,
      nbf: Math.floor(issued / 1000),
      'token-uuid': randomUUID(),
      'subject-type': 'REGISTERED_CLIENT_ID',
      'authentication-type': 'CLIENT_CREDENTIALS',
      scope: roleIds.map((id) => `api-role:${id}`),
      iss: this.#parts.origin,
      exp: Math.floor(expires / 1000),
      iat: Math.floor(issued / 1000),
    });
    this.#tokens.set(token, { kind: 'client', clientId: client.clientId, roleIds: [...roleIds], expires });
    // [C] one second less than the lifetime.
    return { token, expiresInSeconds: client.accessTokenLifetimeSeconds - 1 };
  }

  /** What was issued to the console's own pages, oldest first. */
  get pageTokens(): readonly string[] {
    return this.#pageTokens;
  }

  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  #bearer(authorization: string): Caller | undefined {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
    const known = this.#tokens.get(token);
    if (known === undefined || known.expires <= this.#parts.now()) return undefined;
    if (known.kind === 'account') return this.#accountCaller(known, token);
    // Deleting or disabling a client leaves its issued tokens alive [D], so the client is not looked up.
    return { kind: 'client', clientId: known.clientId, roleIds: known.roleIds };
  }

  #accountCaller(from: { accountId: number; authenticationType: AuthenticationType }, token: string | undefined): (Caller & { kind: 'account' }) | undefined {
    const account = this.#parts.accounts.latestOf(from.accountId);
    if (account === undefined || account.accountStatus !== 'Enabled') return undefined;
    return { kind: 'account', account, authenticationType: from.authenticationType, token };
  }

  #sign(alg: 'HS256' | 'HS512', claims: object): string {
    const text = [{ alg }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${createHmac(alg === 'HS256' ? 'sha256' : 'sha512', this.#signingKey).update(text).digest('base64url')}`;
  }
}

/** Whether the console's own page sent this: what browsers say in Sec-Fetch-Site and Origin; a request with neither proves nothing. */
export function isSameOrigin(request: Request, origin: string): boolean {
  const sentOrigin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (sentOrigin !== null && sentOrigin !== origin) return false;
  if (site !== null && site !== 'same-origin') return false;
  return sentOrigin !== null || site !== null;
}

function sessionId(request: Request): string {
  return /(?:^|;\s*)JSESSIONID=([0-9A-F]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
}
