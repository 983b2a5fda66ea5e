import * as z from 'zod/mini';
import { uemChoiceSchema } from '../run/run.ts';
import { defineItem } from './item.ts';

/** What the console's page said when Keyferry was last opened on it, by the tenant's base. */
export const uemFacts = defineItem({
  area: 'session',
  key: 'uem-facts',
  schema: z.record(z.string(), z.object({ organizationGroup: z.optional(z.string()), apiAddress: z.string() })),
  version: 1,
  fallback: {},
});

/** What the admin is choosing for a tenant, by its base, kept while the browser runs. */
export const uemDrafts = defineItem({ area: 'session', key: 'uem-drafts', schema: z.record(z.string(), uemChoiceSchema), version: 1, fallback: {} });
