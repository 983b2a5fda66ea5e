import path from 'node:path';
import { defineConfig } from '@playwright/test';

const inCi = Boolean(process.env['CI']);
const results = path.resolve(import.meta.dirname, '../test-results');

if (process.env['npm_lifecycle_event'] === 'test:e2e') process.env['EVERYTHING'] = '1';

/**
 * What these show is the Run's, the popup's or the sandbox's, and the same in both browsers, or another test shows it in Firefox too.
 * There, where each test takes twice as long, with `EVERYTHING=1` (`npm run test:e2e`).
 */
const sameInBoth = /\/(?:by-hand|credentials|existing|interruptions|life|rights|services?|sign-in|uem-client|uem-secrets|uem-stories|vendors)\.spec\.ts$/;
const sameTests = [
  // any-host: what the popup says.
  /takes the vendor’s cloud alone|look-alike of the cloud|no console is not asked/,
  // admina: by the same guide as the first time.
  /life with a key|connected twice with|lost a privilege meanwhile|a plan without devices/,
  // borrowed-token: in the page's own world is the first one.
  /calls its API by itself|sends no token is explained|tokens of another tab|stops counting on the way|stopped while it waits|cancelled while it waits/,
  // connect and secrets
  /devices of one site|single sign-on only|a password and its token/,
  // guided-stories and guided: what is filled in by the same script; a page in frames and one in shadow roots are left.
  /begun before|console’s own page sees|what it spares|receipt: (?:angular|react)/,
  // harness: what fails where it is used.
  /under its real name|the popup over a console|without disturbing the popup|a tab that the extension opened|keeps the profile over a restart|acts by role and name/,
  // uem-client: what the popup says, and a page that is loaded anew.
  /reloaded while the secret is shown|pasted by hand: a wrong secret/,
  // options
  /what the button opens is remembered|remembered controls go/,
];

/** Stories that are told by the guide's own tests or with another service, too, or take long: with `EVERYTHING=1`. */
const longStories = /connected twice with|lost a privilege meanwhile|a plan without devices|Workspace ONE UEM and|the second time|at a lower organization group|the API turned off|Basic authentication turned off|another password by another hand|made by API with|as few rights|reloaded in every step|stopped in every step|the browser restarted|what is gone is named|pasted by hand/;

/** Playwright is the runner alone: the browsers are driven by test/e2e/harness, so its own tracing has nothing to see. */
export default defineConfig({
  testDir: 'e2e',
  forbidOnly: inCi,
  retries: inCi ? 1 : 0,
  workers: 2,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  // One folder per browser: Playwright empties it at the start of a run.
  projects: [
    { name: 'chromium', outputDir: path.join(results, 'chromium'), use: { browserName: 'chromium' }, ...(process.env['EVERYTHING'] ? {} : { grepInvert: longStories }) },
    { name: 'firefox', outputDir: path.join(results, 'firefox'), use: { browserName: 'firefox' }, ...(process.env['EVERYTHING'] ? {} : { testIgnore: sameInBoth, grepInvert: sameTests }) },
  ],
});
