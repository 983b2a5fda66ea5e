import { harmonyMobile } from '../run/uem-view.ts';
import { statusKeySchema, type StatusKey } from '../messages/protocol.ts';
import { heldKeys } from '../storage/services.ts';
import { pack, unpack } from '../vault/packed.ts';
import { Secret } from '../vault/secret.ts';
import { vault } from '../vault/vault.ts';
import type { InfinityPortalKey } from '../services/harmony-mobile/api.ts';

/** The admin's key for the service's own API, held for the browser session. */
export async function holdStatusKey(key: StatusKey | null): Promise<void> {
  const { address } = harmonyMobile;
  if (key) await vault.put('service-key', address, pack(key));
  else await vault.forget('service-key', address);
  const others = (await heldKeys.get()).filter((held) => held !== address);
  await heldKeys.set(key ? [...others, address] : others);
}

export async function readStatusKey(): Promise<InfinityPortalKey | undefined> {
  const key = unpack(statusKeySchema, await vault.get('service-key', harmonyMobile.address));
  return key && { clientId: key.clientId, accessKey: new Secret(key.accessKey), region: key.region };
}
