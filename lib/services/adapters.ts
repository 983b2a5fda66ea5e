import { integrationApiAdapter } from './integration-api/adapter.ts';
import type { ServiceAdapter, ServiceId } from './service.ts';

/** Calls of the services that have any; for the background alone. */
const adapters: readonly ServiceAdapter[] = [integrationApiAdapter];

/** @throws {Error} where there is none: the caller has checked before */
export function getServiceAdapter(id: ServiceId): ServiceAdapter {
  const adapter = adapters.find((one) => one.id === id);
  if (!adapter) throw new Error(`no adapter for ${id}`);
  return adapter;
}
