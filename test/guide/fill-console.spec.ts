import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminaJamfPro } from '../../lib/recipes/admina-jamf-pro.ts';
import { privilegesFor } from '../../lib/recipes/recipe.ts';
import { getBundle } from '../sandbox/jamf-pro/skins/bundles.ts';
import { WORDS } from '../sandbox/jamf-pro/pages/words.ts';
import { LOCAL_LOGINS } from '../sandbox/jamf-pro/tenants.ts';
import { type NodeSandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { ConsoleLanguage, ConsoleSkin } from '../sandbox/types.ts';
import type { BrowserKind } from '../setup/browsers.ts';
import type { FieldValue, FieldReading } from '../../lib/guide/read-field.ts';
import type { FillResult } from '../../lib/guide/fill.ts';
import { bundleGuide, launch } from './browser-page.ts';

/* Fills the forms of the sandbox's console in its four skins. The console's own lists hold 500 names with many look-alikes. */

const settings = '/view/settings/system-settings/api-roles-and-clients';
const privileges = privilegesFor(adminaJamfPro, ['accounts', 'devices']);
const skins: readonly ConsoleSkin[] = ['plain', 'angular', 'web-components', 'react'];

interface Filling {
  result: FillResult | { kind: 'absent'; reason: string };
  reading: FieldReading | undefined;
  ms: number;
}

const choiceRoles = ['group', 'listbox', 'combobox', 'tree'];

/** Waits for the field as a guide does, fills it and reads it. */
function fill(page: Page, roles: readonly string[], name: string, value: FieldValue): Promise<Filling> {
  return page.evaluate(
    async (wanted, what) => {
      let located = guide.locate(document, wanted);
      for (const start = performance.now(); located.kind !== 'found' && performance.now() - start < 10_000; located = guide.locate(document, wanted)) await new Promise((resolve) => setTimeout(resolve, 100));
      if (located.kind !== 'found') return { result: { kind: 'absent' as const, reason: located.kind === 'absent' ? located.reason : 'ambiguous' }, reading: undefined, ms: 0 };
      const { element } = located;
      const started = performance.now();
      const result = await guide.fillField(element, what, new AbortController().signal);
      const ms = Math.round(performance.now() - started);
      return { result, reading: guide.readFor(what, element), ms };
    },
    { roles, names: [name] },
    value,
  );
}

/** Like a person: with the mouse, on the button of this text, in the page or in a frame of it. */
async function press(page: Page, name: string): Promise<void> {
  const find = (text: string): Element | null => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (/^(?:button|wa-button)$/.test(element.localName) && element.textContent?.replace(/\s/g, '') === text && !element.matches(':disabled')) return element;
      }
    }
    return null;
  };
  const frame = page.frames().at(-1) ?? page.mainFrame();
  const button = await frame.waitForFunction(find, { timeout: 10_000 }, name.replaceAll(' ', ''));
  await (button as ElementHandle).click();
}

// In Firefox with EVERYTHING=1: the end-to-end tests fill these forms there anyway.
describe.each<BrowserKind>(process.env['EVERYTHING'] ? ['chromium', 'firefox'] : ['chromium'])('filling the console in %s', (kind) => {
  let sandbox: NodeSandbox;
  let browser: Browser;
  let bundle: string;
  beforeAll(async () => {
    for (const skin of ['angular', 'web-components', 'react'] as const) await getBundle(skin);
    sandbox = await startSandbox({ largeTenantComputers: 20 });
    browser = await launch(kind, { sandbox });
    bundle = await bundleGuide();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  it.each(skins.map((skin, index): [ConsoleSkin, ConsoleLanguage] => [skin, (index % 2 === 0) === (kind === 'chromium') ? 'en' : 'ja']))('%s in %s: role and client', async (skin, language) => {
    const acme = sandbox.tenant('acme');
    Object.assign(acme.switches, { skin, language });
    const words = WORDS[language];
    const name = `Filled, ${skin} ${language}`;
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    try {
      await page.setViewport({ width: 1280, height: 900 });
      await page.goto(acme.origin);
      await page.type('input[name=username]', LOCAL_LOGINS.admin.username);
      await page.type('input[name=password]', LOCAL_LOGINS.admin.password);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      const open = async (path: string): Promise<void> => {
        await page.goto(acme.origin + path);
        await page.evaluate(`${bundle};globalThis.guide = guide`);
      };

      await open(`${settings}/api-roles/new`);
      expect(await fill(page, ['textbox'], words.displayName, { kind: 'text', text: name })).toMatchObject({ result: { kind: 'filled' }, reading: { text: name } });
      const chosen = await fill(page, choiceRoles, words.rolePrivileges, { kind: 'choices', names: privileges });
      expect(chosen.result).toEqual({ kind: 'filled', surplus: [] });
      expect(chosen.reading).toMatchObject({ kind: 'choices' });
      expect(chosen.reading?.kind === 'choices' ? chosen.reading.chosen.toSorted() : undefined).toEqual(privileges.toSorted());
      // Again: nothing is chosen twice, so nothing is taken back.
      expect((await fill(page, choiceRoles, words.rolePrivileges, { kind: 'choices', names: privileges })).result).toEqual({ kind: 'filled', surplus: [] });
      expect((await fill(page, choiceRoles, words.rolePrivileges, { kind: 'choices', names: ['Read Spaceships', ...privileges.slice(1)] })).result).toMatchObject({ kind: 'differs', missing: ['Read Spaceships'], surplus: [privileges[0]] });
      await press(page, words.save);
      await expect.poll(() => acme.roles().at(-1)?.displayName).toBe(name);
      expect(acme.roles().at(-1)?.privileges.toSorted()).toEqual(privileges.toSorted());

      await open(`${settings}/api-clients/new`);
      const results = [
        await fill(page, ['textbox'], words.displayName, { kind: 'text', text: name }),
        await fill(page, choiceRoles, words.rolesOfClient, { kind: 'choices', names: [name] }),
        await fill(page, ['textbox', 'spinbutton'], words.lifetime, { kind: 'text', text: '3600' }),
        await fill(page, ['switch', 'checkbox'], words.enableClient, { kind: 'on', on: true }),
      ];
      expect(results.map(({ result }) => result)).toEqual(results.map(() => ({ kind: 'filled', surplus: [] })));
      expect(results.map(({ reading }) => reading)).toEqual([{ kind: 'text', text: name }, { kind: 'choices', chosen: [name] }, { kind: 'text', text: '3600' }, { kind: 'on', on: true }]);
      await press(page, words.save);
      await expect.poll(() => acme.clients().at(-1)).toMatchObject({ displayName: name, authorizationScopes: [name], accessTokenLifetimeSeconds: 3600, enabled: true });
    } finally {
      await context.close();
    }
  });
});
