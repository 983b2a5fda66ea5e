import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HarmonySwitches } from '../types.ts';
import type { ServerDetails, SyncSettings } from './app/data.ts';
import { Dashboard } from './dashboard.ts';
import { createFakeUem, SERVER } from './fake-uem.ts';
import type { FakeUem } from './fake-uem.ts';
import { isVendorCloud, serverOf } from './workspace-one.ts';

const HOUR = 3_600_000;

let uem: FakeUem;
let dashboard: Dashboard;
let switches: HarmonySwitches;
let clock: number;
let details: ServerDetails;

const berlin: SyncSettings = {
  groups: [{ kind: 'organization', id: 2, name: 'Berlin' }], pii: { name: true, number: false, email: true }, syncIntervalHours: 4, tagStatus: true, tagRisk: true,
};
const sum = (values: Record<string, number>): number => Object.values(values).reduce((all, one) => all + one, 0);
/** Sizes of the tags in the UEM. */
const tagSizes = (): Record<string, number> => Object.fromEntries([...uem.tagged].map(([name, carriers]) => [name, carriers.size]));

async function connect(settings = berlin): Promise<string> {
  const { verification } = await dashboard.verify(details, undefined);
  const id = dashboard.save(verification, settings);
  await dashboard.settled();
  return id;
}
/** Lets the clock run and what is due by it. */
async function after(ms: number): Promise<void> {
  clock += ms;
  await new Promise((resolve) => setTimeout(resolve, 400));
  await dashboard.settled();
}

beforeEach(() => {
  uem = createFakeUem();
  switches = { existingDevices: 0, verifyDelayMs: 0, activationMs: 60_000 };
  clock = Date.UTC(2026, 10, 1);
  dashboard = new Dashboard({ now: () => clock, uemFetch: (input, init) => uem.fetch(input, init), switches, timeoutMs: 1000 });
  details = { displayName: 'UEM', server: SERVER, username: uem.username, password: uem.password, apiKey: uem.apiKey, connectorId: null };
});
afterEach(() => dashboard.close());

test.each([
  ['as1234.awmdm.com', 'https://as1234.awmdm.com'],
  [' https://as1234.awmdm.com/API/ ', 'https://as1234.awmdm.com'],
  ['https://uem.umbra.example:8443', 'https://uem.umbra.example:8443'],
  ['http://as1234.awmdm.com', undefined],
  ['https://someone@as1234.awmdm.com', undefined],
  ['', undefined],
])('server address %j', (address, origin) => expect(serverOf(address)).toBe(origin));

test.each([
  ['https://as1234.awmdm.com', true],
  ['https://cn500.airwatchportals.com', true],
  ['https://as2097.awfed.com', true],
  ['https://uem.umbra.example', false],
  ['https://awmdm.com.example', false],
])('%s lies in the vendor\'s cloud: %s', (server, expected) => expect(isVendorCloud(server)).toBe(expected));

describe('verification', () => {
  test('calls the UEM and brings its groups', async () => {
    const { organizationGroups, smartGroups } = await dashboard.verify(details, undefined);
    expect(organizationGroups).toEqual([{ id: 1, name: 'Juniper Labs', code: 'JUN', devices: 3 }, { id: 2, name: 'Berlin', code: 'JUN-BER', devices: 620 }]);
    expect(smartGroups).toEqual([{ id: 7, name: 'Sales phones', code: '', devices: 2 }]);
    expect(uem.requests.map((one) => one.replace(/\?.*/, ''))).toEqual([
      'GET /api/system/info', 'GET /api/system/groups/search', 'GET /api/mdm/smartgroups/search', 'GET /api/mdm/devices/search', 'GET /api/system/groups/search', 'GET /api/mdm/tags/search',
    ]);
  });

  const unreachable = /^Server is not reachable/;
  test.each<[string, () => void, RegExp]>([
    ['a wrong password', () => void (details.password = 'nope'), /^Incorrect user name or password/],
    ['a wrong user name', () => void (details.username = 'nobody'), /^Incorrect user name or password/],
    ['a wrong key', () => void (details.apiKey = 'nUPJd****...VIeQ='), /^Invalid API key/],
    ['no right to read groups', () => void (uem.refused = /groups/), /insufficient permissions/],
    ['no right to read devices', () => void (uem.refused = /devices/), /insufficient permissions/],
    ['no right to read tags', () => void (uem.refused = /tags/), /insufficient permissions/],
    ['a page instead of an API', () => void (uem.override = () => new Response('<!DOCTYPE html>', { status: 404 })), /^Unexpected response/],
    ['a page that looks well', () => void (uem.override = () => new Response('<!DOCTYPE html>')), /^Unexpected response/],
    ['an answer of another shape', () => void (uem.override = () => Response.json({ hello: 'world' })), /^Unexpected response/],
    ['an unknown host', () => void (uem.override = () => { throw new TypeError('fetch failed'); }), unreachable],
    ['an own host without connector', () => void (details.server = 'https://uem.umbra.example'), unreachable],
    ['an address that is none', () => void (details.server = 'my server'), /^Enter the server address/],
  ])('says what is wrong: %s', async (_name, arrange, message) => {
    arrange();
    await expect(dashboard.verify(details, undefined)).rejects.toThrow(message);
    expect(dashboard.integrations()).toEqual([]);
  });

  test('reaches an own host through a connector', async () => {
    const groups = await dashboard.verify({ ...details, server: 'uem.umbra.example', connectorId: 'connector-1' }, undefined);
    expect(groups.organizationGroups).toHaveLength(2);
  });

  test('sends a second integration with the same server to the first', async () => {
    const id = await connect();
    await expect(dashboard.verify({ ...details, server: 'AS1234.awmdm.com/API' }, undefined)).rejects.toMatchObject({ integrationId: id });
    // Editing keeps the password and key that are left empty.
    const { verification } = await dashboard.verify({ ...details, displayName: 'Renamed', password: '', apiKey: '' }, id);
    expect(dashboard.save(verification, berlin)).toBe(id);
    await dashboard.settled();
    expect(dashboard.integrations()).toMatchObject([{ id, displayName: 'Renamed', status: 'connected', devices: 620 }]);
  });
});

describe('synchronization', () => {
  test('reads page by page, and a parent without its children', async () => {
    await connect({ ...berlin, groups: [{ kind: 'organization', id: 1, name: 'Juniper Labs' }] });
    expect(dashboard.integrations()).toMatchObject([{ status: 'connected', lastError: null, devices: 3 }]);
    expect(uem.requests.filter((one) => one.includes('lgid=1'))).toHaveLength(2);
    expect(dashboard.devices()[0]).toMatchObject({ name: 'phone-1-0', number: '', email: 'user0@juniper-labs.example', status: 'Provisioned' });
  });

  test('reads smart groups', async () => {
    await connect({ ...berlin, groups: [{ kind: 'smart', id: 7, name: 'Sales phones' }] });
    expect(dashboard.devices().map(({ name, platform }) => [name, platform])).toEqual([['phone-1', 'Apple'], ['phone-2', 'Apple']]);
  });

  test('devices become active, and their tags follow', async () => {
    await connect();
    expect(dashboard.counts()).toMatchObject({ total: 620, byStatus: { Provisioned: 620 }, byRisk: { None: 620 } });
    expect(tagSizes()).toEqual({ CHKP_Status_Provisioned: 620 });
    await after(switches.activationMs);
    const { byStatus, byRisk } = dashboard.counts();
    expect([sum(byStatus), sum(byRisk)]).toEqual([620, 620]);
    for (const count of [byStatus.Provisioned, byStatus.Inactive, byRisk.Low, byRisk.Medium, byRisk.High]) expect(count).toBeGreaterThan(3);
    expect(byStatus.Active).toBeGreaterThan(500);
    const risks = { CHKP_Risk_None: byRisk.None - byStatus.Provisioned, CHKP_Risk_Low: byRisk.Low, CHKP_Risk_Medium: byRisk.Medium, CHKP_Risk_High: byRisk.High };
    expect(tagSizes()).toEqual({ CHKP_Status_Provisioned: byStatus.Provisioned, CHKP_Status_Active: byStatus.Active, CHKP_Status_Inactive: byStatus.Inactive, ...risks });
  });

  test('warns of tags that lack, and sets them once they are there', async () => {
    const all = uem.tags;
    uem.tags = all.filter((name) => name !== 'CHKP_Status_Provisioned');
    const id = await connect();
    expect(dashboard.integrations()).toMatchObject([{ status: 'connected', tagWarnings: ['Tag CHKP_Status_Provisioned does not exist in the customer organization group.'] }]);
    uem.tags = all;
    dashboard.syncNow(id);
    await dashboard.settled();
    expect([dashboard.integrations()[0]?.tagWarnings, tagSizes()]).toEqual([[], { CHKP_Status_Provisioned: 620 }]);
  });

  test('warns of a missing right to tag, which the verification does not see', async () => {
    uem.refused = /adddevices/;
    await connect();
    expect(dashboard.integrations()).toMatchObject([{ status: 'connected', tagWarnings: ['Tag CHKP_Status_Provisioned could not be set: insufficient permissions.'] }]);
  });

  test('fails with a reason, keeps its devices, and recovers', async () => {
    const id = await connect();
    uem.password = 'changed by someone';
    dashboard.syncNow(id);
    await dashboard.settled();
    expect(dashboard.integrations()).toMatchObject([{ status: 'failed', lastError: 'Incorrect user name or password.', devices: 620 }]);
    uem.password = details.password;
    await after(4 * HOUR);
    expect(dashboard.integrations()).toMatchObject([{ status: 'connected', lastError: null }]);
  });

  test('goes by the interval, and drops devices that left', async () => {
    await connect();
    uem.devices[2] = 10;
    await after(4 * HOUR - 1000);
    expect(dashboard.counts().total).toBe(620);
    await after(1000);
    expect(dashboard.counts().total).toBe(10);
  });

  test('ends with the integration', async () => {
    switches.existingDevices = 5;
    const id = await connect();
    expect(dashboard.counts().total).toBe(625);
    dashboard.delete(id);
    expect([dashboard.integrations(), dashboard.counts().total]).toEqual([[], 5]);
    dashboard.deleteDevices();
    expect(dashboard.counts().total).toBe(0);
  });
});

test('lists hold no secret, and the leak search knows all', async () => {
  await connect();
  const shown = JSON.stringify([dashboard.integrations(), dashboard.devices(), dashboard.counts()]);
  for (const secret of [details.password, details.apiKey]) expect(shown).not.toContain(secret);
  expect(dashboard.receivedSecrets).toEqual([details.password, details.apiKey]);
});
