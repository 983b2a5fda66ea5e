import type { Recipe } from '../../recipes/recipe.ts';

const sources = ['https://docs.n8n.io/api/ (2026-11)', 'https://www.npmjs.com/package/n8n (2026-11; 2.8.4, run and recorded)'];

/** A credential for workflows of one's own. What they read is up to them; this is for reading devices, and accounts where wanted. */
export const n8nJamfPro: Recipe = {
  id: 'n8n-jamf-pro',
  console: 'jamf-pro',
  dataSets: [
    { id: 'devices', required: true, privileges: ['Read Computers', 'Read Mobile Devices'], groupFilter: false },
    { id: 'accounts', required: false, privileges: ['Read Accounts'], groupFilter: false },
  ],
  tokenLifetime: 3600,
  target: '{host}',
  asks: [],
  sources,
  unverified: ['the privileges: each workflow needs its own', 'the token lifetime'],
};

export const n8nWorkspaceOne: Recipe = {
  id: 'n8n-workspace-one',
  console: 'workspace-one',
  dataSets: [{ id: 'devices', required: true, privileges: [], groupFilter: false }],
  tokenLifetime: 3600,
  target: '{host}',
  asks: [],
  builtInRole: 'Read Only',
  sources,
  unverified: ['the role: each workflow needs its own'],
};
