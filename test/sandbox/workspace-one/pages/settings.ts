import { html } from 'hono/html';
import type { Ws1TagRow } from '../../types.ts';
import type { ApiKey } from '../records.ts';
import { grid, groupPicker, tabPanel, tabs, toggle, tokenField, valmsg } from './layout.ts';
import type { Markup, PageFrame } from './layout.ts';
import { settingsTrail, settingsTree } from './menu.ts';
import type { SettingsNode } from './menu.ts';
import type { Words } from './words.ts';

/** The dialog that all settings are in: its own organization group, the tree, and the page that was chosen. */
export function settingsDialog(frame: PageFrame, group: PageFrame['group']): Markup {
  const { words } = frame;
  const list = (nodes: readonly SettingsNode[]): Markup =>
    html`${nodes.map(
      (node) =>
        html`<li>
          ${node.path !== undefined
            ? html`<a href="#" data-settings="${node.path}">${node.title}</a>`
            : html`<a href="#" class="node" aria-expanded="false" data-toggles>${node.title}</a>
                <ul class="nested" hidden>${list(node.nodes ?? [])}</ul>`}
        </li>`,
    )}`;
  return html`<div class="settings" role="dialog" aria-label="${words.settings}">
    <header>
      <h2>${words.settings}</h2>
      ${groupPicker(frame, words.settingsGroupMenu, group)}
      <a href="#" class="close" aria-label="${words.closeDialog}" data-leaves>×</a>
    </header>
    <nav>
      <ul>
        ${list(settingsTree(words))}
      </ul>
    </nav>
    <div class="page" data-loading="${words.loading}"></div>
  </div>`;
}

/** Breadcrumb and title of a settings page. */
export function settingsPage(words: Words, path: string, title: string, body: Markup): Markup {
  return html`<ol class="crumbs">
      ${settingsTrail(settingsTree(words), path)
        .slice(0, -1)
        .map((one) => html`<li>${one}</li>`)}
    </ol>
    <h1>${title}<i class="info" title="${words.help}">?</i></h1>
    ${body}`;
}

export interface ApiSettingsView {
  isOwn: boolean;
  /** Whether the group may choose: the top group cannot inherit. */
  isTop: boolean;
  restApiUrl: string;
  enabled: boolean;
  basicEnabled: boolean;
  keys: readonly ApiKey[];
  mayEdit: boolean;
  shown: (key: ApiKey) => string;
}

/** As on Omnissa's screenshot (euc-dev/ws1-uem-apis, docs/76200-1119-175655-7.png): headings of the table are all that labels its fields. */
export function restApiPage(words: Words, token: string, view: ApiSettingsView): Markup {
  const { isOwn, isTop, restApiUrl, enabled, keys, mayEdit, shown } = view;
  const body = html`${tabs('restapi', [['general', words.general], ['authentication', words.authentication], ['usage', words.usage]])}
  ${tabPanel(
    'restapi',
    'general',
    true,
    html`<form id="RestApiForm" method="post" action="/AirWatch/Settings/RESTApi" data-ajax>
      ${tokenField(token)} ${currentSetting(words, isOwn, isTop)}
      <div class="field">
        <label for="RestApiUrl">${words.restApiUrl}</label>
        <input type="text" id="RestApiUrl" value="${restApiUrl}" readonly />
      </div>
      <div class="field own">
        <div>${words.enableApiAccess}</div>
        <div>
          ${toggle('EnableApiAccess', [['True', words.enabled], ['False', words.disabled]], enabled ? 'True' : 'False', !isOwn)}
          <i class="info" title="${words.help}">i</i>
        </div>
      </div>
      <a class="btn add" role="button" tabindex="0">${words.add}</a>
      ${valmsg('ApiServices')}
      <table class="keys own">
        <thead>
          <tr>
            <th>${words.service}</th>
            <th>${words.accountType}</th>
            <th>${words.apiKey}</th>
            <th>${words.description}</th>
            <th>${words.allowDomains}<i class="info">i</i></th>
            <th>${words.adminGenerated}<i class="info">i</i></th>
          </tr>
        </thead>
        <tbody>
          ${keys.map((key, index) => keyRow(words, String(index), { ...key, shown: shown(key) }))}
        </tbody>
      </table>
      <template>${keyRow(words, '', { id: undefined, service: '', accountType: 'Admin', shown: '', description: '', allowDomains: '', adminGenerated: true })}</template>
      ${childPermission(words)} ${mayEdit ? saveButton(words) : ''}
    </form>`,
  )}
  ${tabPanel('restapi', 'authentication', false, authenticationForm(words, token, view))}
  ${tabPanel(
    'restapi',
    'usage',
    false,
    grid(words, { id: 'ApiUsage', columns: [words.service, words.dailyQuota], rows: keys.map(({ service, used }) => [html`${service}`, html`${used}`]), page: 0, size: keys.length, total: keys.length, path: '' }),
  )}`;
  return settingsPage(words, '/Settings/RESTApi', words.restApi, body);
}

const saveButton = (words: Words): Markup => html`<div class="actions"><input type="submit" name="Save" value="${words.save}" /></div>`;

/** At the top group there is nothing to inherit from. */
function currentSetting(words: Words, isOwn: boolean, isTop: boolean): Markup {
  const radio = (value: string, label: string, checked: boolean): Markup =>
    html`<input type="radio" name="CurrentSetting" id="CurrentSetting_${value}" value="${value}" ${checked ? html`checked` : ''} ${isTop && !checked ? html`disabled` : ''} />
      <label for="CurrentSetting_${value}">${label}</label>`;
  return html`<div class="field ruled">
    <div>${words.currentSetting}</div>
    <div class="choices">${radio('Inherit', words.inherit, !isOwn)} ${radio('Override', words.override, isOwn)}</div>
  </div>`;
}

const childPermission = (words: Words): Markup =>
  html`<div class="field">
    <div>${words.childPermission}</div>
    <div class="choices">
      ${[words.inheritOnly, words.overrideOnly, words.inheritOrOverride].map(
        (label, index) =>
          html`<input type="radio" name="ChildPermission" id="ChildPermission_${index}" value="${index}" ${index === 2 ? html`checked` : ''} disabled /> <label for="ChildPermission_${index}">${label}</label>`,
      )}
    </div>
  </div>`;

interface KeyRow extends Pick<ApiKey, 'service' | 'accountType' | 'description' | 'allowDomains' | 'adminGenerated'> {
  id: number | undefined;
  shown: string;
}

/** Fields without labels of their own. unverified: whether a key's field can be typed in; what is typed counts for nothing. */
function keyRow(words: Words, index: string, { id, service, accountType, shown, description, allowDomains, adminGenerated }: KeyRow): Markup {
  const name = (field: string): string => `ApiServices[${index}].${field}`;
  return html`<tr data-admin-generated="${adminGenerated}">
    <td>
      <input type="hidden" name="${name('Id')}" value="${id ?? ''}" />
      <input type="text" name="${name('ServiceName')}" value="${service}" data-ats-id="service-name" />
    </td>
    <td>
      <select name="${name('AccountType')}">
        <option value="Admin" ${accountType === 'Admin' ? html`selected` : ''}>${words.accountTypeAdmin}</option>
        <option value="Enrollment User" ${accountType === 'Admin' ? '' : html`selected`}>${words.accountTypeUser}</option>
      </select>
    </td>
    <td><textarea name="${name('ApiKey')}" spellcheck="false">${shown}</textarea></td>
    <td><textarea name="${name('Description')}">${description}</textarea></td>
    <td><textarea name="${name('AllowDomains')}" ${accountType === 'Admin' ? html`disabled` : ''}>${allowDomains}</textarea></td>
    <td><textarea class="fixed" disabled>${adminGenerated ? words.yes : words.no}</textarea></td>
  </tr>`;
}

/** unverified: everything but that Basic stands here and has to be enabled (Trend Micro). */
function authenticationForm(words: Words, token: string, { isOwn, isTop, basicEnabled, mayEdit }: ApiSettingsView): Markup {
  return html`<form method="post" action="/AirWatch/Settings/RESTApi/Authentication" data-ajax>
    ${tokenField(token)}
    <div class="field">
      <div>${words.basic}</div>
      ${toggle('Basic', [['True', words.enabled], ['False', words.disabled]], basicEnabled ? 'True' : 'False', !isOwn)}
    </div>
    <div class="field">
      <div>${words.certificates}</div>
      ${toggle('Certificates', [['True', words.enabled], ['False', words.disabled]], 'False', !isOwn)}
    </div>
    <div class="field">
      <div>${words.directory}</div>
      ${toggle('Directory', [['True', words.enabled], ['False', words.disabled]], 'False', !isOwn)}
    </div>
    ${mayEdit && isTop ? saveButton(words) : ''}
  </form>`;
}

export function tagsPage(words: Words, options: { mayAdd: boolean; tags: readonly Ws1TagRow[]; groupName: (id: number) => string }): Markup {
  const { mayAdd, tags, groupName } = options;
  const rows = tags.map((tag) => [html`${tag.name}`, html`${groupName(tag.organizationGroupId)}`, html`${tag.devices}`]);
  return settingsPage(
    words,
    '/Settings/Tags',
    words.tags,
    html`<div class="toolbar">${mayAdd ? html`<a href="#" class="btn add" data-dialog="/Settings/Tags/Add">${words.addTag}</a>` : ''}</div>
      ${grid(words, { id: 'TagList', columns: [words.name, words.organizationGroup, words.devices], rows, page: 0, size: rows.length, total: rows.length, path: '' })}`,
  );
}
