import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import type { browser as extensionApi } from '../../../lib/platform/browser.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import { launchChromium } from './chromium.ts';
import { type BrowserName, type Driver, type LogEntry, poll } from './driver.ts';
import { launchFirefox } from './firefox.ts';

export type { BrowserName, LogEntry } from './driver.ts';
export { poll } from './driver.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** The production build, absolute. */
export const extensionDirs: Record<BrowserName, string> = {
  chromium: path.join(root, '.output/chrome-mv3'),
  firefox: path.join(root, '.output/firefox-mv3'),
};

export interface HarnessOptions {
  browserName: BrowserName;
  executablePath: string;
  sandbox: Pick<Sandbox, 'proxyPort' | 'spki'>;
  screenshotDir: string;
  /** Default true. */
  headless?: boolean;
  /** Default: the production build. */
  extensionDir?: string;
}

/** Works on the browser's extension API; runs in a page, so it can close over nothing. */
type InExtension<Args extends unknown[], Result> = (api: typeof extensionApi, ...args: Args) => Result | Promise<Result>;

/** One browser with Keyferry in it, on a profile of its own, with the sandbox as its whole internet. */
export class Harness {
  readonly browserName: BrowserName;
  /** Stays after closeBrowser(), so that a test can search it; goes with dispose(). */
  readonly profileDir: string;
  readonly #options: HarnessOptions;
  readonly #pastLogs: LogEntry[] = [];
  #driver: Driver | undefined;

  private constructor(options: HarnessOptions, profileDir: string) {
    this.#options = options;
    this.browserName = options.browserName;
    this.profileDir = profileDir;
  }

  static async launch(options: HarnessOptions): Promise<Harness> {
    const harness = new Harness(options, await mkdtemp(path.join(tmpdir(), `keyferry-${options.browserName}-`)));
    try {
      await harness.#start();
    } catch (error) {
      await harness.dispose();
      throw error;
    }
    return harness;
  }

  async #start(): Promise<void> {
    const { browserName, executablePath, sandbox, headless = true, extensionDir = extensionDirs[browserName] } = this.#options;
    if (!existsSync(path.join(extensionDir, 'manifest.json'))) throw new Error(`No build in ${extensionDir}: run \`npm run build\` first`);
    const launch = browserName === 'chromium' ? launchChromium : launchFirefox;
    this.#driver = await launch({ executablePath, extensionDir, headless, profileDir: this.profileDir, proxyPort: sandbox.proxyPort, spki: sandbox.spki });
  }

  #running(): Driver {
    if (!this.#driver) throw new Error('The browser is closed');
    return this.#driver;
  }

  get isOpen(): boolean {
    return this.#driver !== undefined;
  }

  /** Puppeteer's browser, for what the harness has no word for. */
  get browser(): Browser {
    return this.#running().browser;
  }

  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  get extensionOrigin(): string {
    return this.#running().extensionOrigin;
  }

  /** A new tab in front, loaded. */
  async openConsole(url: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(url);
    await page.bringToFront();
    return page;
  }

  /** Chromium: the real popup over the page. Firefox: the popup's page in a tab of its own. */
  async openPopup(consolePage: Page): Promise<Page> {
    return this.#running().openPopup(consolePage);
  }

  /** A page of the extension, such as `/options.html`, in a new tab in front. */
  async openExtensionPage(pagePath: `/${string}`): Promise<Page> {
    const page = await this.browser.newPage();
    await this.#running().goto(page, this.extensionOrigin + pagePath);
    return page;
  }

  /** A tab that the extension itself opened, by the start of its path. */
  async waitForExtensionPage(pathStart: `/${string}`): Promise<Page> {
    const start = this.extensionOrigin + pathStart;
    return poll(`a tab on ${start}`, async () => {
      for (const page of await this.browser.pages()) {
        // In Firefox page.url() does not know extension pages, and a tab just closed may still be listed.
        const url = await page.evaluate(() => location.href).catch(() => '');
        if (url.startsWith(start)) return page;
      }
      return undefined;
    });
  }

  /** Runs a function with the extension's API in a page of the extension that has no script of its own, in a background tab. */
  async inExtension<Args extends unknown[], Result>(work: InExtension<Args, Result>, ...args: Args): Promise<Result> {
    const page = await this.browser.newPage({ background: true });
    try {
      await this.#running().goto(page, `${this.extensionOrigin}/manifest.json`);
      return (await page.evaluate(`(${work.toString()})(globalThis.browser ?? chrome, ...${JSON.stringify(args)})`)) as Result;
    } finally {
      await page.close();
    }
  }

  /** All of one storage area. */
  async storage(area: 'local' | 'session'): Promise<Record<string, unknown>> {
    return this.inExtension((api, name) => api.storage[name].get(), area);
  }

  async isBackgroundRunning(): Promise<boolean> {
    return this.#running().isBackgroundRunning();
  }

  /** Stops the background as the browser does when it idles, and makes sure that it was stopped. The next event wakes it. */
  async killBackground(): Promise<void> {
    await this.#running().stopBackground();
  }

  /** Every console line and uncaught error since the first launch. */
  async logs(): Promise<LogEntry[]> {
    return [...this.#pastLogs, ...((await this.#driver?.logs()) ?? [])];
  }

  /** Saves `<name>.png`; resolves to the file. */
  async screenshot(page: Page, name: string): Promise<string> {
    await mkdir(this.#options.screenshotDir, { recursive: true });
    const file = path.join(this.#options.screenshotDir, `${name}.png`);
    const popup = await page.$('body > #app > .popup');
    // What was clicked may have scrolled the too low window.
    if (popup) await page.evaluate(() => scrollTo(0, 0));
    const box = await popup?.boundingBox();
    // Headless Chromium's window for the popup is lower than a visible browser's would be.
    await page.screenshot({ path: file, ...(box ? { clip: box, captureBeyondViewport: true } : { captureBeyondViewport: false }) });
    return file;
  }

  /** Quits the browser as its user does; the profile stays on disk. */
  async closeBrowser(): Promise<void> {
    if (!this.#driver) return;
    this.#pastLogs.push(...(await this.#driver.logs()));
    await this.#driver.browser.close();
    this.#driver = undefined;
  }

  /** Quits and starts again on the same profile. */
  async restartBrowser(): Promise<void> {
    await this.closeBrowser();
    await this.#start();
  }

  /** Closes the browser and removes the profile. */
  async dispose(): Promise<void> {
    await this.#driver?.browser.close();
    this.#driver = undefined;
    // The browser's last processes may still write.
    await rm(this.profileDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
