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
 * What goes into Server Address: the origin of the API server, or the console's where no other is known. Guide,
 * Workspace-ONE/Configuring-the-Harmony-Mobile-Dashboard-UEM-Integration-Settings.htm: "Usually -
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
