/** The service: its key, its absence, its lost answers, its address. */
import { clickByName, expect, fillByLabel, find, test, textOf, waitForText } from './harness/fixtures.ts';
import { chooseService, connect, consoleWrites, getConnection, openReady, readRun, serviceWrites, setUpService, signIn, waitUntilConnected, waitUntilFailed } from './story.ts';

const cors = { 'access-control-allow-origin': '*', 'content-type': 'application/problem+json' };
const problem = (status: number, code: string) => ({ status, headers: cors, body: JSON.stringify({ status, code, title: code }) });

test('a wrong key is refused at set-up, one that was withdrawn later can be replaced', async ({ harness, sandbox }) => {
  const page = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(page);
  await chooseService(popup);
  await find(popup, 'heading', 'Set up your service');
  await fillByLabel(popup, 'Service address', 'http://fleet-ledger.example');
  await fillByLabel(popup, 'API key of the service', 'fl_0123456789');
  await clickByName(popup, 'button', 'Test and save');
  await waitForText(popup, 'The address must begin with https://.');
  await setUpService(popup, sandbox, 'fl_0123456789');
  await waitForText(popup, 'fleet-ledger.example does not accept the API key.');
  await harness.screenshot(popup, 'setup-key-refused');
  await setUpService(popup, sandbox, sandbox.service.readOnlyApiKey);
  await waitForText(popup, 'The API key for Larkspur Robotics may only read. Enter an API key that may also add integrations.');
  expect(await harness.storage('local')).not.toHaveProperty('services');
  await setUpService(popup, sandbox);
  await find(popup, 'button', 'Connect');

  sandbox.fault({ host: 'fleet-ledger.example', method: 'GET', path: /\/organization$/, when: 'before', action: problem(401, 'unauthenticated') });
  await connect(popup);
  await waitUntilFailed(popup, /fleet-ledger\.example does not accept the API key\. Check that the key is complete and still valid, then enter it again\./);
  await harness.screenshot(popup, 'failed-key-refused');
  expect(consoleWrites(sandbox)).toEqual([]);
  await clickByName(popup, 'button', 'Change address or key');
  await setUpService(popup, sandbox);
  await waitUntilConnected(popup);
  expect(getConnection(sandbox).minted).toBe(1);
});

test('busy, down, and an answer that is lost: retried until connected, one integration', async ({ harness, sandbox }) => {
  const { popup } = await openReady(harness, sandbox);
  const registering = { host: 'fleet-ledger.example', method: 'POST', path: /\/integrations$/ };
  sandbox.fault({ ...registering, when: 'before', action: problem(503, 'unavailable') });
  sandbox.fault({ ...registering, when: 'before', action: 'reset' });
  sandbox.fault({ ...registering, when: 'after', action: 'reset' });
  await connect(popup);
  await waitUntilFailed(popup, /fleet-ledger\.example has too much to do right now\. Wait a minute, then try again\./);
  await harness.screenshot(popup, 'failed-service-busy');
  expect(sandbox.service.integrations()).toEqual([]);
  await clickByName(popup, 'button', 'Try again');
  await waitUntilFailed(popup, /fleet-ledger\.example could not be reached\./);
  expect(sandbox.service.integrations()).toEqual([]);
  await clickByName(popup, 'button', 'Try again');
  // The integration is there, but nobody said so.
  await expect.poll(() => sandbox.service.integrations().length).toBe(1);
  await waitUntilFailed(popup, /fleet-ledger\.example could not be reached\./);
  await clickByName(popup, 'button', 'Try again');
  await waitUntilConnected(popup);
  expect(getConnection(sandbox).minted).toBe(1);
  expect(serviceWrites(sandbox)).toEqual(Array.from({ length: 4 }, () => 'POST /integration-service/v1/integrations'));
  expect((await readRun(harness)).tally.clicks).toBe(4);
});

test('a service without CORS: the browser is asked for just that origin', async ({ harness, sandbox, browserName }) => {
  sandbox.service.cors = false;
  const page = await signIn(harness, sandbox, 'acme');
  const popup = await harness.openPopup(page);
  await setUpService(popup, sandbox);
  await waitForText(popup, 'fleet-ledger.example could not be reached.');
  expect(await textOf(popup)).toContain('If the address is right, Keyferry may need your permission to reach fleet-ledger.example. The browser will ask you.');
  await harness.screenshot(popup, 'setup-allow');
  if (browserName === 'chromium') {
    // The prompt cannot be answered here; what it would ask can be seen.
    await popup.evaluate(() => {
      const scope = globalThis as unknown as { asked: unknown[]; chrome: { permissions: object } };
      scope.asked = [];
      Object.defineProperty(scope.chrome.permissions, 'request', {
        value: (what: unknown, done?: (granted: boolean) => void) => {
          scope.asked.push(what);
          done?.(false);
          return Promise.resolve(false);
        },
      });
    });
    await clickByName(popup, 'button', 'Allow access and try again');
    await expect.poll(() => popup.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked)).toEqual([{ origins: ['https://fleet-ledger.example/*'] }]);
    await waitForText(popup, 'fleet-ledger.example could not be reached.');
    return;
  }
  await clickByName(popup, 'button', 'Allow access and try again');
  await find(popup, 'button', 'Connect');
  expect((await harness.inExtension((api) => api.permissions.getAll())).origins).toEqual(['https://*.jamfcloud.com/*', 'https://fleet-ledger.example/*']);
  await connect(popup);
  await waitUntilConnected(popup);
  getConnection(sandbox);
});
