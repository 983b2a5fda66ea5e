import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ConsoleLanguage } from '../../types.ts';
import { JAMF_VERSION } from '../tenant-state.ts';
import { SETTINGS_PATH } from './paths.ts';
import type { Words } from './words.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageFrame {
  language: ConsoleLanguage;
  words: Words;
  organization: string;
  /** Name shown in the account menu. */
  username: string;
  /** Path that the console lies below, for what the page's scripts call. */
  context: string;
  /** How the page's script signs its own API calls; undefined where it makes none. */
  apiAccess: 'cookie' | 'bearer' | undefined;
}

export interface PageContent {
  title: string;
  /** Where the page came from, outermost first. */
  trail?: readonly { title: string; href: string }[];
  /** Address that a reload should show, where it is not the one that answered. */
  url?: string;
  body: Markup;
}

/** A page with the console's frame around it; `active` = path of the side navigation's entry that is current. */
export function consolePage(frame: PageFrame, active: string, content: PageContent): Markup {
  return framedPage(frame, active, content.title, mainOf(content));
}

/** The console's frame around a legacy page, which lies in a frame of its own. */
export function legacyShell(frame: PageFrame, options: { title: string; src: string }): Markup {
  const { title, src } = options;
  return framedPage(frame, SETTINGS_PATH, title, html`<iframe title="${title}" src="${src}" data-legacy></iframe>`);
}

/** What lies in that frame. */
export function legacyPage(frame: PageFrame, content: PageContent): Markup {
  return documentOf(frame, { title: titleOf(frame, content.title), body: mainOf(content), bodyAttributes: html`class="framed"` });
}

/** The empty page that a skin's bundle fills. Angular reads the nonce from the attribute of that name. */
export function appPage(frame: PageFrame, bundle: { script: string; style: string | undefined }, nonce: string): Markup {
  const head = html`${bundle.style === undefined ? '' : html`<link rel="stylesheet" href="${bundle.style}" />`}
    <script src="${bundle.script}" type="module"></script>`;
  const body = html`<console-app ngCspNonce="${nonce}"></console-app>`;
  return documentOf(frame, { title: frame.words.product, head, body, bodyAttributes: apiAccessOf(frame) });
}

function framedPage(frame: PageFrame, active: string, title: string, body: Markup): Markup {
  const { words } = frame;
  const entries = [
    { href: '/view/dashboard', title: words.dashboard },
    { href: '/computers.html', title: words.computers },
    { href: '/mobileDevices.html', title: words.devices },
    { href: '/users.html', title: words.users },
    { href: SETTINGS_PATH, title: words.settings },
  ];
  return documentOf(frame, {
    title: titleOf(frame, title),
    body: html`<header class="top">
        <a class="brand" href="/view/dashboard"><span aria-hidden="true" class="mark"></span>${words.product} · ${frame.organization}</a>
        <div class="account">
          <span>${words.accountMenu} <b data-account>${frame.username}</b></span>
          <form method="post" action="/logout"><button class="quiet" type="submit">${words.logOut}</button></form>
        </div>
      </header>
      <nav class="side" aria-label="${words.mainNavigation}">
        <ul>
          ${entries.map((entry) => html`<li><a href="${entry.href}" ${entry.href === active ? html`aria-current="page"` : ''}>${entry.title}</a></li>`)}
        </ul>
        <p class="version" data-version>${JAMF_VERSION}</p>
      </nav>
      ${body}`,
    bodyAttributes: apiAccessOf(frame),
  });
}

const titleOf = (frame: PageFrame, title: string): string => `${title} - ${frame.words.product}`;
const apiAccessOf = (frame: PageFrame): Markup => (frame.apiAccess === undefined ? html`` : html`data-api="${frame.apiAccess}" data-context="${frame.context}"`);

function mainOf(content: PageContent): Markup {
  const { title, trail, url, body } = content;
  return html`<main id="main" tabindex="-1" ${url === undefined ? '' : html`data-url="${url}"`}>
    ${trail === undefined
      ? ''
      : html`<p class="trail">${trail.map((one) => html`<a href="${one.href}">${one.title}</a> <span aria-hidden="true">/</span> `)}</p>`}
    <h1>${title}</h1>
    ${body}
  </main>`;
}

export function signInPage(frame: Pick<PageFrame, 'language' | 'words' | 'organization'>, options: { failed: boolean; to: string; ssoUrl: string | undefined }): Markup {
  const { words } = frame;
  return documentOf(frame, {
    // [C] the title by which scanners recognise the console.
    title: `${words.signInTitle} - ${words.product} v${JAMF_VERSION}`,
    body: html`<main id="main" class="sign-in">
      <p class="brand"><span aria-hidden="true" class="mark"></span>${frame.organization}</p>
      <h1>${words.signInTitle}</h1>
      ${options.failed ? html`<p role="alert">${words.badLogin}</p>` : ''}
      <form method="post" action="/?failover">
        <input type="hidden" name="to" value="${options.to}" />
        <label for="username">${words.username}</label>
        <input id="username" name="username" autocomplete="username" autocapitalize="none" required />
        <label for="password">${words.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button class="primary" type="submit">${words.logIn}</button>
      </form>
      ${options.ssoUrl === undefined ? '' : html`<p><a href="${options.ssoUrl}">${words.logInWithSso}</a></p>`}
    </main>`,
    bodyAttributes: html`class="signed-out"`,
  });
}

const SERVER_PAGE_HEAD = html`<link rel="stylesheet" href="/static/console.css" />
  <script src="/static/console.js" type="module"></script>`;

function documentOf(frame: Pick<PageFrame, 'language'>, parts: { title: string; body: Markup; bodyAttributes: Markup; head?: Markup }): Markup {
  const { title, body, bodyAttributes, head = SERVER_PAGE_HEAD } = parts;
  return html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="version" content="${JAMF_VERSION}" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${head}
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
