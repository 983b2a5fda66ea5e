import type { Page } from 'puppeteer-core';
import { harmonyMobileWorkspaceOne as recipe } from '../../lib/recipes/harmony-mobile-workspace-one.ts';
import { GuideAdmin } from '../e2e/guide-admin.ts';
import { chooseByLabel, clickByName, fillByLabel, find, waitForText } from '../e2e/harness/ui.ts';
import { readRun, waitUntilConnected } from '../e2e/story.ts';
import { beginUem, buildUemPages, openPortal, uemHosts, uemNames } from '../e2e/uem-story.ts';
import { BY_HAND } from '../sandbox/by-hand.ts';
import { WS1_LOGINS } from '../sandbox/workspace-one/environments.ts';
import { sum, type Deeds } from './deeds.ts';
import type { DemoPair, Stage } from './pair.ts';

const login = WS1_LOGINS.admin;
const regionNames = { eu: 'Europe', us: 'United States' };

/** Workspace ONE UEM to Check Point Harmony Mobile. */
export const ws1Harmony: DemoPair = {
  prepare: buildUemPages,
  hosts: uemHosts,
  setUp: tellSignIn,
  next: ({ harmony: { portalLogin, apiKey } }) => `1. Keyferry is in the toolbar: the key over a wave. Click it, enter an e-mail address, press Connect and allow the console's two addresses.
2. Click Keyferry again, press “Open the API settings”, and do what the card in the page says. It leads on from page to page.
3. When Keyferry says so, press “Open Harmony Mobile”. Sign in there: ${portalLogin.email}, password ${portalLogin.password}
To see at the end which devices arrived, first open “See the devices arrive”: client ID ${apiKey.clientId}, secret key ${apiKey.accessKey}, region ${regionNames[apiKey.region]}`,
  async tell(stage, page) {
    await tellStart(stage, page);
    const admin = await watch(stage, page);
    await tellKey(stage, admin, page);
    await admin.followToEnd();
    await tellService(stage, page);
    return { ...(await checkReceipt(stage)), actions: compare(stage) };
  },
};

/** Resolves to the signed-in console page. */
async function tellSignIn({ narrator, harness, sandbox, deeds }: Stage): Promise<Page> {
  const environment = sandbox.ws1('cn1234');
  // As in the walk by hand, so that the figures are of the same job.
  environment.setApiEnabled(false);
  const page = await narrator.step('sign-in', `An admin opens ${environment.origin} …`, () => harness.openConsole(`${environment.origin}/AirWatch/`));
  await deeds.watch(page, 'console');
  return narrator.step('console', '… and signs in.', async () => {
    await fillByLabel(page, 'Username', login.username);
    await clickByName(page, 'button', 'Next');
    await fillByLabel(page, 'Password', login.password);
    await clickByName(page, 'button', 'Log In');
    await find(page, 'link', /Groups & Settings/);
    return page;
  });
}

/** From the popup to the Run that waits for the admin. */
async function tellStart({ narrator, harness, sandbox }: Stage, page: Page): Promise<void> {
  const { clientId, accessKey, region } = sandbox.harmony.apiKey;
  await beginUem(harness, page, async (popup) => {
    await narrator.step('popup', 'A click on Keyferry: console, API server and organization group are recognised. The admin enters an e-mail address.', async () => popup);
    await narrator.step('creates', 'What Keyferry will make, with the role’s rights; every name can be changed.', async () => {
      await clickByName(popup, 'button', 'What is created');
      return popup;
    });
    await clickByName(popup, 'button', 'What is created');
    await narrator.step('status-key', 'If the admin likes: a key of the Infinity Portal, to see the devices arrive.', async () => {
      await clickByName(popup, 'button', /See the devices arrive/);
      await fillByLabel(popup, 'Client ID', clientId);
      await fillByLabel(popup, 'Secret key', accessKey);
      await chooseByLabel(popup, 'Region', regionNames[region]);
      return popup;
    });
    await narrator.step('status-key-held', 'Kept until the browser closes.', async () => {
      await clickByName(popup, 'button', 'Keep it');
      await waitForText(popup, /is held/);
      return popup;
    });
  });
  const popup = await harness.openPopup(page);
  await narrator.step('start', 'Connect. The first thing is the REST API key, which Workspace ONE has no API for: Keyferry opens the page.', async () => {
    await find(popup, 'button', 'Open the API settings');
    return popup;
  });
  await clickByName(popup, 'button', 'Open the API settings');
}

/** An admin who does what the card says; each card is a step. */
async function watch({ harness, narrator }: Stage, page: Page): Promise<GuideAdmin> {
  const admin = await GuideAdmin.watch(harness, page);
  admin.onCard = async ({ progress, title, text }) => {
    const name = title.toLowerCase().replaceAll(/[^a-z+]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 40);
    await narrator.step(name, `  ${progress && `${progress}: `}${title}. ${text}`, async () => page);
  };
  return admin;
}

async function tellKey({ narrator, harness }: Stage, admin: GuideAdmin, page: Page): Promise<void> {
  await admin.follow(/Here it is/);
  await narrator.step('key-shown', 'The key is there. Keyferry waits for a click before it reads it.', async () => page);
  const popup = await harness.openPopup(page);
  await narrator.step('capture', 'One click on “Capture it”, no clipboard.', async () => {
    await find(popup, 'button', 'Capture it');
    return popup;
  });
  await narrator.step('captured', 'Role and administrator are next; the card leads on by itself.', async () => {
    await clickByName(popup, 'button', 'Capture it');
    await find(popup, 'heading', 'Role for the API');
    return popup;
  });
  await popup.close();
  await page.bringToFront();
}

/** From the tested account to the receipt. */
async function tellService(stage: Stage, page: Page): Promise<void> {
  const { narrator, harness, sandbox, deeds } = stage;
  const { portal } = await openPortal(harness, sandbox, page, (popup) =>
    narrator.step('proven', 'The new account was tested, the tags are there. The admin chooses groups and opens Harmony Mobile.', async () => popup),
  );
  await deeds.watch(portal, 'portal');
  await (await watch(stage, portal)).followToEnd();
  await page.bringToFront();
  const popup = await harness.openPopup(page);
  await narrator.step('connected', 'The receipt: what was proven, and the devices.', async () => {
    await waitUntilConnected(popup, 90_000);
    return popup;
  });
  await popup.close();
  await portal.bringToFront();
  await narrator.step('service', 'Harmony Mobile has the devices …', async () => {
    await sandbox.harmony.settled();
    await portal.reload();
    await find(portal, 'heading', 'Integrations');
    return portal;
  });
  await narrator.step('console-roles', '… and Workspace ONE the role, as an admin would have made it.', async () => {
    await page.bringToFront();
    await page.goto(`${sandbox.ws1('cn1234').origin}/AirWatch/#/Admin/Roles`);
    await find(page, 'link', uemNames.role);
    return page;
  });
}

/** What was proven, only if the sandbox says the same. @throws {Error} otherwise */
async function checkReceipt({ harness, sandbox }: Stage): Promise<object> {
  const run = await readRun(harness);
  if (run.phase.kind !== 'connected' || !run.phase.receipt.uem) throw new Error(`the run is ${run.phase.kind}`);
  const { receipt } = run.phase;
  const { proof, arrival, username } = run.phase.receipt.uem;
  const environment = sandbox.ws1('cn1234');
  const { harmony } = sandbox;
  const top = environment.organizationGroups().find(({ parent }) => parent === null);

  const keys = environment.apiKeys().filter(({ service }) => service === uemNames.key);
  const [key] = keys;
  same('key', { keys: keys.length, type: key?.accountType, group: key?.organizationGroupId }, { keys: 1, type: 'Admin', group: top?.id });

  const wanted = recipe.roles.find(({ id }) => id === 'vendor');
  const [copied, role] = [wanted?.copyOf, receipt.role.name].map((name) => environment.roles().find((one) => one.name === name));
  const edited = Object.fromEntries((wanted?.categories ?? []).map(({ path, access }) => [path, access]));
  same('role', { categories: sorted(role?.categories), permissions: role?.permissions }, { categories: sorted({ ...copied?.categories, ...edited }), permissions: {} });

  const admin = environment.admins().find((one) => one.username === username);
  same('administrator', { active: admin?.active, group: admin?.organizationGroupId, roles: admin?.roles }, { active: true, group: top?.id, roles: [{ roleId: role?.id, organizationGroupId: top?.id }] });

  const [integration, ...others] = harmony.integrations();
  const { status, server, username: used, groups = [], devices = 0 } = integration ?? {};
  const group = groups.map(({ id }) => String(id)).sort();
  const chosen = proof.groups.filter((one) => one.devices !== 0).map(({ id }) => id).sort();
  same('integration', { others: others.length, status, server, used, group }, { others: 0, status: 'connected', server: environment.apiOrigin, used: username, group: chosen });
  const foreign = harmony.receivedSecrets().filter((secret) => !environment.secrets().includes(secret));
  same('secrets that the service was given', { given: harmony.receivedSecrets().length > 0, foreign: foreign.length }, { given: true, foreign: 0 });

  // Written back by the service with the new account. A device whose app never reported has no risk.
  const now = harmony.devices();
  const { Provisioned, Active, Inactive } = now.byStatus;
  const { None, Low, Medium, High } = now.byRisk;
  const tags = Object.fromEntries((recipe.tags ?? []).map((wantedTag) => [wantedTag, environment.tags().find(({ name }) => name === wantedTag)?.devices]));
  const risks = { CHKP_Risk_None: None - Provisioned, CHKP_Risk_Low: Low, CHKP_Risk_Medium: Medium, CHKP_Risk_High: High };
  same('tags', tags, { CHKP_Status_Provisioned: Provisioned, CHKP_Status_Active: Active, CHKP_Status_Inactive: Inactive, ...risks });
  same('devices', { proven: proof.devices, arrived: arrival?.total, shown: receipt.devices, now: now.total }, { proven: environment.counts().devices, arrived: devices, shown: devices, now: devices });

  return {
    console: environment.origin,
    apiServer: proof.apiAddress,
    key: key?.service,
    role: { name: role?.name, copyOf: wanted?.copyOf, edit: Object.keys(edited) },
    administrator: username,
    integration: { name: integration?.displayName, status, groups: groups.length },
    tags,
    devices: { arrived: { total: arrival?.total, ...arrival?.byStatus }, now: now.byStatus },
    clicksInPopup: run.tally.clicks,
    apiCalls: run.tally.consoleCalls,
    ms: receipt.took,
  };
}

/** @throws {Error} where the two differ */
function same(what: string, is: object, wanted: object): void {
  const [a, b] = [JSON.stringify(is), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

const sorted = (record: Record<string, string> = {}): [string, string][] => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** Prints what the admin did, beside the same by hand. @throws {Error} unless it is less */
function compare({ deeds: { did } }: Stage): { keyferry: Deeds; byHand: Deeds } {
  const [keyferry, byHand] = [sum(Object.values(did)), sum(Object.values(BY_HAND))];
  const words = ({ clicks, typed, copied }: Deeds): string => `${clicks} clicks, ${typed} fields typed, ${copied} copied`;
  const places = Object.entries(did).map(([place, one]) => `${place} ${one.clicks}/${one.typed}/${one.copied}`);
  console.log(`What the admin did with Keyferry: ${words(keyferry)} (${places.join(', ')}), the optional key for the device status included.`);
  console.log(`The same by hand, without tags and device status: ${words(byHand)}.`);
  if (keyferry.clicks >= byHand.clicks || keyferry.typed >= byHand.typed || keyferry.copied >= byHand.copied) throw new Error('Keyferry spares the admin nothing');
  return { keyferry, byHand };
}
