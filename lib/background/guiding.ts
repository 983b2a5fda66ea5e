import * as z from 'zod/mini';
import type { Runtime } from 'webextension-polyfill';
import { KeyferryError } from '../failure.ts';
import { guideMessageSchema, shownSecretSchema, stopGuide, type GuideAnswer, type GuideMessage } from '../messages/guide-protocol.ts';
import { browser } from '../platform/browser.ts';
import { isBelow, patternOf } from '../platform/permissions.ts';
import { findTabsOn, isTabOn, settleWithin } from '../platform/tabs.ts';
import { getRecipe } from '../recipes/registry.ts';
import { wantedPrivileges } from '../run/plan.ts';
import type { Run } from '../run/run.ts';
import { guides } from '../storage/guides.ts';
import { pointedControls, rememberControl } from '../storage/pointed.ts';
import { runStore } from '../storage/runs.ts';

/*
 * Brings the guide into the console's tabs while a guided Run waits for the admin, and takes it out again.
 */

const scriptId = 'keyferry-guide';
const scriptFile = '/content-scripts/guide.js';
/** ms; a page that is going away may never answer. */
const readLimit = 5_000;

/** The admin is at work in the console. */
export const isGuided = (run: Run): boolean => !run.dismissed && run.rung === 'guided' && run.phase.kind === 'needs-admin' && run.phase.ask.kind === 'capture';

type Sender = Pick<Runtime.MessageSender, 'id' | 'frameId' | 'tab' | 'url'>;

export class Guiding {
  /** Consoles of the guided Runs at the last look (origin and context path); `undefined` in a background that has just started. */
  #bases: readonly string[] | undefined;
  readonly #syncs = new Turns();
  readonly #writes = new Turns();

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
    const runs = (await runStore.list()).filter(isGuided);
    const bases = [...new Set(runs.map((run) => run.setup.tenant.base))].sort();
    if (this.#bases && bases.join() === this.#bases.join()) return;

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
    // Neither is awaited: a page that goes away meanwhile may never answer. Where the guide runs already, it stays the one.
    for (const base of bases) {
      for (const { id } of await findTabsOn(base)) void browser.scripting.executeScript({ target: { tabId: id, frameIds: [0] }, files: [scriptFile] }).catch(() => undefined);
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
    this.#bases = bases;
  }

  /** `null` for whoever has no business here: another frame, another origin, an older version, no guided Run. */
  answer(message: GuideMessage, sender: Sender): Promise<GuideAnswer> {
    return this.#writes.take(() => this.#answer(message, sender));
  }

  async #answer({ keyferryGuide, instance, body }: GuideMessage, sender: Sender): Promise<GuideAnswer> {
    const tabId = sender.tab?.id;
    if (sender.id !== browser.runtime.id || sender.frameId !== 0 || tabId === undefined || sender.url === undefined || keyferryGuide !== browser.runtime.getManifest().version) return null;
    const { url } = sender;
    const run = (await runStore.list()).find((one) => isGuided(one) && isBelow(url, one.setup.tenant.base));
    if (!run) return null;
    const { console, base, origin } = run.setup.tenant;
    if (body.type === 'remember') {
      const { control, ...pointed } = body.pointed;
      // One for each control of a console's version.
      await rememberControl({ id: `${base} ${pointed.version} ${control}`, console, origin: base, step: control, ...pointed, at: Date.now() });
    }
    const known = await guides.get();
    const memo = { ...known[run.id]?.memo, ...(body.type === 'report' ? body.state.memo : {}) };
    if (body.type === 'report') {
      // Another tab of the console does not hide that this one shows the secret.
      const held = known[run.id];
      const { found: _found, isDone: _isDone, ...state } = body.state;
      const isAside = held?.isSecretShown === true && held.tabId !== tabId && !body.state.isSecretShown && (await isTabOn(held.tabId, origin));
      await guides.set({ ...known, [run.id]: isAside ? { ...held, memo } : { tabId, instance, ...state, memo } });
    }
    const pointed = (await pointedControls.get()).filter((one) => one.origin === base).map(({ step, role, name, path, version }) => ({ control: step, role, name, path, version }));
    const recipe = getRecipe(console, run.setup.service.id);
    return { base, goal: { guide: console, name: run.setup.name, privileges: wantedPrivileges(run, recipe), tokenLifetime: recipe.tokenLifetime }, memo, pointed };
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
      const read = browser.scripting.executeScript({ target: { tabId: guide.tabId, frameIds: [0] }, func: readInPage, args: [run.setup.tenant.origin, guide.instance] });
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
