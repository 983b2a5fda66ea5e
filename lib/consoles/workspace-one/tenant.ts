import type { ApiPlace, Tenant } from '../console.ts';

/*
 * Addresses of Workspace ONE UEM: the console, its REST API, and where OAuth clients get their tokens. Sources: docs.omnissa.com
 * "Using UEM Functionality With REST API" (cn to as, token URLs by region), Omnissa's picture of the REST API page, public clients.
 */

/** Omnissa's clouds, and the United States federal one. */
const clouds = ['.awmdm.com', '.airwatchportals.com', '.awfed.com'];

/**
 * First labels there that are not consoles: Assist (`rm01`, `rmsession7`), API servers, device services, cloud messaging, and hosts
 * that serve all customers. // unverified: `awcm`, `discovery` and the rest beyond Assist, `as` and `ds`; a customer's vanity name could be one of them.
 */
const notConsole = /^(?:rm\d.*|rmsession.*|as\d+|ds\d+|awcm\d*|www|api|assist|cdn|discovery|login|status)$/;

/** One DNS label. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Every page of the console lies below it; on hosts of its own, too. */
const consolePath = /^\/(?:airwatch(?:\/.*)?)?$/i;

/** Accounts and keys: Groups & Settings > All Settings > System > Advanced > API > REST API; [C] public scripts. */
export const apiSettingsPage = '/AirWatch/#/AirWatch/Settings/RESTApi';

/** Accounts > Administrators > List View. [C] JupiterOne's converters. */
export const administratorsPage = '/AirWatch/#/Admin/List';

/** Accounts > Administrators > Roles lies in the same menu; its own route is not known, so the guide leads on from here. */
export const rolesPage = administratorsPage;

/** Groups & Settings > Configurations > OAuth Client Management; [C] public scripts. */
export const oauthClientsPage = '/AirWatch/aa/#/configurations/oauth-clients';

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** The label before one of the clouds' names. */
function labelOf(hostname: string): string | undefined {
  const cloud = clouds.find((suffix) => hostname.endsWith(suffix));
  return cloud && hostname.slice(0, -cloud.length);
}

/**
 * The environment that a URL belongs to, or `undefined` where it is none. The key is the first label, `cn1234` or a customer's own
 * name; the page is the bare host or below `/AirWatch`: the self-service portal and the API's help are on the same host.
 */
export function findWorkspaceOneTenant(url: string): Tenant | undefined {
  const parsed = parse(url);
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return undefined;
  const key = labelOf(parsed.hostname);
  if (key === undefined || !label.test(key) || key.startsWith('xn--') || notConsole.test(key)) return undefined;
  if (!consolePath.test(parsed.pathname)) return undefined;
  return { console: 'workspace-one', key, origin: parsed.origin, base: parsed.origin };
}

/**
 * Where the REST API may be, best guess first: `as1234` for `cn1234` (Omnissa's own rule), then the console's host, which serves it too.
 * @param shown the REST API URL as the settings page shows it; if it can be read, it alone counts
 */
export function apiCandidates(base: string, shown?: string): string[] {
  const address = shown === undefined ? undefined : readApiAddress(shown);
  if (address !== undefined) return [address];
  const { hostname, origin } = new URL(base);
  const mapped = labelOf(hostname) === undefined ? hostname : hostname.replace(/^cn(?=\d+\.)/, 'as');
  return [...new Set([origin.replace(hostname, mapped), origin])];
}

/** `https://as2060.awmdm.com/API` as the settings page shows it, without the `/API`; `undefined` where it is no such address. */
export function readApiAddress(text: string): string | undefined {
  const parsed = parsePlain(text);
  const path = parsed && /^(.*?)(?:\/api)?\/*$/i.exec(parsed.pathname)?.[1];
  // Something before /API: a proxy's folder. Without /API nothing else is believable.
  if (path === undefined || (path !== '' && !/\/api\/*$/i.test(parsed!.pathname)) || !/^(?:\/[\w.-]+)*$/.test(path)) return undefined;
  return parsed!.origin + path;
}

/** Regions of Omnissa's token service, with who belongs there. // unverified: the list of countries beyond those that Omnissa's page names. */
export const tokenRegions = ['na', 'emea', 'apac', 'uat'] as const;
export type TokenRegion = (typeof tokenRegions)[number];

/**
 * The region to begin with. // unverified: nothing in a tenant's address says its region; the admin's own time zone is the best guess, and
 * `uat` in a name stands for itself. A wrong guess is found out by the proof, which asks the others.
 * @param timeZone IANA, as `Europe/Berlin`
 */
export function guessRegion(key: string, timeZone: string): TokenRegion {
  if (/(?:^|[^a-z])uat(?:$|[^a-z])/.test(key)) return 'uat';
  const [area = '', place = ''] = timeZone.split('/');
  if (['Europe', 'Africa', 'Atlantic', 'Arctic'].includes(area)) return 'emea';
  // The west of Asia belongs to Europe's region by its name: Middle East.
  if (area === 'Asia') return /^(?:Amman|Baghdad|Bahrain|Beirut|Damascus|Dubai|Gaza|Hebron|Jerusalem|Kuwait|Muscat|Nicosia|Qatar|Riyadh|Tehran|Tel_Aviv)$/.test(place) ? 'emea' : 'apac';
  return ['Australia', 'Pacific', 'Indian'].includes(area) && place !== 'Honolulu' ? 'apac' : 'na';
}

/** Where an OAuth client of that region gets its token; no slash at the end. @param older the name that was used before 2024 */
export function tokenAddress(region: TokenRegion, older = false): string {
  return `https://${region}.uemauth.${older ? 'vmwservices' : 'workspaceone'}.com/connect/token`;
}

/** All regions' token services, as the browser is asked for them: one pattern. */
export const tokenHosts = 'https://*.uemauth.workspaceone.com';

/** Where API and tokens are, for a Run's setup. @param facts what the console's page said; its REST API URL counts before the vendor's rule */
export function apiPlaceOf(region: TokenRegion, { apiAddress, organizationGroup }: { apiAddress: string; organizationGroup: string | undefined }): ApiPlace & { organizationGroup?: string } {
  return { address: apiAddress, tokenUrl: tokenAddress(region), ...(organizationGroup === undefined ? {} : { organizationGroup }) };
}

/** A token URL that somebody typed or a page shows, or a region's name; `undefined` where it cannot be one. */
export function readTokenAddress(text: string): string | undefined {
  const region = tokenRegions.find((one) => one === text.trim().toLowerCase());
  if (region) return tokenAddress(region);
  const parsed = parsePlain(text);
  const path = parsed?.pathname.replace(/\/+$/, '');
  if (!parsed || path === undefined || !/^(?:\/[\w.-]+)*\/token$/i.test(path)) return undefined;
  return parsed.origin + path;
}

/** One https address of a named host, with nothing but a path. */
function parsePlain(text: string): URL | undefined {
  const parsed = /\s/.test(text.trim()) ? undefined : parse(text.trim());
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.hash !== '') return undefined;
  return /[^.]\.[^.]+$/.test(parsed.hostname) ? parsed : undefined;
}
