import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyferryError } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import { createWorkspaceOneApi, type WorkspaceOneApi } from './api.ts';

/*
 * What the client asks for against Omnissa's own descriptions (OpenAPI 2604), and what it reads against recorded replies. The files
 * are Omnissa's and others': they lie beside the project and are not part of it.
 */

const folder = path.resolve(import.meta.dirname, '../../../../shared/reference/schemas/ws1');
const isThere = existsSync(path.join(folder, 'openapi-subset'));
if (!isThere) console.warn(`Workspace ONE UEM: ${folder} is not there, the vendor's descriptions are not looked at.`);

interface Operation {
  parameters?: { name: string; in: string; schema?: { $ref: string } }[];
  produces: string[];
}
interface Description {
  basePath: string;
  paths: Record<string, Record<string, Operation>>;
  definitions: Record<string, { properties: Record<string, { type?: string; enum?: string[]; $ref?: string; items?: { $ref?: string } }> }>;
}
const read = <T>(name: string): T => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as T;

const uuid = '71b1202a-fc21-4239-bacb-5e74e35a820e';
const top = { id: 1112, uuid };
const admin = { id: 9, uuid };
const everyCall: [string, (api: WorkspaceOneApi) => Promise<unknown>][] = [
  ['readSystemInfo', (a) => a.readSystemInfo()],
  ['searchGroups', (a) => a.searchGroups({ name: 'x', groupId: 'y' })],
  ['listChildren', (a) => a.listChildren(1)],
  ['searchSmartGroups', (a) => a.searchSmartGroups({ name: 'x', groupId: 1 })],
  ['countDevices', (a) => a.countDevices(1)],
  ['searchTags', (a) => a.searchTags(top, 'x')],
  ['addTag', (a) => a.addTag('x', top)],
  ['searchAdmins', (a) => a.searchAdmins({ username: 'x', role: 'y' })],
  ['addAdmin', (a) => a.addAdmin({ username: 'u', password: new Secret('p'), firstName: 'f', lastName: 'l', email: 'e@e.example', group: top, role: { name: 'r', id: 7, uuid, group: top } })],
  ['deleteAdmin', (a) => a.deleteAdmin(admin)],
  ['changePassword', (a) => a.changePassword(admin, new Secret('p'))],
  ['readApiKeys', (a) => a.readApiKeys(uuid)],
];

/** What is asked for by a method in all versions that it knows: no server knows any. */
async function askedBy(call: (api: WorkspaceOneApi) => Promise<unknown>): Promise<{ method: string; url: URL; version: number; body: Record<string, unknown> | undefined }[]> {
  const asked: Awaited<ReturnType<typeof askedBy>> = [];
  const send = (async (url: string, { method, headers, body }: RequestInit) => {
    const version = Number(/version=(\d)/.exec(new Headers(headers).get('accept')!)![1]);
    asked.push({ method: method!.toLowerCase(), url: new URL(url), version, body: body === undefined ? undefined : (JSON.parse(body as string) as Record<string, unknown>) });
    return new Response('', { status: 404 });
  }) as typeof fetch;
  await call(createWorkspaceOneApi({ base: 'https://as1.awmdm.com', credentials: { kind: 'bearer', token: new Secret('t') }, signal: new AbortController().signal, count: () => undefined, fetch: send })).catch((thrown: unknown) => {
    if (!(thrown instanceof KeyferryError)) throw thrown;
  });
  return asked;
}

describe.skipIf(!isThere)('what is asked for is described', () => {
  const descriptions = isThere ? ['systemv1', 'systemv2', 'mdmv1', 'mdmv2', 'mdmv3'].map((name) => read<Description>(`openapi-subset/${name}.json`)) : [];

  /** Names that the description does not know, here and in what is nested. */
  function unknownIn(value: unknown, definition: string, { definitions }: Description): string[] {
    const { properties } = definitions[definition.split('/').at(-1)!]!;
    return Object.entries(value as object).flatMap(([name, inner]: [string, unknown]) => {
      const known = properties[name];
      if (!known) return [name];
      if (known.enum && !known.enum.includes(inner as string)) return [`${name}=${String(inner)}`];
      const nested = known.items?.$ref ?? known.$ref;
      const kind = Array.isArray(inner) ? 'array' : typeof inner === 'number' ? 'integer' : typeof inner;
      if (!nested && known.type !== kind) return [`${name} is no ${kind}`];
      return nested ? [inner].flat().flatMap((one) => unknownIn(one, nested, { definitions } as Description)) : [];
    });
  }

  it.each(everyCall)('%s', async (_name, call) => {
    const asked = await askedBy(call);
    expect(asked.length).toBeGreaterThan(0);
    for (const { method, url, version, body } of asked) {
      const fits = descriptions.flatMap((description) =>
        Object.entries(description.paths).flatMap(([template, methods]) => {
          const pattern = new RegExp(`^${(description.basePath + template).replace(/\{[^}]+\}/g, '[^/]+')}$`);
          const operation = methods[method];
          return operation && pattern.test(url.pathname) && operation.produces.includes(`application/json;version=${version}`) ? [{ description, operation, template }] : [];
        }),
      );
      // `/admins/{id}` also fits `/admins/search`: the one without a placeholder counts.
      const [match] = fits.sort((a, b) => a.template.split('{').length - b.template.split('{').length);
      expect(match, `${method} ${url.pathname} version ${version}`).toBeDefined();
      const { description, operation } = match!;
      const queries = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
      expect([...url.searchParams.keys()].filter((name) => !queries.includes(name))).toEqual([]);
      const model = operation.parameters?.find((one) => one.in === 'body')?.schema?.$ref;
      expect(body === undefined).toBe(model === undefined);
      if (model) expect(unknownIn(body, model, description)).toEqual([]);
    }
  });
});

describe.skipIf(!isThere)('what was recorded is read', () => {
  interface Recorded { request: { method: string; path: string }; response: { status: number; headers: Record<string, string>; body: unknown } }
  const { entries } = isThere ? read<{ entries: Recorded[] }>('fixtures/recorded-jupiterone-scrubbed.json') : { entries: [] };
  const captured = (name: string): unknown => read<{ response: { body: unknown } }>(`fixtures/${name}`).response.body;
  const apiThatAnswers = (answer: () => Response): WorkspaceOneApi =>
    createWorkspaceOneApi({ base: 'https://as1.awmdm.com', credentials: { kind: 'basic', username: 'u', password: new Secret('p'), key: new Secret('kkkkkkkkkkkkkkkkkkkk') }, signal: new AbortController().signal, count: () => undefined, fetch: (async () => answer()) });
  function recorded(part: string): WorkspaceOneApi {
    const { status, headers, body } = entries.find(({ request }) => request.path.includes(part))!.response;
    return apiThatAnswers(() => new Response(body === null ? null : JSON.stringify(body), { status, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-length')) }));
  }

  it('groups, with the quota', async () => {
    const api = recorded('/groups/search');
    expect(await api.searchGroups()).toEqual([{ id: 1112, uuid, name: 'AcmeRoot', groupId: 'ACME', type: 'Customer', level: 0, parent: undefined }]);
    expect(api.quota).toEqual({ limit: 250_000, remaining: 249_975, resetAt: 1_698_754_208_000 });
  });
  it('children', async () => {
    expect(await recorded('/children').listChildren(1112)).toMatchObject([{ id: 1112, parent: 573 }]);
  });
  it('an administrator', async () => {
    expect(await recorded('/admins/search?username').findAdmin('jupiterone')).toMatchObject({ username: 'Jupiterone', roles: [{ name: 'Device Manager', groupId: 1112 }] });
  });
  it('no devices', async () => {
    expect(await recorded('/devices/search').countDevices()).toBe(0);
  });
  it('version 1\'s groups and smart groups, as captured', async () => {
    expect((await apiThatAnswers(() => Response.json(captured('omnissa-sdk_org-groups_groups_get_search.json'))).searchGroups()).map(({ id, uuid: one }) => [id, one])).toEqual([12346, 12347, 12348, 12349].map((id) => [id, undefined]));
    expect(await apiThatAnswers(() => Response.json(captured('omnissa-sdk_smartgroups_smartgroups_get_search.json'))).searchSmartGroups()).toHaveLength(6);
  });
  it('refusals', async () => {
    const bodies = read<Record<'invalid_api_key' | 'invalid_credentials', { body: object }>>('fixtures/error-bodies.json');
    const codeOf = async (body: object, status: number): Promise<string> => {
      const thrown = await apiThatAnswers(() => Response.json(body, { status })).readSystemInfo().catch((one: unknown) => one);
      return (thrown as KeyferryError).failure.code;
    };
    expect(await codeOf(bodies.invalid_api_key.body, 403)).toBe('uem-key-refused');
    expect(await codeOf(bodies.invalid_credentials.body, 401)).toBe('uem-sign-in-refused');
  });
});
