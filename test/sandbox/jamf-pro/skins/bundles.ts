import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ConsoleSkin } from '../../types.ts';

export type BundledSkin = Exclude<ConsoleSkin, 'plain'>;
/** A skin, or the whole app of another system. */
export type BundleName = BundledSkin | 'harmony-mobile';

/** Paths on the console's host. */
export interface Bundle {
  script: string;
  style: string | undefined;
}

const root = path.resolve(import.meta.dirname, '../../../..');
const output = path.join(root, '.output/sandbox-skins');
/** Where the bundles' own sources are, each with a main.ts or main.tsx. */
const SOURCES: Readonly<Record<BundleName, string>> = {
  angular: path.join(import.meta.dirname, 'angular'),
  'web-components': path.join(import.meta.dirname, 'web-components'),
  react: path.join(import.meta.dirname, 'react'),
  'harmony-mobile': path.resolve(import.meta.dirname, '../../harmony-mobile/app'),
};
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

/** Folders of the bundles, by skin; one build in a process at most. */
const folders = new Map<BundleName, Promise<string>>();
const folderOf = (skin: BundleName): Promise<string> => {
  const known = folders.get(skin) ?? build(skin);
  folders.set(skin, known);
  // A build that failed is tried again with the next page.
  known.catch(() => folders.delete(skin));
  return known;
};
const isBundled = (name: string): name is BundleName => Object.hasOwn(SOURCES, name);

/** What a page of this skin loads; the first call builds it where no earlier run did. */
export async function getBundle(skin: BundleName): Promise<Bundle> {
  const files = await readdir(await folderOf(skin));
  const pathOf = (file: string): string => `/static/skins/${skin}/${file}`;
  return { script: pathOf('main.js'), style: files.includes('main.css') ? pathOf('main.css') : undefined };
}

/** A file of a bundle, undefined where there is none. */
export async function readBundleFile(skin: string, file: string): Promise<{ type: string; body: string } | undefined> {
  const type = TYPES[path.extname(file)];
  if (!isBundled(skin) || type === undefined) return undefined;
  const folder = await folderOf(skin);
  return (await readdir(folder)).includes(file) ? { type, body: await readFile(path.join(folder, file), 'utf8') } : undefined;
}

async function build(skin: BundleName): Promise<string> {
  const folder = path.join(output, `${skin}-${await fingerprint(skin)}`);
  if (existsSync(folder)) return folder;
  await mkdir(output, { recursive: true });
  const made = await mkdtemp(path.join(output, `${skin}-building-`));
  // In a process of its own, so that the sandbox goes on answering and a test's environment does not get into the bundle.
  const script = path.join(import.meta.dirname, 'build-bundle.ts');
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  try {
    await promisify(execFile)(process.execPath, [...flags, script, SOURCES[skin], made], { env: { ...process.env, NODE_ENV: 'production' } });
  } catch (error) {
    await rm(made, { recursive: true });
    throw error;
  }
  // In one step, so that another process sees all of a bundle or nothing; whichever comes second has built the same.
  await rename(made, folder).catch(() => rm(made, { recursive: true }));
  return folder;
}

/** Of everything that a bundle is made of: its own sources, what the skins share, the words and the versions of the libraries. */
async function fingerprint(skin: BundleName): Promise<string> {
  const filesIn = async (folder: string): Promise<string[]> =>
    (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts')).map((entry) => path.join(folder, entry.name));
  const here = import.meta.dirname;
  const files = [...(await filesIn(SOURCES[skin])), ...(await filesIn(here)), ...(await filesIn(path.join(here, '../pages/static')))];
  const hash = createHash('sha256');
  const rest = [path.join(here, '../pages/words.ts'), path.join(here, '../pages/paths.ts'), path.join(here, '../tsconfig.json'), path.join(root, 'package-lock.json')];
  for (const file of [...files.sort(), ...rest]) hash.update(await readFile(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
