import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Secret } from './secret.ts';
import { vault, type SecretKind } from './vault.ts';

const minute = 60_000;

beforeEach(() => {
  fakeBrowser.reset();
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const stored = async (): Promise<string[]> => Object.keys(await fakeBrowser.storage.session.get(null));

describe('vault', () => {
  it('gives back what was put, by kind and owner', async () => {
    await vault.put('client-secret', 'run-1', new Secret('one'));
    await vault.put('client-secret', 'run-2', new Secret('two'));
    expect((await vault.get('client-secret', 'run-1'))?.reveal()).toBe('one');
    expect((await vault.get('client-secret', 'run-2'))?.reveal()).toBe('two');
    expect(await vault.get('console-token', 'run-1')).toBeUndefined();
    expect(await vault.get('client-secret', 'run-3')).toBeUndefined();
  });

  it('lies in the session area alone, which never reaches the disk', async () => {
    await vault.put('service-key', 'https://service.example', new Secret('key'));
    expect(await fakeBrowser.storage.local.get(null)).toEqual({});
    expect(await stored()).toEqual(['vault:service-key:https://service.example']);
  });

  it.each<[SecretKind, number, boolean]>([
    ['client-secret', 15 * minute - 1, true],
    ['client-secret', 15 * minute, false],
    ['console-token', 30 * minute - 1, true],
    ['console-token', 30 * minute, false],
    ['service-key', 365 * 24 * 60 * minute, true],
  ])('%s after %i ms: there is %s', async (kind, passed, isThere) => {
    await vault.put(kind, 'run-1', new Secret('one'));
    vi.setSystemTime(Date.now() + passed);
    expect((await vault.get(kind, 'run-1')) !== undefined).toBe(isThere);
    // Not only refused: gone.
    expect(await stored()).toHaveLength(isThere ? 1 : 0);
  });

  it('ends sooner where its giver says so, never later', async () => {
    await vault.put('console-token', 'a', new Secret('one'), Date.now() + minute);
    await vault.put('console-token', 'b', new Secret('one'), Date.now() + 600 * minute);
    vi.setSystemTime(Date.now() + minute);
    expect(await vault.get('console-token', 'a')).toBeUndefined();
    expect(await vault.get('console-token', 'b')).toBeDefined();
    vi.setSystemTime(Date.now() + 30 * minute);
    expect(await vault.get('console-token', 'b')).toBeUndefined();
  });

  it('a newer secret takes the place of the older', async () => {
    await vault.put('client-secret', 'run-1', new Secret('one'));
    await vault.put('client-secret', 'run-1', new Secret('two'));
    expect((await vault.get('client-secret', 'run-1'))?.reveal()).toBe('two');
  });

  it('forgets, also twice', async () => {
    await vault.put('client-secret', 'run-1', new Secret('one'));
    await vault.forget('client-secret', 'run-1');
    await vault.forget('client-secret', 'run-1');
    expect(await stored()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['text', 'one'],
    ['no value', { expiresAt: null }],
    ['an empty value', { value: '', expiresAt: null }],
    ['no time', { value: 'one' }],
    ['a wrong time', { value: 'one', expiresAt: 'never' }],
  ])('takes a broken entry (%s) for none, and sweeps it', async (_what, entry) => {
    await fakeBrowser.storage.session.set({ 'vault:client-secret:run-1': entry });
    expect(await vault.get('client-secret', 'run-1')).toBeUndefined();
    await vault.sweep(new Set(['run-1']));
    expect(await stored()).toEqual([]);
  });

  it('sweeps what is past its time and what belongs to no open Run; keeps the rest and what is not its own', async () => {
    await fakeBrowser.storage.session.set({ drafts: { v: 1, data: {} }, 'vaulted:x': 1 });
    await vault.put('client-secret', 'open', new Secret('one'));
    await vault.put('console-token', 'open', new Secret('one'));
    await vault.put('client-secret', 'closed', new Secret('one'));
    await vault.put('console-token', 'closed', new Secret('one'));
    await vault.put('console-token', 'open-but-late', new Secret('one'), Date.now() + 1);
    await vault.put('service-key', 'https://service.example', new Secret('one'));
    vi.setSystemTime(Date.now() + 1);
    await vault.sweep(new Set(['open', 'open-but-late']));
    expect((await stored()).sort()).toEqual(['drafts', 'vault:client-secret:open', 'vault:console-token:open', 'vault:service-key:https://service.example', 'vaulted:x']);
  });

  it('closes session storage to content scripts where the browser can be told so', async () => {
    const area = fakeBrowser.storage.session as { setAccessLevel?: unknown };
    const original = area.setAccessLevel;
    const setAccessLevel = vi.fn().mockResolvedValue(undefined);
    area.setAccessLevel = setAccessLevel;
    await vault.closeToContentScripts();
    expect(setAccessLevel).toHaveBeenCalledExactlyOnceWith({ accessLevel: 'TRUSTED_CONTEXTS' });
    // As in Firefox.
    area.setAccessLevel = undefined;
    await expect(vault.closeToContentScripts()).resolves.toBeUndefined();
    area.setAccessLevel = original;
  });
});
