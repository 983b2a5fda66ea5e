/** `npm start`: the production build in Chromium, in front of the sandbox. `--pair` names the story, `--headless` tells all of it and quits. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyWithHosts } from '../e2e/harness/granted-build.ts';
import { Harness } from '../e2e/harness/harness.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { ensureBrowser } from '../setup/browsers.ts';
import { DeedCounter } from './deeds.ts';
import { jamfService } from './jamf-service.ts';
import { Narrator, screenshotDir } from './narrator.ts';
import type { DemoPair } from './pair.ts';
import { ws1Harmony } from './ws1-harmony.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pairs: Record<string, DemoPair> = { 'jamf-service': jamfService, 'ws1-harmony': ws1Harmony };
const { values: options } = parseArgs({ options: { headless: { type: 'boolean', default: false }, pair: { type: 'string', default: 'jamf-service' } } });
const pair = Object.hasOwn(pairs, options.pair) ? pairs[options.pair] : undefined;
if (!pair) {
  console.error(`There is no pair “${options.pair}”. There are: ${Object.keys(pairs).join(', ')}`);
  process.exit(1);
}
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

if (!options.headless && !hasDisplay) {
  console.error(`There is no display here to show a browser on. Run the demo without one, with screenshots instead:\n\n  npm start -- --pair ${options.pair} --headless\n`);
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
await pair.prepare?.();

rmSync(screenshotDir, { recursive: true, force: true });
const granted = options.headless && pair.hosts ? { extensionDir: await copyWithHosts(path.join(root, '.output/demo-extension'), pair.hosts) } : {};
const sandbox = await startSandbox();
const harness = await Harness.launch({ ...granted, browserName: 'chromium', executablePath, sandbox, screenshotDir, headless: options.headless });

const interrupted = new Promise<void>((resolve) => void process.once('SIGINT', resolve).once('SIGTERM', resolve));
try {
  const stage = { narrator: new Narrator(harness), harness, sandbox, deeds: new DeedCounter(harness) };
  const story = (async (): Promise<'told'> => {
    const page = await pair.setUp(stage);
    if (options.headless) {
      const receipt = await pair.tell(stage, page);
      console.log(`Screenshots: ${path.relative(root, screenshotDir)}`);
      console.log(JSON.stringify(receipt));
    } else {
      for (const other of await harness.browser.pages()) if (other.url() === 'about:blank') await other.close();
      await page.bringToFront();
      console.log(pair.next(sandbox));
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
