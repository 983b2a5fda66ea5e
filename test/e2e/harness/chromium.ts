import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer, { type Browser, type CDPSession, type Protocol, type Target } from 'puppeteer-core';
import { type Driver, type LaunchOptions, type LogEntry, poll } from './driver.ts';

export async function launchChromium(options: LaunchOptions): Promise<Driver> {
  if (!options.headless) await preparePreferences(options.profileDir, options.extensionDir);
  const browser = await puppeteer.launch({
    executablePath: options.executablePath,
    headless: options.headless,
    // Over the pipe an unpacked extension can be loaded in branded builds too, where --load-extension is gone.
    pipe: true,
    enableExtensions: [options.extensionDir],
    userDataDir: options.profileDir,
    defaultViewport: null,
    // A person watches: no bar that says "controlled by automated test software".
    ...(options.headless ? {} : { ignoreDefaultArgs: ['--enable-automation'] }),
    args: [
      `--proxy-server=http://127.0.0.1:${options.proxyPort}`,
      '--proxy-bypass-list=<-loopback>',
      `--ignore-certificate-errors-spki-list=${options.spki}`,
      '--disable-quic',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--disable-features=AutofillServerCommunication',
      '--no-default-browser-check',
      '--lang=en-US',
      '--window-size=1280,900',
      // Chromium refuses to run its sandbox as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const logs = collectLogs(browser);
  // Loading answers before the extension is listed.
  const extension = await poll('the extension to be loaded', async () => [...(await browser.extensions()).values()].find((candidate) => candidate.path === options.extensionDir));
  const extensionOrigin = `chrome-extension://${extension.id}`;
  const findWorker = (): Target | undefined => browser.targets().find((target) => target.type() === 'service_worker' && target.url().startsWith(extensionOrigin));

  return {
    browser,
    extensionOrigin,
    goto: async (page, url) => void (await page.goto(url)),
    openPopup: async (consolePage) => {
      await consolePage.bringToFront();
      const known = new Set(browser.targets());
      await consolePage.triggerExtensionAction(extension);
      const target = await browser.waitForTarget((candidate) => !known.has(candidate) && candidate.url().startsWith(`${extensionOrigin}/popup.html`), { timeout: 10_000 });
      const popup = await target.asPage();
      // Headless Chromium does not fit the popup's window to its content as a visible one does (at most 800 x 600).
      if (options.headless) await popup.setViewport({ width: 380, height: 600 });
      return popup;
    },
    isBackgroundRunning: async () => findWorker() !== undefined,
    stopBackground: async () => {
      const target = findWorker();
      if (!target) return;
      await logs.release(target);
      await (await target.worker())?.close();
      await poll('the background to stop', async () => !browser.targets().includes(target));
    },
    logs: logs.read,
  };
}

/** For a person who watches: the extension's button in the toolbar instead of behind the puzzle piece, no offer to save passwords. */
async function preparePreferences(profileDir: string, extensionDir: string): Promise<void> {
  // Chromium derives the id of an unpacked extension from its path: SHA-256, 16 bytes, written with the letters a to p.
  const digest = createHash('sha256').update(extensionDir).digest('hex').slice(0, 32);
  const id = [...digest].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
  await mkdir(path.join(profileDir, 'Default'), { recursive: true });
  const preferences = { extensions: { pinned_extensions: [id] }, credentials_enable_service: false, profile: { password_manager_enabled: false } };
  await writeFile(path.join(profileDir, 'Default/Preferences'), JSON.stringify(preferences), { flag: 'wx' }).catch(() => undefined);
}

/** Attaches to every target; the browser replays what was logged before. */
function collectLogs(browser: Browser) {
  const entries: LogEntry[] = [];
  const pending = new Set<Promise<void>>();
  const sessions = new Map<Target, CDPSession>();
  const track = (work: Promise<void>): void => {
    // A target that goes away while it is read has nothing more to say.
    const done = work.catch(() => undefined).finally(() => pending.delete(done));
    pending.add(done);
  };
  const attach = async (target: Target): Promise<void> => {
    const session = await target.createCDPSession();
    sessions.set(target, session);
    session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      track(describeAll(session, args).then((text) => void entries.push({ level: type, text, source: stackTrace?.callFrames[0]?.url ?? target.url() })));
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception, url } }) => {
      entries.push({ level: 'exception', text: `${text} ${exception?.description ?? String(exception?.value)}`, source: url ?? target.url() });
    });
    session.on('Log.entryAdded', ({ entry: { level, text, url } }) => entries.push({ level, text, source: url ?? target.url() }));
    await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
  };
  const consider = (target: Target): void => {
    if (['page', 'service_worker', 'other'].includes(target.type()) && !target.url().startsWith('chrome://')) track(attach(target));
  };
  browser.targets().forEach(consider);
  browser.on('targetcreated', consider);
  return {
    read: async (): Promise<LogEntry[]> => {
      await Promise.all(pending);
      return entries;
    },
    /** A service worker stops only when no debugger is attached to it. */
    release: async (target: Target): Promise<void> => {
      await Promise.all(pending);
      await sessions.get(target)?.detach();
      sessions.delete(target);
    },
  };
}

/** Objects in full, as a secret may sit deep in one. */
async function describeAll(session: CDPSession, args: Protocol.Runtime.RemoteObject[]): Promise<string> {
  const texts = args.map(async ({ objectId, description, value }) => {
    if (objectId === undefined) return String(value);
    const { result } = await session.send('Runtime.callFunctionOn', { objectId, functionDeclaration: 'function () { return JSON.stringify(this); }', returnByValue: true });
    return `${description} ${String(result.value)}`;
  });
  return (await Promise.all(texts)).join(' ');
}
