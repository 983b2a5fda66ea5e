import { signedInByToken } from './jamf-pro/test-support.ts';
import type { NodeSandbox } from './sandbox.ts';

/** What a service is given. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

let made = 0;

/** A client of the tenant "acme" with these rights, and its secret. */
export async function jamfClient(sandbox: NodeSandbox, privileges: readonly string[]): Promise<Credentials> {
  const acme = sandbox.tenant('acme');
  made += 1;
  const role = acme.addRole({ displayName: `Service role ${made}`, privileges: [...privileges] });
  const { id } = acme.addClient({ displayName: `Service client ${made}`, authorizationScopes: [role.displayName], accessTokenLifetimeSeconds: 600 });
  return (await (await signedInByToken(sandbox, acme)).call('POST', `/api/v1/api-integrations/${id}/client-credentials`)).body as Credentials;
}

/** An OAuth client of the environment "cn1234" with a role that comes with the console, or with one that gives nothing. */
export function uemClient(sandbox: NodeSandbox, role?: string): Credentials {
  const cloud = sandbox.ws1('cn1234');
  made += 1;
  const { row, secret } = cloud.addOAuthClient({ name: `Service ${made}`, role: role ?? cloud.addRole({ name: `Service role ${made}` }).name });
  return { clientId: row.clientId, clientSecret: secret };
}
