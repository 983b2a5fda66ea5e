import { isOwnHost, type ConsoleAdapter, type ConsoleApi } from '../consoles/console.ts';
import { KeyferryError, type Failure } from '../failure.ts';
import { fillTarget, type Recipe } from '../recipes/recipe.ts';
import type { Outcome, Registration, RegistrationRequest, RegistrationTarget, Service, ServiceAccess, ServiceAdapter } from '../services/service.ts';
import type { Secret } from '../vault/secret.ts';
import { comparePrivileges, namesOf, planRun, wantedPrivileges } from './plan.ts';
import { stepsOf, type AnyStepId, type Run, type RunSetup, type UemStepId } from './run.ts';
import type { StepResult } from './machine.ts';

/*
 * What each step does, once. A step in doubt (`run.doubts`) looks for what an earlier attempt may have left before it acts.
 */

/** The vault's part that a Run needs: its one secret. */
export interface RunVault {
  put(runId: string, secret: Secret): Promise<void>;
  get(runId: string): Promise<Secret | undefined>;
  forget(runId: string): Promise<void>;
}

/** What every step may use. */
export interface StepContext {
  run: Run;
  now: () => number;
  /** Rejects as soon as the signal aborts. @param duration ms */
  wait: (duration: number, signal: AbortSignal) => Promise<void>;
  /** Aborts waiting and polling. Writes are let through, so that their outcome is known. */
  signal: AbortSignal;
  /** Counts calls to the console that do not go through `api`. */
  countConsoleCall: () => void;
  onProgress: (counts: { accounts: number | null; devices: number | null }) => void;
}

/** What the steps of the course "API" work with. */
export interface ApiParts {
  recipe: Recipe;
  console: ConsoleAdapter;
  /** By the Run's rung. */
  api: ConsoleApi;
  service: ServiceAdapter;
  /** Where the service takes the credentials in a form of its own. */
  form?: Service | undefined;
  /** How it is known that it works; `polled` unless told otherwise. */
  outcome?: Outcome;
  /** Takes the console page's token for this Run. @throws {KeyferryError} page-token-missing, console-tab-gone */
  borrowToken: (signal: AbortSignal) => Promise<void>;
  /** @throws {KeyferryError} service-key-missing */
  serviceAccess: () => Promise<ServiceAccess>;
  vault: RunVault;
}

export type EffectContext = StepContext & ApiParts;

/** ms */
const pollEvery = 5_000;
/** How long the service may take for its first reading, ms. */
const outcomePatience = 10 * 60_000;
/** How long the service's API may take to say what its page has said already, ms. */
const toldPatience = 30_000;
/** Never aborts: for writes. */
const unbroken = new AbortController().signal;

/** Runs one step to its end. @throws {KeyferryError} or a bug */
export async function performApiStep(step: Exclude<AnyStepId, UemStepId>, context: EffectContext): Promise<StepResult> {
  const { run, api, service, recipe, signal } = context;
  const { tenant } = run.setup;
  const names = namesOf(run);
  if (run.mayBorrow) await context.borrowToken(signal);
  switch (step) {
    case 'service-key': {
      const access = await findAccess(context);
      if (!access) {
        // A workspace key is of the vendor's cloud.
        if (isOwnHost(tenant) && recipe.target === '{key}') throw new KeyferryError('service-console-unsupported', { organization: context.form?.name ?? '', host: new URL(tenant.base).host });
        return { step, organization: context.form?.name ?? '' };
      }
      const organization = await retryLook(context, () => service.readOrganization(access, signal));
      if (!organization.mayWrite) throw new KeyferryError('service-key-read-only', { organization: organization.name });
      if (!organization.consoles.includes(tenant.console)) throw new KeyferryError('service-console-unsupported', { organization: organization.name });
      if (isOwnHost(tenant) && !organization.ownHosts) throw new KeyferryError('service-console-unsupported', { organization: organization.name, host: new URL(tenant.base).host });
      // Said before anything is written.
      if (run.setup.dataSets.includes('devices') && (!run.setup.purpose || run.setup.purpose === 'edit')) await retryLook(context, async () => service.countDevices?.(access, signal));
      return { step, organization: organization.name };
    }
    case 'console-access':
      return { step, access: await retryLook(context, () => api.readAccess()) };
    case 'privileges':
      return { step, names: await retryLook(context, () => api.listPrivileges()) };
    case 'find-role':
      return { step, role: (await retryLook(context, () => api.findRole(names.role))) ?? null };
    case 'find-client':
      return { step, client: (await retryLook(context, () => api.findClient(names.client))) ?? null };
    case 'find-registration': {
      const access = await findAccess(context);
      // Who cannot be asked says nothing against it.
      if (!access) return { step, registration: run.made.registration ? { id: run.made.registration.id, clientId: '' } : null };
      const found = await retryLook(context, () =>
        run.setup.purpose ? findLeftRegistration(service, access, run, recipe, signal) : service.findRegistration(access, registrationTarget(run.setup, recipe), signal),
      );
      return { step, registration: found ? { id: found.id, clientId: found.clientId } : null };
    }
    case 'role':
      return performRole(context);
    case 'client':
      return performClient(context);
    case 'secret':
      return performSecret(context);
    case 'proof':
      return performProof(context);
    case 'register':
      return performRegister(context);
    case 'outcome':
      return context.form ? performFormOutcome(context) : performOutcome(context);
    case 'undo-registration': {
      const access = await context.serviceAccess();
      const id = run.made.registration?.id ?? (await findOurRegistration(context, access))?.id;
      if (id !== undefined) await service.deleteRegistration(access, id, unbroken);
      return { step };
    }
    case 'undo-client': {
      const made = run.made.client;
      if (made?.before) await api.updateClient(made.before);
      else if (made) await api.deleteClient(made.value.id);
      else await deleteDoubtful(context, 'client', () => api.findClient(names.client), (id) => api.deleteClient(id));
      return { step };
    }
    case 'undo-role': {
      const made = run.made.role;
      if (made?.before) await api.updateRole(made.before);
      else if (made) await retryWhileInUse(context, () => api.deleteRole(made.value.id));
      else await deleteDoubtful(context, 'role', () => api.findRole(names.role), (id) => api.deleteRole(id));
      return { step };
    }
  }
}

async function performRole(context: EffectContext): Promise<StepResult> {
  const { run, api, recipe } = context;
  const { role: name } = namesOf(run);
  const wanted = wantedPrivileges(run, recipe);
  const isRight = (privileges: string[]): boolean => {
    const difference = comparePrivileges(wanted, privileges);
    return difference.missing.length + difference.surplus.length === 0;
  };
  const check = (privileges: string[]): void => {
    if (!isRight(privileges)) throw new KeyferryError('role-differs', { name, ...comparePrivileges(wanted, privileges) }, 'unknown');
  };
  const seen = run.seen.role ?? undefined;
  switch (planRun(run, recipe).role) {
    case 'keep':
      return { step: 'role', made: { value: seen!, origin: 'found' } };
    case 'change': {
      const value = await api.updateRole({ ...seen!, privileges: wanted });
      check(value.privileges);
      return { step: 'role', made: { value, origin: 'changed', before: seen! } };
    }
    case 'create': {
      const since = run.doubts.role;
      if (since !== undefined) {
        const found = await settle(context, since, () => api.findRole(name));
        if (found) return isRight(found.privileges) ? { step: 'role', made: { value: found, origin: 'created' } } : { step: 'role', appeared: { role: found } };
      }
      try {
        const value = await api.createRole({ name, privileges: wanted });
        check(value.privileges);
        return { step: 'role', made: { value, origin: 'created' } };
      } catch (thrown) {
        // The name may have been taken since we looked, or on a node that had not told ours.
        if (!isRefusal(thrown, '400')) throw thrown;
        const found = await settle(context, context.now(), () => api.findRole(name), 2);
        if (!found) throw thrown;
        return { step: 'role', appeared: { role: found } };
      }
    }
  }
}

async function performClient(context: EffectContext): Promise<StepResult> {
  const { run, api, recipe } = context;
  const { role, client: name } = namesOf(run);
  const right = { name, roles: [role], enabled: true, tokenLifetime: recipe.tokenLifetime };
  const seen = run.seen.client ?? undefined;
  switch (planRun(run, recipe).client) {
    case 'keep':
      return { step: 'client', made: { value: seen!, origin: 'found' } };
    case 'change': {
      const value = await api.updateClient({ ...seen!, ...right });
      return { step: 'client', made: { value, origin: 'changed', before: seen! } };
    }
    case 'create': {
      const since = run.doubts.client;
      if (since !== undefined) {
        const found = await settle(context, since, () => api.findClient(name));
        if (found) return { step: 'client', made: { value: found, origin: 'created' } };
      }
      // A node that has not seen the new role yet refuses its name.
      const value = await retryWhileSettling(context, madeAt(run, 'role'), '400', () => api.createClient(right));
      return { step: 'client', made: { value, origin: 'created' } };
    }
  }
}

async function performSecret(context: EffectContext): Promise<StepResult> {
  const { run, api, vault } = context;
  const client = run.made.client!.value;
  // The vault is emptied before minting and filled before the journal: a secret that is there came from the attempt in doubt.
  if (run.doubts.secret !== undefined && (await vault.get(run.id))) {
    return { step: 'secret', clientId: client.clientId, secretAt: context.now(), minted: true };
  }
  await vault.forget(run.id);
  const { clientId, secret } = await retryWhileSettling(context, madeAt(run, 'client'), '404', () => api.mintSecret(client));
  await vault.put(run.id, secret);
  return { step: 'secret', clientId, secretAt: context.now(), minted: true };
}

async function performProof(context: EffectContext): Promise<StepResult> {
  const { run, console } = context;
  const secret = await getSecret(context);
  const { clientId } = run.made.client!.value;
  // Another node of the cluster may not know the secret yet; after the settle time a refusal is final.
  const deadline = (run.made.secretAt ?? 0) + console.settleTime + pollEvery;
  for (let delay = 1_000; ; delay = Math.min(delay * 2, pollEvery)) {
    try {
      context.countConsoleCall();
      const { roleIds, api } = await console.proveCredentials(run.setup.tenant.base, clientId, secret, context.signal, run.setup.api);
      // In guided mode the role's id is not known.
      const { id } = run.seen.role ?? run.made.role!.value;
      if (roleIds && id !== '') {
        const difference = comparePrivileges([id], roleIds);
        if (difference.missing.length + difference.surplus.length > 0) throw new KeyferryError('credentials-scope-differs', difference);
      }
      return { step: 'proof', api };
    } catch (thrown) {
      if (!isCode(thrown, 'credentials-not-accepted', 'console-unreachable') || context.now() + delay > deadline) throw thrown;
    }
    await context.wait(delay, context.signal);
  }
}

async function performRegister(context: EffectContext): Promise<StepResult> {
  const { run, recipe, service } = context;
  const access = await context.serviceAccess();
  const request = registrationRequest(context);
  if (run.setup.purpose) return updateLeft(context, access, request);
  const secret = await getSecret(context);
  const known = run.made.registration?.id ?? (planRun(run, recipe).registration === 'update' ? run.seen.registration?.id : undefined);
  if (known !== undefined) {
    const { id } = await service.updateRegistration(access, known, request, secret, unbroken);
    return { step: 'register', made: { id, origin: 'changed' } };
  }
  try {
    // The same secret repeats the same request; a newer one is a new request.
    const made = await service.createRegistration(access, request, secret, `${run.id}-${String(run.made.secrets)}`, unbroken);
    return { step: 'register', made: { id: made.id, origin: 'created' } };
  } catch (thrown) {
    if (!isCode(thrown, 'registration-appeared')) throw thrown;
    const found = await service.findRegistration(access, registrationTarget(run.setup, context.recipe), context.signal);
    if (!found) throw thrown;
    // Only this Run knows our client: an earlier attempt of ours got through, with a secret that is dead by now.
    if (found.clientId !== request.clientId) return { step: 'register', appeared: { registration: { id: found.id, clientId: found.clientId } } };
    const { id } = await service.updateRegistration(access, found.id, request, secret, unbroken);
    return { step: 'register', made: { id, origin: 'created' } };
  }
}

/** What the service has of the connection; with its secret only where this Run has a new one. */
async function updateLeft(context: EffectContext, access: ServiceAccess, request: RegistrationRequest): Promise<StepResult> {
  const { run, service, recipe, signal } = context;
  const secret = stepsOf(run).includes('secret') ? await getSecret(context) : undefined;
  // A service that can only replace has given it another id, maybe; or came no further than taking the old one away.
  const found = run.doubts.register === undefined ? undefined : await findLeftRegistration(service, access, run, recipe, signal);
  const { id } = await service.updateRegistration(access, (found ?? run.made.registration!).id, request, secret, unbroken);
  return { step: 'register', made: { id, origin: 'changed' } };
}

async function performOutcome(context: EffectContext): Promise<StepResult> {
  const { run, console, service, signal, outcome = 'polled' } = context;
  const access = await context.serviceAccess();
  const id = run.made.registration!.id;
  const deadline = context.now() + outcomePatience;
  let mayAskAgain = run.phase.kind === 'working' && run.phase.retry;
  let shown = '';
  // Nothing was handed over that would make it read.
  if (!stepsOf(run).includes('register')) await service.syncRegistration?.(access, id, signal);
  for (let delay = 500; ; delay = Math.min(delay * 1.5, pollEvery)) {
    const registration = await retryLook(context, () => service.readRegistration(access, id, signal));
    const counts = countsOf(registration);
    if (registration.status === 'connected') return { step: 'outcome', ...counts, accountsUrl: registration.accountsUrl ?? null, ...(outcome !== 'polled' && { proof: outcome }) };
    if (registration.status === 'failed') {
      // The service may have met a node of the console that had not seen the secret yet.
      const isLag = registration.error?.code === 'credentials_rejected' && context.now() < (run.made.secretAt ?? 0) + console.settleTime + pollEvery;
      if (!isLag && !mayAskAgain) {
        const { code, params } = reportedFailure(registration, run.seen.organization ?? '');
        throw new KeyferryError(code, params);
      }
      mayAskAgain = false;
      if (isLag) await context.wait(pollEvery, signal);
      await service.syncRegistration?.(access, id, signal);
      delay = 500;
    } else if (JSON.stringify(counts) !== shown) {
      shown = JSON.stringify(counts);
      context.onProgress(counts);
    }
    if (context.now() > deadline) throw new KeyferryError('outcome-timeout', { organization: run.seen.organization ?? '' });
    await context.wait(delay, signal);
  }
}

/** The form is handed over: its page may have said how it went, and with a key the service's API says more. */
async function performFormOutcome(context: EffectContext): Promise<StepResult> {
  const { run, service, recipe, signal } = context;
  const isTold = run.seen.status === 'connected';
  const byUse: StepResult = { step: 'outcome', accounts: null, devices: null, accountsUrl: null, proof: 'by-use' };
  const access = await findAccess(context);
  if (!access) return byUse;
  const deadline = context.now() + (isTold ? toldPatience : outcomePatience);
  for (let delay = 500; ; delay = Math.min(delay * 1.5, pollEvery)) {
    const registration = await retryLook(context, () => service.findRegistration(access, registrationTarget(run.setup, recipe), signal));
    const isOver = context.now() > deadline;
    if (registration?.status === 'connected') {
      const devices = run.setup.dataSets.includes('devices') ? await retryLook(context, async () => service.countDevices?.(access, signal)) : undefined;
      return { step: 'outcome', accounts: registration.counts.accounts ?? null, devices: devices ?? null, accountsUrl: registration.accountsUrl ?? null };
    }
    if (registration?.status === 'failed' && (!isTold || isOver)) {
      const { code, params } = reportedFailure(registration, run.seen.organization ?? '');
      throw new KeyferryError(code, params);
    }
    if (isOver && isTold) return byUse;
    if (isOver) throw new KeyferryError('outcome-timeout', { organization: run.seen.organization ?? '' });
    await context.wait(delay, signal);
  }
}

/** `undefined` where the admin gave no key and none is needed. */
async function findAccess(context: EffectContext): Promise<ServiceAccess | undefined> {
  try {
    return await context.serviceAccess();
  } catch (thrown) {
    if (context.form?.key?.isOptional && isCode(thrown, 'service-key-missing')) return undefined;
    throw thrown;
  }
}

/** In the service's own words. */
export function reportedFailure({ error }: Registration, organization: string): Failure {
  const { code = '', message = '', privileges = [] } = error ?? {};
  return { code: 'service-reports-failure', params: { code, message, privileges, organization }, certainty: 'not-done' };
}

/**
 * The registration that a connection has: by its id or, where the service had to replace it, by what it is for. `undefined` where
 * it is gone, or another client's by now.
 */
export async function findLeftRegistration(service: ServiceAdapter, access: ServiceAccess, { setup, made, seen }: Pick<Run, 'setup' | 'made'> & Partial<Run>, recipe: Recipe, signal: AbortSignal): Promise<Registration | undefined> {
  const isOurs = ({ clientId }: Registration): boolean => ['', made.client?.value.clientId, seen?.registration?.clientId].includes(clientId);
  try {
    // The one that the admin made in a form is known by what it is for alone.
    const found = made.registration && made.registration.id !== '' ? await service.readRegistration(access, made.registration.id, signal) : undefined;
    if (found && isOurs(found)) return found;
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
  const found = await service.findRegistration(access, registrationTarget(setup, recipe), signal);
  return found && isOurs(found) ? found : undefined;
}

/** The service knows no such registration. */
const isMissing = (thrown: unknown): boolean => isCode(thrown, 'service-refused') && ['404', '410'].includes(String((thrown as KeyferryError).failure.params['status']));

function registrationTarget({ tenant, name, api }: RunSetup, recipe: Recipe): RegistrationTarget {
  const apiAddress = api?.address ?? tenant.base;
  return { console: tenant.console, tenant: tenant.key, address: tenant.base, apiAddress, target: fillTarget(recipe.target, { ...tenant, apiAddress }), name };
}

function registrationRequest(context: EffectContext): RegistrationRequest {
  const { run, console, recipe } = context;
  const { tenant, dataSets, group, answers = {}, api } = run.setup;
  return {
    ...registrationTarget(run.setup, recipe),
    tokenUrl: api?.tokenUrl ?? console.tokenUrl(tenant.base),
    dataSets,
    group: dataSets.includes('devices') ? group : null,
    clientId: run.made.client!.value.clientId,
    answers,
  };
}

const countsOf = (registration: Registration): { accounts: number | null; devices: number | null } => ({
  accounts: registration.counts.accounts ?? null,
  devices: registration.counts.devices ?? null,
});

async function getSecret(context: EffectContext): Promise<Secret> {
  const secret = await context.vault.get(context.run.id);
  // Expired, or the browser was restarted: the Run mints a new one on the same client.
  if (!secret) throw new KeyferryError('secret-lost');
  return secret;
}

async function findOurRegistration(context: EffectContext, access: ServiceAccess): Promise<Registration | undefined> {
  const { run, service } = context;
  const found = await service.findRegistration(access, registrationTarget(run.setup, context.recipe), context.signal);
  return found && found.clientId === run.made.client?.value.clientId ? found : undefined;
}

/** Removes what an attempt in doubt may have made: only if it was not there when we looked first. */
async function deleteDoubtful(
  context: EffectContext,
  step: 'role' | 'client',
  find: () => Promise<{ id: string } | undefined>,
  remove: (id: string) => Promise<void>,
): Promise<void> {
  const since = context.run.doubts[step];
  if (since === undefined || context.run.seen[step] !== null) return;
  const found = await settle(context, since, find);
  if (found) await remove(found.id);
}

/** Looks until something is found or the cluster has had its time since `since` (ms). @param tries at most so many looks */
async function settle<T>(context: EffectContext, since: number, look: () => Promise<T | undefined>, tries = Infinity): Promise<T | undefined> {
  for (let count = 1; ; count++) {
    const found = await retryLook(context, look);
    if (found !== undefined || count >= tries || context.now() >= since + context.console.settleTime) return found;
    await context.wait(pollEvery, context.signal);
  }
}

/** Repeats a call that a lagging node refuses with `status`, until the cluster has had its time since `since` (ms). */
async function retryWhileSettling<T>(context: EffectContext, since: number | undefined, status: string, call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (thrown) {
      if (!isRefusal(thrown, status) || since === undefined || context.now() >= since + context.console.settleTime) throw thrown;
    }
    await context.wait(pollEvery, context.signal);
  }
}

/** A node that still shows the deleted client says that the role is in use (409). */
function retryWhileInUse<T>(context: EffectContext, call: () => Promise<T>): Promise<T> {
  return retryWhileSettling(context, context.now(), '409', call);
}

/** Repeats a look that failed for a passing reason, twice. Never for writes. */
async function retryLook<T>(context: EffectContext, look: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await look();
    } catch (thrown) {
      if (tries === 3 || !isCode(thrown, 'console-unreachable', 'console-busy', 'service-unreachable', 'service-busy')) throw thrown;
    }
    await context.wait(tries * 1_000, context.signal);
  }
}

/** When this Run made its role or client, from the journal; `undefined` where it found it. */
function madeAt(run: Run, step: 'role' | 'client'): number | undefined {
  return run.made[step]?.origin === 'found' ? undefined : run.journal.findLast((entry) => entry.step === step && entry.what === 'done')?.at;
}

const isCode = (thrown: unknown, ...codes: string[]): boolean => thrown instanceof KeyferryError && codes.includes(thrown.failure.code);

const isRefusal = (thrown: unknown, status: string): boolean =>
  thrown instanceof KeyferryError && thrown.failure.code === 'console-refused' && thrown.failure.params['status'] === status;
