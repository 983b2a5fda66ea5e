import { findAccessible, json, matches, noContent, pageOf, sorted } from './api-call.ts';
import type { Access, AddRoute, Call } from './api-call.ts';
import { uuidOf } from './inventory.ts';
import type { DeviceFacts } from './inventory.ts';
import { Ws1Refusal } from './refusal.ts';

const READ: Access = { permissions: ['REST API Devices Read'], code: 11 };
/** unverified: which right. */
const POLICIES: Access = { permissions: ['View Compliance Policy'], code: 11 };

interface Names {
  group: string;
  model: string;
  platform: string;
  compliance: string;
  since: string;
  order: string;
  sort: string;
  size: string;
}
const V1: Names = { group: 'lgid', model: 'model', platform: 'platform', compliance: 'compliantstatus', since: 'seensince', order: 'orderby', sort: 'sortorder', size: 'pagesize' };
const V2: Names = { ...V1, compliance: 'compliance_status', since: 'seen_since' };
const V3: Names = {
  group: 'organization_group_uuid',
  model: 'model_identifier',
  platform: 'device_type',
  compliance: 'compliance_status',
  since: 'seen_since',
  order: 'order_by',
  sort: 'sort_order',
  size: 'page_size',
};

/** Devices and compliance [Omnissa's descriptions 2604]. */
export function addDeviceRoutes(add: AddRoute): void {
  for (const [version, names] of [[1, V1], [2, V2]] as const) {
    add('GET', '/mdm/devices/search', version, READ, (call) => {
      const { devices, page, size, total } = search(call, names);
      return devices.length === 0 ? noContent() : json({ Devices: devices.map(deviceV1), Page: page, PageSize: size, Total: total });
    });
  }
  add('GET', '/mdm/devices/search', 3, READ, (call) => {
    const { devices, page, size, total } = search(call, V3);
    return devices.length === 0 ? noContent() : json({ devices: devices.map(deviceV3), page, page_size: size, total });
  });

  add('GET', '/mdm/devices/:id/compliance', 1, READ, (call) => {
    const { inventory } = call.environment;
    const id = Number(call.param('id'));
    // unverified: code and words.
    if (!inventory.has(id) || !call.groups.has(inventory.groupOf(id).id)) throw new Ws1Refusal(404, 404, 'Device Not Found');
    const device = inventory.device(id);
    const { page, size } = pageOf(call);
    const policies = policiesOf(call).filter(({ organizationGroupId }) => call.environment.subtree(organizationGroupId).has(device.group.id));
    const rows = policies.map((policy) => ({
      Id: { Value: policy.id },
      Uuid: policy.uuid,
      CompliantStatus: device.isCompliant,
      CompliancePending: false,
      PolicyName: policy.name,
      PolicyDetail: policy.description,
      LastComplianceCheck: device.seen,
      NextComplianceCheck: device.seen,
      ActionTaken: [],
    }));
    return json({ DeviceCompliance: rows, OverallCompliantStatus: compliance(device), Page: page, PageSize: size, Total: rows.length });
  });
  add('GET', '/mdm/compliancepolicy/search', 1, POLICIES, (call) => {
    const asked = call.query('organizationgroupid');
    if (asked !== undefined && findAccessible(call, asked) === undefined) {
      throw new Ws1Refusal(404, 6, `Resource's organization group :${asked} not found or user does not have access to this organization group.`);
    }
    const { page, size, slice } = pageOf(call);
    const found = policiesOf(call).filter(({ organizationGroupId }) => asked === undefined || organizationGroupId === findAccessible(call, asked)?.id);
    const shown = slice(found);
    if (shown.length === 0) return noContent();
    const rows = shown.map((policy) => ({
      DevicePolicyId: policy.id,
      Name: policy.name,
      Description: policy.description,
      IsActive: true,
      RootLocationGroupName: policy.groupName,
      RootLocationGroupId: policy.organizationGroupId,
      Platform: 'All',
      CompliantDevices: policy.assigned - policy.failing,
      NonCompliantDevices: policy.failing,
      AssignedDevices: policy.assigned,
    }));
    return json({ CompliancePolicy: rows, Page: page, PageSize: size, Total: found.length });
  });
  add('GET', '/mdm/compliancepolicies', 1, POLICIES, (call) => {
    const asked = call.query('organizationgroupuuid');
    const group = findAccessible(call, asked);
    if (asked !== undefined && group === undefined) throw new Ws1Refusal(404, 5027, 'No organization group found for the given organization group UUID.');
    const status = call.query('status');
    if (status !== undefined && !/^(active|inactive)$/i.test(status)) throw new Ws1Refusal(400, 5052, 'Compliance Policy status is invalid.');
    const found = policiesOf(call).filter(
      ({ name, organizationGroupId }) => (group === undefined || organizationGroupId === group.id) && matches(call, 'searchtext', name) && !/^inactive$/i.test(status ?? ''),
    );
    const { page, size, slice } = pageOf(call);
    const rows = slice(found).map((policy) => ({
      devicePolicyId: policy.id,
      name: policy.name,
      description: policy.description,
      isActive: true,
      rootLocationGroupName: policy.groupName,
      platform: 'All',
      compliantDevices: policy.assigned - policy.failing,
      nonCompliantDevices: policy.failing,
      assignedDevices: policy.assigned,
      organizationGroupUuid: policy.groupUuid,
    }));
    return json({ compliancePolicy: rows, page, pagesize: size, total: found.length });
  });
}

/** One policy at the top group: what it counts are all devices. */
function policiesOf(call: Call) {
  const { environment, groups } = call;
  const { id, uuid, name } = environment.topGroup;
  if (!groups.has(id) && environment.subtree(id).isDisjointFrom(groups)) return [];
  const assigned = environment.inventory.size;
  return [
    {
      id: 41,
      uuid: uuidOf(`${environment.key} policy 41`),
      name: 'Compromised devices',
      description: 'Compromised Status',
      organizationGroupId: id,
      groupUuid: uuid,
      groupName: name,
      assigned,
      failing: Math.floor(assigned / 200),
    },
  ];
}

function search(call: Call, names: Names): { devices: DeviceFacts[]; page: number; size: number; total: number } {
  const { environment } = call;
  const { inventory } = environment;
  const asked = call.query(names.group);
  const group = asked === undefined ? undefined : findAccessible(call, asked);
  if (asked !== undefined && group === undefined) {
    throw new Ws1Refusal(names === V3 ? 404 : 400, 6, `Organization Group with id :${asked} not found or Admin user does not have access to it`);
  }
  // unverified: that groups below the one asked for count too.
  const ids = inventory.idsIn(group === undefined ? call.groups : environment.subtree(group.id).intersection(call.groups));
  const { page, size, slice } = pageOf(call, names.size);
  // The usual call builds one page of the devices only.
  const filters = ['user', 'ownership', 'lastseen', 'last_seen', 'friendly_name', names.model, names.platform, names.compliance, names.since, names.order];
  if (filters.every((name) => call.query(name) === undefined)) {
    const ordered = call.query(names.sort)?.toLowerCase() === 'desc' ? ids.toReversed() : ids;
    return { devices: slice(ordered).map((id) => inventory.device(id)), page, size, total: ids.length };
  }
  const since = dateOf(call.query(names.since) ?? call.query('lastseen') ?? call.query('last_seen'));
  const wanted = call.query(names.compliance)?.toLowerCase();
  const found = ids
    .map((id) => inventory.device(id))
    .filter(
      (device) =>
        (call.query('user') === undefined || device.user.userName === call.query('user')?.toLowerCase()) &&
        matches(call, names.model, device.model[names === V3 ? 'identifier' : 'model']) &&
        matches(call, names.platform, device.model.platform) &&
        matches(call, 'friendly_name', device.friendlyName) &&
        (call.query('ownership') ?? device.ownership).charAt(0).toUpperCase() === device.ownership &&
        (wanted === undefined || ['true', 'compliant'].includes(wanted) === device.isCompliant) &&
        (since === undefined || device.seen >= since),
    );
  const order = call.query(names.order)?.toLowerCase();
  const key = (device: DeviceFacts): string | number =>
    order === 'model' ? device.model.model : order === 'lastseen' ? device.seen : order === 'ownership' ? device.ownership : order === 'platform' ? device.model.platform : device.id;
  return { devices: slice(sorted(call, found, key, names.sort)), page, size, total: found.length };
}

function dateOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(`${text.replaceAll('/', '-')}${/\d[T ]\d/.test(text) ? 'Z' : ''}`);
  if (Number.isNaN(ms)) throw new Ws1Refusal(422, 1012, 'Invalid RequestQuery.QueryParams');
  return new Date(ms).toISOString();
}

const compliance = ({ isCompliant }: DeviceFacts): string => (isCompliant ? 'Compliant' : 'NonCompliant');

/** Versions 1 and 2. unverified: which of the described fields a device really has. */
export function deviceV1(device: DeviceFacts) {
  const { group, user, model } = device;
  return {
    Udid: device.udid,
    SerialNumber: device.serialNumber,
    MacAddress: device.macAddress,
    Imei: device.imei,
    EasId: '',
    AssetNumber: device.udid,
    DeviceFriendlyName: device.friendlyName,
    LocationGroupId: { Id: { Value: group.id }, Name: group.name, Uuid: group.uuid },
    LocationGroupName: group.name,
    UserId: { Id: { Value: user.id }, Name: user.name, Uuid: uuidOf(`user ${user.id}`) },
    UserName: user.userName,
    DataProtectionStatus: 0,
    UserEmailAddress: user.email,
    Ownership: device.ownership,
    PlatformId: { Id: { Value: model.platformId }, Name: model.platform },
    Platform: model.platform,
    ModelId: { Id: { Value: model.modelId }, Name: model.model },
    Model: model.model,
    OperatingSystem: model.os,
    PhoneNumber: device.phoneNumber,
    LastSeen: device.seen,
    EnrollmentStatus: 'Enrolled',
    ComplianceStatus: compliance(device),
    CompromisedStatus: device.isCompromised,
    LastEnrolledOn: device.enrolled,
    LastComplianceCheckOn: device.seen,
    LastCompromisedCheckOn: device.seen,
    IsSupervised: device.isSupervised,
    VirtualMemory: 0,
    EnrollmentUserUuid: uuidOf(`user ${user.id}`),
    ManagedBy: 'MDM',
    Id: { Value: device.id },
    Uuid: device.uuid,
  };
}

function deviceV3(device: DeviceFacts) {
  const { group, user, model } = device;
  return {
    udid: device.udid,
    serial_number: device.serialNumber,
    mac_address: device.macAddress,
    imei: device.imei,
    asset_number: device.udid,
    device_friendly_name: device.friendlyName,
    organization_group_uuid: group.uuid,
    organization_group_name: group.name,
    enrollment_user_name: user.userName,
    enrollment_user_uuid: uuidOf(`user ${user.id}`),
    enrollment_user_email_address: user.email,
    ownership: device.ownership === 'C' ? 'CORPORATE' : 'EMPLOYEE',
    platform_name: model.platform,
    device_type: model.platform.toUpperCase(),
    model_identifier: model.identifier,
    model: model.model,
    operating_system: model.os,
    last_seen: device.seen,
    enrollment_status: 'ENROLLED',
    compliance_status: device.isCompliant ? 'COMPLIANT' : 'NOT_COMPLIANT',
    compromised_status: device.isCompromised,
    last_enrolled_on: device.enrolled,
    last_compliance_check_on: device.seen,
    last_compromised_check_on: device.seen,
    is_supervised: device.isSupervised,
    managed_by: 'MDM',
    Id: { Value: device.id },
    Uuid: device.uuid,
  };
}
