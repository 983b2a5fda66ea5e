import type { ApiPlace, RungId } from '../consoles/console.ts';
import type { Failure } from '../failure.ts';
import { journalLimit, type AnyStepId, type Arrival, type Ask, type GuidedStep, type Receipt, type Run, type RunSetup, type UemProof, type UndoStepId } from './run.ts';

/*
 * What a Run is moved by and what it sets going, and the few moves that every course has. Pure.
 */

/** What a finished step found or did. */
export type StepResult =
  | { step: 'service-key'; organization: string }
  | { step: 'console-access'; access: NonNullable<Run['seen']['access']> }
  | { step: 'privileges'; names: string[] }
  | { step: 'find-role'; role: Run['seen']['role'] & (object | null) }
  | { step: 'find-client'; client: Run['seen']['client'] & (object | null) }
  | { step: 'find-registration'; registration: Run['seen']['registration'] & (object | null) }
  | { step: 'role'; made: NonNullable<Run['made']['role']> }
  | { step: 'client'; made: NonNullable<Run['made']['client']> }
  | { step: 'secret'; clientId: string; secretAt: number; minted: boolean }
  | { step: 'proof'; api?: ApiPlace | undefined }
  | { step: 'register'; made: NonNullable<Run['made']['registration']> }
  | { step: 'outcome'; accounts: number | null; devices: number | null; accountsUrl: string | null; proof?: Receipt['proof'] }
  /** Something of our name turned up that was not there when we looked: look at it with the admin. */
  | { step: 'role' | 'client' | 'register'; appeared: { role?: Run['seen']['role']; client?: Run['seen']['client']; registration?: Run['seen']['registration'] } }
  | { step: UndoStepId }
  // The course "UEM".
  | { step: 'administrator' }
  | { step: 'uem-proof'; proof: UemProof }
  | { step: 'tags'; tags: NonNullable<Run['made']['tags']> }
  | { step: 'arrival'; arrival: Arrival | null };

export type RunEvent = { at: number } & (
  | { type: 'begin' }
  /** `attempt` = `startedAt` of the attempt that this is the outcome of; others are ignored. */
  | { type: 'step-done'; attempt: number; result: StepResult; consoleCalls: number }
  | { type: 'step-failed'; attempt: number; failure: Failure; consoleCalls: number }
  | { type: 'progress'; accounts: number | null; devices: number | null }
  /** The background started and found this Run at work. */
  | { type: 'woke' }
  | { type: 'consent'; clicks: number }
  | { type: 'waive'; clicks: number }
  /** Also `continue` after a cancel. */
  | { type: 'retry'; tabId: number | null; clicks: number }
  /** The vault has a secret that the admin captured; this client ID came with it. */
  | { type: 'captured'; clientId: string; clicks: number }
  | { type: 'use-rung'; rung: RungId; tabId: number | null; clicks: number }
  | { type: 'edit'; setup: RunSetup; tabId: number | null; clicks: number }
  | { type: 'cancel'; clicks: number }
  /** The admin leaves it as it stands. */
  | { type: 'dismiss'; clicks: number }
  | { type: 'undo'; tabId: number | null; clicks: number }
  /** The guide saw something on the pages of this step that the Run needs to know. */
  | { type: 'found'; step: GuidedStep; found: Readonly<Record<string, string>> }
  /** The guide says that this step's goal is reached. */
  | { type: 'guided'; step: GuidedStep }
  /** The admin's own account is in the vault: the administrator is made by API. */
  | { type: 'by-api'; clicks: number }
  /** The administrator of that name was there before; the admin agrees that it gets a new password. */
  | { type: 'take-over'; clicks: number }
  /** The vault has it no longer: too much time went by, or the browser was closed. */
  | { type: 'secret-gone'; secret: 'api-key' | 'password' | 'client-secret' }
  /** Which groups (by id) the service is to read. */
  | { type: 'choose-groups'; groups: string[]; clicks: number }
);

export type Effect =
  | { type: 'perform'; step: AnyStepId; attempt: number }
  /** Stop waiting and polling; a write on its way is let through, so that its outcome is known. */
  | { type: 'stop-waiting' }
  /** The vault forgets everything of this Run, tokens are ended. */
  | { type: 'forget-secrets' };

export interface Transition {
  run: Run;
  effects: Effect[];
}

export function perform(run: Run, step: AnyStepId, at: number, retry: boolean): Transition {
  run.phase = { kind: 'working', step, attempt: { startedAt: at }, retry };
  note(run, at, step, 'started');
  return { run, effects: [{ type: 'perform', step, attempt: at }] };
}

export function askAdmin(run: Run, step: AnyStepId, ask: Ask, at: number): Transition {
  run.phase = { kind: 'needs-admin', step, ask };
  note(run, at, step, 'asked', ask.kind);
  return { run, effects: [] };
}

export function note(run: Run, at: number, step: AnyStepId, what: Run['journal'][number]['what'], detail?: string): void {
  run.journal = [...run.journal, { at, step, what, ...(detail === undefined ? {} : { detail }) }].slice(-journalLimit);
}

export const isUndo = (step: AnyStepId): step is UndoStepId => step.startsWith('undo-');
