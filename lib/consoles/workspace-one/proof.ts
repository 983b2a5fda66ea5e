import { KeyferryError } from '../../failure.ts';
import { categories, type Quota } from './api-errors.ts';
import type { UemGroup, WorkspaceOneApi } from './api.ts';

/** What the new account turned out to be able to do. */
export interface AccountProof {
  /** Of the product, as `24.10.0.5`; empty where it does not say or may not be asked. */
  version: string;
  /** What the account sees; the topmost first. */
  groups: Pick<UemGroup, 'id' | 'uuid' | 'name' | 'groupId' | 'type'>[];
  devices: number;
  /** `undefined` where they may not be read. */
  smartGroups: number | undefined;
  /** Names in the topmost group. */
  tags: string[];
  quota: Quota | undefined;
  /** Rights that were refused, by their category in the role; empty: proven. */
  missing: string[];
}

/** The topmost group that an account sees: nothing else says which one is its own. */
export function topGroup<T extends Pick<UemGroup, 'id' | 'level' | 'type'>>(groups: readonly T[]): T | undefined {
  const level = (group: T): number => group.level ?? (group.type === 'Customer' ? 0 : 1);
  return groups.reduce<T | undefined>((top, group) => (top === undefined || level(group) < level(top) ? group : top), undefined);
}

/**
 * Uses the account as the service will, by reading only. All rights are tried, so that the admin mends the role once.
 * @param needs the categories that the recipe's role names; a refusal of another one does not count. None named: all count
 * @throws {KeyferryError} everything but a missing right: sign-in, key, API switched off, unreachable
 */
export async function proveAccount(api: WorkspaceOneApi, needs: readonly string[] = []): Promise<AccountProof> {
  const missing = new Set<string>();
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      const failure = thrown instanceof KeyferryError ? thrown.failure : undefined;
      if (failure?.code !== 'uem-right-missing') throw thrown;
      const category = String(failure.params['category']);
      if (needs.length === 0 || needs.includes(category)) missing.add(category);
      return undefined;
    }
  }

  // One after the other: the first one tells whether account and key are right at all.
  const info = await attempt(() => api.readSystemInfo());
  const groups = (await attempt(() => api.searchGroups())) ?? [];
  const devices = await attempt(() => api.countDevices());
  const smartGroups = await attempt(() => api.searchSmartGroups());
  const top = topGroup(groups);
  const tags = top && (await attempt(() => api.searchTags(top)));
  // Without a group there is nothing to ask about: then the group's right is what is missing, or the account sees no group.
  if (!top && missing.size === 0) missing.add(categories.groups);
  return {
    version: info?.version ?? '',
    groups: [...new Set([...(top ? [top] : []), ...groups])].map(({ id, uuid, name, groupId, type }) => ({ id, uuid, name, groupId, type })),
    devices: devices ?? 0,
    smartGroups: smartGroups?.length,
    tags: (tags ?? []).map(({ name }) => name),
    quota: api.quota,
    missing: [...missing],
  };
}
