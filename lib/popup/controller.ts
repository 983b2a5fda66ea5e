import { causeOf, type Failure } from '../failure.ts';
import { detectTenant } from '../messages/detect.ts';
import { apiPlaceOf, getCredentialsPage, getPartPage, regionsOf, tokenHostsOf } from '../consoles/tenants.ts';
import { send } from '../messages/send.ts';
import type { RunIntent } from '../messages/protocol.ts';
import { browser } from '../platform/browser.ts';
import { areAllowed, isBelow, requestOrigins } from '../platform/permissions.ts';
import { openPanel } from '../platform/panel.ts';
import { findTabsOn, findTargetTab, onTargetTabChange, openSite, type TargetTab } from '../platform/tabs.ts';
import { isOpen, isWorking, runKey, type Run, type RunSetup } from '../run/run.ts';
import type { ConnectionsInput } from '../run/connections-view.ts';
import { chosenOf, recipeOf, type ServicesInput } from '../run/services-view.ts';
import { defaultName, viewOf, type Intent, type Place, type View, type ViewInput } from '../run/view.ts';
import { harmonyMobile, setupOf, type UemFacts, type UemInput } from '../run/uem-view.ts';
import { connections, type Connection } from '../storage/connections.ts';
import { drafts, knownGroups, type Draft } from '../storage/drafts.ts';
import { guides } from '../storage/guides.ts';
import { ownHosts, sighting } from '../storage/hosts.ts';
import { lockedKeys } from '../storage/locked-keys.ts';
import { pending } from '../storage/pending.ts';
import { runStore } from '../storage/runs.ts';
import { heldKeys, serviceSettings, type ServiceSetting } from '../storage/services.ts';
import { uemDrafts, uemFacts } from '../storage/uem.ts';
import { formAddressOf, services } from '../services/registry.ts';
import { accessIdOf, type Service } from '../services/service.ts';
import type { Tenant } from '../consoles/console.ts';

/** What is about the page; the others only open something. */
type PageIntent = Exclude<Intent, { type: 'open-panel' | 'open-options' }>;

/** Where the service's API answers, by region. */
const gateways = { eu: 'https://cloudinfra-gw.portal.checkpoint.com', us: 'https://cloudinfra-gw-us.portal.checkpoint.com', ap: 'https://cloudinfra-gw-ap.portal.checkpoint.com' } as const;

/** What the popup shows right now. */
export interface PopupState {
  view: View | undefined;
  busy: boolean;
  notice: Failure | undefined;
  hasConnections: boolean;
}

/**
 * The popup's brain: reads storage and the tab, turns intents into messages. State lives in storage and in the Run, so the popup
 * can be closed at any time.
 */
export class PopupController {
  readonly #show: (state: PopupState) => void;
  #isPanel = false;
  #tab: TargetTab | undefined;
  #tenant: Tenant | undefined;
  #input: ViewInput | undefined;
  #place: Place | undefined;
  #groupsFailure: Failure | undefined;
  #isLoadingGroups = false;
  /** What the page of a Workspace ONE UEM console said. */
  #facts: UemFacts = { organizationGroup: undefined, apiAddress: '' };
  #busy = false;
  #notice: Failure | undefined;
  /** Real clicks since the popup opened, handed to the next message that starts or moves a Run. */
  #clicks = 0;
  /** Only the newest refresh may draw. */
  #turn = 0;

  constructor(show: (state: PopupState) => void) {
    this.#show = show;
  }

  /**
   * @param followsTabs the page stays while the admin moves between tabs (side panel)
   * @param signal ends all listening
   */
  async open(document: Document, followsTabs: boolean, signal: AbortSignal): Promise<void> {
    this.#isPanel = followsTabs;
    document.addEventListener('click', (event) => { if (event.isTrusted) this.#clicks += 1; }, { capture: true, signal });
    const onChanged = (changes: object): void => void (ownHosts.key in changes ? this.#follow() : this.refresh());
    browser.storage.onChanged.addListener(onChanged);
    signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged), { once: true });
    if (followsTabs) onTargetTabChange(() => void this.#follow(), signal);
    await this.#follow();
    // Opening the popup wakes no background: a Run that stands still because the browser stopped it would wait for the watchdog.
    if (this.#input?.run && isWorking(this.#input.run)) void send('wake', {});
  }

  /** Looks which tab is meant now, and draws what belongs to it. */
  async #follow(): Promise<void> {
    const tab = await findTargetTab();
    const tenant = tab && (await detectTenant(tab));
    // The click on the toolbar lets Keyferry look once at this page.
    if (tab && tenant?.console !== 'jamf-pro' && tab.url.startsWith('https://')) await send('look', { tabId: tab.id });
    // What was failed or chosen for another tenant says nothing of this one.
    if (tenant?.base !== this.#tenant?.base) {
      this.#groupsFailure = undefined;
      this.#place = undefined;
    }
    this.#tab = tab;
    this.#tenant = tenant;
    await this.refresh();
  }

  /** Reads all that the view depends on and draws it. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const input = await this.#read();
    if (turn !== this.#turn) return;
    this.#input = input;
    const view = viewOf(input);
    this.#draw(view);
    if (view.kind === 'choose' && view.groups?.state === 'loading') void this.#loadGroups(view.tenant);
  }

  async #read(): Promise<ViewInput> {
    const tenant = this.#tenant;
    const place = this.#place;
    const [settings, held, locked, made, runs, allGroups] = await Promise.all([serviceSettings.get(), heldKeys.get(), lockedKeys.get(), connections.get(), runStore.list(), knownGroups.get()]);
    const known: ServicesInput = { all: services, settings, held, locked: Object.keys(locked) };
    const there: ConnectionsInput = { known: made, runs: runs.filter((run) => !run.dismissed) };
    const groupsOf = (base: string | undefined): ViewInput['groups'] => {
      const groups = base === undefined ? undefined : allGroups[base];
      return groups ? { state: 'ready', options: groups.groups } : this.#groupsFailure ? { state: 'failed', failure: this.#groupsFailure } : { state: 'loading' };
    };
    const nothing = { tenant, place, services: known, connections: there, run: undefined, service: undefined, about: undefined, recipe: undefined, draft: undefined, guide: undefined, groups: undefined };
    if (place?.at === 'run') {
      const run = there.runs.find(({ setup }) => runKey(setup) === place.id);
      const { about, setting } = run ? serviceOf(run, settings) : {};
      if (run) return { ...nothing, run, about, service: setting, recipe: recipeOf(about, run.setup.tenant.console), guide: (await guides.get())[run.id], uem: await readUem(run.setup.tenant, about, held, await readFacts(run.setup.tenant)), groups: groupsOf(run.setup.tenant.base) };
    }
    if (place?.at === 'connection') {
      const base = made.find(({ id }) => id === place.id)?.setup.tenant.base;
      return { ...nothing, groups: groupsOf(base), hasTab: base !== undefined && (await findTabsOn(base)).length > 0 };
    }
    if (!tenant) {
      const seen = await sighting.get();
      const isHere = seen !== null && seen.tabId === this.#tab?.id && isBelow(this.#tab.url, seen.tenant.base);
      return { ...nothing, sighting: isHere ? seen.tenant : undefined };
    }
    const [allDrafts, allGuides] = await Promise.all([drafts.get(), guides.get()]);
    const run = currentRun(runs, tenant);
    const draft = allDrafts[tenant.base];
    // A Run's own service, whatever is being chosen meanwhile.
    const { about, setting } = run ? serviceOf(run, settings) : (chosenOf(tenant.console, known, draft?.service) ?? {});
    if (tenant.console === 'workspace-one') this.#facts = await readFacts(tenant);
    return {
      ...nothing,
      run,
      guide: run && allGuides[run.id],
      about,
      service: setting,
      needsAccess: await lacksAccess(about, setting?.address ?? draft?.address),
      uem: await readUem(tenant, about, held, this.#facts),
      recipe: recipeOf(about, tenant.console),
      regions: regionsOf(tenant, timeZone()),
      draft,
      groups: groupsOf(tenant.base),
    };
  }

  /** Turns what the admin did into messages; failures become the notice. */
  async handle(intent: Intent): Promise<void> {
    if (intent.type === 'open-panel' || intent.type === 'open-options') {
      // Opening the panel needs the click itself, too.
      await (intent.type === 'open-panel' ? openPanel(this.#tab?.id) : browser.runtime.openOptionsPage());
      // The popup makes way; the panel stays.
      if (!this.#isPanel) window.close();
      return;
    }
    // Permission prompts need the click itself: nothing may be awaited before them.
    const permission = this.#permissionFor(intent);
    if (permission.length > 0) this.#keepForLater(intent, permission);
    const asked = permission.length === 0 ? undefined : requestOrigins(permission);
    const wasRefused = this.#notice;
    this.#notice = undefined;
    this.#busy = true;
    this.#redraw();
    if (asked) {
      await asked.catch(() => false);
      await pending.set(null);
    }
    const failure = await this.#perform(intent);
    this.#busy = false;
    this.#notice = failure ?? (intent.type === 'choose' ? wasRefused : undefined);
    // What was opened may be the very page behind the popup.
    if (!failure && !this.#isPanel && (intent.type === 'open-part' || intent.type === 'open-console' || intent.type === 'visit-console')) return window.close();
    await this.refresh();
  }

  /** Chromium closes the popup while it asks: then the background goes on. Not awaited, since the prompt needs the click itself. */
  #keepForLater(intent: PageIntent, origins: string[]): void {
    const at = Date.now();
    if (intent.type === 'open-service') void pending.set({ type: 'open-service', at, origins, runId: intent.runId, groups: intent.groups, clicks: this.#clicks });
    const setup = intent.type === 'connect' ? this.#setup() : undefined;
    // The form then opens where it was left.
    if (intent.type === 'allow-address') void this.#changeDraft({ address: intent.address });
    if (setup?.uem || setup?.api) void pending.set({ type: 'connect', at, origins, setup, tabId: this.#tab?.id ?? null, clicks: this.#clicks });
  }

  /** What Connect begins, as things are chosen now. */
  #setup(): RunSetup | undefined {
    const view = this.#input && viewOf(this.#input);
    if (view?.kind === 'uem-choose') return setupOf(view);
    if (view?.kind !== 'choose') return undefined;
    const api = apiPlaceOf(view.tenant, view.regions?.chosen, timeZone(), this.#facts);
    return {
      tenant: view.tenant,
      service: { id: view.service.id, address: view.service.address, account: view.service.account },
      dataSets: view.dataSets.filter((set) => set.checked).map((set) => set.id),
      group: view.group,
      name: view.name.trim() || defaultName(view.service.organization, this.#input?.about?.name),
      ...(view.asks.length > 0 ? { answers: Object.fromEntries(view.asks.map(({ id, value }) => [id, value.trim()])) } : {}),
      ...(api ? { api } : {}),
    };
  }

  /** Origins that the browser is to be asked for. */
  #permissionFor(intent: PageIntent): string[] {
    const run = this.#input?.run;
    switch (intent.type) {
      // Firefox, and Chromium on the user's wish, let the console's host be taken away: asked for again when it is needed.
      case 'connect': {
        const setup = this.#setup();
        const address = setup?.uem ? this.#facts.apiAddress : setup?.api?.address;
        return setup ? [setup.tenant.origin, ...(address === undefined ? [] : [new URL(address).origin]), ...(setup.api ? tokenHostsOf(setup.tenant.console) : [])] : [];
      }
      case 'renew':
      case 'disconnect': {
        const setup = this.#connection(intent.id)?.setup;
        return setup ? [setup.tenant.origin, ...(setup.api ? tokenHostsOf(setup.tenant.console) : [])] : [];
      }
      case 'allow-host':
        return [intent.base];
      case 'allow-console':
      case 'borrow-token':
        return originsOf(run);
      case 'capture-shown':
      case 'capture-key':
      case 'by-api':
        // The settings page may have shown another address of the API than the rule gives.
        return run?.setup.uem ? originsOf(run) : [];
      case 'allow-service':
      case 'open-service':
        // The portal's API is at its gateways.
        return run ? [new URL(intent.type === 'open-service' ? formAddressOf(run.setup.service) : run.setup.service.address).origin, ...(run.setup.uem && intent.type === 'allow-service' ? Object.values(gateways) : [])] : [];
      case 'status-key':
        // The portal, and its API beside it.
        return intent.key ? [harmonyMobile.address, gateways[intent.key.region]] : [];
      case 'set-up-service': {
        // Else only where nothing came back: an answer, of whatever kind, shows that access is not what is missing.
        const isOutOfReach = this.#notice?.code === 'service-unreachable' && this.#notice.params['status'] === '';
        const origin = isOutOfReach || services.find(({ id }) => id === intent.id)?.needsPermission ? originOf(intent.address) : undefined;
        return origin === undefined ? [] : [origin];
      }
      case 'allow-address':
        return [originOf(intent.address)].filter((origin) => origin !== undefined);
      default:
        return [];
    }
  }

  async #perform(intent: PageIntent): Promise<Failure | undefined> {
    const tabId = this.#tab?.id ?? null;
    const act = (runId: string, runIntent: RunIntent): Promise<Failure | undefined> => send('act', { runId, intent: runIntent });
    switch (intent.type) {
      case 'unlock-service':
      case 'set-up-service': {
        // Without a key there is nothing to test or to keep.
        if (intent.type === 'set-up-service' && intent.key === '') return this.#setUpWithoutKey(intent);
        const failure =
          intent.type === 'unlock-service'
            ? await send('unlock-service', { access: intent.access, passphrase: intent.passphrase })
            : await send('set-up-service', { id: intent.id, address: intent.address, account: intent.account, key: intent.key, passphrase: intent.passphrase });
        if (failure) return failure;
        this.#place = undefined;
        if (intent.type === 'set-up-service') {
          const [setting] = await serviceSettings.get();
          if (setting) await this.#changeDraft({ service: { id: setting.id, access: accessIdOf(setting) } });
        }
        const run = this.#input?.run;
        const held = await heldKeys.get();
        // The Run that stopped for want of a key goes on with it.
        if (run && held.includes(accessIdOf(run.setup.service)) && run.phase.kind === 'failed' && causeOf(run.phase.failure).code.startsWith('service-')) {
          return act(run.id, { type: 'retry', tabId, clicks: this.#takeClicks() });
        }
        return undefined;
      }
      case 'allow-host':
        return send('add-host', { base: intent.base });
      case 'allow-address':
        return this.#changeDraft({ address: intent.address });
      case 'show':
        this.#place = intent.place;
        this.#groupsFailure = undefined;
        return undefined;
      // Clicks on these are no part of what is connected next.
      case 'check':
        this.#takeClicks();
        return send('check-connection', { id: intent.id, tabId });
      case 'sync':
        this.#takeClicks();
        return send('sync-connection', { id: intent.id });
      case 'forget':
        this.#takeClicks();
        this.#place = this.#tenant ? undefined : { at: 'connections' };
        return send('forget-connection', { id: intent.id });
      case 'disconnect':
        return this.#showRun(intent.id, await send('disconnect', { id: intent.id, removesConsole: intent.removesConsole, tabId, clicks: this.#takeClicks() }));
      case 'renew': {
        const setup = this.#connection(intent.id)?.setup;
        if (!setup) return undefined;
        const { purpose, changes } = intent;
        const renewed: RunSetup = { ...setup, ...changes, ...(purpose === 'reconnect' ? {} : { purpose }) };
        return this.#showRun(intent.id, await send('connect', { setup: renewed, tabId, clicks: this.#takeClicks() }));
      }
      case 'visit-console': {
        const base = this.#connection(intent.id)?.setup.tenant.base;
        if (base !== undefined) await openSite(base, '/');
        return undefined;
      }
      case 'list-groups': {
        const tenant = this.#connection(intent.id)?.setup.tenant;
        this.#groupsFailure = undefined;
        if (tenant) void this.#loadGroups(tenant);
        return undefined;
      }
      case 'choose-service':
        this.#place = undefined;
        // What was chosen for another service is not meant for this one.
        return this.#setDraft({ service: { id: intent.id, access: intent.access }, group: null });
      case 'choose': {
        const { type, ...choice } = intent;
        return this.#changeDraft(choice);
      }
      case 'load-groups':
        this.#groupsFailure = undefined;
        if (this.#tenant) void this.#loadGroups(this.#tenant);
        return undefined;
      case 'connect': {
        const setup = this.#setup();
        return setup && send('connect', { setup, tabId, clicks: this.#takeClicks() });
      }
      case 'choose-uem':
        if (this.#tenant) await uemDrafts.set({ ...(await uemDrafts.get()), [this.#tenant.base]: intent.choice });
        return undefined;
      case 'status-key':
        return send('status-key', { key: intent.key });
      case 'finish':
        return (await send('status-key', { key: null })) ?? act(intent.runId, { type: 'retry', tabId, clicks: this.#takeClicks() });
      case 'capture-key':
        return send('capture-key', { runId: intent.runId, key: intent.key, clicks: this.#takeClicks() });
      case 'by-api':
        return send('by-api', { runId: intent.runId, username: intent.username, password: intent.password, clicks: this.#takeClicks() });
      case 'open-part': {
        const run = this.#input?.run;
        const part = run && viewOf({ ...this.#input!, run });
        return part && 'uem' in part && part.uem?.part ? this.#openConsole(getPartPage(part.uem.part)) : undefined;
      }
      case 'open-service': {
        const run = this.#input?.run;
        if (!run) return undefined;
        const failure = await act(run.id, { type: 'choose-groups', groups: intent.groups, clicks: this.#takeClicks() });
        if (!failure) await openSite(formAddressOf(run.setup.service), run.setup.uem ? harmonyMobile.start : '/');
        return failure;
      }
      case 'sign-in': {
        const { runId, username, password } = intent;
        return send('sign-in', { runId, username, password, tabId, clicks: this.#takeClicks() });
      }
      case 'edit': {
        const run = this.#input?.run;
        if (run?.id !== intent.runId) return undefined;
        const setup = { ...run.setup, dataSets: intent.dataSets, group: intent.group, answers: intent.answers };
        return act(run.id, { type: 'edit', setup, tabId, clicks: this.#takeClicks() });
      }
      case 'rename': {
        const run = this.#input?.run;
        return run?.id === intent.runId ? act(run.id, { type: 'edit', setup: { ...run.setup, name: intent.name }, tabId, clicks: this.#takeClicks() }) : undefined;
      }
      case 'edit-uem': {
        const run = this.#input?.run;
        return run?.id === intent.runId ? act(run.id, { type: 'edit', setup: { ...run.setup, uem: intent.uem }, tabId, clicks: this.#takeClicks() }) : undefined;
      }
      case 'open-console':
        return this.#openConsole('/');
      case 'open-credentials': {
        const run = this.#input?.run;
        return run && this.#openConsole(getCredentialsPage(run.setup.tenant.console));
      }
      case 'borrow-token':
        return act(intent.runId, { type: 'use-rung', rung: 'borrowed-token', tabId, clicks: this.#takeClicks() });
      case 'guide':
        return act(intent.runId, { type: 'use-rung', rung: 'guided', tabId, clicks: this.#takeClicks() });
      case 'capture-shown':
        return send('capture-shown', { runId: intent.runId, clicks: this.#takeClicks() });
      case 'capture':
        return send('capture', { runId: intent.runId, clientId: intent.clientId, secret: intent.secret, clicks: this.#takeClicks() });
      case 'consent':
      case 'take-over':
      case 'waive':
      case 'cancel':
        return act(intent.runId, { type: intent.type, clicks: this.#takeClicks() });
      case 'dismiss':
        // What was chosen is connected: the next choice begins anew.
        if (this.#input?.run?.phase.kind === 'connected') await this.#setDraft({ group: null });
        return act(intent.runId, { type: intent.type, clicks: this.#takeClicks() });
      case 'undo':
        return act(intent.runId, { type: 'undo', tabId, clicks: this.#takeClicks() });
      case 'retry':
      case 'continue':
      case 'allow-console':
      case 'allow-service':
        return act(intent.runId, { type: 'retry', tabId, clicks: this.#takeClicks() });
    }
  }

  #connection(id: string): Pick<Connection, 'setup'> | undefined {
    return this.#input?.connections?.known.find((one) => one.id === id) ?? this.#input?.connections?.runs.find(({ setup }) => runKey(setup) === id);
  }

  /** Shows the Run that has begun on a connection, wherever its tenant is. */
  #showRun(id: string, failure: Failure | undefined): Failure | undefined {
    if (!failure) this.#place = { at: 'run', id };
    return failure;
  }

  async #changeDraft(change: Partial<Draft>): Promise<undefined> {
    const { group = null, ...draft } = (this.#tenant && (await drafts.get())[this.#tenant.base]) ?? {};
    return this.#setDraft({ group, ...draft, ...change });
  }

  async #setDraft(draft: Draft): Promise<undefined> {
    if (this.#tenant) await drafts.set({ ...(await drafts.get()), [this.#tenant.base]: draft });
  }

  /** The service is known by what was chosen alone. */
  async #setUpWithoutKey({ id, address, account }: Extract<Intent, { type: 'set-up-service' }>): Promise<undefined> {
    const setting = { id, address: originOf(address) === undefined ? address : address.trim().replace(/\/+$/, ''), account, organization: services.find((one) => one.id === id)?.name ?? '' };
    const others = (await serviceSettings.get()).filter((other) => accessIdOf(other) !== accessIdOf(setting));
    await serviceSettings.set([setting, ...others]);
    this.#place = undefined;
    return this.#changeDraft({ service: { id, access: accessIdOf(setting) } });
  }

  async #openConsole(path: string): Promise<undefined> {
    const base = this.#input?.run?.setup.tenant.base;
    if (base !== undefined) await openSite(base, path);
  }

  async #loadGroups(tenant: Tenant): Promise<void> {
    if (this.#isLoadingGroups || this.#groupsFailure) return;
    this.#isLoadingGroups = true;
    this.#groupsFailure = await send('list-groups', { tabId: this.#tab?.id ?? null, base: tenant.base });
    this.#isLoadingGroups = false;
    await this.refresh();
  }

  #takeClicks(): number {
    const clicks = this.#clicks;
    this.#clicks = 0;
    return clicks;
  }

  #redraw(): void {
    if (this.#input) this.#draw(viewOf(this.#input));
  }

  #draw(view: View): void {
    const { known = [], runs = [] } = this.#input?.connections ?? {};
    this.#show({ view, busy: this.#busy, notice: this.#notice, hasConnections: known.length > 0 || runs.some(isOpen) });
  }
}

/** The Run to show: an open one first, else the newest that the admin has not put aside. */
function currentRun(runs: Run[], tenant: Tenant): Run | undefined {
  const ours = runs.filter((run) => run.setup.tenant.base === tenant.base && !run.dismissed);
  return ours.find(isOpen) ?? ours[0];
}

function serviceOf({ setup: { service } }: Run, settings: readonly ServiceSetting[]): { about: Service | undefined; setting: ServiceSetting | undefined } {
  return { about: services.find(({ id }) => id === service.id), setting: settings.find((one) => one.id === service.id && accessIdOf(one) === accessIdOf(service)) };
}

/** The console, and its API where that is elsewhere. */
function originsOf(run: Run | undefined): string[] {
  if (!run) return [];
  const { tenant, uem, api } = run.setup;
  const address = uem ? (run.seen.uemProof?.apiAddress ?? run.seen.apiAddress) : api?.address;
  return [...new Set([tenant.origin, ...(address !== undefined && URL.canParse(address) ? [new URL(address).origin] : []), ...(api ? tokenHostsOf(tenant.console) : [])])];
}

/** What is known of a Workspace ONE UEM tenant. */
async function readUem(tenant: Tenant, about: Service | undefined, held: readonly string[], facts: UemFacts): Promise<UemInput | undefined> {
  const recipe = about?.uemRecipe;
  if (recipe?.console !== tenant.console) return undefined;
  return { recipe, facts, draft: (await uemDrafts.get())[tenant.base], hasStatusKey: held.includes(harmonyMobile.address) };
}

async function readFacts({ base }: Tenant): Promise<UemFacts> {
  const { organizationGroup, apiAddress = base } = (await uemFacts.get())[base] ?? {};
  return { organizationGroup, apiAddress };
}

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The origin of an address as typed; `undefined` where it is none. */
function originOf(address: string): string | undefined {
  try {
    const url = new URL(/^https:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`);
    return url.protocol === 'https:' ? url.origin : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the browser has to be asked for the service's host first; not known where there is no address yet. */
async function lacksAccess(about: Service | undefined, address: string | undefined): Promise<boolean> {
  if (!about?.needsPermission) return false;
  const where = address ?? (about.address.kind === 'fixed' ? about.address.options[0]?.address : undefined);
  const origin = where === undefined ? undefined : originOf(where);
  return origin === undefined || !(await areAllowed([origin]));
}
