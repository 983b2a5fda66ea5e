import { browser } from '../platform/browser.ts';
import { isOpen, runSchema, type Run } from '../run/run.ts';
import { defineItem, type StoredItem } from './item.ts';

const prefix = 'run:';
/** How many finished Runs are kept. */
const keepFinished = 50;

const placeholder = undefined as unknown as Run;

/** Version 1 knew consoles in the vendor's cloud alone, where origin and base are the same. */
function withBase(data: unknown): unknown {
  const { setup } = data as Run;
  return { ...(data as Run), setup: { ...setup, tenant: { ...setup.tenant, base: setup.tenant.origin } } };
}

/** One item a Run, so that one that cannot be read takes no other with it. */
function runItem(id: string): StoredItem<Run> {
  return defineItem({ area: 'local', key: prefix + id, schema: runSchema, version: 2, migrate: withBase, fallback: placeholder });
}

/** The Runs of this browser, in storage.local: they outlive the background and the browser, and hold no secret. */
export const runStore = {
  async get(id: string): Promise<Run | undefined> {
    return runItem(id).get();
  },

  async put(run: Run): Promise<void> {
    await runItem(run.id).set(run);
  },

  /** All that can be read, newest first. */
  async list(): Promise<Run[]> {
    const all: Record<string, unknown> = await browser.storage.local.get(null);
    return Object.entries(all)
      .filter(([key]) => key.startsWith(prefix))
      .flatMap(([key, raw]) => runItem(key.slice(prefix.length)).parse(raw) ?? [])
      .sort((a, b) => b.createdAt - a.createdAt);
  },

  /** Removes the oldest finished Runs beyond the limit. */
  async prune(): Promise<void> {
    const finished = (await this.list()).filter((run) => !isOpen(run));
    const old = finished.slice(keepFinished).map((run) => prefix + run.id);
    if (old.length > 0) await browser.storage.local.remove(old);
  },

  async remove(ids: readonly string[]): Promise<void> {
    await browser.storage.local.remove(ids.map((id) => prefix + id));
  },

  /** Whether a storage change concerns Runs. */
  isRunKey: (key: string): boolean => key.startsWith(prefix),
};
