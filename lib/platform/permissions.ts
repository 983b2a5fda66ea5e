import { browser } from './browser.ts';

/** The host pattern of an origin, or of all hosts below one (`https://*.example.com`). Firefox takes no port in it, and without one every port is meant. */
export function patternOf(origin: string): string {
  // No URL for Firefox.
  if (origin.startsWith('https://*.')) return `${origin}/*`;
  return `https://${new URL(origin).hostname}/*`;
}

/** Whether an address lies at `base`: the same origin, and its context path whole. */
export function isBelow(url: string, base: string): boolean {
  return url.startsWith(base) && /^(?:[/?#]|$)/.test(url.slice(base.length));
}

/** Asks the browser for these origins; call it straight from a click, before anything is awaited. Silent where all are granted already. */
export function requestOrigins(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: [...new Set(origins.map(patternOf))] });
}

export function areAllowed(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.contains({ origins: [...new Set(origins.map(patternOf))] });
}
