import * as z from 'zod/mini';
import { guideAnswerSchema, type GuideAnswer, type GuideMessage, renewGuide, stopGuide } from '../messages/guide-protocol.ts';
import type { FillableSecret, GuideId } from './goals.ts';
import type { PageGuide } from './guide.ts';
import { createOverlay } from './overlay.ts';
import { GuideSession } from './session.ts';
import type { GuideMessages } from './text/messages.ts';

/** The part of the extension API that a content script has, under the name that every browser knows. */
export interface ContentRuntime {
  id: string | undefined;
  getManifest(): { version: string };
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: {
    addListener(listener: (message: unknown, sender: { id?: string }) => void): void;
    removeListener(listener: (message: unknown, sender: { id?: string }) => void): void;
  };
}

/** What the background finds in the isolated world of the checked document. */
export interface GuideHandle {
  instance: string;
  readSecret(): ReturnType<GuideSession['readSecret']>;
  fillSecret(control: string, secret: FillableSecret, value: string): Promise<boolean>;
}

/** Characters that a message may hold. */
const titleLimit = 400;

/**
 * The guide in this document, while the background says so. Does nothing where one is running already.
 * @param world the isolated world's global object, where the handle lies for the capture
 */
export async function startGuide(document: Document, world: { keyferryGuide?: GuideHandle }, runtime: ContentRuntime, guides: Readonly<Record<GuideId, PageGuide>>, text: GuideMessages): Promise<void> {
  if (world.keyferryGuide) return;
  const instance = crypto.randomUUID();
  const controller = new AbortController();
  const { signal } = controller;
  world.keyferryGuide = { instance, readSecret: () => ({ kind: 'none' }), fillSecret: () => Promise.resolve(false) };
  signal.addEventListener('abort', () => delete world.keyferryGuide, { once: true });

  const ask = async (body: GuideMessage['body']): Promise<GuideAnswer> => {
    try {
      const message = { keyferryGuide: runtime.getManifest().version, instance, body };
      // A background that is stopped in the middle does not answer; the next message wakes it.
      const first = await runtime.sendMessage(message).catch(() => undefined);
      const answer = z.safeParse(guideAnswerSchema, first === undefined ? await runtime.sendMessage(message) : first);
      if (answer.success && answer.data) return answer.data;
    } catch {
      // The extension was updated or removed: nobody is there to guide for.
    }
    controller.abort();
    return null;
  };
  const orders = await ask({ type: 'hello' });
  if (!orders || signal.aborted) return;

  const onMessage = (message: unknown, sender: { id?: string }): void => {
    if (sender.id !== runtime.id) return;
    if (message === stopGuide) controller.abort();
    else if (message === renewGuide) void ask({ type: 'hello' }).then((answer) => answer && session.adopt(answer));
  };
  runtime.onMessage.addListener(onMessage);
  signal.addEventListener('abort', () => runtime.onMessage.removeListener(onMessage), { once: true });

  const overlay = createOverlay(document, text.card, (id) => session.onAction(id), signal);
  const link = {
    report: (state: Extract<GuideMessage['body'], { type: 'report' }>['state']) =>
      // The page's own wordings may be endless.
      void ask({ type: 'report', state: { ...state, title: state.title.slice(0, titleLimit) } }).then((answer) => {
        if (answer) session.adopt(answer);
      }),
    remember: (pointed: Extract<GuideMessage['body'], { type: 'remember' }>['pointed']) => void ask({ type: 'remember', pointed }),
    // Its answer comes when the field is filled, or cannot be.
    fillSecret: async (control: string, secret: FillableSecret) => (await ask({ type: 'fill-secret', control, secret })) !== null,
  };
  const session = new GuideSession(document, guides[orders.goal.guide], orders, { overlay, link, text }, signal);
  world.keyferryGuide = { instance, readSecret: () => session.readSecret(), fillSecret: (control, secret, value) => session.fillSecret(control, secret, value) };
}
