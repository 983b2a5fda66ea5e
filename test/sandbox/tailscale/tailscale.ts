import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { ConsoleRefusal, Jobs, openConsole, readObject } from '../console-client.ts';
import type { HostHandler } from '../traffic.ts';
import type { TailscaleControl } from '../types.ts';

/*
 * Device posture integrations of one tailnet. Shapes and words: Tailscale's description of its API v2
 * (https://api.tailscale.com/api/v2?outputOpenapiSchema=true), and its Go client where marked.
 */

export const TAILSCALE_HOST = 'api.tailscale.com';
const TAILNET = 'T1234CNTRL';
const PROVIDERS = ['falcon', 'intune', 'jamfpro', 'kandji', 'kolide', 'sentinelone'];
/** s [Tailscale, OAuth clients] */
const TOKEN_SECONDS = 3600;

type Scope = 'feature_settings' | 'feature_settings:read' | 'devices:core:read';

interface Integration {
  id: string;
  provider: string;
  cloudId: string;
  clientId: string;
  tenantId: string;
  clientSecret: string;
  configUpdated: string;
  status?: { lastSync: string; error?: string; providerHostCount: number; matchedCount: number; possibleMatchedCount: number };
}

const text = z.string().optional();
const input = z.looseObject({ provider: text, cloudId: text, clientId: text, tenantId: text, clientSecret: text });
const counted = z.looseObject({ totalCount: z.number() });

const shown = ({ clientSecret: _, ...integration }: Integration): object => integration;
/** `pcBEPQVMpki7DEVEL` */
const newId = (): string => `p${randomBytes(6).toString('hex').slice(0, 11)}CNTRL`;

export function createTailscale({ now, consoleFetch }: { now: () => number; consoleFetch: typeof fetch }): { handle: HostHandler; control: TailscaleControl } {
  const integrations = new Map<string, Integration>();
  const jobs = new Jobs();
  const received: string[] = [];
  const keyOf = (kind: string): string => `tskey-${kind}-k${randomBytes(6).toString('hex')}CNTRL-${randomBytes(16).toString('hex')}`;
  const [apiKey, readOnlyApiKey, otherApiKey, oauthClientSecret] = [keyOf('api'), keyOf('api'), keyOf('api'), keyOf('client')];
  /** Scopes, and until when they count (ms). */
  const keys = new Map<string, { scope: Scope; until: number }>([
    [apiKey, { scope: 'feature_settings', until: Infinity }],
    [readOnlyApiKey, { scope: 'feature_settings:read', until: Infinity }],
    [otherApiKey, { scope: 'devices:core:read', until: Infinity }],
  ]);

  /** Asks the provider for its devices; of those without a Tailscale node here, none matches. */
  async function synchronize(integration: Integration): Promise<void> {
    const { cloudId, clientId, clientSecret } = integration;
    let error: string | undefined;
    let providerHostCount = 0;
    try {
      const read = await openConsole({ tokenUrl: `https://${cloudId}/api/v1/oauth/token`, clientId, clientSecret, fetch: consoleFetch });
      // unverified: which lists are read.
      for (const path of ['v1/computers-inventory', 'v2/mobile-devices']) {
        providerHostCount += counted.parse(await read(`https://${cloudId}/api/${path}?page=0&page-size=1`)).totalCount;
      }
    } catch (thrown) {
      error = describe(thrown);
    }
    // Deleted or given other credentials meanwhile.
    if (integrations.get(integration.id) !== integration) return;
    integration.status = { lastSync: new Date(now()).toISOString(), ...(error !== undefined && { error }), providerHostCount, matchedCount: 0, possibleMatchedCount: 0 };
  }
  function save(integration: Integration): object {
    integrations.set(integration.id, integration);
    jobs.start(() => synchronize(integration));
    return shown(integration);
  }

  const app = new Hono().basePath('/api/v2');
  // unverified: that the id is not looked at, as Tailscale's own command line takes for granted [C].
  app.post('/oauth/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get('client_secret') !== oauthClientSecret) return c.json({ message: 'API token invalid' }, 401);
    const token = keyOf('api');
    keys.set(token, { scope: 'feature_settings', until: now() + TOKEN_SECONDS * 1000 });
    return c.json({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: 'feature_settings' });
  });
  app.use('*', async (c, next) => {
    const header = c.req.header('authorization') ?? '';
    const key = /^Bearer (\S+)$/i.exec(header)?.[1] ?? /^([^:]*)/.exec(Buffer.from(/^Basic (\S+)$/i.exec(header)?.[1] ?? '', 'base64').toString())?.[1];
    const found = keys.get(key ?? '');
    // unverified: status and words [C].
    if (found === undefined || found.until <= now()) return c.json({ message: 'API token invalid' }, 401);
    const isAllowed = found.scope === 'feature_settings' || (found.scope === 'feature_settings:read' && c.req.method === 'GET');
    return isAllowed ? await next() : c.json({ message: 'forbidden' }, 403);
  });
  app.use('/tailnet/:tailnet/*', async (c, next) => (['-', TAILNET, 'acme.example'].includes(c.req.param('tailnet')) ? await next() : c.json({ message: 'not found' }, 404)));

  app.get('/tailnet/:tailnet/settings', (c) => c.json({ devicesApprovalOn: true, devicesAutoUpdatesOn: false, devicesKeyDurationDays: 90, postureIdentityCollectionOn: true }));
  app.get('/tailnet/:tailnet/posture/integrations', (c) => c.json({ integrations: [...integrations.values()].map(shown) }));
  app.post('/tailnet/:tailnet/posture/integrations', async (c) => {
    const body = input.safeParse(await readObject(c.req.raw)).data;
    // unverified: words of a 400.
    if (!body || !PROVIDERS.includes(body.provider ?? '')) return c.json({ message: 'invalid provider' }, 400);
    if ((body.clientSecret ?? '') === '') return c.json({ message: 'clientSecret is required' }, 400);
    received.push(body.clientSecret ?? '');
    if ([...integrations.values()].some(({ provider }) => provider === body.provider)) return c.json({ message: 'conflict' }, 409);
    const { provider = '', cloudId = '', clientId = '', tenantId = '', clientSecret = '' } = body;
    return c.json(save({ id: newId(), provider, cloudId, clientId, tenantId, clientSecret, configUpdated: new Date(now()).toISOString() }));
  });

  app.use('/posture/integrations/:id', async (c, next) => (integrations.has(c.req.param('id')) ? await next() : c.json({ message: 'not found' }, 404)));
  const found = (id: string): Integration => {
    const integration = integrations.get(id);
    if (integration === undefined) throw new Error(`No integration ${id}`);
    return integration;
  };
  app.get('/posture/integrations/:id', (c) => c.json(shown(found(c.req.param('id')))));
  app.patch('/posture/integrations/:id', async (c) => {
    const body = input.safeParse(await readObject(c.req.raw)).data;
    if (!body) return c.json({ message: 'bad request' }, 400);
    // The provider is not looked at; a secret that is left out stays [D].
    const { cloudId, clientId, clientSecret } = body;
    if (clientSecret !== undefined) received.push(clientSecret);
    const kept = found(c.req.param('id'));
    const changes = { ...(cloudId !== undefined && { cloudId }), ...(clientId !== undefined && { clientId }), ...((clientSecret ?? '') !== '' && { clientSecret: clientSecret ?? '' }) };
    return c.json(save({ ...kept, ...changes, configUpdated: new Date(now()).toISOString() }));
  });
  app.delete('/posture/integrations/:id', (c) => {
    integrations.delete(c.req.param('id'));
    return c.body(null, 200);
  });
  app.notFound((c) => c.json({ message: 'not found' }, 404));

  return {
    handle: (request) => app.fetch(request),
    control: {
      origin: `https://${TAILSCALE_HOST}`,
      account: TAILNET,
      apiKey,
      readOnlyApiKey,
      otherApiKey,
      oauthClientSecret,
      registrations: () =>
        [...integrations.values()].map(({ id, provider, cloudId, clientId, status }) => ({
          id, type: provider, name: '', address: cloudId, clientId, status: status === undefined ? 'unused' : status.error === undefined ? 'works' : 'fails', error: status?.error,
        })),
      secrets: () => [...keys.keys(), oauthClientSecret, ...received],
      settled: () => jobs.settled(),
    },
  };
}

/** As the description's examples put it, which are of other providers: Go's OAuth library for tokens, Kolide's words for calls. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof ConsoleRefusal)) return 'Jamf Pro returned an unexpected response';
  const { step, status } = thrown;
  if (status === undefined) return 'Could not reach Jamf Pro';
  return step === 'token' ? `oauth2: cannot fetch token: ${status} Unauthorized\nResponse: {\n "error": "invalid_client"\n}` : `Jamf Pro returned unexpected status code: ${status}`;
}
