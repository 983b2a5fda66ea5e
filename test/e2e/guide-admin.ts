import type { Page } from 'puppeteer-core';
import type { browser as extensionApi } from '../../lib/platform/browser.ts';
import type { JamfTenantSwitches, Sandbox } from '../sandbox/types.ts';
import { poll } from './harness/driver.ts';
import type { Harness } from './harness/harness.ts';
import { clickByName, find } from './harness/ui.ts';
import { prepareService, signIn } from './story.ts';

/* An admin who does what the card says: reads it, and clicks in the middle of what is highlighted, with the real mouse. */

/** In the tab's coordinates. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Card {
  tone: string;
  progress: string;
  title: string;
  text: string;
  items: string[];
  actions: ({ label: string } & Box)[];
  /** The highlight. */
  ring: Box | undefined;
}

/** What comes between once with each card, before it is obeyed; true: the page was loaded anew. */
export type Disturb = (card: Card) => Promise<boolean>;

/** ms after which the same card is taken for a click that got lost. */
const secondPress = 5_000;

const wordsOf = ({ progress, title }: Card): string => `${progress} ${title}`;

/** A console that refuses its session, and a Run that asks how to go on: the admin takes the guide. */
export async function startGuide(harness: Harness, sandbox: Sandbox, switches: Partial<JamfTenantSwitches> = {}): Promise<{ console: Page; admin: GuideAdmin }> {
  const console = await signIn(harness, sandbox, 'acme');
  await prepareService(harness, sandbox, console);
  return takeGuide(harness, sandbox, console, switches);
}

/** The same where the admin is signed in and the service is set up. */
export async function takeGuide(harness: Harness, sandbox: Sandbox, console: Page, switches: Partial<JamfTenantSwitches> = {}): Promise<{ console: Page; admin: GuideAdmin }> {
  Object.assign(sandbox.tenant('acme').switches, { sessionMode: 'none', ...switches });
  await console.reload();
  const popup = await harness.openPopup(console);
  await clickByName(popup, 'checkbox', /Devices/);
  await clickByName(popup, 'button', 'Connect');
  await clickByName(popup, 'button', 'Guide me in Jamf Pro');
  await find(popup, 'heading', /Follow the guide/);
  await popup.close();
  return { console, admin: await GuideAdmin.watch(harness, console) };
}

/** Sees the card in a console's tab, through a page of the extension: the console's own page cannot. */
export class GuideAdmin {
  readonly #harness: Harness;
  readonly #console: Page;
  readonly #lens: Page;
  /** What was clicked, as the card called it. */
  readonly trail: string[] = [];
  /** Sees every card before its highlight is clicked. */
  onCard: ((card: Card) => Promise<void>) | undefined;
  /** With the mouse in the page, those that got lost too. */
  presses = 0;
  /** Until the next page is there the card stands as it was. */
  #pressed = '';
  #pressedAt = 0;

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

  /** The card of the console's tab in front; undefined where there is none. */
  async readCard(): Promise<Card | undefined> {
    const tabs = await this.readTabs();
    return (tabs.find(({ isActive }) => isActive) ?? tabs[0])?.card ?? undefined;
  }

  /** The card of each of the console's tabs, null where there is none. */
  async readTabs(): Promise<{ isActive: boolean; card: Card | null }[]> {
    const host = new URL(await this.#console.evaluate(() => location.href)).hostname;
    return (await this.#lens.evaluate(
      `(${(async (host: string) => {
        const api = (globalThis as unknown as { browser?: typeof extensionApi; chrome: typeof extensionApi }).browser ?? (globalThis as unknown as { chrome: typeof extensionApi }).chrome;
        const readCard = () => {
          type Opener = { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } };
          const open = (element: Element): ShadowRoot | null => (element as { openOrClosedShadowRoot?: ShadowRoot }).openOrClosedShadowRoot ?? (globalThis as { chrome?: Opener }).chrome?.dom?.openOrClosedShadowRoot(element) ?? null;
          const host = [...document.documentElement.children].find((one) => one.matches('div[popover=manual]'));
          const root = host && open(host)?.querySelector('.root');
          if (!root) return null;
          const textOf = (selector: string): string => root.querySelector(selector)?.textContent ?? '';
          const boxOf = (element: Element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return { x, y, width, height };
          };
          const ring = root.querySelector<HTMLElement>('.ring');
          return {
            tone: root.className,
            progress: textOf('.progress'),
            title: textOf('.card .title'),
            text: textOf('.card .text'),
            items: [...root.querySelectorAll('.items li')].map((one) => one.textContent),
            actions: [...root.querySelectorAll('.actions .action')].filter((one) => one.checkVisibility()).map((one) => ({ label: one.textContent, ...boxOf(one) })),
            ring: ring && !ring.hidden ? boxOf(ring) : undefined,
          };
        };
        return Promise.all(
          (await api.tabs.query({ url: `https://${host}/*` })).map(async ({ id, active }) => {
            const [result] = await api.scripting.executeScript({ target: { tabId: id ?? -1 }, func: readCard });
            return { isActive: active, card: result?.result ?? null };
          }),
        );
      }).toString()})(${JSON.stringify(host)})`,
    )) as { isActive: boolean; card: Card | null }[];
  }

  /** Hears every message that a page's guide sends from now on; resolves to a function that gives them as text. */
  async listen(): Promise<() => Promise<string>> {
    await this.#lens.evaluate(`(${(() => {
      const scope = globalThis as unknown as { browser?: typeof extensionApi; chrome: typeof extensionApi; heard: string[] };
      scope.heard = [];
      (scope.browser ?? scope.chrome).runtime.onMessage.addListener(((message: unknown) => {
        scope.heard.push(JSON.stringify(message));
      }));
    }).toString()})()`);
    return () => this.#lens.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join('\n'));
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

  /** Does what the card says until it says that the secret is there, or what `until` says; without pressing that. */
  async follow(until = /secret is here/, disturb?: Disturb): Promise<Card> {
    const disturbed = new Set<string>();
    for (let turn = 0; turn < 60; turn += 1) {
      const card = await this.waitForCard((one) => (wordsOf(one) !== this.#pressed && until.test(one.title)) || (/\bstep\b/.test(one.tone) && one.ring !== undefined && (wordsOf(one) !== this.#pressed || performance.now() - this.#pressedAt > secondPress)), `after ${this.#pressed}`);
      if (until.test(card.title) && wordsOf(card) !== this.#pressed) return card;
      if (await this.#isReloaded(card, disturbed, disturb)) continue;
      await this.press(card);
    }
    throw new Error(`The guide leads nowhere: ${this.trail.join(' > ')}`);
  }

  /** Does what the card says until there is none: the Run goes on by itself. */
  async followToEnd(disturb?: Disturb): Promise<void> {
    const disturbed = new Set<string>();
    let gone = 0;
    await this.waitForCard(() => true, 'the first one');
    for (let turn = 0; turn < 80; turn += 1) {
      const card = await poll(
        `the card, or none, after ${this.#pressed}`,
        async () => {
          const now = await this.readCard().catch(() => null);
          // Not the moment between two pages.
          gone = now === undefined ? gone + 1 : 0;
          if (gone > 2) return 'gone' as const;
          const isNew = now && /\bstep\b/.test(now.tone) && now.ring !== undefined && (wordsOf(now) !== this.#pressed || performance.now() - this.#pressedAt > secondPress);
          if (!isNew) return undefined;
          await new Promise((resolve) => setTimeout(resolve, 150));
          return JSON.stringify(await this.readCard().catch(() => null)) === JSON.stringify(now) ? now : undefined;
        },
        20_000,
      ).catch(async (error: unknown) => {
        throw new Error(`${(error as Error).message}; it says ${JSON.stringify(await this.readCard())}; trail: ${this.trail.join(' > ')}`, { cause: error });
      });
      if (card === 'gone') return;
      if (await this.#isReloaded(card, disturbed, disturb)) continue;
      await this.press(card);
    }
    throw new Error(`The guide leads nowhere: ${this.trail.join(' > ')}`);
  }

  async #isReloaded(card: Card, disturbed: Set<string>, disturb?: Disturb): Promise<boolean> {
    if (!disturb || disturbed.has(wordsOf(card))) return false;
    disturbed.add(wordsOf(card));
    if (!(await disturb(card))) return false;
    this.#pressed = '';
    await this.waitForCard(() => true, `after ${card.title} was disturbed`);
    return true;
  }

  /** With the real mouse, in the middle of the highlight's first line. */
  async press(card: Card): Promise<void> {
    if (!card.ring) throw new Error('nothing is highlighted');
    // A click on a page that is just being drawn anew can get lost, and an admin clicks again.
    if (wordsOf(card) !== this.#pressed) {
      this.trail.push(card.title);
      await this.onCard?.(card);
    }
    this.#pressed = wordsOf(card);
    this.#pressedAt = performance.now();
    this.presses += 1;
    await this.#click(card.ring);
  }

  /** One of the card's own actions. */
  async act({ actions }: Card, label: string): Promise<void> {
    const action = actions.find((one) => one.label === label);
    if (!action) throw new Error(`The card has no “${label}”: ${actions.map((one) => one.label).join(', ')}`);
    await this.#click(action);
  }

  async #click({ x, y, width, height }: Box): Promise<void> {
    // A link over two lines has nothing to click at in its middle.
    await this.#console.mouse.click(x + width / 2, y + Math.min(height / 2, 14));
  }

  async screenshot(name: string): Promise<void> {
    await this.#harness.screenshot(this.#console, name);
  }
}
