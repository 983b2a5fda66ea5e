import { adminaAdapter } from './admina/adapter.ts';
import { cloudflareAdapter } from './cloudflare/adapter.ts';
import { integrationApiAdapter } from './integration-api/adapter.ts';
import { juniperMistAdapter } from './juniper-mist/adapter.ts';
import { n8nAdapter } from './n8n/adapter.ts';
import type { ServiceAdapter, ServiceId } from './service.ts';
import { tailscaleAdapter } from './tailscale/adapter.ts';

/** Calls of the services that have any; for the background alone. */
export const adapters: readonly ServiceAdapter[] = [integrationApiAdapter, adminaAdapter, n8nAdapter, tailscaleAdapter, juniperMistAdapter, cloudflareAdapter];

/** @throws {Error} where there is none: the caller has checked before */
export function getServiceAdapter(id: ServiceId): ServiceAdapter {
  const adapter = adapters.find((one) => one.id === id);
  if (!adapter) throw new Error(`no adapter for ${id}`);
  return adapter;
}
