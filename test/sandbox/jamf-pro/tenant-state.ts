import type { JamfTenantSwitches } from '../types.ts';
import type { Account } from './accounts.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { Inventory } from './inventory.ts';
import type { Replicated } from './replicated.ts';
import type { RolesAndClients } from './roles-and-clients.ts';
import type { Sessions } from './sessions.ts';
import type { TenantDefinition } from './tenants.ts';

export interface NamedObject {
  id: number;
  name: string;
}

/** Everything one tenant knows; API and pages are two views of it. */
export interface TenantState {
  definition: TenantDefinition;
  origin: string;
  /** Path that all of the console lies below, such as `/jamf`; empty for most. */
  context: string;
  switches: JamfTenantSwitches;
  now: () => number;
  identityProvider: IdentityProvider;
  /** Names of the privileges that this version of the product knows. */
  knownPrivileges: () => readonly string[];
  accounts: Replicated<Account>;
  buildings: Replicated<NamedObject>;
  departments: Replicated<NamedObject>;
  rolesAndClients: RolesAndClients;
  inventory: Inventory;
  sessions: Sessions;
}

/** [C] format of the version string. */
export const JAMF_VERSION = '11.30.1-t1792483200';
