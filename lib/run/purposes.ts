import type { Failure } from '../failure.ts';
import type { RungId } from '../consoles/console.ts';
import type { Service } from '../services/service.ts';
import { createRun } from './transition.ts';
import { apiStepIds, guidedStepIds, undoStepIds, type AnyStepId, type ApiStepId, type Purpose, type Receipt, type Run, type RunSetup } from './run.ts';

/*
 * Life after the first connection: which steps a Run has by its purpose, what it begins with, and what one that stopped left.
 * Pure.
 */

/** What the Run before left: a connection. */
export interface Left {
  setup: RunSetup;
  made: Run['made'];
  receipt: Receipt;
  waived?: string[] | undefined;
}

/** What there is to work with. */
export interface Ways {
  /** Of the console. */
  rungs: readonly RungId[];
  /** Of the service. */
  can: Service['can'];
  /** Purpose `disconnect`: takes back in the console, too. */
  removesConsole: boolean;
}

/** Steps of the course "API" that a purpose does without. None of them creates anything: what is gone is said. */
function without(purpose: Exclude<Purpose, 'disconnect'>, can: Service['can']): readonly ApiStepId[] {
  switch (purpose) {
    case 'edit':
      return can.keepSecret ? ['client', 'secret', 'proof'] : [];
    case 'rotate':
      return ['privileges', 'role'];
    case 'rights':
      return ['find-client', 'client', 'secret', 'proof', 'register', ...(can.sync ? [] : (['service-key', 'find-registration', 'outcome'] as const))];
  }
}

/** Only what Keyferry created; what it found or changed stays. */
function stepsBack({ registration, client, role }: Run['made'], can: Service['can'], removesConsole: boolean): AnyStepId[] {
  const created = { 'undo-registration': can.disconnect && registration, 'undo-client': removesConsole && client, 'undo-role': removesConsole && role };
  const back = undoStepIds.filter((step) => (created[step] || undefined)?.origin === 'created');
  return back.some((step) => step !== 'undo-registration') ? ['console-access', ...back] : back;
}

const asFound = <T extends { value: unknown }>(made: T | undefined): { value: T['value']; origin: 'found' } | undefined => made && { value: made.value, origin: 'found' };

/**
 * A Run on a connection that is there, before its first step.
 * @param setup of it only what an edit may change counts
 */
export function createLaterRun(id: string, left: Left, setup: RunSetup & { purpose: Purpose }, { rungs, can, removesConsole }: Ways, tabId: number | null, at: number, tally: Run['tally']): Run {
  const { purpose } = setup;
  const { dataSets, group, name, answers } = purpose === 'edit' ? setup : left.setup;
  // Where the console's API makes nothing, the admin does, led.
  const all = rungs.every((rung) => rung === 'guided') ? guidedStepIds : apiStepIds;
  const steps = purpose === 'disconnect' ? stepsBack(left.made, can, removesConsole) : all.filter((step) => !without(purpose, can).includes(step));
  const { role, client, registration } = left.made;
  return {
    ...createRun(id, { ...left.setup, purpose, dataSets, group, name, answers }, tabId, at, tally, steps[0] ?? 'undo-role'),
    steps,
    waived: left.waived ?? [],
    // The admin was shown what differs, and pressed.
    consented: purpose === 'rights',
    seen: { organization: left.receipt.organization },
    made: purpose === 'disconnect' ? { ...left.made, secrets: 0 } : { role: asFound(role), client: asFound(client), registration: registration && { id: registration.id, origin: 'found' }, secrets: 0 },
  };
}

/**
 * Says what a new secret left that ended the one in use and did not reach the service; `undefined` where there is none.
 * @param cause why the Run stopped, where that is a failure
 */
export function secretNotHandedOver(run: Run, cause?: Failure): Failure | undefined {
  const { made, doubts, journal } = run;
  const used = run.seen.registration?.clientId ?? '';
  // Another client's secret ends nothing.
  if (used !== '' && used !== made.client?.value.clientId) return undefined;
  if (doubts.secret === undefined && made.secrets <= (made.handedOver ?? 0)) return undefined;
  const first = journal.find(({ step, what }) => step === 'secret' && what === 'done')?.at ?? made.secretAt;
  const since = new Date(Math.min(first ?? Infinity, doubts.secret ?? Infinity, run.updatedAt)).toISOString();
  const organization = run.seen.organization ?? new URL(run.setup.service.address).host;
  return {
    code: 'secret-not-handed-over',
    params: { ...cause?.params, cause: cause?.code ?? '', since, organization, service: doubts.register === undefined ? 'old' : 'unknown' },
    certainty: cause?.certainty ?? 'not-done',
  };
}
