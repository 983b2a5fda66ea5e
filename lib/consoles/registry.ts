import type { ConsoleAdapter, ConsoleId } from './console.ts';
import { jamfPro } from './jamf-pro/adapter.ts';

const adapters: Record<ConsoleId, ConsoleAdapter> = { 'jamf-pro': jamfPro };

export function getConsole(id: ConsoleId): ConsoleAdapter {
  return adapters[id];
}
