/** `npm start`: the production build in Chromium, in front of the sandbox. `--headless` runs the story and quits. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Harness } from '../e2e/harness/harness.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { ensureBrowser } from '../setup/browsers.ts';
import { runMinimalScript } from './minimal-script.ts';
import { Narrator, screenshotDir, tellConnect, tellSetup } from './steps.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({ options: { headless: { type: 'boolean', default: false } } });
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

if (!options.headless && !hasDisplay) {
  console.error('There is no display here to show a browser on. Run the demo without one, with screenshots instead:\n\n  npm start -- --headless\n');
  process.exit(1);
}

const { path: executablePath, version } = ensureBrowser('chromium', { install: true });
console.log(`Chromium ${version ?? ''} at ${executablePath}`);

console.log('Building Keyferry …');
const build = spawnSync(process.execPath, [path.join(root, 'node_modules/wxt/bin/wxt.mjs'), 'build'], { cwd: root, encoding: 'utf8' });
if (build.status !== 0) {
  console.error(build.stdout, build.stderr);
  process.exit(1);
}

rmSync(screenshotDir, { recursive: true, force: true });
const sandbox = await startSandbox();
const harness = await Harness.launch({ browserName: 'chromium', executablePath, sandbox, screenshotDir, headless: options.headless });

const interrupted = new Promise<void>((resolve) => void process.once('SIGINT', resolve).once('SIGTERM', resolve));
try {
  const narrator = new Narrator(harness);
  const story = (async (): Promise<'told'> => {
    const page = await tellSetup(narrator, harness, sandbox);
    if (options.headless) {
      const receipt = await tellConnect(narrator, harness, sandbox, page);
      const scriptCalls = await runMinimalScript(sandbox, 'globex', receipt.role, sandbox.tenant('acme').roles().find(({ displayName }) => displayName === receipt.role)?.privileges ?? [], true);
      console.log(`Clicks from the open popup to the receipt: ${receipt.clicks}. Calls to the console's API: ${receipt.apiCalls}; a minimal script: ${scriptCalls}.`);
      if (receipt.apiCalls > scriptCalls) throw new Error('Keyferry needs more calls than a minimal script');
      console.log(`Screenshots: ${path.relative(root, screenshotDir)}`);
      console.log(JSON.stringify(receipt));
    } else {
      for (const other of await harness.browser.pages()) if (other.url() === 'about:blank') await other.close();
      await page.bringToFront();
      console.log('Keyferry is in the toolbar: the key over a wave. Click it, then Connect.');
    }
    return 'told';
  })();
  if ((await Promise.race([story, interrupted])) === 'told' && !options.headless) {
    console.log('The browser is yours. Close it, or press Ctrl-C, to end.');
    await Promise.race([new Promise((resolve) => harness.browser.once('disconnected', resolve)), interrupted]);
  }
} finally {
  await harness.dispose();
  await sandbox.close();
}
