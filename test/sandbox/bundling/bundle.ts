import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** Script and style of pages that a public component library makes. */
export interface BundleDefinition {
  /** Of its folder. */
  name: string;
  /** Absolute. */
  entry: string;
  framework?: 'angular';
  /** Files and folders (without those below) that it is made of, beside the entry's folder: absolute. */
  sources: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../../..');
const output = path.join(root, '.output/sandbox-skins');
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

/** Built once, by whichever run needs it first, and kept as long as nothing that it is made of changes. */
export class Bundle {
  readonly #definition: BundleDefinition;
  #folder: Promise<string> | undefined;

  constructor(definition: BundleDefinition) {
    this.#definition = definition;
  }

  /** Names of its files: `main.js`, and `main.css` where it has styles. */
  async files(): Promise<string[]> {
    return await readdir(await this.#build());
  }

  /** Undefined where there is no such file. */
  async read(file: string): Promise<{ type: string; body: string } | undefined> {
    const type = TYPES[path.extname(file)];
    if (type === undefined || !(await this.files()).includes(file)) return undefined;
    return { type, body: await readFile(path.join(await this.#build(), file), 'utf8') };
  }

  /** One build in a process at most. */
  #build(): Promise<string> {
    this.#folder ??= buildIn(this.#definition);
    // A build that failed is tried again with the next page.
    this.#folder.catch(() => (this.#folder = undefined));
    return this.#folder;
  }
}

async function buildIn(definition: BundleDefinition): Promise<string> {
  const { name, entry, framework } = definition;
  const folder = path.join(output, `${name}-${await fingerprint(definition)}`);
  if (existsSync(folder)) return folder;
  await mkdir(output, { recursive: true });
  const made = await mkdtemp(path.join(output, `${name}-building-`));
  // In a process of its own, so that the sandbox goes on answering and a test's environment does not get into the bundle.
  const script = path.join(import.meta.dirname, 'build-bundle.ts');
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  try {
    await promisify(execFile)(process.execPath, [...flags, script, entry, made, ...(framework === undefined ? [] : [framework])], { env: { ...process.env, NODE_ENV: 'production' } });
  } catch (error) {
    await rm(made, { recursive: true });
    throw error;
  }
  // In one step, so that another process sees all of a bundle or nothing; whichever comes second has built the same.
  await rename(made, folder).catch(() => rm(made, { recursive: true }));
  return folder;
}

/** Of everything that a bundle is made of: its own sources, those it names, how it is built, and the versions of the libraries. */
async function fingerprint({ entry, sources }: BundleDefinition): Promise<string> {
  const filesIn = async (folder: string): Promise<string[]> =>
    (await readdir(folder, { withFileTypes: true })).filter((one) => one.isFile() && !one.name.endsWith('.test.ts')).map((one) => path.join(folder, one.name));
  const places = [path.dirname(entry), import.meta.dirname, path.join(root, 'package-lock.json'), ...sources];
  const files = await Promise.all(places.map(async (place) => (statSync(place).isDirectory() ? await filesIn(place) : [place])));
  const hash = createHash('sha256');
  for (const file of files.flat().sort()) hash.update(await readFile(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
