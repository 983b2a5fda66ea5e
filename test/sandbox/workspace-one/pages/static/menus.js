// What the classic pages and the newer ones have around them: drop-downs, the main menu, the switch of the organization group.

import { BASE, post } from './ajax.js';

// What the real pages leave in the page's world.
window.aw = { baseUrl: BASE };
window.AwGlobalizationBundle = { locale: document.documentElement.lang };

export function openMenu(name) {
  for (const list of document.querySelectorAll('#submenu [data-menu]')) list.hidden = list.dataset.menu !== name;
  for (const link of document.querySelectorAll('#mainmenu a')) link.classList.toggle('active', link.dataset.menu === name);
}

const actions = {
  toggles: (link) => {
    const list = link.nextElementSibling;
    list.hidden = !list.hidden;
    link.setAttribute('aria-expanded', String(!list.hidden));
    list.querySelector('input')?.focus();
  },
  menu: (link) => {
    openMenu(link.dataset.menu);
    location.assign(link.dataset.first);
  },
  settings: (link) => location.assign(`/AirWatch/#/AirWatch${link.dataset.settings}`),
  group: async (link) => {
    await post('/OrganizationGroup/Switch', { id: link.dataset.group, scope: 'console' });
    location.reload();
  },
};

/** @param {Record<string, (link: HTMLElement) => unknown>} more what a link, field or button with `data-<name>` does; before what is here */
export function act(more) {
  Object.assign(actions, more);
}

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  for (const open of document.querySelectorAll('.menu:not([hidden])')) {
    const opener = open.previousElementSibling;
    if (opener?.contains(event.target) || event.target.matches('.menu input')) continue;
    open.hidden = true;
    opener?.setAttribute('aria-expanded', 'false');
  }
  for (const [name, action] of Object.entries(actions)) {
    const link = event.target.closest(`[data-${name}]:is(a, input, button)`);
    if (link === null) continue;
    event.preventDefault();
    if (link.getAttribute('aria-disabled') !== 'true') void action(link);
    return;
  }
  if (event.target.closest('a[href="#"]') !== null) event.preventDefault();
});

document.addEventListener('input', ({ target }) => {
  if (!target.matches?.('.og-search')) return;
  const text = target.value.toLowerCase();
  for (const link of target.closest('.menu').querySelectorAll('[data-name]')) link.hidden = !link.dataset.name.toLowerCase().includes(text);
});
