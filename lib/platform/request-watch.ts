/*
 * What watches a page's calls, in the page's own world: nothing from outside this file, and the page notices as little as can be.
 */

/** The watch's name in the page, for as long as it lasts. */
export const watchKey = 'keyferryRequestWatch';

export interface RequestWatch {
  /** The last `Authorization: Bearer …` of a call that counts. */
  seen: () => string | null;
  end: () => void;
}

type Page = Pick<typeof globalThis, 'fetch' | 'XMLHttpRequest' | 'Request' | 'Headers' | 'URL' | 'location' | 'document'> & { [watchKey]?: RequestWatch };
type Method = (...args: never[]) => unknown;

/**
 * Watches the calls that the page makes to its own origin under `path`, until it is ended; then the page's functions are put back.
 * @param duration ms, at most
 */
export function watchRequests(page: Page, path: string, duration: number): void {
  page[watchKey]?.end();
  const putBack: (() => void)[] = [];
  let header: string | null = null;

  // A proxy has the function's own name, length and properties, and reads as native code; the call itself goes on unchanged.
  const watch = <Name extends string>(owner: Record<Name, Method>, name: Name, see: (self: unknown, args: unknown[]) => void): void => {
    const own = owner[name];
    const watched = new Proxy(own, {
      apply(target, self, args) {
        const result: unknown = Reflect.apply(target, self, args);
        try {
          if (putBack.length > 0) see(self, args);
        } catch {
          // What is wrong with a call is the page's to find out.
        }
        return result;
      },
    });
    owner[name] = watched;
    putBack.push(() => {
      // Who wrapped it meanwhile keeps the wrapping; ours then only passes on.
      if (owner[name] === watched) owner[name] = own;
    });
  };
  const look = (url: unknown, value: unknown): void => {
    if (typeof url !== 'string' || typeof value !== 'string' || !/^Bearer \S/i.test(value)) return;
    const { origin, pathname } = new page.URL(url, page.document.baseURI);
    // The console may lie below a context path.
    if (origin === page.location.origin && (pathname.startsWith(path) || pathname.replace(/^\/[^/]+/, '').startsWith(path))) header = value;
  };
  // Objects that make their text on demand are left alone: asked twice, they may answer twice.
  const addressOf = (input: unknown): unknown => (input instanceof page.Request ? input.url : input instanceof page.URL ? input.href : input);
  const authorizationIn = (headers: unknown): string | null => {
    // An iterator can be read once only, and it is the page's.
    const isReadable = headers instanceof page.Headers || Array.isArray(headers) || (typeof headers === 'object' && headers !== null && !(Symbol.iterator in headers));
    return isReadable ? new page.Headers(headers as HeadersInit).get('Authorization') : null;
  };

  watch(page as { fetch: Method }, 'fetch', (_self, [input, init]) => {
    const headers = (init as RequestInit | undefined)?.headers ?? (input instanceof page.Request ? input.headers : undefined);
    look(addressOf(input), authorizationIn(headers));
  });
  const xhr = page.XMLHttpRequest.prototype;
  const targets = new WeakMap<object, unknown>();
  watch(xhr as { open: Method }, 'open', (self, args) => void targets.set(self as object, addressOf(args[1])));
  watch(xhr as { setRequestHeader: Method }, 'setRequestHeader', (self, [name, value]) => {
    if (typeof name === 'string' && name.toLowerCase() === 'authorization') look(targets.get(self as object), value);
  });

  const held: RequestWatch = {
    seen: () => header,
    end: () => {
      clearTimeout(timer);
      for (const restore of putBack.splice(0)) restore();
      header = null;
      if (page[watchKey] === held) delete page[watchKey];
    },
  };
  const timer = setTimeout(held.end, duration);
  Object.defineProperty(page, watchKey, { value: held, configurable: true });
}
