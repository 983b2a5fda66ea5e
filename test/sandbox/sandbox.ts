import { getRequestListener } from '@hono/node-server';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ADMINA_API_HOST, ADMINA_HOST, createAdmina } from './admina/admina.ts';
import { createCertificate } from './certificate.ts';
import { CLOUDFLARE_HOST, createCloudflare } from './cloudflare/cloudflare.ts';
import { createHarmony, GATEWAYS, PORTAL_HOST } from './harmony-mobile/portal.ts';
import { createIntegrationService } from './integration-service/service.ts';
import { createIdentityProvider } from './jamf-pro/identity-provider.ts';
import { createJamfTenant } from './jamf-pro/tenant.ts';
import { TENANTS } from './jamf-pro/tenants.ts';
import { createMist, MIST_CLOUDS } from './juniper-mist/mist.ts';
import { createN8n, N8N_HOST } from './n8n/n8n.ts';
import { startProxy } from './proxy.ts';
import { createSandboxFetch } from './sandbox-fetch.ts';
import { createTailscale, TAILSCALE_HOST } from './tailscale/tailscale.ts';
import { Traffic } from './traffic.ts';
import type { HostHandler } from './traffic.ts';
import type { Sandbox, SandboxOptions } from './types.ts';
import { Environment } from './workspace-one/environment.ts';
import { ENVIRONMENTS } from './workspace-one/environments.ts';
import { createWorkspaceOneHosts } from './workspace-one/hosts.ts';

export const SERVICE_HOST = 'fleet-ledger.example';
export const IDENTITY_PROVIDER_HOST = 'idp.initech.example';

/** A sandbox with what only Node tests need on top. */
export interface NodeSandbox extends Sandbox {
  /** Reaches the sandbox's hosts over HTTPS without proxy or DNS; redirects are returned, not followed. */
  fetch: typeof fetch;
}

/** Starts consoles, identity provider and service: one HTTPS server on loopback, hosts told apart by the Host header, and the proxy before it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<NodeSandbox> {
  // Wall clock plus what tests added; never the monotonic clock, since tokens carry dates.
  let added = 0;
  const now = (): number => Date.now() + added;

  const handlers = new Map<string, HostHandler>();
  const identityProvider = createIdentityProvider({ origin: `https://${IDENTITY_PROVIDER_HOST}` });
  handlers.set(IDENTITY_PROVIDER_HOST, identityProvider.handle);
  const tenants = TENANTS.map((definition) =>
    createJamfTenant(
      options.largeTenantComputers !== undefined && definition.key === 'globex' ? { ...definition, computers: options.largeTenantComputers } : definition,
      { now, identityProvider },
    ),
  );
  for (const tenant of tenants) handlers.set(new URL(tenant.origin).host, tenant.handle);
  const environments = ENVIRONMENTS.map(
    (definition) => new Environment(definition.key === 'cn1234' ? { ...definition, devices: options.largeEnvironmentDevices ?? definition.devices } : definition, now),
  );
  for (const [host, handler] of createWorkspaceOneHosts(environments)) handlers.set(host, handler);

  const vendorHosts = [ADMINA_HOST, ADMINA_API_HOST, TAILSCALE_HOST, MIST_CLOUDS.global.host, MIST_CLOUDS.eu.host, CLOUDFLARE_HOST, N8N_HOST];
  const hosts = [...handlers.keys(), SERVICE_HOST, PORTAL_HOST, ...Object.values(GATEWAYS), ...vendorHosts];
  const { key, cert, spki } = await createCertificate(['*.jamfcloud.com', '*.awmdm.com', ...hosts.map((host) => host.replace(/:\d+$/, ''))]);
  const traffic = new Traffic(now);
  const listener = getRequestListener(
    (request, wire) => traffic.handle(request, wire as Parameters<Traffic['handle']>[1], handlers.get(new URL(request.url).host)),
    // Overriding the process's Request and Response would leak into the tests that run in the same process.
    { overrideGlobalObjects: false },
  );
  const server = createServer({ key, cert }, (incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.httpsPort ?? 0, '127.0.0.1', resolve));
  const httpsPort = (server.address() as AddressInfo).port;

  const sandboxFetch = createSandboxFetch({ port: httpsPort, cert, hosts });
  const service = createIntegrationService({ origin: `https://${SERVICE_HOST}`, now, consoleFetch: sandboxFetch });
  handlers.set(SERVICE_HOST, (request, env) => service.app.fetch(request, env));
  const harmony = createHarmony({ now, uemFetch: sandboxFetch });
  for (const [host, handler] of harmony.handlers) handlers.set(host, handler);
  const vendor = { now, consoleFetch: sandboxFetch };
  const tailscale = createTailscale(vendor);
  const mist = createMist(MIST_CLOUDS.global, vendor);
  const mistEu = createMist(MIST_CLOUDS.eu, vendor);
  const cloudflare = createCloudflare(vendor);
  const n8n = createN8n(vendor);
  for (const { control, handle } of [tailscale, mist, mistEu, cloudflare, n8n]) handlers.set(new URL(control.origin).host, handle);
  const admina = createAdmina(vendor);
  for (const [host, handler] of admina.handlers) handlers.set(host, handler);

  const proxy = await startProxy({ port: options.proxyPort ?? 0, target: httpsPort, hosts });

  return {
    httpsPort,
    proxyPort: proxy.port,
    spki,
    hosts,
    fetch: sandboxFetch,
    tenant: (name) => {
      const found = tenants.find((tenant) => tenant.key === name);
      if (found === undefined) throw new Error(`No tenant ${name} in the sandbox`);
      return found;
    },
    ws1: (name) => {
      const found = environments.find(({ key: one }) => one === name);
      if (found === undefined) throw new Error(`No environment ${name} in the sandbox`);
      return found;
    },
    service: service.control,
    harmony: harmony.control,
    tailscale: tailscale.control,
    mist: mist.control,
    mistEu: mistEu.control,
    cloudflare: cloudflare.control,
    n8n: n8n.control,
    admina: admina.control,
    requests: () => traffic.records,
    clearRequests: () => traffic.clearRecords(),
    refusedHosts: () => proxy.refusedHosts,
    fault: (fault) => traffic.fault(fault),
    hold: (match) => traffic.hold(match),
    clearFaults: () => traffic.clearFaults(),
    advance: (ms) => {
      added += ms;
    },
    close: async () => {
      traffic.clearFaults();
      await proxy.close();
      await service.close();
      await harmony.close();
      await admina.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
