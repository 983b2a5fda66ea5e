import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Ws1Access } from '../types.ts';
import { envelope, failed } from './envelope.ts';
import type { Environment } from './environment.ts';
import { SECURITY_PIN } from './environments.ts';
import { attempt, fragment, refuse, textField } from './page-env.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import { grid, modal, page, tokenField, valmsg } from './pages/layout.ts';
import type { Markup } from './pages/layout.ts';
import { pinDialog, rowButton, rowRadio } from './pages/list-actions.ts';
import { CATEGORIES, permissionsOf } from './permissions.ts';
import type { Role, RoleInput } from './records.ts';
import { readRoleFile, writeRoleFile } from './role-file.ts';

const PAGE_SIZE = 50;

/** Whole categories where all of their boxes of a column are ticked, single permissions for the rest. */
export function rightsOf(ticked: ReadonlySet<string>): Pick<RoleInput, 'categories' | 'permissions'> {
  const categories: Record<string, Ws1Access> = {};
  const permissions: Record<string, Ws1Access> = {};
  for (const { path, permissions: all } of CATEGORIES) {
    const reads = all.filter(({ access }) => access === 'read');
    const covers = (some: typeof all): boolean => some.length > 0 && some.every(({ name }) => ticked.has(name));
    const whole = covers(all) ? 'edit' : covers(reads) ? 'read' : undefined;
    if (whole !== undefined) categories[path] = whole;
    if (whole === 'edit') continue;
    for (const { name, access } of all) if (ticked.has(name) && !(whole === 'read' && access === 'read')) permissions[name] = access;
  }
  return { categories, permissions };
}

/**
 * Accounts > Administrators > Roles. Buttons and labels as documented (docs.vmware.com GUID-AWT-ADMINROLES, GUID-AWT-CREATEADMINROLE,
 * GUID-A71A0CE1-BA4E-4F47-B1E4-EE7483017742). unverified: routes, markup, what the columns of the list are.
 */
export function createRolePages(environment: Environment): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  const roleOf = (c: PageContext): Role | undefined => environment.findRole(Number(c.req.param('id')));
  /** An import of a name that is taken, until the PIN was given; by session. */
  const waiting = new Map<string, { id: number; input: RoleInput }>();

  // ---- The list ----

  app.get('/Admin/Roles', (c) =>
    fragment(c, 'View Admin Role', () => {
      const { words } = c.get('frame');
      const button = (permission: string, label: string, action: Markup): Markup =>
        c.get('may')(permission) ? rowButton(label, action) : html``;
      return page(
        words.roles,
        html`<div class="grid-page">
          <div class="toolbar">
            ${c.get('may')('Add Admin Role') ? html`<a href="#" class="btn add" data-dialog="/Roles/Create" role="button">${words.addRole}</a>` : ''}
            ${button('Copy Admin Role', words.copy, html`data-dialog="/Roles/Copy/{id}"`)} ${button('Edit Admin Role', words.edit, html`data-dialog="/Roles/Edit/{id}"`)}
            ${button('Export Admin Role', words.export, html`data-download="/Roles/Export/{id}"`)} ${button('Delete Admin Role', words.delete, html`data-dialog="/Roles/Delete/{id}"`)}
            ${c.get('may')('Import Admin Role') ? html`<a href="#" class="btn" data-dialog="/Roles/Import" role="button">${words.importRole}</a>` : ''}
            <input type="text" id="SearchText" placeholder="${words.search}" />
          </div>
          <div id="RoleListSearch" data-grid="/Admin/Roles/Search" data-loading="${words.loading}"></div>
        </div>`,
      );
    }),
  );
  app.get('/Admin/Roles/Search', (c) =>
    fragment(c, 'View Admin Role', () => {
      const { words } = c.get('frame');
      const text = c.req.query('SearchText')?.trim().toLowerCase() ?? '';
      const pageNumber = Math.max(0, Number(c.req.query('Page') ?? 0) || 0);
      const all = environment.rolesFor(c.get('session').organizationGroupId).filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(text));
      all.sort((a, b) => a.name.localeCompare(b.name, 'en'));
      return grid(words, {
        id: 'airwatchrolelistsearch',
        columns: ['', words.name, words.description, words.organizationGroup],
        rows: all.slice(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE).map((role) => [
          rowRadio(role.id),
          html`<a href="#" data-dialog="/Roles/Edit/${role.id}">${role.name}</a>`,
          html`${role.description}`,
          html`${environment.group(role.organizationGroupId).name}`,
        ]),
        page: pageNumber,
        size: PAGE_SIZE,
        total: all.length,
        path: `/Admin/Roles/Search?${new URLSearchParams({ SearchText: text }).toString()}`,
      });
    }),
  );

  // ---- The form: categories at the left, resources at the right ----

  const form = (c: PageContext, options: { title: string; action: string; resources: string; name: string; description: string; isReadOnly?: boolean }): Markup => {
    const { words, token } = c.get('frame');
    const { title, action, resources, name, description, isReadOnly = false } = options;
    const body = html`<form id="RoleForm" method="post" action="/AirWatch${action}" data-ajax data-resources="${resources}">
      ${tokenField(token)}
      <div class="field"><label for="Name" class="required">${words.name}</label><input type="text" id="Name" name="Name" value="${name}" ${isReadOnly ? html`readonly` : ''} />${valmsg('Name')}</div>
      <div class="field">
        <label for="Description" class="required">${words.description}</label>
        <input type="text" id="Description" name="Description" value="${description}" ${isReadOnly ? html`readonly` : ''} />${valmsg('Description')}
      </div>
      ${valmsg('Resources')}
      <div class="role-editor">
        <aside>
          <h3 id="CategoriesTitle">${words.categories}</h3>
          <ul class="categories" role="tree" aria-labelledby="CategoriesTitle"></ul>
        </aside>
        <div>
          <input type="text" class="resource-search" placeholder="${words.searchResources}" />
          <div class="resources"></div>
        </div>
      </div>
      <div class="actions">
        <a href="#" class="btn" data-closes role="button">${words.cancel}</a>
        ${isReadOnly ? html`<span>${words.readOnlyRole}</span>` : html`<input type="submit" name="Save" value="${words.save}" />`}
      </div>
    </form>`;
    return modal(words, title, body);
  };
  app.get('/Roles/Create', (c) =>
    fragment(c, 'Add Admin Role', () => form(c, { title: c.get('frame').words.createRole, action: '/Roles/Create', resources: '/Roles/Resources/0', name: '', description: '' })),
  );
  app.get('/Roles/Copy/:id', (c) => {
    const role = roleOf(c);
    if (role === undefined) return c.notFound();
    // unverified: what the name of a copy is at first; documented is only that it is a "Create Role" form.
    const view = { title: c.get('frame').words.createRole, action: '/Roles/Create', resources: `/Roles/Resources/${role.id}`, name: `Copy of ${role.name}`, description: role.description };
    return fragment(c, 'Copy Admin Role', () => form(c, view));
  });
  app.get('/Roles/Edit/:id', (c) => {
    const role = roleOf(c);
    if (role === undefined) return c.notFound();
    const { id, name, description, builtIn } = role;
    const isReadOnly = builtIn || !c.get('may')('Edit Admin Role');
    return fragment(c, 'View Admin Role', () =>
      form(c, { title: c.get('frame').words.editRole, action: `/Roles/Edit/${id}`, resources: `/Roles/Resources/${id}`, name, description, isReadOnly }),
    );
  });
  app.get('/Roles/Resources/:id', (c) => {
    if (!c.get('may')('View Admin Role')) return refuse(c);
    const { none, read, edit, custom, category, resource, loading } = c.get('frame').words;
    const role = roleOf(c);
    return c.json({ categories: CATEGORIES, ticked: role === undefined ? [] : [...permissionsOf(role)], words: { none, read, edit, custom, category, resource, loading } });
  });

  const inputOf = (posted: FormData): RoleInput => ({
    name: textField(posted, 'Name'),
    description: textField(posted, 'Description'),
    ...rightsOf(new Set(posted.getAll('Resources').filter((one) => typeof one === 'string'))),
  });
  const done = (c: PageContext) => envelope({ Message: c.get('frame').words.saved, RedirectUrl: '#/Admin/Roles' });

  app.post('/Roles/Create', async (c) => {
    if (!c.get('may')('Add Admin Role') && !c.get('may')('Copy Admin Role')) return refuse(c);
    const posted = await c.req.formData();
    return await attempt(c, () => {
      environment.createRole(inputOf(posted), c.get('session').organizationGroupId);
      return done(c);
    });
  });
  app.post('/Roles/Edit/:id', async (c) => {
    if (!c.get('may')('Edit Admin Role')) return refuse(c);
    const posted = await c.req.formData();
    return await attempt(c, () => {
      environment.saveRole(Number(c.req.param('id')), inputOf(posted));
      return done(c);
    });
  });

  // ---- Actions that ask for the PIN ----

  const wrongPin = (c: PageContext) => failed(c.get('frame').words.wrongPin, { SecurityPin: [c.get('frame').words.wrongPin] });

  app.get('/Roles/Delete/:id', (c) => {
    const role = roleOf(c);
    if (role === undefined) return c.notFound();
    return fragment(c, 'Delete Admin Role', () => pinDialog(c.get('frame'), `/Roles/Delete/${role.id}`, `${c.get('frame').words.delete}: ${role.name}`));
  });
  app.post('/Roles/Delete/:id', async (c) => {
    if (!c.get('may')('Delete Admin Role')) return refuse(c);
    const posted = await c.req.formData();
    return await attempt(c, () => {
      if (posted.get('SecurityPin') !== SECURITY_PIN) return wrongPin(c);
      environment.deleteRole(Number(c.req.param('id')));
      return done(c);
    });
  });

  // ---- XML files. unverified: the schema, of which no public copy exists, and all wording ----

  app.get('/Roles/Export/:id', (c) => {
    const role = roleOf(c);
    if (role === undefined || !c.get('may')('Export Admin Role')) return c.notFound();
    const file = encodeURIComponent(`${role.name}.xml`);
    return c.body(writeRoleFile(role), 200, { 'content-type': 'text/xml; charset=utf-8', 'content-disposition': `attachment; filename*=UTF-8''${file}` });
  });
  app.get('/Roles/Import', (c) =>
    fragment(c, 'Import Admin Role', () => {
      const { words, token } = c.get('frame');
      const body = html`<form method="post" action="/AirWatch/Roles/Import" data-ajax enctype="multipart/form-data">
        ${tokenField(token)}
        <div class="field"><label for="RoleFile">${words.browse}</label><input type="file" id="RoleFile" name="RoleFile" accept=".xml" />${valmsg('RoleFile')}</div>
        <div class="actions"><a href="#" class="btn" data-closes role="button">${words.cancel}</a><input type="submit" value="${words.upload}" /></div>
      </form>`;
      return modal(words, words.importRole, body, 'small');
    }),
  );
  app.post('/Roles/Import', async (c) => {
    const { words } = c.get('frame');
    if (!c.get('may')('Import Admin Role')) return refuse(c);
    const file = (await c.req.formData()).get('RoleFile');
    const read = file instanceof File ? readRoleFile(await file.text()) : undefined;
    if (read === undefined) return c.json(failed(words.badRoleFile, { RoleFile: [words.badRoleFile] }));
    const same = environment.roles().find(({ name }) => name.toLowerCase() === read.name.trim().toLowerCase());
    return await attempt(c, () => {
      if (same === undefined) {
        environment.createRole(read, c.get('session').organizationGroupId);
        return done(c);
      }
      if (same.builtIn) return failed(words.readOnlyRole, { RoleFile: [words.readOnlyRole] });
      waiting.set(c.get('session').id, { id: same.id, input: read });
      return envelope({ IsSuccess: false, ShowDialog: true, ViewUrl: '/Roles/Import/Replace', IsValidationWarning: true, Message: words.sameName });
    });
  });
  app.get('/Roles/Import/Replace', (c) => {
    const { words } = c.get('frame');
    const body = html`<p>${words.sameName}</p>
      <div class="actions"><a href="#" class="btn" data-closes role="button">${words.no}</a><a href="#" class="btn primary" data-dialog="/Roles/Import/Pin" role="button">${words.yes}</a></div>`;
    return c.html(modal(words, words.importRole, body, 'small'));
  });
  app.get('/Roles/Import/Pin', (c) => c.html(pinDialog(c.get('frame'), '/Roles/Import/Replace', c.get('frame').words.importRole)));
  app.post('/Roles/Import/Replace', async (c) => {
    const found = waiting.get(c.get('session').id);
    if (found === undefined || !c.get('may')('Import Admin Role')) return refuse(c);
    const posted = await c.req.formData();
    return await attempt(c, () => {
      if (posted.get('SecurityPin') !== SECURITY_PIN) return wrongPin(c);
      environment.saveRole(found.id, found.input);
      waiting.delete(c.get('session').id);
      return done(c);
    });
  });

  return app;
}
