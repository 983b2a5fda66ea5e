import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';

export const root = path.resolve(import.meta.dirname, '../..');
export const browsers = ['chrome', 'firefox'] as const;
export type BrowserName = (typeof browsers)[number];

export function outputOf(browser: BrowserName): string {
  const folder = path.join(root, `.output/${browser}-mv3`);
  if (!existsSync(path.join(folder, 'manifest.json'))) throw new Error(`${folder} is missing: npm run build`);
  return folder;
}

/** Paths inside the package, with `/`. */
export function filesOf(browser: BrowserName): string[] {
  const folder = outputOf(browser);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

export const bytesOf = (browser: BrowserName, file: string): Buffer => readFileSync(path.join(outputOf(browser), file));
export const textOf = (browser: BrowserName, file: string): string => bytesOf(browser, file).toString('utf8');
export const gzipSize = (bytes: Buffer): number => gzipSync(bytes, { level: 9 }).length;

/** What a zip of these files weighs: its records and each file deflated. */
export function zippedSize(browser: BrowserName): number {
  const entries = filesOf(browser).map((file) => 30 + 46 + 2 * file.length + deflateRawSync(bytesOf(browser, file), { level: 9 }).length);
  return entries.reduce((sum, size) => sum + size, 22);
}

/** A page with everything that it loads: scripts, styles, and what those import, static or not. */
export function loadedBy(browser: BrowserName, page: string): string[] {
  const all = new Set(filesOf(browser));
  const found = new Set([page]);
  for (const file of found) {
    if (!/\.(?:html|js|css)$/.test(file)) continue;
    for (const [, reference = ''] of textOf(browser, file).matchAll(/["'`(]((?:\.{0,2}\/)[\w./-]+\.(?:js|css))["'`)]/g)) {
      const target = reference.startsWith('/') ? reference.slice(1) : path.posix.join(path.posix.dirname(file), reference);
      if (!all.has(target)) throw new Error(`${file} refers to ${reference}, which is not in the package`);
      found.add(target);
    }
  }
  return [...found];
}
