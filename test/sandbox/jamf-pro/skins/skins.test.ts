import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { adminaJamfPro } from '../../../../lib/recipes/admina-jamf-pro.ts';
import { privilegesFor } from '../../../../lib/recipes/recipe.ts';
import { findChromium } from '../../../setup/browsers.ts';
import { startSandbox } from '../../sandbox.ts';
import type { NodeSandbox } from '../../sandbox.ts';
import type { ConsoleLanguage, ConsoleSkin } from '../../types.ts';
import { WORDS } from '../pages/words.ts';
import type { Words } from '../pages/words.ts';
import { LOCAL_LOGINS } from '../tenants.ts';
import { requestToken, TestClient } from '../test-support.ts';
import { getBundle } from './bundles.ts';

/** Where the settings are: the page, or the legacy frame in it. */
type Scope = Pick<Page, 'getByRole' | 'getByLabel' | 'getByText' | 'locator'>;

/** What a person does differently from skin to skin. */
interface Hand {
  scope(page: Page): Scope;
  /** Chooses one of the names in a field for several. */
  choose(scope: Scope, field: string, names: readonly string[]): Promise<void>;
  /** The one-time dialog, by what it says. */
  dialog(scope: Scope, words: Words): Locator;
  /** What the dialog holds under a label. */
  read(dialog: Locator, label: string): Promise<string>;
}

const byRole: Hand['dialog'] = (scope, words) => scope.getByRole('dialog', { name: words.secretTitle });

const typeAhead: Hand['choose'] = async (scope, field, names) => {
  const input = scope.getByRole('combobox', { name: field });
  for (const name of names) {
    await input.fill(name);
    await scope.locator('.mat-mdc-option, .ant-select-item-option').filter({ hasText: new RegExp(`^${name}$`) }).click();
  }
  await input.press('Escape');
};
const readField: Hand['read'] = (dialog, label) => dialog.getByLabel(label, { exact: true }).inputValue();

const hands: Readonly<Record<ConsoleSkin, Hand>> = {
  plain: {
    scope: (page) => page.frameLocator('iframe'),
    choose: async (scope, field, names) => {
      const group = scope.getByRole('group', { name: field });
      if ((await group.count()) === 0) await scope.getByLabel(field, { exact: true }).selectOption([...names]);
      else for (const name of names) await group.getByLabel(name, { exact: true }).check();
    },
    dialog: byRole,
    read: readField,
  },
  angular: { scope: (page) => page, choose: typeAhead, dialog: byRole, read: readField },
  react: {
    scope: (page) => page,
    choose: typeAhead,
    dialog: byRole,
    // Label and value stand in two rows of a table.
    read: async (dialog, label) => (await dialog.locator('tr', { hasText: label }).locator('xpath=following-sibling::tr[1]').locator('code').first().textContent()) ?? '',
  },
  'web-components': {
    scope: (page) => page,
    choose: async (scope, field, names) => {
      const tree = scope.getByRole('tree', { name: field });
      const isTree = (await tree.count()) > 0;
      if (!isTree) await scope.getByRole('combobox', { name: field }).click();
      for (const name of names) {
        const item = isTree ? tree.locator(`wa-tree-item[data-name="${name}"]`) : scope.getByRole('option', { name, exact: true });
        if (isTree && !(await item.isVisible())) await tree.getByRole('treeitem', { name: name.split(' ', 1)[0] ?? '', exact: true }).first().locator('.expand-button').first().click();
        await item.click();
      }
      if (!isTree) await scope.getByRole('combobox', { name: field }).press('Escape');
    },
    // Its content is no descendant of the element with the role: that lies in a shadow root, the content in slots.
    dialog: (scope, words) => scope.locator('wa-dialog', { hasText: words.secretOnce }),
    read: readField,
  },
};

const privileges = privilegesFor(adminaJamfPro, ['accounts', 'devices']);
const screenshots = path.resolve(import.meta.dirname, '../../../../.output/skins');
const executablePath = findChromium()?.path;

let sandbox: NodeSandbox;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  if (executablePath === undefined) return;
  await mkdir(screenshots, { recursive: true });
  for (const skin of ['angular', 'web-components', 'react'] as const) await getBundle(skin);
  sandbox = await startSandbox({ largeTenantComputers: 20 });
  browser = await chromium.launch({
    executablePath,
    args: [`--proxy-server=http://127.0.0.1:${sandbox.proxyPort}`, '--proxy-bypass-list=<-loopback>', `--ignore-certificate-errors-spki-list=${sandbox.spki}`, '--no-sandbox'],
  });
}, 120_000);
afterEach(async ({ task }) => {
  const [page] = context?.pages() ?? [];
  if (task.result?.state === 'fail') await page?.screenshot({ path: path.join(screenshots, `failed-${task.name.replaceAll(/\W+/g, '-')}.png`) });
  await context?.close();
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

/** `antd` puts a space between two Chinese characters on a button. */
const named = (text: string): RegExp => new RegExp(`^\\s*${[...text].map((letter) => letter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s?')}\\s*$`);

async function openConsole(skin: ConsoleSkin, language: ConsoleLanguage): Promise<{ page: Page; words: Words; problems: string[] }> {
  const acme = sandbox.tenant('acme');
  Object.assign(acme.switches, { skin, language });
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  const words = WORDS[language];
  await page.goto(acme.origin);
  await page.getByLabel(words.username).fill(LOCAL_LOGINS.admin.username);
  await page.getByLabel(words.password).fill(LOCAL_LOGINS.admin.password);
  await page.getByRole('button', { name: words.logIn, exact: true }).click();
  return { page, words, problems };
}

const skins = ['plain', 'angular', 'web-components', 'react'] as const;
/** Both with `EVERYTHING=1`; otherwise one skin, since the guide's tests walk through all of them. */
const languagesOf = (index: number): readonly ConsoleLanguage[] => (process.env['EVERYTHING'] ? ['en', 'ja'] : index === 0 ? ['en'] : []);

for (const [index, skin] of skins.entries()) {
  for (const language of languagesOf(index)) {
    test.skipIf(executablePath === undefined)(`by hand: role, client and secret in the ${skin} skin, ${language}`, { timeout: 120_000 }, async () => {
      const { page, words, problems } = await openConsole(skin, language);
      const hand = hands[skin];
      const acme = sandbox.tenant('acme');
      const name = `By hand, ${skin} ${language}`;
      let shots = 0;
      const shoot = (what: string) => page.screenshot({ path: path.join(screenshots, `${skin}-${language}-${(shots += 1)}-${what}.png`) });
      const scope = hand.scope(page);
      const press = (text: string) => scope.getByRole('button', { name: named(text) }).click();

      await page.getByLabel(words.mainNavigation).getByRole('link', { name: words.settings }).click();
      await expect.poll(() => page.url()).toContain('/view/settings');
      await scope.getByRole('link', { name: words.apiRolesAndClients }).click();
      await scope.getByRole('tab', { name: words.apiRoles }).waitFor();
      await expect.poll(() => page.url()).toContain('/view/settings/system-settings/api-roles-and-clients');
      await shoot('list');
      await press(words.new);
      await scope.getByLabel(words.displayName).fill(name);
      await hand.choose(scope, words.rolePrivileges, privileges);
      await shoot('role-form');
      await press(words.save);
      await scope.getByRole('heading', { name }).waitFor();
      expect(acme.roles().at(-1)?.privileges.toSorted()).toEqual(privileges.toSorted());
      expect(acme.roles().at(-1)?.displayName).toBe(name);

      await page.getByRole('link', { name: words.settings }).first().click();
      await scope.getByRole('link', { name: words.apiRolesAndClients }).click();
      await scope.getByRole('tab', { name: words.apiClients }).click();
      await expect.poll(() => page.url()).toContain('?tab=api-clients');
      await press(words.new);
      await scope.getByLabel(words.displayName).fill(name);
      await hand.choose(scope, words.rolesOfClient, [name]);
      await scope.getByLabel(words.lifetime).fill('3600');
      await scope.getByText(words.enableClient, { exact: true }).click();
      await shoot('client-form');
      await press(words.save);
      await scope.getByRole('heading', { name }).waitFor();
      const row = acme.clients().at(-1);
      expect(row).toMatchObject({ displayName: name, authorizationScopes: [name], accessTokenLifetimeSeconds: 3600, enabled: true });

      await press(words.generateSecret);
      await press(words.createSecret);
      const dialog = hand.dialog(scope, words);
      await dialog.getByText(words.secretOnce).waitFor();
      // Dialogs come and go with animations.
      await page.waitForTimeout(500);
      await shoot('secret');
      const clientId = await hand.read(dialog, words.clientId);
      const secret = await hand.read(dialog, words.clientSecret);
      expect([clientId, secret]).toEqual([row?.clientId, acme.mintedSecrets().at(-1)]);
      expect((await requestToken(new TestClient(sandbox, acme.origin), clientId, secret)).status).toBe(200);
      await dialog.getByRole('button', { name: named(words.close) }).last().click();
      await dialog.getByText(words.secretOnce).waitFor({ state: 'hidden' });
      await page.reload();
      await scope.getByRole('heading', { name }).waitFor();
      expect([await dialog.count(), acme.mintCount(row?.id ?? 0)]).toEqual([0, 1]);
      expect(page.url()).toContain(`/api-clients/${row?.id}`);
      expect(problems).toEqual([]);
    });
  }
}
