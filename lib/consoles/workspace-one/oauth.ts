import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';

/** ms; below the 30 s after which Chromium stops a background that waits for a response. */
const answerTimeout = 20_000;
/** s; Omnissa's documentation, for an answer that does not say. */
const usualLifetime = 3_600;

const token = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z.nullish(z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number))])) });
const refusal = z.object({ error: z.string() });

/** RFC 6749, 2.3.1: both parts form-encoded, before they are joined. */
function basic(clientId: string, secret: Secret): string {
  const encode = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1);
  return btoa(`${encode(clientId)}:${encode(secret.reveal())}`);
}

export interface TokenRequest {
  /** See `tokenAddress`. */
  address: string;
  clientId: string;
  secret: Secret;
  signal: AbortSignal;
  fetch?: typeof fetch;
}

/**
 * A token for an OAuth client: credentials in the body, as Omnissa's Bruno collection and SDK send them, and where these are refused
 * once more in a Basic header.
 * @returns `expiresAt` in ms since the epoch
 * @throws {KeyferryError} uem-client-refused, console-busy, console-unreachable, console-answer-unreadable
 */
export async function requestToken({ address, clientId, secret, signal, fetch: send = fetch }: TokenRequest): Promise<{ token: Secret; expiresAt: number }> {
  const { host, pathname } = new URL(address);
  const where = `POST ${pathname}`;

  async function ask(headers: Record<string, string>, fields: Record<string, string>): Promise<{ status: number; json: unknown }> {
    let status: number;
    let text: string;
    try {
      const response = await send(address, {
        method: 'POST',
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]),
        headers: { Accept: 'application/json', ...headers },
        body: new URLSearchParams({ grant_type: 'client_credentials', ...fields }),
      });
      status = response.status;
      text = await response.text();
    } catch {
      throw new KeyferryError('console-unreachable', { where, host, status: '' });
    }
    try {
      return { status, json: JSON.parse(text) as unknown };
    } catch {
      return { status, json: undefined };
    }
  }

  const isRefused = ({ status }: { status: number }): boolean => status === 400 || status === 401 || status === 403;
  let answer = await ask({}, { client_id: clientId, client_secret: secret.reveal() });
  if (isRefused(answer)) answer = await ask({ Authorization: `Basic ${basic(clientId, secret)}` }, {});
  if (isRefused(answer)) {
    const said = z.safeParse(refusal, answer.json);
    throw new KeyferryError('uem-client-refused', { host, reason: said.success ? said.data.error.slice(0, 60).replaceAll(secret.reveal(), '****') : String(answer.status) });
  }
  if (answer.status === 429) throw new KeyferryError('console-busy', { where, host });
  if (answer.status !== 200) throw new KeyferryError('console-unreachable', { where, host, status: String(answer.status) });
  const { access_token: value, expires_in: lifetime } = parseOrFail(token, answer.json, 'console-answer-unreadable', where);
  return { token: new Secret(value), expiresAt: Date.now() + (lifetime ?? usualLifetime) * 1_000 };
}
