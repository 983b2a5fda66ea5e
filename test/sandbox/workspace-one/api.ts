import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Access, AddRoute, Call, Fields, Handler } from './api-call.ts';
import { json, objectOf } from './api-call.ts';
import { addAdminRoutes } from './api-admins.ts';
import { getApiCaller } from './api-auth.ts';
import { addDeviceRoutes } from './api-devices.ts';
import { addGroupRoutes } from './api-groups.ts';
import { addSmartGroupRoutes } from './api-smart-groups.ts';
import { addTagRoutes } from './api-tags.ts';
import type { Caller, Environment } from './environment.ts';
import { forbidden, Ws1Refusal } from './refusal.ts';

interface Operation {
  access: Access;
  handler: Handler;
}

/** The REST API of an environment below `/api`, in whatever letter case. Paths, versions and schemas: [Omnissa's descriptions 2604]. */
export function createApi(environment: Environment): (request: Request) => Promise<Response> {
  const app = new Hono().basePath('/api');
  const routes = new Map<string, { method: string; path: string; versions: Map<number, Operation> }>();
  const add: AddRoute = (method, path, version, access, handler) => {
    const route = routes.get(`${method} ${path}`) ?? { method, path, versions: new Map<number, Operation>() };
    routes.set(`${method} ${path}`, route);
    route.versions.set(version, { access, handler });
  };
  addGroupRoutes(add);
  addAdminRoutes(add);
  addTagRoutes(add);
  addDeviceRoutes(add);
  addSmartGroupRoutes(add);

  // Fixed words win over placeholders.
  const placeholders = (path: string): number => path.split(':').length;
  for (const { method, path, versions } of [...routes.values()].toSorted((a, b) => placeholders(a.path) - placeholders(b.path))) {
    app.on(method, path, async (c) => {
      const supported = [...versions.keys()].toSorted();
      const version = chooseVersion(supported, c.req.header('accept') ?? '');
      const operation = versions.get(version);
      if (operation === undefined) return notFoundPage();
      const headers: Record<string, string> = { 'x-api-version': `v${version}`, 'api-supported-versions': supported.join(', ') };
      return withHeaders(await answer(environment, c, operation, headers), headers);
    });
  }
  // [Omnissa's documentation names the page; unverified: what it says]
  app.get('/help', () => page('Workspace ONE UEM API Explorer', 200));
  app.notFound((c) => {
    const isKnown = [...routes.values()].some(({ path }) => new RegExp(`^/api${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(c.req.path));
    // unverified: as the framework below it (ASP.NET Web API) answers.
    return isKnown ? json({ Message: `The requested resource does not support http method '${c.req.method}'.` }, 405) : notFoundPage();
  });

  return async (request) => {
    const url = new URL(request.url);
    url.pathname = url.pathname.toLowerCase();
    return withHeaders(await app.fetch(new Request(url, request)), {
      'x-correlation-id': randomUUID(),
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'cache-control': 'no-cache',
    });
  };
}

/** Signs the caller in, counts the call, checks the rights, does the work; `headers` gets the quota. */
async function answer(environment: Environment, c: Context, { access, handler }: Operation, headers: Record<string, string>): Promise<Response> {
  try {
    const { caller, countedFor } = getApiCaller(environment, c.req.raw);
    const { limit, remaining, reset, isUsedUp } = environment.countCall(countedFor);
    Object.assign(headers, { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': String(reset) });
    // unverified: status, body and headers of a used-up quota.
    if (isUsedUp) throw new Ws1Refusal(429, 429, 'The daily API quota of the organization group is used up.');
    const groups = groupsFor(environment, caller, access);
    const query = new URLSearchParams([...new URL(c.req.url).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    const call: Call = {
      environment,
      caller,
      groups,
      param: (name) => c.req.param(name) ?? '',
      query: (name) => query.get(name)?.trim() || undefined,
      body: await readBody(c),
      url: new URL(c.req.raw.url),
    };
    return handler(call);
  } catch (error) {
    if (!(error instanceof Ws1Refusal)) throw error;
    return json({ errorCode: error.errorCode, message: error.message, activityId: randomUUID() }, error.status);
  }
}

function groupsFor(environment: Environment, caller: Caller, { permissions, code }: Access): ReadonlySet<number> {
  const held = permissions.map((name) => environment.groupsWith(caller, name));
  if (held.length === 0) return new Set(environment.grantsOf(caller).flatMap(({ organizationGroupId }) => [...environment.subtree(organizationGroupId)]));
  const groups = held.reduce((all, one) => all.intersection(one));
  if (groups.size === 0) throw forbidden(code);
  return groups;
}

async function readBody(c: Context): Promise<Fields> {
  const text = await c.req.text();
  if (text === '') return {};
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // unverified: wording.
    throw new Ws1Refusal(400, 400, 'The request body is not valid JSON.');
  }
}

/** [recorded: version 2 of what has only version 1 answers version 1]; unverified: that no version means the oldest. */
function chooseVersion(supported: readonly number[], accept: string): number {
  const asked = Number(/;\s*version=(\d+)/i.exec(accept)?.[1] ?? 1);
  return supported.findLast((version) => version <= asked) ?? supported[0] ?? 1;
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  const changed = new Response(response.body, response);
  for (const [name, value] of Object.entries(headers)) if (!changed.headers.has(name)) changed.headers.set(name, value);
  return changed;
}

/** [seen by JupiterOne and demisto: a 404 may be an HTML page]; unverified: its words. */
const notFoundPage = (): Response => page('404 - File or directory not found.', 404);

const page = (title: string, status: number): Response =>
  new Response(`<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
