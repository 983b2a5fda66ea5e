import type { Page } from 'puppeteer-core';
import type { Harness } from '../e2e/harness/harness.ts';
import type { NodeSandbox } from '../sandbox/sandbox.ts';
import type { DeedCounter } from './deeds.ts';
import type { Narrator } from './narrator.ts';

/** What a story plays on. */
export interface Stage {
  narrator: Narrator;
  harness: Harness;
  sandbox: NodeSandbox;
  deeds: DeedCounter;
}

/** A console and a service, and the story of how an admin connects them. */
export interface DemoPair {
  /** Before the browser starts. */
  prepare?(): Promise<void>;
  /** Host patterns that the headless browser, whose prompt nobody can answer, has allowed already. */
  hosts?: string[];
  /** Up to where the admin takes over. Resolves to the signed-in console page. */
  setUp(stage: Stage): Promise<Page>;
  /** What the admin clicks then, in words. */
  next(sandbox: NodeSandbox): string;
  /** The rest. Resolves to what was proven, which is one line of JSON. @throws {Error} if anything disagrees */
  tell(stage: Stage, page: Page): Promise<object>;
}
