// The console's own page script: dialogs, type-ahead fields, moving between pages without loading them, and the few API calls that
// fill the frame. No framework and nothing global, so that the page holds nothing a content script could lean on.

const { dataset } = document.body;

// ---- The page's own API calls ----

/** @type {string | undefined} Only in memory, never in storage. */
let bearer;

/** Calls the API the way this console lets its own page in; undefined where it does not answer. */
async function callApi(path, retry = true) {
  if (dataset.api === 'bearer' && bearer === undefined) {
    const answer = await fetch('/view/session/token', { method: 'POST' });
    bearer = answer.ok ? (await answer.json()).token : undefined;
  }
  const answer = await fetch(path, bearer === undefined ? {} : { headers: { Authorization: `Bearer ${bearer}` } });
  if (answer.ok) return await answer.json();
  if (answer.status !== 401 || bearer === undefined || !retry) return undefined;
  // The token ran out.
  bearer = undefined;
  return await callApi(path, false);
}

async function refreshFrame() {
  if (dataset.api === undefined) return;
  const auth = await callApi('/api/v1/auth');
  if (auth !== undefined) document.querySelector('[data-account]').textContent = auth.account.realName || auth.account.username;
  const version = await callApi('/api/v1/jamf-pro-version');
  if (version !== undefined) document.querySelector('[data-version]').textContent = version.version;
}

// ---- Dialogs ----

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button === null) return;
  if (button.dataset.opens !== undefined) document.getElementById(button.dataset.opens)?.showModal();
  if (button.dataset.closes !== undefined) button.closest('dialog')?.close();
  if (button.dataset.copies !== undefined) void navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
});

// ---- Type-ahead: a text field that filters, a list of matches, the chosen ones as chips ----

function enhanceTypeahead(/** @type {HTMLSelectElement} */ select) {
  const options = [...select.options];
  const label = document.querySelector(`label[for="${select.id}"]`);
  const box = element('div', { class: 'typeahead' });
  const chips = element('ul', { class: 'chips' });
  const input = element('input', {
    type: 'text', id: `${select.id}-search`, role: 'combobox', autocomplete: 'off', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
    'aria-controls': `${select.id}-list`, placeholder: dataset.typeToSearch,
  });
  const list = element('ul', { id: `${select.id}-list`, role: 'listbox', 'aria-label': label.textContent, hidden: '' });
  box.append(chips, input, list);
  select.after(box);
  select.hidden = true;
  label.htmlFor = input.id;
  let active = -1;
  let timer = 0;

  const showChips = () => {
    chips.replaceChildren(...options.filter((option) => option.selected).map((option) => {
      const chip = element('li', {}, option.text);
      const remove = element('button', { type: 'button', 'aria-label': dataset.remove.replace('{}', option.text) }, '×');
      remove.addEventListener('click', () => {
        option.selected = false;
        showChips();
        input.focus();
      });
      chip.append(remove);
      return chip;
    }));
  };
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const open = () => {
    const text = input.value.trim().toLowerCase();
    const matches = options.filter((option) => !option.selected && option.text.toLowerCase().includes(text)).slice(0, 50);
    list.replaceChildren(...matches.map((option, index) => {
      const item = element('li', { role: 'option', id: `${list.id}-${index}`, 'aria-selected': 'false' }, option.text);
      item.addEventListener('click', () => choose(option));
      return item;
    }));
    if (matches.length === 0) list.append(element('li', { class: 'none' }, dataset.noMatches));
    list.hidden = false;
    active = -1;
    input.setAttribute('aria-expanded', 'true');
  };
  const choose = (option) => {
    option.selected = true;
    input.value = '';
    showChips();
    close();
    input.focus();
  };
  const move = (by) => {
    const items = [...list.querySelectorAll('[role=option]')];
    if (list.hidden || items.length === 0) return;
    active = (active + by + items.length) % items.length;
    items.forEach((item, index) => item.setAttribute('aria-selected', String(index === active)));
    items[active].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', items[active].id);
  };
  // As in a large app the matches come a moment after the typing.
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(open, 120);
  });
  input.addEventListener('click', open);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter') {
      event.preventDefault();
      list.querySelectorAll('[role=option]')[Math.max(active, 0)]?.click();
    } else return;
  });
  list.addEventListener('mousedown', (event) => event.preventDefault());
  input.addEventListener('blur', close);
  showChips();
}

function element(name, attributes, text = '') {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

// ---- Moving between pages ----

function enhance() {
  document.querySelectorAll('select[data-typeahead]').forEach(enhanceTypeahead);
  const opened = document.querySelector('dialog[data-open]');
  opened?.addEventListener('close', () => opened.remove());
  opened?.showModal();
  const { url } = document.querySelector('#main').dataset;
  // A reload must show the page, not post the form again.
  if (url !== undefined && url !== location.pathname) history.replaceState(null, '', url);
}

async function go(url, init, push = true) {
  const answer = await fetch(url, init);
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const main = next.querySelector('main#main');
  // Signed out, or not one of the console's pages: let the browser load it.
  if (main === null || next.body.dataset.navigation !== 'in-page') return location.assign(answer.url);
  document.title = next.title;
  document.querySelector('#main').replaceWith(main);
  document.querySelector('nav.side ul').replaceWith(next.querySelector('nav.side ul'));
  if (push) history.pushState(null, '', answer.url);
  enhance();
  if (document.querySelector('dialog[open]') === null) main.focus();
  window.scrollTo(0, 0);
  return await refreshFrame();
}

if (dataset.navigation === 'in-page') {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link === null || link.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void go(link.href);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if ('document' in form.dataset) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    // `form.action` would give a field of that name.
    const action = form.getAttribute('action') ?? location.href;
    void (form.method === 'post' ? go(action, { method: 'POST', body: data }) : go(action));
  });
  addEventListener('popstate', () => void go(location.href, undefined, false));
}

if (document.querySelector('#main') !== null) enhance();
void refreshFrame();
