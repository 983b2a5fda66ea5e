import * as z from 'zod/mini';
import { consoleIds } from '../consoles/console.ts';
import { defineItem } from './item.ts';

/** A control that the admin pointed at because the guide did not find it, for this console and version. */
const pointedControlSchema = z.object({
  id: z.string(),
  console: z.enum(consoleIds),
  origin: z.string(),
  /** Of the console, where its pages say it; else empty. */
  version: z.string(),
  /** The control that was looked for. */
  step: z.string(),
  role: z.string(),
  name: z.string(),
  /** Tags and positions from the top of the page. */
  path: z.string(),
  /** ms since the epoch */
  at: z.number(),
});
export type PointedControl = z.infer<typeof pointedControlSchema>;

/** How many are kept. */
export const pointedLimit = 100;

/** Newest first. */
export const pointedControls = defineItem({ area: 'local', key: 'pointed', schema: z.array(pointedControlSchema), version: 1, fallback: [] });
