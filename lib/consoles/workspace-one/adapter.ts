import type { ConsoleAdapter, ConsoleApi } from '../console.ts';
import { proveClient } from './client-proof.ts';
import { apiCandidates, tokenAddress, tokenRegions } from './tenant.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('the admin makes it, in the console’s pages'));

/** None of Omnissa's 978 operations (2604) lists or makes a role or an OAuth client. */
const api: ConsoleApi = {
  readAccess: refuse,
  listPrivileges: refuse,
  listGroups: refuse,
  findRole: refuse,
  createRole: refuse,
  updateRole: refuse,
  deleteRole: refuse,
  findClient: refuse,
  createClient: refuse,
  updateClient: refuse,
  deleteClient: refuse,
  mintSecret: refuse,
};

/** Workspace ONE UEM, for services that take an OAuth client. Where its API and its tokens are stands in the Run's setup. */
export const workspaceOne: ConsoleAdapter = {
  id: 'workspace-one',
  rungs: ['guided'],
  rights: { look: [], createRole: [], updateRole: [], deleteRole: [], createClient: [], updateClient: [], deleteClient: [], mintSecret: [] },
  // unverified: how long a token server may not know a new client.
  settleTime: 60_000,
  tokenUrl: () => tokenAddress(tokenRegions[0]),
  api: () => api,
  signIn: refuse,
  readPageToken: () => undefined,
  signOut: () => Promise.resolve(),
  proveCredentials: (base, clientId, secret, signal, place) =>
    proveClient({ base, clientId, secret, signal, api: place ?? { address: apiCandidates(base)[0] ?? base, tokenUrl: tokenAddress(tokenRegions[0]) } }),
};
