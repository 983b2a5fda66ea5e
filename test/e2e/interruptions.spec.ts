/** The admin closes, leaves, stops and takes back; and the console signs the admin out. */
import { clickByName, expect, find, isShown, test, textOf, waitForText } from './harness/fixtures.ts';
import { callAsAdmin, connect, getConnection, openReady, readRun, reopen, signIn, signInAgain, waitUntilConnected, waitUntilFailed } from './story.ts';

test('the popup is closed and opened again; Cancel stops, Continue goes on', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  const { page, popup: first } = await openReady(harness, sandbox);
  const looking = sandbox.hold({ method: 'GET', path: /\/api-roles\?/, when: 'before' });
  await connect(first);
  await looking.reached;
  await first.close();
  const creating = sandbox.hold({ method: 'POST', path: /\/api-integrations$/, when: 'before' });
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Connecting to Larkspur Robotics');
  expect(await isShown(popup, 'button', 'Connect')).toBe(false);
  await harness.screenshot(popup, 'running-reopened');
  looking.release();

  await creating.reached;
  await clickByName(popup, 'button', 'Cancel');
  await find(popup, 'heading', 'Stopping');
  await waitForText(popup, 'Keyferry waits for the answer to its last request, so that you know what was done.');
  await harness.screenshot(popup, 'stopping');
  creating.release();
  await find(popup, 'heading', 'Stopped');
  await harness.screenshot(popup, 'stopped');
  expect(await textOf(popup)).toMatch(/You can continue where it stopped, or undo what was done\. Done so far API role “.*” created API client “.*” created/);
  expect(acme.mintedSecrets()).toEqual([]);
  await clickByName(popup, 'button', 'Continue');
  await waitUntilConnected(popup);
  expect(getConnection(sandbox).minted).toBe(1);
  await harness.screenshot(popup, 'connected-after-continue');
});

test('the console tab is closed on the way, then the session ends: explained, mended, nothing twice', async ({ harness, sandbox }) => {
  const { page: closed, popup: first } = await openReady(harness, sandbox);
  const creating = sandbox.hold({ method: 'POST', path: /\/api-roles$/, when: 'after' });
  await connect(first);
  await creating.reached;
  await first.close();
  await closed.close();
  creating.release();
  await expect.poll(async () => (await readRun(harness)).phase.kind, { timeout: 30_000 }).toBe('failed');

  const page = await harness.openConsole(sandbox.tenant('acme').origin);
  const second = await harness.openPopup(page);
  await waitUntilFailed(second, /Jamf Pro did not answer\.|No tab is open on acme\.jamfcloud\.com\./);
  await harness.screenshot(second, 'failed-tab-closed');
  const minting = sandbox.hold({ method: 'POST', path: /\/client-credentials$/, when: 'before' });
  await clickByName(second, 'button', 'Try again');
  await minting.reached;
  sandbox.tenant('acme').endSessions();
  minting.release();
  await waitUntilFailed(second, /Jamf Pro has signed you out\. Sign in again in the Jamf Pro tab, then try again\./);
  await harness.screenshot(second, 'failed-signed-out');

  await signInAgain(page, sandbox, 'acme');
  const third = await reopen(harness, page, second);
  await clickByName(third, 'button', 'Try again');
  await waitUntilConnected(third);
  expect(getConnection(sandbox).minted).toBe(1);
  expect(await readRun(harness)).toMatchObject({ rung: 'session', phase: { receipt: { role: { origin: 'created' }, client: { origin: 'created' } } } });
});

test('nobody is signed in, and then no tab is there', async ({ harness, sandbox }) => {
  const { page, popup: first } = await openReady(harness, sandbox);
  await first.close();
  sandbox.tenant('acme').endSessions();
  await page.goto(sandbox.tenant('acme').origin);
  const popup = await harness.openPopup(page);
  await connect(popup);
  await waitUntilFailed(popup, /Jamf Pro has signed you out\. Sign in again in the Jamf Pro tab, then try again\./);
  await clickByName(popup, 'button', 'Close');
  await find(popup, 'button', 'Connect');

  const checking = sandbox.hold({ host: 'fleet-ledger.example', method: 'GET', path: /\/organization$/, when: 'before' });
  await connect(popup);
  await checking.reached;
  await page.close();
  checking.release();
  await expect.poll(async () => (await readRun(harness)).phase).toMatchObject({ kind: 'failed', failure: { code: 'console-tab-gone' } });
  const again = await signIn(harness, sandbox, 'acme');
  const last = await reopen(harness, again, popup);
  await waitUntilFailed(last, /No tab is open on acme\.jamfcloud\.com\. Open Jamf Pro, sign in there, then try again\./);
  await clickByName(last, 'button', 'Try again');
  await waitUntilConnected(last);
  getConnection(sandbox);
});

test('undo after the service failed leaves console and service as they were', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  const other = acme.addRole({ displayName: 'Reports', privileges: ['Read Computers'] });
  const { page, popup } = await openReady(harness, sandbox);
  sandbox.fault({ host: 'acme.jamfcloud.com', method: 'GET', path: /^\/api\/v1\/accounts/, when: 'before', action: { status: 502, body: 'Bad gateway' } });
  await connect(popup);
  await waitUntilFailed(popup, /Larkspur Robotics got an error from Jamf Pro\./);
  await harness.screenshot(popup, 'failed-service-reports');
  expect(await textOf(popup)).toMatch(/API role “.*” created API client “.*” created Connection in Larkspur Robotics created/);
  expect(sandbox.service.integrations()).toHaveLength(1);

  // On its way back the answer to a deletion is lost, and the role is in use for a moment: neither is an end.
  sandbox.fault({ host: 'acme.jamfcloud.com', method: 'DELETE', path: /\/api-integrations\//, when: 'after', action: 'reset' });
  await clickByName(popup, 'button', 'Remove what was created');
  await find(popup, 'heading', 'Not everything was undone');
  await harness.screenshot(popup, 'undo-failed');
  await clickByName(popup, 'button', 'Try again');
  await find(popup, 'heading', 'Undone');
  await harness.screenshot(popup, 'undone');
  expect([acme.roles(), acme.clients(), sandbox.service.integrations()]).toEqual([[other], [], []]);
  expect(await callAsAdmin(page, 'GET', '/api/v1/api-roles/2')).toBe(404);
  const vault = Object.keys(await harness.storage('session')).filter((key) => key.startsWith('vault:client-secret:'));
  expect(vault).toEqual([]);

  await clickByName(popup, 'button', 'Done');
  await connect(popup);
  await waitUntilConnected(popup);
  expect(acme.clients()).toHaveLength(1);
  expect(acme.roles()).toHaveLength(2);
});
