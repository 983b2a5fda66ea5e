import * as z from 'zod/mini';
import type { Runtime } from 'webextension-polyfill';
import { failureOf, parseOrFail } from '../failure.ts';
import { browser } from '../platform/browser.ts';
import { envelopeSchema, requestSchemas, type RequestData, type RequestType, type Response } from './protocol.ts';

type Handlers = { [K in RequestType]: (data: RequestData<K>) => Promise<void> };

const version = (): string => browser.runtime.getManifest().version;

/**
 * Only Keyferry's own pages may speak to the background. A popup opened as a tab has `sender.tab` like a content script,
 * so the origin decides.
 */
export function isOwnPage(sender: Pick<Runtime.MessageSender, 'id' | 'url'>): boolean {
  return sender.id === browser.runtime.id && sender.url !== undefined && sender.url.startsWith(browser.runtime.getURL(''));
}

/** Answers one message; exported for tests. Returns `undefined` for what is not ours to answer. */
export async function answer(message: unknown, sender: Runtime.MessageSender, handlers: Handlers): Promise<Response | undefined> {
  const envelope = z.safeParse(envelopeSchema, message);
  if (!envelope.success) return undefined;
  const { keyferry, type, data } = envelope.data;
  const refuse = (problem: string): Response => ({ ok: false, failure: { code: 'bad-input', params: { where: 'message', field: 'type', problem }, certainty: 'not-done' } });
  if (!isOwnPage(sender)) return refuse('sender');
  if (keyferry !== version()) return refuse('version');
  if (!Object.hasOwn(requestSchemas, type)) return refuse('unknown');
  const known = type as RequestType;
  try {
    const parsed = parseOrFail<unknown>(requestSchemas[known], data, 'bad-input', known);
    await (handlers[known] as (data: unknown) => Promise<void>)(parsed);
    return { ok: true };
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
}

/** Registers the one listener; call it in the background's first tick. */
export function listen(handlers: Handlers): void {
  const listener = (message: unknown, sender: Runtime.MessageSender, sendResponse: (response: unknown) => void): true | undefined => {
    if (!z.safeParse(envelopeSchema, message).success) return undefined;
    void answer(message, sender, handlers).then(sendResponse);
    // Keeps the channel open until the answer is there.
    return true;
  };
  browser.runtime.onMessage.addListener(listener as Runtime.OnMessageListenerCallback);
}
