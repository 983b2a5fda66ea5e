import * as z from 'zod/mini';
import { browser } from '../platform/browser.ts';
import { Secret } from './secret.ts';

/*
 * Where secrets wait while their Run lasts: storage.session, which lives in memory only, is closed to content scripts, and
 * survives the background (docs/decisions/0003). No other file knows its keys; lint keeps all but the background out.
 */

/** Kinds of secrets, each with how long it may lie here, ms. */
const lifetimes = {
  /** The one-time client secret, from minting to registration. */
  'client-secret': 15 * 60_000,
  /** A local account's token on the rung "sign in"; the console's own expiry may be sooner. */
  'console-token': 30 * 60_000,
  /** The console page's own token on the rung "borrowed token"; likewise. */
  'page-token': 30 * 60_000,
  /** A Workspace ONE UEM REST API key, from the console's page to the service's form. */
  'api-key': 60 * 60_000,
  /** The generated password of the API-only administrator, likewise. */
  'admin-password': 60 * 60_000,
  /** Name and password of the admin's own account, for making that administrator by API. */
  'admin-account': 5 * 60_000,
  /** The admin's key for a service: for the browser session, until removed. */
  'service-key': Infinity,
} as const;
/** Fires when something may be past its time; whoever hears it calls `sweep`. */
export const vaultAlarm = 'keyferry-vault';

export type SecretKind = keyof typeof lifetimes;

const entrySchema = z.object({ value: z.string().check(z.minLength(1)), expiresAt: z.nullable(z.number()) });

const keyOf = (kind: SecretKind, owner: string): string => `vault:${kind}:${owner}`;

/** Reads, and forgets what is past its time. `owner` is a Run's id or a service's address. */
export const vault = {
  /** @param expiresAt ms since the epoch, where it is sooner than the kind's own limit */
  async put(kind: SecretKind, owner: string, secret: Secret, expiresAt = Infinity): Promise<void> {
    const latest = Math.min(Date.now() + lifetimes[kind], expiresAt);
    const expires = Number.isFinite(latest);
    await browser.storage.session.set({ [keyOf(kind, owner)]: { value: secret.reveal(), expiresAt: expires ? latest : null } });
    // Forgotten in time even if nothing else wakes the background.
    if (expires) void browser.alarms.create(vaultAlarm, { when: latest });
  },

  async get(kind: SecretKind, owner: string): Promise<Secret | undefined> {
    const key = keyOf(kind, owner);
    const parsed = z.safeParse(entrySchema, (await browser.storage.session.get(key))[key]);
    if (!parsed.success) return undefined;
    if (parsed.data.expiresAt !== null && parsed.data.expiresAt <= Date.now()) {
      await browser.storage.session.remove(key);
      return undefined;
    }
    return new Secret(parsed.data.value);
  },

  async forget(kind: SecretKind, owner: string): Promise<void> {
    await browser.storage.session.remove(keyOf(kind, owner));
  },

  /** Removes all that is past its time, and all of Runs that no longer need it. */
  async sweep(openRuns: ReadonlySet<string>): Promise<void> {
    const all: Record<string, unknown> = await browser.storage.session.get(null);
    const dead = Object.entries(all).filter(([key, raw]) => {
      const [room, kind, owner] = key.split(':', 3);
      if (room !== 'vault') return false;
      const parsed = z.safeParse(entrySchema, raw);
      if (!parsed.success || (parsed.data.expiresAt !== null && parsed.data.expiresAt <= Date.now())) return true;
      return kind !== 'service-key' && !openRuns.has(owner ?? '');
    });
    if (dead.length > 0) await browser.storage.session.remove(dead.map(([key]) => key));
  },

  /** Chromium can be told so; in Firefox and by default session storage is closed to content scripts anyway. */
  async closeToContentScripts(): Promise<void> {
    const area = browser.storage.session as typeof browser.storage.session & { setAccessLevel?: (options: { accessLevel: string }) => Promise<void> };
    await area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  },
};
