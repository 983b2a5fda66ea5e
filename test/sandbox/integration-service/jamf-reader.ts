import { z } from 'zod';
import type { Account, DataSet, Device, Site, Snapshot, SyncError } from './store.ts';

/** Why a sync ended without data; its message is shown to people. */
export class SyncFailure extends Error {
  readonly error: SyncError;

  constructor(code: SyncError['code'], message: string, privileges?: string[]) {
    super(message);
    this.error = { code, message, ...(privileges && { privileges }) };
  }
}

/** `done` and `total` count accounts and devices, before the site filter. */
export interface Progress {
  step: 'credentials' | 'privileges' | 'reading';
  done: number;
  total: number | null;
}

export interface JamfReadOptions {
  address: string;
  clientId: string;
  clientSecret: string;
  dataSets: DataSet[];
  /** Without an id the name tells. */
  site: Site | null;
  fetch: typeof fetch;
  now: () => number;
  /** Aborted when the result is no longer wanted. */
  signal: AbortSignal;
  /** ms until a console that does not answer counts as unreachable. */
  timeoutMs: number;
  onProgress: (progress: Progress) => void;
}

const PAGE_SIZE = 1000;

const id = z.union([z.string(), z.number()]).transform(String);
const words = z.string().nullish().transform((value) => value ?? '');
const named = z.looseObject({ id, name: words });

const tokenAnswer = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() });
const page = z.looseObject({ totalCount: z.number(), results: z.array(z.unknown()) });
const account = z.looseObject({ id, username: words, realname: words, email: words, siteId: id.nullish(), accessLevel: words, accountStatus: words });
const userAndLocation = z.looseObject({ username: words, buildingId: id.nullish(), departmentId: id.nullish() }).nullish();
const hardware = z.looseObject({ serialNumber: words, model: words }).nullish();
const computer = z.looseObject({
  id,
  general: z.looseObject({ name: words, site: z.looseObject({ id: id.nullish() }).nullish() }),
  hardware,
  operatingSystem: z.looseObject({ name: words, version: words }).nullish(),
  userAndLocation,
});
const mobileDevice = z.looseObject({
  mobileDeviceId: id,
  deviceType: words,
  general: z.looseObject({ displayName: words, siteId: id.nullish(), osVersion: words }),
  hardware,
  userAndLocation,
});

/** One list of the console. `paths` newest first: an older console answers 404 to the newer. */
interface Source {
  privilege: string;
  what: string;
  paths: string[];
  /** Undefined where the list comes whole, as a plain array. */
  query: string | undefined;
}

const DEVICE_SECTIONS = 'section=GENERAL&section=HARDWARE&section=USER_AND_LOCATION';
const SITES: Source = { privilege: 'Read Sites', what: 'sites', paths: ['/api/v1/sites'], query: undefined };
const ACCOUNTS: Source = { privilege: 'Read Accounts', what: 'accounts', paths: ['/api/v1/accounts'], query: 'sort=id:asc' };
const BUILDINGS: Source = { privilege: 'Read Buildings', what: 'buildings', paths: ['/api/v1/buildings'], query: 'sort=id:asc' };
const DEPARTMENTS: Source = { privilege: 'Read Departments', what: 'departments', paths: ['/api/v1/departments'], query: 'sort=id:asc' };
const COMPUTERS: Source = {
  privilege: 'Read Computers',
  what: 'computers',
  paths: ['v4', 'v3', 'v1'].map((version) => `/api/${version}/computers-inventory`),
  query: `${DEVICE_SECTIONS}&section=OPERATING_SYSTEM&sort=id:asc`,
};
const MOBILE_DEVICES: Source = {
  privilege: 'Read Mobile Devices',
  what: 'mobile devices',
  paths: ['/api/v2/mobile-devices/detail'],
  query: `${DEVICE_SECTIONS}&sort=mobileDeviceId:asc`,
};

/** Reads the asked data sets of one Jamf Pro tenant. Throws `SyncFailure`. */
export async function readJamf(options: JamfReadOptions): Promise<Snapshot> {
  const { site, onProgress } = options;
  const wantsAccounts = options.dataSets.includes('accounts');
  const wantsDevices = options.dataSets.includes('devices');

  onProgress({ step: 'credentials', done: 0, total: null });
  const session = new JamfSession(options);
  await session.signIn();

  // First pages before the rest: a missing privilege shows at once, and all of them together.
  onProgress({ step: 'privileges', done: 0, total: null });
  const missing: Source[] = [];
  const open = async (source: Source, wanted: boolean): Promise<Listing> => {
    const listing = new Listing(session, source);
    if (wanted && !(await listing.readFirst())) missing.push(source);
    return listing;
  };
  const accounts = await open(ACCOUNTS, wantsAccounts);
  const sites = await open(SITES, wantsDevices);
  const buildings = await open(BUILDINGS, wantsDevices);
  const departments = await open(DEPARTMENTS, wantsDevices);
  const computers = await open(COMPUTERS, wantsDevices);
  const mobileDevices = await open(MOBILE_DEVICES, wantsDevices);
  if (missing.length > 0) {
    const refused = missing.map(({ what }) => what).join(', ');
    throw new SyncFailure('privilege_missing', `The console refused to list ${refused}.`, missing.map(({ privilege }) => privilege));
  }

  let foundSite = site;
  if (site !== null && wantsDevices) {
    foundSite = parse(z.array(named), sites.records).find((candidate) => (site.id === '' ? candidate.name === site.name : candidate.id === site.id)) ?? null;
    if (foundSite === null) throw new SyncFailure('site_not_found', 'The console has no site with this id.');
    foundSite = { id: foundSite.id, name: foundSite.name || site.name };
  }

  const counted = [accounts, computers, mobileDevices];
  const report = (): void => onProgress({ step: 'reading', done: sum(counted, (one) => one.records.length), total: sum(counted, (one) => one.total) });
  for (const listing of [accounts, buildings, departments, computers, mobileDevices]) await listing.readRest(report);

  const inSite = (siteId: string | null | undefined): boolean => foundSite === null || siteId === foundSite.id;
  const siteNames = namesOf(sites.records);
  const buildingNames = namesOf(buildings.records);
  const departmentNames = namesOf(departments.records);
  const place = (where: z.output<typeof userAndLocation>): Pick<Device, 'user' | 'building' | 'department'> => ({
    user: where?.username ?? '',
    building: buildingNames.get(where?.buildingId ?? '') ?? '',
    department: departmentNames.get(where?.departmentId ?? '') ?? '',
  });

  const accountRows = parse(z.array(account), accounts.records)
    .map((row): Account => ({
      id: row.id, username: row.username, fullName: row.realname, email: row.email, accessLevel: row.accessLevel, enabled: row.accountStatus !== 'Disabled',
    }));
  const computerRows = parse(z.array(computer), computers.records)
    .filter((row) => inSite(row.general.site?.id))
    .map((row): Device => ({
      kind: 'computer', id: row.id, name: row.general.name, serial: row.hardware?.serialNumber ?? '', model: row.hardware?.model ?? '',
      os: [row.operatingSystem?.name, row.operatingSystem?.version].filter(Boolean).join(' '),
      site: siteNames.get(row.general.site?.id ?? '') ?? '', ...place(row.userAndLocation),
    }));
  const mobileRows = parse(z.array(mobileDevice), mobileDevices.records)
    .filter((row) => inSite(row.general.siteId))
    .map((row): Device => ({
      kind: 'mobile', id: row.mobileDeviceId, name: row.general.displayName, serial: row.hardware?.serialNumber ?? '', model: row.hardware?.model ?? '',
      os: [row.deviceType, row.general.osVersion].filter(Boolean).join(' '),
      site: siteNames.get(row.general.siteId ?? '') ?? '', ...place(row.userAndLocation),
    }));

  return {
    accounts: wantsAccounts ? unique(accountRows) : null,
    devices: wantsDevices ? [...unique(computerRows), ...unique(mobileRows)] : null,
    site: foundSite,
  };
}

/** The records of one source, read page by page. */
class Listing {
  readonly #session: JamfSession;
  readonly #source: Source;
  #path = '';
  #pages = 0;
  records: unknown[] = [];
  total = 0;

  constructor(session: JamfSession, source: Source) {
    this.#session = session;
    this.#source = source;
  }

  /** False where the console refused, that is, where the privilege is missing. */
  async readFirst(): Promise<boolean> {
    for (const path of this.#source.paths) {
      this.#path = path;
      const status = await this.#readPage();
      if (status === 401 || status === 403) return false;
      if (status === 200) return true;
    }
    throw new SyncFailure('console_error', `The console does not know how to list ${this.#source.what}.`);
  }

  async readRest(report: () => void): Promise<void> {
    report();
    while (this.records.length < this.total) {
      const before = this.records.length;
      const status = await this.#readPage();
      if (status === 401 || status === 403) {
        throw new SyncFailure('privilege_missing', `The console refused to list ${this.#source.what}.`, [this.#source.privilege]);
      }
      // Deleted while we read: nothing more will come.
      if (status !== 200 || this.records.length === before) break;
      report();
    }
  }

  /** Returns 200, 401, 403 or 404; throws for anything else. */
  async #readPage(): Promise<number> {
    const { query } = this.#source;
    const answer = await this.#session.get(query === undefined ? this.#path : `${this.#path}?page=${this.#pages}&page-size=${PAGE_SIZE}&${query}`);
    if (answer.status !== 200) return answer.status;
    const { totalCount, results } = Array.isArray(answer.body) ? { totalCount: answer.body.length, results: answer.body } : parse(page, answer.body);
    this.records.push(...(results as unknown[]));
    this.total = totalCount;
    this.#pages += 1;
    return 200;
  }
}

/** A signed-in client of one console: token, renewal, and the cookies that keep it on one node of a cluster. */
class JamfSession {
  readonly #options: JamfReadOptions;
  readonly #cookies = new Map<string, string>();
  #token = '';
  #expiresAt = 0;

  constructor(options: JamfReadOptions) {
    this.#options = options;
  }

  async signIn(): Promise<void> {
    const { clientId, clientSecret } = this.#options;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    const ask = (path: string): Promise<Response> => this.#fetch(path, { method: 'POST', body });
    let response = await ask('/api/v1/oauth/token');
    // Jamf Pro before 11.x knows only the old path.
    if (response.status === 404) response = await ask('/api/oauth/token');
    if (response.status === 400 || response.status === 401 || response.status === 403) {
      throw new SyncFailure('credentials_rejected', 'The console refused the client id and secret.');
    }
    assertUsable(response, [200]);
    const answer = parse(tokenAnswer, await readJson(response));
    this.#token = answer.access_token;
    this.#expiresAt = this.#options.now() + answer.expires_in * 1000;
  }

  /** Status 200, 401, 403 or 404 with the JSON body of a 200; throws `SyncFailure` for anything else. */
  async get(path: string): Promise<{ status: number; body: unknown }> {
    // A long sync outlives a short token.
    if (this.#options.now() >= this.#expiresAt) await this.signIn();
    const ask = (): Promise<Response> => this.#fetch(path, { headers: { authorization: `Bearer ${this.#token}` } });
    let response = await ask();
    if (response.status === 401) {
      // Expired early, or a missing privilege: some consoles say 401 for that too. A fresh token tells them apart.
      await this.signIn();
      response = await ask();
    }
    assertUsable(response, [200, 401, 403, 404]);
    return { status: response.status, body: response.status === 200 ? await readJson(response) : undefined };
  }

  async #fetch(path: string, init: { method?: string; body?: URLSearchParams; headers?: Record<string, string> }): Promise<Response> {
    const headers = new Headers({ accept: 'application/json', ...init.headers });
    if (this.#cookies.size > 0) headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const signal = AbortSignal.any([this.#options.signal, AbortSignal.timeout(this.#options.timeoutMs)]);
    try {
      // A redirect could lead the credentials to another host.
      const response = await this.#options.fetch(this.#options.address + path, { ...init, headers, signal, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) this.#cookies.set(name.trim(), value);
      }
      return response;
    } catch {
      throw new SyncFailure('console_unreachable', 'The console did not answer.');
    }
  }
}

function assertUsable(response: Response, usable: number[]): void {
  if (usable.includes(response.status)) return;
  if (response.status === 429) throw new SyncFailure('rate_limited', 'The console asked to slow down.');
  throw new SyncFailure('console_error', `The console answered with status ${response.status}.`);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new SyncFailure('console_error', 'The console answered with something other than JSON.');
  }
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new SyncFailure('console_error', 'The console answered in an unknown form.');
}

function namesOf(records: unknown[]): Map<string, string> {
  return new Map(parse(z.array(named), records).map((record) => [record.id, record.name]));
}

/** Records may move to the next page while we read. */
function unique<Row extends { id: string }>(rows: Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function sum<Item>(items: Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
