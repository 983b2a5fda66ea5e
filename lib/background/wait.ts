import { KeyferryError } from '../failure.ts';

/** Rejects at once when the signal aborts. @param duration ms */
export function wait(duration: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new KeyferryError('unexpected', { name: 'stopped' }));
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(new KeyferryError('unexpected', { name: 'stopped' }));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, duration);
    signal.addEventListener('abort', stop, { once: true });
  });
}
