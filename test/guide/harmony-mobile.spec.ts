import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HarmonyMobileGoal } from '../../lib/guide/goals.ts';
import { APP_BUNDLE } from '../sandbox/harmony-mobile/app-bundle.ts';
import { type NodeSandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Ws1Environment } from '../sandbox/types.ts';
import { bundleGuide, launch, root } from './browser-page.ts';
import { type Card, GuidedAdmin } from './guided-admin.ts';

/* The guide in the sandbox's dashboard of Harmony Mobile, with the sandbox's Workspace ONE UEM behind it. */

const categories = { 'API > REST > Devices': 'edit', 'API > REST > Groups': 'edit', 'Device Management > Bulk Management': 'edit', 'Device Management > Compliance': 'edit', 'Monitor > Reports > General': 'edit', 'Settings > Tags > Tags': 'edit' } as const;
const password = 'Ws1-Harmony-Secret-77';

/** With `EVERYTHING=1`, which `npm run test:guide` sets. */
const itOfAll = it.runIf(process.env['EVERYTHING']);

let sandbox: NodeSandbox;
let browser: Browser;
let bundle: string;
let context: BrowserContext;
let admin: GuidedAdmin;
let made = 0;

beforeAll(async () => {
  await APP_BUNDLE.files();
  sandbox = await startSandbox({ largeTenantComputers: 20, largeEnvironmentDevices: 200 });
  browser = await launch('chromium', { sandbox });
  bundle = await bundleGuide();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

interface Account {
  goal: HarmonyMobileGoal;
  apiKey: string;
}
function accountOf(environment: Ws1Environment, changes: Partial<HarmonyMobileGoal> = {}): Account {
  made += 1;
  const role = environment.addRole({ name: `api_admin_role ${String(made)}`, categories });
  const username = `harmony_api_${String(made)}`;
  environment.addAdmin({ username, password, role: role.name });
  const { value } = environment.addApiKey({ service: `Harmony Mobile ${String(made)}` });
  const [, group] = environment.organizationGroups();
  const goal: HarmonyMobileGoal = { guide: 'harmony-mobile', displayName: 'Keyferry: Meridian', server: environment.apiOrigin, username, usesConnector: false, groups: [group!.name], pii: { deviceName: true, number: false, email: false }, ...changes };
  return { goal, apiKey: value };
}

/** Signs in, as the guide asks for first. */
async function open(account: Account, secret = password): Promise<Account> {
  const { goal, apiKey } = account;
  context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 860 });
  admin = await GuidedAdmin.in(page, bundle, { 'password': secret, 'api-key': apiKey });
  const { origin, portalLogin } = sandbox.harmony;
  await admin.begin(goal, `${origin}/`);
  await expect.poll(() => admin.state?.step).toBe('sign-in');
  await admin.page.type('input[type=email]', portalLogin.email);
  await admin.page.type('input[type=password]', portalLogin.password);
  await Promise.all([admin.page.waitForNavigation(), admin.page.keyboard.press('Enter')]);
  return account;
}

const straight = ['open-settings', 'new-integration', 'choose-uems', 'choose-uem', 'verify', 'synchronization', 'advanced'];
const at = (step: string, tone = 'step') => (card: Card): boolean => card.step === step && card.tone === tone;
const cloud = (): Ws1Environment => sandbox.ws1('cn1234');

describe('the wizard', () => {
  afterEach(async ({ task }) => {
    const directory = path.join(root, '.output/guide');
    if (task.result?.state === 'fail') await mkdir(directory, { recursive: true }).then(() => admin.page.screenshot({ path: path.join(directory, `${task.name.replaceAll(/\W+/g, '-')}.png`) }));
    // What is there is deleted by hand.
    await admin.page.evaluate(async (ids) => {
      for (const id of ids) await fetch(`/app/mobile/ui/integrations/${id}`, { method: 'DELETE' });
    }, sandbox.harmony.integrations().map(({ id }) => id));
    expect(sandbox.harmony.integrations()).toEqual([]);
    await context.close();
    sandbox.harmony.switches.existingDevices = 0;
  });

  it('first time', async () => {
    const { goal, apiKey } = await open(accountOf(cloud()));
    await admin.follow();
    expect(admin.trail).toEqual(straight);
    await sandbox.harmony.settled();
    expect(sandbox.harmony.integrations()).toMatchObject([{ displayName: goal.displayName, server: goal.server, username: goal.username, usesConnector: false, groups: [{ name: goal.groups[0] }], pii: { name: true, number: false, email: false }, syncIntervalHours: 4, status: 'connected' }]);
    await expect.poll(() => admin.state?.found).toEqual({ status: 'Connected' });
    expect(sandbox.harmony.receivedSecrets()).toEqual(expect.arrayContaining([password, apiKey]));
    // Each once, into its own field.
    expect(admin.typed).toEqual(['password', 'apiKey']);
  });

  itOfAll('second time: the one that is there is edited, another’s is let be', async () => {
    const other = accountOf(cloud(), { displayName: 'Someone’s', server: cloud().origin, groups: ['Asia Pacific'] });
    await open(other);
    await admin.follow();
    await context.close();
    await open(accountOf(cloud()));
    await admin.follow();
    await context.close();
    const again = await open(accountOf(cloud(), { groups: ['Europe', 'Americas'] }));
    await admin.follow();
    expect(admin.trail).toEqual(['open-settings', 'edit-integration', 'verify', 'synchronization', 'advanced']);
    const rows = sandbox.harmony.integrations();
    expect(rows.map(({ displayName, username, groups }) => [displayName, username, groups.map(({ name }) => name)])).toEqual(
      expect.arrayContaining([[other.goal.displayName, other.goal.username, ['Asia Pacific']], [again.goal.displayName, again.goal.username, ['Europe', 'Americas']]]),
    );
    expect(rows).toHaveLength(2);
  });

  itOfAll('a server that is there under another name is edited, and keeps its name', async () => {
    await open(accountOf(cloud(), { displayName: 'Mobiles' }));
    await admin.follow();
    await context.close();
    const { goal } = await open(accountOf(cloud()));
    await admin.follow();
    expect(admin.trail).toContain('edit-integration');
    expect(sandbox.harmony.integrations()).toMatchObject([{ displayName: 'Mobiles', username: goal.username }]);
  });

  itOfAll('a wrong password is told, and mended by another', async () => {
    await open(accountOf(cloud()), 'wrong');
    const card = await admin.follow(at('verification-failed'));
    expect(card).toMatchObject({ title: 'Read the page’s message, then press “Verify and Next” again' });
    expect(sandbox.harmony.integrations()).toEqual([]);
    admin.secrets = { ...admin.secrets, password };
    await admin.page.reload();
    await admin.follow();
    expect(sandbox.harmony.integrations()).toHaveLength(1);
  });

  itOfAll('a group that is not there is named, and the others are chosen', async () => {
    await open(accountOf(cloud(), { groups: ['Europe', 'Atlantis'] }));
    const card = await admin.follow(at('synchronization', 'attention'));
    expect(card.items).toEqual([{ text: 'Atlantis', state: 'missing' }]);
    expect(await admin.page.$$eval('.ant-select-selection-item', (chips) => chips.map(({ textContent }) => textContent))).toEqual(['Europe (MER-EU)']);
  });

  it('a word about devices that are there already', async () => {
    sandbox.harmony.switches.existingDevices = 12;
    await open(accountOf(cloud()));
    const card = await admin.follow(at('existing-devices'));
    expect(card).toMatchObject({ title: 'Old devices first, then “Verify and Next”' });
    await admin.follow();
    expect(admin.trail).toEqual(straight.map((step) => (step === 'verify' ? 'existing-devices' : step)));
    expect(sandbox.harmony.devices().total).toBeGreaterThanOrEqual(12);
  });

  itOfAll('a reload in every step', async () => {
    await open(accountOf(cloud()));
    for (const step of straight) {
      await admin.follow((card) => card.step === step && card.tone === 'step');
      await admin.page.reload();
    }
    await admin.follow();
    expect(sandbox.harmony.integrations()).toHaveLength(1);
  });

  itOfAll('own host, by a connector that the admin chooses', async () => {
    const umbra = sandbox.ws1('uem-umbra');
    const { goal } = await open(accountOf(umbra, { usesConnector: true }));
    await admin.follow(({ title }) => title === 'Choose your connector, then press “Verify and Next”');
    await (await admin.page.waitForSelector('#uem_connectorId'))!.click();
    await (await admin.page.waitForSelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option'))!.click();
    await admin.follow();
    expect(sandbox.harmony.integrations()).toMatchObject([{ server: goal.server, usesConnector: true }]);
  });

  it.each<[what: string, change: (title: string) => void]>([
    ['another UEM’s form, with the same fields', (title) => void (document.querySelector(title)!.textContent = 'Hexnode UEM')],
    ['another UEM’s form, without a key', (title) => {
      document.querySelector(title)!.textContent = 'A UEM that nobody here knows';
      document.querySelector('#uem_apiKey')!.closest('.ant-form-item')!.remove();
    }],
  ])('%s: nothing is filled in', async (_what, change) => {
    await open(accountOf(cloud()));
    await admin.follow(at('new-integration'));
    // The guide is kept out until the form is another one.
    const release = admin.hold();
    await admin.page.reload();
    for (const selector of ['[aria-label=Add]', '[role=menuitem][aria-haspopup]', '[role=menuitem]::-p-text(Workspace ONE UEM)']) await (await admin.page.waitForSelector(selector, { visible: true }))!.click();
    await admin.page.waitForSelector('#uem_apiKey');
    await admin.page.evaluate(change, '.ant-modal-title');
    release();
    await expect.poll(() => admin.state?.step).toBe('other-object');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await admin.page.$$eval('.ant-modal input:not([type=checkbox])', (fields) => fields.map((field) => (field).value).join(''))).toBe('');
    expect(admin.typed).toEqual([]);
  });
});
