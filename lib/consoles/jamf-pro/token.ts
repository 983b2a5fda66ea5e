import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import type { CredentialProof, PageToken } from '../console.ts';

/*
 * Tokens are asked for by the background, without cookies: just as the service will, and so that a secret never enters a tab.
 */

/** How long one answer may take, ms; below the 30 s after which Chromium stops a background that waits for a response. */
const answerTimeout = 20_000;

const oauthToken = z.object({
  access_token: z.string(),
  expires_in: z.optional(z.number()),
  scope: z.optional(z.nullable(z.string())),
});
const oauthError = z.object({ error: z.string() });
/** `expires`: the schema says integer, recordings show an ISO string. */
const userToken = z.object({ token: z.string().check(z.minLength(1)), expires: z.union([z.string(), z.number()]) });

async function post(url: string, init: { headers: Record<string, string>; body?: URLSearchParams }, signal: AbortSignal): Promise<{ status: number; json: unknown }> {
  const where = `POST ${new URL(url).pathname}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]),
      headers: init.headers,
      ...(init.body ? { body: init.body } : {}),
    });
    text = await response.text();
  } catch {
    throw new KeyferryError('console-unreachable', { where, status: '' });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, json };
}

/**
 * Client credentials for a token, at the current path and, where that is not there, at the old one.
 * A wrong secret answers 400 by the vendor's schema and 401 by what public clients expect: both count.
 * @throws {KeyferryError} credentials-not-accepted, console-unreachable, console-answer-unreadable
 */
export async function proveCredentials(base: string, clientId: string, secret: Secret, signal: AbortSignal): Promise<CredentialProof> {
  const ask = (path: string): ReturnType<typeof post> =>
    post(
      base + path,
      {
        headers: { Accept: 'application/json' },
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret.reveal() }),
      },
      signal,
    );
  let answer = await ask('/api/v1/oauth/token');
  if (answer.status === 404) answer = await ask('/api/oauth/token');
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    const error = z.safeParse(oauthError, answer.json);
    throw new KeyferryError('credentials-not-accepted', { reason: error.success ? error.data.error.slice(0, 60) : String(answer.status) });
  }
  if (answer.status !== 200) throw new KeyferryError('console-unreachable', { where: 'POST /api/v1/oauth/token', status: String(answer.status) });
  const token = parseOrFail(oauthToken, answer.json, 'console-answer-unreadable', 'POST /api/v1/oauth/token');
  // `scope: "api-role:1 api-role:2"` ([D] schema); compared as a set by the Run.
  const scopes = token.scope?.split(' ').filter((s) => s.startsWith('api-role:')) ?? [];
  return { roleIds: scopes.length > 0 ? scopes.map((s) => s.slice('api-role:'.length)) : undefined };
}

/**
 * A local account's token (`POST /api/v1/auth/token`, Basic; [D] schema). Single sign-on accounts have none.
 * @throws {KeyferryError} sign-in-refused, console-unreachable, console-answer-unreadable
 */
export async function signIn(base: string, username: string, password: Secret, signal: AbortSignal): Promise<{ token: Secret; expiresAt: number }> {
  // RFC 7617: user-id and password as UTF-8, then base64; btoa takes bytes only.
  const bytes = new TextEncoder().encode(`${username}:${password.reveal()}`);
  const basic = btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));
  const answer = await post(`${base}/api/v1/auth/token`, { headers: { Accept: 'application/json', Authorization: `Basic ${basic}` } }, signal);
  if (answer.status === 401 || answer.status === 403) throw new KeyferryError('sign-in-refused', { account: username });
  if (answer.status !== 200) throw new KeyferryError('console-unreachable', { where: 'POST /api/v1/auth/token', status: String(answer.status) });
  const { token, expires } = parseOrFail(userToken, answer.json, 'console-answer-unreadable', 'POST /api/v1/auth/token');
  return { token: new Secret(token), expiresAt: believable(new Date(expires).getTime()) };
}

/** A token that came just now is not over: the clock here is wrong, or the number is no time in ms. The console has the last word. */
const believable = (expiresAt: number): number => (expiresAt > Date.now() ? expiresAt : Date.now() + 15 * 60_000);

const claims = z.object({ exp: z.number() });

/** The token in a page's `Authorization` header, with the end that it names where it is a JWT; `undefined` where there is none. */
export function readPageToken(header: string): PageToken | undefined {
  const token = /^Bearer ([\w.~+/=-]{20,8192})$/i.exec(header)?.[1];
  if (token === undefined) return undefined;
  let payload: unknown;
  try {
    payload = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    // Not a JWT: nothing says when it ends.
  }
  const parsed = z.safeParse(claims, payload);
  return { token: new Secret(token), expiresAt: believable(parsed.success ? parsed.data.exp * 1_000 : 0) };
}

/** Ends a token early; nobody waits for it, and it expires by itself where this fails. */
export async function signOut(base: string, token: Secret): Promise<void> {
  await post(`${base}/api/v1/auth/invalidate-token`, { headers: { Authorization: `Bearer ${token.reveal()}` } }, new AbortController().signal).catch(
    () => undefined,
  );
}
