/** From the console's page through every screen: which service, set up, connect, and what can be done with the connection later. */
import type { Page } from 'puppeteer-core';
import { clickByName, expect, fillByLabel, find, setChecked, test, textOf, waitForText } from './harness/fixtures.ts';
import { accountPrivileges, chooseService, connect, getConnection, openReady, setUpService, signIn, waitUntilConnected } from './story.ts';

/** Back from a Run's end to the one connection. */
async function openConnection(popup: Page): Promise<void> {
  await clickByName(popup, 'button', 'Done');
  await find(popup, 'heading', 'Connections');
  await clickByName(popup, 'button', /^Larkspur Robotics/);
}

test('the first time: a service is chosen, set up and connected, and then listed', async ({ harness, sandbox }) => {
  const page = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Connect Jamf Pro to …');
  await harness.screenshot(popup, 'services');
  await chooseService(popup);
  await find(popup, 'heading', 'Set up your service');
  await clickByName(popup, 'button', 'Choose another service');
  await find(popup, 'heading', 'Connect Jamf Pro to …');
  await setUpService(popup, sandbox);
  await connect(popup);
  await waitUntilConnected(popup);
  await clickByName(popup, 'button', 'Done');

  await find(popup, 'heading', 'Connections');
  await find(popup, 'button', /^Larkspur Robotics Jamf Pro acme Connected/);
  await harness.screenshot(popup, 'connections-home');
  await clickByName(popup, 'button', 'Connect another service');
  await find(popup, 'button', 'Show Larkspur Robotics');
  await clickByName(popup, 'button', 'Back');
  await find(popup, 'heading', 'Connections');

  // On any other page, too.
  await popup.close();
  const elsewhere = await harness.openConsole('about:blank');
  const there = await harness.openPopup(elsewhere);
  await find(there, 'heading', 'Open your console first');
  await clickByName(there, 'button', 'Connections');
  await clickByName(there, 'button', /^Larkspur Robotics/);
  await find(there, 'heading', 'Connected');
});

test('checked, renewed, edited and disconnected, all from the screens', async ({ harness, sandbox }) => {
  const { popup } = await openReady(harness, sandbox);
  const acme = sandbox.tenant('acme');
  await connect(popup);
  await waitUntilConnected(popup);
  const before = getConnection(sandbox);
  await openConnection(popup);

  await clickByName(popup, 'button', 'Check now');
  await waitForText(popup, /Checked /);
  await find(popup, 'heading', 'Connected');

  await clickByName(popup, 'button', 'Renew the secret');
  await find(popup, 'heading', 'Renew the client secret?');
  await clickByName(popup, 'button', 'Cancel');
  expect(acme.mintCount(before.client.id)).toBe(1);
  await clickByName(popup, 'button', 'Renew the secret');
  await clickByName(popup, 'button', 'Renew now');
  await find(popup, 'heading', 'Secret renewed', 30_000);
  expect(getConnection(sandbox)).toMatchObject({ minted: 2, client: { id: before.client.id }, integration: { id: before.integration.id } });

  await openConnection(popup);
  await clickByName(popup, 'button', 'Change data or name');
  await setChecked(popup, 'Devices');
  await fillByLabel(popup, 'Name in Larkspur Robotics', 'All of it');
  await clickByName(popup, 'button', 'Save the changes');
  await find(popup, 'heading', 'Changed', 30_000);
  const edited = getConnection(sandbox);
  expect(edited).toMatchObject({ minted: 2, integration: { name: 'All of it', dataSets: ['accounts', 'devices'] } });
  expect(edited.role.privileges.length).toBeGreaterThan(accountPrivileges.length);

  await openConnection(popup);
  await waitForText(popup, /Accounts, Devices/);
  await clickByName(popup, 'button', 'Disconnect');
  await find(popup, 'heading', 'Disconnect?');
  expect(await textOf(popup)).toContain('Larkspur Robotics stops reading from Jamf Pro.');
  await harness.screenshot(popup, 'disconnect');
  await clickByName(popup, 'button', 'Disconnect now');
  await find(popup, 'heading', 'Disconnected', 30_000);
  expect([acme.roles(), acme.clients(), sandbox.service.integrations()]).toEqual([[], [], []]);
  await clickByName(popup, 'button', 'Done');
  // Nothing is left but the service that is set up.
  await find(popup, 'button', 'Connect');
});
