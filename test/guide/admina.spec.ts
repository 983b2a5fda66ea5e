import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AdminaGoal } from '../../lib/guide/goals.ts';
import { APP_BUNDLE } from '../sandbox/admina/app-bundle.ts';
import { signedInByToken } from '../sandbox/jamf-pro/test-support.ts';
import { type NodeSandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { ConsoleLanguage } from '../sandbox/types.ts';
import { bundleGuide, launch, root } from './browser-page.ts';
import { type Card, GuidedAdmin } from './guided-admin.ts';

/* The guide in the sandbox's Admina, with the sandbox's Jamf Pro behind it. */

const privileges = ['Read Accounts', 'Create Accounts', 'Delete Accounts', 'Read Buildings', 'Read Departments', 'Read Mobile Devices', 'Read Computers', 'Read Sites'];

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
  sandbox = await startSandbox({ largeTenantComputers: 20 });
  browser = await launch('chromium', { sandbox });
  bundle = await bundleGuide();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

interface Client {
  goal: AdminaGoal;
  secret: string;
}
async function clientOf(tenant: string, changes: Partial<AdminaGoal> = {}, may = privileges): Promise<Client> {
  made += 1;
  const jamf = sandbox.tenant(tenant);
  const role = jamf.addRole({ displayName: `Admina ${made}`, privileges: may });
  const row = jamf.addClient({ displayName: `Admina ${made}`, authorizationScopes: [role.displayName], enabled: true, accessTokenLifetimeSeconds: 600 });
  const api = await signedInByToken(sandbox, jamf);
  const { body } = await api.call('POST', `/api/v1/api-integrations/${row.id}/client-credentials`);
  const { clientId, clientSecret } = body as { clientId: string; clientSecret: string };
  return { goal: { guide: 'admina', workspaceKey: tenant, clientId, devices: true, deviceGroup: '', ...changes }, secret: clientSecret };
}

/** Signs in, as the guide asks for first. */
async function open({ goal, secret }: Client): Promise<void> {
  context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 860 });
  admin = await GuidedAdmin.in(page, bundle, { 'client-secret': secret });
  const { origin, login } = sandbox.admina;
  await admin.begin(goal, `${origin}/`);
  await expect.poll(() => admin.state?.step).toBe('sign-in');
  await admin.page.type('input[type=email]', login.email);
  await admin.page.type('input[type=password]', login.password);
  await Promise.all([admin.page.waitForNavigation(), admin.page.keyboard.press('Enter')]);
}

const straight = ['open-menu', 'open-integrations', 'open-status', 'open-catalog', 'choose-jamf', 'integrate'];
const at = (step: string, tone = 'step') => (card: Card): boolean => card.step === step && card.tone === tone;
const workspaces = (): object[] => sandbox.admina.workspaces().filter(({ service }) => service === 'Jamf');

describe.each<ConsoleLanguage>(['ja', 'en'])('the integration screen, %s', (language) => {
  beforeEach(() => {
    Object.assign(sandbox.admina.switches, { language, hasDevices: true, uniqueKeys: true, runDelayMs: 300 });
    sandbox.admina.reset();
  });
  afterEach(async ({ task }) => {
    const directory = path.join(root, '.output/guide');
    if (task.result?.state === 'fail') await mkdir(directory, { recursive: true }).then(() => admin.page.screenshot({ path: path.join(directory, `admina-${language}-${task.name.replaceAll(/\W+/g, '-')}.png`) }));
    await context.close();
  });

  it('first time', async () => {
    const client = await clientOf('acme');
    await open(client);
    await admin.follow();
    expect(admin.trail).toEqual(straight);
    await sandbox.admina.settled();
    const { accounts, computers, mobileDevices } = sandbox.tenant('acme').counts();
    expect(workspaces()).toMatchObject([{ workspaceKey: 'acme', clientId: client.goal.clientId, readsDevices: true, deviceGroup: '', status: 'success', accounts, devices: computers + mobileDevices }]);
    expect(admin.state?.found).toEqual({ outcome: 'connected' });
    expect(sandbox.admina.receivedSecrets()).toContain(client.secret);
    // Once, into its own field.
    expect(admin.typed).toEqual(['clientSecret']);
  });

  it('a wrong secret is told in the page’s words, and mended there', async () => {
    const client = await clientOf('acme', { deviceGroup: 'Roastery' });
    await open({ ...client, secret: 'wrong' });
    await admin.follow(at('failed'));
    expect(admin.state?.found).toEqual({ outcome: 'failed', reason: language === 'ja' ? '認証に失敗しました。クライアントIDとクライアントシークレットを確認してください。' : 'Authentication failed. Check the client ID and the client secret.' });
    admin.secrets = { 'client-secret': client.secret };
    await admin.page.reload();
    await admin.follow();
    expect(admin.trail.slice(straight.length)).toEqual(expect.arrayContaining(['save', 'retry']));
    expect(workspaces()).toMatchObject([{ status: 'success', deviceGroup: 'Roastery' }]);
  });

  it('what is there for this key is edited, another service’s and another tenant’s are let be', async () => {
    const globex = await clientOf('globex', { devices: false });
    await open(globex);
    await admin.follow();
    await context.close();
    await open(await clientOf('acme', { devices: false }));
    await admin.follow();
    await context.close();
    const again = await clientOf('acme');
    await open(again);
    await admin.follow();
    expect(admin.trail).toEqual(['open-menu', 'open-integrations', 'open-status', 'exists', 'save', 'retry']);
    await sandbox.admina.settled();
    expect(workspaces()).toMatchObject([{ workspaceKey: 'acme', clientId: again.goal.clientId, readsDevices: true, status: 'success' }, { workspaceKey: 'globex', clientId: globex.goal.clientId, readsDevices: false }]);
  });

  itOfAll('missing privileges are told in the page’s words', async () => {
    await open(await clientOf('acme', {}, privileges.slice(0, -2)));
    await admin.follow(at('failed'));
    expect(admin.state?.found['reason']).toMatch(/: Read Sites, Read Computers$/);
  });

  itOfAll('a reload in every step', async () => {
    await open(await clientOf('acme'));
    for (const step of straight.slice(1, -1)) {
      await admin.follow((card) => card.step === step && card.tone === 'step');
      await admin.page.reload();
    }
    await admin.follow((card) => card.step === 'integrate' && card.tone === 'step');
    await admin.page.reload();
    await admin.follow();
    await admin.page.reload();
    await admin.follow();
    expect(workspaces()).toHaveLength(1);
  });

  itOfAll('a form that the admin opened before the list was looked at', async () => {
    await open(await clientOf('acme'));
    await admin.follow(at('open-status'));
    await admin.page.type('input[type=search], .ant-input-search input', 'jamf');
    await (await admin.page.waitForSelector('.services li:nth-child(1) button'))!.click();
    await expect.poll(() => admin.state?.step).toBe('look-first');
    expect(await admin.page.$$eval('.ant-modal input:not([type=checkbox])', (fields) => fields.map((field) => field.value).join(''))).toBe('');
    await admin.page.click('.ant-modal-close');
    await admin.follow();
    expect(workspaces()).toHaveLength(1);
  });

  itOfAll('another service’s form, with the same fields: nothing is filled in', async () => {
    await open(await clientOf('acme'));
    await admin.follow(at('choose-jamf'));
    const release = admin.hold();
    await admin.page.reload();
    admin.memo = { isNew: true };
    await admin.page.waitForSelector('.ant-input-search input');
    await admin.page.type('.ant-input-search input', 'jamf');
    await (await admin.page.waitForSelector('.services li:nth-child(1) button'))!.click();
    await admin.page.waitForSelector('#workspace_clientSecret');
    await admin.page.evaluate(() => void (document.querySelector('.ant-modal-title')!.textContent = 'Iru (Kandji)'));
    release();
    await expect.poll(() => admin.state?.step).toBe('other-object');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await admin.page.$$eval('.ant-modal input:not([type=checkbox])', (fields) => fields.map((field) => field.value).join(''))).toBe('');
    expect(admin.typed).toEqual([]);
  });
});
