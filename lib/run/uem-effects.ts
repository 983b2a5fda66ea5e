import { KeyferryError } from '../failure.ts';
import type { StepContext } from './effects.ts';
import type { StepResult } from './machine.ts';
import type { Arrival, Run, UemProof, UemStepId } from './run.ts';

/*
 * What the steps of the course "UEM" do that no admin does in a page. A step in doubt (`run.doubts`) looks for what an earlier
 * attempt may have left before it acts.
 */

/** What they work with; the background gives the real ones. Every method throws {@link KeyferryError}. */
export interface UemParts {
  /** With the admin's own account. @throws {KeyferryError} uem-admin-account-lost where it is no longer there */
  hasAdministrator(): Promise<boolean>;
  addAdministrator(): Promise<void>;
  /** A new password for the one that is there. */
  renewPassword(): Promise<void>;
  /** With the new account, as the service will. */
  prove(): Promise<UemProof>;
  /** Makes those that are not there, at the top organization group. */
  makeTags(proof: UemProof): Promise<NonNullable<Run['made']['tags']>>;
  /** `undefined` where the admin gave no key for the service's own API. */
  readArrival(): Promise<Arrival | undefined>;
}

/** ms until an account that was just saved is tried again. Few: a console locks an account after some wrong passwords. */
const proofPauses = [3_000, 6_000];
/** ms */
const pollEvery = 5_000;
/** How long the service may take to list the first devices, ms. */
const arrivalPatience = 10 * 60_000;

/** Runs one step to its end. @throws {KeyferryError} or a bug */
export async function performUemStep(step: UemStepId, context: StepContext, uem: UemParts): Promise<StepResult> {
  const { run } = context;
  switch (step) {
    case 'administrator':
      // Asked for only where the admin's account is there; who was there before this Run is not touched.
      if (!(await uem.hasAdministrator())) await uem.addAdministrator();
      else if (run.doubts.administrator === undefined) {
        if (run.made.administrator !== run.setup.uem?.username) throw new KeyferryError('uem-admin-exists', { username: run.setup.uem?.username ?? '' });
        await uem.renewPassword();
      }
      return { step };
    case 'uem-proof':
      return { step, proof: await prove(context, uem) };
    case 'tags':
      return { step, tags: await uem.makeTags(proofOf(run)) };
    case 'arrival':
      return { step, arrival: await waitForArrival(context, uem) };
    default:
      throw new Error(`${step} is the admin's`);
  }
}

function proofOf(run: Run): UemProof {
  if (!run.seen.uemProof) throw new Error('no proof yet');
  return run.seen.uemProof;
}

async function prove({ wait, signal }: StepContext, uem: UemParts): Promise<UemProof> {
  for (const pause of proofPauses) {
    try {
      return await uem.prove();
    } catch (thrown) {
      // Another server of the console may not have seen the account or its role yet.
      if (!isCode(thrown, 'uem-sign-in-refused', 'uem-rights-missing', 'console-unreachable', 'console-busy')) throw thrown;
    }
    await wait(pause, signal);
  }
  return uem.prove();
}

async function waitForArrival(context: StepContext, uem: UemParts): Promise<Arrival | null> {
  const deadline = context.now() + arrivalPatience;
  for (;;) {
    const arrival = await uem.readArrival();
    if (arrival === undefined) return null;
    if (arrival.total > 0) return arrival;
    context.onProgress({ accounts: null, devices: 0 });
    if (context.now() > deadline) throw new KeyferryError('arrival-timeout');
    await context.wait(pollEvery, context.signal);
  }
}

const isCode = (thrown: unknown, ...codes: string[]): boolean => thrown instanceof KeyferryError && codes.includes(thrown.failure.code);
