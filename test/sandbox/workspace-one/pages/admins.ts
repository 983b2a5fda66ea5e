import { html } from 'hono/html';
import { modal, tabPanel, tabs, toggle, tokenField, valmsg } from './layout.ts';
import type { Markup, PageFrame } from './layout.ts';

/** Add/Edit Admin. unverified: everything but the names of tabs and fields. The rows of the Roles tab are labelled by the headings of their table alone. */
export function adminForm({ words, token, group }: PageFrame): Markup {
  const text = (name: string, label: string, options: { required?: boolean; type?: string } = {}): Markup =>
    html`<div class="field">
      <label for="${name}" class="${options.required === true ? 'required' : ''}">${label}</label>
      <input type="${options.type ?? 'text'}" id="${name}" name="${name}" autocomplete="${options.type === 'password' ? 'new-password' : 'off'}" />
      ${valmsg(name)}
    </div>`;
  const select = (name: string, label: string, options: readonly (readonly [value: string, label: string])[]): Markup =>
    html`<div class="field">
      <label for="${name}">${label}</label>
      <select id="${name}" name="${name}">
        ${options.map(([value, title]) => html`<option value="${value}">${title}</option>`)}
      </select>
    </div>`;
  const basic = html`<div class="field">
      <div>${words.userType}</div>
      ${toggle('UserType', [['Basic', words.basic], ['Directory', words.directory]], 'Basic')}
    </div>
    ${text('UserName', words.username, { required: true })}
    <div class="basic-only">${text('Password', words.password, { required: true, type: 'password' })} ${text('ConfirmPassword', words.confirmPassword, { required: true, type: 'password' })}</div>
    ${text('FirstName', words.firstName, { required: true })} ${text('MiddleName', words.middleName)} ${text('LastName', words.lastName, { required: true })}
    ${text('EmailAddress', words.emailAddress, { required: true })}
    <div class="field">
      <div>${words.twoFactor}</div>
      ${toggle('TwoFactor', [['True', words.enabled], ['False', words.disabled]], 'False')}
    </div>
    <div class="field">
      <div>${words.notification}</div>
      ${toggle('Notification', [['None', words.none], ['Email', words.email], ['SMS', words.sms]], 'None')}
    </div>`;
  const details = html`${text('Phone', words.phone)} ${select('TimeZone', words.timeZone, [['GMT', '(GMT) Greenwich Mean Time'], ['CET', '(GMT+01:00) Berlin'], ['JST', '(GMT+09:00) Tokyo']])}
  ${select('Locale', words.locale, [['en-US', 'English (United States)'], ['de-DE', 'Deutsch'], ['ja-JP', '日本語']])}
  ${select('LandingPage', words.landingPage, [['/Device/Dashboard', words.dashboard], ['/Device/List', words.listView]])}
  <div class="field"><div>${words.organizationGroup}</div><div>${group.name}</div></div>`;
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
      <tbody></tbody>
    </table>
    <template
      ><tr>
        <td class="picker-cell">
          <input type="hidden" name="Roles[].OrganizationGroupId" />
          <input type="text" name="Roles[].GroupName" class="ui-autocomplete-input" autocomplete="off" role="combobox" aria-autocomplete="list" aria-expanded="false" />
          <ul class="ui-autocomplete" role="listbox" hidden></ul>
        </td>
        <td>
          <select name="Roles[].RoleId" disabled>
            <option value="">- ${words.role} -</option>
          </select>
        </td>
        <td><a href="#" class="remove" title="${words.remove}">×</a></td>
      </tr></template
    >`;
  const api = select('ApiAuthentication', words.authentication, [['UserCredentials', words.userCredentials], ['Certificates', words.certificates], ['Directory', words.directory]]);
  const notes = html`<div class="field"><label for="Notes">${words.notes}</label><textarea id="Notes" name="Notes"></textarea></div>`;
  const parts = [['basic', words.basic, basic], ['details', words.details, details], ['roles', words.roles, roles], ['api', words.api, api], ['notes', words.notes, notes]] as const;
  const body = html`<form id="AdminForm" method="post" action="/AirWatch/Admin/Add" data-ajax autocomplete="off">
    ${tokenField(token)} ${tabs('admin', parts.map(([name, title]) => [name, title] as const))} ${parts.map(([name, , content], index) => tabPanel('admin', name, index === 0, content))}
    <div class="actions"><a href="#" class="btn" role="button" data-closes>${words.cancel}</a><input type="submit" name="Save" value="${words.save}" /></div>
  </form>`;
  return modal(words, words.addEditAdmin, body);
}
