import { getConsole } from '../consoles/registry.ts';
import type { PageToken } from '../consoles/console.ts';
import { KeyferryError } from '../failure.ts';
import { giveUpListening, mayListen, onAuthorization } from '../platform/page-requests.ts';
import { isTabOn, reloadTab } from '../platform/tabs.ts';
import { isOpen, type Run } from '../run/run.ts';
import { runStore } from '../storage/runs.ts';
import { vault } from '../vault/vault.ts';
import { wait } from './wait.ts';

/*
 * The rung "borrowed token": with the admin's yes the background listens to one tab, until the console's page has sent its
 * token once (docs/decisions/0007).
 */

/** How long the page may call its API by itself before it is reloaded, ms. */
const quiet = 2_000;
/** How long it may take from then on, ms; in sum below the 30 s after which a browser stops an idle background. */
const patience = 15_000;

/**
 * Puts the token that the console's page in the Run's tab sends to its API into the vault, for this Run.
 * @throws {KeyferryError} page-token-missing, console-tab-gone
 */
export async function borrowToken(run: Run, signal: AbortSignal): Promise<void> {
  try {
    const { token, expiresAt } = await listen(run, signal);
    await vault.put('page-token', run.id, token, expiresAt);
  } finally {
    await stopListening(run.id);
  }
}

/** Gives the permission back, unless another Run than `runId` uses it or may be given it right now. */
export async function stopListening(runId?: string): Promise<void> {
  const mayNeed = (run: Run): boolean => isOpen(run) && (run.mayBorrow === true || (run.phase.kind === 'needs-admin' && run.phase.ask.kind === 'rung'));
  if ((await runStore.list()).some((run) => run.id !== runId && mayNeed(run))) return;
  if (await mayListen()) await giveUpListening();
}

async function listen({ tabId, setup: { tenant } }: Run, signal: AbortSignal): Promise<PageToken> {
  const { origin } = tenant;
  const { host } = new URL(origin);
  const { path, read } = getConsole(tenant.console).pageToken;
  if (!(await mayListen())) throw new KeyferryError('page-token-missing', { host, reason: 'permission' });
  if (tabId === null || !(await isTabOn(tabId, origin))) throw new KeyferryError('console-tab-gone', { host });
  const found = new AbortController();
  const over = AbortSignal.any([signal, found.signal]);
  const sent = new Promise<PageToken>((resolve) => {
    const take = async (header: string): Promise<void> => {
      const token = read(header);
      if (token && (await isTabOn(tabId, origin))) resolve(token);
    };
    onAuthorization({ tabId, origin, path }, (header) => void take(header), over);
  });
  const silent = async (): Promise<never> => {
    await wait(quiet, over);
    await reloadTab(tabId);
    await wait(patience, over);
    throw new KeyferryError('page-token-missing', { host, reason: 'silent' });
  };
  try {
    return await Promise.race([sent, silent()]);
  } finally {
    found.abort();
  }
}
