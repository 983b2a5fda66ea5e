import path from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Harness } from '../e2e/harness/harness.ts';

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
