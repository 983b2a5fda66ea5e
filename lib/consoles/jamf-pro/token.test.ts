import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { KeyferryError, type Failure } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import { proveCredentials, readPageToken, signIn, signOut } from './token.ts';

const origin = 'https://acme.jamfcloud.com';
const secret = new Secret('hunter2-hunter2');
const fetchMock = vi.fn<typeof fetch>();
const unbroken = new AbortController().signal;

const answers = (...replies: (Response | Error)[]): void => {
  for (const reply of replies) {
    if (reply instanceof Error) fetchMock.mockRejectedValueOnce(reply);
    else fetchMock.mockResolvedValueOnce(reply);
  }
};
const json = (status: number, body: unknown): Response => Response.json(body, { status });
const call = (index = 0): { url: string; init: RequestInit; headers: Headers } => {
  const [url, init = {}] = fetchMock.mock.calls[index]!;
  return { url: url as string, init, headers: new Headers(init.headers) };
};
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown: unknown = await work.then(
    () => new Error('no failure'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof KeyferryError)) throw thrown;
  expect(JSON.stringify(thrown.failure)).not.toContain(secret.reveal());
  return thrown.failure;
}

beforeEach(() => {
  fetchMock.mockReset();
  vi.stubGlobal('fetch', fetchMock);
});
afterEach(() => {
  vi.unstubAllGlobals();
  // Never cookies, never a cache, never to another host: whatever else was asked.
  for (const [, init] of fetchMock.mock.calls) expect(init).toMatchObject({ method: 'POST', credentials: 'omit', cache: 'no-store', redirect: 'error' });
});

describe('proveCredentials', () => {
  const prove = (): ReturnType<typeof proveCredentials> => proveCredentials(origin, 'client-1', secret, unbroken);
  const token = { access_token: 'ey.token', token_type: 'Bearer', expires_in: 3600 };

  it('asks as the service will: a form, no cookies, the secret in the body alone', async () => {
    answers(json(200, { ...token, scope: 'api-role:3' }));
    expect(await prove()).toEqual({ roleIds: ['3'] });
    const { url, init, headers } = call();
    expect(url).toBe(`${origin}/api/v1/oauth/token`);
    expect(Object.fromEntries(init.body as URLSearchParams)).toEqual({ grant_type: 'client_credentials', client_id: 'client-1', client_secret: 'hunter2-hunter2' });
    expect(headers.has('authorization')).toBe(false);
  });

  it.each<[unknown, string[] | undefined]>([
    ['api-role:3', ['3']],
    ['api-role:12 api-role:3', ['12', '3']],
    ['openid api-role:3 email', ['3']],
    ['openid', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('scope %j carries the roles %j', async (scope, roleIds) => {
    answers(json(200, { ...token, scope }));
    expect(await prove()).toEqual({ roleIds });
  });

  it('takes the old path where the new one is not there, and only there', async () => {
    answers(json(404, {}), json(200, token));
    expect(await prove()).toEqual({ roleIds: undefined });
    expect(fetchMock.mock.calls.map(([url]) => url)).toEqual([`${origin}/api/v1/oauth/token`, `${origin}/api/oauth/token`]);
    expect((call(1).init.body as URLSearchParams).get('client_secret')).toBe('hunter2-hunter2');
    fetchMock.mockClear();
    answers(json(401, {}));
    await failureOf(prove());
    expect(fetchMock).toHaveBeenCalledTimes(1);
  });

  it.each<[number, unknown, string]>([
    [400, { error: 'invalid_client' }, 'invalid_client'],
    [401, { error: 'invalid_client', error_description: 'x' }, 'invalid_client'],
    [401, {}, '401'],
    [403, null, '403'],
    [400, { error: 'x'.repeat(500) }, 'x'.repeat(60)],
  ])('%i %j means a wrong secret', async (status, body, reason) => {
    answers(json(status, body));
    expect(await failureOf(prove())).toEqual({ code: 'credentials-not-accepted', params: { reason }, certainty: 'not-done' });
  });

  it.each([404, 429, 500, 503])('%i means nothing about the secret', async (status) => {
    answers(json(status, {}), json(status, {}));
    expect(await failureOf(prove())).toMatchObject({ code: 'console-unreachable', params: { status: String(status) } });
  });

  it.each<[string, Response]>([
    ['a page', new Response('<html>', { status: 200 })],
    ['truncated JSON', new Response('{"access_token":"hunter2-hun', { status: 200 })],
    ['a wrong shape', json(200, { access_token: 1 })],
    ['a list', json(200, [])],
  ])('%s with 200 is unreadable', async (_what, reply) => {
    answers(reply);
    expect((await failureOf(prove())).code).toBe('console-answer-unreadable');
  });

  it('no answer means unreachable, and does not repeat what the browser said', async () => {
    answers(new TypeError('Failed to fetch https://hunter2-hunter2'));
    expect(await failureOf(prove())).toEqual({ code: 'console-unreachable', params: { where: 'POST /api/v1/oauth/token', status: '' }, certainty: 'not-done' });
  });

  it('ends when the Run is cancelled', async () => {
    fetchMock.mockImplementation((_url, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))));
    const controller = new AbortController();
    const work = proveCredentials(origin, 'client-1', secret, controller.signal);
    controller.abort();
    expect((await failureOf(work)).code).toBe('console-unreachable');
  });
});

describe('signIn', { timeout: 60_000 }, () => {
  const in20minutes = Date.now() + 20 * 60_000;
  const enter = (username = 'amelia', password = 'hunter2-hunter2'): ReturnType<typeof signIn> => signIn(origin, username, new Secret(password), unbroken);

  it('gives a token and its time', async () => {
    answers(json(200, { token: 'ey.user', expires: new Date(in20minutes).toISOString() }));
    const { token, expiresAt } = await enter();
    expect([token.reveal(), expiresAt]).toEqual(['ey.user', in20minutes]);
    expect(call().url).toBe(`${origin}/api/v1/auth/token`);
    expect(call().init.body).toBeUndefined();
  });

  it('speaks UTF-8, as RFC 7617 wants it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((name) => !name.includes(':')), fc.string({ unit: 'grapheme', maxLength: 30 }), async (username, password) => {
        fetchMock.mockClear();
        answers(json(401, {}));
        await enter(username, password).catch(() => undefined);
        const sent = /^Basic ([A-Za-z0-9+/=]+)$/.exec(call().headers.get('authorization') ?? '')?.[1] ?? '';
        expect(Buffer.from(sent, 'base64').toString('utf8')).toBe(`${username}:${password}`);
      }),
      { examples: [['amelia', 'pässwörd🦀'], ['山田', 'a:b:c']] },
    );
  });

  it.each<[string, unknown, number]>([
    ['an ISO time', new Date(in20minutes).toISOString(), in20minutes],
    ['ms', in20minutes, in20minutes],
  ])('reads %s', async (_what, expires, expected) => {
    answers(json(200, { token: 't', expires }));
    expect((await enter()).expiresAt).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['no time at all', 'soon'],
    ['seconds instead of ms', Math.floor(in20minutes / 1000)],
    ['a clock that is an hour ahead here', new Date(Date.now() - 40 * 60_000).toISOString()],
  ])('%s: a token that came just now is taken for a quarter of an hour', async (_what, expires) => {
    answers(json(200, { token: 't', expires }));
    const { expiresAt } = await enter();
    expect(expiresAt - Date.now()).toBeGreaterThan(14 * 60_000);
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  });

  it.each([401, 403])('%i means that this account cannot sign in so', async (status) => {
    answers(json(status, {}));
    expect(await failureOf(enter())).toEqual({ code: 'sign-in-refused', params: { account: 'amelia' }, certainty: 'not-done' });
  });

  it.each<[Response | Error, string]>([
    [json(500, {}), 'console-unreachable'],
    [json(404, {}), 'console-unreachable'],
    [new TypeError('Failed to fetch'), 'console-unreachable'],
    [new Response('<html>', { status: 200 }), 'console-answer-unreadable'],
    [json(200, { token: '', expires: 'x' }), 'console-answer-unreadable'],
    [json(200, { token: 'hunter2-hunter2' }), 'console-answer-unreadable'],
  ])('%# other answers say nothing about the password', async (reply, code) => {
    answers(reply);
    expect((await failureOf(enter())).code).toBe(code);
  });
});

describe('signOut', () => {
  it('ends the token, and is content with any answer', async () => {
    answers(new Response(null, { status: 204 }), json(401, {}), new TypeError('Failed to fetch'));
    for (let times = 0; times < 3; times++) await expect(signOut(origin, new Secret('ey.user'))).resolves.toBeUndefined();
    expect([call().url, call().headers.get('authorization')]).toEqual([`${origin}/api/v1/auth/invalidate-token`, 'Bearer ey.user']);
  });
});

describe('readPageToken', () => {
  const now = 1_700_000_000_000;
  const jwt = (claims: object): string => ['{"alg":"HS512"}', JSON.stringify(claims), 'signature-ÿ'].map((part) => Buffer.from(part).toString('base64url')).join('.');
  beforeEach(() => vi.useFakeTimers({ now, toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());

  it('takes the end that the token names', () => {
    const token = jwt({ sub: '1', exp: now / 1000 + 600, note: 'ÿÿ>>??' });
    const read = readPageToken(`bearer ${token}`);
    expect([read?.token.reveal(), read?.expiresAt]).toEqual([token, now + 600_000]);
  });

  it.each([['no JWT', 'opaque-token-of-some-length'], ['no end', jwt({ sub: '1' })], ['a wrong end', jwt({ exp: 'soon' })], ['an end that is past', jwt({ exp: 1 })]])('gives 15 minutes to %s', (_what, token) => {
    const read = readPageToken(`Bearer ${token}`);
    expect([read?.token.reveal(), read?.expiresAt]).toEqual([token, now + 900_000]);
  });

  it.each(['', 'Bearer', 'Bearer short', `Basic ${btoa('admin:a-long-enough-password')}`, 'Bearer two words-and-more-characters', `Bearer ${'x'.repeat(9_000)}`, 'Bearer undefined'])('is not fooled by %j', (header) => {
    expect(readPageToken(header)).toBeUndefined();
  });
});
