import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf } from '../../../test/fixtures/failure-of.ts';
import { createFakeUem } from '../../../test/sandbox/harmony-mobile/fake-uem.ts';
import { createHarmony, type Harmony } from '../../../test/sandbox/harmony-mobile/portal.ts';
import type { ExchangeEnv } from '../../../test/sandbox/traffic.ts';
import { Secret } from '../../vault/secret.ts';
import { readDeviceStatus, type InfinityPortalKey } from './api.ts';
import { gateways, portalOrigin, serverAddressFor } from './facts.ts';

const unbroken = new AbortController().signal;
const accessKey = 'hunter2-hunter2-hunter2';
const someKey: InfinityPortalKey = { clientId: 'client-1', accessKey: new Secret(accessKey), region: 'eu' };
const host = 'cloudinfra-gw.portal.checkpoint.com';
const none = { provisioned: 0, active: 0, inactive: 0, processing: 0 };

describe('against the sandbox’s gateways', () => {
  let harmony: Harmony;
  let clock: number;
  let asked: string[];
  let key: InfinityPortalKey;

  beforeEach(() => {
    clock = Date.UTC(2026, 10, 1);
    const uem = createFakeUem();
    harmony = createHarmony({ now: () => clock, uemFetch: (input, init) => uem.fetch(input, init) });
    harmony.control.switches.existingDevices = 1203;
    asked = [];
    const { clientId, accessKey: value, region } = harmony.control.apiKey;
    key = { clientId, accessKey: new Secret(value), region };
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer' });
      expect(input).not.toContain(value);
      const url = new URL(input);
      asked.push(`${init.method ?? ''} ${url.pathname}${url.search}`);
      const handler = harmony.handlers.get(url.host);
      if (!handler) throw new TypeError('fetch failed');
      return await handler(new Request(input, init), {} as ExchangeEnv);
    });
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await harmony.close();
  });

  it('every device is counted once, page by page, as the dashboard counts them', async () => {
    const report = await readDeviceStatus(key, unbroken);
    const { total, byStatus, byRisk } = harmony.control.devices();
    expect(total).toBe(1203);
    expect(report).toEqual({
      total,
      byStatus: { provisioned: byStatus.Provisioned, active: byStatus.Active, inactive: byStatus.Inactive, processing: byStatus.Processing },
      byRisk: { none: byRisk.None, low: byRisk.Low, medium: byRisk.Medium, high: byRisk.High },
    });
    expect(asked).toEqual(['POST /auth/external', ...[0, 500, 1000].map((offset) => `GET /app/SBM/external_api/v1/device_status/?limit=500&offset=${String(offset)}&format=json`)]);
  });

  it('no device at all', async () => {
    harmony.control.switches.existingDevices = 0;
    expect(await readDeviceStatus(key, unbroken)).toEqual({ total: 0, byStatus: none, byRisk: { none: 0, low: 0, medium: 0, high: 0 } });
  });

  it('a token that ends in the middle is fetched anew, once', async () => {
    const inner = fetch;
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      if (input.includes('offset=500') && asked.filter((one) => one.startsWith('POST')).length === 1) clock += 31 * 60_000;
      return await inner(input, init);
    });
    expect((await readDeviceStatus(key, unbroken)).total).toBe(1203);
    expect(asked.map((one) => one.replace(/\?.*offset=(\d+).*/, ' $1').split('/').at(-1))).toEqual(['external', ' 0', ' 500', 'external', ' 500', ' 1000']);
  });

  it.each<[what: string, change: Partial<InfinityPortalKey>]>([
    ['a wrong access key', { accessKey: new Secret('nope') }],
    ['an unknown client', { clientId: 'nobody' }],
    ['another region', { region: 'us' }],
  ])('%s is told', async (_what, change) => {
    const failure = await failureOf(readDeviceStatus({ ...key, ...change }, unbroken));
    expect(failure).toMatchObject({ code: 'service-key-refused', certainty: 'not-done' });
    expect(asked).toHaveLength(1);
  });
});

describe('against answers of one’s choice', () => {
  const token = { success: true, data: { token: 'jwt', csrf: 'x', expires: 'x', expiresIn: 1800 } };
  let calls: { url: string; init: RequestInit }[];
  /** The n-th call's answer: body and status. */
  const answering = (answers: readonly [body: unknown, status?: number][]): void => {
    calls = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      const [body, status = 200] = answers[Math.min(calls.push({ url, init }), answers.length) - 1] ?? [''];
      return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
    });
  };
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const read = (): ReturnType<typeof readDeviceStatus> => readDeviceStatus(someKey, unbroken);
  const devices = (...codes: [status: unknown, risk: unknown][]): object[] => codes.map(([status, risk]) => ({ status, risk, name: 'x' }));
  const expired = { success: false, message: 'Authentication required', forceLogout: true };

  it.each<[what: string, status: number]>([
    ['with 200', 200],
    ['with 401', 401],
  ])('an ended token that is told %s: asked for once more, then the key is at fault', async (_what, status) => {
    answering([[token], [expired, status], [token], [expired, status]]);
    expect(await failureOf(read())).toEqual({ code: 'service-key-refused', params: { host }, certainty: 'not-done' });
    expect(calls).toHaveLength(4);
  });

  it('codes as numbers and as texts; unknown ones count in the total alone', async () => {
    answering([[token], [{ meta: { next: null }, objects: devices([1, 0], ['1', '3'], [4, '1'], [-1, 2], ['0', null], [7, 9]) }]]);
    expect(await read()).toEqual({ total: 6, byStatus: { provisioned: 1, active: 2, inactive: 1, processing: 1 }, byRisk: { none: 1, low: 1, medium: 1, high: 1 } });
  });

  it.each<[what: string, pages: object[], total: number]>([
    ['the gateway gives fewer than asked for', [{ meta: { next: '/x' }, objects: devices([1, 0], [1, 0]) }, { meta: { next: null }, objects: devices([1, 0]) }], 3],
    ['only the total is told', [{ meta: { total_count: 3 }, objects: devices([1, 0], [1, 0]) }, { meta: { total_count: 3 }, objects: devices([1, 0]) }], 3],
    ['nothing is told', [{ meta: {}, objects: devices([1, 0]) }], 1],
    ['a next page that is empty', [{ meta: { next: '/x' }, objects: devices([1, 0]) }, { meta: { next: '/x' }, objects: [] }], 1],
  ])('the end, where %s', async (_what, pages, total) => {
    answering([[token], ...pages.map((page): [object] => [page])]);
    expect((await read()).total).toBe(total);
    expect(calls).toHaveLength(1 + pages.length);
    // An address in an answer is never gone to.
    for (const { url } of calls) expect(new URL(url).host).toBe(host);
  });

  it.each<[what: string, answers: [unknown, number?][], code: string, params: object]>([
    ['a refusal with 200', [[{ success: false, message: 'no' }]], 'service-key-refused', { host }],
    ['a key for another service', [[token], [{ success: false, message: 'Forbidden' }, 403]], 'service-key-unfit', { host }],
    ['no such page', [[token], [{ message: 'Not found', success: false }, 404]], 'service-refused', { status: '404', reason: 'Not found' }],
    ['a page of HTML', [['<!doctype html>']], 'service-answer-unreadable', { where: '/auth/external' }],
    ['devices of another shape', [[token], [{ devices: [] }]], 'service-answer-unreadable', { where: '/app/SBM/external_api/v1/device_status/' }],
    ['too much to do', [[{}, 429]], 'service-busy', { host }],
    ['out of order', [[token], ['', 502]], 'service-unreachable', { host, status: '502' }],
  ])('%s', async (_what, answers, code, params) => {
    answering(answers);
    const failure = await failureOf(read());
    expect(failure).toMatchObject({ code, params });
    expect(JSON.stringify(failure)).not.toContain(accessKey);
  });

  it('nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError(`failed with ${accessKey}`)));
    expect(await failureOf(read())).toEqual({ code: 'service-unreachable', params: { host, status: '' }, certainty: 'not-done' });
  });

  it('the access key goes into the body of one request, the token into a header', async () => {
    answering([[token], [{ meta: { next: null }, objects: [] }]]);
    await read();
    expect(calls.map(({ init }) => init.body)).toEqual([JSON.stringify({ clientId: 'client-1', accessKey }), undefined]);
    expect(calls.map(({ init }) => (init.headers as Record<string, string>)['Authorization'])).toEqual([undefined, 'Bearer jwt']);
  });
});

describe('facts', () => {
  it('what goes into Server Address', () => {
    expect(serverAddressFor('https://as1234.awmdm.com/API', 'https://cn1234.awmdm.com/AirWatch')).toBe('https://as1234.awmdm.com');
    expect(serverAddressFor('https://uem.umbra.example:8443/api/', 'https://uem.umbra.example')).toBe('https://uem.umbra.example:8443');
    for (const unknown of [undefined, '']) expect(serverAddressFor(unknown, 'https://uem.umbra.example/AirWatch/#/x')).toBe('https://uem.umbra.example');
  });

  it('addresses are origins', () => {
    for (const one of [portalOrigin, ...Object.values(gateways)]) expect(new URL(one).origin).toBe(one);
  });
});
