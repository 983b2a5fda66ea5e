import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test as base, type TestInfo } from '@playwright/test';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../sandbox/types.ts';
import { getBrowser } from '../../setup/browsers.ts';
import { copyWithHosts } from './granted-build.ts';
import { Harness } from './harness.ts';

export { expect } from '@playwright/test';
export * from './ui.ts';

interface Fixtures {
  /** Change with `test.use({ sandboxOptions: … })`. */
  sandboxOptions: SandboxOptions;
  /**
   * Host patterns that this browser's admin has allowed already, in Chromium, whose prompt nobody can answer: a copy of the build asks
   * for them at installation. In Firefox every prompt is answered with yes.
   */
  grantedHosts: string[];
  /** A sandbox of the test's own. */
  sandbox: Sandbox;
  /** A browser and profile of the test's own, with Keyferry, routed to the sandbox. */
  harness: Harness;
}

/** The same specs run in both browsers; `browserName` is `chromium` or `firefox`. */
export const test = base.extend<Fixtures>({
  sandboxOptions: [{ largeTenantComputers: 500 }, { option: true }],

  sandbox: async ({ sandboxOptions }, use) => {
    const sandbox = await startSandbox(sandboxOptions);
    await use(sandbox);
    await sandbox.close();
  },

  grantedHosts: [[], { option: true }],

  harness: async ({ browserName, sandbox, grantedHosts }, use, testInfo) => {
    if (browserName === 'webkit') throw new Error('Keyferry has no build for WebKit');
    const { path: executablePath } = getBrowser(browserName);
    const granted = browserName === 'chromium' && grantedHosts.length > 0 ? { extensionDir: await copyWithHosts(extensionCopy(testInfo), grantedHosts) } : {};
    const harness = await Harness.launch({ ...granted, browserName, executablePath, sandbox, screenshotDir: path.join(testInfo.project.outputDir, 'screenshots') });
    try {
      await use(harness);
      if (testInfo.status !== testInfo.expectedStatus) await saveTraces(harness, testInfo.outputDir);
    } finally {
      await harness.dispose();
    }
  },
});

/** Not below the test's own folder: where no locale is set, Chromium finds no path with a letter beyond ASCII, as in a title. */
const extensionCopy = ({ project, testId, retry }: TestInfo): string => path.join(project.outputDir, 'extensions', `${testId}-${String(retry)}`);

/** What a failed test leaves to look at: every open tab and every console line. */
async function saveTraces(harness: Harness, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await atMost(5000, saveLogs(harness, dir));
  // A test may have closed the browser itself.
  const pages = harness.isOpen ? await harness.browser.pages() : [];
  for (const [index, page] of pages.entries()) {
    // A tab behind another one draws nothing, so its picture would never come; and puppeteer takes one picture at a time.
    const isSaved = await atMost(5000, page.bringToFront().then(() => page.screenshot({ path: path.join(dir, `tab-${index}.png`) })));
    if (!isSaved) break;
  }
}

async function saveLogs(harness: Harness, dir: string): Promise<void> {
  const logs = await harness.logs();
  await writeFile(path.join(dir, 'console.log'), logs.map(({ level, text, source }) => `${level} ${source}: ${text}\n`).join(''));
}

/** Whether it was done within `limit` ms. What takes longer is let be: the test's own failure is what counts. */
const atMost = (limit: number, work: Promise<unknown>): Promise<boolean> => Promise.race([work.then(() => true, () => true), sleep(limit, false, { ref: false })]);
