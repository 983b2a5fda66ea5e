import type * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../failure.ts';
import type { Secret } from '../vault/secret.ts';
import type { Registration, Service, ServiceAccess } from './service.ts';

/*
 * What calls to all services have in common. Called by the background alone.
 */

/** ms; below the 30 s after which Chromium stops a background that waits for a response. */
const answerTimeout = 20_000;
/** Characters; a list of connections is a few kB. */
const usualLimit = 2_000_000;
/** Characters of a vendor's words that are shown. */
const reasonLimit = 400;

export interface Exchange {
  url: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  headers: Readonly<Record<string, string>>;
  /** Sent as JSON, or as a form. */
  body?: object | URLSearchParams | undefined;
  signal: AbortSignal;
  /** Whether it may have had an effect although no answer came. */
  certainty: 'not-done' | 'unknown';
  /** Characters; a longer answer counts as unreadable. */
  limit?: number;
}

/**
 * One request and its answer, which is still untrusted; `undefined` where it is no JSON.
 * @throws {KeyferryError} service-unreachable (also for 5xx), service-busy (429, 503)
 */
export async function exchange({ url, method, headers, body, signal, certainty, limit = usualLimit }: Exchange): Promise<{ status: number; json: unknown }> {
  const { host } = new URL(url);
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method,
      // Never cookies: the key alone says who asks. A redirect could carry the key to another host.
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]),
      headers: { Accept: 'application/json', ...(body && !(body instanceof URLSearchParams) ? { 'Content-Type': 'application/json' } : {}), ...headers },
      ...(body ? { body: body instanceof URLSearchParams ? body : JSON.stringify(body) } : {}),
    });
    status = response.status;
    text = await response.text();
  } catch {
    throw new KeyferryError('service-unreachable', { host, status: '' }, certainty);
  }
  if (status === 429 || status === 503) throw new KeyferryError('service-busy', { host });
  if (status >= 500) throw new KeyferryError('service-unreachable', { host, status: String(status) }, certainty);
  return { status, json: text.length <= limit ? parseJson(text) : undefined };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A refusal in the vendor's words; `code` is machine-readable, or empty. */
export interface Refusal {
  status: number;
  reason: string;
  code: string;
}

/** How one vendor's API is spoken to. */
export interface ApiDialect {
  /** Between the service's address and the paths of its calls: `/api/v2`. */
  basePath: string;
  /** The headers that carry the key. */
  sign: (key: Secret) => Record<string, string>;
  /** What a refusal's body says. */
  read: (json: unknown) => Pick<Refusal, 'reason' | 'code'>;
  /** Refusals that mean something else here than their status does at most services. */
  refusal?: (refusal: Refusal, host: string) => KeyferryError | undefined;
}

export interface ServiceCall<T> {
  access: ServiceAccess;
  method: Exchange['method'];
  /** Begins with a slash. */
  path: string;
  /** Of a 2xx answer; without one the answer is not looked at. */
  schema?: z.ZodMiniType<T>;
  body?: object | URLSearchParams;
  headers?: Record<string, string>;
  /** What the body carries; never shown, should the vendor quote it. */
  secret?: Secret | undefined;
  signal: AbortSignal;
}

/**
 * A caller of one vendor's API.
 * @throws {KeyferryError} service-unreachable, service-busy, service-key-refused (401), service-key-read-only (403), service-refused,
 * service-answer-unreadable, and what the dialect's `refusal` says
 */
export function createCaller({ basePath, sign, read, refusal }: ApiDialect): <T>(call: ServiceCall<T>) => Promise<T> {
  return async <T>({ access, method, path, schema, body, headers, secret, signal }: ServiceCall<T>): Promise<T> => {
    const { host } = new URL(access.address);
    const where = `${method} ${path.split('?')[0] ?? ''}`;
    const certainty = method === 'GET' ? 'not-done' : 'unknown';
    const { status, json } = await exchange({ url: access.address + basePath + path, method, headers: { ...sign(access.key), ...headers }, body, signal, certainty });
    if (status < 300) return schema ? parseOrFail(schema, json, 'service-answer-unreadable', where) : (undefined as T);
    const said = read(json);
    const reason = [access.key, secret].reduce((text, one) => (one ? text.replaceAll(one.reveal(), '****') : text), said.reason).slice(0, reasonLimit);
    const known = refusal?.({ status, reason, code: said.code }, host);
    if (known) throw known;
    if (status === 401) throw new KeyferryError('service-key-refused', { host });
    if (status === 403) throw new KeyferryError('service-key-read-only', { organization: host });
    throw new KeyferryError('service-refused', { host, where, status: String(status), reason, code: said.code });
  };
}

/** Whether the service refused with this status. */
export const isRefusal = (thrown: unknown, status: number): boolean => thrown instanceof KeyferryError && thrown.failure.params['status'] === String(status);

/** Deletes what may be gone already: undo may run twice. */
export async function deleteOnce(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    if (!isRefusal(thrown, 404)) throw thrown;
  }
}

/**
 * Creates at a service that knows no idempotency keys: looks first, and again where the answer got lost.
 * @param find the connection of the very console that `create` is for
 * @throws {KeyferryError} registration-appeared where one is there that was not made just now
 */
export async function createOnce({ access, clientId, find, create }: { access: ServiceAccess; clientId: string; find: () => Promise<Registration | undefined>; create: () => Promise<Registration> }): Promise<Registration> {
  const appeared = new KeyferryError('registration-appeared', { host: new URL(access.address).host });
  if (await find()) throw appeared;
  try {
    return await create();
  } catch (thrown) {
    if (!(thrown instanceof KeyferryError) || thrown.failure.certainty !== 'unknown') throw thrown;
    const found = await find().catch(() => undefined);
    if (!found) throw thrown;
    if (found.clientId !== '' && found.clientId !== clientId) throw appeared;
    return found;
  }
}

/**
 * The address of a service as typed or pasted, also with a page or the API's path behind it.
 * @param basePath where the API begins: what comes from there on is cut off
 * @throws {KeyferryError} bad-input
 */
export function normaliseTyped(typed: string, basePath: string): string {
  const trimmed = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const wrong = (problem: string): KeyferryError => new KeyferryError('bad-input', { where: 'service', field: 'address', problem });
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    throw wrong('not an address');
  }
  if (url.protocol !== 'https:') throw wrong('not https');
  if (url.username !== '' || url.password !== '') throw wrong('holds a password');
  const path = url.pathname.split(basePath)[0]?.replace(/\/+$/, '') ?? '';
  return url.origin + path;
}

/** The same for a service that is at few places only. @throws {KeyferryError} bad-input */
export function normaliseFixed(typed: string, { address }: Service): string {
  const { origin } = new URL(normaliseTyped(typed, '/'));
  if (address.kind !== 'fixed' || !address.options.some((option) => option.address === origin)) throw new KeyferryError('bad-input', { where: 'service', field: 'address', problem: 'another service' });
  return origin;
}

/** Two ways to write a console's address: with or without scheme, slash at the end, capitals. */
export const isSameAddress = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (address: string): string => address.trim().toLowerCase().replace(/^https:\/\//, '').replace(/\/+$/, '');

/** The service's own id as one part of a path. */
export const part = (id: string): string => encodeURIComponent(id);
