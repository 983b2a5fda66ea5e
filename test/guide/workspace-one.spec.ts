import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceOneGoal, WorkspaceOnePart } from '../../lib/guide/goals.ts';
import { workspaceOneGuide } from '../../lib/consoles/workspace-one/guide.ts';
import { type NodeSandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Ws1Environment } from '../sandbox/types.ts';
import { WS1_LOGINS } from '../sandbox/workspace-one/environments.ts';
import { bundleGuide, launch } from './browser-page.ts';
import { GuidedAdmin } from './guided-admin.ts';

/* The guide in the sandbox's console: an admin who does nothing but what the card says. */

const password = 'Xk7!mQ2#pL9$vR4w';
/** As the vendor of the service names them. */
const categories = ['API > REST > Devices', 'API > REST > Groups', 'Device Management > Bulk Management', 'Device Management > Compliance', 'Monitor > Reports > General', 'Settings > Tags > Tags'].map((path) => ({ path, access: 'edit' as const }));

type Goal<Part extends WorkspaceOnePart> = Extract<WorkspaceOneGoal, { part: Part }>;
const key: Goal<'api-key'> = { guide: 'workspace-one', part: 'api-key', service: 'Keyferry' };
const role: Goal<'role'> = { guide: 'workspace-one', part: 'role', name: 'api_admin_role', description: 'Role for Harmony Mobile Integration', copyOf: 'Read Only', categories, permissions: [] };
const administrator: Goal<'administrator'> = {
  guide: 'workspace-one', part: 'administrator', username: 'api_admin', firstName: 'Harmony', lastName: 'Mobile', email: 'api@meridian.example', role: 'api_admin_role', organizationGroup: 'Meridian Logistics',
};
const client: Goal<'oauth-client'> = { guide: 'workspace-one', part: 'oauth-client', name: 'Harmony Mobile', description: 'For Harmony Mobile', role: 'Read Only', organizationGroup: 'Meridian Logistics' };

describe('Workspace ONE UEM in Chromium', () => {
  let sandbox: NodeSandbox;
  let browser: Browser;
  let bundle: string;
  let ws1: Ws1Environment;
  let context: BrowserContext;
  let page: Page;
  let admin: GuidedAdmin;

  beforeAll(async () => {
    browser = await launch('chromium', { sandbox: (sandbox = await startSandbox({ largeTenantComputers: 5, largeEnvironmentDevices: 5 })) });
    bundle = await bundleGuide();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
  });
  afterEach(async () => {
    await context?.close();
  });

  /** Signed in at the console's home. */
  async function open(login: { username: string; password: string } = WS1_LOGINS.admin): Promise<void> {
    ws1 = sandbox.ws1('cn1234');
    context = await browser.createBrowserContext();
    page = await context.newPage();
    await page.setViewport({ width: 1400, height: 950 });
    admin = await GuidedAdmin.in(page, bundle, { password });
    await page.goto(`${ws1.origin}/AirWatch/Login`);
    await page.type('#UserName', login.username);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.type('#Password', login.password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  }
  const home = (): string => `${ws1.origin}/AirWatch/`;
  const begin = (goal: WorkspaceOneGoal, path = workspaceOneGuide.start(goal)): Promise<void> => admin.begin(goal, ws1.origin + path);

  it('REST API key, from the home page: made, read in full, found again', async () => {
    await open();
    await admin.begin(key, home());
    expect((await admin.follow('capture', 'secret-unreadable')).step).toBe('capture');
    console.log(admin.trail.join(' '));
    expect(await admin.readSecret()).toMatchObject({ kind: 'shown', clientId: '' });
  });

  it('role', async () => {
    await open();
    await admin.begin(role, home());
    const card = await admin.follow();
    console.log(admin.trail.join(' '), card);
    console.log(ws1.roles().find(({ name }) => name === role.name));
  });

  it('administrator', async () => {
    await open();
    await admin.begin(administrator, home());
    const card = await admin.follow();
    console.log(admin.trail.join(' '), card);
    console.log(ws1.admins().find(({ username }) => username === administrator.username));
  });

  it('client', async () => {
    await open();
    await admin.begin(client, home());
    const card = await admin.follow('capture');
    console.log(admin.trail.join(' '), card);
    console.log(ws1.oauthClients(), await admin.readSecret());
  });
});
