import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkspaceOneGoal, WorkspaceOnePart } from '../../guide/goals.ts';
import type { GuideMemo, GuidePage, Observation, Row } from '../../guide/guide.ts';
import type { Located } from '../../guide/locate.ts';
import { normalise } from '../../guide/wording.ts';
import { workspaceOneControls, workspaceOneGuide, type WorkspaceOneControl, type WorkspaceOneStep } from './guide.ts';

type Id = WorkspaceOneControl;
type Part<P extends WorkspaceOnePart> = Extract<WorkspaceOneGoal, { part: P }>;
const goals = {
  'api-key': { guide: 'workspace-one', part: 'api-key', service: 'Keyferry' },
  'role': { guide: 'workspace-one', part: 'role', name: 'api_admin_role', description: 'For the API', copyOf: 'Read Only', categories: [{ path: 'API > REST > Devices', access: 'edit' }], permissions: [] },
  'administrator': { guide: 'workspace-one', part: 'administrator', username: 'api_admin', firstName: 'Harmony', lastName: 'Mobile', email: 'a@b.example', role: 'api_admin_role', organizationGroup: 'Meridian', mayChange: false },
  'oauth-client': { guide: 'workspace-one', part: 'oauth-client', name: 'Harmony', description: 'For Harmony', role: 'api_admin_role', organizationGroup: 'Meridian' },
} as const satisfies { [P in WorkspaceOnePart]: Part<P> };

/** What a row holds, by control. */
interface Cells {
  has?: readonly Id[];
  text?: Partial<Record<Id, string>>;
  on?: readonly Id[];
  isTyped?: boolean;
}

/** What a page shows. `text`: what fields hold, which are there then; `off`: what is there and says that it is off. */
interface Screen {
  address?: string;
  has?: readonly Id[];
  text?: Partial<Record<Id, string>>;
  on?: readonly Id[];
  off?: readonly Id[];
  disabled?: readonly Id[];
  /** Fields that hold what they came with. */
  untouched?: readonly Id[];
  /** By what stands in the row. */
  rows?: Readonly<Record<string, Cells>>;
  column?: Partial<Record<Id, readonly string[]>>;
  named?: readonly string[];
  texts?: readonly string[];
  secret?: 'shown' | 'unreadable';
  isBusy?: boolean;
}

const found: Located = { kind: 'found', element: {} as Element, score: 1, reason: '' };
const absent: Located = { kind: 'absent', reason: '', unusable: [] };
const disabled: Located = { kind: 'absent', reason: '', unusable: [{ element: {} as Element, obstacle: 'disabled' }] };

function pageOf(screen: Screen): GuidePage<Id> {
  const { address = '/AirWatch/#/GettingStarted', text = {}, on = [], off = [], rows = {}, column = {}, named = [], texts = [], untouched = [] } = screen;
  const all = new Set<Id>([...(screen.has ?? []), ...(Object.keys(text) as Id[]), ...on, ...off]);
  const cellsOf = (row: Row<Id>): Cells | undefined => rows[row.text];
  const find = (id: Id, row?: Row<Id>): Located => {
    if (row) return [...(cellsOf(row)?.has ?? []), ...Object.keys(cellsOf(row)?.text ?? {}), ...(cellsOf(row)?.on ?? [])].includes(id) ? found : absent;
    return screen.disabled?.includes(id) ? disabled : all.has(id) ? found : absent;
  };
  return {
    address,
    find,
    has: (id, row) => find(id, row).kind === 'found',
    textOf: (id, row) => (row ? cellsOf(row)?.text?.[id] : text[id]),
    isOn: (id, row) => (row ? (cellsOf(row)?.on?.includes(id) ? true : undefined) : on.includes(id) ? true : off.includes(id) ? false : undefined),
    isUntouched: (id, row) => (row ? cellsOf(row) !== undefined && cellsOf(row)?.isTyped !== true : untouched.includes(id)),
    rows: (id) => column[id] ?? [],
    textOn: (id) => (id === 'globalGroup' && all.has(id) ? 'Meridian' : undefined),
    textLike: () => undefined,
    shows: (wanted) => texts.includes(wanted),
    says: () => false,
    partWith: () => undefined,
    countWith: () => 0,
    findNamed: (name) => (named.includes(name) ? found : absent),
    secret: screen.secret ?? 'none',
    isBusy: screen.isBusy ?? false,
  };
}

const observe = (part: WorkspaceOnePart, screen: Screen, memo: GuideMemo = {}): Observation<Id, WorkspaceOneStep> => workspaceOneGuide.observe(pageOf(screen), goals[part], memo);

const keysPage = '/AirWatch/#/AirWatch/Settings/RESTApi';
const list = '/AirWatch/#/Admin/List';
const clientsPage = '/AirWatch/aa/#/configurations/oauth-clients';
/** Keys at the top group. */
const keys = (services: readonly string[], more: Screen = {}): Screen => ({ address: keysPage, has: ['addKey', 'save', 'restApi'], on: ['override', 'apiEnabled'], column: { service: services }, ...more });
const adminKey: Cells = { text: { service: 'Keyferry', accountType: 'Admin' } };
const row = { of: 'service', text: 'Keyferry' };
const enabled = { control: 'apiEnabled', value: { kind: 'on', on: true } };
const text = (control: Id, value: string): object => ({ control, value: { kind: 'text', text: value } });
const choice = (control: Id, name: string): object => ({ control, value: { kind: 'choices', names: [name] } });
const roleFields = [text('name', 'api_admin_role'), text('description', 'For the API'), { control: 'categories', value: { kind: 'rights', categories: goals.role.categories, permissions: [] } }];
const fillRole = { step: 'fill-role', target: 'save', fields: roleFields, learnedByUse: { roleSaved: true } };
const asIs = { step: 'role-done', learned: { role: true }, isDone: true };
const roleForm = (name: string, more: Screen = {}): Screen => ({ has: ['save', 'description', 'categories', 'resources'], text: { name }, ...more });
const roles = (more: Screen = {}): Screen => ({ has: ['addRole', 'accounts'], rows: { 'Read Only': { has: ['selectRow'] } }, ...more });
const secretField = (control: Id): object => ({ control, value: { kind: 'secret', secret: 'password' } });
const basicForm = (username: string, more: Screen = {}): Screen => ({ address: list, has: ['save', 'rolesTab', 'basicTab', 'password', 'confirmPassword', 'email'], text: { username, firstName: '', lastName: '' }, ...more });
const adminRoles = (more: Screen = {}): Screen => ({ address: list, has: ['rolesTab', 'basicTab', 'save', 'addRole'], on: ['rolesTab'], ...more });
const basic = { basic: true };
const grant = (of: { of: string; text: string }): object[] => [{ control: 'group', value: { kind: 'entry', name: 'Meridian' }, row: of }, { control: 'role', value: { kind: 'choices', names: ['api_admin_role'] }, row: of }];
const clientFields = [text('name', 'Harmony'), text('description', 'For Harmony'), { control: 'group', value: { kind: 'entry', name: 'Meridian' } }, choice('role', 'api_admin_role'), { control: 'clientEnabled', value: { kind: 'on', on: true } }];

const basicOff = { step: 'basic-off', target: 'save', fields: [{ control: 'basicEnabled', value: { kind: 'on', on: true } }], learned: { basicOff: true }, learnedByUse: { basicOff: false, basicOn: true } };

const cases: [part: WorkspaceOnePart, what: string, screen: Screen, memo: GuideMemo, seen: object][] = [
  // REST API key
  ['api-key', 'the home page', { has: ['groupsAndSettings', 'accounts'] }, {}, { step: 'open-settings', target: 'groupsAndSettings' }],
  ['api-key', 'the menu', { has: ['groupsAndSettings', 'allSettings'] }, {}, { step: 'open-settings', target: 'allSettings' }],
  ['api-key', 'the settings', { has: ['system'] }, {}, { step: 'open-rest-api', target: 'system' }],
  ['api-key', 'the settings, System open', { has: ['system', 'advanced'] }, {}, { step: 'open-rest-api', target: 'advanced' }],
  ['api-key', 'the settings, API open', { has: ['system', 'advanced', 'api', 'restApi'] }, {}, { step: 'open-rest-api', target: 'restApi' }],
  ['api-key', 'a role that is still open', roleForm('api_admin_role', { has: ['save', 'categories', 'system', 'api', 'closeDialog'] }), {}, { step: 'close-dialog', target: 'closeDialog' }],
  ['api-key', 'no key of ours', keys(['AirWatchAPI']), {}, { step: 'add-key', target: 'addKey', fields: [enabled] }],
  ['api-key', 'a new row', keys(['AirWatchAPI', ''], { rows: { '': { text: { service: '', accountType: 'Admin' }, isTyped: true } } }), {}, { step: 'fill-key', target: 'save', fields: [enabled, { ...text('service', 'Keyferry'), row: { of: 'service', text: '' } }], learnedByUse: { keySaved: true } }],
  ['api-key', 'a new row of another type', keys([''], { rows: { '': { text: { service: '', accountType: 'Enrollment User' } } } }), {}, { step: 'fill-key', target: 'save', fields: [enabled, { ...text('service', 'Keyferry'), row: { of: 'service', text: '' } }, { ...choice('accountType', 'Admin'), row: { of: 'service', text: '' } }], learnedByUse: { keySaved: true } }],
  ['api-key', 'named and not saved', keys(['Keyferry'], { rows: { Keyferry: { ...adminKey, isTyped: true } }, secret: 'shown' }), {}, { step: 'fill-key', target: 'save', fields: [enabled, { ...text('service', 'Keyferry'), row }], learnedByUse: { keySaved: true } }],
  ['api-key', 'saved', keys(['Keyferry'], { rows: { Keyferry: { ...adminKey, isTyped: true } }, secret: 'shown' }), { keySaved: true }, { step: 'capture' }],
  ['api-key', 'there before', keys(['AirWatchAPI', 'Keyferry'], { rows: { Keyferry: adminKey }, secret: 'shown' }), {}, { step: 'capture' }],
  ['api-key', 'there before, Japanese', keys(['Keyferry'], { rows: { Keyferry: { text: { accountType: '管理者' } } }, secret: 'shown' }), {}, { step: 'capture' }],
  ['api-key', 'there before, masked', keys(['Keyferry'], { rows: { Keyferry: adminKey }, secret: 'unreadable' }), {}, { step: 'secret-unreadable' }],
  ['api-key', 'there before, for enrollment', keys(['Keyferry'], { rows: { Keyferry: { text: { accountType: 'Enrollment User' } } } }), {}, { step: 'key-other-type' }],
  ['api-key', 'there before, without access', keys(['Keyferry'], { on: ['override'], off: ['apiEnabled'], rows: { Keyferry: adminKey }, secret: 'shown' }), {}, { step: 'fill-key', target: 'save', fields: [enabled, { ...text('service', 'Keyferry'), row }], learned: { apiOff: true }, learnedByUse: { keySaved: true, apiOff: false } }],
  ['api-key', 'there before, access turned on and not saved', keys(['Keyferry'], { rows: { Keyferry: adminKey }, secret: 'shown' }), { apiOff: true }, { step: 'fill-key', target: 'save', fields: [enabled, { ...text('service', 'Keyferry'), row }], learnedByUse: { keySaved: true, apiOff: false } }],
  ['api-key', 'below the top', keys(['AirWatchAPI'], { has: ['settingsGroup'], on: ['inherit'] }), {}, { step: 'switch-group', target: 'settingsGroup' }],
  ['api-key', 'below the top, no list of groups', keys(['AirWatchAPI'], { has: [], on: ['inherit'] }), {}, { step: 'switch-group' }],
  ['api-key', 'nothing to add with', keys(['AirWatchAPI'], { has: [] }), {}, { step: 'switch-group' }],
  ['api-key', 'inherited without keys', { address: keysPage, text: { apiAddress: 'https://as1.awmdm.com/API' }, on: ['inherit'], disabled: ['apiEnabled'] }, {}, { step: 'switch-group', found: { apiAddress: 'https://as1.awmdm.com/API' } }],
  ['api-key', 'Basic is off', { address: keysPage, has: ['general', 'save'], off: ['basicEnabled'] }, {}, basicOff],
  ['api-key', 'Basic is turned on and not saved', { address: keysPage, has: ['general', 'save'], on: ['basicEnabled'] }, { basicOff: true }, basicOff],
  ['api-key', 'Basic is on', { address: keysPage, has: ['general'], on: ['basicEnabled'] }, {}, { step: 'open-general', target: 'general', learned: { basicOn: true } }],
  ['api-key', 'the tab beside the keys, nobody was refused', keys(['AirWatchAPI'], { has: ['addKey', 'authentication'] }), {}, { step: 'add-key', target: 'addKey', fields: [enabled] }],
  ['api-key', 'keys that have not come yet', keys([], { isBusy: true }), {}, { step: 'wait' }],
  ['api-key', 'what the page says by the way', { has: ['groupsAndSettings', 'globalGroup'] }, {}, { step: 'open-settings', target: 'groupsAndSettings', found: { organizationGroup: 'Meridian' } }],
  // Role
  ['role', 'the home page', { has: ['accounts', 'groupsAndSettings'] }, {}, { step: 'open-administrators', target: 'accounts' }],
  ['role', 'the menu', { has: ['accounts', 'administrators'] }, {}, { step: 'open-administrators', target: 'administrators' }],
  ['role', 'the menu, open', { has: ['accounts', 'administrators', 'rolesPage'] }, {}, { step: 'open-roles', target: 'rolesPage' }],
  ['role', 'the list', roles(), {}, { step: 'select-role', target: 'selectRow', row: { text: 'Read Only' } }],
  ['role', 'the list, another one is selected', roles({ has: ['addRole', 'copy', 'edit'], rows: { 'Read Only': { has: ['selectRow'] }, 'Help Desk': { on: ['selectRow'] } } }), {}, { step: 'select-role', target: 'selectRow', row: { text: 'Read Only' } }],
  ['role', 'the list, selected', roles({ rows: { 'Read Only': { on: ['selectRow'] } } }), {}, { step: 'copy-role', target: 'copy', learnedByUse: { isCopy: true } }],
  ['role', 'a list without buttons to select', roles({ rows: {} }), {}, { step: 'select-role', named: 'Read Only' }],
  ['role', 'the copy', roleForm('Copy of Read Only', { has: ['save', 'description', 'categories', 'creating'] }), {}, fillRole],
  ['role', 'the copy by what was pressed', roleForm('Copy of Read Only'), { isCopy: true }, fillRole],
  ['role', 'a copy without a name', roleForm(''), { isCopy: true }, fillRole],
  ['role', 'a copy whose Save is greyed out', roleForm('Copy of Read Only', { has: ['categories'], disabled: ['save'] }), { isCopy: true }, fillRole],
  ['role', 'ours', roleForm('api_admin_role'), {}, { ...fillRole, asIs }],
  ['role', 'another one’s form', roleForm('Help Desk'), {}, { step: 'other-object' }],
  ['role', 'another one’s form after a copy', roleForm('Help Desk'), { isCopy: true }, { step: 'other-object' }],
  ['role', 'the very role that is to be copied', roleForm('Read Only'), {}, { step: 'other-object' }],
  ['role', 'a form at work', roleForm('', { isBusy: true }), { isCopy: true }, { step: 'wait' }],
  ['role', 'the list with ours', roles({ named: ['api_admin_role'] }), {}, { step: 'open-role', named: 'api_admin_role', learned: { isCopy: false } }],
  ['role', 'the list with ours, selected', roles({ has: ['addRole', 'edit'], named: ['api_admin_role'], rows: { api_admin_role: { on: ['selectRow'] } } }), {}, { step: 'edit-role', target: 'edit', learned: { isCopy: false } }],
  ['role', 'the list with ours, saved', roles({ named: ['api_admin_role'] }), { roleSaved: true }, { step: 'role-done', learned: { isCopy: false, role: true }, isDone: true }],
  ['role', 'a list that has not come yet', roles({ isBusy: true }), {}, { step: 'wait' }],
  // Administrator
  ['administrator', 'the menu, open', { has: ['accounts', 'administrators', 'adminsPage'] }, {}, { step: 'open-admins', target: 'adminsPage' }],
  ['administrator', 'a role that is still open, with categories called as the menus are', roleForm('api_admin_role', { has: ['save', 'categories', 'accounts', 'administrators', 'closeDialog'] }), {}, { step: 'close-dialog', target: 'closeDialog' }],
  ['administrator', 'a role that is still open and cannot be closed', roleForm('api_admin_role', { has: ['save', 'categories', 'accounts'] }), {}, { step: 'other-object' }],
  ['administrator', 'the list', { address: list, has: ['add', 'adminsPage'] }, {}, { step: 'add-admin', target: 'add', learned: { basic: false } }],
  ['administrator', 'the list, its menu open', { address: list, has: ['add', 'addAdmin'] }, {}, { step: 'add-admin', target: 'addAdmin', learned: { basic: false } }],
  ['administrator', 'the list with the user', { address: list, has: ['add'], named: ['api_admin'] }, {}, { step: 'admin-exists', learned: { basic: false } }],
  ['administrator', 'the list after Save', { address: list, has: ['add'], named: ['api_admin'] }, { adminSaved: true }, { step: 'admin-done', isDone: true, learned: { basic: false } }],
  ['administrator', 'the form', basicForm(''), {}, { step: 'fill-admin', target: 'rolesTab', fields: [text('username', 'api_admin'), secretField('password'), secretField('confirmPassword'), text('firstName', 'Harmony'), text('lastName', 'Mobile'), text('email', 'a@b.example')], learnedByUse: basic }],
  ['administrator', 'the form of somebody else', basicForm('jane'), {}, { step: 'other-object' }],
  ['administrator', 'the form of the one that is there', basicForm('api_admin', { untouched: ['username'] }), {}, { step: 'admin-exists' }],
  ['administrator', 'its roles, the rest not seen', adminRoles(), {}, { step: 'open-basic-tab', target: 'basicTab' }],
  ['administrator', 'its details', adminRoles({ on: ['basicTab'], off: ['rolesTab'] }), basic, { step: 'open-roles-tab', target: 'rolesTab' }],
  ['administrator', 'its roles, no row', adminRoles(), basic, { step: 'add-admin-role', target: 'addRole' }],
  ['administrator', 'its roles, a new row', adminRoles({ column: { group: [''] } }), basic, { step: 'fill-admin-roles', target: 'save', fields: grant({ of: 'group', text: '' }), learnedByUse: { adminSaved: true } }],
  ['administrator', 'its roles, a filled row', adminRoles({ column: { group: ['Meridian (MER)'] } }), basic, { step: 'fill-admin-roles', target: 'save', fields: grant({ of: 'group', text: 'Meridian (MER)' }), learnedByUse: { adminSaved: true } }],
  // OAuth client
  ['oauth-client', 'the home page', { has: ['groupsAndSettings'] }, {}, { step: 'open-configurations', target: 'groupsAndSettings' }],
  ['oauth-client', 'the configurations', { has: ['groupsAndSettings', 'configurations', 'clientsPage'] }, {}, { step: 'open-configurations', target: 'clientsPage' }],
  ['oauth-client', 'the list', { address: clientsPage, has: ['addClient'] }, {}, { step: 'add-client', target: 'addClient' }],
  ['oauth-client', 'the list with ours', { address: clientsPage, has: ['addClient'], named: ['Harmony'] }, {}, { step: 'client-exists' }],
  ['oauth-client', 'the form', { address: clientsPage, has: ['registering'], text: { name: '', description: '' } }, {}, { step: 'fill-client', target: 'save', fields: clientFields }],
  ['oauth-client', 'another one’s form', { address: clientsPage, has: ['registering'], text: { name: 'Postman', description: '' } }, {}, { step: 'other-object' }],
  ['oauth-client', 'the secret in dots', { address: clientsPage, has: ['showSecret'], secret: 'unreadable', texts: ['Harmony'] }, {}, { step: 'show-secret', target: 'showSecret' }],
  ['oauth-client', 'the secret in dots for good', { address: clientsPage, secret: 'unreadable', texts: ['Harmony'] }, {}, { step: 'secret-unreadable' }],
  ['oauth-client', 'the secret', { address: clientsPage, secret: 'shown', texts: ['Harmony'] }, {}, { step: 'capture' }],
  ['oauth-client', 'another one’s secret', { address: clientsPage, secret: 'shown', texts: ['Postman'] }, {}, { step: 'other-object' }],
  // Elsewhere
  ['role', 'the sign-in page', { address: '/AirWatch/Login?ReturnUrl=x', text: { username: '' } }, {}, { step: 'sign-in' }],
  ['administrator', 'the sign-in page’s second step', { address: '/AirWatch/Login/Login/Login-User', has: ['password'], text: { username: 'jane' } }, {}, { step: 'sign-in' }],
  ['role', 'a page without anything', {}, {}, { step: 'lost' }],
  ['oauth-client', 'a page that is still coming', { isBusy: true }, {}, { step: 'wait' }],
];

describe('what a page says, and what comes next', () => {
  it.each(cases)('%s: %s', (part, _what, screen, memo, seen) => {
    expect(observe(part, screen, memo)).toEqual(seen);
  });

  const mine: WorkspaceOneGoal = { ...goals.administrator, mayChange: true };
  const listed: Screen = { address: list, has: ['add', 'edit'], named: ['api_admin'], rows: { api_admin: { has: ['selectRow'] } } };
  it.each<[what: string, screen: Screen, memo: GuideMemo, seen: object]>([
    ['the list', listed, {}, { step: 'open-admin', named: 'api_admin', learned: { basic: false } }],
    ['the list, its row selected', { ...listed, rows: { api_admin: { on: ['selectRow'] } } }, {}, { step: 'edit-admin', target: 'edit', learned: { basic: false } }],
    ['the list, another row selected', { ...listed, rows: { api_admin: { has: ['selectRow'] }, jane: { on: ['selectRow'] } } }, {}, { step: 'open-admin', named: 'api_admin', learned: { basic: false } }],
    ['a list without it', { ...listed, named: [] }, {}, { step: 'add-admin', target: 'add', learned: { basic: false } }],
    ['the list after Save', listed, { adminSaved: true }, { step: 'admin-done', isDone: true, learned: { basic: false } }],
    ['its form', basicForm('api_admin', { untouched: ['username'] }), {}, { step: 'change-admin', target: 'rolesTab', fields: [secretField('password'), secretField('confirmPassword')], learnedByUse: basic }],
    ['its form, one field for the password', basicForm('api_admin', { untouched: ['username'], has: ['rolesTab', 'password'] }), {}, { step: 'change-admin', target: 'rolesTab', fields: [secretField('password')], learnedByUse: basic }],
    ['its form, no field for a password', basicForm('api_admin', { untouched: ['username'], has: ['rolesTab'] }), {}, { step: 'admin-exists' }],
    ['a new form with its name typed in', basicForm('api_admin', { has: ['rolesTab', 'password'] }), {}, { step: 'fill-admin', target: 'rolesTab', fields: [text('username', 'api_admin'), secretField('password'), text('firstName', 'Harmony'), text('lastName', 'Mobile')], learnedByUse: basic }],
    ['somebody else’s form', basicForm('jane', { untouched: ['username'] }), {}, { step: 'other-object' }],
    ['its roles, the password not seen', adminRoles({ column: { group: ['Meridian'] } }), {}, { step: 'open-basic-tab', target: 'basicTab' }],
    ['its roles', adminRoles({ column: { group: ['Meridian'] } }), basic, { step: 'fill-admin-roles', target: 'save', fields: grant({ of: 'group', text: 'Meridian' }), learnedByUse: { adminSaved: true } }],
    ['its roles, none left', adminRoles(), basic, { step: 'add-admin-role', target: 'addRole' }],
  ])('a user of this Run: %s', (_what, screen, memo, seen) => {
    expect(workspaceOneGuide.observe(pageOf(screen), mine, memo)).toEqual(seen);
  });

  it.each<[what: string, memo: GuideMemo, seen: object]>([
    ['is looked at before the key', {}, { step: 'open-authentication', target: 'authentication' }],
    ['once', { basicOn: true }, { step: 'capture' }],
  ])('after a refusal the tab beside the keys %s', (_what, memo, seen) => {
    const page = pageOf(keys(['Keyferry'], { has: ['authentication'], rows: { Keyferry: adminKey }, secret: 'shown' }));
    expect(workspaceOneGuide.observe(page, { guide: 'workspace-one', part: 'api-key', service: 'Keyferry', checksBasic: true }, memo)).toEqual(seen);
  });

  it('a role from nothing', () => {
    const seen = workspaceOneGuide.observe(pageOf(roles()), { ...goals.role, copyOf: '' }, {});
    expect(seen).toEqual({ step: 'new-role', target: 'addRole' });
  });

  it('covers every step of every part', () => {
    const seen = new Set(['new-role', ...cases.map(([, , , , one]) => (one as { step: string }).step)]);
    expect((Object.keys(goals) as WorkspaceOnePart[]).flatMap((part) => workspaceOneGuide.steps(goals[part])).filter((step) => !seen.has(step))).toEqual([]);
  });
});

// ---- Whatever the page ----

const ids = Object.keys(workspaceOneControls) as Id[];
const parts = Object.keys(goals) as WorkspaceOnePart[];
const some = fc.subarray(ids);
const anyText = fc.constantFrom('', 'Keyferry', 'api_admin_role', 'api_admin', 'Harmony', 'Read Only', 'Copy of Read Only', 'Reporting', 'Admin', 'Enrollment User', 'Meridian');
const anyCells: fc.Arbitrary<Cells> = fc.record({ has: some, text: fc.dictionary(fc.constantFrom(...ids), anyText), on: some, isTyped: fc.boolean() }, { requiredKeys: [] });
const anyScreen: fc.Arbitrary<Screen> = fc.record(
  {
    address: fc.constantFrom(keysPage, list, clientsPage, '/AirWatch/#/Admin/Roles', '/AirWatch/Login', '/'),
    has: some,
    text: fc.dictionary(fc.constantFrom(...ids), anyText),
    on: some,
    off: some,
    disabled: some,
    untouched: some,
    rows: fc.dictionary(anyText, anyCells),
    column: fc.dictionary(fc.constantFrom(...ids), fc.array(anyText, { maxLength: 4 })),
    named: fc.subarray(['api_admin_role', 'api_admin', 'Harmony', 'Reporting']),
    texts: fc.subarray(['Harmony', 'Reporting']),
    secret: fc.constantFrom('shown' as const, 'unreadable' as const),
    isBusy: fc.boolean(),
  },
  { requiredKeys: [] },
);
const anyMemo = fc.dictionary(fc.constantFrom('keySaved', 'roleSaved', 'adminSaved', 'role', 'isCopy', 'basic', 'basicOff', 'basicOn', 'x'), fc.boolean());

describe('on any page', () => {
  it('something is said; nothing is filled in under another object’s name, and nothing is captured that is not shown in full', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parts), anyScreen, anyMemo, (part, screen, memo) => {
        const page = pageOf(screen);
        const seen = workspaceOneGuide.observe(page, goals[part], memo);
        if (seen.target !== undefined) expect(ids).toContain(seen.target);
        if (seen.step === 'capture') expect(page.secret).toBe('shown');
        if (seen.target === 'save') expect(seen.fields?.length).toBeGreaterThan(0);
        if (!seen.fields) return;
        expect(page.isBusy).toBe(false);
        const [first] = seen.fields.filter(({ control }) => control === 'name' || control === 'username');
        if (part === 'role') expect(['', 'api_admin_role', 'Read Only', 'Copy of Read Only']).toContain(page.textOf('name'));
        if (part === 'administrator' && first) expect(['', 'api_admin']).toContain(page.textOf('username'));
        if (part === 'oauth-client') expect(['', 'Harmony']).toContain(page.textOf('name'));
        if (part === 'api-key') for (const { control, row: where } of seen.fields) if (control === 'service') expect(['', 'Keyferry']).toContain(where?.text);
      }),
      { numRuns: 1500 },
    );
  });

  it('who is there is changed only where that is allowed, and then in nothing but password and roles', () => {
    fc.assert(
      fc.property(anyScreen, anyMemo, fc.boolean(), (screen, memo, mayChange) => {
        const page = pageOf(screen);
        const seen = workspaceOneGuide.observe(page, { ...goals.administrator, mayChange }, memo);
        if (['open-admin', 'edit-admin', 'change-admin'].includes(seen.step)) expect(mayChange).toBe(true);
        if (seen.target === 'edit') expect(page.isOn('selectRow', { text: 'api_admin' })).toBe(true);
        if (!page.isUntouched('username') || page.textOf('username') !== 'api_admin') return;
        if (!mayChange) expect(seen.step).not.toBe('fill-admin');
        if (page.has('firstName') && page.has('username')) for (const { control } of seen.fields ?? []) expect(['password', 'confirmPassword']).toContain(control);
      }),
      { numRuns: 1500 },
    );
  });

  it('only the row that is asked for is selected, and copied only where it is', () => {
    fc.assert(
      fc.property(anyScreen, anyMemo, (screen, memo) => {
        const page = pageOf(screen);
        const seen = workspaceOneGuide.observe(page, goals.role, memo);
        if (seen.target === 'selectRow') expect(seen.row).toEqual({ text: 'Read Only' });
        if (seen.target === 'copy') expect(page.isOn('selectRow', { text: 'Read Only' })).toBe(true);
        if (seen.target === 'edit') expect(page.isOn('selectRow', { text: 'api_admin_role' })).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

// ---- Data ----

describe('wordings and shapes', () => {
  it.each(ids)('%s: each wording once, none of them empty', (id) => {
    const names: string[] = workspaceOneControls[id].names.map(normalise);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('');
  });

  it('a key in full, and what is none', () => {
    const shape = workspaceOneGuide.secretFor?.(goals['api-key']);
    const key = shape && 'key' in shape ? shape.key : /$^/;
    expect(key.test(`${'aB3+/'.repeat(8)}xyz=`)).toBe(true);
    for (const no of ['', `nUPJd${'*'.repeat(35)}VIeQ=`, 'nUPJd****...VIeQ=', `${'aB3+/'.repeat(8)}xyz`, `${'aB3+/'.repeat(8)}xy==`, ` ${'aB3+/'.repeat(8)}xyz=`, '•'.repeat(44)]) expect([no, key.test(no)]).toEqual([no, false]);
  });

  it('parts without a secret have none', () => {
    expect([workspaceOneGuide.secretFor?.(goals.role), workspaceOneGuide.secretFor?.(goals.administrator)]).toEqual([undefined, undefined]);
  });

  it('where each part begins', () => {
    expect(parts.map((part) => workspaceOneGuide.start(goals[part]))).toEqual([keysPage, list, list, clientsPage]);
  });
});
