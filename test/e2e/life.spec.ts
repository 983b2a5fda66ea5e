/** Life after the first connection: looked at, renewed, changed, mended, ended, begun again. */
import { clickByName, expect, test } from './harness/fixtures.ts';
import { begin, check, counts, expectEnd, readConnection, readConnections, send, tabOf } from './later.ts';
import { accountPrivileges, connect, consoleWrites, devicePrivileges, getConnection, objectName, openReady, readRun, serviceWrites, waitUntilConnected, waitUntilFailed } from './story.ts';

test('a connection’s whole life: checked, renewed, changed, mended, read again, ended, begun again', async ({ harness, sandbox }) => {
  test.setTimeout(180_000);
  const acme = sandbox.tenant('acme');
  const { page, popup } = await openReady(harness, sandbox);
  await connect(popup);
  await waitUntilConnected(popup);
  await clickByName(popup, 'button', 'Done');
  const first = getConnection(sandbox);
  expect(await readConnection(harness)).toMatchObject({ setup: { name: objectName }, made: { role: { origin: 'created' }, client: { origin: 'created' }, registration: { origin: 'created' } }, checked: null });

  // Looking changes nothing.
  sandbox.clearRequests();
  expect(await check(harness, acme)).toMatchObject({ state: 'connected', failure: null, missing: [], surplus: [], accounts: first.integration.accounts });
  expect([consoleWrites(sandbox), serviceWrites(sandbox)]).toEqual([[], []]);

  // A new secret: the old one ends, the service has read with the new one.
  await begin(harness, acme, 'rotate');
  await expectEnd(harness, 'rotate', 'connected');
  const rotated = getConnection(sandbox);
  expect(rotated).toEqual({ ...first, minted: 2 });
  const [before, after] = acme.mintedSecrets();
  expect([await counts(page, acme, before), await counts(page, acme, after)]).toEqual([false, true]);
  expect((await readRun(harness)).tally.clicks).toBe(1);

  // Devices of one site, under another name at the service; no new secret, and the console's names stay.
  await begin(harness, acme, 'edit', { dataSets: ['accounts', 'devices'], group: { id: '2', name: 'Osaka' }, name: 'Fleet, Osaka' });
  await expectEnd(harness, 'edit', 'connected');
  const edited = getConnection(sandbox);
  expect(edited.minted).toBe(2);
  expect([edited.role.displayName, edited.client.displayName]).toEqual([objectName, objectName]);
  expect(new Set(edited.role.privileges)).toEqual(new Set([...accountPrivileges, ...devicePrivileges]));
  expect(edited.integration).toMatchObject({ id: first.integration.id, name: 'Fleet, Osaka', dataSets: ['accounts', 'devices'], site: { id: '2' } });
  expect(edited.integration.devices).toBeGreaterThan(0);

  // By hand, in the console.
  const [kept] = devicePrivileges;
  const changed = [...accountPrivileges, kept!, 'Read Policies'];
  const status = await page.evaluate(
    async (id, body) => (await fetch(`/api/v1/api-roles/${id}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status,
    edited.role.id,
    JSON.stringify({ displayName: objectName, privileges: changed }),
  );
  expect(status).toBe(200);
  const seen = await check(harness, acme);
  expect(seen).toMatchObject({ state: 'rights-changed', failure: null, surplus: ['Read Policies'] });
  expect(new Set(seen?.missing)).toEqual(new Set(devicePrivileges.filter((name) => name !== kept)));
  await begin(harness, acme, 'rights');
  await expectEnd(harness, 'rights', 'connected');
  expect(getConnection(sandbox)).toEqual({ ...edited, role: { ...edited.role, privileges: expect.arrayContaining(edited.role.privileges) as string[] } });
  expect(acme.roles()[0]?.privileges).toHaveLength(edited.role.privileges.length);
  expect(await check(harness, acme)).toMatchObject({ state: 'connected', missing: [], surplus: [] });

  sandbox.clearRequests();
  const { id } = await readConnection(harness);
  expect(await send(harness, 'sync-connection', { id })).toBe('done');
  expect((await readConnection(harness)).checked).toMatchObject({ state: 'connected', accounts: edited.integration.accounts, devices: edited.integration.devices });
  expect([serviceWrites(sandbox), consoleWrites(sandbox)]).toEqual([[`POST /integration-service/v1/integrations/${edited.integration.id}/sync`], []]);

  expect(await send(harness, 'disconnect', { id, removesConsole: true, tabId: await tabOf(harness, acme), clicks: 2 })).toBe('done');
  await expectEnd(harness, 'disconnect', 'undone');
  expect([acme.roles(), acme.clients(), sandbox.service.integrations()]).toEqual([[], [], []]);
  await expect.poll(() => readConnections(harness)).toEqual([]);

  const { tenant, service } = (await readRun(harness)).setup;
  const setup = { tenant, service, dataSets: ['accounts'], group: null, name: objectName };
  expect(await send(harness, 'connect', { setup, tabId: await tabOf(harness, acme), clicks: 1 })).toBe('done');
  await expectEnd(harness, undefined, 'connected');
  expect(getConnection(sandbox).minted).toBe(1);
  expect(await readConnection(harness)).toMatchObject({ made: { role: { origin: 'created' }, client: { origin: 'created' }, registration: { origin: 'created' } } });
});

test('the service refuses a new secret: said, kept in mind, and handed over in the end', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  const { page, popup } = await openReady(harness, sandbox);
  await connect(popup);
  await waitUntilConnected(popup);
  await clickByName(popup, 'button', 'Done');
  await popup.close().catch(() => undefined);
  const updating = { host: 'fleet-ledger.example', method: 'PATCH', when: 'before', action: { status: 503, headers: { 'access-control-allow-origin': '*' }, body: '{}' } } as const;
  sandbox.fault(updating);
  await begin(harness, acme, 'rotate');
  await expectEnd(harness, 'rotate', 'failed');
  const again = await harness.openPopup(page);
  await waitUntilFailed(again, /fleet-ledger\.example has too much to do right now\. The earlier client secret has not worked since .*\. Larkspur Robotics still has the earlier one, so it cannot read Jamf Pro\. Wait a minute, then try again\./);
  await harness.screenshot(again, 'failed-rotate');
  const [old, fresh] = acme.mintedSecrets();
  expect([await counts(page, acme, old), await counts(page, acme, fresh)]).toEqual([false, true]);
  expect((await readConnection(harness)).checked).toMatchObject({ state: 'failing', failure: { code: 'secret-not-handed-over' } });
  // The service has not noticed; Keyferry knows better.
  expect(sandbox.service.integrations()[0]?.status).toBe('connected');
  expect(await check(harness, acme)).toMatchObject({ state: 'failing', failure: { code: 'secret-not-handed-over' } });

  const popupAgain = await harness.openPopup(page);
  await clickByName(popupAgain, 'button', 'Try again');
  await expectEnd(harness, 'rotate', 'connected');
  // The very secret that waited.
  expect(getConnection(sandbox).minted).toBe(2);
  expect(await counts(page, acme, fresh)).toBe(true);
  expect((await readConnection(harness)).checked).toBeNull();
  expect(await check(harness, acme)).toMatchObject({ state: 'connected' });
});

test('what is gone is named, and nothing is made in its place', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  const { page, popup } = await openReady(harness, sandbox);
  await connect(popup);
  await waitUntilConnected(popup);
  await clickByName(popup, 'button', 'Done');
  const { client } = getConnection(sandbox);
  expect(await page.evaluate(async (id) => (await fetch(`/api/v1/api-integrations/${String(id)}`, { method: 'DELETE' })).status, client.id)).toBe(204);
  sandbox.clearRequests();
  await begin(harness, acme, 'rotate');
  await expectEnd(harness, 'rotate', 'failed');
  const again = await harness.openPopup(page);
  await waitUntilFailed(again, new RegExp(`The API client “${objectName}” is no longer there`));
  expect([consoleWrites(sandbox), serviceWrites(sandbox), acme.clients()]).toEqual([[], [], []]);
  expect((await readConnection(harness)).checked).toMatchObject({ state: 'gone', failure: { code: 'connection-gone', params: { what: 'client' } } });
  await clickByName(again, 'button', 'Close');

  // What is there no more needs no removing.
  const { id } = await readConnection(harness);
  expect(await send(harness, 'disconnect', { id, removesConsole: true, tabId: await tabOf(harness, acme), clicks: 2 })).toBe('done');
  await expectEnd(harness, 'disconnect', 'undone');
  expect([acme.roles(), acme.clients(), sandbox.service.integrations()]).toEqual([[], [], []]);
  await expect.poll(() => readConnections(harness)).toEqual([]);
});
