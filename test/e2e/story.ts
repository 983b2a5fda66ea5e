import type { Page } from 'puppeteer-core';
import { LOCAL_LOGINS, SSO_LOGINS, type SandboxLogin } from '../sandbox/jamf-pro/tenants.ts';
import type { Sandbox } from '../sandbox/types.ts';
import type { Harness } from './harness/harness.ts';
import { clickByName, fillByLabel, find, waitForText, waitUntilGone } from './harness/ui.ts';

/* What an admin does, in the words of the pages: shared by the demo and the end-to-end tests. */

/** Opens the tenant's console and signs in with a local account. */
export async function signIn(harness: Harness, sandbox: Sandbox, tenant: string, login: SandboxLogin = LOCAL_LOGINS.admin): Promise<Page> {
  const page = await harness.openConsole(sandbox.tenant(tenant).origin);
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

/** Through the identity provider. */
export async function signInBySso(harness: Harness, sandbox: Sandbox, tenant: string): Promise<Page> {
  const page = await harness.openConsole(sandbox.tenant(tenant).origin);
  await clickByName(page, 'button', /single sign-on|sso|log in/i);
  await fillByLabel(page, /user|mail/i, SSO_LOGINS.admin.username);
  await fillByLabel(page, 'Password', SSO_LOGINS.admin.password);
  await clickByName(page, 'button', /sign in|log in|continue/i);
  await waitForText(page, 'Settings');
  return page;
}

/** First use: where the service is, and the key for it. */
export async function setUpService(popup: Page, sandbox: Sandbox, key = sandbox.service.apiKey): Promise<void> {
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

/** Waits until the popup says connected. @param timeout ms */
export async function waitUntilConnected(popup: Page, timeout = 30_000): Promise<void> {
  await find(popup, 'heading', 'Connected', timeout);
}

/** Waits until the Run stands still, in whatever state. @param timeout ms */
export async function waitUntilAtRest(popup: Page, timeout = 30_000): Promise<void> {
  await waitUntilGone(popup, 'button', 'Cancel', timeout);
}
