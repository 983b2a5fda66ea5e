import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleGuide, launch, openPage } from './browser-page.ts';

/* Trees of categories as consoles could build them: none of these is a page of a vendor. */

type Chooser = 'menu' | 'select' | 'radios' | 'panel';
interface Tree {
  chooser: Chooser;
  /** `lazy`: children are made when their parent is first opened. */
  shape: 'nested' | 'lazy' | 'flat';
  state: 'title' | 'label' | 'text' | 'class';
}

/** Builds the page; `granted` is what the tree would save. */
function build({ chooser, shape, state }: Tree): void {
  const paths = ['API', 'API > REST', 'API > REST > Devices', 'API > REST > Groups', 'API > SOAP', 'Settings', 'Settings > Tags', 'Settings > Tags > Tags'];
  const isLeaf = (path: string): boolean => !paths.some((other) => other.startsWith(`${path} > `));
  const granted: Record<string, string> = Object.fromEntries(paths.filter(isLeaf).map((path) => [path, path === 'API > SOAP' ? 'Edit' : 'Read']));
  Object.assign(window, { granted });
  const make = (tag: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const stateOf = (path: string): string => {
    const all = new Set(Object.entries(granted).flatMap(([one, access]) => (one === path || one.startsWith(`${path} > `) ? [access] : [])));
    return all.size === 1 ? [...all].join('') : 'Custom';
  };
  const set = (path: string, access: string): void => {
    for (const one of Object.keys(granted)) if (one === path || one.startsWith(`${path} > `)) granted[one] = access;
    for (const update of updates) update();
  };
  const updates: (() => void)[] = [];
  const chooserOf = (path: string): HTMLElement => {
    if (chooser === 'select') {
      const select = make('select', {}, ...['None', 'Read', 'Edit', 'Custom'].map((word) => make('option', {}, word))) as HTMLSelectElement;
      updates.push(() => (select.value = stateOf(path)));
      select.addEventListener('change', () => set(path, select.value));
      return select;
    }
    if (chooser === 'radios') {
      const boxes = ['None', 'Read', 'Edit'].map((word) => make('input', { 'type': 'radio', 'name': path, 'aria-label': word }) as HTMLInputElement);
      updates.push(() => boxes.forEach((box) => (box.checked = stateOf(path) === box.ariaLabel)));
      for (const box of boxes) box.addEventListener('change', () => set(path, box.ariaLabel ?? ''));
      return make('span', {}, ...boxes);
    }
    const pie = make(chooser === 'menu' ? 'button' : 'span', chooser === 'menu' ? { type: 'button', style: 'width:16px;height:16px' } : { style: 'display:inline-block;width:12px;height:12px' });
    updates.push(() => {
      const now = stateOf(path);
      if (state === 'title') pie.title = now;
      else if (state === 'label') pie.ariaLabel = `Access: ${now}`;
      else if (state === 'text') pie.textContent = now;
      else pie.className = { None: 'pie-empty', Read: 'pie-half', Edit: 'pie-full', Custom: 'pie-partial' }[now] ?? '';
    });
    if (chooser === 'menu') {
      pie.addEventListener('click', () => {
        document.querySelector('[role=menu]')?.remove();
        const menu = make('div', { role: 'menu', style: 'position:fixed;top:0;left:400px;background:#fff' }, ...['None', 'Read', 'Edit'].map((word) => make('div', { role: 'menuitem' }, word)));
        menu.addEventListener('click', ({ target }) => {
          set(path, (target as HTMLElement).textContent ?? '');
          menu.remove();
        });
        setTimeout(() => document.body.append(menu), 50);
      });
    }
    return pie;
  };

  const panel = make('div');
  const showPanel = (path: string): void => {
    const rows = Object.keys(granted).filter((one) => one === path || one.startsWith(`${path} > `));
    const box = (is: boolean, turn: (on: boolean) => void): HTMLElement => {
      const input = make('input', { type: 'checkbox' }) as HTMLInputElement;
      input.checked = is;
      input.addEventListener('change', () => turn(input.checked));
      return input;
    };
    const all = (word: string): HTMLElement => make('th', {}, box(rows.every((one) => granted[one] === word || granted[one] === 'Edit'), (on) => { if (on) for (const one of rows) set(one, word); showPanel(path); }), ` ${word}`);
    const body = rows.map((one) => make('tr', {}, make('td', {}, `Use ${one}`), make('td', {}, box(granted[one] !== 'None', (on) => set(one, on ? 'Read' : 'None'))), make('td', {}, box(granted[one] === 'Edit', (on) => set(one, on ? 'Edit' : 'Read')))));
    panel.replaceChildren(make('table', {}, make('tr', {}, make('th', {}, 'Resource'), all('Read'), all('Edit')), ...body));
  };
  const childrenOf = (path: string): string[] => paths.filter((one) => (path === '' ? !one.includes(' > ') : one.startsWith(`${path} > `) && !one.slice(path.length + 3).includes(' > ')));
  const rowOf = (path: string, toggle: () => void): (Node | string)[] => {
    const opener = make('span', { style: 'display:inline-block;width:12px;height:12px;background:gray' });
    if (!isLeaf(path)) opener.addEventListener('click', (event) => { event.stopPropagation(); toggle(); });
    const label = make('span', {}, path.split(' > ').at(-1) ?? '');
    label.addEventListener('click', () => setTimeout(() => showPanel(path), 50));
    return [isLeaf(path) ? '' : opener, ' ', label, ' ', chooserOf(path)];
  };
  const nested = (path: string): HTMLElement[] =>
    childrenOf(path).map((one) => {
      const group = make('ul', { role: 'group', hidden: '' });
      const node = make('li', { role: 'treeitem', ...(isLeaf(one) ? {} : { 'aria-expanded': 'false' }) });
      if (shape === 'nested') group.append(...nested(one));
      node.append(...rowOf(one, () => {
        if (group.childElementCount === 0) group.append(...nested(one));
        group.hidden = !group.hidden;
        node.ariaExpanded = String(!group.hidden);
        for (const update of updates) update();
      }), group);
      return node;
    });
  const flat = (): HTMLElement => {
    const rows = new Map<string, HTMLElement>();
    const table = make('table', { 'aria-label': 'Categories' });
    for (const path of paths) {
      const depth = path.split(' > ').length;
      const row = make('tr', {}, make('td', { style: `padding-left:${String(depth * 20)}px` }, ...rowOf(path, () => { for (const child of childrenOf(path)) { const other = rows.get(child); if (other) other.hidden = !other.hidden; } })));
      row.hidden = depth > 1;
      rows.set(path, row);
      table.append(row);
    }
    return table;
  };
  const tree = shape === 'flat' ? flat() : make('ul', { 'role': 'tree', 'aria-label': 'Categories' }, ...nested(''));
  tree.id = 't';
  document.body.replaceChildren(make('form', {}, make('div', { style: 'display:flex;gap:40px' }, tree, panel)));
  for (const update of updates) update();
}

const choosers: readonly Chooser[] = ['menu', 'select', 'radios', 'panel'];
const shapes: readonly Tree['shape'][] = ['nested', 'lazy', 'flat'];
const trees: Tree[] = choosers.flatMap((chooser) => shapes.flatMap((shape) => (['title', 'label', 'text', 'class'] as const).filter((state) => state === 'title' || (chooser !== 'select' && chooser !== 'radios')).map((state) => ({ chooser, shape, state }))));
const rights = { kind: 'rights' as const, categories: [{ path: 'API > REST > Devices', access: 'edit' as const }, { path: 'Settings > Tags > Tags', access: 'edit' as const }, { path: 'API > REST > Groups', access: 'read' as const }], permissions: [] };

describe('rights in a tree', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch('chromium');
    page = await openPage(browser, await bundleGuide());
  });
  afterAll(() => browser?.close());

  const fill = (value: object): Promise<unknown> => page.evaluate(async (wanted) => guide.fillField(find('#t'), wanted as typeof rights, new AbortController().signal), value);
  const granted = (): Promise<unknown> => page.evaluate(() => (window as unknown as { granted: unknown }).granted);

  it.each(trees)('$chooser, $shape, by $state', async (tree) => {
    await page.evaluate(build, tree);
    expect(await fill(rights)).toEqual({ kind: 'filled', surplus: ['API > SOAP: Edit'] });
    expect(await granted()).toEqual({ 'API > REST > Devices': 'Edit', 'API > REST > Groups': 'Read', 'API > SOAP': 'Edit', 'Settings > Tags > Tags': 'Edit' });
    // Again: there is nothing to do.
    expect(await fill(rights)).toEqual({ kind: 'filled', surplus: ['API > SOAP: Edit'], isUnchanged: true });
  });

  it('a category that is not there, and one whose parent is not', async () => {
    await page.evaluate(build, { chooser: 'menu', shape: 'lazy', state: 'title' } satisfies Tree);
    const more = [{ path: 'API > REST > Spaceships', access: 'edit' }, { path: 'Ships > Space', access: 'read' }];
    expect(await fill({ ...rights, categories: [...rights.categories, ...more] })).toMatchObject({ kind: 'differs', missing: ['API > REST > Spaceships: Edit', 'Ships > Space: Read'] });
    expect(await granted()).toMatchObject({ 'API > REST > Devices': 'Edit' });
  });

  it('single permissions where there is no search', async () => {
    await page.evaluate(build, { chooser: 'panel', shape: 'nested', state: 'title' } satisfies Tree);
    expect(await fill({ kind: 'rights', categories: [], permissions: [{ name: 'Use API > REST > Groups', access: 'edit' }, { name: 'Use nothing', access: 'read' }] })).toMatchObject({ kind: 'differs', missing: ['Use nothing: Read'] });
    expect(await granted()).toMatchObject({ 'API > REST > Groups': 'Edit', 'API > REST > Devices': 'Read' });
  });
});
