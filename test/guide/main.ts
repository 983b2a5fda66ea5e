/** `npm run test:guide`: all tests of the guide, with every variant of every page. Ends with `right N, none N, wrong N`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/guide/vitest.config.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { VARIANTS: '12', EVERYTHING: '1', ...process.env },
});
const { right, none, wrong } = JSON.parse(readFileSync(path.join(root, 'test-results/reports/robustness.json'), 'utf8')) as Record<'right' | 'none' | 'wrong', number>;
console.log(`right ${right}, none ${none}, wrong ${wrong}`);
process.exitCode = status ?? 1;
