/** What Keyferry is to the console's page: nearly nothing. */
import type { Page } from 'puppeteer-core';
import { expect, find, test, waitForText } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { openReady, signIn } from './story.ts';

/** Asks the content script of the tab in front, as only the extension can. */
async function ask(harness: Harness, origin: string, question: unknown): Promise<unknown> {
  return harness.inExtension(
    async (api, url, message) => {
      const [tab] = await api.tabs.query({ url: `${url}/*` });
      // One browser rejects where nobody answers, the other resolves to nothing.
      return (await api.tabs.sendMessage(tab?.id ?? -1, message, { frameId: 0 }).catch(() => undefined)) ?? 'no answer';
    },
    origin,
    question,
  );
}

/** Runs in the page's isolated world, where a content script that was taken over would be. */
async function asContentScript(harness: Harness, origin: string, message: unknown): Promise<{ answer: unknown; session: string }> {
  return harness.inExtension(
    async (api, url, data) => {
      const [tab] = await api.tabs.query({ url: `${url}/*` });
      const script = async (sent: unknown): Promise<unknown> => {
        const { browser, chrome } = globalThis as unknown as Record<'browser' | 'chrome', typeof api>;
        const inner = browser ?? chrome;
        const answer: unknown = await inner.runtime.sendMessage(sent).catch((error: unknown) => String(error));
        let session = 'closed';
        try {
          session = JSON.stringify(Object.keys(await inner.storage.session.get()));
        } catch {
          // Just what should be.
        }
        return { answer, session };
      };
      const [result] = await api.scripting.executeScript({ target: { tabId: tab?.id ?? -1 }, func: script, args: [data] });
      return result?.result as { answer: unknown; session: string };
    },
    origin,
    message,
  );
}

test('its content script answers one question, and the background refuses to hear it', async ({ harness, sandbox }) => {
  const { origin } = sandbox.tenant('acme');
  const { popup } = await openReady(harness, sandbox);
  const tenant = { console: 'jamf-pro', key: 'acme', origin, base: origin };
  expect(await ask(harness, origin, 'keyferry:detect-console')).toBe(`${origin}/view/dashboard`);
  for (const other of ['keyferry:detect', { type: 'keyferry:detect-console' }, ['keyferry:detect-console'], 'vault:service-key', null]) {
    expect(await ask(harness, origin, other)).toBe('no answer');
  }

  const version = await harness.inExtension((api) => api.runtime.getManifest().version);
  const setup = { tenant, service: { id: 'integration-api', address: sandbox.service.origin }, dataSets: ['accounts'], group: null, name: 'Keyferry: Evil' };
  sandbox.clearRequests();
  for (const [type, data] of Object.entries({
    connect: { setup, tabId: null, clicks: 0 },
    'set-up-service': { id: 'integration-api', account: '', address: 'https://evil.example', key: 'x', passphrase: null },
    'forget-service': { access: sandbox.service.origin },
    'list-groups': { tabId: null, base: origin },
    'add-host': { base: 'https://evil.example' },
    wake: {},
  })) {
    expect(await asContentScript(harness, origin, { keyferry: version, type, data })).toMatchObject({
      answer: { ok: false, failure: { code: 'bad-input', params: { problem: 'sender' } } },
      session: 'closed',
    });
  }
  expect(sandbox.requests()).toEqual([]);
  expect(Object.keys(await harness.storage('local')).filter((key) => key.startsWith('run:'))).toEqual([]);
  if (!popup.isClosed()) await find(popup, 'button', 'Connect');
});

test('the page’s own scripts find no trace of it and get no answer', async ({ harness, sandbox }) => {
  const { page } = await openReady(harness, sandbox);
  const seen = await page.evaluate(async (extension) => {
    const heard: unknown[] = [];
    addEventListener('message', ({ data }) => heard.push(data));
    postMessage('keyferry:detect-console', '*');
    postMessage({ keyferry: '0.1.0', type: 'wake', data: {} }, '*');
    document.dispatchEvent(new CustomEvent('keyferry:detect-console'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const scope = globalThis as unknown as Record<string, { runtime?: { sendMessage?: unknown; id?: unknown } } | undefined>;
    const load = (path: string): Promise<string> => fetch(`${extension}${path}`).then(() => 'loaded', () => 'refused');
    const image = (path: string): Promise<string> =>
      new Promise((resolve) => {
        const picture = new Image();
        picture.onload = () => resolve('loaded');
        picture.onerror = () => resolve('refused');
        picture.src = `${extension}${path}`;
      });
    return {
      heard: heard.length,
      canSend: typeof scope['chrome']?.runtime?.sendMessage + typeof scope['browser']?.runtime?.sendMessage,
      files: [await load('/popup.html'), await load('/manifest.json'), await image('/icon/16.png')],
      traces: document.documentElement.outerHTML.toLowerCase().includes('keyferry') || Object.keys(globalThis).some((name) => /keyferry/i.test(name)),
    };
  }, harness.extensionOrigin);
  expect(seen).toEqual({ heard: 2, canSend: 'undefinedundefined', files: ['refused', 'refused', 'refused'], traces: false });
});

test('a console that is loaded wakes nothing and calls nobody', async ({ harness, sandbox, browserName }) => {
  const page = await signIn(harness, sandbox, 'acme');
  if (browserName === 'chromium') {
    // The toolbar icon shows a recognised console by the browser's own rules.
    const popup = await harness.openPopup(page);
    const rules = await popup.evaluate(
      () =>
        new Promise<{ id: string }[]>((resolve) => {
          const { declarativeContent } = (globalThis as unknown as { chrome: { declarativeContent: { onPageChanged: { getRules(done: (rules: { id: string }[]) => void): void } } } }).chrome;
          declarativeContent.onPageChanged.getRules(resolve);
        }),
    );
    expect(rules.map(({ id }) => id)).toContain('recognised');
    await popup.close();
  }
  await harness.killBackground();
  sandbox.clearRequests();
  await page.reload();
  await waitForText(page, 'Settings');
  const other = await harness.openConsole(sandbox.tenant('globex').origin);
  await waitForText(other, 'Username');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await harness.isBackgroundRunning()).toBe(false);
  expect(sandbox.requests().filter(({ caller }) => caller === 'extension')).toEqual([]);
  // Nor does looking at the popup: it reads the tab's address itself. (In Firefox asking the tab's content script is enough to start the background.)
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Connect Jamf Pro to …');
  if (browserName === 'chromium') expect(await harness.isBackgroundRunning()).toBe(false);
  await popup.close();
  expect(await isNoConsole(harness)).toBe(true);
});

/** On a page that is no console the popup says what to do. */
async function isNoConsole(harness: Harness): Promise<boolean> {
  const page: Page = await harness.openConsole('about:blank');
  const popup = await harness.openPopup(page);
  await find(popup, 'heading', 'Open your console first');
  return true;
}
