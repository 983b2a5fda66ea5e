import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, Hold, RequestMatch, RequestRecord } from './types.ts';

/** What a host's handler gets beside the request; it may note on the record which node answered. */
export interface ExchangeEnv {
  record: RequestRecord;
}

/** One host of the sandbox. */
export type HostHandler = (request: Request, env: ExchangeEnv) => Response | Promise<Response>;

interface Wire {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

interface PendingHold {
  hasArrived: boolean;
  match: RequestMatch & { when: Fault['when'] };
  arrive: (record: RequestRecord) => void;
  released: Promise<void>;
  release: () => void;
}

/**
 * The one door that every request passes, whatever host it is for: request log, holds and faults. It stands outside the hosts so that an
 * `after` fault really runs after the handler's effect, as when an answer is lost on its way back.
 */
export class Traffic {
  readonly #now: () => number;
  #records: RequestRecord[] = [];
  #seq = 0;
  #faults: (Fault & { left: number })[] = [];
  #holds: PendingHold[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  clearRecords(): void {
    this.#records = [];
  }

  fault(fault: Fault): void {
    this.#faults.push({ ...fault, left: fault.times ?? 1 });
  }

  hold(match: PendingHold['match']): Hold {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: reached, resolve: arrive } = Promise.withResolvers<RequestRecord>();
    this.#holds.push({ hasArrived: false, match, arrive, released, release });
    return { reached, release };
  }

  /** Forgets the faults and lets everything held go on. */
  clearFaults(): void {
    this.#faults = [];
    for (const hold of this.#holds) hold.release();
    this.#holds = [];
  }

  async handle(request: Request, wire: Wire, handler: HostHandler | undefined): Promise<Response> {
    const url = new URL(request.url);
    const record: RequestRecord = {
      seq: ++this.#seq,
      at: this.#now(),
      host: url.host,
      method: request.method,
      path: withoutSecrets(url),
      status: undefined,
      caller: callerOf(request.headers),
    };
    this.#records.push(record);

    await this.#stop('before', record);
    const early = await this.#hit('before', record, wire);
    if (early !== undefined) return early;

    const response = handler === undefined ? new Response('Misdirected request\n', { status: 421 }) : await handler(request, { record });

    await this.#stop('after', record);
    const late = await this.#hit('after', record, wire);
    if (late !== undefined) return late;
    record.status = response.status;
    return response;
  }

  async #stop(when: Fault['when'], record: RequestRecord): Promise<void> {
    const hold = this.#holds.find((one) => !one.hasArrived && one.match.when === when && matches(one.match, record));
    if (hold === undefined) return;
    hold.hasArrived = true;
    hold.arrive(record);
    await hold.released;
  }

  async #hit(when: Fault['when'], record: RequestRecord, wire: Wire): Promise<Response | undefined> {
    const fault = this.#faults.find((one) => one.when === when && one.left > 0 && matches(one, record));
    if (fault === undefined) return undefined;
    fault.left -= 1;
    if (fault.action === 'stall') return await new Promise<never>(() => {});
    if (fault.action === 'reset') {
      record.status = 0;
      // Browsers send a request again by themselves, POST too, where a kept-alive connection ends without a single byte of answer; with
      // the first bytes of one they report the loss, which is what a fault is for.
      const { socket } = wire.incoming;
      await new Promise<void>((resolve) => socket.write('HTTP/1.1 ', () => resolve()));
      socket.destroy();
      return new Response(null, { status: 204 }); // Nobody can read it any more.
    }
    record.status = fault.action.status;
    return new Response(fault.action.body ?? null, { status: fault.action.status, headers: fault.action.headers ?? {} });
  }
}

function matches(match: RequestMatch, record: RequestRecord): boolean {
  return (
    (match.host === undefined || match.host === record.host) &&
    (match.method === undefined || match.method === record.method) &&
    (match.path === undefined || match.path.test(record.path))
  );
}

function withoutSecrets(url: URL): string {
  const search = url.search.replaceAll(/([?&][^=&]*(?:secret|token|password|key|code|assertion)[^=&]*=)[^&]*/gi, '$1');
  return url.pathname + search;
}

/**
 * Chromium sends no Origin with an extension's GET to a host it has permission for, but a CORS-mode fetch from no site and no page
 * is something that only an extension can do.
 */
function callerOf(headers: Headers): RequestRecord['caller'] {
  const origin = headers.get('origin') ?? '';
  const site = headers.get('sec-fetch-site');
  if (/^(chrome|moz)-extension:/.test(origin)) return 'extension';
  if (site === null) return /^https?:/.test(origin) ? 'page' : 'server';
  if (site === 'same-origin' || site === 'same-site' || headers.get('sec-fetch-mode') === 'navigate') return 'page';
  if (headers.get('sec-fetch-dest') !== 'empty' || /^https?:/.test(origin)) return 'page';
  return 'extension';
}
