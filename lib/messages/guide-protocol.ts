import * as z from 'zod/mini';
import { fillableSecrets, goalSchema } from '../guide/goals.ts';

/*
 * Between the guide in a page and the background. The only messages that a content script sends; the background takes them from
 * the top frame of a tab on the site of a guided Run alone. They hold no value of the page but the few facts that a Run asks for
 * (`found`), and no secret.
 */

const text = (max: number): z.ZodMiniString => z.string().check(z.maxLength(max));
const memo = z.record(text(40), z.boolean());

/** What the admin pointed at. */
export const pointedSchema = z.object({ control: text(40), role: text(40), name: text(300), path: text(2000), /** Of the console, as its pages say it; else empty. */ version: text(60) });
const state = z.object({ step: text(40), title: text(400), progress: text(40), isSecretShown: z.boolean(), memo, found: z.record(text(40), text(400)), isDone: z.boolean() });

export const guideMessageSchema = z.object({
  /** The extension's version, so that a guide from before an update is told to stop. */
  keyferryGuide: text(40),
  /** One document's guide. */
  instance: text(64),
  body: z.discriminatedUnion('type', [z.object({ type: z.literal('hello') }), z.object({ type: z.literal('report'), state }), z.object({ type: z.literal('remember'), pointed: pointedSchema }), z.object({ type: z.literal('fill-secret'), control: text(40), secret: z.enum(fillableSecrets) })]),
});
export type GuideMessage = z.infer<typeof guideMessageSchema>;

/** `null`: no guided Run here, stop. */
export const guideAnswerSchema = z.nullable(
  z.object({
    /** Origin and context path of the site. */
    base: z.string(),
    goal: goalSchema,
    memo,
    pointed: z.array(pointedSchema),
  }),
);
export type GuideAnswer = z.infer<typeof guideAnswerSchema>;

/** From the background to a tab: the guided Run is over. */
export const stopGuide = 'keyferry:stop-guide';

/** From the background to a tab: ask anew what is to be done. */
export const renewGuide = 'keyferry:renew-guide';

/** What the capture function finds in the tab. */
export const shownSecretSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shown'), clientId: text(200), secret: text(400) }),
  z.object({ kind: z.literal('unreadable') }),
  z.object({ kind: z.literal('none') }),
  /** Another document than the one that said it shows a secret. */
  z.object({ kind: z.literal('changed') }),
]);
