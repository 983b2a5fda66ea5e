import type { Page } from 'puppeteer-core';
import type { browser as extensionApi } from '../../lib/platform/browser.ts';
import type { Harness } from './harness/harness.ts';
import { poll } from './harness/driver.ts';

/* An admin who does what the card says: reads it, and clicks in the middle of what is highlighted, with the real mouse. */

export interface Card {
  tone: string;
  progress: string;
  title: string;
  text: string;
  items: string[];
  actions: string[];
  /** The highlight, in the tab's coordinates. */
  ring: { x: number; y: number; width: number; height: number } | undefined;
}

/** Sees the card in a console's tab, through a page of the extension: the console's own page cannot. */
export class GuideAdmin {
  readonly #harness: Harness;
  readonly #console: Page;
  readonly #lens: Page;
  /** What was clicked, as the card called it. */
  readonly trail: string[] = [];

  private constructor(harness: Harness, console: Page, lens: Page) {
    this.#harness = harness;
    this.#console = console;
    this.#lens = lens;
  }

  static async watch(harness: Harness, console: Page): Promise<GuideAdmin> {
    const lens = await harness.openExtensionPage('/manifest.json');
    await console.bringToFront();
    return new GuideAdmin(harness, console, lens);
  }

  /** Undefined where there is no card. */
  async readCard(): Promise<Card | undefined> {
    const origin = new URL(await this.#console.evaluate(() => location.href)).hostname;
    return (await this.#lens.evaluate(
      `(${(async (host: string) => {
        const api = (globalThis as unknown as { browser?: typeof extensionApi; chrome: typeof extensionApi }).browser ?? (globalThis as unknown as { chrome: typeof extensionApi }).chrome;
        const [tab] = await api.tabs.query({ url: `https://${host}/*` });
        const [result] = await api.scripting.executeScript({
          target: { tabId: tab?.id ?? -1 },
          func: () => {
            type Opener = { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } };
            const open = (element: Element): ShadowRoot | null => (element as { openOrClosedShadowRoot?: ShadowRoot }).openOrClosedShadowRoot ?? (globalThis as { chrome?: Opener }).chrome?.dom?.openOrClosedShadowRoot(element) ?? null;
            const host = [...document.documentElement.children].find((one) => one.matches('div[popover=manual]'));
            const root = host && open(host)?.querySelector('.root');
            if (!root) return null;
            const textOf = (selector: string): string => root.querySelector(selector)?.textContent ?? '';
            const ring = root.querySelector<HTMLElement>('.ring');
            const { x, y, width, height } = ring?.getBoundingClientRect() ?? new DOMRect();
            return {
              tone: root.className,
              progress: textOf('.progress'),
              title: textOf('.card .title'),
              text: textOf('.card .text'),
              items: [...root.querySelectorAll('.items li')].map((one) => one.textContent),
              actions: [...root.querySelectorAll('.actions .action')].filter((one) => one.checkVisibility()).map((one) => one.textContent),
              ring: ring && !ring.hidden ? { x, y, width, height } : undefined,
            };
          },
        });
        return result?.result ?? undefined;
      }).toString()})(${JSON.stringify(origin)})`,
    )) as Card | undefined;
  }

  /** Waits until the card says this, and stands still. @param timeout ms */
  async waitForCard(fits: (card: Card) => boolean, what: string, timeout = 20_000): Promise<Card> {
    try {
      return await this.#waitForCard(fits, what, timeout);
    } catch (error) {
      throw new Error(`${(error as Error).message}; it says ${JSON.stringify(await this.readCard())}`, { cause: error });
    }
  }

  async #waitForCard(fits: (card: Card) => boolean, what: string, timeout: number): Promise<Card> {
    let before = '';
    return poll(
      `the card: ${what}`,
      async () => {
        const card = await this.readCard().catch(() => undefined);
        if (!card || !fits(card)) return undefined;
        const now = JSON.stringify(card);
        const isStill = now === before;
        before = now;
        return isStill ? card : undefined;
      },
      timeout,
    );
  }

  /** Does what the card says until it says that the secret is there. */
  async follow(until = /secret is here/): Promise<Card> {
    let last = '';
    for (let turn = 0; turn < 25; turn += 1) {
      const card = await this.waitForCard(({ tone, title, progress, ring }) => until.test(title) || (/\bstep\b/.test(tone) && ring !== undefined && `${progress} ${title}` !== last), `after ${last}`);
      if (until.test(card.title)) return card;
      last = `${card.progress} ${card.title}`;
      this.trail.push(card.title);
      await this.press(card);
    }
    throw new Error(`The guide leads nowhere: ${this.trail.join(' > ')}`);
  }

  /** With the real mouse, in the middle of the highlight. */
  async press({ ring }: Card): Promise<void> {
    if (!ring) throw new Error('nothing is highlighted');
    await this.#console.mouse.click(ring.x + ring.width / 2, ring.y + ring.height / 2);
  }

  async screenshot(name: string): Promise<void> {
    await this.#harness.screenshot(this.#console, name);
  }
}
