import * as z from 'zod/mini';
import { harmonyMobile } from '../run/uem-view.ts';
import { statusKeySchema, type StatusKey } from '../messages/protocol.ts';
import { heldKeys } from '../storage/services.ts';
import { Secret } from '../vault/secret.ts';
import { vault } from '../vault/vault.ts';
import type { InfinityPortalKey } from '../services/harmony-mobile/api.ts';

/** The admin's key for the service's own API, held for the browser session. */
export async function holdStatusKey(key: StatusKey | null): Promise<void> {
  const { address } = harmonyMobile;
  if (key) await vault.put('service-key', address, new Secret(JSON.stringify(key)));
  else await vault.forget('service-key', address);
  const others = (await heldKeys.get()).filter((held) => held !== address);
  await heldKeys.set(key ? [...others, address] : others);
}

export async function readStatusKey(): Promise<InfinityPortalKey | undefined> {
  const held = await vault.get('service-key', harmonyMobile.address);
  const key = held && z.safeParse(statusKeySchema, JSON.parse(held.reveal()));
  return key?.success ? { clientId: key.data.clientId, accessKey: new Secret(key.data.accessKey), region: key.data.region } : undefined;
}
