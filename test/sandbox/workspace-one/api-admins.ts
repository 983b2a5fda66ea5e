import { done, findAccessible, json, list, matches, noContent, objectOf, pageOf, sorted, text } from './api-call.ts';
import type { Access, AddRoute, Call, Fields } from './api-call.ts';
import type { Environment } from './environment.ts';
import { dateTime } from './inventory.ts';
import type { Admin, AdminInput, Grant } from './records.ts';
import { invalid } from './refusal.ts';

const READ: Access = { permissions: ['REST API Admins Read'], code: 1011 };
const WRITE: Access = { permissions: ['REST API Admins Write'], code: 1011 };
const DELETE: Access = { permissions: ['REST API Admins Delete'], code: 1011 };

/** Administrators. Words of errors: [Omnissa's descriptions 2604]. */
export function addAdminRoutes(add: AddRoute): void {
  add('GET', '/system/admins/search', 1, READ, (call) => searchAnswer(call, 'Admins', adminV1));
  add('GET', '/system/admins/search', 2, READ, (call) => searchAnswer(call, 'admins', adminV2Row));
  add('GET', '/system/admins/:id', 1, READ, (call) => json(adminV1(call.environment, getAdmin(call))));
  add('GET', '/system/admins/:id', 2, READ, (call) => json(adminV2(call.environment, getAdmin(call))));

  add('POST', '/system/admins/addadminuser', 1, WRITE, (call) => {
    const { body } = call;
    const group = text(body, 'LocationGroupId');
    if (!/^\d+$/.test(group)) throw invalid('organizationGroupId', `LocationGroupId ${group} is not valid`);
    const { id } = call.environment.createAdmin({
      username: text(body, 'UserName'),
      password: text(body, 'Password'),
      firstName: text(body, 'FirstName'),
      lastName: text(body, 'LastName'),
      email: text(body, 'Email'),
      ...more(body, { timeZone: 'TimeZone', locale: 'Locale', landingPage: 'InitialLandingPage' }),
      requiresPasswordChange: body['RequiresPasswordChange'] === true,
      organizationGroupId: getGroupId(call, group),
      roles: list(body['Roles']).map((role) => grantV1(call, objectOf(role), group)),
    });
    return json({ Value: id });
  });
  add('POST', '/system/admins', 2, WRITE, (call) => {
    const { body } = call;
    const group = text(body, 'organizationGroupUuid') || text(body, 'organizationGroupId');
    const { id } = call.environment.createAdmin({
      username: text(body, 'username'),
      password: text(body, 'password'),
      firstName: text(body, 'firstName'),
      lastName: text(body, 'lastName'),
      email: text(body, 'email'),
      ...more(body, { timeZone: 'timeZone', locale: 'locale', landingPage: 'initialLandingPage' }),
      requiresPasswordChange: body['requiresPasswordChange'] === true,
      organizationGroupId: getGroupId(call, group),
      roles: list(body['roles']).map(objectOf).map((role) => ({
        roleId: getRoleId(call, role['id'], text(role, 'uuid'), text(role, 'name')),
        organizationGroupId: getGroupId(call, text(role, 'organizationGroupUuid') || text(role, 'organizationGroupId') || group),
      })),
    });
    return json({ Value: id });
  });

  for (const [path, change] of [['addrole', 'addRoleTo'], ['removerole', 'removeRoleFrom']] as const) {
    add('POST', `/system/admins/:id/${path}`, 1, WRITE, (call) => {
      const { id, organizationGroupId } = getAdmin(call);
      call.environment[change](id, grantV1(call, call.body, String(organizationGroupId)));
      return done();
    });
  }
  for (const [method, change] of [['PUT', 'addRoleTo'], ['DELETE', 'removeRoleFrom']] as const) {
    add(method, '/system/groups/:group/admins/:id/roles/:role', 2, WRITE, (call) => {
      const { id, roles } = getAdmin(call);
      const grant: Grant = { roleId: getRoleId(call, undefined, call.param('role'), ''), organizationGroupId: getGroupId(call, call.param('group')) };
      const isHeld = roles.some((one) => one.roleId === grant.roleId && one.organizationGroupId === grant.organizationGroupId);
      if (method === 'PUT' && isHeld) throw invalid('roles', 'Admin user already has this role.');
      call.environment[change](id, grant);
      return done();
    });
  }

  add('POST', '/system/admins/:id/changepassword', 1, WRITE, (call) => {
    call.environment.changePassword(getAdmin(call).id, text(call.body, 'Password'));
    return done();
  });
  add('PUT', '/system/admins/:id/password', 2, WRITE, (call) => {
    // [descriptions 2604: the body is version 1's model here too]; unverified: that names in small letters do as well.
    call.environment.changePassword(getAdmin(call).id, text(call.body, 'Password') || text(call.body, 'password'));
    return done();
  });
  const remove = (call: Call): Response => {
    call.environment.deleteAdmin(getAdmin(call).id);
    return done();
  };
  add('DELETE', '/system/admins/:id/delete', 1, DELETE, remove);
  add('DELETE', '/system/admins/:id', 2, DELETE, remove);
}

function searchAnswer(call: Call, listName: string, shape: (environment: Environment, admin: Admin) => object): Response {
  const { environment } = call;
  const asked = call.query('organizationgroupid');
  const group = findAccessible(call, asked);
  if (asked !== undefined && group === undefined) {
    throw invalid('organizationGroupId', `Resource's organization group :${asked} not found or user does not have access to this organization group.`);
  }
  const groups = group === undefined ? call.groups : environment.subtree(group.id).intersection(call.groups);
  // unverified: the words that `status` takes.
  const status = call.query('status')?.toLowerCase();
  const found = environment.allAdmins.filter(
    (admin) =>
      groups.has(admin.organizationGroupId) &&
      matches(call, 'username', admin.username) &&
      matches(call, 'firstname', admin.firstName) &&
      matches(call, 'lastname', admin.lastName) &&
      matches(call, 'email', admin.email) &&
      (call.query('role') === undefined || admin.roles.some(({ roleId }) => matches(call, 'role', environment.findRole(roleId)?.name ?? ''))) &&
      (status === undefined || (status === 'active') === admin.active),
  );
  const { page, size, slice } = pageOf(call);
  const shown = slice(call.query('orderby') === undefined ? found : sorted(call, found, ({ username }) => username));
  if (shown.length === 0) return noContent();
  return json({ [listName]: shown.map((admin) => shape(environment, admin)), Page: page, PageSize: size, Total: found.length });
}

function getAdmin(call: Call): Admin {
  const id = call.param('id');
  const admin = call.environment.findAdmin(/^\d+$/.test(id) ? Number(id) : id);
  if (admin === undefined || !call.groups.has(admin.organizationGroupId)) throw invalid('id', 'User not found or does not have access to retrieve the details');
  return admin;
}

function getGroupId(call: Call, id: string): number {
  const group = findAccessible(call, id);
  if (group === undefined) throw invalid('organizationGroupId', `Location Group ${id} not found or user does not have access to it`);
  return group.id;
}

/** By id, else uuid, else name where the environment takes that. */
function getRoleId(call: Call, id: unknown, uuid: string, name: string): number {
  const { environment } = call;
  const isNumber = typeof id === 'number' && id > 0;
  const role = environment.findRole(isNumber ? id : uuid !== '' ? uuid.toLowerCase() : environment.switches.roleByName ? name : undefined);
  if (role === undefined) throw invalid('roles', `Role ${isNumber ? id : uuid || name} not found or user does not have access to it`);
  return role.id;
}

const grantV1 = (call: Call, role: Fields, adminGroup: string): Grant => ({
  roleId: getRoleId(call, Number(text(role, 'Id')), text(role, 'Uuid'), text(role, 'Name')),
  // unverified: that the admin's own group stands in where the role names none.
  organizationGroupId: getGroupId(call, text(role, 'LocationGroupId') || text(role, 'OrganizationGroupUuid') || adminGroup),
});

/** Fields that are only set where they are sent. */
function more(body: Fields, names: { timeZone: string; locale: string; landingPage: string }): Pick<AdminInput, 'timeZone' | 'locale' | 'landingPage'> {
  const sent = (name: string): string | undefined => text(body, name) || undefined;
  return { timeZone: sent(names.timeZone), locale: sent(names.locale), landingPage: sent(names.landingPage) };
}

const lastLogin = (admin: Admin): string | undefined => (admin.lastLogin === undefined ? undefined : dateTime(admin.lastLogin));

function adminV1(environment: Environment, admin: Admin) {
  const group = environment.group(admin.organizationGroupId);
  return {
    UserName: admin.username,
    FirstName: admin.firstName,
    LastName: admin.lastName,
    Email: admin.email,
    LocationGroup: group.name,
    LocationGroupId: String(group.id),
    OrganizationGroupUuid: group.uuid,
    TimeZone: admin.timeZone,
    Locale: admin.locale,
    InitialLandingPage: admin.landingPage,
    LastLoginTimeStamp: lastLogin(admin),
    Roles: admin.roles.map(({ roleId, organizationGroupId }) => {
      const role = environment.findRole(roleId);
      const at = environment.group(organizationGroupId);
      return { Id: roleId, Uuid: role?.uuid, Name: role?.name, LocationGroup: at.name, LocationGroupId: String(at.id), OrganizationGroupUuid: at.uuid, IsActive: true, UserLinkId: 0 };
    }),
    IsActiveDirectoryUser: admin.type === 'directory',
    RequiresPasswordChange: admin.requiresPasswordChange,
    Id: { Value: admin.id },
    Uuid: admin.uuid,
  };
}

/** A row of the search, in its mixed spelling [recorded]. */
function adminV2Row(environment: Environment, admin: Admin) {
  const group = environment.group(admin.organizationGroupId);
  return {
    uuid: admin.uuid,
    username: admin.username,
    firstName: admin.firstName,
    lastName: admin.lastName,
    email: admin.email,
    LocationGroup: group.name,
    LocationGroupId: String(group.id),
    organizationGroupUuid: group.uuid,
    timeZone: admin.timeZone,
    locale: admin.locale,
    initialLandingPage: admin.landingPage,
    LastLoginTimeStamp: lastLogin(admin),
    roles: admin.roles.map(({ roleId, organizationGroupId }) => {
      const role = environment.findRole(roleId);
      const at = environment.group(organizationGroupId);
      return { uuid: role?.uuid, organizationGroupUuid: at.uuid, Name: role?.name, LocationGroup: at.name, LocationGroupId: String(at.id), IsActive: true, UserLinkId: 0 };
    }),
    messageTemplateId: 0,
    messageTemplateUuid: '00000000-0000-0000-0000-000000000000',
  };
}

function adminV2(environment: Environment, admin: Admin) {
  const group = environment.group(admin.organizationGroupId);
  return {
    id: admin.id,
    uuid: admin.uuid,
    username: admin.username,
    firstName: admin.firstName,
    lastName: admin.lastName,
    email: admin.email,
    organizationGroupName: group.name,
    organizationGroupId: group.id,
    organizationGroupUuid: group.uuid,
    timeZone: admin.timeZone,
    locale: admin.locale,
    initialLandingPage: admin.landingPage,
    lastLoginTimeStamp: lastLogin(admin),
    isActiveDirectoryUser: admin.type === 'directory',
    requiresPasswordChange: admin.requiresPasswordChange,
    roles: admin.roles.map(({ roleId, organizationGroupId }) => {
      const role = environment.findRole(roleId);
      return { name: role?.name, organizationGroupId, organizationGroupUuid: environment.group(organizationGroupId).uuid, id: roleId, uuid: role?.uuid };
    }),
  };
}
