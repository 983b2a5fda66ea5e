/** Jamf Pro to Admina: from the console through Connect and Admina's own form to the receipt. */
import type { Page } from 'puppeteer-core';
import { APP_BUNDLE } from '../sandbox/admina/app-bundle.ts';
import type { Sandbox } from '../sandbox/types.ts';
import { GuideAdmin } from './guide-admin.ts';
import { clickByName, expect, fillByLabel, find, isShown, setChecked, test, textOf, waitForText } from './harness/fixtures.ts';
import { type Harness, poll } from './harness/harness.ts';
import { accountPrivileges, chooseService, connect, devicePrivileges, readRun, signIn } from './story.ts';

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
