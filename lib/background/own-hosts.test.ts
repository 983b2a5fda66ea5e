import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeOwnTenant } from '../consoles/tenants.ts';
import { findKnownTenant, ownHosts, sighting } from '../storage/hosts.ts';
import { addOwnHost, forgetOwnHost, lookAtTab, watchOwnHosts } from './own-hosts.ts';

let recognised: string[] = [];
// Pictures need a browser.
vi.mock('./recognised-icon.ts', () => ({
  showRecognisedConsoles: (hosts: { base: string }[]) => {
    recognised = hosts.map(({ base }) => base);
    return Promise.resolve();
  },
}));

const one = 'https://mdm.corp.example:8443/one';
const two = 'https://mdm.corp.example:8443/two';
const pattern = 'https://mdm.corp.example/*';
const tenantOf = (base: string) => makeOwnTenant('jamf-pro', base)!;

/** The browser: what is granted, what is registered, who listens. */
let granted: Set<string>;
let scripts: Map<string, string[]>;
let listeners: Record<'onInstalled' | 'onStartup' | 'onAdded' | 'onRemoved', (change: object) => void>;
const executeScript = vi.fn<(injection: object) => Promise<{ result?: unknown }[]>>();

beforeEach(() => {
  fakeBrowser.reset();
  granted = new Set();
  scripts = new Map();
  executeScript.mockReset().mockResolvedValue([]);
  listeners = {} as typeof listeners;
  const event = (name: keyof typeof listeners) => ({ addListener: (listener: (change: object) => void) => void (listeners[name] = listener) });
  Object.assign(fakeBrowser.permissions, {
    contains: ({ origins }: { origins: string[] }) => Promise.resolve(origins.every((origin) => granted.has(origin))),
    remove: ({ origins }: { origins: string[] }) => Promise.resolve(origins.every((origin) => granted.delete(origin))),
    onAdded: event('onAdded'),
    onRemoved: event('onRemoved'),
  });
  Object.assign(fakeBrowser.runtime, { onInstalled: event('onInstalled'), onStartup: event('onStartup') });
  Object.assign(fakeBrowser.scripting, {
    executeScript,
    getRegisteredContentScripts: () => Promise.resolve([...scripts].map(([id, matches]) => ({ id, matches }))),
    registerContentScripts: (added: { id: string; matches: string[] }[]) => {
      for (const { id, matches } of added) {
        if (scripts.has(id)) throw new Error(`Duplicate script ID ${id}`);
        scripts.set(id, matches);
      }
      return Promise.resolve();
    },
    unregisterContentScripts: ({ ids }: { ids: string[] }) => Promise.resolve(ids.forEach((id) => scripts.delete(id))),
  });
});

async function allow(base: string): Promise<void> {
  await sighting.set({ tabId: 3, tenant: tenantOf(base) });
  granted.add(pattern);
  await addOwnHost(base);
}
const bases = async (): Promise<string[]> => (await ownHosts.get()).map((host) => host.base);

describe('looking', () => {
  const facts = { url: `${one}/view/dashboard`, title: 'Dashboard - Jamf Pro', version: '', elements: [], hasUpgradeModule: false, healthy: ['/one'] };

  it('keeps what it saw, for this tab', async () => {
    executeScript.mockResolvedValue([{ result: facts }]);
    await lookAtTab(3);
    expect(executeScript).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ target: { tabId: 3, frameIds: [0] } }));
    expect(await sighting.get()).toEqual({ tabId: 3, tenant: tenantOf(one) });
  });

  it.each<[string, () => void]>([
    ['no console', () => executeScript.mockResolvedValue([{ result: { ...facts, healthy: [] } }])],
    ['a vendor\'s host that is none', () => executeScript.mockResolvedValue([{ result: { ...facts, url: 'https://acme.protect.jamfcloud.com/' } }])],
    ['a page that the click does not reach', () => executeScript.mockRejectedValue(new Error('Cannot access contents of the page'))],
  ])('%s: what was seen before is forgotten', async (_what, happen) => {
    await sighting.set({ tabId: 3, tenant: tenantOf(one) });
    happen();
    await lookAtTab(3);
    expect(await sighting.get()).toBeNull();
  });
});

describe('allowing', () => {
  it('makes the console known and registers its content script', async () => {
    await allow(one);
    expect(await findKnownTenant(`${one}/view/dashboard`)).toEqual(tenantOf(one));
    expect([...scripts.values()]).toEqual([[pattern]]);
    expect(recognised).toEqual([one]);
  });

  it('nothing that was not seen, nothing that the browser was not allowed', async () => {
    granted.add(pattern);
    await expect(addOwnHost(one)).rejects.toMatchObject({ failure: { code: 'bad-input' } });
    await sighting.set({ tabId: 3, tenant: tenantOf(two) });
    await expect(addOwnHost(one)).rejects.toMatchObject({ failure: { code: 'bad-input' } });
    granted.clear();
    await expect(addOwnHost(two)).rejects.toMatchObject({ failure: { code: 'console-permission-missing', params: { host: 'mdm.corp.example:8443' } } });
    expect(await bases()).toEqual([]);
    expect(scripts.size).toBe(0);
  });

  it('the browser says so first, the popup after it: one entry, one script', async () => {
    watchOwnHosts();
    await sighting.set({ tabId: 3, tenant: tenantOf(one) });
    granted.add(pattern);
    listeners.onAdded({ origins: [pattern] });
    await addOwnHost(one);
    await vi.waitFor(async () => expect(await bases()).toEqual([one]));
    expect(scripts.size).toBe(1);
  });

  it('another address was allowed, as of a service: no console', async () => {
    watchOwnHosts();
    await sighting.set({ tabId: 3, tenant: tenantOf(one) });
    granted.add('https://fleet-ledger.example/*');
    listeners.onAdded({ origins: ['https://fleet-ledger.example/*'] });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await bases()).toEqual([]);
  });
});

describe('forgetting', () => {
  it('two consoles of one host share the permission; it goes with the last', async () => {
    await allow(one);
    await allow(two);
    expect([...scripts.values()]).toEqual([[pattern]]);
    await forgetOwnHost(one);
    expect([await bases(), granted.size, scripts.size]).toEqual([[two], 1, 1]);
    await forgetOwnHost(two);
    expect([await bases(), granted.size, scripts.size]).toEqual([[], 0, 0]);
    await forgetOwnHost(two);
  });

  it('a host that a policy grants for good: entry and script go all the same', async () => {
    await allow(one);
    Object.assign(fakeBrowser.permissions, { remove: () => Promise.reject(new Error('You cannot remove required permissions.')) });
    await forgetOwnHost(one);
    expect([await bases(), scripts.size]).toEqual([[], 0]);
  });

  it('the browser\'s settings take the permission away: entry and script go', async () => {
    watchOwnHosts();
    await allow(one);
    granted.clear();
    listeners.onRemoved({ origins: [pattern] });
    await vi.waitFor(() => expect(scripts.size).toBe(0));
    expect(await bases()).toEqual([]);
    await vi.waitFor(() => expect(recognised).toEqual([]));
  });

  it.each(['onInstalled', 'onStartup'] as const)('%s: a script that was lost is registered again, others are left alone', async (event) => {
    watchOwnHosts();
    await allow(one);
    scripts.clear();
    scripts.set('another', ['https://x.example/*']);
    listeners[event]({});
    await vi.waitFor(() => expect([...scripts.values()]).toEqual([['https://x.example/*'], [pattern]]));
  });
});
