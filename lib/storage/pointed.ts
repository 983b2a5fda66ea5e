import * as z from 'zod/mini';
import { guideIds } from '../guide/goals.ts';
import { defineItem } from './item.ts';

const limit = 100;
const text = z.string().check(z.maxLength(2000));

/** A control that the admin pointed at in guided mode, so that it is found by itself the next time. */
const pointedControl = z.object({
  id: z.string(),
  guide: z.enum(guideIds),
  /** Of the site, with its context path. */
  origin: text,
  /** The site's version, as far as it says one. */
  version: text,
  /** What it is for. */
  step: text,
  role: text,
  name: text,
  /** Where it lies in the page. */
  path: text,
  /** ms since the epoch */
  at: z.number(),
});
export type PointedControl = z.infer<typeof pointedControl>;

/** Version 1 knew consoles alone. */
const withGuide = (data: unknown): unknown => (data as { console: string }[]).map(({ console, ...rest }) => ({ ...rest, guide: console }));

/** Newest first. */
export const pointedControls = defineItem({ area: 'local', key: 'pointed', schema: z.array(pointedControl).check(z.maxLength(limit)), version: 2, migrate: withGuide, fallback: [] });

/** Puts a control first; the oldest go where there are too many. */
export async function rememberControl(control: PointedControl): Promise<void> {
  const others = (await pointedControls.get()).filter(({ id }) => id !== control.id);
  await pointedControls.set([control, ...others].slice(0, limit));
}

export async function forgetControl(id: string): Promise<void> {
  await pointedControls.set((await pointedControls.get()).filter((control) => control.id !== id));
}
