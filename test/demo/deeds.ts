import type { Page } from 'puppeteer-core';
import type { browser as extensionApi } from '../../lib/platform/browser.ts';
import type { Harness } from '../e2e/harness/harness.ts';

/** Where an admin does something; the browser's own prompts and button are the popup's. */
export type Place = 'console' | 'portal' | 'popup';

export interface Deeds {
  clicks: number;
  /** Fields. */
  typed: number;
  copied: number;
}

/** Called by the pages. */
const binding: string = 'keyferryDemoSaw';
type See = (what: keyof Deeds | 'prompt', hosts?: string[]) => void;
type Bound = Record<string, See>;

/**
 * Counts what a person does, as the pages see it: trusted events alone, so nothing that Keyferry fills in. A field that is typed into without
 * a click counts as a click, too; a click on Keyferry's button and an answer to the browser's permission prompt are one each.
 */
export class DeedCounter {
  readonly did: Record<Place, Deeds> = { console: { clicks: 0, typed: 0, copied: 0 }, portal: { clicks: 0, typed: 0, copied: 0 }, popup: { clicks: 0, typed: 0, copied: 0 } };

  readonly #allowed = new Set<string>();

  /** From now on every popup is counted. */
  constructor(harness: Harness) {
    const openPopup = harness.openPopup.bind(harness);
    harness.openPopup = async (page) => {
      const popup = await openPopup(page);
      this.did.popup.clicks += 1;
      await this.watch(popup, 'popup');
      return popup;
    };
  }

  async watch(page: Page, place: Place): Promise<void> {
    const deeds = this.did[place];
    const see: See = (what, hosts = []) => {
      // Silent where the person has said yes before.
      if (what === 'prompt' && hosts.every((host) => this.#allowed.has(host))) return;
      for (const host of hosts) this.#allowed.add(host);
      deeds[what === 'prompt' ? 'clicks' : what] += 1;
    };
    await page.exposeFunction(binding, see);
    await page.evaluateOnNewDocument(listen, binding);
    await page.evaluate(listen, binding);
    if (place === 'popup') await page.evaluate(countPrompts, binding);
  }
}

export function sum(all: readonly Partial<Deeds>[]): Deeds {
  return all.reduce<Deeds>((so, { clicks = 0, typed = 0, copied = 0 }) => ({ clicks: so.clicks + clicks, typed: so.typed + typed, copied: so.copied + copied }), { clicks: 0, typed: 0, copied: 0 });
}

/** In the page. */
function listen(name: string): void {
  const see = (globalThis as unknown as Bound)[name]!;
  const [clicked, typed] = [new WeakSet<EventTarget>(), new WeakSet<EventTarget>()];
  const on = (type: string, act: (event: Event, target: EventTarget) => void): void =>
    addEventListener(type, (event) => event.isTrusted && act(event, event.composedPath()[0] ?? document), { capture: true });
  on('mousedown', (_, target) => {
    clicked.add(target);
    see('clicks');
  });
  on('input', (event, target) => {
    if (!(event instanceof InputEvent) || typed.has(target)) return;
    typed.add(target);
    see('typed');
    if (!clicked.has(target)) see('clicks');
  });
  on('copy', () => see('copied'));
}

/** In the popup: hosts that it asks the browser for, which the browser of the demo allowed beforehand. */
function countPrompts(name: string): void {
  const scope = globalThis as unknown as Bound & { browser?: typeof extensionApi; chrome: typeof extensionApi };
  for (const { permissions } of new Set([scope.browser ?? scope.chrome, scope.chrome])) {
    const request = permissions.request.bind(permissions);
    permissions.request = (...asked) => {
      scope[name]!('prompt', asked[0].origins ?? []);
      return request(...asked);
    };
  }
}
