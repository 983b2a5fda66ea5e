import { Hono } from 'hono';
import { TOKEN_LIFETIME_SECONDS } from './environment.ts';
import type { Environment } from './environment.ts';

/** [Omnissa: Virginia is na, Frankfurt emea, Tokyo apac, Ohio uat] */
export const TOKEN_REGIONS = ['na', 'emea', 'apac', 'uat'] as const;

/** The token service of one region, at `/connect/token` without a slash behind it. Clients of other regions' environments are unknown to it. */
export function createTokenService(environments: readonly Environment[]): Hono {
  const app = new Hono();
  app.post('/connect/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    // Both are in use: credentials in the body (Bruno collection, SDK) and as Basic header.
    const [, encoded = ''] = /^Basic (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    const clientId = form.get('client_id') ?? name;
    const secret = form.get('client_secret') ?? password;
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) return c.json({ error: 'invalid_request' }, 400);
    if (form.get('grant_type') !== 'client_credentials') return c.json({ error: form.has('grant_type') ? 'unsupported_grant_type' : 'invalid_request' }, 400);
    for (const environment of environments) {
      const token = environment.issueToken(clientId, secret);
      if (token !== undefined) return c.json({ access_token: token, expires_in: TOKEN_LIFETIME_SECONDS, token_type: 'Bearer' });
    }
    // unverified: status and body; RFC 6749 §5.2 says 400 or 401.
    return c.json({ error: 'invalid_client' }, 400);
  });
  return app;
}
