import type { Recipe } from '../../recipes/recipe.ts';

const description = 'https://github.com/mistsys/mist_openapi (2026-11; 2509.1.2)';
const guides = 'https://www.juniper.net/documentation/us/en/software/mist/mist-access/topics/topic-map';

/** Mist Access Assurance asks Jamf Pro whether a client is in a smart group. */
export const juniperMistJamfPro: Recipe = {
  id: 'juniper-mist-jamf-pro',
  console: 'jamf-pro',
  dataSets: [
    {
      id: 'devices',
      required: true,
      // unverified: Juniper's page was cut before its list; this is what a look at devices and smart groups takes.
      privileges: ['Read Computers', 'Read Mobile Devices', 'Read Smart Computer Groups', 'Read Smart Mobile Device Groups'],
      groupFilter: false,
    },
  ],
  tokenLifetime: 3600,
  target: '{host}',
  asks: [{ id: 'smartGroup', name: 'Smart Group Name', placeholder: 'CompliantGroup1', isRequired: true }],
  sources: [description, `${guides}/access-assurance-jamf-pro-integration.html (2026-11; its end was not stored)`],
  unverified: ['the privileges', 'the token lifetime', 'whether consoles on hosts of their own are taken'],
};

/** The same with Workspace ONE UEM's compliance. */
export const juniperMistWorkspaceOne: Recipe = {
  id: 'juniper-mist-workspace-one',
  console: 'workspace-one',
  dataSets: [{ id: 'devices', required: true, privileges: [], groupFilter: false }],
  tokenLifetime: 3600,
  target: '{apiHost}',
  asks: [],
  // unverified: Juniper names no role; this one reads devices and changes nothing.
  builtInRole: 'Read Only',
  sources: [description, `${guides}/access-assurance-workspace-one-integration.html (2026-11; its end was not stored)`],
  unverified: ['the role', 'where Mist gets its token: the region is not asked for'],
};
