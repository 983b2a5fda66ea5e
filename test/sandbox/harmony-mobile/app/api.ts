import { UI_PATH } from './data.ts';
import type { Refusal } from './data.ts';

/** The portal said no; the message is for people. */
export class Refused extends Error {
  readonly integrationId: string | undefined;

  constructor({ message, integrationId }: Refusal) {
    super(message);
    this.integrationId = integrationId;
  }
}

/** One call of the portal's private endpoints. A session that ended leads to the sign-in. */
export async function call<T = void>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${UI_PATH}${path}`, init);
  if (answer.status === 401) {
    location.assign(`/signin?${new URLSearchParams({ to: location.pathname }).toString()}${location.hash}`);
    // The page goes away.
    return await new Promise<T>(() => undefined);
  }
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
  throw new Refused(answer.headers.get('content-type')?.includes('json') ? ((await answer.json()) as Refusal) : { message: 'Something went wrong. Try again later.' });
}
