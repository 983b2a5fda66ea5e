import type { Page } from 'puppeteer-core';
import { getBundle } from '../sandbox/jamf-pro/skins/bundles.ts';
import type { ConsoleLanguage, ConsoleSkin, JamfTenantSwitches, Sandbox } from '../sandbox/types.ts';
import { GuideAdmin } from './guide-admin.ts';
import { clickByName, expect, find, test } from './harness/fixtures.ts';
import type { Harness } from './harness/harness.ts';
import { accountPrivileges, consoleWrites, devicePrivileges, getConnection, objectName, prepareService, readRun, signIn, waitUntilConnected } from './story.ts';

const skins: readonly ConsoleSkin[] = ['plain', 'angular', 'web-components', 'react'];
const languages: readonly ConsoleLanguage[] = ['en', 'ja'];

/** A console that refuses its session, and a Run that asks how to go on: the admin takes the guide. */
async function startGuide(harness: Harness, sandbox: Sandbox, switches: Partial<JamfTenantSwitches> = {}): Promise<{ console: Page; admin: GuideAdmin }> {
  const tenant = sandbox.tenant('acme');
  const console = await signIn(harness, sandbox, 'acme');
  await prepareService(harness, sandbox, console);
  Object.assign(tenant.switches, { sessionMode: 'none', ...switches });
  await console.reload();
  const popup = await harness.openPopup(console);
  await clickByName(popup, 'checkbox', /Devices/);
  await clickByName(popup, 'button', 'Connect');
  await clickByName(popup, 'button', 'Guide me in Jamf Pro');
  await find(popup, 'heading', /Follow the guide/);
  await popup.close();
  return { console, admin: await GuideAdmin.watch(harness, console) };
}

for (const [index, skin] of skins.entries()) {
  for (const [turn, language] of languages.entries()) {
    test(`guided from the console's home page to the receipt: ${skin}, ${language}`, async ({ harness, sandbox, browserName }) => {
      // Each skin once in a browser, with the other language in the other; all with EVERYTHING=1.
      test.skip(!process.env['EVERYTHING'] && (index + turn) % 2 === (browserName === 'firefox' ? 0 : 1), 'in the other browser');
      if (skin !== 'plain') await getBundle(skin);
      const { console, admin } = await startGuide(harness, sandbox, { skin, language });
      const card = await admin.follow();
      await admin.screenshot(`guided-${skin}-${language}`);
      expect(card.ring).toBeUndefined();

      const popup = await harness.openPopup(console);
      await clickByName(popup, 'button', 'Capture it');
      await waitUntilConnected(popup);
      const { role, client } = getConnection(sandbox);
      expect(role).toMatchObject({ displayName: objectName });
      expect([...role.privileges].sort()).toEqual([...accountPrivileges, ...devicePrivileges].sort());
      expect(client).toMatchObject({ displayName: objectName, authorizationScopes: [objectName], enabled: true, accessTokenLifetimeSeconds: 3600 });
      expect(consoleWrites(sandbox)).toEqual([]);
      process.stdout.write(`guided, ${skin}, ${language}: ${admin.trail.length} clicks in the console, nothing typed: ${admin.trail.join(' > ')}; ${(await readRun(harness)).tally.clicks} in the popup\n`);
    });
  }
}
