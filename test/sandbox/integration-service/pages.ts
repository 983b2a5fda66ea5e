import { Hono } from 'hono';
import type { Context } from 'hono';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import { LIVE_SCRIPT, STYLES } from './assets.ts';
import type { Account, Device, Integration, ListQuery, Organization, Page, Store } from './store.ts';
import type { Syncs } from './syncs.ts';

type Html = ReturnType<typeof html>;

const PER_PAGE = 50;
const CONSOLE_NAMES: Record<string, string> = { 'jamf-pro': 'Jamf Pro', 'workspace-one': 'Workspace ONE UEM' };
const STATUS_NAMES = { connecting: 'Connecting', connected: 'Connected', failed: 'Failed' };
const LEVEL_NAMES: Record<string, string> = { FullAccess: 'Full access', SiteAccess: 'Site access', GroupBasedAccess: 'Group access' };

/** Fleet Ledger's pages for people: plain server-rendered HTML. A real service would ask for a sign-in first. */
export function createPages(options: { origin: string; now: () => number; store: Store; syncs: Syncs }): Hono {
  const { origin, now, store, syncs } = options;
  const pages = new Hono();

  const organizationOf = (c: Context): Organization | undefined => store.organizations().find(({ id }) => id === c.req.param('org'));
  const integrationOf = (c: Context): Integration | undefined => store.findIntegration(c.req.param('org') ?? '', c.req.param('id') ?? '');

  pages.use('*', async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
    c.res.headers.set(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    c.res.headers.set('x-content-type-options', 'nosniff');
  });
  pages.use('*', csrf({ origin }));

  pages.get('/fleet-ledger.css', (c) => c.body(STYLES, 200, { 'content-type': 'text/css; charset=utf-8' }));
  pages.get('/live.js', (c) => c.body(LIVE_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }));

  pages.get('/', (c) =>
    c.html(
      layout({
        title: 'Organizations',
        content: html`<h1>Organizations</h1>
          <ul class="cards">
            ${store.organizations().map(
              (one) => html`<li><a class="card" href="/o/${one.id}/integrations"><strong>${one.name}</strong><span>${count(store.listIntegrations(one.id).length, 'integration')}</span></a></li>`,
            )}
          </ul>`,
      }),
    ),
  );
  pages.get('/o/:org', (c) => c.redirect(`/o/${encodeURIComponent(c.req.param('org'))}/integrations`));

  pages.get('/o/:org/integrations', (c) => {
    const organization = organizationOf(c);
    if (organization === undefined) return notFound(c);
    const search = c.req.query('q') ?? '';
    const rows = store.listIntegrations(organization.id, { like: search });
    const empty = search === '' ? 'No integrations yet. Connect a console with the service API key of this organization.' : 'No integration matches this search.';
    return c.html(
      layout({
        organization,
        section: 'integrations',
        title: 'Integrations',
        live: rows.some(({ status }) => status === 'connecting'),
        content: html`<header class="heading"><h1>Integrations</h1><p>${count(rows.length, 'integration')}</p></header>
          ${searchForm('Search by name, console or tenant', search)}
          ${rows.length === 0
            ? html`<p class="empty">${empty}</p>`
            : table(['Name', 'Console', 'Status', 'Accounts', 'Devices', 'Last sync'], rows, (row) => html`
                <th scope="row"><a href="${integrationPath(row)}">${row.name}</a></th>
                <td>${consoleName(row)}<small>${hostOf(row)}</small></td>
                <td>${pill(row)}</td>
                <td class="number">${number(row.counts?.accounts)}</td>
                <td class="number">${number(row.counts?.devices)}</td>
                <td>${time(row.lastSyncAt, now())}</td>`)}`,
      }),
    );
  });

  pages.get('/o/:org/integrations/:id', (c) => {
    const [organization, integration] = [organizationOf(c), integrationOf(c)];
    if (organization === undefined || integration === undefined) return notFound(c);
    const progress = integration.status === 'connecting' ? syncs.progress(integration.id) : null;
    return c.html(
      layout({
        organization,
        section: 'integrations',
        title: `${integration.name}: status`,
        live: integration.status === 'connecting',
        content: html`${integrationHeading(integration, 'status')}
          <section class="panel" aria-labelledby="state">
            <h2 id="state">Connection</h2>
            ${integration.error &&
            html`<div class="notice" role="alert"><strong>${integration.error.message}</strong>
                ${integration.error.privileges && html`<p>Missing privileges:</p><ul>${integration.error.privileges.map((name) => html`<li><code>${name}</code></li>`)}</ul>`}
                <p>Error code: <code>${integration.error.code}</code></p></div>`}
            ${integration.status === 'connecting' &&
            html`<div class="progress" role="status"><span>${progressText(progress)}</span>
                <progress aria-label="Sync" ${progress?.total ? html`max="${progress.total}" value="${progress.done}"` : ''}></progress></div>`}
            <dl>
              <dt>Status</dt><dd>${pill(integration)}</dd>
              <dt>Last sync</dt><dd>${time(integration.lastSyncAt, now())}</dd>
              <dt>Accounts</dt><dd>${number(integration.counts?.accounts)}</dd>
              <dt>Devices</dt><dd>${number(integration.counts?.devices)}</dd>
            </dl>
            <form method="post" action="${integrationPath(integration)}/retry">
              <button ${integration.status === 'connecting' ? 'disabled' : ''}>${integration.status === 'failed' ? 'Retry now' : 'Sync now'}</button>
            </form>
          </section>
          <section class="panel" aria-labelledby="settings">
            <h2 id="settings">Settings</h2>
            <dl>
              <dt>Console</dt><dd>${consoleName(integration)}</dd>
              <dt>Address</dt><dd>${integration.address}</dd>
              <dt>Tenant</dt><dd>${integration.tenant}</dd>
              <dt>Data sets</dt><dd>${integration.dataSets.map((set) => (set === 'accounts' ? 'Accounts' : 'Devices')).join(', ')}</dd>
              <dt>Site</dt><dd>${integration.site?.name ?? 'All sites'}</dd>
              <dt>Client ID</dt><dd><code>${integration.clientId}</code></dd>
              <dt>Connected since</dt><dd>${time(integration.createdAt, now())}</dd>
            </dl>
          </section>`,
      }),
    );
  });

  pages.post('/o/:org/integrations/:id/retry', (c) => {
    const integration = integrationOf(c);
    if (integration === undefined) return notFound(c);
    syncs.start(integration);
    return c.redirect(integrationPath(integration), 303);
  });

  for (const kind of ['accounts', 'devices'] as const) {
    const list = (c: Context, organization: Organization, integration?: Integration): Response | Promise<Response> => {
      const search = c.req.query('q') ?? '';
      const pageNumber = Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1);
      const query: ListQuery = { organizationId: organization.id, integrationId: integration?.id, like: search, limit: PER_PAGE, offset: (pageNumber - 1) * PER_PAGE };
      const found: Page<unknown> & { table: Html } = kind === 'accounts' ? withTable(store.accounts(query), accountTable(integration === undefined)) : withTable(store.devices(query), deviceTable(integration === undefined));
      const title = kind === 'accounts' ? 'Accounts' : 'Devices';
      return c.html(
        layout({
          organization,
          section: integration === undefined ? kind : 'integrations',
          title: integration === undefined ? title : `${integration.name}: ${kind}`,
          content: html`${integration === undefined ? html`<header class="heading"><h1>${title}</h1><p>${count(found.total, kind.slice(0, -1))}</p></header>` : integrationHeading(integration, kind)}
            ${searchForm(kind === 'accounts' ? 'Search by name or e-mail' : 'Search by name, serial number, model, user or place', search)}
            ${found.total === 0 ? html`<p class="empty">${search === '' ? `No ${kind} yet.` : `No ${kind} match this search.`}</p>` : found.table}
            ${pager(found.total, pageNumber, search)}`,
        }),
      );
    };
    pages.get(`/o/:org/${kind}`, (c) => {
      const organization = organizationOf(c);
      return organization === undefined ? notFound(c) : list(c, organization);
    });
    pages.get(`/o/:org/integrations/:id/${kind}`, (c) => {
      const [organization, integration] = [organizationOf(c), integrationOf(c)];
      return organization === undefined || integration === undefined ? notFound(c) : list(c, organization, integration);
    });
  }

  pages.all('*', notFound);
  return pages;
}

function notFound(c: Context): Response | Promise<Response> {
  return c.html(layout({ title: 'Not found', content: html`<h1>Not found</h1><p class="empty">There is nothing here. <a href="/">All organizations</a></p>` }), 404);
}

function layout(page: { organization?: Organization; section?: 'integrations' | 'accounts' | 'devices'; title: string; live?: boolean; content: Html }): Html {
  const { organization, section, title, live = false, content } = page;
  const link = (name: 'integrations' | 'accounts' | 'devices', label: string): Html =>
    html`<a href="/o/${organization?.id ?? ''}/${name}" ${section === name ? html`aria-current="page"` : ''}>${label}</a>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Fleet Ledger</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/fleet-ledger.css" />
        <script src="/live.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="bar">
          <a class="brand" href="/"><span aria-hidden="true"></span>Fleet Ledger</a>
          ${organization && html`<nav aria-label="Main">${link('integrations', 'Integrations')}${link('accounts', 'Accounts')}${link('devices', 'Devices')}</nav><span class="organization">${organization.name}</span>`}
        </header>
        <main id="main" ${live ? html`data-live="true"` : ''}>${content}</main>
      </body>
    </html>`;
}

function integrationHeading(integration: Integration, tab: 'status' | 'accounts' | 'devices'): Html {
  const path = integrationPath(integration);
  const link = (name: typeof tab, label: string, amount?: number | null): Html =>
    html`<a href="${name === 'status' ? path : `${path}/${name}`}" ${tab === name ? html`aria-current="page"` : ''}>${label}${
      typeof amount === 'number' ? html` <span class="amount">${number(amount)}</span>` : ''
    }</a>`;
  return html`<p class="trail"><a href="/o/${integration.organizationId}/integrations">Integrations</a></p>
    <header class="heading"><h1>${integration.name}</h1>${pill(integration)}</header>
    <p class="sub">${consoleName(integration)} · ${hostOf(integration)}</p>
    <nav class="tabs" aria-label="Integration">
      ${link('status', 'Status')}${link('accounts', 'Accounts', integration.counts?.accounts)}${link('devices', 'Devices', integration.counts?.devices)}
    </nav>`;
}

function withTable<Row>(page: Page<Row>, render: (rows: Row[]) => Html): Page<Row> & { table: Html } {
  return { ...page, table: render(page.rows) };
}

/** `mixed`: rows of several integrations, so each says where it comes from. */
function accountTable(mixed: boolean): (rows: (Account & { source: string })[]) => Html {
  return (rows) => table(['User name', 'Full name', 'E-mail', 'Access', 'State', ...(mixed ? ['From'] : [])], rows, (row) => html`
    <th scope="row">${row.username}</th><td>${row.fullName}</td><td>${row.email}</td><td>${LEVEL_NAMES[row.accessLevel] ?? row.accessLevel}</td>
    <td>${row.enabled ? 'Enabled' : 'Disabled'}</td>${mixed ? html`<td>${row.source}</td>` : ''}`);
}

function deviceTable(mixed: boolean): (rows: (Device & { source: string })[]) => Html {
  return (rows) => table(['Name', 'Serial number', 'Model', 'System', 'User', 'Site', 'Place', ...(mixed ? ['From'] : [])], rows, (row) => html`
    <th scope="row">${row.name}<small>${row.kind === 'computer' ? 'Computer' : 'Mobile device'}</small></th><td><code>${row.serial}</code></td><td>${row.model}</td><td>${row.os}</td>
    <td>${row.user}</td><td>${row.site}</td><td>${[row.building, row.department].filter(Boolean).join(', ')}</td>${mixed ? html`<td>${row.source}</td>` : ''}`);
}

function table<Row>(columns: string[], rows: Row[], cells: (row: Row) => Html): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="Table"><table>
    <thead><tr>${columns.map((column) => html`<th scope="col" ${['Accounts', 'Devices'].includes(column) ? html`class="number"` : ''}>${column}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody>
  </table></div>`;
}

function searchForm(label: string, value: string): Html {
  return html`<form class="search" role="search"><label for="q">${label}</label><div><input id="q" name="q" type="search" value="${value}" /><button class="quiet">Search</button></div></form>`;
}

function pager(total: number, page: number, search: string): Html {
  const pageCount = Math.ceil(total / PER_PAGE);
  if (pageCount <= 1) return html``;
  const to = (target: number): string => `?${new URLSearchParams({ ...(search && { q: search }), page: String(target) }).toString()}`;
  const first = Math.min(total, (page - 1) * PER_PAGE + 1);
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? html`<a href="${to(page - 1)}" rel="prev">Previous</a>` : ''}
    <span>${number(first)} to ${number(Math.min(total, page * PER_PAGE))} of ${number(total)}</span>
    ${page < pageCount ? html`<a href="${to(page + 1)}" rel="next">Next</a>` : ''}
  </nav>`;
}

function pill({ status }: Integration): Html {
  return html`<span class="pill ${status}">${STATUS_NAMES[status]}</span>`;
}

function time(at: number | null, now: number): Html {
  if (at === null) return html`<span class="quiet">Not yet</span>`;
  const minutes = Math.floor((now - at) / 60_000);
  const shown = minutes < 1 ? 'Just now' : minutes < 60 ? `${minutes} min ago` : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return html`<time datetime="${new Date(at).toISOString()}">${shown}</time>`;
}

function progressText(progress: ReturnType<Syncs['progress']>): string {
  if (progress === null || progress.step === 'credentials') return 'Signing in to the console';
  if (progress.step === 'privileges') return 'Checking privileges';
  return `Reading ${number(progress.done)} of ${number(progress.total)}`;
}

const number = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : value.toLocaleString('en'));
const count = (value: number, noun: string): string => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
const consoleName = ({ console }: Integration): string => CONSOLE_NAMES[console] ?? console;
const hostOf = ({ address }: Integration): string => new URL(address).host;
const integrationPath = ({ organizationId, id }: Integration): string => `/o/${organizationId}/integrations/${id}`;
