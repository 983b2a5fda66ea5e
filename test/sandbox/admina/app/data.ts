/** What the application's page and the sandbox say to each other: private endpoints, not the vendor's API. unverified: all of it. */
import type { AdminaWorkspaceRow, ConsoleLanguage } from '../../types.ts';

export const UI_PATH = '/ui';

export interface FrameData {
  organization: { name: string; uniqueName: string };
  email: string;
  language: ConsoleLanguage;
  /** Services that can be integrated. */
  services: string[];
  /** The device plan; without it the form has no check box. */
  hasDevices: boolean;
}

/** The form of Jamf. On editing, an empty secret keeps the stored one, and the key stays. */
export interface WorkspaceInput {
  workspaceKey: string;
  clientId: string;
  clientSecret: string;
  devices: boolean;
  /** Name of a site; empty without a filter. */
  deviceGroup: string;
}

/** One line of the status list. */
export interface StatusRow extends AdminaWorkspaceRow {
  /** ms since the epoch; `null` before the first run ended. */
  lastRunAt: number | null;
}

/** Why the application refused, in a word that the page has a sentence for. */
export type Refusal = 'key-taken' | 'key-invalid' | 'incomplete' | 'gone';
