import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { ConsoleRefusal, openConsole, readObject } from '../console-client.ts';
import type { HostHandler } from '../traffic.ts';
import type { N8nControl } from '../types.ts';

/*
 * The credentials of one n8n 2.8 on a customer's own server, as its public API answered when it was run; what it was not asked is marked.
 */

export const N8N_HOST = 'n8n.acme-tools.example';

type Scopes = 'all' | 'list' | 'none';

interface Credential {
  id: string;
  name: string;
  type: string;
  data: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  oAuth2Api: [
    'grantType', 'serverUrl', 'authUrl', 'accessTokenUrl', 'clientId', 'clientSecret', 'scope', 'authQueryParameters', 'authentication',
    'sendAdditionalBodyProperties', 'additionalBodyProperties', 'ignoreSSLIssues', 'oauthTokenData',
  ],
  httpBasicAuth: ['user', 'password'],
  httpCustomAuth: ['json'],
};
/** Both branches of the switch that the schema hides are asked for. */
const CLIENT_CREDENTIALS = ['serverUrl', 'accessTokenUrl', 'clientId', 'clientSecret', 'scope', 'authentication', 'sendAdditionalBodyProperties', 'additionalBodyProperties'];
const SECRET_FIELDS = ['clientSecret', 'password', 'json'];
const OWNER = { id: '8UotDEvNXx8U4uOU', name: 'Ada Fox <ada.fox@acme.example>', role: 'credential:owner' };

const newId = (): string => randomBytes(12).toString('base64url').replaceAll(/[-_]/g, 'a');
const details = { isManaged: false, isGlobal: false, isResolvable: false, resolvableAllowFallback: false };

/** What is wrong with a type's data, in n8n's words as far as they were heard. */
function problemOf(type: string, data: Record<string, unknown>): string | undefined {
  const known = TYPES[type] ?? [];
  const additional = Object.keys(data).find((name) => !known.includes(name));
  if (additional !== undefined) return `request.body.data is not allowed to have the additional property "${additional}"`;
  const missing = (type === 'oAuth2Api' && data['grantType'] === 'clientCredentials' ? CLIENT_CREDENTIALS : type === 'httpCustomAuth' ? ['json'] : []).find((name) => !(name in data));
  if (missing === undefined) return undefined;
  return type === 'oAuth2Api'
    ? `request.body.data does not match allOf schema [subschema 1] with 2 error[s]:,request.body.data does not match allOf schema [subschema 0] with 1 error[s]:,request.body.data requires property "${missing}"`
    : `request.body.data requires property "${missing}"`;
}

export function createN8n({ now, consoleFetch }: { now: () => number; consoleFetch: typeof fetch }): { handle: HostHandler; control: N8nControl } {
  /** Newest first, as listed. */
  const credentials: Credential[] = [];
  const uses = new Map<string, { status: 'works' | 'fails'; error: string | undefined }>();
  const received: string[] = [];
  const key = (): string => `n8n_api_${randomBytes(20).toString('hex')}`;
  const [apiKey, readOnlyApiKey, otherApiKey] = [key(), key(), key()];
  const keys = new Map<string, Scopes>([[apiKey, 'all'], [readOnlyApiKey, 'list'], [otherApiKey, 'none']]);
  const origin = `https://${N8N_HOST}`;
  const remember = (data: Record<string, unknown>): void => void received.push(...SECRET_FIELDS.flatMap((name) => (typeof data[name] === 'string' ? [data[name]] : [])));
  const made = ({ name, type, id, updatedAt, createdAt }: Credential): object => ({ name, type, id, resolverId: null, updatedAt, createdAt, ...details });

  const app = new Hono<{ Variables: { scopes: Scopes } }>().basePath('/api/v1');
  // The origin comes back, but a key's header is not among those allowed: a page without a host permission gets no further.
  app.options('*', (c) =>
    c.body(null, 204, {
      'access-control-allow-origin': c.req.header('origin') ?? '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'Origin, X-Requested-With, Content-Type, Accept, push-ref',
    }),
  );
  app.use('*', async (c, next) => {
    const scopes = keys.get(c.req.header('x-n8n-api-key') ?? '');
    if (scopes === undefined) return c.json({ message: 'unauthorized' }, 401);
    c.set('scopes', scopes);
    // unverified: words.
    const isAllowed = scopes === 'all' || (scopes === 'list' && c.req.method === 'GET');
    return isAllowed ? await next() : c.json({ message: 'Forbidden' }, 403);
  });

  app.get('/credentials/schema/:type', (c) => {
    const known = TYPES[c.req.param('type')];
    if (known === undefined) return c.json({ message: 'Not Found' }, 404);
    return c.json({ additionalProperties: false, type: 'object', properties: Object.fromEntries(known.map((name) => [name, { type: name === 'sendAdditionalBodyProperties' ? 'boolean' : 'string' }])), required: [] });
  });
  app.get('/credentials', (c) => {
    const cursor = c.req.query('cursor');
    const { limit, offset } = cursor === undefined ? { limit: Math.min(Number(c.req.query('limit') ?? 100), 250), offset: 0 } : (JSON.parse(Buffer.from(cursor, 'base64').toString()) as { limit: number; offset: number });
    const data = credentials.slice(offset, offset + limit).map(({ id, name, type, createdAt, updatedAt }) => ({ id, name, type, createdAt, updatedAt, shared: [{ ...OWNER, createdAt, updatedAt: createdAt }] }));
    const next = offset + limit;
    return c.json({ data, nextCursor: next < credentials.length ? Buffer.from(JSON.stringify({ limit, offset: next })).toString('base64') : null });
  });
  app.post('/credentials', async (c) => {
    const { name, type, data, ...others } = (await readObject(c.req.raw)) ?? {};
    for (const [property, value] of Object.entries({ name, type, data })) {
      if (value === undefined) return c.json({ message: `request/body must have required property '${property}'` }, 400);
    }
    // unverified: words of both.
    if (Object.keys(others).length > 0) return c.json({ message: 'request/body must NOT have additional properties' }, 400);
    if (typeof name !== 'string' || typeof data !== 'object' || data === null) return c.json({ message: 'request/body is of a wrong type' }, 400);
    if (typeof type !== 'string' || !(type in TYPES)) return c.json({ message: 'req.body.type is not a known type' }, 400);
    const fields = data as Record<string, unknown>;
    remember(fields);
    const problem = problemOf(type, fields);
    if (problem !== undefined) return c.json({ message: problem }, 400);
    const at = new Date(now()).toISOString();
    // No check for a second one of the same name.
    const credential = { id: newId(), name, type, data: fields, createdAt: at, updatedAt: at };
    credentials.unshift(credential);
    return c.json(made(credential));
  });

  const find = (id: string): Credential | undefined => credentials.find((one) => one.id === id);
  app.patch('/credentials/:id', async (c) => {
    const body = (await readObject(c.req.raw)) ?? {};
    const credential = find(c.req.param('id'));
    // [C]
    if (credential === undefined) return c.json({ message: 'Credential not found' }, 404);
    const { name = credential.name, data } = body as { name?: string; data?: Record<string, unknown> };
    if (data !== undefined) {
      remember(data);
      const problem = problemOf(credential.type, data);
      if (problem !== undefined) return c.json({ message: problem }, 400);
      credential.data = data;
      uses.delete(credential.id);
    }
    Object.assign(credential, { name, updatedAt: new Date(now()).toISOString() });
    return c.json(made(credential));
  });
  app.delete('/credentials/:id', (c) => {
    const credential = find(c.req.param('id'));
    if (credential === undefined) return c.json({ message: 'Not Found' }, 404);
    credentials.splice(credentials.indexOf(credential), 1);
    const { createdAt, updatedAt, name, type } = credential;
    return c.json({ updatedAt, createdAt, name, type, resolverId: null, ...details });
  });
  // There is no way to read one.
  app.get('/credentials/:id', (c) => c.json({ message: 'GET method not allowed' }, 405));
  app.notFound((c) => c.json({ message: 'not found' }, 404));

  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    handle: (request) => app.fetch(request),
    control: {
      origin,
      account: '',
      apiKey,
      readOnlyApiKey,
      otherApiKey,
      registrations: () =>
        credentials.map(({ id, type, name, data }) => ({ id, type, name, address: text(data['accessTokenUrl']), clientId: text(data['clientId']), status: 'unused', error: undefined, ...uses.get(id) })),
      secrets: () => [...keys.keys(), ...received],
      settled: () => Promise.resolve(),
      use: async (id, url) => {
        const data = find(id)?.data ?? {};
        const [tokenUrl = '', clientId = '', clientSecret = ''] = ['accessTokenUrl', 'clientId', 'clientSecret'].map((name) => text(data[name]));
        try {
          const read = await openConsole({ tokenUrl, clientId, clientSecret, fetch: consoleFetch });
          const answer = await read(url);
          uses.set(id, { status: 'works', error: undefined });
          return answer;
        } catch (thrown) {
          uses.set(id, { status: 'fails', error: thrown instanceof ConsoleRefusal ? thrown.message : 'Error in workflow' });
          // As a webhook's caller hears it.
          return { message: 'Error in workflow' };
        }
      },
    },
  };
}
