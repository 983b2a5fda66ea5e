import { findOnDisk } from './harness/disk.ts';
import { clickByName, expect, fillByLabel, find, isShown, setChecked, test, waitForText } from './harness/fixtures.ts';
import { chooseService, signIn, waitUntilConnected } from './story.ts';

const passphrase = 'ferry across the harbour';

test('a kept key survives the browser under its passphrase, and the disk never holds it in the clear', async ({ harness, sandbox }) => {
  let page = await signIn(harness, sandbox, 'acme');
  let popup = await harness.openPopup(page);
  await chooseService(popup);
  await fillByLabel(popup, 'Service address', sandbox.service.origin);
  await fillByLabel(popup, 'API key of the service', sandbox.service.apiKey);
  await setChecked(popup, 'Keep it on this computer');
  await fillByLabel(popup, 'Passphrase', passphrase);
  await clickByName(popup, 'button', 'Test and save');
  await find(popup, 'button', 'Connect');

  await harness.restartBrowser();
  page = await signIn(harness, sandbox, 'acme');
  popup = await harness.openPopup(page);
  await fillByLabel(popup, 'Passphrase', 'ferry across the harbor!');
  await clickByName(popup, 'button', 'Unlock');
  await waitForText(popup, 'not the passphrase');
  expect(await isShown(popup, 'button', 'Connect')).toBe(false);
  await fillByLabel(popup, 'Passphrase', passphrase);
  await clickByName(popup, 'button', 'Unlock');
  await clickByName(popup, 'button', 'Connect');
  await waitUntilConnected(popup);

  await harness.closeBrowser();
  expect(await findOnDisk(harness.profileDir, [sandbox.service.apiKey, passphrase])).toEqual([]);
});

test('a key that is not kept is forgotten with the browser, and the popup says so', async ({ harness, sandbox }) => {
  let page = await signIn(harness, sandbox, 'acme');
  let popup = await harness.openPopup(page);
  await chooseService(popup);
  await fillByLabel(popup, 'Service address', sandbox.service.origin);
  await fillByLabel(popup, 'API key of the service', sandbox.service.apiKey);
  await clickByName(popup, 'button', 'Test and save');
  await find(popup, 'button', 'Connect');

  await harness.restartBrowser();
  page = await signIn(harness, sandbox, 'acme');
  popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Enter the API key again');
  await harness.closeBrowser();
  expect(await findOnDisk(harness.profileDir, [sandbox.service.apiKey])).toEqual([]);
});
