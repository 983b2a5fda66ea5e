import { findRoots } from './locate.ts';

/** What no observer sees (properties, layout, the end of an animation) is looked at this often, ms. */
const lookAgain = 60;

/**
 * Waits for the page: the first answer of `check` that is not undefined, or undefined after `ms`, or once nothing has changed in
 * the page for `quiet` ms. Rejects when the signal aborts.
 */
export function until<T>(document: Document, check: () => T | undefined, signal: AbortSignal, ms: number, quiet = ms): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const started = performance.now();
    let changed = started;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      clearTimeout(timer);
      observer.disconnect();
      signal.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      end();
      reject(signal.reason as Error);
    };
    const look = (): void => {
      clearTimeout(timer);
      try {
        const answer = check();
        const now = performance.now();
        if (answer === undefined && now - started < ms && now - changed < quiet) {
          timer = setTimeout(look, lookAgain);
          return;
        }
        end();
        resolve(answer);
      } catch (error) {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const observer = observe(document, () => {
      changed = performance.now();
      clearTimeout(timer);
      timer = setTimeout(look, 0);
    });
    signal.addEventListener('abort', abort);
    look();
  });
}

/** Every change in the document and in the open shadow roots and frames that are in it now. */
export function observe(document: Document, tell: (records: MutationRecord[]) => void): MutationObserver {
  const observer = new MutationObserver(tell);
  for (const root of findRoots(document)) observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  return observer;
}
