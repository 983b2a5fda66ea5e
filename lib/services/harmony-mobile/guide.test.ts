import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HarmonyMobileGoal } from '../../guide/goals.ts';
import type { GuideMemo, GuidePage, PagePart, Observation } from '../../guide/guide.ts';
import type { Located } from '../../guide/locate.ts';
import { harmonyMobile } from '../../guide/text/en-harmony-mobile.ts';
import { normalise } from '../../guide/wording.ts';
import { harmonyMobileControls, harmonyMobileGuide, harmonyMobileSteps, type HarmonyMobileControl, type HarmonyMobileStep } from './guide.ts';

const goal: HarmonyMobileGoal = {
  guide: 'harmony-mobile',
  displayName: 'Keyferry: Larkspur',
  server: 'https://as1234.awmdm.com',
  username: 'harmony-api',
  usesConnector: false,
  groups: ['Mobile', 'Field Staff'],
  pii: { deviceName: true, number: false, email: false },
};
const { displayName: ours, server } = goal;

/** What a page shows. */
interface Screen {
  address?: string;
  has?: readonly HarmonyMobileControl[];
  /** What the text fields hold; a field is there where this is. */
  held?: Partial<Record<'displayName' | 'server' | 'username', string>>;
  texts?: readonly string[];
  alerts?: readonly string[];
  /** Rows of the list: texts and controls of each. */
  rows?: readonly { texts: readonly string[]; has?: readonly HarmonyMobileControl[] }[];
  isBusy?: boolean;
}

const absent: Located = { kind: 'absent', reason: '', unusable: [] };
const foundAs = (attributes: Readonly<Record<string, string>> = {}, properties: object = {}): Located => ({ kind: 'found', element: { getAttribute: (name: string) => attributes[name] ?? null, ...properties } as Element, score: 1, reason: '' });
const found = foundAs();
const ambiguous: Located = { kind: 'ambiguous', candidates: [] };
const unusable = (obstacle: 'covered' | 'inert' | 'disabled' | 'not shown'): Located => ({ kind: 'absent', reason: '', unusable: [{ element: {} as Element, obstacle }] });

function pageOf({ address = '/dashboard/mobile#/overview', has = [], held = {}, texts = [], alerts = [], rows = [], isBusy = false }: Screen, located: Partial<Record<HarmonyMobileControl, Located>> = {}): GuidePage<HarmonyMobileControl> {
  const controls = new Set<HarmonyMobileControl>([...has, ...(Object.keys(held) as HarmonyMobileControl[]), ...rows.flatMap((row) => row.has ?? [])]);
  const find = (id: HarmonyMobileControl): Located => located[id] ?? (controls.has(id) ? found : absent);
  const rowOf = (one: string, mark: HarmonyMobileControl): PagePart<HarmonyMobileControl> | undefined => {
    const [row, ...others] = rows.filter(({ texts: all, has: own = [] }) => all.includes(one) && own.includes(mark));
    return row && others.length === 0 ? { find: (id) => (row.has?.includes(id) ? find(id) : absent), texts: row.texts } : undefined;
  };
  return {
    address,
    find,
    has: (id) => find(id).kind === 'found',
    textOf: (id) => held[id as 'server'],
    shows: (one) => [...texts, ...Object.values(held), ...rows.flatMap((row) => row.texts)].includes(one),
    says: (pattern, which = 'all') => [...(which === 'all' ? texts : []), ...alerts].some((one) => pattern.test(normalise(one))),
    partWith: (one, mark) => rowOf(String(one), mark),
    countWith: () => 0,
    isOn: () => undefined,
    isUntouched: () => false,
    rows: () => [],
    textOn: () => undefined,
    textLike: () => undefined,
    findNamed: () => absent,
    secret: 'none',
    isBusy,
  };
}
type Seen = Observation<HarmonyMobileControl, HarmonyMobileStep>;
const observe = (screen: Screen, memo: GuideMemo = {}, located: Partial<Record<HarmonyMobileControl, Located>> = {}, one = goal): Seen => harmonyMobileGuide.observe(pageOf(screen, located), one, memo);

const listPage = '/dashboard/mobile#/settings/integrations';
const formOf = (held: NonNullable<Screen['held']>, more: readonly HarmonyMobileControl[] = []): Screen => ({ address: listPage, held, has: ['password', 'apiKey', 'verify', ...more] });
const empty = { displayName: '', server: '', username: '' };
const text = (control: HarmonyMobileControl, value: string): object => ({ control, value: { kind: 'text', text: value } });
const secrets = [{ control: 'password', value: { kind: 'secret', secret: 'password' } }, { control: 'apiKey', value: { kind: 'secret', secret: 'api-key' } }];
const onOff = (control: HarmonyMobileControl, on: boolean): object => ({ control, value: { kind: 'on', on } });
const groups = { control: 'groups', value: { kind: 'choices', names: goal.groups, mayHaveNote: true } };
const personal = [onOff('ownerName', true), onOff('ownerNumber', false), onOff('ownerEmail', false)];
const names = [text('displayName', ours), text('server', server), text('username', goal.username)];
const toVerify = { step: 'verify', target: 'verify', learned: { integrationSaved: false }, learnedByUse: { details: true } };
const details = { details: true };
const saved = { integrationSaved: true };
const foreign = { step: 'other-object', learned: { details: false } };
const edit = { step: 'edit-integration', target: 'edit', beside: ours, learned: { details: false } };
const add = { step: 'new-integration', target: 'add', learned: { details: false } };
const row = (...has: HarmonyMobileControl[]): Screen => ({ address: listPage, has: ['add'], rows: [{ texts: ['SIEM', 'Inactive'], has: ['edit'] }, { texts: [ours, 'Workspace ONE UEM', 'Connected'], has }] });

const cases: [what: string, screen: Screen, memo: GuideMemo, seen: object][] = [
  // the straight way
  ['Harmony Mobile’s first page', { has: ['settings', 'harmonyMobile'] }, {}, { step: 'open-settings', target: 'settings' }],
  ['its settings', { has: ['settings', 'integrations'] }, {}, { step: 'open-integrations', target: 'integrations' }],
  ['the empty list', { address: listPage, has: ['settings', 'integrations', 'add'] }, details, add],
  ['the menu of “+”', { address: listPage, has: ['add', 'uems'] }, {}, { step: 'choose-uems', target: 'uems' }],
  ['the UEMs as a list to open', { address: listPage, has: ['service', 'next'] }, {}, { step: 'choose-uem', target: 'next', fields: [{ control: 'service', value: { kind: 'choices', names: ['Workspace ONE UEM'] } }] }],
  ['the UEMs as buttons', { address: listPage, has: ['workspaceOne', 'otherUem'] }, {}, { step: 'choose-uem', target: 'workspaceOne' }],
  ['the empty form', formOf(empty), {}, { ...toVerify, fields: names }],
  ['a new form with a name in it', formOf({ ...empty, displayName: 'UEM Default' }), {}, { ...toVerify, fields: names }],
  ['a new form with https:// in it', formOf({ ...empty, server: 'https://' }), {}, { ...toVerify, fields: names }],
  ['the form with our server: now the secrets', formOf({ ...empty, displayName: ours, server }), {}, { ...toVerify, fields: [text('server', server), text('username', goal.username), ...secrets] }],
  ['the groups', { address: listPage, has: ['groups', 'back', 'next'] }, details, { step: 'synchronization', target: 'next', fields: [groups] }],
  ['groups behind a button', { address: listPage, has: ['selectGroups', 'next'] }, details, { step: 'synchronization', target: 'next', fields: [{ ...groups, control: 'selectGroups' }] }],
  ['what the service may see', { address: listPage, has: ['ownerName', 'ownerNumber', 'ownerEmail', 'back', 'save'] }, details, { step: 'advanced', target: 'save', fields: personal, learnedByUse: saved }],
  ['all after the details on one page', { address: listPage, has: ['groups', 'ownerName', 'ownerNumber', 'ownerEmail', 'save'] }, details, { step: 'advanced', target: 'save', fields: [groups, ...personal], learnedByUse: saved }],
  ['a part that is to be opened', { address: listPage, has: ['groups', 'advanced', 'save'] }, details, { step: 'synchronization', target: 'advanced', fields: [groups] }],
  ['a last page to look through', { address: listPage, has: ['back', 'save'] }, details, { step: 'finish', target: 'save', learnedByUse: saved }],
  ['the list with ours in it', row('edit'), saved, { step: 'done', isDone: true, found: { status: 'Connected' } }],
  ['a list that says no status', { address: listPage, has: ['add'], texts: ['Failed'], rows: [{ texts: [ours, 'Workspace ONE UEM'], has: ['edit'] }] }, saved, { step: 'done', isDone: true }],
  // what may be seen is not missed, what may not be seen is
  ['a device name that is not offered', { address: listPage, has: ['ownerNumber', 'ownerEmail', 'save'] }, details, { step: 'advanced', target: 'save', fields: personal.slice(1), learnedByUse: saved }],
  ['an e-mail switch that is not found', { address: listPage, has: ['ownerName', 'save'] }, details, { step: 'advanced', target: 'save', fields: personal, learnedByUse: saved }],
  // what was there before
  ['ours in the list', row('edit'), {}, edit],
  ['ours, behind a menu of its row', row('more'), {}, { step: 'open-integration', target: 'more', beside: ours }],
  ['ours, without a button', row(), {}, { step: 'open-integration', named: ours }],
  ['an integration of another name for our server', { address: listPage, has: ['add'], rows: [{ texts: ['UEM Default', server], has: ['edit'] }] }, {}, { ...edit, beside: server }],
  ['one for our server, spelled without https', { address: listPage, has: ['add'], rows: [{ texts: ['UEM Default', 'as1234.awmdm.com'], has: ['edit'] }] }, {}, { ...edit, beside: 'as1234.awmdm.com' }],
  ['ours opened for editing', formOf({ displayName: ours, server, username: 'someone' }), {}, { ...toVerify, fields: [text('server', server), text('username', goal.username), ...secrets] }],
  ['ours with another server', formOf({ displayName: ours, server: 'https://cn1234.awmdm.com', username: '' }), {}, { ...toVerify, fields: names }],
  ['the name that somebody gave the integration of our server stays', formOf({ displayName: 'Mobiles', server: `${server}/`, username: '' }), {}, { ...toVerify, fields: [text('server', `${server}/`), text('username', goal.username), ...secrets] }],
  ['a new form although it is there', { ...formOf(empty), rows: [{ texts: [ours] }] }, {}, { step: 'exists-already' }],
  ['editing, not filled yet', { ...formOf(empty), address: `${listPage}/7/edit` }, {}, { step: 'wait' }],
  ['an edit form with Save and no wizard', { address: listPage, held: { displayName: ours, server, username: '' }, has: ['password', 'apiKey', 'save'] }, {}, { ...toVerify, target: 'save', fields: [text('server', server), text('username', goal.username), ...secrets], learnedByUse: { ...details, ...saved } }],
  // errors
  ['the server was not verified', { ...formOf({ displayName: ours, server, username: 'x' }), alerts: ['Verification failed. Check the credentials.'] }, {}, { ...toVerify, step: 'verification-failed', fields: [text('server', server), text('username', goal.username), ...secrets] }],
  ['an alert that is no error', { ...formOf(empty), alerts: ['You have 30 days left'] }, {}, { ...toVerify, fields: names }],
  ['saving failed', { address: listPage, has: ['ownerName', 'ownerNumber', 'ownerEmail', 'save'], alerts: ['Could not save the integration'] }, details, { step: 'advanced', target: 'save', fields: personal, learned: { integrationSaved: false }, learnedByUse: saved }],
  // devices that exist
  ['a word about devices, before the first', { address: listPage, has: ['add'], texts: ['Before you start the first time integration, delete any existing devices in the Harmony Mobile Dashboard.'] }, {}, { ...add, step: 'existing-devices', learnedByUse: { devicesTold: true } }],
  ['in the form', { ...formOf(empty), alerts: ['12 devices already exist. Delete the devices first.'] }, {}, { ...toVerify, step: 'existing-devices', fields: names, learnedByUse: { ...details, devicesTold: true } }],
  ['once told', { address: listPage, has: ['add'], texts: ['Delete any existing devices.'] }, { devicesTold: true }, add],
  ['for one that is there already', { ...row('edit'), texts: ['Delete any existing devices.'] }, {}, edit],
  // nothing is filled in
  ['another UEM’s form', { address: listPage, held: empty, has: ['password', 'verify'] }, details, foreign],
  ['another UEM’s form with a key', formOf(empty, ['ofAnother']), {}, foreign],
  ['another UEM that the form’s own list has', { address: listPage, held: empty, has: ['password', 'verify', 'service'] }, {}, { step: 'choose-uem', target: 'service' }],
  ['another UEM that somebody began with', { address: listPage, held: { ...empty, server: 'https://acme.jamfcloud.com' }, has: ['password', 'verify', 'service'] }, {}, foreign],
  ['another integration’s form', formOf({ displayName: 'Mobiles', server: 'https://as9.awmdm.com', username: 'x' }), {}, foreign],
  ['a form at work', { ...formOf(empty), isBusy: true }, {}, { step: 'wait' }],
  ['groups of an integration that nobody knows', { address: listPage, has: ['groups', 'back', 'next'] }, {}, foreign],
  ['groups of another UEM', { address: listPage, has: ['groups', 'next', 'ofAnother'] }, details, foreign],
  ['groups that say whose they are', { address: listPage, has: ['groups', 'next', 'ofWorkspaceOne'] }, {}, { step: 'synchronization', target: 'next', fields: [groups] }],
  ['groups that have not come yet', { address: listPage, has: ['groups', 'next'], isBusy: true }, details, { step: 'wait' }],
  ['a filter by group elsewhere', { has: ['groups', 'settings'] }, details, { step: 'open-settings', target: 'settings' }],
  ['an account’s form with a name', { held: { displayName: 'x' }, has: ['save', 'settings'] }, {}, { step: 'open-settings', target: 'settings' }],
  ['a list that has not come yet', { address: listPage, has: ['add'], isBusy: true }, {}, { step: 'wait' }],
  // elsewhere
  ['the portal’s home', { address: '/dashboard/', has: ['harmonyMobile', 'settings'] }, {}, { step: 'open-app', target: 'harmonyMobile' }],
  ['another app, with a menu', { address: '/dashboard/endpoint#/overview', has: ['menu'] }, {}, { step: 'open-app', target: 'menu' }],
  ['an app that says its name', { address: '/dashboard/x7#/', has: ['appTitle', 'harmonyMobile', 'settings'] }, {}, { step: 'open-settings', target: 'settings' }],
  ['the sign-in page', { address: '/signin', has: ['email'] }, {}, { step: 'sign-in' }],
  ['a page without anything', { address: '/x' }, {}, { step: 'lost' }],
  ['a page that is still coming', { address: '/x', isBusy: true }, {}, { step: 'wait' }],
];

describe('what a page says, and what comes next', () => {
  it.each(cases)('%s', (_what, screen, memo, seen) => {
    expect(observe(screen, memo)).toEqual(seen);
  });

  it('covers every step, and has words for it', () => {
    // The connector has a test of its own.
    const seen = new Set(['verify-connector', ...cases.map(([, , , one]) => (one as { step: string }).step)]);
    expect(Object.keys(harmonyMobile.steps).filter((step) => !seen.has(step))).toEqual([]);
    expect(harmonyMobileSteps.filter((step) => !seen.has(step))).toEqual([]);
  });

  it('a connector where the server is not to be reached from outside', () => {
    expect(observe(formOf(empty, ['connector']), {}, {}, { ...goal, usesConnector: true })).toMatchObject({ step: 'verify-connector', fields: [...names, onOff('connector', true)] });
    expect(observe(formOf(empty, ['connector'])).fields).toEqual(names);
  });

  it.each<[what: string, located: Located, seen: object]>([
    ['a radio button', foundAs({}, { type: 'radio' }), { step: 'choose-uem', target: 'next', fields: [onOff('workspaceOne', true)] }],
    ['a card that says whether it is chosen', foundAs({ 'aria-pressed': 'false' }), { step: 'choose-uem', target: 'next', fields: [onOff('workspaceOne', true)] }],
    ['a card that goes on', found, { step: 'choose-uem', target: 'workspaceOne' }],
  ])('the UEM as %s', (_what, workspaceOne, seen) => {
    expect(observe({ address: listPage, has: ['otherUem', 'next'] }, {}, { workspaceOne })).toEqual(seen);
  });

  it.each<[what: string, located: Located, target: string]>([
    ['greyed out', unusable('disabled'), 'verify'],
    ['hidden', unusable('not shown'), 'next'],
  ])('a button that is %s', (_what, verify, target) => {
    expect(observe({ ...formOf(empty), has: ['password', 'apiKey'] }, {}, { verify, ...(target === 'next' ? { next: found } : {}) }).target).toBe(target);
  });
});

// ---- Whatever the page ----

const ids = Object.keys(harmonyMobileControls) as HarmonyMobileControl[];
const anyLocated = fc.constantFrom(absent, ambiguous, unusable('covered'), unusable('disabled'), found, foundAs({ 'aria-selected': 'true' }), foundAs({ role: 'menuitem' }));
const anyMemo = fc.dictionary(fc.constantFrom('details', 'integrationSaved', 'devicesTold', 'x'), fc.boolean());
const anyHeld = fc.record({ displayName: fc.constantFrom('', ours, 'Mobiles', `${ours} `), server: fc.constantFrom('', 'https://', server, `${server}/`, `http://${server.slice(8)}`, 'https://as9.awmdm.com', 'https://as1234.awmdm.com.evil.example'), username: fc.string() }, { requiredKeys: [] });
const anyScreen: fc.Arbitrary<Screen> = fc.record(
  {
    address: fc.constantFrom(listPage, '/dashboard/', '/dashboard/mobile#/devices', `${listPage}/3/edit`, '/signin'),
    has: fc.subarray(ids),
    held: anyHeld,
    texts: fc.subarray(['Delete any existing devices.', ours]),
    alerts: fc.subarray(['Verification failed', 'Saved']),
    rows: fc.array(fc.record({ texts: fc.subarray([ours, server, 'Mobiles', 'Connected']), has: fc.subarray<HarmonyMobileControl>(['edit', 'more']) }), { maxLength: 3 }),
    isBusy: fc.boolean(),
  },
  { requiredKeys: [] },
);
const secretsOf = ({ fields = [] }: Seen): readonly string[] => fields.flatMap(({ control, value }) => (value.kind === 'secret' ? [control] : []));

describe('on any page', () => {
  const check = (rule: (page: GuidePage<HarmonyMobileControl>, seen: Seen, memo: GuideMemo) => void): void => {
    fc.assert(
      fc.property(anyScreen, fc.dictionary(fc.constantFrom(...ids), anyLocated), anyMemo, (screen, located, memo) => {
        const page = pageOf(screen, located);
        rule(page, harmonyMobileGuide.observe(page, goal, memo), memo);
      }),
      { numRuns: 1500 },
    );
  };

  it('a secret is wanted in Server Details of Workspace ONE UEM alone, beside the address of our own server', () => {
    let wanted = 0;
    check((page, seen) => {
      if (secretsOf(seen).length === 0) return;
      wanted++;
      expect(secretsOf(seen)).toEqual(['password', 'apiKey']);
      expect(['verify', 'verification-failed', 'existing-devices']).toContain(seen.step);
      expect([server, `${server}/`]).toContain(page.textOf('server'));
      expect(page.find('ofAnother').kind).toBe('absent');
      expect([page.find('apiKey').kind, page.find('ofWorkspaceOne').kind]).not.toEqual(['absent', 'absent']);
      expect(page.isBusy).toBe(false);
    });
    expect(wanted).toBeGreaterThan(20);
  });

  it('nothing is filled in where another UEM’s name stands over the form', () => {
    check((page, seen) => {
      if (page.find('ofAnother').kind !== 'absent') expect(seen.fields ?? []).toEqual([]);
    });
  });

  it('nothing is filled in in the form of another integration', () => {
    check((page, seen) => {
      const [name, held] = [page.textOf('displayName'), page.textOf('server')];
      const isForeign = name !== ours && held !== undefined && !['', 'https://', server, `${server}/`].includes(held);
      const isForm = (['displayName', 'password', 'apiKey'] as const).some((id) => page.find(id).kind !== 'absent') && page.find('server').kind !== 'absent';
      if (isForeign && isForm) expect(seen.fields ?? []).toEqual([]);
    });
  });

  it('only buttons of the way and of the wizard are pointed at, and done is what was saved and is there', () => {
    check((page, seen, memo) => {
      if (seen.target !== undefined) expect(ids).toContain(seen.target);
      if (seen.isDone) expect([memo['integrationSaved'], [ours, server, `${server}/`, server.slice(8)].some((one) => page.shows(one))]).toEqual([true, true]);
      // There are words for it.
      expect(harmonyMobile.steps[seen.step].title('x')).not.toBe('');
    });
  });
});
