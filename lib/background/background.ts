import { getConsole } from '../consoles/registry.ts';
import { KeyferryError } from '../failure.ts';
import { listen } from '../messages/broker.ts';
import type { RequestData } from '../messages/protocol.ts';
import { areAllowed } from '../platform/permissions.ts';
import { openSite } from '../platform/tabs.ts';
import { forgetPageRequests } from '../platform/page-requests.ts';
import { readApiKey } from '../consoles/workspace-one/key.ts';
import type { FillableSecret } from '../guide/goals.ts';
import { findRecipe, findUemRecipe } from '../recipes/registry.ts';
import { createLaterRun, type Ways } from '../run/purposes.ts';
import { isOpen, runKey, type Run, type RunSetup } from '../run/run.ts';
import { readFields } from '../run/capture.ts';
import { Runner } from '../run/runner.ts';
import { firstUemStep } from '../run/uem-course.ts';
import { harmonyMobile } from '../run/uem-view.ts';
import { createRun } from '../run/transition.ts';
import { getServiceAdapter } from '../services/adapters.ts';
import { findService, formAddressOf, getService } from '../services/registry.ts';
import { accessIdOf } from '../services/service.ts';
import { drafts, knownGroups } from '../storage/drafts.ts';
import { lockedKeys } from '../storage/locked-keys.ts';
import { runStore } from '../storage/runs.ts';
import { heldKeys, serviceSettings } from '../storage/services.ts';
import { uemDrafts } from '../storage/uem.ts';
import { lockKey, unlockKey } from '../vault/locked-key.ts';
import { pack } from '../vault/packed.ts';
import { Secret } from '../vault/secret.ts';
import { vault } from '../vault/vault.ts';
import { findKnownTenant } from '../storage/hosts.ts';
import { addOwnHost, forgetOwnHost, lookAtTab, watchOwnHosts } from './own-hosts.ts';
import { checkConnection, syncConnection } from './check-connection.ts';
import { forgetConnection, getConnection, keepConnections } from './connections.ts';
import { watchToolbarButton } from './toolbar-button.ts';
import { watchdog } from './watchdog.ts';
import { Guiding } from './guiding.ts';
import { siteOf } from './guided-site.ts';
import { watchPending } from './pending.ts';
import { holdStatusKey } from './status-key.ts';
import { getPassword } from './uem-parts.ts';
import { callWithSession, createWorld } from './world.ts';

/** ms */
const testTimeout = 20_000;

/** Wires the background. Every listener is registered before anything is awaited: the event that woke us is not lost. */
export function startBackground(): void {
  const guiding: Guiding = new Guiding({
    onFound: (runId, step, found) => runner.dispatch(runId, { type: 'found', step, found }),
    onDone: (runId, step) => runner.dispatch(runId, { type: 'guided', step }),
    async findSecret(run, secret) {
      const found = await findFillable(run, secret);
      if (!found) await runner.dispatch(run.id, { type: 'secret-gone', secret });
      return found;
    },
  });
  const runner: Runner = new Runner(createWorld(() => void guiding.sync()));
  const starting = new Set<string>();

  guiding.listen();
  listen({
    async 'set-up-service'({ id, address, account, key, passphrase }) {
      if (!findService(id)) throw new KeyferryError('bad-input', { where: 'set-up-service', field: 'id', problem: 'unknown' });
      const service = getServiceAdapter(id);
      const access = { address: service.normaliseAddress(address), account: account.trim(), key: new Secret(key.trim()) };
      const organization = await service.readOrganization(access, AbortSignal.timeout(testTimeout));
      if (!organization.mayWrite) throw new KeyferryError('service-key-read-only', { organization: organization.name });
      const setting = { id, address: access.address, account: organization.account ?? access.account, organization: organization.name };
      const accessId = accessIdOf(setting);
      await holdKey(accessId, access.key);
      const { [accessId]: _old, ...otherKeys } = await lockedKeys.get();
      await lockedKeys.set(passphrase === null ? otherKeys : { ...otherKeys, [accessId]: await lockKey(access.key, new Secret(passphrase), accessId) });
      const others = (await serviceSettings.get()).filter((other) => accessIdOf(other) !== accessId);
      await serviceSettings.set([setting, ...others]);
    },

    async 'unlock-service'({ access, passphrase }) {
      const locked = (await lockedKeys.get())[access];
      const key = locked && (await unlockKey(locked, new Secret(passphrase), access));
      if (!key) throw new KeyferryError('passphrase-wrong');
      await holdKey(access, key);
    },

    async 'forget-service'({ access }) {
      await vault.forget('service-key', access);
      await heldKeys.set((await heldKeys.get()).filter((held) => held !== access));
      const { [access]: _gone, ...otherKeys } = await lockedKeys.get();
      await lockedKeys.set(otherKeys);
      await serviceSettings.set((await serviceSettings.get()).filter((setting) => accessIdOf(setting) !== access));
    },

    look: ({ tabId }) => lookAtTab(tabId),
    'add-host': ({ base }) => addOwnHost(base),
    'forget-host': ({ base }) => forgetOwnHost(base),

    async 'list-groups'({ tabId, base }) {
      const tenant = await findKnownTenant(base);
      if (!tenant || tenant.base !== base) throw new KeyferryError('bad-input', { where: 'list-groups', field: 'base', problem: 'no console' });
      let consoleCalls = 0;
      const api = getConsole(tenant.console).api((request) => {
        consoleCalls += 1;
        return callWithSession(tabId, base, request);
      });
      const groups = await api.listGroups();
      await knownGroups.set({ ...(await knownGroups.get()), [base]: { groups, consoleCalls } });
    },

    connect,

    'check-connection': ({ id, tabId }) => checkConnection(id, tabId),
    'sync-connection': ({ id }) => syncConnection(id),
    'forget-connection': ({ id }) => forgetConnection(id),

    async disconnect({ id, removesConsole, tabId, clicks }) {
      const left = await getConnection(id);
      if (left.setup.uem) throw new KeyferryError('bad-input', { where: 'disconnect', field: 'id', problem: 'no API' });
      const setup = { ...left.setup, purpose: 'disconnect' as const };
      await begin(setup, () => createLaterRun(crypto.randomUUID(), left, setup, waysOf(setup, removesConsole), tabId, Date.now(), { clicks, consoleCalls: 0 }));
    },

    async act({ runId, intent }) {
      await runner.dispatch(runId, intent);
    },

    async wake() {
      await runner.wake();
    },

    async capture({ runId, clientId, secret, clicks }) {
      await takeCredentials(await getGuidedRun(runId), clientId, secret, clicks);
    },

    async 'capture-shown'({ runId, clicks }) {
      const run = await getGuidedRun(runId);
      const { clientId, secret } = await guiding.readShownSecret(run);
      await (run.setup.uem ? takeKey(run, secret, clicks) : takeCredentials(run, clientId, secret, clicks));
    },

    async 'capture-key'({ runId, key, clicks }) {
      await takeKey(await getGuidedRun(runId), key, clicks);
    },

    async 'by-api'({ runId, username, password, clicks }) {
      const run = await getGuidedRun(runId);
      await vault.put('admin-account', run.id, pack({ username, password }));
      await runner.dispatch(run.id, { type: 'by-api', clicks });
    },

    'status-key': ({ key }) => holdStatusKey(key),

    async 'sign-in'({ runId, username, password, tabId, clicks }) {
      const run = await runStore.get(runId);
      if (!run || !isOpen(run)) throw new KeyferryError('bad-input', { where: 'sign-in', field: 'runId', problem: 'unknown' });
      const console = getConsole(run.setup.tenant.console);
      const { token, expiresAt } = await console.signIn(run.setup.tenant.base, username, new Secret(password), AbortSignal.timeout(testTimeout));
      await vault.put('console-token', run.id, token, expiresAt);
      await runner.dispatch(run.id, { type: 'use-rung', rung: 'sign-in', tabId, clicks });
    },
  });

  /** Begins a Run, unless one of its kind is open. @throws {KeyferryError} bad-input, console-permission-missing */
  async function connect({ setup, tabId, clicks }: RequestData<'connect'>): Promise<void> {
    const tenant = await findKnownTenant(setup.tenant.base);
    if (!tenant || tenant.base !== setup.tenant.base || tenant.origin !== setup.tenant.origin || tenant.key !== setup.tenant.key) {
      throw new KeyferryError('bad-input', { where: 'connect', field: 'setup.tenant', problem: 'no console' });
    }
    const hasRecipe = setup.uem ? findUemRecipe(setup.tenant.console, setup.service.id)?.roles.some(({ id }) => id === setup.uem?.role.variant) : findRecipe(setup.tenant.console, setup.service.id);
    if (!hasRecipe) {
      throw new KeyferryError('bad-input', { where: 'connect', field: 'setup.service', problem: 'no recipe' });
    }
    const isWorkspaceOne = tenant.console === 'workspace-one';
    if (isWorkspaceOne && !setup.uem && !setup.api) throw new KeyferryError('bad-input', { where: 'connect', field: 'setup.api', problem: 'missing' });
    // In the vendor's cloud Jamf Pro's hosts come with the installation; here the browser has just asked.
    if (isWorkspaceOne && !(await areAllowed([setup.tenant.origin]))) throw new KeyferryError('console-permission-missing', { host: new URL(setup.tenant.base).host });
    const { purpose } = setup;
    const ways = waysOf(setup, false);
    // Roles by the console's API alone; disconnecting has a message of its own.
    if (purpose === 'disconnect' || (purpose && setup.uem) || (purpose === 'rights' && !ways.rungs.includes('session'))) throw new KeyferryError('bad-input', { where: 'connect', field: 'setup.purpose', problem: 'not for this' });
    const left = purpose && (await getConnection(runKey(setup)));
    await begin(setup, async () => {
      if (left) return createLaterRun(crypto.randomUUID(), left, { ...setup, purpose }, ways, tabId, Date.now(), { clicks, consoleCalls: 0 });
      const groups = (await knownGroups.get())[setup.tenant.base];
      const consoleCalls = setup.dataSets.includes('devices') ? (groups?.consoleCalls ?? 0) : 0;
      // Counted once: the list is kept for the next choice.
      if (groups) await knownGroups.set({ ...(await knownGroups.get()), [setup.tenant.base]: { ...groups, consoleCalls: 0 } });
      const { [setup.tenant.base]: _chosen, ...otherDrafts } = await drafts.get();
      await drafts.set(otherDrafts);
      const { [setup.tenant.base]: _uem, ...otherUemDrafts } = await uemDrafts.get();
      await uemDrafts.set(otherUemDrafts);
      return createRun(crypto.randomUUID(), setup, tabId, Date.now(), { clicks, consoleCalls }, setup.uem ? firstUemStep() : undefined);
    });
  }

  /** Unless one of its kind is open: a second click, or the same popup in a second window, joins the Run that is there. */
  async function begin(setup: RunSetup, make: () => Run | Promise<Run>): Promise<void> {
    const key = runKey(setup);
    if (starting.has(key)) return;
    starting.add(key);
    try {
      if ((await runStore.list()).some((run) => isOpen(run) && runKey(run.setup) === key)) return;
      await runner.start(await make());
      await runStore.prune();
    } finally {
      starting.delete(key);
    }
  }

  /** Straight into the vault. @throws {KeyferryError} capture-unreadable */
  async function takeCredentials(run: Run, clientId: string, secret: string, clicks: number): Promise<void> {
    const captured = readFields(clientId, secret, run.setup.tenant.console);
    if ('problem' in captured) throw new KeyferryError('capture-unreadable', { problem: captured.problem });
    await vault.put('client-secret', run.id, new Secret(captured.secret));
    await runner.dispatch(run.id, { type: 'captured', clientId: captured.clientId, clicks });
  }

  /** Likewise. @throws {KeyferryError} capture-unreadable */
  async function takeKey(run: Run, shown: string, clicks: number): Promise<void> {
    const key = readApiKey(shown);
    if (key === undefined || key === 'masked') throw new KeyferryError('capture-unreadable', { problem: key === 'masked' ? 'key-masked' : 'no-key' });
    await vault.put('api-key', run.id, key);
    await runner.dispatch(run.id, { type: 'captured', clientId: '', clicks });
  }

  const sweep = async (): Promise<void> => vault.sweep(await runner.openRuns());
  watchdog.listen(() => runner.wake(), sweep);
  watchOwnHosts();
  watchPending(async (what) => {
    if (what.type === 'connect') return connect(what);
    const run = await runStore.get(what.runId);
    if (!run || siteOf(run)?.base !== formAddressOf(run.setup.service)) return;
    await runner.dispatch(run.id, { type: 'choose-groups', groups: what.groups, clicks: what.clicks });
    await openSite(formAddressOf(run.setup.service), run.setup.uem ? harmonyMobile.start : '/');
  });
  watchToolbarButton();
  void forgetPageRequests();

  void (async () => {
    await vault.closeToContentScripts();
    await sweep();
    await keepConnections();
    await runner.wake();
    await guiding.sync();
  })();
}

/** What a Run on a connection that is there can be done with. */
function waysOf({ tenant, service }: RunSetup, removesConsole: boolean): Ways {
  return { rungs: getConsole(tenant.console).rungs, can: getService(service.id).can, removesConsole };
}

/** @throws {KeyferryError} bad-input where it does not wait for the admin's credentials */
async function getGuidedRun(runId: string): Promise<Run> {
  const run = await runStore.get(runId);
  if (!run || !siteOf(run)) throw new KeyferryError('bad-input', { where: 'capture', field: 'runId', problem: 'unknown' });
  return run;
}

/** What the guide of a Run may have typed in. */
async function findFillable(run: Run, secret: FillableSecret): Promise<Secret | undefined> {
  if (secret !== 'password') return vault.get(secret, run.id);
  // In the form of a new administrator it is made; elsewhere only the one that was made counts.
  return run.phase.kind === 'needs-admin' && run.phase.step === 'administrator' ? getPassword(run) : vault.get('admin-password', run.id);
}

/** For this browser session. */
async function holdKey(access: string, key: Secret): Promise<void> {
  await vault.put('service-key', access, key);
  await heldKeys.set([...new Set([...(await heldKeys.get()), access])]);
}
