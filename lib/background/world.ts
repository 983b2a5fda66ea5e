import { getConsole } from '../consoles/registry.ts';
import type { ConsoleReply, ConsoleRequest, ConsoleTransport } from '../consoles/console.ts';
import { KeyferryError } from '../failure.ts';
import { callInTab } from '../platform/tabs.ts';
import { getRecipe } from '../recipes/registry.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { apiCourse } from '../run/api-course.ts';
import { performApiStep, type ApiParts, type StepContext } from '../run/effects.ts';
import type { Run } from '../run/run.ts';
import type { RunnerWorld } from '../run/runner.ts';
import { isUem, isUemStep, uemCourse } from '../run/uem-course.ts';
import { performUemStep } from '../run/uem-effects.ts';
import { findService, getService } from '../services/registry.ts';
import { getServiceAdapter } from '../services/adapters.ts';
import { accessIdOf, type Service, type ServiceAccess } from '../services/service.ts';
import { runStore } from '../storage/runs.ts';
import { serviceSettings } from '../storage/services.ts';
import { vault } from '../vault/vault.ts';
import { keepConnections } from './connections.ts';
import { borrowToken } from './borrowed-token.ts';
import { createUemParts } from './uem-parts.ts';
import { wait } from './wait.ts';
import { watchdog } from './watchdog.ts';

/** ms; below the 30 s after which Chromium stops a background that waits for a response. */
const answerTimeout = 20_000;
/** Who am I: says whether a session or token counts. */
const probePath = '/api/v1/auth';

/** The real world for the {@link Runner}. @param onChange called after every change of a Run */
export function createWorld(onChange: () => void): RunnerWorld {
  return {
    store: runStore,
    now: Date.now,
    wait,
    courseOf: (run) => (isUem(run) ? uemCourse : apiCourse(recipeOf(run), getConsole(run.setup.tenant.console), findService(run.setup.service.id)?.delivery)),
    perform: (step, context) => (isUemStep(step) ? performUemStep(step, context, createUemParts(context)) : performApiStep(step, { ...context, ...apiParts(context) })),
    async forgetSecrets(run) {
      for (const kind of runSecrets) await vault.forget(kind, run.id);
      // Only forgotten: it is the page's own, and ending it would sign the admin's page out.
      await vault.forget('page-token', run.id);
      const token = await vault.get('console-token', run.id);
      if (!token) return;
      await vault.forget('console-token', run.id);
      // Not awaited: the admin does not wait for a courtesy.
      void getConsole(run.setup.tenant.console).signOut(run.setup.tenant.base, token);
    },
    onRest: keepConnections,
    onActivity(working) {
      watchdog.onActivity(working);
      onChange();
    },
  };
}

/** All of a Run's own but what has to be ended, too. */
const runSecrets = ['client-secret', 'api-key', 'admin-password', 'admin-account'] as const;

const recipeOf = ({ setup }: Run): Recipe => getRecipe(setup.tenant.console, setup.service.id);

const formOf = ({ setup }: Run): Service | undefined => {
  const service = findService(setup.service.id);
  return service?.delivery === 'form' ? service : undefined;
};

function apiParts({ run, countConsoleCall }: StepContext): ApiParts {
  const console = getConsole(run.setup.tenant.console);
  return {
    recipe: recipeOf(run),
    console,
    api: console.api(transportFor(run, countConsoleCall)),
    borrowToken: (signal) => borrowToken(run, signal),
    service: getServiceAdapter(run.setup.service.id),
    form: formOf(run),
    outcome: getService(run.setup.service.id).outcome,
    serviceAccess: () => getServiceAccess(run.setup.service),
    vault: {
      put: (runId, secret) => vault.put('client-secret', runId, secret),
      get: (runId) => vault.get('client-secret', runId),
      forget: (runId) => vault.forget('client-secret', runId),
    },
  };
}

/** @throws {KeyferryError} service-key-missing */
export async function getServiceAccess({ id, address, account = '' }: Run['setup']['service']): Promise<ServiceAccess> {
  const isWithout = account === '' && findService(id)?.key?.isOptional === true;
  // What was connected without a key is looked at with the one that was given since, where there is no choice.
  const [given, ...others] = isWithout ? (await serviceSettings.get()).filter((one) => one.id === id && one.account !== '') : [];
  const known = given && others.length === 0 ? given.account : account;
  const key = await vault.get('service-key', accessIdOf({ address, account: known }));
  if (!key) throw new KeyferryError('service-key-missing', { host: new URL(address).host, ...(isWithout && !given ? { reason: 'optional' } : {}) });
  return { address, account: known, key };
}

/** The console's API by the Run's rung. */
function transportFor(run: Run, count: () => void): ConsoleTransport {
  return async (request) => {
    count();
    // Who was let in before is signed out now, whatever the page still shows.
    return run.rung === 'session' ? callWithSession(run.tabId, run.setup.tenant.base, request, run.seen.access !== undefined) : callWithToken(run, request);
  };
}

/**
 * Through the admin's own tab.
 * @throws {KeyferryError} console-session-refused where the console does not take its own session at its API, console-signed-out
 */
export async function callWithSession(tabId: number | null, base: string, request: ConsoleRequest, wasLetIn = false): Promise<ConsoleReply> {
  const reply = await callInTab(tabId, base, request);
  const isProbe = request.path === probePath;
  if (isProbe && (reply.redirected || reply.status === 401 || reply.status === 403 || reply.contentType.startsWith('text/html'))) {
    // "Jamf Pro Login" is the sign-in page's title ([C] public console detectors).
    throw new KeyferryError(wasLetIn || /\blog ?in\b/i.test(reply.title) ? 'console-signed-out' : 'console-session-refused', { host: new URL(base).host });
  }
  return reply;
}

/** With the rung's token, from the background and without cookies. */
async function callWithToken(run: Run, request: ConsoleRequest): Promise<ConsoleReply> {
  const [kind, expired] = run.rung === 'borrowed-token' ? (['page-token', 'page-token-expired'] as const) : (['console-token', 'sign-in-expired'] as const);
  const token = await vault.get(kind, run.id);
  if (!token) throw new KeyferryError(expired);
  const isWrite = request.method !== 'GET';
  try {
    const response = await fetch(run.setup.tenant.base + request.path, {
      method: request.method,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(answerTimeout),
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${token.reveal()}`,
        ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    // The console may end a token before its time; with it in the vault, trying again would never ask for a new one.
    if (request.path === probePath && response.status === 401) {
      await vault.forget(kind, run.id);
      throw new KeyferryError(expired);
    }
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      text: await response.text(),
      redirected: response.type === 'opaqueredirect',
    };
  } catch (thrown) {
    if (thrown instanceof KeyferryError) throw thrown;
    throw new KeyferryError('console-unreachable', { where: `${request.method} ${request.path.split('?')[0] ?? ''}`, status: '' }, isWrite ? 'unknown' : 'not-done');
  }
}
