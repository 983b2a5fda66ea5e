import type { ApiPlace, ConsoleId, Tenant } from './console.ts';
import { credentialsPage as jamfProCredentialsPage, findJamfProTenant } from './jamf-pro/tenant.ts';
import {
  administratorsPage,
  apiPlaceOf as workspaceOnePlaceOf,
  apiSettingsPage,
  findWorkspaceOneTenant,
  guessRegion,
  oauthClientsPage,
  rolesPage,
  tokenHosts,
  tokenRegions,
} from './workspace-one/tenant.ts';

/*
 * The light half of what we know about consoles, without their APIs: for the popup and the content script's answer. A new
 * console is a line in both tables.
 */

const finders: Record<ConsoleId, (url: string) => Tenant | undefined> = { 'jamf-pro': findJamfProTenant, 'workspace-one': findWorkspaceOneTenant };
const credentialsPages: Record<ConsoleId, string> = { 'jamf-pro': jamfProCredentialsPage, 'workspace-one': oauthClientsPage };

/** The tenant that a page belongs to, of whichever console. */
export function findTenant(url: string): Tenant | undefined {
  for (const find of Object.values(finders)) {
    const tenant = find(url);
    if (tenant) return tenant;
  }
  return undefined;
}

/** The vendors' own hosts. Those that are consoles are known by their address; the others are none, whatever they show. */
const vendorHost =
  /(?:^|\.)(?:jamfcloud\.com|jamf\.com|jamf\.build|wandera\.com|awmdm\.com|airwatchportals\.com|awfed\.com|workspaceone\.com|workspaceoneaccess\.com|vmwservices\.com|omnissa\.com|vmware\.com)$/;

/** The tenant at an address of its own, if it can be one; the admin decides whether it is. Names stand in ASCII, as the browser's URL has them. */
export function makeOwnTenant(console: ConsoleId, base: string): Tenant | undefined {
  if (!URL.canParse(base)) return undefined;
  const { protocol, hostname, origin, host, pathname } = new URL(base);
  // A name without a dot could be taken for a workspace key.
  if (protocol !== 'https:' || !/[^.]\.[^.]+$/.test(hostname) || vendorHost.test(hostname)) return undefined;
  const path = pathname.replace(/\/+$/, '');
  return { console, key: host + path, origin, base: origin + path };
}

/** Path of the console's page where an admin makes credentials. */
export function getCredentialsPage(console: ConsoleId): string {
  return credentialsPages[console];
}

/** Path of the page where a part of the work in the console begins. */
export function getPartPage(part: 'api-key' | 'uem-role' | 'administrator' | 'wizard'): string {
  return part === 'api-key' ? apiSettingsPage : part === 'uem-role' ? rolesPage : administratorsPage;
}

/** Regions that a tenant's tokens may come from, where that has to be said, and the likeliest. @param timeZone of the admin, IANA */
export function regionsOf({ console, key }: Tenant, timeZone: string): { options: readonly string[]; likeliest: string } | undefined {
  return console === 'workspace-one' ? { options: tokenRegions, likeliest: guessRegion(key, timeZone) } : undefined;
}

/** For a Run's setup; `undefined` where it follows from the console's address. @param facts what the console's page said */
export function apiPlaceOf({ console, key }: Tenant, chosen: string | undefined, timeZone: string, facts: { apiAddress: string; organizationGroup: string | undefined }): (ApiPlace & { organizationGroup?: string }) | undefined {
  return console === 'workspace-one' ? workspaceOnePlaceOf(tokenRegions.find((region) => region === chosen) ?? guessRegion(key, timeZone), facts) : undefined;
}

/** Hosts of the console's tokens beside the console itself, as the browser is asked for them. */
export function tokenHostsOf(console: ConsoleId): string[] {
  return console === 'workspace-one' ? [tokenHosts] : [];
}
