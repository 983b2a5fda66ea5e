import * as z from 'zod/mini';
import { serviceIdSchema } from '../services/service.ts';
import { defineItem } from './item.ts';

/** A service that the admin has set up: where it is and who we are there. The key is not here. */
export const serviceSettingSchema = z.object({
  id: serviceIdSchema,
  address: z.string(),
  /** Which of the key's organizations; empty where the key tells. */
  account: z._default(z.string(), ''),
  organization: z.string(),
});
export type ServiceSetting = z.infer<typeof serviceSettingSchema>;

/** Services set up in this browser, the last used first. */
export const serviceSettings = defineItem({
  area: 'local',
  key: 'services',
  schema: z.array(serviceSettingSchema),
  version: 1,
  fallback: [],
});

/** Those (`accessIdOf`) whose key is held for this browser session: lets the popup say so without seeing a key. */
export const heldKeys = defineItem({ area: 'session', key: 'held-keys', schema: z.array(z.string()), version: 1, fallback: [] });
