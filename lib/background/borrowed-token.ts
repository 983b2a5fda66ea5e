import { getConsole } from '../consoles/registry.ts';
import type { PageToken } from '../consoles/console.ts';
import { KeyferryError } from '../failure.ts';
import { PageRequests } from '../platform/page-requests.ts';
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
/** How long it may take from then on, ms. */
const patience = 15_000;
/** Between two looks at the page, ms. */
const pause = 100;
/** ms; a page that is going away may never answer. */
const answerLimit = 1_000;

/**
 * Puts the token that the console's page in the Run's tab sends to its API into the vault, for this Run.
 * @throws {KeyferryError} page-token-missing, console-tab-gone
 */
export async function borrowToken({ id, tabId, setup: { tenant } }: Run, signal: AbortSignal): Promise<void> {
  const { origin } = tenant;
  const { host } = new URL(origin);
  if (tabId === null || !(await isTabOn(tabId, origin))) throw new KeyferryError('console-tab-gone', { host });
  const { readPageToken } = getConsole(tenant.console);
  const requests = new PageRequests(tabId, origin);
  const within = <T>(work: Promise<T>): Promise<T | void> => Promise.race([work, wait(answerLimit, signal)]);
  const watchFor = async (duration: number): Promise<PageToken | undefined> => {
    const deadline = Date.now() + duration;
    while (Date.now() < deadline) {
      const header = await within(requests.authorization());
      const token = header ? readPageToken(header) : undefined;
      if (token) return token;
      await wait(pause, signal);
    }
    return undefined;
  };

  let token: PageToken | undefined;
  try {
    await within(requests.watch());
    token = await watchFor(quiet);
    if (!token) {
      reloadTab(tabId);
      token = await watchFor(patience);
    }
  } finally {
    // Cancelled or not: goes on even where nobody waits for it.
    await within(requests.end()).catch(() => undefined);
  }
  if (!token) throw new KeyferryError('page-token-missing', { host, reason: 'silent' });
  await vault.put('page-token', id, token.token, token.expiresAt);
}
