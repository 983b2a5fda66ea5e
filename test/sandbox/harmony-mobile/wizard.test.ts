import { getRequestListener } from '@hono/node-server';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findChromium } from '../../setup/browsers.ts';
import { BY_HAND } from '../by-hand.ts';
import { createCertificate } from '../certificate.ts';
import { startProxy } from '../proxy.ts';
import type { ExchangeEnv } from '../traffic.ts';
import { APP_BUNDLE } from './app-bundle.ts';
import { createFakeUem, SERVER } from './fake-uem.ts';
import type { FakeUem } from './fake-uem.ts';
import { createHarmony, PORTAL_HOST } from './portal.ts';
import type { Harmony } from './portal.ts';

/* The wizard in a real browser, by mouse and keyboard, with a UEM in one function behind it. */

const screenshots = path.resolve(import.meta.dirname, '../../../.output/harmony-mobile');
const executablePath = findChromium()?.path;

let uem: FakeUem;
let harmony: Harmony;
let server: Server;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  if (executablePath === undefined) return;
  await mkdir(screenshots, { recursive: true });
  await APP_BUNDLE.files();
  const { key, cert, spki } = await createCertificate([PORTAL_HOST]);
  const listener = getRequestListener((request) => harmony.handlers.get(PORTAL_HOST)?.(request, {} as ExchangeEnv), { overrideGlobalObjects: false });
  server = createServer({ key, cert }, (incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await startProxy({ port: 0, target: (server.address() as AddressInfo).port, hosts: [PORTAL_HOST] });
  browser = await chromium.launch({
    executablePath,
    args: [`--proxy-server=http://127.0.0.1:${proxy.port}`, '--proxy-bypass-list=<-loopback>', `--ignore-certificate-errors-spki-list=${spki}`, '--no-sandbox'],
  });
}, 120_000);
beforeEach(async () => {
  if (executablePath === undefined) return;
  uem = createFakeUem();
  harmony = createHarmony({ now: () => Date.now(), uemFetch: (input, init) => uem.fetch(input, init) });
  context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  page = await context.newPage();
  page.setDefaultTimeout(8000);
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await page?.screenshot({ path: path.join(screenshots, `failed-${task.name.replaceAll(/\W+/g, '-')}.png`) });
  await context?.close();
  await harmony?.close();
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  server?.closeAllConnections();
  server?.close();
});

const shot = (name: string): Promise<Buffer> => page.screenshot({ path: path.join(screenshots, `${name}.png`), animations: 'disabled' });
const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
const alert = (): Locator => page.getByRole('dialog').getByRole('alert');
/** Required fields have a star before their name. */
const field = (name: string): Locator => page.getByRole('textbox', { name });

/** Does and counts what a person does. */
class Hand {
  clicks = 0;
  typed = 0;
  keys = 0;

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }
  async type(text: string): Promise<void> {
    this.typed += 1;
    await page.keyboard.type(text);
  }
  async press(key: string): Promise<void> {
    this.keys += 1;
    await page.keyboard.press(key);
  }
}

async function signIn(): Promise<void> {
  const { origin, portalLogin } = harmony.control;
  await page.goto(`${origin}/dashboard/mobile#/settings/integrations`);
  await page.getByLabel('Email').fill(portalLogin.email);
  await page.getByLabel('Password').fill(portalLogin.password);
  await button('Sign in').click();
  await page.getByRole('heading', { name: 'Integrations' }).waitFor();
  // The page that was asked for is kept over the sign-in.
  expect(page.url()).toBe(`${origin}/dashboard/mobile#/settings/integrations`);
}
async function openWizard(hand = new Hand()): Promise<void> {
  await hand.click(button('Add'));
  await hand.click(page.getByRole('menuitem', { name: 'UEMs' }));
  await hand.click(page.getByRole('menuitem', { name: 'Workspace ONE UEM' }));
  await page.getByRole('dialog', { name: 'Workspace ONE UEM' }).waitFor();
}
async function fillServerDetails(values: Partial<Record<'Display Name' | 'Server Address' | 'Username' | 'Password' | 'API Key', string>> = {}): Promise<void> {
  const all = { 'Display Name': 'Juniper UEM', 'Server Address': SERVER, Username: uem.username, Password: uem.password, 'API Key': uem.apiKey, ...values };
  for (const [name, value] of Object.entries(all)) await field(name).fill(value);
}

test.skipIf(executablePath === undefined)('the whole wizard by hand', async () => {
  harmony.control.switches.activationMs = 0;
  await signIn();
  const hand = new Hand();
  await hand.click(page.getByRole('link', { name: 'Overview' }));
  await hand.click(page.getByRole('link', { name: 'Settings', exact: true }));
  await openWizard(hand);
  await hand.click(field('Display Name'));
  await hand.type('Juniper UEM');
  for (const value of [SERVER, uem.username, uem.password]) {
    await hand.press('Tab');
    await hand.type(value);
  }
  await hand.click(field('API Key'));
  await hand.type(uem.apiKey);
  await shot('1-server-details');
  await hand.click(button('Verify and Next'));

  const groups = page.getByRole('combobox', { name: 'Group(s)' });
  await hand.click(groups);
  await hand.type('Berl');
  await page.locator('.ant-select-item-option').getByText('Berlin (JUN-BER)').waitFor();
  await hand.press('Enter');
  await hand.press('Escape');
  await shot('2-synchronization');
  await hand.click(button('Next'));
  await page.getByRole('checkbox', { name: 'Device number' }).waitFor();
  await hand.click(page.getByRole('checkbox', { name: 'Device number' }));
  await shot('3-advanced');
  await hand.click(button('Finish'));

  await page.getByText('Connected').waitFor();
  await page.getByText('620').waitFor();
  await shot('4-card');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect({ ...hand }).toEqual({ ...BY_HAND.portal, keys: 5 });
  expect(harmony.control.integrations()).toMatchObject([
    { displayName: 'Juniper UEM', server: SERVER, username: uem.username, usesConnector: false, groups: [{ kind: 'organization', id: 2, name: 'Berlin' }], pii: { name: true, number: false, email: true }, devices: 620 },
  ]);
  expect(harmony.control.devices().byStatus.Active).toBeGreaterThan(500);
  expect(await page.content()).not.toContain(uem.password);
  await page.getByRole('link', { name: 'Devices' }).click();
  await page.getByRole('heading', { name: 'Devices (620)' }).waitFor();
  await shot('5-devices');
  expect(problems).toEqual([]);
}, 60_000);

test.skipIf(executablePath === undefined)('errors, an integration that exists, tags that lack, and the first-time warning', async () => {
  harmony.control.switches.existingDevices = 12;
  uem.tags = [];
  await signIn();
  await openWizard();
  expect(await alert().textContent()).toContain('delete any existing devices');
  // Nothing filled: the fields say so, and nobody is asked.
  await button('Verify and Next').click();
  await page.getByText('Please enter API Key').waitFor();
  expect(uem.requests).toEqual([]);

  await fillServerDetails({ Password: 'wrong' });
  await button('Verify and Next').click();
  await alert().getByText('Verification failed: Incorrect user name or password.').waitFor();
  await shot('6-wrong-password');
  await fillServerDetails({ 'Server Address': 'https://uem.umbra.example' });
  await button('Verify and Next').click();
  await alert().getByText(/^Server is not reachable/).waitFor();
  await page.getByRole('switch', { name: /^Using Connector/ }).click();
  await page.getByRole('combobox', { name: 'Connector' }).click();
  await page.locator('.ant-select-item-option').getByText('HQ-DMZ-Connector').click();
  await button('Verify and Next').click();
  await page.getByRole('radio', { name: 'Smart groups' }).click();
  await page.getByRole('combobox', { name: 'Group(s)' }).click();
  await page.locator('.ant-select-item-option').getByText('Sales phones').click();
  await page.keyboard.press('Escape');
  await button('Back').click();
  expect(await field('Server Address').inputValue()).toBe('https://uem.umbra.example');
  await field('API Key').press('Enter');
  await page.getByText('Sales phones').waitFor();
  await button('Next').click();
  await page.getByRole('combobox', { name: 'Device sync interval' }).click();
  await page.locator('.ant-select-item-option').getByText('Every 12 hours').click();
  await button('Finish').click();
  await page.getByText('Tag CHKP_Status_Provisioned does not exist').waitFor();
  await shot('7-tag-warning');
  expect(harmony.control.integrations()).toMatchObject([{ server: 'https://uem.umbra.example', usesConnector: true, groups: [{ kind: 'smart', id: 7, name: 'Sales phones' }], syncIntervalHours: 12, devices: 2 }]);
  expect(harmony.control.tagWarnings()).toHaveLength(1);

  // The same server once more leads to editing.
  await openWizard();
  await fillServerDetails({ 'Server Address': 'https://uem.umbra.example' });
  await button('Verify and Next').click();
  await button('Edit existing integration').click();
  await page.getByRole('dialog', { name: 'Edit Juniper UEM' }).waitFor();
  expect([await field('Server Address').inputValue(), await field('Password').inputValue(), await field('API Key').inputValue()]).toEqual(['https://uem.umbra.example', '', '']);
  await field('Display Name').fill('Umbra');
  await button('Verify and Next').click();
  await button('Next').click();
  await page.getByRole('switch', { name: 'Tag device status' }).click();
  await button('Finish').click();
  await page.getByText('Umbra', { exact: true }).waitFor();
  await harmony.control.settled();
  expect(harmony.control.integrations()).toMatchObject([{ displayName: 'Umbra', usesConnector: true, tagStatus: false, syncIntervalHours: 12, status: 'connected' }]);

  const before = uem.requests.length;
  await button('Sync Now').click();
  await expect.poll(() => uem.requests.length).toBeGreaterThan(before);
  await page.locator('.ant-card').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No integrations yet').waitFor();
  expect(harmony.control.integrations()).toEqual([]);
  // What a refused verification answers with is a failed request to the browser too.
  expect(problems.filter((problem) => !problem.includes('status of 422'))).toEqual([]);
}, 60_000);

test.skipIf(executablePath === undefined)('an API key of the portal, told once', async () => {
  const { origin, portalLogin, apiKey } = harmony.control;
  await page.goto(`${origin}/dashboard/settings/api-keys`);
  await page.getByLabel('Email').fill(portalLogin.email);
  await page.getByLabel('Password').fill(portalLogin.password);
  await button('Sign in').click();
  await page.getByText(apiKey.clientId).waitFor();
  await button('New').click();
  for (const [name, value] of [['Service', 'Harmony Mobile'], ['Roles', 'Read-Only']] as const) {
    await page.getByRole('combobox', { name }).click();
    await page.locator('.ant-select-item-option:visible').getByText(value, { exact: true }).click();
  }
  await button('Create').click();
  const dialog = page.getByRole('dialog', { name: 'New API Key', exact: true });
  const [clientId = '', accessKey = '', url] = await dialog.locator('code').allTextContents();
  await shot('8-api-key');
  expect(url).toBe(`${apiKey.gateway}/auth/external`);
  expect(harmony.control.mintedSecrets()).toEqual([apiKey.accessKey, accessKey]);
  const gateway = harmony.handlers.get(new URL(apiKey.gateway).host);
  const answer = await gateway?.(new Request(url ?? '', { method: 'POST', body: new URLSearchParams({ clientId, accessKey }) }), {} as ExchangeEnv);
  expect(answer?.status).toBe(200);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByText(clientId).waitFor();
  expect(await page.content()).not.toContain(accessKey);
  expect(problems).toEqual([]);
}, 60_000);
