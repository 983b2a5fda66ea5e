import type { ConsoleId, ConsoleMarkers } from './console.ts';
import { jamfProMarkers } from './jamf-pro/markers.ts';
import { workspaceOneMarkers } from './workspace-one/markers.ts';

/** How each console is known on a host of its own. */
export const markers: Record<ConsoleId, ConsoleMarkers> = { 'jamf-pro': jamfProMarkers, 'workspace-one': workspaceOneMarkers };
