import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { en } from '../../components/text/en.ts';
import { exampleAssetsAdapter } from '../../test/fixtures/example-assets/adapter.ts';
import { exampleAssets } from '../../test/fixtures/example-assets/service.ts';
import { SimulatedWorld } from '../../test/fixtures/simulated-world.ts';
import { allRecipes } from '../../test/recipes/all.ts';
import { problemsOf } from '../../test/recipes/check.ts';
import { getRecipe } from '../recipes/registry.ts';
import type { Run, RunSetup } from '../run/run.ts';
import { createRun } from '../run/transition.ts';
import { adapters, getServiceAdapter } from './adapters.ts';
import { getService, services } from './registry.ts';
import type { Service, ServiceAdapter } from './service.ts';

/* A service that nobody has is a folder (test/fixtures/example-assets) and its name in each of the two lists; then all goes on as with the others. */

const setup: RunSetup = {
  tenant: { console: 'jamf-pro', key: 'acme', origin: 'https://acme.jamfcloud.com', base: 'https://acme.jamfcloud.com' },
  service: { id: 'example-assets', address: 'https://api.assets.example' },
  dataSets: ['devices'],
  group: null,
  name: 'Keyferry: Example Assets',
  answers: { smartGroup: 'All Managed Clients' },
};

/** What the service has stored, one row a connection. */
let stored: Map<string, { host: string; clientId: string; clientSecret: string; group: string }>;

async function answer(request: Request): Promise<Response> {
  const [, , , id] = new URL(request.url).pathname.split('/');
  const json = (body: object, status = 200): Response => Response.json(body, { status });
  const row = (one: string): object => ({ ...stored.get(one), id: one, devices: 9 });
  if (request.url.endsWith('/v1/team')) return json({ team: 'Example Ltd', mayWrite: true });
  if (request.method === 'GET' && id === undefined) return json({ sources: [...stored.keys()].map(row) });
  const at = id ?? `s${String(stored.size + 1)}`;
  if (id !== undefined && !stored.has(id)) return json({ error: 'no such source' }, 404);
  if (request.method === 'POST' || request.method === 'PATCH') stored.set(at, (await request.json()) as NonNullable<ReturnType<typeof stored.get>>);
  if (request.method === 'DELETE') return stored.delete(at) ? json({}) : json({}, 404);
  return json(row(at));
}

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => answer(new Request(url, init)));
  (services as Service[]).push(exampleAssets);
  (adapters as ServiceAdapter[]).push(exampleAssetsAdapter);
});

afterEach(() => {
  (services as Service[]).pop();
  (adapters as ServiceAdapter[]).pop();
  vi.unstubAllGlobals();
});

async function connect(world: SimulatedWorld, id: string): Promise<Run> {
  await world.begin(createRun(id, setup, 1, world.now, { clicks: 1, consoleCalls: 0 }));
  const run = await world.rest(id);
  if (run.phase.kind !== 'needs-admin') return run;
  await world.tell(id, { type: 'consent', clicks: 1 });
  return world.rest(id);
}

const createWorld = (): SimulatedWorld => {
  const recipe = getRecipe('jamf-pro', 'example-assets');
  const world = new SimulatedWorld({ recipe, service: getServiceAdapter('example-assets') });
  world.privileges = recipe.dataSets.flatMap(({ privileges }) => privileges);
  return world;
};

it('its recipe is found and checked with the others', () => {
  expect(getService('example-assets')).toBe(exampleAssets);
  const mine = allRecipes().filter(({ id }) => id === 'example-assets-jamf-pro');
  expect(mine.flatMap((recipe) => problemsOf(recipe, [en]))).toEqual([]);
  expect(mine).toHaveLength(1);
});

it('a Run connects it, and a second one finds what is there', async () => {
  const world = createWorld();
  const first = await connect(world, 'run-1');
  expect(first.phase).toMatchObject({ kind: 'connected', receipt: { organization: 'Example Ltd', devices: 9 } });
  expect(world.roles.map(({ value }) => value.privileges)).toEqual([['Read Computers', 'Read Smart Computer Groups']]);
  await connect(world, 'run-2');
  expect([...stored.values()]).toEqual([{ host: 'acme.jamfcloud.com', clientId: world.clients[0]!.value.clientId, clientSecret: world.secrets.get(world.clients[0]!.value.clientId), group: 'All Managed Clients' }]);
  expect([world.roles.length, world.clients.length, stored.size]).toEqual([1, 1, 1]);
});
