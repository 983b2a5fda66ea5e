import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type FrameLocator, type Page } from '@playwright/test';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminaJamfPro } from '../../../lib/recipes/admina-jamf-pro.ts';
import { privilegesFor } from '../../../lib/recipes/recipe.ts';
import type { JamfProControl, JamfProStep } from '../../../lib/consoles/jamf-pro/guide.ts';
import { getBundle } from '../../sandbox/jamf-pro/skins/bundles.ts';
import { ROLES_AND_CLIENTS_PATH, SETTINGS_PATH } from '../../sandbox/jamf-pro/pages/paths.ts';
import { WORDS, type Words } from '../../sandbox/jamf-pro/pages/words.ts';
import { LOCAL_LOGINS } from '../../sandbox/jamf-pro/tenants.ts';
import { type NodeSandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { ConsoleLanguage, ConsoleSkin } from '../../sandbox/types.ts';
import { getBrowser } from '../../setup/browsers.ts';
import { root } from '../browser-page.ts';
import type * as entry from './page-entry.ts';

/*
 * Every page of every skin, changed in hundreds of ways: does each step find the right control, say that it finds none, or find a
 * wrong one? The truth is marked before the changes, by another engine's search by role and name.
 */

declare const robustness: typeof entry;

const skins: readonly ConsoleSkin[] = ['plain', 'angular', 'web-components', 'react'];
/** Without `EVERYTHING=1` the languages take turns. */
const languagesOf = (skin: ConsoleSkin): readonly ConsoleLanguage[] => (process.env['EVERYTHING'] ? ['en', 'ja'] : [skins.indexOf(skin) % 2 === 0 ? 'en' : 'ja']);
const name = 'Keyferry: Larkspur Robotics';
const goal = { guide: 'jamf-pro' as const, name, privileges: privilegesFor(adminaJamfPro, ['accounts', 'devices']), tokenLifetime: adminaJamfPro.tokenLifetime };
/** Of each page in each language; `npm run test:guide` takes 12: with 11 pages and two languages 264 a skin. */
const variants = Number(process.env['VARIANTS'] ?? 2);

interface Scene {
  title: string;
  /** Path in the console, where the page is opened by its address. */
  path: string;
  step: JamfProStep;
  memo?: Record<string, boolean>;
  target?: JamfProControl;
  fields?: readonly JamfProControl[];
  /** How a person knows each control. */
  truth: Partial<Record<JamfProControl, [roles: readonly Role[], name: (words: Words) => string | RegExp]>>;
}

type Role = 'button' | 'link' | 'tab' | 'textbox' | 'spinbutton' | 'combobox' | 'group' | 'tree' | 'listbox' | 'checkbox' | 'switch';

const button = ['button'] as const;
const several = ['combobox', 'group', 'tree', 'listbox'] as const;

const scenes: readonly Scene[] = [
  { title: 'home', path: '/view/dashboard', step: 'open-settings', target: 'settings', truth: { settings: [['link'], (words) => words.settings] } },
  { title: 'settings', path: SETTINGS_PATH, step: 'open-roles-and-clients', target: 'rolesAndClients', truth: { rolesAndClients: [['link'], (words) => new RegExp(`^${words.apiRolesAndClients}`)] } },
  { title: 'no role yet', path: `${ROLES_AND_CLIENTS_PATH}?tab=api-roles`, step: 'new-role', target: 'new', truth: { new: [button, (words) => words.new] } },
  {
    title: 'role form', path: `${ROLES_AND_CLIENTS_PATH}/api-roles/new`, step: 'fill-role', target: 'save', fields: ['name', 'privileges'],
    truth: { save: [button, (words) => words.save], name: [['textbox'], (words) => words.displayName], privileges: [several, (words) => words.rolePrivileges] },
  },
  { title: 'role', path: `${ROLES_AND_CLIENTS_PATH}/api-roles/{role}`, step: 'open-clients', target: 'rolesAndClients', truth: { rolesAndClients: [['link'], (words) => words.apiRolesAndClients] } },
  { title: 'role is there', path: `${ROLES_AND_CLIENTS_PATH}?tab=api-roles`, step: 'open-clients', memo: { role: true }, target: 'clientsTab', truth: { clientsTab: [['tab'], (words) => words.apiClients] } },
  { title: 'no client yet', path: `${ROLES_AND_CLIENTS_PATH}?tab=api-clients`, step: 'new-client', memo: { role: true }, target: 'new', truth: { new: [button, (words) => words.new] } },
  {
    title: 'client form', path: `${ROLES_AND_CLIENTS_PATH}/api-clients/new`, step: 'fill-client', memo: { role: true }, target: 'save', fields: ['name', 'roles', 'lifetime', 'enabled'],
    truth: {
      save: [button, (words) => words.save], name: [['textbox'], (words) => words.displayName], roles: [several, (words) => words.rolesOfClient],
      lifetime: [['textbox', 'spinbutton'], (words) => words.lifetime], enabled: [['checkbox', 'switch'], (words) => words.enableClient],
    },
  },
  { title: 'client', path: `${ROLES_AND_CLIENTS_PATH}/api-clients/{client}`, step: 'generate-secret', memo: { role: true, clientSaved: true }, target: 'generate', truth: { generate: [button, (words) => words.generateSecret] } },
  { title: 'question', path: '', step: 'create-secret', memo: { role: true, clientSaved: true }, target: 'create', truth: { create: [button, (words) => words.createSecret] } },
  { title: 'secret', path: '', step: 'capture', memo: { role: true, clientSaved: true }, truth: {} },
];

const lookalikes = (language: ConsoleLanguage) =>
  language === 'en'
    ? {
        buttons: ['New site', 'Save and new', 'Save as', 'Edit site', 'Renew', 'Newer', 'Generate report', 'Create', 'Create report', 'Secret', 'Generate Client', 'Cancel', 'Unsaved', 'New API role report'],
        links: ['Settings history', 'System information', 'API', 'API Roles and Clients help', 'My settings', 'Roles', 'Clients', 'User roles'],
        fields: ['Display name format', 'Name', 'Description', 'Access Token', 'Lifetime', 'API Role', 'Short display name'],
        tabs: ['Roles', 'API Roles history', 'Clients', 'API'],
      }
    : {
        buttons: ['新規サイト', '保存して新規', '別名で保存', '再編集', 'シークレット', 'レポートを生成', '作成', 'キャンセル', '更新'],
        links: ['設定履歴', 'システム情報', 'API', '個人設定', 'ロール', 'クライアント', 'API ロールとクライアントのヘルプ'],
        fields: ['表示名の形式', '名前', '説明', 'アクセストークン', '有効期間', '短い表示名'],
        tabs: ['ロール', 'API ロール履歴', 'クライアント', 'API'],
      };

type Verdict = 'right' | 'none' | 'wrong';
const totals: Record<Verdict, number> = { right: 0, none: 0, wrong: 0 };
/** What did not go right, to mend the guide by. */
const report: string[] = [];

let sandbox: NodeSandbox;
let browser: Browser;
let script: string;

beforeAll(async () => {
  for (const skin of ['angular', 'web-components', 'react'] as const) await getBundle(skin);
  sandbox = await startSandbox({ largeTenantComputers: 20 });
  browser = await chromium.launch({
    executablePath: getBrowser('chromium').path,
    args: [`--proxy-server=http://127.0.0.1:${sandbox.proxyPort}`, '--proxy-bypass-list=<-loopback>', `--ignore-certificate-errors-spki-list=${sandbox.spki}`, '--no-sandbox'],
  });
  const bundle = await rolldown({ input: path.join(import.meta.dirname, 'page-entry.ts') });
  const { output } = await bundle.generate({ format: 'iife', name: 'robustness' });
  await bundle.close();
  script = `${output[0].code};globalThis.robustness = robustness;`;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  const folder = path.join(root, 'test-results/reports');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'robustness.json'), JSON.stringify({ ...totals, report }, undefined, 1));
});

describe.each(skins)('%s', (skin) => {
  it('finds the right control, or says that it finds none, however the pages change', { timeout: 600_000 }, async () => {
    const verdicts: Record<Verdict, number> = { right: 0, none: 0, wrong: 0 };
    const languages = languagesOf(skin);
    for (const language of languages) {
      const snapshots = await takeSnapshots(skin, language);
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.goto('data:text/html,<!doctype html><html><body></body></html>');
      await page.evaluate(script);
      for (const [index, scene] of scenes.entries()) {
        const { html, secret } = snapshots[index] ?? { html: '', secret: undefined };
        // The page as it is must be understood, or changing it proves nothing.
        const unchanged = await judge(page, html, scene, secret, undefined, language);
        expect(unchanged.verdict, `${skin} ${language}, ${scene.title}: ${unchanged.why}`).toBe('right');
        for (let variant = 1; variant <= variants; variant += 1) {
          const seed = index * 1000 + variant + (language === 'ja' ? 500 : 0) + skins.indexOf(skin) * 100_000;
          const { verdict, why } = await judge(page, html, scene, secret, seed, language);
          verdicts[verdict] += 1;
          if (verdict !== 'right') report.push(`${verdict}: ${skin} ${language}, ${scene.title}, ${why}`);
        }
      }
      await page.close();
    }
    for (const verdict of ['right', 'none', 'wrong'] as const) totals[verdict] += verdicts[verdict];
    const sum = verdicts.right + verdicts.none + verdicts.wrong;
    console.log(`${skin}: right ${verdicts.right}, none ${verdicts.none}, wrong ${verdicts.wrong}`);
    expect(sum).toBe(variants * scenes.length * languages.length);
    expect(report.filter((line) => line.startsWith(`wrong: ${skin}`))).toEqual([]);
    expect(verdicts.right / sum, report.filter((line) => line.includes(skin)).join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});

/** Shows one variant and asks the guide. @param seed undefined for the page as it is */
async function judge(page: Page, html: string, scene: Scene, secret: string | undefined, seed: number | undefined, language: ConsoleLanguage): Promise<{ verdict: Verdict; why: string }> {
  return page.evaluate(
    async ({ text, step, target, fields, memo, address, wanted, value, variant, others }) => {
      await robustness.showSnapshot(text);
      const mutations = variant === undefined ? [] : robustness.mutate(variant, others);
      const at = `seed ${String(variant)}, ${mutations.join(' + ')}`;
      const look = new robustness.ObservedPage(document, address, robustness.jamfProGuide);
      const seen = robustness.jamfProGuide.observe(look, wanted, memo);
      if (value !== undefined) {
        const shown = look.readSecret();
        if (shown.kind === 'shown') return { verdict: shown.secret === value ? ('right' as const) : ('wrong' as const), why: `${at}: another secret` };
        return { verdict: seen.target === undefined ? ('none' as const) : ('wrong' as const), why: `${at}: ${shown.kind}, ${seen.step}` };
      }
      const found: [mark: string, Element | undefined][] = [];
      for (const control of [...fields, ...(target === undefined ? [] : [target])]) {
        // The step names the same control; another one is a wrong way.
        const isNamed = control === target ? seen.target === control : seen.fields?.some((field) => field.control === control);
        if (!isNamed) {
          const other = seen.target === undefined ? undefined : look.find(seen.target);
          const leads = other?.kind === 'found' && !['lost', 'wait'].includes(seen.step);
          return { verdict: leads && seen.step !== step ? ('wrong' as const) : ('none' as const), why: `${at}: ${seen.step} for ${step}` };
        }
        const located = look.find(control);
        found.push([control, located.kind === 'found' ? located.element : undefined]);
      }
      for (const [mark, element] of found) {
        const truths = robustness.findTruth(mark);
        if (truths.length === 0) return { verdict: 'wrong' as const, why: `${at}: the truth about ${mark} is lost` };
        if (element && truths.length > 1) return { verdict: 'wrong' as const, why: `${at}: one of two for ${mark}` };
        if (element && !truths.some((truth) => robustness.flatContains(truth, element) || robustness.flatContains(element, truth))) return { verdict: 'wrong' as const, why: `${at}: ${element.outerHTML.slice(0, 120)} for ${mark}` };
      }
      const missing = found.find(([, element]) => element === undefined);
      if (missing) {
        const located = look.find(missing[0] as Parameters<typeof look.find>[0]);
        // Where a control is there twice, or cannot be used yet, to say so is right.
        const truths = robustness.findTruth(missing[0]);
        const isHeld = located.kind === 'absent' && located.unusable.some(({ element }) => truths.some((truth) => robustness.flatContains(truth, element)));
        if (truths.length > 1 || (variant === undefined && isHeld)) return { verdict: 'right' as const, why: '' };
        return { verdict: 'none' as const, why: `${at}: ${missing[0]} ${located.kind} ${located.kind === 'absent' ? located.reason : located.kind === 'ambiguous' ? located.candidates.map(({ element }) => element.outerHTML.slice(0, 100)).join(' | ') : ''}` };
      }
      return { verdict: seen.step === step ? ('right' as const) : ('wrong' as const), why: `${at}: ${seen.step} for ${step}` };
    },
    {
      text: html, step: scene.step, target: scene.target, fields: scene.fields ?? [], memo: scene.memo ?? {}, address: scene.path.replace(/\{\w+\}/, '7'),
      wanted: goal, value: secret, variant: seed, others: lookalikes(language),
    },
  );
}

/** Walks through the console of the sandbox, marks what each step is about, and keeps every page. */
async function takeSnapshots(skin: ConsoleSkin, language: ConsoleLanguage): Promise<{ html: string; secret: string | undefined }[]> {
  const acme = sandbox.tenant('acme');
  Object.assign(acme.switches, { skin, language });
  const words = WORDS[language];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(acme.origin);
  await page.getByLabel(words.username).fill(LOCAL_LOGINS.admin.username);
  await page.getByLabel(words.password).fill(LOCAL_LOGINS.admin.password);
  await page.getByRole('button', { name: words.logIn, exact: true }).click();
  await page.waitForURL(/\/view\//);
  const kept: { html: string; secret: string | undefined }[] = [];
  const fresh = `${name} ${skin} ${language}`;
  // Under another name than the goal's: the lists of "not there yet" come first.
  const role = acme.addRole({ displayName: fresh, privileges: goal.privileges.slice() });
  const client = acme.addClient({ displayName: fresh, authorizationScopes: [fresh], enabled: true, accessTokenLifetimeSeconds: goal.tokenLifetime });
  for (const scene of scenes) {
    let secret: string | undefined;
    if (scene.path !== '') await page.goto(acme.origin + scene.path.replace('{role}', role.id).replace('{client}', String(client.id)));
    // One skin shows its settings in a frame.
    const surface: Page | FrameLocator = skin === 'plain' && scene.title !== 'home' ? page.frameLocator('iframe') : page;
    if (scene.path === '') await surface.getByRole('button', { name: spaced(scene.title === 'question' ? words.generateSecret : words.createSecret) }).click();
    const truths = Object.entries(scene.truth).map(([control, [roles, named]]) => {
      const wanted = named(words);
      const name = typeof wanted === 'string' ? spaced(wanted) : wanted;
      return [control, roles.map((one) => surface.getByRole(one, { name })).reduce((any, one) => any.or(one)).first()] as const;
    });
    for (const [control, element] of truths) {
      await element.waitFor();
      // With a name the form can be saved.
      if (control === 'name') await element.fill(name);
    }
    if (scene.title === 'secret') {
      await surface.getByText(words.secretOnce).waitFor();
      secret = acme.mintedSecrets().at(-1);
    }
    // Lists and fields that come late.
    await page.waitForTimeout(400);
    for (const [control, element] of truths) await element.evaluate((node, mark) => node.setAttribute('data-truth', mark), control);
    await page.evaluate(script);
    const html = await page.evaluate(() => robustness.takeSnapshot());
    // The lists show somebody else's, all other pages our own.
    kept.push({ html: scene.path.includes('?tab=') ? html : html.replaceAll(fresh, name), secret });
  }
  await context.close();
  return kept;
}

/** antd puts a blank between two Chinese characters on a button, and the mark of a required field before its label. */
const spaced = (text: string): RegExp => new RegExp(`^\\s*\\*?\\s*${[...text].map((letter) => letter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s?')}\\s*\\*?$`);
