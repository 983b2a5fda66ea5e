/**
 * Gets from a bare checkout to the project's own Node. Plain JavaScript on node: built-ins alone, because it runs
 * on whatever Node 20+ the machine has and before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const windows = process.platform === 'win32';

/** Something the person at the keyboard has to do; shown without a stack. */
export class SetupError extends Error {}

const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** npm writes its hidden lockfile last, so an interrupted install counts as none. */
function isInstalled() {
  if (!existsSync(path.join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(([where, wanted]) => {
    if (where === '') return true;
    const found = installed[where];
    // Optional packages of other platforms are in the lockfile only.
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional || wanted.devOptional || wanted.peer;
  });
}

function install() {
  const startedAt = Date.now();
  console.log('Installing the packages of package-lock.json (npm ci) …');
  // Below error level npm complains about engines, and those are met by the Node that this very install brings.
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: windows });
  if (status !== 0) throw new SetupError('npm ci failed: see above. It needs npm 9 or newer and the npm registry.');
  console.log(`Installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** Version as [major, minor], or undefined where the binary does not run here (another libc, say). */
function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const match = status === 0 && /^v(\d+)\.(\d+)/.exec(stdout);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

const isAtLeast = ([major, minor], wantedMajor, wantedMinor) => major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);

function findNode() {
  const fromPackages = Object.keys(readJson('package.json').optionalDependencies)
    .map((name) => path.join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node'))
    .filter((file) => existsSync(file));
  for (const node of [...fromPackages, process.execPath]) {
    const version = versionOf(node);
    if (version && isAtLeast(version, 22, 13)) return { node, stripsTypes: isAtLeast(version, 22, 18) };
  }
  throw new SetupError(`Node ${process.versions.node} is too old and npm brought none for ${process.platform}-${process.arch}.\nInstall Node 24 (https://nodejs.org/en/download), then run this again.`);
}

/** Installs what is missing and runs a TypeScript file under the project's Node, with this process's arguments and terminal. Resolves to its exit code. */
export async function run(script) {
  if (!isInstalled()) install();
  const { node, stripsTypes } = findNode();
  const flags = ['--disable-warning=ExperimentalWarning', ...(stripsTypes ? [] : ['--experimental-strip-types'])];
  // On Windows the variable may be spelled Path, and two spellings would race.
  const { PATH, Path, ...env } = process.env;
  env.PATH = [path.dirname(node), path.join(root, 'node_modules/.bin'), PATH ?? Path].join(path.delimiter);
  const child = spawn(node, [...flags, path.join(root, script), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env });
  // Ctrl-C reaches the child by itself; this process stays until the child has cleaned up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
