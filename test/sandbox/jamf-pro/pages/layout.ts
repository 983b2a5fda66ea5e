import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { JAMF_VERSION } from '../tenant-state.ts';
import type { Language, Words } from './words.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export const SETTINGS_PATH = '/view/settings';
/** [C] taken from a web session of 11.31 by a public tool. */
export const ROLES_AND_CLIENTS_PATH = '/view/settings/system-settings/api-roles-and-clients';

export interface PageFrame {
  language: Language;
  words: Words;
  organization: string;
  /** Name shown in the account menu. */
  username: string;
  /** `in-page`: links and forms swap the page's main part, as in a single-page app; `document`: every step loads a page. */
  navigation: 'in-page' | 'document';
  /** How the page's script signs its own API calls; undefined where it makes none. */
  apiAccess: 'cookie' | 'bearer' | undefined;
}

interface PageContent {
  /** Path of the side navigation's entry that is current. */
  active: string;
  title: string;
  /** Where the page came from, outermost first. */
  trail?: readonly { title: string; href: string }[];
  /** Address that a reload should show, where it is not the one that answered. */
  url?: string;
  body: Markup;
}

export function consolePage(frame: PageFrame, content: PageContent): Markup {
  const { words } = frame;
  const entries = [
    { href: '/view/dashboard', title: words.dashboard },
    { href: '/computers.html', title: words.computers },
    { href: '/mobileDevices.html', title: words.devices },
    { href: '/users.html', title: words.users },
    { href: SETTINGS_PATH, title: words.settings },
  ];
  return documentOf(
    frame,
    `${content.title} - ${words.product}`,
    html`<header class="top">
        <a class="brand" href="/view/dashboard"><span aria-hidden="true" class="mark"></span>${words.product} · ${frame.organization}</a>
        <div class="account">
          <span>${words.accountMenu} <b data-account>${frame.username}</b></span>
          <form method="post" action="/logout" data-document><button class="quiet" type="submit">${words.logOut}</button></form>
        </div>
      </header>
      <nav class="side" aria-label="${words.mainNavigation}">
        <ul>
          ${entries.map(({ href, title }) => html`<li><a href="${href}" ${href === content.active ? html`aria-current="page"` : ''}>${title}</a></li>`)}
        </ul>
        <p class="version" data-version>${JAMF_VERSION}</p>
      </nav>
      <main id="main" tabindex="-1" ${content.url === undefined ? '' : html`data-url="${content.url}"`}>
        ${content.trail === undefined
          ? ''
          : html`<p class="trail">${content.trail.map(({ href, title }) => html`<a href="${href}">${title}</a> <span aria-hidden="true">/</span> `)}</p>`}
        <h1>${content.title}</h1>
        ${content.body}
      </main>`,
    html`data-navigation="${frame.navigation}" ${frame.apiAccess === undefined ? '' : html`data-api="${frame.apiAccess}"`} data-no-matches="${words.noMatches}"
      data-type-to-search="${words.typeToSearch}" data-remove="${words.remove('{}')}"`,
  );
}

export function signInPage(frame: Pick<PageFrame, 'language' | 'words' | 'organization'>, options: { failed: boolean; to: string; ssoUrl: string | undefined }): Markup {
  const { words } = frame;
  return documentOf(
    frame,
    // [C] the title by which scanners recognise the console.
    `${words.signInTitle} - ${words.product} v${JAMF_VERSION}`,
    html`<main id="main" class="sign-in">
      <p class="brand"><span aria-hidden="true" class="mark"></span>${frame.organization}</p>
      <h1>${words.signInTitle}</h1>
      ${options.failed ? html`<p role="alert">${words.badLogin}</p>` : ''}
      <form method="post" action="/?failover" data-document>
        <input type="hidden" name="to" value="${options.to}" />
        <label for="username">${words.username}</label>
        <input id="username" name="username" autocomplete="username" autocapitalize="none" required />
        <label for="password">${words.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button class="primary" type="submit">${words.logIn}</button>
      </form>
      ${options.ssoUrl === undefined ? '' : html`<p><a href="${options.ssoUrl}">${words.logInWithSso}</a></p>`}
    </main>`,
    html`class="signed-out"`,
  );
}

function documentOf(frame: Pick<PageFrame, 'language'>, title: string, body: Markup, bodyAttributes: Markup): Markup {
  return html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="version" content="${JAMF_VERSION}" />
        <title>${title}</title>
        <link rel="stylesheet" href="/static/console.css" />
        <link rel="icon" href="data:," />
        <script src="/static/console.js" type="module"></script>
      </head>
      <body ${bodyAttributes}>
        ${body}
      </body>
    </html>`;
}

/** A button that opens a dialog which asks before it posts to `action`. */
export function confirmButton(
  words: Words,
  options: { id: string; label: string; title: string; text: string; confirm: string; action: string; danger?: boolean },
): Markup {
  const { id, label, title, text, confirm, action, danger = false } = options;
  return html`<button type="button" class="${danger ? 'danger' : ''}" data-opens="${id}">${label}</button>
    <dialog id="${id}" aria-labelledby="${id}-title">
      <h2 id="${id}-title">${title}</h2>
      <p>${text}</p>
      <form method="post" action="${action}" class="actions">
        <button type="button" data-closes>${words.cancel}</button>
        <button type="submit" class="${danger ? 'danger' : 'primary'}">${confirm}</button>
      </form>
    </dialog>`;
}

/** A button that leads to another page. */
export function linkButton(href: string, label: string, style = ''): Markup {
  return html`<form method="get" action="${href}"><button type="submit" class="${style}">${label}</button></form>`;
}

export function errorList(errors: readonly string[]): Markup {
  return errors.length === 0 ? html`` : html`<div role="alert" class="errors">${errors.map((text) => html`<p>${text}</p>`)}</div>`;
}
