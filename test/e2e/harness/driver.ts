import type { Browser, Page } from 'puppeteer-core';

export type BrowserName = 'chromium' | 'firefox';

/** One line of any console: pages, content scripts, extension pages, background; uncaught errors have level `exception`. */
export interface LogEntry {
  level: string;
  text: string;
  /** URL of the script or page that it came from, as far as the browser tells. */
  source: string;
}

export interface LaunchOptions {
  executablePath: string;
  /** Unpacked production build, absolute. */
  extensionDir: string;
  profileDir: string;
  headless: boolean;
  /** The sandbox's CONNECT proxy on loopback, the only way to the network. */
  proxyPort: number;
  /** Base64 SHA-256 of the sandbox's public key. */
  spki: string;
}

/** What differs between the browsers; everything else is in harness.ts. */
export interface Driver {
  browser: Browser;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  extensionOrigin: string;
  /** Resolves when the extension's page has loaded. */
  goto(page: Page, url: string): Promise<void>;
  openPopup(consolePage: Page): Promise<Page>;
  isBackgroundRunning(): Promise<boolean>;
  /** Resolves when it has stopped; a page may have woken another one since. */
  stopBackground(): Promise<void>;
  /** Everything logged since the launch. */
  logs(): Promise<LogEntry[]>;
}

/** Polls until `probe` gives something other than undefined or false; times in ms. */
export async function poll<T>(what: string, probe: () => Promise<T | undefined | false>, timeout = 10_000, interval = 50): Promise<T> {
  const deadline = Date.now() + timeout;
  let lastError: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      lastError = undefined;
    } catch (error) {
      // A page that navigates or closes under a probe throws; the next round sees the new one.
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  } while (Date.now() < deadline);
  throw new Error(`Waited ${timeout} ms for ${what}`, { cause: lastError });
}
