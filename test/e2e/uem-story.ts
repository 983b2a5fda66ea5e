import { expect } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { OAUTH_BUNDLE } from '../sandbox/workspace-one/console-app.ts';
import { APP_BUNDLE } from '../sandbox/harmony-mobile/app-bundle.ts';
import { WS1_LOGINS } from '../sandbox/workspace-one/environments.ts';
import type { Sandbox, Ws1Access, Ws1Environment, Ws1RoleRow } from '../sandbox/types.ts';
import { GuideAdmin, type Disturb } from './guide-admin.ts';
import { poll, type Harness } from './harness/harness.ts';
import { chooseByLabel, clickByName, fillByLabel, find, isShown, textOf, waitForText } from './harness/ui.ts';

/* What an admin of Workspace ONE UEM does, in the words of the pages: shared by the demo and the end-to-end tests. */

/** What Chromium's admin has allowed: the console, its API, the portal and its gateways. */
export const uemHosts = ['https://*.awmdm.com/*', 'https://*.portal.checkpoint.com/*'];

export const uemNames = { role: 'api_admin_role', username: 'harmony-mobile-api', key: 'HarmonyMobile' } as const;
export const email = 'it@meridian.example';

type Login = Pick<(typeof WS1_LOGINS)[keyof typeof WS1_LOGINS], 'username' | 'password'>;

/** Opens the console and signs in, in its two steps. */
export async function signInToUem(harness: Harness, environment: Pick<Ws1Environment, 'origin'>, login: Login = WS1_LOGINS.admin): Promise<Page> {
  const page = await harness.openConsole(`${environment.origin}/AirWatch/`);
  await fillByLabel(page, 'Username', login.username);
  await clickByName(page, 'button', 'Next');
  await fillByLabel(page, 'Password', login.password);
  await clickByName(page, 'button', 'Log In');
  await find(page, 'link', /All Settings|Groups & Settings/);
  return page;
}

/** Opens the popup on the console and presses Connect; the popup is closed again. */
export async function beginUem(harness: Harness, page: Page, choose: (popup: Page) => Promise<void> = async () => undefined): Promise<void> {
  const popup = await harness.openPopup(page);
  await find(popup, ['button', 'textbox'], /^(?:Choose Check Point Harmony Mobile|Connect another service|E-mail for the new administrator)$/);
  if (await isShown(popup, 'button', 'Connect another service')) {
    await clickByName(popup, 'button', 'Connect another service');
    await find(popup, 'button', 'Choose Check Point Harmony Mobile');
  }
  if (await isShown(popup, 'button', 'Choose Check Point Harmony Mobile')) await clickByName(popup, 'button', 'Choose Check Point Harmony Mobile');
  await fillByLabel(popup, 'E-mail for the new administrator', email);
  await choose(popup);
  await clickByName(popup, 'button', 'Connect');
  await find(popup, 'heading', 'REST API key');
  await popup.close();
}

/** Signed in, the Run begun, the guide in the page. */
export async function startUem(harness: Harness, environment: Ws1Environment, choose?: (popup: Page) => Promise<void>): Promise<{ page: Page; admin: GuideAdmin }> {
  const page = await signInToUem(harness, environment);
  await beginUem(harness, page, choose);
  return { page, admin: await GuideAdmin.watch(harness, page) };
}

/** The account works: on to the portal and its wizard, to the receipt. */
export async function finishUem(harness: Harness, sandbox: Sandbox, page: Page): Promise<{ popup: Page; portal: Page; admin: GuideAdmin }> {
  const { portal, admin } = await openPortal(harness, sandbox, page);
  await admin.followToEnd();
  return { popup: await openReceipt(harness, page), portal, admin };
}

/** What the popup says now; it is closed again. */
export async function readPopup(harness: Harness, page: Page, heading: string | RegExp): Promise<string> {
  await page.bringToFront();
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', heading, 30_000);
  const said = await textOf(popup);
  await popup.close().catch(() => undefined);
  await page.bringToFront();
  return said;
}

/** Key and role are there already, as an earlier connection left them. */
export function prepareKeyAndRole(environment: Ws1Environment, change: Record<string, Ws1Access> = {}): string {
  const { value } = environment.addApiKey({ service: uemNames.key });
  const readOnly = environment.roles().find(({ name }) => name === 'Read Only');
  environment.addRole({ name: uemNames.role, description: 'Role for Harmony Mobile Integration', categories: { ...readOnly?.categories, ...edited(six), ...change } });
  return value;
}

const edited = (paths: readonly string[]): Record<string, Ws1Access> => Object.fromEntries(paths.map((path) => [path, 'edit']));

/** From the settings' page to the captured key. */
export async function followToKey(harness: Harness, admin: GuideAdmin, page: Page, disturb?: Disturb): Promise<void> {
  const { title } = await admin.follow(/Here it is/, disturb);
  await capture(harness, page);
  // It stands a moment longer, and would be taken for the next one that says so.
  await admin.waitForCard((card) => card.title !== title, 'the next part');
}

/** @param next what the popup leads to then */
export async function capture(harness: Harness, page: Page, next = 'Role for the API'): Promise<void> {
  await page.bringToFront();
  const popup = await harness.openPopup(page);
  await clickByName(popup, 'button', 'Capture it');
  await find(popup, 'heading', next, 30_000);
  await popup.close().catch(() => undefined);
  await page.bringToFront();
}

/** Signs in to the portal where it asks. */
export async function signInToPortal(page: Page, sandbox: Sandbox): Promise<void> {
  const { email: name, password } = sandbox.harmony.portalLogin;
  await waitForText(page, /Sign in|Integrations|Overview/);
  if (!(await isShown(page, 'textbox', /E-?mail/i))) return;
  await fillByLabel(page, /E-?mail/i, name);
  await fillByLabel(page, 'Password', password);
  await clickByName(page, 'button', /Sign in/i);
}

/** The popup's button to the service, seen before it is pressed; resolves to the service's tab, signed in. */
export async function openPortal(harness: Harness, sandbox: Sandbox, page: Page, see: (popup: Page) => Promise<unknown> = async () => undefined): Promise<{ portal: Page; admin: GuideAdmin }> {
  await page.bringToFront();
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Hand it to Harmony Mobile');
  await see(popup);
  await clickByName(popup, 'button', 'Open Harmony Mobile');
  const portal = await poll('the portal', async () => (await harness.browser.pages()).find((one) => one.url().startsWith(sandbox.harmony.origin)));
  await popup.close().catch(() => undefined);
  await portal.bringToFront();
  await signInToPortal(portal, sandbox);
  return { portal, admin: await GuideAdmin.watch(harness, portal) };
}

/** In the popup before Connect: the Infinity Portal's key, with which Keyferry sees the devices arrive. */
export async function keepStatusKey(popup: Page, sandbox: Sandbox): Promise<void> {
  const { clientId, accessKey, region } = sandbox.harmony.apiKey;
  await clickByName(popup, 'button', 'See the devices arrive (optional)');
  await fillByLabel(popup, 'Client ID', clientId);
  await fillByLabel(popup, 'Secret key', accessKey);
  await chooseByLabel(popup, 'Region', { eu: 'Europe', us: 'United States' }[region]);
  await clickByName(popup, 'button', 'Keep it');
  await waitForText(popup, 'An Infinity Portal key is held');
}

/** The popup of the console's tab, once it says connected. @param timeout ms */
export async function openReceipt(harness: Harness, page: Page, timeout = 30_000): Promise<Page> {
  await page.bringToFront();
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Connected', timeout);
  return popup;
}

/** For a page: notes in the tab's session that somebody typed. */
export function countTyping(): void {
  addEventListener('keydown', ({ isTrusted }) => {
    if (isTrusted) sessionStorage.setItem('typed', 'yes');
  }, { capture: true });
}

export interface Expected {
  role?: string;
  username?: string;
  key?: string;
  /** What the role may do; default: a copy of Read Only with Check Point's six categories at Edit. */
  rights?: Pick<Ws1RoleRow, 'categories' | 'permissions'>;
}

/** Check Point's categories. */
const six = ['API > REST > Devices', 'API > REST > Groups', 'Device Management > Bulk Management', 'Device Management > Compliance', 'Monitor > Reports > General', 'Settings > Tags > Tags'];

/** One key, one role, one administrator and one integration of these names, as they should be, and the account used by the service. */
export function expectOneOfEach(sandbox: Sandbox, environment: Ws1Environment, { role: name = uemNames.role, username = uemNames.username, key = uemNames.key, rights }: Expected = {}): void {
  const only = <T>(rows: T[]): T => {
    expect(rows).toHaveLength(1);
    return rows[0] as T;
  };
  const top = environment.organizationGroups().find(({ parent }) => parent === null);
  if (!top) throw new Error('no top group');
  only(environment.apiKeys().filter(({ service, accountType }) => service === key && accountType === 'Admin'));
  const role = only(environment.roles().filter((one) => !one.builtIn));
  const readOnly = only(environment.roles().filter((one) => one.name === 'Read Only'));
  const copied = { categories: { ...readOnly.categories, ...edited(six) }, permissions: {} };
  const { categories, permissions } = role;
  expect({ name: role.name, categories, permissions }).toEqual({ name, ...(rights ?? copied) });
  const admin = only(environment.admins().filter((one) => one.username === username));
  expect(admin).toMatchObject({ organizationGroupId: top.id, roles: [{ roleId: role.id, organizationGroupId: top.id }], active: true, type: 'basic' });
  const integration = only(sandbox.harmony.integrations());
  expect(integration).toMatchObject({ server: environment.apiOrigin, username, lastError: null });
  expect(integration.status).not.toBe('failed');
  const calls = sandbox.requests().filter(({ host, path, caller }) => caller === 'server' && host === new URL(environment.apiOrigin).host && /^\/api\//i.test(path));
  expect(calls.length).toBeGreaterThan(1);
}

/** The bundles of the sandbox's own pages: built before a test's time runs. */
export async function buildUemPages(): Promise<void> {
  await Promise.all([OAUTH_BUNDLE.files(), APP_BUNDLE.files()]);
}
