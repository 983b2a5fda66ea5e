import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../failure.ts';
import { browser } from './browser.ts';
import { isBelow, patternOf } from './permissions.ts';

/** One same-origin call, made by the tab itself. */
export interface TabRequest {
  method: string;
  path: string;
  body?: unknown;
}

const reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), status: z.number(), contentType: z.string(), text: z.string(), redirected: z.boolean(), title: z.string() }),
  z.object({ kind: z.literal('elsewhere') }),
  z.object({ kind: z.literal('too-large') }),
  z.object({ kind: z.literal('no-answer') }),
]);
export type TabReply = Extract<z.infer<typeof reply>, { kind: 'answer' }>;

/** Runs in the tab's isolated world, where the page cannot touch it; must not use anything from outside itself. */
async function fetchInPage(base: string, method: string, path: string, body: string | null, timeout: number, limit: number): Promise<z.infer<typeof reply>> {
  // `location` cannot be forged, and a call to one's own origin cannot leave it: checked and used in the same document.
  if (location.origin !== new URL(base).origin) return { kind: 'elsewhere' };
  try {
    const response = await fetch(base + path, {
      method,
      body,
      headers: body === null ? { Accept: 'application/json' } : { Accept: 'application/json', 'Content-Type': 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    const text = await response.text();
    if (text.length > limit) return { kind: 'too-large' };
    return {
      kind: 'answer',
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      text,
      redirected: response.type === 'opaqueredirect',
      title: document.title.slice(0, 200),
    };
  } catch {
    return { kind: 'no-answer' };
  }
}

/** ms; below the 30 s after which Chromium stops an idle background. */
const answerTimeout = 20_000;
/** Characters. */
const answerLimit = 5_000_000;

/**
 * Makes a same-origin call in a tab of the console at `base`, with the tab's own session, and returns the answer.
 * @throws {KeyferryError} console-tab-gone, console-permission-missing, console-unreachable
 */
export async function callInTab(tabId: number | null, base: string, request: TabRequest): Promise<TabReply> {
  const where = `${request.method} ${request.path.split('?')[0] ?? ''}`;
  const isWrite = request.method !== 'GET';
  const uncertain = isWrite ? 'unknown' : 'not-done';
  let isBroken = false;
  for (const candidate of await candidateTabs(tabId, base)) {
    let raw: unknown;
    try {
      const body = request.body === undefined ? null : JSON.stringify(request.body);
      const call = browser.scripting.executeScript({
        target: { tabId: candidate, frameIds: [0] },
        func: fetchInPage,
        args: [base, request.method, request.path, body, answerTimeout, answerLimit],
      });
      const results = (await settleWithin(call, answerTimeout + 1_000)) ?? [];
      raw = results[0]?.result;
    } catch {
      raw = undefined;
    }
    if (raw === undefined || raw === null) {
      // The tab was closed or left the page while it waited: what was sent may have arrived.
      if (isWrite) throw new KeyferryError('console-unreachable', { where, status: '' }, 'unknown');
      // Or it shows the browser's own error page; a question may be asked in another tab.
      isBroken = true;
      continue;
    }
    const answer = parseOrFail(reply, raw, 'console-answer-unreadable', where);
    if (answer.kind === 'answer') return answer;
    if (answer.kind === 'no-answer') throw new KeyferryError('console-unreachable', { where, status: '' }, uncertain);
    if (answer.kind === 'too-large') throw new KeyferryError('console-answer-unreadable', { where, field: '(whole)', problem: 'too large' }, uncertain);
  }
  if (isBroken) throw new KeyferryError('console-unreachable', { where, status: '' });
  const { host } = new URL(base);
  if (!(await browser.permissions.contains({ origins: [patternOf(base)] }))) throw new KeyferryError('console-permission-missing', { host });
  throw new KeyferryError('console-tab-gone', { host });
}

/** Tabs that show the console now, the given one first (it may have been closed, or the browser restarted). */
async function candidateTabs(tabId: number | null, base: string): Promise<number[]> {
  const ids = (await findTabsOn(base)).map((tab) => tab.id);
  return ids.sort((a, b) => Number(b === tabId) - Number(a === tabId));
}

/** What came of a script, or `undefined` after `limit` ms: Firefox never settles it where the page is left meanwhile. */
export async function settleWithin<T>(work: Promise<T>, limit: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** All tabs on exactly this origin, and below its context path, that Keyferry may see. */
export async function findTabsOn(base: string): Promise<TargetTab[]> {
  const tabs = await browser.tabs.query({ url: patternOf(base) });
  return tabs.flatMap(({ id, url = '' }) => (id !== undefined && isBelow(url, base) ? { id, url } : []));
}

/** Whether the tab shows a page of exactly this origin. */
export async function isTabOn(tabId: number, origin: string): Promise<boolean> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  return tab?.url?.startsWith(`${origin}/`) ?? false;
}

/** As the admin would: what was typed there and not saved is lost. Nothing says when it is done. */
export function reloadTab(tabId: number): void {
  // A tab that was closed meanwhile sends nothing: whoever waits for it finds out.
  browser.tabs.reload(tabId).catch(() => undefined);
}

/** What the popup was opened for. */
export interface TargetTab {
  id: number;
  url: string;
}

/** Calls back when another tab comes to the front or the front tab has another page. */
export function onTargetTabChange(callback: () => void, signal: AbortSignal): void {
  const onActivated = (): void => callback();
  const onUpdated = (_id: number, change: { status?: string; url?: string }, tab: { active: boolean }): void => {
    if (tab.active && (change.status === 'complete' || change.url !== undefined)) callback();
  };
  browser.tabs.onActivated.addListener(onActivated);
  browser.tabs.onUpdated.addListener(onUpdated);
  signal.addEventListener(
    'abort',
    () => {
      browser.tabs.onActivated.removeListener(onActivated);
      browser.tabs.onUpdated.removeListener(onUpdated);
    },
    { once: true },
  );
}

/**
 * The active tab of this window; where that is one of Keyferry's own pages (the popup opened as a tab), the one used before it.
 * The address is empty for pages that Keyferry may not see.
 */
export async function findTargetTab(): Promise<TargetTab | undefined> {
  const own = browser.runtime.getURL('');
  const tabs = await browser.tabs.query({ currentWindow: true });
  const isOwn = (tab: (typeof tabs)[number]): boolean => (tab.url ?? tab.pendingUrl ?? '').startsWith(own);
  const active = tabs.find((tab) => tab.active);
  const target = active && !isOwn(active) ? active : tabs.filter((tab) => !isOwn(tab)).sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))[0];
  return target?.id === undefined ? undefined : { id: target.id, url: target.url ?? '' };
}

/** The site's tab to the front and to this path (`/`: left where it is), or a new one. */
export async function openSite(base: string, path: string): Promise<void> {
  const [tab] = await findTabsOn(base);
  if (!tab) await browser.tabs.create({ url: base + path });
  else await browser.tabs.update(tab.id, path === '/' ? { active: true } : { active: true, url: base + path });
}
