/** Where secrets are while a Run lasts, where they are not, and what is left afterwards: nothing. */
import { clickByName, expect, test } from './harness/fixtures.ts';
import { findOnDisk } from './harness/disk.ts';
import type { Harness } from './harness/harness.ts';
import { LOCAL_LOGINS } from '../sandbox/jamf-pro/tenants.ts';
import type { Sandbox } from '../sandbox/types.ts';
import { findIn, findInSession, findLeaks, readPage, spellingsOf } from './leaks.ts';
import { connect, getConnection, openReady, readRun, reopen, signInInPopup, waitUntilConnected, waitUntilFailed } from './story.ts';

function mintedIn(sandbox: Sandbox, tenant: string): Record<string, string> {
  return Object.fromEntries(sandbox.tenant(tenant).mintedSecrets().map((secret, index) => [`client secret ${String(index + 1)}`, secret]));
}

/** @param id of the Run: it is on disk, so the search would see a secret beside it */
async function expectNotOnDisk(harness: Harness, id: string, secrets: Record<string, string>): Promise<void> {
  // The last process of a browser that quits may still be moving its journal into the database.
  await expect.poll(() => findOnDisk(harness.profileDir, [id]).catch(() => []), { timeout: 30_000 }).toContainEqual({ file: expect.any(String), text: id });
  expect(await findOnDisk(harness.profileDir, Object.values(secrets).flatMap(spellingsOf))).toEqual([]);
}

test('the search finds what is there, however it is written', () => {
  const secret = 'öffne-"dich"/+==';
  const written = [secret, Buffer.from(`a:${secret}`).toString('base64'), Buffer.from(`${secret}:b`).toString('base64url'), `?q=${encodeURIComponent(secret)}`, JSON.stringify({ secret })];
  for (const text of written) expect(findIn(text, { it: secret })).toEqual(['it']);
  expect(findIn('nothing of that', { it: secret })).toEqual([]);
});

test('service key and client secrets: in the vault alone, and then nowhere, not on disk', async ({ harness, sandbox }) => {
  test.setTimeout(150_000);
  const { page, popup: first } = await openReady(harness, sandbox);
  const secrets = (): Record<string, string> => ({ 'service key': sandbox.service.apiKey, ...mintedIn(sandbox, 'acme') });

  // Minted once, killed before the vault knew it, minted again, and then held on its way to the service.
  const minting = sandbox.hold({ method: 'POST', path: /\/client-credentials$/, when: 'after' });
  const registering = sandbox.hold({ host: 'fleet-ledger.example', method: 'POST', path: /\/integrations$/, when: 'before' });
  await connect(first);
  await minting.reached;
  await harness.killBackground();
  minting.release();
  const popup = await reopen(harness, page, first);
  await registering.reached;
  expect(await findInSession(harness, secrets())).toEqual(expect.arrayContaining(['service key in vault:service-key', 'client secret 2 in vault:client-secret']));
  expect(await findInSession(harness, secrets())).toHaveLength(2);
  expect(await findLeaks(harness, page, secrets())).toEqual([]);
  expect(findIn(await readPage(popup), secrets())).toEqual([]);

  // A failure with everything in hand, then the way out of it.
  sandbox.fault({ host: 'fleet-ledger.example', method: 'POST', path: /\/integrations$/, when: 'after', action: 'reset' });
  registering.release();
  await waitUntilFailed(popup, /could not be reached/);
  expect(await findLeaks(harness, page, secrets())).toEqual([]);
  await clickByName(popup, 'button', 'Try again');
  await waitUntilConnected(popup);
  expect(getConnection(sandbox).minted).toBe(2);
  expect(await findInSession(harness, secrets())).toEqual(['service key in vault:service-key']);
  expect(await findLeaks(harness, page, secrets())).toEqual([]);
  expect(findIn(await readPage(popup), secrets())).toEqual([]);

  // The search itself is worth something: what is planted in each place is found.
  const decoy = { decoy: `decoy-${crypto.randomUUID()}` };
  await harness.inExtension(async (api, text) => {
    await api.storage.local.set({ planted: btoa(text) });
    await api.storage.session.set({ planted: { deep: [text] } });
  }, decoy.decoy);
  await page.evaluate((text) => {
    document.body.dataset['planted'] = text;
    console.log({ planted: text });
  }, decoy.decoy);
  await expect.poll(() => findLeaks(harness, page, decoy)).toEqual(['decoy in storage.local', 'decoy in storage.session outside the vault', 'decoy in logs', 'decoy in page']);

  const { id } = await readRun(harness);
  const all = secrets();
  await harness.closeBrowser();
  await expectNotOnDisk(harness, id, all);

  await harness.restartBrowser();
  expect(await findInSession(harness, all)).toEqual([]);
});

test('the token of the console’s page: in the vault for this Run, and then nowhere', async ({ harness, sandbox }) => {
  test.setTimeout(150_000);
  const { page, popup } = await openReady(harness, sandbox, 'globex');
  const secrets = (): Record<string, string> => ({
    'service key': sandbox.service.apiKey,
    ...Object.fromEntries(sandbox.tenant('globex').pageTokens().map((token, index) => [`page token ${String(index + 1)}`, token])),
    ...mintedIn(sandbox, 'globex'),
  });
  const looking = sandbox.hold({ method: 'GET', path: /\/api-roles\?/, when: 'before' });
  await connect(popup);
  await clickByName(popup, 'button', 'Use the page’s sign-in');
  await looking.reached;
  const newest = `page token ${String(sandbox.tenant('globex').pageTokens().length)}`;
  expect(new Set(await findInSession(harness, secrets()))).toEqual(new Set(['service key in vault:service-key', `${newest} in vault:page-token`]));
  expect(await findLeaks(harness, page, secrets())).toEqual([]);
  expect(findIn(await readPage(popup), secrets())).toEqual([]);
  looking.release();
  await waitUntilConnected(popup);
  expect(await findInSession(harness, secrets())).toEqual(['service key in vault:service-key']);
  expect(await findLeaks(harness, page, secrets())).toEqual([]);
  expect(findIn(await readPage(popup), secrets())).toEqual([]);

  const { id } = await readRun(harness);
  await harness.closeBrowser();
  await expectNotOnDisk(harness, id, secrets());
});

test('a password and its token: used once, kept by no one', async ({ harness, sandbox }) => {
  test.setTimeout(150_000);
  // The console itself is used by another account, whose password the browser may well know.
  const acme = sandbox.tenant('acme');
  acme.switches.sessionMode = 'none';
  const { page, popup } = await openReady(harness, sandbox);
  await connect(popup);
  await signInInPopup(popup, { username: LOCAL_LOGINS.noUpdate.username, password: 'Mistyped-p4ssword-öÄ"&+' });
  const looking = sandbox.hold({ method: 'GET', path: /\/api-roles\?/, when: 'before' });
  await expect.poll(() => sandbox.requests().some(({ path, status }) => path === '/api/v1/auth/token' && status === 401)).toBe(true);
  await signInInPopup(popup, LOCAL_LOGINS.noUpdate);
  await looking.reached;
  const vault = Object.entries(await harness.storage('session')).find(([key]) => key.startsWith('vault:console-token:'));
  const token = (vault?.[1] as { value?: string } | undefined)?.value ?? '';
  expect(token.length).toBeGreaterThan(100);
  const secrets = (): Record<string, string> => ({
    'service key': sandbox.service.apiKey,
    'wrong password': 'Mistyped-p4ssword-öÄ"&+',
    password: LOCAL_LOGINS.noUpdate.password,
    'account and password': `${LOCAL_LOGINS.noUpdate.username}:${LOCAL_LOGINS.noUpdate.password}`,
    token,
    ...mintedIn(sandbox, 'acme'),
  });
  expect(new Set(await findInSession(harness, secrets()))).toEqual(new Set(['service key in vault:service-key', 'token in vault:console-token']));
  expect(await findLeaks(harness, page, secrets())).toEqual([]);
  looking.release();
  await waitUntilConnected(popup);
  expect(await findInSession(harness, secrets())).toEqual(['service key in vault:service-key']);
  expect(await findLeaks(harness, page, secrets())).toEqual([]);
  expect(findIn(await readPage(popup), secrets())).toEqual([]);

  const { id } = await readRun(harness);
  await harness.closeBrowser();
  await expectNotOnDisk(harness, id, secrets());
});
