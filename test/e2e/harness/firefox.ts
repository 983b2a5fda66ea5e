import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { type Driver, type LaunchOptions, type LogEntry, poll } from './driver.ts';

export async function launchFirefox(options: LaunchOptions): Promise<Driver> {
  const manifest = JSON.parse(readFileSync(path.join(options.extensionDir, 'manifest.json'), 'utf8')) as { browser_specific_settings: { gecko: { id: string } } };
  const id = manifest.browser_specific_settings.gecko.id;
  const uuid = originOf(options.profileDir);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: options.executablePath,
    headless: options.headless,
    acceptInsecureCerts: true,
    userDataDir: options.profileDir,
    defaultViewport: null,
    // System access: for moz-extension: pages in tabs, and for the parent process below.
    args: ['--remote-allow-system-access', '--width=1280', '--height=900'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [id]: uuid }),
      // There is no one to answer the prompt: permissions.request() grants.
      'extensions.webextOptionalPermissionPrompts': false,
      // A temporary add-on loses its storage at shutdown otherwise, and a restart would test nothing.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': options.proxyPort,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': options.proxyPort,
      'network.proxy.allow_hijacking_localhost': true,
      // The JSON viewer would take the extension's API away from manifest.json, the harness's inert page.
      'devtools.jsonview.enabled': false,
      'intl.locale.requested': 'en-US',
      // Processes in stock for tabs that no test opens take a tenth of the time that a test's start takes.
      'dom.ipc.processPrelaunch.enabled': false,
    },
  });
  const parent = await ParentProcess.of(browser);
  await parent.collectLogs();
  await browser.installExtension(options.extensionDir);
  const extensionOrigin = `moz-extension://${uuid}`;
  const extension = `WebExtensionPolicy.getByID(${JSON.stringify(id)}).extension`;
  const goto: Driver['goto'] = async (page, url) => {
    // The promise of this goto never settles, and page.url() stays about:blank.
    page.goto(url).catch(() => undefined);
    await poll(`${url} to load`, () => page.evaluate((wanted) => location.href === wanted && document.readyState === 'complete', url));
  };

  return {
    browser,
    extensionOrigin,
    goto,
    // The real popup is out of WebDriver's reach. In a tab, the popup acts on the most recently used other tab.
    openPopup: async (consolePage) => {
      await consolePage.bringToFront();
      // The click on the toolbar button gives `activeTab`; opening the page in a tab would not.
      await parent.evaluate(`${extension}.tabManager.addActiveTabPermission()`);
      const popup = await browser.newPage();
      await goto(popup, `${extensionOrigin}/popup.html`);
      return popup;
    },
    isBackgroundRunning: async () => (await parent.evaluate(`${extension}.backgroundState`)) === 'running',
    stopBackground: async () => {
      await parent.evaluate(`${extension}.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true })`);
      await poll('the background to stop', async () => (await parent.evaluate(`${extension}.backgroundState`)) !== 'running');
    },
    logs: async () => JSON.parse(String(await parent.evaluate('JSON.stringify(window.keyferryLogs)'))) as LogEntry[],
  };
}

/** The same moz-extension origin for every launch of a profile, so that its storage is found again. */
function originOf(profileDir: string): string {
  const file = path.join(profileDir, 'keyferry-uuid');
  if (!existsSync(file)) writeFileSync(file, randomUUID());
  return readFileSync(file, 'utf8');
}

interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>;
}

/** Runs code in Firefox's parent process, where the background and every console can be reached; WebDriver has no words for them. */
class ParentProcess {
  readonly #connection: BidiConnection;
  readonly #context: string;

  private constructor(connection: BidiConnection, context: string) {
    this.#connection = connection;
    this.#context = context;
  }

  static async of(browser: Browser): Promise<ParentProcess> {
    // Puppeteer keeps its BiDi connection internal.
    const { connection } = browser as unknown as { connection: BidiConnection };
    const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const [window] = (result as { contexts: { context: string }[] }).contexts;
    if (!window) throw new Error('Firefox shows no window');
    return new ParentProcess(connection, window.context);
  }

  /** The expression's value if it is a string, awaited if it is a promise. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#connection.send('script.evaluate', { expression, awaitPromise: true, target: { context: this.#context } });
    const answer = result as { result?: { value?: unknown }; exceptionDetails?: { text: string } };
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
    return answer.result?.value;
  }

  /** Console calls come from a script in each content process, uncaught errors from the parent's error console. */
  async collectLogs(): Promise<void> {
    const inEachProcess = `
      const describe = (value) => typeof value === 'object' ? String(value) + ' ' + JSON.stringify(value) : String(value);
      Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage).addLogEventListener((event) => {
        const { level, arguments: args, filename } = event.wrappedJSObject ?? event;
        let text;
        try { text = args.map(describe).join(' '); } catch (error) { text = String(error); }
        sendAsyncMessage('keyferry:log', { level, text, source: filename });
      }, Cc['@mozilla.org/systemprincipal;1'].createInstance(Ci.nsIPrincipal));`;
    await this.evaluate(`
      window.keyferryLogs = [];
      Services.ppmm.addMessageListener('keyferry:log', ({ data }) => window.keyferryLogs.push(data));
      Services.console.registerListener({ observe(message) {
        if (message instanceof Ci.nsIScriptError) window.keyferryLogs.push({ level: message.flags & Ci.nsIScriptError.warningFlag ? 'warning' : 'exception', text: message.errorMessage, source: message.sourceName });
      } });
      Services.ppmm.loadProcessScript('data:application/javascript,' + encodeURIComponent(${JSON.stringify(inEachProcess)}), true);`);
  }
}
