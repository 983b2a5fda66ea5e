import path from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Harness } from '../e2e/harness/harness.ts';
import { clickByName, fillByLabel, waitForText } from '../e2e/harness/ui.ts';
import { LOCAL_LOGINS } from '../sandbox/jamf-pro/tenants.ts';
import type { Sandbox } from '../sandbox/types.ts';

export const screenshotDir = path.resolve(import.meta.dirname, '../../.output/demo');

/** Says and shows what happens: one line and one screenshot, `NN-name.png`, a step. */
export class Narrator {
  readonly #startedAt = performance.now();
  readonly #harness: Harness;
  #count = 0;

  constructor(harness: Harness) {
    this.#harness = harness;
  }

  /** Runs the step; it resolves to the page to take the screenshot of. */
  async step(name: string, title: string, work: () => Promise<Page>): Promise<Page> {
    console.log(`[${((performance.now() - this.#startedAt) / 1000).toFixed(1).padStart(5)} s] ${title}`);
    const page = await work();
    this.#count += 1;
    await this.#harness.screenshot(page, `${String(this.#count).padStart(2, '0')}-${name}`);
    return page;
  }
}

/** The story, up to where the person in front of the browser takes over. */
export async function tell(narrator: Narrator, harness: Harness, sandbox: Sandbox): Promise<void> {
  const { origin } = sandbox.tenant('acme');
  const page = await narrator.step('sign-in', `An admin opens ${origin} …`, () => harness.openConsole(origin));
  await narrator.step('console', '… and signs in.', async () => {
    await fillByLabel(page, 'Username', LOCAL_LOGINS.admin.username);
    await fillByLabel(page, 'Password', LOCAL_LOGINS.admin.password);
    // Signing in loads a new page, so the click may outlive the page it was made on.
    await clickByName(page, 'button', 'Log in');
    await waitForText(page, 'Settings');
    return page;
  });
  await narrator.step('popup', 'A click on Keyferry in the toolbar opens its popup.', async () => {
    const popup = await harness.openPopup(page);
    await waitForText(popup, 'Keyferry');
    return popup;
  });
}
