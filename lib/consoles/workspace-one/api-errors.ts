import * as z from 'zod/mini';
import { KeyferryError } from '../../failure.ts';

/*
 * What the REST API's refusals mean. Bodies and codes: Omnissa's descriptions (2604) and replies that public clients keep as test
 * data; statuses of throttling are documented nowhere.
 */

/** Where in a role a right stands, as the role's dialog has it. // unverified: which category holds which REST right; inferred from names. */
export const categories = {
  admins: 'API > REST > Admins',
  devices: 'API > REST > Devices',
  groups: 'API > REST > Groups',
  keys: 'Settings > System > REST API',
  system: 'API > REST',
  tags: 'Settings > Tags > Tags',
} as const;
export type Category = (typeof categories)[keyof typeof categories];

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`, with its query. */
  path: string;
  /** The API's version of this call. */
  version: 1 | 2 | 3;
  needs: Category;
  body?: unknown;
}

/** Calls a day. */
export interface Quota {
  limit: number;
  remaining: number;
  /** ms since the epoch */
  resetAt: number;
}

export interface Answer {
  /** 0: a redirect that was not followed. */
  status: number;
  contentType: string;
  text: string;
  quota: Quota | undefined;
}

export interface Caller {
  host: string;
  /** Name of the account, empty where an OAuth client calls. */
  account: string;
  /** Takes secrets out of the vendor's words. */
  scrub: (text: string) => string;
}

const refusal = z.object({ errorCode: z.optional(z.unknown()), message: z.optional(z.unknown()) });

/** `GET /api/system/info`, without query. */
export const whereOf = ({ method, path }: Call): string => `${method} /api${path.split('?')[0] ?? ''}`;

export const isPage = ({ contentType, text }: Answer): boolean => /^(?:text\/html|application\/xhtml)/i.test(contentType) || /^\s*<(?:!doctype|html)\b/i.test(text);

/** The API's own code and words; neither where something else answered. */
export function readRefusal(answer: Answer): { code: number | undefined; message: string } {
  try {
    const parsed = z.safeParse(refusal, JSON.parse(answer.text));
    if (parsed.success) {
      const { errorCode, message } = parsed.data;
      return { code: errorCode === undefined || errorCode === null ? undefined : Number(errorCode), message: typeof message === 'string' ? message : '' };
    }
  } catch {
    // A page or nothing.
  }
  return { code: undefined, message: '' };
}

/** The server does not know this call in this version, so nothing was done; an object that is not there has a code of its own. */
export function isUnknownCall(answer: Answer): boolean {
  return [404, 405, 406, 415, 501].includes(answer.status) && !isPage(answer) && readRefusal(answer).code === undefined;
}

/** x-ratelimit-* ([C] recorded in 2023): `reset` in seconds since the epoch, about a day ahead. */
export function readQuota(headers: Headers): Quota | undefined {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`)?.trim() ?? '');
  if (![limit, remaining, reset].every((text) => /^\d{1,12}$/.test(text!))) return undefined;
  return { limit: Number(limit), remaining: Number(remaining), resetAt: Number(reset) * 1_000 };
}

/** What an answer that is no success means. A write may have happened where the server broke on it. */
export function failureOf(call: Call, answer: Answer, { host, account, scrub }: Caller): KeyferryError {
  const where = whereOf(call);
  const { status } = answer;
  const isWrite = call.method !== 'GET';
  const { code, message } = readRefusal(answer);
  const quotaUsedUp = answer.quota?.remaining === 0;

  // "Tenant code … does not identify an Organization Group."
  if (code === 1013) return new KeyferryError('uem-key-refused', { host });
  // unverified: that it says so; where it does not, it looks like a wrong password.
  if (status >= 400 && status < 500 && /\bbasic\b.*\b(?:disabled|not (?:been )?enabled)\b/i.test(message)) return new KeyferryError('uem-basic-disabled', { host });
  // A write's own 401 has its own code: "LDAP / AD users passwords cannot be changed".
  if (code === 1005 || (status === 401 && (!isWrite || code === undefined))) {
    return account === '' ? new KeyferryError('uem-client-refused', { host }) : new KeyferryError('uem-sign-in-refused', { host, account });
  }
  if (code === 6339) return new KeyferryError('uem-key-list-unavailable', { host });
  // unverified: what a switched-off API answers; told from a missing right by its words alone.
  if (status >= 400 && status < 500 && /\bAPI\b.*\b(?:disabled|not (?:been )?enabled)\b/i.test(message)) return new KeyferryError('uem-api-disabled', { host });
  if (status === 403 && (code === 6044 || code === 1011 || code === 11)) {
    return new KeyferryError('uem-right-missing', { call: where, category: call.needs, access: isWrite ? 'edit' : 'read' });
  }
  // unverified: 429 or 403 when the day's calls are used up.
  if ((status === 429 || (status === 403 && code === undefined)) && quotaUsedUp) {
    return new KeyferryError('uem-quota-used-up', { host, resetAt: new Date(answer.quota!.resetAt).toISOString() });
  }
  if (status === 429) return new KeyferryError('console-busy', { where, host });
  if (status >= 500) return new KeyferryError('console-unreachable', { where, host, status: String(status) }, isWrite ? 'unknown' : 'not-done');
  if (status < 200 || (status >= 300 && status < 400)) return new KeyferryError('console-answer-unreadable', { where, host, field: '(whole)', problem: 'redirect' });
  if (isPage(answer)) {
    return new KeyferryError('console-answer-unreadable', { where, host, field: '(whole)', problem: 'web page', status: String(status) }, status < 300 && isWrite ? 'unknown' : 'not-done');
  }
  return new KeyferryError('console-refused', { where, host, status: String(status), reason: scrub(message).slice(0, 300) });
}
