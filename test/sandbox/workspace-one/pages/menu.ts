import type { Words } from './words.ts';

/** Where the newer pages are, which an app of their own makes. */
export const APP_PATH = '/AirWatch/aa/';

/** One entry of the submenu; `path` is below `/AirWatch` and after the `#` of the address. */
export interface MenuEntry {
  title: string;
  path?: string;
  /** Paths that this entry stands for too. */
  also?: string;
  /** Loads the newer pages. */
  href?: string;
  opensSettings?: true;
  entries?: readonly MenuEntry[];
}
export interface Menu {
  name: string;
  title: string;
  entries: readonly MenuEntry[];
}

/** The main menu with what lies below. `Admin/List`, `Device/List`, `User/List`, `OrganizationGroup/Details` are known routes; unverified: all others. */
export const menus = (words: Words): Menu[] => [
  { name: 'GettingStarted', title: words.gettingStarted, entries: [{ title: words.overview, path: '/GettingStarted' }] },
  { name: 'Monitor', title: words.monitor, entries: [{ title: words.overview, path: '/Monitor/Overview' }, { title: words.reports, path: '/Monitor/Reports' }] },
  { name: 'Devices', title: words.devices, entries: [{ title: words.dashboard, path: '/Device/Dashboard' }, { title: words.listView, path: '/Device/List' }] },
  { name: 'Resources', title: words.resources, entries: [{ title: words.profiles, path: '/Profile/List' }] },
  {
    name: 'Accounts',
    title: words.accounts,
    entries: [
      { title: words.users, entries: [{ title: words.listView, path: '/User/List' }] },
      {
        title: words.administrators,
        entries: [
          { title: words.listView, path: '/Admin/List' },
          // unverified: the route; three searches of public code found none.
          { title: words.roles, path: '/Admin/Roles' },
        ],
      },
    ],
  },
  { name: 'Apps', title: words.apps, entries: [{ title: words.native, path: '/Apps/List' }] },
  { name: 'Content', title: words.content, entries: [{ title: words.overview, path: '/Content/Overview' }] },
  { name: 'Email', title: words.email, entries: [{ title: words.dashboard, path: '/Email/Dashboard' }] },
  {
    name: 'ConfigAndSettings',
    title: words.groupsAndSettings,
    entries: [
      {
        title: words.groups,
        entries: [
          { title: words.organizationGroups, path: '/OrganizationGroup/List' },
          { title: words.details, path: '/OrganizationGroup/Details' },
          { title: words.assignmentGroups, path: '/SmartGroup/List' },
        ],
      },
      { title: words.allSettings, opensSettings: true },
      { title: words.configurations, href: `${APP_PATH}#/configurations` },
      { title: words.integrations, path: '/Integrations' },
    ],
  },
];

/** One page or folder of the settings dialog's tree. */
export interface SettingsNode {
  title: string;
  path?: string;
  nodes?: readonly SettingsNode[];
}

/** The tree as on the vendor's screenshot, as far as it is open there. `RESTApi` is a known route; unverified: all others. */
export const settingsTree = (words: Words): SettingsNode[] => [
  {
    title: words.system,
    nodes: [
      { title: words.gettingStarted, path: '/Settings/GettingStarted' },
      { title: words.branding, path: '/Settings/Branding' },
      { title: words.enterpriseIntegration, nodes: [] },
      { title: words.security, nodes: [] },
      { title: words.help, path: '/Settings/Help' },
      { title: words.localization, nodes: [] },
      { title: words.termsOfUse, path: '/Settings/TermsOfUse' },
      { title: words.smime, path: '/Settings/Smime' },
      {
        title: words.advanced,
        nodes: [
          {
            title: words.api,
            nodes: [
              { title: words.eventNotifications, path: '/Settings/EventNotifications' },
              { title: words.restApi, path: '/Settings/RESTApi' },
            ],
          },
          { title: words.deviceRootCertificate, path: '/Settings/DeviceRootCertificate' },
          { title: words.siteUrls, path: '/Settings/SiteUrls' },
        ],
      },
    ],
  },
  {
    title: words.devicesAndUsers,
    nodes: [
      { title: words.general, nodes: [] },
      { title: words.advanced, nodes: [{ title: words.tags, path: '/Settings/Tags' }] },
    ],
  },
  { title: words.apps, nodes: [] },
  { title: words.content, nodes: [] },
  { title: words.email, nodes: [] },
  { title: words.telecom, nodes: [] },
  { title: words.admin, nodes: [] },
];

/** Titles from the top of the tree down to a page; empty where there is none. */
export function settingsTrail(nodes: readonly SettingsNode[], path: string): string[] {
  for (const node of nodes) {
    if (node.path === path) return [node.title];
    const below = settingsTrail(node.nodes ?? [], path);
    if (below.length > 0) return [node.title, ...below];
  }
  return [];
}
