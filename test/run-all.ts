/** `npm test`: every check, two of them side by side, a later one also when an earlier one failed. Ends with `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { APP_BUNDLE } from './sandbox/harmony-mobile/app-bundle.ts';
import { getBundle } from './sandbox/jamf-pro/skins/bundles.ts';
import { OAUTH_BUNDLE } from './sandbox/workspace-one/console-app.ts';
import { type BrowserKind, ensureBrowser } from './setup/browsers.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  /** Before each line that it prints, and in the name of its report. */
  name: string;
  title: string;
  run: (name: string) => Promise<Counts>;
}

const root = path.resolve(import.meta.dirname, '..');
const reports = path.join(root, 'test-results/reports');
/** A step that hangs is ended after this, ms, so that the others still run. Chromium was seen to take twenty-five minutes on two cores with much else to do. */
const stepLimit = (process.env['EVERYTHING'] ? 90 : 40) * 60_000;
/** Of each step: two steps at a time share the cores. */
const workers = String(Math.max(1, Math.floor(availableParallelism() / 2)));
const inCi = Boolean(process.env['CI']);
const none: Counts = { passed: 0, failed: 0, skipped: 0 };
const onePassed: Counts = { ...none, passed: 1 };
const oneFailed: Counts = { ...none, failed: 1 };
/** Printed just before the last line. */
const notes: string[] = [];
let isBuilt = false;

const print = (name: string, line: string): void => console.log(`${name.padEnd(8)} | ${line}`);

/** Resolves to the exit code; the program's output goes to the terminal, each line with the step's name. */
async function exec(name: string, command: string, args: string[], { env, shell = false }: { env?: NodeJS.ProcessEnv; shell?: boolean } = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell, timeout: stepLimit, env: { ...process.env, ...env } });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => print(name, line));
  const closed = once(child, 'close').catch(() => undefined);
  const [code] = (await once(child, 'exit')) as [number | null];
  // What it said last is still to be printed; a browser that outlives a step that was ended may hold its output open.
  await Promise.race([closed, sleep(2000, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();
  return code ?? 1;
}

/** A program of node_modules under this very Node. */
const execNode = (name: string, script: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> => exec(name, process.execPath, [path.join(root, 'node_modules', script), ...args], { env });

/** On Windows npm is a script, which needs a shell. */
const npmRun = (name: string, script: string): Promise<number> => exec(name, 'npm', ['run', '--silent', script], { shell: process.platform === 'win32' });

const readReport = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** A runner that says it failed while no test did has crashed. */
const withCrash = (counts: Counts, exitCode: number): Counts => (exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

const npmCheck =
  (script: string): Step['run'] =>
  async (name) =>
    (await npmRun(name, script)) === 0 ? onePassed : oneFailed;

const vitest =
  (config: string): Step['run'] =>
  async (name) => {
    const file = path.join(reports, `${name}.json`);
    const exitCode = await execNode(name, 'vitest/vitest.mjs', ['run', '--config', config, '--maxWorkers', workers, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    const report = readReport(file) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
      testResults: { status: string; assertionResults: { status: string }[] }[];
    };
    // A file that does not even load has no failed test to show.
    const brokenFiles = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'));
    return withCrash({ passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length, skipped: report.numPendingTests + report.numTodoTests }, exitCode);
  };

const build: Step['run'] = async (name) => {
  isBuilt = (await npmRun(name, 'build')) === 0;
  return isBuilt ? none : oneFailed;
};

const afterBuild =
  (run: Step['run']): Step['run'] =>
  async (name) => {
    if (isBuilt) return run(name);
    print(name, 'Not run, because the build failed.');
    return oneFailed;
  };

/** Once, before several tests at once want them. */
const sandboxPages: Step['run'] = async () => {
  for (const skin of ['angular', 'web-components', 'react'] as const) await getBundle(skin);
  for (const bundle of [OAUTH_BUNDLE, APP_BUNDLE]) await bundle.files();
  return none;
};

/** Why there is no such browser. */
const missing = new Map<BrowserKind, Error>();

/** First of all, since unit tests of the sandbox use Chromium too. */
function findBrowsers(): void {
  for (const kind of ['chromium', 'firefox'] as const) {
    try {
      const browser = ensureBrowser(kind, { install: true });
      console.log(`${kind} ${browser.version ?? ''} at ${browser.path}`);
    } catch (error) {
      missing.set(kind, error as Error);
    }
  }
}

/** In CI a browser that is missing is a failure; elsewhere it is told at the end. */
const withBrowsers =
  (kinds: readonly BrowserKind[], run: Step['run']): Step['run'] =>
  async (name) => {
    const error = kinds.map((kind) => missing.get(kind)).find((one) => one !== undefined);
    if (error === undefined) return run(name);
    if (inCi) throw error;
    notes.push(`Skipped: all of ${name}. ${error.message}`);
    return none;
  };

const e2e: Step['run'] = async (name) => {
  const file = path.join(reports, `${name}.json`);
  const args = ['test', '--config', 'test/playwright.config.ts', '--project', name, '--workers', workers, '--reporter=list,json'];
  const exitCode = await execNode(name, '@playwright/test/cli.js', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const { stats } = readReport(file) as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
  if (stats.flaky > 0) notes.push(`${name}: ${stats.flaky} tests passed at the second attempt only.`);
  return withCrash({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }, exitCode);
};

/** Every other step needs what it writes, types too. */
const first: Step = { name: 'build', title: 'build', run: build };
/** Those that take long before those that fill the gaps. */
const others: Step[] = [
  { name: 'pages', title: 'pages of the sandbox', run: sandboxPages },
  { name: 'lint', title: 'lint', run: npmCheck('lint') },
  { name: 'firefox', title: 'Firefox end to end', run: afterBuild(withBrowsers(['firefox'], e2e)) },
  { name: 'chromium', title: 'Chromium end to end', run: afterBuild(withBrowsers(['chromium'], e2e)) },
  // In both browsers at once: what one of them says is the truth for the other.
  { name: 'guide', title: 'the guide in both browsers', run: withBrowsers(['chromium', 'firefox'], vitest('test/guide/vitest.config.ts')) },
  { name: 'unit', title: 'unit and property tests', run: vitest('test/vitest.config.ts') },
  { name: 'contract', title: 'requests against the vendors’ descriptions', run: vitest('test/contract/vitest.config.ts') },
  { name: 'package', title: 'checks of the build', run: afterBuild(vitest('test/vitest.build.config.ts')) },
  { name: 'types', title: 'types', run: npmCheck('typecheck') },
];

// A report of an earlier run must not speak for a runner that crashes in this one.
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const startedAt = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const total = { ...none };

async function runStep({ name, title, run }: Step): Promise<void> {
  console.log(`\n${title} … (${seconds(startedAt)} so far)`);
  const stepStartedAt = performance.now();
  const counts = await run(name).catch((error: unknown) => {
    print(name, error instanceof Error ? error.message : String(error));
    return oneFailed;
  });
  console.log(`\n${title}: ${counts.failed === 0 ? 'ok' : `${counts.failed} FAILED`}, ${counts.passed} passed, ${seconds(stepStartedAt)}`);
  if (counts.failed > 0) notes.push(`Failed: ${title}`);
  if (counts.skipped > 0) notes.push(`Skipped: ${counts.skipped} of ${title}`);
  total.passed += counts.passed;
  total.failed += counts.failed;
}

/** One step after the other, as long as there are any. */
async function runOthers(): Promise<void> {
  for (let step = others.shift(); step; step = others.shift()) await runStep(step);
}

findBrowsers();
await runStep(first);
await Promise.all([runOthers(), runOthers()]);

console.log(['', `All steps took ${seconds(startedAt)}.`, ...notes].join('\n'));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
