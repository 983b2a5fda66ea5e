import * as z from 'zod/mini';
import { consoleIds, type Tenant } from '../consoles/console.ts';
import { findTenant } from '../consoles/tenants.ts';
import { browser } from '../platform/browser.ts';
import type { TargetTab } from '../platform/tabs.ts';
import { detectQuestion } from './detect-content.ts';

const answerSchema = z.nullable(z.object({ console: z.enum(consoleIds), key: z.string(), origin: z.string() }));

/**
 * The tenant of a tab. The content script in the page is asked; where there is none yet (the tab is older than the
 * installation) the tab's address tells. An answer that does not fit the address is not believed.
 */
export async function detectTenant(tab: TargetTab): Promise<Tenant | undefined> {
  const byAddress = findTenant(tab.url);
  if (!byAddress) return undefined;
  let raw: unknown;
  try {
    raw = await browser.tabs.sendMessage(tab.id, detectQuestion, { frameId: 0 });
  } catch {
    return byAddress;
  }
  const answer = z.safeParse(answerSchema, raw);
  return answer.success && answer.data?.origin === byAddress.origin ? answer.data : byAddress;
}
