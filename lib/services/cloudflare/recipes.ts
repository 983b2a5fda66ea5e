import type { Recipe } from '../../recipes/recipe.ts';

/** Cloudflare Zero Trust asks Workspace ONE UEM whether a device is compliant. */
export const cloudflareWorkspaceOne: Recipe = {
  id: 'cloudflare-workspace-one',
  console: 'workspace-one',
  dataSets: [{ id: 'devices', required: true, privileges: [], groupFilter: false }],
  tokenLifetime: 3600,
  target: '{apiAddress}/API',
  asks: [],
  // unverified: Cloudflare names no role; this one reads devices and changes nothing.
  builtInRole: 'Read Only',
  sources: [
    'https://github.com/cloudflare/api-schemas (2026-11; of 2024-08)',
    'https://developers.cloudflare.com/cloudflare-one/identity/devices/service-providers/workspace-one/ (2026-11)',
  ],
  unverified: ['the role', 'what Cloudflare tries when it tests the credentials'],
};
