import { browser } from './browser.ts';

/** Asks the browser for one origin; call it straight from a click, before anything is awaited. */
export function requestOrigin(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [`${origin}/*`] });
}
