// The page script of the console's server-made pages: dialogs, the frame around a legacy page, and the few API calls that fill the
// header. No framework and nothing global, so that the page holds nothing a content script could lean on.

import { readApiFacts } from './page-api.js';

// ---- Dialogs ----

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button === null) return;
  if (button.dataset.opens !== undefined) document.getElementById(button.dataset.opens)?.showModal();
  if (button.dataset.closes !== undefined) button.closest('dialog')?.close();
  if (button.dataset.copies !== undefined) void navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
});

// A dialog that the answer itself opens: the one-time secret.
const opened = document.querySelector('dialog[data-open]');
opened?.addEventListener('close', () => opened.remove());
opened?.showModal();

// A reload must show the page, not post the form again.
const { url } = document.querySelector('#main')?.dataset ?? {};
if (url !== undefined && url !== location.pathname) history.replaceState(null, '', url);

// ---- The legacy page in its frame: the address and the title follow it ----

const legacy = document.querySelector('iframe[data-legacy]');
let followed = false;
const follow = () => {
  // An error page of the browser in place of the sign-in page, which no frame may show: signed out.
  if (!legacy.contentDocument?.body.classList.contains('framed')) return followed && location.reload();
  followed = true;
  const { pathname, search } = legacy.contentWindow.location;
  history.replaceState(null, '', pathname.replace('/legacy', '') + search);
  document.title = legacy.contentDocument.title;
};
if (legacy !== null) {
  legacy.addEventListener('load', follow);
  // This script may come after the frame.
  if (legacy.contentDocument?.readyState === 'complete' && legacy.contentWindow.location.href !== 'about:blank') follow();
}

// ---- What the header shows, from the API where this console lets its own page in ----

const { account, version } = await readApiFacts();
if (account !== undefined) document.querySelector('[data-account]').textContent = account;
if (version !== undefined) document.querySelector('[data-version]').textContent = version;
