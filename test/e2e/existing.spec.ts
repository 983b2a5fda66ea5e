/** What was there before changes only with the admin's yes, and an undo puts it back. */
import { clickByName, expect, find, test, textOf } from './harness/fixtures.ts';
import { accountPrivileges, connect, consoleWrites, forgetConnection, getConnection, objectName, openReady, readRun, serviceWrites, waitUntilConnected, waitUntilFailed } from './story.ts';

test('a role with other privileges: asked for, left alone, undone, repaired', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  const role = acme.addRole({ displayName: objectName, privileges: ['Read Accounts', 'Read Computers'] });
  const { popup } = await openReady(harness, sandbox);

  await connect(popup);
  await find(popup, 'heading', 'Agree to these changes');
  await harness.screenshot(popup, 'consent-role');
  expect(await textOf(popup)).toContain(`API role “${objectName}” Gains 2 privileges: Create Accounts Delete Accounts Loses 1 privilege: Read Computers This also counts for every other API client`);
  await clickByName(popup, 'button', 'Cancel');
  await find(popup, 'heading', 'Stopped');
  expect(await textOf(popup)).toContain('Nothing was changed.');
  expect([acme.roles(), consoleWrites(sandbox)]).toEqual([[role], []]);
  await clickByName(popup, 'button', 'Close');

  // Agreed, but the service gets lost: the undo puts the old privileges back.
  sandbox.fault({ host: 'fleet-ledger.example', method: 'POST', path: /\/integrations$/, when: 'before', action: 'reset' });
  await connect(popup);
  await clickByName(popup, 'button', 'Agree and continue');
  await waitUntilFailed(popup, /fleet-ledger\.example could not be reached\./);
  await harness.screenshot(popup, 'failed-with-changes');
  expect(new Set(acme.roles()[0]?.privileges)).toEqual(new Set(accountPrivileges));
  await clickByName(popup, 'button', 'Undo the changes');
  await find(popup, 'heading', 'Undone');
  expect(acme.roles().map((row) => ({ ...row, privileges: new Set(row.privileges) }))).toEqual([{ ...role, privileges: new Set(role.privileges) }]);
  expect([acme.clients(), sandbox.service.integrations()]).toEqual([[], []]);
  await clickByName(popup, 'button', 'Done');

  await connect(popup);
  await clickByName(popup, 'button', 'Agree and continue');
  await waitUntilConnected(popup);
  const { role: mended, client } = getConnection(sandbox);
  expect({ ...mended, privileges: new Set(mended.privileges) }).toEqual({ ...role, privileges: new Set(accountPrivileges) });
  expect(client.authorizationScopes).toEqual([objectName]);
  expect(await readRun(harness)).toMatchObject({ phase: { receipt: { role: { origin: 'changed' }, client: { origin: 'created' } } } });
});

test('a client that is there: warned of its new secret, then used again, and once more', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  acme.addRole({ displayName: objectName, privileges: [...accountPrivileges].reverse() });
  const other = acme.addRole({ displayName: 'Reports', privileges: ['Read Computers'] });
  const client = acme.addClient({ displayName: objectName, authorizationScopes: [objectName, 'Reports'], enabled: false });
  const { popup } = await openReady(harness, sandbox);

  await connect(popup);
  await find(popup, 'heading', 'Agree to these changes');
  await harness.screenshot(popup, 'consent-client');
  const warning = await textOf(popup);
  expect(warning).toContain(`API client “${objectName}” A new secret stops the one in use. Whatever still uses the old one loses access at once.`);
  expect(warning).toContain('It loses the other API roles that it has: Reports. It is disabled now and will be enabled.');
  expect([consoleWrites(sandbox), acme.mintedSecrets()]).toEqual([[], []]);
  await clickByName(popup, 'button', 'Agree and continue');
  await waitUntilConnected(popup);
  expect(acme.clients()).toEqual([{ ...client, authorizationScopes: [objectName], enabled: true, accessTokenLifetimeSeconds: 3600 }]);
  expect(acme.mintCount(client.id)).toBe(1);
  expect(acme.roles()).toContainEqual(other);
  expect(await readRun(harness)).toMatchObject({ phase: { receipt: { role: { origin: 'found' }, client: { origin: 'changed' } } } });
  await forgetConnection(popup);

  // Connected already: the same integration gets the new secret.
  const [integration] = sandbox.service.integrations();
  await connect(popup);
  await find(popup, 'heading', 'Agree to these changes');
  expect(await textOf(popup)).toContain('Connection in Larkspur Robotics It gets the new client ID and secret. The ones that it has now are replaced.');
  await clickByName(popup, 'button', 'Agree and continue');
  await waitUntilConnected(popup);
  expect(acme.clients()).toHaveLength(1);
  expect(acme.mintCount(client.id)).toBe(2);
  expect(sandbox.service.integrations()).toEqual([integration]);
  expect(serviceWrites(sandbox)).toEqual(['POST /integration-service/v1/integrations', `PATCH /integration-service/v1/integrations/${String(integration?.id)}`]);
});
