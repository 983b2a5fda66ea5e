import type { UemRecipe } from './recipe.ts';

const edit = (path: string): { path: string; access: 'edit' } => ({ path, access: 'edit' });
const guide = 'https://sc1.checkpoint.com/documents/Infinity_Portal/WebAdminGuides/EN/Harmony-Mobile-Integration-Guide/Topics-Integration-Guide/Workspace-ONE';

/** Check Point Harmony Mobile reads devices, groups and apps, and writes its findings back as tags. */
export const harmonyMobileWorkspaceOne: UemRecipe = {
  id: 'harmony-mobile-workspace-one',
  console: 'workspace-one',
  service: 'harmony-mobile',
  access: ['basic-and-key'],
  roles: [
    {
      id: 'vendor',
      copyOf: 'Read Only',
      name: 'api_admin_role',
      description: 'Role for Harmony Mobile Integration',
      categories: [
        edit('API > REST > Devices'),
        edit('API > REST > Groups'),
        edit('Device Management > Bulk Management'),
        edit('Device Management > Compliance'),
        edit('Monitor > Reports > General'),
        edit('Settings > Tags > Tags'),
      ],
      permissions: [],
    },
    {
      id: 'least',
      name: 'api_admin_role_least',
      description: 'Role for Harmony Mobile Integration, without bulk actions other than tags',
      categories: [],
      // Appendix B, in its order.
      permissions: [
        { name: 'REST API Apps Read', access: 'read' },
        { name: 'REST API Devices Write', access: 'edit' },
        { name: 'REST API Devices Read', access: 'read' },
        { name: 'REST API Apps For Device Read', access: 'read' },
        { name: 'REST API Smart Groups Read', access: 'read' },
        { name: 'REST API User Groups Read', access: 'read' },
        { name: 'REST API Groups Read', access: 'read' },
        { name: 'REST API User Groups Execute', access: 'edit' },
        { name: 'Device Bulk Management assign Tags', access: 'edit' },
        { name: 'View Tag', access: 'read' },
      ],
    },
  ],
  asks: ['Display Name', 'Server', 'Username', 'Password', 'API Key', 'Group(s)'],
  tags: [
    'CHKP_Status_Provisioned',
    'CHKP_Status_Active',
    'CHKP_Status_Inactive',
    // On Check Point's page for BlackBerry only.
    'CHKP_Risk_None',
    'CHKP_Risk_Low',
    'CHKP_Risk_Medium',
    'CHKP_Risk_High',
  ],
  warnings: ['bulk-management-wipes', 'existing-devices', 'groups-without-children', 'one-dashboard'],
  sources: [
    `${guide}/Creating_API_Account_for_Integration_with_the_SandBlast_Mobile.htm (2026-11)`,
    `${guide}/AppendixB-API_Permissions.htm (2026-11; its end was not stored)`,
    `${guide}/Configuring-the-Harmony-Mobile-Dashboard-UEM-Integration-Settings.htm (2026-11; its end was not stored)`,
  ],
  unverified: [
    'That Appendix B has no more permissions after View Tag, and that they are enough by themselves',
    'That Bulk Management at Edit holds the wipes, as the order of the product’s permission names suggests',
    'That the dashboard creates no risk tags itself, and that CHKP_Risk_None is used with Workspace ONE UEM',
    'Labels of the dashboard’s fields beyond those of its guide',
  ],
};
