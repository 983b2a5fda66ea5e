import { randomBytes, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { ConsoleRefusal, openConsole, readObject } from '../console-client.ts';
import type { HostHandler } from '../traffic.ts';
import type { VendorServiceControl } from '../types.ts';

/*
 * Device posture integrations of one Cloudflare account. Shapes: https://github.com/cloudflare/api-schemas; the codes of errors are
 * unverified but for 7003, which is the description's example.
 */

export const CLOUDFLARE_HOST = 'api.cloudflare.com';
const ACCOUNT = { id: '699d98642c564d2e855e9661899b7252', name: 'Meridian Logistics', type: 'standard' };

type Right = 'edit' | 'read' | 'none';

interface Integration {
  id: string;
  name: string;
  type: string;
  interval: string;
  config: { api_url: string; auth_url: string; client_id: string };
  clientSecret: string;
}

const config = z.object({ api_url: z.string(), auth_url: z.string(), client_id: z.string(), client_secret: z.string() });
const interval = z.string().regex(/^\d+[mh]$/);
const update = z.object({ name: z.string().min(1), type: z.literal('workspace_one'), interval, config }).partial();
const creation = update.required();

const success = (result: unknown): object => ({ success: true, errors: [], messages: [], result });
const failure = (code: number, message: string): object => ({ success: false, errors: [{ code, message }], messages: [], result: null });
const shown = ({ clientSecret: _, ...integration }: Integration): object => integration;

export function createCloudflare({ consoleFetch }: { consoleFetch: typeof fetch }): { handle: HostHandler; control: VendorServiceControl } {
  const integrations = new Map<string, Integration>();
  const received: string[] = [];
  const token = (): string => randomBytes(30).toString('base64url');
  const [apiKey, readOnlyApiKey, otherApiKey] = [token(), token(), token()];
  const rights = new Map<string, Right>([[apiKey, 'edit'], [readOnlyApiKey, 'read'], [otherApiKey, 'none']]);

  /** "Validates the configured credentials against the live provider API at create/update time" [C, alchemy.run]; returns what is wrong. */
  async function test({ api_url: api, auth_url: tokenUrl, client_id: clientId, client_secret: clientSecret }: z.output<typeof config>): Promise<string | undefined> {
    received.push(clientSecret);
    try {
      const read = await openConsole({ tokenUrl, clientId, clientSecret, fetch: consoleFetch });
      await read(`${api.replace(/\/+$/, '')}/mdm/devices/search?page=0&pagesize=1`);
      return undefined;
    } catch (thrown) {
      const { step, status } = thrown instanceof ConsoleRefusal ? thrown : { step: 'call', status: undefined };
      return `integration test failed: ${step === 'token' ? 'could not get an access token' : 'could not list devices'} (${status ?? 'no response'})`;
    }
  }

  const app = new Hono<{ Variables: { right: Right } }>().basePath('/client/v4');
  app.use('*', async (c, next) => {
    const right = rights.get(/^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '');
    if (right === undefined) return c.json(c.req.path.endsWith('/tokens/verify') ? failure(1000, 'Invalid API Token') : failure(10_000, 'Authentication error'), 401);
    c.set('right', right);
    return await next();
  });
  app.get('/user/tokens/verify', (c) => c.json(success({ id: 'ed17574386854bf78a67040be0a770b0', status: 'active' })));
  // Not only the owner's: whoever has a token with any right in the account sees it.
  app.get('/accounts', (c) => c.json({ ...success([ACCOUNT]), result_info: { page: 1, per_page: 20, count: 1, total_count: 1 } }));

  const path = '/accounts/:account/devices/posture/integration';
  app.use(`${path}/*`, async (c, next) => {
    const isAllowed = c.get('right') === 'edit' || (c.get('right') === 'read' && c.req.method === 'GET');
    // As for a wrong token: only the token's own check tells them apart.
    if (c.req.param('account') !== ACCOUNT.id || !isAllowed) return c.json(failure(10_000, 'Authentication error'), 403);
    return await next();
  });
  const refuse = (c: Context, wrong: z.ZodError | undefined): Response => c.json(failure(1001, `invalid ${wrong?.issues[0]?.path.join('.') ?? 'request'}`), 400);
  app.get(path, (c) => c.json({ ...success([...integrations.values()].map(shown)), result_info: { page: 1, per_page: 1000, count: integrations.size, total_count: integrations.size } }));
  app.post(path, async (c) => {
    const body = creation.safeParse(await readObject(c.req.raw));
    if (!body.success) return refuse(c, body.error);
    const wrong = await test(body.data.config);
    if (wrong !== undefined) return c.json(failure(1002, wrong), 400);
    // unverified: that nothing stops a second one of the same name.
    const { client_secret: clientSecret, ...rest } = body.data.config;
    const integration = { ...body.data, id: randomUUID(), config: rest, clientSecret };
    integrations.set(integration.id, integration);
    return c.json(success(shown(integration)));
  });

  app.use(`${path}/:id`, async (c, next) => (integrations.has(c.req.param('id')) ? await next() : c.json(failure(1003, 'integration not found'), 404)));
  const found = (id: string): Integration => {
    const integration = integrations.get(id);
    if (integration === undefined) throw new Error(`No integration ${id}`);
    return integration;
  };
  app.get(`${path}/:id`, (c) => c.json(success(shown(found(c.req.param('id'))))));
  app.patch(`${path}/:id`, async (c) => {
    const body = update.safeParse(await readObject(c.req.raw));
    if (!body.success) return refuse(c, body.error);
    const { config: changed, name, interval: every } = body.data;
    const wrong = changed && (await test(changed));
    if (wrong !== undefined) return c.json(failure(1002, wrong), 400);
    const integration = found(c.req.param('id'));
    Object.assign(integration, { ...(name !== undefined && { name }), ...(every !== undefined && { interval: every }) });
    if (changed) {
      const { client_secret: clientSecret, ...rest } = changed;
      Object.assign(integration, { config: rest, clientSecret });
    }
    return c.json(success(shown(integration)));
  });
  app.delete(`${path}/:id`, (c) => {
    integrations.delete(c.req.param('id'));
    return c.json(success(null));
  });
  app.notFound((c) => c.json(failure(7003, 'No route for the URI'), 404));

  return {
    handle: (request) => app.fetch(request),
    control: {
      origin: `https://${CLOUDFLARE_HOST}`,
      account: ACCOUNT.id,
      apiKey,
      readOnlyApiKey,
      otherApiKey,
      // Those whose credentials do not work never get in.
      registrations: () => [...integrations.values()].map(({ id, type, name, config: { api_url: address, client_id: clientId } }) => ({ id, type, name, address, clientId, status: 'works', error: undefined })),
      secrets: () => [...rights.keys(), ...received],
      settled: () => Promise.resolve(),
    },
  };
}
