/** What the dashboard's page and the sandbox say to each other: the portal's private endpoints, not the vendor's API. unverified: all of it. */
import type { HarmonyIntegrationRow, HarmonyPii, HarmonyGroup } from '../../types.ts';

export const UI_PATH = '/app/mobile/ui';
export const DASHBOARD_PATH = '/dashboard/mobile';
/** As Check Point's pages name it. */
export const API_KEYS_PATH = '/dashboard/settings/api-keys';

export interface FrameData {
  organization: string;
  email: string;
  /** Devices that no integration brought. */
  existingDevices: number;
  connectors: { id: string; name: string }[];
}

/** The wizard's first step. On editing, an empty password or key keeps the stored one. */
export interface ServerDetails {
  displayName: string;
  server: string;
  username: string;
  password: string;
  apiKey: string;
  /** `null` without a connector. */
  connectorId: string | null;
}

/** What the UEM said when it was asked with the given credentials. */
export interface Verified {
  /** Stands for the verified server details when saving, so that they are not sent twice. */
  verification: string;
  organizationGroups: GroupChoice[];
  smartGroups: GroupChoice[];
}

export interface GroupChoice {
  id: number;
  name: string;
  /** The organization group's short code, which tells groups of one name apart; empty for smart groups. */
  code: string;
  devices: number;
}

/** The wizard's second and third step. */
export interface SyncSettings {
  groups: HarmonyGroup[];
  pii: HarmonyPii;
  syncIntervalHours: number;
  tagStatus: boolean;
  tagRisk: boolean;
}

/** One integration as the page shows it. */
export interface IntegrationCard extends HarmonyIntegrationRow {
  /** ms since the epoch; `null` before the first sync ended. */
  lastSyncAt: number | null;
  tagWarnings: string[];
  connectorId: string | null;
}

export interface DeviceRow {
  id: string;
  name: string;
  email: string;
  number: string;
  os: string;
  model: string;
  status: string;
  risk: string;
}

/** Why the portal refused, and where an integration stands in the way, which one. */
export interface Refusal {
  message: string;
  integrationId?: string;
}

export const SYNC_INTERVALS_HOURS = [1, 2, 4, 8, 12, 24] as const;

export const KEY_SERVICES = ['Harmony Mobile', 'Harmony Endpoint', 'Infinity Events', 'Logs as a Service'] as const;
export const KEY_ROLES = ['Admin', 'Read-Only'] as const;

/** A new API key of the portal. */
export interface ApiKeyInput {
  service: (typeof KEY_SERVICES)[number];
  role: (typeof KEY_ROLES)[number];
  description: string;
}

export interface ApiKeyRow extends ApiKeyInput {
  clientId: string;
}

/** What is told once. */
export interface IssuedKey {
  clientId: string;
  accessKey: string;
  authenticationUrl: string;
}
