import type { Ws1OrganizationGroup } from '../types.ts';
import { done, findAccessible, json, list, matches, noContent, objectOf, pageOf, sorted, text } from './api-call.ts';
import type { Access, AddRoute, Call } from './api-call.ts';
import { dateTime } from './inventory.ts';
import type { Tag } from './records.ts';
import { Ws1Refusal } from './refusal.ts';

const READ: Access = { permissions: ['View Tag'], code: 11 };
const ADD: Access = { permissions: ['Add Tag'], code: 11 };
const DELETE: Access = { permissions: ['Delete Tag'], code: 11 };
/** Check Point names both for "update the device tag". unverified: that both are needed. */
const ASSIGN: Access = { permissions: ['REST API Devices Write', 'Device Bulk Management assign Tags'], code: 11 };
/** unverified: the number. */
const MAX_BULK = 10_000;

/** Tags and the devices that carry them. Codes and words of errors: [Omnissa's descriptions 2604]. */
export function addTagRoutes(add: AddRoute): void {
  add('GET', '/mdm/tags/search', 1, READ, (call) => {
    const asked = call.query('organizationgroupid');
    // unverified: without a group, the tags of all groups that the caller may see; with one, its own only.
    const wanted = asked === undefined ? undefined : getGroup(call, asked, 400);
    const found = call.environment.allTags.filter(
      ({ name, type, organizationGroupId }) =>
        call.groups.has(organizationGroupId) &&
        (wanted === undefined || organizationGroupId === wanted.id) &&
        matches(call, 'name', name) &&
        (call.query('tagtype') === undefined || call.query('tagtype') === typeNumber(type)),
    );
    const { page, size, slice } = pageOf(call);
    const shown = slice(found);
    if (shown.length === 0) return noContent();
    return json({ Tags: shown.map(({ id, uuid, name }) => ({ TagName: name, TagAvatar: '', Id: { Value: id }, Uuid: uuid })), Page: page, PageSize: size, Total: found.length });
  });
  add('GET', '/mdm/tags/search', 2, READ, (call) => {
    const asked = call.query('organization-group-uuid');
    if (asked === undefined) throw new Ws1Refusal(422, 1012, 'Organization uuid is required.');
    const group = getGroup(call, asked, 404);
    const found = call.environment.allTags.filter(
      ({ name, type, organizationGroupId }) =>
        organizationGroupId === group.id && matches(call, 'search_text', name) && (call.query('tag_type') === undefined || call.query('tag_type') === typeNumber(type)),
    );
    const shown = pageOf(call, 'page_size').slice(sorted(call, found, ({ name }) => name, 'sort_order'));
    const tags = shown.map(({ uuid, name }) => ({ uuid, name, organization_group_uuid: group.uuid, organization_group_name: group.name, system_tag: false }));
    return json({ tags, total: found.length });
  });

  add('POST', '/mdm/tags/addtag', 1, ADD, (call) => json({ Value: createTagV1(call, text(call.body, 'LocationGroupId')).id }));
  add('POST', '/mdm/tags', 3, ADD, (call) => {
    const asked = text(call.body, 'organization_group_uuid');
    if (asked === '') throw new Ws1Refusal(422, 1012, 'Organization uuid is required.');
    const group = findAccessible(call, asked);
    if (group === undefined) throw new Ws1Refusal(404, 6, `Organization Group with uuid : ${asked} not found or Admin user does not have access to it.`);
    return json({ tag_uuid: call.environment.createTag(text(call.body, 'tag_name'), group.id).uuid }, 201);
  });
  add('POST', '/system/groups/:id/addtag', 1, ADD, (call) => {
    const tag = createTagV1(call, call.param('id'));
    return json(groupTags(call.environment.group(tag.organizationGroupId), [tag], 0, 500, 1));
  });
  add('GET', '/system/groups/:id/tags', 1, READ, (call) => {
    const group = findAccessible(call, call.param('id'));
    const found = call.environment.allTags.filter(({ organizationGroupId }) => organizationGroupId === group?.id);
    if (group === undefined || found.length === 0) throw new Ws1Refusal(404, 404, 'No Tags were found.');
    const { page, size, slice } = pageOf(call);
    return json(groupTags(group, slice(found), page, size, found.length));
  });
  add('GET', '/system/groups/:id/tags/:tag', 1, READ, (call) => {
    const { group, tag } = getTagOfGroup(call);
    return json(groupTags(group, [tag], 0, 500, 1));
  });
  add('DELETE', '/system/groups/:id/tags/:tag', 1, DELETE, (call) => {
    call.environment.deleteTag(getTagOfGroup(call).tag.id);
    return done();
  });

  add('GET', '/mdm/tags/:id/devices', 1, READ, (call) => {
    const tagged = taggedDevices(call, getTag(call, 'id', 400));
    return json({
      Device: tagged.map(({ id, uuid, friendlyName, seen, tagged: at }) => ({ DeviceId: id, FriendlyName: friendlyName, DateTagged: at, DeviceUuid: uuid, DeviceLastSeen: seen })),
    });
  });
  add('GET', '/mdm/tags/:id/devices', 2, READ, (call) => {
    const tagged = taggedDevices(call, getTag(call, 'id', 404));
    const shown = pageOf(call, 'page_size').slice(tagged);
    return json({
      devices: shown.map(({ id, uuid, friendlyName, seen, tagged: at }) => ({ device_id: id, friendly_name: friendlyName, date_tagged: at, device_uuid: uuid, device_last_seen: seen })),
      total: tagged.length,
    });
  });
  for (const [path, isAdding] of [['adddevices', true], ['removedevices', false]] as const) {
    add('POST', `/mdm/tags/:id/${path}`, 1, ASSIGN, (call) => {
      const { total, faults } = bulk(call, getTag(call, 'id', 400), isAdding);
      return json({ TotalItems: total, AcceptedItems: total - faults.length, FailedItems: faults.length, Faults: { Fault: faults } });
    });
  }
  for (const [method, isAdding] of [['POST', true], ['DELETE', false]] as const) {
    add(method, '/mdm/tags/:id/devices', 2, ASSIGN, (call) => {
      bulk(call, getTag(call, 'id', 400), isAdding);
      return done();
    });
  }

  add('GET', '/mdm/devices/:uuid/tags', 1, { permissions: ['REST API Devices Read'], code: 11 }, (call) => {
    const device = getDevice(call);
    const tags = call.environment.allTags.flatMap(({ uuid, name, devices }) => {
      const at = devices.get(device);
      return at === undefined ? [] : [{ uuid, name, date_tagged: dateTime(at) }];
    });
    return json({ tags });
  });
  add('POST', '/mdm/devices/:uuid/tags/:id', 1, ASSIGN, (call) => {
    const device = getDevice(call);
    const tag = getTag(call, 'id', 404);
    if (!reaches(call, tag, device)) throw new Ws1Refusal(403, 8, 'Tag not accessible to device.');
    if (tag.devices.has(device)) throw new Ws1Refusal(400, 5299, 'Tag is already associated with the device.');
    tag.devices.set(device, call.environment.now());
    return new Response(null, { status: 201 });
  });
  add('DELETE', '/mdm/devices/:uuid/tags/:id', 1, ASSIGN, (call) => {
    const tag = getTag(call, 'id', 404);
    if (!tag.devices.delete(getDevice(call))) throw new Ws1Refusal(400, 5300, 'Tag is not associated with the device.');
    return noContent();
  });
}

/** unverified: which number stands for which type. */
const typeNumber = (type: Tag['type']): string => (type === 'Device' ? '1' : '2');

function getGroup(call: Call, id: string, status: 400 | 404): Ws1OrganizationGroup {
  const group = findAccessible(call, id);
  if (group === undefined) throw new Ws1Refusal(status, 6, `Resource's organization group: ${id} not found or user does not have access to this organization group.`);
  return group;
}

function createTagV1(call: Call, asked: string): Tag {
  const group = findAccessible(call, asked);
  if (group === undefined) throw new Ws1Refusal(400, 400, `Organization Group with id ${asked} not found or Admin user does not have access to it.`);
  const type = text(call.body, 'TagType').toLowerCase();
  // unverified: that a duplicate is a 409 in this version too.
  return call.environment.createTag(text(call.body, 'TagName'), group.id, type === 'general' || type === '2' ? 'General' : 'Device');
}

function getTagOfGroup(call: Call): { group: Ws1OrganizationGroup; tag: Tag } {
  const group = findAccessible(call, call.param('id'));
  const tag = call.environment.findTag(Number(call.param('tag')));
  if (group === undefined || tag?.organizationGroupId !== group.id) throw new Ws1Refusal(404, 404, 'No Tags were found.');
  return { group, tag };
}

/** By number or uuid. A tag can be used by those who have the right anywhere at or below its group. unverified. */
function getTag(call: Call, name: string, status: 400 | 404): Tag {
  const id = call.param(name);
  const tag = call.environment.findTag(/^\d+$/.test(id) ? Number(id) : id);
  if (tag === undefined || call.environment.subtree(tag.organizationGroupId).isDisjointFrom(call.groups)) {
    throw status === 400 ? new Ws1Refusal(400, 6, 'Invalid tag id') : new Ws1Refusal(404, 5298, 'Tag invalid or not found in the system.');
  }
  return tag;
}

function getDevice(call: Call): number {
  const { inventory } = call.environment;
  const id = inventory.idOfUuid(call.param('uuid'));
  if (id === undefined || !call.groups.has(inventory.groupOf(id).id)) throw new Ws1Refusal(404, 5061, 'Device not found for specified UUID.');
  return id;
}

const reaches = (call: Call, tag: Tag, device: number): boolean => call.environment.subtree(tag.organizationGroupId).has(call.environment.inventory.groupOf(device).id);

function taggedDevices(call: Call, tag: Tag) {
  const { inventory } = call.environment;
  return [...tag.devices].filter(([id]) => call.groups.has(inventory.groupOf(id).id)).map(([id, at]) => ({ ...inventory.device(id), tagged: dateTime(at) }));
}

/** Tags or untags the devices of the body, one by one. unverified: code and words of a fault; that what is so already counts as accepted. */
function bulk(call: Call, tag: Tag, isAdding: boolean): { total: number; faults: { ErrorCode: number; ItemValue: string; Message: string }[] } {
  const { inventory, now } = call.environment;
  const values = list(objectOf(call.body['BulkValues'])['Value']).map(String);
  if (values.length === 0) throw new Ws1Refusal(400, 6, 'Bulk Input should contain a minimum of one Device ID or Uuid.');
  if (values.length > MAX_BULK) throw new Ws1Refusal(400, 6, 'Devices provided is more than Bulk settings for this action.');
  const faults = values.flatMap((value) => {
    const id = /^\d+$/.test(value) ? Number(value) : inventory.idOfUuid(value);
    if (id === undefined || !inventory.has(id) || !call.groups.has(inventory.groupOf(id).id) || !reaches(call, tag, id)) {
      return [{ ErrorCode: 404, ItemValue: value, Message: `Device not found or not accessible: ${value}` }];
    }
    if (isAdding) tag.devices.set(id, tag.devices.get(id) ?? now());
    else tag.devices.delete(id);
    return [];
  });
  return { total: values.length, faults };
}

function groupTags(group: Ws1OrganizationGroup, tags: readonly Tag[], page: number, size: number, total: number) {
  return {
    OGId: { Id: { Value: group.id }, Name: group.name, Uuid: group.uuid },
    Tags: tags.map(({ id, name, type }) => ({ Id: id, TagAvatar: '', TagName: name, TagType: type, LocationGroupId: group.id })),
    Page: page,
    PageSize: size,
    Total: total,
  };
}
