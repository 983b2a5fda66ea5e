/** The console does not take its own session at its API: a local account goes on. */
import { expect, find, test, textOf, waitForText, clickByName } from './harness/fixtures.ts';
import { LOCAL_LOGINS, SSO_LOGINS } from '../sandbox/jamf-pro/tenants.ts';
import { connect, consoleWrites, getConnection, openReady, prepareService, readRun, signIn, signInBySso, signInInPopup, waitUntilConnected } from './story.ts';

test('a local account connects where the session is refused; a wrong password is explained', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  acme.switches.sessionMode = 'none';
  const { popup } = await openReady(harness, sandbox);
  await connect(popup);
  await waitForText(popup, 'acme.jamfcloud.com does not accept your browser’s sign-in for its API. There are other ways to go on.');
  await clickByName(popup, 'button', 'Use a local account');
  await find(popup, 'heading', 'Sign in to Jamf Pro');
  await waitForText(popup, 'The password is used once and not stored. Single sign-on accounts cannot sign in here.');
  await harness.screenshot(popup, 'sign-in');

  await signInInPopup(popup, { username: 'admin', password: 'wrong-horse-battery' });
  await waitForText(popup, 'Jamf Pro did not accept the sign-in of admin. Check username and password.');
  await harness.screenshot(popup, 'sign-in-refused');
  expect(consoleWrites(sandbox)).toEqual([]);

  await signInInPopup(popup, LOCAL_LOGINS.admin);
  await waitUntilConnected(popup);
  await harness.screenshot(popup, 'connected-sign-in');
  expect(await textOf(popup)).toContain('No client secret was typed, copied or shown');
  expect(getConnection(sandbox).minted).toBe(1);
  const run = await readRun(harness);
  expect(run.rung).toBe('sign-in');
  expect(JSON.stringify(run)).not.toContain('wrong-horse-battery');
  // The token was given back, and nothing of it is kept.
  await expect.poll(() => sandbox.requests().some(({ method, path, status }) => method === 'POST' && path === '/api/v1/auth/invalidate-token' && status === 204)).toBe(true);
  const left = Object.keys(await harness.storage('session')).filter((key) => key.startsWith('vault:') && !key.startsWith('vault:service-key:'));
  expect(left).toEqual([]);
});

test('a sign-in that runs out on the way is asked for again, and nothing is done twice', async ({ harness, sandbox }) => {
  // This console’s own page sends a bearer token; its session alone counts for nothing at the API.
  const page = await signIn(harness, sandbox, 'globex');
  await prepareService(harness, sandbox, page);
  const popup = await harness.openPopup(page);
  await connect(popup);
  await waitForText(popup, 'globex.jamfcloud.com does not accept your browser’s sign-in for its API.');
  const held = sandbox.hold({ method: 'POST', path: /\/api-integrations$/, when: 'before' });
  await signInInPopup(popup, LOCAL_LOGINS.noUpdate);
  await held.reached;
  sandbox.advance(31 * 60_000);
  held.release();
  await waitForText(popup, 'Your sign-in to Jamf Pro has expired. Sign in again to go on.');
  await harness.screenshot(popup, 'sign-in-expired');
  await signInInPopup(popup, LOCAL_LOGINS.noUpdate);
  await waitUntilConnected(popup);
  expect(getConnection(sandbox, 'globex').minted).toBe(1);
  expect(await readRun(harness)).toMatchObject({ phase: { receipt: { role: { origin: 'created' }, client: { origin: 'created' } } } });
});

test('single sign-on accounts are told why they cannot sign in here', async ({ harness, sandbox }) => {
  const page = await signInBySso(harness, sandbox, 'initech');
  await prepareService(harness, sandbox, page);
  const popup = await harness.openPopup(page);
  await connect(popup);
  await waitForText(popup, 'initech.jamfcloud.com does not accept your browser’s sign-in for its API.');
  await signInInPopup(popup, SSO_LOGINS.admin);
  await waitForText(popup, `Jamf Pro did not accept the sign-in of ${SSO_LOGINS.admin.username}. Check username and password. Use a local account: single sign-on accounts cannot sign in here.`);
  await harness.screenshot(popup, 'sign-in-sso');
  await clickByName(popup, 'button', 'Cancel');
  await find(popup, 'heading', 'Stopped');
  expect(await textOf(popup)).toContain('Nothing was changed.');
  expect(consoleWrites(sandbox, 'initech')).toEqual([]);
  expect(sandbox.service.integrations()).toEqual([]);
});
