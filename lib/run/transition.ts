import type { Course } from './course.ts';
import { isUndo, note, perform, type RunEvent, type Transition } from './machine.ts';
import type { AnyStepId, Run, RunSetup } from './run.ts';

/*
 * The Run as a pure function: state and event in, state and effects out. No browser, no clock, no randomness: events carry the
 * time (`at`, ms since the epoch). What every Run has in common stands here, what a step's outcome means in its course.
 */

/** A new Run, before its first step. @param tally calls already made for the choice (the list of sites) count */
export function createRun(id: string, setup: RunSetup, tabId: number | null, at: number, tally: Run['tally'], step: AnyStepId = 'service-key'): Run {
  return {
    id,
    createdAt: at,
    updatedAt: at,
    setup,
    rung: 'session',
    tabId,
    phase: { kind: 'working', step, attempt: null, retry: false },
    done: [],
    doubts: {},
    cancelRequested: false,
    dismissed: false,
    waived: [],
    consented: false,
    seen: {},
    made: { secrets: 0 },
    tally,
    journal: [],
  };
}

/** Applies an event. Events that do not fit the phase (a late answer, a second click) change nothing. */
export function transition(run: Run, event: RunEvent, course: Course): Transition {
  // Put aside in one window, it is not set going again from another: nobody would see it.
  if (run.dismissed) return { run, effects: [] };
  const next = structuredClone(run);
  next.updatedAt = event.at;
  if ('clicks' in event) next.tally.clicks += event.clicks;
  const unchanged: Transition = { run, effects: [] };
  const { phase } = next;

  switch (event.type) {
    case 'begin':
      if (phase.kind !== 'working' || phase.attempt !== null) return unchanged;
      return course.advance(next, event.at);

    case 'woke':
      if (phase.kind !== 'working') return unchanged;
      if (phase.attempt !== null) {
        note(next, event.at, phase.step, 'woke');
        doubt(next, phase.step, phase.attempt.startedAt, course);
      }
      // The click allowed one reload of the page, then; not another one now, when the admin may be at work there.
      if (next.mayBorrow) return course.fail(next, phase.step, { code: 'page-token-missing', params: { reason: 'interrupted' }, certainty: 'not-done' }, event.at);
      // What waited for its outcome died with the background; what it may have left stands in the doubts.
      if (next.cancelRequested) return course.cancelled(next, phase.step, event.at);
      return perform(next, phase.step, event.at, phase.retry);

    case 'progress':
      if (phase.kind !== 'working' || (phase.step !== 'outcome' && phase.step !== 'arrival')) return unchanged;
      next.progress = { accounts: event.accounts, devices: event.devices };
      return { run: next, effects: [] };

    case 'step-done':
      if (phase.kind !== 'working' || phase.attempt?.startedAt !== event.attempt || phase.step !== event.result.step) return unchanged;
      next.tally.consoleCalls += event.consoleCalls;
      note(next, event.at, phase.step, 'done');
      delete next.doubts[phase.step];
      delete next.mayBorrow;
      return course.take(next, event.result, event.at);

    case 'step-failed':
      if (phase.kind !== 'working' || phase.attempt?.startedAt !== event.attempt) return unchanged;
      next.tally.consoleCalls += event.consoleCalls;
      note(next, event.at, phase.step, 'failed', event.failure.code);
      if (event.failure.certainty === 'unknown') doubt(next, phase.step, phase.attempt.startedAt, course);
      return course.fail(next, phase.step, event.failure, event.at);

    case 'retry': {
      if (phase.kind !== 'failed' && phase.kind !== 'cancelled' && phase.kind !== 'needs-admin') return unchanged;
      next.tabId = event.tabId ?? next.tabId;
      next.cancelRequested = false;
      if (phase.kind === 'failed' || phase.kind === 'cancelled') {
        if (isUndo(phase.step)) return perform(next, phase.step, event.at, true);
        if (phase.kind === 'failed') course.reopenFor(next, phase.step, phase.failure);
      } else course.reopenForAsk(next, phase.ask);
      return course.advance(next, event.at, true);
    }

    case 'edit':
      if (phase.kind === 'working' || phase.kind === 'connected' || phase.kind === 'undone') return unchanged;
      if (run.setup.purpose && run.setup.purpose !== 'edit') return unchanged;
      course.edit(next, { ...event.setup, tenant: run.setup.tenant, service: run.setup.service, purpose: run.setup.purpose });
      next.tabId = event.tabId ?? next.tabId;
      next.cancelRequested = false;
      return course.advance(next, event.at);

    case 'cancel':
      if (phase.kind === 'working') {
        if (next.cancelRequested || isUndo(phase.step)) return unchanged;
        if (phase.attempt === null) return course.cancelled(next, phase.step, event.at);
        next.cancelRequested = true;
        return { run: next, effects: [{ type: 'stop-waiting' }] };
      }
      if (phase.kind === 'needs-admin' || phase.kind === 'failed') return course.cancelled(next, phase.step, event.at);
      return unchanged;

    case 'dismiss':
      if (phase.kind === 'working') return unchanged;
      next.dismissed = true;
      return { run: next, effects: [{ type: 'forget-secrets' }] };

    default:
      return course.handle(next, event) ?? unchanged;
  }
}

/** The newest attempt counts: the cluster may still be hiding it. */
function doubt(run: Run, step: AnyStepId, since: number, { writes }: Course): void {
  if (writes.has(step)) run.doubts[step] = since;
}
