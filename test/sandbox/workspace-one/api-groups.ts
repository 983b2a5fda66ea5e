import type { Ws1OrganizationGroup } from '../types.ts';
import { ANY_CALLER, findAccessible, json, matches, noContent, pageOf, sorted } from './api-call.ts';
import type { Access, AddRoute, Call } from './api-call.ts';
import { parentOf } from './environment.ts';
import type { Environment } from './environment.ts';
import { Ws1Refusal } from './refusal.ts';

const GROUPS_READ: Access = { permissions: ['REST API Groups Read'], code: 1011 };

/** System info, organization groups, API keys. */
export function addGroupRoutes(add: AddRoute): void {
  // unverified: the values; only the fields are described.
  add('GET', '/system/info', 1, ANY_CALLER, ({ environment: { apiOrigin } }) =>
    json({
      ProductName: 'Workspace ONE UEM',
      ProductCopyright: 'Copyright © 2026 Omnissa, LLC. All rights reserved.',
      ProductVersion: '26.4.0.12',
      Version: 1,
      Resources: {
        Workspaces: ['mam', 'mcm', 'mdm', 'mem', 'system'].map((name) => ({ Name: name.toUpperCase(), Location: `${apiOrigin}/API/${name}` })),
        Collections: [],
      },
      BuildKey: '26.4.0.12-2604',
      CommitId: '5f0c1e2',
    }),
  );

  const search = (call: Call): Ws1OrganizationGroup[] => {
    const found = call.environment
      .organizationGroups()
      .filter(({ id }) => call.groups.has(id))
      .filter(({ name, groupId, type }) => matches(call, 'name', name) && matches(call, 'groupid', groupId) && matches(call, 'type', type));
    const by = call.query('orderby')?.toLowerCase();
    return sorted(call, found, ({ id, name, groupId }) => (by === 'name' ? name : by === 'groupid' ? groupId : id));
  };
  add('GET', '/system/groups/search', 1, GROUPS_READ, (call) => {
    const { page, size, slice } = pageOf(call);
    const found = search(call);
    const shown = slice(found);
    if (shown.length === 0) return noContent();
    // [captured: neither Uuid nor LgLevel in this version]
    const rows = shown.map((group) => ({ ...facts(call.environment, group), IsCustomerTypeExistInParentHierarchy: false, Id: { Value: group.id } }));
    return json({ LocationGroups: rows, Page: page, PageSize: size, Total: found.length });
  });
  add('GET', '/system/groups/search', 2, GROUPS_READ, (call) => {
    const { page, size, slice } = pageOf(call);
    const found = search(call);
    const shown = slice(found);
    if (shown.length === 0) return noContent();
    const query = new URLSearchParams(call.url.search);
    query.set('page', String(page));
    query.set('pagesize', String(size));
    return json({
      OrganizationGroups: shown.map((group) => ({ Id: group.id, Uuid: group.uuid, ...facts(call.environment, group), LgLevel: levelOf(call.environment, group) })),
      // [recorded: http, though the call was https]
      AdditionalInfo: { Links: [{ Rel: 'self', Href: `http://${call.url.host}/API/system/groups/search?${query.toString()}` }] },
      TotalResults: found.length,
    });
  });

  add('GET', '/system/groups/:id/children', 1, GROUPS_READ, (call) => {
    const root = getGroup(call);
    const rows = [...call.environment.subtree(root.id)].map((id) => {
      const group = call.environment.group(id);
      const parent = parentOf(call.environment, group);
      return {
        ...facts(call.environment, group),
        // [recorded: the short form here, the long one in searches]
        Locale: 'en-US',
        ParentLocationGroup: { Id: { Value: parent.id }, Uuid: parent.uuid },
        // unverified: counted from the group that was asked for.
        LgLevel: levelOf(call.environment, group) - levelOf(call.environment, root),
        Id: { Value: id },
        Uuid: group.uuid,
      };
    });
    return json(rows);
  });
  add('GET', '/system/groups/:id', 1, GROUPS_READ, (call) => {
    const group = getGroup(call);
    const isBelowCustomer = call.environment.pathTo(group.id).slice(0, -1).some(({ type }) => type === 'Customer');
    return json({ ...facts(call.environment, group), IsCustomerTypeExistInParentHierarchy: isBelowCustomer, LgLevel: 0, Id: { Value: group.id }, Uuid: group.uuid });
  });
  add('GET', '/system/groups/:id', 2, GROUPS_READ, (call) => {
    const group = getGroup(call);
    return json({ ...facts(call.environment, group), EnableRestApiAccess: call.environment.apiEnabled, id: group.id, uuid: group.uuid });
  });

  // unverified: which right; the settings page's own is the likely one. That keys come whole.
  add('GET', '/system/v2/groups/:id/api-keys', 1, { permissions: ['View REST API Settings'], code: 6044 }, (call) => {
    const group = findAccessible(call, call.param('id'));
    if (group === undefined) throw new Ws1Refusal(404, 6008, 'No organization group found for the given organization group UUID.');
    if (call.environment.switches.keyCacheDown) throw new Ws1Refusal(412, 6339, 'Precondition Failed. Memcache is not enabled.');
    return json({
      api_keys: call.environment.allKeys
        .filter(({ organizationGroupId }) => organizationGroupId === group.id)
        .map(({ id, uuid, service, value, used }) => ({ service_name: service, api_key: value, daily_quota_usage: used, id, uuid })),
      oauth_clients: call.environment.allClients
        .filter(({ organizationGroupId }) => organizationGroupId === group.id)
        .map(({ name, clientId, used }) => ({ oauth_client_name: name, oauth_client_id: clientId, daily_quota_usage: used })),
    });
  });
}

function getGroup(call: Call): Ws1OrganizationGroup {
  const group = findAccessible(call, call.param('id'));
  if (group === undefined) throw new Ws1Refusal(404, 6008, 'Organization Group Not Found');
  return group;
}

const levelOf = (environment: Environment, group: Ws1OrganizationGroup): number => environment.pathTo(group.id).length - 1;

/** What all forms of a group have in common; the numbers are texts [recorded]. */
function facts(environment: Environment, group: Ws1OrganizationGroup) {
  const below = environment.subtree(group.id);
  return {
    Name: group.name,
    GroupId: group.groupId,
    LocationGroupType: group.type,
    Country: 'United States',
    Locale: 'English (United States)',
    CreatedOn: '10/27/2023 3:05:53 PM',
    Users: String(environment.inventory.countIn(below)),
    Admins: String(environment.allAdmins.filter(({ organizationGroupId }) => below.has(organizationGroupId)).length),
    Devices: String(environment.inventory.countIn(below)),
  };
}
