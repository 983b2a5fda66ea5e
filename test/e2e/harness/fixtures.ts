import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../sandbox/types.ts';
import { getBrowser } from '../../setup/browsers.ts';
import { extensionDirs, Harness } from './harness.ts';

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
    const granted = browserName === 'chromium' && grantedHosts.length > 0 ? await copyWithHosts(testInfo.outputPath('extension'), grantedHosts) : {};
    const harness = await Harness.launch({ ...granted, browserName, executablePath, sandbox, screenshotDir: path.join(testInfo.project.outputDir, 'screenshots') });
    try {
      await use(harness);
      if (testInfo.status !== testInfo.expectedStatus) await saveTraces(harness, testInfo.outputDir);
    } finally {
      await harness.dispose();
    }
  },
});

async function copyWithHosts(extensionDir: string, hosts: string[]): Promise<{ extensionDir: string }> {
  await cp(extensionDirs.chromium, extensionDir, { recursive: true });
  const file = path.join(extensionDir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { host_permissions: string[] };
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: [...manifest.host_permissions, ...hosts] }));
  return { extensionDir };
}

/** What a failed test leaves to look at: every open tab and every console line. */
async function saveTraces(harness: Harness, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const logs = await harness.logs();
  await writeFile(path.join(dir, 'console.log'), logs.map(({ level, text, source }) => `${level} ${source}: ${text}\n`).join(''));
  // A test may have closed the browser itself.
  const pages = harness.isOpen ? await harness.browser.pages() : [];
  for (const [index, page] of pages.entries()) {
    // A tab behind others may never be drawn.
    const late = new Promise((resolve) => setTimeout(resolve, 3_000));
    await Promise.race([page.screenshot({ path: path.join(dir, `tab-${index}.png`) }).catch(() => undefined), late]);
  }
}
