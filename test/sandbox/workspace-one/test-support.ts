import { basic, TestClient } from '../jamf-pro/test-support.ts';
import type { NodeSandbox } from '../sandbox.ts';
import type { Ws1Access, Ws1Environment } from '../types.ts';
import { WS1_LOGINS } from './environments.ts';

export const version = (number: number): Record<string, string> => ({ accept: `application/json;version=${number}` });

let made = 0;

/** A program with name, password and an API key for administrators; the Console Administrator unless told otherwise. */
export function withKey(
  sandbox: NodeSandbox,
  environment: Ws1Environment,
  { login = WS1_LOGINS.admin, key, origin = environment.apiOrigin }: { login?: { username: string; password: string }; key?: string; origin?: string } = {},
): TestClient {
  const client = new TestClient(sandbox, origin);
  made += 1;
  client.headers = { authorization: basic(login), 'aw-tenant-code': key ?? environment.addApiKey({ service: `Test key ${made}` }).value };
  return client;
}

/** The login of a fresh admin whose role holds exactly this. */
export function adminWith(
  environment: Ws1Environment,
  { organizationGroupId, ...role }: { categories?: Record<string, Ws1Access>; permissions?: Record<string, Ws1Access>; organizationGroupId?: number },
): { username: string; password: string } {
  made += 1;
  const { name } = environment.addRole({ name: `Test role ${made}`, ...role });
  const login = { username: `test.admin${made}`, password: `Sandbox-test-${made}` };
  environment.addAdmin({ ...login, role: name, ...(organizationGroupId !== undefined && { organizationGroupId }) });
  return login;
}

/** What the role of one permission needs to be: its access follows from the name's last word. */
export const single = (...names: string[]): Record<string, Ws1Access> =>
  Object.fromEntries(names.map((name) => [name, /\bRead$|^View /.test(name) ? 'read' : 'edit']));
