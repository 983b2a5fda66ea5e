import * as z from 'zod/mini';
import { KeyferryError } from '../failure.ts';
import { browser } from '../platform/browser.ts';

/** `local` outlives the browser, `session` lives in memory until it closes. */
export type StorageArea = 'local' | 'session';

const envelope = z.object({ v: z.number(), data: z.unknown() });

/** A stored value of one shape, parsed when written and when read. */
export interface StoredItem<T> {
  readonly area: StorageArea;
  readonly key: string;
  /** The value, or the fallback where nothing (or nothing readable) is stored. An unreadable value is set aside, not overwritten. */
  get(): Promise<T>;
  /** @throws {KeyferryError} bad-input, storage-failed */
  set(value: T): Promise<void>;
  remove(): Promise<void>;
  /** What a raw stored value means; `undefined` where it is unreadable. For `storage.onChanged` and listings. */
  parse(raw: unknown): T | undefined;
}

export interface ItemOptions<T> {
  area: StorageArea;
  key: string;
  schema: z.ZodMiniType<T>;
  /** Counts up with every change of shape. */
  version: number;
  /** From the data of an older version (its number is given) to the newest; result is parsed like any other. */
  migrate?: (data: unknown, from: number) => unknown;
  fallback: T;
}

/** Declares a stored item. One item a file, validated on read and on write. */
export function defineItem<T>({ area, key, schema, version, migrate, fallback }: ItemOptions<T>): StoredItem<T> {
  const store = (): typeof browser.storage.local => browser.storage[area];

  function parse(raw: unknown): T | undefined {
    const wrapped = z.safeParse(envelope, raw);
    if (!wrapped.success) return undefined;
    const { v, data } = wrapped.data;
    // A newer version wrote it: not ours to read, nor to lose.
    if (v > version) return undefined;
    let current = data;
    try {
      if (v < version && migrate) current = migrate(data, v);
    } catch {
      return undefined;
    }
    const parsed = z.safeParse(schema, current);
    return parsed.success ? parsed.data : undefined;
  }

  return {
    area,
    key,
    parse,
    async get() {
      const raw: unknown = (await store().get(key))[key];
      if (raw === undefined) return fallback;
      const value = parse(raw);
      if (value !== undefined) return value;
      await store().set({ [`unreadable:${key}`]: raw });
      return fallback;
    },
    async set(value) {
      const parsed = z.safeParse(schema, value);
      if (!parsed.success) throw new KeyferryError('bad-input', { where: key, field: parsed.error.issues[0]?.path.map(String).join('.') ?? '', problem: 'storage' });
      try {
        await store().set({ [key]: { v: version, data: parsed.data } });
      } catch {
        throw new KeyferryError('storage-failed', { key });
      }
    },
    async remove() {
      await store().remove(key);
    },
  };
}
