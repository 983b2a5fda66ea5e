import { admina } from './admina/service.ts';
import { cloudflare } from './cloudflare/service.ts';
import { harmonyMobile } from './harmony-mobile/service.ts';
import { integrationApi } from './integration-api/service.ts';
import { juniperMist } from './juniper-mist/service.ts';
import { n8n } from './n8n/service.ts';
import type { Service, ServiceId } from './service.ts';
import { tailscale } from './tailscale/service.ts';

/** Every service, in the order of the list that people see: data alone, light enough for the popup. How it is called: `adapters.ts`. */
export const services: readonly Service[] = [integrationApi, admina, n8n, tailscale, juniperMist, cloudflare, harmonyMobile];

export function findService(id: ServiceId): Service | undefined {
  return services.find((service) => service.id === id);
}

/** Where its form is. */
export const formAddressOf = ({ id, address }: { id: ServiceId; address: string }): string => findService(id)?.site ?? address;

/** @throws {Error} where there is none: the caller has checked before */
export function getService(id: ServiceId): Service {
  const service = findService(id);
  if (!service) throw new Error(`no service ${id}`);
  return service;
}
