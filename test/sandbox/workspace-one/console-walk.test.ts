import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Locator, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../setup/browsers.ts';
import { BY_HAND } from '../by-hand.ts';
import { basic } from '../jamf-pro/test-support.ts';
import { startSandbox } from '../sandbox.ts';
import type { NodeSandbox } from '../sandbox.ts';
import type { Ws1Environment } from '../types.ts';
import { OAUTH_BUNDLE } from './console-app.ts';
import { WS1_LOGINS } from './environments.ts';
import { WORDS } from './pages/words.ts';

/* The whole job in the console by mouse and keyboard, as an admin without Keyferry does it. */

const executablePath = findChromium()?.path;
const screenshots = path.resolve(import.meta.dirname, '../../../.output/ws1-console');
const HARMONY_CATEGORIES = [
  'API > REST > Devices',
  'API > REST > Groups',
  'Device Management > Bulk Management',
  'Device Management > Compliance',
  'Monitor > Reports > General',
  'Settings > Tags > Tags',
];

let sandbox: NodeSandbox;
let browser: Browser;
let environment: Ws1Environment;
let page: Page;
let problems: string[];

beforeAll(async () => {
  if (executablePath === undefined) return;
  await mkdir(screenshots, { recursive: true });
  await OAUTH_BUNDLE.files();
  sandbox = await startSandbox({ largeTenantComputers: 20, largeEnvironmentDevices: 300 });
  environment = sandbox.ws1('cn1234');
  browser = await chromium.launch({
    executablePath,
    args: [`--proxy-server=http://127.0.0.1:${sandbox.proxyPort}`, '--proxy-bypass-list=<-loopback>', `--ignore-certificate-errors-spki-list=${sandbox.spki}`, '--no-sandbox'],
  });
}, 120_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await page?.screenshot({ path: path.join(screenshots, `failed-${task.name.replaceAll(/\W+/g, '-')}.png`) });
  await page?.context().close();
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

async function open(address: string): Promise<void> {
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(10_000);
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) problems.push(message.text());
  });
  await page.goto(`${environment.origin}${address}`);
}

/** Counts what a person has to do. */
class Hand {
  readonly did = { clicks: 0, typed: 0, copied: 0 };

  async click(what: Locator): Promise<void> {
    await what.click();
    this.did.clicks += 1;
  }

  /** Into a field that has the focus already; `into` is one that has to be clicked first. */
  async type(text: string, into?: Locator): Promise<void> {
    if (into !== undefined) await this.click(into);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
    this.did.typed += 1;
  }

  /** To the next field of a form. */
  async next(text: string): Promise<void> {
    await page.keyboard.press('Tab');
    await this.type(text);
  }

  async copy(from: Locator): Promise<string> {
    await this.click(from);
    await page.keyboard.press('ControlOrMeta+A');
    this.did.copied += 1;
    return await from.evaluate((field) => {
      const { value, selectionStart, selectionEnd } = field as HTMLTextAreaElement;
      return value.slice(selectionStart, selectionEnd);
    });
  }
}

async function signIn(hand: Hand, { username, password }: { username: string; password: string }): Promise<void> {
  await hand.type(username, page.locator('#UserName'));
  await hand.click(page.getByRole('button', { name: 'Next' }));
  await hand.type(password, page.locator('#Password'));
  await hand.click(page.getByRole('button', { name: 'Log In' }));
}
const shot = (name: string): Promise<Buffer> => page.screenshot({ path: path.join(screenshots, `${name}.png`) });

test.skipIf(executablePath === undefined)('API key, role and administrator by hand, and the API takes them', { timeout: 90_000 }, async () => {
  environment.setApiEnabled(false);
  const hand = new Hand();
  await open('/');
  await signIn(hand, WS1_LOGINS.admin);
  const menu = page.getByRole('navigation', { name: 'Main Menu' });
  const submenu = page.getByRole('navigation', { name: 'Sub Menu' });

  // The key.
  await hand.click(menu.getByRole('link', { name: 'Groups & Settings' }));
  await hand.click(submenu.getByRole('link', { name: 'All Settings Opens Dialog' }));
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const tree = settings.getByRole('navigation');
  await hand.click(tree.getByText('Advanced', { exact: true }).first());
  await hand.click(tree.getByText('API', { exact: true }));
  await hand.click(tree.getByRole('link', { name: 'REST API' }));
  await expect.poll(() => settings.getByRole('textbox', { name: 'REST API URL' }).inputValue()).toBe('https://as1234.awmdm.com/API');
  await hand.click(settings.locator('label[for="EnableApiAccess_True"]'));
  await hand.click(settings.getByRole('button', { name: 'Add' }));
  await hand.type('Harmony Mobile');
  await shot('rest-api');
  await hand.click(settings.getByRole('button', { name: 'Save' }));
  await settings.getByRole('status').waitFor();
  const row = settings.locator('.keys tbody tr').last();
  const key = await hand.copy(row.locator('textarea').first());
  expect(environment.apiKeys().at(-1)).toMatchObject({ service: 'Harmony Mobile', accountType: 'Admin', adminGenerated: true });
  expect(environment.secrets()).toContain(key);
  await hand.click(settings.getByRole('link', { name: 'Close Dialog' }));

  // The role.
  await hand.click(menu.getByRole('link', { name: 'Accounts' }));
  await hand.click(submenu.getByRole('button', { name: 'Administrators' }));
  await hand.click(submenu.getByRole('link', { name: 'Roles' }));
  await hand.click(page.getByRole('row', { name: 'Read Only' }).getByRole('radio'));
  await hand.click(page.getByRole('button', { name: 'Copy', exact: true }));
  const form = page.getByRole('dialog', { name: 'Create Role' });
  const node = (category: string): Locator => form.locator(`[data-category="${category}"] > .node-row`);
  await node('API').waitFor();
  await hand.type('api_admin_role', form.getByRole('textbox', { name: 'Name' }));
  await hand.next('Role for Harmony Mobile Integration');
  const isOpen = new Set<string>();
  for (const category of HARMONY_CATEGORIES) {
    const folders = category.split(' > ').slice(0, -1).map((_, index, all) => all.slice(0, index + 1).join(' > '));
    for (const folder of folders.filter((one) => !isOpen.has(one))) await hand.click(node(folder).locator('.expander'));
    for (const folder of folders) isOpen.add(folder);
    await hand.click(node(category).locator('.node-name'));
    await form.getByRole('cell', { name: category.replaceAll(' > ', ' › ') }).first().waitFor();
    await hand.click(form.getByRole('checkbox', { name: 'Edit' }));
    await expect.poll(() => node(category).locator('.pie').getAttribute('title')).toBe('Edit');
  }
  await shot('role');
  await hand.click(form.getByRole('button', { name: 'Save' }));
  await expect.poll(() => environment.roles().at(-1)?.name).toBe('api_admin_role');
  const readOnly = environment.roles().find(({ name }) => name === 'Read Only');
  expect(environment.roles().at(-1)).toMatchObject({
    description: 'Role for Harmony Mobile Integration',
    categories: { ...readOnly?.categories, ...Object.fromEntries(HARMONY_CATEGORIES.map((category) => [category, 'edit'])) },
    permissions: {},
  });
  await form.waitFor({ state: 'detached' });

  // The administrator.
  const account = { username: 'harmony.api', password: 'By-hand-4711' };
  await hand.click(submenu.getByRole('link', { name: 'List View' }).last());
  await hand.click(page.getByRole('main').getByRole('button', { name: 'Add' }));
  await hand.click(page.getByRole('link', { name: 'Add Admin' }));
  const admin = page.getByRole('dialog', { name: 'Add/Edit Admin' });
  await hand.type(account.username, admin.getByRole('textbox', { name: 'Username' }));
  await hand.next(account.password);
  await hand.next(account.password);
  await hand.next('Harmony');
  await page.keyboard.press('Tab');
  await hand.next('Mobile');
  await hand.next('harmony@meridian.example');
  await hand.click(admin.getByRole('tab', { name: 'Roles' }));
  await hand.click(admin.getByRole('button', { name: 'Add Role' }));
  await hand.type('Meridian', admin.getByRole('combobox').first());
  await hand.click(admin.getByRole('option', { name: 'Meridian Logistics / MERIDIAN' }));
  const role = admin.locator('select[name$="RoleId"]:enabled');
  await role.waitFor();
  // Opened by a click, and one more on the role.
  hand.did.clicks += 2;
  await role.selectOption({ label: 'api_admin_role' });
  await shot('admin');
  await hand.click(admin.getByRole('button', { name: 'Save' }));
  await expect.poll(() => environment.admins().at(-1)).toMatchObject({ username: account.username, email: 'harmony@meridian.example', organizationGroupId: 1112, type: 'basic' });
  await page.getByRole('cell', { name: account.username, exact: true }).waitFor();

  const call = (address: string, credentials: { username: string; password: string }): Promise<Response> =>
    sandbox.fetch(`${environment.apiOrigin}/API${address}`, { headers: { authorization: basic(credentials), 'aw-tenant-code': key, accept: 'application/json;version=1' } });
  for (const address of ['/system/info', '/system/groups/search', '/mdm/devices/search?pagesize=1', '/mdm/tags/search?organizationgroupid=1112']) {
    expect((await call(address, account)).status, address).toBe(200);
  }
  expect((await call('/system/info', { ...account, password: 'By-hand-4712' })).status).toBe(401);
  expect(problems).toEqual([]);
  expect(hand.did).toEqual(BY_HAND.console);
});

test.skipIf(executablePath === undefined)('an administrator who is there: opened by name and by row, password and role changed', { timeout: 60_000 }, async () => {
  const admin = environment.addAdmin({ username: 'harmony.old', password: 'Long-gone-1', role: 'Help Desk', organizationGroupId: 1301 });
  await open('/AirWatch/#/Admin/List');
  await page.locator('#UserName').fill(WS1_LOGINS.admin.username);
  await page.keyboard.press('Enter');
  await page.locator('#Password').fill(WS1_LOGINS.admin.password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: admin.username, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Add/Edit Admin' });
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Username' }).inputValue()).toBe(admin.username);
  await dialog.getByRole('link', { name: 'Close Dialog' }).click();

  await page.getByRole('row', { name: admin.username }).getByRole('radio').click();
  await page.getByRole('main').getByRole('button', { name: 'Edit' }).click();
  await dialog.getByRole('textbox', { name: 'Password', exact: true }).fill('By-hand-4711');
  await dialog.getByRole('textbox', { name: 'Confirm Password' }).fill('By-hand-4711');
  await dialog.getByRole('tab', { name: 'Roles' }).click();
  const row = dialog.locator('.admin-roles tbody tr');
  expect(await row.getByRole('combobox').first().inputValue()).toBe('Germany');
  await shot('admin-edit');
  await row.locator('select').selectOption({ label: 'Read Only' });
  // A second row is none of the first.
  await dialog.getByRole('button', { name: 'Add Role' }).click();
  await row.last().getByRole('combobox').first().pressSequentially('Meridian');
  await dialog.getByRole('option', { name: 'Meridian Logistics / MERIDIAN' }).click();
  await row.last().locator('select:enabled').selectOption({ label: 'Help Desk' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const [readOnly, helpDesk] = ['Read Only', 'Help Desk'].map((name) => environment.roles().find((role) => role.name === name)?.id);
  expect(environment.admins().find(({ id }) => id === admin.id)).toEqual({ ...admin, roles: [{ roleId: readOnly, organizationGroupId: 1301 }, { roleId: helpDesk, organizationGroupId: 1112 }] });
  expect(environment.secrets()).toContain('By-hand-4711');
  expect(problems).toEqual([]);
});

test.skipIf(executablePath === undefined)('an OAuth client, its secret shown this once', { timeout: 60_000 }, async () => {
  environment.switches.language = 'ja';
  const words = WORDS.ja;
  await open('/AirWatch/aa/#/configurations');
  await page.locator('#UserName').fill(WS1_LOGINS.admin.username);
  await page.keyboard.press('Enter');
  await page.locator('#Password').fill(WS1_LOGINS.admin.password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: words.oauthTitle }).click();
  expect(new URL(page.url()).hash).toBe('#/configurations/oauth-clients');
  await page.getByRole('main').getByRole('button', { name: words.add }).click();
  const dialog = page.getByRole('dialog', { name: words.registerClient });
  await dialog.getByLabel(words.name, { exact: true }).fill('Harmony');
  await dialog.getByLabel(words.description).fill('by hand');
  await dialog.getByRole('combobox', { name: words.organizationGroup }).pressSequentially('meri');
  await page.getByRole('option', { name: 'Meridian Logistics (MERIDIAN)' }).click();
  await dialog.getByRole('combobox', { name: words.role }).click();
  await page.getByRole('option', { name: 'API Only' }).click();
  await dialog.getByRole('button', { name: words.save }).click();
  await dialog.getByRole('button', { name: words.showSecret }).click();
  const secret = (await dialog.locator('.client-secret').textContent()) ?? '';
  expect(environment.secrets()).toContain(secret);
  expect(environment.oauthClients().at(-1)).toMatchObject({ name: 'Harmony', description: 'by hand', organizationGroupId: 1112, enabled: true });
  await shot('oauth-client');
  await dialog.getByRole('button', { name: words.close }).last().click();
  await page.getByRole('cell', { name: 'Harmony', exact: true }).waitFor();
  expect(await page.content()).not.toContain(secret);
  expect(problems).toEqual([]);
  environment.switches.language = 'en';
});
