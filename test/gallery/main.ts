/**
 * Draws every state of the popup and of the options page in real Chromium, light and dark: a picture each in `.output/gallery/`, and axe over each.
 * `node test/gallery/main.ts [part of a state's name]`
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import puppeteer, { type Page } from 'puppeteer-core';
import { build, preview } from 'vite';
import { behaviours } from './behaviour.ts';
import { optionsStates } from './options-states.ts';
import { states, type GalleryState } from './states.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pictures = path.join(root, '.output/gallery');
const page = path.join(root, '.output/gallery-page');
const only = process.argv[2] ?? '';
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The sandbox has few fonts; one with the widths of the usual system fonts. */
const fontOverride = ":root { --font: 'Liberation Sans', sans-serif !important; }";

async function draw(browserPage: Page, address: string, state: Pick<GalleryState, 'name' | 'press'>, theme: 'light' | 'dark'): Promise<string[]> {
  await browserPage.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await browserPage.goto(`${address}?state=${state.name}`);
  await browserPage.addStyleTag({ content: fontOverride });
  for (const name of state.press ?? []) await browserPage.locator(`::-p-xpath(//*[self::button or self::summary][normalize-space()='${name}'])`).click();
  const popup = await browserPage.waitForSelector('.popup, .options');
  await popup!.screenshot({ path: path.join(pictures, `${state.name}-${theme}.png`) });
  await browserPage.evaluate(axe);
  const { violations } = (await browserPage.evaluate('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })')) as AxeResults;
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

await rm(page, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });
const options = { root: import.meta.dirname, configFile: false, logLevel: 'warn', build: { outDir: page, emptyOutDir: true } } as const;
await build(options);
const server = await preview({ ...options, preview: { port: 0, host: '127.0.0.1' } });
const address = server.resolvedUrls?.local[0];
if (address === undefined) throw new Error('no address');
const browser = await puppeteer.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox'], defaultViewport: { width: 380, height: 600, deviceScaleFactor: 2 } });

let count = 0;
let drawn = 0;
try {
  const browserPage = await browser.newPage();
  browserPage.on('pageerror', (error) => {
    count += 1;
    console.log(`error: ${String(error)}`);
  });
  for (const state of [...states, ...optionsStates].filter(({ name }) => name.includes(only))) {
    for (const theme of ['light', 'dark'] as const) {
      const violations = await draw(browserPage, address, state, theme);
      count += violations.length;
      drawn += 1;
      for (const violation of violations) console.log(`${state.name} ${theme}: ${violation}`);
    }
  }
  for (const [name, check] of Object.entries(behaviours).filter(([name]) => name.includes(only))) {
    await browserPage.goto(address);
    const problem = await check(browserPage).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem === undefined) continue;
    count += 1;
    console.log(`${name}: ${String(problem)}`);
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${drawn} pictures in .output/gallery, ${count} problems`);
process.exitCode = count === 0 ? 0 : 1;
