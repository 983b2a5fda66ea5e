import * as z from 'zod/mini';
import { setupSchema } from '../run/run.ts';
import { defineItem } from './item.ts';

const origins = z.array(z.string());
const clicks = z.number();
const tabId = z.nullable(z.number());

const pendingSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connect'), at: z.number(), origins, setup: setupSchema, tabId, clicks }),
  z.object({ type: z.literal('open-service'), at: z.number(), origins, runId: z.string(), groups: z.array(z.string()), clicks }),
]);
export type Pending = z.infer<typeof pendingSchema>;

/**
 * What the admin pressed when the browser's prompt for permission came up: Chromium closes the popup then, and nobody would go on.
 * `at`: ms since the epoch.
 */
export const pending = defineItem({ area: 'session', key: 'pending', schema: z.nullable(pendingSchema), version: 1, fallback: null });
