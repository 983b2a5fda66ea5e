import { readJamf, SyncFailure } from '../integration-service/jamf-reader.ts';
import type { Snapshot } from '../integration-service/store.ts';
import type { AdminaFailure, AdminaSwitches, AdminaWorkspaceRow } from '../types.ts';
import type { Refusal, StatusRow, WorkspaceInput } from './app/data.ts';

/** Why the application does not do something. */
export class AdminaRefusal extends Error {
  readonly reason: Refusal;

  constructor(reason: Refusal) {
    super(reason);
    this.reason = reason;
  }
}

interface Workspace extends Omit<StatusRow, 'accounts' | 'devices'> {
  /** Apart from what is shown, so that no list gives it away by accident. */
  readonly secret: { value: string };
  snapshot: Snapshot | undefined;
  work: Promise<void>;
}

interface OrganizationOptions {
  now: () => number;
  consoleFetch: typeof fetch;
  switches: AdminaSwitches;
  /** ms until a console that does not answer counts as unreachable. */
  timeoutMs: number;
}

/** Also what is called nearly like Jamf, and enough others that it must be searched for. */
export const SERVICES = [
  '1Password', 'Asana', 'Atlassian', 'Backlog', 'Box', 'Chatwork', 'Cloudflare', 'Datadog', 'Docusign', 'Dropbox Business', 'Figma', 'Freshservice', 'Garoon', 'GitHub', 'GitLab', 'Google Workspace', 'HENNGE One',
  'HubSpot', 'Iru (Kandji)', 'Jamf', 'Jamf Protect', 'Jamf School', 'Kintone', 'LANSCOPE Endpoint Manager', 'LINE WORKS', 'Microsoft 365', 'Microsoft Intune', 'Notion', 'Okta', 'OneLogin', 'Salesforce', 'Slack', 'Zendesk', 'Zoom',
].sort((a, b) => Number(a.startsWith('Jamf')) - Number(b.startsWith('Jamf')));
/** Number of the service in the public API. */
export const serviceId = (name: string): number => 100 + SERVICES.indexOf(name);

/** Another service's workspace, of the name that a tenant of Jamf has too. */
const OTHER: Workspace = {
  id: 1, service: 'Slack', workspaceKey: 'acme', clientId: '', readsDevices: false, deviceGroup: '', status: 'success', error: null, lastRunAt: Date.UTC(2026, 9, 1), secret: { value: '' }, work: Promise.resolve(),
  snapshot: { accounts: [{ id: 'slack-1', username: 'mara', fullName: 'Mara Lind', email: 'mara@acme.example', accessLevel: 'member', enabled: true }], devices: null, site: null },
};

const failureCodes: Partial<Record<SyncFailure['error']['code'], AdminaFailure['code']>> = { credentials_rejected: 'credentials', privilege_missing: 'privileges', console_unreachable: 'unreachable', site_not_found: 'group' };

/** One customer's workspaces, and the runs that read them. */
export class Organization {
  readonly #options: OrganizationOptions;
  #workspaces = new Map<number, Workspace>([[OTHER.id, OTHER]]);
  readonly #received = new Set<string>();
  readonly #closing = new AbortController();
  #lastId = OTHER.id;

  constructor(options: OrganizationOptions) {
    this.#options = options;
  }

  get receivedSecrets(): string[] {
    return [...this.#received];
  }

  /** Newest first. */
  rows(): StatusRow[] {
    return [...this.#workspaces.values()].reverse().map(({ secret: _secret, snapshot, work: _work, ...row }) => ({ ...row, accounts: snapshot?.accounts?.length ?? null, devices: snapshot?.devices?.length ?? null }));
  }

  workspaces(): AdminaWorkspaceRow[] {
    return this.rows().map(({ lastRunAt: _at, ...row }) => row);
  }

  snapshotOf(id: number): Snapshot | undefined {
    return this.#workspaces.get(id)?.snapshot;
  }

  /** Adds a workspace of Jamf, and runs it. */
  add(input: WorkspaceInput): number {
    const { workspaceKey, clientId, clientSecret } = input;
    // unverified: what else than a tenant of the vendor's cloud is taken.
    if (!/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(workspaceKey)) throw new AdminaRefusal('key-invalid');
    if (clientId === '' || clientSecret === '') throw new AdminaRefusal('incomplete');
    // unverified: that the same key is refused; the vendor says that a service can have several workspaces.
    if (this.#options.switches.uniqueKeys && this.rows().some((one) => one.service === 'Jamf' && one.workspaceKey === workspaceKey)) throw new AdminaRefusal('key-taken');
    this.#lastId += 1;
    const { devices: readsDevices, deviceGroup } = input;
    const workspace: Workspace = {
      id: this.#lastId, service: 'Jamf', workspaceKey, clientId, readsDevices, deviceGroup, status: 'running', error: null, lastRunAt: null, secret: { value: clientSecret }, snapshot: undefined, work: Promise.resolve(),
    };
    this.#received.add(clientSecret);
    this.#workspaces.set(workspace.id, workspace);
    this.run(workspace.id);
    return workspace.id;
  }

  /** Changes a workspace, and runs nothing. */
  change(id: number, { clientId, clientSecret, devices: readsDevices, deviceGroup }: WorkspaceInput): void {
    if (clientId === '') throw new AdminaRefusal('incomplete');
    const workspace = this.#get(id);
    Object.assign(workspace, { clientId, readsDevices, deviceGroup });
    if (clientSecret === '') return;
    this.#received.add(clientSecret);
    workspace.secret.value = clientSecret;
  }

  run(id: number): void {
    const workspace = this.#get(id);
    workspace.status = 'running';
    workspace.error = null;
    workspace.work = workspace.work.then(async () => {
      const { status, error } = await this.#read(workspace);
      Object.assign(workspace, { status, error, lastRunAt: this.#options.now() });
    });
  }

  reset(): void {
    this.#workspaces = new Map([[OTHER.id, OTHER]]);
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#workspaces.values()].map(({ work }) => work));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #get(id: number): Workspace {
    const found = this.#workspaces.get(id);
    if (found === undefined) throw new AdminaRefusal('gone');
    return found;
  }

  async #read(workspace: Workspace): Promise<{ status: Workspace['status']; error: AdminaFailure | null }> {
    const { now, consoleFetch, switches, timeoutMs } = this.#options;
    const { workspaceKey, clientId, secret, readsDevices, deviceGroup, service } = workspace;
    if (service !== 'Jamf') return { status: 'success', error: null };
    await new Promise((resolve) => setTimeout(resolve, switches.runDelayMs));
    try {
      workspace.snapshot = await readJamf({
        address: `https://${workspaceKey}.jamfcloud.com`, clientId, clientSecret: secret.value, dataSets: readsDevices ? ['accounts', 'devices'] : ['accounts'],
        site: readsDevices && deviceGroup !== '' ? { id: '', name: deviceGroup } : null, fetch: consoleFetch, now, signal: this.#closing.signal, timeoutMs, onProgress: () => undefined,
      });
      return { status: 'success', error: null };
    } catch (error) {
      const { code, privileges = [] } = error instanceof SyncFailure ? error.error : { code: 'internal' as const };
      return { status: 'failed', error: { code: failureCodes[code] ?? 'internal', privileges } };
    }
  }
}
