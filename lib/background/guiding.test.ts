import type { Runtime } from 'webextension-polyfill';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { capturing, privileges, workingOn } from '../../test/fixtures/run-samples.ts';
import { guideAnswerSchema, renewGuide, stopGuide, type GuideMessage } from '../messages/guide-protocol.ts';
import type { Run } from '../run/run.ts';
import { guides } from '../storage/guides.ts';
import { pointedControls } from '../storage/pointed.ts';
import { at, tenant as uemTenant } from '../../test/fixtures/uem-samples.ts';
import { runStore } from '../storage/runs.ts';
import { Secret } from '../vault/secret.ts';
import { siteOf } from './guided-site.ts';
import { Guiding, type GuidingLinks } from './guiding.ts';

const links: GuidingLinks = { onFound: vi.fn(async () => undefined), onDone: vi.fn(async () => undefined), findSecret: vi.fn(async () => undefined) };

const base = 'https://acme.jamfcloud.com';
const scriptId = 'keyferry-guide';
const guided: Run = capturing();
const { id: runId } = guided;

/** A guided Run at another console. */
const guidedAt = (other: string, id: string, createdAt = 1): Run => ({ ...guided, id, createdAt, setup: { ...guided.setup, tenant: { ...guided.setup.tenant, origin: new URL(other).origin, base: other } } });

/** The browser: tabs, registered scripts, what is run in a tab and sent to it. */
let tabs: { id: number; url: string }[];
let scripts: Map<string, string[]>;
let calls: string[];
const executeScript = vi.fn<(injection: { target: { tabId: number }; func?: (...args: unknown[]) => unknown; args?: unknown[] }) => Promise<{ result?: unknown }[]>>();
const sendMessage = vi.fn<(tabId: number, message: unknown, options: object) => Promise<void>>();

beforeEach(async () => {
  fakeBrowser.reset();
  tabs = [{ id: 3, url: `${base}/view/dashboard` }];
  scripts = new Map();
  calls = [];
  executeScript.mockReset().mockResolvedValue([]);
  sendMessage.mockReset().mockResolvedValue();
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '1.2.3', manifest_version: 3, name: 'Keyferry' });
  const change = (what: string, isThere: boolean) => ([script]: { id: string; matches: string[] }[]) => {
    calls.push(what);
    if (!script || scripts.has(script.id) !== isThere) throw new Error(`cannot ${what}`);
    scripts.set(script.id, script.matches);
    return Promise.resolve();
  };
  Object.assign(fakeBrowser.scripting, {
    executeScript,
    getRegisteredContentScripts: () => Promise.resolve([...scripts].map(([id, matches]) => ({ id, matches }))),
    registerContentScripts: change('register', false),
    updateContentScripts: change('update', true),
    unregisterContentScripts: ({ ids }: { ids: string[] }) => {
      calls.push('unregister');
      ids.forEach((id) => scripts.delete(id));
      return Promise.resolve();
    },
  });
  Object.assign(fakeBrowser.tabs, {
    query: ({ url }: { url: string | string[] }) => Promise.resolve(tabs.filter((tab) => [url].flat().some((one) => tab.url.startsWith(one.replace('*', ''))))),
    get: (id: number) => Promise.resolve(tabs.find((tab) => tab.id === id)),
    sendMessage,
  });
  await runStore.put(guided);
});
afterEach(() => vi.unstubAllGlobals());

const state = (changes: Partial<Extract<GuideMessage['body'], { type: 'report' }>['state']> = {}) => ({ step: 'new-role', title: 'Press “New”', progress: '4 of 11', isSecretShown: false, memo: {}, found: {}, isDone: false, ...changes });
const report = (changes: Parameters<typeof state>[0] = {}, instance = 'doc-1'): GuideMessage => ({ keyferryGuide: '1.2.3', instance, body: { type: 'report', state: state(changes) } });
const hello: GuideMessage = { keyferryGuide: '1.2.3', instance: 'doc-1', body: { type: 'hello' } };
const pointed = { control: 'new', role: 'button', name: 'Add', path: 'html:0/body:1/button:0', version: '11.31.0' };
const remember = (changes: Partial<typeof pointed> = {}): GuideMessage => ({ keyferryGuide: '1.2.3', instance: 'doc-1', body: { type: 'remember', pointed: { ...pointed, ...changes } } });
const sender = (changes: object = {}, tabId = 3) => ({ id: 'test-extension-id', frameId: 0, tab: { id: tabId } as Runtime.MessageSender['tab'], url: `${base}/view/settings`, ...changes }) as Runtime.MessageSender;

describe('who is answered', () => {
  it('the guide in a top frame of the console', async () => {
    const answer = await new Guiding(links).answer(hello, sender());
    expect(answer).toEqual({ base, goal: { guide: 'jamf-pro', name: guided.setup.name, privileges, tokenLifetime: 3600 }, memo: {}, pointed: [] });
    expect(guideAnswerSchema.safeParse(answer).success).toBe(true);
  });

  it.each<[string, object, (Partial<GuideMessage>)?]>([
    ['another extension', { id: 'other' }],
    ['nobody', { id: undefined }],
    ['a frame', { frameId: 7 }],
    ['no word of a frame', { frameId: undefined }],
    ['no tab', { tab: undefined }],
    ['a tab without a number', { tab: {} }],
    ['no address', { url: undefined }],
    ['another origin', { url: 'https://evil.example/' }],
    ['a look-alike', { url: `${base}.evil.example/` }],
    ['a look-alike in the user’s part', { url: `${base}@evil.example/` }],
    ['a subdomain', { url: 'https://x.acme.jamfcloud.com/' }],
    ['another port', { url: `${base}:8443/` }],
    ['http', { url: 'http://acme.jamfcloud.com/' }],
    ['a guide from before the update', {}, { keyferryGuide: '1.2.2' }],
  ])('not %s', async (_who, changes, message) => {
    for (const one of [hello, report({ isSecretShown: true }), remember()]) expect(await new Guiding(links).answer({ ...one, ...message }, sender(changes))).toBeNull();
    expect([await guides.get(), await pointedControls.get()]).toEqual([{}, []]);
  });

  it.each<[string, Run]>([
    ['a Run that is dismissed', { ...guided, dismissed: true }],
    ['a Run on another rung', { ...guided, rung: 'session' }],
    ['a Run that is at work', { ...workingOn('secret'), id: runId, rung: 'guided' }],
    ['a Run that asks something else', { ...guided, phase: { kind: 'needs-admin', step: 'secret', ask: { kind: 'consent', changes: [] } } }],
  ])('nobody while there is %s', async (_what, run) => {
    expect(siteOf(run)).toBeUndefined();
    await runStore.put(run);
    expect(await new Guiding(links).answer(report(), sender())).toBeNull();
    expect(await guides.get()).toEqual({});
  });

  it('each console by its context path', async () => {
    const [one, two] = ['https://mdm.corp.example:8443/one', 'https://mdm.corp.example:8443/two'];
    await runStore.put(guidedAt(one, 'run-one'));
    await runStore.put(guidedAt(two, 'run-two'));
    const guiding = new Guiding(links);
    expect((await guiding.answer(hello, sender({ url: `${two}/view` })))?.base).toBe(two);
    expect((await guiding.answer(hello, sender({ url: `${one}?x` })))?.base).toBe(one);
    for (const url of [`${one}-2/view`, 'https://mdm.corp.example:8443/', 'https://mdm.corp.example/one/']) expect(await guiding.answer(hello, sender({ url }))).toBeNull();
  });

  it('what is no message of a guide is left to others', () => {
    const add = vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener');
    new Guiding(links).listen();
    const listener = add.mock.calls[0]![0] as unknown as (message: unknown, from: object, respond: (answer: unknown) => void) => unknown;
    for (const message of [undefined, 'keyferry:stop-guide', {}, { keyferry: '1.2.3', type: 'wake', data: {} }, { ...hello, body: { type: 'capture' } }, report({ title: 'x'.repeat(401) }), remember({ name: 'x'.repeat(301) })]) {
      expect(listener(message, sender(), () => expect.unreachable())).toBeUndefined();
    }
  });

  it('through the listener', async () => {
    const add = vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener');
    new Guiding(links).listen();
    const listener = add.mock.calls[0]![0] as unknown as (message: unknown, from: object, respond: (answer: unknown) => void) => unknown;
    const ask = (message: unknown, from: object) => new Promise((resolve) => expect(listener(message, from, resolve)).toBe(true));
    expect(await ask(hello, sender())).toMatchObject({ base });
    expect(await ask(hello, sender({ frameId: 1 }))).toBeNull();
    // A failure says nothing to the page either.
    vi.spyOn(fakeBrowser.storage.local, 'get').mockRejectedValue(new Error('quota'));
    expect(await ask(hello, sender())).toBeNull();
  });
});

describe('what is kept', () => {
  const other = (isShown: boolean) => report({ step: isShown ? 'capture' : 'open-settings', isSecretShown: isShown, memo: { role: true } }, 'doc-2');

  it('the newest word, and what any tab has seen', async () => {
    const guiding = new Guiding(links);
    expect((await guiding.answer(report({ memo: { role: true, x: false } }), sender()))?.memo).toEqual({ role: true, x: false });
    expect((await guiding.answer(report({ memo: { clientSaved: true, x: true } }, 'doc-2'), sender({}, 4)))?.memo).toEqual({ role: true, clientSaved: true, x: true });
    expect(await guides.get()).toEqual({ [runId]: { tabId: 4, instance: 'doc-2', part: '', step: 'new-role', title: 'Press “New”', progress: '4 of 11', isSecretShown: false, memo: { role: true, clientSaved: true, x: true } } });
    expect((await guiding.answer(hello, sender({}, 5)))?.memo).toEqual({ role: true, clientSaved: true, x: true });
  });

  it('a secret in sight is not hidden by another tab, while its own is there', async () => {
    const guiding = new Guiding(links);
    tabs = [{ id: 3, url: `${base}/a` }, { id: 4, url: `${base}/b` }];
    await guiding.answer(report({ step: 'capture', isSecretShown: true }), sender());
    await guiding.answer(other(false), sender({}, 4));
    expect((await guides.get())[runId]).toMatchObject({ tabId: 3, instance: 'doc-1', isSecretShown: true, memo: { role: true } });
    // The tab itself may say so, and another one that shows one.
    await guiding.answer(other(true), sender({}, 4));
    expect((await guides.get())[runId]).toMatchObject({ tabId: 4, isSecretShown: true });
    await guiding.answer(report({}, 'doc-3'), sender({}, 4));
    expect((await guides.get())[runId]).toMatchObject({ tabId: 4, instance: 'doc-3', isSecretShown: false });
  });

  it.each<[string, typeof tabs]>([
    ['was closed', [{ id: 4, url: `${base}/b` }]],
    ['went elsewhere', [{ id: 3, url: 'https://x.example/' }, { id: 4, url: `${base}/b` }]],
  ])('a tab that showed a secret and %s hides nothing', async (_what, left) => {
    const guiding = new Guiding(links);
    await guiding.answer(report({ step: 'capture', isSecretShown: true }), sender());
    tabs = left;
    await guiding.answer(other(false), sender({}, 4));
    expect((await guides.get())[runId]).toMatchObject({ tabId: 4, isSecretShown: false });
  });

  it('many tabs at once: nothing that one of them saw is lost', async () => {
    const guiding = new Guiding(links);
    await Promise.all(Array.from({ length: 20 }, (_, index) => guiding.answer(report({ memo: { [`m${String(index)}`]: true } }, `doc-${String(index)}`), sender({}, index))));
    expect(Object.keys((await guides.get())[runId]!.memo)).toHaveLength(20);
    await Promise.all(Array.from({ length: 20 }, (_, index) => guiding.answer(remember({ control: `c${String(index)}` }), sender({}, index))));
    expect(await pointedControls.get()).toHaveLength(20);
  });

  it('what was pointed at: once for each control and version, told to every guide of that console', async () => {
    const guiding = new Guiding(links);
    await guiding.answer(remember(), sender());
    await guiding.answer(remember({ name: 'Create' }), sender());
    expect(await pointedControls.get()).toMatchObject([{ id: `${base} 11.31.0 new`, guide: 'jamf-pro', origin: base, step: 'new', role: 'button', name: 'Create', version: '11.31.0' }]);
    await guiding.answer(remember({ version: '11.32.0' }), sender());
    const answer = await guiding.answer(remember({ control: 'save', name: 'Store' }), sender());
    expect(answer?.pointed).toEqual([{ ...pointed, control: 'save', name: 'Store' }, { ...pointed, version: '11.32.0' }, { ...pointed, name: 'Create' }]);
    // A report is no place for it, and a memo does not come with it.
    expect(await guides.get()).toEqual({});

    const elsewhere = 'https://mdm.corp.example/jss';
    await runStore.put(guidedAt(elsewhere, 'run-2'));
    expect((await guiding.answer(hello, sender({ url: `${elsewhere}/` })))?.pointed).toEqual([]);
  });
});

describe('the script in the pages', () => {
  const injected = (): number[] => executeScript.mock.calls.map(([{ target }]) => target.tabId);
  const end = (run: Run) => runStore.put({ ...run, dismissed: true });

  it('comes with the Run, goes with it, and is told to stop', async () => {
    const guiding = new Guiding(links);
    tabs.push({ id: 4, url: 'https://x.example/' }, { id: 5, url: `${base}/b` });
    await guiding.sync();
    expect([calls, [...scripts], injected()]).toEqual([['register'], [[scriptId, [`${base}/*`]]], [3, 5]]);
    await guiding.answer(report(), sender());
    await end(guided);
    await guiding.sync();
    expect([calls, scripts.size]).toEqual([['register', 'unregister'], 0]);
    expect(sendMessage.mock.calls).toEqual([[3, stopGuide, { frameId: 0 }], [5, stopGuide, { frameId: 0 }]]);
    expect(await guides.get()).toEqual({});
  });

  it('many calls at once change it once', async () => {
    const guiding = new Guiding(links);
    await Promise.all(Array.from({ length: 10 }, () => guiding.sync()));
    expect([calls, injected()]).toEqual([['register'], [3]]);
    await end(guided);
    await Promise.all(Array.from({ length: 10 }, () => guiding.sync()));
    expect(calls).toEqual(['register', 'unregister']);
    expect(sendMessage).toHaveBeenCalledTimes(1);
  });

  it('a second console: one script for both, injected where it was not', async () => {
    const guiding = new Guiding(links);
    await guiding.sync();
    const other = guidedAt('https://mdm.corp.example:8443/jss', 'run-2', 2);
    tabs.push({ id: 8, url: 'https://mdm.corp.example:8443/jss/view' });
    // The fake's pattern has no port, as Firefox's has none.
    Object.assign(fakeBrowser.tabs, { query: ({ url }: { url: string | string[] }) => Promise.resolve(tabs.filter((tab) => [url].flat().some((one) => new URL(tab.url).hostname === new URL(one.replace('*', '')).hostname))) });
    await runStore.put(other);
    await guiding.sync();
    expect([calls, [...scripts.values()], injected()]).toEqual([['register', 'update'], [[`${base}/*`, 'https://mdm.corp.example/*']], [3, 3, 8]]);
    await guiding.answer(report(), sender());
    await end(other);
    await guiding.sync();
    expect([calls, [...scripts.values()]]).toEqual([['register', 'update', 'update'], [[`${base}/*`]]]);
    expect(sendMessage.mock.calls.map(([tabId]) => tabId)).toEqual([8]);
    // The other Run's word stays.
    expect(Object.keys(await guides.get())).toEqual([runId]);
  });

  it('a background that has just started finds its script registered', async () => {
    await new Guiding(links).sync();
    await new Guiding(links).sync();
    expect([calls, scripts.size]).toEqual([['register', 'update'], 1]);
    await end(guided);
    await new Guiding(links).sync();
    expect([calls.at(-1), scripts.size]).toEqual(['unregister', 0]);
  });

  it('nothing guided, nothing done', async () => {
    await end(guided);
    await new Guiding(links).sync();
    expect([calls, executeScript.mock.calls, sendMessage.mock.calls]).toEqual([[], [], []]);
  });

  it('what the browser refused is tried again', async () => {
    const guiding = new Guiding(links);
    const { registerContentScripts } = fakeBrowser.scripting;
    Object.assign(fakeBrowser.scripting, { registerContentScripts: () => Promise.reject(new Error('not now')) });
    await expect(guiding.sync()).rejects.toThrow('not now');
    Object.assign(fakeBrowser.scripting, { registerContentScripts });
    await guiding.sync();
    expect([scripts.size, injected()]).toEqual([1, [3]]);
  });

  it('a page that cannot be reached stops nothing', async () => {
    const guiding = new Guiding(links);
    tabs.push({ id: 5, url: `${base}/b` });
    executeScript.mockRejectedValueOnce(new Error('error page'));
    sendMessage.mockRejectedValueOnce(new Error('no receiver'));
    await guiding.sync();
    expect(injected()).toEqual([3, 5]);
    await end(guided);
    await guiding.sync();
    expect(sendMessage).toHaveBeenCalledTimes(2);
  });
});

describe('the shown secret', () => {
  const clientId = '1979ca82-1337-c0de-1012-82a008a3bf70';
  const secret = `aB3_${'s'.repeat(60)}`;
  const shown = { kind: 'shown', clientId, secret };

  /** The tab's isolated world, where the background's function runs. */
  function inPage(read: () => unknown, { instance = 'doc-1', origin = base } = {}): void {
    vi.stubGlobal('location', { origin });
    vi.stubGlobal('keyferryGuide', { instance, readSecret: read });
    executeScript.mockImplementation(({ func, args }) => Promise.resolve([{ result: func?.(...(args ?? [])) }]));
  }
  async function ready(): Promise<Guiding> {
    const guiding = new Guiding(links);
    await guiding.answer(report({ step: 'capture', isSecretShown: true }), sender());
    return guiding;
  }
  const everything = async (): Promise<string> => JSON.stringify([await fakeBrowser.storage.local.get(null), await fakeBrowser.storage.session.get(null), await fakeBrowser.storage.sync.get(null)]);

  it('is read in the document that said so, and kept nowhere', async () => {
    const guiding = await ready();
    inPage(() => shown);
    expect(await guiding.readShownSecret(guided)).toMatchObject({ clientId, secret });
    expect(executeScript).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ target: { tabId: 3, frameIds: [0] } }));
    const stored = await everything();
    expect(stored).toContain('doc-1');
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(clientId);
  });

  it('nothing is read where no tab shows one', async () => {
    const guiding = new Guiding(links);
    inPage(() => expect.unreachable());
    await expect(guiding.readShownSecret(guided)).rejects.toMatchObject({ failure: { code: 'capture-unreadable', params: { problem: 'not-shown' } } });
    await guiding.answer(report(), sender());
    await expect(guiding.readShownSecret(guided)).rejects.toMatchObject({ failure: { params: { problem: 'not-shown' } } });
    expect(executeScript).not.toHaveBeenCalled();
  });

  it.each<[string, problem: string, isStillShown: boolean, () => void]>([
    ['another document', 'not-shown', false, () => inPage(() => shown, { instance: 'doc-2' })],
    ['another origin', 'not-shown', false, () => inPage(() => shown, { origin: 'https://evil.example' })],
    ['a document without a guide', 'not-shown', false, () => (inPage(() => shown), vi.stubGlobal('keyferryGuide', undefined))],
    ['a secret that is gone', 'not-shown', false, () => inPage(() => ({ kind: 'none' }))],
    ['a tab that is gone', 'not-shown', false, () => executeScript.mockRejectedValue(new Error(`no tab with ${secret}`))],
    ['no answer', 'not-shown', false, () => executeScript.mockResolvedValue([])],
    ['an answer of another shape', 'not-shown', false, () => inPage(() => ({ kind: 'shown', clientId, secret: 7 }))],
    ['an endless answer', 'not-shown', false, () => inPage(() => ({ ...shown, secret: secret.repeat(10) }))],
    ['a secret that is shown in part', 'no-secret', true, () => inPage(() => ({ kind: 'unreadable', secret }))],
  ])('%s', async (_what, problem, isStillShown, happen) => {
    const guiding = await ready();
    happen();
    const error: unknown = await guiding.readShownSecret(guided).then(() => expect.unreachable(), (thrown: unknown) => thrown);
    expect(error).toMatchObject({ failure: { code: 'capture-unreadable', params: { problem }, certainty: 'not-done' } });
    expect(`${JSON.stringify(error)}${String((error as Error).stack)}${await everything()}`).not.toContain(secret);
    // The popup does not go on offering it.
    expect((await guides.get())[runId]?.isSecretShown).toBe(isStillShown);
  });
});

describe('the course "UEM"', () => {
  const console = uemTenant.base;
  const portal = 'https://portal.checkpoint.com';
  const from = (site: string, changes: object = {}) => sender({ url: `${site}/AirWatch/#/Admin/List`, ...changes });
  const message = (body: GuideMessage['body']): GuideMessage => ({ keyferryGuide: '1.2.3', instance: 'doc-1', body });
  const fill = (secret: 'password' | 'api-key'): GuideMessage => message({ type: 'fill-secret', control: 'password', secret });
  const secret = 'hunter2-hunter2';
  const spies = () => ({ onFound: vi.fn<GuidingLinks['onFound']>(async () => undefined), onDone: vi.fn<GuidingLinks['onDone']>(async () => undefined), findSecret: vi.fn<GuidingLinks['findSecret']>(async () => new Secret(secret)) });
  const put = async (run: Run): Promise<Run> => {
    await runStore.put({ ...guided, dismissed: true });
    await runStore.put({ ...run, id: runId });
    return run;
  };

  it('the guide has the goal of the part, at the site where the admin is to act', async () => {
    await put(at('uem-role'));
    expect(await new Guiding(spies()).answer(hello, from(console))).toMatchObject({ base: console, goal: { guide: 'workspace-one', part: 'role', name: 'api_admin_role', copyOf: 'Read Only' } });
    expect(await new Guiding(spies()).answer(hello, from(portal))).toBeNull();
    await put(at('wizard'));
    expect(await new Guiding(spies()).answer(hello, from(portal))).toMatchObject({ base: portal, goal: { guide: 'harmony-mobile', server: 'https://as1234.awmdm.com', groups: ['Contoso', 'Contoso Europe'] } });
    expect(await new Guiding(spies()).answer(hello, from(console))).toBeNull();
    await put(at('uem-proof'));
    expect(await new Guiding(spies()).answer(hello, from(console))).toBeNull();
  });

  it('what the page says and that its goal is reached goes to the Run; of other pages nothing does', async () => {
    await put(at('administrator'));
    const links = spies();
    const guiding = new Guiding(links);
    await guiding.answer(report({ found: { organizationGroup: 'Contoso' } }), from(console));
    await guiding.answer(report({ isDone: true }), from(console));
    expect([links.onFound.mock.calls, links.onDone.mock.calls]).toEqual([[[runId, 'administrator', { organizationGroup: 'Contoso' }]], [[runId, 'administrator']]]);
    for (const elsewhere of [{ url: `${portal}/` }, { frameId: 1 }, { id: 'other' }]) await guiding.answer(report({ isDone: true, found: { a: 'b' } }), from(console, elsewhere));
    expect([links.onFound.mock.calls.length, links.onDone.mock.calls.length]).toEqual([1, 1]);
    expect(JSON.stringify(await guides.get())).not.toContain('Contoso');
  });

  it('what one part has seen says nothing in the next', async () => {
    const guiding = new Guiding(spies());
    await put(at('uem-role'));
    expect((await guiding.answer(report({ memo: { roleSaved: true } }), from(console)))?.memo).toEqual({ roleSaved: true });
    await put(at('administrator'));
    expect((await guiding.answer(hello, from(console)))?.memo).toEqual({});
  });

  it.each<[string, Run, string, 'password' | 'api-key', boolean]>([
    ['a password in the administrator’s form', at('administrator'), console, 'password', true],
    ['a password in the wizard', at('wizard'), portal, 'password', true],
    ['a key in the wizard', at('wizard'), portal, 'api-key', true],
    ['a key in the console', at('administrator'), console, 'api-key', false],
    ['a password in the role’s form', at('uem-role'), console, 'password', false],
    ['a password in the console while the wizard waits', at('wizard'), console, 'password', false],
    ['a key for the settings that show it', at('api-key'), console, 'api-key', false],
  ])('%s: typed in %s', async (_what, run, site, which, isTyped) => {
    await put(run);
    const links = spies();
    const fillSecret = vi.fn(async () => true);
    vi.stubGlobal('location', { origin: site });
    vi.stubGlobal('keyferryGuide', { instance: 'doc-1', fillSecret });
    executeScript.mockImplementation(async ({ func, args }) => [{ result: await func?.(...(args ?? [])) }]);
    const answer = await new Guiding(links).answer(fill(which), from(site));
    expect(fillSecret.mock.calls).toEqual(isTyped ? [['password', which, secret]] : []);
    expect(links.findSecret).toHaveBeenCalledTimes(isTyped ? 1 : 0);
    if (isTyped) expect(executeScript).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ target: { tabId: 3, frameIds: [0] } }));
    expect(JSON.stringify([answer, await fakeBrowser.storage.local.get(null), await fakeBrowser.storage.session.get(null)])).not.toContain(secret);
  });

  it.each([
    ['another document', { instance: 'doc-2' }, console],
    ['another origin', { instance: 'doc-1' }, 'https://evil.example'],
    ['a document without a guide', undefined, console],
  ])('into %s nothing is typed', async (_what, guide, origin) => {
    await put(at('administrator'));
    const fillSecret = vi.fn(async () => true);
    vi.stubGlobal('location', { origin });
    vi.stubGlobal('keyferryGuide', guide && { ...guide, fillSecret });
    executeScript.mockImplementation(async ({ func, args }) => [{ result: await func?.(...(args ?? [])) }]);
    await new Guiding(spies()).answer(fill('password'), from(console));
    expect(fillSecret).not.toHaveBeenCalled();
  });

  it('a page with the guide in it is told that the goal is another one, once', async () => {
    tabs = [{ id: 7, url: `${console}/AirWatch/#/Admin/List` }];
    const guiding = new Guiding(spies());
    await put(at('uem-role'));
    await guiding.sync();
    expect(sendMessage).not.toHaveBeenCalled();
    await put(at('administrator'));
    await guiding.sync();
    await guiding.sync();
    expect(sendMessage.mock.calls).toEqual([[7, renewGuide, { frameId: 0 }]]);
  });
});
