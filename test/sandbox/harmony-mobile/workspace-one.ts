import { z } from 'zod';
import type { GroupChoice } from './app/data.ts';

/** How the portal reaches a Workspace ONE UEM and signs its calls. */
export interface UemAccess {
  /** Origin of the server as it was typed, made regular. */
  server: string;
  username: string;
  password: string;
  apiKey: string;
  fetch: typeof fetch;
  /** ms until a server that does not answer counts as unreachable. */
  timeoutMs: number;
}

/** Why a call to the UEM failed; its message is shown to people. */
export class UemFailure extends Error {
  readonly kind: 'unreachable' | 'credentials' | 'key' | 'permission' | 'unexpected';

  constructor(kind: UemFailure['kind']) {
    super(MESSAGES[kind]);
    this.kind = kind;
  }
}

/** unverified: the dashboard's real messages. A missing right is not named, as services seldom do. */
const MESSAGES: Record<UemFailure['kind'], string> = {
  unreachable: 'Server is not reachable. Check the server address, or use a connector if the server is in your own network.',
  credentials: 'Incorrect user name or password.',
  key: 'Invalid API key.',
  permission: 'The API account has insufficient permissions.',
  unexpected: 'Unexpected response from the server.',
};

const PAGE_SIZE = 500;

const text = z.string().nullish().transform((value) => value ?? '');
const count = z.coerce.number().catch(0);
const entity = z.looseObject({ Value: z.number() });
const group = z.looseObject({ Name: text, GroupId: text, LocationGroupType: text, Devices: count, Id: entity });
const smartGroup = z.looseObject({ Name: text, SmartGroupID: z.number(), Devices: count });
const tag = z.looseObject({ TagName: text, Id: entity });
const device = z
  .looseObject({
    Id: entity,
    DeviceFriendlyName: text,
    LocationGroupId: z.looseObject({ Id: entity.nullish() }).nullish(),
    UserEmailAddress: text,
    PhoneNumber: text,
    Platform: text,
    Model: text,
    OperatingSystem: text,
  })
  .transform(
    (row): UemDevice => ({
      id: String(row.Id.Value), name: row.DeviceFriendlyName, email: row.UserEmailAddress, number: row.PhoneNumber,
      platform: row.Platform, model: row.Model, osVersion: row.OperatingSystem, groupId: row.LocationGroupId?.Id?.Value,
    }),
  );
/** unverified: whether a smart group's members come in this short form, as a public reading of Omnissa's descriptions 2410 to 2607 has it, or whole. */
const shortDevice = z
  .looseObject({ Id: z.union([z.string(), z.number()]), Name: text, Platform: text, Model: text, OSVersion: text })
  .transform((row): UemDevice => ({ id: String(row.Id), name: row.Name, email: '', number: '', platform: row.Platform, model: row.Model, osVersion: row.OSVersion, groupId: undefined }));
const member = z.union([device, shortDevice]);
const bulkAnswer = z.looseObject({ FailedItems: z.number().catch(0) });

export interface UemDevice {
  /** Number of the device in the UEM. */
  id: string;
  name: string;
  email: string;
  number: string;
  platform: string;
  model: string;
  osVersion: string;
  /** The organization group that it is in, where the UEM says so. */
  groupId: number | undefined;
}

/** One Workspace ONE UEM seen through its API. Every method throws `UemFailure`. */
export class WorkspaceOne {
  readonly #access: UemAccess;

  constructor(access: UemAccess) {
    this.#access = access;
  }

  /** Asks for everything that the wizard shows and the synchronization will read. */
  async verify(): Promise<{ organizationGroups: GroupChoice[]; smartGroups: GroupChoice[] }> {
    await this.#call('GET', '/system/info');
    const groups = await this.#groups();
    const smartGroups = await this.#all('/mdm/smartgroups/search', 'SmartGroups', smartGroup);
    await this.#call('GET', '/mdm/devices/search?page=0&pagesize=1');
    await this.tags();
    return {
      organizationGroups: groups.map(({ Id, Name, GroupId, Devices }) => ({ id: Id.Value, name: Name, code: GroupId, devices: Devices })),
      smartGroups: smartGroups.map(({ SmartGroupID, Name, Devices }) => ({ id: SmartGroupID, name: Name, code: '', devices: Devices })),
    };
  }

  /** Devices of the organization group itself: the search brings those of its children too, which Harmony Mobile leaves out. */
  async devicesOfOrganizationGroup(id: number): Promise<UemDevice[]> {
    const all = await this.#all(`/mdm/devices/search?lgid=${id}`, 'Devices', device);
    return all.filter(({ groupId }) => groupId === undefined || groupId === id);
  }

  async devicesOfSmartGroup(id: number): Promise<UemDevice[]> {
    const found = new Map<string, UemDevice>();
    // No paging is documented for this one: a page without anything new is the end, too.
    for (let page = 0; ; page += 1) {
      const known = found.size;
      const rows = rowsOf(await this.#call('GET', `/mdm/smartgroups/${id}/devices?page=${page}&pagesize=${PAGE_SIZE}`), 'Devices', member);
      for (const one of rows) found.set(one.id, one);
      if (rows.length < PAGE_SIZE || found.size === known) return [...found.values()];
    }
  }

  /** Numbers of the tags of the customer group, by name. */
  async tags(): Promise<Map<string, number>> {
    const groups = await this.#groups();
    const customer = groups.find(({ LocationGroupType }) => LocationGroupType === 'Customer') ?? groups[0];
    const query = customer === undefined ? '' : `?organizationgroupid=${customer.Id.Value}`;
    const tags = await this.#all(`/mdm/tags/search${query}`, 'Tags', tag);
    return new Map(tags.map(({ TagName, Id }) => [TagName, Id.Value]));
  }

  /** Puts a tag on devices or takes it away; returns how many the UEM did not accept. */
  async changeTag(how: 'adddevices' | 'removedevices', tagId: number, devices: readonly string[]): Promise<number> {
    let failed = 0;
    for (let start = 0; start < devices.length; start += PAGE_SIZE) {
      const values = devices.slice(start, start + PAGE_SIZE);
      const answer = await this.#call('POST', `/mdm/tags/${tagId}/${how}`, { BulkValues: { Value: values } });
      failed += bulkAnswer.safeParse(answer).data?.FailedItems ?? 0;
    }
    return failed;
  }

  async #groups(): Promise<z.output<typeof group>[]> {
    return await this.#all('/system/groups/search', 'LocationGroups', group);
  }

  /** All pages of a list; pages count from zero. */
  async #all<Row>(path: string, member: string, row: z.ZodType<Row>): Promise<Row[]> {
    const rows: Row[] = [];
    for (let page = 0; ; page += 1) {
      const answer = await this.#call('GET', `${path}${path.includes('?') ? '&' : '?'}page=${page}&pagesize=${PAGE_SIZE}`);
      const some = rowsOf(answer, member, row);
      rows.push(...some);
      if (some.length < PAGE_SIZE) return rows;
    }
  }

  /** The answer's JSON; undefined where the UEM has nothing (204). */
  async #call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const { server, username, password, apiKey, fetch, timeoutMs } = this.#access;
    const headers: Record<string, string> = {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'aw-tenant-code': apiKey,
      accept: 'application/json;version=1',
    };
    if (body !== undefined) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      response = await fetch(`${server}/api${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body), redirect: 'manual', signal });
    } catch {
      throw new UemFailure('unreachable');
    }
    const content = await response.text().catch(() => '');
    const answer = parsed(content);
    if (response.ok && (content === '' || answer !== undefined)) return answer;
    const code = z.looseObject({ errorCode: z.number() }).safeParse(answer).data?.errorCode;
    if (code === 1013) throw new UemFailure('key');
    if (code === 1005 || response.status === 401) throw new UemFailure('credentials');
    throw new UemFailure(response.status === 403 ? 'permission' : 'unexpected');
  }
}

/** The origin that a typed server address means; undefined where it is none. People paste it with path and without scheme. */
export function serverOf(address: string): string | undefined {
  const trimmed = address.trim();
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
    return url.protocol === 'https:' && url.hostname !== '' && url.username === '' ? url.origin : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the portal reaches this server by itself; all others lie in a customer's network, behind a connector. */
export function isVendorCloud(server: string): boolean {
  return /\.(awmdm\.com|airwatchportals\.com|awfed\.com)$/.test(new URL(server).hostname);
}

function rowsOf<Row>(answer: unknown, member: string, row: z.ZodType<Row>): Row[] {
  if (answer === undefined) return [];
  const found = z.looseObject({ [member]: z.array(row) }).safeParse(answer).data?.[member];
  if (found === undefined) throw new UemFailure('unexpected');
  return found;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}
