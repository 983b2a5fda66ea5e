import { parseHTML } from 'linkedom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { jamfProMarkers, judge, weigh, type JamfProFacts } from './markers.ts';

const plain: JamfProFacts = { url: 'https://mdm.corp.example:8443/acme/', title: 'Home', version: '', elements: [], hasUpgradeModule: false, healthy: [] };
const signIn = 'Jamf Pro Login - Jamf Pro v11.30.1-t1792483200';

describe('what a page\'s marks are worth', () => {
  it.each<[string, Partial<JamfProFacts>, string]>([
    ['nothing', {}, 'none'],
    ['the sign-in page', { title: signIn }, 'strong'],
    ['own elements', { elements: ['jamf-pro-sidebar', 'jp-skeleton'] }, 'strong'],
    ['one own element', { elements: ['jamf-icon'] }, 'weak'],
    ['the front end', { hasUpgradeModule: true }, 'strong'],
    ['the product in the title', { title: 'Dashboard - Jamf Pro' }, 'weak'],
    ['a page that writes about it', { title: 'How to set up Jamf Pro Login - Jamf Pro v11 for beginners' }, 'weak'],
    ['the product\'s version', { version: '11.30.1-t1792483200' }, 'weak'],
    ['some version', { version: '2.4.1' }, 'none'],
    ['another product', { title: 'Jamf Protect' }, 'none'],
  ])('%s', (_what, part, evidence) => {
    expect(weigh({ ...plain, ...part })).toBe(evidence);
  });
});

describe('where the console is', () => {
  it.each<[string, Partial<JamfProFacts>, string | undefined]>([
    ['no marks, though something is healthy', { healthy: [''] }, undefined],
    ['weak marks alone', { title: 'Jamf Pro' }, undefined],
    ['weak marks and a health check', { title: 'Jamf Pro', healthy: ['/acme', ''] }, 'https://mdm.corp.example:8443/acme'],
    ['strong marks, no health check, a route', { title: signIn, url: 'https://mdm.corp.example:8443/acme/view/dashboard?x' }, 'https://mdm.corp.example:8443/acme'],
    ['strong marks alone', { title: signIn, url: 'https://mdm.corp.example/' }, 'https://mdm.corp.example'],
  ])('%s', (_what, part, base) => {
    expect(judge({ ...plain, ...part })).toBe(base);
  });

  it('takes no facts of another shape', () => {
    for (const raw of [undefined, null, 'strong', { ...plain, title: 3 }]) expect(jamfProMarkers.judge(raw)).toBeUndefined();
  });
});

describe('what is read from a page', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** As the browser does it: the function's source alone, in a page. */
  async function read(html: string, path: string, answers: Record<string, Response> = {}): Promise<{ facts: JamfProFacts; asked: [string, RequestInit][] }> {
    const asked: [string, RequestInit][] = [];
    const { document } = parseHTML(`<!doctype html><html><head>${html}</head><body></body></html>`);
    vi.stubGlobal('document', document);
    vi.stubGlobal('location', new URL(path, 'https://mdm.corp.example:8443'));
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      asked.push([url, init]);
      const answer = answers[url];
      return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('failed'));
    });
    const alone = (0, eval)(`(${jamfProMarkers.read.toString()})`) as () => Promise<JamfProFacts>;
    return { facts: await alone(), asked };
  }

  it('a page without any hint: nobody is asked', async () => {
    const { facts, asked } = await read('<title>Weather</title>', '/acme/view/dashboard');
    expect(asked).toEqual([]);
    expect(facts).toEqual({ ...plain, url: 'https://mdm.corp.example:8443/acme/view/dashboard', title: 'Weather' });
  });

  it('a console below a context path: found by its health check, asked as nobody', async () => {
    const { facts, asked } = await read('<title>Dashboard - Jamf Pro</title><meta name="version" content="11.30.1-t1792483200"><script src="/acme/angular/upgrade-module/en/main.js"></script>', '/acme/view/dashboard', {
      '/acme/api/v1/health-check': new Response(null, { status: 204 }),
    });
    expect(facts).toMatchObject({ version: '11.30.1-t1792483200', hasUpgradeModule: true, healthy: ['/acme'] });
    expect(asked.map(([url]) => url)).toEqual(['/acme/api/v1/health-check', '/api/v1/health-check', '/healthCheck.html']);
    for (const [, init] of asked) expect(init).toMatchObject({ credentials: 'omit', redirect: 'error' });
  });

  it('the older health page counts, too', async () => {
    const { facts } = await read(`<title>${signIn}</title>`, '/', { '/healthCheck.html': new Response('[]\n') });
    expect(facts.healthy).toEqual(['']);
  });

  it('own elements, each once', async () => {
    const { facts } = await read('<title>x</title></head><body><jamf-icon></jamf-icon><jamf-icon></jamf-icon><jp-logo></jp-logo><x-jamf-y></x-jamf-y>', '/');
    expect(facts.elements).toEqual(['jamf-icon', 'jp-logo']);
  });
});
