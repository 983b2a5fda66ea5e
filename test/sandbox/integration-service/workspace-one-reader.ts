import { z } from 'zod';
import { ConsoleRefusal, openConsole } from '../console-client.ts';
import { SyncFailure, type JamfReadOptions } from './jamf-reader.ts';
import type { Account, ApiPlace, Device, Snapshot } from './store.ts';

export type Ws1ReadOptions = Omit<JamfReadOptions, 'address' | 'site' | 'now' | 'timeoutMs'> & ApiPlace;

/** The API clamps larger pages to it. */
const PAGE_SIZE = 500;

const words = z.string().nullish().transform((value) => value ?? '');
const id = z.union([z.number(), z.string(), z.looseObject({ Value: z.number() }).transform(({ Value }) => Value)]).transform(String);
const admins = z.looseObject({
  Admins: z.array(z.looseObject({ Id: id, UserName: words, FirstName: words, LastName: words, Email: words, Roles: z.array(z.looseObject({ Name: words })).nullish() })),
  Total: z.number(),
});
const devices = z.looseObject({
  Devices: z.array(z.looseObject({ Id: id, DeviceFriendlyName: words, SerialNumber: words, Model: words, Platform: words, OperatingSystem: words, UserName: words, LocationGroupName: words })),
  Total: z.number(),
});

/** Reads the asked data sets of one Workspace ONE UEM tenant with an OAuth client. Throws `SyncFailure`. */
export async function readWorkspaceOne({ apiAddress, dataSets, signal, onProgress, ...credentials }: Ws1ReadOptions): Promise<Snapshot> {
  onProgress({ step: 'credentials', done: 0, total: null });
  const get = await openConsole(credentials).catch((thrown: unknown) => {
    throw explain(thrown, new SyncFailure('credentials_rejected', 'The console refused the client id and secret.'));
  });

  async function list<Page extends { Total: number }, Row>(path: string, right: string, schema: z.ZodType<Page>, rowsOf: (page: Page) => Row[]): Promise<Row[]> {
    const rows: Row[] = [];
    for (let page = 0; ; page += 1) {
      signal.throwIfAborted();
      const body = await get(`${apiAddress}/api${path}?page=${page}&pagesize=${PAGE_SIZE}`).catch((thrown: unknown) => {
        throw explain(thrown, new SyncFailure('privilege_missing', `The console refused ${path}.`, [right]));
      });
      // Nothing found: 204.
      if (body === undefined) return rows;
      const found = schema.safeParse(body);
      if (!found.success) throw new SyncFailure('console_error', 'The console answered in an unknown form.');
      const more = rowsOf(found.data);
      rows.push(...more);
      onProgress({ step: 'reading', done: rows.length, total: found.data.Total });
      if (rows.length >= found.data.Total || more.length === 0) return rows;
    }
  }

  const accounts = dataSets.includes('accounts')
    ? (await list('/system/admins/search', 'API > REST > Admins', admins, ({ Admins }) => Admins)).map(
        (row): Account => ({ id: row.Id, username: row.UserName, fullName: `${row.FirstName} ${row.LastName}`.trim(), email: row.Email, accessLevel: row.Roles?.[0]?.Name ?? '', enabled: true }),
      )
    : null;
  const found = dataSets.includes('devices')
    ? (await list('/mdm/devices/search', 'API > REST > Devices', devices, ({ Devices }) => Devices)).map(
        (row): Device => ({
          kind: 'mobile', id: row.Id, name: row.DeviceFriendlyName, serial: row.SerialNumber, model: row.Model, os: `${row.Platform} ${row.OperatingSystem}`.trim(),
          user: row.UserName, site: row.LocationGroupName, building: '', department: '',
        }),
      )
    : null;
  return { accounts, devices: found, site: null };
}

/** @param refused where the console said no */
function explain(thrown: unknown, refused: SyncFailure): unknown {
  if (!(thrown instanceof ConsoleRefusal)) return thrown;
  const { status } = thrown;
  if (status === undefined) return new SyncFailure('console_unreachable', 'The console did not answer.');
  if (status === 429) return new SyncFailure('rate_limited', 'The console asked to slow down.');
  return status === 400 || status === 401 || status === 403 ? refused : new SyncFailure('console_error', `The console answered with status ${status}.`);
}
