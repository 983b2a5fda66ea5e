import * as z from 'zod/mini';
import { KeyferryError, type Failure } from '../failure.ts';
import { browser } from '../platform/browser.ts';
import { responseSchema, type RequestData, type RequestType } from './protocol.ts';

/** Sends to the background and waits. @returns the failure, or `undefined` when all went well */
export async function send<K extends RequestType>(type: K, data: RequestData<K>): Promise<Failure | undefined> {
  let raw: unknown;
  try {
    raw = await browser.runtime.sendMessage({ keyferry: browser.runtime.getManifest().version, type, data });
  } catch {
    raw = undefined;
  }
  const response = z.safeParse(responseSchema, raw);
  if (!response.success) return new KeyferryError('unexpected', { name: 'no answer' }, 'unknown').failure;
  return response.data.ok ? undefined : response.data.failure;
}
