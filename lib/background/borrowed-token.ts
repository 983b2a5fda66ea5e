import { getConsole } from '../consoles/registry.ts';
import type { PageToken } from '../consoles/console.ts';
import { KeyferryError } from '../failure.ts';
import { nextAuthorization } from '../platform/page-requests.ts';
import { isTabOn, reloadTab } from '../platform/tabs.ts';
import type { Run } from '../run/run.ts';
import { vault } from '../vault/vault.ts';
import { wait } from './wait.ts';

/*
 * The rung "borrowed token": with the admin's yes the background watches one tab, until the console's page has sent its token
 * once (docs/decisions/0007).
 */

/** How long the page may call its API by itself before it is reloaded, ms. */
const quiet = 2_000;
/** How long it may take from then on, ms; in sum below the 30 s after which a browser stops an idle background. */
const patience = 15_000;
/** Between two looks at a page that is on its way, ms. */
const pause = 10;

/**
 * Puts the token that the console's page in the Run's tab sends to its API into the vault, for this Run.
 * @throws {KeyferryError} page-token-missing, console-tab-gone
 */
export async function borrowToken({ id, tabId, setup: { tenant } }: Run, signal: AbortSignal): Promise<void> {
  const { origin } = tenant;
  const { host } = new URL(origin);
  if (tabId === null || !(await isTabOn(tabId, origin))) throw new KeyferryError('console-tab-gone', { host });
  const { path, read } = getConsole(tenant.console).pageToken;
  const watch = async (duration: number): Promise<PageToken | undefined> => {
    const header = await nextAuthorization(tabId, origin, path, duration);
    return header === undefined ? undefined : read(header);
  };
  const stopped = wait(quiet + 2 * patience, signal);
  const within = <T>(work: Promise<T>): Promise<T> => Promise.race([work, stopped.then(() => work)]);

  let token = await within(watch(quiet));
  if (!token) {
    await reloadTab(tabId);
    const deadline = Date.now() + patience;
    // A reload ends what watched the old page: at once again on the new one, before its first call.
    while (!token && Date.now() < deadline) {
      token = await within(watch(deadline - Date.now()));
      if (!token) await wait(pause, signal);
    }
  }
  if (!token) throw new KeyferryError('page-token-missing', { host, reason: 'silent' });
  await vault.put('page-token', id, token.token, token.expiresAt);
}
