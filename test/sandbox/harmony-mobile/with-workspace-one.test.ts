import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asPage, TestClient } from '../jamf-pro/test-support.ts';
import type { Answer } from '../jamf-pro/test-support.ts';
import { startSandbox } from '../sandbox.ts';
import type { NodeSandbox } from '../sandbox.ts';
import type { Ws1Access, Ws1Environment } from '../types.ts';
import { UI_PATH } from './app/data.ts';
import type { ServerDetails, Verified } from './app/data.ts';

/* Harmony Mobile and Workspace ONE UEM, both as the sandbox has them. */

/** What Check Point's guide asks for. */
const SIX: Record<string, Ws1Access> = {
  'API > REST > Devices': 'edit', 'API > REST > Groups': 'edit', 'Device Management > Bulk Management': 'edit',
  'Device Management > Compliance': 'edit', 'Monitor > Reports > General': 'edit', 'Settings > Tags > Tags': 'edit',
};
const TAGS = ['Status_Provisioned', 'Status_Active', 'Status_Inactive', 'Risk_None', 'Risk_Low', 'Risk_Medium', 'Risk_High'].map((name) => `CHKP_${name}`);
const PASSWORD = 'Ws1-Harmony-Secret-77';

let sandbox: NodeSandbox;
let portal: TestClient;

beforeAll(async () => {
  sandbox = await startSandbox({ largeTenantComputers: 20, largeEnvironmentDevices: 3000 });
  for (const name of TAGS) sandbox.ws1('cn1234').addTag({ name });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  const { origin, portalLogin } = sandbox.harmony;
  portal = new TestClient(sandbox, origin, { cookies: true });
  portal.headers = asPage(origin);
  expect((await portal.call('POST', '/signin', { form: { email: portalLogin.email, password: portalLogin.password } })).status).toBe(303);
});
afterEach(async () => {
  for (const { id } of sandbox.harmony.integrations()) await portal.call('DELETE', `${UI_PATH}/integrations/${id}`);
});

let made = 0;

/** An account with these categories, a key, and what the wizard's first step wants of them. */
function account(environment: Ws1Environment, categories: Record<string, Ws1Access>): ServerDetails {
  made += 1;
  const role = environment.addRole({ name: `api_admin_role ${made}`, categories });
  const username = `harmony_api_${made}`;
  environment.addAdmin({ username, password: PASSWORD, role: role.name });
  const { value } = environment.addApiKey({ service: `Harmony Mobile ${made}` });
  return { displayName: 'UEM', server: environment.apiOrigin, username, password: PASSWORD, apiKey: value, connectorId: null };
}
const verify = (details: ServerDetails): Promise<Answer> => portal.call('POST', `${UI_PATH}/verify`, { json: details });
async function connect(details: ServerDetails, choose: (verified: Verified) => { kind: 'organization' | 'smart'; id: number; name: string }[]): Promise<void> {
  const { body } = await verify(details);
  const verified = body as Verified;
  const settings = { verification: verified.verification, groups: choose(verified), pii: { name: true, number: true, email: true }, syncIntervalHours: 4, tagStatus: true, tagRisk: true };
  expect((await portal.call('POST', `${UI_PATH}/integrations`, { json: settings })).status).toBe(200);
  await sandbox.harmony.settled();
}
const group = (code: string) => ({ organizationGroups }: Verified) => organizationGroups.filter((one) => one.code === code).map(({ id, name }) => ({ kind: 'organization' as const, id, name }));

describe('verification', () => {
  const cloud = (): Ws1Environment => sandbox.ws1('cn1234');
  const without = (category: string): Record<string, Ws1Access> => Object.fromEntries(Object.entries(SIX).filter(([path]) => path !== category));

  test('the six categories are enough', async () => {
    const { status, body } = await verify(account(cloud(), SIX));
    expect(status).toBe(200);
    expect((body as Verified).organizationGroups).toHaveLength(cloud().organizationGroups().length);
    expect((body as Verified).smartGroups).toHaveLength(cloud().counts().smartGroups);
  });
  test('the console\'s address does as well', async () => {
    expect((await verify({ ...account(cloud(), SIX), server: `${cloud().origin}/AirWatch/` })).status).toBe(200);
  });
  test.each<[string, () => ServerDetails, RegExp]>([
    ['wrong password', () => ({ ...account(cloud(), SIX), password: 'wrong' }), /Incorrect user name or password/],
    ['wrong key', () => ({ ...account(cloud(), SIX), apiKey: 'wrong' }), /Invalid API key/],
    ['no right to devices', () => account(cloud(), without('API > REST > Devices')), /insufficient permissions/],
    ['no right to groups', () => account(cloud(), without('API > REST > Groups')), /insufficient permissions/],
    ['no right to tags', () => account(cloud(), without('Settings > Tags > Tags')), /insufficient permissions/],
    ['own host without connector', () => account(sandbox.ws1('uem-umbra'), SIX), /^Server is not reachable/],
    ['no such host', () => ({ ...account(cloud(), SIX), server: 'https://as9999.awmdm.com' }), /^Server is not reachable/],
  ])('%s', async (_name, arrange, message) => {
    const { status, body } = await verify(arrange());
    expect([status, (body as { message: string }).message]).toEqual([422, expect.stringMatching(message) as string]);
  });
  test('an API that is switched off', async () => {
    const details = account(cloud(), SIX);
    cloud().setApiEnabled(false);
    expect((await verify(details)).status).toBe(422);
    cloud().setApiEnabled(true);
    expect((await verify(details)).status).toBe(200);
  });
});

describe('synchronization', () => {
  test('devices of the chosen groups alone come over, and their tags go back', async () => {
    const cloud = sandbox.ws1('cn1234');
    await connect(account(cloud, SIX), (verified) => [...group('MER-DE-DRV')(verified), ...group('MER-EU')(verified)]);
    const [integration] = sandbox.harmony.integrations();
    expect(integration).toMatchObject({ status: 'connected', lastError: null });
    // Europe itself has no devices; its children are not meant.
    const { total } = sandbox.harmony.devices();
    expect([total > 50, total < 3000, integration?.devices]).toEqual([true, true, total]);
    const tags = (): Record<string, number> => Object.fromEntries(cloud.tags().filter(({ name }) => TAGS.includes(name)).map(({ name, devices }) => [name, devices]));
    expect(tags()['CHKP_Status_Provisioned']).toBe(total);

    sandbox.advance(sandbox.harmony.switches.activationMs);
    await expect.poll(() => sandbox.harmony.devices().byStatus.Active).toBeGreaterThan(0);
    await sandbox.harmony.settled();
    const { byStatus, byRisk } = sandbox.harmony.devices();
    expect(tags()).toEqual({
      CHKP_Status_Provisioned: byStatus.Provisioned, CHKP_Status_Active: byStatus.Active, CHKP_Status_Inactive: byStatus.Inactive,
      CHKP_Risk_None: byRisk.None - byStatus.Provisioned, CHKP_Risk_Low: byRisk.Low, CHKP_Risk_Medium: byRisk.Medium, CHKP_Risk_High: byRisk.High,
    });
    expect(sandbox.harmony.tagWarnings()).toEqual([]);
  });

  test('a smart group has the devices that the UEM says', async () => {
    let expected = -1;
    await connect(account(sandbox.ws1('cn1234'), SIX), ({ smartGroups }) => {
      const one = smartGroups.find(({ devices }) => devices > 0);
      expected = one?.devices ?? -1;
      return one === undefined ? [] : [{ kind: 'smart', id: one.id, name: one.name }];
    });
    expect(sandbox.harmony.devices().total).toBe(expected);
  });

  test('without the right to tag in bulk, the integration works and warns', async () => {
    await connect(account(sandbox.ws1('cn1234'), { ...SIX, 'Device Management > Bulk Management': 'read' }), group('MER-OSA'));
    expect(sandbox.harmony.integrations()).toMatchObject([{ status: 'connected' }]);
    expect(sandbox.harmony.devices().total).toBeGreaterThan(50);
    expect(sandbox.harmony.tagWarnings()).toEqual(['Tag CHKP_Status_Provisioned could not be set: insufficient permissions.']);
  });

  test('an own host behind a connector, without tags', async () => {
    const umbra = sandbox.ws1('uem-umbra');
    await connect({ ...account(umbra, SIX), connectorId: 'connector-1' }, group('UMB-LAB'));
    expect(sandbox.harmony.integrations()).toMatchObject([{ server: umbra.apiOrigin, usesConnector: true, status: 'connected' }]);
    expect(sandbox.harmony.tagWarnings()).toEqual(['Tag CHKP_Status_Provisioned does not exist in the customer organization group.']);
  });
});

test('no password and no key in the request log', () => {
  const log = JSON.stringify(sandbox.requests());
  expect(sandbox.harmony.receivedSecrets().length).toBeGreaterThan(10);
  for (const secret of sandbox.harmony.receivedSecrets().filter((one) => one !== 'wrong')) expect(log).not.toContain(secret);
});
