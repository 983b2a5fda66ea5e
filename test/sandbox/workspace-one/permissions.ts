import type { Ws1Access } from '../types.ts';

/** One line of a category in the role dialog: its box is either in the Read or in the Edit column. */
export interface Permission {
  name: string;
  access: Ws1Access;
}

/** One category of the role dialog that holds permissions; those above it in the tree are only folders. */
export interface Category {
  /** `API > REST > Devices` */
  path: string;
  permissions: readonly Permission[];
}

const names = (text: string): string[] => text.split(',').map((name) => name.trim()).filter((name) => name !== '');
const category = (path: string, read: string, edit: string): Category => ({
  path,
  permissions: [...names(read).map((name) => ({ name, access: 'read' as const })), ...names(edit).map((name) => ({ name, access: 'edit' as const }))],
});
const rest = (what: string, ...objects: string[]): Category =>
  category(
    `API > REST > ${what}`,
    objects.map((name) => `REST API ${name} Read`).join(),
    objects.flatMap((name) => ['Write', 'Execute', 'Delete'].map((verb) => `REST API ${name} ${verb}`)).join(),
  );
const usual = (path: string, name: string): Category => category(path, `View ${name}`, `Add ${name}, Edit ${name}, Delete ${name}`);

/**
 * The categories of the role dialog. The six that Check Point names stand at their paths; permission names are the vendor's where a public page shows
 * them, and which category holds which is inferred from their order. unverified: all other categories, which only have to be there to be left alone.
 */
export const CATEGORIES: readonly Category[] = [
  usual('Accounts > Administrators > Accounts', 'Admin Account'),
  category('Accounts > Administrators > Roles', 'View Admin Role', 'Add Admin Role, Edit Admin Role, Copy Admin Role, Delete Admin Role, Import Admin Role, Export Admin Role'),
  usual('Accounts > Administrators > Admin Groups', 'Admin Group'),
  category('Accounts > Administrators > Terms of Use', 'View Admin Terms of Use', 'Edit Admin Terms of Use'),
  usual('Accounts > Users > Accounts', 'Enrollment User'),
  usual('Accounts > Users > User Groups', 'User Group'),
  usual('Accounts > Users > Enrollment Tokens', 'Enrollment Token'),
  category('Accounts > Users > Batch Import', 'View User Batch', 'Import User Batch'),
  rest('Admins', 'Admins'),
  rest('Apps', 'Apps', 'Apps For Device'),
  rest('Books', 'Books'),
  rest('Compliance Policy', 'Compliance Policy'),
  rest('Custom Attributes', 'Custom Attributes'),
  category(
    'API > REST > Devices',
    'REST API Devices Read, REST API Blobs Read, REST API Enterprise Integration Read',
    `REST API Devices Write, REST API Devices Execute, REST API Devices Delete, REST API Devices Advanced, REST API Blobs Write, REST API Blobs Execute,
    REST API Blobs Delete, REST API MDM Devices`,
  ),
  rest('Email', 'Email'),
  rest('Groups', 'Groups', 'Smart Groups', 'User Groups'),
  rest('Products', 'Products'),
  rest('Profiles', 'Profiles'),
  rest('Relay Servers', 'Relay Servers'),
  rest('Users', 'Users'),
  category('API > SOAP > Devices', 'SOAP API Devices Read', 'SOAP API Devices Write'),
  category('API > SOAP > Groups', 'SOAP API Groups Read', 'SOAP API Groups Write'),
  usual('Apps & Books > Applications > Internal', 'Internal Application'),
  usual('Apps & Books > Applications > Public', 'Public Application'),
  usual('Apps & Books > Applications > Purchased', 'Purchased Application'),
  usual('Apps & Books > Applications > Web Links', 'Web Link'),
  category('Apps & Books > Application Groups', 'View Application Group', 'Add Application Group, Edit Application Group, Update Active Status of Application Group'),
  usual('Apps & Books > Books', 'Book'),
  category('Content Management > Content', 'View Managed Content', 'Add Managed Content, Edit Managed Content, Delete Managed Content'),
  usual('Content Management > Repositories', 'Content Repository'),
  category('Dashboard > Console', 'View Console Dashboard', 'Customize Console Dashboard'),
  category(
    'Device Management > Bulk Management',
    'View Device Bulk Management',
    `Device Bulk Management assign Tags, Device Bulk Management Send Message, Device Bulk Management Lock Device, Device Bulk Management Query,
    Device Bulk Management Change Organization Group, Device Bulk Management Delete Device, Device Bulk Management Enterprise Wipe,
    Device Bulk Management Device Wipe`,
  ),
  category('Device Management > Compliance', 'View Compliance Policy, View Device Compliance', 'Add Compliance Policy, Edit Compliance Policy, Delete Compliance Policy'),
  category('Device Management > Device Details > General', 'View Device Details', 'Edit Device Details'),
  category('Device Management > Device Details > Apps', 'View Device Apps', 'Install Device App, Remove Device App'),
  category('Device Management > Device Details > Certificates', 'View Device Certificates', 'Revoke Device Certificate'),
  category('Device Management > Device Details > Location', 'View Device Location', 'Request Device Location'),
  category('Device Management > Device Details > Network', 'View Device Network', 'Request Device Network'),
  category('Device Management > Device Details > Notes', 'View Device Notes', 'Add Device Note'),
  category('Device Management > Device Details > Security', 'View Device Security', 'Change Device Passcode, Clear Device Passcode'),
  category('Device Management > Device List View', 'View Device List', 'Export Device List'),
  category('Device Management > Device Wipe', 'View Wipe Log', 'Device Wipe, Enterprise Wipe, Manage Wipe Protection'),
  category('Device Management > Lost Mode', 'View Lost Mode', 'Manage Lost Mode'),
  category('Device Management > Messages', 'View Device Messages', 'Send Device Message'),
  usual('Device Management > Profiles', 'Profile'),
  category('Device Management > Provisioning', 'View Product', 'Add Product, Edit Product'),
  category('Device Management > Remote Management', 'View Remote Management', 'Start Remote Management'),
  usual('Device Management > Sensors', 'Sensor'),
  category('Email Management > Dashboard', 'View Email Dashboard', 'Manage Email Dashboard'),
  usual('Email Management > Compliance Policies', 'Email Policy'),
  category('Groups > Organization Groups', 'View Organization Group', 'Add Organization Group, Edit Organization Group, Delete Organization Group'),
  usual('Groups > Assignment Groups', 'Assignment Group'),
  category('Hub > Events', 'View Events', 'Export Events'),
  category('Hub > Notifications', 'View Notifications', 'Dismiss Notifications'),
  usual('Monitor > Reports > General', 'Report'),
  category('Monitor > Reports > Subscriptions', 'View Report Subscription', 'Add Report Subscription, Delete Report Subscription'),
  category('Monitor > Reports > Custom', 'View Custom Report', 'Add Custom Report'),
  category('Settings > Apps', 'View Apps Settings', 'Edit Apps Settings'),
  category('Settings > Content', 'View Content Settings', 'Edit Content Settings'),
  category('Settings > Devices & Users > General', 'View Enrollment Settings', 'Edit Enrollment Settings'),
  category('Settings > Devices & Users > Android', 'View Android Settings', 'Edit Android Settings'),
  category('Settings > Devices & Users > Apple', 'View Apple Settings', 'Edit Apple Settings'),
  category('Settings > Email', 'View Email Settings', 'Edit Email Settings'),
  category('Settings > Installation', 'View Installation Settings', 'Edit Installation Settings'),
  category('Settings > OAuth Clients', 'OAuth Client Read', 'OAuth Client Edit'),
  category('Settings > System > Advanced', 'View System Advanced Settings', 'Edit System Advanced Settings'),
  category('Settings > System > Enterprise Integration', 'View Enterprise Integration', 'Edit Enterprise Integration'),
  category('Settings > System > REST API', 'View REST API Settings', 'Edit REST API Settings'),
  category('Settings > System > Security', 'View Security Settings', 'Edit Security Settings'),
  category('Settings > Tags > Tags', 'View Tag, Tag Management View', 'Add Tag, Edit Tag, Delete Tag'),
  category('Telecom > Plans', 'View Telecom Plan', 'Add Telecom Plan, Edit Telecom Plan'),
];

const byPath = new Map(CATEGORIES.map((one) => [one.path, one]));
const accessOf = new Map(CATEGORIES.flatMap((one) => one.permissions.map(({ name, access }) => [name, access] as const)));

export const findCategory = (path: string): Category | undefined => byPath.get(path);
/** Which box a permission has; undefined for a name that no version knows. */
export const findPermission = (name: string): Ws1Access | undefined => accessOf.get(name);

/** All permissions that a role grants: those of its categories (Edit grants Read too) and those ticked one by one. */
export function permissionsOf(role: { categories: Readonly<Record<string, Ws1Access>>; permissions: Readonly<Record<string, Ws1Access>> }): Set<string> {
  const granted = Object.entries(role.categories).flatMap(([path, access]) =>
    (byPath.get(path)?.permissions ?? []).filter((one) => access === 'edit' || one.access === 'read').map(({ name }) => name),
  );
  return new Set([...granted, ...Object.keys(role.permissions).filter((name) => accessOf.has(name))]);
}

const every = (access: Ws1Access, isWanted: (path: string) => boolean = () => true): Record<string, Ws1Access> =>
  Object.fromEntries(CATEGORIES.filter(({ path }) => isWanted(path)).map(({ path }) => [path, access]));
const below = (...folders: string[]) => (path: string): boolean => folders.some((folder) => path.startsWith(folder));

/** Default roles of the product by name. unverified: what exactly each of them holds, but for "Only provides access to REST APIs" and "Read Only". */
export const BUILT_IN_ROLES: readonly { name: string; description: string; categories: Record<string, Ws1Access> }[] = [
  { name: 'AirWatch Administrator', description: 'Provides access to the entire Workspace ONE UEM environment', categories: every('edit') },
  { name: 'API Only', description: 'Only provides access to REST APIs', categories: every('edit', below('API > REST')) },
  {
    name: 'Application Management',
    description: 'Provides access to deploy and manage applications',
    categories: { ...every('read', below('Device Management')), ...every('edit', below('Apps & Books')) },
  },
  {
    name: 'Console Administrator',
    description: 'Provides access to the console of an organization group, without installation settings',
    categories: every('edit', (path) => path !== 'Settings > Installation'),
  },
  { name: 'Content Management', description: 'Provides access to content', categories: every('edit', below('Content Management')) },
  {
    name: 'Device Manager',
    description: 'Provides access to manage devices, users and administrators',
    // The recorded Device Manager searched admins, groups and devices by the API.
    categories: { ...every('read'), ...every('edit', below('API > REST > Devices', 'API > REST > Groups', 'API > REST > Users', 'Device Management', 'Accounts > Users')) },
  },
  {
    name: 'Help Desk',
    description: 'Provides the tools for most level 1 IT help desk functions',
    categories: { ...every('read', below('Device Management', 'Accounts > Users', 'Hub')), ...every('edit', below('Device Management > Messages', 'Device Management > Device Details')) },
  },
  { name: 'Read Only', description: 'Provides access to most of the console, but limits access to read-only status', categories: every('read') },
  { name: 'Report Viewer', description: 'Provides access to view data captured through MDM', categories: every('read', below('Monitor', 'Hub', 'Dashboard')) },
  { name: 'System Administrator', description: 'Provides complete access to a Workspace ONE UEM environment', categories: every('edit') },
];
