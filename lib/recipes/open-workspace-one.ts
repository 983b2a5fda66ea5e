import type { Recipe } from './recipe.ts';

/** A service of the open contract reads Workspace ONE UEM with an OAuth client. */
export const openWorkspaceOne: Recipe = {
  id: 'open-workspace-one',
  console: 'workspace-one',
  dataSets: [
    { id: 'accounts', required: true, privileges: [], groupFilter: false },
    { id: 'devices', required: false, privileges: [], groupFilter: false },
  ],
  // Omnissa's own; nobody can choose it.
  tokenLifetime: 3600,
  target: '{apiHost}',
  asks: [],
  builtInRole: 'Read Only',
  sources: ['https://docs.omnissa.com/bundle/WorkspaceONE-UEM-Console-BasicsVSaaS/page/UsingUEMFunctionalityWithRESTAPI.html (2026-11)'],
  unverified: ['That Read Only is enough to list administrators and devices by the API', 'Whether a role that holds less is, too'],
};
