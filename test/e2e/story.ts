import type { Page } from 'puppeteer-core';
import { runSchema, type Run } from '../../lib/run/run.ts';
import { LOCAL_LOGINS, SSO_LOGINS, type SandboxLogin } from '../sandbox/jamf-pro/tenants.ts';
import type { IntegrationRow, JamfClientRow, JamfRoleRow, RequestRecord, Sandbox } from '../sandbox/types.ts';
import type { Harness } from './harness/harness.ts';
import { clickByName, fillByLabel, find, isShown, waitForText, waitUntilGone } from './harness/ui.ts';

/* What an admin does, in the words of the pages: shared by the demo and the end-to-end tests. */

/** Opens the tenant's console and signs in with a local account. */
export async function signIn(harness: Harness, sandbox: Sandbox, tenant: string, login: SandboxLogin = LOCAL_LOGINS.admin): Promise<Page> {
  const page = await harness.openConsole(sandbox.tenant(tenant).base);
  await signInOn(page, login);
  return page;
}

/** On the sign-in page that the console shows now. */
export async function signInOn(page: Page, login: SandboxLogin): Promise<void> {
  await fillByLabel(page, 'Username', login.username);
  await fillByLabel(page, 'Password', login.password);
  await clickByName(page, 'button', 'Log in');
  await waitForText(page, 'Settings');
}

/** On the same tab as somebody else, or again after the session ended. */
export async function signInAgain(page: Page, sandbox: Sandbox, tenant: string, login: SandboxLogin = LOCAL_LOGINS.admin): Promise<void> {
  const { origin, endSessions } = sandbox.tenant(tenant);
  endSessions();
  await page.goto(origin);
  await signInOn(page, login);
}

/** Through the identity provider, where the console leads by itself. */
export async function signInBySso(harness: Harness, sandbox: Sandbox, tenant: string): Promise<Page> {
  const page = await harness.openConsole(sandbox.tenant(tenant).origin);
  await fillByLabel(page, 'E-mail address', SSO_LOGINS.admin.username);
  await fillByLabel(page, 'Password', SSO_LOGINS.admin.password);
  await clickByName(page, 'button', 'Sign in');
  await waitForText(page, 'Settings');
  return page;
}

/** First use: which service, unless that is said already. */
export async function chooseService(popup: Page, name = 'Integration service'): Promise<void> {
  await find(popup, ['button', 'textbox'], new RegExp(`^(?:Choose ${name}|Service address)$`));
  if (await isShown(popup, 'button', `Choose ${name}`)) await clickByName(popup, 'button', `Choose ${name}`);
}

/** First use: where the service is, and the key for it. */
export async function setUpService(popup: Page, sandbox: Sandbox, key = sandbox.service.apiKey): Promise<void> {
  await chooseService(popup);
  await fillByLabel(popup, 'Service address', sandbox.service.origin);
  await fillByLabel(popup, 'API key of the service', key);
  await clickByName(popup, 'button', 'Test and save');
}

/** Opens the popup on the console and sets the service up, so that the next popup is one click away from connecting. */
export async function prepareService(harness: Harness, sandbox: Sandbox, page: Page): Promise<void> {
  const popup = await harness.openPopup(page);
  await setUpService(popup, sandbox);
  await find(popup, 'button', 'Connect');
  await popup.close();
}

/** The popup over a console where an admin is signed in and the service is set up: one click on Connect away. */
export async function openReady(harness: Harness, sandbox: Sandbox, tenant = 'acme', login?: SandboxLogin): Promise<{ page: Page; popup: Page }> {
  const page = await signIn(harness, sandbox, tenant, login);
  await prepareService(harness, sandbox, page);
  const popup = await harness.openPopup(page);
  await find(popup, 'button', 'Connect');
  return { page, popup };
}

export async function connect(popup: Page): Promise<void> {
  await clickByName(popup, 'button', 'Connect');
}

/** After the receipt: the entry goes, so that the popup is one click away from connecting the same again. */
export async function forgetConnection(popup: Page, organization = 'Larkspur Robotics'): Promise<void> {
  await clickByName(popup, 'button', 'Done');
  await clickByName(popup, 'button', new RegExp(`^${organization}`));
  await clickByName(popup, 'button', 'Remove from this list');
  await clickByName(popup, 'button', 'Remove it');
  await find(popup, 'button', 'Connect');
}

/** In the popup's sign-in form, which is opened first where another way is offered before it. */
export async function signInInPopup(popup: Page, login: Pick<SandboxLogin, 'username' | 'password'>): Promise<void> {
  await find(popup, ['button', 'textbox'], /^(?:Use a local account|Username)$/);
  if (await isShown(popup, 'button', 'Use a local account')) await clickByName(popup, 'button', 'Use a local account');
  await fillByLabel(popup, 'Username', login.username);
  await fillByLabel(popup, 'Password', login.password);
  await clickByName(popup, 'button', 'Sign in');
}

/** Closes the popup and opens it again on the same console, as the admin who went to do something else. */
export async function reopen(harness: Harness, page: Page, popup: Page): Promise<Page> {
  // Chromium's closes by itself as soon as another page gets the focus.
  await popup.close().catch(() => undefined);
  return harness.openPopup(page);
}

/** Waits until the popup says connected. @param timeout ms */
export async function waitUntilConnected(popup: Page, timeout = 30_000): Promise<void> {
  await find(popup, 'heading', 'Connected', timeout);
}

/** Waits until the popup says why it stopped. @param timeout ms */
export async function waitUntilFailed(popup: Page, why: RegExp, timeout = 30_000): Promise<void> {
  await find(popup, 'heading', /^Not (?:connected|renewed) yet$/, timeout);
  await waitForText(popup, why);
}

/** Waits until the Run stands still, in whatever state. @param timeout ms */
export async function waitUntilAtRest(popup: Page, timeout = 30_000): Promise<void> {
  await waitUntilGone(popup, 'button', 'Cancel', timeout);
}

/* What can be seen from behind. */

/** The name that Keyferry suggests for role and client. */
export const objectName = 'Keyferry: Larkspur Robotics';
export const accountPrivileges = ['Read Accounts', 'Create Accounts', 'Delete Accounts'];
export const devicePrivileges = ['Read Buildings', 'Read Departments', 'Read Mobile Devices', 'Read Computers', 'Read Sites'];

/** Calls to the tenant's API, without those of the service. The console's own pages call it when they load. */
export function consoleCalls(sandbox: Sandbox, tenant = 'acme'): RequestRecord[] {
  const { base } = sandbox.tenant(tenant);
  return sandbox.requests().filter((request) => `https://${request.host}${request.path}`.startsWith(`${base}/api/`) && request.caller !== 'server');
}

/** What may have changed something in the console, as `POST /api/v1/api-roles`. */
export function consoleWrites(sandbox: Sandbox, tenant = 'acme'): string[] {
  return consoleCalls(sandbox, tenant)
    .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/v1/auth/') && !path.startsWith('/api/v1/oauth/'))
    .map(({ method, path }) => `${method} ${path}`);
}

/** Calls that change something at the service. */
export function serviceWrites(sandbox: Sandbox): string[] {
  return sandbox
    .requests()
    .filter(({ host, method }) => host === new URL(sandbox.service.origin).host && method !== 'GET' && method !== 'OPTIONS')
    .map(({ method, path }) => `${method} ${path}`);
}

/**
 * The one role, client and integration of a tenant that is connected, and nothing beside them.
 * @throws {Error} where there are more or fewer, or where the service does not hold and use this client
 */
export function getConnection(sandbox: Sandbox, tenant = 'acme'): { role: JamfRoleRow; client: JamfClientRow; integration: IntegrationRow; minted: number } {
  const console = sandbox.tenant(tenant);
  const roles = console.roles();
  const clients = console.clients();
  const integrations = sandbox.service.integrations().filter((row) => row.tenant === console.base.replace(/^https:\/\/|\.jamfcloud\.com$/g, ''));
  const [role, client, integration] = [roles[0], clients[0], integrations[0]];
  if (!role || !client || !integration || roles.length + clients.length + integrations.length !== 3) {
    throw new Error(`${roles.length} roles, ${clients.length} clients, ${integrations.length} integrations instead of one each`);
  }
  if (integration.status !== 'connected' || integration.clientId !== client.clientId) throw new Error(`the integration is ${integration.status}, client ${integration.clientId}`);
  const hasRead = sandbox.requests().some(({ host, path, caller, status }) => `https://${host}${path}`.startsWith(`${console.base}/api/v1/accounts`) && caller === 'server' && status === 200);
  if (!hasRead) throw new Error('the service has not read anything');
  return { role, client, integration, minted: console.mintCount(client.id) };
}

interface ExtensionGlobal {
  storage: { local: { get(): Promise<Record<string, unknown>> } };
}

/** The newest Run, as it is stored; out of a page of Keyferry where one is open. */
export async function readRun(from: Harness | Page): Promise<Run> {
  const local = 'storage' in from ? await from.storage('local') : await from.evaluate(() => (globalThis as unknown as { chrome: ExtensionGlobal }).chrome.storage.local.get());
  const stored = Object.entries(local).filter(([key]) => key.startsWith('run:'));
  const runs = stored.map(([, item]) => runSchema.parse((item as { data: unknown }).data));
  const newest = runs.sort((a, b) => b.createdAt - a.createdAt)[0];
  if (!newest) throw new Error('no Run is stored');
  return newest;
}

/** A call to the console's API by its own page, as another admin's work there; in tenants whose API takes the session. */
export async function callAsAdmin(page: Page, method: 'GET' | 'POST' | 'DELETE', path: string): Promise<number> {
  return page.evaluate(async (how, where) => (await fetch(where, { method: how })).status, method, path);
}
