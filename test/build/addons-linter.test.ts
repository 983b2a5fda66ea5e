import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { outputOf, root } from './output.ts';

interface Message {
  code: string;
  file?: string;
  message: string;
}

/** Known warnings: how many, where, and why they stay. Any other, or any more of these, fails. */
const known: { code: string; file: RegExp; count: number; why: string }[] = [
  { code: 'UNSAFE_VAR_ASSIGNMENT', file: /^chunks\//, count: 2, why: 'React: its `dangerouslySetInnerHTML` (unused here) and how it makes a script element that does not run' },
  { code: 'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION', file: /^manifest\.json$/, count: 1, why: 'Firefox for Android before 142 overlooks data_collection_permissions; Keyferry is for the desktop' },
];

it('Mozilla\'s linter finds no error, and no warning that is not known', () => {
  let printed: string;
  try {
    printed = execFileSync(process.execPath, [path.join(root, 'node_modules/web-ext/bin/web-ext.js'), 'lint', '--source-dir', outputOf('firefox'), '--output', 'json', '--no-config-discovery'], { encoding: 'utf8', env: { ...process.env, CI: '1' }, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // It exits with 1 when it found errors; they stand in its output.
    printed = (error as { stdout: string }).stdout;
  }
  const report = JSON.parse(printed.slice(printed.indexOf('{'))) as { errors: Message[]; warnings: Message[]; notices: Message[]; metadata: { id: string } };
  expect(report.metadata.id).toBe('keyferry@keyferry.dev');
  expect(report.errors).toEqual([]);
  expect(report.notices).toEqual([]);
  expect(report.warnings.filter((warning) => !known.some(({ code, file }) => code === warning.code && file.test(warning.file ?? '')))).toEqual([]);
  for (const { code, file, count } of known) expect([code, report.warnings.filter((warning) => warning.code === code && file.test(warning.file ?? '')).length]).toEqual([code, count]);
});
