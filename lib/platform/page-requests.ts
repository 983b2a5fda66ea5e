import * as z from 'zod/mini';
import { browser } from './browser.ts';

/**
 * Runs in the page's own world, where its calls can be seen; must not use anything from outside itself. It puts all back as soon
 * as a call had the header, or after `patience` ms.
 */
async function watchCalls(origin: string, path: string, patience: number): Promise<string | null> {
  // `location` cannot be forged: checked in the very document that is watched.
  if (location.origin !== origin) return null;
  /* eslint-disable @typescript-eslint/unbound-method -- put back as they are, and called by Reflect.apply with their own this */
  const { fetch: ownFetch, XMLHttpRequest: { prototype: xhr } } = window;
  const { open, setRequestHeader } = xhr;
  /* eslint-enable @typescript-eslint/unbound-method */
  const targets = new WeakMap<XMLHttpRequest, string>();
  return new Promise((resolve) => {
    const end = (header: string | null): void => {
      // Who wrapped them meanwhile keeps its wrapping; ours then does nothing but pass on.
      if (window.fetch === watchedFetch) window.fetch = ownFetch;
      if (xhr.open === watchedOpen) xhr.open = open;
      if (xhr.setRequestHeader === watchedSet) xhr.setRequestHeader = setRequestHeader;
      resolve(header);
    };
    const look = (url: string | undefined, header: string | null): void => {
      // A frame's or another origin's API is not this console's.
      if (header !== null && url !== undefined && new URL(url, document.baseURI).href.startsWith(origin + path)) end(header);
    };
    const watchedFetch: typeof fetch = function (this: unknown, input, init) {
      try {
        const isRequest = input instanceof Request;
        look(isRequest ? input.url : String(input), new Headers(init?.headers ?? (isRequest ? input.headers : undefined)).get('Authorization'));
      } catch {
        // The page's own call says what is wrong with it.
      }
      return Reflect.apply(ownFetch, this, [input, init]);
    };
    const watchedOpen = function (this: XMLHttpRequest, ...args: unknown[]): void {
      targets.set(this, String(args[1]));
      Reflect.apply(open, this, args);
    } as typeof open;
    const watchedSet: typeof setRequestHeader = function (this: XMLHttpRequest, name, value) {
      Reflect.apply(setRequestHeader, this, [name, value]);
      if (/^authorization$/i.test(name)) look(targets.get(this), String(value));
    };
    Object.assign(window, { fetch: watchedFetch });
    Object.assign(xhr, { open: watchedOpen, setRequestHeader: watchedSet });
    setTimeout(() => end(null), patience);
  });
}

/**
 * The `Authorization` header of the next call that the page in a tab makes to its own `origin` under `path`; `undefined` where it
 * makes none in time, is of another origin, or goes away.
 * @param patience ms
 */
export async function nextAuthorization(tabId: number, origin: string, path: string, patience: number): Promise<string | undefined> {
  const results = await browser.scripting
    .executeScript({ target: { tabId, frameIds: [0] }, world: 'MAIN', injectImmediately: true, func: watchCalls, args: [origin, path, patience] })
    .catch(() => []);
  // The page could say anything here.
  const parsed = z.safeParse(z.string(), results[0]?.result);
  return parsed.success ? parsed.data : undefined;
}
