import * as z from 'zod/mini';
import { defineItem } from './item.ts';

const guideSchema = z.object({
  /** Where the newest word came from. */
  tabId: z.number(),
  instance: z.string(),
  /** The step that it belongs to, where a Run has several; what another one learned says nothing here. */
  part: z.string(),
  step: z.string(),
  title: z.string(),
  progress: z.string(),
  isSecretShown: z.boolean(),
  /** What the pages have shown so far; spares a look. */
  memo: z.record(z.string(), z.boolean()),
});
export type StoredGuide = z.infer<typeof guideSchema>;

/** Where the guide of each guided Run stands, by the Run's id; gone with it. */
export const guides = defineItem({ area: 'session', key: 'guides', schema: z.record(z.string(), guideSchema), version: 2, fallback: {} });
