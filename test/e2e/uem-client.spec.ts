/** Workspace ONE UEM to a service with an API of its own: an OAuth client, made under the guide, captured, proven and handed over. */
import type { Page } from 'puppeteer-core';
import { tokenAddress, tokenRegions, type TokenRegion } from '../../lib/consoles/workspace-one/tenant.ts';
import type { Sandbox, Ws1Environment } from '../sandbox/types.ts';
import { GuideAdmin } from './guide-admin.ts';
import { chooseByLabel, clickByName, expect, fillByLabel, find, test, textOf, waitForText } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { findInSession, findLeaks } from './leaks.ts';
import { objectName, prepareService, readRun, waitUntilConnected } from './story.ts';
import { buildUemPages, signInToUem } from './uem-story.ts';

test.use({ grantedHosts: ['https://*.awmdm.com/*', 'https://*.uemauth.workspaceone.com/*'], sandboxOptions: { largeTenantComputers: 5, largeEnvironmentDevices: 600 } });
test.beforeAll(() => buildUemPages());
test.beforeEach(() => test.setTimeout(120_000));

const shown = /Here it is/;
const regions: Record<TokenRegion, string> = { na: 'Americas', emea: 'Europe, Middle East and Africa', apac: 'Asia Pacific', uat: 'Test environments (UAT)' };

/** Signed in, the service set up, and Connect pressed in the popup over the console. */
async function start(harness: Harness, sandbox: Sandbox, region: TokenRegion = 'na'): Promise<{ environment: Ws1Environment; page: Page; admin: GuideAdmin }> {
  const environment = sandbox.ws1('cn1234');
  const page = await signInToUem(harness, environment);
  await prepareService(harness, sandbox, page);
  const popup = await harness.openPopup(page);
  await clickByName(popup, 'checkbox', /Devices/);
  await chooseByLabel(popup, 'Region', regions[region]);
  await harness.screenshot(popup, 'uem-client-choose');
  await clickByName(popup, 'button', 'Connect');
  await find(popup, 'heading', /Follow the guide/);
  await popup.close().catch(() => undefined);
  await page.bringToFront();
  return { environment, page, admin: await GuideAdmin.watch(harness, page) };
}

/** What the console shows once, handed over by the popup's button. */
async function capture(harness: Harness, page: Page): Promise<Page> {
  const popup = await harness.openPopup(page);
  await clickByName(popup, 'button', 'Capture it');
  return popup;
}

/** The name is taken: the next one, as the popup suggests it. */
async function rename(harness: Harness, page: Page): Promise<string> {
  const popup = await harness.openPopup(page);
  await waitForText(popup, `“${objectName}” is there already, and its secret is not shown again.`);
  await harness.screenshot(popup, 'uem-client-taken');
  await clickByName(popup, 'button', 'Use this name');
  await waitForText(popup, /Press “Add”|guide/);
  await popup.close().catch(() => undefined);
  await page.bringToFront();
  return `${objectName} 2`;
}

/** One client of that name, as wanted, and the one that the service holds and reads with. */
function expectConnection(sandbox: Sandbox, environment: Ws1Environment, name = objectName): void {
  const [top] = environment.organizationGroups();
  const readOnly = environment.roles().find((role) => role.name === 'Read Only');
  const clients = environment.oauthClients().filter((client) => client.name === name);
  expect(clients).toEqual([expect.objectContaining({ name, organizationGroupId: top?.id, roleId: readOnly?.id, enabled: true, description: 'For Larkspur Robotics, by Keyferry' })]);
  expect(environment.roles().filter(({ builtIn }) => !builtIn)).toEqual([]);
  expect(sandbox.service.integrations()).toEqual([
    expect.objectContaining({ console: 'workspace-one', tenant: 'cn1234', clientId: clients[0]?.clientId, status: 'connected', accounts: environment.counts().admins, devices: 600 }),
  ]);
  const read = sandbox.requests().filter(({ caller, status }) => caller === 'server' && status === 200).map(({ host, path }) => host + path.replace(/\?.*/, '').toLowerCase());
  expect(read).toEqual(expect.arrayContaining(['na.uemauth.workspaceone.com/connect/token', 'as1234.awmdm.com/api/system/admins/search', 'as1234.awmdm.com/api/mdm/devices/search']));
}

const tokensAsked = (sandbox: Sandbox): string[] => sandbox.requests().filter(({ host, caller }) => host.endsWith('.uemauth.workspaceone.com') && caller === 'extension').map(({ host }) => host.split('.')[0] ?? '');

test('from the console’s home page to the receipt: one client, nothing typed, no trace', async ({ harness, sandbox }) => {
  const { environment, page, admin } = await start(harness, sandbox);
  const heard = await admin.listen();
  await admin.follow(shown);
  await admin.screenshot('uem-client-shown');
  const secret = environment.secrets().at(-1) ?? '';
  const secrets = { secret };
  const popup = await capture(harness, page);
  await waitUntilConnected(popup);
  await harness.screenshot(popup, 'uem-client-connected');
  expectConnection(sandbox, environment);
  const receipt = await textOf(popup);
  expect(receipt).toContain('600');
  expect(receipt).toContain('Read Only');
  expect(tokensAsked(sandbox)).toEqual(['na']);
  const run = await readRun(harness);
  expect(run).toMatchObject({ rung: 'guided', setup: { api: { address: environment.apiOrigin, tokenUrl: tokenAddress('na') } }, tally: { consoleCalls: 1 } });
  expect(await findInSession(harness, secrets)).toEqual([]);
  // The console's own dialog shows it until it is closed.
  await page.reload();
  expect(await findLeaks(harness, page, secrets)).toEqual([]);
  expect(await heard()).not.toContain(secret);
  process.stdout.write(`OAuth client: ${String(admin.presses)} presses in the console: ${admin.trail.join(' > ')}; ${String(run.tally.clicks)} clicks in the popup\n`);
});

test('a name that is taken, and a wrong region: another name, and the region that knows the client', async ({ harness, sandbox }) => {
  const old = sandbox.ws1('cn1234').addOAuthClient({ name: objectName, role: 'Read Only' });
  const { environment, page, admin } = await start(harness, sandbox, 'emea');
  const card = await admin.follow(/client is there already/);
  expect(card.text).toContain('Its secret is not shown again. Choose another name in Keyferry.');
  const name = await rename(harness, page);
  await admin.follow(shown);
  await waitUntilConnected(await capture(harness, page));
  expectConnection(sandbox, environment, name);
  // Each region was asked at most in the two ways that a client can sign in.
  const asked = tokensAsked(sandbox);
  expect(asked.at(-1)).toBe('na');
  for (const region of tokenRegions) expect(asked.filter((one) => one === region).length).toBeLessThanOrEqual(2);
  expect((await readRun(harness)).setup).toMatchObject({ name, api: { tokenUrl: tokenAddress('na') } });
  // Whatever uses the old one goes on.
  expect(environment.oauthClients()).toContainEqual(old.row);
});

test('reloaded while the secret is shown: it cannot be had again, another name can', async ({ harness, sandbox }) => {
  const { environment, page, admin } = await start(harness, sandbox);
  await admin.follow(shown);
  await page.reload();
  await admin.follow(/client is there already/);
  const name = await rename(harness, page);
  await admin.follow(shown);
  await waitUntilConnected(await capture(harness, page));
  expectConnection(sandbox, environment, name);
});

test('pasted by hand: a wrong secret and an API that is off are said, and mended', async ({ harness, sandbox }) => {
  const { environment, page } = await start(harness, sandbox);
  const { row, secret } = environment.addOAuthClient({ name: objectName, role: 'Read Only' });
  const popup = await harness.openPopup(page);
  await clickByName(popup, 'button', 'Do it by hand, or paste the secret');
  await waitForText(popup, /Name “Keyferry: Larkspur Robotics”, any description, organization group “Meridian Logistics”, role “Read Only”/);
  await harness.screenshot(popup, 'uem-client-by-hand');
  await fillByLabel(popup, 'Client ID', row.clientId);
  await fillByLabel(popup, 'Client secret', [...secret].reverse().join(''));
  await clickByName(popup, 'button', 'Test and hand over');
  await waitForText(popup, /did not accept this OAuth client in any region \(na, emea, apac, uat\)/, 30_000);
  expect([...new Set(tokensAsked(sandbox))].sort()).toEqual([...tokenRegions].sort());
  expect(tokensAsked(sandbox)).toHaveLength(8);
  environment.setApiEnabled(false);
  await fillByLabel(popup, 'Client ID', row.clientId);
  await fillByLabel(popup, 'Client secret', secret);
  await clickByName(popup, 'button', 'Test and hand over');
  await find(popup, 'heading', 'Not connected yet', 30_000);
  await waitForText(popup, 'The REST API is turned off at as1234.awmdm.com.');
  environment.setApiEnabled(true);
  await clickByName(popup, 'button', 'Try again');
  await waitUntilConnected(popup);
  expect(sandbox.service.integrations()).toEqual([expect.objectContaining({ clientId: row.clientId, status: 'connected' })]);
});
