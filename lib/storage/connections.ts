import * as z from 'zod/mini';
import { failureSchema } from '../failure.ts';
import { madeSchema, receiptSchema, setupSchema } from '../run/run.ts';
import { defineItem } from './item.ts';

/** What was found when somebody last looked. */
const check = z.object({
  /** ms since the epoch */
  at: z.number(),
  /** `rights-changed`: it works, and the role is not what the recipe wants. `unknown`: nobody could tell; `failure` says why. */
  state: z.enum(['connected', 'connecting', 'failing', 'rights-changed', 'gone', 'unknown']),
  failure: z.nullable(failureSchema),
  /** Of the role, against the recipe. */
  missing: z.array(z.string()),
  surplus: z.array(z.string()),
  accounts: z.nullable(z.number()),
  devices: z.nullable(z.number()),
});
export type Check = z.infer<typeof check>;

/** One console tenant at one service: what the last Run that reached its end left. It holds no secret. */
export const connectionSchema = z.object({
  /** `runKey` of its setup: there is one of each. */
  id: z.string(),
  /** Of the Run that wrote it last, without its purpose. */
  setup: setupSchema,
  made: madeSchema,
  /** Privileges that the admin agreed to go without. */
  waived: z.optional(z.array(z.string())),
  receipt: receiptSchema,
  /** ms since the epoch: when that Run ended */
  connectedAt: z.number(),
  /** Which Run that was. */
  runId: z.string(),
  /** `null`: not looked at since. */
  checked: z.nullable(check),
});
export type Connection = z.infer<typeof connectionSchema>;

/** The connections that were made in this browser, the newest first. */
export const connections = defineItem({ area: 'local', key: 'connections', schema: z.array(connectionSchema), version: 1, fallback: [] });
