import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../../failure.ts';
import { Secret } from '../../vault/secret.ts';
import { exchange } from '../http.ts';
import { gateways, type Region } from './facts.ts';

/*
 * Harmony Mobile's public API at the Infinity Portal's gateway: read alone, with an API key that the admin may give after the hand-over.
 * Called by the background. Shapes: https://github.com/SEKOIA-IO/automation-library (Checkpoint), https://github.com/chronicle/content-hub
 * (harmony_mobile). unverified: HTTP statuses of what is refused.
 */

/** An Infinity Portal API key for the service "Harmony Mobile". */
export interface InfinityPortalKey {
  clientId: string;
  accessKey: Secret;
  region: Region;
}

/** Devices that the dashboard knows. One whose status or risk has no name here counts in the total alone. */
export interface DeviceStatusReport {
  total: number;
  byStatus: { provisioned: number; active: number; inactive: number; processing: number };
  byRisk: { none: number; low: number; medium: number; high: number };
}

/** Characters; a page of devices is a few hundred kB. */
const answerLimit = 10_000_000;
/** Devices asked for at once; the answer says what it gives. unverified: how many the gateway gives. */
const pageSize = 500;
/** Pages at most, should a list have no end. */
const mostPages = 1000;

const authPath = '/auth/external';
const devicesPath = '/app/SBM/external_api/v1/device_status/';

const authAnswer = z.object({ data: z.object({ token: z.string().check(z.minLength(1)) }) });
/** unverified: whether the codes come as numbers or as texts. */
const code = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((value) => String(value)),
);
const devicePage = z.object({
  meta: z.object({ next: z.nullish(z.string()), total_count: z.nullish(z.number()) }),
  objects: z.array(z.object({ status: z.nullish(code), risk: z.nullish(code) })),
});
/** The gateway's own no, which may come with any status. */
const refusal = z.object({ success: z.literal(false), message: z.optional(z.string()), forceLogout: z.optional(z.boolean()) });

const statuses: Readonly<Record<string, keyof DeviceStatusReport['byStatus']>> = { '-1': 'processing', 0: 'provisioned', 1: 'active', 4: 'inactive' };
const risks: Readonly<Record<string, keyof DeviceStatusReport['byRisk']>> = { 0: 'none', 1: 'low', 2: 'medium', 3: 'high' };

/**
 * Counts all devices by status and risk.
 * @throws {KeyferryError} service-key-refused, service-key-unfit, service-unreachable, service-busy, service-refused, service-answer-unreadable
 */
export async function readDeviceStatus(key: InfinityPortalKey, signal: AbortSignal): Promise<DeviceStatusReport> {
  const report: DeviceStatusReport = { total: 0, byStatus: { provisioned: 0, active: 0, inactive: 0, processing: 0 }, byRisk: { none: 0, low: 0, medium: 0, high: 0 } };
  let token = await authenticate(key, signal);
  for (let page = 0; page < mostPages; page++) {
    const path = `${devicesPath}?${new URLSearchParams({ limit: String(pageSize), offset: String(report.total), format: 'json' }).toString()}`;
    let answer = await request(key, 'GET', path, { token, signal });
    if (isExpired(answer)) {
      token = await authenticate(key, signal);
      answer = await request(key, 'GET', path, { token, signal });
    }
    const { meta, objects } = readOrFail(devicePage, answer, key, devicesPath);
    for (const { status, risk } of objects) {
      report.total++;
      const byStatus = statuses[status ?? ''];
      const byRisk = risks[risk ?? ''];
      if (byStatus) report.byStatus[byStatus]++;
      if (byRisk) report.byRisk[byRisk]++;
    }
    // The next page is asked for by its place: where an answer points to is not followed.
    const isLast = meta.next === null || (meta.next === undefined && (meta.total_count == null ? objects.length < pageSize : report.total >= meta.total_count));
    if (isLast || objects.length === 0) break;
  }
  return report;
}

async function authenticate(key: InfinityPortalKey, signal: AbortSignal): Promise<Secret> {
  const answer = await request(key, 'POST', authPath, { body: { clientId: key.clientId, accessKey: key.accessKey.reveal() }, signal });
  if ([400, 401, 403].includes(answer.status) || z.safeParse(refusal, answer.json).success) throw new KeyferryError('service-key-refused', { host: hostOf(key) });
  return new Secret(readOrFail(authAnswer, answer, key, authPath).data.token);
}

interface Answer {
  status: number;
  json: unknown;
}

const hostOf = ({ region }: InfinityPortalKey): string => new URL(gateways[region]).host;

async function request(key: InfinityPortalKey, method: 'GET' | 'POST', path: string, { token, body, signal }: { token?: Secret; body?: object; signal: AbortSignal }): Promise<Answer> {
  // Nothing is changed by asking, whatever the method.
  return await exchange({ url: gateways[key.region] + path, method, headers: token ? { Authorization: `Bearer ${token.reveal()}` } : {}, body, signal, certainty: 'not-done', limit: answerLimit });
}

const isExpired = ({ status, json }: Answer): boolean => status === 401 || z.safeParse(refusal, json).data?.forceLogout === true;

/** Nothing was changed by asking, so it can be asked again. */
function readOrFail<T>(schema: z.ZodMiniType<T>, answer: Answer, key: InfinityPortalKey, where: string): T {
  const host = hostOf(key);
  if (isExpired(answer)) throw new KeyferryError('service-key-refused', { host });
  // The key is good, and not for this service or with too small a role.
  if (answer.status === 403) throw new KeyferryError('service-key-unfit', { host });
  const said = z.safeParse(refusal, answer.json);
  if (answer.status >= 400 || said.success) throw new KeyferryError('service-refused', { host, where, status: String(answer.status), reason: (said.data?.message ?? '').slice(0, 300), code: '' });
  return parseOrFail(schema, answer.json, 'service-answer-unreadable', where);
}
