import { getBundle } from '../sandbox/jamf-pro/skins/bundles.ts';
import type { ConsoleLanguage, ConsoleSkin } from '../sandbox/types.ts';
import { startGuide } from './guide-admin.ts';
import { clickByName, expect, test } from './harness/fixtures.ts';
import { accountPrivileges, consoleWrites, devicePrivileges, getConnection, objectName, readRun, waitUntilConnected } from './story.ts';

const skins: readonly ConsoleSkin[] = ['plain', 'angular', 'web-components', 'react'];
const languages: readonly ConsoleLanguage[] = ['en', 'ja'];

for (const [index, skin] of skins.entries()) {
  for (const [turn, language] of languages.entries()) {
    // Walked in guided-stories.spec.ts, beside the same by hand.
    if (skin === 'plain' && language === 'en') continue;
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
