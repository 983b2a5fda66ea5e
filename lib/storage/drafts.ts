import * as z from 'zod/mini';
import { dataSetIds } from '../recipes/recipe.ts';
import { defineItem } from './item.ts';

const group = z.object({ id: z.string(), name: z.string() });

/** What the admin is choosing for a tenant, kept while the browser runs, so that a closed popup loses nothing. */
const draftSchema = z.object({
  dataSets: z.array(z.enum(dataSetIds)),
  group: z.nullable(group),
  name: z.optional(z.string()),
});
export type Draft = z.infer<typeof draftSchema>;

/** By base of the tenant. */
export const drafts = defineItem({ area: 'session', key: 'drafts', schema: z.record(z.string(), draftSchema), version: 1, fallback: {} });

/** The tenant's groups (sites) as last listed in this browser session, by base. `failure` = why there are none. */
export const knownGroups = defineItem({
  area: 'session',
  key: 'groups',
  schema: z.record(z.string(), z.object({ groups: z.array(group), consoleCalls: z.number() })),
  version: 1,
  fallback: {},
});
