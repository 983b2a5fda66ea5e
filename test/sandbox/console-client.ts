import { z } from 'zod';

/** Credentials that a service was given, and how it reaches the console. */
export interface ConsoleCredentials {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  /** Must return redirects, or honour `redirect: 'manual'`. */
  fetch: typeof fetch;
}

/** A console did not let a service do what it wanted. */
export class ConsoleRefusal extends Error {
  readonly step: 'token' | 'call';
  /** Undefined where nobody answered. */
  readonly status: number | undefined;

  constructor(step: ConsoleRefusal['step'], status: number | undefined) {
    super(`${step} ${status ?? 'unreachable'}`);
    this.step = step;
    this.status = status;
  }
}

const tokenAnswer = z.looseObject({ access_token: z.string().min(1) });
/** ms until a console that does not answer counts as unreachable. */
const TIMEOUT = 30_000;

/** Fetches a token as RFC 6749 has it; what comes back reads JSON with it. Both throw {@link ConsoleRefusal}. */
export async function openConsole(credentials: ConsoleCredentials): Promise<(url: string) => Promise<unknown>> {
  const { tokenUrl, clientId, clientSecret, fetch: send } = credentials;
  let cookie = '';
  const ask = async (step: ConsoleRefusal['step'], url: string, init: RequestInit): Promise<unknown> => {
    let response: Response;
    try {
      response = await send(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
    } catch {
      throw new ConsoleRefusal(step, undefined);
    }
    // Keeps the service on one node of a cluster.
    cookie ||= response.headers.getSetCookie().map((one) => one.replace(/;.*/, '')).join('; ');
    const text = await response.text();
    if (!response.ok) throw new ConsoleRefusal(step, response.status);
    try {
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    } catch {
      throw new ConsoleRefusal(step, response.status);
    }
  };
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
  const answer = tokenAnswer.safeParse(await ask('token', tokenUrl, { method: 'POST', body }));
  if (!answer.success) throw new ConsoleRefusal('token', 200);
  const { access_token: token } = answer.data;
  return async (url) => await ask('call', url, { headers: { accept: 'application/json', authorization: `Bearer ${token}`, ...(cookie !== '' && { cookie }) } });
}

/** Work that goes on after the answer, as a synchronization does. */
export class Jobs {
  readonly #running = new Set<Promise<void>>();

  start(work: () => Promise<void>): void {
    const running = work().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}

/** The body's JSON object; undefined where it is none. */
export async function readObject(request: Request): Promise<Record<string, unknown> | undefined> {
  try {
    const body = (await request.json()) as unknown;
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
