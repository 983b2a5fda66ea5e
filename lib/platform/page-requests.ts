import { browser } from './browser.ts';

/*
 * What a page sends to its own server. The permission for it is optional: `browser.webRequest` is there while it is granted.
 */

/** The pages and requests that are listened to. */
export interface RequestSource {
  tabId: number;
  /** Scheme, host and port of the request, and of the document that makes it. */
  origin: string;
  /** Where the request's path begins. */
  path: string;
}

/** Calls back with the `Authorization` header of each such request by script, until the signal aborts. */
export function onAuthorization({ tabId, origin, path }: RequestSource, callback: (header: string) => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  const listener = (details: { tabId: number; url: string; initiator?: string; originUrl?: string; requestHeaders?: { name: string; value?: string }[] }): undefined => {
    // A pattern knows no port, and a frame of another origin may call this one.
    const sender = details.initiator ?? details.originUrl;
    if (details.tabId !== tabId || !details.url.startsWith(origin + path) || originOf(sender) !== origin) return;
    const header = details.requestHeaders?.find(({ name }) => name.toLowerCase() === 'authorization')?.value;
    if (header !== undefined) callback(header);
  };
  browser.webRequest.onSendHeaders.addListener(listener, { tabId, urls: [`https://${new URL(origin).hostname}${path}*`], types: ['xmlhttprequest'] }, ['requestHeaders']);
  signal.addEventListener('abort', () => browser.webRequest.onSendHeaders.removeListener(listener), { once: true });
}

const originOf = (url: string | undefined): string | undefined => (url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined);

/** Whether the admin lets Keyferry listen. */
export function mayListen(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['webRequest'] });
}

/** Gives the permission back; with it the browser drops every listener. */
export async function giveUpListening(): Promise<void> {
  await browser.permissions.remove({ permissions: ['webRequest'] });
}
