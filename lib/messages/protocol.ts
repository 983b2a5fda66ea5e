import * as z from 'zod/mini';
import { failureSchema } from '../failure.ts';
import { rungIds } from '../consoles/console.ts';
import { setupSchema } from '../run/run.ts';
import { passphraseMinimum } from '../run/view.ts';
import { serviceIdSchema } from '../services/service.ts';

/*
 * Every message to the background, with what it must look like. All of them come from Keyferry's own pages; content scripts
 * send none (docs/security.md). Content scripts are asked, with `detect-console`, and answer.
 */

const clicks = z.number().check(z.minimum(0), z.maximum(1000));
const tabId = z.nullable(z.number());
const runId = z.string().check(z.minLength(1), z.maxLength(64));
/** Of a connection: `runKey`. */
const connectionId = z.string().check(z.minLength(1), z.maxLength(4500));
const text = (max: number): z.ZodMiniString => z.string().check(z.minLength(1), z.maxLength(max));

/** What the admin decides about a Run; the Run's own events without their time. */
export const runIntentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('consent'), clicks }),
  z.object({ type: z.literal('waive'), clicks }),
  z.object({ type: z.literal('retry'), tabId, clicks }),
  z.object({ type: z.literal('use-rung'), rung: z.enum(rungIds), tabId, clicks }),
  z.object({ type: z.literal('edit'), setup: setupSchema, tabId, clicks }),
  z.object({ type: z.literal('cancel'), clicks }),
  z.object({ type: z.literal('dismiss'), clicks }),
  z.object({ type: z.literal('undo'), tabId, clicks }),
  z.object({ type: z.literal('take-over'), clicks }),
  z.object({ type: z.literal('choose-groups'), groups: z.array(z.string().check(z.maxLength(200))).check(z.maxLength(500)), clicks }),
]);
export type RunIntent = z.infer<typeof runIntentSchema>;

/** A key for Harmony Mobile's own API: Infinity Portal, Global Settings > API Keys. */
export const statusKeySchema = z.object({ clientId: text(200), accessKey: text(1000), region: z.enum(['eu', 'us', 'ap']) });
export type StatusKey = z.infer<typeof statusKeySchema>;

export const requestSchemas = {
  /** Tests address and key, then keeps them: the key for the browser session or, with a passphrase, locked on this computer. */
  'set-up-service': z.object({ id: serviceIdSchema, address: text(2000), account: z.string().check(z.maxLength(200)), key: text(4000), passphrase: z.nullable(z.string().check(z.minLength(passphraseMinimum), z.maxLength(1000))) }),
  /** Opens a locked key for this browser session. */
  'unlock-service': z.object({ access: text(2300), passphrase: text(1000) }),
  /** `access`: `accessIdOf`. */
  'forget-service': z.object({ access: text(2300) }),
  /** Looks at the tab for a console on a host of its own; what it sees goes into storage. */
  'look': z.object({ tabId: z.number() }),
  /** The admin allowed the console that was seen. */
  'add-host': z.object({ base: text(2000) }),
  'forget-host': z.object({ base: text(2000) }),
  /** Reads the tenant's groups (sites) into storage. */
  'list-groups': z.object({ tabId, base: text(2000) }),
  /** With `setup.purpose` (edit, rotate, rights) for the connection that is there; of its setup only what an edit may change is taken. */
  'connect': z.object({ setup: setupSchema, tabId, clicks }),
  /** Looks at a connection and writes what it saw; changes nothing at console or service. */
  'check-connection': z.object({ id: connectionId, tabId }),
  /** The service reads the console again; then as above. */
  'sync-connection': z.object({ id: connectionId }),
  /** Begins a Run that takes back what Keyferry made: at the service and, with `removesConsole`, in the console. */
  'disconnect': z.object({ id: connectionId, removesConsole: z.boolean(), tabId, clicks }),
  /** Only the entry here; console and service stay as they are. */
  'forget-connection': z.object({ id: connectionId }),
  'act': z.object({ runId, intent: runIntentSchema }),
  /** Goes on with what was at work, in case the browser stopped the background in between. */
  'wake': z.object({}),
  /** ID and secret as the admin pasted them. */
  'capture': z.object({ runId, clientId: z.string().check(z.maxLength(2000)), secret: z.string().check(z.maxLength(2000)), clicks }),
  /** The console's page shows them: read there. */
  'capture-shown': z.object({ runId, clicks }),
  /** The REST API key as the admin pasted it. */
  'capture-key': z.object({ runId, key: z.string().check(z.maxLength(2000)), clicks }),
  /** Makes the API-only administrator with the admin's own account at the console. */
  'by-api': z.object({ runId, username: text(255), password: text(1024), clicks }),
  /** For seeing at the service what arrived; `null` forgets it. */
  'status-key': z.object({ key: z.nullable(statusKeySchema) }),
  'sign-in': z.object({ runId, username: text(255), password: text(1024), tabId, clicks }),
} as const;

export type RequestType = keyof typeof requestSchemas;
export type RequestData<K extends RequestType> = z.infer<(typeof requestSchemas)[K]>;

/** What the background answers; failures travel as values, never as thrown errors. */
export const responseSchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), failure: failureSchema })]);
export type Response = z.infer<typeof responseSchema>;

/** A stamp of the extension's version keeps a page from before an update apart from the background after it. */
export const envelopeSchema = z.object({ keyferry: z.string(), type: z.string(), data: z.unknown() });
