import { at, samples as uemSamples, uemInput, uemViewInput } from '../fixtures/uem-samples.ts';
import type { PopupProps } from '../../components/Popup.tsx';
import type { Failure, FailureCode } from '../../lib/failure.ts';
import { runKey } from '../../lib/run/run.ts';
import type { Check, Connection } from '../../lib/storage/connections.ts';
import type { ServiceSetupView } from '../../lib/run/services-view.ts';
import { integrationApi } from '../../lib/services/integration-api/service.ts';
import { fogbank, ledgerly, meshOrganization, meshpoint, northwind, sampleServices, servicesInput } from '../fixtures/service-samples.ts';
import { viewOf, type RunAction, type RunView, type StepLine, type StepLineId, type View, type ViewInput } from '../../lib/run/view.ts';

/*
 * Every state that the popup can show, as data: drawn by the gallery, asserted on by the component tests.
 */

export interface GalleryState extends Omit<PopupProps, 'onIntent'> {
  name: string;
  /** What to press, by name, before the picture is taken. */
  press?: string[];
}

const tenant = { console: 'jamf-pro', key: 'acme', origin: 'https://acme.jamfcloud.com', base: 'https://acme.jamfcloud.com' } as const;
const ownTenant = { console: 'jamf-pro', key: 'mdm.corp.example:8443/acme', origin: 'https://mdm.corp.example:8443', base: 'https://mdm.corp.example:8443/acme' } as const;
const ownTenantAt = (host: string) => ({ ...ownTenant, key: host, origin: `https://${host}`, base: `https://${host}` });
const service = northwind;
const role = ['Read Accounts', 'Create Accounts', 'Delete Accounts'];
const deviceRole = ['Read Buildings', 'Read Departments', 'Read Mobile Devices', 'Read Computers', 'Read Sites'];
const site = { id: '3', name: 'Tokyo headquarters' };
const name = 'Keyferry: Northwind Trading';

const lineIds: StepLineId[] = ['service', 'access', 'survey', 'role', 'client', 'secret', 'proof', 'register', 'outcome'];

/** The progress list with everything before `at` done. */
function linesTo(at: StepLineId | undefined, state: StepLine['state'], origins: Partial<Record<StepLineId, NonNullable<StepLine['origin']>>> = { role: 'created', client: 'created' }): StepLine[] {
  const position = at === undefined ? lineIds.length : lineIds.indexOf(at);
  return lineIds.map((id, index) => {
    const origin = origins[id];
    if (index < position) return { id, state: 'done', ...(origin ? { origin } : {}) };
    return { id, state: index === position ? state : 'waiting' };
  });
}

const nothing = { role: undefined, client: undefined, registration: undefined };
const all: RunView['made'] = { role: { name, origin: 'created' }, client: { name, origin: 'created' }, registration: 'created' };

function dataSets(hasDevices: boolean): RunView['dataSets'] {
  return [
    { id: 'accounts', required: true, checked: true, privileges: role },
    { id: 'devices', required: false, checked: hasDevices, privileges: deviceRole },
  ];
}

function runView(kind: RunView['kind'], part: Partial<RunView>): RunView {
  return {
    kind,
    runId: 'a1',
    purpose: undefined,
    tenant,
    service: { ...service, access: service.address },
    lines: linesTo(undefined, 'done'),
    isUndoing: false,
    isStopping: false,
    rung: 'session',
    guide: undefined,
    uem: undefined,
    account: 'kim',
    dataSets: dataSets(true),
    group: null,
    groups: { state: 'ready', options: [site, { id: '4', name: 'Osaka' }] },
    asks: [],
    progress: undefined,
    ask: undefined,
    failure: undefined,
    receipt: undefined,
    made: nothing,
    stays: undefined,
    wanted: { name, privileges: [...role, ...deviceRole], tokenLifetime: 3600, builtInRole: undefined, organizationGroup: undefined },
    actions: [],
    ...part,
  };
}

export function failureWith(code: FailureCode, params: Failure['params'] = {}): Failure {
  return { code, params, certainty: 'not-done' };
}

/** Each failure code with the params that its throw sites give. */
export const failureParams: Record<FailureCode, Failure['params'][]> = {
  'console-tab-gone': [{ host: 'acme.jamfcloud.com' }],
  'console-signed-out': [{}, { host: 'acme.jamfcloud.com' }],
  'console-session-refused': [{ host: 'acme.jamfcloud.com' }],
  'console-unreachable': [{ where: 'GET /api/v1/api-roles', status: '' }, { where: 'GET /api/v1/api-roles', status: '502' }],
  'console-busy': [{ where: 'POST /api/v1/api-roles' }],
  'console-answer-unreadable': [{ where: 'POST /api/v1/api-roles', field: 'privileges.0', problem: 'invalid_type' }],
  'console-refused': [
    { where: 'POST /api/v1/api-roles', status: '400', reason: 'displayName: must be unique' },
    { where: 'POST /api/v1/api-roles', status: '400', reason: '' },
  ],
  'console-permission-missing': [{ host: 'acme.jamfcloud.com' }],
  'page-token-missing': [{ host: 'acme.jamfcloud.com', reason: 'silent' }, { reason: 'interrupted' }],
  'page-token-expired': [{}],
  'sign-in-refused': [{ account: 'kim' }],
  'sign-in-expired': [{}],
  'rights-missing': [{ names: ['Create API Roles'] }, { names: ['Create API Roles', 'Update API Integrations'], account: 'kim' }, { names: ['Create API Roles'], account: '' }],
  'role-differs': [{ name, missing: ['Read Sites'], surplus: [] }],
  'uem-api-disabled': [{ host: 'as1234.awmdm.com' }],
  'uem-key-refused': [{ host: 'as1234.awmdm.com' }],
  'uem-basic-disabled': [{ host: 'as1234.awmdm.com' }],
  'uem-sign-in-refused': [{ host: 'as1234.awmdm.com', account: 'api_harmony' }],
  'uem-client-refused': [{ host: 'na.uemauth.workspaceone.com' }, { host: 'na.uemauth.workspaceone.com', reason: 'invalid_client', regions: ['na', 'emea', 'apac', 'uat'], by: 'hand', console: 'workspace-one' }],
  'uem-right-missing': [
    { call: 'GET /api/mdm/devices/search', category: 'API > REST > Devices', access: 'read' },
    { call: 'POST /api/mdm/tags', category: 'Settings > Tags > Tags', access: 'edit' },
  ],
  'uem-rights-missing': [{ names: ['API > REST > Devices', 'Settings > Tags > Tags'], account: 'harmony-mobile-api' }],
  'uem-key-lost': [{}],
  'uem-password-lost': [{}],
  'uem-admin-exists': [{ username: 'harmony-mobile-api' }],
  'uem-admin-account-lost': [{}],
  'arrival-timeout': [{}],
  'uem-key-list-unavailable': [{ host: 'as1234.awmdm.com' }],
  'uem-quota-used-up': [{ host: 'as1234.awmdm.com', resetAt: '2026-11-23T06:00:00.000Z' }],
  'secret-lost': [{}],
  'secret-not-handed-over': [
    { cause: 'service-unreachable', host: 'api.northwind-saas.example', status: '', organization: 'Northwind Trading', since: '2026-11-22T10:03:00.000Z', service: 'unknown' },
    { cause: 'service-busy', host: 'api.northwind-saas.example', organization: 'Northwind Trading', since: '2026-11-22T10:03:00.000Z', service: 'old' },
    { cause: '', organization: 'Northwind Trading', since: '2026-11-22T10:03:00.000Z', service: 'old' },
  ],
  'capture-unreadable': [{ problem: 'secret-truncated' }, { problem: 'no-client-id' }],
  'credentials-not-accepted': [{ reason: 'invalid_client' }],
  'credentials-scope-differs': [{ missing: ['4'], surplus: ['9'] }],
  'passphrase-wrong': [{}],
  'service-key-missing': [{ host: 'api.northwind-saas.example' }],
  'service-key-refused': [{ host: 'api.northwind-saas.example' }],
  'service-key-read-only': [{ organization: 'Northwind Trading' }],
  'service-account-unclear': [{ host: 'api.mist.com', accounts: ['Larkspur Robotics (203d3d02)', 'Cinder Coffee (8aa21779)'] }, { host: 'api.mist.com', accounts: [] }],
  'service-key-unfit': [{ host: 'cloudinfra-gw.portal.checkpoint.com' }, { host: 'api.itmc.i.moneyforward.com', what: 'organization' }],
  'service-plan-lacks': [{ host: 'api.itmc.i.moneyforward.com' }],
  'service-unreachable': [{ host: 'api.northwind-saas.example', status: '' }, { host: 'api.northwind-saas.example', status: '503' }],
  'service-busy': [{ host: 'api.northwind-saas.example' }],
  'service-answer-unreadable': [{ where: 'GET /v1/organization', field: 'name', problem: 'invalid_type' }],
  'service-refused': [
    { host: 'api.northwind-saas.example', where: 'POST /v1/integrations', status: '422', reason: 'Not valid; /name: too long' },
    { host: 'api.northwind-saas.example', where: 'POST /v1/integrations', status: '422', reason: '' },
  ],
  'service-console-unsupported': [{ organization: 'Northwind Trading' }, { organization: 'Northwind Trading', host: 'mdm.corp.example:8443' }],
  'registration-appeared': [{ host: 'api.northwind-saas.example' }],
  'service-reports-failure': [
    { code: 'credentials_rejected', message: 'The console refused the client id and secret.', privileges: [], organization: 'Northwind Trading' },
    { code: 'privilege_missing', message: 'The console refused to list computers.', privileges: ['Read Computers'], organization: 'Northwind Trading' },
    { code: 'console_unreachable', message: 'No answer.', privileges: [], organization: 'Northwind Trading' },
    { code: 'console_error', message: 'HTTP 500', privileges: [], organization: 'Northwind Trading' },
    { code: 'site_not_found', message: 'The console has no site with this id.', privileges: [], organization: 'Northwind Trading' },
    { code: 'rate_limited', message: 'HTTP 429', privileges: [], organization: 'Northwind Trading' },
    { code: 'internal', message: '', privileges: [], organization: '' },
    { code: 'something_new', message: 'The moon is full.', privileges: [], organization: 'Northwind Trading' },
  ],
  'outcome-timeout': [{ organization: 'Northwind Trading' }],
  'connection-gone': [{ what: 'role', name }, { what: 'client', name }, { what: 'registration', organization: 'Northwind Trading' }],
  'bad-input': [
    { where: 'service', field: 'address', problem: 'not https' },
    { where: 'service', field: 'address', problem: 'not an address' },
    { where: 'service', field: 'address', problem: 'holds a password' },
    { where: 'connect', field: 'setup.name', problem: 'too_small' },
  ],
  'storage-failed': [{ key: 'runs' }],
  'unexpected': [{ name: 'TypeError' }],
};

type Choose = Extract<View, { kind: 'choose' }>;

function choose(part: Partial<Choose> = {}): Choose {
  return {
    kind: 'choose',
    tenant,
    service,
    dataSets: dataSets(false),
    privileges: role,
    groups: undefined,
    group: null,
    name,
    asks: [],
    builtInRole: undefined,
    ...part,
  };
}

const input: ViewInput = { tenant, run: undefined, services: servicesInput({ all: sampleServices }), about: undefined, service: undefined, recipe: undefined, draft: undefined, guide: undefined, groups: undefined };
const set = servicesInput({ all: sampleServices, settings: [northwind, meshOrganization] });

const setup = (part: Partial<ServiceSetupView> = {}): ServiceSetupView => ({ kind: 'service-setup', tenant, about: integrationApi, service: undefined, isLocked: false, isChange: false, needsAccess: false, address: part.service?.address ?? '', ...part });

const withDevices: Partial<Choose> = {
  dataSets: dataSets(true),
  privileges: [...role, ...deviceRole],
};
const sites = { state: 'ready', options: [site, { id: '4', name: 'Osaka' }] } as const;

function failed(failure: Failure, at: StepLineId, actions: RunAction[], part: Partial<RunView> = {}): RunView {
  return runView('failed', { failure, lines: linesTo(at, 'failed'), actions, ...part });
}

const receipt: NonNullable<RunView['receipt']> = {
  organization: 'Northwind Trading',
  role: { name, origin: 'created' },
  client: { name, origin: 'created' },
  registrationId: 'int_1',
  accounts: 1204,
  devices: 3817,
  accountsUrl: 'https://app.northwind-saas.example/accounts?source=jamf-pro',
  took: 14_200,
};

const sessionRefused = runView('needs-admin', {
  lines: linesTo('access', 'stopped'),
  ask: { kind: 'rung', failure: failureWith('console-session-refused', { host: 'acme.jamfcloud.com' }), offered: ['borrowed-token', 'sign-in', 'guided'] },
  actions: ['borrow-token', 'sign-in', 'guide', 'retry', 'cancel'],
});

const noon = Date.UTC(2026, 10, 20, 12, 4);

/** A tenant's connection to the same service. */
function connectionOf(key: string, checked: Partial<Check> | null = null, part: Partial<Connection> = {}): Connection {
  const base = `https://${key}.jamfcloud.com`;
  const setupThen = { tenant: { console: 'jamf-pro' as const, key, origin: base, base }, service: { id: service.id, address: service.address, account: '' }, dataSets: ['accounts' as const, 'devices' as const], group: key === 'acme' ? site : null, name };
  const roleMade = { id: '1', name, privileges: role };
  return {
    id: runKey(setupThen),
    setup: setupThen,
    made: { role: { value: roleMade, origin: 'created' }, client: { value: { id: '2', name, roles: [name], enabled: true, tokenLifetime: 3600, clientId: 'x' }, origin: 'created' }, secrets: 1, registration: { id: 'int_1', origin: 'created' } },
    receipt,
    connectedAt: noon,
    runId: key,
    checked: checked && { at: noon + 7_200_000, state: 'connected', failure: null, missing: [], surplus: [], accounts: 1204, devices: 3817, ...checked },
    ...part,
  };
}

const joined = {
  known: [
    connectionOf('acme', {}),
    connectionOf('beta', { state: 'failing', accounts: null, devices: null, failure: failureWith('service-reports-failure', { code: 'credentials_rejected', message: '', privileges: [], organization: 'Northwind Trading' }) }),
    connectionOf('gamma', { state: 'rights-changed', missing: ['Read Sites'], surplus: ['Update Accounts'] }),
    connectionOf('delta', { state: 'gone', accounts: null, devices: null, failure: failureWith('connection-gone', { what: 'role', name }) }),
    connectionOf('epsilon', { state: 'unknown', accounts: null, devices: null, failure: failureWith('service-key-missing', { host: 'api.northwind-saas.example' }) }),
  ],
  runs: [],
};
const shownConnection = viewOf({ ...input, services: set, connections: joined, place: { at: 'connection', id: connectionOf('acme').id }, hasTab: true, groups: { state: 'ready', options: [...sites.options] } });

const state = (stateName: string, view: View, part: Partial<GalleryState> = {}): GalleryState => ({ name: stateName, view, busy: false, notice: undefined, ...part });

export const states: GalleryState[] = [
  state('not-a-console', { kind: 'not-a-console' }),
  state('own-host', { kind: 'own-host', tenant: ownTenant }),
  state('own-host-alike', { kind: 'own-host', tenant: ownTenantAt('acme.jamfcloud.com.evil.example') }),
  state('own-host-encoded', { kind: 'own-host', tenant: ownTenantAt('xn--jmf-6cd.example') }, { notice: failureWith('console-permission-missing', { host: 'xn--jmf-6cd.example' }) }),

  state('services', viewOf(input)),
  state('services-open', viewOf(input), { press: ['What it may do and needs', 'Exact names'] }),
  state('services-set-up', viewOf({ ...input, services: set, about: integrationApi, service: northwind, place: { at: 'services' } })),
  state('services-workspace-one', viewOf({ ...input, tenant: { console: 'workspace-one', key: 'cn1234', origin: 'https://cn1234.awmdm.com', base: 'https://cn1234.awmdm.com' } })),

  state('connections', viewOf({ ...input, services: set, connections: joined, place: { at: 'connections' } })),
  state('connections-home', viewOf({ ...input, services: set, connections: joined })),
  state('connections-none', viewOf({ ...input, tenant: undefined, place: { at: 'connections' } })),
  state('connections-many', viewOf({ ...input, tenant: undefined, services: set, connections: { known: Array.from({ length: 1000 }, (_, index) => connectionOf(`tenant-${index}`)), runs: [] }, place: { at: 'connections' } })),
  ...(['acme', 'beta', 'gamma', 'delta', 'epsilon'] as const).map((key) => state(`connection-${key}`, viewOf({ ...input, services: set, connections: joined, place: { at: 'connection', id: connectionOf(key).id }, hasTab: key !== 'beta', groups: { state: 'ready', options: [...sites.options] } }))),
  state('connection-edit', shownConnection, { press: ['Change data or name'] }),
  state('connection-rotate', shownConnection, { press: ['Renew the secret'] }),
  state('connection-disconnect', shownConnection, { press: ['Disconnect'] }),
  state('connection-forget', viewOf({ ...input, services: set, connections: joined, place: { at: 'connection', id: connectionOf('beta').id } }), { press: ['Remove from this list'] }),
  state('connection-busy', shownConnection, { busy: true }),
  state('rotating', runView('running', { purpose: 'rotate', lines: linesTo('secret', 'active'), actions: ['cancel'] })),
  state('rotated', runView('connected', { purpose: 'rotate', receipt, actions: ['dismiss'] })),
  state('disconnecting', runView('running', { purpose: 'disconnect', isUndoing: true, lines: [{ id: 'access', state: 'done' }, { id: 'undo-registration', state: 'done' }, { id: 'undo-client', state: 'active' }, { id: 'undo-role', state: 'waiting' }], made: all })),
  state('disconnected', runView('undone', { purpose: 'disconnect', made: all, stays: { role: { name, origin: 'found' }, client: undefined, registration: 'created' }, actions: ['dismiss'] })),
  state('not-edited', failed(failureWith('connection-gone', { what: 'client', name }), 'client', ['dismiss', 'retry'], { purpose: 'edit' })),

  state('setup', setup()),
  state('setup-key-missing', setup({ service })),
  state('setup-locked', setup({ service, isLocked: true }), { notice: failureWith('passphrase-wrong') }),
  state('setup-change', setup({ service, isChange: true })),
  state('setup-key-refused', setup(), { notice: failureWith('service-key-refused', { host: 'api.northwind-saas.example' }) }),
  state('setup-unreachable', setup({ service, isChange: true }), { notice: failureWith('service-unreachable', { host: 'api.northwind-saas.example', status: '' }) }),
  state('setup-access', setup({ about: meshpoint, address: 'https://api.meshpoint.example', needsAccess: true })),
  state('setup-account', setup({ about: meshpoint, address: 'https://api.meshpoint.example' })),
  state('setup-places', setup({ about: fogbank, address: 'https://api.us.fogbank.example' })),
  state('setup-optional', setup({ about: ledgerly, address: 'https://app.ledgerly.example' })),

  state('choose', choose()),
  state('choose-own-host', choose({ tenant: ownTenant })),
  state('choose-devices', choose({ ...withDevices, groups: { state: 'ready', options: [...sites.options] } })),
  state('choose-devices-site', choose({ ...withDevices, groups: { state: 'ready', options: [...sites.options] }, group: site })),
  state('choose-sites-loading', choose({ ...withDevices, groups: { state: 'loading' } })),
  state('choose-sites-failed', choose({ ...withDevices, groups: { state: 'failed', failure: failureWith('rights-missing', { names: ['Read Sites'] }) } })),
  state('choose-open', choose({ ...withDevices, groups: { state: 'ready', options: [...sites.options] } }), { press: ['What Keyferry creates'] }),
  state('choose-asks', viewOf({ ...input, about: fogbank, service: { id: 'fogbank', account: '', address: 'https://api.eu.fogbank.example', organization: 'Northwind' }, services: { ...set, held: ['https://api.eu.fogbank.example'] }, recipe: fogbank.recipes[0], draft: { group: null, answers: { contact: 'it@northwind.example' } } })),
  state('choose-region', viewOf({ ...input, tenant: { console: 'workspace-one', key: 'cn1234', origin: 'https://cn1234.awmdm.com', base: 'https://cn1234.awmdm.com' }, about: fogbank, service: { id: 'fogbank', account: '', address: 'https://api.eu.fogbank.example', organization: 'Northwind' }, services: { ...set, held: ['https://api.eu.fogbank.example'] }, recipe: fogbank.recipes[1], regions: { options: ['na', 'emea', 'apac', 'uat'], likeliest: 'na' } }), { press: ['What Keyferry creates'] }),
  state('choose-notice', choose(), { notice: failureWith('unexpected', { name: 'no answer' }) }),
  state(
    'choose-long',
    choose({
      tenant: { console: 'jamf-pro', key: 'verylongcompanynameincorporated-nonproduction-eu', origin: 'https://verylongcompanynameincorporated-nonproduction-eu.jamfcloud.com', base: 'https://verylongcompanynameincorporated-nonproduction-eu.jamfcloud.com' },
      service: { ...service, address: 'https://asset-management.region-3.verylongservicename.example', organization: 'Gesellschaft für Informationstechnik und Geräteverwaltung mbH' },
    }),
  ),

  state('running-start', runView('running', { lines: linesTo('service', 'active'), actions: ['cancel'] })),
  state('running-secret', runView('running', { lines: linesTo('secret', 'active', { role: 'found', client: 'changed' }), actions: ['cancel'] })),
  state('running-counts', runView('running', { lines: linesTo('outcome', 'active'), progress: { accounts: 1204, devices: 96 }, made: all, actions: ['cancel'] })),
  state('running-stopping', runView('running', { lines: linesTo('client', 'active'), isStopping: true })),
  state('running-undoing', runView('running', { isUndoing: true, made: all })),

  state(
    'consent',
    runView('needs-admin', {
      lines: linesTo('role', 'stopped'),
      ask: {
        kind: 'consent',
        changes: [
          { object: 'role', name, missing: ['Read Sites', 'Read Computers'], surplus: ['Update Accounts'] },
          { object: 'client', name, newSecret: true, otherRoles: ['Reporting', 'Backup'], enable: true },
          { object: 'registration', name: 'Northwind Trading' },
        ],
      },
      actions: ['consent', 'cancel'],
    }),
  ),
  state(
    'unknown-privileges',
    runView('needs-admin', { lines: linesTo('survey', 'stopped'), ask: { kind: 'unknown-privileges', names: ['Read Sites'] }, actions: ['waive', 'retry', 'cancel'] }),
  ),
  state('running-borrow', runView('running', { rung: 'borrowed-token', lines: linesTo('access', 'active'), actions: ['cancel'] })),
  state('another-rung', sessionRefused),
  state('another-rung-sign-in', sessionRefused, { press: ['Use a local account'] }),
  state(
    'page-token-expired',
    runView('needs-admin', {
      rung: 'borrowed-token',
      lines: linesTo('client', 'stopped'),
      ask: { kind: 'rung', failure: failureWith('page-token-expired'), offered: ['borrowed-token', 'sign-in', 'guided'] },
      actions: ['borrow-token', 'sign-in', 'guide', 'retry', 'cancel'],
    }),
  ),
  state('failed-rights-borrowed', failed(failureWith('rights-missing', { names: ['Create API Roles'], account: 'kim' }), 'access', ['sign-in', 'borrow-token', 'retry', 'dismiss'], { rung: 'borrowed-token' })),
  state(
    'sign-in',
    runView('needs-admin', {
      lines: linesTo('access', 'stopped'),
      ask: { kind: 'rung', failure: failureWith('page-token-missing', { host: 'acme.jamfcloud.com', reason: 'silent' }), offered: ['sign-in', 'guided'] },
      actions: ['sign-in', 'guide', 'retry', 'cancel'],
    }),
  ),
  state(
    'sign-in-busy',
    runView('needs-admin', {
      lines: linesTo('access', 'stopped'),
      ask: { kind: 'rung', failure: failureWith('sign-in-expired'), offered: ['sign-in', 'guided'] },
      actions: ['sign-in', 'guide', 'retry', 'cancel'],
    }),
    { busy: true },
  ),
  state(
    'sign-in-refused',
    sessionRefused,
    { notice: failureWith('sign-in-refused', { account: 'kim' }), press: ['Use a local account'] },
  ),

  state('failed-early', failed(failureWith('console-signed-out'), 'access', ['retry', 'open-console', 'dismiss'])),
  state('guided', runView('needs-admin', { rung: 'guided', ask: { kind: 'capture', failure: null }, guide: { title: 'Press “New”', progress: '3 of 10', isSecretShown: false, step: 'new-role' }, actions: ['open-console', 'cancel'] })),
  ...(['add-client', 'client-exists'] as const).map((step) =>
    state(`guided-${step}`, runView('needs-admin', { rung: 'guided', tenant: { console: 'workspace-one', key: 'cn1234', origin: 'https://cn1234.awmdm.com', base: 'https://cn1234.awmdm.com' }, wanted: { name, privileges: [], tokenLifetime: 3600, builtInRole: 'Read Only', organizationGroup: 'Meridian Logistics' }, ask: { kind: 'capture', failure: null }, guide: { title: step === 'add-client' ? 'Press “Add”' : 'This client is there already', progress: '', isSecretShown: false, step }, actions: ['open-console', 'cancel'] })),
  ),
  state('guided-secret-shown', runView('needs-admin', { rung: 'guided', ask: { kind: 'capture', failure: null }, guide: { title: 'The secret is here', progress: '10 of 10', isSecretShown: true, step: 'new-role' }, actions: ['capture-shown', 'cancel'] })),
  state('by-hand', runView('needs-admin', { rung: 'guided', ask: { kind: 'capture', failure: null }, actions: ['open-credentials', 'cancel'] })),
  state('by-hand-refused', runView('needs-admin', { rung: 'guided', ask: { kind: 'capture', failure: failureWith('credentials-not-accepted', { reason: 'invalid_client', by: 'hand' }) }, actions: ['open-credentials', 'cancel'] })),
  state('failed-rights', failed(failureWith('rights-missing', { names: ['Create API Roles', 'Update API Integrations'], account: 'kim' }), 'access', ['sign-in', 'retry', 'dismiss'])),
  state('failed-rights-form', failed(failureWith('rights-missing', { names: ['Create API Roles'], account: 'kim' }), 'access', ['sign-in', 'retry', 'dismiss']), {
    press: ['Sign in with another account'],
  }),
  state('failed-service', failed(failureWith('service-unreachable', { host: 'api.northwind-saas.example', status: '' }), 'register', ['retry', 'allow-service', 'service-key', 'undo', 'dismiss'], { made: { ...all, registration: undefined } })),
  state(
    'failed-site',
    failed(
      failureWith('service-reports-failure', { code: 'site_not_found', message: 'The console has no site with this id.', privileges: [], organization: 'Northwind Trading' }),
      'outcome',
      ['edit', 'retry', 'undo', 'dismiss'],
      { made: all, group: site },
    ),
  ),
  state(
    'failed-site-form',
    failed(
      failureWith('service-reports-failure', { code: 'site_not_found', message: 'The console has no site with this id.', privileges: [], organization: 'Northwind Trading' }),
      'outcome',
      ['edit', 'retry', 'undo', 'dismiss'],
      { made: all, group: site },
    ),
    { press: ['Change the data to share', 'Details'] },
  ),
  state('failed-undo', failed(failureWith('console-unreachable', { where: 'DELETE /api/v1/api-integrations/7', status: '502' }), 'role', ['retry', 'dismiss'], { isUndoing: true, made: { ...all, registration: undefined } })),

  state('cancelled-clean', runView('cancelled', { lines: linesTo('survey', 'stopped'), actions: ['continue', 'dismiss'] })),
  state('cancelled-made', runView('cancelled', { lines: linesTo('secret', 'stopped'), made: { role: { name, origin: 'changed' }, client: { name, origin: 'found' }, registration: undefined }, actions: ['continue', 'undo', 'dismiss'] })),

  state('undone', runView('undone', { made: all, actions: ['dismiss'] })),
  state('undone-secret', runView('undone', { made: { role: undefined, client: { name, origin: 'changed' }, registration: 'changed' }, actions: ['dismiss'] })),

  state('connected', runView('connected', { receipt, actions: ['dismiss'], made: all })),
  ...(['tested', 'by-use'] as const).map((proof) => state(`connected-${proof}`, runView('connected', { receipt: { ...receipt, accounts: null, devices: null, accountsUrl: null, proof }, actions: ['dismiss'] }))),
  state('connected-site', runView('connected', { receipt: { ...receipt, devices: 1, took: 94_000 }, group: site, actions: ['dismiss'] })),
  state('connected-accounts', runView('connected', { rung: 'sign-in', receipt: { ...receipt, devices: null, accountsUrl: null, role: { name, origin: 'found' }, client: { name, origin: 'changed' } }, dataSets: dataSets(false), actions: ['dismiss'] })),

  state('uem-choose', viewOf({ ...uemViewInput })),
  state('uem-choose-least', viewOf({ ...uemViewInput, uem: { ...uemInput, facts: { organizationGroup: undefined, apiAddress: 'https://as1234.awmdm.com' }, hasStatusKey: true, draft: { role: { variant: 'least', name: 'api_least', description: '' } } } })),
  ...uemSamples.map(([name, run]) => state(`uem-${name.replaceAll(' ', '-')}`, viewOf({ ...uemViewInput, run }))),
  state('uem-guided', viewOf({ ...uemViewInput, run: at('uem-role'), guide: { title: 'Press “Copy”', progress: '3 of 6', isSecretShown: false, step: 'new-role' } })),
  state('uem-key-shown', viewOf({ ...uemViewInput, run: at('api-key'), guide: { title: 'The key is here', progress: '7 of 7', isSecretShown: true, step: 'new-role' } })),
  state('uem-admin-exists', viewOf({ ...uemViewInput, run: at('administrator'), guide: { title: 'This user is there already', progress: '', isSecretShown: false, step: 'admin-exists' } })),
];
