import { consoleIds, type Tenant } from '../consoles/console.ts';
import { markers } from '../consoles/markers.ts';
import { makeOwnTenant } from '../consoles/tenants.ts';
import { judgePageFacts, readPageFacts } from '../consoles/workspace-one/page-facts.ts';
import { KeyferryError } from '../failure.ts';
import { browser } from '../platform/browser.ts';
import { patternOf } from '../platform/permissions.ts';
import { findKnownTenant, ownHosts, sighting, type OwnHost } from '../storage/hosts.ts';
import { uemFacts } from '../storage/uem.ts';
import { showRecognisedConsoles } from './recognised-icon.ts';

/*
 * Consoles on hosts of their own: looked for on the admin's click, known once the admin allowed the address, forgotten when the
 * browser's permission goes.
 */

const scriptPrefix = 'own-host ';

/** One change at a time: the message of the popup and the browser's event come together. */
let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}

/** Looks once at the tab's page for the marks of a console, and keeps what it found for the popup. */
export async function lookAtTab(tabId: number): Promise<void> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  const known = tab?.url === undefined ? undefined : await findKnownTenant(tab.url);
  if (known) return lookAtKnown(tabId, known);
  for (const console of consoleIds) {
    const { read, judge } = markers[console];
    // Refused for pages that the click does not reach, such as the browser's own.
    const [frame] = await browser.scripting.executeScript({ target: { tabId, frameIds: [0] }, func: read }).catch(() => []);
    const base = judge(frame?.result);
    const tenant = base === undefined ? undefined : makeOwnTenant(console, base);
    if (tenant) return sighting.set({ tabId, tenant });
  }
  await sighting.set(null);
}

/** What the page of a known console says of itself. */
async function lookAtKnown(tabId: number, { console, base }: Tenant): Promise<void> {
  if (console !== 'workspace-one') return;
  const [frame] = await browser.scripting.executeScript({ target: { tabId, frameIds: [0] }, func: readPageFacts }).catch(() => []);
  const { organizationGroup, apiAddress } = judgePageFacts(base, frame?.result);
  await uemFacts.set({ ...(await uemFacts.get()), [base]: { ...(organizationGroup === undefined ? {} : { organizationGroup }), apiAddress } });
}

/** Makes the console that was seen a known one; the admin has allowed its address. */
export function addOwnHost(base: string): Promise<void> {
  return inTurn(async () => {
    const tenant = (await sighting.get())?.tenant;
    if (tenant?.base !== base) throw new KeyferryError('bad-input', { where: 'add-host', field: 'base', problem: 'not seen' });
    if (!(await isAllowed(tenant))) throw new KeyferryError('console-permission-missing', { host: new URL(base).host });
    const others = (await ownHosts.get()).filter((host) => host.base !== base);
    await ownHosts.set([{ ...tenant, addedAt: Date.now() }, ...others]);
    await sync();
  });
}

/** Forgets a console and, where no other one is on the same host, gives the permission back. */
export function forgetOwnHost(base: string): Promise<void> {
  return inTurn(async () => {
    const all = await ownHosts.get();
    const others = all.filter((host) => host.base !== base);
    const kept = others.map(patternFor);
    const gone = all.filter((host) => host.base === base).map(patternFor);
    await ownHosts.set(others);
    // Refused where a company's policy grants the host for good.
    for (const pattern of gone) if (!kept.includes(pattern)) await browser.permissions.remove({ origins: [pattern] }).catch(() => false);
    await sync();
  });
}

/** Call it in the background's first tick. An update of the extension loses registered content scripts and icon rules. */
export function watchOwnHosts(): void {
  const again = (): void => void inTurn(sync);
  browser.runtime.onInstalled.addListener(again);
  browser.runtime.onStartup.addListener(again);
  browser.permissions.onRemoved.addListener(again);
  // Chromium closes the popup while it asks: whoever allows the address of the console that was just seen means that console.
  browser.permissions.onAdded.addListener(({ origins = [] }) => {
    void sighting.get().then((seen) => (seen && origins.includes(patternFor(seen.tenant)) ? addOwnHost(seen.tenant.base) : undefined));
  });
}

const patternFor = ({ origin }: Pick<OwnHost, 'origin'>): string => patternOf(origin);
const isAllowed = (host: Pick<OwnHost, 'origin'>): Promise<boolean> => browser.permissions.contains({ origins: [patternFor(host)] });

/** Brings entries, content scripts and icon rules in line with what the browser allows. */
async function sync(): Promise<void> {
  const all = await ownHosts.get();
  const allowed: OwnHost[] = [];
  for (const host of all) if (await isAllowed(host)) allowed.push(host);
  if (allowed.length < all.length) await ownHosts.set(allowed);

  const wanted = [...new Set(allowed.map(patternFor))];
  const registered = (await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id).filter((id) => id.startsWith(scriptPrefix));
  const gone = registered.filter((id) => !wanted.includes(id.slice(scriptPrefix.length)));
  const missing = wanted.filter((pattern) => !registered.includes(scriptPrefix + pattern));
  if (gone.length > 0) await browser.scripting.unregisterContentScripts({ ids: gone });
  if (missing.length > 0) {
    await browser.scripting.registerContentScripts(
      missing.map((pattern) => ({ id: scriptPrefix + pattern, matches: [pattern], js: ['content-scripts/console.js'], runAt: 'document_idle', persistAcrossSessions: true })),
    );
  }
  await showRecognisedConsoles(allowed);
}
