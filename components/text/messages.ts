import type { Failure, FailureCode } from '../../lib/failure.ts';
import type { DataSetId, RecipeWarning } from '../../lib/recipes/recipe.ts';
import type { StepLine, StepLineId, View } from '../../lib/run/view.ts';
import type { ConnectionAction, ConnectionLine } from '../../lib/run/connections-view.ts';
import type { Purpose, Receipt, UemStepId } from '../../lib/run/run.ts';
import type { UemMessages } from './uem-messages.ts';

/*
 * Every text that a person reads. A language is one file that exports a value of this type: a text that is missing does not
 * compile. Texts use the vendors' words (API role, API client, privilege, workspace key, site), never ours (Run, rung,
 * registration).
 */

export type ConsoleId = Extract<View, { tenant: object }>['tenant']['console'];
export type Origin = NonNullable<StepLine['origin']>;
export type Params = Failure['params'];

/** Why it stopped, and what to do: never a dead end. */
export interface FailureText {
  cause: (params: Params) => string;
  next: (params: Params) => string;
}

/** A step of the progress list before, during and after. */
export interface StepText {
  todo: (service: string) => string;
  doing: (service: string) => string;
  /** `origin` is there for API role and API client. */
  done: (service: string, origin: Origin | undefined) => string;
}

export interface Messages {
  /** BCP 47; goes into the document's `lang`. */
  locale: string;
  consoles: Record<ConsoleId, string>;
  dataSets: Record<DataSetId, { name: string; hint: string }>;
  /** What an admin has to know before. */
  warnings: Record<RecipeWarning, string>;

  common: {
    back: string;
    change: string;
    workspaceKey: string;
    /** In place of the workspace key, where the console is not in the vendor's cloud. */
    address: string;
    details: string;
    /** Button: the popup's page in a panel beside the console. */
    openPanel: string;
    options: string;
    /** Button: the list of them. */
    connections: string;
    /** For screen readers, in front of a link that opens a tab. */
    newTab: string;
    accounts: (count: number) => string;
    devices: (count: number) => string;
    /** `from` is connected to `to`. */
    route: (from: string, to: string) => string;
  };

  ownHost: { title: (console: string) => string; lead: (console: string) => string; about: (console: string) => string; alike: string; encoded: string; allow: string };
  notAConsole: { title: string; about: string; next: string; examples: string[] };

  /** What a service may do, as sentences about the console's privileges: `Read computers and mobile devices`. */
  privileges: (names: readonly string[]) => string[];
  /** What is made in the console, by its own words. */
  objects: Record<ConsoleId, { role: string; client: string }>;

  services: {
    title: (console: string) => string;
    lead: string;
    setUp: string;
    others: string;
    /** In place of a name: any service of the open contract. */
    open: string;
    openHint: string;
    /** Which data it takes, and how it is told. */
    takes: Record<'api' | 'form', (sets: readonly string[]) => string>;
    /** Button, and what it says to a screen reader. */
    choose: string;
    chooseNamed: (service: string) => string;
    connectNamed: (service: string) => string;
    showNamed: (service: string) => string;
    show: string;
    about: string;
    /** `Accounts, if you choose it` */
    ifChosen: (set: string) => string;
    builtInRole: (role: string) => string;
    exact: string;
    key: (name: string, madeAt: string) => string;
    keyOptional: (name: string, madeAt: string) => string;
    noKey: string;
    help: string;
  };

  connections: {
    title: string;
    none: string;
    another: string;
    all: (count: number) => string;
    search: string;
    found: (count: number) => string;
    states: Record<ConnectionLine['state'], string>;
    checked: (moment: string) => string;
    made: (moment: string) => string;
    toList: string;
    more: string;
    missing: (count: number) => string;
    surplus: (count: number) => string;
    needsTab: (console: string, tenant: string) => string;
    actions: Record<Exclude<ConnectionAction, 'open-console' | 'open-service' | 'service-key' | 'sync'>, string> & Record<'sync' | 'open-service', (service: string) => string>;
    edit: { title: string; name: (service: string) => string; submit: string };
    rotate: { title: string; about: (service: string) => string; submit: string };
    disconnect: { title: string; about: (service: string, console: string) => string; byHand: (service: string) => string; console: (console: string) => string; consoleHint: (names: readonly string[]) => string; submit: string };
    forget: { title: string; about: (service: string, console: string) => string; submit: string };
  };

  /** What a connection that is there goes through, in place of the words for a first one. */
  purposes: Record<Purpose, { doing: string; failed: string; done: string; lead: (service: string, console: string) => string }>;

  setup: {
    title: string;
    titleNamed: (service: string) => string;
    titleChange: string;
    titleKeyMissing: string;
    lead: (console: string) => string;
    leadNamed: (service: string, console: string) => string;
    leadKeyMissing: (organization: string) => string;
    /** Where there is a choice of few. */
    place: string;
    placeHint: string;
    madeAt: (place: string) => string;
    optional: (name: string) => string;
    optionalHint: (service: string) => string;
    without: string;
    another: string;
    accountHint: string;
    /** Before anything is typed. */
    access: string;
    accessAbout: (service: string) => string;
    accessSubmit: string;
    address: string;
    addressHint: string;
    key: string;
    keyHint: string;
    keep: string;
    keepHint: string;
    passphrase: string;
    passphraseHint: (minimum: number) => string;
    titleLocked: string;
    leadLocked: (organization: string) => string;
    unlock: string;
    enterKey: string;
    submit: string;
    allowAndSubmit: string;
    /** Why the browser is about to ask. */
    allowHint: (host: string) => string;
  };

  choose: {
    title: (console: string) => string;
    data: string;
    always: string;
    group: string;
    allDevices: string;
    groupsLoading: string;
    groupsFailed: string;
    groupsRetry: string;
    creates: string;
    name: (console: string) => string;
    nameHint: (role: string, client: string) => string;
    privileges: (count: number) => string;
    builtIn: (role: string) => string;
    clientHint: string;
    asks: string;
    optional: (name: string) => string;
    region: string;
    regionHint: string;
    regions: Record<string, string>;
    regionMissing: string;
    connect: string;
  };

  running: { title: (service: string) => string; undoing: string; undoingLead: string; stopping: string; stoppingLead: string };
  steps: Record<Exclude<StepLineId, UemStepId>, StepText>;
  /** Why a step may take long; shown after some seconds. */
  slow: Partial<Record<StepLineId, string>>;
  stepState: Record<StepLine['state'], string>;
  origins: Record<Origin, string>;

  consent: {
    title: string;
    lead: (console: string) => string;
    role: (name: string) => string;
    roleGains: (count: number) => string;
    roleLoses: (count: number) => string;
    roleMeaning: string;
    client: (name: string) => string;
    newSecret: string;
    otherRoles: (names: string) => string;
    enable: string;
    registration: (service: string) => string;
    registrationMeaning: string;
    submit: string;
  };

  unknownPrivileges: { title: (count: number) => string; lead: (console: string) => string; meaning: (service: string) => string };

  signIn: {
    title: (console: string) => string;
    username: string;
    password: string;
    hint: string;
    submit: string;
  };

  /** The token that the console's page sends to its own API. */
  borrow: {
    title: string;
    name: string;
    about: (console: string) => string;
    reload: string;
    submit: string;
    waiting: (console: string) => string;
  };

  guided: {
    title: (console: string) => string;
    lead: string;
    /** While the guide in the page has not spoken. */
    waiting: (console: string) => string;
    open: (console: string) => string;
    secretShown: string;
    secretLead: string;
    capture: string;
    rename: { title: string; exists: (name: string) => string; label: (console: string) => string; submit: string };
  };

  /** At the service's own form. */
  atService: { title: (service: string) => string; lead: string };

  byHand: {
    title: string;
    /** The steps, with what is to be entered. */
    role: (name: string) => string;
    privileges: (count: number) => string;
    client: (name: string) => string;
    lifetime: (seconds: number) => string;
    secret: string;
    /** For an OAuth client of Workspace ONE UEM: where, what to enter, and where the secret is then. */
    oauthClient: (name: string, role: string, organizationGroup: string | undefined) => { steps: string[]; shown: string };
    clientId: string;
    clientSecret: string;
    pasteHint: string;
    submit: string;
  };

  failed: { title: string; titleUndo: string };
  edit: { submit: string };
  cancelled: { title: string; lead: string; leadMade: string };
  undone: { title: string; left: (things: readonly string[]) => string; lead: string; secretStays: (client: string) => string; connectionStays: (service: string) => string };

  made: {
    title: string;
    /** While it is taken back. */
    undoing: string;
    /** Where taking back failed. */
    undoFailed: string;
    role: (name: string, origin: Origin) => string;
    client: (name: string, origin: Origin) => string;
    registration: (service: string, origin: Origin) => string;
  };

  connected: {
    title: string;
    lead: (service: string, console: string) => string;
    /** Where the service does not read the console by itself and say so. */
    proofs: Record<NonNullable<Receipt['proof']>, (service: string, console: string) => string>;
    account: (count: number) => string;
    device: (count: number) => string;
    site: string;
    role: string;
    client: string;
    took: (duration: string) => string;
    noSecret: string;
    /** After a sign-in with a password: that one was typed. */
    noClientSecret: string;
    /** The console showed it once, on its own page. */
    secretForgotten: string;
    accounts: (service: string) => string;
    devices: (service: string) => string;
  };

  actions: {
    retry: string;
    continue: string;
    signInOther: string;
    signInLocal: string;
    openConsole: (console: string) => string;
    allow: (host: string) => string;
    serviceKey: string;
    edit: string;
    undoCreated: string;
    undoChanges: string;
    cancel: string;
    close: string;
    keep: string;
    done: string;
    consent: string;
    guide: (console: string) => string;
    waive: string;
    checkAgain: string;
  };

  /** Workspace ONE UEM. */
  uem: UemMessages;

  failures: Record<FailureCode, FailureText>;

  number: (value: number) => string;
  /** ms since the epoch to day and time */
  moment: (at: number) => string;
  duration: (ms: number) => string;
}
