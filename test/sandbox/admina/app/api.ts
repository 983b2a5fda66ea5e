import { UI_PATH } from './data.ts';
import type { Refusal } from './data.ts';

export class Refused extends Error {
  readonly reason: Refusal;

  constructor(reason: Refusal) {
    super(reason);
    this.reason = reason;
  }
}

/** One call of the application's private endpoints. A session that ended leads to the sign-in. */
export async function call<T = void>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${UI_PATH}${path}`, init);
  if (answer.status === 401) {
    location.assign(`/login?${new URLSearchParams({ to: location.pathname }).toString()}`);
    // The page goes away.
    return await new Promise<T>(() => undefined);
  }
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
  throw new Refused(((await answer.json()) as { reason: Refusal }).reason);
}
