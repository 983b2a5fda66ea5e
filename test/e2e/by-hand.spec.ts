import type { Page } from 'puppeteer-core';
import { clickByName, expect, fillByLabel, find, test, waitForText } from './harness/fixtures.ts';
import { poll } from './harness/driver.ts';
import { prepareService, signIn, waitUntilConnected } from './story.ts';

const byHand = 'Do it by hand, or paste the secret';
const page = '/view/settings/system-settings/api-roles-and-clients';

/** Generates a client secret in the console's own pages and reads what the dialog shows. */
async function generateSecret(console: Page, origin: string, client: string): Promise<{ clientId: string; clientSecret: string }> {
  await console.bringToFront();
  await console.goto(`${origin}${page}?tab=api-clients`);
  // This skin of the console shows its settings in a frame.
  const settings = await poll('the settings frame', async () => console.frames().find((frame) => frame.url().includes('/legacy/')));
  await clickByName(settings, 'link', client);
  await clickByName(settings, 'button', 'Generate Client Secret');
  await clickByName(settings, 'button', 'Create Secret');
  const valueOf = async (label: string): Promise<string> => (await find(settings, 'textbox', label)).evaluate((node) => (node as HTMLInputElement).value);
  return { clientId: await valueOf('Client ID'), clientSecret: await valueOf('Client Secret') };
}

test('a console that refuses its session: role and client made by hand, one paste, connected', async ({ harness, sandbox }) => {
  const tenant = sandbox.tenant('acme');
  const console = await signIn(harness, sandbox, 'acme');
  await prepareService(harness, sandbox, console);
  tenant.switches.sessionMode = 'none';

  let popup = await harness.openPopup(console);
  await clickByName(popup, 'button', 'Connect');
  await clickByName(popup, 'button', 'Guide me in Jamf Pro');
  await find(popup, 'heading', 'Follow the guide in Jamf Pro');
  await clickByName(popup, 'button', byHand);
  await waitForText(popup, 'with 3 privileges');
  await harness.screenshot(popup, 'guide');
  await popup.close();

  const name = 'Keyferry: Larkspur Robotics';
  tenant.addRole({ displayName: name, privileges: ['Read Accounts', 'Create Accounts', 'Delete Accounts'] });
  tenant.addClient({ displayName: name, authorizationScopes: [name], enabled: true, accessTokenLifetimeSeconds: 3600 });
  const { clientId, clientSecret } = await generateSecret(console, tenant.origin, name);

  // The popup closed meanwhile; it comes back where it was.
  popup = await harness.openPopup(console);
  await clickByName(popup, 'button', byHand);
  await fillByLabel(popup, 'Client ID', clientId);
  await fillByLabel(popup, 'Client secret', clientSecret.slice(0, -4));
  await clickByName(popup, 'button', 'Test and hand over');
  await waitForText(popup, 'its end is missing');

  // One paste of both, as copied from the dialog, into the field with the focus.
  await (await find(popup, 'textbox', 'Client secret')).evaluate((node, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
    // Firefox ignores the constructor's clipboardData.
    Object.defineProperty(paste, 'clipboardData', { value: clipboardData });
    node.dispatchEvent(paste);
  }, `Client ID\n${clientId}\nClient Secret\n${clientSecret}\n`);
  await clickByName(popup, 'button', 'Test and hand over');
  await waitUntilConnected(popup);

  expect(tenant.roles()).toHaveLength(1);
  expect(tenant.clients()).toHaveLength(1);
  expect(sandbox.service.integrations()).toMatchObject([{ status: 'connected', clientId, accounts: 40 }]);
  // Keyferry itself wrote nothing to the console.
  expect(sandbox.requests().filter(({ caller, method, path, host }) => caller !== 'server' && host.startsWith('acme') && method !== 'GET' && path.startsWith('/api/') && !path.includes('oauth/token'))).toEqual([]);
});
