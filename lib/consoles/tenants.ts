import type { ConsoleId, Tenant } from './console.ts';
import { credentialsPage as jamfProCredentialsPage, findJamfProTenant } from './jamf-pro/tenant.ts';

/*
 * The light half of what we know about consoles, without their APIs: for the popup and the content script's answer. A new
 * console is a line in both tables.
 */

const finders: Record<ConsoleId, (url: string) => Tenant | undefined> = { 'jamf-pro': findJamfProTenant };
const credentialsPages: Record<ConsoleId, string> = { 'jamf-pro': jamfProCredentialsPage };

/** The tenant that a page belongs to, of whichever console. */
export function findTenant(url: string): Tenant | undefined {
  for (const find of Object.values(finders)) {
    const tenant = find(url);
    if (tenant) return tenant;
  }
  return undefined;
}

/** Path of the console's page where an admin makes role and client. */
export function getCredentialsPage(console: ConsoleId): string {
  return credentialsPages[console];
}
