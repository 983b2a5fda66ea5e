import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HarmonyMobileGoal } from '../../lib/guide/goals.ts';
import { getBundle } from '../sandbox/jamf-pro/skins/bundles.ts';
import { type NodeSandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Ws1Environment } from '../sandbox/types.ts';
import { bundleGuide, launch } from './browser-page.ts';
import { GuidedAdmin } from './guided-admin.ts';

/* The guide in the sandbox's dashboard of Harmony Mobile, with the sandbox's Workspace ONE UEM behind it. */

const categories = { 'API > REST > Devices': 'edit', 'API > REST > Groups': 'edit', 'Device Management > Bulk Management': 'edit', 'Device Management > Compliance': 'edit', 'Monitor > Reports > General': 'edit', 'Settings > Tags > Tags': 'edit' } as const;
const password = 'Ws1-Harmony-Secret-77';
const integrationsPage = '/dashboard/mobile#/settings/integrations';

let sandbox: NodeSandbox;
let browser: Browser;
let bundle: string;
let admin: GuidedAdmin;
let made = 0;

beforeAll(async () => {
  await getBundle('harmony-mobile');
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

async function open({ goal, apiKey }: Account, path = '/dashboard/', secret = password): Promise<GuidedAdmin> {
  admin = await GuidedAdmin.open(browser, bundle, 'harmonyMobileGuide', goal, { 'password': secret, 'api-key': apiKey });
  const { origin, portalLogin } = sandbox.harmony;
  await admin.page.goto(origin + path);
  await expect.poll(() => admin.state?.step).toBe('sign-in');
  await admin.page.type('input[type=email]', portalLogin.email);
  await admin.page.type('input[type=password]', portalLogin.password);
  await Promise.all([admin.page.waitForNavigation(), admin.page.keyboard.press('Enter')]);
  return admin;
}

describe('the wizard', () => {
  it('first time', async () => {
    const account = accountOf(sandbox.ws1('cn1234'));
    await open(account);
    await admin.follow(() => admin.state?.isDone === true);
    console.log(admin.trail, admin.steps, admin.state, sandbox.harmony.integrations());
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await admin?.page.screenshot({ path: `/tmp/failed-${task.name.replaceAll(/\W+/g, '-')}.png` });
  await admin?.context.close();
});
