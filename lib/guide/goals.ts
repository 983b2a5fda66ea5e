import * as z from 'zod/mini';

/*
 * What each guide is to bring about: names and numbers, no secret. They travel from the background to the page.
 */

const text = (max: number): z.ZodMiniString => z.string().check(z.maxLength(max));

/** Role and client of that name. */
const jamfPro = z.object({
  guide: z.literal('jamf-pro'),
  /** Display name of both. */
  name: z.string(),
  privileges: z.array(z.string()),
  /** s */
  tokenLifetime: z.number(),
});
export type JamfProGoal = z.infer<typeof jamfPro>;

const access = z.enum(['read', 'edit']);
/** A role's rights: whole categories by path (`API > REST > Devices`), and single permissions by name. */
const rights = { categories: z.array(z.object({ path: z.string(), access })), permissions: z.array(z.object({ name: z.string(), access })) };

const workspaceOne = z.discriminatedUnion('part', [
  z.object({
    guide: z.literal('workspace-one'),
    part: z.literal('api-key'),
    /** What the key is called in the list; one of that name is used if it is there. */
    service: text(100),
    /** An account was refused: the Authentication tab is looked at first. */
    checksBasic: z.optional(z.literal(true)),
  }),
  z.object({ guide: z.literal('workspace-one'), part: z.literal('role'), name: text(100), description: text(500), copyOf: text(100), ...rights }),
  z.object({
    guide: z.literal('workspace-one'),
    part: z.literal('administrator'),
    username: text(100),
    firstName: text(100),
    lastName: text(100),
    email: text(200),
    role: text(100),
    /** Name of the top organization group; empty where it is not known. */
    organizationGroup: text(200),
    /** One of that name came about in this Run: it is changed, with a new password. Another's is left alone. */
    mayChange: z.boolean(),
  }),
  z.object({ guide: z.literal('workspace-one'), part: z.literal('oauth-client'), name: text(100), description: text(500), role: text(100), organizationGroup: text(200) }),
]);
export type WorkspaceOneGoal = z.infer<typeof workspaceOne>;
export type WorkspaceOnePart = WorkspaceOneGoal['part'];

const harmonyMobile = z.object({
  guide: z.literal('harmony-mobile'),
  displayName: text(100),
  /** Origin of the API server, as the wizard takes it. */
  server: text(300),
  username: text(100),
  usesConnector: z.boolean(),
  /** Names of organization groups or smart groups. */
  groups: z.array(text(200)),
  /** What of a device's owner the service may see. */
  pii: z.object({ deviceName: z.boolean(), number: z.boolean(), email: z.boolean() }),
});
export type HarmonyMobileGoal = z.infer<typeof harmonyMobile>;

const admina = z.object({
  guide: z.literal('admina'),
  /** First label of the tenant's host. */
  workspaceKey: text(200),
  clientId: text(200),
  devices: z.boolean(),
  /** Name of a site; empty without a filter. */
  deviceGroup: text(200),
});
export type AdminaGoal = z.infer<typeof admina>;

export const goalSchema = z.union([jamfPro, workspaceOne, harmonyMobile, admina]);
export type AnyGoal = z.infer<typeof goalSchema>;

/** Guides by name: of a console's pages, or of a service's. */
export const guideIds = ['jamf-pro', 'workspace-one', 'harmony-mobile', 'admina'] as const satisfies AnyGoal['guide'][];
export type GuideId = AnyGoal['guide'];

/** One-time values that the guide may have typed into a field; the values themselves stay with the background until then. */
export const fillableSecrets = ['password', 'api-key', 'client-secret'] as const;
export type FillableSecret = (typeof fillableSecrets)[number];
