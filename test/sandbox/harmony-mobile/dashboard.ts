import { randomUUID } from 'node:crypto';
import type { HarmonyControl, HarmonyDeviceStatus, HarmonyRisk, HarmonySwitches } from '../types.ts';
import type { DeviceRow, IntegrationCard, ServerDetails, SyncSettings, Verified } from './app/data.ts';
import { isVendorCloud, serverOf, UemFailure, WorkspaceOne } from './workspace-one.ts';
import type { UemDevice } from './workspace-one.ts';

/** Why the dashboard does not do something; shown to people. `integrationId` = the one that stands in the way. */
export class DashboardRefusal extends Error {
  readonly integrationId: string | undefined;

  constructor(message: string, integrationId?: string) {
    super(message);
    this.integrationId = integrationId;
  }
}

export interface Device extends UemDevice {
  /** Number in Harmony Mobile. */
  internalId: number;
  integrationId: string | undefined;
  status: HarmonyDeviceStatus;
  risk: HarmonyRisk;
  /** Sandbox clock, ms: when it became known, and when its app reports for the first time. */
  addedAt: number;
  reportsAt: number;
  /** Tags that the UEM was told of, by kind. */
  tagged: { status?: string; risk?: string };
}

interface Integration extends Omit<IntegrationCard, 'devices' | 'usesConnector'> {
  /** Apart from what is shown, so that no list gives it away by accident. */
  readonly secrets: { password: string; apiKey: string };
  members: Map<string, Device>;
  /** Synchronizations and tagging, one after the other. */
  work: Promise<void>;
}

interface DashboardOptions {
  now: () => number;
  uemFetch: typeof fetch;
  switches: HarmonySwitches;
  /** ms until a UEM that does not answer counts as unreachable. */
  timeoutMs: number;
}

export const CONNECTORS = [
  { id: 'connector-1', name: 'HQ-DMZ-Connector' },
  { id: 'connector-2', name: 'Branch-Connector' },
];
/** How often the dashboard looks for what is due, ms. */
const TICK_MS = 250;
const HOUR_MS = 3_600_000;
const STATUSES: readonly HarmonyDeviceStatus[] = ['Processing', 'Provisioned', 'Active', 'Inactive'];
const RISKS: readonly HarmonyRisk[] = ['None', 'Low', 'Medium', 'High'];

/** The dashboard of one customer: its integrations, its devices, and the work that keeps them in step with the UEM. */
export class Dashboard {
  readonly #options: DashboardOptions;
  readonly #integrations = new Map<string, Integration>();
  readonly #verifications = new Map<string, { details: ServerDetails; server: string; integrationId: string | undefined }>();
  readonly #received = new Set<string>();
  readonly #ticker: NodeJS.Timeout;
  #lastDeviceId = 1000;
  #closed = false;

  constructor(options: DashboardOptions) {
    this.#options = options;
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    this.#ticker.unref();
  }

  get receivedSecrets(): string[] {
    return [...this.#received];
  }

  integrations(): IntegrationCard[] {
    return [...this.#integrations.values()].map(({ secrets: _secrets, work: _work, members, ...card }) => ({ ...card, usesConnector: card.connectorId !== null, devices: members.size }));
  }

  /** Every device, those of no integration first. */
  devices(): Device[] {
    const existing = Array.from({ length: this.#options.switches.existingDevices }, (_none, index) => existingDevice(index));
    return [...existing, ...[...this.#integrations.values()].flatMap(({ members }) => [...members.values()])];
  }

  counts(): ReturnType<HarmonyControl['devices']> {
    const devices = this.devices();
    const by = <Name extends string>(names: readonly Name[], of: (one: Device) => Name): Record<Name, number> => {
      const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
      for (const one of devices) counts[of(one)] += 1;
      return counts;
    };
    return { total: devices.length, byStatus: by(STATUSES, ({ status }) => status), byRisk: by(RISKS, ({ risk }) => risk) };
  }

  /** Removes all devices; those of an integration come back with its next synchronization. */
  deleteDevices(): void {
    this.#options.switches.existingDevices = 0;
    for (const { members } of this.#integrations.values()) members.clear();
  }

  /** Calls the UEM with the given credentials. `integrationId` = the integration being edited, whose password and key fill what was left empty. */
  async verify(details: ServerDetails, integrationId: string | undefined): Promise<Verified> {
    for (const secret of [details.password, details.apiKey]) if (secret !== '') this.#received.add(secret);
    const server = serverOf(details.server);
    if (server === undefined) throw new DashboardRefusal('Enter the server address as https://server.example.com.');
    const same = [...this.#integrations.values()].find((one) => one.server === server && one.id !== integrationId);
    if (same !== undefined) throw new DashboardRefusal(`The integration "${same.displayName}" already uses this server. Edit that integration instead.`, same.id);
    const stored = integrationId === undefined ? undefined : this.#get(integrationId).secrets;
    const complete = { ...details, password: details.password || (stored?.password ?? ''), apiKey: details.apiKey || (stored?.apiKey ?? '') };
    await new Promise((resolve) => setTimeout(resolve, this.#options.switches.verifyDelayMs));
    const groups = await this.#uem(server, complete).verify();
    const verification = randomUUID();
    this.#verifications.set(verification, { details: complete, server, integrationId });
    return { verification, ...groups };
  }

  /** Creates or changes the integration that was verified, and starts its synchronization. Returns its id. */
  save(verification: string, settings: SyncSettings): string {
    const verified = this.#verifications.get(verification);
    if (verified === undefined) throw new DashboardRefusal('Verify the server details first.');
    if (settings.groups.length === 0) throw new DashboardRefusal('Select at least one group.');
    this.#verifications.delete(verification);
    const { details, server, integrationId = randomUUID() } = verified;
    const before = this.#integrations.get(integrationId);
    const { displayName, username, password, apiKey, connectorId } = details;
    const integration: Integration = {
      id: integrationId, displayName, server, username, connectorId, ...settings, secrets: { password, apiKey },
      status: 'syncing', lastError: null, lastSyncAt: null, tagWarnings: [], members: before?.members ?? new Map<string, Device>(), work: before?.work ?? Promise.resolve(),
    };
    this.#integrations.set(integrationId, integration);
    this.#start(integration);
    return integrationId;
  }

  syncNow(id: string): void {
    this.#start(this.#get(id));
  }

  delete(id: string): void {
    this.#integrations.delete(this.#get(id).id);
  }

  async settled(): Promise<void> {
    const work = (): Promise<void>[] => [...this.#integrations.values()].map((one) => one.work);
    for (let known = work(); ; known = work()) {
      await Promise.all(known);
      if (known.every((one, index) => one === work()[index])) return;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#ticker);
    await this.settled();
  }

  #get(id: string): Integration {
    const found = this.#integrations.get(id);
    if (found === undefined) throw new DashboardRefusal('This integration does not exist any more.');
    return found;
  }

  #uem(server: string, { username, password, apiKey, connectorId }: Pick<ServerDetails, 'username' | 'password' | 'apiKey' | 'connectorId'>): WorkspaceOne {
    if (connectorId === null && !isVendorCloud(server)) throw new UemFailure('unreachable');
    const { uemFetch, timeoutMs } = this.#options;
    return new WorkspaceOne({ server, username, password, apiKey, fetch: uemFetch, timeoutMs });
  }

  /** What is due by the clock: synchronizations, and apps that report for the first time. */
  #tick(): void {
    const now = this.#options.now();
    for (const integration of this.#integrations.values()) {
      if (integration.status === 'syncing') continue;
      if (integration.lastSyncAt !== null && now - integration.lastSyncAt >= integration.syncIntervalHours * HOUR_MS) this.#start(integration);
      else if (this.#takeReports(integration)) this.#enqueue(integration, () => this.#writeTags(integration));
    }
  }

  #start(integration: Integration): void {
    integration.status = 'syncing';
    this.#enqueue(integration, async () => {
      try {
        await this.#readDevices(integration);
        this.#takeReports(integration);
        await this.#writeTags(integration);
        Object.assign(integration, { status: 'connected', lastError: null });
      } finally {
        integration.lastSyncAt = this.#options.now();
      }
    });
  }

  #enqueue(integration: Integration, job: () => Promise<void>): void {
    integration.work = integration.work.then(job).catch((error: unknown) => {
      if (!(error instanceof UemFailure)) console.error('Harmony Mobile: a synchronization failed unexpectedly', error instanceof Error ? error.stack : '');
      Object.assign(integration, { status: 'failed', lastError: error instanceof UemFailure ? error.message : 'Internal error' });
    });
  }

  /** Whether the work is still wanted. */
  #isCurrent(integration: Integration): boolean {
    return !this.#closed && this.#integrations.get(integration.id) === integration;
  }

  async #readDevices(integration: Integration): Promise<void> {
    if (!this.#isCurrent(integration)) return;
    const { groups, pii, server, members } = integration;
    const uem = this.#uem(server, accessOf(integration));
    const found = new Map<string, UemDevice>();
    for (const { kind, id } of groups) {
      const some = kind === 'organization' ? await uem.devicesOfOrganizationGroup(id) : await uem.devicesOfSmartGroup(id);
      for (const one of some) found.set(one.id, one);
    }
    const now = this.#options.now();
    for (const id of members.keys()) if (!found.has(id)) members.delete(id);
    for (const one of found.values()) {
      const shown = { ...one, name: pii.name ? one.name : '', email: pii.email ? one.email : '', number: pii.number ? one.number : '' };
      const known = members.get(one.id);
      if (known !== undefined) Object.assign(known, shown);
      else {
        this.#lastDeviceId += 1;
        const times = { addedAt: now, reportsAt: now + this.#options.switches.activationMs };
        members.set(one.id, { ...shown, ...times, internalId: this.#lastDeviceId, integrationId: integration.id, status: 'Provisioned', risk: 'None', tagged: {} });
      }
    }
  }

  /** Lets the apps report whose time has come; whether any did. */
  #takeReports({ members }: Integration): boolean {
    const now = this.#options.now();
    let any = false;
    for (const one of members.values()) {
      if (one.status !== 'Provisioned' || one.reportsAt > now) continue;
      const { status, risk } = reportOf(one.internalId);
      if (status === 'Provisioned') one.reportsAt = Number.POSITIVE_INFINITY;
      else any = true;
      Object.assign(one, { status, risk });
    }
    return any;
  }

  /** Brings the tags in the UEM in step with the devices. Tags are never created; what lacks is warned of. */
  async #writeTags(integration: Integration): Promise<void> {
    if (!this.#isCurrent(integration) || (!integration.tagStatus && !integration.tagRisk)) return;
    const uem = this.#uem(integration.server, accessOf(integration));
    const warnings = new Set<string>();
    const changes = changesOf(integration);
    // unverified: that a missing tag shows at all, and how.
    const ids = changes.length === 0 ? new Map<string, number>() : await uem.tags();
    for (const { kind, devices, from, to } of changes) {
      const id = ids.get(to);
      if (id === undefined) {
        warnings.add(`Tag ${to} does not exist in the customer organization group.`);
        continue;
      }
      try {
        const uemIds = devices.map((one) => one.id);
        const old = from === undefined ? undefined : ids.get(from);
        if (old !== undefined) await uem.changeTag('removedevices', old, uemIds);
        const failed = await uem.changeTag('adddevices', id, uemIds);
        if (failed > 0) warnings.add(`Tag ${to} could not be set on ${failed} devices.`);
        for (const one of devices) one.tagged[kind] = to;
      } catch (error) {
        if (!(error instanceof UemFailure)) throw error;
        warnings.add(`Tag ${to} could not be set: ${error.kind === 'permission' ? 'insufficient permissions' : 'the server did not accept it'}.`);
      }
    }
    integration.tagWarnings = [...warnings].sort();
  }
}

const accessOf = ({ username, secrets, connectorId }: Integration): Pick<ServerDetails, 'username' | 'password' | 'apiKey' | 'connectorId'> => ({ username, connectorId, ...secrets });

interface TagChange { kind: 'status' | 'risk'; from: string | undefined; to: string; devices: Device[] }

/** Devices whose tag is not what it should be, by old and new tag. */
function changesOf({ members, tagStatus, tagRisk }: Integration): TagChange[] {
  const changes = new Map<string, TagChange>();
  const note = (kind: TagChange['kind'], one: Device, to: string): void => {
    const from = one.tagged[kind];
    if (from === to) return;
    const change = changes.get(`${from} ${to}`) ?? { kind, from, to, devices: [] };
    changes.set(`${from} ${to}`, change);
    change.devices.push(one);
  };
  for (const one of members.values()) {
    if (tagStatus) note('status', one, `CHKP_Status_${one.status}`);
    // unverified: a device that never reported has no risk yet.
    if (tagRisk && one.status !== 'Provisioned') note('risk', one, `CHKP_Risk_${one.risk}`);
  }
  return [...changes.values()];
}

/** What a device's app reports: mostly active and without risk, the same for the same device. */
function reportOf(id: number): { status: HarmonyDeviceStatus; risk: HarmonyRisk } {
  const share = (factor: number): number => ((id * factor) % 1009) / 1009;
  const status = share(619) < 0.06 ? 'Provisioned' : share(619) < 0.1 ? 'Inactive' : 'Active';
  const danger = share(383);
  const risk = status === 'Provisioned' || danger < 0.8 ? 'None' : danger < 0.92 ? 'Low' : danger < 0.98 ? 'Medium' : 'High';
  return { status, risk };
}

const existingDevice = (index: number): Device => ({
  internalId: index + 1, integrationId: undefined, id: '', name: `Device ${index + 1}`, email: `person${index + 1}@juniper-labs.example`, number: '',
  platform: index % 2 === 0 ? 'Apple' : 'Android', model: index % 2 === 0 ? 'iPhone 17' : 'Pixel 11', osVersion: index % 2 === 0 ? '26.1' : '17',
  groupId: undefined, status: 'Active', risk: 'None', addedAt: 0, reportsAt: 0, tagged: {},
});

/** A device as the dashboard's list shows it. */
export const deviceRow = ({ internalId, name, email, number, platform, model, osVersion, status, risk }: Device): DeviceRow => ({
  id: String(internalId), name, email, number, os: `${platform === 'Apple' ? 'iOS' : platform} ${osVersion}`.trim(), model, status, risk: risk === 'None' ? 'No Risk' : risk,
});
