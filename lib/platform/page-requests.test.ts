import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetPageRequests, PageRequests } from './page-requests.ts';
import { watchKey } from './request-watch.ts';

const origin = 'https://acme.jamfcloud.com';
const bearer = 'Bearer not-a-token';

interface Script {
  id: string;
  matches: string[];
}
interface Injection {
  target: object;
  world: string;
  files?: string[];
  func?: (...args: unknown[]) => unknown;
  args?: unknown[];
}
let scripts: Script[];
const executeScript = vi.fn<(injection: Injection) => Promise<{ result?: unknown }[]>>();

beforeEach(() => {
  scripts = [];
  executeScript.mockReset().mockResolvedValue([{ result: null }]);
  Object.assign(fakeBrowser.scripting, {
    executeScript,
    getRegisteredContentScripts: async () => scripts,
    registerContentScripts: async (more: Script[]) => void scripts.push(...more),
    unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
      if (!ids.every((id) => scripts.some((one) => one.id === id))) throw new Error('Nonexistent script ID');
      scripts = scripts.filter(({ id }) => !ids.includes(id));
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** The injected function's result, run as the browser does: from its source alone, so that nothing from outside is in reach. */
function runInPage({ func, args = [] }: Injection): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the browser does with it
  return (new Function(`return (${String(func)})`) as () => (...all: unknown[]) => unknown)()(...args);
}

it('watches that origin from each page’s first moment, and the page that is there, in one tab’s top document', async () => {
  await new PageRequests(7, origin).watch();
  expect(scripts).toMatchObject([
    { js: ['/content-scripts/page-requests.js'], matches: ['https://acme.jamfcloud.com/*'], world: 'MAIN', runAt: 'document_start', persistAcrossSessions: false },
  ]);
  expect(executeScript).toHaveBeenCalledExactlyOnceWith({ target: { tabId: 7, frameIds: [0] }, world: 'MAIN', injectImmediately: true, files: ['/content-scripts/page-requests.js'] });
});

it('ends its own watching, and no other', async () => {
  const [one, other] = [new PageRequests(7, origin), new PageRequests(7, origin)];
  await one.watch();
  await other.watch();
  const left = scripts[1];
  await one.end();
  expect(scripts).toEqual([left]);
  const end = vi.fn();
  vi.stubGlobal(watchKey, { end });
  runInPage(executeScript.mock.calls.at(-1)![0]);
  expect(end).toHaveBeenCalledOnce();
  // Nothing is left to end; that is no error.
  await one.end();
});

describe('authorization', () => {
  it('is what the watch in that tab has seen, there and on that origin only', async () => {
    await new PageRequests(7, origin).authorization();
    const injection = executeScript.mock.calls[0]![0];
    expect(injection).toMatchObject({ target: { tabId: 7, frameIds: [0] }, world: 'MAIN' });
    vi.stubGlobal('location', { origin });
    expect(runInPage(injection)).toBeNull();
    vi.stubGlobal(watchKey, { seen: () => bearer });
    expect(runInPage(injection)).toBe(bearer);
    vi.stubGlobal('location', { origin: 'https://globex.jamfcloud.com' });
    expect(runInPage(injection)).toBeNull();
  });

  it.each<[string, () => void, string | undefined]>([
    ['a header', () => executeScript.mockResolvedValue([{ result: bearer }]), bearer],
    ['nothing yet', () => executeScript.mockResolvedValue([{ result: null }]), undefined],
    ['nonsense of the page', () => executeScript.mockResolvedValue([{ result: { dancing: true } }]), undefined],
    ['no document', () => executeScript.mockResolvedValue([]), undefined],
    ['a page of the browser', () => executeScript.mockRejectedValue(new Error('Frame with ID 0 is showing error page')), undefined],
  ])('%s', async (_what, happen, expected) => {
    happen();
    expect(await new PageRequests(7, origin).authorization()).toBe(expected);
  });
});

it('what a stopped background left behind goes, what others registered stays', async () => {
  await new PageRequests(7, origin).watch();
  scripts.push({ id: 'keyferry-guide', matches: [] });
  await forgetPageRequests();
  expect(scripts.map(({ id }) => id)).toEqual(['keyferry-guide']);
  await forgetPageRequests();
});
