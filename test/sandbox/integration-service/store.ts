import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import type { IntegrationCreate, IntegrationUpdate } from './input.ts';
import { Sealer, hashApiKey } from './sealing.ts';

export type Permission = 'integrations:read' | 'integrations:write';
export type DataSet = 'accounts' | 'devices';

export interface Organization {
  id: string;
  name: string;
}
export interface Site {
  id: string;
  name: string;
}
export interface SyncError {
  code: 'credentials_rejected' | 'privilege_missing' | 'console_unreachable' | 'console_error' | 'site_not_found' | 'rate_limited' | 'internal';
  message: string;
  privileges?: string[];
}
export interface Counts {
  accounts: number | null;
  devices: number | null;
}

/** An integration as stored, without its secret. Times in ms since the epoch. */
export interface Integration {
  /** Order of creation; what cursors stand on. */
  seq: number;
  id: string;
  organizationId: string;
  console: string;
  tenant: string;
  address: string;
  name: string;
  dataSets: DataSet[];
  site: Site | null;
  clientId: string;
  status: 'connecting' | 'connected' | 'failed';
  error: SyncError | null;
  counts: Counts | null;
  lastSyncAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** Where a console's API and its tokens are, where that does not follow from its address. */
export interface ApiPlace {
  tokenUrl: string;
  apiAddress: string;
}

export interface Account {
  id: string;
  username: string;
  fullName: string;
  email: string;
  accessLevel: string;
  enabled: boolean;
}
export interface Device {
  kind: 'computer' | 'mobile';
  id: string;
  name: string;
  serial: string;
  model: string;
  os: string;
  user: string;
  site: string;
  building: string;
  department: string;
}

/** What a sync read; null for a data set that was not asked for. */
export interface Snapshot {
  accounts: Account[] | null;
  devices: Device[] | null;
  /** The site as the console names it now. */
  site: Site | null;
}

/** One screen of a list. */
export interface Page<Row> {
  rows: Row[];
  total: number;
}

const HOUR = 3_600_000;
/** The contract promises 24 h. */
const KEYS_REMEMBERED = 48 * HOUR;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS organizations (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS api_keys (hash TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations, permissions TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS integrations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, organization_id TEXT NOT NULL REFERENCES organizations,
    console TEXT NOT NULL, tenant TEXT NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL, data_sets TEXT NOT NULL, site TEXT NOT NULL,
    client_id TEXT NOT NULL, sealed_secret BLOB NOT NULL, api TEXT NOT NULL, status TEXT NOT NULL, error TEXT NOT NULL DEFAULT 'null', counts TEXT NOT NULL DEFAULT 'null',
    last_sync_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    UNIQUE (organization_id, console, tenant)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS idempotency_keys (
    organization_id TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, integration_id TEXT NOT NULL, created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS accounts (
    integration_id TEXT NOT NULL REFERENCES integrations (id) ON DELETE CASCADE, id TEXT NOT NULL, username TEXT NOT NULL, full_name TEXT NOT NULL,
    email TEXT NOT NULL, access_level TEXT NOT NULL, enabled INTEGER NOT NULL, PRIMARY KEY (integration_id, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS devices (
    integration_id TEXT NOT NULL REFERENCES integrations (id) ON DELETE CASCADE, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
    serial TEXT NOT NULL, model TEXT NOT NULL, os TEXT NOT NULL, user TEXT NOT NULL, site TEXT NOT NULL, building TEXT NOT NULL, department TEXT NOT NULL,
    PRIMARY KEY (integration_id, kind, id)
  ) STRICT;
`;

/** Everything that the service remembers, in one SQLite database. */
export class Store {
  readonly #db: DatabaseSync;
  readonly #sealer: Sealer;
  readonly #now: () => number;

  constructor(options: { now: () => number; databasePath?: string | undefined }) {
    this.#now = options.now;
    this.#sealer = new Sealer(options.databasePath);
    this.#db = new DatabaseSync(options.databasePath ?? ':memory:');
    // Deleted credentials must not linger in free pages.
    this.#db.exec(`PRAGMA secure_delete = ON; ${SCHEMA}`);
  }

  close(): void {
    this.#db.close();
  }

  addOrganization(organization: Organization): void {
    this.#run('INSERT OR REPLACE INTO organizations (id, name) VALUES (?, ?)', organization.id, organization.name);
  }

  organizations(): Organization[] {
    return this.#all<Organization>('SELECT id, name FROM organizations ORDER BY name');
  }

  /** Makes a new key; only its hash is kept. */
  issueApiKey(organizationId: string, permissions: Permission[]): string {
    const key = `fl_${randomBytes(30).toString('base64url')}`;
    this.#run('INSERT INTO api_keys (hash, organization_id, permissions) VALUES (?, ?, ?)', hashApiKey(key), organizationId, JSON.stringify(permissions));
    return key;
  }

  findApiKey(key: string): { organization: Organization; permissions: Permission[] } | undefined {
    const [row] = this.#all<{ id: string; name: string; permissions: string }>(
      'SELECT o.id, o.name, k.permissions FROM api_keys k JOIN organizations o ON o.id = k.organization_id WHERE k.hash = ?',
      hashApiKey(key),
    );
    return row && { organization: { id: row.id, name: row.name }, permissions: JSON.parse(row.permissions) as Permission[] };
  }

  /** Newest first. `before` is the `seq` to start below; `like` searches names, tenants and addresses. */
  listIntegrations(
    organizationId: string,
    query: { console?: string | undefined; tenant?: string | undefined; before?: number | undefined; limit?: number; like?: string } = {},
  ): Integration[] {
    const like = `%${escapeLike(query.like ?? '')}%`;
    return this.#integrations(
      `WHERE organization_id = :org AND (:console IS NULL OR console = :console) AND (:tenant IS NULL OR tenant = :tenant)
         AND (:before IS NULL OR seq < :before) AND (name || ' ' || address || ' ' || console) LIKE :like ESCAPE '\\' ORDER BY seq DESC LIMIT :limit`,
      { org: organizationId, console: query.console ?? null, tenant: query.tenant ?? null, before: query.before ?? null, like, limit: query.limit ?? -1 },
    );
  }

  findIntegration(organizationId: string, id: string): Integration | undefined {
    return this.#integrations('WHERE organization_id = :org AND id = :id', { org: organizationId, id })[0];
  }

  /** Integrations whose sync a stop of the process interrupted. */
  interrupted(): Integration[] {
    return this.#integrations("WHERE status = 'connecting'", {});
  }

  /** Decides and creates in one step, so that two requests with one key cannot both create. */
  createIntegration(
    organizationId: string,
    key: string,
    body: IntegrationCreate,
  ): { outcome: 'created' | 'replayed'; integration: Integration } | { outcome: 'reused' } | { outcome: 'deleted' | 'exists'; integrationId: string } {
    const fingerprint = this.#sealer.fingerprint(body);
    const now = this.#now();
    this.#run('DELETE FROM idempotency_keys WHERE created_at < ?', now - KEYS_REMEMBERED);
    const [used] = this.#all<{ fingerprint: string; integrationId: string }>(
      'SELECT fingerprint, integration_id AS integrationId FROM idempotency_keys WHERE organization_id = ? AND key = ?',
      organizationId,
      key,
    );
    if (used !== undefined) {
      if (used.fingerprint !== fingerprint) return { outcome: 'reused' };
      const integration = this.findIntegration(organizationId, used.integrationId);
      return integration ? { outcome: 'replayed', integration } : { outcome: 'deleted', integrationId: used.integrationId };
    }
    const [existing] = this.listIntegrations(organizationId, { console: body.console, tenant: body.tenant });
    if (existing !== undefined) return { outcome: 'exists', integrationId: existing.id };

    const id = `int_${randomBytes(8).toString('hex')}`;
    this.#transaction(() => {
      this.#run(
        `INSERT INTO integrations (id, organization_id, console, tenant, address, name, data_sets, site, client_id, sealed_secret, api, status, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'connecting', ?, ?)`,
        id, organizationId, body.console, body.tenant, body.address, body.name, JSON.stringify(body.dataSets), JSON.stringify(body.site),
        body.credentials.clientId, this.#sealer.seal(body.credentials.clientSecret), apiOf(body.credentials), now, now,
      );
      this.#run('INSERT INTO idempotency_keys VALUES (?, ?, ?, ?, ?)', organizationId, key, fingerprint, id, now);
    });
    return { outcome: 'created', integration: this.#get(id) };
  }

  /** Sets the given fields; the caller starts the sync. */
  updateIntegration(id: string, body: IntegrationUpdate): Integration {
    this.#transaction(() => {
      if (body.name !== undefined) this.#run('UPDATE integrations SET name = ? WHERE id = ?', body.name, id);
      if (body.dataSets !== undefined) this.#run('UPDATE integrations SET data_sets = ? WHERE id = ?', JSON.stringify(body.dataSets), id);
      if (body.site !== undefined) this.#run('UPDATE integrations SET site = ? WHERE id = ?', JSON.stringify(body.site), id);
      if (body.credentials !== undefined) {
        const { clientId, clientSecret } = body.credentials;
        this.#run('UPDATE integrations SET client_id = ?, sealed_secret = ?, api = ? WHERE id = ?', clientId, this.#sealer.seal(clientSecret), apiOf(body.credentials), id);
      }
      this.markConnecting(id);
    });
    return this.#get(id);
  }

  deleteIntegration(id: string): void {
    this.#run('DELETE FROM integrations WHERE id = ?', id);
  }

  markConnecting(id: string): Integration {
    this.#run("UPDATE integrations SET status = 'connecting', error = 'null', updated_at = ? WHERE id = ?", this.#now(), id);
    return this.#get(id);
  }

  credentials(id: string): { clientSecret: string; api: ApiPlace | null } {
    const [row] = this.#all<{ sealed: Uint8Array; api: string }>('SELECT sealed_secret AS sealed, api FROM integrations WHERE id = ?', id);
    if (row === undefined) throw new Error('No such integration');
    return { clientSecret: this.#sealer.open(row.sealed), api: JSON.parse(row.api) as ApiPlace | null };
  }

  failSync(id: string, error: SyncError): void {
    const now = this.#now();
    this.#run("UPDATE integrations SET status = 'failed', error = ?, last_sync_at = ?, updated_at = ? WHERE id = ?", JSON.stringify(error), now, now, id);
  }

  /** Replaces what was read before, all or nothing. */
  finishSync(id: string, snapshot: Snapshot): void {
    const now = this.#now();
    const counts: Counts = { accounts: snapshot.accounts?.length ?? null, devices: snapshot.devices?.length ?? null };
    this.#transaction(() => {
      this.#run('DELETE FROM accounts WHERE integration_id = ?', id);
      this.#run('DELETE FROM devices WHERE integration_id = ?', id);
      const account = this.#db.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?)');
      for (const row of snapshot.accounts ?? []) account.run(id, row.id, row.username, row.fullName, row.email, row.accessLevel, row.enabled ? 1 : 0);
      const device = this.#db.prepare('INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
      for (const row of snapshot.devices ?? []) {
        device.run(id, row.kind, row.id, row.name, row.serial, row.model, row.os, row.user, row.site, row.building, row.department);
      }
      this.#run(
        "UPDATE integrations SET status = 'connected', error = 'null', counts = ?, site = ?, last_sync_at = ?, updated_at = ? WHERE id = ?",
        JSON.stringify(counts), JSON.stringify(snapshot.site), now, now, id,
      );
    });
  }

  accounts(query: ListQuery): Page<Account & { source: string }> {
    const { rows, total } = this.#list<Omit<Account, 'enabled'> & { enabled: number; source: string }>(
      'accounts',
      'r.id, username, full_name AS fullName, email, access_level AS accessLevel, enabled, i.name AS source',
      "(username || ' ' || full_name || ' ' || email)",
      'username COLLATE NOCASE, r.id',
      query,
    );
    return { rows: rows.map((row) => ({ ...row, enabled: row.enabled === 1 })), total };
  }

  devices(query: ListQuery): Page<Device & { source: string }> {
    return this.#list(
      'devices',
      'kind, r.id, r.name, serial, model, os, user, r.site, building, department, i.name AS source',
      "(r.name || ' ' || serial || ' ' || model || ' ' || user || ' ' || building || ' ' || department)",
      'r.name COLLATE NOCASE, r.id',
      query,
    );
  }

  #list<Row>(table: 'accounts' | 'devices', columns: string, searched: string, order: string, query: ListQuery): Page<Row> {
    const from = `FROM ${table} r JOIN integrations i ON i.id = r.integration_id
      WHERE i.organization_id = ? AND (? IS NULL OR i.id = ?) AND ${searched} LIKE ? ESCAPE '\\'`;
    const args = [query.organizationId, query.integrationId ?? null, query.integrationId ?? null, `%${escapeLike(query.like)}%`];
    const total = this.#all<{ total: number }>(`SELECT count(*) AS total ${from}`, ...args)[0]?.total ?? 0;
    return { rows: this.#all<Row>(`SELECT ${columns} ${from} ORDER BY ${order} LIMIT ? OFFSET ?`, ...args, query.limit, query.offset), total };
  }

  #get(id: string): Integration {
    const [found] = this.#integrations('WHERE id = :id', { id });
    if (found === undefined) throw new Error('No such integration');
    return found;
  }

  #integrations(where: string, args: Record<string, SQLInputValue>): Integration[] {
    const rows = this.#db
      .prepare(
        `SELECT seq, id, organization_id AS organizationId, console, tenant, address, name, data_sets AS dataSets, site, client_id AS clientId, status, error,
           counts, last_sync_at AS lastSyncAt, created_at AS createdAt, updated_at AS updatedAt FROM integrations ${where}`,
      )
      .all(args) as unknown as (Omit<Integration, 'dataSets' | 'site' | 'error' | 'counts'> & Record<'dataSets' | 'site' | 'error' | 'counts', string>)[];
    return rows.map((row) => ({
      ...row,
      dataSets: JSON.parse(row.dataSets) as DataSet[],
      site: JSON.parse(row.site) as Site | null,
      error: JSON.parse(row.error) as SyncError | null,
      counts: JSON.parse(row.counts) as Counts | null,
    }));
  }

  #run(sql: string, ...args: SQLInputValue[]): void {
    this.#db.prepare(sql).run(...args);
  }

  #all<Row>(sql: string, ...args: SQLInputValue[]): Row[] {
    return this.#db.prepare(sql).all(...args) as unknown as Row[];
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

export interface ListQuery {
  organizationId: string;
  /** Left out: of all integrations. */
  integrationId?: string | undefined;
  like: string;
  limit: number;
  offset: number;
}

function apiOf({ tokenUrl, apiAddress }: IntegrationCreate['credentials']): string {
  return JSON.stringify(tokenUrl === undefined || apiAddress === undefined ? null : ({ tokenUrl, apiAddress } satisfies ApiPlace));
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
