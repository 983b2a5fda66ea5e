import type { Tenant } from '../consoles/console.ts';
import { browser } from '../platform/browser.ts';
import type { TargetTab } from '../platform/tabs.ts';
import { findKnownTenant } from '../storage/hosts.ts';
import { detectQuestion } from './detect-content.ts';

/**
 * The tenant of a tab. The content script in the page is asked where it is; where there is none yet (the tab is older than the
 * installation) the tab's address tells. An answer that does not fit the address is not believed.
 */
export async function detectTenant(tab: TargetTab): Promise<Tenant | undefined> {
  const byAddress = await findKnownTenant(tab.url);
  if (!byAddress) return undefined;
  let answer: unknown;
  try {
    answer = await browser.tabs.sendMessage(tab.id, detectQuestion, { frameId: 0 });
  } catch {
    return byAddress;
  }
  const byAnswer = typeof answer === 'string' ? await findKnownTenant(answer) : undefined;
  return byAnswer?.origin === byAddress.origin ? byAnswer : byAddress;
}
