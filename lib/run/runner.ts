import { failureOf } from '../failure.ts';
import type { Course } from './course.ts';
import type { StepContext } from './effects.ts';
import type { Effect, RunEvent, StepResult } from './machine.ts';
import { isOpen, isWorking, type AnyStepId, type Run } from './run.ts';
import { transition } from './transition.ts';

/** Where Runs are kept. Writes must be durable when they resolve. */
export interface RunStore {
  get(id: string): Promise<Run | undefined>;
  put(run: Run): Promise<void>;
  list(): Promise<Run[]>;
}

/** The world as the runner needs it; the background gives the real one, tests another. */
export interface RunnerWorld {
  store: RunStore;
  now: () => number;
  wait: (duration: number, signal: AbortSignal) => Promise<void>;
  courseOf(run: Run): Course;
  /** Runs one step to its end. @throws {KeyferryError} or a bug */
  perform(step: AnyStepId, context: StepContext): Promise<StepResult>;
  forgetSecrets(run: Run): Promise<void>;
  /** Called when a Run that was at work has come to rest; not where the background was killed in between. */
  onRest(): Promise<void>;
  /** Called whenever the number of Runs at work may have changed. */
  onActivity(working: number): void;
}

type NewEvent<T = RunEvent> = T extends { at: number } ? Omit<T, 'at'> : never;

/**
 * Runs the Runs: applies events one at a time per Run, writes the result down, then performs its effects. What it knows beyond
 * the store is only what is under way in this life of the background; all else is read anew on waking.
 */
export class Runner {
  readonly #world: RunnerWorld;
  /** Tail of each Run's queue of events. */
  readonly #queues = new Map<string, Promise<unknown>>();
  /** Steps under way here, by Run. */
  readonly #active = new Map<string, AbortController>();

  constructor(world: RunnerWorld) {
    this.#world = world;
  }

  /** Stores a new Run and begins it. */
  async start(run: Run): Promise<void> {
    await this.#world.store.put(run);
    await this.dispatch(run.id, { type: 'begin' });
  }

  /** Goes on with every Run that was at work when the background went away. */
  async wake(): Promise<void> {
    for (const run of await this.#world.store.list()) {
      if (isWorking(run) && !this.#active.has(run.id)) await this.dispatch(run.id, { type: 'woke' });
    }
    await this.#report();
  }

  /** Applies an event to a Run; resolves when the new state is written, not when its effects are done. */
  async dispatch(runId: string, event: NewEvent): Promise<void> {
    const earlier = this.#queues.get(runId) ?? Promise.resolve();
    const turn = earlier.then(() => this.#apply(runId, event));
    const settled = turn.catch(() => undefined);
    this.#queues.set(runId, settled);
    await turn;
    if (this.#queues.get(runId) === settled) this.#queues.delete(runId);
  }

  async #apply(runId: string, event: NewEvent): Promise<void> {
    const run = await this.#world.store.get(runId);
    if (!run) return;
    // Waking twice must not start a step that is under way here.
    if (event.type === 'woke' && this.#active.has(runId)) return;
    const stamped = { ...event, at: this.#world.now() };
    const result = transition(run, stamped, this.#world.courseOf(run));
    if (result.run === run) return;
    // Written before it is done: who finds it started and unfinished looks first.
    await this.#world.store.put(result.run);
    for (const effect of result.effects) await this.#effect(result.run, effect);
    if (isWorking(run) && !isWorking(result.run)) await this.#world.onRest();
    await this.#report();
  }

  async #effect(run: Run, effect: Effect): Promise<void> {
    switch (effect.type) {
      case 'stop-waiting':
        this.#active.get(run.id)?.abort();
        return;
      case 'forget-secrets':
        return this.#world.forgetSecrets(run);
      case 'perform':
        // Not awaited: the step's own outcome comes back as an event.
        void this.#perform(run, effect.step, effect.attempt);
    }
  }

  async #perform(run: Run, step: AnyStepId, attempt: number): Promise<void> {
    const controller = new AbortController();
    this.#active.set(run.id, controller);
    let consoleCalls = 0;
    let event: NewEvent;
    try {
      const result = await this.#world.perform(step, {
        run,
        now: this.#world.now,
        wait: this.#world.wait,
        signal: controller.signal,
        countConsoleCall: () => {
          consoleCalls += 1;
        },
        onProgress: (counts) => void this.dispatch(run.id, { type: 'progress', ...counts }),
      });
      event = { type: 'step-done', attempt, result, consoleCalls };
    } catch (thrown) {
      event = { type: 'step-failed', attempt, failure: failureOf(thrown), consoleCalls };
    }
    try {
      await this.dispatch(run.id, event);
    } finally {
      // Only now: a waking that is applied before the outcome would start the step again.
      if (this.#active.get(run.id) === controller) this.#active.delete(run.id);
    }
  }

  async #report(): Promise<void> {
    this.#world.onActivity((await this.#world.store.list()).filter(isWorking).length);
  }

  /** Ids of Runs that may still need what the vault holds. */
  async openRuns(): Promise<Set<string>> {
    return new Set((await this.#world.store.list()).filter(isOpen).map((run) => run.id));
  }
}
