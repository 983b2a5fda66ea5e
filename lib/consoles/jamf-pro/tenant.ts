import type { Tenant } from '../console.ts';

/**
 * First labels under jamfcloud.com that are not consoles: Jamf Protect, the platform API gateway, account and sign-in hosts.
 * Source: jamf-cli notes and developer.jamf.com/platform-api (hosts of the API gateway are `us|eu|apac.api.jamfcloud.com`,
 * two labels, refused anyway). // unverified: whether a customer could own one of these names.
 */
export const notConsoles: ReadonlySet<string> = new Set(['protect', 'api', 'apigw', 'account', 'accounts', 'auth', 'login', 'id', 'www', 'status']);

/** Settings > System > API Roles and Clients. [C] jamf-cli's table of pages, from an 11.31 web session. */
export const credentialsPage = '/view/settings/system-settings/api-roles-and-clients';

/** Where every call to the Jamf Pro API starts; [D] schema. */
export const apiPath = '/api/';

/** One DNS label: letters, digits, inner hyphens, at most 63 characters. // unverified: Jamf's own rule for names. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The Jamf Pro tenant that a URL belongs to, or `undefined` where it is none. The workspace key is the one label before
 * `jamfcloud.com`; page, query and fragment do not matter; only https counts.
 */
export function findJamfProTenant(url: string): Tenant | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  if (parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return undefined;
  const suffix = '.jamfcloud.com';
  if (!parsed.hostname.endsWith(suffix)) return undefined;
  const key = parsed.hostname.slice(0, -suffix.length);
  // A punycode label can look like another tenant's name, and Jamf gives out none.
  if (!label.test(key) || key.startsWith('xn--') || notConsoles.has(key)) return undefined;
  return { console: 'jamf-pro', key, origin: parsed.origin, base: parsed.origin };
}
