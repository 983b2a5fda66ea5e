import type { Page } from 'puppeteer-core';
import type { Harness } from './harness/harness.ts';

/* Looks for the bytes of secrets where none may be. */

/** The ways in which a text may lie about: as it is, in base64 (whatever stands before it), in an address, in JSON. */
export function spellingsOf(secret: string): string[] {
  const base64 = [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    // What shares a group of three bytes with its neighbours is left out.
    const start = shift === 0 ? 0 : 4;
    const length = Math.floor((shift + Buffer.byteLength(secret)) / 3) * 4 - start;
    return [bytes.toString('base64'), bytes.toString('base64url')].map((text) => text.slice(start, start + length));
  });
  return [...new Set([secret, ...base64, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])].filter((text) => text.length >= 8);
}

/** Which of the secrets a text holds, by their name. */
export function findIn(text: string, secrets: Record<string, string>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => (spellingsOf(secret).some((spelling) => text.includes(spelling)) ? [name] : []));
}

/** Everything that a page's own scripts could read. */
export async function readPage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const globals = Object.getOwnPropertyNames(globalThis).map((name) => {
      try {
        const value: unknown = (globalThis as Record<string, unknown>)[name];
        return typeof value === 'object' || typeof value === 'string' ? `${name}=${JSON.stringify(value)}` : '';
      } catch {
        return '';
      }
    });
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
    const storages = [localStorage, sessionStorage].map((storage) => JSON.stringify({ ...storage }));
    const requests = performance.getEntries().map(({ name }) => name);
    return [document.documentElement.outerHTML, document.cookie, document.title, location.href, ...globals, ...fields, ...storages, ...requests].join('\n');
  });
}

/**
 * Where secrets are that should be nowhere: in storage, logs and the console's page. `storage.session` may hold those that are
 * in the vault now, under the vault's names only.
 */
export async function findLeaks(harness: Harness, page: Page, secrets: Record<string, string>): Promise<string[]> {
  const session = Object.entries(await harness.storage('session'));
  const places: Record<string, string> = {
    'storage.local': JSON.stringify(await harness.storage('local')),
    'storage.session outside the vault': JSON.stringify(session.filter(([key]) => !key.startsWith('vault:'))),
    'names in the vault': JSON.stringify(session.map(([key]) => key)),
    logs: JSON.stringify(await harness.logs()),
    page: await readPage(page),
  };
  return Object.entries(places).flatMap(([place, text]) => findIn(text, secrets).map((name) => `${name} in ${place}`));
}

/** Which secrets lie in `storage.session` at all, as `name in key`. */
export async function findInSession(harness: Harness, secrets: Record<string, string>): Promise<string[]> {
  return Object.entries(await harness.storage('session')).flatMap(([key, value]) => findIn(JSON.stringify(value), secrets).map((name) => `${name} in ${key.split(':').slice(0, 2).join(':')}`));
}
