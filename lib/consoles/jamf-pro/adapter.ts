import { rungIds, type ConsoleAdapter } from '../console.ts';
import { createJamfProApi } from './api.ts';
import { proveCredentials, readPageToken, signIn, signOut } from './token.ts';

/** Jamf Pro. Rights: the vendor's schema, `x-required-privileges` (11.30.1). */
export const jamfPro: ConsoleAdapter = {
  id: 'jamf-pro',
  rungs: rungIds,
  rights: {
    look: ['Read API Roles', 'Read API Integrations'],
    createRole: ['Create API Roles'],
    updateRole: ['Update API Roles'],
    deleteRole: ['Delete API Roles'],
    createClient: ['Create API Integrations'],
    updateClient: ['Update API Integrations'],
    deleteClient: ['Delete API Integrations'],
    mintSecret: ['Create API Integrations'],
  },
  // developer.jamf.com, sticky sessions: a new object can take up to 60 s on another node.
  settleTime: 60_000,
  tokenUrl: (base) => `${base}/api/v1/oauth/token`,
  api: createJamfProApi,
  signIn,
  // unverified: whether Jamf Pro's pages send a bearer token to its API.
  readPageToken,
  signOut,
  proveCredentials,
};
