import * as z from 'zod/mini';
import type { ConsoleMarkers } from '../console.ts';

/*
 * How Jamf Pro is known where the address says nothing. All of it [C] from public scanners and page objects unless marked; none was
 * seen on a live console here (docs/field-truth.md). The favicon's hash is left out: branding changes it.
 */

const facts = z.object({
  url: z.string(),
  title: z.string(),
  /** `<meta name="version">` */
  version: z.string(),
  /** Names of own elements, each once. */
  elements: z.array(z.string()),
  /** Loads something of the console's front end. */
  hasUpgradeModule: z.boolean(),
  /** Parts of the page's path below which the console's health check answered, deepest first. */
  healthy: z.array(z.string()),
});
export type JamfProFacts = z.infer<typeof facts>;

export type Evidence = 'strong' | 'weak' | 'none';

const strong: ((page: JamfProFacts) => boolean)[] = [
  // The sign-in page, with its version.
  ({ title }) => /^Jamf Pro Login - Jamf Pro v\d+\.\d/.test(title),
  ({ elements }) => elements.length >= 2,
  ({ hasUpgradeModule }) => hasUpgradeModule,
];
const weak: ((page: JamfProFacts) => boolean)[] = [
  ({ title }) => /\bJamf Pro\b/.test(title),
  ({ version }) => /^\d+\.\d+\.\d+-t\d{6,}$/.test(version),
  ({ elements }) => elements.length === 1,
];

/** What the page's own marks are worth; its address is no mark, since anybody can choose one. */
export function weigh(page: JamfProFacts): Evidence {
  if (strong.some((fits) => fits(page))) return 'strong';
  return weak.some((fits) => fits(page)) ? 'weak' : 'none';
}

/** Runs in the page's isolated world; must not use anything from outside itself. Asks the server only where the page gives a hint. */
async function readFacts(): Promise<JamfProFacts> {
  const { title } = document;
  const version = document.querySelector('meta[name="version"]')?.getAttribute('content') ?? '';
  const names = [...document.querySelectorAll('*')].map(({ localName }) => localName);
  const elements = [...new Set(names)].filter((name) => /^(?:jamf|jp)-/.test(name)).slice(0, 10);
  const hasUpgradeModule = document.querySelector('[src*="/angular/upgrade-module/"], [href*="/angular/upgrade-module/"]') !== null;

  const ask = async (path: string, isRight: (response: Response) => boolean | Promise<boolean>): Promise<boolean> => {
    try {
      // As nobody: no session is used to find out where we are.
      const response = await fetch(path, { credentials: 'omit', redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(3_000) });
      return await isRight(response);
    } catch {
      return false;
    }
  };
  const isHealthy = async (base: string): Promise<boolean> =>
    (await ask(`${base}/api/v1/health-check`, ({ status }) => status === 204)) ||
    (await ask(`${base}/healthCheck.html`, async (response) => response.status === 200 && (await response.text()).trim() === '[]'));

  const hasHint = /\bJamf\b/.test(title) || version !== '' || elements.length > 0 || hasUpgradeModule;
  // A context path is one folder as a rule, and the page lies below it: `/acme/view/…`, `/acme/`.
  const folders = location.pathname.replace(/\/(?:view|legacy|angular)\/.*/, '/').split('/').slice(1, -1).slice(0, 2);
  const bases = hasHint ? folders.map((_folder, index) => `/${folders.slice(0, folders.length - index).join('/')}`).concat('') : [];
  const answers = await Promise.all(bases.map(isHealthy));
  return { url: location.href, title: title.slice(0, 300), version: version.slice(0, 100), elements, hasUpgradeModule, healthy: bases.filter((_base, index) => answers[index]) };
}

/** Where the console is, if the facts are enough: strong marks, or weak ones and a health check that answers. */
export function judge(page: JamfProFacts): string | undefined {
  const evidence = weigh(page);
  const { origin, pathname } = new URL(page.url);
  const [base] = page.healthy;
  if (evidence === 'none' || (evidence === 'weak' && base === undefined)) return undefined;
  // A health check may be shut off from outside: then the console's own routes tell where it begins.
  return origin + (base ?? /^(.*?)\/(?:view|legacy|angular)\//.exec(pathname)?.[1] ?? '');
}

export const jamfProMarkers: ConsoleMarkers = {
  read: readFacts,
  judge: (raw) => {
    const page = z.safeParse(facts, raw);
    return page.success ? judge(page.data) : undefined;
  },
};
