/** Jamf Pro to Admina: from the console through Connect and Admina's own form to the receipt, and life after it. */
import type { Page } from 'puppeteer-core';
import { APP_BUNDLE } from '../sandbox/admina/app-bundle.ts';
import type { Sandbox } from '../sandbox/types.ts';
import { GuideAdmin } from './guide-admin.ts';
import { chooseByLabel, clickByName, expect, fillByLabel, find, isShown, setChecked, test, textOf, waitForText } from './harness/fixtures.ts';
import { type Harness, poll } from './harness/harness.ts';
import { check, counts, readConnection, readConnections, send, tabOf } from './later.ts';
import { accountPrivileges, chooseService, connect, consoleWrites, devicePrivileges, readRun, signIn, waitUntilFailed } from './story.ts';

test.use({ grantedHosts: ['https://itmc.i.moneyforward.com/*', 'https://api.itmc.i.moneyforward.com/*'] });
test.beforeAll(() => APP_BUNDLE.files());

/** In the popup: Admina, with a key of its public API or without; ready to connect. */
async function prepareAdmina(popup: Page, { admina }: Sandbox, hasKey: boolean): Promise<void> {
  await chooseService(popup, 'Admina by Money Forward');
  await find(popup, 'button', /^(?:Allow access|Test and save)$/);
  // In Firefox the browser is asked here; in Chromium a test has allowed it before.
  if (await isShown(popup, 'button', 'Allow access')) await clickByName(popup, 'button', 'Allow access');
  if (hasKey) {
    await fillByLabel(popup, 'Organization ID', String(admina.organization.id));
    await fillByLabel(popup, 'API key (optional)', admina.apiKey);
    await clickByName(popup, 'button', 'Test and save');
  } else await clickByName(popup, 'button', 'Go on without');
  await find(popup, 'button', 'Connect');
}

/** The popup's button to Admina; resolves to its tab, signed in. */
async function openAdmina(harness: Harness, { admina }: Sandbox, console: Page, popup: Page): Promise<{ tab: Page; admin: GuideAdmin }> {
  await find(popup, 'heading', /^Now /, 40_000);
  await harness.screenshot(popup, 'at-service');
  await clickByName(popup, 'button', /^Open /);
  const tab = await poll('Admina', async () => (await harness.browser.pages()).find((page) => page.url().startsWith(admina.origin)));
  await popup.close().catch(() => undefined);
  await tab.bringToFront();
  await fillByLabel(tab, /メールアドレス|Email address/, admina.login.email);
  await fillByLabel(tab, /パスワード|Password/, admina.login.password);
  await clickByName(tab, 'button', /ログイン|Sign in/);
  await waitForText(tab, 'Admina');
  expect(console.isClosed()).toBe(false);
  return { tab, admin: await GuideAdmin.watch(harness, tab) };
}

const workspaces = ({ admina }: Sandbox): object[] => admina.workspaces().filter(({ service }) => service === 'Jamf');

test('the first time, with devices and a key: nothing typed, one workspace, its accounts and devices', async ({ harness, sandbox }) => {
  test.setTimeout(150_000);
  const page = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(page);
  await prepareAdmina(popup, sandbox, true);
  await setChecked(popup, 'Devices');
  await connect(popup);
  const { tab, admin } = await openAdmina(harness, sandbox, page, popup);
  const heard = await admin.listen();
  await admin.followToEnd();
  expect(admin.trail).toEqual(['Open “インテグレーション”', 'Open “インテグレーション”', 'Open “ステータス”', 'Open “サービス一覧”', 'Choose “Jamf”', 'Check it, then press “連携する”']);

  await page.bringToFront();
  const receipt = await harness.openPopup(page);
  await find(receipt, 'heading', 'Connected', 40_000);
  await harness.screenshot(receipt, 'admina-receipt');
  const { accounts, computers, mobileDevices } = sandbox.tenant('acme').counts();
  expect(workspaces(sandbox)).toMatchObject([{ workspaceKey: 'acme', readsDevices: true, status: 'success', accounts, devices: computers + mobileDevices }]);
  const run = await readRun(harness);
  expect(run).toMatchObject({ phase: { kind: 'connected', receipt: { organization: sandbox.admina.organization.name, accounts, devices: computers + mobileDevices } } });
  const [role] = sandbox.tenant('acme').roles();
  expect(new Set(role?.privileges)).toEqual(new Set([...accountPrivileges, ...devicePrivileges]));

  // In Admina, and nowhere that it could be seen.
  const [secret] = sandbox.tenant('acme').mintedSecrets();
  expect(sandbox.admina.receivedSecrets()).toEqual([secret]);
  const seen = [await textOf(receipt), await heard(), JSON.stringify([await harness.storage('local'), await harness.storage('session')]), JSON.stringify(sandbox.requests())].join('\n');
  expect(seen).not.toContain(secret);
  expect(await tab.evaluate(() => document.documentElement.innerHTML)).not.toContain(secret);
});

test('without a key, in English: what failed is told in Admina’s words, and mended there', async ({ harness, sandbox }) => {
  test.setTimeout(150_000);
  Object.assign(sandbox.admina.switches, { language: 'en', runDelayMs: 200 });
  const page = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(page);
  await prepareAdmina(popup, sandbox, false);
  await connect(popup);
  const { tab, admin } = await openAdmina(harness, sandbox, page, popup);
  // The console turns Admina away, once.
  sandbox.fault({ host: 'acme.jamfcloud.com', path: /^\/api\/v1\/oauth\/token/, when: 'before', action: { status: 401 } });
  await admin.follow(/^It failed/);
  await page.bringToFront();
  const told = await harness.openPopup(page);
  await waitForText(told, 'Authentication failed. Check the client ID and the client secret.');
  await harness.screenshot(told, 'admina-failed');
  await told.close().catch(() => undefined);
  await tab.bringToFront();
  await admin.followToEnd();
  expect(admin.trail.slice(-3)).toEqual(['It failed: read why, then press “Edit”', 'Check it, then press “Save”', 'Press “Retry”']);

  await page.bringToFront();
  const receipt = await harness.openPopup(page);
  await find(receipt, 'heading', 'Connected', 40_000);
  expect(workspaces(sandbox)).toMatchObject([{ workspaceKey: 'acme', readsDevices: false, status: 'success' }]);
  expect(await readRun(harness)).toMatchObject({ phase: { kind: 'connected', receipt: { organization: 'Admina by Money Forward', accounts: null, proof: 'by-use' } } });
  expect(sandbox.requests().some(({ host }) => host === 'api.itmc.i.moneyforward.com')).toBe(false);
});

/** The console, connected for the first time, and Admina's tab. */
interface Linked {
  console: Page;
  tab: Page;
  admin: GuideAdmin;
}

async function connectFirst(harness: Harness, sandbox: Sandbox, hasKey: boolean): Promise<Linked & { receipt: Page }> {
  // Long enough that the status tab shows it running.
  Object.assign(sandbox.admina.switches, { language: 'en', runDelayMs: 300 });
  const console = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(console);
  await prepareAdmina(popup, sandbox, hasKey);
  await connect(popup);
  const linked = { console, ...(await openAdmina(harness, sandbox, console, popup)) };
  await linked.admin.followToEnd();
  return { ...linked, receipt: await endOn(harness, linked, 'Connected') };
}

/** The popup over the console, once it says so. */
async function endOn(harness: Harness, { console }: Linked, heading: string): Promise<Page> {
  await console.bringToFront();
  const popup = await harness.openPopup(console);
  await find(popup, 'heading', heading, 40_000);
  return popup;
}

/** Follows the guide from the popup to the end of the form; resolves to what the popup said before. */
async function saveInAdmina(popup: Page, { tab, admin }: Linked): Promise<string> {
  await find(popup, 'heading', /^Now /, 40_000);
  const said = await textOf(popup);
  await clickByName(popup, 'button', /^Open /);
  await popup.close().catch(() => undefined);
  await tab.bringToFront();
  const before = admin.trail.length;
  await admin.followToEnd();
  // Into the workspace that is there, nothing beside it.
  expect(admin.trail.slice(before).filter((title) => !/^Open /.test(title))).toEqual(['Press “Edit”', 'Check it, then press “Save”', 'Press “Retry”']);
  return said;
}

const isDead = /The earlier client secret has not worked since .+ still has the earlier one, so it cannot read Jamf Pro\..+Follow the guide and save: Keyferry types the new one into the form\./s;

test('life with a key: changed, renewed, looked at and ended from the screens', async ({ harness, sandbox }) => {
  test.setTimeout(150_000);
  const acme = sandbox.tenant('acme');
  const linked = await connectFirst(harness, sandbox, true);
  const { console, receipt } = linked;
  const { name } = sandbox.admina.organization;
  const open = async (popup: Page, action: string): Promise<Page> => {
    await clickByName(popup, 'button', 'Done');
    await clickByName(popup, 'button', new RegExp(`^${name}`));
    await clickByName(popup, 'button', action);
    return popup;
  };

  const editing = await open(receipt, 'Change data or name');
  await setChecked(editing, 'Devices');
  await expect(() => chooseByLabel(editing, 'Device group filter', 'Roastery')).toPass({ timeout: 10_000 });
  await clickByName(editing, 'button', 'Save the changes');
  expect(await saveInAdmina(editing, linked)).toMatch(isDead);
  const changed = await endOn(harness, linked, 'Changed');
  expect(workspaces(sandbox)).toMatchObject([{ workspaceKey: 'acme', readsDevices: true, deviceGroup: 'Roastery', status: 'success' }]);

  const renewing = await open(changed, 'Renew the secret');
  await clickByName(renewing, 'button', 'Renew now');
  expect(await saveInAdmina(renewing, linked)).toMatch(isDead);
  const renewed = await endOn(harness, linked, 'Secret renewed');
  const secrets = acme.mintedSecrets();
  expect(await Promise.all(secrets.map((secret) => counts(console, acme, secret)))).toEqual([false, false, true]);
  expect(sandbox.admina.receivedSecrets()).toEqual(secrets);
  expect(workspaces(sandbox)).toMatchObject([{ readsDevices: true, deviceGroup: 'Roastery', status: 'success' }]);
  expect([acme.roles().length, acme.clients().length]).toEqual([1, 1]);
  expect(await check(harness, acme)).toMatchObject({ state: 'connected', failure: null, missing: [], surplus: [], accounts: acme.counts().accounts });

  const ending = await open(renewed, 'Disconnect');
  await waitForText(ending, `The connection in ${name} can only be removed there, by you.`);
  await clickByName(ending, 'button', 'Disconnect now');
  await find(ending, 'heading', 'Disconnected', 30_000);
  await harness.screenshot(ending, 'admina-disconnected');
  const link = await find(ending, 'link', /^Open Admina by Money Forward/);
  expect(await link.evaluate((node) => (node as HTMLAnchorElement).href)).toBe(`${sandbox.admina.origin}/`);
  expect([acme.roles(), acme.clients(), workspaces(sandbox).length, await readConnections(harness)]).toEqual([[], [], 1, []]);
  expect(JSON.stringify([await harness.storage('local'), await harness.storage('session')])).not.toContain(secrets.at(-1));
});

for (const hasKey of [true, false]) {
  test(`connected twice ${hasKey ? 'with' : 'without'} a key: nothing is added; looked at`, async ({ harness, sandbox }) => {
    test.setTimeout(150_000);
    const acme = sandbox.tenant('acme');
    const { admina } = sandbox;
    const linked = await connectFirst(harness, sandbox, hasKey);
    await clickByName(linked.receipt, 'button', 'Done');
    const { setup } = await readConnection(harness);
    const again = { setup, tabId: await tabOf(harness, acme), clicks: 1 };
    expect(await Promise.all([send(harness, 'connect', again), send(harness, 'connect', again)])).toEqual(['done', 'done']);
    const popup = await endOn(harness, linked, 'Agree to these changes');
    await clickByName(popup, 'button', 'Agree and continue');
    await saveInAdmina(popup, linked);
    await endOn(harness, linked, 'Connected');
    expect(workspaces(sandbox)).toMatchObject([{ workspaceKey: 'acme', status: 'success' }]);
    expect([acme.roles().length, acme.clients().length]).toEqual([1, 1]);
    expect(admina.receivedSecrets()).toEqual(acme.mintedSecrets());

    const seen = { state: 'connected', failure: null, missing: [], surplus: [], accounts: acme.counts().accounts };
    if (!hasKey) {
      expect(await check(harness, acme)).toMatchObject({ state: 'unknown', failure: { code: 'service-key-missing', params: { reason: 'optional' } }, missing: [], surplus: [] });
      expect(await send(harness, 'set-up-service', { id: 'admina', address: admina.apiOrigin, account: String(admina.organization.id), key: admina.apiKey, passphrase: null })).toBe('done');
    }
    expect(await check(harness, acme)).toMatchObject(seen);
    // Somebody removes the workspace.
    admina.reset();
    expect(await check(harness, acme)).toMatchObject({ state: 'gone', failure: { code: 'connection-gone', params: { what: 'registration' } } });
  });
}

test('a role that lost a privilege meanwhile: told in Admina’s words, mended, and read', async ({ harness, sandbox }) => {
  test.setTimeout(150_000);
  Object.assign(sandbox.admina.switches, { language: 'en', runDelayMs: 200 });
  const console = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(console);
  await prepareAdmina(popup, sandbox, true);
  await setChecked(popup, 'Devices');
  await connect(popup);
  const linked = { console, ...(await openAdmina(harness, sandbox, console, popup)) };
  const [role] = sandbox.tenant('acme').roles();
  const set = (privileges: string[]): Promise<number> =>
    console.evaluate(async (id, body) => (await fetch(`/api/v1/api-roles/${id}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status, role!.id, JSON.stringify({ displayName: role!.displayName, privileges }));
  expect(await set(role!.privileges.filter((name) => name !== 'Read Computers'))).toBe(200);
  await linked.admin.follow(/^It failed/);
  const told = await endOn(harness, linked, 'Now Admina by Money Forward');
  await waitForText(told, 'Insufficient permissions: Read Computers');
  await told.close().catch(() => undefined);
  expect(await set(role!.privileges)).toBe(200);
  await linked.tab.bringToFront();
  await linked.admin.followToEnd();
  await endOn(harness, linked, 'Connected');
  expect(workspaces(sandbox)).toMatchObject([{ status: 'success', readsDevices: true }]);
});

test('a plan without devices: said before anything is written', async ({ harness, sandbox }) => {
  Object.assign(sandbox.admina.switches, { hasDevices: false });
  const console = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(console);
  await prepareAdmina(popup, sandbox, true);
  await setChecked(popup, 'Devices');
  await connect(popup);
  await waitUntilFailed(popup, /The plan at api\.itmc\.i\.moneyforward\.com does not have devices\. Connect without devices/);
  expect(consoleWrites(sandbox)).toEqual([]);
  await clickByName(popup, 'button', 'Change the data to share');
  await clickByName(popup, 'checkbox', /Devices/);
  await clickByName(popup, 'button', 'Save and try again');
  const { admin } = await openAdmina(harness, sandbox, console, popup);
  await admin.followToEnd();
  await console.bringToFront();
  await find(await harness.openPopup(console), 'heading', 'Connected', 40_000);
  expect(workspaces(sandbox)).toMatchObject([{ readsDevices: false, status: 'success' }]);
});
