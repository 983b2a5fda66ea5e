import { type Failure } from '../failure.ts';
import { privilegesFor, type Recipe } from '../recipes/recipe.ts';
import type { ConsoleAdapter } from '../consoles/console.ts';
import { comparePrivileges, planRun, wantedPrivileges } from './plan.ts';
import { guidedStepIds, journalLimit, stepIds, type AnyStepId, type Ask, type Receipt, type Run, type RungId, type RunSetup, type StepId, type UndoStepId } from './run.ts';

/*
 * The Run as a pure function: state and event in, state and effects out. No browser, no clock, no randomness: events carry the
 * time (`at`, ms since the epoch). What a step does stands in effects.ts, what it means for the Run stands here.
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
  | { step: 'proof' }
  | { step: 'register'; made: NonNullable<Run['made']['registration']> }
  | { step: 'outcome'; accounts: number | null; devices: number | null; accountsUrl: string | null }
  /** Something of our name turned up that was not there when we looked: look at it with the admin. */
  | { step: 'role' | 'client' | 'register'; appeared: { role?: Run['seen']['role']; client?: Run['seen']['client']; registration?: Run['seen']['registration'] } }
  | { step: UndoStepId };

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

/**
 * Steps that change something outside and must not happen twice. Taking back is not among them: deleting what is gone already
 * is a success.
 */
const writes: ReadonlySet<AnyStepId> = new Set<StepId>(['role', 'client', 'secret', 'register']);

/** A secret that keeps getting lost is not minted for ever. */
const maxSecrets = 6;

/** A new Run, before its first step. @param consoleCalls calls already made for the choice (the list of sites) */
export function createRun(id: string, setup: RunSetup, tabId: number | null, at: number, tally: Run['tally']): Run {
  return {
    id,
    createdAt: at,
    updatedAt: at,
    setup,
    rung: 'session',
    tabId,
    phase: { kind: 'working', step: 'service-key', attempt: null, retry: false },
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
export function transition(run: Run, event: RunEvent, recipe: Recipe, rights: ConsoleAdapter['rights']): Transition {
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
      return advance(next, event.at, recipe, rights);

    case 'woke':
      if (phase.kind !== 'working') return unchanged;
      if (phase.attempt !== null) {
        note(next, event.at, phase.step, 'woke');
        doubt(next, phase.step, phase.attempt.startedAt);
      }
      // The click allowed one reload of the page, then; not another one now, when the admin may be at work there.
      if (next.mayBorrow) return fail(next, phase.step, { code: 'page-token-missing', params: { reason: 'interrupted' }, certainty: 'not-done' }, event.at, recipe, rights);
      // What waited for its outcome died with the background; what it may have left stands in the doubts.
      if (next.cancelRequested) return cancelled(next, phase.step, event.at);
      return perform(next, phase.step, event.at, phase.retry);

    case 'progress':
      if (phase.kind !== 'working' || phase.step !== 'outcome') return unchanged;
      next.progress = { accounts: event.accounts, devices: event.devices };
      return { run: next, effects: [] };

    case 'step-done':
      if (phase.kind !== 'working' || phase.attempt?.startedAt !== event.attempt || phase.step !== event.result.step) return unchanged;
      next.tally.consoleCalls += event.consoleCalls;
      note(next, event.at, phase.step, 'done');
      delete next.doubts[phase.step];
      delete next.mayBorrow;
      return take(next, event.result, event.at, recipe, rights);

    case 'step-failed':
      if (phase.kind !== 'working' || phase.attempt?.startedAt !== event.attempt) return unchanged;
      next.tally.consoleCalls += event.consoleCalls;
      note(next, event.at, phase.step, 'failed', event.failure.code);
      if (event.failure.certainty === 'unknown') doubt(next, phase.step, phase.attempt.startedAt);
      return fail(next, phase.step, event.failure, event.at, recipe, rights);

    case 'consent':
      if (phase.kind !== 'needs-admin' || phase.ask.kind !== 'consent') return unchanged;
      next.consented = true;
      return advance(next, event.at, recipe, rights);

    case 'waive':
      if (phase.kind !== 'needs-admin' || phase.ask.kind !== 'unknown-privileges') return unchanged;
      next.waived = [...new Set([...next.waived, ...phase.ask.names])];
      return advance(next, event.at, recipe, rights);

    case 'captured': {
      if (phase.kind !== 'needs-admin' || phase.ask.kind !== 'capture') return unchanged;
      const { name } = next.setup;
      // Nobody told us their ids: undo has nothing to take back, and the token's roles cannot be compared.
      next.made.role ??= { value: { id: '', name, privileges: wantedPrivileges(next, recipe) }, origin: 'found' };
      next.made.client = {
        value: { id: '', name, roles: [name], enabled: true, tokenLifetime: recipe.tokenLifetime, ...next.made.client?.value, clientId: event.clientId },
        origin: next.made.client?.origin ?? 'found',
      };
      next.made.secrets += 1;
      next.made.secretAt = event.at;
      next.done = [...next.done, 'secret'];
      note(next, event.at, 'secret', 'done', 'captured');
      return advance(next, event.at, recipe, rights);
    }

    case 'use-rung':
      if (phase.kind !== 'needs-admin' && phase.kind !== 'failed') return unchanged;
      next.rung = event.rung;
      next.tabId = event.tabId ?? next.tabId;
      if (event.rung === 'borrowed-token') next.mayBorrow = true;
      if (isUndo(phase.step)) return perform(next, phase.step, event.at, true);
      reopen(next, 'console-access');
      return advance(next, event.at, recipe, rights);

    case 'retry': {
      if (phase.kind !== 'failed' && phase.kind !== 'cancelled' && phase.kind !== 'needs-admin') return unchanged;
      next.tabId = event.tabId ?? next.tabId;
      next.cancelRequested = false;
      if (phase.kind === 'failed' || phase.kind === 'cancelled') {
        if (isUndo(phase.step)) return perform(next, phase.step, event.at, true);
        if (phase.kind === 'failed') reopenFor(next, phase.step, phase.failure);
      } else if (phase.ask.kind === 'rung') {
        reopen(next, 'console-access');
      } else if (phase.ask.kind === 'unknown-privileges') {
        // Another admin may have updated the console meanwhile.
        reopen(next, 'privileges');
      }
      return advance(next, event.at, recipe, rights, true);
    }

    case 'edit':
      if (phase.kind === 'working' || phase.kind === 'connected' || phase.kind === 'undone') return unchanged;
      // Under another name the objects that were made so far, or may have been, would no longer be known as ours.
      next.setup = { ...event.setup, tenant: run.setup.tenant, service: run.setup.service, ...(hasNamed(run) ? { name: run.setup.name } : {}) };
      next.tabId = event.tabId ?? next.tabId;
      next.cancelRequested = false;
      startOver(next);
      return advance(next, event.at, recipe, rights);

    case 'cancel':
      if (phase.kind === 'working') {
        if (next.cancelRequested || isUndo(phase.step)) return unchanged;
        if (phase.attempt === null) return cancelled(next, phase.step, event.at);
        next.cancelRequested = true;
        return { run: next, effects: [{ type: 'stop-waiting' }] };
      }
      if (phase.kind === 'needs-admin' || phase.kind === 'failed') return cancelled(next, phase.step, event.at);
      return unchanged;

    case 'dismiss':
      if (phase.kind === 'working') return unchanged;
      next.dismissed = true;
      return { run: next, effects: [{ type: 'forget-secrets' }] };

    case 'undo':
      if (phase.kind !== 'failed' && phase.kind !== 'cancelled' && phase.kind !== 'needs-admin') return unchanged;
      next.tabId = event.tabId ?? next.tabId;
      next.cancelRequested = false;
      return undoNext(next, undefined, event.at);
  }
}

/** Goes to the next step that is not done, unless the admin, a missing right or a cancel stands in between. */
function advance(run: Run, at: number, recipe: Recipe, rights: ConsoleAdapter['rights'], retry = false): Transition {
  const order = run.rung === 'guided' ? guidedStepIds : stepIds;
  const step = order.find((id) => !run.done.includes(id)) ?? 'outcome';
  if (run.cancelRequested) return cancelled(run, step, at);

  const isDone = (id: StepId): boolean => run.done.includes(id);
  if (isDone('console-access') && !isDone('role')) {
    const missing = missingRights(run, rights.look);
    if (missing.length > 0) return lackRights(run, missing, at);
  }
  if (isDone('privileges') && !isDone('role')) {
    const { missing: unknown } = comparePrivileges(wantedPrivileges(run, recipe), run.seen.privileges ?? []);
    if (unknown.length > 0) return askAdmin(run, 'privileges', { kind: 'unknown-privileges', names: unknown }, at);
  }
  // Another account may have signed in since: its rights count.
  if (isDone('console-access') && isDone('find-registration') && !(isDone('role') && isDone('client'))) {
    const plan = planRun(run, recipe);
    const missing = missingRights(run, [...new Set(plan.rights.flatMap((right) => rights[right]))]);
    if (missing.length > 0) return lackRights(run, missing, at);
    if (plan.changes.length > 0 && !run.consented) return askAdmin(run, step, { kind: 'consent', changes: plan.changes }, at);
  }
  if (run.rung === 'guided' && step === 'secret') return askAdmin(run, step, { kind: 'capture', failure: null }, at);
  return perform(run, step, at, retry);
}

function missingRights(run: Run, needed: string[]): string[] {
  const access = run.seen.access;
  return !access || access.full ? [] : comparePrivileges(needed, access.privileges).missing;
}

function perform(run: Run, step: AnyStepId, at: number, retry: boolean): Transition {
  run.phase = { kind: 'working', step, attempt: { startedAt: at }, retry };
  note(run, at, step, 'started');
  return { run, effects: [{ type: 'perform', step, attempt: at }] };
}

function askAdmin(run: Run, step: AnyStepId, ask: Ask, at: number): Transition {
  run.phase = { kind: 'needs-admin', step, ask };
  note(run, at, step, 'asked', ask.kind);
  return { run, effects: [] };
}

function lackRights(run: Run, names: string[], at: number): Transition {
  // Asked again on retry: another admin may have granted them meanwhile.
  reopen(run, 'console-access');
  run.phase = { kind: 'failed', step: 'console-access', failure: { code: 'rights-missing', params: { names, account: run.seen.access?.account ?? '' }, certainty: 'not-done' } };
  note(run, at, 'console-access', 'failed', 'rights-missing');
  return { run, effects: [] };
}

function cancelled(run: Run, step: AnyStepId, at: number): Transition {
  run.cancelRequested = false;
  run.phase = { kind: 'cancelled', step };
  note(run, at, step, 'cancelled');
  // A minted secret is forgotten with it; going on mints anew.
  reopen(run, 'secret');
  return { run, effects: [{ type: 'forget-secrets' }] };
}

/** Writes a step's result into the Run and goes on. */
function take(run: Run, result: StepResult, at: number, recipe: Recipe, rights: ConsoleAdapter['rights']): Transition {
  if ('appeared' in result) {
    Object.assign(run.seen, result.appeared);
    run.consented = false;
    return advance(run, at, recipe, rights);
  }
  switch (result.step) {
    case 'service-key':
      run.seen.organization = result.organization;
      break;
    case 'console-access':
      run.seen.access = result.access;
      break;
    case 'privileges':
      // The live list has hundreds of names; only ours matter later.
      run.seen.privileges = privilegesFor(recipe, recipe.dataSets.map((set) => set.id)).filter((name) => result.names.includes(name));
      break;
    case 'find-role':
      run.seen.role = result.role;
      break;
    case 'find-client':
      run.seen.client = result.client;
      break;
    case 'find-registration':
      run.seen.registration = result.registration;
      break;
    case 'role':
      run.made.role = firstOwner(run.made.role, result.made);
      break;
    case 'client':
      run.made.client = firstOwner(run.made.client, result.made);
      break;
    case 'secret':
      if (run.made.client) run.made.client.value.clientId = result.clientId;
      if (result.minted) run.made.secrets += 1;
      run.made.secretAt = result.secretAt;
      break;
    case 'proof':
      break;
    case 'register':
      run.made.registration = { id: result.made.id, origin: run.made.registration?.origin ?? result.made.origin };
      break;
    case 'outcome':
      return connected(run, result, at);
    default:
      forgetUndone(run, result.step);
      return undoNext(run, result.step, at);
  }
  run.done = [...run.done, result.step];
  return advance(run, at, recipe, rights);
}

/** A second pass over our own object must not turn "created" into "found", nor lose what was there before. */
function firstOwner<T extends { value: { id: string }; origin: 'created' | 'found' | 'changed' }>(earlier: T | undefined, now: T): T {
  return earlier && earlier.value.id === now.value.id && earlier.origin !== 'found' ? { ...earlier, value: now.value } : now;
}

function connected(run: Run, result: Extract<StepResult, { step: 'outcome'; accounts: number | null }>, at: number): Transition {
  const { role, client, registration } = run.made;
  if (!role || !client || !registration) throw new Error('outcome without role, client and registration');
  const receipt: Receipt = {
    organization: run.seen.organization ?? '',
    role: { name: role.value.name, origin: role.origin },
    client: { name: client.value.name, origin: client.origin },
    registrationId: registration.id,
    accounts: result.accounts,
    devices: result.devices,
    accountsUrl: result.accountsUrl,
    took: at - run.createdAt,
  };
  run.phase = { kind: 'connected', receipt };
  run.cancelRequested = false;
  return { run, effects: [{ type: 'forget-secrets' }] };
}

/** Where a rung gave way: those to go on with, best first. */
const rungsAfter: Partial<Record<Failure['code'], RungId[]>> = {
  'console-session-refused': ['borrowed-token', 'sign-in', 'guided'],
  'page-token-expired': ['borrowed-token', 'sign-in', 'guided'],
  'page-token-missing': ['sign-in', 'guided'],
  'sign-in-expired': ['sign-in', 'guided'],
};

/** What a failed step means: go back, ask, or stop and say why. */
function fail(run: Run, step: AnyStepId, failure: Failure, at: number, recipe: Recipe, rights: ConsoleAdapter['rights']): Transition {
  delete run.mayBorrow;
  if (run.cancelRequested) return cancelled(run, step, at);
  if (run.rung === 'guided' && (failure.code === 'secret-lost' || failure.code === 'credentials-not-accepted')) {
    reopen(run, 'secret');
    return askAdmin(run, 'secret', { kind: 'capture', failure: { ...failure, params: { ...failure.params, by: 'hand' } } }, at);
  }
  if (failure.code === 'secret-lost' && run.made.secrets < maxSecrets) {
    reopen(run, 'secret');
    return advance(run, at, recipe, rights);
  }
  const offered = rungsAfter[failure.code];
  if (offered && !isUndo(step)) {
    if (failure.code === 'page-token-missing') {
      // Trying again begins with the session; what was seen with an earlier token says nothing of it.
      run.rung = 'session';
      delete run.seen.access;
    }
    return askAdmin(run, step, { kind: 'rung', failure, offered }, at);
  }
  run.phase = { kind: 'failed', step, failure };
  return { run, effects: [] };
}

/** What is taken back is no longer this Run's; what was only found or could not be restored stays on record. */
function forgetUndone(run: Run, step: UndoStepId): void {
  const { role, client, registration } = run.made;
  if (step === 'undo-registration' && registration?.origin === 'created') delete run.made.registration;
  if (step === 'undo-client' && client && client.origin === 'created') delete run.made.client;
  if (step === 'undo-role' && role && role.origin !== 'found') delete run.made.role;
}

/** Something may stand in the console under the setup's name. */
function hasNamed(run: Run): boolean {
  return run.made.role !== undefined || run.doubts.role !== undefined || run.doubts.client !== undefined;
}

/** "Try again" after a failure starts where trying again can help. */
function reopenFor(run: Run, step: AnyStepId, failure: Failure): void {
  // The admin mends the role in the console; the same secret goes on working.
  if (run.rung === 'guided' && failure.params['code'] === 'privilege_missing') return;
  switch (failure.code) {
    case 'credentials-not-accepted':
    case 'secret-lost':
      return reopen(run, 'secret');
    case 'credentials-scope-differs':
    case 'role-differs':
    case 'rights-missing':
      return startOver(run);
    case 'service-reports-failure':
      if (failure.params['code'] === 'credentials_rejected') return reopen(run, 'secret');
      // The service reads with the role: look at it again, mend it, and hand over once more.
      if (failure.params['code'] === 'privilege_missing') return startOver(run);
      return;
    case 'service-refused':
      // Somebody removed the registration at the service while the Run stood still: it hands over anew.
      if (failure.params['status'] === '404' && (step === 'register' || step === 'outcome')) {
        delete run.made.registration;
        return startOver(run);
      }
      // The idempotency key is spent; a new secret has a new one.
      if (failure.params['code'] === 'integration_deleted' || failure.params['code'] === 'idempotency_key_reused') return reopen(run, 'secret');
      return;
    case 'console-refused':
      // Somebody removed the role or the client while the Run stood still.
      if (failure.params['status'] === '404') return startOver(run);
      return;
    default:
  }
}

/** This step and all after it are to be done again. */
function reopen(run: Run, step: StepId): void {
  // A new rung changes who we are, not what was found or made.
  if (step === 'console-access') run.done = run.done.filter((id) => id !== step);
  else run.done = run.done.filter((id) => stepIds.indexOf(id) < stepIds.indexOf(step));
}

/** Everything is looked at again; what this Run made stays known as its own. */
function startOver(run: Run): void {
  run.done = [];
  run.seen = {};
  run.waived = [];
  run.consented = false;
}

const isUndo = (step: AnyStepId): step is UndoStepId => step.startsWith('undo-');

/** The next thing to take back after `last`, newest first; then done. */
function undoNext(run: Run, last: UndoStepId | undefined, at: number): Transition {
  const inDoubt = (id: StepId): boolean => run.doubts[id] !== undefined;
  const { role, client, registration } = run.made;
  const open: [UndoStepId, boolean][] = [
    ['undo-registration', registration?.origin === 'created' || inDoubt('register')],
    ['undo-client', (client !== undefined && client.origin !== 'found') || inDoubt('client')],
    ['undo-role', (role !== undefined && role.origin !== 'found') || inDoubt('role')],
  ];
  const rest = open.slice(last === undefined ? 0 : open.findIndex(([step]) => step === last) + 1);
  const step = rest.find(([, isNeeded]) => isNeeded)?.[0];
  if (step) return perform(run, step, at, false);
  run.phase = { kind: 'undone' };
  run.doubts = {};
  return { run, effects: [{ type: 'forget-secrets' }] };
}

/** The newest attempt counts: the cluster may still be hiding it. */
function doubt(run: Run, step: AnyStepId, since: number): void {
  if (writes.has(step)) run.doubts[step] = since;
}

function note(run: Run, at: number, step: AnyStepId, what: Run['journal'][number]['what'], detail?: string): void {
  run.journal = [...run.journal, { at, step, what, ...(detail === undefined ? {} : { detail }) }].slice(-journalLimit);
}
