import * as z from 'zod/mini';
import { KeyferryError, parseOrFail } from '../../failure.ts';
import type { Secret } from '../../vault/secret.ts';
import { categories, failureOf, isPage, isUnknownCall, readQuota, readRefusal, whereOf, type Answer, type Call, type Quota } from './api-errors.ts';
import { readApiKey } from './key.ts';

/*
 * Workspace ONE UEM's REST API, called from the background, without cookies. Shapes: Omnissa's OpenAPI 2604 and recorded replies,
 * read loosely: a call that has no version 2 answers in the shape of version 1, whatever was asked for.
 */

/** ms; below the 30 s after which Chromium stops a background that waits for a response. */
const answerTimeout = 20_000;
/** The API clamps larger pages to it. */
const pageSize = 500;
/** More rows than any list here has; against a server that pages for ever. */
const mostPages = 100;

export type UemCredentials = { kind: 'basic'; username: string; password: Secret; key: Secret } | { kind: 'bearer'; token: Secret };

export interface ApiOptions {
  /** Scheme, host and what stands before `/api`: see `apiCandidates`. */
  base: string;
  credentials: UemCredentials;
  signal: AbortSignal;
  /** Called once for each request. */
  count: () => void;
  fetch?: typeof fetch;
}

/** An organization group. `uuid`, `level` and `parent` where the answer has them. */
export interface UemGroup {
  id: number;
  uuid: string | undefined;
  name: string;
  /** What users type to enroll: `ACME`. */
  groupId: string;
  /** `Customer`, `Container`, … */
  type: string;
  /** 0 = the topmost that this account sees. */
  level: number | undefined;
  parent: number | undefined;
}
export interface UemSmartGroup {
  id: number;
  uuid: string | undefined;
  name: string;
  devices: number;
}
/** Version 1 knows tags by id, version 2 by uuid. */
export interface UemTag {
  id: number | undefined;
  uuid: string | undefined;
  name: string;
}
export interface UemAdmin {
  id: number | undefined;
  uuid: string | undefined;
  username: string;
  roles: { name: string; id: number | undefined; uuid: string | undefined; groupId: number | undefined; groupUuid: string | undefined }[];
}
/** A group as calls name it; some take the id only, some the uuid only. */
export type GroupRef = Pick<UemGroup, 'id' | 'uuid'>;
export interface NewAdmin {
  username: string;
  password: Secret;
  firstName: string;
  lastName: string;
  email: string;
  group: GroupRef;
  /** Without id and uuid the console has to find it by its name. // unverified: whether it does. */
  role: { name: string; id?: number | undefined; uuid?: string | undefined; group: GroupRef };
}

const int = z.pipe(z.union([z.number(), z.string().check(z.regex(/^\d{1,15}$/))]), z.transform(Number));
const entityId = z.union([int, z.pipe(z.object({ Value: int }), z.transform(({ Value }) => Value))]);
const text = z.nullish(z.string());

const info = z.object({ ProductName: text, ProductVersion: text });
const group = z.object({
  Id: entityId,
  Uuid: text,
  Name: z.string(),
  GroupId: text,
  LocationGroupType: text,
  LgLevel: z.nullish(int),
  ParentLocationGroup: z.nullish(z.object({ Id: z.nullish(entityId) })),
});
const groups = z.union([z.object({ OrganizationGroups: z.array(group), TotalResults: int }), z.object({ LocationGroups: z.array(group), Total: int })]);
const smartGroups = z.object({
  SmartGroups: z.array(z.object({ SmartGroupID: int, SmartGroupUuid: text, Name: z.string(), Devices: z.nullish(int) })),
  Total: int,
});
const total = z.object({ Total: int });
const tags = z.union([
  z.object({ tags: z.array(z.object({ uuid: z.string(), name: z.string() })), total: int }),
  z.object({ Tags: z.array(z.object({ Id: entityId, Uuid: text, TagName: z.string() })), Total: int }),
]);
const newTag = z.union([z.object({ tag_uuid: z.string() }), z.object({ Value: int })]);
const admins = z.union([
  z.object({
    admins: z.array(
      z.object({
        uuid: text,
        username: z.string(),
        roles: z.nullish(z.array(z.object({ uuid: text, Name: text, name: text, LocationGroupId: z.nullish(int), organizationGroupUuid: text }))),
      }),
    ),
    Total: int,
  }),
  z.object({
    Admins: z.array(
      z.object({
        Id: z.nullish(entityId),
        Uuid: text,
        UserName: z.string(),
        Roles: z.nullish(z.array(z.object({ Id: z.nullish(int), Uuid: text, Name: text, LocationGroupId: z.nullish(int), OrganizationGroupUuid: text }))),
      }),
    ),
    Total: int,
  }),
]);
const created = z.object({ Value: int });
const keys = z.object({
  api_keys: z.nullish(z.array(z.object({ service_name: z.string(), api_key: text, id: z.nullish(int), uuid: text }))),
  oauth_clients: z.nullish(z.array(z.object({ oauth_client_name: z.string(), oauth_client_id: z.string() }))),
});

const toGroup = (row: z.infer<typeof group>): UemGroup => ({
  id: row.Id,
  uuid: row.Uuid ?? undefined,
  name: row.Name,
  groupId: row.GroupId ?? '',
  type: row.LocationGroupType ?? '',
  level: row.LgLevel ?? undefined,
  parent: row.ParentLocationGroup?.Id ?? undefined,
});

function toAdmins(page: z.infer<typeof admins>): { rows: UemAdmin[]; total: number } {
  if ('admins' in page) {
    const rows = page.admins.map(({ uuid, username, roles }) => ({
      id: undefined,
      uuid: uuid ?? undefined,
      username,
      roles: (roles ?? []).map((role) => ({
        name: role.Name ?? role.name ?? '',
        id: undefined,
        uuid: role.uuid ?? undefined,
        groupId: role.LocationGroupId ?? undefined,
        groupUuid: role.organizationGroupUuid ?? undefined,
      })),
    }));
    return { rows, total: page.Total };
  }
  const rows = page.Admins.map(({ Id, Uuid, UserName, Roles }) => ({
    id: Id ?? undefined,
    uuid: Uuid ?? undefined,
    username: UserName,
    roles: (Roles ?? []).map((role) => ({
      name: role.Name ?? '',
      id: role.Id ?? undefined,
      uuid: role.Uuid ?? undefined,
      groupId: role.LocationGroupId ?? undefined,
      groupUuid: role.OrganizationGroupUuid ?? undefined,
    })),
  }));
  return { rows, total: page.Total };
}

/** RFC 7617: user-id and password as UTF-8, then base64; btoa takes bytes only. */
function basic(username: string, password: Secret): string {
  const bytes = new TextEncoder().encode(`${username}:${password.reveal()}`);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export type WorkspaceOneApi = ReturnType<typeof createWorkspaceOneApi>;

/**
 * The REST API for one account. Every method throws {@link KeyferryError}; a write that may have happened although it failed says so
 * (`certainty: 'unknown'`). Lists are empty where the API answers 204.
 */
export function createWorkspaceOneApi({ base, credentials, signal, count, fetch: send = fetch }: ApiOptions) {
  const host = new URL(base).host;
  const secrets: Secret[] = credentials.kind === 'basic' ? [credentials.password, credentials.key] : [credentials.token];
  /** "Tenant code … does not identify": the vendor quotes what it was given. */
  const scrub = (words: string): string => secrets.map((secret) => secret.reveal()).reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '****')), words);
  const caller = { host, account: credentials.kind === 'basic' ? credentials.username : '', scrub };
  let quota: Quota | undefined;

  function authorization(): Record<string, string> {
    if (credentials.kind === 'bearer') return { Authorization: `Bearer ${credentials.token.reveal()}` };
    const key = credentials.key.reveal();
    // What no header can hold is no key, and an exception of the browser would quote it.
    if (!/^[\x21-\x7e]+$/.test(key)) throw new KeyferryError('uem-key-refused', { host });
    return { 'Authorization': `Basic ${basic(credentials.username, credentials.password)}`, 'aw-tenant-code': key };
  }

  async function ask(call: Call): Promise<Answer> {
    const headers = { Accept: `application/json;version=${call.version}`, ...authorization(), ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }) };
    count();
    try {
      const response = await send(`${base}/api${call.path}`, {
        method: call.method,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]),
        headers,
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
      const answer = { status: response.status, contentType: response.headers.get('content-type') ?? '', text: await response.text(), quota: readQuota(response.headers) };
      quota = answer.quota ?? quota;
      return answer;
    } catch {
      throw new KeyferryError('console-unreachable', { where: whereOf(call), host, status: '' }, call.method === 'GET' ? 'not-done' : 'unknown');
    }
  }

  /** Newer versions first, older ones where the server does not know the newer. */
  async function askFirst(...calls: [Call, ...Call[]]): Promise<[Call, Answer]> {
    const [call, ...older] = calls;
    const answer = await ask(call);
    const [next, ...rest] = older;
    return next && isUnknownCall(answer) ? askFirst(next, ...rest) : [call, answer];
  }

  function succeed(call: Call, answer: Answer): void {
    if (answer.status < 200 || answer.status >= 300 || isPage(answer)) throw failureOf(call, answer, caller);
  }

  /** `undefined` for 204: nothing found. */
  function read<T>(schema: z.ZodMiniType<T>, call: Call, answer: Answer): T | undefined {
    succeed(call, answer);
    if (answer.status === 204) return undefined;
    let json: unknown;
    try {
      json = JSON.parse(answer.text);
    } catch {
      throw new KeyferryError('console-answer-unreadable', { where: whereOf(call), host, field: '(whole)', problem: 'not JSON' }, call.method === 'GET' ? 'not-done' : 'unknown');
    }
    return parseOrFail(schema, json, 'console-answer-unreadable', whereOf(call));
  }

  /** For answers that are never empty. */
  function readOne<T>(schema: z.ZodMiniType<T>, call: Call, answer: Answer): T {
    const value = read(schema, call, answer);
    if (value === undefined) throw new KeyferryError('console-answer-unreadable', { where: whereOf(call), host, field: '(whole)', problem: 'empty' }, call.method === 'GET' ? 'not-done' : 'unknown');
    return value;
  }

  /** All pages of a list. @param calls one page by its zero-based number, newest version first */
  async function readAll<T, Row>(schema: z.ZodMiniType<T>, calls: (page: number) => [Call, ...Call[]], rowsOf: (page: T) => { rows: Row[]; total: number }): Promise<Row[]> {
    const all: Row[] = [];
    for (let page = 0; page < mostPages; page++) {
      const [call, answer] = await askFirst(...calls(page));
      const value = read(schema, call, answer);
      if (value === undefined) break;
      const { rows, total: wanted } = rowsOf(value);
      all.push(...rows);
      if (rows.length === 0 || all.length >= wanted) break;
    }
    return all;
  }

  const get = (path: string, query: Record<string, string | number | undefined>, version: Call['version'], needs: Call['needs']): Call => {
    const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value).toWellFormed()]]));
    return { method: 'GET', path: given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`, version, needs };
  };
  const write = (method: Call['method'], path: string, version: Call['version'], needs: Call['needs'], body?: unknown): Call => ({
    method,
    path,
    version,
    needs,
    ...(body === undefined ? {} : { body }),
  });
  const id = (value: number | string): string => encodeURIComponent(String(value));

  async function searchAdmins(query: { username?: string; role?: string }): Promise<UemAdmin[]> {
    const at = (page: number): [Call, Call] => {
      const all = { ...query, page, pagesize: pageSize };
      return [get('/system/admins/search', all, 2, categories.admins), get('/system/admins/search', all, 1, categories.admins)];
    };
    return readAll(admins, at, toAdmins);
  }

  /** By uuid where it is known, else by id; the first with version 2. */
  function forAdmin({ uuid, id: number }: Pick<UemAdmin, 'id' | 'uuid'>, v2: (uuid: string) => Call, v1: (id: number) => Call): [Call, ...Call[]] {
    const older = number === undefined ? [] : [v1(number)];
    const [first, ...rest] = uuid === undefined ? older : [v2(uuid), ...older];
    if (!first) throw new Error('an admin without id and uuid');
    return [first, ...rest];
  }

  return {
    /** What the last answer said about the day's calls. */
    get quota(): Quota | undefined {
      return quota;
    },

    async readSystemInfo(): Promise<{ product: string; version: string }> {
      const call = get('/system/info', {}, 1, categories.system);
      const { ProductName, ProductVersion } = readOne(info, call, await ask(call));
      return { product: ProductName ?? '', version: ProductVersion ?? '' };
    },

    async searchGroups(query: { name?: string; groupId?: string } = {}): Promise<UemGroup[]> {
      const at = (page: number): [Call, Call] => {
        const all = { name: query.name, groupid: query.groupId, page, pagesize: pageSize };
        return [get('/system/groups/search', all, 2, categories.groups), get('/system/groups/search', all, 1, categories.groups)];
      };
      return readAll(groups, at, (page) =>
        'OrganizationGroups' in page ? { rows: page.OrganizationGroups.map(toGroup), total: page.TotalResults } : { rows: page.LocationGroups.map(toGroup), total: page.Total },
      );
    },

    /** The group itself, first, and all below it, with their parents. */
    async listChildren(groupId: number): Promise<UemGroup[]> {
      const call = get(`/system/groups/${id(groupId)}/children`, {}, 1, categories.groups);
      return (read(z.array(group), call, await ask(call)) ?? []).map(toGroup);
    },

    async searchSmartGroups(query: { name?: string; groupId?: number } = {}): Promise<UemSmartGroup[]> {
      const at = (page: number): [Call] => [get('/mdm/smartgroups/search', { name: query.name, organizationgroupid: query.groupId, page, pagesize: pageSize }, 1, categories.groups)];
      return readAll(smartGroups, at, ({ SmartGroups, Total }) => ({
        rows: SmartGroups.map((row) => ({ id: row.SmartGroupID, uuid: row.SmartGroupUuid ?? undefined, name: row.Name, devices: row.Devices ?? 0 })),
        total: Total,
      }));
    },

    /** How many devices this account sees. @param groupId in one organization group and below */
    async countDevices(groupId?: number): Promise<number> {
      const call = get('/mdm/devices/search', { lgid: groupId, page: 0, pagesize: 1 }, 2, categories.devices);
      return read(total, call, await ask(call))?.Total ?? 0;
    },

    async searchTags({ id: groupId, uuid }: GroupRef, name?: string): Promise<UemTag[]> {
      const at = (page: number): [Call, ...Call[]] => {
        const older = get('/mdm/tags/search', { organizationgroupid: groupId, name, page, pagesize: pageSize }, 1, categories.tags);
        return uuid === undefined ? [older] : [get('/mdm/tags/search', { 'organization-group-uuid': uuid, 'search_text': name, page, 'page_size': pageSize }, 2, categories.tags), older];
      };
      return readAll(tags, at, (page): { rows: UemTag[]; total: number } =>
        'tags' in page
          ? { rows: page.tags.map((tag) => ({ id: undefined, uuid: tag.uuid, name: tag.name })), total: page.total }
          : { rows: page.Tags.map((tag) => ({ id: tag.Id, uuid: tag.Uuid ?? undefined, name: tag.TagName })), total: page.Total },
      );
    },

    /** A tag for devices. One that is there already is a success, too. */
    async addTag(name: string, { id: groupId, uuid }: GroupRef): Promise<'added' | 'was there'> {
      const older = write('POST', '/mdm/tags/addtag', 1, categories.tags, { TagName: name, TagType: 'Device', LocationGroupId: groupId });
      const newer = { tag_name: name, organization_group_uuid: uuid };
      const [call, answer] = await (uuid === undefined ? askFirst(older) : askFirst(write('POST', '/mdm/tags', 3, categories.tags, newer), older));
      // "1012: Tag name: … already exists."
      if (answer.status === 409) return 'was there';
      readOne(newTag, call, answer);
      return 'added';
    },

    searchAdmins,

    /** By the whole name; the console's search also gives names that contain it. Names differ by more than their case. */
    async findAdmin(username: string): Promise<UemAdmin | undefined> {
      return (await searchAdmins({ username })).find((admin) => admin.username.toLowerCase() === username.toLowerCase());
    },

    /** A local administrator that only has the one role; nothing is sent to its address. */
    async addAdmin({ username, password, firstName, lastName, email, group: at, role }: NewAdmin): Promise<number> {
      secrets.push(password);
      const v2 = {
        username, password: password.reveal(), firstName, lastName, email, organizationGroupId: at.id, organizationGroupUuid: at.uuid, isActiveDirectoryUser: false, requiresPasswordChange: false,
        roles: [{ name: role.name, id: role.id, uuid: role.uuid, organizationGroupId: role.group.id, organizationGroupUuid: role.group.uuid }],
      };
      const v1 = {
        UserName: username, Password: password.reveal(), FirstName: firstName, LastName: lastName, Email: email, LocationGroupId: String(at.id), OrganizationGroupUuid: at.uuid,
        IsActiveDirectoryUser: false, RequiresPasswordChange: false, MessageType: 'None',
        Roles: [{ Name: role.name, Id: role.id, Uuid: role.uuid, LocationGroupId: String(role.group.id), OrganizationGroupUuid: role.group.uuid }],
      };
      const [call, answer] = await askFirst(write('POST', '/system/admins', 2, categories.admins, v2), write('POST', '/system/admins/addadminuser', 1, categories.admins, v1));
      return readOne(created, call, answer).Value;
    },

    /** One that is gone already is a success where the API says so by 404. // unverified: it may say 400, as for a missing right; look first. */
    async deleteAdmin(admin: Pick<UemAdmin, 'id' | 'uuid'>): Promise<void> {
      const calls = forAdmin(admin, (uuid) => write('DELETE', `/system/admins/${id(uuid)}`, 2, categories.admins), (number) => write('DELETE', `/system/admins/${id(number)}/delete`, 1, categories.admins));
      const [call, answer] = await askFirst(...calls);
      if (answer.status !== 404 || readRefusal(answer).code === undefined) succeed(call, answer);
    },

    // unverified: that the new password is all that the body needs.
    async changePassword(admin: Pick<UemAdmin, 'id' | 'uuid'>, password: Secret): Promise<void> {
      secrets.push(password);
      const body = { Password: password.reveal() };
      const calls = forAdmin(admin, (uuid) => write('PUT', `/system/admins/${id(uuid)}/password`, 2, categories.admins, body), (number) => write('POST', `/system/admins/${id(number)}/changepassword`, 1, categories.admins, body));
      const [call, answer] = await askFirst(...calls);
      succeed(call, answer);
    },

    /** REST API keys and OAuth clients of an organization group. `key` is `masked` where the answer hides it. */
    async readApiKeys(groupUuid: string): Promise<{ keys: { service: string; key: Secret | 'masked' | undefined }[]; clients: { name: string; clientId: string }[] }> {
      const call = get(`/system/v2/groups/${id(groupUuid)}/api-keys`, {}, 1, categories.keys);
      const value = read(keys, call, await ask(call));
      return {
        keys: (value?.api_keys ?? []).map((row) => ({ service: row.service_name, key: readApiKey(row.api_key ?? '') })),
        clients: (value?.oauth_clients ?? []).map((row) => ({ name: row.oauth_client_name, clientId: row.oauth_client_id })),
      };
    },
  };
}
