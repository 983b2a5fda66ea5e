import type { HostHandler } from '../traffic.ts';
import type { HarmonyControl, HarmonySwitches } from '../types.ts';
import { ApiKeys } from './api-keys.ts';
import { Dashboard } from './dashboard.ts';
import { createExternalApi } from './external-api.ts';
import { createPages } from './pages.ts';

export const PORTAL_HOST = 'portal.checkpoint.com';
/** Gateways of the external API, by region. */
export const GATEWAYS = { eu: 'cloudinfra-gw.portal.checkpoint.com', us: 'cloudinfra-gw-us.portal.checkpoint.com' } as const;

export interface HarmonyOptions {
  /** ms since the epoch. */
  now: () => number;
  /** Reaches the UEMs; must return redirects, or honour `redirect: 'manual'`. */
  uemFetch: typeof fetch;
  /** ms until a UEM that does not answer counts as unreachable; default 30,000. */
  uemTimeoutMs?: number;
}

export interface Harmony {
  /** By host name. */
  handlers: ReadonlyMap<string, HostHandler>;
  control: HarmonyControl;
  /** Stops what runs by the clock. */
  close(): Promise<void>;
}

/** The Infinity Portal with the Harmony Mobile dashboard of one customer, and the gateways of its external API. */
export function createHarmony({ now, uemFetch, uemTimeoutMs = 30_000 }: HarmonyOptions): Harmony {
  const switches: HarmonySwitches = { existingDevices: 0, verifyDelayMs: 0, activationMs: 3000 };
  const dashboard = new Dashboard({ now, uemFetch, switches, timeoutMs: uemTimeoutMs });
  const portalLogin = { email: 'mara.lind@juniper-labs.example', password: 'Portal-Demo-Pass-1' };
  const keys = new ApiKeys('eu');
  const gateway = `https://${GATEWAYS[keys.region]}`;
  // Made anew at every start, so that none lies in the repository.
  const apiKey = { ...keys.issue({ service: 'Harmony Mobile', role: 'Read-Only', description: 'Reporting' }), region: keys.region, gateway };

  const origin = `https://${PORTAL_HOST}`;
  const pages = createPages({ origin, now, dashboard, switches, login: portalLogin, keys, gateway });
  const handlers = new Map<string, HostHandler>([[PORTAL_HOST, (request) => pages.app.fetch(request)]]);
  for (const [region, host] of Object.entries(GATEWAYS)) {
    const api = createExternalApi({ dashboard, now, isKey: (clientId, accessKey) => keys.isKey(region, clientId, accessKey) });
    handlers.set(host, (request) => api.fetch(request));
  }

  return {
    handlers,
    control: {
      origin,
      portalLogin,
      apiKey,
      switches,
      integrations: () => dashboard.integrations().map(({ lastSyncAt: _at, tagWarnings: _warnings, connectorId: _connector, ...row }) => row),
      devices: () => dashboard.counts(),
      tagWarnings: () => dashboard.integrations().flatMap((one) => one.tagWarnings),
      receivedSecrets: () => dashboard.receivedSecrets,
      mintedSecrets: () => keys.secrets,
      settled: () => dashboard.settled(),
      endSessions: () => pages.endSessions(),
    },
    close: () => dashboard.close(),
  };
}
