import { causeOf } from '../../lib/failure.ts';
import { formatOf } from './format.ts';
import type { Messages, Params } from './messages.ts';
import { uemEn } from './uem-en.ts';

const { number, plural, list, duration, moment } = formatOf('en');

/** A parameter as text, or `fallback` where it is not there. */
function one(params: Params, key: string, fallback: string): string {
  const value = params[key];
  return typeof value === 'string' && value !== '' ? value : fallback;
}

function many(params: Params, key: string): string[] {
  const value = params[key];
  return Array.isArray(value) ? value : [];
}

/** `(502)` with a space before it, or nothing. */
function status(params: Params): string {
  const value = one(params, 'status', '');
  return value === '' ? '' : ` (${value})`;
}

/** ` at as1234.awmdm.com`, or nothing. */
function at(params: Params): string {
  const host = one(params, 'host', '');
  return host === '' ? '' : ` at ${host}`;
}

/** Words that keep their capitals in the middle of a sentence: names, and what is no plain word (`macOS`, `API`, `PreStage`). */
const names = new Set(['Apple', 'Jamf', 'Android', 'Google', 'Azure', 'Microsoft', 'Mac', 'Windows', 'Pro', 'Bluetooth', 'Wi-Fi']);
const inSentence = (words: string): string => words.split(' ').map((word) => (/^[A-Z][a-z-]+$/.test(word) && !names.has(word) ? word.toLowerCase() : word)).join(' ');

/** `Read Computers`, `Read Mobile Devices` to `Read computers and mobile devices`. */
function sentences(all: readonly string[]): string[] {
  const byVerb = new Map<string, string[]>();
  for (const name of all) {
    const [, verb = name, object = ''] = /^(Create|Read|Update|Edit|Delete|View|Send) (.+)$/.exec(name) ?? [];
    byVerb.set(verb, [...(byVerb.get(verb) ?? []), ...(object === '' ? [] : [inSentence(object)])]);
  }
  return [...byVerb].map(([verb, objects]) => (objects.length === 0 ? verb.replace(/(?<= ).+/, inSentence) : `${verb} ${list([...new Set(objects)])}`));
}

/** `Accounts and devices` */
const together = (things: readonly string[]): string => list(things.map((thing, index) => (index === 0 ? thing : inSentence(thing))));

const accounts = (count: number): string => `${number(count)} ${plural(count, { one: 'account', other: 'accounts' })}`;
const devices = (count: number): string => `${number(count)} ${plural(count, { one: 'device', other: 'devices' })}`;
const privileges = (count: number): string => `${number(count)} ${plural(count, { one: 'privilege', other: 'privileges' })}`;

/** `lacks the privilege Read Sites` */
function lacks(params: Params, key: string): string {
  const names = many(params, key);
  return names.length === 0 ? 'lacks a privilege' : `lacks the ${plural(names.length, { one: 'privilege', other: 'privileges' })} ${list(names)}`;
}

const captureProblems: Record<string, string | undefined> = {
  'no-client-id': 'No client ID was found.',
  'no-secret': 'No client secret was found.',
  'secret-truncated': 'The client secret is too short: its end is missing.',
  'secret-is-client-id': 'The same value is in both fields.',
  'several': 'There is more than one client ID or secret.',
  'not-shown': 'The page no longer shows the secret.',
  'no-key': 'This is no REST API key.',
  'key-masked': 'The key is shown with stars: a part of it is hidden.',
};

export const en: Messages = {
  locale: 'en',
  consoles: { 'jamf-pro': 'Jamf Pro', 'workspace-one': 'Workspace ONE UEM' },
  dataSets: {
    accounts: { name: 'Accounts', hint: 'The people who can sign in to Jamf Pro' },
    devices: { name: 'Devices', hint: 'Computers and mobile devices, with their building and department' },
  },
  warnings: {
    'bulk-management-wipes': 'Bulk Management at Edit also lets this account wipe devices. The smaller role sets single permissions and does not.',
    'existing-devices': 'Devices that Harmony Mobile has already are to be deleted there before the first synchronization.',
    'groups-without-children': 'An organization group does not bring the groups below it: choose each one.',
    'one-dashboard': 'A group and a group below it must not go to two dashboards.',
  },

  common: {
    back: 'Back',
    change: 'Change',
    workspaceKey: 'Workspace key',
    address: 'Address',
    details: 'Details',
    openPanel: 'Keep open beside the page',
    options: 'Options',
    connections: 'Connections',
    newTab: 'opens in a new tab',
    accounts,
    devices,
    route: (from, to) => `${from} to ${to}`,
  },

  ownHost: {
    title: (console) => `Is this your ${console}?`,
    lead: (console) => `The page looks like ${console} at this address, which is not in the vendor’s own cloud:`,
    about: (console) => `Allow it only if this is your company’s own ${console}. The browser will ask you once, and Keyferry then works with this one address.`,
    alike: 'The address resembles the vendor’s cloud, but it does not belong to the vendor. If you did not expect that, close this page.',
    encoded: 'The address holds letters of other alphabets, shown as xn--. It may be made to look like another one.',
    allow: 'Allow this address',
  },
  notAConsole: {
    title: 'Open your console first',
    about: 'Keyferry connects your Jamf Pro or Workspace ONE UEM to the service that needs it, without copying secrets.',
    next: 'Sign in to your console in this tab, then click Keyferry again. The address looks like one of these:',
    examples: ['https://your-company.jamfcloud.com', 'https://cn1234.awmdm.com'],
  },

  privileges: sentences,
  objects: { 'jamf-pro': { role: 'API role', client: 'API client' }, 'workspace-one': { role: 'Role', client: 'OAuth client' } },

  services: {
    title: (console) => `Connect ${console} to …`,
    lead: 'Choose the service that is to read from it.',
    setUp: 'Set up already',
    others: 'Services',
    open: 'Integration service',
    openHint: 'Any that speaks the Integration Service API',
    takes: { api: (sets) => `${together(sets)}, set up by API`, form: (sets) => `${together(sets)}, filled into its own form` },
    choose: 'Choose',
    chooseNamed: (service) => `Choose ${service}`,
    connectNamed: (service) => `Connect ${service}`,
    showNamed: (service) => `Show ${service}`,
    show: 'Show',
    about: 'What it may do and needs',
    ifChosen: (set) => `${set}, if you choose them`,
    builtInRole: (role) => `It gets the role “${role}”, which is there already.`,
    exact: 'Exact names',
    key: (name, madeAt) => (madeAt === '' ? `You need its ${name === '' ? 'API key' : name}.` : `You need its ${name}, made at ${madeAt}.`),
    keyOptional: (name, madeAt) => `Its ${name} helps to see what arrives. It is made at ${madeAt}.`,
    noKey: 'It needs no key.',
    help: 'The vendor’s help',
  },

  connections: {
    title: 'Connections',
    none: 'There are none yet.',
    another: 'Connect another service',
    all: (count) => `All ${number(count)} connections`,
    search: 'Search',
    found: (count) => (count === 0 ? 'No connection fits.' : `${number(count)} ${plural(count, { one: 'connection fits', other: 'connections fit' })}.`),
    states: {
      'never': 'Set up, not connected yet',
      'connecting': 'Connecting',
      'connected': 'Connected',
      'failing': 'Does not work',
      'rights-changed': 'Privileges have changed',
      'gone': 'No longer there',
      'unknown': 'Could not be checked',
    },
    checked: (at) => `Checked ${at}`,
    made: (at) => `Connected ${at}`,
    toList: 'All connections',
    more: 'What you can do',
    missing: (count) => `The role lacks ${privileges(count)}:`,
    surplus: (count) => `It has ${privileges(count)} more than needed:`,
    needsTab: (console, tenant) => `No tab of ${console} (${tenant}) is open. Changes there, and a look at the role, need one where you are signed in.`,
    actions: {
      'show-run': 'Show how far it is',
      'set-up': 'Connect',
      'rights': 'Set the privileges right',
      'reconnect': 'Connect again',
      'check': 'Check now',
      'sync': (service) => `Have ${service} read again`,
      'edit': 'Change data or name',
      'rotate': 'Renew the secret',
      'open-service': (service) => `Open ${service}`,
      'disconnect': 'Disconnect',
      'forget': 'Remove from this list',
    },
    edit: { title: 'Change data or name', name: (service) => `Name in ${service}`, submit: 'Save the changes' },
    rotate: { title: 'Renew the client secret?', about: (service) => `The secret in use stops at once. Keyferry tests the new one and hands it to ${service}; until then ${service} cannot read.`, submit: 'Renew now' },
    disconnect: {
      title: 'Disconnect?',
      about: (service, console) => `${service} stops reading from ${console}. Keyferry removes the connection there. What ${service} has read already stays with it.`,
      byHand: (service) => `The connection in ${service} can only be removed there, by you.`,
      console: (console) => `Also remove what Keyferry created in ${console}`,
      consoleHint: (names) => `${list([...new Set(names)].map((name) => `“${name}”`))}. Whatever else uses it loses access. What was there before Keyferry stays.`,
      submit: 'Disconnect now',
    },
    forget: { title: 'Remove from this list?', about: (service, console) => `Only this entry goes. ${service} goes on reading from ${console} as before.`, submit: 'Remove it' },
  },

  purposes: {
    edit: { doing: 'Saving the changes', failed: 'Not changed yet', done: 'Changed', lead: (service, console) => `The connection of ${service} to ${console} is as you chose.` },
    rotate: { doing: 'Renewing the secret', failed: 'Not renewed yet', done: 'Secret renewed', lead: (service, console) => `${service} reads from ${console} with the new secret.` },
    rights: { doing: 'Setting the privileges right', failed: 'Not set right yet', done: 'Privileges set right', lead: (service) => `The role has what ${service} needs, no more.` },
    disconnect: { doing: 'Disconnecting', failed: 'Not disconnected yet', done: 'Disconnected', lead: (service, console) => `Keyferry took back the connection of ${service} to ${console}.` },
  },

  setup: {
    title: 'Set up your service',
    titleNamed: (service) => `Set up ${service}`,
    titleChange: 'Change address or key',
    titleKeyMissing: 'Enter the API key again',
    lead: (console) => `The service that will read accounts and devices from ${console}.`,
    leadNamed: (service, console) => `${service} will read from ${console}.`,
    place: 'Where your organization is',
    placeHint: 'Each place knows its own keys only',
    madeAt: (place) => `Made at ${place}`,
    optional: (name) => `${name} (optional)`,
    optionalHint: (service) => `Without it Keyferry cannot see what arrives in ${service}.`,
    without: 'Go on without',
    another: 'Choose another service',
    accountHint: 'Leave it empty if the key belongs to one only',
    access: 'Allow access first',
    accessAbout: (service) => `${service} answers a browser extension only with your permission for its address. The browser will ask you once, for this one address.`,
    accessSubmit: 'Allow access',
    leadKeyMissing: (organization) => `The key for ${organization} was forgotten when the browser closed.`,
    address: 'Service address',
    addressHint: 'As in the address bar when you are signed in to the service',
    key: 'API key of the service',
    keyHint: 'Kept in memory until the browser closes',
    keep: 'Keep it on this computer',
    keepHint: 'Encrypted with a passphrase that you enter once after each start of the browser',
    passphrase: 'Passphrase',
    passphraseHint: (minimum) => `At least ${number(minimum)} characters. Nobody can recover it for you.`,
    titleLocked: 'Unlock your service',
    leadLocked: (organization) => `The API key for ${organization} is kept on this computer under your passphrase.`,
    unlock: 'Unlock',
    enterKey: 'Enter the API key instead',
    submit: 'Test and save',
    allowAndSubmit: 'Allow access and try again',
    allowHint: (host) => `If the address is right, Keyferry may need your permission to reach ${host}. The browser will ask you.`,
  },

  choose: {
    title: (console) => `Connect ${console}`,
    data: 'Data to share',
    always: 'Always included',
    group: 'Device group filter',
    allDevices: 'All devices',
    groupsLoading: 'Reading the sites from Jamf Pro',
    groupsFailed: 'The sites could not be read.',
    groupsRetry: 'Read the sites again',
    creates: 'What Keyferry creates',
    name: (console) => `Name in ${console}`,
    nameHint: (role, client) => `For the ${role} and the ${client}`,
    privileges: (count) => `with ${privileges(count)}, no more`,
    builtIn: (role) => `“${role}”, which is there already`,
    clientHint: 'with this role only, and one client secret',
    asks: 'What the service asks for',
    optional: (name) => `${name} (optional)`,
    region: 'Region',
    regionHint: 'Where your console’s OAuth clients sign in',
    regions: { na: 'Americas', emea: 'Europe, Middle East and Africa', apac: 'Asia Pacific', uat: 'Test environments (UAT)' },
    regionMissing: 'Choose the region',
    connect: 'Connect',
  },

  running: {
    title: (service) => `Connecting to ${service}`,
    undoing: 'Undoing the changes',
    undoingLead: 'Keyferry removes what it created and puts back what it changed.',
    stopping: 'Stopping',
    stoppingLead: 'Keyferry waits for the answer to its last request, so that you know what was done.',
  },
  steps: {
    service: {
      todo: (service) => `Check access to ${service}`,
      doing: (service) => `Checking access to ${service}`,
      done: (service) => `${service} accepts the API key`,
    },
    access: { todo: () => 'Check your Jamf Pro sign-in', doing: () => 'Checking your Jamf Pro sign-in', done: () => 'Signed in to Jamf Pro' },
    survey: { todo: () => 'Look for an earlier connection', doing: () => 'Looking for an earlier connection', done: () => 'Looked for an earlier connection' },
    role: {
      todo: () => 'Create the API role',
      doing: () => 'Setting up the API role',
      done: (_, origin) => (origin === 'found' ? 'API role was already there' : origin === 'changed' ? 'API role changed' : 'API role created'),
    },
    client: {
      todo: () => 'Create the API client',
      doing: () => 'Setting up the API client',
      done: (_, origin) => (origin === 'found' ? 'API client was already there' : origin === 'changed' ? 'API client changed' : 'API client created'),
    },
    secret: { todo: () => 'Get the client secret', doing: () => 'Getting the client secret', done: () => 'Got the client secret' },
    proof: { todo: () => 'Test the client secret', doing: () => 'Testing the client secret', done: () => 'Client secret works' },
    register: {
      todo: (service) => `Hand it to ${service}`,
      doing: (service) => `Handing it to ${service}`,
      done: (service) => `Handed to ${service}`,
    },
    outcome: {
      todo: () => 'Wait for the first data',
      doing: () => 'Waiting for the first data',
      done: () => 'First data arrived',
    },
    'undo-registration': {
      todo: (service) => `Remove the connection in ${service}`,
      doing: (service) => `Removing the connection in ${service}`,
      done: (service) => `Connection in ${service} removed`,
    },
    'undo-client': { todo: () => 'Remove the API client', doing: () => 'Removing the API client', done: () => 'API client removed' },
    'undo-role': { todo: () => 'Remove the API role', doing: () => 'Removing the API role', done: () => 'API role removed' },
  },
  slow: {
    role: 'Can take up to a minute: Keyferry makes sure that it is not there yet.',
    client: 'Can take up to a minute: Keyferry makes sure that it is not there yet.',
    proof: 'Can take up to a minute until all servers of the console know the new secret.',
    outcome: 'You can close this. Keyferry goes on and shows the result when you come back.',
  },
  stepState: { waiting: 'to do', active: 'in progress', done: 'done', failed: 'failed', stopped: 'stopped here' },
  origins: { created: 'Created', found: 'Already there', changed: 'Changed' },

  consent: {
    title: 'Agree to these changes',
    lead: (console) => `These were there before. Keyferry will change them in ${console} and in the service only if you agree.`,
    role: (name) => `API role “${name}”`,
    roleGains: (count) => `Gains ${privileges(count)}:`,
    roleLoses: (count) => `Loses ${privileges(count)}:`,
    roleMeaning: 'This also counts for every other API client with this API role.',
    client: (name) => `API client “${name}”`,
    newSecret: 'A new secret stops the one in use. Whatever still uses the old one loses access at once.',
    otherRoles: (names) => `It loses the other API roles that it has: ${names}.`,
    enable: 'It is disabled now and will be enabled.',
    registration: (service) => `Connection in ${service}`,
    registrationMeaning: 'It gets the new client ID and secret. The ones that it has now are replaced.',
    submit: 'Agree and continue',
  },

  unknownPrivileges: {
    title: (count) => plural(count, { one: 'A privilege is not there', other: 'Some privileges are not there' }),
    lead: (console) => `This version of ${console} does not have:`,
    meaning: (service) => `You can go on without. ${service} may then miss some of the data.`,
  },

  signIn: {
    title: (console) => `Sign in to ${console}`,
    username: 'Username',
    password: 'Password',
    hint: 'For a local Jamf Pro account. The password is used once and not stored. Single sign-on accounts cannot sign in here.',
    submit: 'Sign in',
  },

  borrow: {
    title: 'Choose how to sign in',
    name: 'The page’s own sign-in',
    about: (console) =>
      `The ${console} page sends a sign-in to its API. With your permission Keyferry reads it once from this tab, uses it for this connection only, and forgets it at the end.`,
    reload: 'If the page sends nothing by itself, Keyferry reloads it. What you typed there and did not save is lost.',
    submit: 'Use the page’s sign-in',
    waiting: (console) => `Waiting up to 20 seconds for the ${console} page to send its sign-in. It may be reloaded.`,
  },

  guided: {
    title: (console) => `Follow the guide in ${console}`,
    lead: 'A card in the page shows what to press. Keyferry fills in the forms, you save them.',
    waiting: (console) => `The guide starts as soon as ${console} is open.`,
    open: (console) => `Open the page in ${console}`,
    secretShown: 'The secret is on the screen',
    secretLead: 'Keyferry reads it once from the page, tests it and hands it over. It is not copied anywhere else.',
    capture: 'Capture it',
    rename: {
      title: 'Another name',
      exists: (name) => `“${name}” is there already, and its secret is not shown again. Under another name you add a new one; what uses the old one goes on.`,
      label: (console) => `Name in ${console}`,
      submit: 'Use this name',
    },
  },

  atService: {
    title: (service) => `Now ${service}`,
    lead: 'The client is proven. A card in the page shows what to press; Keyferry fills in the form and the secret, you press the button.',
  },

  byHand: {
    title: 'Do it by hand, or paste the secret',
    role: (name) => `API Roles, New: display name “${name}”, then Save`,
    privileges: (count) => `with ${privileges(count)}:`,
    client: (name) => `API Clients, New: the same display name, API role “${name}”`,
    lifetime: (seconds) => `Access token lifetime ${number(seconds)} seconds, Enable API Client, then Save`,
    secret: 'Generate Client Secret, Create Secret. Jamf Pro shows both values once:',
    oauthClient: (name, role, organizationGroup) => ({
      steps: [
        'Groups & Settings, Configurations, OAuth Client Management, Add',
        `Name “${name}”, any description, organization group ${organizationGroup === undefined ? 'as wide as the service may see' : `“${organizationGroup}”`}, role “${role}”, Status on, then Save`,
      ],
      shown: 'The console shows both values once:',
    }),
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    pasteHint: 'Paste both at once into either field, or one by one',
    submit: 'Test and hand over',
  },

  failed: { title: 'Not connected yet', titleUndo: 'Not everything was undone' },
  edit: { submit: 'Save and try again' },
  cancelled: { title: 'Stopped', lead: 'Nothing was changed.', leadMade: 'You can continue where it stopped, or undo what was done.' },
  undone: {
    title: 'Undone',
    left: (things) => `Still in the console: ${list(things)}.`,
    lead: 'Keyferry removed what it had created and put back what it had changed.',
    secretStays: (client) => `One thing stays: the API client “${client}” has a new secret. The old one cannot be brought back.`,
    connectionStays: (service) => `The connection in ${service} was there before and stays. Check that it still works.`,
  },

  made: {
    title: 'Done so far',
    undoing: 'To be undone',
    undoFailed: 'May still be there',
    role: (name, origin) => `API role “${name}” ${origin === 'created' ? 'created' : 'changed'}`,
    client: (name, origin) =>
      origin === 'created' ? `API client “${name}” created` : origin === 'changed' ? `API client “${name}” changed` : `API client “${name}” has a new secret`,
    registration: (service, origin) => (origin === 'created' ? `Connection in ${service} created` : `Connection in ${service} changed`),
  },

  connected: {
    title: 'Connected',
    lead: (service, console) => `${service} now reads from ${console}.`,
    proofs: {
      'tested': (service, console) => `${service} tried the new credentials at ${console}. They work.`,
      'by-use': (service, console) => `${service} has the new credentials. Keyferry tried them at ${console}. ${service} does not say how it gets on with them.`,
    },
    account: (count) => plural(count, { one: 'account', other: 'accounts' }),
    device: (count) => plural(count, { one: 'device', other: 'devices' }),
    site: 'Site',
    role: 'API role',
    client: 'API client',
    took: (time) => `Took ${time}`,
    noSecret: 'No secret was typed, copied or shown',
    noClientSecret: 'No client secret was typed, copied or shown',
    secretForgotten: 'Keyferry has forgotten the secret',
    accounts: (service) => `See the accounts in ${service}`,
    devices: (service) => `See the devices in ${service}`,
  },

  actions: {
    retry: 'Try again',
    continue: 'Continue',
    signInOther: 'Sign in with another account',
    signInLocal: 'Use a local account',
    openConsole: (console) => `Open ${console}`,
    allow: (host) => `Allow access to ${host}`,
    serviceKey: 'Change address or key',
    edit: 'Change the data to share',
    undoCreated: 'Remove what was created',
    undoChanges: 'Undo the changes',
    cancel: 'Cancel',
    close: 'Close',
    keep: 'Leave it as it is',
    done: 'Done',
    consent: 'Agree and continue',
    guide: (console) => `Guide me in ${console}`,
    waive: 'Go on without',
    checkAgain: 'Check again',
  },

  uem: uemEn,

  failures: {
    'console-tab-gone': {
      cause: (p) => `No tab is open on ${one(p, 'host', 'Jamf Pro')}.`,
      next: () => 'Open Jamf Pro, sign in there, then try again.',
    },
    'console-signed-out': {
      cause: () => 'Jamf Pro has signed you out.',
      next: () => 'Sign in again in the Jamf Pro tab, then try again.',
    },
    'console-session-refused': {
      cause: (p) => `${one(p, 'host', 'Jamf Pro')} does not accept your browser’s sign-in for its API.`,
      next: () => 'There are other ways to go on.',
    },
    'console-unreachable': {
      cause: (p) => (status(p) === '' ? `${one(p, 'host', 'Jamf Pro')} did not answer.` : `${one(p, 'host', 'Jamf Pro')} answered with an error${status(p)}.`),
      next: () => 'Check that the console works in its tab, then try again.',
    },
    'console-busy': {
      cause: (p) => `${one(p, 'host', 'Jamf Pro')} has too much to do right now.`,
      next: () => 'Wait a minute, then try again.',
    },
    'console-answer-unreadable': {
      cause: (p) => `${one(p, 'host', 'Jamf Pro')} gave an answer that Keyferry does not understand.`,
      next: () => 'Try again. If it happens again, report it with the details below.',
    },
    'console-refused': {
      cause: (p) => `${one(p, 'host', 'Jamf Pro')} refused the request${status(p)}${one(p, 'reason', '') === '' ? '.' : `: ${one(p, 'reason', '')}`}`,
      next: () => 'Mend in the console what it names, then try again.',
    },
    'console-permission-missing': {
      cause: (p) => `The browser does not let Keyferry work on ${one(p, 'host', 'this Jamf Pro')}.`,
      next: () => 'Allow access. Keyferry then goes on where it stopped.',
    },
    'page-token-missing': {
      cause(p) {
        switch (p['reason']) {
          case 'interrupted':
            return 'The browser stopped Keyferry while it waited for the Jamf Pro page.';
          default:
            return 'The Jamf Pro page sent no sign-in to its API.';
        }
      },
      next: (p) => (p['reason'] === undefined || p['reason'] === 'silent' ? 'Check that you are signed in there and try again, or go on another way.' : 'Try again, or go on another way.'),
    },
    'page-token-expired': {
      cause: () => 'The page’s sign-in that Keyferry used no longer counts.',
      next: () => 'Let Keyferry read a new one, or go on another way.',
    },
    'sign-in-refused': {
      cause: (p) => (one(p, 'account', '') === '' ? 'Jamf Pro did not accept this sign-in.' : `Jamf Pro did not accept the sign-in of ${one(p, 'account', '')}.`),
      next: () => 'Check username and password. Use a local account: single sign-on accounts cannot sign in here.',
    },
    'sign-in-expired': {
      cause: () => 'Your sign-in to Jamf Pro has expired.',
      next: () => 'Sign in again to go on.',
    },
    'rights-missing': {
      cause: (p) => `${one(p, 'account', 'Your account')} ${lacks(p, 'names')}.`,
      next: () => 'Have this added in Jamf Pro and try again, or sign in with an account that has it.',
    },
    'role-differs': {
      cause: (p) => `Jamf Pro saved the API role ${one(p, 'name', '') === '' ? '' : `“${one(p, 'name', '')}” `}with other privileges than it was given.`,
      next: () => 'Try again. Keyferry then looks at the API role once more.',
    },
    'uem-api-disabled': {
      cause: (p) => `The REST API is turned off${at(p)}.`,
      next: () => 'Set Enable API Access to Enabled under System, Advanced, API, REST API at the top organization group, save, and try again.',
    },
    'uem-key-refused': {
      cause: (p) => `${one(p, 'host', 'Workspace ONE UEM')} does not know this REST API key.`,
      next: () => 'Check that the key is complete, saved, and not shown with stars. It must be of account type Admin, from this environment.',
    },
    'uem-sign-in-refused': {
      cause: (p) => `${one(p, 'host', 'Workspace ONE UEM')} did not accept ${one(p, 'account', '') === '' ? 'this user name and password' : `the user name ${one(p, 'account', '')} with this password`}.`,
      next: () => 'The password is another one, the account is not active, or Basic is off on the Authentication tab of the REST API settings.',
    },
    'uem-basic-disabled': {
      cause: (p) => `Basic authentication is turned off${at(p)}.`,
      next: () => 'Set Basic to Enabled on the Authentication tab under System, Advanced, API, REST API at the top organization group, and save.',
    },
    'uem-client-refused': {
      cause: (p) => `Workspace ONE UEM did not accept this OAuth client${many(p, 'regions').length > 0 ? ` in any region (${many(p, 'regions').join(', ')})` : at(p)}.`,
      next: () => 'Check that client ID and secret are whole and that the client is active. One that was just added may take a minute: try again. A lost secret cannot be shown again: add a new client.',
    },
    'uem-right-missing': {
      cause: (p) => `The account lacks a right${one(p, 'category', '') === '' ? '' : `: ${one(p, 'category', '')}, ${p['access'] === 'edit' ? 'Edit' : 'Read'}`}.`,
      next: () => 'Set it in the account’s role under Accounts › Administrators › Roles, save, and try again.',
    },
    'uem-rights-missing': {
      cause: (p) => (many(p, 'names').length === 0 ? 'The account lacks rights.' : `The account ${one(p, 'account', 'for the API')} lacks rights: ${list(many(p, 'names'))}.`),
      next: () => 'Set these categories to Edit in its role, save, and Keyferry tests again.',
    },
    'uem-key-lost': {
      cause: () => 'The REST API key is no longer in memory.',
      next: () => 'Open the API settings once more: Keyferry reads it again from the page.',
    },
    'uem-password-lost': {
      cause: () => 'The password of the new administrator is no longer in memory.',
      next: () => 'Open the administrator once more: Keyferry types in a new one, and you save.',
    },
    'uem-admin-exists': {
      cause: (p) => `An administrator ${one(p, 'username', '') === '' ? 'of that name' : `“${one(p, 'username', '')}”`} was there before.`,
      next: () => 'Stop, connect again, and choose another name under “What is created”. Keyferry changes nobody’s password without being asked.',
    },
    'uem-admin-account-lost': {
      cause: () => 'Your own account could not be used to create the administrator.',
      next: () => 'Enter it once more, or follow the guide in the form.',
    },
    'uem-key-list-unavailable': {
      cause: () => 'Workspace ONE UEM cannot list its REST API keys through the API at the moment.',
      next: () => 'Copy the key from the REST API settings page, or try again later.',
    },
    'uem-quota-used-up': {
      cause: (p) => `All API calls of the day are used up${at(p)}.`,
      next: (p) => (one(p, 'resetAt', '') === '' ? 'Try again tomorrow.' : `Try again after ${moment(one(p, 'resetAt', ''))}.`),
    },
    'secret-lost': {
      cause: () => 'The client secret is gone, as when the browser was closed before it was handed over.',
      next: (p) => (p['console'] === 'workspace-one' ? 'Workspace ONE UEM does not show it again: choose another name below and add a new OAuth client, or enter it here if you still have it.' : p['by'] === 'hand' ? 'Generate a new one in Jamf Pro and enter it here.' : 'Try again. Keyferry gets a new one for the same API client.'),
    },
    'secret-not-handed-over': {
      cause(p) {
        const service = one(p, 'organization', 'The service');
        const why = causeOf({ code: 'secret-not-handed-over', params: p, certainty: 'not-done' }).code;
        const moments = one(p, 'since', '') === '' ? '' : ` since ${moment(one(p, 'since', ''))}`;
        const state = `The earlier client secret has not worked${moments}. ${service} ${p['service'] === 'unknown' ? 'may not have the new one' : 'still has the earlier one, so it cannot read Jamf Pro'}.`;
        return why === 'secret-not-handed-over' ? state : `${en.failures[why].cause(p)} ${state}`;
      },
      next(p) {
        const why = causeOf({ code: 'secret-not-handed-over', params: p, certainty: 'not-done' }).code;
        if (p['by'] === 'form') return 'Follow the guide and save: Keyferry types the new one into the form.';
        return why === 'secret-not-handed-over' ? 'Renew the client secret.' : `${en.failures[why].next(p)} Keyferry hands over the new secret, or gets another one where it is gone.`;
      },
    },
    'capture-unreadable': {
      cause: (p) => captureProblems[one(p, 'problem', '')] ?? 'Client ID and client secret could not be read.',
      next: () => 'Copy both once more. If the console no longer shows the secret, get a new one there.',
    },
    'credentials-not-accepted': {
      cause: () => 'Jamf Pro does not accept the new client ID and secret.',
      next: (p) => (p['by'] === 'hand' ? 'Check that both are whole and belong together, that the API client is enabled, and that no newer secret was generated.' : 'Try again. Keyferry gets a new secret for the same API client.'),
    },
    'credentials-scope-differs': {
      cause: () => 'The API client does not have exactly the API role that it should have.',
      next: () => 'Try again. Keyferry then looks at the API role and the API client once more.',
    },
    'passphrase-wrong': {
      cause: () => 'That is not the passphrase for this key.',
      next: () => 'Enter it again, or enter the API key instead.',
    },
    'service-key-missing': {
      cause: (p) => (p['reason'] === 'optional' ? `Without an API key Keyferry cannot ask ${one(p, 'host', 'the service')} how it goes.` : `The API key for ${one(p, 'host', 'the service')} is no longer there. It is kept only until the browser closes.`),
      next: (p) => (p['reason'] === 'optional' ? 'Look at its own status page, or enter an API key.' : 'Enter the API key again.'),
    },
    'service-key-refused': {
      cause: (p) => `${one(p, 'host', 'The service')} does not accept the API key.`,
      next: () => 'Check that the key is complete and still valid, then enter it again.',
    },
    'service-key-read-only': {
      cause: (p) => `The API key for ${one(p, 'organization', 'the service')} may only read.`,
      next: () => 'Enter an API key that may also add integrations.',
    },
    'service-key-unfit': {
      cause: (p) => `The API key is good, but ${one(p, 'host', 'the service')} does not let it read ${p['what'] === 'organization' ? 'this organization' : 'devices'}.`,
      next: (p) => (p['what'] === 'organization' ? 'Check the organization ID, and that whoever made the key is an admin there, then enter both again.' : 'Make one for the service Harmony Mobile, with a role that may read, then enter it.'),
    },
    'service-plan-lacks': {
      cause: (p) => `The plan at ${one(p, 'host', 'the service')} does not have devices.`,
      next: () => 'Connect without devices, or ask the service for the plan that has them, then try again.',
    },
    'service-account-unclear': {
      cause(p) {
        const [first, ...others] = many(p, 'accounts');
        const host = one(p, 'host', 'the service');
        return first !== undefined && others.length > 0 ? `The API key belongs to several organizations at ${host}: ${list([first, ...others])}.` : `The API key does not belong to that organization at ${host}.`;
      },
      next: () => 'Enter the ID of the organization that the connection is for.',
    },
    'service-unreachable': {
      cause: (p) => (status(p) === '' ? `${one(p, 'host', 'The service')} could not be reached.` : `${one(p, 'host', 'The service')} answered with an error${status(p)}.`),
      next: () => 'Check the address and your network, then try again.',
    },
    'service-busy': {
      cause: (p) => `${one(p, 'host', 'The service')} has too much to do right now.`,
      next: () => 'Wait a minute, then try again.',
    },
    'service-answer-unreadable': {
      cause: () => 'The service gave an answer that Keyferry does not understand.',
      next: () => 'Check that the address is the one of the service. If it is, report it with the details below.',
    },
    'service-refused': {
      cause: (p) =>
        one(p, 'reason', '') === ''
          ? `${one(p, 'host', 'The service')} refused the request${status(p)}.`
          : `${one(p, 'host', 'The service')} refused the request${status(p)}: ${one(p, 'reason', '')}`,
      next: () => 'Change what it names, then try again.',
    },
    'service-console-unsupported': {
      cause(p) {
        const host = one(p, 'host', '');
        return `${one(p, 'organization', 'The service')} does not take data from Jamf Pro${host === '' ? '' : ` at ${host}, only from Jamf’s own cloud`}.`;
      },
      next: () => 'Ask the service to turn it on and try again, or use another service.',
    },
    'registration-appeared': {
      cause: (p) => `${one(p, 'host', 'The service')} got a connection to this Jamf Pro from somebody else meanwhile.`,
      next: () => 'Try again. Keyferry then shows what is there before it changes anything.',
    },
    'service-reports-failure': {
      cause(p) {
        const service = one(p, 'organization', 'The service');
        const message = one(p, 'message', '');
        switch (p['code']) {
          case 'credentials_rejected':
            return `${service} could not sign in to Jamf Pro with the new client ID and secret.`;
          case 'privilege_missing':
            return `${service} could not read everything: its API role ${lacks(p, 'privileges')}.`;
          case 'console_unreachable':
            return `${service} could not reach Jamf Pro.`;
          case 'console_error':
            return `${service} got an error from Jamf Pro.`;
          case 'site_not_found':
            return `${service} did not find the site that you chose.`;
          case 'rate_limited':
            return `Jamf Pro asked ${service} to slow down.`;
          default:
            return message === '' ? `${service} could not finish the connection.` : `${service} could not finish the connection: ${message}`;
        }
      },
      next(p) {
        switch (p['code']) {
          case 'credentials_rejected':
            return 'Try again. Keyferry gets a new secret for the same API client.';
          case 'privilege_missing':
            return 'Try again. Keyferry then looks at the API role and mends it.';
          case 'console_unreachable':
            return 'Check that Jamf Pro accepts connections from the service, as in its IP allow list. Then try again.';
          case 'site_not_found':
            return 'Choose another device group filter, then try again.';
          case 'rate_limited':
            return 'Wait a minute, then try again.';
          default:
            return `${one(p, 'message', '') === '' ? 'Try' : 'Mend what it names, then try'} again. If it happens again, ask the support of the service.`;
        }
      },
    },
    'connection-gone': {
      cause(p) {
        const name = one(p, 'name', '') === '' ? '' : ` “${one(p, 'name', '')}”`;
        switch (p['what']) {
          case 'role':
            return `The API role${name} is no longer there.`;
          case 'client':
            return `The API client${name} is no longer there, or another one has its name.`;
          default:
            return `${one(p, 'organization', 'The service')} no longer has this connection.`;
        }
      },
      next: () => 'Close this and connect again. Keyferry then uses what is left.',
    },
    'arrival-timeout': {
      cause: () => 'Harmony Mobile lists no devices yet, after ten minutes.',
      next: () => 'Look in Harmony Mobile whether it synchronizes, then try again. You can also finish without.',
    },
    'outcome-timeout': {
      cause: (p) => `${one(p, 'organization', 'The service')} is connected but has not finished reading yet.`,
      next: () => 'Try again to go on waiting. Nothing is done twice.',
    },
    'bad-input': {
      cause(p) {
        switch (p['problem']) {
          case 'not an address':
            return 'This is not a web address.';
          case 'not https':
            return 'The address must begin with https://.';
          case 'holds a password':
            return 'The address holds a username or a password.';
          default:
            return 'Keyferry cannot use what was entered.';
        }
      },
      next: (p) => (p['field'] === 'address' ? 'Enter the address as in the address bar, such as https://example.com.' : 'Check it and try again.'),
    },
    'storage-failed': {
      cause: () => 'The browser could not save what Keyferry needs to remember.',
      next: () => 'Make sure that the disk is not full, then try again.',
    },
    'unexpected': {
      cause: () => 'Something went wrong in Keyferry itself.',
      next: () => 'Try again: nothing is done twice. If it happens again, report it with the details below.',
    },
  },

  number,
  moment: (at) => moment(new Date(at).toISOString()),
  duration,
};
