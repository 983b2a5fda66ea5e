import { Hono } from 'hono';
import { html } from 'hono/html';
import { envelope, failed } from './envelope.ts';
import type { Environment } from './environment.ts';
import { SECURITY_PIN } from './environments.ts';
import { attempt, fragment, refuse, rowsOf, textField } from './page-env.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import { adminForm, roleOptions } from './pages/admins.ts';
import type { EditedAdmin } from './pages/admins.ts';
import { grid, page } from './pages/layout.ts';
import { pinDialog, rowButton, rowRadio } from './pages/list-actions.ts';
import type { Admin, AdminInput } from './records.ts';

const PAGE_SIZE = 50;
const SUGGESTIONS = 10;

/**
 * Accounts > Administrators > List View with Add Admin, Edit and Delete. Tabs and fields as documented (docs.vmware.com GUID-AWT-CREATEADMINACCOUNT).
 * unverified: markup, names of the fields, which of them are required, the routes but `#/Admin/List`.
 */
export function createAdminPages(environment: Environment): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  /** Undefined for one of a group that the caller does not see. */
  const adminOf = (c: PageContext): Admin | undefined => {
    const found = environment.findAdmin(Number(c.req.param('id')));
    return c.get('frame').groups.some(({ id }) => id === found?.organizationGroupId) ? found : undefined;
  };

  // ---- The list ----

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
            ${c.get('may')('Edit Admin Account') ? rowButton(words.edit, html`data-dialog="/Admin/Edit/{id}"`) : ''}
            ${c.get('may')('Delete Admin Account') ? rowButton(words.delete, html`data-dialog="/Admin/Delete/{id}"`) : ''}
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
        columns: ['', words.username, words.firstName, words.lastName, words.emailAddress, words.organizationGroup, words.role, words.status],
        rows: all
          .slice(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE)
          .map((admin) => [
            rowRadio(admin.id),
            c.get('may')('Edit Admin Account', admin.organizationGroupId)
              ? html`<a href="#" data-dialog="/Admin/Edit/${admin.id}" data-ats-id="admin-${admin.id}">${admin.username}</a>`
              : html`${admin.username}`,
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

  // ---- The form, for a new one and for one that is there ----

  const shown = (admin: Admin): EditedAdmin => ({
    ...admin,
    group: environment.group(admin.organizationGroupId).name,
    roles: admin.roles.map(({ roleId, organizationGroupId }) => ({ group: environment.group(organizationGroupId), role: roleId, choices: environment.rolesFor(organizationGroupId) })),
  });
  app.get('/Admin/Add', (c) => fragment(c, 'Add Admin Account', () => adminForm(c.get('frame'))));
  app.get('/Admin/Edit/:id', (c) => {
    const admin = adminOf(c);
    return admin === undefined ? c.notFound() : fragment(c, 'Edit Admin Account', () => adminForm(c.get('frame'), shown(admin)));
  });
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
    return c.html(roleOptions(words, roles));
  });

  /** What the form says, of the type that an admin who is there has; or what is wrong with it, by field. */
  async function read(c: PageContext, admin?: Admin): Promise<{ input: AdminInput } | { errors: Record<string, string[]> }> {
    const { words, group } = c.get('frame');
    const form = await c.req.formData();
    const isBasic = admin === undefined ? textField(form, 'UserType') !== 'Directory' : admin.type === 'basic';
    const password = isBasic ? textField(form, 'Password') : '';
    // Whoever is there keeps the password that is not changed.
    const isChanged = admin === undefined || password !== '' || textField(form, 'ConfirmPassword') !== '';
    const required = {
      UserName: words.username,
      ...(isBasic && isChanged ? { Password: words.password, ConfirmPassword: words.confirmPassword } : {}),
      FirstName: words.firstName,
      LastName: words.lastName,
      EmailAddress: words.emailAddress,
    };
    const errors: Record<string, string[]> = {};
    for (const [name, label] of Object.entries(required)) if (textField(form, name).trim() === '') errors[name] = [`${label} ${words.isRequired}`];
    if (isBasic && errors['Password'] === undefined && password !== textField(form, 'ConfirmPassword')) errors['ConfirmPassword'] = [words.passwordsDiffer];
    const roles = rowsOf(form, 'Roles').map((row) => ({ roleId: Number(row['RoleId'] ?? 0), organizationGroupId: Number(row['OrganizationGroupId'] ?? 0) }));
    if (roles.length === 0 || roles.some(({ roleId, organizationGroupId }) => roleId === 0 || organizationGroupId === 0)) errors['Roles'] = [words.unknownGroup];
    if (Object.keys(errors).length > 0) return { errors };
    const input: AdminInput = {
      username: textField(form, 'UserName'),
      firstName: textField(form, 'FirstName'),
      lastName: textField(form, 'LastName'),
      email: textField(form, 'EmailAddress'),
      organizationGroupId: admin?.organizationGroupId ?? group.id,
      roles,
      type: isBasic ? 'basic' : 'directory',
      timeZone: textField(form, 'TimeZone') || undefined,
      locale: textField(form, 'Locale') || undefined,
      landingPage: textField(form, 'LandingPage') || undefined,
      ...(isBasic && isChanged ? { password } : {}),
    };
    return { input };
  }
  async function save(c: PageContext, admin: Admin | undefined, work: (input: AdminInput) => void): Promise<Response> {
    const result = await read(c, admin);
    if ('errors' in result) return c.json(failed(Object.values(result.errors)[0]?.[0] ?? '', result.errors));
    return await attempt(c, () => {
      work(result.input);
      return done(c);
    });
  }
  const done = (c: PageContext) => envelope({ Message: c.get('frame').words.saved, RedirectUrl: '#/Admin/List' });

  app.post('/Admin/Add', async (c) => (c.get('may')('Add Admin Account') ? await save(c, undefined, (input) => environment.createAdmin(input)) : refuse(c)));
  app.post('/Admin/Edit/:id', async (c) => {
    const admin = adminOf(c);
    if (admin === undefined || !c.get('may')('Edit Admin Account', admin.organizationGroupId)) return refuse(c);
    return await save(c, admin, (input) => environment.saveAdmin(admin.id, input));
  });

  app.get('/Admin/Delete/:id', (c) => {
    const admin = adminOf(c);
    if (admin === undefined) return c.notFound();
    const { frame } = c.var;
    return fragment(c, 'Delete Admin Account', () => pinDialog(frame, `/Admin/Delete/${admin.id}`, `${frame.words.delete}: ${admin.username}`));
  });
  app.post('/Admin/Delete/:id', async (c) => {
    const admin = adminOf(c);
    if (admin === undefined || !c.get('may')('Delete Admin Account', admin.organizationGroupId)) return refuse(c);
    const { wrongPin } = c.get('frame').words;
    if ((await c.req.formData()).get('SecurityPin') !== SECURITY_PIN) return c.json(failed(wrongPin, { SecurityPin: [wrongPin] }));
    environment.deleteAdmin(admin.id);
    return c.json(done(c));
  });

  return app;
}
