/** The options page: what is remembered can be taken back, and the toolbar button opens what the admin wants. */
import { clickByName, expect, find, isShown, setChecked, test, waitForText, waitUntilGone } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { openReady, setUpService, signIn } from './story.ts';

const pattern = 'https://mdm.northwind.example/*';
const stored = async (harness: Harness, key: string): Promise<unknown> => ((await harness.storage('local'))[key] as { data: unknown } | undefined)?.data;

test('opens from the popup; a service is forgotten with its key', async ({ harness, sandbox }) => {
  const { page, popup } = await openReady(harness, sandbox);
  await clickByName(popup, 'button', 'Options');
  const options = await harness.waitForExtensionPage('/options.html');
  await find(options, 'heading', 'Keyferry: Options');
  await waitForText(options, 'Larkspur Robotics fleet-ledger.example');
  await harness.screenshot(options, 'options');
  await clickByName(options, 'button', 'Forget Larkspur Robotics');
  await waitForText(options, 'None yet.');
  expect(await stored(harness, 'services')).toEqual([]);
  expect(JSON.stringify(await harness.storage('session'))).not.toContain(sandbox.service.apiKey);
  const again = await harness.openPopup(page);
  await find(again, 'heading', 'Connect Jamf Pro to …');
});

test('what the button opens is remembered, and holds after a restart', async ({ harness, browserName }) => {
  const getPopup = () => harness.inExtension((api) => api.action.getPopup({}));
  const opensPanel = () =>
    harness.inExtension(async () => (await (globalThis as unknown as { chrome: { sidePanel: { getPanelBehavior(): Promise<{ openPanelOnActionClick: boolean }> } } }).chrome.sidePanel.getPanelBehavior()).openPanelOnActionClick);
  expect(await getPopup()).toContain('/popup.html');
  let options = await harness.openExtensionPage('/options.html');
  await setChecked(options, 'Panel beside the page');
  await expect.poll(getPopup).toBe('');
  if (browserName === 'chromium') expect(await opensPanel()).toBe(true);
  expect(await stored(harness, 'button')).toBe('panel');

  await harness.restartBrowser();
  await expect.poll(getPopup).toBe('');
  options = await harness.openExtensionPage('/options.html');
  expect(await (await find(options, 'radio', 'Panel beside the page')).evaluate((node) => (node as HTMLInputElement).checked)).toBe(true);
  await setChecked(options, 'Popup');
  await expect.poll(getPopup).toContain('/popup.html');
  if (browserName === 'chromium') expect(await opensPanel()).toBe(false);
});

test('remembered controls go one by one and all together', async ({ harness }) => {
  await harness.inExtension(async (api) => {
    const control = (id: string, role: string, name: string) => ({ id, console: 'jamf-pro', origin: 'https://acme.jamfcloud.com', version: '11.30.1', step: 'x', role, name, path: 'main', at: 1 });
    await api.storage.local.set({ pointed: { v: 1, data: [control('a', 'button', 'New'), control('b', 'textbox', 'Display name'), control('c', 'button', 'Save')] } });
  });
  const options = await harness.openExtensionPage('/options.html');
  await waitForText(options, 'New button acme.jamfcloud.com, version 11.30.1');
  await clickByName(options, 'button', 'Remove textbox Display name');
  await waitUntilGone(options, 'button', 'Remove textbox Display name');
  expect(await stored(harness, 'pointed')).toMatchObject([{ id: 'a' }, { id: 'c' }]);
  await clickByName(options, 'button', 'Remove all');
  await waitUntilGone(options, 'button', 'Remove all');
  expect(await stored(harness, 'pointed')).toEqual([]);
});

test.describe('allowed addresses', () => {
  test.use({ grantedHosts: [pattern] });

  test('are listed, and removed with permission and content script', async ({ harness, sandbox, browserName }) => {
    const page = await signIn(harness, sandbox, 'northwind');
    const popup = await harness.openPopup(page);
    await clickByName(popup, 'button', 'Allow this address');
    await setUpService(popup, sandbox);
    await find(popup, 'button', 'Connect');
    await popup.close();
    const options = await harness.openExtensionPage('/options.html');
    await waitForText(options, 'mdm.northwind.example:8443/jamf');
    await harness.screenshot(options, 'options-host');
    const remove = 'Remove mdm.northwind.example:8443/jamf';
    await clickByName(options, 'button', remove);
    await waitUntilGone(options, 'button', remove);
    expect(await isShown(options, 'alert')).toBe(false);
    expect(await stored(harness, 'own-hosts')).toEqual([]);
    // In Chromium this copy of the build holds the permission for good.
    if (browserName === 'firefox') expect((await harness.inExtension((api) => api.permissions.getAll())).origins).not.toContain(pattern);
    await expect.poll(() => harness.inExtension(async (api) => (await api.scripting.getRegisteredContentScripts()).length)).toBe(0);
  });
});
