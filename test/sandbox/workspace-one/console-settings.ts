import { Hono } from 'hono';
import { html } from 'hono/html';
import { envelope, failed } from './envelope.ts';
import type { Environment } from './environment.ts';
import { attempt, fragment, refuse, rowsOf, textField, textOf } from './page-env.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import { modal, tokenField, valmsg } from './pages/layout.ts';
import type { Markup } from './pages/layout.ts';
import { settingsTrail, settingsTree } from './pages/menu.ts';
import { restApiPage, settingsDialog, settingsPage, tagsPage } from './pages/settings.ts';
import type { ApiKey, Session } from './records.ts';
import { invalid } from './refusal.ts';

const VIEW = 'View REST API Settings';
const EDIT = 'Edit REST API Settings';

/** The settings dialog: REST API and tags; all other pages of its tree are there, and empty. */
export function createSettingsPages(environment: Environment): { app: Hono<PageEnv>; setGroup: (session: Session, id: number) => void } {
  const app = new Hono<PageEnv>();
  const top = environment.topGroup.id;
  /** The dialog's own organization group, by session. unverified: that it is its own and not the console's. */
  const groups = new WeakMap<Session, number>();
  const groupOf = (c: PageContext): number => groups.get(c.get('session')) ?? c.get('session').organizationGroupId;
  /** Groups below the top one that chose Override: they have keys of their own. */
  const overriding = new Map<number, { enabled: boolean }>();

  app.get('/Settings', (c) => {
    if (c.req.query('fresh') !== undefined) groups.delete(c.get('session'));
    return c.html(settingsDialog(c.get('frame'), environment.group(groupOf(c))));
  });

  // ---- REST API ----

  /** The nearest group at or above this one whose settings count. */
  const ownerOf = (group: number): number => environment.pathTo(group).findLast(({ id }) => id === top || overriding.has(id))?.id ?? top;
  const keysOf = (group: number): ApiKey[] => environment.allKeys.filter(({ organizationGroupId }) => organizationGroupId === group);
  /** `fresh` = keys made just now, which are shown whole this once. */
  const view = (c: PageContext, fresh: readonly ApiKey[] = []): Markup => {
    const group = groupOf(c);
    const owner = ownerOf(group);
    const settings = environment.apiSettings(owner);
    return restApiPage(c.get('frame').words, c.get('frame').token, {
      isOwn: owner === group,
      isTop: group === top,
      restApiUrl: settings.restApiUrl,
      enabled: overriding.get(owner)?.enabled ?? settings.enabled,
      basicEnabled: settings.basicEnabled,
      keys: keysOf(owner),
      mayEdit: c.get('may')(EDIT, group),
      // unverified: where keys are masked once they are saved, that they are shown when they are made.
      shown: (key) => (fresh.includes(key) ? key.value : environment.shownKey(key)),
    });
  };
  const saved = async (c: PageContext, markup: Markup) => envelope({ Message: c.get('frame').words.saved, HasView: true, ViewHtml: await textOf(markup) });

  app.get('/Settings/RESTApi', (c) => (c.get('may')(VIEW, groupOf(c)) ? c.html(view(c)) : fragment(c, VIEW, () => html``)));
  app.post('/Settings/RESTApi', async (c) => {
    const group = groupOf(c);
    if (!c.get('may')(EDIT, group)) return refuse(c);
    const form = await c.req.formData();
    const enabled = textField(form, 'EnableApiAccess') === 'True';
    const rows = rowsOf(form, 'ApiServices').map((row) => ({
      ...(row['Id'] ? { id: Number(row['Id']) } : {}),
      service: row['ServiceName'] ?? '',
      accountType: row['AccountType'] === 'Enrollment User' ? ('Enrollment User' as const) : ('Admin' as const),
      description: row['Description'] ?? '',
      allowDomains: row['AllowDomains'] ?? '',
    }));
    return await attempt(c, async () => {
      if (group === top) {
        // What lies with groups below stays as it is.
        const others = environment.allKeys.filter(({ organizationGroupId }) => organizationGroupId !== top);
        const { added } = environment.saveApiSettings(top, { enabled, keys: [...rows, ...others] });
        return await saved(c, view(c, added));
      }
      if (textField(form, 'CurrentSetting') !== 'Override') {
        overriding.delete(group);
        return await saved(c, view(c));
      }
      return await saved(c, view(c, overrideAt(group, enabled, rows)));
    });
  });
  app.post('/Settings/RESTApi/Authentication', async (c) => {
    if (groupOf(c) !== top || !c.get('may')(EDIT, top)) return refuse(c);
    environment.saveApiAuthentication({ basic: textField(await c.req.formData(), 'Basic') === 'True' });
    return c.json(await saved(c, view(c)));
  });

  /** unverified: all of it. The keys of the group above stay with it; those added belong to this one. */
  function overrideAt(group: number, enabled: boolean, rows: readonly { id?: number; service: string; accountType: ApiKey['accountType']; description: string }[]): ApiKey[] {
    const added = rows.filter(({ id }) => id === undefined);
    const services = [...environment.allKeys, ...added].map(({ service }) => service.trim().toLowerCase());
    if (services.includes('')) throw invalid('service', 'Service is required.');
    if (new Set(services).size < services.length) throw invalid('service', 'Service name already exists.');
    overriding.set(group, { enabled });
    return added.map((row) => {
      const { value } = environment.addApiKey(row);
      const key = environment.findKey(value);
      if (key === undefined) throw new Error('A key that was added is not there');
      key.organizationGroupId = group;
      return key;
    });
  }

  // ---- Tags ----

  app.get('/Settings/Tags', (c) =>
    fragment(c, 'View Tag', () => {
      const group = groupOf(c);
      const shown = new Set([...environment.subtree(group), ...environment.pathTo(group).map(({ id }) => id)]);
      return tagsPage(c.get('frame').words, {
        mayAdd: c.get('may')('Add Tag', group),
        tags: environment.tags().filter((tag) => shown.has(tag.organizationGroupId)),
        groupName: (id) => environment.group(id).name,
      });
    }),
  );
  app.get('/Settings/Tags/Add', (c) => {
    const { words, token } = c.get('frame');
    const body = html`<form method="post" action="/AirWatch/Settings/Tags" data-ajax>
      ${tokenField(token)}
      <div class="field"><label for="TagName" class="required">${words.name}</label><input type="text" name="Name" id="TagName" />${valmsg('Name')}</div>
      <div class="field">
        <label for="TagType">${words.type}</label>
        <select name="TagType" id="TagType">
          <option value="Device">${words.addDevice}</option>
          <option value="General">${words.general}</option>
        </select>
      </div>
      <div class="field"><div>${words.organizationGroup}</div><div>${environment.group(groupOf(c)).name}</div></div>
      <div class="actions"><a href="#" class="btn" data-closes>${words.cancel}</a><input type="submit" name="Save" value="${words.save}" /></div>
    </form>`;
    return c.html(modal(words, words.addTag, body));
  });
  app.post('/Settings/Tags', async (c) => {
    if (!c.get('may')('Add Tag', groupOf(c))) return refuse(c);
    const form = await c.req.formData();
    return await attempt(c, () => {
      environment.createTag(textField(form, 'Name'), groupOf(c), textField(form, 'TagType') === 'General' ? 'General' : 'Device');
      return envelope({ Message: c.get('frame').words.saved, RedirectUrl: '#/AirWatch/Settings/Tags' });
    });
  });

  app.get('/Settings/:page', (c) => {
    const { words } = c.get('frame');
    const path = `/Settings/${c.req.param('page')}`;
    const title = settingsTrail(settingsTree(words), path).at(-1);
    return title === undefined ? c.notFound() : c.html(settingsPage(words, path, title, html`<p>${words.nothing}</p>`));
  });
  app.post('/Settings/:page', (c) => c.json(failed(c.get('frame').words.notFound)));

  return { app, setGroup: (session, id) => void groups.set(session, id) };
}
