/** The harness itself: what it promises has to hold in both browsers before a test of Keyferry can be believed. */
import { readFile } from 'node:fs/promises';
import { findOnDisk } from './harness/disk.ts';
import { chooseByLabel, clickByName, expect, fillByLabel, find, isShown, setChecked, test, textOf, urlOf, waitForText, waitUntilGone } from './harness/fixtures.ts';

const consoleUrl = 'https://acme.jamfcloud.com/';

test('opens a console under its real name, through the sandbox only', async ({ harness, sandbox }) => {
  const page = await harness.openConsole(consoleUrl);
  expect(await urlOf(page)).toContain(consoleUrl);
  expect(sandbox.requests().map(({ host }) => host)).toContain('acme.jamfcloud.com');
});

test('opens the popup over a console', async ({ harness }) => {
  const page = await harness.openConsole(consoleUrl);
  const popup = await harness.openPopup(page);
  await waitForText(popup, 'Keyferry');
  expect(await urlOf(popup)).toBe(`${harness.extensionOrigin}/popup.html`);
  const png = await readFile(await harness.screenshot(popup, 'harness-popup'));
  expect(png.length).toBeGreaterThan(100);
});

test('calls the extension API without disturbing the popup or the tabs', async ({ harness }) => {
  const page = await harness.openConsole(consoleUrl);
  const popup = await harness.openPopup(page);
  const permissions = await harness.inExtension((api, origin) => api.permissions.contains({ origins: [origin] }), `${consoleUrl}*`);
  expect(permissions).toBe(true);
  await waitForText(popup, 'Keyferry');
});

test('finds a tab that the extension opened', async ({ harness }) => {
  await harness.inExtension((api) => api.tabs.create({ url: '/popup.html' }).then(() => undefined));
  await waitForText(await harness.waitForExtensionPage('/popup.html'), 'Keyferry');
});

test('keeps the profile over a restart, and finds what is in it on disk', async ({ harness }) => {
  const marker = `marker-${crypto.randomUUID()}`;
  const origin = harness.extensionOrigin;
  await harness.inExtension((api, value) => api.storage.local.set({ marker: value }), marker);
  await harness.restartBrowser();
  expect(harness.extensionOrigin).toBe(origin);
  expect(await harness.storage('local')).toHaveProperty('marker', marker);
  await harness.closeBrowser();
  expect(await findOnDisk(harness.profileDir, [marker, 'not-there-at-all'])).toContainEqual({ file: expect.any(String), text: marker });
  expect(await findOnDisk(harness.profileDir, ['not-there-at-all'])).toEqual([]);
});

test('stops the background for real, and an event wakes it', async ({ harness }) => {
  // Any message wakes it, whether it is answered or refused.
  const wake = (): Promise<void> => harness.inExtension((api) => api.runtime.sendMessage({}).then(() => undefined, () => undefined));
  await wake();
  await expect.poll(() => harness.isBackgroundRunning()).toBe(true);
  await harness.killBackground();
  expect(await harness.isBackgroundRunning()).toBe(false);
  await wake();
  await expect.poll(() => harness.isBackgroundRunning()).toBe(true);
});

test('hears every console, deep into objects', async ({ harness }) => {
  const page = await harness.openConsole(consoleUrl);
  await page.evaluate(() => console.warn('from the page', { deep: { down: ['page-marker'] } }));
  await page.evaluate(() => void setTimeout(() => { throw new Error('thrown-marker'); }));
  const popup = await harness.openPopup(page);
  await popup.evaluate(() => console.log('from the popup', { deep: { down: ['popup-marker'] } }));
  for (const marker of ['page-marker', 'popup-marker', 'thrown-marker']) {
    await expect.poll(async () => (await harness.logs()).map(({ text }) => text).join('\n')).toContain(marker);
  }
});

test('acts by role and name, into shadow roots', async ({ harness }) => {
  const page = await harness.openConsole(consoleUrl);
  await page.evaluate(() => {
    document.body.innerHTML = `
      <label>Full <b>name</b> <input></label>
      <label for="s">Site</label><select id="s"><option value="1">None</option><option value="2">Berlin</option></select>
      <label><input type="checkbox"> Read "computers"</label>
      <button aria-label="Save all" disabled>x</button><p role="status"></p><h2 hidden>Secret</h2>`;
    const [input, select, box] = document.querySelectorAll<HTMLInputElement>('input, select');
    const button = document.querySelector('button');
    const status = document.querySelector('p');
    if (!input || !select || !box || !button || !status) throw new Error('incomplete');
    const shadow = document.body.appendChild(document.createElement('my-guide')).attachShadow({ mode: 'open' });
    shadow.innerHTML = '<div role="dialog" aria-label="Guide"><button>Next <i>step</i></button></div>';
    setTimeout(() => (button.disabled = false), 300);
    button.onclick = (event) => (status.textContent = [input.value, select.value, box.checked, event.isTrusted].join());
    shadow.querySelector('button')?.addEventListener('click', () => shadow.host.remove());
  });
  await fillByLabel(page, 'Full name', 'first');
  await fillByLabel(page, 'Full name', 'Zoë "Z"');
  await chooseByLabel(page, 'Site', 'Berlin');
  await setChecked(page, 'Read "computers"');
  await clickByName(page, 'button', /save/i);
  expect(await textOf(page, 'status')).toBe('Zoë "Z",2,true,true');
  await find(page, 'dialog', 'Guide');
  await clickByName(page, 'button', 'Next step');
  await waitUntilGone(page, 'dialog', 'Guide');
  expect(await isShown(page, 'heading', 'Secret')).toBe(false);
});
