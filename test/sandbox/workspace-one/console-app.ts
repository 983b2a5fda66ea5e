import path from 'node:path';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { Bundle } from '../bundling/bundle.ts';
import type { Ws1OAuthClientRow } from '../types.ts';
import type { Environment } from './environment.ts';
import type { PageEnv } from './page-env.ts';
import { documentOf, shellHeader, shellMenus, tokenField } from './pages/layout.ts';
import { APP_PATH } from './pages/menu.ts';
import type { Choice, ClientInput, ClientRow, MadeClient } from './pages/oauth-clients/data.ts';
import { Ws1Refusal } from './refusal.ts';

const pages = path.join(import.meta.dirname, 'pages');
/** Script and style of the newer pages; whoever tests them lets it be built before. */
export const OAUTH_BUNDLE = new Bundle({
  name: 'ws1-oauth-clients',
  entry: path.join(pages, 'oauth-clients/main.ts'),
  framework: 'angular',
  sources: [path.join(pages, 'words.ts')],
});

const READ = 'OAuth Client Read';
const EDIT = 'OAuth Client Edit';

/** `/AirWatch/aa/`: the newer shell with OAuth Client Management. unverified: what its page calls. */
export function createAppPages(environment: Environment): Hono<PageEnv> {
  const app = new Hono<PageEnv>();

  app.get(APP_PATH, async (c) => {
    const frame = c.get('frame');
    const files = await OAUTH_BUNDLE.files();
    return c.html(
      documentOf(frame, {
        title: frame.words.product,
        className: 'aw-app',
        head: html`<link rel="stylesheet" href="/AirWatch/Content/console.css" />
          ${files.map((file) => (file.endsWith('.css') ? html`<link rel="stylesheet" href="${APP_PATH}dist/${file}" />` : html`<script src="${APP_PATH}dist/${file}" type="module"></script>`))}
          <script src="/AirWatch/Content/menus.js" type="module"></script>`,
        body: html`${tokenField(frame.token)} ${shellHeader(frame)} ${shellMenus(frame, 'ConfigAndSettings')}
          <div id="maincolumn" role="main"><aa-root></aa-root></div>`,
      }),
    );
  });
  app.get(`${APP_PATH}dist/:file`, async (c) => {
    const file = await OAUTH_BUNDLE.read(c.req.param('file'));
    return file === undefined ? c.notFound() : c.body(file.body, 200, { 'content-type': file.type });
  });

  const api = `${APP_PATH}api`;
  const shown = (row: Ws1OAuthClientRow): ClientRow => ({
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: row.enabled,
    organizationGroup: environment.group(row.organizationGroupId).name,
    role: environment.findRole(row.roleId)?.name ?? '',
  });
  app.get(`${api}/oauth-clients`, (c) => {
    if (!c.get('may')(READ)) return c.json({ message: c.get('frame').words.notAllowed }, 403);
    const below = environment.subtree(c.get('session').organizationGroupId);
    return c.json(environment.oauthClients().filter(({ organizationGroupId }) => below.has(organizationGroupId)).map(shown) satisfies ClientRow[]);
  });
  app.get(`${api}/groups`, (c) => {
    const below = environment.subtree(c.get('session').organizationGroupId);
    return c.json(c.get('frame').groups.flatMap(({ id, name, groupId }) => (below.has(id) ? [{ id, title: `${name} (${groupId})` }] : [])) satisfies Choice[]);
  });
  app.get(`${api}/groups/:id/roles`, (c) => {
    const id = Number(c.req.param('id'));
    if (environment.findGroup(id) === undefined) return c.notFound();
    return c.json(environment.rolesFor(id).map((role) => ({ id: role.id, title: role.name })) satisfies Choice[]);
  });
  app.post(`${api}/oauth-clients`, async (c) => {
    const input: ClientInput = await c.req.json();
    if (!c.get('may')(EDIT, input.organizationGroupId)) return c.json({ message: c.get('frame').words.notAllowed }, 403);
    try {
      const { row, secret } = environment.createOAuthClient(input);
      return c.json({ row: shown(row), clientId: row.clientId, clientSecret: secret } satisfies MadeClient);
    } catch (error) {
      if (!(error instanceof Ws1Refusal)) throw error;
      return c.json({ message: error.message }, 400);
    }
  });

  return app;
}
