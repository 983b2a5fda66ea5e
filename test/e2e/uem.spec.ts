import { GuideAdmin } from './guide-admin.ts';
import { expect, find, test } from './harness/fixtures.ts';
import { beginUem, buildUemPages, followToKey, openPortal, signInToUem, uemHosts, uemNames } from './uem-story.ts';

test.use({ grantedHosts: uemHosts, sandboxOptions: { largeTenantComputers: 500, largeEnvironmentDevices: 600 } });
test.beforeAll(() => buildUemPages());

test('Workspace ONE UEM to Harmony Mobile, the first time', async ({ harness, sandbox }) => {
  test.setTimeout(120_000);
  const environment = sandbox.ws1('cn1234');
  const page = await signInToUem(harness, environment);
  await beginUem(harness, page);
  const admin = await GuideAdmin.watch(harness, page);
  await followToKey(harness, admin, page);
  await admin.followToEnd();
  const { portal, admin: portalAdmin } = await openPortal(harness, sandbox, page);
  await portalAdmin.followToEnd().catch(async (error: unknown) => {
    await portalAdmin.screenshot('uem-stuck');
    throw error;
  });
  process.stdout.write(`console: ${admin.trail.join(' > ')}\nportal: ${portalAdmin.trail.join(' > ')}\n`);
  await page.bringToFront();
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Connected');
  expect(environment.roles().map(({ name }) => name)).toContain(uemNames.role);
  expect(portal.url()).toContain('portal.checkpoint.com');
});
