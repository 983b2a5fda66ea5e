/** The main job: one click, and the service reads. */
import { chooseByLabel, expect, find, setChecked, test, textOf, urlOf, waitForText } from './harness/fixtures.ts';
import { accountPrivileges, connect, consoleCalls, devicePrivileges, getConnection, objectName, openReady, prepareService, readRun, reopen, signInBySso, waitUntilConnected } from './story.ts';

/** What a script needs that makes role, client and secret and tries it; identifiers left out. */
const minimalScript = [
  'GET /api/v1/auth',
  'GET /api/v1/api-role-privileges',
  'GET /api/v1/api-roles',
  'GET /api/v1/api-integrations',
  'POST /api/v1/api-roles',
  'POST /api/v1/api-integrations',
  'POST /api/v1/api-integrations/1/client-credentials',
  'POST /api/v1/oauth/token',
];

test('connects accounts with one click and the calls of a minimal script', async ({ harness, sandbox }) => {
  const { popup } = await openReady(harness, sandbox);
  sandbox.clearRequests();
  const key = await find(popup, 'textbox', 'Workspace key');
  expect(await key.evaluate((node) => (node as HTMLInputElement).value)).toBe('acme');

  await connect(popup);
  await waitUntilConnected(popup);
  await harness.screenshot(popup, 'connected');

  expect(consoleCalls(sandbox).map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual(minimalScript);
  const { role, client, integration, minted } = getConnection(sandbox);
  const { accounts } = sandbox.tenant('acme').counts();
  expect({ ...role, privileges: new Set(role.privileges) }).toEqual({ id: '1', displayName: objectName, privileges: new Set(accountPrivileges) });
  expect(role.privileges).toHaveLength(accountPrivileges.length);
  expect(client).toMatchObject({ displayName: objectName, authorizationScopes: [objectName], enabled: true, accessTokenLifetimeSeconds: 3600 });
  expect(integration).toMatchObject({ console: 'jamf-pro', name: objectName, dataSets: ['accounts'], site: null, accounts, devices: null });
  expect(minted).toBe(1);

  const run = await readRun(harness);
  expect(run).toMatchObject({ rung: 'session', tally: { clicks: 1, consoleCalls: minimalScript.length }, phase: { kind: 'connected', receipt: { accounts, devices: null } } });

  const shown = await textOf(popup);
  expect(shown).toMatch(new RegExp(`\\b${String(accounts)}\\b`));
  expect(shown).toContain('No secret was typed, copied or shown');
  const fields = await popup.evaluate(() => [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value));
  for (const secret of sandbox.tenant('acme').mintedSecrets()) expect([shown, ...fields].join('\n')).not.toContain(secret);

  const link = await find(popup, 'link', /^See the accounts in Larkspur Robotics/);
  const service = await harness.openConsole(await link.evaluate((node) => (node as HTMLAnchorElement).href));
  expect(await urlOf(service)).toContain(`/integrations/${integration.id}/accounts`);
  await waitForText(service, 'Console Admin');
});

test('connects the devices of one site, chosen once, with one click', async ({ harness, sandbox }) => {
  const { page, popup: choosing } = await openReady(harness, sandbox);
  sandbox.clearRequests();
  await setChecked(choosing, 'Devices');
  const filter = await find(choosing, 'combobox', 'Device group filter');
  const listOptions = (): Promise<string[]> => filter.evaluate((node) => [...(node as HTMLSelectElement).options].map(({ label }) => label));
  await expect.poll(listOptions).toEqual(['All devices', 'Head Office', 'Roastery', 'Cafés']);
  await chooseByLabel(choosing, 'Device group filter', 'Roastery');
  await harness.screenshot(choosing, 'choose-devices');

  const popup = await reopen(harness, page, choosing);
  expect(await (await find(popup, 'combobox', 'Device group filter')).evaluate((node) => (node as HTMLSelectElement).selectedOptions[0]?.label)).toBe('Roastery');
  await connect(popup);
  await waitUntilConnected(popup);
  await harness.screenshot(popup, 'connected-devices');

  const calls = consoleCalls(sandbox);
  expect(calls.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual(['GET /api/v1/sites', ...minimalScript]);
  const { role, integration } = getConnection(sandbox);
  expect(new Set(role.privileges)).toEqual(new Set([...accountPrivileges, ...devicePrivileges]));
  expect(role.privileges).toHaveLength(8);
  expect(integration).toMatchObject({ dataSets: ['accounts', 'devices'], site: { id: '2', name: 'Roastery' } });
  const run = await readRun(harness);
  expect(run.tally).toEqual({ clicks: 1, consoleCalls: calls.length });
  expect(run.phase).toMatchObject({ kind: 'connected', receipt: { accounts: integration.accounts, devices: integration.devices } });
  expect(integration.devices).toBeGreaterThan(0);
  await waitForText(popup, /Site Roastery/);
});

test('connects for an admin who has single sign-on only', async ({ harness, sandbox }) => {
  sandbox.tenant('initech').switches.sessionMode = 'cookie';
  const page = await signInBySso(harness, sandbox, 'initech');
  await prepareService(harness, sandbox, page);
  const popup = await harness.openPopup(page);
  await connect(popup);
  await waitUntilConnected(popup);
  expect(getConnection(sandbox, 'initech').minted).toBe(1);
  expect(await readRun(harness)).toMatchObject({ rung: 'session', tally: { clicks: 1, consoleCalls: minimalScript.length } });
});
