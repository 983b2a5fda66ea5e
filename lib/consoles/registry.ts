import type { ConsoleAdapter, ConsoleId, Tenant } from './console.ts';
import { jamfPro } from './jamf-pro/adapter.ts';

const adapters: Record<ConsoleId, ConsoleAdapter> = { 'jamf-pro': jamfPro };

export function getConsole(id: ConsoleId): ConsoleAdapter {
  return adapters[id];
}

/** The tenant that a page belongs to, of whichever console. */
export function findTenant(url: string): Tenant | undefined {
  for (const adapter of Object.values(adapters)) {
    const tenant = adapter.findTenant(url);
    if (tenant) return tenant;
  }
  return undefined;
}
