import * as z from 'zod/mini';
import { browser } from './browser.ts';
import { patternOf } from './permissions.ts';
import { watchKey, type RequestWatch } from './request-watch.ts';

/*
 * What a console's page sends to its own API, seen in one tab for a moment.
 */

const scriptFile = '/content-scripts/page-requests.js';
const scriptPrefix = 'keyferry-page-requests-';

type WatchedPage = typeof globalThis & { [watchKey]?: RequestWatch };

/** Both run in the page's own world and must not use anything from outside themselves. */
function seenInPage(key: typeof watchKey, origin: string): string | null {
  // `location` cannot be forged: checked in the very document that was watched.
  return location.origin === origin ? ((globalThis as WatchedPage)[key]?.seen() ?? null) : null;
}
function endInPage(key: typeof watchKey): void {
  (globalThis as WatchedPage)[key]?.end();
}

/** The calls that the page in one tab makes to its own origin. Where the page is just going away, none of the promises may settle. */
export class PageRequests {
  readonly #origin: string;
  readonly #script = scriptPrefix + crypto.randomUUID();
  readonly #injection: { target: { tabId: number; frameIds: number[] }; world: 'MAIN'; injectImmediately: true };

  constructor(tabId: number, origin: string) {
    this.#origin = origin;
    this.#injection = { target: { tabId, frameIds: [0] }, world: 'MAIN', injectImmediately: true };
  }

  /** From now on, and in every page that is loaded from this origin from its first moment. */
  async watch(): Promise<void> {
    const matches = [patternOf(this.#origin)];
    await browser.scripting.registerContentScripts([{ id: this.#script, js: [scriptFile], matches, world: 'MAIN', runAt: 'document_start', persistAcrossSessions: false }]);
    await browser.scripting.executeScript({ ...this.#injection, files: [scriptFile] }).catch(() => undefined);
  }

  /** The last `Authorization: Bearer …` header; `undefined` where the page sent none, or is of another origin. */
  async authorization(): Promise<string | undefined> {
    const results = await browser.scripting.executeScript({ ...this.#injection, func: seenInPage, args: [watchKey, this.#origin] }).catch(() => []);
    // The page could say anything here.
    const parsed = z.safeParse(z.string(), results[0]?.result);
    return parsed.success ? parsed.data : undefined;
  }

  /** Puts all back. */
  async end(): Promise<void> {
    await browser.scripting.unregisterContentScripts({ ids: [this.#script] }).catch(() => undefined);
    await browser.scripting.executeScript({ ...this.#injection, func: endInPage, args: [watchKey] }).catch(() => undefined);
  }
}

/** What a background that was stopped left behind: call it in the first tick. Pages that are watched already end that by themselves. */
export async function forgetPageRequests(): Promise<void> {
  const ids = (await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id).filter((id) => id.startsWith(scriptPrefix));
  if (ids.length > 0) await browser.scripting.unregisterContentScripts({ ids });
}
