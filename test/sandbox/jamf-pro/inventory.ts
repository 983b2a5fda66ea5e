import { createHash } from 'node:crypto';
import { person } from './accounts.ts';
import type { Rows } from './query.ts';
import type { TenantDefinition } from './tenants.ts';

/** Site of everything that belongs to none. unverified: id and name as older endpoints have them [C]. */
const NO_SITE = { id: '-1', name: 'None' };

/** Newest date in the inventory; fixed, so that two runs of the sandbox hold the same data. */
const REPORTED = Date.UTC(2026, 10, 1, 9);
const HOUR_MS = 3_600_000;

const MACS = [
  { model: 'MacBook Air (M4, 2026)', modelIdentifier: 'Mac16,12' },
  { model: 'MacBook Pro (14-inch, M4)', modelIdentifier: 'Mac16,1' },
  { model: 'Mac mini (2024)', modelIdentifier: 'Mac16,10' },
  { model: 'iMac (24-inch, 2024)', modelIdentifier: 'Mac16,3' },
];
const MOBILES = [
  { model: 'iPhone 16', modelIdentifier: 'iPhone17,3', name: 'iOS' },
  { model: 'iPad (A16)', modelIdentifier: 'iPad15,7', name: 'iPadOS' },
  { model: 'iPad mini (A17 Pro)', modelIdentifier: 'iPad16,1', name: 'iPadOS' },
];
export const BUILDINGS = ['Main Building', 'Annex', 'Warehouse'];
export const DEPARTMENTS = ['Engineering', 'Finance', 'People', 'Sales', 'Support'];

/** A computer with the sections that the sandbox knows, dates under neutral names; `computerOf` gives each API version's own shape. */
type ComputerFacts = ReturnType<Inventory['computerFacts']>;

/** The devices of a tenant, computed from their number on demand: 20,000 of them cost nothing until asked for. */
export class Inventory {
  readonly #definition: TenantDefinition;
  readonly sites: { id: string; name: string }[];

  constructor(definition: TenantDefinition) {
    this.#definition = definition;
    this.sites = definition.sites.map((name, index) => ({ id: String(index + 1), name }));
  }

  computers(version: ComputerVersion): Rows<ReturnType<typeof computerOf>> {
    return { length: this.#definition.computers, at: (index) => computerOf(this.computerFacts(index), version) };
  }

  mobileDevices(): Rows<ReturnType<Inventory['mobileDevice']>> {
    return { length: this.#definition.mobileDevices, at: (index) => this.mobileDevice(index) };
  }

  computerFacts(index: number) {
    const { key, domain, people } = this.#definition;
    const bytes = fingerprint(`${key} computer ${index}`);
    const mac = pick(MACS, bytes, 0);
    const user = person(bytes.readUInt16BE(1) % people);
    const seen = REPORTED - (bytes.readUInt16BE(3) % 720) * HOUR_MS;
    return {
      id: String(index + 1),
      udid: uuid(bytes).toUpperCase(),
      seen: new Date(seen).toISOString(),
      reported: new Date(seen - HOUR_MS).toISOString(),
      enrolled: new Date(seen - (bytes.readUInt16BE(5) % 900) * 24 * HOUR_MS).toISOString(),
      name: `${key.toUpperCase()}-C${String(index + 1).padStart(5, '0')}`,
      site: this.#site(bytes),
      managed: bytes.readUInt8(7) % 20 !== 0,
      supervised: bytes.readUInt8(7) % 4 !== 0,
      ip: `10.${bytes.readUInt8(8)}.${bytes.readUInt8(9)}.${(bytes.readUInt8(10) % 254) + 1}`,
      managementId: uuid(bytes.subarray(8)),
      hardware: {
        make: 'Apple',
        ...mac,
        serialNumber: serial(bytes),
        macAddress: address(bytes),
        processorCount: 1,
        coreCount: 8 + (bytes.readUInt8(11) % 3) * 2,
        processorType: 'Apple M4',
        processorArchitecture: 'arm64',
        totalRamMegabytes: 16_384,
        appleSilicon: true,
      },
      operatingSystem: {
        name: 'macOS',
        version: `26.${bytes.readUInt8(12) % 4}`,
        build: `25${'ABCD'.charAt(bytes.readUInt8(12) % 4)}354`,
        fileVault2Status: 'ALL_ENCRYPTED',
      },
      userAndLocation: {
        username: user.username,
        realname: user.realname,
        email: `${user.username}@${domain}`,
        position: '',
        phone: '',
        departmentId: String((bytes.readUInt8(13) % DEPARTMENTS.length) + 1),
        buildingId: String((bytes.readUInt8(14) % BUILDINGS.length) + 1),
        room: '',
      },
    };
  }

  /** A mobile device in the shape of `/detail`; the flat list is taken from it. */
  mobileDevice(index: number) {
    const { key, domain, people } = this.#definition;
    const bytes = fingerprint(`${key} mobile ${index}`);
    const { model, modelIdentifier } = pick(MOBILES, bytes, 0);
    const user = person(bytes.readUInt16BE(1) % people);
    const seen = REPORTED - (bytes.readUInt16BE(3) % 720) * HOUR_MS;
    return {
      mobileDeviceId: String(index + 1),
      deviceType: 'iOS',
      general: {
        udid: uuid(bytes),
        displayName: `${key.toUpperCase()}-M${String(index + 1).padStart(5, '0')}`,
        assetTag: '',
        // [D] the detail has the site's id only, its name comes from /v1/sites.
        siteId: this.#site(bytes).id,
        lastInventoryUpdateDate: new Date(seen).toISOString(),
        lastContactDate: new Date(seen).toISOString(),
        osVersion: `26.${bytes.readUInt8(12) % 4}`,
        osBuild: '23A341',
        ipAddress: `10.${bytes.readUInt8(8)}.${bytes.readUInt8(9)}.${(bytes.readUInt8(10) % 254) + 1}`,
        managed: true,
        supervised: bytes.readUInt8(7) % 4 !== 0,
        deviceOwnershipType: 'Institutional',
        managementId: uuid(bytes.subarray(8)),
      },
      hardware: {
        capacityMb: 128_000,
        availableSpaceMb: 64_000,
        usedSpacePercentage: 50,
        batteryLevel: bytes.readUInt8(15) % 101,
        serialNumber: serial(bytes),
        wifiMacAddress: address(bytes),
        model,
        modelIdentifier,
      },
      userAndLocation: {
        username: user.username,
        realName: user.realname,
        emailAddress: `${user.username}@${domain}`,
        departmentId: String((bytes.readUInt8(13) % DEPARTMENTS.length) + 1),
        buildingId: String((bytes.readUInt8(14) % BUILDINGS.length) + 1),
      },
    };
  }

  #site(bytes: Buffer): { id: string; name: string } {
    // One in ten belongs to no site.
    return bytes.readUInt8(16) % 10 === 0 ? NO_SITE : (this.sites[bytes.readUInt8(17) % Math.max(this.sites.length, 1)] ?? NO_SITE);
  }
}

export type ComputerVersion = 'v1' | 'v3' | 'v4';

function computerOf(facts: ComputerFacts, version: ComputerVersion) {
  const { id, udid, hardware, operatingSystem, userAndLocation } = facts;
  const general = {
    name: facts.name,
    lastIpAddress: facts.ip,
    jamfBinaryVersion: '11.30.1',
    platform: 'Mac',
    assetTag: '',
    remoteManagement: { managed: facts.managed },
    supervised: facts.supervised,
    mdmCapable: { capable: true, capableUsers: [] },
    reportDate: facts.reported,
    // [D] v4 renamed the last contact.
    ...(version === 'v4' ? { lastCheckIn: facts.seen, lastContact: facts.seen } : { lastContactTime: facts.seen }),
    lastEnrolledDate: facts.enrolled,
    site: facts.site,
    userApprovedMdm: true,
    managementId: facts.managementId,
  };
  return { id, udid, general, hardware, operatingSystem, userAndLocation };
}

/** Fields of the vendor's list [D] that the sandbox has data for. */
export function computerFields(version: ComputerVersion): string[] {
  const lastContact = version === 'v4' ? 'lastCheckIn lastContact' : 'lastContactTime';
  return [
    'id',
    'udid',
    ...under('general', 'name assetTag lastIpAddress jamfBinaryVersion platform remoteManagement.managed supervised reportDate lastEnrolledDate'),
    ...under('general', `userApprovedMdm managementId ${lastContact}`),
    ...under('hardware', 'make model modelIdentifier serialNumber macAddress appleSilicon'),
    ...under('operatingSystem', 'name version build fileVault2Status'),
    ...under('userAndLocation', 'username realname email phone position room buildingId departmentId'),
    // unverified: the vendor's list of filter fields [D] has no site.
    'general.site.id',
    'general.site.name',
  ];
}

const under = (section: string, names: string): string[] => names.split(' ').map((name) => `${section}.${name}`);

/** Names in filters of `/v2/mobile-devices/detail` are flat [D]. */
export const MOBILE_FILTER_FIELDS: Readonly<Record<string, string>> = {
  mobileDeviceId: 'mobileDeviceId',
  displayName: 'general.displayName',
  udid: 'general.udid',
  assetTag: 'general.assetTag',
  managed: 'general.managed',
  supervised: 'general.supervised',
  osVersion: 'general.osVersion',
  lastContactDate: 'general.lastContactDate',
  lastInventoryUpdateDate: 'general.lastInventoryUpdateDate',
  serialNumber: 'hardware.serialNumber',
  model: 'hardware.model',
  modelIdentifier: 'hardware.modelIdentifier',
  wifiMacAddress: 'hardware.wifiMacAddress',
  username: 'userAndLocation.username',
  fullName: 'userAndLocation.realName',
  emailAddress: 'userAndLocation.emailAddress',
};

function fingerprint(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function pick<T>(list: readonly T[], bytes: Buffer, at: number): T {
  const found = list[bytes.readUInt8(at) % list.length];
  if (found === undefined) throw new Error('Nothing to pick from');
  return found;
}

function uuid(bytes: Buffer): string {
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

function serial(bytes: Buffer): string {
  return bytes.toString('hex', 18, 24).replaceAll('0', 'Z').toUpperCase();
}

function address(bytes: Buffer): string {
  return (bytes.toString('hex', 24, 30).match(/../g) ?? []).join(':').toUpperCase();
}
