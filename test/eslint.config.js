import path from 'node:path';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { boundaries } from './eslint-boundaries.js';

const product = ['lib/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}', 'entrypoints/**/*.{ts,tsx}'];
const tests = ['**/*.test.{ts,tsx}', 'test/**'];
/** A default export is what their tools load. */
const defaultExports = ['entrypoints/*.ts', 'entrypoints/*/index.ts', '**/*.config.{ts,js}'];

const restrictedGlobals = (message, names) => names.map((name) => ({ name, message }));

export default defineConfig(
  globalIgnores(['.output/**', '.wxt/**', 'test-results/**', 'public/**', 'test/sandbox/*/pages/static/**']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: path.resolve(import.meta.dirname, '..') } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/external-module-folders': ['node_modules'],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true, allowDefaultCaseForExhaustiveSwitch: true }],
      // A promise is a value like any other: adapters and fakes fulfil asynchronous contracts without awaiting.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    ignores: ['wxt.config.ts'],
    plugins: { keyferry: { rules: { boundaries } } },
    rules: { 'keyferry/boundaries': 'error' },
  },
  { files: defaultExports, rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['components/**/*.{ts,tsx}', 'entrypoints/**/*.tsx', 'test/gallery/**'],
    ...reactHooks.configs.flat.recommended,
  },
  {
    files: product,
    ignores: tests,
    rules: {
      // A log can hold what nobody meant to log.
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      'no-restricted-globals': [
        'error',
        ...restrictedGlobals('lib/platform/browser.ts has the one `browser`.', ['browser', 'chrome']),
        ...restrictedGlobals('State lives in browser.storage, validated.', ['localStorage', 'sessionStorage', 'indexedDB']),
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'webextension-polyfill', message: 'lib/platform/browser.ts has the one `browser`.', allowTypeImports: true },
            { name: 'zod', message: 'zod/mini: the popup must stay small.' },
          ],
        },
      ],
    },
  },
  { files: ['lib/platform/browser.ts'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  {
    files: product,
    ignores: [...tests, 'lib/vault/**', 'lib/consoles/**', 'lib/services/**', 'lib/background/world.ts', 'lib/background/guiding.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='reveal'], MemberExpression[property.value='reveal'], ObjectPattern > Property[key.name='reveal']", message: 'Secrets are opened in the vault, the adapters, callWithToken and #fillSecret of the guide only.' },
      ],
    },
  },
  {
    files: ['lib/background/world.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='reveal']:not(FunctionDeclaration[id.name='callWithToken'] *)", message: 'In this file callWithToken alone opens a secret.' },
      ],
    },
  },
  {
    files: ['lib/background/guiding.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='reveal']:not(MethodDefinition[key.type='PrivateIdentifier'][key.name='fillSecret'] *)", message: 'In this file #fillSecret alone opens a secret.' },
      ],
    },
  },
  {
    files: ['lib/run/transition.ts', 'lib/run/plan.ts', 'lib/run/view.ts', 'lib/run/machine.ts', 'lib/run/api-course.ts', 'lib/run/uem-course.ts', 'lib/run/uem-view.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...restrictedGlobals('Pure: events carry the time.', ['Date', 'performance', 'setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame', 'Temporal']),
        ...restrictedGlobals('Pure: no randomness.', ['crypto']),
        ...restrictedGlobals('Pure: no browser.', ['browser', 'chrome', 'window', 'self', 'globalThis', 'document', 'location', 'navigator', 'fetch', 'localStorage', 'sessionStorage', 'indexedDB', 'process']),
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Pure: no randomness.' }],
    },
  },
  {
    // Test code speaks to fakes and to JSON of unknown shape; what it asserts is checked by running it.
    files: tests,
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      // The sandbox prints unknown JSON on purpose, and names special values beside `string`.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
);
