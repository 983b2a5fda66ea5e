import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fillTarget } from '../../lib/recipes/recipe.ts';
import { getRecipe } from '../../lib/recipes/registry.ts';
import { getServiceAdapter } from '../../lib/services/adapters.ts';
import { getService } from '../../lib/services/registry.ts';
import type { RegistrationRequest, ServiceAccess, ServiceAdapter } from '../../lib/services/service.ts';
import { Secret } from '../../lib/vault/secret.ts';
import { RecordedN8n } from './recorded-n8n.ts';
import { hasDescriptions, VendorApi } from './vendor-api.ts';
import type { Wrong } from './vendor-api.ts';

/*
 * Each request that an adapter sends, to a server made of the vendor's own description: accepted as it is, and refused with any one
 * required field taken away. The answers are the description's examples, or where these are of something else, the test's.
 */

interface Server {
  check(request: Request): Promise<Wrong | undefined>;
  answer(request: Request, example?: string): Promise<Response>;
}
interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Record<string, unknown> | undefined;
}

interface Case {
  service: string;
  console: 'jamf-pro' | 'workspace-one';
  load: () => Server | Promise<Server>;
  address: string;
  account: string;
  /** The console of the description's example. */
  console_: { key: string; base: string; apiAddress: string };
  id: string;
  /** Instead of the examples, by `METHOD path`; `undefined` where the example will do. */
  reply?: (method: string, path: string) => object | undefined;
  /** By name, of several examples. */
  example?: string;
  /** What may be left out, by the description, as `METHOD field`. */
  optional: string[];
}

const jamf = (host: string): Case['console_'] => ({ key: host.split('.')[0] ?? '', base: `https://${host}`, apiAddress: `https://${host}` });
const account = '203d3d02-dbc0-4c1b-9f41-76896a3330f4';
const self = { privileges: [{ scope: 'org', role: 'admin', org_id: account, name: 'Larkspur Robotics' }] };
const uem = { key: 'cn800', base: 'https://cn800.airwatchportals.com', apiAddress: 'https://as800.airwatchportals.com' };

const cases: Case[] = [
  {
    service: 'tailscale', console: 'jamf-pro', load: () => VendorApi.load('tailscale'), address: 'https://api.tailscale.com', account: 'T1234CNTRL',
    console_: jamf('mysubdomain.jamfcloud.com'), id: 'pFKyGf5YerWbDEVEL',
    optional: ['POST cloudId', 'POST clientId', 'PATCH cloudId', 'PATCH clientId', 'PATCH clientSecret'],
  },
  {
    service: 'juniper-mist', console: 'jamf-pro', load: () => VendorApi.load('mist'), address: 'https://api.mist.com', account,
    console_: jamf('junipertest.jamfcloud.com'), id: 'jamf:f43ea4c4-8a97-4159-9214-112a8c7b8f22', example: 'Jamf',
    reply: (method, path) =>
      path.endsWith('/self') ? self : method === 'GET' ? { linked: true, accounts: [{ account_id: 'f43ea4c4-8a97-4159-9214-112a8c7b8f22', instance_url: 'junipertest.jamfcloud.com' }] } : undefined,
    optional: [],
  },
  {
    service: 'juniper-mist', console: 'workspace-one', load: () => VendorApi.load('mist'), address: 'https://api.eu.mist.com', account,
    console_: uem, id: 'vmware:f43ea4c4-8a97-4159-9214-112a8c7b8f22', example: 'Vmware',
    reply: (_method, path) => (path.endsWith('/self') ? self : undefined),
    optional: [],
  },
  {
    service: 'cloudflare', console: 'workspace-one', load: () => VendorApi.load('cloudflare'), address: 'https://api.cloudflare.com', account: '699d98642c564d2e855e9661899b7252',
    console_: uem, id: 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415',
    // What is generated from the description's nested alternatives has no members.
    reply(method, path) {
      const integration = { id: 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415', name: 'Keyferry: Larkspur', type: 'workspace_one', config: { api_url: 'https://as800.airwatchportals.com/API', client_id: 'client-1' } };
      if (path.endsWith('/accounts')) return { result: [{ id: '699d98642c564d2e855e9661899b7252', name: 'Meridian' }] };
      return { result: method === 'GET' && path.endsWith('/integration') ? [integration] : integration };
    },
    optional: ['GET ?per_page', 'PATCH name', 'PATCH config'],
  },
  ...(['jamf-pro', 'workspace-one'] as const).map(
    (console): Case => ({
      service: 'n8n', console, load: () => new RecordedN8n(), address: 'https://n8n.acme-tools.example', account: '', console_: console === 'jamf-pro' ? jamf('acme.jamfcloud.com') : uem, id: 'dYKuVIB8QVDewtPp',
      reply: (method) => (method === 'GET' ? { data: [{ id: 'dYKuVIB8QVDewtPp', name: 'Jamf Pro (acme) renamed', type: 'oAuth2Api' }], nextCursor: null } : undefined),
      optional: ['GET ?limit', 'PATCH name', 'PATCH data'],
    }),
  ),
];

const counts = { requests: 0, removed: 0, refused: 0 };
afterAll(() => {
  if (hasDescriptions) console.info(`Contract: ${String(counts.requests)} requests accepted; with one field taken away ${String(counts.refused)} of ${String(counts.removed)} refused, the rest need not be there.`);
});

describe.skipIf(!hasDescriptions).each(cases)('$service and $console', ({ service, console, load, address, account: organization, console_: addresses, id, reply, example, optional }) => {
  const unbroken = new AbortController().signal;
  const access: ServiceAccess = { address, account: organization, key: new Secret('key-key-key') };
  const secret = new Secret('secret-secret');
  let server: Server;
  let adapter: ServiceAdapter;
  let asked: RegistrationRequest;
  /** One of each kind. */
  const kinds = new Map<string, Sent>();

  beforeAll(async () => {
    server = await load();
    adapter = getServiceAdapter(service);
    const recipe = getRecipe(console, service);
    asked = {
      console, tenant: addresses.key, address: addresses.base, apiAddress: addresses.apiAddress, target: fillTarget(recipe.target, addresses), name: 'Keyferry: Larkspur',
      tokenUrl: console === 'jamf-pro' ? `${addresses.base}/api/v1/oauth/token` : 'https://na.uemauth.workspaceone.com/connect/token',
      dataSets: ['devices'], group: null, clientId: 'client-1', answers: { smartGroup: 'CompliantGroup1' },
    };
  });

  /** Runs a method on the server; `isEmpty`: nothing is there yet. */
  async function run(method: () => Promise<unknown>, isEmpty = false): Promise<void> {
    const refused: string[] = [];
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const request = new Request(url, init);
      const { pathname } = new URL(url);
      const wrong = await server.check(request);
      if (wrong) refused.push(`${request.method} ${pathname}: ${wrong.reason}`);
      const text = await request.clone().text();
      const body = text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
      kinds.set(`${request.method} ${pathname} ${Object.keys(body ?? {}).join()}`, { url, method: request.method, headers: Object.fromEntries(request.headers), body });
      const empty = isEmpty && request.method === 'GET' ? { integrations: [], accounts: [], result: [], data: [], linked: false } : undefined;
      const instead = empty ?? reply?.(request.method, pathname);
      return instead && !wrong ? Response.json(instead) : await server.answer(request, example);
    });
    await method();
    expect(refused).toEqual([]);
  }

  it('every request is accepted', async () => {
    await run(() => adapter.readOrganization(access, unbroken));
    await run(() => adapter.findRegistration(access, asked, unbroken));
    await run(() => adapter.createRegistration(access, asked, secret, 'run-1', unbroken), true);
    await run(() => adapter.updateRegistration(access, id, asked, secret, unbroken), true);
    if (getService(service).can.keepSecret) await run(() => adapter.updateRegistration(access, id, asked, undefined, unbroken));
    await run(() => adapter.readRegistration(access, id, unbroken));
    await run(() => adapter.deleteRegistration(access, id, unbroken));
    expect(new Set([...kinds.values()].map(({ method }) => method))).toEqual(new Set(service === 'juniper-mist' ? ['GET', 'POST', 'DELETE'] : ['GET', 'POST', 'PATCH', 'DELETE']));
  });

  it('and refused with any one field that is required taken away', async () => {
    const accepted = new Set<string>();
    for (const { url, method, headers, body } of kinds.values()) {
      counts.requests += 1;
      const check = async (field: string, changed: { url?: string; headers?: Record<string, string>; body?: object }): Promise<void> => {
        counts.removed += 1;
        const sent = changed.body ?? body;
        const wrong = await server.check(new Request(changed.url ?? url, { method, headers: changed.headers ?? headers, ...(sent && { body: JSON.stringify(sent) }) }));
        if (wrong) counts.refused += 1;
        else accepted.add(`${method} ${field}`);
      };
      for (const name of ['authorization', 'x-n8n-api-key']) if (name in headers) await check(name, { headers: Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name)) });
      for (const name of new URL(url).searchParams.keys()) {
        const less = new URL(url);
        less.searchParams.delete(name);
        await check(`?${name}`, { url: less.href });
      }
      for (const field of fieldsOf(body)) await check(field, { body: without(body, field.split('.')) });
    }
    expect([...accepted].sort()).toEqual([...optional].sort());
  });
});

/** `config`, `config.api_url` */
const fieldsOf = (body: unknown, before = ''): string[] =>
  Object.entries(body ?? {}).flatMap(([name, value]: [string, unknown]) => [before + name, ...(typeof value === 'object' && value !== null ? fieldsOf(value, `${before}${name}.`) : [])]);

function without(body: unknown, [name = '', ...deeper]: string[]): object {
  return Object.fromEntries(
    Object.entries(body ?? {}).flatMap(([one, value]: [string, unknown]) => (one !== name ? [[one, value]] : deeper.length === 0 ? [] : [[one, without(value, deeper)]])),
  );
}
