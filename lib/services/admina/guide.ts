import type { AdminaGoal } from '../../guide/goals.ts';
import type { Control, GuideField, GuideMemo, GuidePage, Observation, PagePart, PageGuide } from '../../guide/guide.ts';
import { alreadyThere, jamfKeyword, jamfNames, names, otherServices, spellingsOf, states } from './facts.ts';

/*
 * Admina's integration screen, by meaning: nobody here has seen it, and its address is not known. It looks at the status list first, so that
 * nothing is added twice; then the form, then how the run went. "Integrate", "Save" and "Retry" are the admin's.
 * unverified: roles, wordings (facts.ts), and that the status list names service and workspace key in a row.
 */

const opened = ['link', 'button', 'menuitem', 'tab', 'treeitem'] as const;
const offered = ['button', 'link', 'option', 'menuitem', 'radio'] as const;
const text = ['textbox'] as const;
const box = ['checkbox', 'switch'] as const;

/** A dialog, section or heading that says whose form it is. */
const about = (services: readonly string[]): { names: readonly string[] } => ({
  names: services.flatMap((name) => [
    name,
    ...['と連携する', 'と連携', 'を連携する', 'を連携', '連携', 'との連携', 'の連携', 'の連携を編集', 'を編集', 'の編集', '連携の編集', '連携設定', 'の設定', '設定'].map((rest) => name + rest),
    ...['Integrate', 'Integrate with', 'Connect', 'Connect to', 'Edit', 'Edit the integration of', 'Integration with', 'Add', 'Configure'].map((verb) => `${verb} ${name}`),
    ...['integration', 'integration settings', 'settings', 'workspace'].map((what) => `${name} ${what}`),
  ]),
});

export const adminaControls = {
  // The way. The menu and the entry in it have one name.
  integrations: { roles: ['link', 'tab'], names: names.integrations },
  menu: { roles: ['menuitem', 'button', 'treeitem', 'html-summary'], names: names.integrations },
  title: { roles: ['heading'], names: names.integrations },
  catalog: { roles: opened, names: names.catalog },
  catalogTab: { roles: ['tab'], names: names.catalog },
  status: { roles: opened, names: names.status },
  search: { roles: ['textbox', 'searchbox', 'combobox'], names: names.search },
  jamf: { roles: offered, names: jamfNames },
  email: { roles: [...text, 'link', 'button'], names: names.email },
  // the form
  workspaceKey: { roles: text, names: names.workspaceKey },
  clientId: { roles: text, names: names.clientId },
  clientSecret: { roles: text, names: names.clientSecret },
  devices: { roles: box, names: names.devices },
  deviceGroup: { roles: text, names: names.deviceGroup },
  // Whose form it is, where the page says it.
  ofJamf: { roles: text, names: names.clientId, near: about(jamfNames) },
  ofAnother: { roles: text, names: [...names.workspaceKey, ...names.clientId, ...names.clientSecret], near: about(otherServices) },
  // the admin's buttons
  integrate: { roles: ['button'], names: names.integrate },
  save: { roles: ['button'], names: names.save },
  edit: { roles: ['button', 'link', 'menuitem'], names: names.edit },
  retry: { roles: ['button', 'link', 'menuitem'], names: names.retry },
  more: { roles: ['button'], names: names.more },
} as const satisfies Record<string, Control>;

export type AdminaControl = keyof typeof adminaControls;

export const adminaSteps = ['open-integrations', 'open-status', 'open-catalog', 'choose-jamf', 'integrate', 'running', 'done'] as const;
/** Beside the straight way. */
export type AdminaStep = (typeof adminaSteps)[number] | 'open-menu' | 'exists' | 'open-row' | 'save' | 'retry' | 'refused' | 'failed' | 'look-first' | 'exists-already' | 'other-object' | 'sign-in' | 'wait' | 'lost';

type Page = GuidePage<AdminaControl>;
type Seen = Observation<AdminaControl, AdminaStep>;
type Field = GuideField<AdminaControl>;

/**
 * Memo: `isNew` = the status list was looked at and has none of ours; `integrated` = Integrate was pressed with all fields right, or what is
 * there was saved and run again; `saved` = Save was pressed, and the run is still to come; `awaitsRun` = Retry was pressed, and what the list
 * shows may be of the run before.
 */
export const adminaGuide: PageGuide<AdminaControl, AdminaStep, AdminaGoal> = {
  controls: adminaControls,
  steps: () => adminaSteps,
  secret: undefined,
  version: /^version (\d+\.\d+)$/,
  // The organization's own path is not known; the application leads there.
  start: () => '/',

  observe: (page, goal, memo) => observeForm(page, goal, memo) ?? observeScreen(page, goal, memo) ?? observeWay(page),
};

const isShown = (page: Page, id: AdminaControl): boolean => page.find(id).kind !== 'absent';

/** Also greyed out, or behind a list that has opened. */
function isThere(page: Page, id: AdminaControl): boolean {
  const located = page.find(id);
  return located.kind !== 'absent' || located.unusable.some(({ obstacle }) => obstacle === 'disabled' || obstacle === 'covered');
}

/** The first that can be used; while none can, the first that is there at all. */
const firstShown = (page: Page, ids: readonly [AdminaControl, ...AdminaControl[]]): AdminaControl => ids.find((id) => isShown(page, id)) ?? ids.find((id) => isThere(page, id)) ?? ids[0];

// ---- The form ----

function observeForm(page: Page, goal: AdminaGoal, memo: GuideMemo): Seen | undefined {
  const fieldsShown = (['workspaceKey', 'clientId', 'clientSecret'] as const).filter((id) => isShown(page, id));
  if (fieldsShown.length < 2) return undefined;
  const key = (page.textOf('workspaceKey') ?? page.textOn('workspaceKey') ?? '').trim();
  const isOurs = spellingsOf(goal.workspaceKey).includes(key.toLowerCase()) || key === goal.workspaceKey;
  if (page.isBusy) return { step: 'wait' };
  if (isShown(page, 'ofAnother') || !isShown(page, 'ofJamf') || (key !== '' && !isOurs)) return { step: 'other-object' };
  const target = firstShown(page, ['integrate', 'save']);
  const isNew = target === 'integrate';
  if (isNew && page.says(alreadyThere, 'raised')) return { step: 'exists-already', learned: { isNew: false, integrated: false } };
  // Whoever opened the form has not looked, and nobody knows whether the service would refuse a second one.
  if (isNew && memo['isNew'] !== true) return { step: 'look-first' };

  const group: Field = { control: 'deviceGroup', value: { kind: 'text', text: goal.deviceGroup } };
  const fields: Field[] = [
    ...(isOurs ? [] : [{ control: 'workspaceKey', value: { kind: 'text', text: goal.workspaceKey } } as const]),
    { control: 'clientId', value: { kind: 'text', text: goal.clientId } },
    // What must not be read is not missed; what is to be read is.
    ...(goal.devices || isShown(page, 'devices') ? [{ control: 'devices', value: { kind: 'on', on: goal.devices } } as const] : []),
    ...(goal.devices && (goal.deviceGroup !== '' || isShown(page, 'deviceGroup')) ? [group] : []),
    // Only beside our own key and client.
    ...(isOurs && page.textOf('clientId') === goal.clientId ? [{ control: 'clientSecret', value: { kind: 'secret', secret: 'client-secret' } } as const] : []),
  ];
  if (page.says(states.failed, 'raised')) return { step: 'refused', target, fields, learned: { integrated: false, saved: false }, learnedByUse: isNew ? { integrated: true } : { saved: true } };
  return { step: isNew ? 'integrate' : 'save', target, fields, learnedByUse: isNew ? { integrated: true } : { saved: true } };
}

// ---- The integration screen ----

function observeScreen(page: Page, goal: AdminaGoal, memo: GuideMemo): Seen | undefined {
  if (!isThere(page, 'status')) return undefined;
  if (isCurrent(page, 'status')) return observeStatus(page, goal, memo);
  if (memo['isNew'] !== true || memo['integrated'] === true || memo['saved'] === true) return { step: 'open-status', target: 'status' };
  return observeCatalog(page) ?? { step: page.isBusy ? 'wait' : 'open-catalog', ...(page.isBusy ? {} : { target: catalogOf(page) }) };
}

const catalogOf = (page: Page): AdminaControl => firstShown(page, ['catalogTab', 'catalog', 'integrations']);

/** The service to choose, searched for where the list does not show it. */
function observeCatalog(page: Page): Seen | undefined {
  if (page.has('jamf')) return { step: 'choose-jamf', target: 'jamf' };
  const card = jamfNames.find((name) => page.partWith(name, 'integrate'));
  if (card !== undefined) return { step: 'choose-jamf', target: 'integrate', beside: card };
  if (!isShown(page, 'search')) return undefined;
  return { step: 'choose-jamf', target: 'jamf', fields: [{ control: 'search', value: { kind: 'text', text: jamfKeyword } }] };
}

function observeStatus(page: Page, goal: AdminaGoal, memo: GuideMemo): Seen {
  if (page.isBusy) return { step: 'wait' };
  const found = rowOf(page, goal);
  if (!found) {
    // It may come a moment later; a second one is worse than a wait.
    if (memo['integrated'] === true) return { step: 'running', isWaiting: true };
    // Several of them: the admin knows which.
    if (besides(goal).some((beside) => marks.some((mark) => page.countWith(beside, mark) > 1))) return { step: 'exists', target: 'edit' };
    return { ...(observeCatalog(page) ?? { step: 'open-catalog', target: catalogOf(page) }), learned: { isNew: true, saved: false } };
  }
  const { row, beside } = found;
  const state = stateOf(row);
  if (memo['saved'] === true) {
    const isRetried = { saved: false, integrated: true };
    // Saving may run it by itself.
    if (state === 'running' || row.find('retry').kind === 'absent') return { step: 'running', isWaiting: true, learned: { ...isRetried, awaitsRun: false } };
    return { step: 'retry', target: 'retry', beside, learnedByUse: { ...isRetried, awaitsRun: true } };
  }
  if (memo['integrated'] !== true) return { ...openRow(row, beside), step: row.find('edit').kind === 'absent' ? 'open-row' : 'exists' };
  if (state === 'running') return { step: 'running', isWaiting: true, learned: { awaitsRun: false } };
  if (state === 'failed') return { ...openRow(row, beside), step: 'failed', learned: { awaitsRun: false }, found: { outcome: 'failed', reason: reasonOf(row) } };
  if (memo['awaitsRun'] === true) return { step: 'running', isWaiting: true };
  return { step: 'done', isDone: true, found: state === 'connected' ? { outcome: 'connected' } : {} };
}

/** The way into a row's form. */
const openRow = (row: PagePart<AdminaControl>, beside: readonly string[]): Pick<Seen, 'target' | 'beside'> => ({ target: row.find('edit').kind === 'absent' && row.find('more').kind !== 'absent' ? 'more' : 'edit', beside });

/** Which row is ours: another service may have a workspace of the same name. */
const besides = ({ workspaceKey }: AdminaGoal): string[][] => spellingsOf(workspaceKey).flatMap((key) => jamfNames.map((service) => [key, service]));
const marks = ['edit', 'retry', 'more'] as const;

function rowOf(page: Page, goal: AdminaGoal): { row: PagePart<AdminaControl>; beside: readonly string[] } | undefined {
  for (const beside of besides(goal)) {
    for (const mark of marks) {
      const row = page.partWith(beside, mark);
      if (row) return { row, beside };
    }
  }
  return undefined;
}

function stateOf({ texts }: PagePart<AdminaControl>): 'running' | 'failed' | 'connected' | undefined {
  const said = texts.map((one) => one.trim().toLowerCase());
  return (['running', 'failed', 'connected'] as const).find((state) => said.some((one) => states[state].test(one)));
}

/** As the page says it: the longest of what speaks of a failure. Empty where it says no more than that. */
function reasonOf({ texts }: PagePart<AdminaControl>): string {
  const said = texts.filter((one) => states.failed.test(one.toLowerCase())).sort((a, b) => b.length - a.length)[0] ?? '';
  return said.length > 6 ? said.slice(0, 300) : '';
}

// ---- Elsewhere ----

function isCurrent(page: Page, id: AdminaControl): boolean {
  const located = page.find(id);
  if (located.kind !== 'found') return false;
  const state = located.element.getAttribute('aria-selected') ?? located.element.getAttribute('aria-current');
  return state !== null && state !== 'false';
}

function observeWay(page: Page): Seen {
  if (isShown(page, 'integrations') && !isShown(page, 'title')) return { step: 'open-integrations', target: 'integrations' };
  if (isShown(page, 'menu') && !isShown(page, 'title')) return { step: 'open-menu', target: 'menu' };
  if (/\/(?:log-?in|sign-?in)\b/i.test(page.address) || isShown(page, 'email')) return { step: 'sign-in' };
  return { step: page.isBusy || isShown(page, 'title') ? 'wait' : 'lost' };
}
