// The classic shell: hash routes to fragments, menus, dialogs, grids and forms.

import { BASE, elementsOf, getFragment, post } from './ajax.js';
import { enhanceAdmin } from './admin-form.js';
import { act, openMenu } from './menus.js';
import { enhanceKeys } from './rest-api.js';
import { enhanceRole } from './role-form.js';

const main = document.querySelector('#maincolumn');
const modals = document.querySelector('#modals');
const ENHANCERS = { '#RestApiForm': enhanceKeys, '#RoleForm': enhanceRole, '#AdminForm': enhanceAdmin };

// ---- Fragments ----

/** Which fragment a place waits for: one that comes late is dropped. */
const awaited = new WeakMap();

async function load(place, path) {
  awaited.set(place, path);
  place.replaceChildren();
  place.classList.add('loading');
  const fragment = await getFragment(path);
  if (awaited.get(place) !== path) return undefined;
  show(place, fragment.html);
  return fragment;
}

function show(place, html) {
  place.classList.remove('loading');
  place.replaceChildren(elementsOf(html));
  for (const [selector, enhance] of Object.entries(ENHANCERS)) for (const form of place.querySelectorAll(selector)) enhance(form, { openModal, say });
  for (const grid of place.querySelectorAll('[data-grid]')) void load(grid, grid.dataset.grid);
}

// ---- Hash routes ----

const hashPath = () => location.hash.slice(1).replace(/^\/AirWatch(?=\/)/, '');
/** Where the settings dialog leads back to. */
let behind = '';

async function route() {
  const path = hashPath();
  if (path === '' || path === '/') return location.replace('#/GettingStarted');
  if (/^\/Settings\//i.test(path)) return await openSettings(path);
  closeSettings();
  closeModals();
  behind = location.hash;
  markMenu(path);
  const fragment = await load(main, path);
  if (fragment === undefined) return;
  // A fragment that was found elsewhere is shown under that address.
  if (fragment.path !== path) history.replaceState(null, '', location.hash.replace(path, fragment.path));
  behind = location.hash;
  const title = main.querySelector('h1')?.textContent ?? '';
  document.title = title === '' ? 'Workspace ONE UEM' : `${title} | Workspace ONE UEM`;
}

function markMenu(path) {
  // A menu's own address has no entry among the pages.
  const menu = /^\/Menu\/(\w+)/.exec(path)?.[1] ?? document.querySelector(`#submenu a[href="#${CSS.escape(path)}"]`)?.closest('[data-menu]')?.dataset.menu;
  if (menu !== undefined) openMenu(menu);
  for (const link of document.querySelectorAll('#submenu a[href]')) {
    const isActive = link.getAttribute('href') === `#${path}`;
    link.classList.toggle('active', isActive);
    if (isActive) link.closest('ul.nested')?.removeAttribute('hidden');
    if (isActive) link.closest('ul.nested')?.previousElementSibling?.setAttribute('aria-expanded', 'true');
  }
}

addEventListener('hashchange', () => void route());

// ---- The settings dialog ----

let settings;

/** @param isFresh at the console's organization group, not at the one that was chosen in the dialog */
async function openSettings(path, isFresh = true) {
  if (settings === undefined) {
    const { html } = await getFragment(isFresh ? '/Settings?fresh=1' : '/Settings');
    settings ??= elementsOf(html).firstElementChild;
    modals.append(settings);
  }
  if (behind === '') behind = '#/GettingStarted';
  for (const link of settings.querySelectorAll('nav a')) link.classList.toggle('active', link.dataset.settings === path);
  for (let list = settings.querySelector('nav a.active')?.closest('ul.nested'); list; list = list.parentElement.closest('ul.nested')) {
    list.hidden = false;
    list.previousElementSibling.setAttribute('aria-expanded', 'true');
  }
  await load(settings.querySelector('.page'), path);
}

function closeSettings() {
  settings?.remove();
  settings = undefined;
}

/** Back to what lies below, without loading it again where it is there. */
function leaveSettings() {
  closeSettings();
  const hasPage = main.childElementCount > 0;
  if (hasPage) history.replaceState(null, '', behind);
  else location.replace(behind);
}

// ---- Dialogs ----

async function openModal(path) {
  const shade = document.createElement('div');
  shade.className = 'shade loading';
  modals.append(shade);
  const { html } = await getFragment(path);
  show(shade, html);
  shade.querySelector('input:not([type="hidden"]), a, select')?.focus();
  return shade;
}

const closeModals = () => modals.querySelectorAll('.shade').forEach((shade) => shade.remove());

// ---- Forms ----

function say(place, text, isError = false) {
  place.querySelector('.message')?.remove();
  if (text === '' || text == null) return;
  const message = document.createElement('div');
  message.className = isError ? 'message error' : 'message';
  message.setAttribute('role', isError ? 'alert' : 'status');
  message.textContent = text;
  place.prepend(message);
}

function showErrors(form, errors) {
  for (const old of form.querySelectorAll('.field-validation-error')) old.textContent = '';
  for (const [name, texts] of Object.entries(errors)) {
    const place = form.querySelector(`[data-valmsg-for="${CSS.escape(name)}"]`);
    if (place !== null) place.textContent = texts.join(' ');
  }
  // A field with a mistake is shown, on whichever tab it is.
  const panel = [...form.querySelectorAll('.field-validation-error')].find((one) => one.textContent !== '')?.closest('[role="tabpanel"]');
  if (panel) openTab(form.querySelector(`[aria-controls="${panel.id}"]`));
}

async function submit(form) {
  const fields = new FormData(form);
  form.dispatchEvent(new CustomEvent('collect', { detail: fields }));
  const answer = await post(new URL(form.action).pathname.slice(BASE.length), fields);
  const place = form.closest('.modal')?.querySelector('.body') ?? form.closest('.page') ?? form;
  showErrors(form, answer.Errors);
  if (answer.ShowDialog && answer.ViewUrl !== null) return await openModal(answer.ViewUrl);
  if (!answer.IsSuccess) return say(place, answer.Message, true);
  follow(answer, form);
}

/** Does what the envelope asks for. */
function follow(answer, form) {
  const page = form?.closest('.page');
  if (answer.HasView && page) {
    show(page, answer.ViewHtml);
    return say(page, answer.Message);
  }
  if (form?.closest('.shade')) closeModals();
  if (answer.ReloadPage) return location.reload();
  if (answer.RedirectUrl !== null && answer.RedirectUrl !== location.hash) location.hash = answer.RedirectUrl;
  else if (answer.RedirectUrl !== null) void route().then(() => say(main, answer.Message));
}

document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[data-ajax]')) return;
  event.preventDefault();
  void submit(event.target);
});

// ---- What is clicked ----

function openTab(tab) {
  const list = tab.closest('[role="tablist"]');
  for (const one of list.querySelectorAll('[role="tab"]')) {
    one.setAttribute('aria-selected', String(one === tab));
    const panel = document.getElementById(one.getAttribute('aria-controls'));
    if (panel) panel.hidden = one !== tab;
  }
}

const chosenRow = () => document.querySelector('input[name="GridSelection"]:checked')?.value;

act({
  settings: (link) => (location.hash = `#/AirWatch${link.dataset.settings}`),
  leaves: leaveSettings,
  closes: (link) => link.closest('.shade').remove(),
  dialog: (link) => void openModal(link.dataset.dialog.replace('{id}', chosenRow() ?? '')),
  post: async (link) => {
    const answer = await post(link.dataset.post.replace('{id}', chosenRow() ?? ''), {});
    if (answer.ShowDialog) void openModal(answer.ViewUrl);
    else if (answer.IsSuccess) follow(answer);
    else say(main, answer.Message, true);
  },
  download: (link) => location.assign(BASE + link.dataset.download.replace('{id}', chosenRow() ?? '')),
  group: async (link) => {
    const isSettings = link.closest('.settings') !== null;
    await post('/OrganizationGroup/Switch', { id: link.dataset.group, scope: isSettings ? 'settings' : 'console' });
    if (!isSettings) return location.reload();
    closeSettings();
    await openSettings(hashPath(), false);
  },
  page: (link) => void load(link.closest('[data-grid]'), link.dataset.page),
});

document.addEventListener('click', ({ target }) => {
  const tab = target instanceof Element ? target.closest('[role="tab"]') : null;
  if (tab !== null) openTab(tab);
});

document.addEventListener('change', ({ target }) => {
  if (target.name === 'GridSelection') for (const button of document.querySelectorAll('.needs-row')) button.setAttribute('aria-disabled', 'false');
});

// ---- Searching ----

let typing;
document.addEventListener('input', ({ target }) => {
  if (target.id !== 'SearchText') return;
  clearTimeout(typing);
  typing = setTimeout(() => searchGrid(target), 400);
});

function searchGrid(field) {
  const grid = field.closest('.grid-page').querySelector('[data-grid]');
  void load(grid, `${grid.dataset.grid}?${new URLSearchParams({ SearchText: field.value })}`);
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.id === 'SearchText') searchGrid(event.target);
  // Links without an address work like buttons.
  if ((event.key === 'Enter' || event.key === ' ') && event.target.matches('a[role]:not([href])')) event.target.click();
});

// A call that got no answer.
addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof TypeError)) return;
  event.preventDefault();
  for (const place of document.querySelectorAll('.loading')) place.classList.remove('loading');
  say(modals.querySelector('.modal .body, .settings .page') ?? main, main.dataset.failed, true);
});

void route();
