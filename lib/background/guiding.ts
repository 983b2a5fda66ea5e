import * as z from 'zod/mini';
import type { Runtime } from 'webextension-polyfill';
import { KeyferryError } from '../failure.ts';
import { guideMessageSchema, shownSecretSchema, renewGuide, stopGuide, type GuideAnswer, type GuideMessage } from '../messages/guide-protocol.ts';
import { browser } from '../platform/browser.ts';
import { isBelow, patternOf } from '../platform/permissions.ts';
import { findTabsOn, isTabOn, settleWithin } from '../platform/tabs.ts';
import type { FillableSecret } from '../guide/goals.ts';
import type { GuidedStep, Run } from '../run/run.ts';
import { guides } from '../storage/guides.ts';
import { pointedControls, rememberControl } from '../storage/pointed.ts';
import { runStore } from '../storage/runs.ts';
import type { Secret } from '../vault/secret.ts';
import { siteOf, type GuidedSite } from './guided-site.ts';

/*
 * Brings the guide into a site's tabs while a Run waits for the admin there, and takes it out again.
 */

const scriptId = 'keyferry-guide';
const scriptFile = '/content-scripts/guide.js';
/** ms; a page that is going away may never answer. */
const readLimit = 5_000;

/** What the guide's reports set going; the background gives the real ones. */
export interface GuidingLinks {
  /** The page of this step shows what the Run needs to know. */
  onFound(runId: string, step: GuidedStep, found: Readonly<Record<string, string>>): Promise<void>;
  /** This step's goal is reached. */
  onDone(runId: string, step: GuidedStep): Promise<void>;
  /** A value to be typed in; `undefined` where there is none any more, which the Run then knows. */
  findSecret(run: Run, secret: FillableSecret): Promise<Secret | undefined>;
}

type Sender = Pick<Runtime.MessageSender, 'id' | 'frameId' | 'tab' | 'url'>;

export class Guiding {
  readonly #links: GuidingLinks;
  /** Sites of the guided Runs at the last look, with their goals; `undefined` in a background that has just started. */
  #sites: ReadonlyMap<string, string> | undefined;
  readonly #syncs = new Turns();
  readonly #writes = new Turns();

  constructor(links: GuidingLinks) {
    this.#links = links;
  }

  /** Call it in the background's first tick. */
  listen(): void {
    const listener = (message: unknown, sender: Runtime.MessageSender, respond: (answer: unknown) => void): true | undefined => {
      const parsed = z.safeParse(guideMessageSchema, message);
      if (!parsed.success) return undefined;
      void this.answer(parsed.data, sender).then(respond, () => respond(null));
      return true;
    };
    browser.runtime.onMessage.addListener(listener as Runtime.OnMessageListenerCallback);
  }

  /** In turns: two at once would register the script twice. */
  sync(): Promise<void> {
    return this.#syncs.take(() => this.#sync());
  }

  async #sync(): Promise<void> {
    const runs = (await runStore.list()).filter((run) => siteOf(run));
    const sites = new Map(runs.flatMap((run) => siteOf(run) ?? []).map(({ base, goal }) => [base, JSON.stringify(goal)]));
    const bases = [...sites.keys()].sort();
    const before = this.#sites;
    const isRenewed = (base: string): boolean => (before ? before.has(base) && before.get(base) !== sites.get(base) : true);
    if (before?.size === sites.size && bases.every((base) => before.get(base) === sites.get(base))) return;

    // Kept by the browser until it closes, so that reloading, going back and another tab lose nothing.
    const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [scriptId] });
    // The browser knows where the guide may be, also where this background has just started.
    const open = registered?.matches ? await browser.tabs.query({ url: [...registered.matches] }) : [];
    const matches = [...new Set(bases.map(patternOf))];
    if (matches.length === 0) {
      if (registered) await browser.scripting.unregisterContentScripts({ ids: [scriptId] });
    } else {
      const script = { id: scriptId, js: [scriptFile], matches, runAt: 'document_idle' as const, persistAcrossSessions: false };
      await (registered ? browser.scripting.updateContentScripts([script]) : browser.scripting.registerContentScripts([script]));
    }
    // None is awaited: a page that goes away meanwhile may never answer. Where the guide runs already it stays the one, and asks
    // for what it shall do now.
    for (const base of bases) {
      for (const { id } of await findTabsOn(base)) {
        void browser.scripting.executeScript({ target: { tabId: id, frameIds: [0] }, files: [scriptFile] }).catch(() => undefined);
        if (registered && isRenewed(base)) void browser.tabs.sendMessage(id, renewGuide, { frameId: 0 }).catch(() => undefined);
      }
    }
    for (const { id, url = '' } of open) {
      if (id !== undefined && !bases.some((base) => isBelow(url, base))) void browser.tabs.sendMessage(id, stopGuide, { frameId: 0 }).catch(() => undefined);
    }
    const ids = new Set(runs.map(({ id }) => id));
    await this.#writes.take(async () => {
      const known = await guides.get();
      const kept = Object.fromEntries(Object.entries(known).filter(([id]) => ids.has(id)));
      if (Object.keys(kept).length < Object.keys(known).length) await guides.set(kept);
    });
    // Not before all of it is done: what the browser refused is tried again with the next change.
    this.#sites = sites;
  }

  /** `null` for whoever has no business here: another frame, another origin, an older version, no guided Run. */
  async answer(message: GuideMessage, sender: Sender): Promise<GuideAnswer> {
    const { body } = message;
    const known = await this.#findGuided(message, sender);
    if (!known) return null;
    const { run, site, tabId } = known;
    if (body.type === 'fill-secret') await this.#fillSecret(known, message.instance, body);
    if (body.type === 'report' && site.part) {
      if (Object.keys(body.state.found).length > 0) await this.#links.onFound(run.id, site.part, body.state.found);
      // From a page that no longer is of this step the answer is the next step's goal, or none.
      if (body.state.isDone) await this.#links.onDone(run.id, site.part);
    }
    return this.#writes.take(() => this.#answer(message, sender, tabId));
  }

  async #findGuided({ keyferryGuide }: GuideMessage, sender: Sender): Promise<{ run: Run; site: GuidedSite; tabId: number } | undefined> {
    const tabId = sender.tab?.id;
    const { url } = sender;
    if (sender.id !== browser.runtime.id || sender.frameId !== 0 || tabId === undefined || url === undefined || keyferryGuide !== browser.runtime.getManifest().version) return undefined;
    for (const run of await runStore.list()) {
      const site = siteOf(run);
      if (site && isBelow(url, site.base)) return { run, site, tabId };
    }
    return undefined;
  }

  async #answer(message: GuideMessage, sender: Sender, tabId: number): Promise<GuideAnswer> {
    const now = await this.#findGuided(message, sender);
    if (!now) return null;
    const { run, site } = now;
    const { base, goal } = site;
    const { instance, body } = message;
    if (body.type === 'remember') {
      const { control, ...pointed } = body.pointed;
      // One for each control of a site's version.
      await rememberControl({ id: `${base} ${pointed.version} ${control}`, guide: goal.guide, origin: base, step: control, ...pointed, at: Date.now() });
    }
    const known = await guides.get();
    const part = site.part ?? '';
    const held = known[run.id]?.part === part ? known[run.id] : undefined;
    const memo = { ...held?.memo, ...(body.type === 'report' ? body.state.memo : {}) };
    if (body.type === 'report') {
      const { found: _found, isDone: _isDone, ...state } = body.state;
      // Another tab of the site does not hide that this one shows the secret.
      const isAside = held?.isSecretShown === true && held.tabId !== tabId && !body.state.isSecretShown && (await isTabOn(held.tabId, new URL(base).origin));
      await guides.set({ ...known, [run.id]: isAside ? { ...held, memo } : { tabId, instance, part, ...state, memo } });
    }
    const pointed = (await pointedControls.get()).filter((one) => one.origin === base).map(({ step, role, name, path, version }) => ({ control: step, role, name, path, version }));
    return { base, goal, memo, pointed };
  }

  /** Types a value into the field that the guide asked for, in the very document that asked. */
  async #fillSecret({ run, site, tabId }: { run: Run; site: GuidedSite; tabId: number }, instance: string, { control, secret }: { control: string; secret: FillableSecret }): Promise<void> {
    if (!site.secrets.includes(secret)) return;
    const value = await this.#links.findSecret(run, secret);
    if (!value) return;
    const filled = browser.scripting.executeScript({ target: { tabId, frameIds: [0] }, func: fillInPage, args: [new URL(site.base).origin, instance, control, secret, value.reveal()] });
    // A page that went away has nothing filled; the guide in it sees that by itself.
    await settleWithin(filled, readLimit).catch(() => undefined);
  }

  /**
   * Reads ID and secret in the very document that said it shows them.
   * @throws {KeyferryError} capture-unreadable
   */
  async readShownSecret(run: Run): Promise<{ clientId: string; secret: string }> {
    const guide = (await guides.get())[run.id];
    if (!guide?.isSecretShown) throw new KeyferryError('capture-unreadable', { problem: 'not-shown' });
    let raw: unknown;
    try {
      const read = browser.scripting.executeScript({ target: { tabId: guide.tabId, frameIds: [0] }, func: readInPage, args: [new URL(siteOf(run)?.base ?? run.setup.tenant.base).origin, guide.instance] });
      raw = (await settleWithin(read, readLimit))?.[0]?.result;
    } catch {
      raw = undefined;
    }
    const shown = z.safeParse(shownSecretSchema, raw);
    if (!shown.success || shown.data.kind === 'changed' || shown.data.kind === 'none') {
      await this.#forgetShown(run.id);
      throw new KeyferryError('capture-unreadable', { problem: 'not-shown' });
    }
    if (shown.data.kind === 'unreadable') throw new KeyferryError('capture-unreadable', { problem: 'no-secret' });
    return shown.data;
  }

  /** The tab was closed or left: nobody else would say so. */
  #forgetShown(id: string): Promise<void> {
    return this.#writes.take(async () => {
      const known = await guides.get();
      const guide = known[id];
      if (guide) await guides.set({ ...known, [id]: { ...guide, isSecretShown: false } });
    });
  }
}

/** One after the other: two that read, change and write at once would lose one change. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Runs in the tab's isolated world, where the guide left its handle; must not use anything from outside itself. */
function readInPage(origin: string, instance: string): unknown {
  const { keyferryGuide } = globalThis as { keyferryGuide?: { instance: string; readSecret(): unknown } };
  if (location.origin !== origin || keyferryGuide?.instance !== instance) return { kind: 'changed' };
  return keyferryGuide.readSecret();
}

/** Likewise. The guide fills in the value only where the page still wants it. */
async function fillInPage(origin: string, instance: string, control: string, secret: FillableSecret, value: string): Promise<boolean> {
  const { keyferryGuide } = globalThis as { keyferryGuide?: { instance: string; fillSecret(control: string, secret: FillableSecret, value: string): Promise<boolean> } };
  if (location.origin !== origin || keyferryGuide?.instance !== instance) return false;
  return keyferryGuide.fillSecret(control, secret, value);
}
