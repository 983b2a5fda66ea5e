import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyferryError, type Failure } from '../failure.ts';
import { callInTab, findTargetTab, type TabRequest } from './tabs.ts';

const origin = 'https://acme.jamfcloud.com';
const get: TabRequest = { method: 'GET', path: '/api/v1/auth?x=1' };
const post: TabRequest = { method: 'POST', path: '/api/v1/api-roles', body: { displayName: 'ü' } };
const answered = { kind: 'answer', status: 200, contentType: 'application/json', text: '{}', redirected: false, title: 'Jamf Pro' };

interface FakeTab {
  id?: number;
  url?: string;
  pendingUrl?: string;
  active?: boolean;
  lastAccessed?: number;
}
const query = vi.fn<(question: object) => Promise<FakeTab[]>>();
const contains = vi.fn<(permissions: object) => Promise<boolean>>();
const executeScript = vi.fn<(injection: { target: object; func: (...args: never[]) => Promise<unknown>; args: unknown[] }) => Promise<{ result?: unknown }[]>>();

beforeEach(() => {
  fakeBrowser.reset();
  query.mockReset();
  contains.mockReset().mockResolvedValue(true);
  executeScript.mockReset().mockResolvedValue([{ result: answered }]);
  Object.assign(fakeBrowser.tabs, { query });
  Object.assign(fakeBrowser.permissions, { contains });
  Object.assign(fakeBrowser.scripting, { executeScript });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const on = (...ids: number[]): FakeTab[] => ids.map((id) => ({ id, url: `${origin}/page-${String(id)}` }));
const asked = (): unknown[] => executeScript.mock.calls.map(([{ target }]) => (target as { tabId: number }).tabId);
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown: unknown = await work.then(() => new Error('no failure'), (error: unknown) => error);
  if (!(thrown instanceof KeyferryError)) throw thrown;
  return thrown.failure;
}

describe('callInTab', () => {
  it('asks the given tab first, in its top frame, and no other', async () => {
    query.mockResolvedValue(on(5, 7, 9));
    expect(await callInTab(7, origin, get)).toEqual(answered);
    expect(executeScript).toHaveBeenCalledTimes(1);
    expect(executeScript.mock.calls[0]![0]).toMatchObject({ target: { tabId: 7, frameIds: [0] }, args: [origin, 'GET', '/api/v1/auth?x=1', null, expect.any(Number), expect.any(Number)] });
  });

  it('hands the body over as JSON', async () => {
    query.mockResolvedValue(on(5));
    await callInTab(null, origin, post);
    expect(executeScript.mock.calls[0]![0].args.slice(1, 4)).toEqual(['POST', '/api/v1/api-roles', '{"displayName":"ü"}']);
  });

  it.each<[string, number | null]>([['closed', 4], ['unknown since the restart', null]])('the given tab is %s: another one of the origin takes over', async (_what, tabId) => {
    query.mockResolvedValue(on(5, 9));
    await callInTab(tabId, origin, get);
    expect(asked()).toEqual([5]);
  });

  it('tabs of other origins are not asked, whatever the query gave', async () => {
    query.mockResolvedValue([{ id: 1, url: `${origin}:8443/` }, { id: 2, url: 'https://acme.jamfcloud.com.evil.example/' }, { id: 3 }, { url: `${origin}/` }, { id: 4, url: `${origin}/` }]);
    await callInTab(1, origin, get);
    expect(asked()).toEqual([4]);
  });

  it('a tab that has just left the origin is passed over, for writes too: nothing was sent', async () => {
    query.mockResolvedValue(on(5, 9));
    executeScript.mockResolvedValueOnce([{ result: { kind: 'elsewhere' } }]);
    expect(await callInTab(5, origin, post)).toEqual(answered);
    expect(asked()).toEqual([5, 9]);
  });

  it('all have left, or there is none: the tab is gone', async () => {
    query.mockResolvedValue(on(5));
    executeScript.mockResolvedValue([{ result: { kind: 'elsewhere' } }]);
    const gone = { code: 'console-tab-gone', params: { host: 'acme.jamfcloud.com' }, certainty: 'not-done' };
    expect(await failureOf(callInTab(5, origin, post))).toEqual(gone);
    query.mockResolvedValue([]);
    expect(await failureOf(callInTab(5, origin, post))).toEqual(gone);
  });

  it('none is to be seen, for want of the permission', async () => {
    query.mockResolvedValue([]);
    contains.mockResolvedValue(false);
    expect(await failureOf(callInTab(5, origin, post))).toEqual({ code: 'console-permission-missing', params: { host: 'acme.jamfcloud.com' }, certainty: 'not-done' });
    expect(contains).toHaveBeenCalledExactlyOnceWith({ origins: ['https://acme.jamfcloud.com/*'] });
  });

  const lost: [string, () => void][] = [
    ['the browser refuses', () => executeScript.mockRejectedValueOnce(new Error('Frame with ID 0 is showing error page'))],
    ['the tab closed while it waited', () => executeScript.mockResolvedValueOnce([])],
    ['the page was left while it waited', () => executeScript.mockResolvedValueOnce([{ result: null }])],
  ];
  it.each(lost)('%s: a write may have arrived, so it is not sent again', async (_what, happen) => {
    query.mockResolvedValue(on(5, 9));
    happen();
    expect(await failureOf(callInTab(5, origin, post))).toEqual({ code: 'console-unreachable', params: { where: 'POST /api/v1/api-roles', status: '' }, certainty: 'unknown' });
    expect(asked()).toEqual([5]);
  });
  it.each(lost)('%s: a question is asked in another tab', async (_what, happen) => {
    query.mockResolvedValue(on(5, 9));
    happen();
    expect(await callInTab(5, origin, get)).toEqual(answered);
    expect(asked()).toEqual([5, 9]);
  });
  it.each(lost)('%s, and there is no other tab', async (_what, happen) => {
    query.mockResolvedValue(on(5));
    happen();
    expect(await failureOf(callInTab(5, origin, get))).toEqual({ code: 'console-unreachable', params: { where: 'GET /api/v1/auth', status: '' }, certainty: 'not-done' });
  });

  it.each<[string, unknown, string]>([
    ['no answer of the console', { kind: 'no-answer' }, 'console-unreachable'],
    ['too much', { kind: 'too-large' }, 'console-answer-unreadable'],
    ['no reply of ours', { kind: 'dancing' }, 'console-answer-unreadable'],
    ['half a reply', { kind: 'answer', status: '200' }, 'console-answer-unreadable'],
  ])('%s ends it: a write is unknown, no other tab is asked', async (_what, result, code) => {
    query.mockResolvedValue(on(5, 9));
    executeScript.mockResolvedValue([{ result }]);
    expect(await failureOf(callInTab(5, origin, post))).toMatchObject({ code, certainty: 'unknown' });
    expect((await failureOf(callInTab(5, origin, get))).code).toBe(code);
    expect(asked()).toEqual([5, 5]);
  });
});

describe('what runs in the page', () => {
  /** Runs the injected function as the browser does: from its source alone, so that nothing from outside is in reach. */
  async function inPage(response: (() => Promise<Response>) | Error, args?: unknown[]): Promise<{ result: unknown; calls: [string, RequestInit][] }> {
    query.mockResolvedValue(on(5));
    await callInTab(5, origin, post);
    const { func, args: sent } = executeScript.mock.calls[0]![0];
    const calls: [string, RequestInit][] = [];
    vi.stubGlobal('location', { origin });
    vi.stubGlobal('document', { title: 'T'.repeat(300) });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      calls.push([url, init]);
      if (response instanceof Error) throw response;
      return response();
    });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the browser does with it
    const bare = (new Function(`return (${func.toString()})`) as () => (...all: unknown[]) => Promise<unknown>)();
    return { result: await bare(...(args ?? sent)), calls };
  }

  it('makes one same-origin call and follows no redirect', async () => {
    const { result, calls } = await inPage(async () => new Response('{"id":"1"}', { status: 201, headers: { 'content-type': 'application/json' } }));
    expect(result).toEqual({ kind: 'answer', status: 201, contentType: 'application/json', text: '{"id":"1"}', redirected: false, title: 'T'.repeat(200) });
    expect(calls).toEqual([[`${origin}/api/v1/api-roles`, expect.objectContaining({ method: 'POST', credentials: 'same-origin', redirect: 'manual', cache: 'no-store', body: '{"displayName":"ü"}' })]]);
  });

  it('sends nothing from another origin', async () => {
    const { result, calls } = await inPage(async () => new Response(''), ['https://other.jamfcloud.com', 'POST', '/x', null, 1000, 10]);
    expect([result, calls]).toEqual([{ kind: 'elsewhere' }, []]);
  });

  it('knows too much and nothing', async () => {
    expect((await inPage(async () => new Response('12345678901'), [origin, 'GET', '/x', null, 1000, 10])).result).toEqual({ kind: 'too-large' });
    executeScript.mockClear();
    expect((await inPage(new TypeError('Failed to fetch'))).result).toEqual({ kind: 'no-answer' });
  });
});

describe('findTargetTab', () => {
  const own = 'chrome-extension://test-extension-id/popup.html';
  it.each<[string, FakeTab[], { id: number; url: string } | undefined]>([
    ['the active tab', [{ id: 1, url: 'https://a/' }, { id: 2, url: 'https://b/', active: true }], { id: 2, url: 'https://b/' }],
    ['a page that may not be seen', [{ id: 2, active: true }], { id: 2, url: '' }],
    ['the one before our own tab', [{ id: 1, url: 'https://a/', lastAccessed: 5 }, { id: 2, url: 'https://b/', lastAccessed: 9 }, { id: 3, url: own, active: true, lastAccessed: 10 }], { id: 2, url: 'https://b/' }],
    ['the one before our own tab that is still loading', [{ id: 1, url: 'https://a/' }, { id: 3, pendingUrl: own, active: true }], { id: 1, url: 'https://a/' }],
    ['never another tab of ours', [{ id: 2, url: own, lastAccessed: 9 }, { id: 3, url: own, active: true }], undefined],
    ['none', [], undefined],
  ])('%s', async (_what, tabs, expected) => {
    query.mockResolvedValue(tabs);
    expect(await findTargetTab()).toEqual(expected);
    expect(query).toHaveBeenCalledExactlyOnceWith({ currentWindow: true });
  });
});
