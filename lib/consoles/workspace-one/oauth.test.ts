import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeyferryError, type Failure } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import { requestToken } from './oauth.ts';
import { tokenAddress } from './tenant.ts';

const address = tokenAddress('na');
const secret = new Secret('s3cr3t+/=&x');

/** Answers in order, the last one for ever; notes what was asked. */
function ask(...answers: (Response | Error)[]): { done: ReturnType<typeof requestToken>; asked: { url: string; init: RequestInit; body: URLSearchParams; authorization: string | null }[] } {
  const asked: { url: string; init: RequestInit; body: URLSearchParams; authorization: string | null }[] = [];
  const send = (async (url: string, init: RequestInit) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push({ url, init, body: init.body as URLSearchParams, authorization: new Headers(init.headers).get('authorization') });
    if (answer instanceof Error) throw answer;
    return answer.clone();
  }) as typeof fetch;
  return { done: requestToken({ address, clientId: 'client 1', secret, signal: new AbortController().signal, fetch: send }), asked };
}
const json = (status: number, body: unknown): Response => Response.json(body, { status });
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof KeyferryError) return thrown.failure;
    throw thrown;
  }
  throw new Error('no failure');
}

describe('a token for an OAuth client', () => {
  afterEach(() => vi.useRealTimers());

  it('credentials in the body, no cookies, no redirect followed', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const { done, asked } = ask(json(200, { access_token: 'tok', token_type: 'Bearer', expires_in: 1800 }));
    const { token, expiresAt } = await done;
    expect([token.reveal(), expiresAt]).toEqual(['tok', 1_000_000 + 1_800_000]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ url: 'https://na.uemauth.workspaceone.com/connect/token', authorization: null, init: { method: 'POST', credentials: 'omit', redirect: 'manual', cache: 'no-store' } });
    expect(Object.fromEntries(asked[0]!.body)).toEqual({ grant_type: 'client_credentials', client_id: 'client 1', client_secret: secret.reveal() });
  });

  it.each([400, 401, 403])('%i: once more with a Basic header, then nothing in the body', async (status) => {
    const { done, asked } = ask(json(status, { error: 'invalid_client' }), json(200, { access_token: 'tok', expires_in: '60' }));
    expect((await done).token.reveal()).toBe('tok');
    expect(atob(asked[1]!.authorization!.slice('Basic '.length))).toBe('client+1:s3cr3t%2B%2F%3D%26x');
    expect(Object.fromEntries(asked[1]!.body)).toEqual({ grant_type: 'client_credentials' });
  });

  it('an hour where the answer does not say', async () => {
    vi.useFakeTimers({ now: 0 });
    expect((await ask(json(200, { access_token: 'tok' })).done).expiresAt).toBe(3_600_000);
  });

  it.each<[string, Response | Error, Partial<Failure>]>([
    ['refused twice', json(400, { error: 'invalid_client' }), { code: 'uem-client-refused', params: { host: 'na.uemauth.workspaceone.com', reason: 'invalid_client' } }],
    ['refused in no words', new Response('no', { status: 401 }), { code: 'uem-client-refused', params: { host: 'na.uemauth.workspaceone.com', reason: '401' } }],
    ['refused with the secret quoted', json(400, { error: secret.reveal() }), { code: 'uem-client-refused', params: { host: 'na.uemauth.workspaceone.com', reason: '****' } }],
    ['busy', json(429, {}), { code: 'console-busy' }],
    ['broken', new Response('<html>', { status: 503 }), { code: 'console-unreachable', params: { where: 'POST /connect/token', host: 'na.uemauth.workspaceone.com', status: '503' } }],
    ['a redirect', new Response(null, { status: 302 }), { code: 'console-unreachable' }],
    ['no network', new TypeError('fetch failed s3cr3t'), { code: 'console-unreachable', params: { where: 'POST /connect/token', host: 'na.uemauth.workspaceone.com', status: '' } }],
    ['a page', new Response('<html>', { status: 200 }), { code: 'console-answer-unreadable' }],
    ['an empty token', json(200, { access_token: '' }), { code: 'console-answer-unreadable' }],
    ['no token', json(200, { token: 's3cr3t' }), { code: 'console-answer-unreadable' }],
  ])('%s', async (_what, answer, expected) => {
    const failure = await failureOf(ask(answer).done);
    expect(failure).toMatchObject(expected);
    expect(JSON.stringify(failure)).not.toContain('s3cr3t');
  });
});
