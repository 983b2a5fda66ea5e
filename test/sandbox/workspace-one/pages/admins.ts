import { html } from 'hono/html';
import type { Admin, Role } from '../records.ts';
import { modal, tabPanel, tabs, toggle, tokenField, valmsg } from './layout.ts';
import type { Markup, PageFrame } from './layout.ts';
import type { Words } from './words.ts';

/** Somebody who is there already, with the names that the Roles tab shows. */
export interface EditedAdmin extends Pick<Admin, 'id' | 'username' | 'firstName' | 'lastName' | 'email' | 'type' | 'timeZone' | 'locale' | 'landingPage'> {
  group: string;
  roles: readonly { group: Choice; role: number; choices: readonly Choice[] }[];
}
type Choice = Pick<Role, 'id' | 'name'>;

/**
 * Add/Edit Admin. unverified: everything but the names of tabs and fields; that a password left empty stays as it is, and that the user type cannot be
 * changed. The rows of the Roles tab are labelled by the headings of their table alone.
 */
export function adminForm({ words, token, group }: PageFrame, admin?: EditedAdmin): Markup {
  const isBasic = admin?.type !== 'directory';
  const text = (name: string, label: string, options: { required?: boolean; type?: string; value?: string | undefined } = {}): Markup =>
    html`<div class="field">
      <label for="${name}" class="${options.required === true ? 'required' : ''}">${label}</label>
      <input type="${options.type ?? 'text'}" id="${name}" name="${name}" value="${options.value ?? ''}" autocomplete="${options.type === 'password' ? 'new-password' : 'off'}" />
      ${valmsg(name)}
    </div>`;
  const select = (name: string, label: string, options: readonly (readonly [value: string, label: string])[], chosen?: string): Markup =>
    html`<div class="field">
      <label for="${name}">${label}</label>
      <select id="${name}" name="${name}">
        ${options.map(([value, title]) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${title}</option>`)}
      </select>
    </div>`;
  const password = (name: string, label: string): Markup => text(name, label, { required: admin === undefined, type: 'password' });
  const basic = html`<div class="field">
      <div>${words.userType}</div>
      ${toggle('UserType', [['Basic', words.basic], ['Directory', words.directory]], isBasic ? 'Basic' : 'Directory', admin !== undefined)}
    </div>
    ${text('UserName', words.username, { required: true, value: admin?.username })}
    <div class="basic-only" ${isBasic ? '' : html`hidden`}>${password('Password', words.password)} ${password('ConfirmPassword', words.confirmPassword)}</div>
    ${text('FirstName', words.firstName, { required: true, value: admin?.firstName })} ${text('MiddleName', words.middleName)}
    ${text('LastName', words.lastName, { required: true, value: admin?.lastName })} ${text('EmailAddress', words.emailAddress, { required: true, value: admin?.email })}
    <div class="field">
      <div>${words.twoFactor}</div>
      ${toggle('TwoFactor', [['True', words.enabled], ['False', words.disabled]], 'False')}
    </div>
    <div class="field">
      <div>${words.notification}</div>
      ${toggle('Notification', [['None', words.none], ['Email', words.email], ['SMS', words.sms]], 'None')}
    </div>`;
  const details = html`${text('Phone', words.phone)} ${select('TimeZone', words.timeZone, [['GMT', '(GMT) Greenwich Mean Time'], ['CET', '(GMT+01:00) Berlin'], ['JST', '(GMT+09:00) Tokyo']], admin?.timeZone)}
  ${select('Locale', words.locale, [['en-US', 'English (United States)'], ['de-DE', 'Deutsch'], ['ja-JP', '日本語']], admin?.locale)}
  ${select('LandingPage', words.landingPage, [['/Device/Dashboard', words.dashboard], ['/Device/List', words.listView]], admin?.landingPage)}
  <div class="field"><div>${words.organizationGroup}</div><div>${admin?.group ?? group.name}</div></div>`;
  const roleRow = (index: number | '', grant?: EditedAdmin['roles'][number]): Markup =>
    html`<tr>
      <td class="picker-cell">
        <input type="hidden" name="Roles[${index}].OrganizationGroupId" value="${grant?.group.id ?? ''}" />
        <input type="text" name="Roles[${index}].GroupName" value="${grant?.group.name ?? ''}" class="ui-autocomplete-input" autocomplete="off" role="combobox" aria-autocomplete="list" aria-expanded="false" />
        <ul class="ui-autocomplete" role="listbox" hidden></ul>
      </td>
      <td>
        <select name="Roles[${index}].RoleId" ${grant === undefined ? html`disabled` : ''}>
          ${roleOptions(words, grant?.choices ?? [], grant?.role)}
        </select>
      </td>
      <td><a href="#" class="remove" title="${words.remove}">×</a></td>
    </tr>`;
  const roles = html`${valmsg('Roles')}
    <p><a href="#" class="btn add add-role" role="button">${words.addRole}</a></p>
    <table class="grid admin-roles">
      <thead>
        <tr>
          <th>${words.organizationGroup}</th>
          <th>${words.role}</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${admin?.roles.map((grant, index) => roleRow(index, grant))}
      </tbody>
    </table>
    <template>${roleRow('')}</template>`;
  const api = select('ApiAuthentication', words.authentication, [['UserCredentials', words.userCredentials], ['Certificates', words.certificates], ['Directory', words.directory]]);
  const notes = html`<div class="field"><label for="Notes">${words.notes}</label><textarea id="Notes" name="Notes"></textarea></div>`;
  const parts = [['basic', words.basic, basic], ['details', words.details, details], ['roles', words.roles, roles], ['api', words.api, api], ['notes', words.notes, notes]] as const;
  const body = html`<form id="AdminForm" method="post" action="/AirWatch/Admin/${admin === undefined ? 'Add' : `Edit/${admin.id}`}" data-ajax autocomplete="off">
    ${tokenField(token)} ${tabs('admin', parts.map(([name, title]) => [name, title] as const))} ${parts.map(([name, , content], index) => tabPanel('admin', name, index === 0, content))}
    <div class="actions"><a href="#" class="btn" role="button" data-closes>${words.cancel}</a><input type="submit" name="Save" value="${words.save}" /></div>
  </form>`;
  return modal(words, words.addEditAdmin, body);
}

/** What a role's list holds for the group of its row. */
export const roleOptions = (words: Words, roles: readonly Choice[], chosen?: number): Markup =>
  html`<option value="">- ${words.role} -</option>${roles.map(({ id, name }) => html`<option value="${id}" ${id === chosen ? html`selected` : ''}>${name}</option>`)}`;
