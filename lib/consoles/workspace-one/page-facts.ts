import * as z from 'zod/mini';
import { apiCandidates } from './tenant.ts';

/*
 * What the console's page says of itself when the admin opens Keyferry on it: which organization group is current, and on the
 * REST API settings where the API is.
 */

const facts = z.object({ organizationGroup: z.string().check(z.maxLength(200)), apiAddress: z.string().check(z.maxLength(400)) });

/** Runs in the page's isolated world; must not use anything from outside itself. */
export function readPageFacts(): { organizationGroup: string; apiAddress: string } {
  // [C] the drop-down's name in public automation; an input or text that looks like the URL on Omnissa's picture of the page.
  const menu = document.querySelector('[aria-label="Global Organization Group Drop Down Menu"]');
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value.trim());
  const shown = fields.find((value) => /^https:\/\/[^\s/]+(?:\/[\w.-]+)*\/api\/?$/i.test(value)) ?? '';
  return { organizationGroup: (menu?.textContent ?? '').trim().slice(0, 200), apiAddress: shown.slice(0, 400) };
}

/** @param raw what {@link readPageFacts} gave, still untrusted */
export function judgePageFacts(base: string, raw: unknown): { organizationGroup: string | undefined; apiAddress: string } {
  const page = z.safeParse(facts, raw);
  const { organizationGroup, apiAddress } = page.success ? page.data : { organizationGroup: '', apiAddress: '' };
  const [address] = apiCandidates(base, apiAddress === '' ? undefined : apiAddress);
  return { organizationGroup: organizationGroup === '' ? undefined : organizationGroup, apiAddress: address ?? base };
}
