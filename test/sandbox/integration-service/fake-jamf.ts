/** A console in one function, for this folder's tests: just what the service asks for. */
export interface FakeJamf {
  fetch: typeof fetch;
  clientSecret: string;
  computers: number;
  /** Sources that answer with `refusalStatus`: last path segments such as `accounts`. */
  refused: Set<string>;
  refusalStatus: 401 | 403;
  /** Paths that do not exist here, as in other versions. */
  unknownPaths: Set<string>;
  tokenLifetimeSeconds: number;
  rejectedStatus: 400 | 401;
  /** Answers instead of the console when set; may throw as a network does. */
  override: ((url: URL) => Response | Promise<Response> | undefined) | undefined;
  /** `METHOD path` of every request. */
  requests: string[];
  tokensIssued: number;
  /** Cookie headers seen, in order. */
  cookies: (string | null)[];
}

export function createFakeJamf(now: () => number): FakeJamf {
  const tokens = new Map<string, number>();
  const console: FakeJamf = {
    clientSecret: 'correct-horse-battery-staple-0123456789',
    computers: 2500,
    refused: new Set(),
    refusalStatus: 403,
    unknownPaths: new Set(),
    tokenLifetimeSeconds: 600,
    rejectedStatus: 401,
    override: undefined,
    requests: [],
    tokensIssued: 0,
    cookies: [],
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      console.requests.push(`${request.method} ${url.pathname}`);
      console.cookies.push(new Headers(init?.headers).get('cookie'));
      const overridden = await Promise.race([console.override?.(url), aborted(init?.signal)]);
      if (overridden !== undefined) return overridden;
      if (console.unknownPaths.has(url.pathname)) return new Response('Not found', { status: 404 });
      if (url.pathname.endsWith('/oauth/token')) {
        const form = new URLSearchParams(await request.text());
        if (form.get('client_secret') !== console.clientSecret) return Response.json({ error: 'invalid_client' }, { status: console.rejectedStatus });
        const token = `token-${++console.tokensIssued}`;
        tokens.set(token, now() + console.tokenLifetimeSeconds * 1000);
        const headers = { 'set-cookie': 'APBALANCEID=node-1; Path=/; Secure' };
        return Response.json({ access_token: token, token_type: 'Bearer', scope: 'api-role:1', expires_in: console.tokenLifetimeSeconds }, { headers });
      }
      const expiry = tokens.get((request.headers.get('authorization') ?? '').replace('Bearer ', '')) ?? 0;
      if (expiry <= now()) return Response.json({ httpStatus: 401, errors: [{ code: 'INVALID_TOKEN' }] }, { status: 401 });
      const source = /^\/api\/v\d\/([a-z-]+)/.exec(url.pathname)?.[1] ?? '';
      if (console.refused.has(source)) return Response.json({ httpStatus: console.refusalStatus, errors: [] }, { status: console.refusalStatus });
      const all = records(source, console.computers);
      if (all === undefined) return new Response('Not found', { status: 404 });
      if (source === 'sites') return Response.json(all);
      const size = Number(url.searchParams.get('page-size') ?? 100);
      const start = Number(url.searchParams.get('page') ?? 0) * size;
      return Response.json({ totalCount: all.length, results: all.slice(start, start + size) });
    },
  };
  return console;
}

/** Rejects when the caller gives up, as a real fetch does. */
function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
}

const list = <Row>(length: number, row: (index: number) => Row): Row[] => Array.from({ length }, (_none, index) => row(index));

function records(source: string, computers: number): object[] | undefined {
  switch (source) {
    case 'accounts':
      return list(12, (i) => ({ id: String(i), username: `user${i}`, realname: `User <${i}>`, email: `user${i}@acme.example`, siteId: i < 3 ? 2 : -1, accessLevel: i < 3 ? 'SiteAccess' : 'FullAccess', accountStatus: 'Enabled' }));
    case 'sites':
      return [{ id: '1', name: 'Tokyo' }, { id: '2', name: 'Osaka' }];
    case 'buildings':
    case 'departments':
      return [{ id: '1', name: source === 'buildings' ? 'Tower' : 'Design' }];
    case 'computers-inventory':
      return list(computers, (i) => ({
        id: String(i),
        general: { name: `mac-${i}`, site: i % 5 === 0 ? { id: '2', name: 'Osaka' } : { id: '-1', name: 'None' } },
        hardware: { serialNumber: `C${i}`, model: 'MacBook Air' },
        operatingSystem: { name: 'macOS', version: '26.1' },
        userAndLocation: { username: `user${i}`, buildingId: '1', departmentId: '1' },
      }));
    case 'mobile-devices':
      return list(40, (i) => ({ mobileDeviceId: String(i), deviceType: 'iOS', general: { displayName: `ipad-${i}`, siteId: i < 10 ? '2' : '-1', osVersion: '26.1' }, hardware: null, userAndLocation: null }));
    default:
      return undefined;
  }
}
