import type { ConsoleAdapter, ConsoleId } from './console.ts';
import { jamfPro } from './jamf-pro/adapter.ts';
import { workspaceOne } from './workspace-one/adapter.ts';

const adapters: Record<ConsoleId, ConsoleAdapter> = { 'jamf-pro': jamfPro, 'workspace-one': workspaceOne };

export function getConsole(id: ConsoleId): ConsoleAdapter {
  return adapters[id];
}
