import { describe, expect, it } from 'vitest';
import { KeyferryError } from '../../failure.ts';
import type { UemGroup, WorkspaceOneApi } from './api.ts';
import { proveAccount, topGroup } from './proof.ts';

const group = (id: number, level: number | undefined, type = 'Container'): UemGroup => ({ id, uuid: `u${id}`, name: `G${id}`, groupId: `g${id}`, type, level, parent: undefined });
const quota = { limit: 250_000, remaining: 249_995, resetAt: 1 };
const lacks = (category: string) => async (): Promise<never> => {
  throw new KeyferryError('uem-right-missing', { call: 'GET /x', category, access: 'read' });
};
function api(part: Partial<WorkspaceOneApi> = {}): WorkspaceOneApi {
  return {
    quota,
    readSystemInfo: async () => ({ product: 'Workspace ONE UEM', version: '26.4' }),
    searchGroups: async () => [group(2, 1), group(1, 0, 'Customer'), group(3, 2)],
    countDevices: async () => 20_000,
    searchSmartGroups: async () => [{ id: 5, uuid: undefined, name: 'All', devices: 3 }],
    searchTags: async ({ id }) => [{ id: 4, uuid: undefined, name: `tag of ${id}` }],
    ...part,
  } as WorkspaceOneApi;
}
const devices = 'API > REST > Devices';
const groups = 'API > REST > Groups';
const tags = 'Settings > Tags > Tags';

describe('the proof', () => {
  it('of an account that can do everything', async () => {
    expect(await proveAccount(api(), [devices, groups, tags])).toEqual({
      version: '26.4',
      groups: [1, 2, 3].map((id) => ({ id, uuid: `u${id}`, name: `G${id}`, groupId: `g${id}`, type: id === 1 ? 'Customer' : 'Container' })),
      devices: 20_000,
      smartGroups: 1,
      tags: ['tag of 1'],
      quota,
      missing: [],
    });
  });

  it('names every right that is missing, not just the first', async () => {
    const proof = await proveAccount(api({ countDevices: lacks(devices), searchTags: lacks(tags), searchSmartGroups: lacks(groups) }), [devices, groups, tags]);
    expect(proof).toMatchObject({ devices: 0, smartGroups: undefined, tags: [], missing: [devices, groups, tags] });
  });

  it('each once', async () => {
    const proof = await proveAccount(api({ searchGroups: lacks(groups), searchSmartGroups: lacks(groups) }), [devices, groups]);
    expect(proof).toMatchObject({ groups: [], missing: [groups] });
  });

  it('what the recipe does not name is not missed; without names everything is', async () => {
    const part = { searchTags: lacks(tags) };
    expect((await proveAccount(api(part), [devices])).missing).toEqual([]);
    expect((await proveAccount(api(part))).missing).toEqual([tags]);
  });

  it('an account that sees no group is not proven', async () => {
    expect((await proveAccount(api({ searchGroups: async () => [] }))).missing).toEqual([groups]);
  });

  it.each(['uem-key-refused', 'uem-sign-in-refused', 'console-unreachable'] as const)('%s ends it at once', async (code) => {
    const work = proveAccount(api({ readSystemInfo: () => Promise.reject(new KeyferryError(code)), searchGroups: () => Promise.reject(new Error('asked on')) }));
    await expect(work).rejects.toMatchObject({ failure: { code } });
  });
});

describe('the topmost group', () => {
  it.each<[string, UemGroup[], number | undefined]>([
    ['none', [], undefined],
    ['by level', [group(3, 2), group(1, 0), group(2, 1)], 1],
    ['the first of two', [group(7, 1), group(8, 1)], 7],
    ['without levels: the customer', [group(3, undefined), group(1, undefined, 'Customer')], 1],
  ])('%s', (_what, all, id) => expect(topGroup(all)?.id).toBe(id));
});
