// Add/Edit Admin: fields follow the user type, roles are rows with a type-ahead for the group.

import { elementsOf, getFragment } from './ajax.js';

export function enhanceAdmin(form) {
  const rows = form.querySelector('.admin-roles tbody');
  const template = form.querySelector('template');
  let made = rows.childElementCount;

  for (const row of rows.children) enhanceRow(row);
  form.addEventListener('change', ({ target }) => {
    if (target.name !== 'UserType') return;
    for (const field of form.querySelectorAll('.basic-only')) field.hidden = target.value !== 'Basic';
  });
  form.querySelector('.add-role').addEventListener('click', () => {
    const row = template.content.cloneNode(true);
    for (const field of row.querySelectorAll('[name]')) field.name = field.name.replace('[]', `[${made}]`);
    made += 1;
    rows.append(row);
    enhanceRow(rows.lastElementChild);
  });
}

function enhanceRow(row) {
  const [text, id, role] = ['GroupName', 'OrganizationGroupId', 'RoleId'].map((name) => row.querySelector(`[name$="${name}"]`));
  const list = row.querySelector('.ui-autocomplete');
  let typing;

  const close = () => {
    list.hidden = true;
    text.setAttribute('aria-expanded', 'false');
  };
  const offer = async () => {
    const term = text.value;
    const { html } = await getFragment(`/Admin/OrganizationGroups?${new URLSearchParams({ term })}`);
    if (text.value !== term) return;
    list.replaceChildren(elementsOf(html));
    list.hidden = list.childElementCount === 0;
    text.setAttribute('aria-expanded', String(!list.hidden));
  };
  const choose = async (item) => {
    text.value = item.dataset.value;
    id.value = item.dataset.id;
    close();
    role.disabled = true;
    const { html } = await getFragment(`/Admin/RolesFor/${id.value}`);
    role.replaceChildren(elementsOf(html));
    role.disabled = false;
  };

  text.addEventListener('input', () => {
    id.value = '';
    role.disabled = true;
    clearTimeout(typing);
    typing = setTimeout(() => void offer(), 250);
  });
  text.addEventListener('keydown', (event) => {
    const items = [...list.children];
    const at = items.findIndex((item) => item.matches('.ui-state-focus'));
    const go = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (event.key === 'Escape') close();
    if (event.key === 'Enter') {
      event.preventDefault();
      if (items[at] && !list.hidden) void choose(items[at]);
    }
    if (go === undefined || items.length === 0) return;
    event.preventDefault();
    items[at]?.classList.remove('ui-state-focus');
    items[(go + items.length) % items.length].classList.add('ui-state-focus');
  });
  // Before the field loses the focus.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => void choose(target.closest('li')));
  text.addEventListener('blur', close);
  row.querySelector('.remove').addEventListener('click', () => row.remove());
}
