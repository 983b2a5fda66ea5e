import type { HarmonyMobileGoal } from '../../guide/goals.ts';
import type { Control, GuideField, GuideMemo, GuidePage, Observation, PageGuide } from '../../guide/guide.ts';
import { otherUems, workspaceOneNames } from './facts.ts';

/*
 * The Harmony Mobile dashboard's integration wizard, by meaning. Labels: [D] the Integration Guide's pages Workspace-ONE/Configuring-…,
 * Generic-UEMs/Integrating_… and Samsung-Knox/Configuring-… (sc1.checkpoint.com). No public page shows its markup or addresses:
 * // unverified: addresses, roles, wordings beside those of the guide, and how a list, an error or a status looks
 */

const integrations = /\bintegrations?\b/i;
const app = /^\/dashboard\/[^/#?]*(?:mobile|sbm)/i;
const signIn = /\/(?:sign-?in|log-?in)\b/i;

const opened = ['link', 'button', 'menuitem', 'tab', 'treeitem'] as const;
const offered = ['menuitem', 'option', 'button', 'link', 'radio'] as const;
const text = ['textbox'] as const;
const several = ['combobox', 'listbox', 'tree', 'group', 'textbox', 'searchbox'] as const;
const box = ['switch', 'checkbox'] as const;

/** A dialog, section or heading that says whose form it is. */
const about = (names: readonly string[]): { names: readonly string[] } => ({
  names: names.flatMap((name) => [name, ...['New', 'Add', 'Edit', 'Configure'].flatMap((verb) => [`${verb} ${name}`, `${verb} ${name} integration`]), `${name} integration`, `${name} settings`, `${name} integration settings`, `${name} configuration`]),
});
const workspaceOne = about(workspaceOneNames);
const others = about(otherUems);
const server = ['Server Address', 'Server', 'Server URL', 'UEM Server Address'];
const groups = ['Groups', 'Group(s)', 'Device Groups', 'Device Group(s)', 'Organization Groups', 'Organization Group(s)', 'Smart Groups', 'UEM Groups', 'Select Groups', 'Groups to synchronize'];
const pii = ['Device name', 'Device number', 'Device email'];

export const harmonyMobileControls = {
  // the way
  menu: { roles: ['button'], names: ['Menu', 'Main menu', 'Applications', 'Apps', 'Open menu', 'Infinity Portal menu'] },
  harmonyMobile: { roles: [...opened, 'option'], names: ['Harmony Mobile', 'Mobile Security'] },
  appTitle: { roles: ['heading', 'banner'], names: ['Harmony Mobile', 'Mobile Security'] },
  settings: { roles: opened, names: ['Settings'] },
  integrations: { roles: opened, names: ['Integrations', 'Integration'] },
  title: { roles: ['heading'], names: ['Integrations', 'Integration'] },
  email: { roles: text, names: ['Email', 'Email address', 'E-mail', 'Username', 'User name'] },
  // the list
  add: { roles: ['button', 'link'], names: ['+', '+ Add', '+Add', 'Add', 'Add integration', 'New', 'New integration', 'Create integration'] },
  uems: { roles: offered, names: ['UEMs', 'UEM'] },
  edit: { roles: ['button', 'link', 'menuitem'], names: ['Edit', 'Edit integration'] },
  more: { roles: ['button'], names: ['More', 'More actions', 'Actions', 'Options', 'More options'] },
  // the choice of the UEM
  service: { roles: ['combobox', 'listbox'], names: ['UEM Service', 'UEM', 'UEMs', 'Select UEM', 'UEM type', 'UEM vendor'] },
  workspaceOne: { roles: offered, names: workspaceOneNames },
  otherUem: { roles: offered, names: otherUems },
  // Server Details
  displayName: { roles: text, names: ['Display Name', 'Name', 'Integration name'] },
  server: { roles: text, names: server },
  username: { roles: text, names: ['Username', 'User name', 'API username', 'Server username'] },
  password: { roles: text, names: ['Password', 'API password', 'Server password'] },
  apiKey: { roles: text, names: ['API Key', 'REST API Key', 'API Token Key'] },
  connector: { roles: box, names: ['Using Connector', 'Use Connector', 'Connector', 'Using Harmony Mobile Connector', 'Connector Setup'] },
  // Synchronization and Advanced
  groups: { roles: several, names: groups },
  selectGroups: { roles: ['button'], names: ['Select Groups', 'Select group', 'Select Group(s)'] },
  advanced: { roles: ['button', 'tab', 'link', 'html-summary'], names: ['Advanced', 'Advanced settings'] },
  ownerName: { roles: box, names: ['Device name', 'Device owner name', 'Name'] },
  ownerNumber: { roles: box, names: ['Device number', 'Phone number', 'Number'] },
  ownerEmail: { roles: box, names: ['Device email', 'Email', 'Email address', 'E-mail'] },
  // Whose form it is, where the page says it.
  ofWorkspaceOne: { roles: [...several, ...box], names: [...server, 'Password', 'API Key', ...groups, ...pii], near: workspaceOne },
  ofAnother: { roles: [...several, ...box], names: [...server, 'Password', 'API Key', ...groups, ...pii], near: others },
  // the admin's buttons
  verify: { roles: ['button'], names: ['Verify and Next', 'Verify & Next', 'Verify'] },
  next: { roles: ['button'], names: ['Next', 'Continue'] },
  save: { roles: ['button'], names: ['Save', 'Finish', 'Save and Close', 'Save & Close', 'Save and Finish', 'Complete', 'Done', 'Submit'] },
  back: { roles: ['button'], names: ['Back', 'Previous'] },
} as const satisfies Record<string, Control>;

export type HarmonyMobileControl = keyof typeof harmonyMobileControls;

export const harmonyMobileSteps = ['open-settings', 'open-integrations', 'new-integration', 'choose-uems', 'choose-uem', 'verify', 'synchronization', 'advanced', 'done'] as const;
/** Beside the straight way. */
export type HarmonyMobileStep =
  | (typeof harmonyMobileSteps)[number]
  | 'open-app'
  | 'open-integration'
  | 'edit-integration'
  | 'existing-devices'
  | 'verify-connector'
  | 'verification-failed'
  | 'finish'
  | 'exists-already'
  | 'other-object'
  | 'sign-in'
  | 'wait'
  | 'lost';

type Page = GuidePage<HarmonyMobileControl>;
type Seen = Observation<HarmonyMobileControl, HarmonyMobileStep>;
type Field = GuideField<HarmonyMobileControl>;
type Located = ReturnType<Page['find']>;

/**
 * Memo: `details` = the admin went on from our Server Details, so the pages after it are of our integration; `integrationSaved` = Save was
 * pressed with all fields right; `devicesTold` = the admin went on after the word about devices that exist.
 */
export const harmonyMobileGuide: PageGuide<HarmonyMobileControl, HarmonyMobileStep, HarmonyMobileGoal> = {
  controls: harmonyMobileControls,
  steps: () => harmonyMobileSteps,
  secret: undefined,
  version: /^version (\d+\.\d+)$/,
  // The app's own path is said nowhere; the portal's menu leads there.
  start: () => '/',

  observe(page, goal, memo) {
    const seen = observeForm(page, goal, memo) ?? observeList(page, goal, memo) ?? observeChoice(page) ?? observeWay(page);
    return withDevicesTold(page, seen, memo);
  },
};

const isShown = (page: Page, id: HarmonyMobileControl): boolean => page.find(id).kind !== 'absent';

/** Also greyed out, or behind a list that has opened. */
function isThere(page: Page, id: HarmonyMobileControl): boolean {
  const located = page.find(id);
  return located.kind !== 'absent' || located.unusable.some(({ obstacle }) => obstacle === 'disabled' || obstacle === 'covered');
}

// ---- Forms ----

function observeForm(page: Page, goal: HarmonyMobileGoal, memo: GuideMemo): Seen | undefined {
  const marks = (['displayName', 'server', 'password', 'apiKey'] as const).filter((id) => isShown(page, id));
  return marks.length > 1 ? observeDetails(page, goal) : observeRest(page, goal, memo);
}

/** Server Details, of whatever UEM. */
function observeDetails(page: Page, goal: HarmonyMobileGoal): Seen {
  // The API key is Workspace ONE's alone.
  const isWorkspaceOne = !isShown(page, 'ofAnother') && (isShown(page, 'apiKey') || isShown(page, 'ofWorkspaceOne'));
  const foreign: Seen = { step: 'other-object', learned: { details: false } };
  const name = page.textOf('displayName') ?? '';
  const held = page.textOf('server') ?? '';
  const isNew = isBlank(held);
  // The first of a list of UEMs, perhaps: the admin chooses.
  if (!isWorkspaceOne && isNew && page.has('service')) return { step: 'choose-uem', target: 'service' };
  if (!isWorkspaceOne) return foreign;
  // What the page has not filled in yet is not an empty form.
  if (page.isBusy || (isNew && /\/edit\b/i.test(page.address))) return { step: 'wait' };
  const isOurServer = isSameServer(held, goal.server);
  // A new form may come with a name in it.
  if (!isOurServer && name !== goal.displayName && !(isNew && (isBlank(name) || page.has('server')))) return foreign;
  if (isNew && name !== goal.displayName && existingOf(page, goal) !== undefined) return { step: 'exists-already' };

  const fields: Field[] = [
    // Somebody gave the integration of this server another name: it keeps it.
    ...(isOurServer && !isBlank(name) ? [] : [{ control: 'displayName', value: { kind: 'text', text: goal.displayName } } as const]),
    { control: 'server', value: { kind: 'text', text: isOurServer ? held : goal.server } },
    { control: 'username', value: { kind: 'text', text: goal.username } },
    ...(goal.usesConnector ? [{ control: 'connector', value: { kind: 'on', on: true } } as const] : []),
    // Only beside the address of our own server.
    ...(isOurServer ? ([{ control: 'password', value: { kind: 'secret', secret: 'password' } }, { control: 'apiKey', value: { kind: 'secret', secret: 'api-key' } }] as const) : []),
  ];
  const target = firstShown(page, ['verify', 'next', 'save']);
  const step = page.says(failed, 'raised') ? 'verification-failed' : goal.usesConnector ? 'verify-connector' : 'verify';
  return { step, target, fields, learned: { integrationSaved: false }, learnedByUse: { details: true, ...(target === 'save' ? { integrationSaved: true } : {}) } };
}

/** How a form says that it did not work. */
const failed = /\b(?:fail(?:ed|ure|s)?|invalid|incorrect|wrong|denied|refused|reject(?:ed|s)|unauthori[sz]ed|forbidden|unable|could(?: not|n['’]t)|can(?:not| not|['’]t)|not (?:valid|accepted|authori[sz]ed|reachable|reached|found|verified|connected)|unreachable|unsuccessful|errors?|timed? ?out)\b/;

const isBlank = (value: string): boolean => /^(?:https?:\/\/)?$/i.test(value.trim());

/** Spelled with or without scheme and slash. */
const isSameServer = (held: string, server: string): boolean => bare(held) === bare(server);
const bare = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\/+$/, '');

/** What comes after Server Details. */
function observeRest(page: Page, goal: HarmonyMobileGoal, memo: GuideMemo): Seen | undefined {
  const isForm = (['back', 'next', 'save', 'verify'] as const).some((id) => isThere(page, id));
  const control = (['groups', 'selectGroups'] as const).find((id) => isShown(page, id));
  const personal = [['ownerName', goal.pii.deviceName], ['ownerNumber', goal.pii.number], ['ownerEmail', goal.pii.email]] as const;
  const hasPersonal = isForm && personal.some(([id]) => isShown(page, id));
  const hasGroups = isForm && control !== undefined;
  const isOurs = !isShown(page, 'ofAnother') && (memo['details'] === true || isShown(page, 'ofWorkspaceOne'));
  if (!hasGroups && !hasPersonal) {
    // A last page to look through.
    if (!isOurs || memo['details'] !== true || !isShown(page, 'back')) return undefined;
    const target = firstShown(page, ['next', 'save', 'verify']);
    return { step: 'finish', target, ...(target === 'save' ? { learnedByUse: { integrationSaved: true } } : {}) };
  }
  if (!isOurs) return isShown(page, 'back') || isShown(page, 'next') || isShown(page, 'ofAnother') ? { step: 'other-object', learned: { details: false } } : undefined;
  if (page.isBusy) return { step: 'wait' };
  const fields: Field[] = [
    ...(hasGroups ? [{ control, value: { kind: 'choices', names: goal.groups, mayHaveNote: true } } as const] : []),
    // What must not be seen is asked for where it cannot be found; what may be seen is not missed.
    ...(hasPersonal ? personal.filter(([id, on]) => !on || isShown(page, id)).map(([id, on]): Field => ({ control: id, value: { kind: 'on', on } })) : []),
  ];
  const target = hasPersonal ? firstShown(page, ['save', 'next', 'verify']) : firstShown(page, ['next', 'advanced', 'save', 'verify']);
  const isLast = target === 'save';
  return {
    step: hasPersonal ? 'advanced' : 'synchronization',
    target,
    fields,
    ...(page.says(failed, 'raised') ? { learned: { integrationSaved: false } } : {}),
    ...(isLast ? { learnedByUse: { integrationSaved: true } } : {}),
  };
}

/** The first that can be used; while none can, the first that is there at all. */
function firstShown(page: Page, ids: readonly [HarmonyMobileControl, ...HarmonyMobileControl[]]): HarmonyMobileControl {
  return ids.find((id) => isShown(page, id)) ?? ids.find((id) => isThere(page, id)) ?? ids[0];
}

// ---- The list of integrations ----

/** The integration of our name or for our server, as a text of its row; also where something lies over the list. */
const existingOf = (page: Page, { displayName, server: address }: HarmonyMobileGoal): string | undefined => [displayName, address, `${address}/`, bare(address)].find((one) => page.shows(one));

/** As the list may say how an integration is; compared in lower case. */
const statuses = /^(?:(?:not |dis)?connected|(?:in)?active|(?:en|dis)abled|ok|healthy|synced|syncing|synchroni[sz](?:ed|ing)|sync (?:in progress|completed|failed)|pending|in progress|verif(?:ied|ying)|processing|running|failed|error|warning)\b.{0,40}$/i;

function observeList(page: Page, goal: HarmonyMobileGoal, memo: GuideMemo): Seen | undefined {
  const ours = existingOf(page, goal);
  if (!page.has('add') && ours === undefined) return undefined;
  if (!integrations.test(page.address) && !isShown(page, 'title') && !isCurrent(page, 'integrations')) return undefined;
  if (page.isBusy) return { step: 'wait' };
  if (ours === undefined) return observeChoice(page) ?? { step: 'new-integration', target: 'add', learned: { details: false } };
  const row = page.partWith(ours, 'edit');
  if (memo['integrationSaved'] === true) {
    const status = (row ?? page.partWith(ours, 'more'))?.texts.find((one) => statuses.test(one));
    return { step: 'done', isDone: true, ...(status === undefined ? {} : { found: { status } }) };
  }
  if (row) return { step: 'edit-integration', target: 'edit', beside: ours, learned: { details: false } };
  return { step: 'open-integration', ...(page.partWith(ours, 'more') ? { target: 'more', beside: ours } : { named: ours }) };
}

const attributeOf = (located: Located, name: string): string | null => (located.kind === 'found' ? located.element.getAttribute(name) : null);

function isCurrent(page: Page, id: HarmonyMobileControl): boolean {
  const located = page.find(id);
  const state = attributeOf(located, 'aria-selected') ?? attributeOf(located, 'aria-current');
  return state !== null && state !== 'false';
}

/** Which kind of integration, then which UEM. */
function observeChoice(page: Page): Seen | undefined {
  if (page.has('service')) {
    if (isShown(page, 'ofAnother')) return { step: 'choose-uem', target: 'service' };
    return { step: 'choose-uem', target: firstShown(page, ['next', 'save']), fields: [{ control: 'service', value: { kind: 'choices', names: [workspaceOneNames[0]] } }] };
  }
  // Beside others of its kind: elsewhere it is an integration's name.
  if (isShown(page, 'workspaceOne') && isShown(page, 'otherUem')) {
    if (!isOnOff(page.find('workspaceOne')) || isShown(page, 'ofAnother')) return { step: 'choose-uem', target: 'workspaceOne' };
    return { step: 'choose-uem', target: firstShown(page, ['next', 'save']), fields: [{ control: 'workspaceOne', value: { kind: 'on', on: true } }] };
  }
  return isShown(page, 'uems') ? { step: 'choose-uems', target: 'uems' } : undefined;
}

/** A radio button or a card that says whether it is chosen. */
function isOnOff(located: Located): boolean {
  const { type } = (located.kind === 'found' ? located.element : {}) as Partial<HTMLInputElement>;
  return type === 'radio' || ['aria-checked', 'aria-selected', 'aria-pressed'].some((name) => (attributeOf(located, name) ?? '') !== '');
}

// ---- Elsewhere ----

function observeWay(page: Page): Seen {
  if (isShown(page, 'integrations')) return { step: 'open-integrations', target: 'integrations' };
  const isInApp = app.test(page.address) || isShown(page, 'appTitle') || isCurrent(page, 'harmonyMobile');
  const isElsewhere = !isInApp && isShown(page, 'harmonyMobile');
  if (!isElsewhere && isShown(page, 'settings')) return { step: 'open-settings', target: 'settings' };
  if (isElsewhere) return { step: 'open-app', target: 'harmonyMobile' };
  if (!isInApp && isShown(page, 'menu')) return { step: 'open-app', target: 'menu' };
  if (signIn.test(page.address) || page.has('email')) return { step: 'sign-in' };
  return { step: page.isBusy ? 'wait' : 'lost' };
}

/** The dashboard's own word about devices that are there already. */
const existingDevices = /\bexisting devices?\b|\bdevices? (?:that )?(?:are |is )?already\b|\bdelete (?:any |all |the |these )*devices\b/;
const beforeFirst: readonly HarmonyMobileStep[] = ['new-integration', 'choose-uems', 'choose-uem', 'verify', 'verify-connector'];

/** The admin decides; nothing is deleted, and nothing is held up. */
function withDevicesTold(page: Page, seen: Seen, memo: GuideMemo): Seen {
  if (memo['devicesTold'] === true || !beforeFirst.includes(seen.step) || !page.says(existingDevices)) return seen;
  return { ...seen, step: 'existing-devices', learnedByUse: { ...seen.learnedByUse, devicesTold: true } };
}
