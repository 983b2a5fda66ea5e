import { createHash } from 'node:crypto';
import type { Ws1OrganizationGroup } from '../types.ts';

/** Newest date in the inventory; fixed, so that two runs of the sandbox hold the same data. */
const REPORTED = Date.UTC(2026, 10, 1, 9);
const HOUR_MS = 3_600_000;

const MODELS = [
  { platform: 'Apple', platformId: 2, model: 'iPhone 16', modelId: 1, identifier: 'iPhone17,3', os: '26.1', phone: true },
  { platform: 'Apple', platformId: 2, model: 'iPad (A16)', modelId: 2, identifier: 'iPad15,7', os: '26.0', phone: false },
  { platform: 'Android', platformId: 5, model: 'Google Pixel 9', modelId: 5, identifier: 'Pixel 9', os: '16.0.0', phone: true },
  { platform: 'Android', platformId: 5, model: 'Zebra TC58', modelId: 6, identifier: 'TC58', os: '14.0.0', phone: true },
  { platform: 'Android', platformId: 5, model: 'Samsung Galaxy A56', modelId: 7, identifier: 'SM-A566B', os: '16.0.0', phone: true },
] as const;
const ascii = (name: string): { name: string; ascii: string } => ({ name, ascii: name.normalize('NFD').replaceAll(/[^a-z]/gi, '').toLowerCase() });
const FIRST_NAMES = ['Ada', 'Björn', 'Chen', 'Dalia', 'Émile', 'Farah', 'Goran', 'Hana', 'Ivo', 'Júlia', 'Kofi', 'Lena', 'Maré', 'Noa', 'Oluwaseun', 'Petra'].map(ascii);
const LAST_NAMES = ['Abel', 'Brandt', 'Costa', 'Duarte', 'Eklund', 'Ferri', 'Gupta', 'Holm', 'Ito', 'Jansen', 'Keller', 'Lopez', 'Meyer', 'Novak', 'Okafor', 'Park'].map(ascii);

export type DeviceFacts = ReturnType<Inventory['device']>;

/** The devices of an environment, computed from their number on demand; only where each belongs and whose it is are kept. */
export class Inventory {
  readonly #key: string;
  readonly #domain: string;
  readonly size: number;
  /** Where devices are: groups without children. */
  readonly #homes: readonly Ws1OrganizationGroup[];
  /** Of each device which of the homes it is in, and whether its owner is an employee (1). */
  readonly #facts: { homes: Uint8Array; owners: Uint8Array; counts: number[] };

  constructor(parts: { key: string; domain: string; devices: number; groups: readonly Ws1OrganizationGroup[] }) {
    this.#key = parts.key;
    this.#domain = parts.domain;
    this.size = parts.devices;
    // The last group in the tree stays empty: what a search answers there is worth a test.
    const leaves = parts.groups.filter(({ id }) => !parts.groups.some(({ parent }) => parent === id));
    this.#homes = leaves.slice(0, -1);
    this.#facts = this.#spread();
  }

  /** Ids of the devices in any of these groups, ascending. */
  idsIn(groups: ReadonlySet<number>): number[] {
    const wanted = this.#homes.map(({ id }) => groups.has(id));
    const ids: number[] = [];
    this.#facts.homes.forEach((home, index) => {
      if (wanted[home]) ids.push(index + 1);
    });
    return ids;
  }

  countIn(groups: ReadonlySet<number>): number {
    return this.#homes.reduce((sum, { id }, home) => sum + (groups.has(id) ? (this.#facts.counts[home] ?? 0) : 0), 0);
  }

  ownershipOf(id: number): 'C' | 'E' {
    return this.#facts.owners[id - 1] === 1 ? 'E' : 'C';
  }

  has(id: number): boolean {
    return Number.isSafeInteger(id) && id >= 1 && id <= this.size;
  }

  groupOf(id: number): Ws1OrganizationGroup {
    const home = this.#homes[this.#facts.homes[id - 1] ?? -1];
    if (home === undefined) throw new Error(`No device ${id}`);
    return home;
  }

  idOfUuid(uuid: string): number | undefined {
    // The number is in the uuid's last part, so that nothing has to be searched.
    const id = parseInt(uuid.slice(-6), 16);
    return this.has(id) && deviceUuid(this.#bytesOf(id), id) === uuid.toLowerCase() ? id : undefined;
  }

  device(id: number) {
    const bytes = this.#bytesOf(id);
    const model = pick(MODELS, bytes, 0);
    const first = pick(FIRST_NAMES, bytes, 1);
    const last = pick(LAST_NAMES, bytes, 2);
    const user = bytes.readUInt16BE(3) % 5_000;
    const userName = `${first.ascii}.${last.ascii}${user}`;
    const seen = REPORTED - (bytes.readUInt16BE(5) % 720) * HOUR_MS;
    const enrolled = seen - (bytes.readUInt16BE(7) % 900) * 24 * HOUR_MS;
    const group = this.groupOf(id);
    return {
      id,
      uuid: deviceUuid(bytes, id),
      group,
      model,
      udid: bytes.toString('hex', 0, 20),
      serialNumber: bytes.toString('hex', 8, 13).toUpperCase(),
      imei: model.phone ? `35${String(bytes.readUInt32BE(9)).padStart(10, '0')}${String(bytes.readUInt16BE(13) % 1000).padStart(3, '0')}` : '',
      macAddress: bytes.toString('hex', 14, 20).toUpperCase(),
      phoneNumber: model.phone ? `+4915${String(bytes.readUInt32BE(20) % 100_000_000).padStart(8, '0')}` : '',
      friendlyName: `${userName} ${model.model}`,
      user: { id: 10_000 + user, userName, name: `${first.name} ${last.name}`, email: `${userName}@${this.#domain}` },
      ownership: this.ownershipOf(id),
      isSupervised: model.platform === 'Apple' && bytes.readUInt8(25) % 4 !== 0,
      isCompliant: bytes.readUInt8(26) % 10 !== 0,
      isCompromised: bytes.readUInt8(27) % 200 === 0,
      seen: dateTime(seen),
      enrolled: dateTime(enrolled),
    };
  }

  #spread(): { homes: Uint8Array; owners: Uint8Array; counts: number[] } {
    const homes = new Uint8Array(this.size);
    const owners = new Uint8Array(this.size);
    const counts = this.#homes.map(() => 0);
    let bytes: Buffer = Buffer.alloc(0);
    for (let index = 0; index < this.size; index += 1) {
      // One hash is enough for sixteen devices.
      if (index % 16 === 0) bytes = fingerprint(`${this.#key} homes ${index}`);
      const home = bytes.readUInt8((index % 16) * 2) % this.#homes.length;
      homes[index] = home;
      owners[index] = Number(bytes.readUInt8((index % 16) * 2 + 1) % 4 === 0);
      counts[home] = (counts[home] ?? 0) + 1;
    }
    return { homes, owners, counts };
  }

  #bytesOf(id: number): Buffer {
    return fingerprint(`${this.#key} device ${id}`);
  }
}

/** Local time of the server without zone, as recorded: `2023-10-27T18:06:03.293`. */
export const dateTime = (ms: number): string => new Date(ms).toISOString().slice(0, -1);

/** The same uuid for the same text, in every run. */
export function uuidOf(text: string): string {
  return asUuid(fingerprint(text).toString('hex', 0, 16));
}

const asUuid = (hex: string): string => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
const deviceUuid = (bytes: Buffer, id: number): string => asUuid(bytes.toString('hex', 16, 29) + id.toString(16).padStart(6, '0'));

function fingerprint(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function pick<T>(list: readonly T[], bytes: Buffer, at: number): T {
  const found = list[bytes.readUInt8(at) % list.length];
  if (found === undefined) throw new Error('Nothing to pick from');
  return found;
}
