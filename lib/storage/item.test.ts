import fc from 'fast-check';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { KeyferryError } from '../failure.ts';
import { defineItem } from './item.ts';

const schema = z.object({ names: z.array(z.string()), extra: z.optional(z.number()) });
const fallback = { names: ['fallback'] };
const item = defineItem({
  area: 'local',
  key: 'things',
  schema,
  version: 2,
  // Version 1 was a bare list.
  migrate: (data, from) => {
    if (from !== 1) throw new Error('unknown version');
    return { names: (data as { list: string[] }).list.map((name) => name.toUpperCase()) };
  },
  fallback,
});

const raw = async (): Promise<Record<string, unknown>> => fakeBrowser.storage.local.get(null);
const failureFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (thrown: unknown) => (thrown instanceof KeyferryError ? thrown.failure : thrown));

beforeEach(() => fakeBrowser.reset());

describe('a stored item', { timeout: 60_000 }, () => {
  it('is the fallback until it is set, and stores nothing for reading', async () => {
    expect(await item.get()).toEqual(fallback);
    expect(await raw()).toEqual({});
  });

  it('comes back as it was set, stamped with its version', async () => {
    await item.set({ names: ['a'] });
    expect(await item.get()).toEqual({ names: ['a'] });
    expect(await raw()).toEqual({ things: { v: 2, data: { names: ['a'] } } });
    await item.remove();
    expect(await raw()).toEqual({});
  });

  it('does not store what is not of its shape', async () => {
    await item.set({ names: ['a'] });
    const failure = await failureFrom(item.set({ names: [1] } as unknown as { names: string[] }));
    expect(failure).toMatchObject({ code: 'bad-input', params: { where: 'things', field: 'names.0' } });
    expect(await item.get()).toEqual({ names: ['a'] });
  });

  it('leaves out fields that it does not know', async () => {
    await item.set({ names: [], clientSecret: 'hunter2' } as { names: string[] });
    expect(JSON.stringify(await raw())).not.toContain('hunter2');
  });

  it('says so when the browser does not store it', async () => {
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('QUOTA_BYTES exceeded: hunter2'));
    expect(await failureFrom(item.set({ names: [] }))).toEqual({ code: 'storage-failed', params: { key: 'things' }, certainty: 'not-done' });
  });

  it('migrates an older version, and writes it back only when it is set', async () => {
    const old = { v: 1, data: { list: ['a'] } };
    await fakeBrowser.storage.local.set({ things: old });
    expect(await item.get()).toEqual({ names: ['A'] });
    expect(await raw()).toEqual({ things: old });
  });

  it.each<[string, unknown]>([
    ['text', 'oops'],
    ['a list', []],
    ['no version', { data: { names: [] } }],
    ['a version that is no number', { v: '2', data: { names: [] } }],
    ['data of a wrong shape', { v: 2, data: { names: 'a' } }],
    ['no data', { v: 2 }],
    ['an old version that the migration cannot read', { v: 1, data: null }],
    ['an older version than any', { v: 0, data: {} }],
    ['a version that is still to come', { v: 3, data: { names: ['from the future'] } }],
  ])('sets %s aside, reads the fallback and leaves the original', async (_what, broken) => {
    await fakeBrowser.storage.local.set({ things: broken });
    expect(await item.get()).toEqual(fallback);
    expect(await raw()).toEqual({ things: broken, 'unreadable:things': broken });
    expect(item.parse(broken)).toBeUndefined();
    // What was set aside outlives the next write.
    await item.set({ names: ['new'] });
    expect((await raw())['unreadable:things']).toEqual(broken);
  });

  it('reads JSON that tries to reach prototypes as data or not at all', async () => {
    const table = defineItem({ area: 'session', key: 'table', schema: z.record(z.string(), z.object({ a: z.number() })), version: 1, fallback: {} });
    const hostile: unknown = JSON.parse('{"v":1,"data":{"__proto__":{"a":1},"constructor":{"a":2},"prototype":{"a":3}},"__proto__":{"isAdmin":true}}');
    const parsed = table.parse(hostile) ?? {};
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect((parsed as Record<string, unknown>)['a']).toBeUndefined();
    await expect(table.set(parsed)).resolves.toBeUndefined();
  });

  it('never throws for anything that may lie in storage', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ v: fc.integer({ min: -1, max: 4 }), data: fc.jsonValue() })), (value) => {
        const parsed = item.parse(value);
        if (parsed !== undefined) expect(z.safeParse(schema, parsed).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
