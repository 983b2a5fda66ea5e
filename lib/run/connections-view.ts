import type { Tenant } from '../consoles/console.ts';
import type { Failure } from '../failure.ts';
import type { DataSetId } from '../recipes/recipe.ts';
import { accessIdOf, type Service, type ServiceId } from '../services/service.ts';
import type { Connection } from '../storage/connections.ts';
import { isOpen, runKey, type Purpose, type Receipt, type Run } from './run.ts';
import { recipeOf, takes, type AskView, type ServicesInput } from './services-view.ts';

/*
 * Every pair of a tenant and a service that this browser knows, how it stands, and what can be done with it. Pure.
 */

export interface ConnectionsInput {
  known: readonly Connection[];
  /** Of all tenants, newest first. */
  runs: readonly Run[];
}

export type ConnectionState = 'never' | 'connecting' | 'connected' | 'failing' | 'rights-changed' | 'gone' | 'unknown';

/** The tenant's groups (sites), or why there are none. */
export type GroupsView = { state: 'loading' } | { state: 'ready'; options: { id: string; name: string }[] } | { state: 'failed'; failure: Failure };

/** One line of the list. */
export interface ConnectionLine {
  id: string;
  tenant: Tenant;
  service: { id: ServiceId; access: string; organization: string; /** The vendor's; empty for the open contract. */ name: string };
  state: ConnectionState;
  /** Why it is as it is. */
  failure: Failure | null;
  /** What a Run is at, or failed at. */
  purpose: Purpose | undefined;
  /** ms since the epoch; when it was looked at, or else made */
  at: number | undefined;
  isChecked: boolean;
  accounts: number | null;
  devices: number | null;
}

export interface ConnectionsView {
  kind: 'connections';
  /** The console in front; `undefined` on any other page. */
  tenant: Tenant | undefined;
  lines: ConnectionLine[];
  /** Of other tenants, where only those of the one in front are listed. */
  others: number;
  canGoBack: boolean;
}

export type ConnectionAction = 'show-run' | 'set-up' | 'service-key' | 'rights' | 'reconnect' | 'check' | 'sync' | 'edit' | 'rotate' | 'open-console' | 'open-service' | 'disconnect' | 'forget';

export interface ConnectionView {
  kind: 'connection';
  line: ConnectionLine;
  receipt: Receipt | undefined;
  host: string;
  /** Of the role, against what the service needs. */
  missing: string[];
  surplus: string[];
  name: string;
  dataSets: { id: DataSetId; required: boolean; checked: boolean; groupFilter: boolean }[];
  group: { id: string; name: string } | null;
  groups: GroupsView;
  /** The service's own questions, as they were answered. */
  asks: AskView[];
  /** What a disconnection can take away: at the service, and what Keyferry created in the console. */
  removable: { atService: boolean; role: string | undefined; client: string | undefined };
  /** A tab of the console is open in this browser. */
  hasTab: boolean;
  actions: ConnectionAction[];
}

/** What the admin must see first comes first. */
const rank: Record<ConnectionState, number> = { 'failing': 0, 'gone': 0, 'rights-changed': 1, 'connecting': 2, 'never': 3, 'unknown': 4, 'connected': 5 };

/** All pairs; those that are set up and were never connected for the tenant in front alone. */
export function connectionLines({ known, runs }: ConnectionsInput, { all, settings }: ServicesInput, tenant: Tenant | undefined): ConnectionLine[] {
  const open = new Map<string, Run>();
  for (const run of runs) if (isOpen(run) && !open.has(runKey(run.setup))) open.set(runKey(run.setup), run);
  const nameOf = (id: ServiceId): string => all.find((service) => service.id === id)?.name ?? '';
  const organizationOf = (service: Run['setup']['service'], fallback: string): string => settings.find((one) => one.id === service.id && accessIdOf(one) === accessIdOf(service))?.organization || fallback || nameOf(service.id) || new URL(service.address).host;

  const line = (id: string, setup: Run['setup'], connection: Connection | undefined): ConnectionLine => {
    const run = open.get(id);
    const { checked = null, receipt, connectedAt } = connection ?? {};
    const isUnderWay = run?.phase.kind === 'working' || run?.phase.kind === 'needs-admin';
    return {
      id,
      tenant: setup.tenant,
      service: { id: setup.service.id, access: accessIdOf(setup.service), organization: organizationOf(setup.service, receipt?.organization ?? ''), name: nameOf(setup.service.id) },
      state: isUnderWay ? 'connecting' : run?.phase.kind === 'failed' && !connection ? 'failing' : connection ? (checked?.state ?? 'connected') : 'never',
      failure: run ? (run.phase.kind === 'failed' ? run.phase.failure : null) : (checked?.failure ?? null),
      purpose: run?.setup.purpose,
      at: checked?.at ?? connectedAt,
      isChecked: checked !== null,
      accounts: checked?.accounts ?? receipt?.accounts ?? null,
      devices: checked?.devices ?? receipt?.devices ?? null,
    };
  };

  const lines = new Map<string, ConnectionLine>();
  for (const connection of known) lines.set(connection.id, line(connection.id, connection.setup, connection));
  for (const [id, { setup }] of open) if (!lines.has(id)) lines.set(id, line(id, setup, undefined));
  for (const setting of tenant ? settings : []) {
    if (!tenant || !takes(all.find(({ id }) => id === setting.id), tenant.console)) continue;
    const id = runKey({ tenant, service: setting });
    if (!lines.has(id)) lines.set(id, line(id, { tenant, service: setting, dataSets: [], group: null, name: '' }, undefined));
  }
  return [...lines.values()].sort((a, b) => rank[a.state] - rank[b.state] || (b.at ?? 0) - (a.at ?? 0));
}

/** @param isHome of the tenant in front alone, if it has any */
export function viewOfConnections(lines: ConnectionLine[], tenant: Tenant | undefined, isHome: boolean, canGoBack: boolean): ConnectionsView {
  const listed = isHome && tenant ? lines.filter((line) => line.tenant.base === tenant.base) : lines;
  return { kind: 'connections', tenant, lines: listed, others: lines.length - listed.length, canGoBack };
}

/** What is there to be seen and done; `undefined` where it is no longer there. */
export function viewOfConnection(id: string, input: ConnectionsInput, services: ServicesInput, tenant: Tenant | undefined, { groups, hasTab }: Pick<ConnectionView, 'groups' | 'hasTab'>): ConnectionView | undefined {
  const line = connectionLines(input, services, tenant).find((one) => one.id === id);
  if (!line) return undefined;
  const connection = input.known.find((one) => one.id === id);
  const run = input.runs.find((one) => isOpen(one) && runKey(one.setup) === id);
  const service = services.all.find((one) => one.id === line.service.id);
  const setup = connection?.setup ?? run?.setup;
  const recipe = recipeOf(service, line.tenant.console);
  return {
    kind: 'connection',
    line,
    receipt: connection?.receipt,
    host: new URL(setup?.service.address ?? line.service.access.split(' ')[0]!).host,
    missing: connection?.checked?.missing ?? [],
    surplus: connection?.checked?.surplus ?? [],
    name: setup?.name ?? '',
    dataSets: (recipe?.dataSets ?? []).map(({ id: set, required, groupFilter }) => ({ id: set, required, groupFilter, checked: required || (setup?.dataSets.includes(set) ?? false) })),
    group: setup?.group ?? null,
    groups,
    asks: (recipe?.asks ?? []).map((ask) => ({ ...ask, value: setup?.answers?.[ask.id] ?? '' })),
    removable: connection ? removableOf(connection, service) : { atService: false, role: undefined, client: undefined },
    hasTab,
    // The next choice is made in front of the console.
    actions: actionsFor(line, connection, run, service).filter((action) => action !== 'set-up' || tenant?.base === line.tenant.base),
  };
}

/** What mends it, where one thing does. */
function remedyFor({ state, failure }: ConnectionLine): ConnectionAction[] {
  if (state === 'rights-changed') return ['rights'];
  if (state === 'gone') return ['reconnect'];
  switch (failure?.code) {
    case 'service-key-missing':
    case 'service-key-refused':
    case 'service-key-read-only':
      return ['service-key'];
    case 'secret-not-handed-over':
      return ['rotate'];
    case 'service-reports-failure':
      return failure.params['code'] === 'credentials_rejected' ? ['rotate'] : failure.params['code'] === 'site_not_found' ? ['edit'] : failure.params['code'] === 'privilege_missing' ? ['reconnect'] : [];
    default:
      return [];
  }
}

/** The main one first. */
function actionsFor(line: ConnectionLine, connection: Connection | undefined, run: Run | undefined, service: Service | undefined): ConnectionAction[] {
  if (!connection) return [run ? 'show-run' : 'set-up', 'open-console'];
  const console: ConnectionAction[] = ['open-console', ...(connection.receipt.accountsUrl?.startsWith('https://') ? (['open-service'] as const) : [])];
  // One thing at a time.
  if (run) return ['show-run', ...console];
  // What was done in the pages of both is the admin's to change.
  if (connection.setup.uem) return [...new Set<ConnectionAction>(['check', 'set-up', ...console, 'forget'])];
  const isGone = line.state === 'gone';
  const isRemovable = Object.values(removableOf(connection, service)).some(Boolean);
  return [...new Set<ConnectionAction>([
    ...remedyFor(line),
    'check',
    ...(service?.can.sync && !isGone ? (['sync'] as const) : []),
    ...(isGone ? [] : (['edit', 'rotate'] as const)),
    ...console,
    ...(isRemovable ? (['disconnect'] as const) : []),
    'forget',
  ])];
}

/** Only what Keyferry created. */
function removableOf({ made }: Connection, service: Service | undefined): ConnectionView['removable'] {
  const nameOf = (thing: { origin: string; value: { name: string } } | undefined): string | undefined => (thing?.origin === 'created' ? thing.value.name : undefined);
  return { atService: service?.can.disconnect === true && made.registration?.origin === 'created', role: nameOf(made.role), client: nameOf(made.client) };
}
