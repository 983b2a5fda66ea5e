import * as z from 'zod/mini';
import { consoleIds, rungIds } from '../consoles/console.ts';
import { failureSchema } from '../failure.ts';
import { dataSetIds } from '../recipes/recipe.ts';
import { accessIdOf, serviceIdSchema } from '../services/service.ts';

/*
 * One attempt to connect one console tenant to one service. The schema is the type: a Run is stored (storage.local) before and
 * after every effect, and parsed when it is read. It holds no secret, only where one is (the vault, by Run id).
 */

/**
 * Steps in order of the course "API", where console and service both have one. Those up to `registration` only look; from `role`
 * on something is written.
 */
export const apiStepIds = [
  'service-key',
  'console-access',
  'privileges',
  'find-role',
  'find-client',
  'find-registration',
  'role',
  'client',
  'secret',
  'proof',
  'register',
  'outcome',
] as const;

/**
 * Steps in order of the course "UEM", where neither console nor service lets itself be set up by API: the admin acts in their
 * pages, led and filled in for; Keyferry proves what came of it.
 */
export const uemStepIds = ['api-key', 'uem-role', 'administrator', 'uem-proof', 'tags', 'wizard', 'arrival'] as const;
export type ApiStepId = (typeof apiStepIds)[number];
export type UemStepId = (typeof uemStepIds)[number];

const stepIds = [...apiStepIds, ...uemStepIds] as const;
export type StepId = (typeof stepIds)[number];

/** In these steps the guide leads the admin through a site's pages. */
export const guidedParts = ['api-key', 'uem-role', 'administrator', 'wizard'] as const satisfies UemStepId[];
export type GuidedPart = (typeof guidedParts)[number];
/** Also where a service takes the credentials in a form of its own. */
export type GuidedStep = GuidedPart | 'register';

/**
 * Steps on the rung "guided": in the console the admin acts, not Keyferry, so nothing is looked up or created there. `secret` is
 * the hand-over of what the console showed.
 */
export const guidedStepIds: readonly ApiStepId[] = ['service-key', 'find-registration', 'secret', 'proof', 'register', 'outcome'];

/** Taking back what this Run made, newest first. */
export const undoStepIds = ['undo-registration', 'undo-client', 'undo-role'] as const;
export type UndoStepId = (typeof undoStepIds)[number];

const anyStep = z.enum([...stepIds, ...undoStepIds]);
export type AnyStepId = z.infer<typeof anyStep>;

const named = z.object({ id: z.string(), name: z.string() });
const role = z.object({ id: z.string(), name: z.string(), privileges: z.array(z.string()) });
const client = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  enabled: z.boolean(),
  tokenLifetime: z.number(),
  clientId: z.string(),
});

/** What the admin chose for the course "UEM". */
const uemSetup = z.object({
  role: z.object({
    /** `vendor`: the service's own recommendation; `least`: its finer list. */
    variant: z.enum(['vendor', 'least']),
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    description: z.string().check(z.maxLength(500)),
  }),
  /** The API-only administrator. */
  username: z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[\w.@+-]+$/)),
  email: z.string().check(z.maxLength(200)),
  /** What the REST API key is called in the console's list. */
  keyService: z.string().check(z.minLength(1), z.maxLength(100)),
  /** What the service may see of a device's owner. */
  pii: z.object({ deviceName: z.boolean(), number: z.boolean(), email: z.boolean() }),
  /** The service reaches the console through a connector in the admin's network. */
  usesConnector: z.boolean(),
  /** Makes the service's tags in the console where they are missing. */
  makesTags: z.boolean(),
});
export type UemSetup = z.infer<typeof uemSetup>;

const connectionName = z.string().check(z.minLength(1), z.maxLength(100));
/** What is being chosen, before it is a setup; not yet all of it may be right. */
export const uemChoiceSchema = z.object({ ...uemSetup.shape, username: z.string().check(z.maxLength(100)), keyService: z.string().check(z.maxLength(100)), name: z.string().check(z.maxLength(100)) });
export type UemChoice = z.infer<typeof uemChoiceSchema>;

/**
 * What a Run is for, after the first connection. `edit`: other data, group or name; `rotate`: a new secret; `rights`: the role as the
 * recipe wants it; `disconnect`: takes back what an earlier Run made.
 */
export const purposes = ['edit', 'rotate', 'rights', 'disconnect'] as const;
export type Purpose = (typeof purposes)[number];

/** What the admin chose. */
export const setupSchema = z.object({
  tenant: z.object({ console: z.enum(consoleIds), key: z.string(), origin: z.string(), base: z.string() }),
  service: z.object({ id: serviceIdSchema, address: z.string(), account: z.optional(z.string().check(z.maxLength(200))) }),
  /** What the Run is for; `undefined`: to connect. */
  purpose: z.optional(z.enum(purposes)),
  dataSets: z.array(z.enum(dataSetIds)).check(z.minLength(1)),
  /** Device group filter; `null` = all. */
  group: z.nullable(named),
  /** Display name of the API role and of the API client. */
  name: connectionName,
  /** To the recipe's own questions, by their ids. */
  answers: z.optional(z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(300)))),
  /** Where the console's API and its tokens are, where that does not follow from `tenant.base`. */
  api: z.optional(z.object({ address: z.string(), tokenUrl: z.string(), /** Which group of the console the credentials are for, by name; without it the admin says it. */ organizationGroup: z.optional(z.string()) })),
  /** There on the course "UEM" alone. */
  uem: z.optional(uemSetup),
});
export type RunSetup = z.infer<typeof setupSchema>;

/** Who made an object: this Run, somebody before it, or somebody before it with this Run's changes (`before` takes them back). */
const origin = z.enum(['created', 'found', 'changed']);

/** A difference from what the recipe wants, which the admin must agree to. */
const change = z.discriminatedUnion('object', [
  z.object({ object: z.literal('role'), name: z.string(), missing: z.array(z.string()), surplus: z.array(z.string()) }),
  z.object({
    object: z.literal('client'),
    name: z.string(),
    /** A new secret ends the one in use. */
    newSecret: z.literal(true),
    otherRoles: z.array(z.string()),
    enable: z.boolean(),
  }),
  z.object({ object: z.literal('registration'), name: z.string() }),
]);
export type Change = z.infer<typeof change>;

/** What only the admin can decide or do. */
const ask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consent'), changes: z.array(change) }),
  z.object({ kind: z.literal('unknown-privileges'), names: z.array(z.string()) }),
  z.object({ kind: z.literal('rung'), failure: failureSchema, offered: z.array(z.enum(rungIds)) }),
  /** Rung "guided": the admin makes role and client in the console and hands over ID and secret. `failure`: why again. */
  z.object({ kind: z.literal('capture'), failure: z.nullable(failureSchema) }),
  /** The guide leads through the pages of this step: on the course "UEM", or to a service's form. `failure`: why again, in the page's words where it says so. */
  z.object({ kind: z.literal('guide'), failure: z.nullable(failureSchema) }),
]);
export type Ask = z.infer<typeof ask>;

/** An organization group. `code`: what people type to enroll; unlike the name, there is one of each. */
const uemGroup = z.object({ id: z.string(), name: z.string(), code: z.string(), devices: z.nullable(z.number()) });
const counted = z.record(z.string(), z.number());
/** Devices as the service reports them. */
const arrival = z.object({ total: z.number(), byStatus: counted, byRisk: counted });
export type Arrival = z.infer<typeof arrival>;

/** What the new account was seen to be able to do. */
const uemProof = z.object({
  /** The API server that answered: origin, and path where it has one, without `/api`. */
  apiAddress: z.string(),
  version: z.string(),
  groups: z.array(uemGroup),
  devices: z.number(),
  /** Calls a day that the console allows, and that are left. */
  quota: z.nullable(z.object({ limit: z.number(), remaining: z.number() })),
});
export type UemProof = z.infer<typeof uemProof>;

const tagsMade = z.object({ created: z.array(z.string()), found: z.array(z.string()), /** Could not be made: the admin does. */ missing: z.array(z.string()) });

const uemReceipt = z.object({
  username: z.string(),
  proof: uemProof,
  tags: z.nullable(tagsMade),
  /** What the service's own page said of the connection; empty where it said nothing. */
  status: z.string(),
  arrival: z.nullable(arrival),
});

export const receiptSchema = z.object({
  organization: z.string(),
  role: z.object({ name: z.string(), origin }),
  client: z.nullable(z.object({ name: z.string(), origin })),
  registrationId: z.nullable(z.string()),
  /** Course "UEM". */
  uem: z.optional(uemReceipt),
  accounts: z.nullable(z.number()),
  devices: z.nullable(z.number()),
  accountsUrl: z.nullable(z.string()),
  /** ms from the click on Connect to the service's answer */
  took: z.number(),
  /** How far it was proven; `undefined`: the service reads the console and says so. */
  proof: z.optional(z.enum(['tested', 'by-use'])),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** What a Run wrote or took over. `before` is what undo puts back. */
export const madeSchema = z.object({
  role: z.optional(z.object({ value: role, origin, before: z.optional(role) })),
  client: z.optional(z.object({ value: client, origin, before: z.optional(client) })),
  /** How many secrets this Run asked for; part of the idempotency key. */
  secrets: z.number(),
  /** How many there were when one reached the service for good; fewer than `secrets`: the newest is not there. */
  handedOver: z.optional(z.number()),
  /** When the newest secret came (ms): other nodes may lag behind it. */
  secretAt: z.optional(z.number()),
  registration: z.optional(z.object({ id: z.string(), origin })),
  tags: z.optional(tagsMade),
  /** The administrator came about in this Run, or the admin agreed: its password may be set anew. */
  administrator: z.optional(z.string()),
});

/** `working.attempt` is written before the effect starts and removed with its outcome: set on waking = outcome unknown. */
const phase = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('working'),
    step: anyStep,
    attempt: z.nullable(z.object({ startedAt: z.number() })),
    /** The admin pressed "Try again" on this step. */
    retry: z.boolean(),
  }),
  z.object({ kind: z.literal('needs-admin'), step: anyStep, ask }),
  z.object({ kind: z.literal('failed'), step: anyStep, failure: failureSchema }),
  z.object({ kind: z.literal('cancelled'), step: anyStep }),
  z.object({ kind: z.literal('connected'), receipt: receiptSchema }),
  z.object({ kind: z.literal('undone') }),
]);
export type Phase = z.infer<typeof phase>;

export const runSchema = z.object({
  id: z.string(),
  /** ms since the epoch */
  createdAt: z.number(),
  updatedAt: z.number(),
  setup: setupSchema,
  rung: z.enum(rungIds),
  /** The console tab that the admin started from; another tab of the same origin takes over when it is gone. */
  tabId: z.nullable(z.number()),
  /** The admin's yes to taking the token of the page in `tabId`; the next attempt uses it up, however it ends. */
  mayBorrow: z.optional(z.literal(true)),
  phase,
  /** There after the first connection, where the purpose says which: all that this Run does, in order. */
  steps: z.optional(z.array(anyStep)),
  /** Steps behind us; the next one is the first that is not here. */
  done: z.array(z.enum(stepIds)),
  /** Writes of which an attempt may have happened (answer lost, background killed), with its time (ms): look before acting again. */
  doubts: z.partialRecord(anyStep, z.number()),
  cancelRequested: z.boolean(),
  /** The admin has seen the end of it; the popup starts afresh. */
  dismissed: z.boolean(),
  /** The admin agreed to go on without these privileges, which the tenant does not know. */
  waived: z.array(z.string()),
  /** The admin agreed to the plan's changes. */
  consented: z.boolean(),
  /** What was there before anything was written; `null` = looked for and not there. */
  seen: z.object({
    organization: z.optional(z.string()),
    access: z.optional(z.object({ account: z.string(), full: z.boolean(), privileges: z.array(z.string()) })),
    privileges: z.optional(z.array(z.string())),
    role: z.optional(z.nullable(role)),
    client: z.optional(z.nullable(client)),
    registration: z.optional(z.nullable(z.object({ id: z.string(), clientId: z.string() }))),
    /** Of the API server, as the console's settings say it. */
    apiAddress: z.optional(z.string()),
    /** The top organization group's name. */
    organizationGroup: z.optional(z.string()),
    uemProof: z.optional(uemProof),
    /** What the service's page says of the connection. */
    status: z.optional(z.string()),
  }),
  made: madeSchema,
  /** Groups (by id) that the service is to read; chosen once they are known. */
  groups: z.optional(z.array(z.string())),
  /** The service's counts while it reads for the first time. */
  progress: z.optional(z.object({ accounts: z.nullable(z.number()), devices: z.nullable(z.number()) })),
  /** Clicks since the popup opened, calls to the console's API. */
  tally: z.object({ clicks: z.number(), consoleCalls: z.number() }),
  /** What happened, oldest first, capped. No secrets. */
  journal: z.array(
    z.object({
      at: z.number(),
      step: anyStep,
      what: z.enum(['started', 'done', 'failed', 'asked', 'woke', 'cancelled']),
      detail: z.optional(z.string()),
    }),
  ),
});
export type Run = z.infer<typeof runSchema>;

/** What a Run of the course "API" does, in order. */
export function stepsOf(run: Run): readonly AnyStepId[] {
  return run.steps ?? (run.rung === 'guided' ? guidedStepIds : apiStepIds);
}

/** How many journal entries a Run keeps. */
export const journalLimit = 200;

/** The Run will go on by itself. */
export function isWorking(run: Run): boolean {
  return run.phase.kind === 'working';
}

/** The Run still holds or may need something: it is shown first, and no second Run starts beside it. */
export function isOpen(run: Run): boolean {
  if (run.dismissed) return false;
  return run.phase.kind === 'working' || run.phase.kind === 'needs-admin' || run.phase.kind === 'failed' || run.phase.kind === 'cancelled';
}

/** Two Runs with the same key would fight over the same role, client and registration. */
export function runKey(setup: Pick<RunSetup, 'tenant' | 'service'>): string {
  return `${setup.tenant.base} ${accessIdOf(setup.service)}`;
}
