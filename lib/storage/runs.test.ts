import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Phase, Run } from '../run/run.ts';
import { createRun } from '../run/transition.ts';
import { runStore } from './runs.ts';

const setup: Run['setup'] = {
  tenant: { console: 'jamf-pro', key: 'acme', origin: 'https://acme.jamfcloud.com', base: 'https://acme.jamfcloud.com' },
  service: { id: 'integration-api', address: 'https://service.example' },
  dataSets: ['accounts'],
  group: null,
  name: 'Keyferry: Org',
};
const makeRun = (id: string, createdAt: number, phase?: Phase): Run => {
  const run = createRun(id, setup, 1, createdAt, { clicks: 1, consoleCalls: 0 });
  return phase ? { ...run, phase } : run;
};
const undone: Phase = { kind: 'undone' };

beforeEach(() => fakeBrowser.reset());

describe('runStore', () => {
  it('keeps a Run in storage.local under its own key', async () => {
    await runStore.put(makeRun('a', 1));
    expect(Object.keys(await fakeBrowser.storage.local.get(null))).toEqual(['run:a']);
    expect(await runStore.get('a')).toEqual(makeRun('a', 1));
    expect(await runStore.get('b')).toBeUndefined();
  });

  it('reads a Run from before consoles had a context path', async () => {
    const { tenant: { base, ...tenant }, ...rest } = setup;
    await fakeBrowser.storage.local.set({ 'run:old': { v: 1, data: { ...makeRun('old', 1), setup: { ...rest, tenant } } } });
    expect((await runStore.get('old'))?.setup.tenant).toEqual({ ...tenant, base });
    expect((await runStore.list()).map((run) => run.id)).toEqual(['old']);
  });

  it('lists newest first', async () => {
    for (const [id, at] of [['b', 2], ['c', 3], ['a', 1]] as const) await runStore.put(makeRun(id, at));
    expect((await runStore.list()).map((run) => run.id)).toEqual(['c', 'b', 'a']);
  });

  it.each<[string, unknown]>([
    ['text', 'oops'],
    ['null data', { v: 1, data: null }],
    ['half a Run', { v: 1, data: { id: 'broken', createdAt: 5 } }],
    ['a phase that is none', { v: 1, data: { ...makeRun('broken', 5), phase: { kind: 'dancing' } } }],
    ['a newer version', { v: 99, data: makeRun('broken', 5) }],
  ])('a broken one (%s) hides no other, and can be read as none', async (_what, broken) => {
    await runStore.put(makeRun('a', 1));
    await fakeBrowser.storage.local.set({ 'run:broken': broken });
    await runStore.put(makeRun('b', 9));
    expect((await runStore.list()).map((run) => run.id)).toEqual(['b', 'a']);
    expect(await runStore.get('broken')).toBeUndefined();
    // Set aside under a name that is no Run's.
    expect((await runStore.list()).map((run) => run.id)).toEqual(['b', 'a']);
    await runStore.prune();
    expect((await fakeBrowser.storage.local.get('run:broken'))['run:broken']).toEqual(broken);
  });

  it('overlooks what is no Run', async () => {
    await fakeBrowser.storage.local.set({ services: { v: 1, data: [] }, 'runner:x': 1, 'unreadable:run:x': 2 });
    expect(await runStore.list()).toEqual([]);
    expect(['run:a', 'services', 'unreadable:run:a', 'runs'].filter(runStore.isRunKey)).toEqual(['run:a']);
  });

  it('keeps the newest fifty finished Runs and every open one', async () => {
    for (let at = 1; at <= 55; at++) await runStore.put(makeRun(`done-${String(at)}`, at, undone));
    await runStore.put(makeRun('oldest-but-open', 0));
    await runStore.put({ ...makeRun('dismissed', 0.5, { kind: 'cancelled', step: 'role' }), dismissed: true });
    await runStore.prune();
    const left = (await runStore.list()).map((run) => run.id);
    expect(left).toHaveLength(51);
    expect(left).toContain('oldest-but-open');
    expect(left).not.toContain('dismissed');
    expect(left[0]).toBe('done-55');
    expect(left).toContain('done-6');
    expect(left).not.toContain('done-5');
  });

  it('refuses a Run that could not be read again', async () => {
    await expect(runStore.put({ ...makeRun('a', 1), setup: { ...setup, dataSets: [] } })).rejects.toMatchObject({ failure: { code: 'bad-input' } });
    expect(await runStore.list()).toEqual([]);
  });
});
