/** A group of the tree as it is written down below: code, name, type, and what is under it. */
export interface GroupDefinition {
  id: number;
  groupId: string;
  name: string;
  type: string;
  children?: readonly GroupDefinition[];
}

export interface EnvironmentDefinition {
  key: string;
  origin: string;
  /** Of the API; on an own host the same as the console's. */
  apiOrigin: string;
  /** Where OAuth tokens come from, `na`; undefined on an own host, since OAuth is there on SaaS only. */
  tokenRegion?: string;
  organization: string;
  domain: string;
  /** Groups that devices belong to are those without children. */
  tree: GroupDefinition;
  devices: number;
  /** Whether somebody already made an API key, as in the vendor's picture. */
  hasApiKey: boolean;
}

// unverified: types other than Container and Customer, which are the recorded ones.
const group = (id: number, groupId: string, name: string, type: string, ...children: GroupDefinition[]): GroupDefinition => ({ id, groupId, name, type, children });

export const ENVIRONMENTS: readonly EnvironmentDefinition[] = [
  {
    key: 'cn1234',
    origin: 'https://cn1234.awmdm.com',
    apiOrigin: 'https://as1234.awmdm.com',
    tokenRegion: 'na',
    organization: 'Meridian Logistics',
    domain: 'meridian.example',
    tree: group(
      1112,
      'MERIDIAN',
      'Meridian Logistics',
      'Customer',
      group(
        1201,
        'MER-EU',
        'Europe',
        'Region',
        group(1301, 'MER-DE', 'Germany', 'Container', group(1401, 'MER-HAM', 'Hamburg Warehouse', 'Container'), group(1402, 'MER-DE-DRV', 'Drivers', 'Container')),
        group(1302, 'MER-FR', 'France', 'Container', group(1403, 'MER-LYS', 'Lyon Warehouse', 'Container')),
        group(1303, 'MER-ES', 'España & Portugal', 'Container'),
      ),
      group(
        1202,
        'MER-AM',
        'Americas',
        'Region',
        // Another "Drivers": names are not unique, codes are.
        group(1311, 'MER-US', 'United States', 'Container', group(1411, 'MER-DEN', 'Denver Depot', 'Container'), group(1412, 'MER-US-DRV', 'Drivers', 'Container')),
        group(1312, 'MER-BR', 'Brasil', 'Container'),
      ),
      group(1203, 'MER-AP', 'Asia Pacific', 'Region', group(1321, 'MER-JP', '日本', 'Container', group(1421, 'MER-OSA', 'Osaka', 'Container'))),
      group(1204, 'MER-TEST', 'Test <Lab>', 'Container'),
    ),
    devices: 20_000,
    hasApiKey: true,
  },
  {
    key: 'uem-umbra',
    origin: 'https://uem.umbra.example',
    apiOrigin: 'https://uem.umbra.example',
    organization: 'Umbra Instruments',
    domain: 'umbra.example',
    tree: group(
      570,
      'UMBRA',
      'Umbra Instruments',
      'Customer',
      group(571, 'UMB-LAB', 'Laboratories', 'Container'),
      group(572, 'UMB-FLD', 'Field Service', 'Container'),
      group(573, 'UMB-NEW', 'Unused', 'Container'),
    ),
    devices: 150,
    hasApiKey: false,
  },
];

/** What lies above the customer's top group and is not theirs to see. [recorded: a top group has a parent] */
export const PARTNER_GROUP = { id: 500, uuid: 'ac616b37-75f6-4e93-aa84-408ec08b4d9d' };

/** The security PIN of every account, which the console asks for before some actions. */
export const SECURITY_PIN = '2468';

/** On every environment; the passwords open nothing but the sandbox. `group` is a code, the top group where there is none or no such one. */
export const WS1_LOGINS = {
  admin: { username: 'console.admin', password: 'Sandbox-console-1', role: 'Console Administrator', about: 'Console Administrator at the top group' },
  europe: { username: 'europe.admin', password: 'Sandbox-europe-1', role: 'Console Administrator', group: 'MER-EU', about: 'Console Administrator of Europe only' },
  auditor: { username: 'auditor', password: 'Sandbox-auditor-1', role: 'Read Only', about: 'Read Only: may see everything, change nothing' },
  helpDesk: { username: 'help.desk', password: 'Sandbox-helpdesk-1', role: 'Help Desk', about: 'Help Desk: no settings, no administrators, no API' },
  manager: { username: 'device.manager', password: 'Sandbox-manager-1', role: 'Device Manager', about: 'Device Manager: most of it, but no administrators and settings to change' },
  former: { username: 'former.admin', password: 'Sandbox-former-1', role: 'Console Administrator', about: 'Deactivated' },
  directory: { username: 'directory.admin', password: 'Sandbox-directory-1', role: 'Console Administrator', about: 'Directory account: no password at the API' },
} as const satisfies Record<string, { username: string; password: string; role: string; group?: string; about: string }>;
