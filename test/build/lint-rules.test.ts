import path from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './output.ts';

/*
 * Each boundary fires: text that breaks it is linted under the name of a real file (type information needs one), never written.
 */

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint({ cwd: root, overrideConfigFile: path.join(root, 'test/eslint.config.js') });
});

/** Rules that found something in `code`, were it the content of `file`. */
async function rulesFor(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  const messages = result?.messages ?? [];
  expect(messages.filter((one) => one.fatal)).toEqual([]);
  return [...new Set(messages.map((one) => one.ruleId ?? 'none'))];
}

const boundaries = 'keyferry/boundaries';
const use = (names: string, from: string): string => `import { ${names} } from '${from}';\nexport const used = [${names}];\n`;
const useType = (name: string, from: string): string => `import type { ${name} } from '${from}';\nexport type Used = ${name};\n`;

/** rule, file, code */
const broken: [rule: string, what: string, file: string, code: string][] = [
  [boundaries, 'a component takes storage', 'components/Popup.tsx', use('runStore', '../lib/storage/runs.ts')],
  [boundaries, 'a component takes the transition', 'components/Popup.tsx', use('transition', '../lib/run/transition.ts')],
  [boundaries, 'a component takes a console\'s registry', 'components/Popup.tsx', use('findTenant', '../lib/consoles/registry.ts')],
  [boundaries, 'a component takes the vault', 'components/screens/Failed.tsx', use('vault', '../../lib/vault/vault.ts')],
  [boundaries, 'a component takes a secret\'s type', 'components/screens/Failed.tsx', useType('Secret', '../../lib/vault/secret.ts')],
  [boundaries, 'a component takes an entrypoint', 'components/Popup.tsx', "import '../entrypoints/background.ts';"],
  [boundaries, 'lib takes a component', 'lib/popup/controller.ts', use('Popup', '../../components/Popup.tsx')],
  [boundaries, 'lib takes an entrypoint', 'lib/background/background.ts', "import '../../entrypoints/background.ts';"],
  [boundaries, 'the product takes a test', 'lib/run/plan.ts', use('PRIVILEGES', '../../test/sandbox/jamf-pro/privileges.ts')],
  [boundaries, 'an entrypoint takes a test', 'entrypoints/background.ts', use('PRIVILEGES', '../test/sandbox/jamf-pro/privileges.ts')],
  [boundaries, 'a component takes a test', 'components/Popup.tsx', use('states', '../test/gallery/states.ts')],
  [boundaries, 'a console takes a service', 'lib/consoles/jamf-pro/api.ts', use('integrationApi', '../../services/integration-api/service.ts')],
  [boundaries, 'a console takes a service\'s type', 'lib/consoles/jamf-pro/api.ts', useType('ServiceAdapter', '../../services/service.ts')],
  [boundaries, 'a service takes a console', 'lib/services/integration-api/service.ts', use('jamfPro', '../../consoles/jamf-pro/adapter.ts')],
  [boundaries, 'a console takes another console', 'lib/consoles/jamf-pro/api.ts', use('other', '../workspace-one/api.ts')],
  [boundaries, 'a console takes the browser', 'lib/consoles/jamf-pro/api.ts', use('browser', '../../platform/browser.ts')],
  [boundaries, 'a recipe takes an adapter', 'lib/recipes/registry.ts', use('jamfPro', '../consoles/jamf-pro/adapter.ts')],
  [boundaries, 'the transition takes the browser', 'lib/run/transition.ts', use('browser', '../platform/browser.ts')],
  [boundaries, 'the plan takes the effects', 'lib/run/plan.ts', use('performStep', './effects.ts')],
  [boundaries, 'the view takes the runner', 'lib/run/view.ts', use('Runner', './runner.ts')],
  [boundaries, 'the transition takes a package', 'lib/run/transition.ts', use('randomUUID', 'node:crypto')],
  [boundaries, 'the Run takes an adapter', 'lib/run/effects.ts', use('jamfPro', '../consoles/jamf-pro/adapter.ts')],
  [boundaries, 'the popup takes the vault', 'lib/popup/controller.ts', use('vault', '../vault/vault.ts')],
  [boundaries, 'messages take the vault', 'lib/messages/broker.ts', use('vault', '../vault/vault.ts')],
  [boundaries, 'storage takes the vault', 'lib/storage/runs.ts', use('vault', '../vault/vault.ts')],
  [boundaries, 'another file than platform/browser.ts takes the polyfill', 'lib/platform/tabs.ts', use('browser', 'webextension-polyfill')],
  [boundaries, 'what lies in every page takes a library', 'lib/messages/detect-content.ts', "import * as z from 'zod/mini';\nexport const used = z;"],
  [boundaries, 'what lies in every page takes a value', 'lib/messages/detect-content.ts', use('consoleIds', '../consoles/console.ts')],
  [boundaries, 'an import by alias', 'lib/run/plan.ts', use('runStore', '@/lib/storage/runs')],
  [boundaries, 'a dynamic import over a boundary', 'lib/popup/controller.ts', "export const load = () => import('../vault/vault.ts');"],
  [boundaries, 'a type import over a boundary', 'components/Popup.tsx', "export type Used = import('../lib/vault/secret.ts').Secret;"],
  [boundaries, 'an import without extension', 'lib/run/plan.ts', useType('Run', './run')],
  [boundaries, 'a barrel', 'lib/run/run.ts', "export * from './plan.ts';"],
  [boundaries, 'a re-export', 'lib/run/run.ts', "export { planRun } from './plan.ts';"],
  ['@typescript-eslint/no-restricted-imports', 'the polyfill elsewhere', 'lib/messages/broker.ts', use('browser', 'webextension-polyfill')],
  ['@typescript-eslint/no-restricted-imports', 'all of zod', 'lib/run/run.ts', use('z', 'zod')],
  ['no-restricted-globals', 'the browser\'s global in lib', 'lib/storage/item.ts', 'export const used: unknown = chrome;'],
  ['no-restricted-globals', 'page storage', 'components/Popup.tsx', "export const used = localStorage.getItem('x');"],
  ...(['lib/run/transition.ts', 'lib/run/plan.ts', 'lib/run/view.ts'] as const).flatMap((file): [string, string, string, string][] => [
    ['no-restricted-globals', `a clock in ${file}`, file, 'export const used = Date.now();'],
    ['no-restricted-globals', `a date in ${file}`, file, 'export const used = new Date();'],
    ['no-restricted-globals', `a timer in ${file}`, file, 'export const used = performance.now();'],
    ['no-restricted-globals', `a random id in ${file}`, file, 'export const used = crypto.randomUUID();'],
    ['no-restricted-globals', `a request in ${file}`, file, "export const used = () => fetch('/');"],
    ['no-restricted-globals', `the browser in ${file}`, file, 'export const used: unknown = browser;'],
    ['no-restricted-globals', `a way round in ${file}`, file, 'export const used = globalThis;'],
    ['no-restricted-properties', `randomness in ${file}`, file, 'export const used = Math.random();'],
  ]),
  ...(['lib/run/effects.ts', 'lib/background/background.ts', 'lib/popup/controller.ts', 'lib/messages/broker.ts', 'components/Popup.tsx', 'entrypoints/background.ts'] as const).map((file): [string, string, string, string] => ['no-restricted-syntax', `a secret opened in ${file}`, file, 'export const used = (secret: { reveal(): string }) => secret.reveal();']),
  ['no-restricted-syntax', 'a secret opened by index', 'lib/run/effects.ts', "export const used = (secret: { reveal(): string }) => secret['reveal']();"],
  ['no-restricted-syntax', 'a secret opened by taking its method', 'lib/run/effects.ts', 'export const used = ({ reveal }: { reveal: () => string }) => reveal();'],
  ['no-restricted-syntax', 'a secret opened elsewhere in world.ts', 'lib/background/world.ts', 'export function callWithSession(secret: { reveal(): string }) { return secret.reveal(); }'],
  ['no-console', 'a log in lib', 'lib/run/runner.ts', "console.log('x');"],
  ['no-console', 'a log in a component', 'components/Popup.tsx', "console.error('x');"],
  ['no-console', 'a log in an entrypoint', 'entrypoints/background.ts', "console.warn('x');"],
  ['import-x/no-default-export', 'a default export in lib', 'lib/run/plan.ts', 'export default 1;'],
  ['import-x/no-default-export', 'a default export of a component', 'components/Popup.tsx', 'export default 1;'],
  ['import-x/no-cycle', 'a cycle', 'lib/run/plan.ts', "import { apiCourse } from './api-course.ts';\nexport const comparePrivileges = apiCourse, planRun = apiCourse, wantedPrivileges = apiCourse;"],
  ['@typescript-eslint/no-explicit-any', 'any', 'lib/run/plan.ts', 'export const used = (x: any): void => void x;'],
  ['@typescript-eslint/no-unsafe-call', 'a value of type any that is called', 'lib/run/plan.ts', "export const used = () => { JSON.parse('1')(); };"],
  ['@typescript-eslint/no-floating-promises', 'a promise that nobody waits for', 'lib/run/runner.ts', 'export const used = (): void => { Promise.resolve(1); };'],
  ['@typescript-eslint/switch-exhaustiveness-check', 'a forgotten case', 'lib/run/plan.ts', "export const used = (x: 'a' | 'b'): number => { switch (x) { case 'a': return 1; } return 2; };"],
  ['@typescript-eslint/consistent-type-imports', 'a type imported as a value', 'lib/run/plan.ts', "import { Run } from './run.ts';\nexport type Used = Run;"],
  ['no-eval', 'eval', 'lib/run/effects.ts', "eval('1');"],
  ['no-new-func', 'a function out of text', 'lib/run/effects.ts', "export const used = new Function('1');"],
  ['react-hooks/rules-of-hooks', 'a hook in a condition', 'components/Popup.tsx', "import { useState } from 'react';\nexport function Popup(p: { x: boolean }) { if (p.x) { useState(1); } return null; }"],
];

/** The same in the one place where it belongs: no boundary fires. */
const fine: [what: string, file: string, code: string][] = [
  ['a component takes the view', 'components/Popup.tsx', useType('View', '../lib/run/view.ts')],
  ['an entrypoint takes lib', 'entrypoints/background.ts', use('startBackground', '../lib/background/background.ts')],
  ['the background takes the vault', 'lib/background/background.ts', use('vault', '../vault/vault.ts')],
  ['platform/browser.ts takes the polyfill', 'lib/platform/browser.ts', "import browser from 'webextension-polyfill';\nexport { browser };"],
  ['types of the polyfill', 'lib/messages/broker.ts', useType('Runtime', 'webextension-polyfill')],
  ['a clock outside the pure files', 'lib/run/effects.ts', 'export const used = Date.now();'],
  ['a secret opened in an adapter', 'lib/services/integration-api/service.ts', 'export const used = (secret: { reveal(): string }) => secret.reveal();'],
  ['a secret opened in callWithToken', 'lib/background/world.ts', 'export function callWithToken(secret: { reveal(): string }) { return secret.reveal(); }'],
  ['a test takes anything', 'lib/run/plan.test.ts', use('PRIVILEGES', '../../test/sandbox/jamf-pro/privileges.ts')],
  ['an entrypoint exports by default', 'entrypoints/background.ts', 'export default 1;'],
];

describe('a boundary fires', { timeout: 120_000 }, () => {
  it.each(broken)('%s: %s', async (rule, _what, file, code) => {
    expect(await rulesFor(file, code)).toContain(rule);
  });
});

describe('and only there', { timeout: 120_000 }, () => {
  it.each(fine)('%s', async (_what, file, code) => {
    expect(await rulesFor(file, code)).toEqual([]);
  });

  it('a file that fits no row is told so', async () => {
    expect(await rulesFor('lib/nowhere/new.mjs', 'export const used = 1;')).toEqual([boundaries]);
  });

  it('what is built, generated or the vendor\'s is not linted, all else is', async () => {
    for (const file of ['.output/chrome-mv3/background.js', '.wxt/wxt.d.ts']) expect([file, await eslint.isPathIgnored(path.join(root, file))]).toEqual([file, true]);
    for (const file of ['lib/run/run.ts', 'components/Popup.tsx', 'entrypoints/popup/main.tsx', 'test/sandbox/main.ts', 'wxt.config.ts']) expect([file, await eslint.isPathIgnored(path.join(root, file))]).toEqual([file, false]);
  });
});
