import { Hono } from 'hono';
import type { Context } from 'hono';
import type { AdminaControl, AdminaSwitches } from '../types.ts';
import { type Organization, serviceId, SERVICES } from './organization.ts';

/**
 * The public API of one organization. Paths, paging and errors: https://docs.itmc.i.moneyforward.com/reference and the vendor's own clients
 * (moneyforward-i/admina-mcp-server, admina-sysutils). unverified: members that those do not read, and values of `lastExecutionStatus`; no CORS.
 */
interface PublicApiOptions {
  organization: AdminaControl['organization'];
  data: Organization;
  switches: AdminaSwitches;
  keys: { full: string; forbidden: string };
}

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 20;

export function createPublicApi({ organization, data, switches, keys }: PublicApiOptions): Hono {
  const app = new Hono();
  const refuse = (status: number, errorId: string, errorDetails: unknown = null): Response => Response.json({ errorId, errorDetails }, { status });
  const base = '/api/v1/organizations/:organization';

  app.use('*', async (c, next) => {
    const key = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (key === keys.forbidden) return refuse(403, 'forbidden');
    return key === keys.full ? await next() : refuse(401, 'unauthorized');
  });
  app.use(`${base}/*`, async (c, next) => (c.req.param('organization') === String(organization.id) ? await next() : refuse(404, 'not_found')));

  const page = (c: Context, items: readonly object[], asked: { limit?: unknown; cursor?: unknown }): Response => {
    const limit = asked.limit === undefined ? DEFAULT_LIMIT : Number(asked.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) return refuse(400, 'validation_exception', [{ path: 'limit' }]);
    const start = asked.cursor === undefined ? 0 : Number(/^after:(\d+)$/.exec(Buffer.from(String(asked.cursor), 'base64url').toString())?.[1]);
    if (!Number.isInteger(start)) return refuse(422, 'invalid_query');
    const end = start + limit;
    const nextCursor = end < items.length ? Buffer.from(`after:${end}`).toString('base64url') : null;
    return c.json({ meta: { nextCursor, totalCount: items.length, itemsPerPage: limit, currentPage: start / limit + 1, statusCode: 200, errorCode: null, errorMessage: null }, items: items.slice(start, end) });
  };
  const workspaceOf = ({ id, workspaceKey, service, status, lastRunAt }: ReturnType<Organization['rows']>[number]) => ({
    id, workspaceName: workspaceKey, lastExecutionStatus: status, lastExecutionTime: lastRunAt === null ? null : new Date(lastRunAt).toISOString(), service: { id: serviceId(service), name: service },
  });

  app.get(base, (c) => c.json({ ...organization, status: 'active', systemLanguage: switches.language }));
  app.get(`${base}/services`, (c) => {
    const keyword = c.req.query('keyword')?.toLowerCase() ?? '';
    const rows = data.rows();
    const used = SERVICES.filter((name) => name.toLowerCase().includes(keyword) && rows.some(({ service }) => service === name));
    const items = used.map((name) => ({ id: serviceId(name), name, workspaces: rows.filter(({ service }) => service === name).map(({ id, workspaceKey }) => ({ id, workspaceName: workspaceKey })) }));
    return page(c, items, c.req.query());
  });
  app.get(`${base}/services/:service/accounts`, (c) => {
    const name = SERVICES.find((one) => String(serviceId(one)) === c.req.param('service'));
    if (name === undefined) return refuse(404, 'not_found');
    const ids = c.req.query('workspaceIds')?.split(',').map(Number);
    const items = data
      .rows()
      .filter(({ id, service }) => service === name && (ids?.includes(id) ?? true))
      .flatMap((row) => (data.snapshotOf(row.id)?.accounts ?? []).map(({ id, fullName, email }) => ({ id: Number(id) || id, displayName: fullName, email, workspace: workspaceOf(row) })));
    return page(c, items, c.req.query());
  });
  // The slash is the vendor's clients'.
  for (const path of ['/workspaces/', '/workspaces']) {
    app.get(base + path, (c) =>
      c.json(data.rows().map(({ id, workspaceKey, lastRunAt }) => ({ id, organizationId: organization.id, workspaceName: workspaceKey, lastUsedAt: lastRunAt === null ? null : new Date(lastRunAt).toISOString(), isCustomWorkspace: false, peopleInCharge: [], workspaceMeta: null }))),
    );
  }
  app.post(`${base}/devices/search`, async (c) => {
    if (!switches.hasDevices) return refuse(418, 'feature_not_available');
    const asked = (await c.req.json().catch(() => null)) as { limit?: unknown; cursor?: unknown } | null;
    if (asked === null) return refuse(400, 'validation_exception');
    const devices = data.rows().flatMap(({ id }) => data.snapshotOf(id)?.devices ?? []);
    const items = [...new Map(devices.map((one) => [one.serial, one])).values()].map(({ name, serial, model }, index) => ({
      id: index + 1, fields: { 'preset.asset_number': `JMF-${index + 1}`, 'preset.serial_number': serial, 'preset.model_name': model, 'custom.name': name },
    }));
    return page(c, items, asked);
  });
  app.notFound(() => refuse(404, 'not_found'));
  return app;
}
