import { Hono } from 'hono';
import type { IntegrationServiceControl } from '../types.ts';
import { createApi } from './api.ts';
import { createPages } from './pages.ts';
import { Store } from './store.ts';
import type { Permission } from './store.ts';
import { Syncs } from './syncs.ts';

export interface IntegrationServiceOptions {
  /** Public origin, e.g. `https://fleet-ledger.example`. */
  origin: string;
  /** ms since the epoch. */
  now: () => number;
  /** Reaches the consoles; must return redirects, or honour `redirect: 'manual'`. */
  consoleFetch: typeof fetch;
  /** In memory when left out. A stored database has its key in `<path>.key`. */
  databasePath?: string;
  /** ms until a console that does not answer counts as unreachable; default 30,000. */
  consoleTimeoutMs?: number;
}

export interface IntegrationService {
  app: Hono;
  control: IntegrationServiceControl;
  /** Resolves when no sync is running. */
  settled(): Promise<void>;
  /** Stops running syncs and closes the database. */
  close(): Promise<void>;
}

const DEMO = { id: 'larkspur', name: 'Larkspur Robotics' };
const OTHER = { id: 'cinder', name: 'Cinder Coffee' };
const ALL: Permission[] = ['integrations:read', 'integrations:write'];

/** Fleet Ledger: a whole service behind docs/integration-service-api.yaml, with its own web pages. */
export function createIntegrationService(options: IntegrationServiceOptions): IntegrationService {
  const { origin, now, consoleFetch, databasePath, consoleTimeoutMs = 30_000 } = options;
  const store = new Store({ now, databasePath });
  const syncs = new Syncs({ store, fetch: consoleFetch, now, timeoutMs: consoleTimeoutMs });
  store.addOrganization(DEMO);
  store.addOrganization(OTHER);

  const control: IntegrationServiceControl = {
    origin,
    organization: DEMO,
    // Made anew at every start, since only hashes are stored.
    apiKey: store.issueApiKey(DEMO.id, ALL),
    readOnlyApiKey: store.issueApiKey(DEMO.id, ['integrations:read']),
    otherApiKey: store.issueApiKey(OTHER.id, ALL),
    integrations: () =>
      store.listIntegrations(DEMO.id).map(({ id, console, tenant, name, dataSets, site, clientId, status, error, counts }) => ({
        id, console, tenant, name, dataSets, site, clientId, status,
        errorCode: error?.code ?? null, accounts: counts?.accounts ?? null, devices: counts?.devices ?? null,
      })),
    cors: true,
    ownHosts: true,
    requestsPerMinute: 600,
  };

  const app = new Hono();
  app.route('/', createApi({ origin, now, store, syncs, switches: control }));
  app.route('/', createPages({ origin, now, store, syncs }));
  for (const integration of store.interrupted()) syncs.restart(integration);

  return {
    app,
    control,
    settled: () => syncs.settled(),
    close: async () => {
      await syncs.close();
      store.close();
    },
  };
}
