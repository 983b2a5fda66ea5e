import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import type { AnyGoal, FillableSecret } from '../../lib/guide/goals.ts';
import type { GuideMemo } from '../../lib/guide/guide.ts';
import type { CardContent } from '../../lib/guide/overlay.ts';
import type { GuideLink, GuideState } from '../../lib/guide/session.ts';

/* A guide in every page of a tab as the extension has it, what the background does replaced by this test; and an admin who follows it. */

type GuideName = 'harmonyMobileGuide' | 'jamfProGuide';

/** What the card shows, in the page. */
interface Shown {
  content?: CardContent;
  target?: Element | undefined;
  /** ms, of the page's clock. */
  since: number;
}
declare global {
  /** Defined in the pages of {@link GuidedAdmin}. */
  var keyferryShown: Shown | undefined;
  var keyferryOrders: () => Promise<{ goal: AnyGoal; memo: GuideMemo; secrets: Record<FillableSecret, string> }>;
  var keyferryReport: (state: GuideState) => Promise<void>;
}

export interface Card extends CardContent {
  step: string;
  hasTarget: boolean;
}

export class GuidedAdmin {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Steps whose target was pressed. */
  readonly trail: string[] = [];
  /** All steps that were reported, each once in a row. */
  readonly steps: string[] = [];
  state: GuideState | undefined;
  memo: GuideMemo = {};
  goal: AnyGoal;
  secrets: Record<FillableSecret, string>;
  /** Controls that a secret was typed into. */
  readonly typed: string[] = [];

  #held: Promise<void> | undefined;

  private constructor(context: BrowserContext, page: Page, goal: AnyGoal, secrets: Record<FillableSecret, string>) {
    this.context = context;
    this.page = page;
    this.goal = goal;
    this.secrets = secrets;
  }

  static async open(browser: Browser, bundle: string, name: GuideName, goal: AnyGoal, secrets: Record<FillableSecret, string>): Promise<GuidedAdmin> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 860 });
    const admin = new GuidedAdmin(context, page, goal, secrets);
    await page.exposeFunction('keyferryOrders', async () => {
      await admin.#held;
      return { goal: admin.goal, memo: admin.memo, secrets: admin.secrets };
    });
    await page.exposeFunction('keyferryTyped', (control: string) => void admin.typed.push(control));
    await page.exposeFunction('keyferryReport', (state: GuideState) => {
      admin.state = state;
      admin.memo = { ...admin.memo, ...state.memo };
      if (admin.steps.at(-1) !== state.step) admin.steps.push(state.step);
    });
    await page.evaluateOnNewDocument(`${bundle};globalThis.guide = guide;(${startInPage.toString()})(${JSON.stringify(name)})`);
    return admin;
  }

  /** Keeps the guide out of pages that open from now on, until it is released. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return resolve;
  }

  /** The card, once it has stood still for a moment. */
  async card(): Promise<Card | undefined> {
    const shown = await this.page.evaluate(() => {
      const { content, target, since } = globalThis.keyferryShown ?? { since: 0 };
      return content && performance.now() - since > 300 ? { ...content, hasTarget: target?.isConnected === true } : undefined;
    }).catch(() => undefined);
    return shown && { ...shown, step: this.state?.step ?? '' };
  }

  /** Does what the card says until this is so. */
  async follow(until: (card: Card) => boolean, timeout = 25_000): Promise<Card> {
    const end = Date.now() + timeout;
    let last: Card | undefined;
    for (let pressedAt = 0, pressed = ''; Date.now() < end; ) {
      const card = await this.card();
      last = card ?? last;
      if (card && until(card)) return card;
      const words = card ? `${card.step} ${card.title}` : '';
      if (card?.tone === 'step' && card.hasTarget && (words !== pressed || Date.now() - pressedAt > 4000)) {
        await this.press();
        this.trail.push(card.step);
        [pressed, pressedAt] = [words, Date.now()];
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    throw new Error(`stuck after ${this.trail.join(', ')} at ${JSON.stringify(last)}`);
  }

  /** Presses what the card points at, with the mouse. */
  async press(): Promise<void> {
    const target = await this.page.evaluateHandle(() => globalThis.keyferryShown?.target ?? null);
    await (target as ElementHandle<Element>).click().catch(() => undefined);
  }
}

/** Runs in the page. */
function startInPage(name: GuideName): void {
  const start = async (): Promise<void> => {
    const { goal, memo, secrets } = await globalThis.keyferryOrders();
    const { signal } = new AbortController();
    const real = guide.createOverlay(document, guide.en.card, (id) => session.onAction(id), signal);
    const overlay = {
      ...real,
      show: (content: CardContent, target?: Element, options?: { bringIntoView?: boolean }): void => {
        const before = globalThis.keyferryShown;
        const isSame = before?.content?.title === content.title && before.content.tone === content.tone && before.target === target;
        globalThis.keyferryShown = { content, target, since: isSame ? before.since : performance.now() };
        real.show(content, target, options);
      },
    };
    const link: GuideLink = {
      report: (state) => void globalThis.keyferryReport(state),
      remember: () => undefined,
      fillSecret: async (control, secret) => {
        const isTyped = await session.fillSecret(control, secret, secrets[secret]);
        if (isTyped) await (globalThis as unknown as { keyferryTyped: (one: string) => Promise<void> }).keyferryTyped(control);
        return isTyped;
      },
    };
    const session = new guide.GuideSession(document, guide[name], { base: location.origin, goal, memo, pointed: [] }, { overlay, link, text: guide.en }, signal);
  };
  if (window.top !== window || location.protocol !== 'https:') return;
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => void start(), { once: true });
  else void start();
}
