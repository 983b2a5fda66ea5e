import type { NodeSandbox } from '../sandbox.ts';
import type { JamfTenant } from '../types.ts';
import { LOCAL_LOGINS } from './tenants.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is none. */
  body: unknown;
}

export interface CallOptions {
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form. */
  form?: Record<string, string> | [string, string][];
  headers?: Record<string, string>;
}

/** A browser or program that talks to one host: keeps cookies where told to, sends what it is given. */
export class TestClient {
  readonly #fetch: typeof fetch;
  readonly origin: string;
  readonly cookies: Map<string, string> | undefined;
  /** Sent with every request. */
  headers: Record<string, string> = {};

  constructor(sandbox: NodeSandbox, origin: string, options: { cookies?: boolean } = {}) {
    this.#fetch = sandbox.fetch;
    this.origin = origin;
    this.cookies = options.cookies === true ? new Map() : undefined;
  }

  async call(method: string, path: string, { json, form, headers = {} }: CallOptions = {}): Promise<Answer> {
    const sent = new Headers({ ...this.headers, ...headers });
    if (this.cookies !== undefined && this.cookies.size > 0) sent.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    if (json !== undefined) sent.set('content-type', 'application/json');
    const payload = json !== undefined ? JSON.stringify(json) : form !== undefined ? new URLSearchParams(form) : null;
    const response = await this.#fetch(new URL(path, this.origin), { method, headers: sent, body: payload });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies?.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const basic = ({ username, password }: { username: string; password: string }): string => `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** What a console's own page sends along. */
export const asPage = (origin: string): Record<string, string> => ({ origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' });

/** A program with the bearer token of a local account. */
export async function signedInByToken(sandbox: NodeSandbox, tenant: JamfTenant, login: { username: string; password: string } = LOCAL_LOGINS.admin): Promise<TestClient> {
  const client = new TestClient(sandbox, tenant.origin, { cookies: true });
  const { body } = await client.call('POST', '/api/v1/auth/token', { headers: { authorization: basic(login) } });
  client.headers = { authorization: `Bearer ${(body as { token: string }).token}` };
  return client;
}

/** A browser that is signed in to the console. */
export async function signedInByForm(sandbox: NodeSandbox, tenant: JamfTenant, login: { username: string; password: string } = LOCAL_LOGINS.admin): Promise<TestClient> {
  const browser = new TestClient(sandbox, tenant.origin, { cookies: true });
  browser.headers = asPage(tenant.origin);
  const answer = await browser.call('POST', '/?failover', { form: { username: login.username, password: login.password } });
  if (answer.status !== 303) throw new Error(`Sign-in answered ${answer.status}`);
  return browser;
}

let made = 0;

/** A program with the token of a fresh API client that holds exactly these privileges. */
export async function signedInAsClient(sandbox: NodeSandbox, tenant: JamfTenant, privileges: string[], lifetimeSeconds = 600): Promise<TestClient> {
  made += 1;
  const role = tenant.addRole({ displayName: `Test role ${made}`, privileges });
  const row = tenant.addClient({ displayName: `Test client ${made}`, authorizationScopes: [role.displayName], accessTokenLifetimeSeconds: lifetimeSeconds });
  const admin = await signedInByToken(sandbox, tenant);
  const { body } = await admin.call('POST', `/api/v1/api-integrations/${row.id}/client-credentials`);
  const { clientId, clientSecret } = body as { clientId: string; clientSecret: string };
  const client = new TestClient(sandbox, tenant.origin, { cookies: true });
  const token = await requestToken(client, clientId, clientSecret);
  client.headers = { authorization: `Bearer ${(token.body as { access_token: string }).access_token}` };
  return client;
}

export async function requestToken(client: TestClient, clientId: string, clientSecret: string, path = '/api/v1/oauth/token'): Promise<Answer> {
  return await client.call('POST', path, { form: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret } });
}
