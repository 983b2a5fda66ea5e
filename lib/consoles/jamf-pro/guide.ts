import type { JamfProGoal } from '../../guide/goals.ts';
import type { Control, GuideField, GuideMemo, GuidePage, Observation, PageGuide } from '../../guide/guide.ts';
import { credentialsPage } from './tenant.ts';

/*
 * Jamf Pro's pages for API roles and clients, by meaning. English labels: [D] learn.jamf.com, Creating an API Role, Generating a
 * Client Secret (11.16). Japanese: 設定, システム, API ロールとクライアント, API ロール, API クライアント, 新規, 表示名, 保存 [D]; the others
 * // unverified: translated after the pattern of those. Addresses: [C] jamf-cli's table of pages (11.31) and salto's adapter.
 */

const list = /\/api-roles-and-clients\/?(?:\?|$)/;
const roleForm = /\/api-roles-and-clients\/api-roles\/(?:new|[^/?]+\/edit)\b/;
// unverified: the clients' path; the roles' was seen.
const clientForm = /\/api-roles-and-clients\/api-(?:clients|integrations)\/(?:new|[^/?]+\/edit)\b/;
const client = /\/api-(?:clients|integrations)\/[^/?]+$/;
const anyForm = new RegExp(`${roleForm.source}|${clientForm.source}`);

const pressed = ['button', 'link'] as const;
const opened = ['link', 'button', 'menuitem', 'treeitem', 'tab'] as const;
const several = ['combobox', 'listbox', 'tree', 'group', 'textbox', 'searchbox'] as const;

export const jamfProControls = {
  settings: { roles: opened, names: ['Settings', '設定'], structure: { href: /\/view\/settings\/?$/ } },
  system: { roles: [...opened, 'listitem'], names: ['System', 'System settings', 'システム', 'システム設定'] },
  rolesAndClients: { roles: opened, names: ['API Roles and Clients', 'API ロールとクライアント'], structure: { href: /\/api-roles-and-clients\/?$/ } },
  rolesTab: { roles: ['tab', 'link', 'button', 'radio'], names: ['API Roles', 'API ロール'], structure: { on: list, selector: '[role=tab]', nth: { index: 0, of: 2 } } },
  clientsTab: { roles: ['tab', 'link', 'button', 'radio'], names: ['API Clients', 'API クライアント'], structure: { on: list, selector: '[role=tab]', nth: { index: 1, of: 2 } } },
  new: { roles: pressed, names: ['New', '新規', 'Create new', 'New API Role', 'New API Client', '新規作成'], structure: { href: /\/api-(?:roles|clients|integrations)\/new\b/ } },
  edit: { roles: pressed, names: ['Edit', '編集'], structure: { href: /\/api-(?:roles|clients|integrations)\/[^/?]+\/edit\b/ } },
  save: { roles: ['button'], names: ['Save', '保存'], structure: { on: anyForm, selector: '[type=submit]' } },
  name: { roles: ['textbox', 'searchbox'], names: ['Display name', '表示名'], structure: { on: anyForm } },
  privileges: { roles: several, names: ['Jamf Pro API role privileges', 'Jamf Pro API ロールの権限'], structure: { on: roleForm, selector: '[role=combobox], [role=listbox], [role=tree], select[multiple]' } },
  roles: { roles: several, names: ['API Roles', 'API ロール'], structure: { on: clientForm, selector: '[role=combobox], [role=listbox], [role=tree], select[multiple]' } },
  lifetime: {
    roles: ['spinbutton', 'textbox'],
    names: ['Access Token Lifetime', 'Access Token Lifetime (seconds)', 'Access Token Lifetime in seconds', 'アクセストークンの有効期間', 'アクセストークンの有効期間 (秒)'],
    structure: { on: clientForm, selector: 'input[type=number], [role=spinbutton]' },
  },
  enabled: { roles: ['switch', 'checkbox'], names: ['Enable API Client', 'API クライアントを有効にする'], structure: { on: clientForm } },
  generate: { roles: ['button'], names: ['Generate Client Secret', 'クライアントシークレットを生成', 'クライアントシークレットの生成'] },
  create: { roles: ['button'], names: ['Create Secret', 'シークレットを作成', 'シークレットの作成'] },
  username: { roles: ['textbox'], names: ['Username', 'ユーザ名', 'ユーザー名'], structure: { selector: 'input[name=username]' } },
} as const satisfies Record<string, Control>;

export type JamfProControl = keyof typeof jamfProControls;

/** Steps in order; what comes after `capture` is the Run's. */
export const jamfProSteps = [
  'open-settings',
  'open-roles-and-clients',
  'new-role',
  'fill-role',
  'open-clients',
  'new-client',
  'fill-client',
  'generate-secret',
  'create-secret',
  'capture',
] as const;
/** Beside the straight way: half-done attempts, and pages where nothing can be done yet. */
export type JamfProStep = (typeof jamfProSteps)[number] | 'open-system' | 'open-roles' | 'open-role' | 'edit-role' | 'open-client' | 'edit-client' | 'other-object' | 'secret-unreadable' | 'sign-in' | 'wait' | 'lost';

type Page = GuidePage<JamfProControl>;
type Seen = Observation<JamfProControl, JamfProStep>;

/** Memo: `role` = it is as wanted; `roleSaved`, `clientSaved` = the admin pressed Save with all fields right. */
export const jamfProGuide: PageGuide<JamfProControl, JamfProStep, JamfProGoal> = {
  controls: jamfProControls,
  steps: () => jamfProSteps,
  start: () => credentialsPage,
  // [C] `11.31.0-t1751371582` in titles and in the navigation.
  version: /^(?:jamf pro )?(?:version )?v?(\d{1,2}\.\d{1,3}\.\d{1,3})(?:-[a-z]?\d+)?$/,
  secret: {
    secretNames: ['Client Secret', 'クライアントシークレット'],
    // 64 URL-safe characters in the vendor's schema example. // unverified: whether every release gives 64
    secret: /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{40,128}$/,
    id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  },

  observe(page, goal, memo) {
    if (page.secret !== 'none' || page.has('create')) {
      // Another client's secret is nobody's business here, and a new one would put an end to it.
      if (!page.shows(goal.name)) return { step: 'other-object' };
      if (page.secret === 'none') return { step: 'create-secret', target: 'create' };
      return { step: page.secret === 'shown' ? 'capture' : 'secret-unreadable' };
    }
    return observeForm(page, goal) ?? observeObject(page, goal, memo) ?? observeList(page, goal, memo) ?? observeWay(page, memo);
  },
};

function observeForm(page: Page, goal: JamfProGoal): Seen | undefined {
  // A page that only shows what the form would hold.
  if (page.has('edit') && !page.has('save')) return undefined;
  const isOn = (address: RegExp): boolean => address.test(page.address) && page.has('save');
  const isClient = page.has('lifetime') || isOn(clientForm);
  if (!isClient && !page.has('privileges') && !isOn(roleForm)) return undefined;
  const held = page.textOf('name');
  // What the console has not filled in yet is not an empty form.
  if (page.isBusy || (held === '' && /\/edit\b/.test(page.address))) return { step: 'wait' };
  if (held !== undefined && held !== '' && held !== goal.name) return { step: 'other-object' };
  const name: GuideField<JamfProControl> = { control: 'name', value: { kind: 'text', text: goal.name } };
  if (!isClient) {
    return { step: 'fill-role', target: 'save', fields: [name, { control: 'privileges', value: { kind: 'choices', names: goal.privileges } }], learnedByUse: { roleSaved: true } };
  }
  const fields: GuideField<JamfProControl>[] = [
    name,
    { control: 'roles', value: { kind: 'choices', names: [goal.name] } },
    { control: 'lifetime', value: { kind: 'text', text: String(goal.tokenLifetime) } },
    { control: 'enabled', value: { kind: 'on', on: true } },
  ];
  return { step: 'fill-client', target: 'save', fields, learnedByUse: { clientSaved: true } };
}

/** The page of one role or client. */
function observeObject(page: Page, goal: JamfProGoal, memo: GuideMemo): Seen | undefined {
  // Another one's page: its secret, its privileges are somebody else's.
  if (!page.shows(goal.name)) return undefined;
  if (page.has('generate') || client.test(page.address)) {
    // One that was there before is opened and compared: its page does not say which role is whose.
    return memo['clientSaved'] === true ? { step: 'generate-secret', target: 'generate' } : { step: 'edit-client', target: 'edit' };
  }
  if (!page.has('edit') || page.has('new')) return undefined;
  const isRight = memo['roleSaved'] === true || goal.privileges.every((name) => page.shows(name));
  return isRight ? { ...toClients(page), learned: { role: true } } : { step: 'edit-role', target: 'edit' };
}

/** From wherever to the list of clients. */
const toClients = (page: Page): Seen => ({ step: 'open-clients', target: page.has('clientsTab') ? 'clientsTab' : page.has('rolesAndClients') ? 'rolesAndClients' : 'settings' });

function observeList(page: Page, goal: JamfProGoal, memo: GuideMemo): Seen | undefined {
  const isList = page.has('rolesTab') && page.has('clientsTab');
  if (!isList) return undefined;
  if (page.isBusy) return { step: 'wait' };
  const isRole = memo['role'] === true;
  const onClients = isOnClients(page);
  const row = page.findNamed(goal.name);
  const isThere = row.kind !== 'absent' || row.unusable.some(({ obstacle }) => obstacle === 'covered');
  if (!onClients) {
    if (isRole || (memo['roleSaved'] === true && isThere)) return { ...toClients(page), learned: { role: true } };
    return isThere ? { step: 'open-role', named: goal.name } : { step: 'new-role', target: 'new' };
  }
  // A client that is there says nothing of the role.
  if (!isRole) return { step: 'open-roles', target: 'rolesTab' };
  return isThere ? { step: 'open-client', named: goal.name } : { step: 'new-client', target: 'new' };
}

function isOnClients(page: Page): boolean {
  const located = page.find('clientsTab');
  if (located.kind !== 'found') return false;
  const { element } = located;
  const state = element.getAttribute('aria-selected') ?? element.getAttribute('aria-current') ?? element.getAttribute('aria-checked');
  if (state !== null) return state !== 'false';
  const { type, checked } = element as Partial<HTMLInputElement>;
  return type === 'radio' ? checked === true : page.address.includes('tab=api-clients');
}

/** Not there yet. */
function observeWay(page: Page, memo: GuideMemo): Seen {
  const isOverview = /\/view\/settings\/?$/.test(page.address);
  if (isOverview && !page.has('rolesAndClients') && page.has('system')) return { step: 'open-system', target: 'system' };
  if (isOverview || page.has('rolesAndClients')) return { step: memo['role'] === true ? 'open-clients' : 'open-roles-and-clients', target: 'rolesAndClients' };
  if (page.has('settings')) return { step: 'open-settings', target: 'settings' };
  if (page.has('username')) return { step: 'sign-in' };
  return { step: page.isBusy ? 'wait' : 'lost' };
}
