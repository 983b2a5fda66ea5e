import { Hono } from 'hono';
import type { AddRoute, ApiEnv } from './api-route.ts';
import { addAccountRoutes } from './api-accounts.ts';
import { addAuthRoutes } from './api-auth.ts';
import { addInventoryRoutes } from './api-inventory.ts';
import { addRoleAndClientRoutes } from './api-roles-and-clients.ts';
import { ApiError, forbidden, notFound } from './errors.ts';
import { JAMF_VERSION } from './tenant-state.ts';
import type { TenantState } from './tenant-state.ts';

/** The Jamf Pro API of a tenant. Paths, privileges and status codes: [D] vendor OpenAPI 11.30. */
export function createApi(tenant: TenantState): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>().basePath('/api');

  const add: AddRoute = (method, path, access, handler) => {
    app.on(method, path, async (c) => {
      if (access !== 'open') {
        const caller = tenant.sessions.getApiCaller(c.req.raw);
        if (access !== 'any-caller' && !tenant.sessions.privilegesOf(caller, c.env.node).has(access)) throw forbidden(tenant.switches.missingPrivilegeStatus);
        c.set('caller', caller);
      }
      return await handler(c);
    });
  };

  add('GET', '/v1/health-check', 'open', (c) => c.body(null, 204));
  // Without sign-in by the schema; unverified on a live tenant.
  add('GET', '/v1/cloud-information', 'open', (c) =>
    c.json({
      cloudInstance: true,
      rampInstance: false,
      fedRampInstance: false,
      govCloudInstance: false,
      managedServiceProviderInstance: false,
      highComplianceInstance: false,
      fipsEnabled: false,
    }),
  );
  add('GET', '/v1/jamf-pro-version', 'any-caller', (c) => c.json({ version: JAMF_VERSION }));
  add('GET', '/v2/jamf-pro-information', 'any-caller', (c) =>
    c.json({
      vppTokenEnabled: true,
      depAccountEnabled: true,
      byodEnabled: false,
      userMigrationEnabled: false,
      cloudDeploymentsEnabled: true,
      patchEnabled: true,
      ssoSamlEnabled: tenant.definition.signIn === 'sso',
      smtpEnabled: true,
    }),
  );
  add('GET', '/v1/jamf-pro-server-url', 'Read JSS URL', (c) => c.json({ url: tenant.origin + tenant.context }));
  addAuthRoutes(add, tenant);
  addRoleAndClientRoutes(add, tenant);
  addAccountRoutes(add, tenant);
  addInventoryRoutes(add, tenant);

  // What does not exist is told only to those who may be here.
  app.notFound((c) => {
    tenant.sessions.getApiCaller(c.req.raw);
    throw notFound(c.req.path);
  });
  app.onError((error) => {
    if (error instanceof ApiError) return error.toResponse();
    throw error;
  });
  return app;
}
