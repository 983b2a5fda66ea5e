import puppeteer, { type Browser, type Page, type Protocol } from 'puppeteer-core';
import { rolldown } from 'rolldown';
import path from 'node:path';
import { type BrowserKind, getBrowser } from '../setup/browsers.ts';

export const root = path.resolve(import.meta.dirname, '../..');

export interface RoleAndName {
  role: string;
  name: string;
}

/** The guide as one script that defines `guide`. */
export async function bundleGuide(): Promise<string> {
  const bundle = await rolldown({ input: path.join(root, 'test/guide/page-entry.ts') });
  const { output } = await bundle.generate({ format: 'iife', name: 'guide', minify: true });
  await bundle.close();
  return output[0].code;
}

/** @param sandbox where the browser finds the sandbox's hosts */
export async function launch(kind: BrowserKind, { sandbox, enableExtensions = false }: { sandbox?: { proxyPort: number; spki: string }; enableExtensions?: boolean } = {}): Promise<Browser> {
  const executablePath = getBrowser(kind).path;
  if (kind === 'firefox') {
    const host = '127.0.0.1';
    const proxy = sandbox && { 'network.proxy.type': 1, 'network.proxy.http': host, 'network.proxy.http_port': sandbox.proxyPort, 'network.proxy.ssl': host, 'network.proxy.ssl_port': sandbox.proxyPort };
    return puppeteer.launch({ browser: 'firefox', executablePath, headless: true, acceptInsecureCerts: sandbox !== undefined, extraPrefsFirefox: proxy ?? {} });
  }
  const proxy = sandbox ? [`--proxy-server=http://127.0.0.1:${sandbox.proxyPort}`, '--proxy-bypass-list=<-loopback>', `--ignore-certificate-errors-spki-list=${sandbox.spki}`] : [];
  return puppeteer.launch({ executablePath, headless: true, pipe: true, enableExtensions, args: ['--lang=en-US', ...proxy, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] });
}

/** A page with `guide` in it that shows one piece of HTML after the other. */
export async function openPage(browser: Browser, bundle: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto('data:text/html,<!doctype html><html lang=en><body></body></html>');
  await page.evaluate(`${bundle};globalThis.guide = guide;globalThis.find = ${find.toString()};globalThis.showHtml = ${showHtml.toString()}`);
  return page;
}

/** Shows the HTML with its declarative shadow roots and frames; `target` is a selector with `>>>` into shadow roots and frames. */
async function showHtml(html: string): Promise<void> {
  document.body.setHTMLUnsafe(html);
  await Promise.all([...document.querySelectorAll('iframe[srcdoc]')].map((frame) => new Promise((resolve) => frame.addEventListener('load', resolve))));
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
}

export function find(target: string): Element {
  let scope: ParentNode = document;
  let found: Element | null = null;
  for (const selector of target.split(' >>> ')) {
    found = scope.querySelector(selector);
    if (!found) throw new Error(`no ${selector}`);
    scope = found.shadowRoot ?? (found as HTMLIFrameElement).contentDocument ?? found;
  }
  if (!found) throw new Error('no target');
  return found;
}

/** Ours, for a list of pages one after the other. */
export function ours(page: Page, cases: readonly { html: string; target?: string }[]): Promise<RoleAndName[]> {
  return page.evaluate(async (list) => {
    const results: RoleAndName[] = [];
    for (const { html, target } of list) {
      await showHtml(html);
      const element = find(target ?? '#t');
      const role = guide.roleOf(element);
      results.push({ role: role === 'none' ? 'generic' : role, name: guide.nameOf(element) });
    }
    return results;
  }, cases);
}

/** Chromium's accessibility tree, for the same. */
export async function truth(page: Page, cases: readonly { html: string; target?: string }[]): Promise<RoleAndName[]> {
  const session = await page.createCDPSession();
  const results: RoleAndName[] = [];
  for (const { html, target } of cases) {
    await page.evaluate((text) => showHtml(text), html);
    const { result } = await session.send('Runtime.evaluate', { expression: `find(${JSON.stringify(target ?? '#t')})` });
    const { nodes } = await session.send('Accessibility.getPartialAXTree', { objectId: result.objectId ?? '', fetchRelatives: false });
    results.push(roleAndName(nodes[0]));
  }
  await session.detach();
  return results;
}

/** A flat string, as accname-1.2 wants it; Chromium leaves blanks at the ends. */
const flat = (name: string): string => name.replace(/[ \t\n\r\f]+/g, ' ').replace(/^ | $/g, '');

const chromiumRoles: Readonly<Record<string, string>> = {
  image: 'img', LabelText: 'html-label', DisclosureTriangle: 'html-summary', Date: 'html-input-date', Canvas: 'html-canvas', Iframe: 'html-iframe', Legend: 'html-legend', Figcaption: 'html-figcaption', MathMLMath: 'math', SvgRoot: 'graphics-document',
};

function roleAndName(node: Protocol.Accessibility.AXNode | undefined): RoleAndName {
  const role = String(node?.role?.value);
  // Chromium leaves what is of no interest out of its tree: a generic box without a name, or what is presentational.
  if (node?.ignored) return { role: 'generic', name: '' };
  return { role: chromiumRoles[role] ?? role, name: flat(String(node?.name?.value ?? '')) };
}
