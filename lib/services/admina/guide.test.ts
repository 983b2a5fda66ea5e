import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdminaGoal } from '../../guide/goals.ts';
import type { GuideMemo, GuidePage, Observation, PagePart } from '../../guide/guide.ts';
import type { Located } from '../../guide/locate.ts';
import { admina } from '../../guide/text/en-admina.ts';
import { normalise } from '../../guide/wording.ts';
import { adminaControls, adminaGuide, adminaSteps, type AdminaControl, type AdminaStep } from './guide.ts';

const goal: AdminaGoal = { guide: 'admina', workspaceKey: 'larkspur', clientId: 'client-1', devices: true, deviceGroup: 'Tokyo' };

interface ListRow {
  texts: readonly string[];
  has?: readonly AdminaControl[];
}

/** What a page shows. */
interface Screen {
  address?: string;
  has?: readonly AdminaControl[];
  /** What the text fields hold; a field is there where this is. */
  held?: Partial<Record<AdminaControl, string>>;
  alerts?: readonly string[];
  rows?: readonly ListRow[];
  isBusy?: boolean;
}

const absent: Located = { kind: 'absent', reason: '', unusable: [] };
const foundAs = (attributes: Readonly<Record<string, string>> = {}): Located => ({ kind: 'found', element: { getAttribute: (name: string) => attributes[name] ?? null } as Element, score: 1, reason: '' });
const found = foundAs();
const chosen = foundAs({ 'aria-selected': 'true' });
const ambiguous: Located = { kind: 'ambiguous', candidates: [] };
const disabled: Located = { kind: 'absent', reason: '', unusable: [{ element: {} as Element, obstacle: 'disabled' }] };

function pageOf({ address = '/suisei/x', has = [], held = {}, alerts = [], rows = [], isBusy = false }: Screen, located: Partial<Record<AdminaControl, Located>> = {}): GuidePage<AdminaControl> {
  const controls = new Set<AdminaControl>([...has, ...(Object.keys(held) as AdminaControl[]), ...rows.flatMap((row) => row.has ?? [])]);
  const find = (id: AdminaControl): Located => located[id] ?? (controls.has(id) ? found : absent);
  const rowsWith = (text: string | readonly string[], mark: AdminaControl): readonly ListRow[] => rows.filter(({ texts, has: own = [] }) => [text].flat().every((one) => texts.includes(one)) && own.includes(mark));
  return {
    address,
    find,
    has: (id) => find(id).kind === 'found',
    textOf: (id) => (find(id).kind === 'found' ? held[id] : undefined),
    textOn: (id) => held[id],
    shows: (one) => [...Object.values(held), ...rows.flatMap(({ texts }) => texts)].includes(one),
    says: (pattern, which = 'all') => [...(which === 'all' ? rows.flatMap(({ texts }) => texts) : []), ...alerts].some((one) => pattern.test(normalise(one))),
    partWith: (text, mark): PagePart<AdminaControl> | undefined => {
      const [row, ...others] = rowsWith(text, mark);
      return row && others.length === 0 ? { find: (id) => (row.has?.includes(id) ? find(id) : absent), texts: row.texts } : undefined;
    },
    countWith: (text, mark) => rowsWith(text, mark).length,
    isOn: () => undefined,
    isUntouched: () => false,
    rows: () => [],
    textLike: () => undefined,
    findNamed: () => absent,
    secret: 'none',
    isBusy,
  };
}
type Seen = Observation<AdminaControl, AdminaStep>;
const observe = (screen: Screen, memo: GuideMemo = {}, located: Partial<Record<AdminaControl, Located>> = {}, one = goal): Seen => adminaGuide.observe(pageOf(screen, located), one, memo);

const onScreen = ['title', 'status', 'catalogTab', 'catalog', 'menu', 'integrations'] as const;
const catalogPage = (...has: AdminaControl[]): Screen => ({ has: [...onScreen, ...has] });
/** The status list, as it is in one of the languages. */
const statusPage = (rows: readonly ListRow[] = [], more: Partial<Screen> = {}): Screen => ({ has: onScreen, rows, ...more });
const actions: readonly AdminaControl[] = ['edit', 'retry'];
const rowOf = (...said: string[]): ListRow => ({ texts: ['Jamf', 'larkspur', ...said], has: actions });
const onStatus = { status: chosen };
const beside = ['larkspur', 'Jamf'];

const text = (control: AdminaControl, value: string): object => ({ control, value: { kind: 'text', text: value } });
const devices = { control: 'devices', value: { kind: 'on', on: true } };
const secret = { control: 'clientSecret', value: { kind: 'secret', secret: 'client-secret' } };
const whole = [text('clientId', 'client-1'), devices, text('deviceGroup', 'Tokyo')];
const formOf = (held: Screen['held'], more: readonly AdminaControl[] = ['integrate', 'devices']): Screen => ({ held: { workspaceKey: '', clientId: '', clientSecret: '', ...held }, has: ['ofJamf', ...more] });
const isNew = { isNew: true };
const toIntegrate = { step: 'integrate', target: 'integrate', learnedByUse: { integrated: true } };
const toSave = { step: 'save', target: 'save', learnedByUse: { saved: true } };
const none = { isNew: true, saved: false };
const integrated = { integrated: true };
const failure = (reason: string): object => ({ step: 'failed', target: 'edit', beside, learned: { awaitsRun: false }, found: { outcome: 'failed', reason } });
const running = { step: 'running', isWaiting: true, learned: { awaitsRun: false } };
const done = { step: 'done', isDone: true, found: { outcome: 'connected' } };

const cases: [what: string, screen: Screen, memo: GuideMemo, seen: object, located?: Partial<Record<AdminaControl, Located>>][] = [
  // the straight way
  ['the first page', { has: ['menu'] }, {}, { step: 'open-menu', target: 'menu' }],
  ['the opened menu', { has: ['menu', 'integrations'] }, {}, { step: 'open-integrations', target: 'integrations' }, { menu: ambiguous }],
  ['the integration screen', catalogPage('search'), {}, { step: 'open-status', target: 'status' }],
  ['an empty status list, the services elsewhere', statusPage(), {}, { step: 'open-catalog', target: 'catalogTab', learned: none }, onStatus],
  ['an empty status list, the services on the same page', statusPage([], { has: [...onScreen, 'search'] }), {}, { step: 'choose-jamf', target: 'jamf', fields: [text('search', 'Jamf')], learned: none }, onStatus],
  ['the services, ours in sight', catalogPage('search', 'jamf'), isNew, { step: 'choose-jamf', target: 'jamf' }],
  ['the services, ours to be searched for', catalogPage('search'), isNew, { step: 'choose-jamf', target: 'jamf', fields: [text('search', 'Jamf')] }],
  ['the services as cards with a button each', { ...catalogPage(), rows: [{ texts: ['Jamf Pro'], has: ['integrate'] }, { texts: ['Jamf Protect'], has: ['integrate'] }] }, isNew, { step: 'choose-jamf', target: 'integrate', beside: 'Jamf Pro' }],
  ['the integration screen without the services', catalogPage(), isNew, { step: 'open-catalog', target: 'catalogTab' }],
  ['the integration screen, still coming', { ...catalogPage(), isBusy: true }, isNew, { step: 'wait' }],
  ['the empty form', formOf({}), isNew, { ...toIntegrate, fields: [text('workspaceKey', 'larkspur'), ...whole] }],
  ['the form with key and client: now the secret', formOf({ workspaceKey: 'larkspur', clientId: 'client-1' }), isNew, { ...toIntegrate, fields: [...whole, secret] }],
  ['integrated: how it went', catalogPage('jamf'), { ...isNew, ...integrated }, { step: 'open-status', target: 'status' }],
  ['the list that does not have it yet', statusPage(), { ...isNew, ...integrated }, { step: 'running', isWaiting: true }, onStatus],
  ['at work, Japanese', statusPage([rowOf('実行中')]), integrated, running, onStatus],
  ['at work, English', statusPage([rowOf('In progress')]), integrated, running, onStatus],
  ['it worked, Japanese', statusPage([rowOf('成功', 'アカウント 40 件、デバイス 180 件')]), integrated, done, onStatus],
  ['it worked, English', statusPage([rowOf('Connected')]), integrated, done, onStatus],
  ['a list that says nothing of it', statusPage([rowOf('2026/11/22')]), integrated, { step: 'done', isDone: true, found: {} }, onStatus],
  // it failed
  ['it failed, Japanese', statusPage([rowOf('失敗', '認証に失敗しました。クライアントIDとクライアントシークレットを確認してください。')]), integrated, failure('認証に失敗しました。クライアントIDとクライアントシークレットを確認してください。'), onStatus],
  ['it failed, English', statusPage([rowOf('Failed', 'Insufficient permissions: Read Sites')]), integrated, failure('Insufficient permissions: Read Sites'), onStatus],
  ['it failed, and the page does not say why', statusPage([rowOf('エラー')]), integrated, failure(''), onStatus],
  ['the form to mend it', formOf({ workspaceKey: 'larkspur', clientId: 'client-1' }, ['save', 'devices', 'deviceGroup']), integrated, { ...toSave, fields: [...whole, secret] }],
  ['saved: now run it', statusPage([rowOf('失敗')]), { saved: true }, { step: 'retry', target: 'retry', beside, learnedByUse: { saved: false, integrated: true, awaitsRun: true } }, onStatus],
  ['saved, and it runs by itself', statusPage([rowOf('実行中')]), { saved: true }, { step: 'running', isWaiting: true, learned: { saved: false, integrated: true, awaitsRun: false } }, onStatus],
  ['run again: what the list says is of the run before', statusPage([rowOf('成功')]), { ...integrated, awaitsRun: true }, { step: 'running', isWaiting: true }, onStatus],
  ['run again, and it failed', statusPage([rowOf('失敗')]), { ...integrated, awaitsRun: true }, failure(''), onStatus],
  // what was there before
  ['ours in the list', statusPage([{ texts: ['Slack', 'larkspur', '成功'], has: actions }, rowOf('成功')]), {}, { step: 'exists', target: 'edit', beside }, onStatus],
  ['ours, with its whole host', statusPage([{ texts: ['JAMF', 'Jamf', 'larkspur.jamfcloud.com'], has: ['edit'] }]), {}, { step: 'exists', target: 'edit', beside: ['larkspur.jamfcloud.com', 'Jamf'] }, onStatus],
  ['ours, behind a menu of its row', statusPage([{ texts: ['Jamf', 'larkspur'], has: ['more'] }]), {}, { step: 'open-row', target: 'more', beside }, onStatus],
  ['two of ours', statusPage([rowOf('成功'), rowOf('失敗')]), {}, { step: 'exists', target: 'edit' }, onStatus],
  ['the key with another service, our service with another key', statusPage([{ texts: ['Slack', 'larkspur'], has: actions }, { texts: ['Jamf', 'globex'], has: actions }]), {}, { step: 'open-catalog', target: 'catalogTab', learned: none }, onStatus],
  ['a list that has not come yet', statusPage([], { isBusy: true }), {}, { step: 'wait' }, onStatus],
  ['ours opened for editing, the key greyed out', formOf({ workspaceKey: 'larkspur', clientId: 'old' }, ['save', 'devices', 'deviceGroup']), {}, { ...toSave, fields: whole }, { workspaceKey: disabled }],
  ['a form that nobody asked for', formOf({}), {}, { step: 'look-first' }],
  ['the service says that it is there, Japanese', { ...formOf({ workspaceKey: 'larkspur', clientId: 'client-1' }), alerts: ['このワークスペースキーはすでに登録されています。'] }, isNew, { step: 'exists-already', learned: { isNew: false, integrated: false } }],
  ['the service says that it is there, English', { ...formOf({ workspaceKey: 'larkspur', clientId: 'client-1' }), alerts: ['This workspace key already exists.'] }, isNew, { step: 'exists-already', learned: { isNew: false, integrated: false } }],
  ['the service did not take it', { ...formOf({ workspaceKey: 'larkspur', clientId: 'client-1' }), alerts: ['クライアントシークレットが不正です'] }, isNew, { ...toIntegrate, step: 'refused', fields: [...whole, secret], learned: { integrated: false, saved: false } }],
  ['an alert that is no failure', { ...formOf({}), alerts: ['お知らせがあります'] }, isNew, { ...toIntegrate, fields: [text('workspaceKey', 'larkspur'), ...whole] }],
  // nothing is filled in
  ['another service’s form', { held: { workspaceKey: '', clientId: '', clientSecret: '' }, has: ['ofAnother', 'integrate'] }, isNew, { step: 'other-object' }],
  ['a form that does not say whose it is', { held: { clientId: '', clientSecret: '' }, has: ['integrate'] }, isNew, { step: 'other-object' }],
  ['another tenant’s form', formOf({ workspaceKey: 'globex', clientId: 'x' }, ['save']), {}, { step: 'other-object' }],
  ['another tenant’s, the key greyed out', formOf({ workspaceKey: 'globex', clientId: 'x' }, ['save']), {}, { step: 'other-object' }, { workspaceKey: disabled }],
  ['a form at work', { ...formOf({}), isBusy: true }, isNew, { step: 'wait' }],
  // elsewhere
  ['the sign-in page', { address: '/login', has: ['email'] }, {}, { step: 'sign-in' }],
  ['a page without anything', { address: '/x' }, {}, { step: 'lost' }],
  ['a page that is still coming', { address: '/x', isBusy: true }, {}, { step: 'wait' }],
  ['the title alone, the rest to come', { has: ['title', 'menu'] }, {}, { step: 'wait' }],
];

describe('what a page says, and what comes next', () => {
  it.each(cases)('%s', (_what, screen, memo, seen, located = {}) => {
    expect(observe(screen, memo, located)).toEqual(seen);
  });

  it('covers every step, and has words for it', () => {
    const seen = new Set(cases.map(([, , , one]) => (one as { step: string }).step));
    expect(Object.keys(admina.steps).filter((step) => !seen.has(step))).toEqual([]);
    expect(adminaSteps.filter((step) => !seen.has(step))).toEqual([]);
  });

  it.each<[what: string, change: Partial<AdminaGoal>, has: readonly AdminaControl[], fields: object[]]>([
    ['accounts alone, and no check box', { devices: false, deviceGroup: '' }, ['integrate'], []],
    ['accounts alone, beside a check box', { devices: false, deviceGroup: '' }, ['integrate', 'devices', 'deviceGroup'], [{ control: 'devices', value: { kind: 'on', on: false } }]],
    ['devices, and no check box', { deviceGroup: '' }, ['integrate'], [devices]],
    ['all devices, where a filter was', { deviceGroup: '' }, ['integrate', 'devices', 'deviceGroup'], [devices, text('deviceGroup', '')]],
  ])('what is to be read: %s', (_what, change, has, fields) => {
    expect(observe(formOf({ workspaceKey: 'larkspur' }, has), isNew, {}, { ...goal, ...change }).fields).toEqual([text('clientId', 'client-1'), ...fields]);
  });
});

// ---- Whatever the page ----

const ids = Object.keys(adminaControls) as AdminaControl[];
const anyLocated = fc.constantFrom(absent, ambiguous, disabled, found, chosen);
const anyMemo = fc.dictionary(fc.constantFrom('isNew', 'integrated', 'saved', 'awaitsRun'), fc.boolean());
const anyForm: fc.Arbitrary<Screen> = fc.record({
  has: fc.subarray<AdminaControl>(['integrate', 'save', 'devices', 'deviceGroup', 'status']).map((has) => ['ofJamf', ...has]),
  held: fc.record({ workspaceKey: fc.constantFrom('', 'larkspur', 'globex'), clientId: fc.constantFrom('', 'client-1', 'client-2'), clientSecret: fc.constant('') }),
  isBusy: fc.boolean(),
});
const anyPage: fc.Arbitrary<Screen> = fc.record(
  {
    has: fc.subarray(ids),
    held: fc.record({ workspaceKey: fc.constantFrom('', 'larkspur', 'LARKSPUR', 'globex', 'larkspur.evil.example'), clientId: fc.constantFrom('', 'client-1', 'client-2'), clientSecret: fc.constant('') }, { requiredKeys: [] }),
    alerts: fc.subarray(['失敗しました', 'already registered', 'Saved']),
    rows: fc.array(fc.record({ texts: fc.subarray(['Jamf', 'Slack', 'larkspur', 'globex', '成功', '失敗', '実行中']), has: fc.subarray<AdminaControl>(['edit', 'retry', 'more']) }), { maxLength: 3 }),
    isBusy: fc.boolean(),
  },
  { requiredKeys: [] },
);

const anyScreen = fc.oneof(anyForm, anyPage);

describe('on any page', () => {
  const check = (rule: (page: GuidePage<AdminaControl>, seen: Seen, memo: GuideMemo) => void): void => {
    fc.assert(
      fc.property(anyScreen, fc.dictionary(fc.constantFrom(...ids), anyLocated, { maxKeys: 2 }), anyMemo, (screen, located, memo) => {
        const page = pageOf(screen, located);
        rule(page, adminaGuide.observe(page, goal, memo), memo);
      }),
      { numRuns: 1500 },
    );
  };

  it('the secret is wanted in Jamf’s form alone, beside our own key and client', () => {
    let wanted = 0;
    check((page, { step, fields = [] }, memo) => {
      if (!fields.some(({ value }) => value.kind === 'secret')) return;
      wanted++;
      expect(['integrate', 'save', 'refused']).toContain(step);
      expect([(page.textOf('workspaceKey') ?? page.textOn('workspaceKey'))?.toLowerCase(), page.textOf('clientId')]).toEqual(['larkspur', 'client-1']);
      expect([page.find('ofAnother').kind, page.isBusy]).toEqual(['absent', false]);
      expect(page.find('ofJamf').kind).not.toBe('absent');
      // A second one is never added where nobody looked.
      if (page.find('integrate').kind !== 'absent') expect(memo['isNew']).toBe(true);
    });
    expect(wanted).toBeGreaterThan(10);
  });

  it('done is what was integrated and is in the list; there are words for every step', () => {
    check((_page, seen, memo) => {
      if (seen.isDone) expect([memo['integrated'], memo['saved'] ?? false, memo['awaitsRun'] ?? false]).toEqual([true, false, false]);
      if (seen.target !== undefined) expect(ids).toContain(seen.target);
      expect(admina.steps[seen.step].title('x')).not.toBe('');
    });
  });
});
