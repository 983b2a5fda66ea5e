import path from 'node:path';

/*
 * What may touch what (docs/architecture.md), as a table that the rule `keyferry/boundaries` enforces. A file that fits no row is
 * an error too: a new room is a decision, not an accident.
 */

const consoleTypes = 'lib/consoles/console.ts';
const tenants = 'lib/consoles/tenants.ts';
const serviceTypes = 'lib/services/service.ts';
const serviceList = 'lib/services/registry.ts';
const serviceData = /^lib\/services\/[^/]+\/(?:service|recipes)\.ts$/;
const recipeTypes = 'lib/recipes/recipe.ts';
const failure = 'lib/failure.ts';
const secret = 'lib/vault/secret.ts';
const browser = 'lib/platform/browser.ts';
const run = 'lib/run/run.ts';
const guideTypes = 'lib/guide/guide.ts';
const goals = 'lib/guide/goals.ts';

/**
 * `from` and `to` are path prefixes ending in `/`, or whole files; the first row whose `from` fits decides. `own` also allows the
 * importer's own folder. `packages` lists the packages that may be imported with values (types are free). `typesOnly` = nothing
 * but `import type`.
 * @type {{ from: string | RegExp, to: string[], own?: boolean, packages: (string | RegExp)[], typesOnly?: boolean }[]}
 */
const zod = ['zod/mini'];
export const rows = [
  { from: 'entrypoints/', to: ['components/', 'lib/'], own: true, packages: ['react', 'react-dom/client', /^wxt\/utils\/define-/] },
  { from: 'components/', to: ['components/', /^lib\/run\/(?:[a-z]+-)?view\.ts$/, 'lib/run/capture.ts', 'lib/options/view.ts', serviceTypes, run, failure, recipeTypes, consoleTypes], packages: ['react'] },

  { from: failure, to: [], packages: zod },
  { from: secret, to: [], packages: [] },
  { from: 'lib/vault/', to: [secret, browser], packages: zod },
  { from: browser, to: [], packages: ['webextension-polyfill'] },
  { from: 'lib/platform/', to: ['lib/platform/', failure], packages: zod },

  { from: consoleTypes, to: [secret], packages: [], typesOnly: true },
  { from: 'lib/consoles/registry.ts', to: ['lib/consoles/'], packages: [] },
  { from: 'lib/consoles/markers.ts', to: ['lib/consoles/'], packages: [] },
  // Without any console's API: the popup takes it.
  { from: tenants, to: [consoleTypes, /^lib\/consoles\/[^/]+\/tenant\.ts$/], packages: [] },
  // Data of the console's pages, and what follows from what they show.
  { from: /^lib\/(?:consoles|services)\/[^/]+\/guide(?:-[a-z-]+)?\.ts$/, to: [guideTypes, goals, /^lib\/consoles\/[^/]+\/tenant\.ts$/], own: true, packages: [] },
  { from: /^lib\/consoles\/[^/]+\//, to: [consoleTypes, failure, secret], own: true, packages: zod },
  { from: serviceTypes, to: [secret, recipeTypes], packages: zod },
  // Data alone: the popup takes it.
  { from: serviceList, to: [serviceTypes, serviceData], packages: [] },
  { from: serviceData, to: [serviceTypes, 'lib/recipes/'], own: true, packages: [] },
  { from: 'lib/services/adapters.ts', to: ['lib/services/'], packages: [] },
  { from: /^lib\/services\/[^/]+\//, to: [serviceTypes, 'lib/services/http.ts', failure, secret], own: true, packages: zod },
  { from: 'lib/services/http.ts', to: [serviceTypes, failure, secret], packages: zod },
  { from: 'lib/recipes/', to: ['lib/recipes/', consoleTypes, serviceTypes, serviceList], packages: [] },

  // Pure: state and event in, state and effects out (their globals are restricted in eslint.config.js).
  { from: 'lib/run/plan.ts', to: [run, failure, recipeTypes, consoleTypes], packages: [] },
  { from: /^lib\/run\/(?:transition|machine|course|api-course|uem-course)\.ts$/, to: [run, 'lib/run/plan.ts', 'lib/run/machine.ts', 'lib/run/course.ts', 'lib/run/purposes.ts', failure, recipeTypes, consoleTypes], packages: [] },
  { from: /^lib\/run\/(?:[a-z]+-)?view\.ts$/, to: [run, 'lib/run/machine.ts', 'lib/run/uem-course.ts', /^lib\/run\/[a-z]+-view\.ts$/, 'lib/storage/services.ts', 'lib/storage/connections.ts', failure, recipeTypes, consoleTypes, serviceTypes], packages: [] },
  { from: 'lib/run/', to: ['lib/run/', failure, secret, recipeTypes, consoleTypes, serviceTypes], packages: zod },
  { from: 'lib/guide/', to: ['lib/guide/', 'lib/messages/guide-protocol.ts', /^lib\/(?:consoles|services)\/[^/]+\/guide(?:-[a-z-]+)?\.ts$/], packages: zod },

  { from: 'lib/storage/', to: [goals, 'lib/storage/', 'lib/platform/', 'lib/vault/locked-key.ts', failure, run, recipeTypes, consoleTypes, tenants, serviceTypes], packages: zod },
  // Lies in every console page: no library, nothing that it does not use.
  { from: 'lib/messages/detect-content.ts', to: [], packages: [] },
  { from: 'lib/messages/', to: ['lib/messages/', serviceTypes, 'lib/platform/', failure, run, 'lib/run/view.ts', goals, 'lib/storage/hosts.ts', consoleTypes, tenants], packages: zod },
  {
    from: 'lib/popup/',
    to: ['lib/popup/', 'lib/messages/', 'lib/platform/', 'lib/storage/', run, /^lib\/run\/(?:[a-z]+-)?view\.ts$/, 'lib/recipes/', failure, consoleTypes, tenants, serviceTypes, serviceList],
    packages: [],
  },
  { from: 'lib/options/', to: ['lib/options/', serviceTypes, 'lib/messages/', 'lib/platform/', 'lib/storage/', failure, consoleTypes], packages: [] },
  {
    from: 'lib/background/',
    to: ['lib/background/', 'lib/consoles/', 'lib/services/', 'lib/recipes/', 'lib/run/', 'lib/messages/', 'lib/platform/', 'lib/storage/', 'lib/vault/', goals, failure],
    packages: zod,
  },
];

const root = path.resolve(import.meta.dirname, '..');
const inTree = (file) => path.relative(root, file).replaceAll(path.sep, '/');
const fits = (pattern, name) => (pattern instanceof RegExp ? pattern.test(name) : pattern.endsWith('/') ? name.startsWith(pattern) : name === pattern);
const isTest = (name) => name.startsWith('test/') || /\.test\.tsx?$/.test(name);

/** @type {import('eslint').Rule.RuleModule} */
export const boundaries = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      room: '{{importer}} may not import {{target}} (test/eslint-boundaries.js).',
      package: '{{importer}} may not import the package {{target}} (test/eslint-boundaries.js).',
      extension: 'Write the extension of {{target}}.',
      reexport: 'No re-exports: import from the file that declares it.',
      types: '{{importer}} takes types only: `import type`.',
      roomless: '{{importer}} fits no row of test/eslint-boundaries.js: decide what it may import.',
    },
  },
  create(context) {
    const importer = inTree(context.physicalFilename);
    const row = rows.find(({ from }) => fits(from, importer));
    const free = isTest(importer);

    function check(node, target, isTypeOnly) {
      const report = (messageId) => context.report({ node, messageId, data: { importer, target } });
      if (!target.startsWith('.')) {
        if (target.startsWith('/') || target.startsWith('@/') || target.startsWith('~')) report('room');
        else if (!free && row && !isTypeOnly && !row.packages.some((one) => fits(one, target))) report('package');
        return;
      }
      if (!/\.(?:tsx?|m?js|css|json)$/.test(target)) report('extension');
      if (free || !row) return;
      const resolved = inTree(path.resolve(path.dirname(context.physicalFilename), target));
      const own = row.own === true && resolved.startsWith(`${importer.slice(0, importer.lastIndexOf('/'))}/`);
      if (!own && !row.to.some((to) => fits(to, resolved))) report('room');
      else if (row.typesOnly === true && !isTypeOnly) report('types');
    }
    const isTypeImport = (node) =>
      node.importKind === 'type' || node.exportKind === 'type' || (node.specifiers?.length > 0 && node.specifiers.every((one) => one.importKind === 'type'));

    return {
      Program(node) {
        if (!free && !row) context.report({ node, messageId: 'roomless', data: { importer } });
      },
      ImportDeclaration: (node) => check(node, node.source.value, isTypeImport(node)),
      ImportExpression: (node) => typeof node.source.value === 'string' && check(node, node.source.value, false),
      TSImportType: (node) => {
        const target = node.source?.value ?? node.argument?.literal?.value;
        if (typeof target === 'string') check(node, target, true);
      },
      ExportAllDeclaration: (node) => !free && context.report({ node, messageId: 'reexport' }),
      ExportNamedDeclaration: (node) => !free && node.source && context.report({ node, messageId: 'reexport' }),
    };
  },
};
