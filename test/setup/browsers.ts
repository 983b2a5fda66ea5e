/** Finds the browsers for the tests and the demo, and installs them where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

export type BrowserKind = 'chromium' | 'firefox';

export interface FoundBrowser {
  path: string;
  /** Dotted, such as `156.0.8078.79`; undefined where the browser does not tell without being started. */
  version: string | undefined;
}

const root = path.resolve(import.meta.dirname, '../..');
const titles: Record<BrowserKind, string> = { chromium: 'Chromium', firefox: 'Firefox' };
/** The same as in the manifests. */
const minimumMajor: Record<BrowserKind, number> = { chromium: 121, firefox: 140 };
const pathVariables: Record<BrowserKind, string> = { chromium: 'CHROMIUM_PATH', firefox: 'FIREFOX_PATH' };

export const findChromium = (): FoundBrowser | undefined => findBrowser('chromium');
export const findFirefox = (): FoundBrowser | undefined => findBrowser('firefox');

/** A browser that is new enough; throws with what to do where there is none. */
export function getBrowser(kind: BrowserKind): FoundBrowser {
  const browser = findBrowser(kind);
  if (!browser) throw new Error(`No ${titles[kind]} found. ${howToInstall(kind)}`);
  const major = Number.parseInt(browser.version ?? '', 10);
  if (major < minimumMajor[kind]) {
    throw new Error(`${titles[kind]} ${browser.version} at ${browser.path} is too old: Keyferry needs ${minimumMajor[kind]} or newer. ${howToInstall(kind)}`);
  }
  return browser;
}

/** Like getBrowser, and installs a missing browser first if asked to. */
export function ensureBrowser(kind: BrowserKind, { install }: { install: boolean }): FoundBrowser {
  if (install && !findBrowser(kind)) {
    console.log(`No ${titles[kind]} found: installing it …`);
    for (const [command, ...args] of installCommands(kind)) {
      console.log(`> ${[command, ...args].join(' ')}`);
      // No shell except on Windows, where npx is a script; nothing here comes from outside.
      spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    }
  }
  return getBrowser(kind);
}

function findBrowser(kind: BrowserKind): FoundBrowser | undefined {
  const chosen = process.env[pathVariables[kind]];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`${pathVariables[kind]} is set to ${chosen}, and there is no such file.`);
    return { path: chosen, version: versionOf(kind, chosen) };
  }
  const found = [...wellKnownPlaces(kind), ...onPath(kind)].find((file) => existsSync(file));
  return found === undefined ? undefined : { path: found, version: versionOf(kind, found) };
}

/** Chromium before branded builds: those may be under a company's policy that forbids unpacked extensions. */
function wellKnownPlaces(kind: BrowserKind): string[] {
  const home = homedir();
  if (process.platform === 'win32') {
    const { LOCALAPPDATA: local = path.join(home, 'AppData/Local') } = process.env;
    const programs = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], local].filter((dir) => dir !== undefined);
    const inPrograms = (...names: string[]): string[] => names.flatMap((name) => programs.map((dir) => path.join(dir, name)));
    return kind === 'firefox'
      ? inPrograms('Mozilla Firefox/firefox.exe')
      : [
          ...inPrograms('Chromium/Application/chrome.exe'),
          ...playwrightChromium(path.join(local, 'ms-playwright'), ['chrome-win64/chrome.exe', 'chrome-win/chrome.exe']),
          ...inPrograms('Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'),
        ];
  }
  if (process.platform === 'darwin') {
    const inApplications = (name: string, binary = name): string[] =>
      ['/Applications', path.join(home, 'Applications')].map((dir) => path.join(dir, `${name}.app/Contents/MacOS/${binary}`));
    return kind === 'firefox'
      ? inApplications('Firefox', 'firefox')
      : [
          ...inApplications('Chromium'),
          ...inApplications('Google Chrome for Testing'),
          ...playwrightChromium(path.join(home, 'Library/Caches/ms-playwright'), [
            'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
            'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
            'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
          ]),
          ...inApplications('Google Chrome'),
          ...inApplications('Microsoft Edge'),
        ];
  }
  return kind === 'firefox'
    ? ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/usr/lib/firefox/firefox', '/opt/firefox/firefox']
    : ['/usr/bin/chromium', '/usr/lib/chromium/chromium', ...playwrightChromium(path.join(home, '.cache/ms-playwright'), ['chrome-linux64/chrome', 'chrome-linux/chrome'])];
}

/** Browsers that Playwright downloaded, newest first. */
function playwrightChromium(cache: string, binaries: string[]): string[] {
  const dir = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? cache;
  if (!existsSync(dir)) return [];
  const revisions = readdirSync(dir).filter((name) => /^chromium-\d+$/.test(name));
  revisions.sort((a, b) => Number(b.slice('chromium-'.length)) - Number(a.slice('chromium-'.length)));
  return revisions.flatMap((revision) => binaries.map((binary) => path.join(dir, revision, binary)));
}

function onPath(kind: BrowserKind): string[] {
  const names = kind === 'firefox' ? ['firefox-esr', 'firefox'] : ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
  const dirs = (process.env['PATH'] ?? '').split(path.delimiter).filter((dir) => dir !== '');
  const extension = process.platform === 'win32' ? '.exe' : '';
  return names.flatMap((name) => dirs.map((dir) => path.join(dir, name + extension)));
}

function versionOf(kind: BrowserKind, file: string): string | undefined {
  const dir = path.dirname(realpathSync(file));
  // On Windows `--version` opens a window.
  if (kind === 'chromium' && process.platform === 'win32') {
    return readdirSync(dir).map((name) => /^(\d+\.\d+\.\d+\.\d+)(\.manifest)?$/.exec(name)?.[1]).find((version) => version !== undefined);
  }
  const ini = [path.join(dir, 'application.ini'), path.join(dir, '../Resources/application.ini')].find((candidate) => existsSync(candidate));
  if (kind === 'firefox' && ini) return /^Version=(.+)$/m.exec(readFileSync(ini, 'utf8'))?.[1];
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return /\d+(\.\d+)+/.exec(stdout ?? '')?.[0];
}

/** `ID` and `ID_LIKE` of Linux; Ubuntu's own packages of both browsers are snaps, which cannot use a profile in /tmp. */
function isDebian(): boolean {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** How to get root without a password, or undefined. */
function asRoot(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

type Command = [command: string, ...args: string[]];

function installCommands(kind: BrowserKind): Command[] {
  const prefix = process.platform === 'linux' ? asRoot() : undefined;
  if (prefix && isDebian()) {
    const apt = (...args: string[]): Command => [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args] as unknown as Command;
    return [apt('update'), apt('install', '-y', '--no-install-recommends', kind === 'firefox' ? 'firefox-esr' : 'chromium')];
  }
  if (kind === 'firefox') return [];
  return [['npx', 'playwright', 'install', ...(prefix ? ['--with-deps'] : []), '--no-shell', 'chromium']];
}

function howToInstall(kind: BrowserKind): string {
  const download = kind === 'firefox' ? 'https://www.mozilla.org/firefox/' : 'https://www.chromium.org/getting-involved/download-chromium/';
  const commands: Record<BrowserKind, string> =
    process.platform === 'darwin'
      ? { chromium: 'npx playwright install chromium', firefox: 'brew install --cask firefox' }
      : process.platform === 'win32'
        ? { chromium: 'npx playwright install chromium', firefox: 'winget install Mozilla.Firefox' }
        : isDebian()
          ? { chromium: 'sudo apt-get install -y chromium', firefox: 'sudo apt-get install -y firefox-esr' }
          : { chromium: 'npx playwright install --with-deps chromium', firefox: `install Firefox ${minimumMajor.firefox} or newer, not as a snap or flatpak, from ${download}` };
  return `Do this: ${commands[kind]}\nOr set ${pathVariables[kind]} to one that you have (${download}).`;
}
