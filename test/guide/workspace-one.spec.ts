import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceOneGoal, WorkspaceOnePart } from '../../lib/guide/goals.ts';
import { workspaceOneGuide } from '../../lib/consoles/workspace-one/guide.ts';
import { type NodeSandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Ws1Access, Ws1Environment } from '../sandbox/types.ts';
import { WS1_LOGINS } from '../sandbox/workspace-one/environments.ts';
import { bundleGuide, launch } from './browser-page.ts';
import { GuidedAdmin } from './guided-admin.ts';

/* The guide in the sandbox's console: an admin who does nothing but what the card says. */

/** With `EVERYTHING=1`, which `npm run test:guide` sets. */
const itOfAll = it.runIf(process.env['EVERYTHING']);

const password = 'Xk7!mQ2#pL9$vR4w';
/** As the vendor of the service names them. */
const categories = ['API > REST > Devices', 'API > REST > Groups', 'Device Management > Bulk Management', 'Device Management > Compliance', 'Monitor > Reports > General', 'Settings > Tags > Tags'].map((path) => ({ path, access: 'edit' as const }));

type Goal<Part extends WorkspaceOnePart> = Extract<WorkspaceOneGoal, { part: Part }>;
const key: Goal<'api-key'> = { guide: 'workspace-one', part: 'api-key', service: 'Keyferry' };
const role: Goal<'role'> = { guide: 'workspace-one', part: 'role', name: 'api_admin_role', description: 'Role for Harmony Mobile Integration', copyOf: 'Read Only', categories, permissions: [] };
const administrator: Goal<'administrator'> = {
  guide: 'workspace-one', part: 'administrator', username: 'api_admin', firstName: 'Harmony', lastName: 'Mobile', email: 'api@meridian.example', role: 'api_admin_role', organizationGroup: 'Meridian Logistics', mayChange: false };
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
  const begin = (goal: WorkspaceOneGoal, path = workspaceOneGuide.start(goal)): Promise<void> => admin.begin(goal, ws1.origin + path);

  const recorded = (name: string): Record<string, Ws1Access> | undefined => ws1.roles().find((one) => one.name === name)?.categories;
  const readOnly = (): Record<string, Ws1Access> => recorded('Read Only') ?? {};
  const wanted: Record<string, Ws1Access> = Object.fromEntries(categories.map(({ path, access }) => [path, access]));
  const counted = (trail: readonly string[]): string => [...new Set(trail)].join(' ');

  it('REST API key: made from the home page on, read in full, found again', async () => {
    await open();
    await begin(key, '/AirWatch/');
    expect((await admin.follow('capture', 'secret-unreadable')).step).toBe('capture');
    expect(counted(admin.trail)).toBe('open-settings open-rest-api add-key fill-key');
    expect(ws1.apiKeys().find(({ service }) => service === key.service)).toMatchObject({ accountType: 'Admin', adminGenerated: true });
    expect(admin.state?.found).toEqual({ apiAddress: `${ws1.apiOrigin}/API`, organizationGroup: 'Meridian Logistics' });
    const secret = await admin.readSecret();
    expect(ws1.secrets()).toContain(secret.kind === 'shown' ? secret.secret : '');

    await begin(key);
    expect((await admin.follow('capture', 'secret-unreadable')).step).toBe('capture');
    expect(admin.trail).toEqual([]);
    expect(await admin.readSecret()).toEqual(secret);
    expect(ws1.apiKeys().filter(({ service }) => service === key.service)).toHaveLength(1);
  });

  it('REST API key: a masked one is never taken for the key, nor that of another row', async () => {
    await open();
    const { value } = ws1.addApiKey({ service: 'Masked' });
    ws1.addApiKey({ service: 'Of users', accountType: 'Enrollment User' });
    ws1.switches.keyMasking = 'saved';
    await begin({ ...key, service: 'Masked' });
    expect((await admin.follow('capture', 'secret-unreadable')).step).toBe('secret-unreadable');
    expect(await admin.readSecret()).toEqual({ kind: 'unreadable' });
    // Made anew it is shown this once.
    await begin({ ...key, service: 'Shown once' });
    expect((await admin.follow('capture', 'secret-unreadable')).step).toBe('capture');
    expect(await admin.readSecret()).not.toMatchObject({ secret: value });
    await page.reload();
    expect((await admin.follow('capture', 'secret-unreadable')).step).toBe('secret-unreadable');
    ws1.switches.keyMasking = 'system';
    await begin({ ...key, service: 'Of users' });
    expect((await admin.follow('capture', 'key-other-type')).step).toBe('key-other-type');
    expect(await admin.readSecret()).toEqual({ kind: 'none' });
  });

  it('REST API key: at a group below the top', async () => {
    await open(WS1_LOGINS.europe);
    await begin({ ...key, service: 'Below' });
    expect((await admin.card()).step).toBe('switch-group');
    expect(ws1.apiKeys().some(({ service }) => service === 'Below')).toBe(false);
  });

  itOfAll('REST API key: access disabled, Basic off', async () => {
    await open();
    ws1.setApiEnabled(false);
    ws1.setBasicEnabled(false);
    await begin({ ...key, service: 'Switched on' });
    expect((await admin.follow('capture')).step).toBe('capture');
    await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[role=tab]')].find(({ textContent }) => textContent === 'Authentication')?.click());
    expect(await admin.card()).toMatchObject({ step: 'basic-off', hasTarget: true });
    ws1.setBasicEnabled(true);
  });

  it('role: a copy with its categories, and as it is the second time', async () => {
    await open();
    await begin(role, '/AirWatch/');
    expect((await admin.follow()).step).toBe('role-done');
    expect(counted(admin.trail)).toBe('open-administrators open-roles select-role copy-role fill-role');
    expect(recorded(role.name)).toEqual({ ...readOnly(), ...wanted });
    expect(ws1.roles().find(({ name }) => name === role.name)?.description).toBe(role.description);

    admin.memo = {};
    await begin(role, '/AirWatch/#/Admin/Roles');
    expect((await admin.follow()).step).toBe('role-done');
    expect(admin.trail).toEqual(['open-role']);
  });

  it('role: one category missing and one too much', async () => {
    await open();
    const { [categories[2]?.path ?? '']: _missing, ...rest } = wanted;
    ws1.addRole({ name: 'half_done', description: role.description, categories: { ...readOnly(), ...rest, 'Device Management > Bulk Management': 'read', 'API > REST > Admins': 'edit' } });
    await begin({ ...role, name: 'half_done' }, '/AirWatch/#/Admin/Roles');
    const card = await admin.follow('fill-role');
    expect(card.items).toEqual([{ text: 'API > REST > Admins: Edit', state: 'surplus' }]);
    await admin.press();
    expect((await admin.follow()).step).toBe('role-done');
    expect(recorded('half_done')).toEqual({ ...readOnly(), ...wanted, 'API > REST > Admins': 'edit' });
  });

  itOfAll('role: single permissions alone', async () => {
    await open();
    const permissions = [{ name: 'REST API Devices Write', access: 'edit' as const }, { name: 'REST API Devices Read', access: 'read' as const }, { name: 'REST API User Groups Execute', access: 'edit' as const }, { name: 'View Tag', access: 'read' as const }];
    await begin({ ...role, name: 'least', copyOf: '', categories: [], permissions }, '/AirWatch/#/Admin/Roles');
    expect((await admin.follow()).step).toBe('role-done');
    expect(admin.trail).toEqual(['new-role', 'fill-role']);
    expect(ws1.roles().find(({ name }) => name === 'least')).toMatchObject({ categories: {}, permissions: Object.fromEntries(permissions.map(({ name, access }) => [name, access])) });
  });

  it('administrator: made, and there the second time', async () => {
    await open();
    ws1.addRole({ name: 'admin_role' });
    const goal = { ...administrator, role: 'admin_role' };
    await begin(goal, '/AirWatch/');
    expect((await admin.follow()).step).toBe('admin-done');
    expect(counted(admin.trail)).toBe('open-administrators open-admins add-admin fill-admin add-admin-role fill-admin-roles');
    const top = ws1.organizationGroups().find(({ parent }) => parent === null)?.id;
    const roleId = ws1.roles().find(({ name }) => name === 'admin_role')?.id;
    expect(ws1.admins().find(({ username }) => username === goal.username)).toMatchObject({ firstName: 'Harmony', lastName: 'Mobile', email: goal.email, roles: [{ roleId, organizationGroupId: top }], type: 'basic' });
    expect(ws1.secrets()).toContain(password);

    admin.memo = {};
    await begin(goal);
    expect((await admin.follow('admin-exists')).step).toBe('admin-exists');
    expect(admin.trail).toEqual([]);
  });

  itOfAll.each(['by its name', 'by its row'])('administrator: one of this Run, opened %s, gets a new password and its role', async (how) => {
    await open();
    const login = { username: `changed_admin_${how.length}`, password: 'Long-gone-1!' };
    const before = ws1.addAdmin({ ...login, role: 'Help Desk' });
    await begin({ ...administrator, username: login.username, role: 'Read Only', mayChange: true }, '/AirWatch/');
    expect((await admin.follow('open-admin')).step).toBe('open-admin');
    if (how === 'by its row') {
      await page.evaluate((name) => [...document.querySelectorAll('tr')].find((row) => row.textContent?.includes(name))?.querySelector('input')?.click(), login.username);
      await admin.follow('edit-admin');
    }
    expect((await admin.follow()).step).toBe('admin-done');
    expect(counted(admin.trail)).toBe(`open-administrators open-admins ${how === 'by its row' ? 'edit-admin' : 'open-admin'} change-admin fill-admin-roles`);
    const roleId = ws1.roles().find(({ name }) => name === 'Read Only')?.id;
    expect(ws1.admins().find(({ id }) => id === before.id)).toEqual({ ...before, roles: [{ roleId, organizationGroupId: before.organizationGroupId }] });
    await context.close();
    // Lets in with the new password alone.
    await open({ ...login, password });
    expect(page.url()).toContain('/AirWatch/#');
  });

  it('OAuth client: made, secret shown and read, and there the second time', async () => {
    await open();
    await begin(client, '/AirWatch/');
    expect((await admin.follow('capture')).step).toBe('capture');
    expect(counted(admin.trail)).toBe('open-configurations add-client fill-client show-secret');
    const secret = await admin.readSecret();
    const made = ws1.oauthClients().find(({ name }) => name === client.name);
    expect(made).toMatchObject({ description: client.description, enabled: true });
    expect(secret).toMatchObject({ kind: 'shown', clientId: made?.clientId });
    expect(ws1.secrets()).toContain(secret.kind === 'shown' ? secret.secret : '');
    await begin(client);
    expect((await admin.follow('client-exists')).step).toBe('client-exists');
  });

  itOfAll.each<[what: string, goal: WorkspaceOneGoal, ends: string[]]>([
    ['REST API key', { ...key, service: 'Reloaded' }, ['capture']],
    ['role', { ...role, name: 'reloaded_role' }, ['role-done']],
    ['administrator', { ...administrator, username: 'reloaded_admin', role: 'Read Only' }, ['admin-done']],
    ['OAuth client', { ...client, name: 'Reloaded' }, ['capture']],
  ])('%s: reloaded in every step', async (_what, goal, ends) => {
    await open();
    await begin(goal, '/AirWatch/');
    const reloaded = new Set<string>(['show-secret']);
    for (let card = await admin.card(); !ends.includes(card.step); card = await admin.card()) {
      if (reloaded.has(card.step)) await admin.press();
      else await page.reload();
      reloaded.add(card.step);
    }
    expect(reloaded.size).toBeGreaterThan(3);
  });

  itOfAll('in Japanese', async () => {
    await open();
    ws1.switches.language = 'ja';
    try {
      await begin({ ...key, service: '日本語' }, '/AirWatch/');
      expect((await admin.follow('capture')).step).toBe('capture');
      await begin({ ...role, name: 'ja_role' }, '/AirWatch/');
      expect((await admin.follow()).step).toBe('role-done');
      expect(recorded('ja_role')).toEqual({ ...readOnly(), ...wanted });
      await begin({ ...administrator, username: 'ja_admin', role: 'ja_role' }, '/AirWatch/');
      expect((await admin.follow()).step).toBe('admin-done');
      await begin({ ...client, name: 'ja' }, '/AirWatch/');
      expect((await admin.follow('capture')).step).toBe('capture');
    } finally {
      ws1.switches.language = 'en';
    }
  });

  it('signed out: said so, and on once signed in', async () => {
    await open();
    ws1.endSessions();
    await begin({ ...role, name: 'later' }, '/AirWatch/');
    expect((await admin.card()).step).toBe('sign-in');
  });
});
