import { SyncFailure, readJamf } from './jamf-reader.ts';
import type { Progress } from './jamf-reader.ts';
import type { Integration, Store } from './store.ts';
import { readWorkspaceOne } from './workspace-one-reader.ts';

interface Running {
  abort: AbortController;
  progress: Progress;
  finished: Promise<void>;
}

/** Runs at most one sync per integration, in the background. */
export class Syncs {
  readonly #running = new Map<string, Running>();
  readonly #options: { store: Store; fetch: typeof fetch; now: () => number; timeoutMs: number };

  constructor(options: { store: Store; fetch: typeof fetch; now: () => number; timeoutMs: number }) {
    this.#options = options;
  }

  /** Joins a running sync. */
  start(integration: Integration): Integration {
    return this.#running.has(integration.id) ? integration : this.restart(this.#options.store.markConnecting(integration.id));
  }

  /** Stops a running sync, whose settings are outdated, and begins anew. The integration must be marked as connecting. */
  restart(integration: Integration): Integration {
    this.stop(integration.id);
    const abort = new AbortController();
    const running: Running = { abort, progress: { step: 'credentials', done: 0, total: null }, finished: Promise.resolve() };
    this.#running.set(integration.id, running);
    running.finished = this.#run(integration, running).catch(logUnexpected);
    return integration;
  }

  stop(id: string): void {
    this.#running.get(id)?.abort.abort();
    this.#running.delete(id);
  }

  progress(id: string): Progress | null {
    return this.#running.get(id)?.progress ?? null;
  }

  /** Resolves when no sync is running. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ finished }) => finished));
  }

  async close(): Promise<void> {
    const finished = [...this.#running.values()].map((one) => one.finished);
    for (const id of [...this.#running.keys()]) this.stop(id);
    await Promise.all(finished);
  }

  async #run(integration: Integration, running: Running): Promise<void> {
    const { store, fetch, now, timeoutMs } = this.#options;
    const { id, address, clientId, dataSets, site } = integration;
    const { signal } = running.abort;
    try {
      const { clientSecret, api } = store.credentials(id);
      const options = { clientId, clientSecret, dataSets, fetch, signal, onProgress: (progress: Progress) => (running.progress = progress) };
      const snapshot = await (api ? readWorkspaceOne({ ...options, ...api }) : readJamf({ ...options, address, site, now, timeoutMs }));
      if (!signal.aborted) store.finishSync(id, snapshot);
    } catch (cause) {
      if (signal.aborted) return;
      if (!(cause instanceof SyncFailure)) logUnexpected(cause);
      store.failSync(id, cause instanceof SyncFailure ? cause.error : { code: 'internal', message: 'The service failed. Try again later.' });
    } finally {
      if (this.#running.get(id) === running) this.#running.delete(id);
    }
  }
}

function logUnexpected(cause: unknown): void {
  console.error('Fleet Ledger: a sync failed unexpectedly', cause instanceof Error ? cause.stack : '');
}
