import { clickByName, expect, find, test } from './harness/fixtures.ts';
import { openReady, waitUntilConnected } from './story.ts';

test('the panel beside the page follows the admin from tab to tab, and connects', async ({ harness, sandbox }) => {
  const { page, popup } = await openReady(harness, sandbox);
  await popup.close();
  await page.bringToFront();
  // A tab stands in for the panel's frame; it is the same page with the same rules for which tab is meant.
  const panel = await harness.openExtensionPage('/sidepanel.html');
  await find(panel, 'button', 'Connect');

  const other = await harness.browser.newPage();
  await other.bringToFront();
  await find(panel, 'heading', 'Open your console first');
  await page.bringToFront();
  await clickInBackground(panel, 'Connect');
  await waitUntilConnected(panel);
  expect(sandbox.service.integrations()).toMatchObject([{ status: 'connected' }]);
});

test('the popup opens the panel and makes way for it', async ({ harness, sandbox, browserName }) => {
  test.skip(browserName === 'firefox', 'the sidebar is part of the browser window, which no driver shows');
  const { popup } = await openReady(harness, sandbox);
  const opened = harness.browser.waitForTarget((target) => target.url().startsWith(`${harness.extensionOrigin}/sidepanel.html`), { timeout: 10_000 });
  await clickByName(popup, 'button', 'Keep open beside the page');
  const panel = await (await opened).asPage();
  await find(panel, 'button', 'Connect');
  await expect.poll(() => popup.isClosed()).toBe(true);
  await harness.screenshot(panel, 'panel');
});

/** A click that does not bring the tab to the front, as a click into the panel does not either. */
async function clickInBackground(surface: Parameters<typeof find>[0], name: string): Promise<void> {
  await (await find(surface, 'button', name)).evaluate((button) => button.click());
}
