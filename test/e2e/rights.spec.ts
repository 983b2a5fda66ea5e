/** What an account may not do is named before anything is written. */
import { clickByName, expect, find, test, textOf } from './harness/fixtures.ts';
import { LOCAL_LOGINS } from '../sandbox/jamf-pro/tenants.ts';
import { accountPrivileges, connect, consoleWrites, getConnection, objectName, openReady, readRun, reopen, serviceWrites, signInAgain, signInInPopup, waitUntilConnected, waitUntilFailed } from './story.ts';

test('missing rights are named and nothing is written; another account goes on', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  const { page, popup: first } = await openReady(harness, sandbox, 'acme', LOCAL_LOGINS.auditor);
  await connect(first);
  await waitUntilFailed(first, /auditor lacks the privileges Create API Roles and Create API Integrations\./);
  await harness.screenshot(first, 'rights-auditor');
  expect(await textOf(first)).toContain('Have this added in Jamf Pro and try again, or sign in with an account that has it.');
  await clickByName(first, 'button', 'Close');
  await find(first, 'button', 'Connect');
  await first.close();

  await signInAgain(page, sandbox, 'acme', LOCAL_LOGINS.rolesOnly);
  const second = await harness.openPopup(page);
  await connect(second);
  await waitUntilFailed(second, /roles-only lacks the privilege Read API Integrations\./);
  await clickByName(second, 'button', 'Close');
  await find(second, 'button', 'Connect');
  expect([acme.roles(), acme.clients(), consoleWrites(sandbox), serviceWrites(sandbox)]).toEqual([[], [], [], []]);

  // A role that must change asks for one right more.
  const role = acme.addRole({ displayName: objectName, privileges: ['Read Accounts'] });
  await signInAgain(page, sandbox, 'acme', LOCAL_LOGINS.noUpdate);
  const third = await reopen(harness, page, second);
  await connect(third);
  await waitUntilFailed(third, /no-update lacks the privilege Update API Roles\./);
  expect([acme.roles(), acme.clients(), consoleWrites(sandbox)]).toEqual([[role], [], []]);

  await clickByName(third, 'button', 'Sign in with another account');
  await signInInPopup(third, LOCAL_LOGINS.admin);
  await find(third, 'heading', 'Agree to these changes');
  expect(consoleWrites(sandbox)).toEqual([]);
  await clickByName(third, 'button', 'Agree and continue');
  await waitUntilConnected(third);
  const { role: mended, minted } = getConnection(sandbox);
  expect(mended.id).toBe(role.id);
  expect(new Set(mended.privileges)).toEqual(new Set(accountPrivileges));
  expect(minted).toBe(1);
  expect((await readRun(harness)).rung).toBe('sign-in');
});
