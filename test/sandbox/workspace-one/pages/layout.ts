import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ConsoleLanguage, Ws1OrganizationGroup } from '../../types.ts';
import { menus } from './menu.ts';
import type { Menu, MenuEntry } from './menu.ts';
import type { Words } from './words.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What every page shows around its content. */
export interface PageFrame {
  language: ConsoleLanguage;
  words: Words;
  username: string;
  /** The group that the console is at, and all that this admin may switch to. */
  group: Ws1OrganizationGroup;
  groups: readonly Ws1OrganizationGroup[];
  /** Request verification token, for the page's forms. */
  token: string;
}

const STATIC = '/AirWatch/Content';

export const documentOf = (frame: Pick<PageFrame, 'language'>, options: { title: string; head?: Markup; body: Markup; className: string }): Markup =>
  html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="apple-mobile-web-app-title" content="AirWatch" />
        <title>${options.title}</title>
        ${options.head ?? html`<link rel="stylesheet" href="${STATIC}/console.css" />`}
      </head>
      <body class="${options.className}">
        ${options.body}
      </body>
    </html>`;

/** The field that every form carries; the page's script sends its value as a header too. */
export const tokenField = (token: string): Markup => html`<input type="hidden" name="__RequestVerificationToken" value="${token}" />`;

export type SignInStep = { step: 'username'; username: string } | { step: 'password'; username: string };

/** Markers as in the two public copies of the real page (2017 and 2021). unverified: how the second step comes to be. */
export function signInPage(frame: Pick<PageFrame, 'language' | 'words' | 'token'>, options: SignInStep & { returnUrl: string; hash: string; message?: string | undefined }): Markup {
  const { words, token } = frame;
  const { step, username, returnUrl, hash, message } = options;
  return documentOf(frame, {
    // The real title has blanks around it.
    title: ` ${words.login} `,
    className: 'loginscreen',
    head: html`<meta name="apple-mobile-web-app-capable" content="yes" />
      <link rel="stylesheet" href="/AirWatch/bundles/LoginCss" />
      <script src="/AirWatch/bundles/LoginJs" type="module"></script>`,
    body: html`<div id="wrapper-login" class="js-login-screen-container">
      <h1 class="logo-login">${words.product}</h1>
      <form id="loginform" method="post" action="/AirWatch/Login/Login/Login-User" autocomplete="off">
        ${tokenField(token)}
        <input type="hidden" name="ReturnUrl" id="ReturnUrl" value="${returnUrl}" />
        <input type="hidden" name="Hash" id="Hash" value="${hash}" />
        ${message === undefined ? '' : html`<div class="field-error" role="alert">${message}</div>`}
        <label for="UserName">${words.username}</label>
        <input type="text" name="UserName" id="UserName" value="${username}" ${step === 'password' ? html`readonly` : html`autofocus`} />
        ${step === 'password'
          ? html`<label for="Password">${words.password}</label>
              <input type="password" name="Password" id="Password" autofocus />`
          : ''}
        <input type="submit" data-ats-id="Login-submit" value="${step === 'password' ? words.logIn : words.next}" />
        <a href="/AirWatch/Login/Login/TroubleLoggingIn" data-ats-id="ats-trouble-logging-in">${words.troubleLoggingIn}</a>
      </form>
    </div>`,
  });
}

/** The classic shell: what the hash of the address names is loaded into `#maincolumn`. */
export function shellPage(frame: PageFrame): Markup {
  const { words } = frame;
  return documentOf(frame, {
    title: words.product,
    className: 'aw-app',
    head: html`<link rel="stylesheet" href="${STATIC}/console.css" />
      <script src="${STATIC}/console.js" type="module"></script>`,
    body: html`${tokenField(frame.token)} ${shellHeader(frame)} ${shellMenus(frame)}
      <div id="maincolumn" role="main" tabindex="-1" data-loading="${words.loading}" data-failed="${words.unexpected}"></div>
      <div id="modals"></div>`,
  });
}

export function shellHeader(frame: PageFrame): Markup {
  const { words } = frame;
  return html`<div id="header" role="banner">
    <a class="logo" href="/AirWatch/#/GettingStarted">${words.product}</a>
    ${groupPicker(frame, words.groupMenu, frame.group)}
    <div class="right">
      <span class="account">
        <a href="#" class="caret" role="button" aria-haspopup="true" aria-expanded="false" data-toggles>${words.add}</a>
        <div class="menu" hidden>
          <a href="#" data-dialog="/Admin/Add" data-ats-id="quick-add-admin">${words.addAdminEntry}</a>
          <a href="/AirWatch/#/Device/List">${words.addDevice}</a>
          <a href="/AirWatch/#/User/List">${words.addUserEntry}</a>
        </div>
      </span>
      <a href="#" title="${words.search}">⌕</a>
      <a href="#" title="${words.notifications}">♧</a>
      <a href="#" title="${words.favorites}">☆</a>
      <a href="#" title="${words.help}">?</a>
      <span class="account">
        <a href="#" class="caret" role="button" aria-haspopup="true" aria-expanded="false" data-toggles data-ats-id="account-menu">${frame.username}</a>
        <div class="menu" hidden>
          <a href="#">${words.accountSettings}</a>
          <a href="/AirWatch/Login/Logout" data-ats-id="logout">${words.logout}</a>
        </div>
      </span>
    </div>
  </div>`;
}

/** The drop-down with the tree of organization groups; the settings dialog has its own. */
export function groupPicker(frame: Pick<PageFrame, 'words' | 'groups'>, label: string, current: Ws1OrganizationGroup): Markup {
  const { words, groups } = frame;
  const known = new Set(groups.map(({ id }) => id));
  const below = (parent: number | null): Ws1OrganizationGroup[] => groups.filter((one) => (parent === null ? one.parent === null || !known.has(one.parent) : one.parent === parent));
  const level = (rows: readonly Ws1OrganizationGroup[]): Markup =>
    html`<ul>
      ${rows.map(
        (row) =>
          html`<li>
            <a href="#" data-group="${row.id}" data-name="${row.name}" title="${row.groupId}" class="${row.id === current.id ? 'current' : ''}">${row.name}</a>
            ${below(row.id).length === 0 ? '' : level(below(row.id))}
          </li>`,
      )}
    </ul>`;
  return html`<div class="og-picker">
    <a href="#" role="button" aria-label="${label}" aria-haspopup="true" aria-expanded="false" data-toggles data-current-group="${current.id}">${current.name}</a>
    <div class="menu" hidden>
      <input type="text" class="og-search" placeholder="${words.searchGroups}" />
      ${level(below(null))}
    </div>
  </div>`;
}

/** `active` = the menu that is open from the start, where the page's script does not open one itself. */
export function shellMenus(frame: Pick<PageFrame, 'words'>, active?: string): Markup {
  const { words } = frame;
  const all = menus(words);
  const list = (entries: readonly MenuEntry[]): Markup => html`${entries.map(entryOf)}`;
  const entryOf = (entry: MenuEntry): Markup => {
    if (entry.opensSettings) return html`<li><a href="#" aria-label="${words.opensDialog}" data-settings="/Settings/GettingStarted">${entry.title}<span aria-hidden="true">↗</span></a></li>`;
    if (entry.entries !== undefined)
      return html`<li>
        <a href="#" role="button" aria-expanded="false" data-toggles>${entry.title}</a>
        <ul class="nested" hidden>${list(entry.entries)}</ul>
      </li>`;
    return html`<li><a href="${entry.href ?? `${active === undefined ? '' : '/AirWatch/'}#${entry.path}`}" class="${entry.href !== undefined && active !== undefined ? 'active' : ''}">${entry.title}</a></li>`;
  };
  // A menu whose first entry is a folder has an address of its own; that of Groups & Settings is known.
  const first = ({ name, entries }: Menu): string => `/AirWatch/#${entries[0]?.path ?? `/AirWatch/Menu/${name}/${name === 'ConfigAndSettings' ? 'Groups' : ''}`}`;
  return html`<div id="mainmenu" role="navigation" aria-label="${words.mainMenu}">
      ${all.map(
        (menu) =>
          html`<a href="#" class="${menu.name === active ? 'active' : ''}" data-menu="${menu.name}" data-first="${first(menu)}"><i aria-hidden="true"></i>${menu.title}</a>`,
      )}
    </div>
    <div id="submenu" role="navigation" aria-label="${words.subMenu}">
      ${all.map(({ name, entries }) => html`<ul data-menu="${name}" ${name === active ? '' : html`hidden`}>${list(entries)}</ul>`)}
    </div>`;
}

/** A page of the main column. */
export const page = (title: string, body: Markup): Markup => html`<h1>${title}</h1>${body}`;

/** A dialog over the page; `small` for a question. */
export const modal = (words: Words, title: string, body: Markup, style = ''): Markup =>
  html`<div class="modal ${style}" role="dialog" aria-modal="true" aria-label="${title}">
    <header>
      <h2>${title}</h2>
      <a href="#" class="close" aria-label="${words.closeDialog}" data-closes>×</a>
    </header>
    <div class="body">${body}</div>
  </div>`;

export const valmsg = (name: string): Markup => html`<span class="field-validation-error" data-valmsg-for="${name}" data-valmsg-replace="true"></span>`;

/** The head of a tab control, whose panels have the ids `<id>-<name>`. */
export const tabs = (id: string, entries: readonly (readonly [name: string, title: string])[]): Markup =>
  html`<div class="tabs" role="tablist">
    ${entries.map(([name, title], index) => html`<a href="#" role="tab" aria-selected="${index === 0 ? 'true' : 'false'}" aria-controls="${id}-${name}">${title}</a>`)}
  </div>`;

export const tabPanel = (id: string, name: string, isFirst: boolean, body: Markup): Markup =>
  html`<div role="tabpanel" id="${id}-${name}" ${isFirst ? '' : html`hidden`}>${body}</div>`;

/** Two or more buttons of which one is pressed: radio buttons behind their labels. */
export const toggle = (field: string, options: readonly (readonly [value: string, label: string])[], chosen: string, disabled = false): Markup =>
  html`<div class="toggle">
    ${options.map(
      ([value, label]) =>
        html`<input type="radio" name="${field}" id="${field}_${value}" value="${value}" ${value === chosen ? html`checked` : ''} ${disabled ? html`disabled` : ''} /><label
            for="${field}_${value}"
            >${label}</label
          >`,
    )}
  </div>`;

/** A page of rows with what leads to the others; pages are counted from zero. */
export function grid(words: Words, options: { id: string; columns: readonly string[]; rows: readonly (readonly Markup[])[]; page: number; size: number; total: number; path: string }): Markup {
  const { id, columns, rows, page: current, size, total, path } = options;
  const from = total === 0 ? 0 : current * size + 1;
  const to = Math.min(total, (current + 1) * size);
  const address = (to_: number): string => `${path}${path.includes('?') ? '&' : '?'}Page=${to_}`;
  return html`<table class="grid" id="${id}">
      <thead>
        <tr>
          ${columns.map((title) => html`<th>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, index) => html`<td data-property="${columns[index] ?? ''}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${total === 0 ? html`<p>${words.nothing}</p>` : ''}
    <div class="pager">
      ${words.items} ${from} – ${to} ${words.of} ${total}
      <a href="#" class="btn" data-page="${address(current - 1)}" aria-disabled="${current === 0 ? 'true' : 'false'}">${words.previous}</a>
      <a href="#" class="btn" data-page="${address(current + 1)}" aria-disabled="${to >= total ? 'true' : 'false'}">${words.next}</a>
    </div>`;
}
