import { readObject, queryOf } from './api-route.ts';
import type { AddRoute } from './api-route.ts';
import { duplicate, invalid, notFound } from './errors.ts';
import { computerFields, MOBILE_FILTER_FIELDS } from './inventory.ts';
import type { ComputerVersion } from './inventory.ts';
import { listOf } from './query.ts';
import type { Replicated } from './replicated.ts';
import { rowId } from './roles-and-clients.ts';
import type { NamedObject, TenantState } from './tenant-state.ts';

/** The first one is there from the start [Jamf]. */
const SMART_GROUPS = ['All Managed Clients', 'Compliant Macs'];

/** Devices, and what they are sorted into. */
export function addInventoryRoutes(add: AddRoute, tenant: TenantState): void {
  const { inventory } = tenant;
  // [D] a plain array without paging, unlike every other list.
  add('GET', '/v1/sites', 'Read Sites', (c) => c.json(inventory.sites));
  addNamedObjects(add, 'buildings', 'Buildings', tenant.buildings, {
    streetAddress1: '',
    streetAddress2: '',
    city: '',
    stateProvince: '',
    zipPostalCode: '',
    country: '',
  });
  addNamedObjects(add, 'departments', 'Departments', tenant.departments, {});

  for (const version of ['v1', 'v3', 'v4'] satisfies ComputerVersion[]) {
    const sections = [...SECTIONS, ...(version === 'v4' ? [] : ['PLUGINS', 'FONTS'])];
    add('GET', `/${version}/computers-inventory`, 'Read Computers', (c) => {
      const wanted = wantedSections(queryOf(c), sections);
      const { totalCount, results } = listOf(inventory.computers(version), queryOf(c), computerFields(version), ['id:asc', 'general.name:asc']);
      const shown = results.map(({ id, udid, ...rest }) => ({ id, udid, ...onlySections(rest, wanted) }));
      return c.json({ totalCount, results: shown });
    });
  }

  // unverified: not in the description at hand; path and answer are our memory of it.
  add('GET', '/v1/computer-groups', 'Read Smart Computer Groups', (c) => c.json(SMART_GROUPS.map((name, index) => ({ id: String(index + 1), name, smartGroup: true }))));

  add('GET', '/v2/mobile-devices', 'Read Mobile Devices', (c) => {
    const devices = inventory.mobileDevices();
    const flat = {
      length: devices.length,
      at: (index: number) => {
        const device = devices.at(index);
        if (device === undefined) return undefined;
        const { mobileDeviceId, general, hardware, userAndLocation } = device;
        return {
          id: mobileDeviceId,
          name: general.displayName,
          serialNumber: hardware.serialNumber,
          wifiMacAddress: hardware.wifiMacAddress,
          udid: general.udid,
          phoneNumber: '',
          model: hardware.model,
          modelIdentifier: hardware.modelIdentifier,
          username: userAndLocation.username,
          type: 'ios',
          managementId: general.managementId,
          softwareUpdateDeviceId: '',
        };
      },
    };
    const query = queryOf(c);
    // [D] this list takes no filter.
    query.delete('filter');
    return c.json(listOf(flat, query, ['id', 'name', 'serialNumber', 'udid', 'model', 'username'], ['id:asc', 'name:asc']));
  });
  add('GET', '/v2/mobile-devices/detail', 'Read Mobile Devices', (c) => {
    const wanted = wantedSections(queryOf(c), MOBILE_SECTIONS);
    const { totalCount, results } = listOf(inventory.mobileDevices(), queryOf(c), MOBILE_FILTER_FIELDS, ['mobileDeviceId:asc', 'displayName:asc']);
    const shown = results.map(({ mobileDeviceId, deviceType, ...rest }) => ({ mobileDeviceId, deviceType, ...onlySections(rest, wanted) }));
    return c.json({ totalCount, results: shown });
  });
}

function addNamedObjects(add: AddRoute, path: string, plural: string, objects: Replicated<NamedObject>, more: Record<string, string>): void {
  const bodyOf = ({ id, name }: NamedObject) => ({ id: String(id), name, ...more });
  const found = (id: string, node: number): NamedObject => {
    const object = objects.get(rowId(id), node);
    if (object === undefined) throw notFound(id);
    return object;
  };
  add('GET', `/v1/${path}`, `Read ${plural}`, (c) => c.json(listOf(objects.all(c.env.node).map(bodyOf), queryOf(c), ['id', 'name'])));
  add('GET', `/v1/${path}/:id`, `Read ${plural}`, (c) => c.json(bodyOf(found(c.req.param('id') ?? '', c.env.node))));
  add('POST', `/v1/${path}`, `Create ${plural}`, async (c) => {
    const { name } = await readObject(c);
    if (typeof name !== 'string' || name === '') throw invalid('name', 'name is required');
    if (objects.latest().some((one) => one.name === name)) throw duplicate('name', 'name must be unique');
    const id = objects.nextId();
    objects.set(id, { id, name }, c.env.node);
    return c.json({ id: String(id), href: `/v1/${path}/${id}` }, 201);
  });
  add('DELETE', `/v1/${path}/:id`, `Delete ${plural}`, (c) => {
    objects.set(found(c.req.param('id') ?? '', c.env.node).id, undefined, c.env.node);
    return c.body(null, 204);
  });
}

const names = (text: string): string[] => text.trim().split(/\s+/);
const SECTIONS = names(`
  GENERAL DISK_ENCRYPTION PURCHASING APPLICATIONS STORAGE USER_AND_LOCATION CONFIGURATION_PROFILES PRINTERS SERVICES HARDWARE
  LOCAL_USER_ACCOUNTS CERTIFICATES ATTACHMENTS PACKAGE_RECEIPTS SECURITY OPERATING_SYSTEM LICENSED_SOFTWARE IBEACONS
  SOFTWARE_UPDATES EXTENSION_ATTRIBUTES CONTENT_CACHING GROUP_MEMBERSHIPS
`);
const MOBILE_SECTIONS = names(`
  GENERAL HARDWARE USER_AND_LOCATION PURCHASING SECURITY APPLICATIONS EBOOKS NETWORK SERVICE_SUBSCRIPTIONS CERTIFICATES PROFILES
  USER_PROFILES PROVISIONING_PROFILES SHARED_USERS GROUPS EXTENSION_ATTRIBUTES
`);

/** `section=A&section=B` (also with commas); [D] GENERAL where none is asked for. */
function wantedSections(query: URLSearchParams, known: readonly string[]): Set<string> {
  const asked = query.getAll('section').flatMap((part) => part.split(',')).filter((part) => part !== '');
  for (const name of asked) if (!known.includes(name)) throw invalid('section', `Unknown section ${name}`);
  const camelCase = (name: string): string => name.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return new Set((asked.length === 0 ? ['GENERAL'] : asked).map(camelCase));
}

// unverified: sections that were not asked for are left out here; the server may send null.
function onlySections<T extends object>(row: T, wanted: ReadonlySet<string>): Partial<T> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name))) as Partial<T>;
}
