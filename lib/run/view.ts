import type { RungId, Tenant } from '../consoles/console.ts';
import { causeOf, type Failure } from '../failure.ts';
import { accessIdOf, type Outcome, type Service, type ServiceId } from '../services/service.ts';
import { privilegesFor, type DataSetId, type Recipe } from '../recipes/recipe.ts';
import { stepsOf, type AnyStepId, type ApiStepId, type Ask, type Purpose, type Receipt, type Run, type StepId, type UemChoice, type UemSetup, type UemStepId, type UndoStepId } from './run.ts';
import { isUndo } from './machine.ts';
import { connectionLines, viewOfConnection, viewOfConnections, type ConnectionsInput, type ConnectionsView, type ConnectionView, type GroupsView } from './connections-view.ts';
import { aboutOf, takes, viewOfServices, type AskView, type ServicesInput, type ServiceSetupView, type ServicesView } from './services-view.ts';
import { uemStepsOf } from './uem-course.ts';
import { harmonyMobile, type UemChooseView, type UemInput, type UemRunView, viewOfUemChoice, viewOfUemRun } from './uem-view.ts';

/*
 * What a person sees, as data: the popup (and later the side panel) draws it and sends intents back. Pure; no wording, no
 * browser, no secret.
 */

/** What the popup read when it opened, and whenever storage changes. */
export interface ViewInput {
  /** The tenant of the tab; `undefined` where it is no console. */
  tenant: Tenant | undefined;
  /** Looks like a console, on a host that is not allowed yet. */
  sighting?: Tenant | undefined;
  /** The tenant's newest Run that is open or not yet dismissed. */
  run: Run | undefined;
  service: { id: ServiceId; address: string; account: string; organization: string } | undefined;
  /** Where the admin went by hand; `undefined`: wherever things stand. */
  place?: Place | undefined;
  services: ServicesInput;
  connections?: ConnectionsInput;
  /** The connection that is looked at: a tab of its console is open. */
  hasTab?: boolean;
  /** The one that is meant for this tenant; its setting is `service`. */
  about: Service | undefined;
  /** The browser does not let Keyferry reach the service yet. */
  needsAccess?: boolean;
  recipe: Recipe | undefined;
  draft: Draft | undefined;
  /** There for a tenant of Workspace ONE UEM. */
  uem?: UemInput | undefined;
  /** Where the guide in the console's page stands; `undefined` while it has not spoken. */
  guide: GuideView | undefined;
  /** Where the console's tokens may come from; only where that has to be said. */
  regions?: { options: readonly string[]; likeliest: string } | undefined;
  /** The tenant's groups (sites), or why there are none; `undefined` = not asked yet. */
  groups: GroupsView | undefined;
}

/** What the admin is choosing for a tenant. */
export interface Draft {
  /** For another service it is another choice. `access` is empty until that is set up. */
  service?: { id: ServiceId; access: string } | undefined;
  /** Of the service, as typed or chosen while the browser is asked. */
  address?: string | undefined;
  dataSets?: DataSetId[] | undefined;
  group: { id: string; name: string } | null;
  name?: string | undefined;
  /** To the recipe's own questions, by their ids. */
  answers?: Record<string, string> | undefined;
  /** Where the console's tokens come from, where that has to be said. */
  region?: string | undefined;
}

/** Somewhere that the admin goes by hand. */
export type Place =
  | { at: 'services' }
  | { at: 'connections' }
  /** `id`: `runKey`. */
  | { at: 'connection' | 'run'; id: string }
  /** `access`: of one that is set up, to replace its address or key. */
  | { at: 'set-up'; id: ServiceId; access: string };

/** The card's line in the console's page. */
export interface GuideView {
  title: string;
  /** "3 of 9" */
  progress: string;
  isSecretShown: boolean;
  /** What it is at, in the guide's own words. */
  step: string;
  /** The step of the Run that it is about, where a Run has several such. */
  part?: string;
}

export interface DataSetView {
  id: DataSetId;
  required: boolean;
  checked: boolean;
  /** In the console's spelling. */
  privileges: string[];
}

/** Lines of the progress list; each stands for one or more steps. */
export const stepLines = {
  service: ['service-key'],
  access: ['console-access'],
  survey: ['privileges', 'find-role', 'find-client', 'find-registration'],
  role: ['role'],
  client: ['client'],
  secret: ['secret'],
  proof: ['proof'],
  register: ['register'],
  outcome: ['outcome'],
} as const satisfies Record<string, readonly ApiStepId[]>;
/** On the course "UEM" and in taking a connection back each step has its own. */
export type StepLineId = keyof typeof stepLines | UemStepId | UndoStepId;

export interface StepLine {
  id: StepLineId;
  state: 'waiting' | 'active' | 'done' | 'failed' | 'stopped';
  /** role, client: who made it. */
  origin?: 'created' | 'found' | 'changed';
}

/** What this Run wrote and has not taken back. */
export interface MadeView {
  role: { name: string; origin: 'created' | 'changed' } | undefined;
  client: { name: string; origin: 'created' | 'changed' | 'found' } | undefined;
  registration: 'created' | 'changed' | undefined;
}

/** What a disconnecting Run leaves, with who made it. */
export interface StaysView {
  role: { name: string; origin: 'created' | 'changed' | 'found' } | undefined;
  client: { name: string; origin: 'created' | 'changed' | 'found' } | undefined;
  registration: 'created' | 'changed' | 'found' | undefined;
}

/** What the admin can do next; the first is the main one. */
export type RunAction = 'take-over' | 'open-part' | 'open-service' | 'by-api' | 'finish' | 'borrow-token' | 'capture-shown' | 'open-credentials' | 'guide' | 'retry' | 'continue' | 'sign-in' | 'open-console' | 'allow-console' | 'allow-service' | 'service-key' | 'edit' | 'undo' | 'cancel' | 'dismiss' | 'consent' | 'waive';

export type View =
  | { kind: 'not-a-console' }
  /** Looks like a console on a host of its own: the admin decides. */
  | { kind: 'own-host'; tenant: Tenant }
  | UemChooseView
  | ServicesView
  | ConnectionsView
  | ConnectionView
  | ServiceSetupView
  | {
      kind: 'choose';
      tenant: Tenant;
      service: { id: ServiceId; address: string; account: string; organization: string };
      dataSets: DataSetView[];
      privileges: string[];
      /** `undefined` where no chosen data set can be filtered. */
      groups: ViewInput['groups'];
      group: { id: string; name: string } | null;
      name: string;
      asks: AskView[];
      /** A role of the console's own that is enough: none is made. */
      builtInRole: string | undefined;
      /** Where the console's tokens come from, to choose from. */
      regions?: { options: readonly string[]; chosen: string | undefined } | undefined;
    }
  | {
      kind: 'running' | 'needs-admin' | 'failed' | 'cancelled' | 'undone' | 'connected';
      runId: string;
      /** `undefined`: to connect. */
      purpose: Purpose | undefined;
      tenant: Tenant;
      /** `name`: the vendor's; empty for the open contract, whose organizations are all that it has. `site`: where its form is. */
      service: { id: ServiceId; access: string; address: string; organization: string; name?: string; site?: string | undefined };
      lines: StepLine[];
      /** running: taking back. */
      isUndoing: boolean;
      isStopping: boolean;
      rung: RungId;
      account: string | undefined;
      /** All that the recipe knows, with what is chosen: what "edit" offers. */
      dataSets: DataSetView[];
      group: { id: string; name: string } | null;
      /** For "edit"; read when its form opens (`load-groups`). `undefined` where there is no such filter. */
      groups: ViewInput['groups'];
      asks: AskView[];
      progress: { accounts: number | null; devices: number | null } | undefined;
      ask: Ask | undefined;
      failure: Failure | undefined;
      receipt: Receipt | undefined;
      made: MadeView;
      /** Purpose `disconnect`. */
      stays: StaysView | undefined;
      /** What the admin makes in the console when guided. */
      wanted: {
        name: string;
        privileges: string[];
        tokenLifetime: number;
        /** The console's own, with the group that the credentials are for: an OAuth client of Workspace ONE UEM. */
        builtInRole: string | undefined;
        organizationGroup: string | undefined;
      };
      /** Only while it waits for the admin in the console. */
      guide: GuideView | undefined;
      /** Course "UEM". */
      uem: UemRunView | undefined;
      actions: RunAction[];
    };

export type RunView = Extract<View, { runId: string }>;

/** The shortest passphrase for a key that is kept, characters. */
export const passphraseMinimum = 12;

/**
 * The default display name of role and client: says whose they are.
 * @param vendor an organization may be at several; their roles and clients must not be taken for one another's
 */
export function defaultName(organizationOrHost: string, vendor = ''): string {
  const owner = vendor === '' || organizationOrHost.toLowerCase().includes(vendor.toLowerCase()) ? organizationOrHost : `${vendor}, ${organizationOrHost}`;
  // Half of a surrogate pair is no character.
  return `Keyferry: ${owner}`.slice(0, 100).replace(/[\ud800-\udbff]$/, '');
}

/** Input to view. */
export function viewOf(input: ViewInput): View {
  const { tenant, run, place, service, recipe, about, services } = input;
  if (place?.at === 'set-up') {
    const setting = services.settings.find((one) => one.id === place.id && accessIdOf(one) === place.access);
    const wanted = services.all.find(({ id }) => id === place.id);
    if (wanted) return setupView(wanted, setting, true, input);
  }
  const { connections = { known: [], runs: [] } } = input;
  const lines = connectionLines(connections, services, tenant);
  const shown = place?.at === 'connection' ? viewOfConnection(place.id, connections, services, tenant, { groups: input.groups ?? { state: 'loading' }, hasTab: input.hasTab === true }) : undefined;
  if (shown) return shown;
  // Forgotten or disconnected meanwhile: back to those that are there.
  if (place?.at === 'connections' || place?.at === 'connection') return viewOfConnections(lines, tenant, false, tenant !== undefined);
  if (run && place?.at === 'run') return viewOfRun(run, input);
  if (!tenant) return input.sighting ? { kind: 'own-host', tenant: input.sighting } : { kind: 'not-a-console' };
  const hasOther = run !== undefined || about !== undefined;
  const isConnected = connections.known.some(({ setup }) => setup.tenant.base === tenant.base);
  if (place?.at === 'services') return viewOfServices(tenant, services, lines, hasOther || isConnected);
  if (run) return viewOfRun(run, input);
  // Home, until something else is to be connected.
  if (isConnected && !(input.draft?.service && about)) return viewOfConnections(lines, tenant, true, false);
  if (input.uem) return viewOfUemChoice(tenant, input.uem);
  if (!about || !takes(about, tenant.console)) return viewOfServices(tenant, services, lines, false);
  const isKeyMissing = about.key?.isOptional === false && !(service && services.held.includes(accessIdOf(service)));
  if (!service || !recipe || isKeyMissing) return setupView(about, service, false, input);
  const { draft } = input;
  const chosen = draft?.dataSets ?? recipe.dataSets.filter((set) => set.required).map((set) => set.id);
  const canFilter = recipe.dataSets.some((set) => set.groupFilter && (set.required || chosen.includes(set.id)));
  return {
    kind: 'choose',
    tenant,
    service,
    dataSets: recipe.dataSets.map(({ id, required, privileges }) => ({ id, required, privileges, checked: required || chosen.includes(id) })),
    privileges: privilegesFor(recipe, chosen),
    groups: canFilter ? (input.groups ?? { state: 'loading' }) : undefined,
    group: canFilter ? (draft?.group ?? null) : null,
    name: draft?.name ?? defaultName(service.organization, about.name),
    asks: recipe.asks.map((ask) => ({ ...ask, value: draft?.answers?.[ask.id] ?? '' })),
    builtInRole: recipe.builtInRole,
    ...(input.regions ? { regions: { options: input.regions.options, chosen: draft?.region ?? input.regions.likeliest } } : {}),
  };
}

function setupView(about: Service, service: ViewInput['service'], isChange: boolean, { tenant, draft, needsAccess = false, services: { held, locked } }: ViewInput): ServiceSetupView {
  const access = service && accessIdOf(service);
  const [only] = about.address.kind === 'fixed' ? about.address.options : [];
  return {
    kind: 'service-setup',
    tenant,
    about: aboutOf(about),
    service,
    isLocked: access !== undefined && locked.includes(access) && !held.includes(access),
    isChange,
    needsAccess,
    address: service?.address ?? draft?.address ?? only?.address ?? '',
  };
}

function viewOfRun(run: Run, input: ViewInput): RunView {
  const { phase, setup } = run;
  const step: AnyStepId | undefined = 'step' in phase ? phase.step : undefined;
  // What was said of the step before is of no use now.
  const guide = input.guide?.part && input.guide.part !== step ? undefined : input.guide;
  const isUndoing = step?.startsWith('undo-') ?? false;
  const { dataSets = [], asks = [] } = input.recipe ?? {};
  const canFilter = dataSets.some((set) => set.groupFilter);
  const hasChoice = canFilter || asks.length > 0 || dataSets.some((set) => !set.required);
  return {
    kind: phase.kind === 'working' ? 'running' : phase.kind,
    runId: run.id,
    purpose: setup.purpose,
    tenant: setup.tenant,
    service: { id: setup.service.id, access: accessIdOf(setup.service), address: setup.service.address, organization: setup.uem ? harmonyMobile.organization : (run.seen.organization ?? input.service?.organization ?? new URL(setup.service.address).host), ...(input.about ? { name: input.about.name, site: input.about.site } : {}) },
    lines: linesOf(run, isUndoing && !run.steps ? undefined : step, input.about?.outcome ?? 'polled'),
    isUndoing,
    isStopping: run.cancelRequested,
    rung: run.rung,
    account: run.seen.access?.account,
    dataSets: dataSets.map(({ id, required, privileges }) => ({ id, required, privileges, checked: setup.dataSets.includes(id) })),
    group: setup.group,
    groups: canFilter ? (input.groups ?? { state: 'loading' }) : undefined,
    asks: asks.map((ask) => ({ ...ask, value: setup.answers?.[ask.id] ?? '' })),
    progress: run.progress,
    ask: phase.kind === 'needs-admin' ? phase.ask : undefined,
    failure: phase.kind === 'failed' ? phase.failure : undefined,
    receipt: phase.kind === 'connected' ? phase.receipt : undefined,
    ...madeOf(run),
    wanted: {
      name: setup.name,
      privileges: input.recipe ? privilegesFor(input.recipe, setup.dataSets).filter((name) => !run.waived.includes(name)) : [],
      tokenLifetime: input.recipe?.tokenLifetime ?? 0,
      builtInRole: input.recipe?.builtInRole,
      organizationGroup: setup.api?.organizationGroup,
    },
    guide: phase.kind === 'needs-admin' && (phase.ask.kind === 'capture' || phase.ask.kind === 'guide') ? guide : undefined,
    uem: input.uem && viewOfUemRun(run, input.uem.recipe),
    actions: actionsOf(run, isUndoing, guide).filter((action) => action !== 'edit' || hasChoice),
  };
}

function madeOf({ made, steps, setup }: Run): Pick<RunView, 'made' | 'stays'> {
  const { role, client, registration } = made;
  if (setup.purpose !== 'disconnect') {
    return {
      made: {
        role: role && role.origin !== 'found' ? { name: role.value.name, origin: role.origin } : undefined,
        client: client && (client.origin !== 'found' || made.secrets > 0) ? { name: client.value.name, origin: client.origin } : undefined,
        registration: registration?.origin === 'found' ? undefined : registration?.origin,
      },
      stays: undefined,
    };
  }
  const goes = (step: UndoStepId): boolean => steps?.includes(step) ?? false;
  return {
    made: {
      role: role && goes('undo-role') ? { name: role.value.name, origin: 'created' } : undefined,
      client: client && goes('undo-client') ? { name: client.value.name, origin: 'created' } : undefined,
      registration: registration && goes('undo-registration') ? 'created' : undefined,
    },
    stays: {
      role: role && !goes('undo-role') ? { name: role.value.name, origin: role.origin } : undefined,
      client: client && !goes('undo-client') ? { name: client.value.name, origin: client.origin } : undefined,
      registration: goes('undo-registration') ? undefined : registration?.origin,
    },
  };
}

function linesOf(run: Run, step: AnyStepId | undefined, outcome: Outcome): StepLine[] {
  const { phase } = run;
  const order = stepsOf(run);
  // Who reads nothing by itself sends no first data to wait for.
  const standing: Record<keyof typeof stepLines, readonly StepId[]> = outcome === 'polled' ? stepLines : { ...stepLines, register: ['register', 'outcome'], outcome: [] };
  const lines: [StepLineId, readonly AnyStepId[]][] = run.setup.uem
    ? uemStepsOf(run).map((id) => [id, [id]])
    : [
        ...(Object.keys(stepLines) as (keyof typeof stepLines)[]).map((id): [StepLineId, readonly StepId[]] => [id, standing[id].filter((one) => order.includes(one))]),
        ...order.filter(isUndo).map((id): [StepLineId, UndoStepId[]] => [id, [id]]),
      ];
  const isBehind = (one: AnyStepId): boolean => (isUndo(one) ? phase.kind === 'undone' || (step !== undefined && order.indexOf(one) < order.indexOf(step)) : run.done.includes(one));
  return lines.flatMap(([id, steps]) => {
    if (steps.length === 0) return [];
    const isCurrent = steps.some((one) => one === step);
    let state: StepLine['state'] = 'waiting';
    if (phase.kind === 'connected' || steps.every(isBehind)) state = 'done';
    else if (isCurrent) state = phase.kind === 'failed' ? 'failed' : phase.kind === 'working' ? 'active' : 'stopped';
    const origin = id === 'role' ? run.made.role?.origin : id === 'client' ? run.made.client?.origin : undefined;
    return { id, state, ...(origin && state === 'done' ? { origin } : {}) };
  });
}

/** Steps of the guides where nothing is begun on the page yet: beyond them it is not taken away from under the admin. */
const wayThere: ReadonlySet<string> = new Set(['open-settings', 'open-rest-api', 'open-administrators', 'open-configurations', 'lost']);

const rungActions: Partial<Record<RungId, RunAction>> = { 'borrowed-token': 'borrow-token', 'sign-in': 'sign-in', 'guided': 'guide' };

function actionsOf(run: Run, isUndoing: boolean, guide: GuideView | undefined): RunAction[] {
  const { phase, made } = run;
  const hasMade =
    (made.role !== undefined && made.role.origin !== 'found') ||
    (made.client !== undefined && made.client.origin !== 'found') ||
    made.registration?.origin === 'created' ||
    Object.keys(run.doubts).length > 0;
  const { uem, purpose } = run.setup;
  // What the admin saved in the pages is the admin's to remove; what a connection lives on is taken back by disconnecting.
  const canUndo = hasMade && !uem && !purpose;
  const mayEdit = !isUndoing && (!purpose || purpose === 'edit');
  const leave: RunAction[] = canUndo ? ['undo', 'dismiss'] : ['dismiss'];
  switch (phase.kind) {
    case 'working':
      return run.cancelRequested || isUndoing ? [] : ['cancel'];
    case 'needs-admin':
      if (phase.ask.kind === 'consent') return ['consent', 'cancel'];
      if (phase.ask.kind === 'unknown-privileges') return ['waive', 'retry', 'cancel'];
      if (phase.ask.kind === 'guide') {
        const open = phase.step === 'wizard' || phase.step === 'register' ? 'open-service' : guide === undefined || wayThere.has(guide.step) ? 'open-part' : guide.isSecretShown && phase.step === 'api-key' ? 'capture-shown' : 'open-console';
        if (phase.step !== 'administrator') return [open, 'cancel'];
        return run.made.administrator === undefined && guide?.step === 'admin-exists' ? ['take-over', 'by-api', 'cancel'] : [open, 'by-api', 'cancel'];
      }
      if (phase.ask.kind === 'capture') {
        const open = guide === undefined || wayThere.has(guide.step) ? 'open-credentials' : guide.isSecretShown ? 'capture-shown' : 'open-console';
        // What was captured is still held.
        return phase.ask.failure?.code === 'uem-client-refused' ? ['retry', open, 'cancel'] : [open, 'cancel'];
      }
      return [...phase.ask.offered.flatMap((rung) => rungActions[rung] ?? []), 'retry', 'cancel'];
    case 'cancelled':
      return isUndoing ? ['retry', 'dismiss'] : ['continue', ...leave];
    case 'connected':
    case 'undone':
      return ['dismiss'];
    case 'failed':
      if (uem) return [...uemRemediesFor(phase.failure, phase.step), 'dismiss'];
      // Nothing to go on with: the way is to connect anew.
      if (purpose && phase.failure.code === 'connection-gone') return ['dismiss', 'retry'];
      return [...remediesFor(causeOf(phase.failure), run).filter((action) => action !== 'edit' || mayEdit), ...(isUndoing ? (['dismiss'] as const) : leave)];
  }
}

/** The same on the course "UEM". */
function uemRemediesFor(failure: Failure, step: AnyStepId): RunAction[] {
  // The hand-over is done: what arrived can also be seen at the service.
  if (step === 'arrival') return failure.code === 'service-unreachable' ? ['retry', 'allow-service', 'finish'] : ['retry', 'finish'];
  // The API is on a host of its own, which the browser may not have been asked for.
  return failure.code === 'console-unreachable' ? ['retry', 'allow-console'] : ['retry'];
}

/** What helps against a failure, best first; never empty. */
function remediesFor(failure: Failure, { rung, setup: { api } }: Run): RunAction[] {
  switch (failure.code) {
    case 'service-key-missing':
    case 'service-key-refused':
    case 'service-key-read-only':
    case 'service-account-unclear':
    case 'service-key-unfit':
    case 'service-console-unsupported':
      return ['service-key', 'retry'];
    case 'service-unreachable':
      return ['retry', 'allow-service', 'service-key'];
    case 'console-permission-missing':
      return ['allow-console', 'retry'];
    case 'console-tab-gone':
    case 'console-signed-out':
      return ['retry', 'open-console'];
    case 'rights-missing':
      // The token stays that of the account that the page belonged to; the session changes with the page.
      return rung === 'borrowed-token' ? ['sign-in', 'borrow-token', 'retry'] : ['sign-in', 'retry'];
    // Only while taking back, as what follows: on the way forth the Run asks.
    case 'sign-in-expired':
    case 'page-token-missing':
      return ['sign-in', 'retry'];
    case 'console-session-refused':
    case 'page-token-expired':
      return ['borrow-token', 'sign-in', 'retry'];
    case 'service-plan-lacks':
      return ['edit', 'retry'];
    case 'service-reports-failure':
      return failure.params['code'] === 'site_not_found' ? ['edit', 'retry'] : ['retry', 'edit'];
    case 'service-refused':
      return ['retry', 'edit'];
    case 'console-unreachable':
      // Tokens and API are on hosts of their own, which the browser may not have been asked for.
      return api ? ['retry', 'allow-console'] : ['retry'];
    default:
      return ['retry'];
  }
}

/** What the popup can ask for; the entrypoint turns it into messages and browser calls. */
export type Intent =
  /** With a passphrase the key is kept, locked, when the browser closes. */
  | { type: 'set-up-service'; id: ServiceId; address: string; account: string; key: string; passphrase: string | null }
  /** `access`: `accessIdOf`. */
  | { type: 'unlock-service'; access: string; passphrase: string }
  /** Asks the browser for the service's host, before anything is typed. */
  | { type: 'allow-address'; address: string }
  /** Another connection than that of the tab in front. */
  | { type: 'check' | 'sync' | 'forget' | 'visit-console' | 'list-groups'; id: string }
  | { type: 'disconnect'; id: string; removesConsole: boolean }
  /** A Run on a connection that is there; `reconnect`: as the first time. `changes` with `edit`. */
  | { type: 'renew'; id: string; purpose: 'edit' | 'rotate' | 'rights' | 'reconnect'; changes?: { dataSets: DataSetId[]; group: { id: string; name: string } | null; name: string; answers: Record<string, string> } }
  /** Goes there; without a place: back to where things stand. */
  | { type: 'show'; place?: Place }
  /** For the tenant in front. `access` is empty where it is to be set up. */
  | { type: 'choose-service'; id: ServiceId; access: string }
  /** Beside the page, where it stays. */
  | { type: 'open-panel' }
  | { type: 'open-options' }
  | { type: 'allow-host'; base: string }
  | { type: 'choose'; dataSets: DataSetId[]; group: { id: string; name: string } | null; name: string; answers: Record<string, string>; region?: string | undefined }
  | { type: 'load-groups' }
  | { type: 'connect' }
  | { type: 'capture'; runId: string; clientId: string; secret: string }
  /** `open-credentials`: to the page of roles and clients in the console. */
  | { type: 'take-over' | 'borrow-token' | 'capture-shown' | 'open-credentials' | 'guide' | 'consent' | 'waive' | 'retry' | 'continue' | 'cancel' | 'undo' | 'dismiss' | 'open-console' | 'allow-console' | 'allow-service'; runId: string }
  | { type: 'sign-in'; runId: string; username: string; password: string }
  /** With the admin's own account at the console. */
  | { type: 'by-api'; runId: string; username: string; password: string }
  | { type: 'choose-uem'; choice: UemChoice }
  /** For reading at the service what arrived; `null` forgets it. */
  | { type: 'status-key'; key: { clientId: string; accessKey: string; region: 'eu' | 'us' | 'ap' } | null }
  /** `open-part`: to the console's page where this part begins; `finish`: without looking at what arrived. */
  | { type: 'open-part' | 'finish'; runId: string }
  | { type: 'open-service'; runId: string; groups: string[] }
  /** The REST API key as the admin pasted it. */
  | { type: 'capture-key'; runId: string; key: string }
  | { type: 'edit'; runId: string; dataSets: DataSetId[]; group: { id: string; name: string } | null; answers: Record<string, string> }
  /** Another name for what the admin makes in the console: that one is taken there. */
  | { type: 'rename'; runId: string; name: string }
  /** Other names for what is made in the console. */
  | { type: 'edit-uem'; runId: string; uem: UemSetup };
