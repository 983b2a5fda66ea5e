import type { NodeSandbox } from '../sandbox/sandbox.ts';
import { LOCAL_LOGINS } from '../sandbox/jamf-pro/tenants.ts';

/**
 * What a careful script of an admin with a password would call to make the same role and client: the yardstick for Keyferry's
 * own calls. It checks its rights and the privilege names, looks before it creates, and tries the secret.
 * @returns how many calls to the console's API it took, not counting the sign-in that Keyferry does without
 */
export async function runMinimalScript(sandbox: NodeSandbox, tenant: string, name: string, privileges: string[], withSites: boolean): Promise<number> {
  const { origin } = sandbox.tenant(tenant);
  const { username, password } = LOCAL_LOGINS.admin;
  let calls = 0;
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    calls += 1;
    const response = await sandbox.fetch(origin + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const signedIn = await sandbox.fetch(`${origin}/api/v1/auth/token`, { method: 'POST', headers: { Authorization: `Basic ${basic}` } });
  const { token } = (await signedIn.json()) as { token: string };

  const filter = `?filter=${encodeURIComponent(`displayName=="${name}"`)}`;
  await call('GET', '/api/v1/auth');
  if (withSites) await call('GET', '/api/v1/sites');
  await call('GET', '/api/v1/api-role-privileges');
  await call('GET', `/api/v1/api-roles${filter}`);
  await call('GET', `/api/v1/api-integrations${filter}`);
  await call('POST', '/api/v1/api-roles', { displayName: name, privileges });
  const client = await call('POST', '/api/v1/api-integrations', { displayName: name, authorizationScopes: [name], enabled: true, accessTokenLifetimeSeconds: 3600 });
  const credentials = await call('POST', `/api/v1/api-integrations/${String(client['id'])}/client-credentials`);
  calls += 1;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: String(credentials['clientId']), client_secret: String(credentials['clientSecret']) });
  const proof = await sandbox.fetch(`${origin}/api/v1/oauth/token`, { method: 'POST', body });
  if (!proof.ok) throw new Error(`the script's secret does not work: ${proof.status}`);
  return calls;
}
