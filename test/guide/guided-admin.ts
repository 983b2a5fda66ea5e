import type { ElementHandle, Page } from 'puppeteer-core';
import type { AnyGoal, FillableSecret } from '../../lib/guide/goals.ts';
import type { GuideMemo } from '../../lib/guide/guide.ts';
import type { CardContent } from '../../lib/guide/overlay.ts';
import type { GuideState } from '../../lib/guide/session.ts';

/*
 * An admin who does what the card says, in real pages with the real guide and overlay; the background is this file.
 */

export interface Card extends CardContent {
  step: string;
  hasTarget: boolean;
}

type Secrets = Partial<Record<FillableSecret, string>>;

interface World {
  keyferry: { card: CardContent; target: Element | undefined; session: InstanceType<typeof guide.GuideSession> };
  ask: () => Promise<{ goal: AnyGoal; memo: GuideMemo } | undefined>;
  tell: (state: GuideState) => Promise<void>;
  secretFor: (secret: FillableSecret) => Promise<string>;
  tellTyped: (control: string) => Promise<void>;
}

export class GuidedAdmin {
  readonly page: Page;
  secrets: Secrets;
  memo: GuideMemo = {};
  state: GuideState | undefined;
  /** Steps in which the admin pressed something, each once in a row. */
  readonly trail: string[] = [];
  /** Controls that a secret was typed into. */
  readonly typed: string[] = [];
  #goal: AnyGoal | undefined;
  #held: Promise<void> | undefined;
  #pressed = '';

  private constructor(page: Page, secrets: Secrets) {
    this.page = page;
    this.secrets = secrets;
  }

  static async in(page: Page, bundle: string, secrets: Secrets): Promise<GuidedAdmin> {
    const admin = new GuidedAdmin(page, secrets);
    await page.exposeFunction('ask', async () => {
      await admin.#held;
      return admin.#goal && { goal: admin.#goal, memo: admin.memo };
    });
    await page.exposeFunction('tell', (state: GuideState) => {
      admin.state = state;
      admin.memo = { ...admin.memo, ...state.memo };
    });
    await page.exposeFunction('secretFor', (secret: FillableSecret) => admin.secrets[secret] ?? '');
    await page.exposeFunction('tellTyped', (control: string) => void admin.typed.push(control));
    await page.evaluateOnNewDocument(`if (top === self) { ${bundle};globalThis.guide = guide; (${startInPage.toString()})() }`);
    return admin;
  }

  /** Begins another part, or the same one anew, where the guide's own link would lead. */
  async begin(goal: AnyGoal, address?: string): Promise<void> {
    this.#goal = goal;
    this.state = undefined;
    this.trail.length = 0;
    this.#pressed = '';
    // The same document with another route is no new document.
    await this.page.goto('about:blank');
    if (address !== undefined) await this.page.goto(address);
  }

  /** Keeps the guide out of pages that open from now on, until it is released. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return resolve;
  }

  /** The card once it has come to rest. */
  async card(): Promise<Card> {
    let last = '';
    for (let quiet = 0, tries = 0; tries < 400; tries++) {
      const card = await this.#read();
      const text = JSON.stringify(card);
      quiet = text === last && card !== undefined && card.tone !== 'busy' && (card.tone !== 'step' || card.hasTarget) ? quiet + 1 : 0;
      if (card && quiet >= 6) return card;
      last = text;
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    throw new Error(`the card does not come to rest: ${last}`);
  }

  async #read(): Promise<Card | undefined> {
    const step = this.state?.step ?? '';
    return this.page
      .evaluate((now): Card | undefined => {
        const { keyferry } = globalThis as unknown as Partial<World>;
        return keyferry?.card && { ...keyferry.card, step: now, hasTarget: keyferry.target?.isConnected === true };
      }, step)
      .catch(() => undefined);
  }

  /** Presses what the card points at. */
  async press(): Promise<void> {
    const { step, title, hasTarget, tone } = await this.card();
    if (!hasTarget || tone !== 'step') throw new Error(`nothing to press at ${step}, “${title}”, after ${this.trail.join(' ')}`);
    // A click that got lost is made again.
    if (this.#pressed !== title + step) this.trail.push(step);
    this.#pressed = title + step;
    const target = (await this.page.evaluateHandle(() => (globalThis as unknown as World).keyferry.target)) as ElementHandle;
    await target.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const box = await target.evaluate((element) => {
      // A radio button drawn by its label has no size of its own.
      const shown = [element, ...((element as HTMLInputElement).labels ?? [])].find((one) => one.getBoundingClientRect().width > 4 && getComputedStyle(one).opacity !== '0') ?? element;
      const { x, y, width, height } = shown.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    });
    await this.page.mouse.click(box.x, box.y);
    for (let tries = 0; tries < 25; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 80));
      const now = await this.#read();
      if (now?.title !== undefined && now.title + now.step !== this.#pressed) return;
    }
  }

  /** Until the card is at one of these steps or says this; without any, until the goal is reached. */
  async follow(...ends: (string | ((card: Card) => boolean))[]): Promise<Card> {
    for (let count = 0; count < 30; count++) {
      const card = await this.card();
      if (ends.some((end) => (typeof end === 'string' ? end === card.step : end(card))) || (this.state?.isDone === true && ends.length === 0)) return card;
      await this.press();
    }
    throw new Error(`no end: ${this.trail.join(' ')}`);
  }

  readSecret(): Promise<ReturnType<InstanceType<typeof guide.GuideSession>['readSecret']>> {
    return this.page.evaluate(() => (globalThis as unknown as World).keyferry.session.readSecret());
  }
}

/** What the content script does, in the page's own world. */
async function startInPage(): Promise<void> {
  const world = globalThis as unknown as World;
  if (document.readyState === 'loading') await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve));
  const orders = await world.ask();
  if (!orders || location.protocol !== 'https:') return;
  const { signal } = new AbortController();
  const overlay = guide.createOverlay(document, guide.en.card, (id: string) => world.keyferry.session.onAction(id), signal);
  const { show } = overlay;
  overlay.show = (content, target, options) => {
    Object.assign(world.keyferry, { card: content, target });
    show.call(overlay, content, target, options);
  };
  world.keyferry = { card: { tone: 'busy', title: '' }, target: undefined } as unknown as World['keyferry'];
  const link = {
    report: (state: GuideState) => void world.tell(state),
    remember: () => undefined,
    fillSecret: async (control: string, secret: FillableSecret) => {
      const isTyped = await world.keyferry.session.fillSecret(control, secret, await world.secretFor(secret));
      if (isTyped) await world.tellTyped(control);
      return isTyped;
    },
  };
  const pageGuide = { 'workspace-one': guide.workspaceOneGuide, 'harmony-mobile': guide.harmonyMobileGuide, 'jamf-pro': guide.jamfProGuide, 'admina': guide.adminaGuide }[orders.goal.guide];
  // A look begins at once; what it shows comes before the session is known here.
  world.keyferry.session = new guide.GuideSession(document, pageGuide, { base: location.origin, goal: orders.goal, memo: orders.memo, pointed: [] }, { overlay, link, text: guide.en }, signal);
}
