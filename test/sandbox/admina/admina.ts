import { randomBytes } from 'node:crypto';
import type { HostHandler } from '../traffic.ts';
import type { AdminaControl, AdminaSwitches } from '../types.ts';
import { Organization } from './organization.ts';
import { createPages } from './pages.ts';
import { createPublicApi } from './public-api.ts';

export const ADMINA_HOST = 'itmc.i.moneyforward.com';
export const ADMINA_API_HOST = 'api.itmc.i.moneyforward.com';

export interface AdminaOptions {
  /** ms since the epoch. */
  now: () => number;
  /** Reaches the consoles; must return redirects, or honour `redirect: 'manual'`. */
  consoleFetch: typeof fetch;
  /** ms until a console that does not answer counts as unreachable; default 30,000. */
  consoleTimeoutMs?: number;
}

export interface Admina {
  /** By host name. */
  handlers: ReadonlyMap<string, HostHandler>;
  control: AdminaControl;
  close(): Promise<void>;
}

/** Admina by Money Forward for one organization: the web application and the public API. */
export function createAdmina({ now, consoleFetch, consoleTimeoutMs = 30_000 }: AdminaOptions): Admina {
  const switches: AdminaSwitches = { language: 'ja', hasDevices: true, uniqueKeys: true, runDelayMs: 0 };
  const organization = { id: 4711, name: '彗星商事', uniqueName: 'suisei' };
  const login = { email: 'it-admin@suisei.example', password: 'Admina-Demo-Pass-1' };
  const data = new Organization({ now, consoleFetch, switches, timeoutMs: consoleTimeoutMs });
  // Made anew at every start, so that none lies in the repository.
  const keys = { full: randomBytes(24).toString('base64url'), forbidden: randomBytes(24).toString('base64url') };
  const origin = `https://${ADMINA_HOST}`;
  const pages = createPages({ origin, now, organization, data, switches, login });
  const api = createPublicApi({ organization, data, switches, keys });
  return {
    handlers: new Map<string, HostHandler>([
      [ADMINA_HOST, (request) => pages.app.fetch(request)],
      [ADMINA_API_HOST, (request) => api.fetch(request)],
    ]),
    control: {
      origin,
      apiOrigin: `https://${ADMINA_API_HOST}`,
      organization,
      login,
      apiKey: keys.full,
      forbiddenApiKey: keys.forbidden,
      switches,
      workspaces: () => data.workspaces(),
      reset: () => data.reset(),
      receivedSecrets: () => data.receivedSecrets,
      settled: () => data.settled(),
      endSessions: () => pages.endSessions(),
    },
    close: () => data.close(),
  };
}
