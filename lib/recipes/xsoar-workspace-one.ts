import type { UemRecipe } from './recipe.ts';

/** Cortex XSOAR looks devices up and changes nothing. */
export const xsoarWorkspaceOne: UemRecipe = {
  id: 'xsoar-workspace-one',
  console: 'workspace-one',
  service: 'Cortex XSOAR',
  access: ['basic-and-key'],
  roles: [
    {
      // "Administrative account with read access": the product's own Read Only, copied so that it can be named and narrowed.
      id: 'vendor',
      copyOf: 'Read Only',
      name: 'api_xsoar_role',
      description: 'Role for Cortex XSOAR, read only',
      categories: [],
      permissions: [],
    },
  ],
  asks: ['Server URL', 'API Key', 'Username', 'Password'],
  warnings: [],
  sources: ['https://xsoar.pan.dev/docs/reference/integrations/v-mware-workspace-one-uem-air-watch-mdm (2026-11)'],
  unverified: ['That the role Read Only holds the read rights of the REST API', 'Which of them Cortex XSOAR uses: by its commands those of API > REST > Devices'],
};
