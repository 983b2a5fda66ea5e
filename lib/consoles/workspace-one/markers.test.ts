import { parseHTML } from 'linkedom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isConsole, judge, workspaceOneMarkers, type WorkspaceOneFacts } from './markers.ts';

const plain: WorkspaceOneFacts = {
  url: 'https://uem.umbra.example/AirWatch/',
  title: 'Home',
  appTitle: '',
  hasLoginForm: false,
  hasLoginBundle: false,
  controls: [],
  hasTestNames: false,
  hasAssets: false,
  hasBrand: false,
};

describe('what a page\'s marks are worth', () => {
  it.each<[string, Partial<WorkspaceOneFacts>, boolean]>([
    ['nothing', {}, false],
    ['the sign-in page of 2017', { title: 'Login', appTitle: 'AirWatch', hasLoginForm: true, hasLoginBundle: true }, true],
    ['the sign-in form and the app\'s name', { appTitle: 'AirWatch', hasLoginForm: true }, true],
    ['the sign-in form, its title and test names', { title: 'Login', hasLoginForm: true, hasTestNames: true }, true],
    ['bundles and the app\'s name, the form still to come', { appTitle: 'AirWatch', hasLoginBundle: true }, true],
    ['a form of that name alone', { title: 'Login', hasLoginForm: true }, false],
    ['the app\'s name alone', { appTitle: 'AirWatch' }, false],
    ['some sign-in page', { title: 'Login', hasTestNames: true }, false],
    ['the shell', { controls: ['organization groups', 'all settings'], hasAssets: true, hasBrand: true }, true],
    ['one control of the shell', { controls: ['main column'] }, false],
    ['one control, the brand and what it loads', { controls: ['main column'], hasAssets: true, hasBrand: true }, true],
    ['the newer shell', { hasAssets: true, hasBrand: true, hasTestNames: true }, true],
    ['the shell in another language', { appTitle: 'AirWatch', controls: ['main column'], hasAssets: true }, true],
    ['a page that writes about it', { title: 'How to set up Workspace ONE UEM', hasBrand: true }, false],
    ['a page about it that has test names', { hasBrand: true, hasTestNames: true }, false],
    ['only assets', { hasAssets: true }, false],
  ])('%s', (_what, part, expected) => {
    expect(isConsole({ ...plain, ...part })).toBe(expected);
  });
});

describe('where the console is', () => {
  const signIn: Partial<WorkspaceOneFacts> = { title: 'Login', appTitle: 'AirWatch', hasLoginForm: true, hasLoginBundle: true };
  it.each<[string, Partial<WorkspaceOneFacts>, string | undefined]>([
    ['https://uem.umbra.example/AirWatch/Login', signIn, 'https://uem.umbra.example'],
    ['https://uem.umbra.example:8443/airwatch', signIn, 'https://uem.umbra.example:8443'],
    // Anybody can serve a copy of the page: the path belongs to it.
    ['https://uem.umbra.example/', signIn, undefined],
    ['https://uem.umbra.example/docs/AirWatch/', signIn, undefined],
    ['https://uem.umbra.example/AirWatchers/', signIn, undefined],
    ['https://uem.umbra.example/AirWatch/', {}, undefined],
    ['not an address', signIn, undefined],
  ])('%s', (url, part, base) => {
    expect(judge({ ...plain, ...part, url })).toBe(base);
  });

  it('takes no facts of another shape', () => {
    for (const raw of [undefined, null, 'strong', { ...plain, controls: 'x' }]) expect(workspaceOneMarkers.judge(raw)).toBeUndefined();
  });
});

describe('what is read from a page', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** As the browser does it: the function's source alone, in a page. Nobody is asked. */
  async function read(head: string, body: string, path = '/AirWatch/'): Promise<WorkspaceOneFacts> {
    const { document } = parseHTML(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`);
    vi.stubGlobal('document', document);
    vi.stubGlobal('location', new URL(path, 'https://uem.umbra.example'));
    vi.stubGlobal('fetch', () => Promise.reject(new Error('the server was asked')));
    const alone = (0, eval)(`(${workspaceOneMarkers.read.toString()})`) as () => Promise<WorkspaceOneFacts>;
    return alone();
  }

  it('a page that is none', async () => {
    expect(await read('<title>Weather</title>', '<main>It may rain.</main>', '/x')).toEqual({ ...plain, url: 'https://uem.umbra.example/x', title: 'Weather' });
  });

  it('the sign-in page', async () => {
    const facts = await read(
      '<title>\n  Login\n</title><meta name="apple-mobile-web-app-title" content="AirWatch"><link rel="stylesheet" href="/AirWatch/bundles/LoginCss?v=1"><script src="/AirWatch/bundles/LoginJs?v=1"></script>',
      '<form id="loginform" action="/AirWatch/Login/Login/Login-User"><input name="UserName"><input type="submit" data-ats-id="Login-submit"></form>',
      '/AirWatch/Login',
    );
    expect(facts).toMatchObject({ title: 'Login', appTitle: 'AirWatch', hasLoginForm: true, hasLoginBundle: true, hasTestNames: true, hasAssets: true });
    expect(workspaceOneMarkers.judge(facts)).toBe('https://uem.umbra.example');
  });

  it('the shell', async () => {
    const facts = await read(
      '<script src="/AirWatch/bundles/Main"></script>',
      '<header>Workspace ONE UEM <a aria-label="Global Organization Group Drop Down Menu">Acme</a></header><div id="maincolumn"></div>',
    );
    expect(facts).toMatchObject({ controls: ['organization groups', 'main column'], hasBrand: true });
    expect(workspaceOneMarkers.judge(facts)).toBe('https://uem.umbra.example');
  });

  it('an article about it: the name in the text is none of its marks', async () => {
    const facts = await read('<title>Setting up Workspace ONE UEM</title>', '<header>Blog</header><article>Workspace ONE UEM <a href="/AirWatch/">AirWatch</a></article>', '/AirWatch/article');
    expect(workspaceOneMarkers.judge(facts)).toBeUndefined();
  });
});
