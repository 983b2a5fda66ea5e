import { browser } from '../platform/browser.ts';
import { areAllowed } from '../platform/permissions.ts';
import { pending, type Pending } from '../storage/pending.ts';
import { wait } from './wait.ts';

/** How long a popup that is still there has to go on by itself, ms. */
const precedence = 500;
/** A yes that comes later is to something else, ms. */
const patience = 5 * 60_000;

/** Goes on with what the admin pressed before the browser asked. Call it in the background's first tick. */
export function watchPending(goOn: (what: Pending) => Promise<void>): void {
  browser.permissions.onAdded.addListener(() => void resume(goOn));
}

export async function resume(goOn: (what: Pending) => Promise<void>): Promise<void> {
  await wait(precedence, new AbortController().signal);
  const what = await pending.get();
  if (!what || Date.now() - what.at > patience || !(await areAllowed(what.origins))) return;
  await pending.set(null);
  await goOn(what);
}
