import { describe, expect, it } from 'vitest';
import { cancelledAt, failed, failureOf, role, setup, workingOn } from '../../test/fixtures/run-samples.ts';
import { fogbank, servicesInput } from '../../test/fixtures/service-samples.ts';
import type { Failure } from '../failure.ts';
import type { Check, Connection } from '../storage/connections.ts';
import { connectionLines, viewOfConnection, viewOfConnections, type ConnectionAction, type ConnectionView } from './connections-view.ts';
import { runKey, type Run } from './run.ts';

const setting = { id: setup.service.id, address: setup.service.address, account: setup.service.account ?? '', organization: 'Org' };
const services = servicesInput({ settings: [setting] });
const id = runKey(setup);
const elsewhere = { ...setup.tenant, key: 'other', base: 'https://other.jamfcloud.com', origin: 'https://other.jamfcloud.com' };

const connection = (checked: Partial<Check> | null = null, part: Partial<Connection> = {}): Connection => ({
  id,
  setup,
  made: { role: { value: role, origin: 'created' }, secrets: 1, registration: { id: 'r', origin: 'created' } },
  receipt: { organization: 'Org', role: { name: role.name, origin: 'created' }, client: null, registrationId: 'r', accounts: 3, devices: null, accountsUrl: null, took: 1 },
  connectedAt: 10,
  runId: 'a',
  checked: checked && { at: 20, state: 'connected', failure: null, missing: [], surplus: [], accounts: 4, devices: null, ...checked },
  ...part,
});
const failedRun = failed(workingOn('role'), failureOf('console-busy')).run;
const line = (known: Connection[], runs: Run[] = []) => connectionLines({ known, runs }, services, setup.tenant)[0];

describe('how it stands', () => {
  it.each<[string, Connection[], Run[], object]>([
    ['set up, not connected', [], [], { state: 'never', at: undefined }],
    ['in the making', [], [workingOn('role')], { state: 'connecting' }],
    ['stopped before it came about', [], [failedRun], { state: 'failing', failure: { code: 'console-busy' } }],
    ['cancelled before it came about', [], [cancelledAt('role')], { state: 'never', failure: null }],
    ['connected, not looked at since', [connection()], [], { state: 'connected', at: 10, isChecked: false, accounts: 3 }],
    ['looked at', [connection({})], [], { state: 'connected', at: 20, isChecked: true, accounts: 4 }],
    ['failing', [connection({ state: 'failing', failure: failureOf('service-busy') })], [], { state: 'failing', failure: { code: 'service-busy' } }],
    ['something under way', [connection({})], [{ ...workingOn('role'), setup: { ...setup, purpose: 'rotate' } }], { state: 'connecting', purpose: 'rotate' }],
    ['something went wrong later, it still works', [connection({})], [{ ...failedRun, setup: { ...setup, purpose: 'rotate' } }], { state: 'connected', failure: { code: 'console-busy' }, purpose: 'rotate' }],
  ])('%s', (_what, known, runs, expected) => {
    expect(line(known, runs)).toMatchObject({ id, service: { organization: 'Org' }, ...expected });
  });

  it('what was never connected is listed for the console in front alone', () => {
    expect(connectionLines({ known: [], runs: [] }, services, undefined)).toEqual([]);
    expect(connectionLines({ known: [connection()], runs: [] }, services, elsewhere).map(({ tenant, state }) => [tenant.key, state])).toEqual([['other', 'never'], [setup.tenant.key, 'connected']]);
  });

  it('home is those of the console in front; what needs somebody comes first', () => {
    const other = connection({ state: 'gone' }, { id: 'b', setup: { ...setup, tenant: elsewhere } });
    const lines = connectionLines({ known: [connection({}), other], runs: [] }, services, setup.tenant);
    expect(lines.map(({ state }) => state)).toEqual(['gone', 'connected']);
    expect(viewOfConnections(lines, setup.tenant, true, false)).toMatchObject({ lines: [{ id }], others: 1 });
    expect(viewOfConnections(lines, setup.tenant, false, false).lines).toHaveLength(2);
  });
});

describe('what can be done', () => {
  const view = (known: Connection[], runs: Run[] = [], tenant = setup.tenant): ConnectionView => viewOfConnection(id, { known, runs }, services, tenant, { groups: { state: 'loading' }, hasTab: true })!;
  const usual: ConnectionAction[] = ['check', 'sync', 'edit', 'rotate', 'open-console', 'disconnect', 'forget'];
  const failing = (failure: Failure): Connection => connection({ state: 'failing', failure });

  it.each<[string, Connection[], Run[], ConnectionAction[]]>([
    ['never connected', [], [], ['set-up', 'open-console']],
    ['a first Run', [], [workingOn('role')], ['show-run', 'open-console']],
    ['a later Run', [connection()], [workingOn('role')], ['show-run', 'open-console']],
    ['connected', [connection()], [], usual],
    ['other privileges', [connection({ state: 'rights-changed', missing: ['Read Sites'] })], [], ['rights', ...usual]],
    ['gone', [connection({ state: 'gone' })], [], ['reconnect', 'check', 'open-console', 'disconnect', 'forget']],
    ['the key is gone', [connection({ state: 'unknown', failure: failureOf('service-key-missing') })], [], ['service-key', ...usual]],
    ['the secret does not count', [failing(failureOf('service-reports-failure', { code: 'credentials_rejected' }))], [], ['rotate', 'check', 'sync', 'edit', 'open-console', 'disconnect', 'forget']],
    ['the site is gone', [failing(failureOf('service-reports-failure', { code: 'site_not_found' }))], [], ['edit', 'check', 'sync', 'rotate', 'open-console', 'disconnect', 'forget']],
    ['a secret that was not handed over', [failing(failureOf('secret-not-handed-over'))], [], ['rotate', 'check', 'sync', 'edit', 'open-console', 'disconnect', 'forget']],
    ['nothing that Keyferry created', [connection(null, { made: { role: { value: role, origin: 'found' }, secrets: 1, registration: { id: 'r', origin: 'changed' } } })], [], ['check', 'sync', 'edit', 'rotate', 'open-console', 'forget']],
  ])('%s', (_what, known, runs, actions) => {
    expect(view(known, runs).actions).toEqual(actions);
  });

  it('only what Keyferry created can be removed', () => {
    expect(view([connection()]).removable).toEqual({ atService: true, role: role.name, client: undefined });
  });

  it('the service’s own questions are asked again, with what was answered', () => {
    const mine = { ...setup, service: { id: 'fogbank', address: 'https://eu.fogbank.example' }, answers: { label: 'Osaka' } };
    const known = [connection({}, { id: runKey(mine), setup: mine })];
    const asked = viewOfConnection(runKey(mine), { known, runs: [] }, servicesInput({ all: [fogbank] }), setup.tenant, { groups: { state: 'loading' }, hasTab: true });
    expect(asked?.asks.map(({ id: ask, value }) => [ask, value])).toEqual([['label', 'Osaka'], ['contact', '']]);
  });

  it('what is gone is not shown', () => {
    expect(viewOfConnection('nowhere', { known: [], runs: [] }, services, setup.tenant, { groups: { state: 'loading' }, hasTab: false })).toBeUndefined();
  });
});
