import { html } from 'hono/html';
import type { Client, ClientInput, Role, RoleInput } from '../roles-and-clients.ts';
import type { Tab } from '../skins/data.ts';
import { confirmButton, errorList, linkButton } from './layout.ts';
import type { Markup } from './layout.ts';
import { LEGACY, ROLES_AND_CLIENTS_PATH } from './paths.ts';
import type { Words } from './words.ts';

export const pathOf = (tab: Tab, id: number | 'new', rest = ''): string => `${LEGACY}${ROLES_AND_CLIENTS_PATH}/${tab}/${id}${rest}`;
export const tabPath = (tab: Tab): string => `${LEGACY}${ROLES_AND_CLIENTS_PATH}?tab=${tab}`;

/** The two lists, one at a time. */
export function listPage(
  words: Words,
  options: { tab: Tab; columns: readonly string[]; rows: readonly { href: string; cells: readonly string[] }[]; mayCreate: boolean; mayRead: boolean },
): Markup {
  const tabs: [Tab, string][] = [
    ['api-roles', words.apiRoles],
    ['api-clients', words.apiClients],
  ];
  const { tab, columns, rows } = options;
  return html`<div role="tablist" class="tabs" aria-label="${words.apiRolesAndClients}">
      ${tabs.map(
        ([key, title]) => html`<a role="tab" id="tab-${key}" href="${tabPath(key)}" aria-selected="${key === tab ? 'true' : 'false'}" aria-controls="panel">${title}</a>`,
      )}
    </div>
    <section id="panel" role="tabpanel" aria-labelledby="tab-${tab}">
      ${options.mayCreate ? html`<div class="actions">${linkButton(pathOf(tab, 'new'), words.new, 'primary')}</div>` : ''}
      ${options.mayRead
        ? html`<table>
              <thead>
                <tr>
                  ${columns.map((title) => html`<th scope="col">${title}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ({ href, cells }) =>
                    html`<tr>
                      ${cells.map((cell, index) => (index === 0 ? html`<td><a href="${href}">${cell}</a></td>` : html`<td>${cell}</td>`))}
                    </tr>`,
                )}
              </tbody>
            </table>
            ${rows.length === 0 ? html`<p class="empty">${words.nothingYet}</p>` : ''}`
        : html`<p class="empty">${words.notAllowed}</p>`}
    </section>`;
}

export function rolePage(words: Words, role: Role, may: { update: boolean; delete: boolean }): Markup {
  return html`<dl>
      <dt>${words.displayName}</dt>
      <dd>${role.displayName}</dd>
      <dt>${words.rolePrivileges}</dt>
      <dd>
        <ul class="chips">
          ${role.privileges.map((name) => html`<li>${name}</li>`)}
        </ul>
      </dd>
    </dl>
    <div class="actions">
      ${may.delete ? deleteButton(words, role.displayName, pathOf('api-roles', role.id, '/delete')) : ''}
      ${may.update ? linkButton(pathOf('api-roles', role.id, '/edit'), words.edit, 'primary') : ''}
    </div>`;
}

export function roleForm(words: Words, options: { role: RoleInput; known: readonly string[]; cancel: string; errors: readonly string[] }): Markup {
  const { role, known, cancel, errors } = options;
  return html`${errorList(errors)}
    <form method="post" id="role-form">
      <label for="displayName">${words.displayName}</label>
      <input id="displayName" name="displayName" value="${role.displayName}" autocomplete="off" required />
      <fieldset>
        <legend>${words.rolePrivileges}</legend>
        ${known.map(
          (name) =>
            html`<label class="check"><input type="checkbox" name="privileges" value="${name}" ${role.privileges.includes(name) ? html`checked` : ''} /> ${name}</label>`,
        )}
      </fieldset>
    </form>
    <div class="actions">
      ${linkButton(cancel, words.cancel)}
      <button type="submit" form="role-form" class="primary">${words.save}</button>
    </div>`;
}

export function clientPage(
  words: Words,
  client: Client,
  options: { roleNames: readonly string[]; may: { create: boolean; update: boolean; delete: boolean }; secret?: { clientId: string; clientSecret: string } },
): Markup {
  const { roleNames, may, secret } = options;
  return html`<dl>
      <dt>${words.displayName}</dt>
      <dd>${client.displayName}</dd>
      <dt>${words.rolesOfClient}</dt>
      <dd>
        <ul class="chips">
          ${roleNames.map((name) => html`<li>${name}</li>`)}
        </ul>
      </dd>
      <dt>${words.lifetime}</dt>
      <dd>${client.accessTokenLifetimeSeconds}</dd>
      <dt>${words.status}</dt>
      <dd>${client.enabled ? words.enabled : words.disabled}</dd>
      <dt>${words.clientId}</dt>
      <dd><code>${client.clientId}</code></dd>
    </dl>
    <div class="actions">
      ${may.delete ? deleteButton(words, client.displayName, pathOf('api-clients', client.id, '/delete')) : ''}
      ${may.create
        ? confirmButton(words, {
            id: 'confirm-secret',
            label: words.generateSecret,
            title: words.confirmSecretTitle,
            text: words.confirmSecret,
            confirm: words.createSecret,
            action: pathOf('api-clients', client.id, '/client-secret'),
          })
        : ''}
      ${may.update ? linkButton(pathOf('api-clients', client.id, '/edit'), words.edit, 'primary') : ''}
    </div>
    ${secret === undefined ? '' : secretDialog(words, secret)}`;
}

/** Shown once, in the answer to the minting itself: an answer lost on its way is a secret lost. */
function secretDialog(words: Words, secret: { clientId: string; clientSecret: string }): Markup {
  const field = (id: string, label: string, value: string): Markup =>
    html`<label for="${id}">${label}</label>
      <div class="copyable">
        <input id="${id}" value="${value}" readonly spellcheck="false" autocomplete="off" />
        <button type="button" data-copies="${id}" aria-label="${words.copyOf(label)}">${words.copy}</button>
      </div>`;
  return html`<dialog data-open aria-labelledby="secret-title">
    <h2 id="secret-title">${words.secretTitle}</h2>
    <p>${words.secretOnce}</p>
    ${field('secret-client-id', words.clientId, secret.clientId)} ${field('secret-client-secret', words.clientSecret, secret.clientSecret)}
    <div class="actions"><button type="button" class="primary" data-closes>${words.close}</button></div>
  </dialog>`;
}

export function clientForm(words: Words, options: { client: ClientInput; roleNames: readonly string[]; cancel: string; errors: readonly string[] }): Markup {
  const { client, roleNames, cancel, errors } = options;
  return html`${errorList(errors)}
    <form method="post" id="client-form">
      <label for="displayName">${words.displayName}</label>
      <input id="displayName" name="displayName" value="${client.displayName}" autocomplete="off" required />
      <label for="authorizationScopes">${words.rolesOfClient}</label>
      <select id="authorizationScopes" name="authorizationScopes" multiple size="6">
        ${roleNames.map((name) => html`<option ${client.authorizationScopes.includes(name) ? html`selected` : ''}>${name}</option>`)}
      </select>
      <label for="lifetime">${words.lifetime}</label>
      <input id="lifetime" name="accessTokenLifetimeSeconds" type="number" min="1" step="1" value="${client.accessTokenLifetimeSeconds}" aria-describedby="lifetime-hint" required />
      <p id="lifetime-hint" class="hint">${words.lifetimeHint}</p>
      <label class="check"><input type="checkbox" role="switch" name="enabled" ${client.enabled ? html`checked` : ''} /> ${words.enableClient}</label>
    </form>
    <div class="actions">
      ${linkButton(cancel, words.cancel)}
      <button type="submit" form="client-form" class="primary">${words.save}</button>
    </div>`;
}

function deleteButton(words: Words, name: string, action: string): Markup {
  return confirmButton(words, {
    id: 'confirm-delete',
    label: words.delete,
    title: words.confirmDeleteTitle(name),
    text: words.confirmDelete,
    confirm: words.delete,
    action,
    danger: true,
  });
}
