/** The browser stops the background at each request of a Run: it goes on when it wakes, and nothing is there twice. */
import type { Page } from 'puppeteer-core';
import type { RequestMatch, Sandbox } from '../sandbox/types.ts';
import { expect, test } from './harness/fixtures.ts';
import { callAsAdmin, connect, forgetConnection, getConnection, openReady, readRun, reopen, waitUntilConnected } from './story.ts';

interface Point {
  name: string;
  at: RequestMatch;
  /** Before: the request is on its way. After: its effect is there, its answer is not. */
  when: 'before' | 'after';
}

const service = 'fleet-ledger.example';
const requests: Record<string, Omit<Point, 'when'>[]> = {
  'while it looks': [
    { name: 'service key', at: { host: service, method: 'GET', path: /\/organization$/ } },
    { name: 'access', at: { method: 'GET', path: /^\/api\/v1\/auth$/ } },
    { name: 'privileges', at: { method: 'GET', path: /\/api-role-privileges$/ } },
    { name: 'roles', at: { method: 'GET', path: /\/api-roles\?/ } },
    { name: 'clients', at: { method: 'GET', path: /\/api-integrations\?/ } },
    { name: 'integrations', at: { host: service, method: 'GET', path: /\/integrations\?/ } },
  ],
  'while it writes': [
    { name: 'create role', at: { method: 'POST', path: /\/api-roles$/ } },
    { name: 'create client', at: { method: 'POST', path: /\/api-integrations$/ } },
    { name: 'mint', at: { method: 'POST', path: /\/client-credentials$/ } },
  ],
  'while it hands over': [
    { name: 'proof', at: { method: 'POST', path: /^\/api\/v1\/oauth\/token$/ } },
    { name: 'register', at: { host: service, method: 'POST', path: /\/integrations$/ } },
    { name: 'outcome', at: { host: service, method: 'GET', path: /\/integrations\/int_/ } },
  ],
};

const everything = Object.values(requests).flatMap((points) => points.flatMap((point) => (['before', 'after'] as const).map((when) => ({ ...point, when }))));
/** Where most can go wrong; all in Chromium with EVERYTHING=1. Firefox takes too long to start and to stop. */
const sample = ['access before', 'create role after', 'create client before', 'mint after', 'register after', 'outcome before'];

for (const part of [...Object.keys(requests), 'at a sample of moments']) {
  test(`stopped ${part}, it goes on when the popup is opened`, async ({ harness, sandbox, browserName }) => {
    const isSample = browserName === 'firefox' || !process.env['EVERYTHING'];
    test.skip(isSample !== (part === 'at a sample of moments'), 'another selection');
    test.setTimeout(120_000);
    const points = everything.filter((point) => (isSample ? sample.includes(`${point.name} ${point.when}`) : requests[part]?.some(({ name }) => name === point.name)));
    const { page, popup: opened } = await openReady(harness, sandbox);
    let popup = opened;
    for (const { name, at, when } of points) {
      await test.step(`${name}, ${when}`, async () => {
        const held = sandbox.hold({ ...at, when });
        await connect(popup);
        await held.reached;
        await harness.killBackground();
        held.release();
        popup = await reopen(harness, page, popup);
        await waitUntilConnected(popup);

        const { minted } = getConnection(sandbox);
        expect(minted, 'secrets').toBe(name === 'mint' ? 2 : 1);
        const run = await readRun(popup);
        expect(run.phase).toMatchObject({ receipt: { role: { origin: 'created' }, client: { origin: 'created' } } });
        expect(run.tally.clicks).toBe(1);
        expect(run.journal.map(({ what }) => what)).toContain('woke');
        await cleanUp(page, popup, sandbox);
      });
    }
  });
}

/** Takes away what was connected, as if it had never been, and leaves the popup one click before Connect. */
async function cleanUp(page: Page, popup: Page, sandbox: Sandbox): Promise<void> {
  const { role, client, integration } = getConnection(sandbox);
  expect(await callAsAdmin(page, 'DELETE', `/api/v1/api-integrations/${String(client.id)}`)).toBe(204);
  expect(await callAsAdmin(page, 'DELETE', `/api/v1/api-roles/${role.id}`)).toBe(204);
  const deleted = await popup.evaluate(
    async (url, key) => (await fetch(url, { method: 'DELETE', headers: { Authorization: `Bearer ${key}` } })).status,
    `${sandbox.service.origin}/integration-service/v1/integrations/${integration.id}`,
    sandbox.service.apiKey,
  );
  expect(deleted).toBe(204);
  sandbox.clearRequests();
  await forgetConnection(popup);
}

test('without the popup the browser’s alarm wakes it', async ({ harness, sandbox }) => {
  const { page, popup: first } = await openReady(harness, sandbox);
  const held = sandbox.hold({ method: 'POST', path: /\/client-credentials$/, when: 'after' });
  await connect(first);
  await held.reached;
  const findAlarm = (): Promise<unknown> => harness.inExtension((api) => api.alarms.get('keyferry-run').then((alarm) => alarm?.periodInMinutes ?? null));
  expect(await findAlarm()).toBe(0.5);
  await first.close();
  await harness.killBackground();
  held.release();
  // Sooner than in half a minute, which is all that is different from the real one.
  await harness.inExtension((api) => api.alarms.create('keyferry-run', { delayInMinutes: 0.02, periodInMinutes: 0.5 }));
  await expect.poll(() => sandbox.service.integrations()[0]?.status, { timeout: 45_000 }).toBe('connected');
  await expect.poll(async () => (await readRun(harness)).phase.kind).toBe('connected');
  await expect.poll(findAlarm).toBe(null);
  await waitUntilConnected(await harness.openPopup(page));
  expect(getConnection(sandbox).minted).toBe(2);
});
