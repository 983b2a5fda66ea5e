import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchKey, watchRequests, type RequestWatch } from './request-watch.ts';

const origin = 'https://acme.jamfcloud.com';
const api = `${origin}/api/v1/auth`;
const bearer = 'Bearer not-a-token';
const headers = { Authorization: bearer };
/** ms */
const duration = 20_000;

/** A window as far as the watch uses it, with functions of its own. */
class PageWindow {
  readonly calls: unknown[][] = [];
  readonly Request = Request;
  readonly Headers = Headers;
  readonly URL = URL;
  readonly location = { origin };
  readonly document = { baseURI: `${origin}/view/dashboard` };
  readonly XMLHttpRequest: new () => { open(method: string, url: string | URL): void; setRequestHeader(name: string, value: string): void };
  fetch: (input: unknown, init?: unknown) => Promise<string>;
  readonly [watchKey]?: RequestWatch;

  constructor() {
    const { calls } = this;
    this.fetch = async function fetch(this: unknown, input, init) {
      calls.push([this, input, init]);
      return 'answer';
    };
    this.XMLHttpRequest = class {
      open(method: string, url: string | URL): void {
        calls.push([method, String(url)]);
      }
      setRequestHeader(name: string, value: string): void {
        if (value.includes('\n')) throw new SyntaxError('not a header');
        calls.push([name, value]);
      }
    };
  }

  watch(): void {
    watchRequests(this as never, '/api/', duration);
  }
  send(url: string | URL, name: string, value: string): void {
    const request = new this.XMLHttpRequest();
    request.open('GET', url);
    request.setRequestHeader(name, value);
  }
  get seen(): string | null | undefined {
    return this[watchKey]?.seen();
  }
  get functions(): unknown[] {
    const { open, setRequestHeader } = this.XMLHttpRequest.prototype as Record<string, unknown>;
    return [this.fetch, open, setRequestHeader];
  }
}

let page: PageWindow;
let own: unknown[];
beforeEach(() => {
  vi.useFakeTimers();
  page = new PageWindow();
  own = page.functions;
  page.watch();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('is seen', () => {
  it.each<[string, (at: PageWindow) => unknown]>([
    ['fetch with an object', (at) => at.fetch(api, { headers })],
    ['fetch with Headers', (at) => at.fetch(api, { headers: new Headers(headers) })],
    ['fetch with an array', (at) => at.fetch(api, { headers: [['Accept', 'text/html'], ['authorization', bearer]] })],
    ['fetch of a URL', (at) => at.fetch(new URL(api), { headers })],
    ['fetch of a relative address', (at) => at.fetch('../api/v1/auth', { headers })],
    ['fetch of a Request', (at) => at.fetch(new Request(api, { headers }))],
    ['fetch of a Request with headers of its own', (at) => at.fetch(new Request(api, { headers: { Authorization: 'Basic eA==' } }), { headers })],
    ['XMLHttpRequest', (at) => at.send('/api/v1/auth', 'authorization', bearer)],
    ['XMLHttpRequest to a URL', (at) => at.send(new URL(api), 'Authorization', bearer)],
  ])('%s', (_what, call) => {
    expect(page.seen).toBeNull();
    void call(page);
    expect(page.seen).toBe(bearer);
  });

  it('the last one', () => {
    void page.fetch(api, { headers });
    void page.fetch(api, { headers: { Authorization: 'Bearer a-newer-one' } });
    void page.fetch(api);
    expect(page.seen).toBe('Bearer a-newer-one');
  });
});

describe('is not seen', () => {
  it.each<[string, (at: PageWindow) => unknown]>([
    ['another origin', (at) => at.fetch('https://globex.jamfcloud.com/api/v1/auth', { headers })],
    ['an origin that starts alike', (at) => at.fetch(`${origin}.evil.example/api/v1/auth`, { headers })],
    ['another port', (at) => at.fetch(`${origin}:8443/api/v1/auth`, { headers })],
    ['another path', (at) => at.fetch('/ui/session', { headers })],
    ['a path that leads out of the API', (at) => at.fetch('/api/../ui/session', { headers })],
    ['another path by XMLHttpRequest', (at) => at.send('/ui/session', 'Authorization', bearer)],
    ['another origin by XMLHttpRequest', (at) => at.send('https://globex.jamfcloud.com/api/v1/auth', 'Authorization', bearer)],
    ['a password', (at) => at.fetch(api, { headers: { Authorization: 'Basic eDp5' } })],
    ['a password by XMLHttpRequest', (at) => at.send(api, 'Authorization', 'Basic eDp5')],
    ['a bearer without a token', (at) => at.fetch(api, { headers: { Authorization: 'Bearer ' } })],
    ['another header', (at) => at.send(api, 'X-Authorization', bearer)],
    ['no header', (at) => at.fetch(new Request(api))],
    ['headers that replace those of the Request', (at) => at.fetch(new Request(api, { headers }), { headers: {} })],
    ['no address', (at) => at.fetch('https://', { headers })],
  ])('%s', (_what, call) => {
    void call(page);
    expect(page.calls.length).toBeGreaterThan(0);
    expect(page.seen).toBeNull();
  });
});

describe('the page', () => {
  it('gets its own answer, with its own this and arguments', async () => {
    const init = { headers };
    expect(await page.fetch(api, init)).toBe('answer');
    const { fetch } = page;
    await fetch(api);
    expect(page.calls).toEqual([[page, api, init], [undefined, api, undefined]]);
    expect(page.calls[0]![2]).toBe(init);
  });

  it('gets its own errors', () => {
    expect(() => page.send(api, 'Authorization', `${bearer}\n`)).toThrow(SyntaxError);
    expect(page.seen).toBeNull();
  });

  it('keeps what can be read once only', () => {
    const once = Object.entries(headers)[Symbol.iterator]();
    void page.fetch(api, { headers: once });
    expect([...once]).toEqual([['Authorization', bearer]]);
    const toString = vi.fn(() => api);
    void page.fetch({ toString }, { headers });
    expect(toString).not.toHaveBeenCalled();
  });

  it('sees functions with their own name and length, that read as native', () => {
    const described = (functions: unknown[]): unknown[] => functions.map((one) => [(one as () => void).name, (one as () => void).length]);
    expect(page.functions).not.toEqual(own);
    expect(described(page.functions)).toEqual(described(own));
    for (const one of page.functions) expect(String(one)).toMatch(/\{\s*\[native code\]\s*\}/);
    expect(Object.keys(page)).toEqual(Object.keys(new PageWindow()));
  });
});

describe('the end', () => {
  it.each<[string, () => void]>([
    ['by request', () => page[watchKey]?.end()],
    ['in time', () => void vi.advanceTimersByTime(duration)],
  ])('%s: all is put back, nothing is held', (_how, end) => {
    void page.fetch(api, { headers });
    const held = page[watchKey];
    end();
    expect(page.functions.map((one, index) => one === own[index])).toEqual([true, true, true]);
    expect(watchKey in page).toBe(false);
    expect([held?.seen(), vi.getTimerCount()]).toEqual([null, 0]);
  });

  it('lasts as long as it should', () => {
    vi.advanceTimersByTime(duration - 1);
    void page.fetch(api, { headers });
    expect(page.seen).toBe(bearer);
  });

  it('leaves the page’s own wrapping, and sees nothing through it', async () => {
    const { fetch: watched } = page;
    const wrapping = (input: unknown, init?: unknown): Promise<string> => watched.call(page, input, init);
    page.fetch = wrapping;
    const held = page[watchKey];
    held?.end();
    expect(page.fetch).toBe(wrapping);
    expect(await page.fetch(api, { headers })).toBe('answer');
    expect(held?.seen()).toBeNull();
  });

  it('a second watch takes the first one’s place', () => {
    page.watch();
    void page.fetch(api, { headers });
    expect(page.seen).toBe(bearer);
    page[watchKey]?.end();
    expect(page.functions.map((one, index) => one === own[index])).toEqual([true, true, true]);
  });
});
