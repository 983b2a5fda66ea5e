import * as z from 'zod/mini';
import { dataSetIds } from '../recipes/recipe.ts';
import { serviceIdSchema } from '../services/service.ts';
import { defineItem } from './item.ts';

const group = z.object({ id: z.string(), name: z.string() });

/**
 * What the admin is choosing for a tenant, kept while the browser runs, so that a closed popup loses nothing: the service, and what
 * to connect it with. Another service is another choice.
 */
const draftSchema = z.object({
  /** `access` is empty until it is set up. */
  service: z.optional(z.object({ id: serviceIdSchema, access: z.string() })),
  /** Of the service, while it is being set up. */
  address: z.optional(z.string()),
  dataSets: z.optional(z.array(z.enum(dataSetIds))),
  group: z._default(z.nullable(group), null),
  name: z.optional(z.string()),
  answers: z.optional(z.record(z.string(), z.string())),
  region: z.optional(z.string()),
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
