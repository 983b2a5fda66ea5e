/** Where password, REST API key and portal key are, and are not, on the way from Workspace ONE UEM to Harmony Mobile. */
import { GuideAdmin } from './guide-admin.ts';
import { expect, test } from './harness/fixtures.ts';
import { findOnDisk } from './harness/disk.ts';
import { findIn, findInSession, findLeaks, readPage, spellingsOf } from './leaks.ts';
import { readRun } from './story.ts';
import { beginUem, buildUemPages, followToKey, keepStatusKey, openPortal, openReceipt, signInToUem, uemHosts } from './uem-story.ts';

test.use({ grantedHosts: uemHosts, sandboxOptions: { largeTenantComputers: 500, largeEnvironmentDevices: 300 } });
test.beforeAll(() => buildUemPages());

test('password and keys: in the vault and in the fields that they were typed into, and then nowhere', async ({ harness, sandbox }) => {
  test.setTimeout(180_000);
  const page = await signInToUem(harness, sandbox.ws1('cn1234'));
  await beginUem(harness, page, (popup) => keepStatusKey(popup, sandbox));
  const admin = await GuideAdmin.watch(harness, page);
  const heard = await admin.listen();
  await followToKey(harness, admin, page);
  await admin.followToEnd();
  const { portal, admin: portalAdmin } = await openPortal(harness, sandbox, page);
  await portalAdmin.follow(/“Verify and Next”/);

  // Before the wizard sends them, only the vault and its two fields have them.
  const inFields = await portal.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value).filter((value) => value.length >= 24 && !value.startsWith('https://')));
  expect(inFields).toHaveLength(2);
  const secrets = { password: inFields[0] ?? '', key: inFields[1] ?? '', 'portal key': sandbox.harmony.apiKey.accessKey };
  expect(new Set(await findInSession(harness, secrets))).toEqual(new Set(['password in vault:admin-password', 'key in vault:api-key', 'portal key in vault:service-key']));
  await page.bringToFront();
  expect(await findLeaks(harness, page, secrets)).toEqual([]);
  await portal.bringToFront();
  await portalAdmin.followToEnd();
  // They are what the service really got.
  expect(sandbox.harmony.receivedSecrets()).toEqual(expect.arrayContaining([secrets.password, secrets.key]));

  const popup = await openReceipt(harness, page);
  expect(findIn(await readPage(popup), secrets)).toEqual([]);
  expect(await findInSession(harness, secrets)).toEqual(['portal key in vault:service-key']);
  expect(await findLeaks(harness, page, secrets)).toEqual([]);
  expect(findIn(await readPage(portal), secrets)).toEqual([]);
  const messages = await heard();
  expect(messages).toMatch(/fill-secret/);
  expect(findIn(messages, secrets)).toEqual([]);
  const { id } = await readRun(harness);
  await harness.closeBrowser();
  expect((await findOnDisk(harness.profileDir, [id])).length).toBeGreaterThan(0);
  expect(await findOnDisk(harness.profileDir, Object.values(secrets).flatMap(spellingsOf))).toEqual([]);
});
