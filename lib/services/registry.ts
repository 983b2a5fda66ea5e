import { integrationApi } from './integration-api/service.ts';
import type { ServiceAdapter, ServiceId } from './service.ts';

/** Harmony Mobile has no API to register with. */
const adapters: Partial<Record<ServiceId, ServiceAdapter>> = { 'integration-api': integrationApi };

export function getService(id: ServiceId): ServiceAdapter {
  const adapter = adapters[id];
  if (!adapter) throw new Error(`no adapter for ${id}`);
  return adapter;
}
