import * as z from 'zod/mini';
import type { ConsoleMarkers } from '../console.ts';

/*
 * How Workspace ONE UEM is known where the address says nothing: its sign-in page, stored twice by others (2017 and 2021), and its
 * shell as public scripts use it. All [C]; none was seen on a live console here (docs/field-truth.md). The server is not asked.
 */

const facts = z.object({
  url: z.string(),
  title: z.string(),
  /** `<meta name="apple-mobile-web-app-title">` */
  appTitle: z.string(),
  /** The sign-in form sends below `/AirWatch/`. */
  hasLoginForm: z.boolean(),
  /** The sign-in page's scripts or styles. */
  hasLoginBundle: z.boolean(),
  /** Controls of the shell, by the names that public automation uses, each once. */
  controls: z.array(z.string()),
  /** Elements with the vendor's test names. */
  hasTestNames: z.boolean(),
  /** Scripts or styles from below `/AirWatch/`. */
  hasAssets: z.boolean(),
  /** The product's name in the page's header or title. */
  hasBrand: z.boolean(),
});
export type WorkspaceOneFacts = z.infer<typeof facts>;

/** What the page's own marks are worth, the path aside. */
export function isConsole({ title, appTitle, hasLoginForm, hasLoginBundle, controls, hasTestNames, hasAssets, hasBrand }: WorkspaceOneFacts): boolean {
  // The sign-in page: anything else loads neither its bundles nor has its form with its name.
  if (hasLoginForm && (hasLoginBundle || appTitle === 'AirWatch' || (title === 'Login' && hasTestNames))) return true;
  if (hasLoginBundle && appTitle === 'AirWatch') return true;
  // The shell: two of its controls, or marks of two kinds beside what it loads.
  if (controls.length >= 2) return true;
  return hasAssets && [controls.length > 0, hasTestNames, hasBrand, appTitle === 'AirWatch'].filter(Boolean).length >= 2;
}

/** Runs in the page's isolated world; must not use anything from outside itself. */
async function readFacts(): Promise<WorkspaceOneFacts> {
  const has = (selector: string): boolean => document.querySelector(selector) !== null;
  const title = document.title.trim().slice(0, 300);
  const controls = [
    ['organization groups', 'a[aria-label="Global Organization Group Drop Down Menu"]'],
    ['all settings', 'a[aria-label="All Settings Opens Dialog"]'],
    ['main column', '#maincolumn'],
    ['device grid', '#airwatchdevicelistsearch'],
  ].flatMap(([name, selector]) => (has(selector!) ? [name!] : []));
  const headers = [...document.querySelectorAll('header, [role="banner"]')].map((header) => (header.textContent ?? '').slice(0, 2_000));
  return {
    url: location.href,
    title,
    appTitle: (document.querySelector('meta[name="apple-mobile-web-app-title"]')?.getAttribute('content') ?? '').slice(0, 100),
    hasLoginForm: has('form#loginform[action^="/AirWatch/" i]'),
    hasLoginBundle: has('script[src*="/AirWatch/bundles/LoginJs" i], link[href*="/AirWatch/bundles/LoginCss" i]'),
    controls,
    hasTestNames: has('[data-ats-id]'),
    hasAssets: has('script[src^="/AirWatch/" i], link[href^="/AirWatch/" i]'),
    hasBrand: [title, ...headers].some((text) => /\bWorkspace ONE UEM\b/i.test(text)),
  };
}

/** Where the console is: always the whole host, below whose `/AirWatch` the page must lie. */
export function judge(page: WorkspaceOneFacts): string | undefined {
  if (!URL.canParse(page.url)) return undefined;
  const { origin, pathname } = new URL(page.url);
  return /^\/airwatch(?:\/|$)/i.test(pathname) && isConsole(page) ? origin : undefined;
}

export const workspaceOneMarkers: ConsoleMarkers = {
  read: readFacts,
  judge: (raw) => {
    const page = z.safeParse(facts, raw);
    return page.success ? judge(page.data) : undefined;
  },
};
