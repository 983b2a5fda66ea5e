import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JamfProGoal } from '../../guide/goals.ts';
import type { GuideMemo, GuidePage, Observation } from '../../guide/guide.ts';
import type { Located } from '../../guide/locate.ts';
import { normalise } from '../../guide/wording.ts';
import { jamfProControls, jamfProGuide, jamfProSteps, type JamfProControl, type JamfProStep } from './guide.ts';

const goal: JamfProGoal = { guide: 'jamf-pro', name: 'Keyferry: Org', privileges: ['Read Accounts', 'Read Computers'], tokenLifetime: 3600 };
const { name: ours, privileges } = goal;

/** What a page shows. `list`: the tab that is selected. */
interface Screen {
  address?: string;
  has?: readonly JamfProControl[];
  texts?: readonly string[];
  /** What the name field holds; the field is there where this is. */
  name?: string;
  list?: 'roles' | 'clients';
  row?: Located;
  secret?: 'shown' | 'unreadable';
  isBusy?: boolean;
}

const absent: Located = { kind: 'absent', reason: '', unusable: [] };
const foundAs = (attributes: Readonly<Record<string, string>> = {}, properties: object = {}): Located => ({ kind: 'found', element: { getAttribute: (name: string) => attributes[name] ?? null, ...properties } as Element, score: 1, reason: '' });
const found = foundAs();
const ambiguous: Located = { kind: 'ambiguous', candidates: [] };
const covered: Located = { kind: 'absent', reason: '', unusable: [{ element: {} as Element, obstacle: 'covered' }] };
const hidden: Located = { kind: 'absent', reason: '', unusable: [{ element: {} as Element, obstacle: 'not shown' }] };

function pageOf({ address = listPage, has = [], texts = [], name, list, row = absent, secret, isBusy = false }: Screen, located: Partial<Record<JamfProControl, Located>> = {}): GuidePage<JamfProControl> {
  const controls = new Set<JamfProControl>([...has, ...(name === undefined ? [] : ['name' as const]), ...(list ? (['rolesTab', 'clientsTab', 'new'] as const) : [])]);
  const find = (id: JamfProControl): Located => located[id] ?? (!controls.has(id) ? absent : id === 'rolesTab' || id === 'clientsTab' ? foundAs({ 'aria-selected': String(id === `${list ?? ''}Tab`) }) : found);
  return {
    address,
    find,
    has: (id) => find(id).kind === 'found',
    textOf: (id) => (id === 'name' ? name : undefined),
    isOn: () => undefined,
    isUntouched: () => false,
    rows: () => [],
    textOn: () => undefined,
    textLike: () => undefined,
    shows: (text) => texts.some((one) => normalise(one) === normalise(text)),
    says: (pattern) => texts.some((one) => pattern.test(normalise(one))),
    partWith: () => undefined,
    countWith: () => 0,
    findNamed: (wanted) => (wanted === ours ? row : absent),
    secret: secret ?? 'none',
    isBusy,
  };
}
const observe = (screen: Screen, memo: GuideMemo = {}): Observation<JamfProControl, JamfProStep> => jamfProGuide.observe(pageOf(screen), goal, memo);

const listPage = '/view/settings/system-settings/api-roles-and-clients';
const roleNew = `${listPage}/api-roles/new`;
const roleEdit = `${listPage}/api-roles/3/edit`;
const clientNew = `${listPage}/api-clients/new`;
const clientEdit = `${listPage}/api-integrations/7/edit`;

const roleFields = [{ control: 'name', value: { kind: 'text', text: ours } }, { control: 'privileges', value: { kind: 'choices', names: privileges } }];
const clientFields = [
  { control: 'name', value: { kind: 'text', text: ours } },
  { control: 'roles', value: { kind: 'choices', names: [ours] } },
  { control: 'lifetime', value: { kind: 'text', text: '3600' } },
  { control: 'enabled', value: { kind: 'on', on: true } },
];
const fillRole = { step: 'fill-role', target: 'save', fields: roleFields, learnedByUse: { roleSaved: true } };
const fillClient = { step: 'fill-client', target: 'save', fields: clientFields, learnedByUse: { clientSaved: true } };
const role = { role: true };
const nav = ['settings'] as const;

const cases: [what: string, screen: Screen, memo: GuideMemo, seen: object][] = [
  // the straight way
  ['the home page', { address: '/view/dashboard', has: nav }, {}, { step: 'open-settings', target: 'settings' }],
  ['the settings', { address: '/view/settings', has: ['settings', 'rolesAndClients', 'system'] }, {}, { step: 'open-roles-and-clients', target: 'rolesAndClients' }],
  ['the list of roles', { list: 'roles', has: nav }, {}, { step: 'new-role', target: 'new' }],
  ['the empty role form', { address: roleNew, has: ['privileges', 'save'], name: '' }, {}, fillRole],
  ['the role form in the middle', { address: roleNew, has: ['privileges', 'save'], name: ours }, {}, fillRole],
  ['the saved role', { address: `${listPage}/api-roles/3`, has: ['edit', 'rolesAndClients'], texts: [ours] }, { roleSaved: true }, { step: 'open-clients', target: 'rolesAndClients', learned: role }],
  ['the list of roles with the saved one', { list: 'roles', row: found }, { roleSaved: true }, { step: 'open-clients', target: 'clientsTab', learned: role }],
  ['the list of clients', { list: 'clients' }, role, { step: 'new-client', target: 'new' }],
  ['the empty client form', { address: clientNew, has: ['lifetime', 'roles', 'enabled', 'save'], name: '' }, role, fillClient],
  ['the saved client', { has: ['generate', 'edit'], texts: [ours] }, { ...role, clientSaved: true }, { step: 'generate-secret', target: 'generate' }],
  ['the question before the secret', { has: ['create'], texts: [ours] }, {}, { step: 'create-secret', target: 'create' }],
  ['the secret', { secret: 'shown', has: ['generate', 'create', ...nav], texts: [ours] }, {}, { step: 'capture' }],
  ['the secret of another client', { secret: 'shown', has: ['generate', ...nav], texts: ['Another'] }, {}, { step: 'other-object' }],
  // forms, told by their address in a language that is not known
  ['a role form by its address', { address: roleNew, has: ['save'], name: '' }, {}, fillRole],
  ['a client form by its address', { address: clientEdit, has: ['save'], name: ours }, {}, fillClient],
  ['below a context path', { address: `/jamf${clientNew}?tab=x`, has: ['save'], name: '' }, {}, fillClient],
  ['a form in a frame: the address is another', { address: '/legacy.html', has: ['privileges', 'save'], name: '' }, {}, fillRole],
  ['a form whose Save is still greyed out', { address: roleNew, has: ['privileges'], name: '' }, {}, fillRole],
  ['a name field that cannot be found is asked for first', { address: roleNew, has: ['privileges', 'save'] }, {}, fillRole],
  // nothing is filled in
  ['another role’s form', { address: roleEdit, has: ['privileges', 'save'], name: 'Reporting' }, {}, { step: 'other-object' }],
  ['another client’s form', { address: clientEdit, has: ['lifetime', 'save'], name: 'Reporting' }, { ...role, clientSaved: true }, { step: 'other-object' }],
  ['a form of nearly our name', { address: roleEdit, has: ['privileges', 'save'], name: ours.toLowerCase() }, {}, { step: 'other-object' }],
  ['an edit form that is not filled yet', { address: roleEdit, has: ['privileges', 'save'], name: '' }, {}, { step: 'wait' }],
  ['a client’s edit form that is not filled yet', { address: clientEdit, has: ['lifetime', 'save'], name: '' }, {}, { step: 'wait' }],
  ['a form that is at work', { address: roleNew, has: ['privileges', 'save'], name: '', isBusy: true }, {}, { step: 'wait' }],
  ['a user account’s form', { address: '/accounts.html?id=-1&o=c', has: ['save', 'settings'], name: '' }, {}, { step: 'open-settings', target: 'settings' }],
  ['an account’s form with a display name, below the settings', { address: '/view/settings/system-settings/accounts/new', has: ['save', 'settings'], name: ours }, {}, { step: 'open-settings', target: 'settings' }],
  ['a client’s page that shows its fields', { has: ['lifetime', 'roles', 'edit', 'generate'], texts: [ours], name: ours }, { clientSaved: true }, { step: 'generate-secret', target: 'generate' }],
  ['another’s page that shows its fields', { has: ['privileges', 'edit', 'rolesAndClients'], texts: ['Reporting'], name: 'Reporting' }, {}, { step: 'open-roles-and-clients', target: 'rolesAndClients' }],
  // what was there before, and half-done attempts
  ['a role of our name is there', { list: 'roles', row: found }, {}, { step: 'open-role', named: ours }],
  ['its privileges are right', { has: ['edit', 'clientsTab'], texts: [ours, ...privileges, 'Read Policies'] }, {}, { step: 'open-clients', target: 'clientsTab', learned: role }],
  ['its privileges lack one', { has: ['edit', 'clientsTab'], texts: [ours, 'Read Accounts'] }, {}, { step: 'edit-role', target: 'edit' }],
  ['a client of our name is there', { list: 'clients', row: found }, role, { step: 'open-client', named: ours }],
  ['it was not seen with its fields right', { has: ['generate', 'edit'], texts: [ours] }, role, { step: 'edit-client', target: 'edit' }],
  ['a row that is there twice', { list: 'roles', row: ambiguous }, {}, { step: 'open-role', named: ours }],
  ['a client’s row that is there twice', { list: 'clients', row: ambiguous }, role, { step: 'open-client', named: ours }],
  ['a row that something lies over: not made a second time', { list: 'roles', row: covered }, {}, { step: 'open-role', named: ours }],
  ['a client’s row that something lies over', { list: 'clients', row: covered }, role, { step: 'open-client', named: ours }],
  ['a row of the list that is not shown', { list: 'clients', row: hidden }, role, { step: 'new-client', target: 'new' }],
  ['a saved role that the list does not show yet', { list: 'roles' }, { roleSaved: true }, { step: 'new-role', target: 'new' }],
  ['a list that has not come yet', { list: 'roles', isBusy: true }, {}, { step: 'wait' }],
  ['another’s role', { has: ['edit', 'rolesAndClients'], texts: ['Reporting', ...privileges] }, {}, { step: 'open-roles-and-clients', target: 'rolesAndClients' }],
  ['another’s client', { has: ['generate', 'edit', 'rolesAndClients'], texts: ['Reporting'] }, { ...role, clientSaved: true }, { step: 'open-clients', target: 'rolesAndClients' }],
  ['the question before another’s secret', { has: ['create'], texts: ['Reporting'] }, { clientSaved: true }, { step: 'other-object' }],
  ['a secret that is shown in part', { secret: 'unreadable', has: ['generate'], texts: [ours] }, { clientSaved: true }, { step: 'secret-unreadable' }],
  // what was seen is forgotten
  ['on the clients, role not seen', { list: 'clients' }, {}, { step: 'open-roles', target: 'rolesTab' }],
  ['on the clients with ours there, role not seen', { list: 'clients', row: found }, {}, { step: 'open-roles', target: 'rolesTab' }],
  ['on the roles, seen before', { list: 'roles' }, role, { step: 'open-clients', target: 'clientsTab', learned: role }],
  ['in the settings, seen before', { address: '/view/settings', has: ['rolesAndClients'] }, role, { step: 'open-clients', target: 'rolesAndClients' }],
  // elsewhere
  ['the settings with a part to open', { address: '/jamf/view/settings', has: ['settings', 'system'] }, {}, { step: 'open-system', target: 'system' }],
  ['“System” elsewhere', { address: '/view/dashboard', has: ['settings', 'system'] }, {}, { step: 'open-settings', target: 'settings' }],
  ['the sign-in page', { address: '/', has: ['username'] }, role, { step: 'sign-in' }],
  ['a page without anything', { address: '/x' }, {}, { step: 'lost' }],
  ['a page that is still coming', { address: '/x', isBusy: true }, {}, { step: 'wait' }],
];

describe('what a page says, and what comes next', () => {
  it.each(cases)('%s', (_what, screen, memo, seen) => {
    expect(observe(screen, memo)).toEqual(seen);
  });

  it.each<[what: string, attributes: Record<string, string>, properties: object, address: string, isOnClients: boolean]>([
    ['aria-selected', { 'aria-selected': 'true' }, {}, listPage, true],
    ['aria-selected, not', { 'aria-selected': 'false' }, {}, `${listPage}?tab=api-clients`, false],
    ['aria-current', { 'aria-current': 'page' }, {}, listPage, true],
    ['aria-checked', { 'aria-checked': 'true' }, {}, listPage, true],
    ['a radio button', {}, { type: 'radio', checked: true }, listPage, true],
    ['a radio button, not', {}, { type: 'radio', checked: false }, `${listPage}?tab=api-clients`, false],
    ['the address, where it is a button', {}, { type: 'button', checked: false }, `${listPage}?tab=api-clients`, true],
    ['the address', {}, {}, `${listPage}?tab=api-clients`, true],
    ['the address, not', {}, {}, `${listPage}?tab=api-roles`, false],
  ])('the selected tab by %s', (_what, attributes, properties, address, isOnClients) => {
    const page = pageOf({ address, list: 'roles' }, { clientsTab: foundAs(attributes, properties) });
    expect(jamfProGuide.observe(page, goal, role).step).toBe(isOnClients ? 'new-client' : 'open-clients');
  });

  it('covers every step', () => {
    const seen = new Set(cases.map(([, , , one]) => (one as { step: string }).step));
    expect([...jamfProSteps, 'open-system', 'open-role', 'edit-role', 'open-client', 'edit-client', 'other-object', 'secret-unreadable', 'sign-in', 'wait', 'lost'].filter((step) => !seen.has(step))).toEqual([]);
  });
});

// ---- Whatever the page ----

const ids = Object.keys(jamfProControls) as JamfProControl[];
const addresses = [listPage, roleNew, roleEdit, clientNew, clientEdit, `/jamf${roleEdit}?x=1`, '/view/settings', '/', ''];
const anyLocated = fc.constantFrom(absent, ambiguous, covered, hidden, found, foundAs({ 'aria-selected': 'true' }), foundAs({}, { type: 'radio', checked: true }));
const anyMemo = fc.dictionary(fc.constantFrom('role', 'roleSaved', 'clientSaved', 'x'), fc.boolean());
const anyScreen: fc.Arbitrary<Screen> = fc.record(
  {
    address: fc.oneof(fc.constantFrom(...addresses), fc.string()),
    has: fc.subarray(ids),
    texts: fc.subarray([ours, ...privileges, 'Reporting']),
    name: fc.oneof(fc.constantFrom('', ours, ` ${ours}`, `${ours} `, 'Reporting'), fc.string()),
    list: fc.constantFrom('roles' as const, 'clients' as const),
    row: anyLocated,
    secret: fc.constantFrom('shown' as const, 'unreadable' as const),
    isBusy: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('on any page', () => {
  it('something is said, and fields are only named where the name field is empty or ours', () => {
    fc.assert(
      fc.property(anyScreen, fc.dictionary(fc.constantFrom(...ids), anyLocated), anyMemo, (screen, located, memo) => {
        const page = pageOf(screen, located);
        const seen = jamfProGuide.observe(page, goal, memo);
        if (seen.target !== undefined) expect(ids).toContain(seen.target);
        if (seen.named !== undefined) expect(seen.named).toBe(ours);
        if (!seen.fields) return;
        expect([undefined, '', ours]).toContain(page.textOf('name'));
        // Where it cannot be read, nothing else is filled before it.
        expect(seen.fields[0]).toEqual(clientFields[0]);
        expect([page.isBusy, page.secret]).toEqual([false, 'none']);
      }),
      { numRuns: 3000 },
    );
  });

  it('nobody else’s secret is replaced', () => {
    fc.assert(
      fc.property(anyScreen, anyMemo, (screen, memo) => {
        const page = pageOf(screen);
        if (!page.shows(ours)) expect(['generate', 'create']).not.toContain(jamfProGuide.observe(page, goal, memo).target);
      }),
      { numRuns: 3000 },
    );
  });
});

// ---- A console in small ----

interface Console {
  at: 'home' | 'settings' | 'roles' | 'clients' | 'role-form' | 'role' | 'client-form' | 'client' | 'question' | 'secret';
  /** undefined: not there; false: not as wanted. */
  role: boolean | undefined;
  client: boolean | undefined;
}

function screenOf({ at, role: isRoleRight, client: isClientRight }: Console): Screen {
  const rowOf = (there: boolean | undefined): Located => (there === undefined ? absent : found);
  const nameOf = (there: boolean | undefined): string => (there === undefined ? '' : ours);
  switch (at) {
    case 'home':
      return { address: '/view/dashboard', has: ['settings'] };
    case 'settings':
      return { address: '/view/settings', has: ['settings', 'rolesAndClients'] };
    case 'roles':
      return { list: 'roles', has: ['settings'], row: rowOf(isRoleRight) };
    case 'clients':
      return { list: 'clients', has: ['settings'], row: rowOf(isClientRight) };
    case 'role-form':
      return { address: isRoleRight === undefined ? roleNew : roleEdit, has: ['settings', 'privileges', 'save'], name: nameOf(isRoleRight) };
    case 'role':
      return { address: `${listPage}/api-roles/3`, has: ['settings', 'rolesAndClients', 'edit'], texts: isRoleRight === true ? [ours, ...privileges] : [ours] };
    case 'client-form':
      return { address: isClientRight === undefined ? clientNew : clientEdit, has: ['settings', 'lifetime', 'save'], name: nameOf(isClientRight) };
    case 'client':
      return { address: `${listPage}/api-clients/7`, has: ['settings', 'rolesAndClients', 'edit', 'generate'], texts: [ours] };
    case 'question':
      return { address: `${listPage}/api-clients/7`, has: ['create'], texts: [ours] };
    case 'secret':
      return { secret: 'shown', texts: [ours] };
  }
}

/** An admin who does what the guide says. */
function follow(console: Console, { target, named, fields }: Observation<JamfProControl, JamfProStep>): Console {
  const { at } = console;
  const isRole = at === 'roles' || at === 'role' || at === 'role-form';
  if (named !== undefined) return { ...console, at: isRole ? 'role' : 'client' };
  switch (target) {
    case 'settings':
      return { ...console, at: 'settings' };
    case 'rolesAndClients':
    case 'rolesTab':
      return { ...console, at: 'roles' };
    case 'clientsTab':
      return { ...console, at: 'clients' };
    case 'new':
    case 'edit':
      return { ...console, at: isRole ? 'role-form' : 'client-form' };
    case 'save':
      if (!fields) throw new Error('saved unfilled');
      return isRole ? { ...console, at: 'role', role: true } : { ...console, at: 'client', client: true };
    case 'generate':
      return { ...console, at: 'question' };
    case 'create':
      return { ...console, at: 'secret' };
    default:
      throw new Error(`stuck at ${at}`);
  }
}

/** @param forgets at which steps the memo is lost */
function lead(start: Console, forgets: readonly number[] = []): { end: Console; trail: string[] } {
  let console = start;
  let memo: GuideMemo = {};
  const trail: string[] = [];
  for (let index = 0; index < 60; index++) {
    if (forgets.includes(index)) memo = {};
    const seen = observe(screenOf(console), memo);
    trail.push(seen.step);
    if (seen.step === 'capture') return { end: console, trail };
    memo = { ...memo, ...seen.learned, ...seen.learnedByUse };
    console = follow(console, seen);
  }
  throw new Error(`no end: ${trail.join(' ')}`);
}

describe('from page to page', () => {
  it('the straight way has every step once', () => {
    const { trail } = lead({ at: 'home', role: undefined, client: undefined });
    expect(trail.filter((step) => step !== 'open-clients')).toEqual(jamfProSteps.filter((step) => step !== 'open-clients'));
  });

  it('from everywhere, whatever is there, and whenever the memo is lost: to the secret, with all as wanted', () => {
    const there = fc.constantFrom(undefined, false, true);
    const start: fc.Arbitrary<Console> = fc.record({ at: fc.constantFrom('home', 'settings', 'roles', 'clients', 'role-form'), role: there, client: there });
    fc.assert(
      fc.property(start, fc.uniqueArray(fc.nat(25), { maxLength: 6 }), (console, forgets) => {
        const { end } = lead(console, forgets);
        expect([end.role, end.client]).toEqual([true, true]);
      }),
      { numRuns: 2000 },
    );
  });

  it('begun on the client’s own pages too', () => {
    for (const at of ['client', 'client-form', 'question'] as const) expect(lead({ at, role: true, client: true }).end.at).toBe('secret');
  });
});

// ---- Data ----

describe('wordings and places', () => {
  it.each(ids)('%s: each wording once, none of them empty', (id) => {
    const names = jamfProControls[id].names.map(normalise);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('');
  });

  it('a button is not two things on one page', () => {
    for (const one of ['new', 'edit', 'save', 'generate', 'create'] as const) {
      for (const other of ['new', 'edit', 'save', 'generate', 'create'] as const) {
        if (one !== other) expect(jamfProControls[one].names.map(normalise).filter((name) => jamfProControls[other].names.map(normalise).includes(name))).toEqual([]);
      }
    }
  });

  const places = (id: JamfProControl): { on?: RegExp; href?: RegExp } => (jamfProControls[id] as { structure?: { on?: RegExp; href?: RegExp } }).structure ?? {};

  it.each<[JamfProControl, 'on' | 'href', yes: string[], no: string[]]>([
    ['settings', 'href', ['/view/settings', '/view/settings/'], ['/view/settings/system-settings', '/view/settingsx', '/review/settings']],
    ['rolesAndClients', 'href', [listPage, `${listPage}/`], [`${listPage}/api-roles`, `${listPage}-2`, '/api-roles-and-clients-x']],
    ['rolesTab', 'on', [listPage, `${listPage}/`, `${listPage}?tab=api-clients`, `${listPage}/?tab=api-roles`], [`${listPage}/api-roles/3`, roleNew, `${listPage}x`]],
    ['clientsTab', 'on', [listPage, `${listPage}?tab=api-clients`], [`${listPage}/api-clients/3`, clientNew]],
    ['new', 'href', [roleNew, clientNew, `${listPage}/api-integrations/new`], [roleEdit, `${listPage}/api-roles/news`, `${listPage}/api-roles/3`]],
    ['edit', 'href', [roleEdit, clientEdit, `${listPage}/api-clients/7/edit`], [roleNew, `${listPage}/api-roles/3/delete`, `${listPage}/api-roles/edit`, `${listPage}/api-roles/3/editor`]],
    ['save', 'on', [roleNew, roleEdit, clientNew, clientEdit], [listPage, '/accounts.html', `${listPage}/api-roles/3`, '/view/settings/system-settings/accounts/new']],
    ['name', 'on', [roleNew, clientEdit, `${roleNew}?from=list`], [listPage, `${listPage}/api-roles`]],
    ['privileges', 'on', [roleNew, roleEdit], [clientNew, clientEdit, listPage]],
    ['roles', 'on', [clientNew, clientEdit], [roleNew, roleEdit, listPage]],
    ['lifetime', 'on', [clientNew, clientEdit], [roleNew, roleEdit, listPage]],
    ['enabled', 'on', [clientNew, clientEdit], [roleNew, roleEdit, listPage]],
  ])('%s, %s', (id, kind, yes, no) => {
    const pattern = places(id)[kind];
    for (const path of yes) for (const context of ['', '/jamf', '/a/b']) expect([context + path, pattern?.test(context + path)]).toEqual([context + path, true]);
    for (const path of no) expect([path, pattern?.test(path)]).toEqual([path, false]);
  });

  it('the console’s version', () => {
    const versionOf = (text: string): string | undefined => jamfProGuide.version.exec(normalise(text))?.[1];
    expect(['11.31.0-t1751371582', 'v11.5.1', 'Jamf Pro 11.31.0', 'Version: 11.5.0', 'Jamf Pro version 10.49.0-t123'].map(versionOf)).toEqual(['11.31.0', '11.5.1', '11.31.0', undefined, '10.49.0']);
    expect(['10.0.0.1', 'macOS 14.5.1', '11.31', '2024.10.01', 'x11.31.0'].map(versionOf)).toEqual(Array(5).fill(undefined));
  });

  it('ID and secret by their shape', () => {
    const { secret, id } = jamfProGuide.secret!;
    const hex = '0123456789abcdef';
    for (const yes of [`${hex}${hex}${hex}${hex}`, `aB3_-${'x'.repeat(59)}`, `a1${'z'.repeat(38)}`]) expect(secret.test(yes)).toBe(true);
    for (const no of ['x'.repeat(64), '1'.repeat(64), `a1${'z'.repeat(37)}`, `a1${'z'.repeat(127)}`, `a1 ${'z'.repeat(60)}`, `a1${'•'.repeat(60)}`, `a1.${'z'.repeat(60)}`]) expect(secret.test(no)).toBe(false);
    expect(id.test('1979ca82-1337-c0de-1012-82a008a3bf70')).toBe(true);
    expect(id.test('1979ca82-1337-c0de-1012-82a008a3bf7')).toBe(false);
    // Never both.
    expect(secret.test('1979ca82-1337-c0de-1012-82a008a3bf70')).toBe(false);
  });
});
