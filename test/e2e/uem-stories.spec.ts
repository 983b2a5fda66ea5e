/** Workspace ONE UEM to Harmony Mobile off the straight way: what is there already, what is wrong, and what comes between. */
import type { Page } from 'puppeteer-core';
import { WS1_LOGINS } from '../sandbox/workspace-one/environments.ts';
import type { Ws1Environment } from '../sandbox/types.ts';
import { GuideAdmin } from './guide-admin.ts';
import { clickByName, expect, fillByLabel, find, isShown, test, textOf, waitForText } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { findInSession } from './leaks.ts';
import { beginUem, buildUemPages, capture, expectOneOfEach, finishUem, followToKey, openPortal, openReceipt, prepareKeyAndRole, readPopup, signInToUem, startUem, uemHosts, uemNames } from './uem-story.ts';

test.use({ grantedHosts: [...uemHosts, 'https://uem.umbra.example/*'], sandboxOptions: { largeTenantComputers: 500, largeEnvironmentDevices: 600 } });
test.beforeAll(() => buildUemPages());
test.beforeEach(() => test.setTimeout(180_000));

/** The administrator that Keyferry makes. */
const accountIn = (environment: Ws1Environment) => environment.admins().find(({ username }) => username === uemNames.username);

/** From the popup's view of the administrator: a new password for the one that is there. */
async function takeOver(harness: Harness, page: Page): Promise<void> {
  const popup = await harness.openPopup(page);
  await waitForText(popup, `There is an administrator “${uemNames.username}” already. With a new password, whatever uses the old one stops.`);
  await clickByName(popup, 'button', 'Give it a new password');
  await waitForText(popup, /Open “|Press “|Now open/);
  await popup.close().catch(() => undefined);
  await page.bringToFront();
}

test('the second time: everything is used again, the administrator gets a new password, the integration is edited', async ({ harness, sandbox }) => {
  test.setTimeout(240_000);
  const environment = sandbox.ws1('cn1234');
  const { page, admin } = await startUem(harness, environment);
  await followToKey(harness, admin, page);
  await admin.followToEnd();
  const { popup, portal } = await finishUem(harness, sandbox, page);
  const before = { roles: environment.roles(), admins: environment.admins(), keys: environment.apiKeys(), tags: environment.tags().length, integrations: sandbox.harmony.integrations().map(({ id }) => id), passwords: sandbox.harmony.receivedSecrets() };
  await clickByName(popup, 'button', 'Done');
  await popup.close().catch(() => undefined);
  await portal.close();
  await page.bringToFront();

  await beginUem(harness, page);
  const again = await GuideAdmin.watch(harness, page);
  await followToKey(harness, again, page);
  await again.follow(/user is there already/);
  await takeOver(harness, page);
  await again.followToEnd();
  const { popup: receipt, admin: portalAdmin } = await finishUem(harness, sandbox, page);
  expect(await textOf(receipt)).toContain('7 were there');
  expect(again.trail.join(' > ')).not.toMatch(/Press “Add”|Copy/);
  expect(portalAdmin.trail.join(' > ')).not.toContain('Press “+”');
  expectOneOfEach(sandbox, environment);
  expect({ roles: environment.roles(), admins: environment.admins(), keys: environment.apiKeys(), tags: environment.tags().length }).toEqual({ roles: before.roles, admins: before.admins, keys: before.keys, tags: before.tags });
  expect(sandbox.harmony.integrations().map(({ id }) => id)).toEqual(before.integrations);
  // One password more, and the same key.
  expect(sandbox.harmony.receivedSecrets()).toHaveLength(before.passwords.length + 1);
  process.stdout.write(`second time: ${again.trail.join(' > ')}; ${portalAdmin.trail.join(' > ')}\n`);
});

test('at a lower organization group the card says to switch; the key comes about at the top', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  // Who may see Europe alone has no top group to switch to.
  const page = await signInToUem(harness, environment, WS1_LOGINS.europe);
  await beginUem(harness, page);
  const europe = await GuideAdmin.watch(harness, page);
  expect((await europe.follow(/Switch to the top/)).text).toContain('These settings come from a group above');
  await page.goto(`${environment.origin}/AirWatch/Login/Logout`);
  await europe.waitForCard(({ title }) => /Sign in first/.test(title), 'signed out');
  await fillByLabel(page, 'Username', WS1_LOGINS.admin.username);
  await clickByName(page, 'button', 'Next');
  await fillByLabel(page, 'Password', WS1_LOGINS.admin.password);
  await clickByName(page, 'button', 'Log In');

  const admin = await GuideAdmin.watch(harness, page);
  await admin.follow(/Press “Add”/);
  const [, dialogMenu] = [await find(page, 'dialog'), await find(page, 'button', 'Organization Group Drop Down Menu')];
  await dialogMenu.click();
  await clickByName(page, 'link', 'Europe');
  await admin.press(await admin.waitForCard(({ title, ring }) => /Switch to the top/.test(title) && ring !== undefined, 'the dialog is at a lower group'));
  await clickByName(page, 'link', 'Meridian Logistics');
  await followToKey(harness, admin, page);
  const top = environment.organizationGroups().find(({ parent }) => parent === null);
  expect(environment.apiKeys().filter(({ service }) => service === uemNames.key)).toMatchObject([{ organizationGroupId: top?.id, accountType: 'Admin' }]);
});

test('a masked key is never taken for the key: another name leads on', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  environment.switches.keyMasking = 'saved';
  const { value: hidden } = environment.addApiKey({ service: uemNames.key });
  const { page, admin } = await startUem(harness, environment);
  await admin.follow(/not shown in full/);
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'REST API key');
  expect(await isShown(popup, 'button', 'Capture it')).toBe(false);
  const masked = `${hidden.slice(0, 5)}${'*'.repeat(34)}${hidden.slice(-5)}`;
  await clickByName(popup, 'button', 'Do it by hand');
  await fillByLabel(popup, 'REST API key', masked);
  await clickByName(popup, 'button', 'Use this key');
  await waitForText(popup, 'The key is shown with stars: a part of it is hidden.');
  await harness.screenshot(popup, 'uem-key-masked');
  await clickByName(popup, 'button', 'Use another name');
  const name = await find(popup, 'textbox', 'REST API key');
  expect(await name.evaluate((node) => (node as HTMLInputElement).value)).toBe(uemNames.key);
  await fillByLabel(popup, 'REST API key', 'HarmonyMobile2');
  await clickByName(popup, 'button', 'Use this name');
  await waitForText(popup, /Press “Add”|Add/);
  await popup.close().catch(() => undefined);
  await page.bringToFront();
  await followToKey(harness, admin, page);
  const made = environment.secrets().at(-1) ?? '';
  expect(environment.apiKeys().at(-1)).toMatchObject({ service: 'HarmonyMobile2', accountType: 'Admin' });
  expect(await findInSession(harness, { made, hidden, masked })).toEqual(['made in vault:api-key']);
});

test('a role with a category missing and one too many: the one is added, the other named', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  prepareKeyAndRole(environment, { 'Settings > Tags > Tags': 'read', 'Device Management > Device Wipe': 'edit' });
  const { page, admin } = await startUem(harness, environment);
  await followToKey(harness, admin, page);
  const card = await admin.follow(/press “Save”/);
  expect(card.items).toEqual([expect.stringMatching(/^Not needed: .*Device Wipe.*Edit/)]);
  await admin.screenshot('uem-role-surplus');
  await admin.press(card);
  await admin.follow(/Add Admin|Press “Add”|List View/);
  const roles = environment.roles().filter(({ builtIn }) => !builtIn);
  expect(roles).toHaveLength(1);
  expect(roles[0]?.categories).toMatchObject({ 'Settings > Tags > Tags': 'edit', 'Device Management > Device Wipe': 'edit', 'Device Management > Compliance': 'edit' });
});

test('another password by another hand: the proof says so and leads back, a new one goes on', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  prepareKeyAndRole(environment);
  const { page, admin } = await startUem(harness, environment);
  await followToKey(harness, admin, page);
  const held = sandbox.hold({ host: 'as1234.awmdm.com', path: /\/system\/info/i, when: 'before' });
  const following = admin.followToEnd();
  await held.reached;
  environment.changePassword(accountIn(environment)?.id ?? 0, 'Another-hand-1!');
  held.release();
  await following;
  const said = await readPopup(harness, page, 'Administrator for the API');
  expect(said).toContain(`as1234.awmdm.com did not accept the user name ${uemNames.username} with this password.`);
  await admin.followToEnd();
  await finishUem(harness, sandbox, page);
  expectOneOfEach(sandbox, environment);
});

test('the API turned off, from the start and again before the proof: the guide turns it on', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  prepareKeyAndRole(environment);
  environment.setApiEnabled(false);
  const { page, admin } = await startUem(harness, environment);
  await followToKey(harness, admin, page);
  expect(admin.trail.at(-1)).toMatch(/press “Save”/);
  const held = sandbox.hold({ host: 'as1234.awmdm.com', path: /\/system\/info/i, when: 'before' });
  const following = admin.follow(/Here it is/);
  await held.reached;
  environment.setApiEnabled(false);
  held.release();
  await following;
  expect(await readPopup(harness, page, 'The key is on the screen')).toContain('The REST API is turned off');
  await capture(harness, page, 'Hand it to Harmony Mobile');
  await finishUem(harness, sandbox, page);
  expectOneOfEach(sandbox, environment);
});

test('Basic authentication turned off: the guide turns it on', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  prepareKeyAndRole(environment);
  environment.setBasicEnabled(false);
  const { page, admin } = await startUem(harness, environment);
  await followToKey(harness, admin, page);
  await admin.follow(/Open “Authentication”/);
  await admin.follow(/Here it is/);
  expect(admin.trail.slice(-2)).toEqual(['Open “Authentication”', 'Basic was off: press “Save”']);
  expect(await readPopup(harness, page, 'The key is on the screen')).toContain('Basic authentication is turned off');
  await capture(harness, page, 'Hand it to Harmony Mobile');
  await finishUem(harness, sandbox, page);
  expectOneOfEach(sandbox, environment);
});

test('a console on its own host, through a connector', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('uem-umbra');
  const page = await signInToUem(harness, environment);
  const asked = await harness.openPopup(page);
  await find(asked, 'heading', 'Is this your Workspace ONE UEM?');
  expect(await textOf(asked)).toContain('uem.umbra.example');
  await clickByName(asked, 'button', 'Allow this address');
  await find(asked, 'button', 'Choose Check Point Harmony Mobile');
  await asked.close().catch(() => undefined);
  await beginUem(harness, page);
  const admin = await GuideAdmin.watch(harness, page);
  await followToKey(harness, admin, page);
  await admin.followToEnd();
  const { portal, admin: portalAdmin } = await openPortal(harness, sandbox, page);
  const card = await portalAdmin.follow(/Choose your connector/);
  await clickByName(portal, 'combobox', 'Connector');
  await clickByName(portal, 'option', 'HQ-DMZ-Connector').catch(async () => {
    await portal.keyboard.press('Enter');
  });
  await portalAdmin.press(await portalAdmin.waitForCard(({ title, ring }) => title === card.title && ring !== undefined, 'the connector is chosen'));
  await portalAdmin.followToEnd();
  const popup = await openReceipt(harness, page);
  const receipt = await textOf(popup);
  expect(receipt).toContain('API server uem.umbra.example');
  expect(receipt).toContain('150 devices readable');
  expect(receipt).toContain('Look in Harmony Mobile for the devices.');
  expectOneOfEach(sandbox, environment);
  expect(sandbox.harmony.integrations()).toMatchObject([{ usesConnector: true }]);
});

test('the administrator made by API with the admin’s own account', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  prepareKeyAndRole(environment);
  const { page, admin } = await startUem(harness, environment);
  await followToKey(harness, admin, page);
  await admin.follow(/Press “Add”/);
  const popup = await harness.openPopup(page);
  await clickByName(popup, 'button', 'Create it with my account');
  await fillByLabel(popup, 'Username', WS1_LOGINS.admin.username);
  await fillByLabel(popup, 'Password', WS1_LOGINS.admin.password);
  await clickByName(popup, 'button', 'Create the administrator');
  await find(popup, 'heading', 'Hand it to Harmony Mobile', 30_000);
  expect(await findInSession(harness, { own: WS1_LOGINS.admin.password })).toEqual([]);
  await popup.close().catch(() => undefined);
  await finishUem(harness, sandbox, page);
  expectOneOfEach(sandbox, environment);
});

test('as few rights as possible, to the receipt', async ({ harness, sandbox }) => {
  const environment = sandbox.ws1('cn1234');
  const { page, admin } = await startUem(harness, environment, async (popup) => (await find(popup, 'radio', 'As few as possible')).click());
  await followToKey(harness, admin, page);
  await admin.followToEnd();
  const { popup } = await finishUem(harness, sandbox, page);
  const receipt = await textOf(popup);
  expect(receipt).toContain('Role api_admin_role_least');
  // It may see tags and give them, but not make them.
  expect(receipt).toContain('Please add by hand, under All Settings › Devices & Users › Advanced › Tags: CHKP_Status_Provisioned');
  expectOneOfEach(sandbox, environment, {
    role: 'api_admin_role_least',
    rights: {
      // All of a category's Read is that category at Read.
      categories: { 'API > REST > Apps': 'read', 'API > REST > Groups': 'read' },
      permissions: { 'REST API Devices Write': 'edit', 'REST API Devices Read': 'read', 'REST API User Groups Execute': 'edit', 'Device Bulk Management assign Tags': 'edit', 'View Tag': 'read' },
    },
  });
});

test('reloaded in every step', async ({ harness, sandbox }) => {
  test.setTimeout(300_000);
  const environment = sandbox.ws1('cn1234');
  const { page, admin } = await startUem(harness, environment);
  let reloads = 0;
  const reload = (tab: Page) => async (): Promise<boolean> => {
    reloads += 1;
    await tab.reload();
    return true;
  };
  await admin.follow(/Here it is/, reload(page));
  await page.reload();
  await followToKey(harness, admin, page);
  await admin.followToEnd(reload(page));
  const { portal, admin: portalAdmin } = await openPortal(harness, sandbox, page);
  await portalAdmin.followToEnd(reload(portal));
  await openReceipt(harness, page);
  expect(reloads).toBeGreaterThan(20);
  expectOneOfEach(sandbox, environment);
});

test('the background stopped in every step, the tab closed and opened again in every part', async ({ harness, sandbox }) => {
  test.setTimeout(300_000);
  const environment = sandbox.ws1('cn1234');
  const stop = async (): Promise<boolean> => {
    await harness.killBackground();
    return false;
  };
  let { page, admin } = await startUem(harness, environment);
  /** The admin closes the tab, has another one, and is still signed in. */
  const openAgain = async (): Promise<void> => {
    const next = await harness.openConsole(`${environment.origin}/AirWatch/`);
    await page.close();
    page = next;
    admin = await GuideAdmin.watch(harness, page);
  };
  await admin.follow(/press “Save”/, stop);
  await openAgain();
  await followToKey(harness, admin, page, stop);
  await admin.follow(/press “Save”/, stop);
  await openAgain();
  await admin.follow(/Now open “Roles”/, stop);
  await openAgain();
  // And while Keyferry itself is at work: the tag is made, and nobody hears of it.
  const tag = sandbox.hold({ host: 'as1234.awmdm.com', method: 'POST', path: /\/mdm\/tags/i, when: 'after' });
  const following = admin.followToEnd(stop);
  await tag.reached;
  await harness.killBackground();
  tag.release();
  await following;
  const { portal, admin: portalAdmin } = await openPortal(harness, sandbox, page);
  await portalAdmin.follow(/Verify and Next/, stop);
  const next = await harness.openConsole(portal.url());
  await portal.close();
  const last = await GuideAdmin.watch(harness, next);
  await last.followToEnd(stop);
  await openReceipt(harness, page);
  expectOneOfEach(sandbox, environment);
  expect(environment.tags().filter(({ name }) => name.startsWith('CHKP_'))).toHaveLength(7);
});

test('the browser restarted: key and password are forgotten, which it says, and it leads back', async ({ harness, sandbox }) => {
  test.setTimeout(300_000);
  const environment = sandbox.ws1('cn1234');
  const { page: first, admin } = await startUem(harness, environment);
  await followToKey(harness, admin, first);
  await admin.follow(/Press “Add Admin”/);
  await harness.restartBrowser();

  let page = await signInToUem(harness, environment);
  const second = await GuideAdmin.watch(harness, page);
  await second.follow(/Here it is/);
  expect(await readPopup(harness, page, 'The key is on the screen')).toContain('The REST API key is no longer in memory.');
  await capture(harness, page, 'Hand it to Harmony Mobile');
  const { admin: portalAdmin } = await openPortal(harness, sandbox, page);
  await portalAdmin.follow(/Press “\+”|Open “Settings”/);
  await harness.restartBrowser();

  page = await signInToUem(harness, environment);
  const opened = await openPortal(harness, sandbox, page);
  await opened.admin.followToEnd();
  expect(await readPopup(harness, page, 'Administrator for the API')).toContain('The password of the new administrator is no longer in memory.');
  const third = await GuideAdmin.watch(harness, page);
  await third.follow(/Here it is/);
  expect(await readPopup(harness, page, 'The key is on the screen')).toContain('The REST API key is no longer in memory.');
  await capture(harness, page, 'Hand it to Harmony Mobile');
  await finishUem(harness, sandbox, page);
  expectOneOfEach(sandbox, environment);
});
