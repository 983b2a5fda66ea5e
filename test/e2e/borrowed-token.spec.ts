/** The console refuses its own session at its API, but its page sends a token there: read with the admin's yes, for one Run. */
import type { Page } from 'puppeteer-core';
import { clickByName, expect, find, isShown, test, textOf, waitForText } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { LOCAL_LOGINS } from '../sandbox/jamf-pro/tenants.ts';
import type { Sandbox } from '../sandbox/types.ts';
import { connect, consoleWrites, getConnection, openReady, readRun, reopen, signInInPopup, waitUntilConnected } from './story.ts';

/** What the vault holds beside the service's key. */
const inVault = async (harness: Harness): Promise<string[]> =>
  Object.keys(await harness.storage('session')).filter((key) => key.startsWith('vault:') && !key.startsWith('vault:service-key:'));

/** Whether the page's own functions are as the browser made them: nobody watches. A proxy, which reads as native too, has no name in its text. */
const isUntouched = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { open, setRequestHeader } = XMLHttpRequest.prototype;
    const isOwn = (own: unknown, name: string): boolean => new RegExp(`^function ${name}\\(\\)\\s*\\{\\s*\\[native code\\]\\s*\\}$`).test(Function.prototype.toString.call(own));
    return isOwn(window.fetch, 'fetch') && isOwn(open, 'open') && isOwn(setRequestHeader, 'setRequestHeader') && !('keyferryRequestWatch' in window);
  });

const pageLoads = (sandbox: Sandbox, host: string): number => sandbox.requests().filter((one) => one.host === host && one.method === 'GET' && one.path === '/view/dashboard').length;
const hasSignedOut = (sandbox: Sandbox): boolean => sandbox.requests().some(({ path }) => path === '/api/v1/auth/invalidate-token');

test('the page’s own sign-in connects; the page keeps it, Keyferry does not', async ({ harness, sandbox }) => {
  const globex = sandbox.tenant('globex');
  const { page, popup } = await openReady(harness, sandbox, 'globex');
  await connect(popup);
  await find(popup, 'heading', 'Choose how to sign in');
  const text = await textOf(popup);
  expect(text).toContain('globex.jamfcloud.com does not accept your browser’s sign-in for its API. There are other ways to go on.');
  expect(text).toContain('With your permission Keyferry reads it once from this tab, uses it for this connection only, and forgets it at the end.');
  expect(text).toContain('What you typed there and did not save is lost.');
  for (const other of ['Use a local account', 'Guide me in Jamf Pro']) expect(await isShown(popup, 'button', other)).toBe(true);
  await harness.screenshot(popup, 'another-rung');

  const creating = sandbox.hold({ method: 'POST', path: /\/api-roles$/, when: 'before' });
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await creating.reached;
  // One token is enough: from then on nothing watches any more.
  expect(await isUntouched(page)).toBe(true);
  expect(await inVault(harness)).toEqual([`vault:page-token:${(await readRun(popup)).id}`]);
  creating.release();
  await waitUntilConnected(popup);
  getConnection(sandbox, 'globex');
  const run = await readRun(harness);
  expect([run.rung, run.mayBorrow, run.tally.clicks]).toEqual(['borrowed-token', undefined, 2]);
  expect(run.phase).toMatchObject({ receipt: { role: { origin: 'created' }, client: { origin: 'created' } } });
  expect(await inVault(harness)).toEqual([]);

  // The admin is signed in as before, with the very token that was read.
  expect(hasSignedOut(sandbox)).toBe(false);
  const statuses = await page.evaluate(
    (tokens) => Promise.all(tokens.map(async (token) => (await fetch('/api/v1/auth', { headers: { Authorization: `Bearer ${token}` } })).status)),
    globex.pageTokens(),
  );
  expect(statuses.length).toBeGreaterThanOrEqual(1);
  expect(new Set(statuses)).toEqual(new Set([200]));
  await page.reload();
  await waitForText(page, 'Settings');
});

test('a page that calls its API by itself is not reloaded', async ({ harness, sandbox }) => {
  const { page, popup } = await openReady(harness, sandbox, 'globex');
  const token = sandbox.tenant('globex').pageTokens().at(-1) ?? '';
  await page.evaluate((bearer) => {
    document.body.dataset['typed'] = 'not saved yet';
    setInterval(() => void fetch('/api/v1/jamf-pro-version', { headers: { Authorization: `Bearer ${bearer}` } }), 300);
  }, token);
  await connect(popup);
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await waitUntilConnected(popup);
  expect(await page.evaluate(() => document.body.dataset['typed'])).toBe('not saved yet');
});

test('a page that sends no token is explained, and another way goes on', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  acme.switches.sessionMode = 'none';
  const { popup } = await openReady(harness, sandbox);
  await connect(popup);
  const before = pageLoads(sandbox, 'acme.jamfcloud.com');
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await waitForText(popup, 'Waiting up to 20 seconds for the Jamf Pro page to send its sign-in. It may be reloaded.');
  await harness.screenshot(popup, 'borrowing');
  await waitForText(popup, 'The Jamf Pro page sent no sign-in to its API. Check that you are signed in there and try again, or go on another way.', 25_000);
  expect(pageLoads(sandbox, 'acme.jamfcloud.com')).toBe(before + 1);
  expect(await isShown(popup, 'button', 'Guide me in Jamf Pro')).toBe(true);
  await harness.screenshot(popup, 'page-token-missing');
  expect(await inVault(harness)).toEqual([]);
  expect(consoleWrites(sandbox)).toEqual([]);
  await signInInPopup(popup, LOCAL_LOGINS.admin);
  await waitUntilConnected(popup);
  expect((await readRun(harness)).rung).toBe('sign-in');
  // The sign-in's own token is given back; the page never had one.
  await expect.poll(() => hasSignedOut(sandbox)).toBe(true);
});

test('tokens of another tab, and what the page sends elsewhere, are not taken', async ({ harness, sandbox }) => {
  const globex = sandbox.tenant('globex');
  const { page, popup: first } = await openReady(harness, sandbox, 'globex');
  const token = globex.pageTokens().at(-1) ?? '';
  globex.switches.sessionMode = 'none';
  await page.reload();
  const other = await harness.openConsole(`${globex.origin}/view/dashboard`);
  await other.evaluate((bearer) => void setInterval(() => void fetch('/api/v1/jamf-pro-version', { headers: { Authorization: `Bearer ${bearer}` } }), 300), token);
  const popup = await reopen(harness, page, first);
  await page.evaluate((bearer) => {
    const headers = { Authorization: `Bearer ${bearer}` };
    setInterval(() => {
      void fetch('/ui/session', { headers });
      void fetch('/api/v1/jamf-pro-version', { headers: { Authorization: `Basic ${bearer}` } });
      void fetch('https://acme.jamfcloud.com/api/v1/auth', { headers }).catch(() => undefined);
    }, 200);
  }, token);
  await connect(popup);
  const sentBefore = sandbox.requests().length;
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await waitForText(popup, 'The Jamf Pro page sent no sign-in to its API.', 25_000);
  // They were there to be taken.
  const sent = sandbox.requests().slice(sentBefore).map(({ path, status }) => `${path} ${String(status)}`);
  expect(sent).toEqual(expect.arrayContaining(['/api/v1/jamf-pro-version 200', '/api/v1/jamf-pro-version 401', expect.stringContaining('/ui/session')]));
  expect(await inVault(harness)).toEqual([]);
});

test('a token that stops counting on the way is asked for again, and nothing is done twice', async ({ harness, sandbox }) => {
  const { popup } = await openReady(harness, sandbox, 'globex');
  const held = sandbox.hold({ method: 'POST', path: /\/api-integrations$/, when: 'before' });
  await connect(popup);
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await held.reached;
  sandbox.advance(11 * 60_000);
  held.release();
  await waitForText(popup, 'The page’s sign-in that Keyferry used no longer counts. Let Keyferry read a new one, or go on another way.');
  await harness.screenshot(popup, 'page-token-expired');
  expect(await inVault(harness)).toEqual([]);
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await waitUntilConnected(popup);
  expect(getConnection(sandbox, 'globex').minted).toBe(1);
  expect(await readRun(harness)).toMatchObject({ rung: 'borrowed-token', phase: { receipt: { role: { origin: 'created' }, client: { origin: 'created' } } } });
  expect(await inVault(harness)).toEqual([]);
  expect(hasSignedOut(sandbox)).toBe(false);
});

test('stopped while it waits, it says so and reloads nothing without another yes', async ({ harness, sandbox }) => {
  const { page, popup: first } = await openReady(harness, sandbox, 'globex');
  const held = sandbox.hold({ method: 'POST', path: /^\/view\/session\/token$/, when: 'before' });
  await connect(first);
  await clickByName(first, 'button', 'Use the page’s sign-in');
  await held.reached;
  await harness.killBackground();
  held.release();
  const loads = pageLoads(sandbox, 'globex.jamfcloud.com');
  const popup = await reopen(harness, page, first);
  await waitForText(popup, 'The browser stopped Keyferry while it waited for the Jamf Pro page. Try again, or go on another way.');
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(pageLoads(sandbox, 'globex.jamfcloud.com')).toBe(loads);
  expect(await inVault(harness)).toEqual([]);
  // Nor is the next page watched.
  const next = await harness.browser.newPage({ background: true });
  await next.goto(page.url());
  expect(await isUntouched(next)).toBe(true);
  await next.close();
  // The session first, then the same offer.
  await clickByName(popup, 'button', 'Try again');
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await waitUntilConnected(popup);
  getConnection(sandbox, 'globex');
  expect(await inVault(harness)).toEqual([]);
});

test('cancelled while it waits, it takes nothing any more', async ({ harness, sandbox }) => {
  const globex = sandbox.tenant('globex');
  const { page, popup } = await openReady(harness, sandbox, 'globex');
  globex.switches.sessionMode = 'none';
  await connect(popup);
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await waitForText(popup, 'Connecting to');
  await expect.poll(() => isUntouched(page)).toBe(false);
  await clickByName(popup, 'button', 'Cancel');
  await find(popup, 'heading', 'Stopped');
  expect(await inVault(harness)).toEqual([]);
  // What watches ends by itself, and whatever it sees goes nowhere.
  await expect.poll(() => isUntouched(page), { timeout: 20_000 }).toBe(true);
  expect(await inVault(harness)).toEqual([]);
  // Going on asks anew.
  await clickByName(popup, 'button', 'Continue');
  await find(popup, 'heading', 'Choose how to sign in');
  expect(await inVault(harness)).toEqual([]);
});
