import { causeOf, type Failure } from '../failure.ts';
import { privilegesFor, type Recipe } from '../recipes/recipe.ts';
import type { ConsoleAdapter, RungId } from '../consoles/console.ts';
import type { Course } from './course.ts';
import { askAdmin, isUndo, note, perform, type RunEvent, type StepResult, type Transition } from './machine.ts';
import { comparePrivileges, firstOwner, namesOf, planRun, wantedPrivileges } from './plan.ts';
import { secretNotHandedOver } from './purposes.ts';
import { apiStepIds, stepsOf, undoStepIds, type AnyStepId, type ApiStepId, type Ask, type Receipt, type Run, type RunSetup, type StepId, type UndoStepId } from './run.ts';

/*
 * The course of a Run whose console and service both have an API: role, client and one-time secret in the console, by the Run's
 * rung, then the registration at the service. What a step does stands in effects.ts, what it means for the Run stands here.
 */

/** What the course goes by. */
interface Knowledge {
  recipe: Recipe;
  console: Pick<ConsoleAdapter, 'rights' | 'rungs'>;
  /** `form`: the admin hands over in the service's own form, led by the guide. */
  delivery: 'api' | 'form';
}

/**
 * Steps that change something outside and must not happen twice. Taking back is not among them: deleting what is gone already
 * is a success.
 */
const writes: ReadonlySet<AnyStepId> = new Set<StepId>(['role', 'client', 'secret', 'register']);

/** Up to here nothing is written. */
const looks = apiStepIds.slice(0, apiStepIds.indexOf('role'));

/** A secret that keeps getting lost is not minted for ever. */
const maxSecrets = 6;

export function apiCourse(recipe: Recipe, console: Knowledge['console'], delivery: Knowledge['delivery'] = 'api'): Course {
  const knowledge = { recipe, console, delivery };
  return {
    writes,
    advance: (run, at, retry) => advance(run, at, knowledge, retry),
    take: (run, result, at) => take(run, result, at, knowledge),
    fail: (run, step, failure, at) => fail(run, step, failure, at, knowledge),
    cancelled,
    edit,
    // In a form it is handed over once more, wherever the mistake was.
    reopenFor: (run, step, failure) => (delivery === 'form' && failure.code === 'service-reports-failure' ? reopen(run, 'register') : reopenFor(run, step, failure)),
    handle: (run, event) => handle(run, event, knowledge),
    reopenForAsk,
  };
}

function handle(run: Run, event: RunEvent, knowledge: Knowledge): Transition | undefined {
  const { phase } = run;
  switch (event.type) {
    case 'consent':
      if (phase.kind !== 'needs-admin' || phase.ask.kind !== 'consent') return undefined;
      run.consented = true;
      return advance(run, event.at, knowledge);

    case 'waive':
      if (phase.kind !== 'needs-admin' || phase.ask.kind !== 'unknown-privileges') return undefined;
      run.waived = [...new Set([...run.waived, ...phase.ask.names])];
      return advance(run, event.at, knowledge);

    case 'captured': {
      if (phase.kind !== 'needs-admin' || phase.ask.kind !== 'capture') return undefined;
      const { recipe } = knowledge;
      const { name } = run.setup;
      const role = recipe.builtInRole ?? name;
      // Nobody told us their ids: undo has nothing to take back, and the token's roles cannot be compared.
      if (!isKnown(run.made.role)) run.made.role = { value: { id: '', name: role, privileges: wantedPrivileges(run, recipe) }, origin: 'found' };
      const { value, ...client } = isKnown(run.made.client)
        ? run.made.client
        : { value: { id: '', name, roles: [role], enabled: true, tokenLifetime: recipe.tokenLifetime }, origin: 'found' as const };
      run.made.client = { ...client, value: { ...value, clientId: event.clientId } };
      run.made.secrets += 1;
      run.made.secretAt = event.at;
      run.done = [...run.done, 'secret'];
      note(run, event.at, 'secret', 'done', 'captured');
      return advance(run, event.at, knowledge);
    }

    case 'found': {
      if (!isAtForm(run) || event.step !== 'register') return undefined;
      const { outcome, reason = '' } = event.found;
      if (outcome === undefined) return undefined;
      run.seen = { ...run.seen, status: outcome };
      const failure: Failure | null = outcome === 'failed' ? { code: 'service-reports-failure', params: { code: '', message: reason, privileges: [], organization: run.seen.organization ?? '' }, certainty: 'not-done' } : null;
      run.phase = { kind: 'needs-admin', step: 'register', ask: { kind: 'guide', failure } };
      return { run, effects: [] };
    }

    case 'guided':
      if (!isAtForm(run) || event.step !== 'register') return undefined;
      // The admin's own doing: nothing that Keyferry could take back.
      run.made.registration = { id: run.seen.registration?.id ?? '', origin: 'found' };
      run.made.handedOver = run.made.secrets;
      run.done = [...run.done, 'register'];
      note(run, event.at, 'register', 'done', 'guided');
      return advance(run, event.at, knowledge);

    case 'secret-gone':
      return isAtForm(run) ? fail(run, 'register', { code: 'secret-lost', params: {}, certainty: 'not-done' }, event.at, knowledge) : undefined;

    case 'use-rung':
      if ((phase.kind !== 'needs-admin' && phase.kind !== 'failed') || !knowledge.console.rungs.includes(event.rung)) return undefined;
      // The guide leads to a first connection, where there is another way.
      if (event.rung === 'guided' && run.setup.purpose && run.rung !== 'guided') return undefined;
      run.rung = event.rung;
      run.tabId = event.tabId ?? run.tabId;
      if (event.rung === 'borrowed-token') run.mayBorrow = true;
      if (isUndo(phase.step)) return perform(run, phase.step, event.at, true);
      reopen(run, 'console-access');
      return advance(run, event.at, knowledge);

    case 'undo':
      // What an earlier Run made and this one only changed is in use.
      if (run.setup.purpose) return undefined;
      if (phase.kind !== 'failed' && phase.kind !== 'cancelled' && phase.kind !== 'needs-admin') return undefined;
      run.tabId = event.tabId ?? run.tabId;
      run.cancelRequested = false;
      return undoNext(run, undefined, event.at);

    default:
      return undefined;
  }
}

/** Goes to the next step that is not done, unless the admin, a missing right or a cancel stands in between. */
function advance(run: Run, at: number, { recipe, console: { rights, rungs }, delivery }: Knowledge, retry = false): Transition {
  if (!rungs.includes(run.rung)) run.rung = rungs[0];
  const steps = stepsOf(run);
  const isDone = (id: AnyStepId): boolean => (run.done as AnyStepId[]).includes(id);
  const hasLeft = (...ids: readonly AnyStepId[]): boolean => ids.some((id) => steps.includes(id) && !isDone(id));
  const step = steps.find((id) => !isDone(id));
  if (run.cancelRequested) return cancelled(run, step ?? 'outcome', at);
  if (run.setup.purpose === 'disconnect' && (step === undefined || isUndo(step))) return disconnect(run, at, rights);
  // Who cannot be asked says nothing of the outcome.
  if (step === undefined) return connected(run, { accounts: null, devices: null, accountsUrl: null }, at);

  if (isDone('console-access') && hasLeft('role', 'client')) {
    const missing = missingRights(run, rights.look);
    if (missing.length > 0) return lackRights(run, missing, at);
  }
  if (isDone('privileges') && hasLeft('role')) {
    const { missing: unknown } = comparePrivileges(wantedPrivileges(run, recipe), run.seen.privileges ?? []);
    if (unknown.length > 0) return askAdmin(run, 'privileges', { kind: 'unknown-privileges', names: unknown }, at);
  }
  // Another account may have signed in since: its rights count.
  if (!hasLeft(...looks) && hasLeft('role', 'client')) {
    const plan = planRun(run, recipe);
    const missing = missingRights(run, [...new Set(plan.rights.flatMap((right) => rights[right]))]);
    if (missing.length > 0) return lackRights(run, missing, at);
    if (plan.changes.length > 0 && !run.consented) return askAdmin(run, step, { kind: 'consent', changes: plan.changes }, at);
  }
  if (run.rung === 'guided' && isDone('find-registration') && !isDone('register') && !run.consented) {
    // Role and client are the admin's own doing.
    const changes = planRun(run, recipe).changes.filter(({ object }) => object === 'registration');
    if (changes.length > 0) return askAdmin(run, step, { kind: 'consent', changes }, at);
  }
  if (run.rung === 'guided' && step === 'secret') return askAdmin(run, step, { kind: 'capture', failure: null }, at);
  if (delivery === 'form' && step === 'register') return askAdmin(run, step, { kind: 'guide', failure: deadUntilSaved(run) }, at);
  return perform(run, step, at, retry);
}

/** Takes back what there is to take back; who may not is told before the first of it. */
function disconnect(run: Run, at: number, rights: ConsoleAdapter['rights']): Transition {
  const needed = [...(run.steps?.includes('undo-client') ? rights.deleteClient : []), ...(run.steps?.includes('undo-role') ? rights.deleteRole : [])];
  const missing = missingRights(run, needed);
  return missing.length > 0 ? lackRights(run, missing, at) : undoNext(run, undefined, at);
}

/** A connection that is there cannot read from the new secret on until the admin has saved it in the form. */
function deadUntilSaved(run: Run): Failure | null {
  const failure = run.setup.purpose && secretNotHandedOver(run);
  return failure ? { ...failure, params: { ...failure.params, by: 'form' } } : null;
}

/** The admin is at the service's form. */
const isAtForm = ({ phase }: Run): boolean => phase.kind === 'needs-admin' && phase.step === 'register' && phase.ask.kind === 'guide';

function missingRights(run: Run, needed: string[]): string[] {
  const access = run.seen.access;
  return !access || access.full ? [] : comparePrivileges(needed, access.privileges).missing;
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
function take(run: Run, result: StepResult, at: number, knowledge: Knowledge): Transition {
  if ('appeared' in result) {
    Object.assign(run.seen, result.appeared);
    run.consented = false;
    return advance(run, at, knowledge);
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
      run.seen.privileges = privilegesFor(knowledge.recipe, knowledge.recipe.dataSets.map((set) => set.id)).filter((name) => result.names.includes(name));
      break;
    case 'find-role':
      run.seen.role = result.role;
      if (run.setup.purpose && !result.role) return gone(run, result.step, at);
      break;
    case 'find-client':
      run.seen.client = result.client;
      if (run.setup.purpose && result.client?.clientId !== run.made.client?.value.clientId) return gone(run, result.step, at);
      break;
    case 'find-registration':
      run.seen.registration = result.registration;
      if (!run.setup.purpose) break;
      if (!result.registration) return gone(run, result.step, at);
      run.made.registration = { id: result.registration.id, origin: 'found' };
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
      if (result.api && run.setup.api) run.setup.api = { ...run.setup.api, ...result.api };
      break;
    case 'register':
      run.made.registration = { id: result.made.id, origin: run.made.registration?.origin ?? result.made.origin };
      run.made.handedOver = run.made.secrets;
      break;
    case 'outcome':
      return connected(run, result, at);
    default:
      if (!isUndo(result.step)) throw new Error(`no step of this course: ${result.step}`);
      forgetUndone(run, result.step);
      return undoNext(run, result.step, at);
  }
  run.done = [...run.done, result.step];
  return advance(run, at, knowledge);
}

function connected(run: Run, result: Omit<Extract<StepResult, { step: 'outcome'; accounts: number | null }>, 'step'>, at: number): Transition {
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
    ...(result.proof && { proof: result.proof }),
  };
  run.phase = { kind: 'connected', receipt };
  run.cancelRequested = false;
  return { run, effects: [{ type: 'forget-secrets' }] };
}

/** Which part of a connection a step is about. */
const parts: Partial<Record<AnyStepId, 'role' | 'client' | 'registration'>> = {
  'find-role': 'role', 'role': 'role',
  'find-client': 'client', 'client': 'client', 'secret': 'client',
  'find-registration': 'registration', 'register': 'registration', 'outcome': 'registration',
};

/** Part of the connection is not there: another one is made by connecting anew, not by this Run. */
function goneAt(run: Run, step: AnyStepId): Failure | undefined {
  const what = parts[step];
  const names: Partial<Record<typeof what & string, string>> = namesOf(run);
  return what && { code: 'connection-gone', params: { what, name: names[what] ?? '', organization: run.seen.organization ?? '' }, certainty: 'not-done' };
}

function gone(run: Run, step: AnyStepId, at: number): Transition {
  run.phase = { kind: 'failed', step, failure: goneAt(run, step)! };
  note(run, at, step, 'failed', 'connection-gone');
  return { run, effects: [] };
}

/** What a failure of a Run on a connection that is there means for it. */
function meaningFor(run: Run, step: AnyStepId, failure: Failure): Failure {
  const { purpose } = run.setup;
  if (!purpose || purpose === 'disconnect' || failure.code === 'connection-gone') return failure;
  const isMissing = (failure.code === 'service-refused' || failure.code === 'console-refused') && failure.params['status'] === '404';
  return (isMissing ? goneAt(run, step) : undefined) ?? secretNotHandedOver(run, failure) ?? failure;
}

/** Where a rung gave way: those to go on with, best first. */
const rungsAfter: Partial<Record<Failure['code'], RungId[]>> = {
  'console-session-refused': ['borrowed-token', 'sign-in', 'guided'],
  'page-token-expired': ['borrowed-token', 'sign-in', 'guided'],
  'page-token-missing': ['sign-in', 'guided'],
  'sign-in-expired': ['sign-in', 'guided'],
};

/** What a failed step means: go back, ask, or stop and say why. */
function fail(run: Run, step: AnyStepId, failure: Failure, at: number, knowledge: Knowledge): Transition {
  delete run.mayBorrow;
  if (run.cancelRequested) return cancelled(run, step, at);
  if (run.rung === 'guided' && (failure.code === 'secret-lost' || failure.code === 'credentials-not-accepted' || failure.code === 'uem-client-refused')) {
    reopen(run, 'secret');
    return askAdmin(run, 'secret', { kind: 'capture', failure: { ...failure, params: { ...failure.params, by: 'hand', console: run.setup.tenant.console } } }, at);
  }
  if (failure.code === 'secret-lost' && run.made.secrets < maxSecrets) {
    reopen(run, 'secret');
    return advance(run, at, knowledge);
  }
  const offered = rungsAfter[failure.code]?.filter((rung) => knowledge.console.rungs.includes(rung) && (rung !== 'guided' || !run.setup.purpose));
  if (offered && !isUndo(step)) {
    if (failure.code === 'page-token-missing') {
      // Trying again begins with the session; what was seen with an earlier token says nothing of it.
      run.rung = 'session';
      delete run.seen.access;
    }
    return askAdmin(run, step, { kind: 'rung', failure, offered }, at);
  }
  run.phase = { kind: 'failed', step, failure: meaningFor(run, step, failure) };
  return { run, effects: [] };
}

/** What is taken back is no longer this Run's; what was only found or could not be restored stays on record. */
function forgetUndone(run: Run, step: UndoStepId): void {
  const { role, client, registration } = run.made;
  if (step === 'undo-registration' && registration?.origin === 'created') delete run.made.registration;
  if (step === 'undo-client' && client && client.origin === 'created') delete run.made.client;
  if (step === 'undo-role' && role && role.origin !== 'found') delete run.made.role;
}

function edit(run: Run, setup: RunSetup): void {
  // Under another name the objects that were made so far, or may have been, would no longer be known as ours.
  run.setup = { ...setup, ...(isNamed(run) ? { name: run.setup.name } : {}) };
  startOver(run);
}

/** Something may stand in the console under the setup's name. */
function isNamed(run: Run): boolean {
  return isKnown(run.made.role) || run.doubts.role !== undefined || run.doubts.client !== undefined;
}

/** By its id: what the admin made and captured has none here. */
function isKnown<T extends { value: { id: string } }>(made: T | undefined): made is T {
  return made !== undefined && made.value.id !== '';
}

/** "Try again" after a failure starts where trying again can help. */
function reopenFor(run: Run, step: AnyStepId, stopped: Failure): void {
  const failure = causeOf(stopped);
  // The admin mends the role in the console; the same secret goes on working.
  if (run.rung === 'guided' && failure.params['code'] === 'privilege_missing') return;
  switch (failure.code) {
    case 'credentials-not-accepted':
    case 'secret-lost':
      return reopen(run, 'secret');
    case 'credentials-scope-differs':
    case 'role-differs':
    case 'rights-missing':
    case 'connection-gone':
      return startOver(run);
    case 'service-reports-failure':
      // Whatever this Run was for, now it takes all that a connection needs.
      if (run.steps && ['credentials_rejected', 'privilege_missing'].includes(String(failure.params['code']))) {
        run.steps = [...apiStepIds];
        return startOver(run);
      }
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

function reopenForAsk(run: Run, ask: Ask): void {
  if (ask.kind === 'rung') reopen(run, 'console-access');
  // The same credentials once more: a new client may not be known everywhere yet.
  if (ask.kind === 'capture' && ask.failure?.code === 'uem-client-refused') run.done = [...run.done, 'secret'];
  // Another admin may have updated the console meanwhile.
  if (ask.kind === 'unknown-privileges') reopen(run, 'privileges');
}

/** This step and all after it are to be done again. */
function reopen(run: Run, step: ApiStepId): void {
  // A new rung changes who we are, not what was found or made.
  if (step === 'console-access') run.done = run.done.filter((id) => id !== step);
  else run.done = run.done.filter((id) => apiStepIds.indexOf(id as ApiStepId) < apiStepIds.indexOf(step));
}

/** Everything is looked at again; what this Run made stays known as its own. */
function startOver(run: Run): void {
  run.done = [];
  run.seen = run.setup.purpose && run.seen.organization !== undefined ? { organization: run.seen.organization } : {};
  run.waived = [];
  run.consented = false;
}

/** The next thing to take back after `last`, newest first; then done. */
function undoNext(run: Run, last: UndoStepId | undefined, at: number): Transition {
  const inDoubt = (id: StepId): boolean => run.doubts[id] !== undefined;
  const { role, client, registration } = run.made;
  const open: [UndoStepId, boolean][] = run.steps
    ? undoStepIds.map((step) => [step, run.steps!.includes(step)])
    : [
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

