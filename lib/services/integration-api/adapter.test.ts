import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf } from '../../../test/fixtures/failure-of.ts';
import { Contract, readExchange, type Violation } from '../../../test/sandbox/integration-service/contract.ts';
import { createFakeJamf } from '../../../test/sandbox/integration-service/fake-jamf.ts';
import { createIntegrationService, type IntegrationService } from '../../../test/sandbox/integration-service/service.ts';
import { KeyferryError, type Failure } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import type { Registration, RegistrationRequest, ServiceAccess } from '../service.ts';
import { integrationApiAdapter as integrationApi } from './adapter.ts';

const address = 'https://fleet-ledger.example';
const base = `${address}/integration-service/v1`;
const unbroken = new AbortController().signal;
const contract = new Contract();
const asked: RegistrationRequest = {
  console: 'jamf-pro',
  tenant: 'acme',
  address: 'https://acme.jamfcloud.com',
  apiAddress: 'https://acme.jamfcloud.com',
  target: 'acme',
  tokenUrl: 'https://acme.jamfcloud.com/api/v1/oauth/token',
  answers: {},
  name: 'Keyferry: Larkspur Robotics',
  dataSets: ['accounts', 'devices'],
  group: { id: '2', name: 'Osaka' },
  clientId: 'client-1',
};

/** Every method, against an address of one's choice. */
const key = new Secret('fl_key-key-key');
const access: ServiceAccess = { address, account: '', key };
const secret = new Secret('hunter2-hunter2-hunter2');
const methods: [name: string, call: () => Promise<unknown>, method: string, path: string][] = [
  ['readOrganization', () => integrationApi.readOrganization(access, unbroken), 'GET', '/organization'],
  ['findRegistration', () => integrationApi.findRegistration(access, asked, unbroken), 'GET', '/integrations'],
  ['createRegistration', () => integrationApi.createRegistration(access, asked, secret, 'run-1', unbroken), 'POST', '/integrations'],
  ['updateRegistration', () => integrationApi.updateRegistration(access, 'int_1', asked, secret, unbroken), 'PATCH', '/integrations/int_1'],
  ['readRegistration', () => integrationApi.readRegistration(access, 'int_1', unbroken), 'GET', '/integrations/int_1'],
  ['syncRegistration', () => integrationApi.syncRegistration!(access, 'int_1', unbroken), 'POST', '/integrations/int_1/sync'],
  ['deleteRegistration', () => integrationApi.deleteRegistration(access, 'int_1', unbroken), 'DELETE', '/integrations/int_1'],
];

describe('against the sandbox service, held to the contract', { timeout: 60_000 }, () => {
  let service: IntegrationService;
  let jamf: ReturnType<typeof createFakeJamf>;
  let time: number;
  let violations: Violation[];
  let operations: string[];
  let good: ServiceAccess;
  let working: Secret;

  beforeEach(() => {
    time = Date.UTC(2026, 10, 4);
    jamf = createFakeJamf(() => time);
    service = createIntegrationService({ origin: address, now: () => time, consoleFetch: jamf.fetch, consoleTimeoutMs: 500 });
    good = { address, account: '', key: new Secret(service.control.apiKey) };
    working = new Secret(jamf.clientSecret);
    violations = [];
    operations = [];
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer' });
      const request = new Request(input, init);
      operations.push(`${request.method} ${new URL(input).pathname.replace('/integration-service/v1', '')}`);
      const copy = request.clone();
      const response = await service.app.request(request);
      // Both sides: what Keyferry sends and what the service answers.
      violations.push(...(contract.check(await readExchange(copy, response.clone())) ?? [{ operation: input, side: 'request', message: 'outside the contract' }]));
      return response;
    });
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await service.close();
    expect(violations).toEqual([]);
  });

  const create = (changes: Partial<RegistrationRequest> = {}, idempotencyKey = 'run-1'): Promise<Registration> =>
    integrationApi.createRegistration(good, { ...asked, ...changes }, working, idempotencyKey, unbroken);

  it('a whole life: organization, nothing, created, connected, changed, synced, deleted', async () => {
    expect(await integrationApi.readOrganization(good, unbroken)).toEqual({ name: 'Larkspur Robotics', consoles: ['jamf-pro', 'workspace-one'], ownHosts: true, mayWrite: true });
    expect(await integrationApi.findRegistration(good, asked, unbroken)).toBeUndefined();

    const made = await create();
    expect(made).toMatchObject({ clientId: 'client-1', status: 'connecting', error: undefined });
    await service.settled();
    const connected = await integrationApi.readRegistration(good, made.id, unbroken);
    expect(connected).toMatchObject({ id: made.id, status: 'connected', counts: { devices: 510 } });
    expect(connected.counts.accounts).toBeGreaterThan(0);
    expect(connected.accountsUrl).toMatch(/^https:\/\/fleet-ledger\.example\//);
    // The group went over as the contract's `site`.
    expect(service.control.integrations()[0]?.site).toEqual({ id: '2', name: 'Osaka' });
    expect(await integrationApi.findRegistration(good, asked, unbroken)).toEqual(connected);

    await integrationApi.updateRegistration(good, made.id, { ...asked, dataSets: ['accounts'], group: null, clientId: 'client-2' }, working, unbroken);
    await service.settled();
    expect(service.control.integrations()).toMatchObject([{ id: made.id, dataSets: ['accounts'], site: null, clientId: 'client-2', status: 'connected', devices: null }]);

    await integrationApi.syncRegistration!(good, made.id, unbroken);
    await service.settled();
    await integrationApi.deleteRegistration(good, made.id, unbroken);
    expect(service.control.integrations()).toEqual([]);
    // Undo may run twice.
    await integrationApi.deleteRegistration(good, made.id, unbroken);
    expect(new Set(operations).size).toBeGreaterThanOrEqual(7);
  });

  it.each<[string, Partial<RegistrationRequest>]>([
    ['accounts alone', { dataSets: ['accounts'], group: null }],
    ['the longest name', { name: `Keyferry: ${'ü'.repeat(90)}` }],
    ['a name with quotes and emoji', { name: 'Keyferry: "Ünïcode" \\ 🦀' }],
    ['the longest workspace key', { tenant: 'a'.repeat(63), address: `https://${'a'.repeat(63)}.jamfcloud.com` }],
  ])('the service takes %s', async (_what, changes) => {
    expect((await create(changes)).status).toBe('connecting');
  });

  it('sending the same again makes nothing twice', async () => {
    const first = await create();
    expect((await create()).id).toBe(first.id);
    expect(service.control.integrations()).toHaveLength(1);
  });

  it('finds out that somebody else connected the tenant', async () => {
    await create();
    expect(await failureOf(create({ clientId: 'other' }, 'run-2'))).toEqual({ code: 'registration-appeared', params: { host: 'fleet-ledger.example' }, certainty: 'not-done' });
  });

  it('finds out that what it made was deleted meanwhile, and is let in with a new key', async () => {
    const { id } = await create();
    await integrationApi.deleteRegistration(good, id, unbroken);
    expect(await failureOf(create())).toMatchObject({ code: 'service-refused', params: { status: '409', code: 'integration_deleted' }, certainty: 'not-done' });
    expect((await create({}, 'run-1-2')).id).not.toBe(id);
  });

  it('a spent key with another body is refused by name', async () => {
    await create();
    expect(await failureOf(create({ name: 'other' }))).toMatchObject({ code: 'service-refused', params: { status: '422', code: 'idempotency_key_reused' } });
  });

  it('names the fields that the service does not take', async () => {
    const failure = await failureOf(create({ address: 'https://elsewhere.jamfcloud.com' }));
    expect(failure).toMatchObject({ code: 'service-refused', params: { status: '422' } });
    expect(failure.params['reason']).toContain('/address');
    // Refused on both sides: the request was wrong on purpose.
    violations = violations.filter(({ side }) => side === 'response');
  });

  it('tells a wrong key from one that may only read, and from another organization\'s', async () => {
    expect(await failureOf(integrationApi.readOrganization(access, unbroken))).toMatchObject({ code: 'service-key-refused', certainty: 'not-done' });
    const reader = { address, account: '', key: new Secret(service.control.readOnlyApiKey) };
    expect((await integrationApi.readOrganization(reader, unbroken)).mayWrite).toBe(false);
    expect((await failureOf(integrationApi.createRegistration(reader, asked, working, 'k', unbroken))).code).toBe('service-key-read-only');
    const { id } = await create();
    const other = { address, account: '', key: new Secret(service.control.otherApiKey) };
    expect(await integrationApi.findRegistration(other, asked, unbroken)).toBeUndefined();
    expect(await failureOf(integrationApi.readRegistration(other, id, unbroken))).toMatchObject({ code: 'service-refused', params: { status: '404', code: 'not_found' } });
  });

  it('says what the service reports of the console', async () => {
    const { id } = await integrationApi.createRegistration(good, asked, new Secret('wrong-wrong-wrong'), 'k', unbroken);
    await service.settled();
    expect(await integrationApi.readRegistration(good, id, unbroken)).toMatchObject({ status: 'failed', error: { code: 'credentials_rejected', privileges: [] } });
    jamf.refused.add('computers-inventory');
    await integrationApi.updateRegistration(good, id, asked, working, unbroken);
    await service.settled();
    const { error } = await integrationApi.readRegistration(good, id, unbroken);
    expect(error).toMatchObject({ code: 'privilege_missing', privileges: ['Read Computers'] });
  });

  it('too many requests mean busy', async () => {
    service.control.requestsPerMinute = 0;
    expect(await failureOf(integrationApi.readOrganization(good, unbroken))).toEqual({ code: 'service-busy', params: { host: 'fleet-ledger.example' }, certainty: 'not-done' });
  });
});

describe('against a service that is not what it should be', { timeout: 60_000 }, () => {
  const fetchMock = vi.fn<typeof fetch>();
  const answer = (make: () => Response): void => void fetchMock.mockImplementation(async () => make());
  const problem = (status: number, code: string, more: object = {}): Response =>
    new Response(JSON.stringify({ type: `urn:integration-service:problem:${code}`, title: 'No', status, code, detail: 'Because.', ...more }), { status, headers: { 'content-type': 'application/problem+json' } });

  beforeEach(() => {
    fetchMock.mockReset();
    vi.stubGlobal('fetch', fetchMock);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const host = 'fleet-ledger.example';
  const statuses: [status: number, code: string, failure: Failure['code'], params: object, certainty: Failure['certainty'] | 'by-method'][] = [
    [400, 'malformed_request', 'service-refused', { status: '400', code: 'malformed_request', reason: 'Because.' }, 'not-done'],
    [401, 'unauthenticated', 'service-key-refused', { host }, 'not-done'],
    [403, 'permission_missing', 'service-key-read-only', { organization: host }, 'not-done'],
    [409, 'integration_exists', 'registration-appeared', { host }, 'not-done'],
    [409, 'integration_deleted', 'service-refused', { status: '409', code: 'integration_deleted' }, 'not-done'],
    // The first sending is still on its way: whether it gets through is not known yet.
    [409, 'request_in_progress', 'service-busy', { host }, 'unknown'],
    [409, 'something_new', 'service-refused', { status: '409', code: 'something_new' }, 'not-done'],
    [413, 'content_too_large', 'service-refused', { status: '413', code: 'content_too_large' }, 'not-done'],
    [415, 'unsupported_media_type', 'service-refused', { status: '415', code: 'unsupported_media_type' }, 'not-done'],
    [422, 'validation_failed', 'service-refused', { status: '422', code: 'validation_failed' }, 'not-done'],
    [422, 'idempotency_key_reused', 'service-refused', { status: '422', code: 'idempotency_key_reused' }, 'not-done'],
    [429, 'rate_limited', 'service-busy', { host }, 'not-done'],
    [503, 'maintenance', 'service-busy', { host }, 'not-done'],
    [500, 'internal_error', 'service-unreachable', { host, status: '500' }, 'by-method'],
    [502, 'bad_gateway', 'service-unreachable', { host, status: '502' }, 'by-method'],
    [504, 'gateway_timeout', 'service-unreachable', { host, status: '504' }, 'by-method'],
  ];
  for (const [status, code, failure, params, certainty] of statuses) {
    it.each(methods)(`${String(status)} ${code} is ${failure}: %s`, async (_name, call, method) => {
      answer(() => problem(status, code));
      const found = await failureOf(call());
      expect(found).toMatchObject({ code: failure, params, certainty: certainty === 'by-method' ? (method === 'GET' ? 'not-done' : 'unknown') : certainty });
    });
    // A proxy in between answers with pages.
    it(`${String(status)} with a page for a body is told by its status (${code})`, async () => {
      answer(() => new Response('<html>', { status }));
      const found = await failureOf(integrationApi.readOrganization(access, unbroken));
      if (status !== 409) expect(found.code).toBe(failure);
      else expect(found).toMatchObject({ code: 'service-refused', params: { status: '409', reason: '', code: '' } });
    });
  }

  it.each(methods)('%s asks where and how the contract says, with the key in the header alone', async (_name, call, method, path) => {
    answer(() => problem(500, 'internal_error'));
    await failureOf(call());
    expect(fetchMock).toHaveBeenCalledTimes(1);
    const [url, init] = fetchMock.mock.calls[0]!;
    expect([(url as string).split('?')[0], init?.method]).toEqual([base + path, method]);
    expect(url).not.toContain(key.reveal());
    expect(new Headers(init?.headers).get('authorization')).toBe(`Bearer ${key.reveal()}`);
    expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer' });
  });

  it.each(methods)('%s: no answer leaves a write unknown, and repeats nothing that the browser said', async (_name, call, method) => {
    fetchMock.mockRejectedValue(new TypeError(`Failed to fetch with ${key.reveal()} ${secret.reveal()}`));
    expect(await failureOf(call())).toEqual({ code: 'service-unreachable', params: { host, status: '' }, certainty: method === 'GET' ? 'not-done' : 'unknown' });
  });

  it.each(methods)('%s: an answer that breaks off counts as none', async (_name, call) => {
    fetchMock.mockImplementation(async () => {
      const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
      return new Response(body, { status: 200 });
    });
    expect((await failureOf(call())).code).toBe('service-unreachable');
  });

  const readable = methods.filter(([name]) => !['syncRegistration', 'deleteRegistration'].includes(name));
  it.each<[string, () => Response]>([
    ['a page', () => new Response('<html>')],
    ['nothing', () => new Response(null, { status: 204 })],
    ['null', () => Response.json(null)],
    ['a list', () => Response.json([])],
    ['truncated JSON', () => new Response('{"id":"int_1","items":[')],
    ['a wrong shape', () => Response.json({ id: 1, name: {}, items: 'x', permissions: 'all', status: 'dancing' })],
    ['more than can be meant', () => new Response(`{"items":[],"x":"${'y'.repeat(2_000_001)}"}`)],
    ['a link that is no https', () => Response.json({ id: 'i', clientId: 'c', status: 'connected', error: null, counts: null, links: { accounts: 'javascript:alert(1)' }, items: [{ id: 'i', clientId: 'c', status: 'connected', error: null, counts: null, links: { accounts: 'http://x' } }] })],
  ])('%s is no answer', async (_what, make) => {
    answer(make);
    for (const [, call, method] of readable) {
      const failure = await failureOf(call());
      expect(failure.code).toBe('service-answer-unreadable');
      if (method !== 'GET') expect(failure.certainty).toBe('unknown');
    }
  });

  it('cuts what the service says to a readable length', async () => {
    answer(() => problem(422, 'validation_failed', { detail: 'z'.repeat(9999), errors: [{ field: 'f'.repeat(999), message: 'm' }] }));
    expect((await failureOf(integrationApi.readOrganization(access, unbroken))).params['reason']).toHaveLength(400);
    answer(() => Response.json({ id: 'o', name: 'n'.repeat(9999), permissions: [], consoles: [] }));
    expect((await integrationApi.readOrganization(access, unbroken)).name).toHaveLength(300);
  });

  it.each(['../../secrets', 'int_1/sync', 'int?x=1', 'int#x'])('the id %s cannot leave its place', async (id) => {
    answer(() => problem(404, 'not_found'));
    await failureOf(integrationApi.readRegistration(access, id, unbroken));
    const { pathname, search } = new URL(fetchMock.mock.calls[0]![0] as string);
    expect([pathname, search]).toEqual([`/integration-service/v1/integrations/${encodeURIComponent(id)}`, '']);
  });

  it('makes a value or a known failure of anything', async () => {
    const body = fc.oneof(fc.json(), fc.string(), fc.jsonValue().map((value) => JSON.stringify({ id: 'i', clientId: 'c', status: 'connected', error: value, counts: value, items: [value], links: value, code: value, errors: value })));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(200, 201, 202, 400, 401, 404, 409, 422, 429, 500), body, fc.constantFrom(...methods), async (status, text, [, call]) => {
        answer(() => new Response(text, { status }));
        await call().catch((thrown: unknown) => {
          if (!(thrown instanceof KeyferryError)) throw thrown;
        });
      }),
      { numRuns: 400 },
    );
  });
});

describe('normaliseAddress', { timeout: 60_000 }, () => {
  it.each([
    ['https://service.example', 'https://service.example'],
    ['service.example', 'https://service.example'],
    ['  service.example  ', 'https://service.example'],
    ['Service.Example', 'https://service.example'],
    ['HTTPS://service.example/', 'https://service.example'],
    ['https://service.example:443/', 'https://service.example'],
    ['https://service.example:8443///', 'https://service.example:8443'],
    ['localhost:8443', 'https://localhost:8443'],
    ['https://service.example/app/', 'https://service.example/app'],
    ['https://service.example/integration-service/v1', 'https://service.example'],
    ['https://service.example/integration-service/v1/organization?x=1#y', 'https://service.example'],
    ['https://service.example/app/integration-service/v1/', 'https://service.example/app'],
    ['https://service.example/?token=abc#frag', 'https://service.example'],
    ['https://sërvice.example', 'https://xn--srvice-pva.example'],
    ['[::1]:8443', 'https://[::1]:8443'],
  ])('%j is %j, also a second time', (typed, expected) => {
    expect(integrationApi.normaliseAddress(typed)).toBe(expected);
    expect(integrationApi.normaliseAddress(expected)).toBe(expected);
  });

  it.each([
    ['', 'not an address'],
    ['   ', 'not an address'],
    ['https://', 'not an address'],
    ['not an address', 'not an address'],
    ['mailto:a@b.example', 'holds a password'],
    ['http://service.example', 'not https'],
    ['ftp://service.example', 'not https'],
    ['file:///etc/passwd', 'not https'],
    ['javascript://service.example/%0aalert(1)', 'not https'],
    ['https://user:hunter2@service.example', 'holds a password'],
    ['user@service.example', 'holds a password'],
    ['https://service.example@evil.example', 'holds a password'],
  ])('%j is refused: %s', (typed, problem) => {
    try {
      const accepted = integrationApi.normaliseAddress(typed);
      throw new Error(`accepted as ${accepted}`);
    } catch (thrown) {
      if (!(thrown instanceof KeyferryError)) throw thrown;
      expect(thrown.failure).toEqual({ code: 'bad-input', params: { where: 'service', field: 'address', problem }, certainty: 'not-done' });
    }
  });

  it('whatever is typed: an https address without password, query and slash at the end, or bad input', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.domain()), (typed) => {
        try {
          const normal = integrationApi.normaliseAddress(typed);
          expect(normal).toMatch(/^https:\/\/[^?#@/\s]+(?:\/[^?#\s]+)?$/);
          expect(normal).not.toMatch(/\/$/);
          expect(integrationApi.normaliseAddress(normal)).toBe(normal);
        } catch (thrown) {
          if (!(thrown instanceof KeyferryError)) throw thrown;
          expect(thrown.failure.code).toBe('bad-input');
        }
      }),
      { numRuns: 300 },
    );
  });
});
