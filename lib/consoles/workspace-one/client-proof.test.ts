import { beforeEach, describe, expect, it } from 'vitest';
import { Environment } from '../../../test/sandbox/workspace-one/environment.ts';
import { ENVIRONMENTS } from '../../../test/sandbox/workspace-one/environments.ts';
import { createWorkspaceOneHosts } from '../../../test/sandbox/workspace-one/hosts.ts';
import { KeyferryError, type Failure } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import { workspaceOne } from './adapter.ts';
import { proveClient, type ClientProofOptions } from './client-proof.ts';
import { tokenAddress, tokenRegions } from './tenant.ts';

/* Against the sandbox's token services and API; what they cannot say comes from `answers`. */

const base = 'https://cn1234.awmdm.com';
const address = 'https://as1234.awmdm.com';
let environment: Environment;
let client: Pick<ClientProofOptions, 'clientId' | 'secret'>;
let asked: string[];
/** By host, instead of the sandbox. */
let answers: Record<string, () => Response>;
let send: typeof fetch;

beforeEach(() => {
  environment = new Environment(ENVIRONMENTS.find((one) => one.key === 'cn1234')!, () => Date.UTC(2026, 10, 22));
  const hosts = createWorkspaceOneHosts([environment]);
  [asked, answers] = [[], {}];
  send = (async (url: string, init: RequestInit) => {
    const { host, pathname } = new URL(url);
    asked.push(host.split('.')[0]! + pathname);
    if (answers[host]) return answers[host]();
    const handler = hosts.get(host);
    if (!handler) throw new TypeError('fetch failed');
    return handler(new Request(url, init), {} as Parameters<typeof handler>[1]);
  }) as typeof fetch;
  const { row, secret } = environment.addOAuthClient({ name: 'Keyferry', role: 'Read Only' });
  client = { clientId: row.clientId, secret: new Secret(secret) };
});

const prove = (change: Partial<ClientProofOptions> = {}): ReturnType<typeof proveClient> =>
  proveClient({ base, api: { address, tokenUrl: tokenAddress('na') }, ...client, signal: new AbortController().signal, fetch: send, ...change });
const inRegion = (region: (typeof tokenRegions)[number]) => ({ api: { address, tokenUrl: tokenAddress(region) } });
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (thrown) {
    expect(JSON.stringify(thrown)).not.toContain(client.secret.reveal());
    if (thrown instanceof KeyferryError) return thrown.failure;
    throw thrown;
  }
  throw new Error('no failure');
}
const refusal = (status: number, errorCode: number, message = '') => () => Response.json({ errorCode, message }, { status });
const down = () => {
  throw new TypeError('fetch failed');
};
const askedRegions = (): string[] => [...new Set(asked.filter((one) => one.endsWith('/token')).map((one) => one.split('/')[0]!))];

describe('an OAuth client is proven', () => {
  it('by one token and one call', async () => {
    expect(await prove()).toEqual({ roleIds: undefined, api: { address, tokenUrl: tokenAddress('na') } });
    expect(asked).toEqual(['na/connect/token', 'as1234/api/system/info']);
  });

  it.each(tokenRegions.filter((region) => region !== 'na'))('in its own region, where %s was said', async (region) => {
    expect((await prove(inRegion(region))).api).toEqual({ address, tokenUrl: tokenAddress('na') });
    // In the body and in the header, and then never again.
    for (const one of askedRegions()) expect(asked.filter((host) => host.startsWith(`${one}/`)).length).toBeLessThanOrEqual(2);
    expect(askedRegions()[0]).toBe(region);
  });

  it('whatever is wrong with the regions that are not its own', async () => {
    answers['emea.uemauth.workspaceone.com'] = () => Response.json({ error: 'invalid_client' }, { status: 401 });
    answers['apac.uemauth.workspaceone.com'] = () => new Response('<html>', { status: 503 });
    answers['uat.uemauth.workspaceone.com'] = down;
    for (const region of ['emea', 'na'] as const) expect((await prove(inRegion(region))).api?.tokenUrl).toBe(tokenAddress('na'));
  });

  it('at the console’s own host, where the other one has no API', async () => {
    answers['as1234.awmdm.com'] = down;
    expect((await prove()).api).toEqual({ address: base, tokenUrl: tokenAddress('na') });
  });
});

describe('an OAuth client is refused', () => {
  it('everywhere: each region was asked once, and all are named', async () => {
    expect(await failureOf(prove({ secret: new Secret('another-secret-0123456789-another-0') }))).toEqual({
      code: 'uem-client-refused',
      params: { host: 'na.uemauth.workspaceone.com', reason: 'invalid_client', regions: [...tokenRegions] },
      certainty: 'not-done',
    });
    expect(askedRegions()).toEqual([...tokenRegions]);
    expect(asked).toHaveLength(8);
  });

  it('where it is turned off', async () => {
    const { row, secret } = environment.addOAuthClient({ name: 'Off', role: 'Read Only' });
    environment.allClients.find(({ id }) => id === row.id)!.enabled = false;
    expect((await failureOf(prove({ clientId: row.clientId, secret: new Secret(secret) }))).code).toBe('uem-client-refused');
  });

  it.each<[what: string, answer: () => Response, expected: Partial<Failure>]>([
    ['by the API server', refusal(401, 1005), { code: 'uem-client-refused', params: { host: 'as1234.awmdm.com' } }],
    ['for want of a right', refusal(403, 6044), { code: 'uem-right-missing', params: { call: 'GET /api/system/info', category: 'API > REST', access: 'read' } }],
    ['where the API is off', refusal(403, 403, 'API access is not enabled for the organization group.'), { code: 'uem-api-disabled', params: { host: 'as1234.awmdm.com' } }],
    ['where the API is busy', refusal(429, 429), { code: 'console-busy' }],
  ])('%s', async (_what, answer, expected) => {
    answers['as1234.awmdm.com'] = answer;
    expect(await failureOf(prove())).toMatchObject(expected);
    expect(asked).toEqual(['na/connect/token', 'as1234/api/system/info']);
  });

  it('by the sandbox’s own API, once it is turned off', async () => {
    environment.setApiEnabled(false);
    expect((await failureOf(prove())).code).toBe('uem-api-disabled');
  });

  it('not where the said region is down: nobody else is asked', async () => {
    answers['na.uemauth.workspaceone.com'] = down;
    expect(await failureOf(prove())).toMatchObject({ code: 'console-unreachable', params: { host: 'na.uemauth.workspaceone.com' } });
    expect(asked).toEqual(['na/connect/token']);
  });

  it('not where everything is down', async () => {
    answers['as1234.awmdm.com'] = answers['cn1234.awmdm.com'] = down;
    expect(await failureOf(prove())).toMatchObject({ code: 'console-unreachable', params: { host: 'cn1234.awmdm.com' } });
  });
});

it('makes nothing by API', async () => {
  const api = workspaceOne.api(() => Promise.reject(new Error('no call')));
  for (const method of Object.values(api)) await expect((method as () => Promise<unknown>)()).rejects.toThrow('the admin makes it');
  expect(workspaceOne.rungs).toEqual(['guided']);
});
