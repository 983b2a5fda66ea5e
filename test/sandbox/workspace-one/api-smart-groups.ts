import { findAccessible, json, list, matches, noContent, objectOf, pageOf, sorted, text } from './api-call.ts';
import type { Access, AddRoute, Call } from './api-call.ts';
import { deviceV1 } from './api-devices.ts';
import type { SmartGroup } from './records.ts';
import { Ws1Refusal } from './refusal.ts';

const READ: Access = { permissions: ['REST API Smart Groups Read'], code: 11 };
const WRITE: Access = { permissions: ['REST API Smart Groups Write'], code: 11 };

/** Smart groups: search and creation as described [2604] and captured, one group as captured. */
export function addSmartGroupRoutes(add: AddRoute): void {
  add('GET', '/mdm/smartgroups/search', 1, READ, (call) => {
    const asked = call.query('organizationgroupid') ?? call.query('managedbyorganizationgroupid');
    const group = findAccessible(call, asked);
    if (asked !== undefined && group === undefined) {
      throw new Ws1Refusal(400, 400, "Resource's organization group not found or user does not have access to this organization group.");
    }
    const found = call.environment.allSmartGroups.filter(
      ({ name, organizationGroupId }) => call.groups.has(organizationGroupId) && (group === undefined || organizationGroupId === group.id) && matches(call, 'name', name),
    );
    const { page, size, slice } = pageOf(call);
    const shown = slice(sorted(call, found, ({ id, name }) => (call.query('orderby')?.toLowerCase() === 'name' ? name : id)));
    if (shown.length === 0) return noContent();
    return json({ Page: page, PageSize: size, SmartGroups: shown.map((one) => summary(call, one)), Total: found.length });
  });

  add('GET', '/mdm/smartgroups/:id', 1, READ, (call) => {
    const smartGroup = getSmartGroup(call);
    const { environment } = call;
    return json({
      ...summary(call, smartGroup),
      CpuArchitectures: [],
      CriteriaType: 'All',
      DeviceAdditions: [],
      DeviceExclusions: [],
      EnrollmentCategories: [],
      ManagementTypes: [],
      Models: [],
      OEMAndModels: [],
      OperatingSystems: [],
      OrganizationGroups: smartGroup.organizationGroupIds.map((id) => ({ Id: String(id), Name: environment.group(id).name, Uuid: environment.group(id).uuid })),
      Ownerships: smartGroup.ownership === undefined ? [] : [smartGroup.ownership === 'C' ? 'CorporateDedicated' : 'EmployeeOwned'],
      Platforms: [],
      Tags: smartGroup.tagIds.map((id) => ({ Id: String(id), Name: environment.findTag(id)?.name })),
      UserAdditions: [],
      UserExclusions: [],
      UserGroupExclusions: [],
      UserGroups: [],
    });
  });
  // unverified: not among the descriptions at hand; path and answer are our memory of it.
  add('GET', '/mdm/smartgroups/:id/devices', 1, READ, (call) => {
    const { inventory } = call.environment;
    const ids = call.environment.devicesOfSmartGroup(getSmartGroup(call)).filter((id) => call.groups.has(inventory.groupOf(id).id));
    const { page, size, slice } = pageOf(call);
    const shown = slice(ids);
    if (shown.length === 0) return noContent();
    return json({ Devices: shown.map((id) => deviceV1(inventory.device(id))), Page: page, PageSize: size, Total: ids.length });
  });

  add('POST', '/mdm/smartgroups', 1, WRITE, (call) => {
    const { body, environment } = call;
    const asked = text(body, 'ManagedByOrganizationGroupId');
    const group = findAccessible(call, asked);
    if (group === undefined) throw new Ws1Refusal(400, 400, "Resource's organization group not found or user does not have access to this organization group.");
    const idsOf = (name: string): number[] => list(body[name]).map((one) => Number(text(objectOf(one), 'Id')));
    const [ownership] = list(body['Ownerships']).map(String);
    const tagIds = idsOf('Tags');
    const organizationGroupIds = idsOf('OrganizationGroups');
    // unverified: words.
    if (tagIds.some((id) => environment.findTag(id) === undefined)) throw new Ws1Refusal(400, 6, 'Invalid tag id');
    if (organizationGroupIds.some((id) => findAccessible(call, id) === undefined)) {
      throw new Ws1Refusal(400, 400, "Resource's organization group not found or user does not have access to this organization group.");
    }
    const { id, uuid } = environment.createSmartGroup({
      name: text(body, 'Name'),
      organizationGroupId: group.id,
      organizationGroupIds,
      tagIds,
      ownership: ownership === 'EmployeeOwned' ? 'E' : ownership?.startsWith('Corporate') === true ? 'C' : undefined,
    });
    // [captured: 201 with both; the description says 200 with the number only]
    return json({ Value: id, uuid }, 201);
  });
}

function getSmartGroup(call: Call): SmartGroup {
  const id = call.param('id');
  const found = call.environment.allSmartGroups.find((one) => String(one.id) === id || one.uuid === id);
  // unverified: code and words.
  if (found === undefined || !call.groups.has(found.organizationGroupId)) throw new Ws1Refusal(404, 404, 'Smart Group not found.');
  return found;
}

function summary(call: Call, smartGroup: SmartGroup) {
  const group = call.environment.group(smartGroup.organizationGroupId);
  return {
    Assignments: 0,
    Devices: call.environment.devicesOfSmartGroup(smartGroup).length,
    Exclusions: 0,
    ManagedByOrganizationGroupId: String(group.id),
    ManagedByOrganizationGroupName: group.name,
    ManagedByOrganizationGroupUuid: group.uuid,
    Name: smartGroup.name,
    SmartGroupID: smartGroup.id,
    SmartGroupUuid: smartGroup.uuid,
  };
}
