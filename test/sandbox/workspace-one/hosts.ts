import type { HostHandler } from '../traffic.ts';
import { createApi } from './api.ts';
import { createConsolePages } from './console-pages.ts';
import type { Environment } from './environment.ts';
import { createTokenService, TOKEN_REGIONS } from './token-service.ts';

/** Handlers of all hosts of these environments by host name: console and API of each, and the token service of every region. */
export function createWorkspaceOneHosts(environments: readonly Environment[]): Map<string, HostHandler> {
  const handlers = new Map<string, HostHandler>();
  for (const environment of environments) {
    const api = createApi(environment);
    // The console's host answers the API too, on SaaS as on own hosts [Omnissa's Bruno collection 2604: "set YOUR_API_SERVER to cn1831.awmdm.com"].
    const isApi = (request: Request): boolean => /^\/api(\/|$)/i.test(new URL(request.url).pathname);
    const pages = createConsolePages(environment);
    handlers.set(new URL(environment.apiOrigin).host, (request) => api(request));
    handlers.set(new URL(environment.origin).host, (request, env) => (isApi(request) ? api(request) : pages(request, env)));
  }
  for (const region of TOKEN_REGIONS) {
    const service = createTokenService(environments.filter(({ definition }) => definition.tokenRegion === region));
    handlers.set(`${region}.uemauth.workspaceone.com`, (request) => service.fetch(request));
  }
  return handlers;
}
