import type { Failure } from '../failure.ts';
import type { RunEvent, StepResult, Transition } from './machine.ts';
import type { AnyStepId, Ask, Run, RunSetup } from './run.ts';

/**
 * What is particular to one way from the click to the receipt: which steps there are, and what their outcomes mean. Pure; every
 * method may change the Run that it is given, which is the transition's own copy.
 */
export interface Course {
  /** Steps that change something outside and must not happen twice. */
  writes: ReadonlySet<AnyStepId>;
  /** Goes to the next step that is not done, unless the admin or a cancel stands in between. */
  advance(run: Run, at: number, retry?: boolean): Transition;
  /** Writes a step's result into the Run and goes on. */
  take(run: Run, result: StepResult, at: number): Transition;
  /** What a failed step means: go back, ask, or stop and say why. */
  fail(run: Run, step: AnyStepId, failure: Failure, at: number): Transition;
  cancelled(run: Run, step: AnyStepId, at: number): Transition;
  /** Another setup: what was done by the earlier one and differs is done again; what this Run made stays known as its own. */
  edit(run: Run, setup: RunSetup): void;
  /** "Try again" after a failure starts where trying again can help. */
  reopenFor(run: Run, step: AnyStepId, failure: Failure): void;
  /** "Check again" on a question. */
  reopenForAsk(run: Run, ask: Ask): void;
  /** Events that only this course knows; `undefined`: they change nothing. */
  handle(run: Run, event: RunEvent): Transition | undefined;
}
