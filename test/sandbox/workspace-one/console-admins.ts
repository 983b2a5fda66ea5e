import { Hono } from 'hono';
import { html } from 'hono/html';
import { envelope, failed } from './envelope.ts';
import type { Environment } from './environment.ts';
import { attempt, fragment, refuse, rowsOf, textField } from './page-env.ts';
import type { PageEnv } from './page-env.ts';
import { adminForm } from './pages/admins.ts';
import { grid, page } from './pages/layout.ts';

const PAGE_SIZE = 50;
const SUGGESTIONS = 10;

/**
 * Accounts > Administrators > List View with Add Admin. Tabs and fields as documented (docs.vmware.com GUID-AWT-CREATEADMINACCOUNT).
 * unverified: markup, names of the fields, which of them are required, the routes but `#/Admin/List`.
 */
export function createAdminPages(environment: Environment): Hono<PageEnv> {
  const app = new Hono<PageEnv>();

  app.get('/Admin/List', (c) =>
    fragment(c, 'View Admin Account', () => {
      const { words } = c.get('frame');
      const mayAdd = c.get('may')('Add Admin Account');
      return page(
        words.administrators,
        html`<div class="grid-page">
          <div class="toolbar">
            ${mayAdd
              ? html`<span class="account">
                  <a href="#" class="btn caret" role="button" aria-haspopup="true" aria-expanded="false" data-toggles>${words.add}</a>
                  <div class="menu" hidden>
                    <a href="#" data-dialog="/Admin/Add">${words.addAdmin}</a>
                    <a href="#">${words.batchImport}</a>
                  </div>
                </span>`
              : ''}
            <input type="text" id="SearchText" placeholder="${words.search}" />
          </div>
          <div id="AdminListSearch" data-grid="/Admin/List/Search" data-loading="${words.loading}"></div>
        </div>`,
      );
    }),
  );
  app.get('/Admin/List/Search', (c) =>
    fragment(c, 'View Admin Account', () => {
      const { words, group } = c.get('frame');
      const text = c.req.query('SearchText')?.trim().toLowerCase() ?? '';
      const pageNumber = Math.max(0, Number(c.req.query('Page') ?? 0) || 0);
      const shown = environment.subtree(group.id);
      const all = environment
        .admins()
        .filter(({ organizationGroupId, username, firstName, lastName, email }) => shown.has(organizationGroupId) && `${username} ${firstName} ${lastName} ${email}`.toLowerCase().includes(text));
      return grid(words, {
        id: 'airwatchadminlistsearch',
        columns: [words.username, words.firstName, words.lastName, words.emailAddress, words.organizationGroup, words.role, words.status],
        rows: all
          .slice(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE)
          .map((admin) => [
            html`<a href="#" data-ats-id="admin-${admin.id}">${admin.username}</a>`,
            html`${admin.firstName}`,
            html`${admin.lastName}`,
            html`${admin.email}`,
            html`${environment.group(admin.organizationGroupId).name}`,
            html`${admin.roles.map(({ roleId }) => environment.findRole(roleId)?.name).join(', ')}`,
            html`${admin.active ? words.active : words.inactive}`,
          ]),
        page: pageNumber,
        size: PAGE_SIZE,
        total: all.length,
        path: `/Admin/List/Search?${new URLSearchParams({ SearchText: text }).toString()}`,
      });
    }),
  );

  app.get('/Admin/Add', (c) => fragment(c, 'Add Admin Account', () => adminForm(c.get('frame'))));
  /** The type-ahead of a role's group. */
  app.get('/Admin/OrganizationGroups', (c) => {
    const term = c.req.query('term')?.trim().toLowerCase() ?? '';
    const found = c.get('frame').groups.filter(({ name, groupId }) => term !== '' && `${name} ${groupId}`.toLowerCase().includes(term));
    return c.html(
      html`${found.slice(0, SUGGESTIONS).map(({ id, name, groupId }) => html`<li class="ui-menu-item" role="option" data-id="${id}" data-value="${name}">${name} / ${groupId}</li>`)}`,
    );
  });
  app.get('/Admin/RolesFor/:group', (c) => {
    const { words, groups } = c.get('frame');
    const group = groups.find(({ id }) => id === Number(c.req.param('group')));
    const roles = group === undefined ? [] : environment.rolesFor(group.id);
    return c.html(html`<option value="">- ${words.role} -</option>${roles.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}`);
  });

  app.post('/Admin/Add', async (c) => {
    const { words, group } = c.get('frame');
    if (!c.get('may')('Add Admin Account')) return refuse(c);
    const form = await c.req.formData();
    const isBasic = textField(form, 'UserType') !== 'Directory';
    const required = {
      UserName: words.username,
      ...(isBasic ? { Password: words.password, ConfirmPassword: words.confirmPassword } : {}),
      FirstName: words.firstName,
      LastName: words.lastName,
      EmailAddress: words.emailAddress,
    };
    const errors: Record<string, string[]> = {};
    for (const [name, label] of Object.entries(required)) if (textField(form, name).trim() === '') errors[name] = [`${label} ${words.isRequired}`];
    if (isBasic && errors['Password'] === undefined && textField(form, 'Password') !== textField(form, 'ConfirmPassword')) errors['ConfirmPassword'] = [words.passwordsDiffer];
    const grants = rowsOf(form, 'Roles').map((row) => ({ roleId: Number(row['RoleId'] ?? 0), organizationGroupId: Number(row['OrganizationGroupId'] ?? 0) }));
    if (grants.length === 0 || grants.some(({ roleId, organizationGroupId }) => roleId === 0 || organizationGroupId === 0)) errors['Roles'] = [words.unknownGroup];
    const [first] = Object.values(errors);
    if (first?.[0] !== undefined) return c.json(failed(first[0], errors));
    return await attempt(c, () => {
      environment.createAdmin({
        username: textField(form, 'UserName'),
        password: textField(form, 'Password'),
        firstName: textField(form, 'FirstName'),
        lastName: textField(form, 'LastName'),
        email: textField(form, 'EmailAddress'),
        organizationGroupId: group.id,
        roles: grants,
        type: isBasic ? 'basic' : 'directory',
        timeZone: textField(form, 'TimeZone') || 'GMT',
        locale: textField(form, 'Locale') || 'en-US',
      });
      return envelope({ Message: words.saved, RedirectUrl: '#/Admin/List' });
    });
  });

  return app;
}
