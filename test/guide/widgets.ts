/*
 * Widgets as other libraries make them, for pages that are shown by showHtml. Each function runs in the page and uses nothing from
 * outside of it.
 */

export const privileges = ['Create Computers', 'Read Computers', 'Read Computers Extension', 'Read Computer Groups', 'Read Sites', 'Read Users', 'Update Sites', ...Array.from({ length: 200 }, (_, index) => `Delete Thing ${index}`)];

export interface TypeAheadOptions {
  names: readonly string[];
  chosen?: readonly string[];
  /** What opens the list. `focus`: by focus or input, `press`: mousedown on the opener, `click`: click on it. */
  opens: 'focus' | 'input' | 'press' | 'click';
  /** Where the list is: at the end of body or beside the opener. */
  place: 'body' | 'field';
  /** Rows: with role=option, or mere text. */
  rows: 'option' | 'text';
  /** How a chosen row says so. */
  says?: 'aria-selected' | 'checkbox' | 'nothing';
  /** Chosen ones leave the list, or stay and a second press takes them back. */
  chosenOnes: 'leave' | 'toggle';
  /** How the field shows its choice. */
  shows: 'chips' | 'chips inside' | 'commas' | 'count' | 'nothing';
  /** aria-controls on the opener. */
  refers: boolean;
  /** A search field in the list, where the opener is a button. */
  search?: boolean;
  /** For rows to come, ms. */
  delay?: number;
  /** Only so many rows are there, by scrolling. */
  virtual?: number;
  /** What a press on a row listens to. */
  event?: 'mousedown' | 'mouseup' | 'click' | 'pointerup';
  /** Highlights the match by an element of its own. */
  highlights?: boolean;
  /** Names that do not stay. */
  rejects?: readonly string[];
  single?: boolean;
}

/** Expects `#opener` (an input or button) and `#shown` for what is chosen. `window.chosen` is what the page holds. */
export function typeAhead(options: TypeAheadOptions): void {
  const { names, opens, place, rows, says = 'aria-selected', chosenOnes, shows, refers, event = 'click', delay = 0, virtual, highlights, rejects = [] } = options;
  const opener = document.querySelector<HTMLInputElement>('#opener')!;
  const shown = document.querySelector<HTMLElement>('#shown')!;
  const chosen: string[] = [...(options.chosen ?? [])];
  Object.assign(window, { chosen });
  const list = document.createElement('div');
  list.id = 'list';
  list.hidden = true;
  list.style.cssText = 'height:120px;width:300px;overflow:auto;background:white;position:absolute;z-index:9';
  if (rows === 'option') {
    list.setAttribute('role', 'listbox');
    if (!options.single) list.setAttribute('aria-multiselectable', 'true');
  }
  const popup = document.createElement('div');
  popup.append(list);
  const search = options.search ? document.createElement('input') : opener;
  if (options.search) popup.prepend(search);
  (place === 'body' ? document.body : opener.parentElement!).append(popup);
  search.hidden = Boolean(options.search);
  if (refers) opener.setAttribute('aria-controls', 'list');
  opener.setAttribute('aria-expanded', 'false');

  const show = (): void => {
    shown.replaceChildren();
    if (options.single && opener.localName === 'input') opener.value = chosen[0] ?? '';
    else if (shows === 'commas') shown.textContent = chosen.join(', ');
    else if (shows === 'count') shown.textContent = `${chosen.length} selected`;
    else if (shows.startsWith('chips')) {
      for (const name of chosen) {
        const chip = document.createElement('span');
        chip.className = 'chip';
        chip.innerHTML = `<span class=text></span><button type=button aria-label="Remove ${name}">×</button>`;
        chip.firstElementChild!.textContent = name;
        shown.append(chip);
      }
    }
  };
  const choose = (name: string): void => {
    const at = chosen.indexOf(name);
    if (options.single) chosen.splice(0, 1, name);
    else if (at >= 0) chosen.splice(at, 1);
    else chosen.push(name);
    if (rejects.includes(name)) setTimeout(() => {
      const back = chosen.indexOf(name);
      if (back >= 0) chosen.splice(back, 1);
      show();
      render();
    }, 20);
    if (opener.localName === 'input' && !options.single) opener.value = '';
    if (options.single) open(false);
    show();
    render();
  };
  const row = (name: string): HTMLElement => {
    const item = document.createElement('div');
    item.style.height = '24px';
    item.textContent = name;
    const typed = search.value;
    if (highlights && typed !== '' && name.startsWith(typed)) item.innerHTML = `<mark>${typed}</mark><span>${name.slice(typed.length)}</span>`;
    const isChosen = chosen.includes(name);
    if (rows === 'option') item.setAttribute('role', 'option');
    if (rows === 'option' && says === 'aria-selected') item.setAttribute('aria-selected', String(isChosen));
    if (says === 'checkbox') {
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = isChosen;
      box.tabIndex = -1;
      item.prepend(box);
    }
    item.addEventListener(event, () => choose(name));
    return item;
  };
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout>;
  const render = (): void => {
    const typed = search.localName === 'input' && !(options.single && chosen[0] === search.value) ? search.value.toLowerCase() : '';
    const matching = names.filter((name) => name.toLowerCase().includes(typed) && !(chosenOnes === 'leave' && chosen.includes(name)));
    if (virtual === undefined) list.replaceChildren(...matching.map(row));
    else {
      const first = Math.max(0, Math.min(Math.floor(list.scrollTop / 24), matching.length - virtual));
      const space = document.createElement('div');
      space.style.cssText = `height:${matching.length * 24}px;position:relative`;
      space.append(...matching.slice(first, first + virtual).map((name, index) => {
        const item = row(name);
        item.style.cssText = `position:absolute;height:24px;width:100%;top:${(first + index) * 24}px`;
        return item;
      }));
      list.replaceChildren(space);
    }
  };
  const open = (now: boolean): void => {
    isOpen = now;
    list.hidden = !now;
    if (options.search) search.hidden = !now;
    opener.setAttribute('aria-expanded', String(now));
    if (now) render();
  };
  let lastTop = -1;
  list.addEventListener('scroll', () => {
    if (virtual !== undefined && list.scrollTop !== lastTop) {
      lastTop = list.scrollTop;
      render();
    }
  });
  search.addEventListener('input', () => {
    clearTimeout(timer);
    if (delay > 0) list.replaceChildren();
    timer = setTimeout(() => (isOpen ? render() : open(true)), delay);
  });
  if (opens === 'focus') opener.addEventListener('focus', () => open(true));
  if (opens === 'press') opener.addEventListener('mousedown', () => open(!isOpen));
  if (opens === 'click') opener.addEventListener('click', () => open(!isOpen));
  if (!options.search && opener.localName === 'input') opener.addEventListener('blur', () => setTimeout(() => open(false)));
  for (const one of [opener, search]) one.addEventListener('keydown', (key) => {
    if (key.key === 'Escape') open(false);
    // Whoever sends Enter chooses the first, or submits.
    if (key.key === 'Enter') chosen.push('Enter');
  });
  show();
}

/** Groups by first word; `lazy`: children are made when their parent is opened. Only its toggle or ArrowRight opens a parent. */
export function tree({ names, lazy, keys }: { names: readonly string[]; lazy: boolean; keys: boolean }): void {
  const root = document.querySelector('#tree')!;
  const chosen: string[] = [];
  Object.assign(window, { chosen });
  for (const verb of new Set(names.map((name) => name.split(' ')[0]!))) {
    const parent = document.createElement('li');
    parent.setAttribute('role', 'treeitem');
    parent.setAttribute('aria-expanded', 'false');
    parent.tabIndex = -1;
    parent.innerHTML = `<div><button type=button class=toggle tabindex=-1 aria-hidden=true></button><span role=checkbox aria-checked=false style="display:inline-block;width:12px;height:12px"></span><span class=label>${verb}</span></div><ul role=group hidden></ul>`;
    const group = parent.querySelector('ul')!;
    const fill = (): void => {
      for (const name of names.filter((one) => one.startsWith(`${verb} `))) {
        const item = document.createElement('li');
        item.setAttribute('role', 'treeitem');
        item.setAttribute('aria-checked', 'false');
        item.innerHTML = `<span class=box style="display:inline-block;width:12px;height:12px"></span><span>${name}</span>`;
        item.addEventListener('click', () => {
          const at = chosen.indexOf(name);
          if (at >= 0) chosen.splice(at, 1);
          else chosen.push(name);
          item.setAttribute('aria-checked', String(at < 0));
        });
        group.append(item);
      }
    };
    if (!lazy) fill();
    const open = (): void => {
      if (lazy && group.childElementCount === 0) fill();
      group.hidden = false;
      parent.setAttribute('aria-expanded', 'true');
    };
    parent.querySelector('.toggle')!.addEventListener('click', open);
    parent.querySelector('[role=checkbox]')!.addEventListener('click', () => chosen.push(`all of ${verb}`));
    parent.querySelector('.label')!.addEventListener('click', () => chosen.push(`all of ${verb}`));
    if (keys) parent.addEventListener('keydown', (event) => event.key === 'ArrowRight' && open());
    root.append(parent);
  }
}

/** Like React's controlled input: the instance has a setter of its own that tracks the value; what it knows already is no change. */
export function controlled(): void {
  const input = document.querySelector<HTMLInputElement>('#a')!;
  const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
  let tracked = '';
  let state = '';
  Object.defineProperty(input, 'value', {
    configurable: true,
    get: () => native.get!.call(input) as string,
    set: (value: string) => {
      tracked = value;
      native.set!.call(input, value);
    },
  });
  input.addEventListener('input', () => {
    const now = native.get!.call(input) as string;
    if (now !== tracked) state = tracked = now;
    native.set!.call(input, state);
    Object.assign(window, { state });
  });
}
