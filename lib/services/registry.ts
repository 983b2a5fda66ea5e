import { integrationApi } from './integration-api/service.ts';
import type { ServiceAdapter, ServiceId } from './service.ts';

const adapters: Record<ServiceId, ServiceAdapter> = { 'integration-api': integrationApi };

export function getService(id: ServiceId): ServiceAdapter {
  return adapters[id];
}
