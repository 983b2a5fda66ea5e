import type { WorkspaceOneGoal, WorkspaceOnePart } from '../../guide/goals.ts';
import type { Control, GuideField, GuideMemo, GuidePage, Observation, PageGuide, Row, SecretShape } from '../../guide/guide.ts';
import { oauthClientsPage } from './tenant.ts';

/*
 * Workspace ONE UEM's pages for the REST API key, roles, administrators and OAuth clients, by meaning. English labels: [S] Omnissa's
 * pictures of the settings and of OAuth clients (euc-dev/ws1-uem-apis, docs/76200-1119-175655-7.png and -9 to -11, 2025); [V] docs.vmware.com
 * GUID-AWT-CREATEADMINROLE, GUID-AWT-ADMINROLES, GUID-AWT-CREATEADMINACCOUNT (2011). Addresses and accessible names of the header: console
 * markers [M]. // unverified: every Japanese wording, and what has no mark here.
 */

const admins = /\/AirWatch\/#\/Admin\/List\b/i;
const signInPage = /\/AirWatch\/Login\b/i;
const clients = /\/AirWatch\/aa\/#\/configurations\/oauth-clients\b/i;

const opened = ['link', 'button', 'menuitem', 'treeitem', 'tab'] as const;
const pressed = ['button', 'link', 'menuitem'] as const;
const tab = ['tab', 'link', 'button', 'radio'] as const;
const toggle = ['radio', 'switch', 'button', 'checkbox'] as const;
const several = ['combobox', 'listbox', 'textbox', 'searchbox'] as const;
const trees = ['tree', 'treegrid', 'grid', 'table', 'list', 'group', 'region'] as const;

const on = ['Enabled', '有効'];
// [M] the page's own column, beside navigation and header.
const inPage = [{ selector: 'main *, #maincolumn *, [role=main] *, dialog *, [role=dialog] *', since: '2024, in public scripts' }];
const isTab = [{ selector: '[role=tab], [role=tablist] *', since: 'never: unverified' }];

export const workspaceOneControls = {
  // The way
  groupsAndSettings: { roles: opened, names: ['Groups & Settings', 'グループと設定'], structure: { selector: '[href*="/AirWatch/Menu/ConfigAndSettings/"]' } },
  allSettings: { roles: opened, names: ['All Settings', 'All Settings Opens Dialog', 'すべての設定'], structure: { selector: '[href*="/AirWatch/Settings"]' } },
  system: { roles: opened, names: ['System', 'システム'] },
  advanced: { roles: opened, names: ['Advanced', '高度な設定', '詳細設定'] },
  api: { roles: opened, names: ['API'] },
  restApi: { roles: opened, names: ['REST API'], structure: { selector: '[href*="/Settings/RESTApi" i]' } },
  accounts: { roles: opened, names: ['Accounts', 'アカウント'] },
  administrators: { roles: opened, names: ['Administrators', '管理者'] },
  rolesPage: { roles: opened, names: ['Roles', 'ロール'], hints: [{ selector: '[href*="Admin" i][href*="Role" i]', since: 'never: unverified' }] },
  adminsPage: { roles: opened, names: ['List View', 'リスト表示', 'リスト ビュー'], hints: [{ selector: '[href*="#/Admin/List" i]', since: '2023, in public code' }], structure: { selector: '[href*="#/Admin/List" i]' } },
  globalGroup: { roles: opened, names: ['Global Organization Group Drop Down Menu'] },
  // Settings > System > Advanced > API > REST API
  settingsGroup: { roles: [...opened, 'combobox'], names: ['Organization Group Drop Down Menu'] },
  general: { roles: tab, names: ['General', '全般'], hints: isTab },
  authentication: { roles: tab, names: ['Authentication', '認証'], hints: isTab },
  inherit: { roles: toggle, names: ['Inherit', '継承'] },
  override: { roles: toggle, names: ['Override', 'オーバーライド', '上書き'] },
  apiAddress: { roles: ['textbox'], names: ['REST API URL'] },
  apiEnabled: { roles: toggle, names: on, near: { names: ['Enable API Access', 'API アクセスを有効化', 'API アクセスの有効化'] } },
  basicEnabled: { roles: toggle, names: on, near: { names: ['Basic', 'Basic Authentication', '基本', '基本認証'] } },
  addKey: { roles: pressed, names: ['Add', '追加'], hints: inPage },
  service: { roles: ['textbox'], names: ['Service', 'サービス'] },
  accountType: { roles: ['combobox', 'listbox', 'textbox'], names: ['Account Type', 'アカウント タイプ', 'アカウントの種類'] },
  apiKey: { roles: ['textbox'], names: ['API Key', 'API キー'] },
  // Roles
  addRole: { roles: pressed, names: ['Add Role', 'ロールを追加', 'ロールの追加'], hints: inPage },
  selectRow: { roles: ['radio', 'checkbox'], names: [] },
  copy: { roles: pressed, names: ['Copy', 'コピー'], hints: inPage },
  edit: { roles: pressed, names: ['Edit', '編集'], hints: inPage },
  creating: { roles: ['heading', 'dialog'], names: ['Create Role', 'Add Role', 'Copy Role', 'ロールの作成', 'ロールを追加', 'ロールのコピー'] },
  name: { roles: ['textbox'], names: ['Name', 'Role Name', '名前', 'ロール名'] },
  description: { roles: ['textbox'], names: ['Description', '説明'] },
  resources: { roles: ['textbox', 'searchbox'], names: ['Search Resources', 'リソースを検索', 'リソースの検索'] },
  categories: { roles: trees, names: ['Categories', 'カテゴリ', 'カテゴリー'], hints: [{ selector: '[role=tree], [role=treegrid]', since: 'never: unverified' }], structure: { selector: '[role=tree], [role=treegrid]' } },
  // Administrators
  add: { roles: pressed, names: ['Add', '追加'], hints: inPage },
  addAdmin: { roles: pressed, names: ['Add Admin', '管理者を追加', '管理者の追加'] },
  basicTab: { roles: tab, names: ['Basic', '基本'], hints: isTab },
  rolesTab: { roles: tab, names: ['Roles', 'ロール'], hints: isTab },
  basicUser: { roles: toggle, names: ['Basic', '基本'], near: { names: ['User Type', 'ユーザー タイプ', 'ユーザーの種類'] } },
  // [M] the sign-in page asks for one after the other.
  username: { roles: ['textbox'], names: ['Username', 'User Name', 'ユーザー名'], structure: { on: signInPage, selector: '#UserName, input[name=UserName]' } },
  password: { roles: ['textbox'], names: ['Password', 'パスワード'] },
  confirmPassword: { roles: ['textbox'], names: ['Confirm Password', 'パスワードの確認', 'パスワードの確認入力'] },
  firstName: { roles: ['textbox'], names: ['First Name', '名'] },
  lastName: { roles: ['textbox'], names: ['Last Name', '姓'] },
  email: { roles: ['textbox'], names: ['Email Address', 'Email', 'E-mail Address', 'Eメール アドレス', 'Eメール', 'メール アドレス'] },
  noNotification: { roles: toggle, names: ['None', 'なし'], near: { names: ['Notification', '通知'] } },
  mustChange: { roles: ['checkbox', 'switch'], names: ['Require password change at next login', 'Requires Password Change', 'Require Password Change', '次回ログイン時にパスワードの変更を要求'] },
  group: { roles: several, names: ['Organization Group', '組織グループ'] },
  role: { roles: several, names: ['Role', 'ロール'] },
  // OAuth clients
  configurations: { roles: opened, names: ['Configurations', '構成'] },
  clientsPage: { roles: opened, names: ['OAuth Client Management', 'OAuth クライアント管理'], structure: { selector: '[href*="configurations/oauth-clients"]' } },
  addClient: { roles: pressed, names: ['Add', '追加'], hints: inPage },
  registering: { roles: ['heading', 'dialog'], names: ['Register a New Client', '新しいクライアントの登録'] },
  clientEnabled: { roles: ['switch', 'checkbox'], names: ['Status', ...on, 'ステータス', 'Disabled', '無効'] },
  showSecret: { roles: ['button', 'link'], names: ['Show', 'Show Secret', 'Show Client Secret', 'Reveal', '表示', 'シークレットを表示', 'クライアント シークレットを表示'], structure: { selector: ':has(clr-icon[shape=eye], cds-icon[shape=eye])' } },
  // Everywhere
  // [M] of the settings, which lie over the menus.
  closeDialog: { roles: pressed, names: ['Close Dialog', 'Close', 'ダイアログを閉じる', '閉じる'], structure: { selector: 'dialog [aria-label*=close i], [role=dialog] [aria-label*=close i]' } },
  save: { roles: ['button'], names: ['Save', '保存'], hints: inPage },
} as const satisfies Record<string, Control>;

export type WorkspaceOneControl = keyof typeof workspaceOneControls;

const steps = {
  'api-key': ['open-settings', 'open-rest-api', 'add-key', 'fill-key', 'capture'],
  'role': ['open-administrators', 'open-roles', 'select-role', 'copy-role', 'fill-role'],
  'administrator': ['open-administrators', 'open-admins', 'add-admin', 'fill-admin', 'open-roles-tab', 'add-admin-role', 'fill-admin-roles'],
  'oauth-client': ['open-configurations', 'add-client', 'fill-client', 'show-secret', 'capture'],
} as const satisfies Record<WorkspaceOnePart, readonly string[]>;

/** Beside the straight way: what is there already, half-done attempts, and pages where nothing can be done yet. */
export type WorkspaceOneStep =
  | (typeof steps)[WorkspaceOnePart][number]
  | 'switch-group' | 'open-authentication' | 'basic-off' | 'open-general' | 'key-other-type' | 'secret-unreadable'
  | 'new-role' | 'open-role' | 'edit-role' | 'role-done'
  | 'admin-exists' | 'open-admin' | 'edit-admin' | 'change-admin' | 'open-basic-tab' | 'admin-done'
  | 'client-exists'
  | 'close-dialog' | 'other-object' | 'sign-in' | 'wait' | 'lost';

type Page = GuidePage<WorkspaceOneControl>;
type Seen = Observation<WorkspaceOneControl, WorkspaceOneStep>;
type Field = GuideField<WorkspaceOneControl>;
type Goal<Part extends WorkspaceOnePart> = Extract<WorkspaceOneGoal, { part: Part }>;

const text = (control: WorkspaceOneControl, value: string): Field => ({ control, value: { kind: 'text', text: value } });
const choice = (control: WorkspaceOneControl, name: string): Field => ({ control, value: { kind: 'choices', names: [name] } });
const entry = (control: WorkspaceOneControl, name: string): Field => ({ control, value: { kind: 'entry', name } });
const turned = (control: WorkspaceOneControl, isOn = true): Field => ({ control, value: { kind: 'on', on: isOn } });

// [S] 44 characters: 32 bytes in base64. // unverified: for keys of every release
const apiKey = /^[A-Za-z0-9+/]{43}=$/;
const adminType = ['Admin', '管理者'];
const inRowOf = (service: string): Row<WorkspaceOneControl> => ({ of: 'service', text: service });

const clientSecret: SecretShape = {
  secretNames: ['Client Secret', 'クライアント シークレット'],
  // [S] an ID of hexadecimal digits and a longer row of dots. // unverified: length and characters of both
  secret: /^(?=.*\d)(?=.*[A-Za-z])(?![0-9a-f]{32}$)[A-Za-z0-9+/=_.~-]{32,128}$/,
  id: /^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i,
};

/**
 * Memo: `keySaved`, `roleSaved`, `adminSaved` = the admin pressed Save with all fields right; `apiOff` = the API was off, and nothing was saved
 * since; `basicOff` likewise; `basicOn` = it was seen on, or saved so; `role` = it is as wanted; `isCopy` = the admin pressed Copy with the right role selected; `basic` = all fields of the first tab were
 * right when it was left.
 */
export const workspaceOneGuide: PageGuide<WorkspaceOneControl, WorkspaceOneStep, WorkspaceOneGoal> = {
  controls: workspaceOneControls,
  steps: ({ part }) => steps[part],
  secret: undefined,
  secretFor(goal) {
    if (goal.part === 'api-key') return { row: inRowOf(goal.service), beside: { control: 'accountType', texts: adminType }, control: 'apiKey', key: apiKey };
    return goal.part === 'oauth-client' ? clientSecret : undefined;
  },
  // unverified: where and how the console says its version
  version: /^(?:workspace one uem )?(?:version )?(\d{4}|\d{2}\.\d{1,2}\.\d{1,2}\.\d+)$/,
  // [M]; the page of roles has no known address.
  start: ({ part }) => ({ 'api-key': '/AirWatch/#/AirWatch/Settings/RESTApi', 'role': '/AirWatch/#/Admin/List', 'administrator': '/AirWatch/#/Admin/List', 'oauth-client': oauthClientsPage })[part],

  observe(page, goal, memo) {
    if (signInPage.test(page.address) && (page.has('username') || page.has('password'))) return { step: 'sign-in' };
    const seen = observePart(page, goal, memo);
    const found = factsOf(page);
    return Object.keys(found).length > 0 ? { ...seen, found } : seen;
  },
};

function observePart(page: Page, goal: WorkspaceOneGoal, memo: GuideMemo): Seen {
  switch (goal.part) {
    case 'api-key':
      return observeKey(page, goal, memo) ?? toSettings(page);
    case 'role':
      return observeRoleForm(page, goal, memo) ?? observeRoles(page, goal, memo) ?? toAdministrators(page, 'rolesPage', 'open-roles');
    case 'administrator':
      return observeAdminForm(page, goal, memo) ?? observeAdmins(page, goal, memo) ?? toAdministrators(page, 'adminsPage', 'open-admins');
    case 'oauth-client':
      return observeClients(page, goal) ?? toClients(page);
  }
}

/** What the page says by the way. */
function factsOf(page: Page): Record<string, string> {
  const address = page.textOf('apiAddress') ?? page.textLike(/^https:\/\/[\w.:-]+\/api\/?$/i);
  const group = page.textOn('settingsGroup') ?? page.textOn('globalGroup');
  return { ...(address ? { apiAddress: address } : {}), ...(group ? { organizationGroup: group } : {}) };
}

function nowhere(page: Page): Seen {
  if (page.isBusy) return { step: 'wait' };
  return page.has('closeDialog') ? { step: 'close-dialog', target: 'closeDialog' } : { step: 'lost' };
}

// ---- REST API key ----

function observeKey(page: Page, { service, checksBasic }: Goal<'api-key'>, memo: GuideMemo): Seen | undefined {
  const services = page.rows('service');
  // The toggle can be out of use, as everything that is inherited.
  const isKeys = page.has('apiEnabled') || services.length > 0 || (page.has('apiAddress') && page.isOn('inherit') === true);
  if (!isKeys) return observeAuthentication(page, memo);
  if (page.isBusy) return { step: 'wait' };
  // Keys are made at the top alone; below it, all of this is inherited.
  if (page.isOn('inherit') === true) return switchGroup(page);
  if (checksBasic && memo['basicOn'] !== true && page.has('authentication')) return { step: 'open-authentication', target: 'authentication' };
  const isEnabled = page.isOn('apiEnabled');
  // Turned on in the form, it counts once it is saved.
  const isOff = isEnabled === false || memo['apiOff'] === true;
  if (isEnabled === true && !page.has('addKey') && !services.includes(service)) return switchGroup(page);
  const enabled = turned('apiEnabled');
  if (services.includes(service)) {
    const row = inRowOf(service);
    const isSaved = page.isUntouched('service', row);
    const isAdmin = adminType.includes(page.textOf('accountType', row) ?? '');
    if (isSaved && !isAdmin) return { step: 'key-other-type' };
    if ((isSaved || memo['keySaved'] === true) && !isOff && page.secret !== 'none') return { step: page.secret === 'shown' ? 'capture' : 'secret-unreadable' };
    return fillKey(row, service);
  }
  if (services.includes('')) return fillKey(inRowOf(''), service);
  return { step: 'add-key', target: 'addKey', fields: [enabled] };

  function fillKey(row: Row<WorkspaceOneControl>, name: string): Seen {
    const type = adminType.find((one) => one === page.textOf('accountType', row));
    return {
      step: 'fill-key',
      target: 'save',
      fields: [enabled, { ...text('service', name), row }, ...(type === undefined ? [{ ...choice('accountType', 'Admin'), row }] : [])],
      ...(isEnabled === false ? { learned: { apiOff: true } } : {}),
      learnedByUse: { keySaved: true, ...(isOff ? { apiOff: false } : {}) },
    };
  }
}

/** The tab beside the keys. */
function observeAuthentication(page: Page, memo: GuideMemo): Seen | undefined {
  const isOn = page.isOn('basicEnabled');
  if (isOn === undefined) return undefined;
  if (page.isBusy) return { step: 'wait' };
  // Turned on in the form, it counts once it is saved.
  if (!isOn || memo['basicOff'] === true) return { step: 'basic-off', target: 'save', fields: [turned('basicEnabled')], learned: { basicOff: true }, learnedByUse: { basicOff: false, basicOn: true } };
  return page.has('general') ? { step: 'open-general', target: 'general', learned: { basicOn: true } } : undefined;
}

const switchGroup = (page: Page): Seen => ({ step: 'switch-group', ...(page.has('settingsGroup') ? { target: 'settingsGroup' } : {}) });

function toSettings(page: Page): Seen {
  if (isRoleForm(page)) return leaveRoleForm(page);
  for (const target of ['restApi', 'api', 'advanced', 'system'] as const) if (page.has(target)) return { step: 'open-rest-api', target };
  for (const target of ['allSettings', 'groupsAndSettings'] as const) if (page.has(target)) return { step: 'open-settings', target };
  return nowhere(page);
}

// ---- Role ----

const isRoleForm = (page: Page): boolean => isThere(page, 'save') && page.has('name') && (page.has('categories') || page.has('resources'));

/** A role that was as wanted is not saved, so its form stays; its categories are called as the menus are. */
const leaveRoleForm = (page: Page): Seen => (page.has('closeDialog') ? { step: 'close-dialog', target: 'closeDialog' } : { step: 'other-object' });

function observeRoleForm(page: Page, goal: Goal<'role'>, memo: GuideMemo): Seen | undefined {
  if (!isRoleForm(page)) return undefined;
  const held = page.textOf('name');
  if (page.isBusy || held === undefined) return { step: 'wait' };
  const isNew = memo['isCopy'] === true || page.find('creating').kind !== 'absent';
  // A copy is called after what it is a copy of.
  const isCopy = isNew && goal.copyOf !== '' && held.toLowerCase().includes(goal.copyOf.toLowerCase());
  if (held !== goal.name && !(held === '' && isNew) && !isCopy) return { step: 'other-object' };
  const { categories, permissions } = goal;
  return {
    step: 'fill-role',
    target: 'save',
    fields: [text('name', goal.name), text('description', goal.description), { control: 'categories', value: { kind: 'rights', categories, permissions } }],
    learnedByUse: { roleSaved: true },
    ...(isNew ? {} : { asIs: { step: 'role-done', learned: { role: true }, isDone: true } }),
  };
}

function observeRoles(page: Page, goal: Goal<'role'>, memo: GuideMemo): Seen | undefined {
  if (!page.has('addRole')) return undefined;
  if (page.isBusy) return { step: 'wait' };
  if (isListed(page, goal.name)) {
    const learned = { isCopy: false };
    if (memo['roleSaved'] === true || memo['role'] === true) return { step: 'role-done', learned: { ...learned, role: true }, isDone: true };
    const row = { text: goal.name };
    if (page.isOn('selectRow', row) === true && page.has('edit')) return { step: 'edit-role', target: 'edit', learned };
    return { step: 'open-role', named: goal.name, learned };
  }
  if (goal.copyOf === '') return { step: 'new-role', target: 'addRole' };
  const row = { text: goal.copyOf };
  if (page.isOn('selectRow', row) !== true && page.has('selectRow', row)) return { step: 'select-role', target: 'selectRow', row };
  if (page.isOn('selectRow', row) === true) return { step: 'copy-role', target: 'copy', learnedByUse: { isCopy: true } };
  return { step: 'select-role', named: goal.copyOf };
}

/** Also where it is greyed out. */
const isThere = (page: Page, id: WorkspaceOneControl): boolean => {
  const located = page.find(id);
  return located.kind === 'found' || (located.kind === 'absent' && located.unusable.some(({ obstacle }) => obstacle === 'disabled'));
};

/** Whether a list has something of this name. */
function isListed(page: Page, name: string): boolean {
  const located = page.findNamed(name);
  return located.kind !== 'absent' || located.unusable.some(({ obstacle }) => obstacle === 'covered');
}

function toAdministrators(page: Page, target: 'rolesPage' | 'adminsPage', step: 'open-roles' | 'open-admins'): Seen {
  if (isRoleForm(page)) return leaveRoleForm(page);
  if (page.has(target)) return { step, target };
  for (const one of ['administrators', 'accounts'] as const) if (page.has(one)) return { step: 'open-administrators', target: one };
  return nowhere(page);
}

// ---- Administrator ----

function observeAdminForm(page: Page, goal: Goal<'administrator'>, memo: GuideMemo): Seen | undefined {
  const isBasic = page.has('username') && (page.has('firstName') || page.has('confirmPassword'));
  const isRoles = !isBasic && page.has('rolesTab') && page.has('basicTab');
  if (!isBasic && !isRoles) return undefined;
  if (page.isBusy) return { step: 'wait' };
  if (isBasic) {
    const held = page.textOf('username');
    // Its form came with that name: it is there already, and keeps all but password and role.
    if (held === goal.username && page.isUntouched('username')) {
      if (!goal.mayChange || !page.has('password')) return { step: 'admin-exists' };
      return { step: 'change-admin', target: 'rolesTab', fields: passwordFields(page), learnedByUse: { basic: true } };
    }
    if (held !== '' && held !== goal.username) return { step: 'other-object' };
    return { step: 'fill-admin', target: 'rolesTab', fields: basicFields(page, goal), learnedByUse: { basic: true } };
  }
  // Nothing of the first tab can be seen from here.
  if (memo['basic'] !== true) return { step: 'open-basic-tab', target: 'basicTab' };
  if (page.isOn('rolesTab') === false) return { step: 'open-roles-tab', target: 'rolesTab' };
  const rows = page.rows('group');
  const [first] = rows;
  if (!page.has('group') && first === undefined) return { step: 'add-admin-role', target: 'addRole' };
  // Rows of a table, each with a group and a role in it: all of a form that is ours.
  const row: { row?: Row<WorkspaceOneControl> } = page.has('group') ? {} : { row: { of: 'group', text: rows.find((one) => one.startsWith(goal.organizationGroup)) ?? first ?? '' } };
  return {
    step: 'fill-admin-roles',
    target: 'save',
    fields: [{ ...entry('group', goal.organizationGroup), ...row }, { ...choice('role', goal.role), ...row }],
    learnedByUse: { adminSaved: true },
  };
}

function basicFields(page: Page, { username, firstName, lastName, email }: Goal<'administrator'>): Field[] {
  const optional = (field: Field): Field[] => (page.has(field.control) ? [field] : []);
  return [
    ...optional(turned('basicUser')),
    text('username', username),
    ...passwordFields(page),
    text('firstName', firstName),
    text('lastName', lastName),
    ...optional(text('email', email)),
    ...optional(turned('noNotification')),
    ...optional(turned('mustChange', false)),
  ];
}

function passwordFields(page: Page): Field[] {
  const secret = (control: 'password' | 'confirmPassword'): Field => ({ control, value: { kind: 'secret', secret: 'password' } });
  return page.has('confirmPassword') ? [secret('password'), secret('confirmPassword')] : [secret('password')];
}

function observeAdmins(page: Page, goal: Goal<'administrator'>, memo: GuideMemo): Seen | undefined {
  if (!page.has('add') || !(admins.test(page.address) || page.has('addAdmin'))) return undefined;
  if (page.isBusy) return { step: 'wait' };
  const learned = { basic: false };
  // The form is closed after Save; a long list may have the new one on another page.
  if (memo['adminSaved'] === true) return { step: 'admin-done', isDone: true, learned };
  if (isListed(page, goal.username)) {
    if (!goal.mayChange) return { step: 'admin-exists', learned };
    if (page.isOn('selectRow', { text: goal.username }) === true && page.has('edit')) return { step: 'edit-admin', target: 'edit', learned };
    return { step: 'open-admin', named: goal.username, learned };
  }
  return { step: 'add-admin', target: page.has('addAdmin') ? 'addAdmin' : 'add', learned };
}

// ---- OAuth client ----

function observeClients(page: Page, goal: Goal<'oauth-client'>): Seen | undefined {
  if (page.secret !== 'none') {
    if (!page.shows(goal.name)) return { step: 'other-object' };
    if (page.secret === 'shown') return { step: 'capture' };
    return page.has('showSecret') ? { step: 'show-secret', target: 'showSecret' } : { step: 'secret-unreadable' };
  }
  const isForm = page.has('name') && page.has('description') && (isThere(page, 'role') || page.find('registering').kind !== 'absent');
  if (isForm) {
    const held = page.textOf('name');
    if (page.isBusy || held === undefined) return { step: 'wait' };
    if (held !== '' && held !== goal.name) return { step: 'other-object' };
    return {
      step: 'fill-client',
      target: 'save',
      fields: [text('name', goal.name), text('description', goal.description), entry('group', goal.organizationGroup), choice('role', goal.role), turned('clientEnabled')],
    };
  }
  if (!clients.test(page.address) || !page.has('addClient')) return undefined;
  if (page.isBusy) return { step: 'wait' };
  return isListed(page, goal.name) ? { step: 'client-exists' } : { step: 'add-client', target: 'addClient' };
}

function toClients(page: Page): Seen {
  for (const target of ['clientsPage', 'configurations', 'groupsAndSettings'] as const) if (page.has(target)) return { step: 'open-configurations', target };
  return nowhere(page);
}
