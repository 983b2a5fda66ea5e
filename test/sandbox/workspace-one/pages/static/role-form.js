// Create/Edit Role: the tree of categories at the left, the resources of the chosen one with their boxes at the right. What is ticked is kept here and
// goes with the form when it is saved.

import { getFragment } from './ajax.js';

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

export async function enhanceRole(form) {
  const { html } = await getFragment(form.dataset.resources);
  /** @type {{ categories: { path: string, permissions: { name: string, access: 'read' | 'edit' }[] }[], ticked: string[], words: Record<string, string> }} */
  const { categories, ticked, words } = JSON.parse(html);
  const chosen = new Set(ticked);
  const tree = form.querySelector('.categories');
  const table = form.querySelector('.resources');
  let shown = () => [];

  // ---- The tree ----

  const below = (path) => categories.filter((one) => one.path === path || one.path.startsWith(`${path} > `));
  const childrenOf = (path) => {
    const start = path === '' ? '' : `${path} > `;
    return [...new Set(categories.filter((one) => one.path.startsWith(start)).map((one) => start + one.path.slice(start.length).split(' > ')[0]))];
  };
  const stateOf = (path) => {
    const all = below(path).flatMap(({ permissions }) => permissions);
    const on = all.filter(({ name }) => chosen.has(name));
    if (on.length === 0) return { title: words.none, part: '0%' };
    if (on.length === all.length) return { title: words.edit, part: '100%' };
    const isRead = on.every(({ access }) => access === 'read') && all.every(({ name, access }) => access !== 'read' || chosen.has(name));
    return isRead ? { title: words.read, part: '50%' } : { title: words.custom, part: '75%' };
  };
  const pies = new Map();
  const showPies = () => {
    for (const [path, pie] of pies) {
      const { title, part } = stateOf(path);
      pie.title = title;
      pie.style.setProperty('--part', part);
    }
  };
  const branch = (path) => {
    const children = childrenOf(path);
    const pie = element('span', { class: 'pie' });
    pies.set(path, pie);
    const row = element('div', { class: 'node-row' }, element('span', { class: 'expander' }), pie, element('span', { class: 'node-name' }, path.split(' > ').at(-1)));
    const node = element('li', { role: 'treeitem', 'data-category': path, class: children.length === 0 ? 'leaf' : '', tabindex: '-1' }, row);
    if (children.length > 0) node.setAttribute('aria-expanded', 'false');
    return node;
  };
  const expand = (node) => {
    const isOpen = node.getAttribute('aria-expanded') === 'true';
    node.setAttribute('aria-expanded', String(!isOpen));
    // Made when they are first needed.
    if (!isOpen && node.querySelector('ul') === null) node.append(element('ul', { role: 'group' }, ...childrenOf(node.dataset.category).map(branch)));
    node.querySelector('ul').hidden = isOpen;
    showPies();
  };
  const choose = (node) => {
    for (const row of tree.querySelectorAll('.selected')) row.classList.remove('selected');
    for (const one of tree.querySelectorAll('[aria-selected]')) one.removeAttribute('aria-selected');
    node.querySelector('.node-row').classList.add('selected');
    node.setAttribute('aria-selected', 'true');
    form.querySelector('.resource-search').value = '';
    const found = below(node.dataset.category);
    shown = () => found.flatMap(({ path, permissions }) => permissions.map((one) => ({ ...one, path })));
    table.replaceChildren(element('p', {}, words.loading));
    setTimeout(showTable, 60);
  };
  tree.addEventListener('click', ({ target }) => {
    const node = target.closest('li');
    if (node === null) return;
    if (target.matches('.expander') && node.hasAttribute('aria-expanded')) expand(node);
    else choose(node);
  });
  tree.addEventListener('keydown', (event) => {
    const node = event.target.closest('li');
    const isOpen = node?.getAttribute('aria-expanded');
    if ((event.key === 'ArrowRight' && isOpen === 'false') || (event.key === 'ArrowLeft' && isOpen === 'true')) expand(node);
    if (event.key === 'Enter') choose(node);
  });

  // ---- The table ----

  const box = (row, access) => {
    const input = element('input', { type: 'checkbox', 'data-resource': row.name });
    input.checked = chosen.has(row.name);
    return row.access === access ? [input] : [];
  };
  const head = (access, label) => {
    const rows = shown().filter((row) => row.access === access);
    const input = element('input', { type: 'checkbox', id: `SelectAll_${access}` });
    const on = rows.filter(({ name }) => chosen.has(name)).length;
    input.checked = rows.length > 0 && on === rows.length;
    input.indeterminate = on > 0 && on < rows.length;
    input.dataset.all = access;
    return element('th', {}, input, ' ', element('label', { for: input.id }, label));
  };
  function showTable() {
    const rows = shown().map((row) =>
      element('tr', {}, element('td', {}, row.path.replaceAll(' > ', ' › ')), element('td', {}, row.name), element('td', {}, ...box(row, 'read')), element('td', {}, ...box(row, 'edit'))),
    );
    const top = element('tr', {}, element('th', {}, words.category), element('th', {}, words.resource), head('read', words.read), head('edit', words.edit));
    table.replaceChildren(element('table', { class: 'grid' }, element('thead', {}, top), element('tbody', {}, ...rows)));
  }
  table.addEventListener('change', ({ target }) => {
    const names = target.dataset.all === undefined ? [target.dataset.resource] : shown().flatMap(({ name, access }) => (takes(target, access) ? [name] : []));
    for (const name of names) if (target.checked) chosen.add(name); else chosen.delete(name);
    showPies();
    // The boxes stay where they are: only what they say changes.
    for (const input of table.querySelectorAll('[data-resource]')) input.checked = chosen.has(input.dataset.resource);
    for (const input of table.querySelectorAll('[data-all]')) {
      const rows = shown().filter(({ access }) => access === input.dataset.all);
      const on = rows.filter(({ name }) => chosen.has(name)).length;
      input.checked = rows.length > 0 && on === rows.length;
      input.indeterminate = on > 0 && on < rows.length;
    }
  });
  // unverified: that all of Edit takes Read with it, and all of Read taken away Edit.
  const takes = (target, access) => access === target.dataset.all || (target.checked ? target.dataset.all === 'edit' : target.dataset.all === 'read');

  form.querySelector('.resource-search').addEventListener('input', ({ target }) => {
    const text = target.value.trim().toLowerCase();
    shown = () => (text === '' ? [] : categories.flatMap(({ path, permissions }) => permissions.filter(({ name }) => name.toLowerCase().includes(text)).map((one) => ({ ...one, path }))));
    showTable();
  });

  form.addEventListener('collect', ({ detail }) => {
    for (const name of chosen) detail.append('Resources', name);
  });
  tree.replaceChildren(...childrenOf('').map(branch));
  tree.firstElementChild?.setAttribute('tabindex', '0');
  showPies();
}
