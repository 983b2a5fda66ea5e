import { Hono } from 'hono';
import { Contract, readExchange } from './contract.ts';
import type { Violation } from './contract.ts';
import { createFakeJamf } from './fake-jamf.ts';
import type { FakeJamf } from './fake-jamf.ts';
import { createIntegrationService } from './service.ts';
import type { IntegrationService } from './service.ts';

export const ORIGIN = 'https://fleet-ledger.example';
export const BASE = `${ORIGIN}/integration-service/v1`;

export interface Harness extends IntegrationService {
  jamf: FakeJamf;
  /** Breaches of the contract by the service, from every call so far. */
  violations: Violation[];
  advance(ms: number): void;
  /** One API call with the demo organization's key, checked against the contract. */
  call(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string>; key?: string }): Promise<Answer>;
}
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, undefined without a body. */
  body: Record<string, unknown> | undefined;
}

const contract = new Contract();

/** The service with a fake console behind it and the contract checker before it. */
export function startHarness(databasePath?: string): Harness {
  let time = Date.UTC(2026, 10, 4, 9, 30);
  const now = (): number => time;
  const jamf = createFakeJamf(now);
  const service = createIntegrationService({ origin: ORIGIN, now, consoleFetch: jamf.fetch, consoleTimeoutMs: 500, ...(databasePath && { databasePath }) });
  const violations: Violation[] = [];
  const app = new Hono();
  app.use(contract.middleware((found) => violations.push(...found.filter(({ side }) => side === 'response'))));
  app.route('/', service.app);
  return {
    ...service,
    app,
    jamf,
    violations,
    advance: (ms) => {
      time += ms;
    },
    call: async (method, path, { body, headers, key = service.control.apiKey } = {}) => {
      const sent = new Headers({ authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers });
      const request = new Request(BASE + path, { method, headers: sent, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
      const { status, responseHeaders, responseBody } = await readExchange(request, await app.fetch(request));
      return { status, headers: responseHeaders, body: responseBody === '' ? undefined : (JSON.parse(responseBody) as Record<string, unknown>) };
    },
  };
}

export const credentialsOf = (jamf: FakeJamf): object => ({ type: 'oauth-client', clientId: 'client-1', clientSecret: jamf.clientSecret });

export function createBody(jamf: FakeJamf, changes: object = {}): Record<string, unknown> {
  return {
    console: 'jamf-pro', tenant: 'acme', address: 'https://acme.jamfcloud.com', name: 'Acme', dataSets: ['accounts', 'devices'], site: null,
    credentials: credentialsOf(jamf), ...changes,
  };
}

/** Creates an integration and waits for its first sync. */
export async function connect(harness: Harness, changes: object = {}, idempotencyKey: string = crypto.randomUUID()): Promise<Record<string, unknown>> {
  const created = await harness.call('POST', '/integrations', { body: createBody(harness.jamf, changes), headers: { 'idempotency-key': idempotencyKey } });
  if (created.status !== 201) throw new Error(`Created with ${created.status} ${String(created.body?.['code'])}`);
  await harness.settled();
  return (await harness.call('GET', `/integrations/${String(created.body?.['id'])}`)).body ?? {};
}
