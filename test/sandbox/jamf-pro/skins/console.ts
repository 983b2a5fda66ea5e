/** What the skins have in common: words, data and addresses. How a page looks and how its controls work is each skin's own. */
import type { ConsoleLanguage } from '../../types.ts';
import { ROLES_AND_CLIENTS_PATH, SETTINGS_PATH } from '../pages/paths.ts';
import { readApiFacts } from '../pages/static/page-api.js';
import { WORDS } from '../pages/words.ts';
import type { Words } from '../pages/words.ts';
import type { FrameData, Inputs, Rows, Secret, Tab } from './data.ts';

export const language = document.documentElement.lang as ConsoleLanguage;
export const words: Words = WORDS[language];

// ---- Data ----

/** The console refused; `messages` says why in its own words. */
export class Refused extends Error {
  readonly status: number;
  readonly messages: string[];

  constructor(status: number, messages: string[]) {
    super(messages[0] ?? `HTTP ${status}`);
    this.status = status;
    this.messages = status === 403 ? [words.notAllowed] : status === 404 ? [words.notFound] : messages;
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`/ui/${path}`, init);
  if (answer.status === 401) {
    location.assign(`/?${new URLSearchParams({ to: location.pathname + location.search }).toString()}`);
    // The page goes away.
    return await new Promise<T>(() => undefined);
  }
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
  const { errors } = (await answer.json()) as { errors: { description: string }[] };
  throw new Refused(answer.status, errors.map(({ description }) => description));
}

export const loadFrame = (): Promise<FrameData> => call('GET', 'frame');
export const loadPrivileges = (): Promise<string[]> => call('GET', 'privileges');
export const loadRoleNames = (): Promise<string[]> => call('GET', 'role-names');
export const loadAll = <T extends Tab>(tab: T): Promise<Rows[T][]> => call('GET', tab);
export const load = <T extends Tab>(tab: T, id: string): Promise<Rows[T]> => call('GET', `${tab}/${id}`);
export const save = <T extends Tab>(tab: T, id: string | undefined, input: Inputs[T]): Promise<Rows[T]> =>
  id === undefined ? call('POST', tab, input) : call('PUT', `${tab}/${id}`, input);
export const remove = (tab: Tab, id: string): Promise<void> => call('DELETE', `${tab}/${id}`);
export const mintSecret = (id: string): Promise<Secret> => call('POST', `api-clients/${id}/client-secret`);
export const messagesOf = (error: unknown): string[] => (error instanceof Refused ? error.messages : [String(error)]);
/** What the console's page asks its own API for, where that lets it in. */
export const refreshFrame = async (frame: FrameData): Promise<FrameData> => {
  const { account = frame.username, version = frame.version } = await readApiFacts();
  return { ...frame, username: account, version };
};

/** The cells of a list's row after the first, which is the name. */
export const cellsOf = (row: Rows[Tab]): string[] =>
  'privileges' in row ? [String(row.privileges.length)] : [row.authorizationScopes.join(', '), row.enabled ? words.enabled : words.disabled];
export const columnsOf = (tab: Tab): string[] => (tab === 'api-roles' ? [words.displayName, words.privilegeCount] : [words.displayName, words.rolesOfClient, words.status]);

// ---- Addresses ----

export const TABS: readonly { tab: Tab; title: string }[] = [
  { tab: 'api-roles', title: words.apiRoles },
  { tab: 'api-clients', title: words.apiClients },
];
export const DASHBOARD_PATH = '/view/dashboard';
export const tabPath = (tab: Tab): string => `${ROLES_AND_CLIENTS_PATH}?tab=${tab}`;
export const pathOf = (tab: Tab, id: string | number, rest = ''): string => `${ROLES_AND_CLIENTS_PATH}/${tab}/${id}${rest}`;

/** The side navigation; those with `document` are pages that the server makes. */
export const NAVIGATION: readonly { href: string; title: string; document?: true }[] = [
  { href: DASHBOARD_PATH, title: words.dashboard },
  { href: '/computers.html', title: words.computers, document: true },
  { href: '/mobileDevices.html', title: words.devices, document: true },
  { href: '/users.html', title: words.users, document: true },
  { href: SETTINGS_PATH, title: words.settings },
];
export const SETTINGS_SECTIONS: readonly { title: string; cards: readonly { href: string; title: string; about?: string; document?: true }[] }[] = [
  { title: words.system, cards: [{ href: ROLES_AND_CLIENTS_PATH, title: words.apiRolesAndClients, about: words.aboutApiRolesAndClients }] },
  {
    title: words.networkOrganization,
    cards: [
      { href: `${SETTINGS_PATH}/network-organization/buildings`, title: words.buildings, document: true },
      { href: `${SETTINGS_PATH}/network-organization/departments`, title: words.departments, document: true },
    ],
  },
];
export const dashboardCards = ({ counts }: FrameData): { title: string; count: string; href: string; document?: true }[] => [
  { title: words.computers, count: counts.computers.toLocaleString(language), href: '/computers.html', document: true },
  { title: words.devices, count: counts.mobileDevices.toLocaleString(language), href: '/mobileDevices.html', document: true },
  { title: words.users, count: counts.users.toLocaleString(language), href: '/users.html', document: true },
  { title: words.sites, count: counts.sites.toLocaleString(language), href: SETTINGS_PATH },
];

export type Route =
  | { page: 'dashboard' | 'settings' | 'none' }
  | { page: 'list'; tab: Tab }
  | { page: 'show'; tab: Tab; id: string }
  | { page: 'form'; tab: Tab; id: string | undefined };

/** Which page an address is of. */
export function routeOf({ pathname, search }: { pathname: string; search: string }): Route {
  if (pathname === DASHBOARD_PATH) return { page: 'dashboard' };
  if (pathname === SETTINGS_PATH) return { page: 'settings' };
  if (pathname === ROLES_AND_CLIENTS_PATH) return { page: 'list', tab: new URLSearchParams(search).get('tab') === 'api-clients' ? 'api-clients' : 'api-roles' };
  const match = /^\/(api-roles|api-clients)(?:\/(?:(new)|(\d+)(\/edit)?))?$/.exec(pathname.startsWith(ROLES_AND_CLIENTS_PATH) ? pathname.slice(ROLES_AND_CLIENTS_PATH.length) : '');
  if (match === null) return { page: 'none' };
  const [, tab, isNew, id, edit] = match as unknown as [string, Tab, string | undefined, string | undefined, string | undefined];
  if (isNew !== undefined) return { page: 'form', tab, id: undefined };
  if (id === undefined) return { page: 'list', tab };
  return edit === undefined ? { page: 'show', tab, id } : { page: 'form', tab, id };
}

export const formTitle = (tab: Tab, id: string | undefined): string =>
  tab === 'api-roles' ? (id === undefined ? words.newRole : words.editRole) : id === undefined ? words.newClient : words.editClient;
