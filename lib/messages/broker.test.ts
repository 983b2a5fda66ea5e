import fc from 'fast-check';
import type { Runtime } from 'webextension-polyfill';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { KeyferryError } from '../failure.ts';
import { answer, isOwnPage, listen } from './broker.ts';
import { send } from './send.ts';
import { requestSchemas, responseSchema, type RequestType } from './protocol.ts';

const own = 'chrome-extension://test-extension-id/';
const ours = 'test-extension-id';
const popup = { id: ours, url: `${own}popup.html` } as Runtime.MessageSender;
const tab = { id: 3, url: 'https://acme.jamfcloud.com/' } as Runtime.MessageSender['tab'];
const types = Object.keys(requestSchemas) as RequestType[];

const handlers = Object.fromEntries(types.map((type) => [type, vi.fn<(data: unknown) => Promise<void>>()])) as Record<RequestType, ReturnType<typeof vi.fn<(data: unknown) => Promise<void>>>>;
const called = (): number => types.reduce((sum, type) => sum + handlers[type].mock.calls.length, 0);
const message = (type: string, data: unknown, version = '1.2.3'): unknown => ({ keyferry: version, type, data });
const setup = {
  tenant: { console: 'jamf-pro', key: 'acme', origin: 'https://acme.jamfcloud.com', base: 'https://acme.jamfcloud.com' },
  service: { id: 'integration-api', address: 'https://service.example' },
  dataSets: ['accounts'],
  group: null,
  name: 'Keyferry: Org',
};
const good: Record<RequestType, unknown> = {
  'set-up-service': { id: 'integration-api', address: 'https://service.example', account: '', key: 'hunter2-hunter2', passphrase: null },
  'unlock-service': { access: 'https://service.example', passphrase: 'hunter2-hunter2' },
  'forget-service': { access: 'https://service.example' },
  'look': { tabId: 3 },
  'add-host': { base: 'https://mdm.corp.example:8443/acme' },
  'forget-host': { base: 'https://mdm.corp.example:8443/acme' },
  'list-groups': { tabId: 3, base: 'https://acme.jamfcloud.com' },
  'connect': { setup, tabId: null, clicks: 1 },
  'check-connection': { id: 'https://acme.jamfcloud.com https://service.example', tabId: 3 },
  'sync-connection': { id: 'https://acme.jamfcloud.com https://service.example' },
  'disconnect': { id: 'https://acme.jamfcloud.com https://service.example', removesConsole: true, tabId: 3, clicks: 2 },
  'forget-connection': { id: 'https://acme.jamfcloud.com https://service.example' },
  'wake': {},
  'act': { runId: 'run-1', intent: { type: 'retry', tabId: 3, clicks: 1 } },
  'capture': { runId: 'run-1', clientId: '1979ca82-1337-c0de-1012-82a008a3bf70', secret: 'hunter2-hunter2', clicks: 1 },
  'capture-shown': { runId: 'run-1', clicks: 1 },
  'capture-key': { runId: 'run-1', key: 'hunter2-hunter2', clicks: 1 },
  'by-api': { runId: 'run-1', username: 'amelia', password: 'hunter2-hunter2', clicks: 1 },
  'status-key': { key: { clientId: 'c-1', accessKey: 'hunter2-hunter2', region: 'eu' } },
  'sign-in': { runId: 'run-1', username: 'amelia', password: 'hunter2-hunter2', tabId: 3, clicks: 2 },
};

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '1.2.3', manifest_version: 3, name: 'Keyferry' });
  vi.spyOn(fakeBrowser.runtime, 'getURL').mockImplementation((path: string) => own + path);
  for (const type of types) handlers[type].mockReset().mockResolvedValue(undefined);
});

const senders: [who: string, sender: Partial<Runtime.MessageSender>, isOwn: boolean][] = [
  ['the popup', { id: ours, url: `${own}popup.html` }, true],
  ['the popup opened as a tab', { id: ours, url: `${own}popup.html#x`, tab: tab!, frameId: 0 }, true],
  ['our content script', { id: ours, url: 'https://acme.jamfcloud.com/', tab: tab!, frameId: 0 }, false],
  ['another extension', { id: 'other', url: 'chrome-extension://other/popup.html' }, false],
  ['another extension that names our page', { id: 'other', url: `${own}popup.html` }, false],
  ['a web page', { url: 'https://evil.example/' }, false],
  ['a web page that embeds our address', { id: ours, url: `https://evil.example/${own}popup.html` }, false],
  ['our id without an address', { id: ours }, false],
  ['an empty address', { id: ours, url: '' }, false],
  ['a look-alike prefix', { id: ours, url: 'chrome-extension://test-extension-id.evil.example/popup.html' }, false],
  ['our origin without the slash', { id: ours, url: 'chrome-extension://test-extension-id' }, false],
  ['another scheme', { id: ours, url: 'moz-extension://test-extension-id/popup.html' }, false],
  ['nobody', {}, false],
];

describe('who may speak to the background', () => {
  it.each(senders)('%s', async (_who, sender, isOwn) => {
    expect(isOwnPage(sender)).toBe(isOwn);
    for (const type of types) {
      const response = await answer(message(type, good[type]), sender, handlers);
      expect(response?.ok).toBe(isOwn);
    }
    expect(called()).toBe(isOwn ? types.length : 0);
  });
});

describe('what is answered', { timeout: 60_000 }, () => {
  it.each(types)('%s reaches its handler, with what its schema knows', async (type) => {
    expect(await answer(message(type, { ...(good[type] as object), surplus: 1 }), popup, handlers)).toEqual({ ok: true });
    expect(handlers[type]).toHaveBeenCalledExactlyOnceWith(good[type]);
    expect(called()).toBe(1);
  });

  it.each<[string, unknown, unknown]>([
    ['another version', message('wake', {}, '1.2.2'), 'version'],
    ['an unknown type', message('format-disk', {}), 'unknown'],
    ['a prototype\'s name', message('constructor', {}), 'unknown'],
    ['another prototype\'s name', message('__proto__', {}), 'unknown'],
    ['a method\'s name', message('hasOwnProperty', {}), 'unknown'],
    ['toString', message('toString', {}), 'unknown'],
  ])('%s is refused', async (_what, sent, problem) => {
    expect(await answer(sent, popup, handlers)).toMatchObject({ ok: false, failure: { code: 'bad-input', params: { problem }, certainty: 'not-done' } });
    expect(called()).toBe(0);
  });

  it.each<[string, unknown]>([
    ['text', 'keyferry:detect-console'],
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['another\'s message', { type: 'wake', data: {} }],
    ['a stamp that is no text', { keyferry: 1, type: 'wake', data: {} }],
    ['a type that is no text', { keyferry: '1.2.3', type: ['wake'], data: {} }],
  ])('%s is not ours to answer', async (_what, sent) => {
    expect(await answer(sent, popup, handlers)).toBeUndefined();
    expect(called()).toBe(0);
  });

  it.each<[string, RequestType, object]>([
    ['an address that is no text', 'set-up-service', { address: 1 }],
    ['a service with a path in its name', 'set-up-service', { id: '../x' }],
    ['an empty key', 'set-up-service', { key: '' }],
    ['a key without end', 'set-up-service', { key: 'k'.repeat(4001) }],
    ['a passphrase that is soon guessed', 'set-up-service', { passphrase: 'short' }],
    ['no word about a passphrase', 'set-up-service', { passphrase: undefined }],
    ['a password without end', 'sign-in', { password: 'p'.repeat(1025) }],
    ['no user', 'sign-in', { username: '' }],
    ['a tab that is no number', 'connect', { tabId: '3' }],
    ['no data set', 'connect', { setup: { ...setup, dataSets: [] } }],
    ['an unknown data set', 'connect', { setup: { ...setup, dataSets: ['secrets'] } }],
    ['an unknown console', 'connect', { setup: { ...setup, tenant: { ...setup.tenant, console: 'constructor' } } }],
    ['an endless name', 'connect', { setup: { ...setup, name: 'n'.repeat(101) } }],
    ['an unknown intent', 'act', { intent: { type: 'step-done', clicks: 0 } }],
    ['an intent with its own time', 'act', { intent: { type: 'begin', at: 0 } }],
    ['negative clicks', 'act', { intent: { type: 'cancel', clicks: -1 } }],
    ['an unknown rung', 'act', { intent: { type: 'use-rung', rung: 'root', tabId: null, clicks: 1 } }],
    ['an endless secret', 'capture', { secret: 's'.repeat(2001) }],
    ['an endless id', 'act', { runId: 'r'.repeat(65) }],
  ])('%s does not reach the handler', async (_what, type, changes) => {
    const response = await answer(message(type, { ...(good[type] as object), ...changes }), popup, handlers);
    expect(response).toMatchObject({ ok: false, failure: { code: 'bad-input', params: { where: type }, certainty: 'not-done' } });
    expect(called()).toBe(0);
  });

  it('gives the cause of a failure, and of a bug its name alone', async () => {
    handlers['set-up-service'].mockRejectedValueOnce(new KeyferryError('service-key-refused', { host: 'service.example' }));
    expect(await answer(message('set-up-service', good['set-up-service']), popup, handlers)).toEqual({ ok: false, failure: { code: 'service-key-refused', params: { host: 'service.example' }, certainty: 'not-done' } });
    handlers['sign-in'].mockRejectedValueOnce(new RangeError('bad password hunter2-hunter2'));
    const response = await answer(message('sign-in', good['sign-in']), popup, handlers);
    expect(response).toEqual({ ok: false, failure: { code: 'unexpected', params: { name: 'RangeError' }, certainty: 'unknown' } });
  });

  it('whatever comes, from whomever: an answer of the protocol or none, no secret in it, and only good data in handlers', async () => {
    const secretText = 'hunter2-hunter2';
    const value = fc.oneof(fc.jsonValue(), fc.anything(), fc.constant(secretText));
    const data = fc.oneof(value, ...types.map((type) => fc.record(Object.fromEntries(Object.entries(good[type] as object).map(([name, right]) => [name, fc.oneof(fc.constant(right as unknown), value)])))));
    const sent = fc.oneof(value, fc.record({ keyferry: fc.oneof(fc.constant('1.2.3'), value), type: fc.oneof(fc.constantFrom<string[]>(...types, '__proto__', 'valueOf'), value), data }));
    await fc.assert(
      fc.asyncProperty(sent, fc.constantFrom(...senders), async (body, [, sender, isOwn]) => {
        for (const type of types) handlers[type].mockReset().mockRejectedValue(new Error(secretText));
        const response = await answer(body, sender, handlers);
        if (response !== undefined) expect(z.safeParse(responseSchema, response).success).toBe(true);
        // A field's name may be said, never what stands in it. (Names that the sender made up are its own.)
        if (response?.ok === false && response.failure.code !== 'bad-input') expect(JSON.stringify(response)).not.toContain(secretText);
        if (!isOwn) expect(called()).toBe(0);
        for (const type of types) for (const [given] of handlers[type].mock.calls) expect(z.safeParse(requestSchemas[type] as z.ZodMiniType, given).success).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('listen and send', () => {
  it('keeps the channel open for what is ours, and for nothing else', async () => {
    const add = vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener');
    listen(handlers);
    expect(add).toHaveBeenCalledTimes(1);
    const listener = add.mock.calls[0]![0] as unknown as (message: unknown, sender: object, respond: (answer: unknown) => void) => unknown;
    expect(listener('keyferry:detect-console', popup, () => expect.unreachable())).toBeUndefined();
    const response = await new Promise((resolve) => expect(listener(message('wake', {}), popup, resolve)).toBe(true));
    expect(response).toEqual({ ok: true });
  });

  it('stamps what it sends and hands back the failure', async () => {
    const sendMessage = vi.fn<(sent: unknown) => Promise<unknown>>().mockResolvedValue({ ok: true });
    Object.assign(fakeBrowser.runtime, { sendMessage });
    expect(await send('wake', {})).toBeUndefined();
    expect(sendMessage).toHaveBeenCalledExactlyOnceWith({ keyferry: '1.2.3', type: 'wake', data: {} });
    const failure = { code: 'service-busy', params: { host: 'x' }, certainty: 'not-done' };
    sendMessage.mockResolvedValue({ ok: false, failure });
    expect(await send('wake', {})).toEqual(failure);
  });

  it.each<[string, unknown]>([['nobody listens', undefined], ['no answer of ours', { ok: 'yes' }], ['an unknown failure', { ok: false, failure: { code: 'x' } }]])('%s: whether it happened is not known', async (_what, response) => {
    vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockResolvedValue(response as never);
    expect(await send('wake', {})).toMatchObject({ code: 'unexpected', certainty: 'unknown' });
    vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockRejectedValue(new Error('Could not establish connection'));
    expect(await send('wake', {})).toMatchObject({ code: 'unexpected', certainty: 'unknown' });
  });
});
