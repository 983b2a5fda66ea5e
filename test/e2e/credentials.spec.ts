/** The credentials stop working, or do not work everywhere yet. */
import { clickByName, expect, find, test, waitForText } from './harness/fixtures.ts';
import { callAsAdmin, connect, getConnection, openReady, readRun, reopen, serviceWrites, waitUntilConnected, waitUntilFailed } from './story.ts';

test('another admin makes a new secret in between: explained, then mended on the same client', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  const { page, popup: first } = await openReady(harness, sandbox);
  // The first to ask for a token is Keyferry, the second the service.
  const registering = sandbox.hold({ host: 'fleet-ledger.example', method: 'POST', path: /\/integrations$/, when: 'before' });
  await connect(first);
  await registering.reached;
  const checking = sandbox.hold({ method: 'POST', path: /^\/api\/v1\/oauth\/token$/, when: 'before' });
  registering.release();
  expect((await checking.reached).caller).toBe('server');
  expect(await callAsAdmin(page, 'POST', `/api/v1/api-integrations/${String(acme.clients()[0]?.id)}/client-credentials`)).toBe(200);
  checking.release();
  await expect.poll(() => sandbox.service.integrations()[0]?.errorCode).toBe('credentials_rejected');

  // For a minute that could be the cluster's lag; let the minute have passed.
  await waitForText(first, 'Waiting for the first data');
  await harness.killBackground();
  await harness.inExtension(async (api) => {
    const stored = Object.entries(await api.storage.local.get()).filter(([key]) => key.startsWith('run:')) as [string, { data: { made: { secretAt: number } } }][];
    for (const [key, item] of stored) {
      item.data.made.secretAt -= 70_000;
      await api.storage.local.set({ [key]: item });
    }
  });
  const popup = await reopen(harness, page, first);
  await waitUntilFailed(popup, /Larkspur Robotics could not sign in to Jamf Pro with the new client ID and secret\. Try again\. Keyferry gets a new secret for the same API client\./);
  await harness.screenshot(popup, 'failed-credentials');
  await clickByName(popup, 'button', 'Try again');
  await waitUntilConnected(popup);
  // Keyferry twice, the other admin once.
  expect(getConnection(sandbox).minted).toBe(3);
  expect((await readRun(harness)).made.secrets).toBe(2);
  expect(serviceWrites(sandbox).filter((write) => write.startsWith('POST') && !write.endsWith('/sync'))).toHaveLength(1);
});

test('a cluster whose nodes lag: connects by itself, nothing twice', async ({ harness, sandbox }) => {
  Object.assign(sandbox.tenant('acme').switches, { nodes: 2, lagMs: 4_000 });
  const { popup } = await openReady(harness, sandbox);
  await connect(popup);
  await waitUntilConnected(popup, 40_000);
  expect(getConnection(sandbox).minted).toBe(1);
  const nodes = new Set(sandbox.requests().filter(({ path, caller }) => path === '/api/v1/oauth/token' && caller !== 'page').map(({ node }) => node));
  expect(nodes.size).toBe(2);
  const run = await readRun(harness);
  expect(run).toMatchObject({ tally: { clicks: 1 }, phase: { receipt: { role: { origin: 'created' }, client: { origin: 'created' } } } });
});

test('a console without one of the privileges: asked, then connected without it', async ({ harness, sandbox }) => {
  const acme = sandbox.tenant('acme');
  acme.removePrivilege('Delete Accounts');
  const { popup } = await openReady(harness, sandbox);
  await connect(popup);
  await find(popup, 'heading', 'A privilege is not there');
  await waitForText(popup, /This version of Jamf Pro does not have: Delete Accounts/);
  await harness.screenshot(popup, 'privilege-unknown');
  expect([acme.roles(), acme.clients()]).toEqual([[], []]);
  await clickByName(popup, 'button', 'Go on without');
  await waitUntilConnected(popup);
  expect(new Set(getConnection(sandbox).role.privileges)).toEqual(new Set(['Read Accounts', 'Create Accounts']));
});
