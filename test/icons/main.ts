/**
 * Draws the toolbar and store icons from one description: `node test/icons/main.ts`. Run it when the mark changes
 * (components/parts/Icon.tsx shows the same one); the PNG files are committed.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { getBrowser } from '../setup/browsers.ts';

const dir = path.resolve(import.meta.dirname, '../../public/icon');

/** `idle` on other pages, `recognised` on a console: a filled tile and a dot, so that colour is not the only difference. */
const looks = {
  idle: { tile: '#5b6b73', dot: '' },
  recognised: { tile: '#0a6568', dot: '<circle cx="19.5" cy="4.5" r="4.5" fill="#fff"/><circle cx="19.5" cy="4.5" r="3.4" fill="#f2a33a"/>' },
};

const svg = (size: number, { tile, dot }: (typeof looks)['idle']): string => `
  <svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24">
    <rect width="24" height="24" rx="6" fill="${tile}"/>
    <g fill="none" stroke="#fff" stroke-width="${size <= 16 ? 2.4 : 1.8}" stroke-linecap="round" stroke-linejoin="round">
      <circle cx="8.25" cy="9.25" r="${size <= 16 ? 2.9 : 2.5}"/>
      <path d="M10.75 9.25h7.5v2.5M14.75 9.25v2"/>
      <path d="M5 17c1.17 0 1.17-1 2.33-1s1.17 1 2.34 1 1.16-1 2.33-1 1.17 1 2.33 1 1.17-1 2.34-1S17.83 17 19 17"/>
    </g>${dot}
  </svg>`;

const { path: executablePath } = getBrowser('chromium');
const browser = await puppeteer.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage();
for (const [file, size, look] of [
  ['16', 16, looks.idle],
  ['32', 32, looks.idle],
  ['48', 48, looks.recognised],
  ['128', 128, { ...looks.recognised, dot: '' }],
  ['recognised-16', 16, looks.recognised],
  ['recognised-32', 32, looks.recognised],
] as const) {
  await page.setViewport({ width: size, height: size });
  await page.setContent(`<style>*{margin:0;display:block}</style><div style="width:${size}px">${svg(size, look)}</div>`);
  const drawing = await page.$('svg');
  await writeFile(path.join(dir, `${file}.png`), (await drawing?.screenshot({ omitBackground: true })) ?? '');
}
await browser.close();
