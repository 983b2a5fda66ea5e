/** Consoles that are not in the vendor's cloud: own name, port and context path. */
import type { Page } from 'puppeteer-core';
import { clickByName, expect, find, isShown, test, textOf } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { connect, consoleCalls, consoleWrites, getConnection, readRun, reopen, setUpService, signIn, waitUntilConnected, waitUntilFailed } from './story.ts';

const base = 'https://mdm.northwind.example:8443/jamf';
const pattern = 'https://mdm.northwind.example/*';
const question = 'Is this your Jamf Pro?';

const registered = async (harness: Harness): Promise<string[]> => harness.inExtension(async (api) => (await api.scripting.getRegisteredContentScripts()).flatMap(({ matches = [] }) => matches));
const knownBases = async (harness: Harness): Promise<string[]> => {
  const stored = (await harness.storage('local'))['own-hosts'] as { data: { base: string }[] } | undefined;
  return stored?.data.map((host) => host.base) ?? [];
};
/** Chromium's rule for the toolbar icon, as JSON. */
const iconRule = (harness: Harness): Promise<string> =>
  harness.inExtension(
    () =>
      new Promise<string>((resolve) => {
        const { declarativeContent } = (globalThis as unknown as { chrome: { declarativeContent: { onPageChanged: { getRules(ids: string[], done: (rules: unknown) => void): void } } } }).chrome;
        declarativeContent.onPageChanged.getRules(['recognised'], (rules) => resolve(JSON.stringify(rules)));
      }),
  );
/** The health checks that the page was asked to make. */
const probes = (sandbox: { requests(): readonly { host: string; path: string }[] }): string[] =>
  sandbox.requests().flatMap(({ host, path }) => (/health-?check/i.test(path) ? [host + path] : []));

test.describe('where the admin says yes', () => {
  test.use({ grantedHosts: [pattern] });

  /** Signed in at the console, and its address allowed. */
  async function openAllowed(harness: Harness, sandbox: Parameters<typeof signIn>[1]): Promise<{ page: Page; popup: Page }> {
    const page = await signIn(harness, sandbox, 'northwind');
    const popup = await harness.openPopup(page);
    await find(popup, 'heading', question);
    const shown = await textOf(popup);
    expect(shown).toContain('mdm.northwind.example:8443/jamf');
    expect(shown).toContain('not in the vendor’s own cloud');
    await harness.screenshot(popup, 'own-host');
    await clickByName(popup, 'button', 'Allow this address');
    await setUpService(popup, sandbox);
    await find(popup, 'button', 'Connect');
    return { page, popup };
  }

  test('recognised by its marks, allowed once, connected in one click', async ({ harness, sandbox, browserName }) => {
    const { page, popup: first } = await openAllowed(harness, sandbox);
    expect(probes(sandbox)).toContain('mdm.northwind.example:8443/jamf/api/v1/health-check');
    expect(await knownBases(harness)).toEqual([base]);
    expect(await registered(harness)).toEqual([pattern]);
    if (browserName === 'chromium') expect(await iconRule(harness)).toContain('"hostEquals":"mdm.northwind.example"');

    sandbox.clearRequests();
    const popup = await reopen(harness, page, first);
    const address = await find(popup, 'textbox', 'Address');
    expect(await address.evaluate((node) => (node as HTMLInputElement).value)).toBe('mdm.northwind.example:8443/jamf');
    await connect(popup);
    await waitUntilConnected(popup);
    await harness.screenshot(popup, 'own-host-connected');
    // Known by now: nobody looks any more.
    expect(probes(sandbox)).toEqual([]);

    expect(getConnection(sandbox, 'northwind').minted).toBe(1);
    expect(sandbox.service.integrations()).toMatchObject([{ tenant: 'mdm.northwind.example:8443/jamf', status: 'connected' }]);
    expect(consoleCalls(sandbox, 'northwind').map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'GET /jamf/api/v1/auth',
      'GET /jamf/api/v1/api-role-privileges',
      'GET /jamf/api/v1/api-roles',
      'GET /jamf/api/v1/api-integrations',
      'POST /jamf/api/v1/api-roles',
      'POST /jamf/api/v1/api-integrations',
      'POST /jamf/api/v1/api-integrations/1/client-credentials',
      'POST /jamf/api/v1/oauth/token',
    ]);
    expect((await readRun(harness)).setup.tenant).toEqual({ console: 'jamf-pro', key: 'mdm.northwind.example:8443/jamf', origin: 'https://mdm.northwind.example:8443', base });
    expect(sandbox.refusedHosts().filter((host) => host.endsWith('northwind.example'))).toEqual([]);
  });

  test('its content script runs from the next page on, and says where it is', async ({ harness, sandbox }) => {
    const { page, popup } = await openAllowed(harness, sandbox);
    await popup.close().catch(() => undefined);
    await page.reload();
    const ask = () =>
      harness.inExtension(async (api, url) => {
        const [tab] = await api.tabs.query({ url });
        return (await api.tabs.sendMessage(tab?.id ?? -1, 'keyferry:detect-console', { frameId: 0 }).catch(() => undefined)) ?? 'no answer';
      }, pattern);
    await expect.poll(ask).toBe(`${base}/view/dashboard`);
  });

  test('a service that takes the vendor’s cloud alone: said before anything is written', async ({ harness, sandbox }) => {
    sandbox.service.ownHosts = false;
    const { popup } = await openAllowed(harness, sandbox);
    await connect(popup);
    await waitUntilFailed(popup, /Larkspur Robotics does not take data from Jamf Pro at mdm\.northwind\.example:8443, only from Jamf’s own cloud\./);
    expect(consoleWrites(sandbox, 'northwind')).toEqual([]);
  });

  test('the permission is taken away: script and entry go, and the popup asks again', async ({ harness, sandbox, browserName }) => {
    test.skip(browserName === 'chromium', 'what a build asks for at installation cannot be taken back by a test');
    const { page, popup: first } = await openAllowed(harness, sandbox);
    // As the browser's settings do.
    await harness.inExtension((api, site) => api.permissions.remove({ origins: [site] }), pattern);
    await expect.poll(() => registered(harness)).toEqual([]);
    await expect.poll(() => knownBases(harness)).toEqual([]);
    const popup = await reopen(harness, page, first);
    await find(popup, 'heading', question);
    await clickByName(popup, 'button', 'Allow this address');
    await find(popup, 'button', 'Connect');
    expect(await registered(harness)).toEqual([pattern]);
  });
});

test('the browser is asked for this one host, straight from the click', async ({ harness, sandbox, browserName }) => {
  const page = await signIn(harness, sandbox, 'northwind');
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', question);
  if (browserName === 'firefox') {
    await clickByName(popup, 'button', 'Allow this address');
    await find(popup, 'heading', 'Connect Jamf Pro to …');
    expect((await harness.inExtension((api) => api.permissions.getAll())).origins).toEqual(['https://*.jamfcloud.com/*', pattern]);
    return;
  }
  // The prompt cannot be answered here; what it would ask can be seen, and what a no leads to.
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
  await clickByName(popup, 'button', 'Allow this address');
  await expect.poll(() => popup.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked)).toEqual([{ origins: [pattern] }]);
  await find(popup, 'alert');
  expect(await isShown(popup, 'heading', question)).toBe(true);
  await harness.screenshot(popup, 'own-host-refused');
  expect(await knownBases(harness)).toEqual([]);
  expect(await registered(harness)).toEqual([]);
});

test('a look-alike of the cloud is shown for what it is, and nothing is trusted', async ({ harness, sandbox }) => {
  const page = await harness.openConsole(sandbox.tenant('look-alike').origin);
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', question);
  const shown = await textOf(popup);
  expect(shown).toContain('acme.jamfcloud.com.evil.example');
  expect(shown).toContain('it does not belong to the vendor');
  await harness.screenshot(popup, 'own-host-alike');
  expect(await knownBases(harness)).toEqual([]);
  expect(await registered(harness)).toEqual([]);
});

test('a page that is no console is not asked anything', async ({ harness, sandbox }) => {
  const page = await harness.openConsole(sandbox.service.origin);
  sandbox.clearRequests();
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Open your console first');
  expect(sandbox.requests()).toEqual([]);
});
