/** What a skin's page and the sandbox say to each other under `/ui`: the console's private endpoints, not the vendor's API. */
import type { JamfClientRow, JamfRoleRow } from '../../types.ts';

export type Tab = 'api-roles' | 'api-clients';

/** What every page needs to know about its console and its user. */
export interface FrameData {
  organization: string;
  username: string;
  version: string;
  counts: { computers: number; mobileDevices: number; users: number; sites: number };
  may: Record<Tab, { create: boolean; read: boolean; update: boolean; delete: boolean }>;
}

export interface Rows {
  'api-roles': JamfRoleRow;
  'api-clients': JamfClientRow;
}

export interface Inputs {
  'api-roles': Omit<JamfRoleRow, 'id'>;
  'api-clients': Omit<JamfClientRow, 'id' | 'clientId'>;
}

export interface Secret {
  clientId: string;
  clientSecret: string;
}

export const BLANK: Inputs = {
  'api-roles': { displayName: '', privileges: [] },
  'api-clients': { displayName: '', authorizationScopes: [], enabled: false, accessTokenLifetimeSeconds: 60 },
};
