import type { ConsoleAdapter, ConsoleId } from './console.ts';
import { jamfPro } from './jamf-pro/adapter.ts';

/** Workspace ONE UEM has no API for what this contract does. */
const adapters: Partial<Record<ConsoleId, ConsoleAdapter>> = { 'jamf-pro': jamfPro };

export function getConsole(id: ConsoleId): ConsoleAdapter {
  const adapter = adapters[id];
  if (!adapter) throw new Error(`no adapter for ${id}`);
  return adapter;
}
