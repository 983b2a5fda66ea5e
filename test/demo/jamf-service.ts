import type { Page } from 'puppeteer-core';
import type { Harness } from '../e2e/harness/harness.ts';
import { poll } from '../e2e/harness/driver.ts';
import { chooseByLabel, clickByName, find, setChecked, textOf } from '../e2e/harness/ui.ts';
import { setUpService, signInOn, waitUntilConnected } from '../e2e/story.ts';
import { runSchema } from '../../lib/run/run.ts';
import { LOCAL_LOGINS } from '../sandbox/jamf-pro/tenants.ts';
import type { Sandbox } from '../sandbox/types.ts';
import { runMinimalScript } from './minimal-script.ts';
import type { DemoPair, Stage } from './pair.ts';

/** Jamf Pro to a service of the open contract. */
export const jamfService: DemoPair = {
  setUp: tellSetup,
  next: () => 'Keyferry is in the toolbar: the key over a wave. Click it, then Connect.',
  async tell(stage, page) {
    const receipt = await tellConnect(stage, page);
    const { sandbox } = stage;
    const privileges = sandbox.tenant('acme').roles().find(({ displayName }) => displayName === receipt.role)?.privileges ?? [];
    const scriptCalls = await runMinimalScript(sandbox, 'globex', receipt.role, privileges, true);
    console.log(`Clicks from the open popup to the receipt: ${receipt.clicks}. Calls to the console's API: ${receipt.apiCalls}; a minimal script: ${scriptCalls}.`);
    if (receipt.apiCalls > scriptCalls) throw new Error('Keyferry needs more calls than a minimal script');
    return receipt;
  },
};

/** What the demo proves, as one JSON line. */
interface DemoReceipt {
  console: string;
  tenant: string;
  service: string;
  role: string;
  client: string;
  dataSets: string[];
  site: string | null;
  accounts: number | null;
  devices: number | null;
  rung: string;
  clicks: number;
  /** To the console's API, by Keyferry. */
  apiCalls: number;
  /** From the click on Connect to the receipt. */
  ms: number;
}

/** First use, up to where the popup is one click away from connecting. Resolves to the signed-in console page. */
async function tellSetup({ narrator, harness, sandbox }: Stage): Promise<Page> {
  const { origin } = sandbox.tenant('acme');
  const page = await narrator.step('sign-in', `An admin opens ${origin} …`, () => harness.openConsole(origin));
  await narrator.step('console', '… and signs in.', async () => {
    await signInOn(page, LOCAL_LOGINS.admin);
    return page;
  });
  const popup = await harness.openPopup(page);
  await narrator.step('first-use', `First use: where the service is (${sandbox.service.origin}) and its API key.`, async () => {
    await setUpService(popup, sandbox);
    await find(popup, 'button', 'Connect');
    return popup;
  });
  await popup.close();
  return page;
}

/** The main job: one click, then the receipt. */
async function tellConnect({ narrator, harness, sandbox }: Stage, page: Page): Promise<DemoReceipt> {
  sandbox.clearRequests();
  // The choice is made once and kept, so that the popup opens one click away from the receipt.
  const choosing = await harness.openPopup(page);
  await narrator.step('choose', 'Devices too, of one site: the filter offers the tenant’s real sites.', async () => {
    await setChecked(choosing, /^Devices/);
    await find(choosing, 'combobox', 'Device group filter');
    await poll('the sites', async () => (await textOf(choosing, 'combobox', 'Device group filter')).includes('Head Office'));
    await chooseByLabel(choosing, 'Device group filter', 'Head Office');
    return choosing;
  });
  await choosing.close();

  const popup = await harness.openPopup(page);
  await narrator.step('popup', 'A click on Keyferry: the console is recognised, the workspace key is there.', async () => {
    await find(popup, 'button', 'Connect');
    return popup;
  });
  await narrator.step('connecting', 'One click on Connect …', async () => {
    await clickByName(popup, 'button', 'Connect');
    await find(popup, 'button', 'Cancel');
    return popup;
  });
  await narrator.step('connected', '… role, client, secret, proof, hand-over, first data.', async () => {
    await waitUntilConnected(popup);
    return popup;
  });
  // The console's own pages call its API too; none is loaded between here and the first click.
  const calls = sandbox.requests().filter(({ host, path: called, caller }) => host === 'acme.jamfcloud.com' && called.startsWith('/api/') && caller !== 'server');
  await narrator.step('service', 'The service has the accounts …', async () => {
    const link = await find(popup, 'link', /accounts in/i);
    return harness.openConsole(await link.evaluate((node) => (node as HTMLAnchorElement).href));
  });
  await narrator.step('console-roles', '… and the console the role and the client, as an admin would have made them.', async () => {
    await page.bringToFront();
    await page.goto(`${sandbox.tenant('acme').origin}/view/settings/system-settings/api-roles-and-clients?tab=api-clients`);
    return page;
  });
  return checkReceipt(harness, sandbox, calls.length);
}

/** The receipt, only if the service really holds credentials of this client and used them. @throws {Error} otherwise */
async function checkReceipt(harness: Harness, sandbox: Sandbox, consoleCalls: number): Promise<DemoReceipt> {
  const stored = await harness.storage('local');
  const runs = Object.entries(stored).filter(([key]) => key.startsWith('run:'));
  if (runs.length !== 1) throw new Error(`${runs.length} runs instead of one`);
  const run = runSchema.parse((runs[0]?.[1] as { data: unknown }).data);
  if (run.phase.kind !== 'connected') throw new Error(`the run is ${run.phase.kind}`);
  const tenant = sandbox.tenant(run.setup.tenant.key);
  const [integration] = sandbox.service.integrations();
  const client = tenant.clients().find((row) => row.clientId === integration?.clientId);
  const pulled = sandbox.requests().filter((request) => request.caller === 'server' && request.status === 200 && request.path.startsWith('/api/v'));
  if (integration?.status !== 'connected' || !client || pulled.length === 0) throw new Error('the service does not hold and use the credentials');
  const { receipt } = run.phase;
  if (integration.accounts !== receipt.accounts || integration.devices !== receipt.devices) throw new Error('receipt and service disagree');
  if (consoleCalls !== run.tally.consoleCalls) throw new Error(`counted ${run.tally.consoleCalls} calls, the console saw ${consoleCalls}`);
  return {
    console: run.setup.tenant.console,
    tenant: run.setup.tenant.key,
    service: run.setup.service.address,
    role: receipt.role.name,
    client: receipt.client?.name ?? '',
    dataSets: run.setup.dataSets,
    site: run.setup.group?.name ?? null,
    accounts: receipt.accounts,
    devices: receipt.devices,
    rung: run.rung,
    clicks: run.tally.clicks,
    apiCalls: run.tally.consoleCalls,
    ms: receipt.took,
  };
}
