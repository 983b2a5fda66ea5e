import type { Failure } from '../failure.ts';
import type { Course } from './course.ts';
import { askAdmin, note, perform, type RunEvent, type StepResult, type Transition } from './machine.ts';
import { guidedParts, uemStepIds, type AnyStepId, type GuidedPart, type Receipt, type Run, type UemStepId } from './run.ts';

/*
 * The course of a Run where neither console nor service lets itself be set up by API (Workspace ONE UEM and Harmony Mobile): the
 * guide leads through the pages and fills them in, the admin presses the buttons, and in between Keyferry proves what came of it.
 */

/** A Run of this course, where its setup is there. */
export function isUem(run: Pick<Run, 'setup'>): boolean {
  return run.setup.uem !== undefined;
}

export function firstUemStep(): UemStepId {
  return uemStepIds[0];
}

/** The steps of this Run, in order. */
export function uemStepsOf(run: Pick<Run, 'setup'>): readonly UemStepId[] {
  return uemStepIds.filter((id) => id !== 'tags' || run.setup.uem?.makesTags === true);
}

export const isUemStep = (step: AnyStepId): step is UemStepId => (uemStepIds as readonly AnyStepId[]).includes(step);
export const isGuidedPart = (step: AnyStepId): step is GuidedPart => (guidedParts as readonly AnyStepId[]).includes(step);

/** Where a failure of the account shows what is wrong with it: the step that mends it. */
const mendedBy: Partial<Record<Failure['code'], GuidedPart>> = {
  'uem-key-refused': 'api-key',
  'uem-key-lost': 'api-key',
  'uem-api-disabled': 'api-key',
  'uem-basic-disabled': 'api-key',
  'uem-right-missing': 'uem-role',
  'uem-rights-missing': 'uem-role',
  'uem-sign-in-refused': 'administrator',
  'uem-password-lost': 'administrator',
  'uem-admin-exists': 'administrator',
  'uem-admin-account-lost': 'administrator',
};

/** A new password was refused as well: whether Basic is on is looked at in turn with it, since not every console says which it is. */
function mendFor({ journal }: Run, code: Failure['code']): GuidedPart | undefined {
  const refusals = journal.filter(({ what, detail }) => what === 'failed' && detail === 'uem-sign-in-refused').length;
  return code === 'uem-sign-in-refused' && refusals > 0 && refusals % 2 === 0 ? 'api-key' : mendedBy[code];
}

export const uemCourse: Course = {
  writes: new Set<AnyStepId>(['administrator', 'tags']),

  advance,

  take(run, result, at) {
    switch (result.step) {
      case 'administrator':
        if (run.setup.uem) run.made.administrator = run.setup.uem.username;
        break;
      case 'uem-proof':
        run.seen.uemProof = result.proof;
        break;
      case 'tags':
        run.made.tags = result.tags;
        break;
      case 'arrival':
        return connected(run, result.arrival, at);
      default:
        throw new Error(`no step of this course: ${result.step}`);
    }
    return finish(run, result.step, at);
  },

  fail(run, step, failure, at) {
    if (run.cancelRequested) return cancelled(run, step, at);
    const mend = mendFor(run, failure.code);
    // The admin is led to what has to be mended, with the reason.
    if (mend && step !== 'administrator') {
      reopen(run, mend);
      return askAdmin(run, mend, { kind: 'guide', failure }, at);
    }
    // By API it did not work: the form is still there.
    if (step === 'administrator') return askAdmin(run, step, { kind: 'guide', failure }, at);
    run.phase = { kind: 'failed', step, failure };
    return { run, effects: [] };
  },

  cancelled,

  // Every name is looked for on the pages anew; what stands there under an earlier one stays the admin's.
  edit(run, setup) {
    const [before, now] = [run.setup.uem, setup.uem];
    run.setup = setup;
    if (before?.keyService !== now?.keyService) reopen(run, 'api-key');
    if (JSON.stringify(before?.role) !== JSON.stringify(now?.role)) reopen(run, 'uem-role');
    // Another role is another administrator's, too.
    if (before?.username !== now?.username || before?.role.name !== now?.role.name) reopen(run, 'administrator');
  },

  reopenFor(run, step, failure) {
    const mend = mendedBy[failure.code];
    if (mend && step !== mend) reopen(run, mend);
  },

  reopenForAsk: () => undefined,

  handle,
};

function handle(run: Run, event: RunEvent): Transition | undefined {
  const { phase } = run;
  const isGuiding = phase.kind === 'needs-admin' && phase.ask.kind === 'guide';
  switch (event.type) {
    case 'found': {
      if (!isGuiding || phase.step !== event.step) return undefined;
      // Elsewhere in the console another group may be current than the one that the key belongs to.
      const told = event.step === 'api-key' ? (['apiAddress', 'organizationGroup'] as const) : event.step === 'wizard' ? (['status'] as const) : [];
      const news = told.filter((name) => event.found[name] !== undefined && event.found[name] !== run.seen[name]);
      if (news.length === 0) return undefined;
      const seen = { ...run.seen, ...Object.fromEntries(news.map((name) => [name, event.found[name]])) };
      run.seen = seen;
      return { run, effects: [] };
    }
    case 'guided':
      // The key is done when it is captured.
      if (!isGuiding || phase.step !== event.step || event.step === 'api-key' || event.step === 'register') return undefined;
      if (event.step === 'administrator' && run.setup.uem) run.made.administrator = run.setup.uem.username;
      return finish(run, event.step, event.at);
    case 'captured':
      if (!isGuiding || phase.step !== 'api-key') return undefined;
      return finish(run, 'api-key', event.at);
    case 'by-api':
      if (!isGuiding || phase.step !== 'administrator') return undefined;
      return perform(run, 'administrator', event.at, false);
    case 'take-over':
      if (!isGuiding || phase.step !== 'administrator' || !run.setup.uem) return undefined;
      run.made.administrator = run.setup.uem.username;
      note(run, event.at, 'administrator', 'done', 'take-over');
      return askAdmin(run, 'administrator', { kind: 'guide', failure: null }, event.at);
    case 'secret-gone':
      if (!isGuiding) return undefined;
      return uemCourse.fail(run, phase.step, { code: event.secret === 'api-key' ? 'uem-key-lost' : 'uem-password-lost', params: {}, certainty: 'not-done' }, event.at);
    case 'choose-groups':
      if (!isGuiding || phase.step !== 'wizard') return undefined;
      run.groups = event.groups;
      return { run, effects: [] };
    default:
      return undefined;
  }
}

function finish(run: Run, step: UemStepId, at: number): Transition {
  run.done = [...run.done.filter((id) => id !== step), step];
  delete run.doubts[step];
  note(run, at, step, 'done');
  return advance(run, at);
}

function advance(run: Run, at: number, retry = false): Transition {
  const step = uemStepsOf(run).find((id) => !run.done.includes(id)) ?? 'arrival';
  if (run.cancelRequested) return cancelled(run, step, at);
  return isGuidedPart(step) ? askAdmin(run, step, { kind: 'guide', failure: null }, at) : perform(run, step, at, retry);
}

/** Done again, and proved again; the other things that the admin made stay as they are. */
function reopen(run: Run, step: UemStepId): void {
  const proof = uemStepIds.indexOf('uem-proof');
  run.done = run.done.filter((id) => id !== step && uemStepIds.indexOf(id as UemStepId) < proof);
}

function cancelled(run: Run, step: AnyStepId, at: number): Transition {
  run.cancelRequested = false;
  run.phase = { kind: 'cancelled', step };
  note(run, at, step, 'cancelled');
  // Key and password are forgotten with it: going on reads the one again and sets the other anew.
  if (run.done.includes('api-key')) reopen(run, 'api-key');
  if (run.done.includes('administrator')) reopen(run, 'administrator');
  return { run, effects: [{ type: 'forget-secrets' }] };
}

function connected(run: Run, arrival: Extract<StepResult, { step: 'arrival' }>['arrival'], at: number): Transition {
  const { uem } = run.setup;
  const proof = run.seen.uemProof;
  if (!uem || !proof) throw new Error('arrival without a proof');
  const receipt: Receipt = {
    organization: run.setup.name,
    role: { name: uem.role.name, origin: 'created' },
    client: null,
    registrationId: null,
    uem: { username: uem.username, proof, tags: run.made.tags ?? null, status: run.seen.status ?? '', arrival },
    accounts: null,
    devices: arrival?.total ?? null,
    accountsUrl: null,
    took: at - run.createdAt,
  };
  run.phase = { kind: 'connected', receipt };
  run.cancelRequested = false;
  return { run, effects: [{ type: 'forget-secrets' }] };
}
