/** `npm test`: every check in order, a later one also when an earlier one failed. Ends with `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type BrowserKind, ensureBrowser } from './setup/browsers.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

type Step = () => Promise<Counts>;

const root = path.resolve(import.meta.dirname, '..');
const reports = path.join(root, 'test-results/reports');
/** A step that hangs is ended after this, ms, so that the others still run. Firefox was seen to take nine minutes on two busy cores. */
const stepLimit = 15 * 60_000;
const inCi = Boolean(process.env['CI']);
const none: Counts = { passed: 0, failed: 0, skipped: 0 };
const onePassed: Counts = { ...none, passed: 1 };
const oneFailed: Counts = { ...none, failed: 1 };
/** Printed just before the last line. */
const notes: string[] = [];
let isBuilt = false;

/** Resolves to the exit code; the program's output goes straight to the terminal. */
function exec(command: string, args: string[], options: { env?: NodeJS.ProcessEnv; shell?: boolean } = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: options.shell ?? false, timeout: stepLimit, env: { ...process.env, ...options.env } });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A program of node_modules under this very Node. */
const execNode = (script: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> => exec(process.execPath, [path.join(root, 'node_modules', script), ...args], { env });

/** On Windows npm is a script, which needs a shell. */
const npmRun = (name: string): Promise<number> => exec('npm', ['run', '--silent', name], { shell: process.platform === 'win32' });

const readReport = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** A runner that says it failed while no test did has crashed. */
const withCrash = (counts: Counts, exitCode: number): Counts => (exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

const npmCheck =
  (name: string): Step =>
  async () =>
    (await npmRun(name)) === 0 ? onePassed : oneFailed;

const vitest =
  (name: string, config: string): Step =>
  async () => {
    const file = path.join(reports, `${name}.json`);
    const exitCode = await execNode('vitest/vitest.mjs', ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
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

const build: Step = async () => {
  isBuilt = (await npmRun('build')) === 0;
  return isBuilt ? none : oneFailed;
};

const afterBuild =
  (step: Step): Step =>
  async () => {
    if (isBuilt) return step();
    console.log('Not run, because the build failed.');
    return oneFailed;
  };

const e2e =
  (kind: BrowserKind): Step =>
  async () => {
    let executable: string;
    try {
      const browser = ensureBrowser(kind, { install: true });
      console.log(`${kind} ${browser.version ?? ''} at ${browser.path}`);
      executable = browser.path;
    } catch (error) {
      if (inCi) throw error;
      notes.push(`Skipped: all tests in ${kind}. ${(error as Error).message}`);
      return none;
    }
    const file = path.join(reports, `e2e-${kind}.json`);
    const exitCode = await execNode('@playwright/test/cli.js', ['test', '--config', 'test/playwright.config.ts', '--project', kind, '--reporter=list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      [kind === 'chromium' ? 'CHROMIUM_PATH' : 'FIREFOX_PATH']: executable,
    });
    const { stats } = readReport(file) as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
    if (stats.flaky > 0) notes.push(`${kind}: ${stats.flaky} tests passed at the second attempt only.`);
    return withCrash({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }, exitCode);
  };

/** The guide is tested in both browsers at once: what one of them says is the truth for the other. */
const guide: Step = async () => {
  try {
    for (const kind of ['chromium', 'firefox'] as const) ensureBrowser(kind, { install: true });
  } catch (error) {
    if (inCi) throw error;
    notes.push(`Skipped: finding controls by name. ${(error as Error).message}`);
    return none;
  }
  return vitest('guide', 'test/guide/vitest.config.ts')();
};

const steps: [title: string, step: Step][] = [
  ['types', npmCheck('typecheck')],
  ['lint', npmCheck('lint')],
  ['unit and property tests', vitest('unit', 'test/vitest.config.ts')],
  ['finding controls by name, in both browsers', guide],
  ['build', build],
  ['checks of the build', afterBuild(vitest('build', 'test/vitest.build.config.ts'))],
  ['Chromium end to end', afterBuild(e2e('chromium'))],
  ['Firefox end to end', afterBuild(e2e('firefox'))],
];

// A report of an earlier run must not speak for a runner that crashes in this one.
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const startedAt = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const total = { ...none };
for (const [index, [title, step]] of steps.entries()) {
  const label = `[${index + 1}/${steps.length}] ${title}`;
  console.log(`\n${label} … (${seconds(startedAt)} so far)`);
  const stepStartedAt = performance.now();
  const counts = await step().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return oneFailed;
  });
  console.log(`${label}: ${counts.failed === 0 ? 'ok' : `${counts.failed} FAILED`}, ${counts.passed} passed, ${seconds(stepStartedAt)}`);
  if (counts.failed > 0) notes.push(`Failed: ${title}`);
  if (counts.skipped > 0) notes.push(`Skipped: ${counts.skipped} of ${title}`);
  total.passed += counts.passed;
  total.failed += counts.failed;
}

console.log(['', `All steps took ${seconds(startedAt)}.`, ...notes].join('\n'));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
