import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { Contract } from './contract.ts';
import type { Exchange, Violation } from './contract.ts';

const contract = new Contract();
const BASE = 'https://fleet-ledger.example/integration-service/v1';
const integration = (contract.document.components['examples']?.['Connected'] as { value: Record<string, unknown> }).value;
const problem = { type: 'urn:integration-service:problem:not_found', title: 'Not found', status: 404, code: 'not_found', detail: 'No.' };

const good: Exchange = {
  method: 'GET',
  url: `${BASE}/integrations/int_1`,
  requestHeaders: new Headers(),
  requestBody: '',
  status: 200,
  responseHeaders: new Headers({ 'content-type': 'application/json' }),
  responseBody: JSON.stringify(integration),
};
const problemHeaders = new Headers({ 'content-type': 'application/problem+json' });
const answer = (value: object): Partial<Exchange> => ({ responseBody: JSON.stringify(value) });
const refusal = (status: number, value: object, headers: Record<string, string> = {}): Partial<Exchange> => ({
  status, responseHeaders: new Headers({ ...Object.fromEntries(problemHeaders), ...headers }), responseBody: JSON.stringify(value),
});
const messages = (changes: Partial<Exchange>): string[] => (contract.check({ ...good, ...changes }) ?? []).map(({ side, message }) => `${side} ${message}`);

describe('the checker', () => {
  it('accepts what conforms', () => {
    expect(messages({})).toEqual([]);
    expect(messages(refusal(404, problem))).toEqual([]);
    expect(messages({ method: 'DELETE', status: 204, responseBody: '', responseHeaders: new Headers() })).toEqual([]);
    expect(messages({ ...refusal(404, problem), url: `${BASE}/nowhere` })).toEqual([]);
  });

  it('ignores what is outside the document', () => {
    expect(contract.check({ ...good, url: 'https://fleet-ledger.example/o/larkspur' })).toBeUndefined();
    expect(contract.check({ ...good, method: 'OPTIONS' })).toBeUndefined();
  });

  it.each<[string, Partial<Exchange>, RegExp]>([
    ['a wrong type', answer({ ...integration, name: 7 }), /\/name type/],
    ['an unknown field', answer({ ...integration, surprise: 1 }), /additionalProperties.*surprise/],
    ['an unknown nested field', answer({ ...integration, counts: { accounts: 1, devices: 1, apps: 2 } }), /\/counts additionalProperties.*apps/],
    ['credentials in an answer', answer({ ...integration, credentials: { clientSecret: 'x' } }), /additionalProperties.*credentials/],
    ['a missing field', answer({ ...integration, status: undefined }), /required.*status/],
    ['an unknown status value', answer({ ...integration, status: 'syncing' }), /\/status enum/],
    ['a wrong date', answer({ ...integration, createdAt: 'yesterday' }), /\/createdAt format/],
    ['a privilege error without privileges', answer({ ...integration, error: { code: 'privilege_missing', message: 'No.' } }), /\/error required.*privileges/],
    ['an undocumented status', { status: 418 }, /status 418 is not documented/],
    ['a wrong content type', { responseHeaders: new Headers({ 'content-type': 'text/html' }) }, /content type text\/html/],
    ['no JSON', { responseBody: '<html>' }, /body is not JSON/],
    ['an empty body', { responseBody: '' }, /body is not JSON/],
    ['a body where none belongs', { method: 'DELETE', status: 204 }, /none is documented/],
    ['a problem of another status', refusal(404, { ...problem, status: 400 }), /\/status const/],
    ['a problem code that does not belong', refusal(404, { ...problem, code: 'rate_limited' }), /\/code enum/],
    ['a problem sent as plain JSON', { status: 404, responseBody: JSON.stringify(problem) }, /content type application\/json/],
    ['a missing header', refusal(429, { ...problem, status: 429, code: 'rate_limited' }), /header Retry-After is missing/],
    ['a malformed header', refusal(429, { ...problem, status: 429, code: 'rate_limited' }, { 'retry-after': 'soon' }), /header Retry-After .* pattern/],
    ['success at an unknown path', { url: `${BASE}/nowhere` }, /status 200 is not documented/],
    ['an invalid request that was accepted', { url: `${BASE}/integrations/a%20b` }, /an invalid request was accepted/],
  ])('catches %s', (_name, changes, expected) => {
    expect(messages(changes)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  it('catches an echoed secret', () => {
    const body = { console: 'jamf-pro', tenant: 'acme', address: 'https://acme.jamfcloud.com', dataSets: ['accounts'], credentials: { type: 'oauth-client', clientId: 'a', clientSecret: 'hunter2-hunter2' } };
    const exchange: Partial<Exchange> = {
      method: 'POST', url: `${BASE}/integrations`, requestHeaders: new Headers({ 'content-type': 'application/json', 'idempotency-key': 'k' }), requestBody: JSON.stringify(body),
      status: 201, responseHeaders: new Headers({ 'content-type': 'application/json', location: `${BASE}/integrations/int_1` }), ...answer({ ...integration, name: 'hunter2-hunter2' }),
    };
    expect(messages(exchange)).toEqual(['response repeats a write-only value']);
    expect(messages({ ...exchange, ...answer(integration) })).toEqual([]);
    const requests: [Partial<Exchange>, RegExp][] = [
      [{ requestHeaders: new Headers({ 'content-type': 'application/json' }) }, /^request header Idempotency-Key is missing/],
      [{ requestHeaders: new Headers({ 'content-type': 'application/json', 'idempotency-key': 'two words' }) }, /^request header Idempotency-Key .* pattern/],
      [{ requestBody: JSON.stringify({ ...body, sites: null }) }, /^request body .*additionalProperties.*sites/],
      [{ url: `${BASE}/integrations?limit=1000`, method: 'GET', requestBody: '' }, /^request query limit .* maximum/],
    ];
    for (const [changes, expected] of requests) expect(messages({ ...exchange, ...changes })).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  it('guards an app as middleware', async () => {
    const app = new Hono();
    const seen: Violation[] = [];
    app.use('/collect/*', contract.middleware((violations) => seen.push(...violations)));
    app.use('*', contract.middleware());
    app.onError((error) => new Response(error.message, { status: 599 }));
    app.get('*', (c) => c.json({ id: 'larkspur' }));
    const broken = await app.request(`${BASE}/organization`);
    expect(broken.status).toBe(599);
    expect(await broken.text()).toContain('getOrganization: body / required');

    const collecting = new Hono();
    collecting.use(contract.middleware((violations) => seen.push(...violations)));
    collecting.get('*', (c) => c.json({ id: 'larkspur' }));
    expect((await collecting.request(`${BASE}/organization`)).status).toBe(200);
    expect(seen.length).toBeGreaterThan(0);
  });
});
