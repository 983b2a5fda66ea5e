import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { services } from '../../lib/services/registry.ts';
import { browsers, bytesOf, filesOf, gzipSize, loadedBy, root, textOf, zippedSize } from './output.ts';

/** Limits in bytes, gzip (1 kB = 1000 B). React's DOM renderer alone is some 60 kB of the popup. */
const limits = { contentScript: 3_000, guide: 58_000, popup: 131_000, whole: 244_000 };

/** Where services are, and where the facts of their recipes were read. */
const ofServices = services.flatMap(({ address, help, recipes, uemRecipe }) => [
  ...(address.kind === 'fixed' ? address.options.map((one) => one.address) : []),
  help,
  ...[...recipes, ...(uemRecipe ? [uemRecipe] : [])].flatMap(({ sources }) => sources),
]);

describe.each(browsers)('the package for %s', (browser) => {
  const files = filesOf(browser);
  const scripts = files.filter((file) => file.endsWith('.js'));
  const texts = files.filter((file) => /\.(?:js|css|html|json)$/.test(file));
  const contentScripts = files.filter((file) => file.startsWith('content-scripts/'));

  it('is small: what lies in every console page, what the popup loads, and the whole', () => {
    const sizes = {
      contentScript: gzipSize(bytesOf(browser, 'content-scripts/console.js')),
      // Only while a guided Run is on.
      guide: gzipSize(bytesOf(browser, 'content-scripts/guide.js')),
      popup: loadedBy(browser, 'popup.html').reduce((sum, file) => sum + gzipSize(bytesOf(browser, file)), 0),
      whole: zippedSize(browser),
    };
    console.log(`${browser}: ${JSON.stringify(sizes)}`);
    for (const part of ['contentScript', 'guide', 'popup', 'whole'] as const) {
      expect(sizes[part], part).toBeGreaterThan(300);
      expect(sizes[part], part).toBeLessThanOrEqual(limits[part]);
    }
  });

  it('the popup loads its script, its style and what they share, and the side panel the same', () => {
    const loaded = loadedBy(browser, 'popup.html');
    const ownPages = (file: string): boolean => !file.endsWith('.html');
    expect(loadedBy(browser, 'sidepanel.html').filter(ownPages)).toEqual(loaded.filter(ownPages));
    expect(loaded.filter((file) => file.endsWith('.js')).length).toBeGreaterThanOrEqual(2);
    expect(loaded.filter((file) => file.endsWith('.css'))).toHaveLength(1);
    // Nothing in the package is left over.
    const used = new Set([...loaded, ...loadedBy(browser, 'sidepanel.html'), ...loadedBy(browser, 'options.html'), ...loadedBy(browser, 'background.js'), ...contentScripts, 'manifest.json']);
    expect(files.filter((file) => !used.has(file) && !file.endsWith('.png'))).toEqual([]);
  });

  it('content scripts load nothing', () => {
    expect(contentScripts).toEqual(['content-scripts/console.js', 'content-scripts/guide.js', 'content-scripts/page-requests.js']);
    for (const file of contentScripts) {
      // Chromium refuses a script with a noncharacter in it as not being UTF-8.
      expect(textOf(browser, file)).not.toMatch(/[\ufdd0-\ufdef\ufffd-\uffff]/);
      expect(textOf(browser, file)).not.toMatch(/\bimport\s*[({"'`]|\brequire\(|react/i);
    }
  });

  it('what is in every console page, or in the page\'s own world, is pure ASCII and holds no library', () => {
    for (const file of ['content-scripts/console.js', 'content-scripts/page-requests.js']) {
      expect([...bytesOf(browser, file)].filter((byte) => byte > 0x7e || (byte < 0x20 && byte !== 0x0a && byte !== 0x09))).toEqual([]);
      expect(textOf(browser, file)).not.toMatch(/\bimport\b|\brequire\(|react|zod/i);
    }
  });

  it.each(scripts)('%s makes no code out of text', (file) => {
    const text = textOf(browser, file);
    expect(text.length).toBeGreaterThan(100);
    // zod's own probe (`new Function("")`, caught) is not in zod/mini's build; it would be found here.
    expect(text.match(/\beval\s*\(|\bnew\s+Function\b|(?<![\w.])Function\s*\(|\.constructor\s*\(\s*["'`]/g) ?? []).toEqual([]);
    expect(text.match(/set(?:Timeout|Interval)\s*\(\s*["'`]/g) ?? []).toEqual([]);
  });

  it.each(scripts)('%s loads nothing from elsewhere', (file) => {
    const text = textOf(browser, file);
    expect(text.match(/import\s*\(?\s*["'`](?:https?:)?\/\/|importScripts|createElement\(\s*["'`]script["'`]\s*\)\s*\.\s*src\s*=/g) ?? []).toEqual([]);
    /** Names of things and texts, none of which is called. */
    const known = [
      // React: namespaces of XML, and pages that its error messages point to.
      /^https?:\/\/www\.w3\.org\//,
      /^https:\/\/react\.dev\/errors\//,
      // zod: names of JSON Schema versions.
      /^https?:\/\/json-schema\.org\//,
      // The console's own addresses, as a pattern or in a regular expression.
      /^https:\/\/(?:\*|\[a-z0-9-\]\+|[\w-]+)(?:\.jamfcloud\.com\b|$)/,
      /^https:\/\/cn1234\.awmdm\.com$/,
      /^https:\/\/\(as\[0-9\]\+\|[^ ]*$/,
      /^https:\/\/\*\.uemauth\.workspaceone\.com$/,
      /^https:\/\/login\.tailscale\.com\/admin\/machines$/,
      /^https:\/\/(?:cloudinfra-gw(?:-us|-ap)?\.)?portal\.checkpoint\.com$/,
      /^https:\/\/(?:api\.)?itmc\.i\.moneyforward\.com(?:\/api\/v1)?$/,
      // The beginning of a pattern of hosts.
      /^https:\/\/\*\.$/,
      // Sentences about addresses, and hints in fields.
      /^https:\/\/\.?$/,
      /^https:\/\/(?:[\w.-]+\.)?example(?:\.com)?[./]?$/,
      // The scheme with a value behind it.
      /^https:\/\/\$\{/,
    ];
    const addresses = [...text.matchAll(/https?:\/\/[^\s"'`\\)<>,;]*/g)].map((match) => match[0]);
    expect(addresses.filter((address) => !known.some((one) => one.test(address)) && !ofServices.some((one) => one.startsWith(address)))).toEqual([]);
  });

  it.each(texts)('%s shows neither its sources nor the machine that built it', (file) => {
    const text = textOf(browser, file);
    expect(text).not.toMatch(/sourceMappingURL|sourcesContent/);
    for (const place of [root, os.homedir(), os.tmpdir(), 'node_modules/', 'file://', 'C:\\\\']) if (place.length > 1) expect(text.includes(place), place).toBe(false);
    expect(text).not.toMatch(/jsxDEV|react-dom-client\.development|__vite|import\.meta\.hot|@vite\/client/);
  });

  it.each(texts)('%s knows nothing of the tests', (file) => {
    expect(textOf(browser, file)).not.toMatch(/127\.0\.0\.1|localhost|fleet-ledger|larkspur|hunter2|BEGIN (?:RSA |EC )?PRIVATE KEY/i);
  });

  it('has no source map', () => {
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  });
});

it('both packages do the same: the same scripts, but for what the browser\'s name is built into', () => {
  const sizes = (browser: (typeof browsers)[number]): number => filesOf(browser).filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + bytesOf(browser, file).length, 0);
  expect(Math.abs(sizes('chrome') - sizes('firefox'))).toBeLessThan(2_000);
});
