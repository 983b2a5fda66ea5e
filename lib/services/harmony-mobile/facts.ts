/*
 * What Check Point says of Harmony Mobile, each with the page that says it. Guide below stands for
 * https://sc1.checkpoint.com/documents/Infinity_Portal/WebAdminGuides/EN/Harmony-Mobile-Integration-Guide/Topics-Integration-Guide/
 */

/** Where the dashboard is. https://github.com/chronicle/content-hub, harmony_mobile: API keys are made there too. */
export const portalOrigin = 'https://portal.checkpoint.com';

/** Where an Infinity Portal API key for the service "Harmony Mobile" is made. https://cloud.google.com/chronicle/docs/soar/marketplace-integrations/harmony-mobile */
export const apiKeysPage = `${portalOrigin}/dashboard/settings/api-keys`;

export type Region = 'eu' | 'us' | 'ap';

/** Of the public API. https://github.com/CheckPointSW, README of the AI security SDK: EU and US. */
export const gateways: Readonly<Record<Region, string>> = {
  eu: 'https://cloudinfra-gw.portal.checkpoint.com',
  us: 'https://cloudinfra-gw-us.portal.checkpoint.com',
  // unverified: named by other vendors' code alone, https://github.com/moralesaugusto/Harmony-Mobile-CLI-Explorer
  ap: 'https://cloudinfra-gw-ap.portal.checkpoint.com',
};

/**
 * Tags that the service sets on devices; those of the status must be there in the organization group. Guide, Workspace-ONE/Automatic-Activation…
 * and Testing-High-Risk…; unverified: `CHKP_Risk_None` for Workspace ONE (the page of BlackBerry UEM has it).
 */
export const tags = {
  status: ['CHKP_Status_Provisioned', 'CHKP_Status_Active', 'CHKP_Status_Inactive'],
  risk: ['CHKP_Risk_None', 'CHKP_Risk_Low', 'CHKP_Risk_Medium', 'CHKP_Risk_High'],
} as const;

/**
 * What an admin should know before the first synchronization. Guide, Workspace-ONE/Configuring-the-Harmony-Mobile-Dashboard-UEM-Integration-Settings.htm:
 * delete devices that exist before the first integration; a parent group does not bring those of its children; a parent and a child
 * cannot go to two dashboards.
 */
export const warnings = ['existing-devices', 'parent-without-children', 'parent-and-child-apart'] as const;
export type HarmonyMobileWarning = (typeof warnings)[number];

/**
 * What goes into Server Address: the origin of the API server, or the console's where no other is known. Guide, the same page: "Usually -
 * the same as the Workspace ONE UEM Console URL"; in the vendor's cloud the REST API is on another host, and on an own host on the same.
 * // unverified: whether the wizard finds the API by the console's address in the vendor's cloud
 * @param apiBase address of the REST API, with or without its path
 */
export function serverAddressFor(apiBase: string | undefined, consoleBase: string): string {
  return new URL(apiBase === undefined || apiBase === '' ? consoleBase : apiBase).origin;
}

/** Other UEMs that the wizard offers. Guide, its folders; the names of products that were renamed since, too. */
export const otherUems = [
  'BlackBerry UEM',
  'Citrix Endpoint Management',
  'Google Workspace',
  'Hexnode',
  'Hexnode UEM',
  'IBM MaaS360',
  'IBM Security MaaS360',
  'Intune',
  'Ivanti EPMM',
  'Ivanti Neurons for MDM',
  'Jamf',
  'Jamf Pro',
  'MaaS360',
  'Microsoft Endpoint Manager',
  'Microsoft Intune',
  'MobileIron Cloud',
  'MobileIron Core',
  'Samsung Knox Manage',
  'SOTI MobiControl',
] as const;

/** Ours, first as the wizard has it. */
export const workspaceOneNames = ['Workspace ONE UEM', 'Workspace ONE', 'VMware Workspace ONE UEM', 'VMware Workspace ONE', 'Omnissa Workspace ONE UEM', 'AirWatch', 'VMware AirWatch'] as const;
