import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Environment } from './environment.ts';
import { fragment } from './page-env.ts';
import type { PageEnv } from './page-env.ts';
import { grid, page } from './pages/layout.ts';
import type { Markup } from './pages/layout.ts';
import { menus } from './pages/menu.ts';
import type { MenuEntry } from './pages/menu.ts';

const PAGE_SIZE = 50;

/** Devices, organization groups, and an empty page for every other entry of the menu. */
export function createListPages(environment: Environment): Hono<PageEnv> {
  const app = new Hono<PageEnv>();

  app.get('/Device/List', (c) =>
    fragment(c, 'View Device List', () => {
      const { words } = c.get('frame');
      return page(
        words.devices,
        html`<div class="grid-page">
          <div class="toolbar"><a href="#" class="btn" id="MoreActionsPopup" role="button" aria-disabled="true">${words.edit}</a><input type="text" id="SearchText" placeholder="${words.search}" /></div>
          <div id="DeviceListSearch" data-grid="/Device/List/Search" data-loading="${words.loading}"></div>
        </div>`,
      );
    }),
  );
  // Fragment and zero-based Page as in rsjorslev/aw-acc-status.
  app.get('/Device/List/Search', (c) =>
    fragment(c, 'View Device List', () => {
      const { words, group } = c.get('frame');
      const text = c.req.query('SearchText')?.trim().toLowerCase() ?? '';
      const pageNumber = Math.max(0, Number(c.req.query('Page') ?? 0) || 0);
      const { inventory } = environment;
      const ids = inventory.idsIn(environment.subtree(group.id)).filter((id) => text === '' || inventory.device(id).friendlyName.toLowerCase().includes(text));
      const rows = ids.slice(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE).map((id): Markup[] => {
        const device = inventory.device(id);
        return [
          html`<span id="FriendlyName"><a href="#/AirWatch/Device/Details/Summary/${id}">${device.friendlyName}</a></span>`,
          html`${device.user.userName}`,
          html`${device.model.platform}`,
          html`${device.model.model}`,
          html`${device.group.name}`,
          html`${device.seen.slice(0, 16).replace('T', ' ')}`,
        ];
      });
      const columns = [words.friendlyName, words.username, words.platform, words.model, words.organizationGroup, words.lastSeen];
      const path = `/Device/List/Search?${new URLSearchParams({ SearchText: text }).toString()}`;
      return grid(words, { id: 'airwatchdevicelistsearch', columns, rows, page: pageNumber, size: PAGE_SIZE, total: ids.length, path });
    }),
  );
  app.get('/Device/Details/Summary/:id', (c) =>
    fragment(c, 'View Device List', () => {
      const id = Number(c.req.param('id'));
      const { words } = c.get('frame');
      if (!environment.inventory.has(id) || !environment.subtree(c.get('frame').group.id).has(environment.inventory.groupOf(id).id)) return page(words.notFound, html``);
      const device = environment.inventory.device(id);
      const facts = [[words.model, device.model.model], [words.platform, device.model.platform], [words.username, device.user.userName], [words.organizationGroup, device.group.name]];
      return page(device.friendlyName, html`${facts.map(([label, value]) => html`<div class="field"><div>${label}</div><div>${value}</div></div>`)}`);
    }),
  );

  // The numeric id of the current group is known from where this leads to (euc-samples, READMEs).
  app.get('/OrganizationGroup/Details', (c) => c.redirect(`/AirWatch/OrganizationGroup/Details/Index/${c.get('session').organizationGroupId}`));
  app.get('/OrganizationGroup/Details/Index/:id', (c) =>
    fragment(c, 'View Organization Group', () => {
      const { words, groups } = c.get('frame');
      const group = groups.find(({ id }) => id === Number(c.req.param('id')));
      if (group === undefined) return page(words.notFound, html``);
      const field = (id: string, label: string, value: string): Markup =>
        html`<div class="field"><label for="${id}">${label}</label><input type="text" id="${id}" name="${id}" value="${value}" readonly /></div>`;
      return page(words.details, html`<div id="OrganizationGroupDetails">${field('Name', words.name, group.name)} ${field('GroupId', words.groupId, group.groupId)} ${field('Type', words.type, group.type)}</div>`);
    }),
  );
  app.get('/OrganizationGroup/List', (c) =>
    fragment(c, 'View Organization Group', () => {
      const { words, groups } = c.get('frame');
      const rows = groups.map(({ name, groupId, type }) => [html`${name}`, html`${groupId}`, html`${type}`]);
      return page(words.organizationGroups, grid(words, { id: 'OrganizationGroups', columns: [words.name, words.groupId, words.type], rows, page: 0, size: rows.length, total: rows.length, path: '' }));
    }),
  );
  app.get('/GettingStarted', (c) => c.html(page(c.get('frame').words.gettingStarted, html`<p>${c.get('frame').words.welcome}</p>`)));

  app.get('*', (c) => {
    const { words } = c.get('frame');
    const path = c.req.path.replace('/AirWatch', '');
    const all = menus(words);
    const menu = all.find(({ name }) => path === `/Menu/${name}` || path.startsWith(`/Menu/${name}/`));
    if (menu !== undefined) return c.html(page(menu.title, html``));
    const flat = (entries: readonly MenuEntry[]): MenuEntry[] => entries.flatMap((entry) => [entry, ...flat(entry.entries ?? [])]);
    const found = flat(all.flatMap(({ entries }) => entries)).find((entry) => entry.path === path);
    return found === undefined ? c.html(page(words.notFound, html``), 404) : c.html(page(found.title, html`<p>${words.nothing}</p>`));
  });

  return app;
}
