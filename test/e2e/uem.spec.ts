/** Workspace ONE UEM to Harmony Mobile, the first time: from a console where nothing is prepared to the receipt. */
import { GuideAdmin } from './guide-admin.ts';
import { expect, find, test, textOf } from './harness/fixtures.ts';
import { beginUem, buildUemPages, countTyping, expectOneOfEach, followToKey, keepStatusKey, openPortal, openReceipt, signInToUem, uemHosts, uemNames } from './uem-story.ts';

test.use({ grantedHosts: uemHosts, sandboxOptions: { largeTenantComputers: 500, largeEnvironmentDevices: 600 } });
test.beforeAll(() => buildUemPages());

test('the first time: one key, role, administrator and integration, and nothing typed', async ({ harness, sandbox }) => {
  test.setTimeout(180_000);
  const environment = sandbox.ws1('cn1234');
  const keysBefore = environment.apiKeys();
  const page = await signInToUem(harness, environment);
  await page.evaluateOnNewDocument(countTyping);
  await page.reload();
  await find(page, 'link', /Groups & Settings/);
  await beginUem(harness, page, (popup) => keepStatusKey(popup, sandbox));
  const admin = await GuideAdmin.watch(harness, page);
  await followToKey(harness, admin, page);
  await admin.followToEnd();
  const { portal, admin: portalAdmin } = await openPortal(harness, sandbox, page);
  await portal.evaluate(countTyping);
  await portalAdmin.followToEnd();
  expect(await portal.evaluate(() => sessionStorage.getItem('typed'))).toBe(null);
  expect(await page.evaluate(() => sessionStorage.getItem('typed'))).toBe(null);

  const popup = await openReceipt(harness, page);
  await harness.screenshot(popup, 'uem-receipt');
  const receipt = await textOf(popup);
  expect(receipt).toMatch(/Workspace ONE UEM \d+(?:\.\d+){1,3} answers/);
  expect(receipt).toContain(`${String(environment.organizationGroups().length)} organization groups readable`);
  expect(receipt).toContain('600 devices readable');
  expect(receipt).toMatch(/249,\d{3} of 250,000 API calls left today/);
  expect(receipt).toContain('as1234.awmdm.com');
  expect(receipt).toContain(`Administrator ${uemNames.username}`);
  expect(receipt).toMatch(/Tags 7 added/);
  expect(receipt).toMatch(/Harmony Mobile says (?:Connected|Synchronizing)/);
  expect(receipt).toMatch(/By status (?:(?:Provisioned|Active|Inactive|Processing): \d+(?:, )?)+ By risk/);
  // Harmony Mobile finds out the risk of one device after the other.
  expect(receipt).toMatch(/By risk (?:(?:No risk|Low|Medium|High): \d+(?:, )?)+ Proven/);
  expect(receipt).toContain('Nobody saw the password. It is in Harmony Mobile alone.');

  expectOneOfEach(sandbox, environment);
  const keys = environment.apiKeys();
  expect(keys.slice(0, -1)).toEqual(keysBefore);
  expect(keys.at(-1)).toMatchObject({ service: uemNames.key, accountType: 'Admin' });
  expect(environment.tags().filter(({ name }) => name.startsWith('CHKP_'))).toHaveLength(7);
  const [integration] = sandbox.harmony.integrations();
  // All that have devices, in them or below: the service takes no group's children by itself.
  const groups = environment.organizationGroups().filter(({ name }) => name !== 'Test <Lab>');
  expect(integration?.groups.map(({ kind, id }) => `${kind} ${String(id)}`).sort()).toEqual(groups.map(({ id }) => `organization ${String(id)}`).sort());
  expect(integration?.pii).toEqual({ name: true, number: false, email: true });
  await sandbox.harmony.settled();
  const { total, byStatus, byRisk } = sandbox.harmony.devices();
  expect(total).toBe(600);
  expect([byStatus, byRisk].map((counts) => Object.values(counts).reduce((sum, count) => sum + count, 0))).toEqual([600, 600]);
  process.stdout.write(`${String(admin.presses)} presses in the console: ${admin.trail.join(' > ')}\n${String(portalAdmin.presses)} in the portal: ${portalAdmin.trail.join(' > ')}\n`);
});
