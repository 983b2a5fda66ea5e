import * as z from 'zod/mini';
import { consoleIds, type Tenant } from '../consoles/console.ts';
import { findTenant } from '../consoles/tenants.ts';
import { isBelow } from '../platform/permissions.ts';
import { defineItem } from './item.ts';

const tenant = { console: z.enum(consoleIds), key: z.string(), origin: z.string(), base: z.string().check(z.startsWith('https://')) };
/** `addedAt` in ms since the epoch. */
const ownHost = z.object({ ...tenant, addedAt: z.number() });
export type OwnHost = z.infer<typeof ownHost>;

/** Consoles on hosts of their own that the admin allowed, newest first. The browser's permission for each is the other half. */
export const ownHosts = defineItem({ area: 'local', key: 'own-hosts', schema: z.array(ownHost), version: 1, fallback: [] });

/** What looks like a console in a tab and is not allowed yet: the answer to the last click. */
export const sighting = defineItem({ area: 'session', key: 'sighting', schema: z.nullable(z.object({ tabId: z.number(), tenant: z.object(tenant) })), version: 1, fallback: null });

/** The tenant that an address belongs to: in a vendor's cloud, or on a host that the admin allowed. */
export async function findKnownTenant(url: string): Promise<Tenant | undefined> {
  const inCloud = findTenant(url);
  if (inCloud) return inCloud;
  // Contexts may lie inside each other.
  const [host] = (await ownHosts.get()).filter(({ base }) => isBelow(url, base)).sort((a, b) => b.base.length - a.base.length);
  return host && { console: host.console, key: host.key, origin: host.origin, base: host.base };
}
