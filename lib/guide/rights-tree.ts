import { nameOf } from './accessible-name.ts';
import { announce, focus, press, sendKey, setText } from './events.ts';
import { closestFlat, flatAncestors, flatContains } from './flat-tree.ts';
import { findBox, findTextField, isChosen, isShown, queryDeep, squash } from './read-field.ts';
import { type Access, compareRights, findSurplus, type Granted, grantedTo, grants, namesOf, pathTo, type Rights, type RightsReading, sayRight } from './rights.ts';
import { headsOf } from './table-rows.ts';
import { isUsable } from './usable.ts';
import { until } from './waiting.ts';
import { normalise } from './wording.ts';

/*
 * A tree of categories, each of which says None, Read or Edit on a button, a list or a drawing, and lets one choose; and beside it
 * the permissions of the category that is selected, each with a check box for Read or Edit. Knows no page: what stands in a node is
 * told by role, name, title, or a word in its class.
 */

/** How long to wait for the page, ms. */
const limits = { expand: 1000, menu: 1000, turn: 1500, panel: 2000, quiet: 250, search: 4000 } as const;

// unverified: the Japanese words
const words: Readonly<Record<'none' | Access, readonly string[]>> = {
  none: ['None', 'No Access', 'なし'],
  read: ['Read', 'Read Only', '読み取り', '読み取り専用'],
  edit: ['Edit', '編集'],
};
const search = ['Search Resources', 'リソースを検索', 'リソースの検索'];
const accesses = ['none', 'read', 'edit'] as const;
const signs: Readonly<Record<(typeof accesses)[number], RegExp>> = { none: /\b(?:none|empty)\b|なし/i, read: /\b(?:read|half)\b|読み取り/i, edit: /\b(?:edit|full)\b|編集/i };

/** An open category of the tree, and what belongs to it without its children. */
interface Node {
  element: Element;
  name: string;
  /** The names from the top. */
  path: readonly string[];
  own: readonly Element[];
  label: Element;
}

// ---- Reading ----

const kinds = ['[role=treeitem]', 'li', '[role=row], tr'] as const;

/** The largest part of the page that belongs to it: a tree's name is often a heading above it. */
function nodesIn(control: Element): Element[] {
  for (const scope of flatAncestors(control)) {
    for (const kind of kinds) {
      const found = queryDeep(scope, kind).filter((one) => isShown(one) || closestFlat(one, '[role=tree], [role=treegrid]') !== null);
      if (found.length > 0) return found;
    }
    if (scope.matches('form, dialog, main, body, [role=dialog], [role=main]')) break;
  }
  return [];
}

function readNodes(control: Element): Node[] {
  const elements = nodesIn(control);
  const set = new Set(elements);
  const nodes: Node[] = [];
  const open: { level: number; name: string }[] = [];
  const isNested = elements.some((one) => one.parentElement && nodeOf(one.parentElement, set));
  // A level, or px by which a child stands further in at least.
  const step = isNested || elements.some((one) => one.hasAttribute('aria-level')) ? 1 : 3;
  for (const element of elements) {
    const own = [element, ...queryDeep(element, '*')].filter((one) => nodeOf(one, set) === element);
    const label = own.find((one) => !isStateWord(textOf(one)) && textOf(one) !== '' && isShownOrClosed(one, element));
    if (!label) continue;
    const level = levelOf(element, label, isNested ? set : undefined);
    while ((open.at(-1)?.level ?? -Infinity) > level - step) open.pop();
    open.push({ level, name: textOf(label) });
    nodes.push({ element, name: textOf(label), path: open.map(({ name }) => name), own, label });
  }
  return nodes;
}

function nodeOf(element: Element, nodes: ReadonlySet<Element>): Element | undefined {
  for (const one of flatAncestors(element)) if (nodes.has(one)) return one;
  return undefined;
}

/** Its own text, without that of elements in it. */
const textOf = (element: Element): string => squash([...element.childNodes].flatMap((node) => (node.nodeType === 3 ? [node.nodeValue ?? ''] : [])).join(' '));
const isStateWord = (text: string): boolean => accesses.some((one) => words[one].some((word) => normalise(word) === normalise(text)));
/** Text for readers of the screen alone, or an icon, is no name; what is in a closed branch is one. */
const isShownOrClosed = (one: Element, node: Element): boolean => !one.matches('option, script, style') && (isShown(one) || !isShown(node));

/** As it says, by what it lies in, or, where all are in one list, by how far in its name begins. */
function levelOf(element: Element, label: Element, nested: ReadonlySet<Element> | undefined): number {
  const stated = Number.parseInt(element.getAttribute('aria-level') ?? '', 10);
  if (stated > 0) return stated;
  return nested ? [...flatAncestors(element)].filter((one) => nested.has(one)).length : Math.round(label.getBoundingClientRect().x);
}

/** What one element says by itself. */
function signOf(element: Element): (typeof accesses)[number] | 'custom' | undefined {
  const said = [element.getAttribute('aria-label'), element.getAttribute('aria-valuetext'), element.getAttribute('title'), element.getAttribute('alt'), element.getAttribute('data-state'), element.getAttribute('data-value'), textOf(element)];
  const names = [...said, (element.getAttribute('class') ?? '').replaceAll(/[-_]+/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2')];
  for (const text of names) {
    if (text === null || text === '') continue;
    const found = accesses.filter((one) => signs[one].test(text));
    if (found.length === 1) return found[0];
    if (/\b(?:custom|partial|mixed|indeterminate)\b|カスタム/i.test(text)) return 'custom';
  }
  return undefined;
}

/** The category's own choices (one button, radio or check box for each access), its list, or what shows the choice. */
function stateOf(node: Node): { granted: Granted; select?: HTMLSelectElement; choices: ReadonlyMap<string, Element>; opener?: Element } {
  const rest = node.own.filter((one) => one !== node.element && !flatContains(node.label, one) && !flatContains(one, node.label));
  const select = rest.find((one) => one.localName === 'select') as HTMLSelectElement | undefined;
  if (select) return { granted: accessOf(select.selectedOptions[0]?.label ?? ''), select, choices: new Map() };
  const choices = new Map<string, Element>();
  for (const one of rest) {
    const sign = isChosen(one) === undefined || !isShown(one) ? undefined : accesses.find((access) => words[access].some((word) => normalise(word) === normalise(nameOf(one))));
    if (sign !== undefined && !choices.has(sign)) choices.set(sign, one);
  }
  if (choices.size > 1) {
    const granted = accesses.findLast((access) => isChosen(choices.get(access) ?? node.element) === true && choices.has(access));
    return { granted: granted ?? 'none', choices };
  }
  const signed = rest.filter((one) => isShownOrClosed(one, node.element)).flatMap((one) => ({ one, sign: signOf(one) })).filter(({ sign }) => sign !== undefined);
  const [first] = signed;
  if (!first) return { granted: 'partly', choices };
  const opener = closestFlat(first.one, 'button, a, [role=button], [role=combobox], [aria-haspopup]');
  return { granted: first.sign === undefined || first.sign === 'custom' ? 'partly' : first.sign, choices, opener: opener && node.own.includes(opener) ? opener : first.one };
}

const accessOf = (word: string): Granted => accesses.find((access) => words[access].some((one) => normalise(one) === normalise(word))) ?? 'partly';

/** What the tree says now, without opening anything. */
export const readRights = (control: Element): RightsReading => ({ kind: 'rights', categories: new Map(readNodes(control).map((node) => [pathTo(node.path), stateOf(node).granted])) });

// ---- Setting ----

export interface RightsResult {
  missing: string[];
  surplus: string[];
  /** Nothing was set: all of it was there. */
  isUnchanged: boolean;
  failures: ReadonlyMap<string, string>;
}

/** Sets what is missing, takes nothing away, and says what is there then. */
export async function setRights(control: Element, rights: Rights, signal: AbortSignal): Promise<RightsResult> {
  const tree = new RightsTree(control, signal);
  const failures = new Map<string, string>();
  for (const { path, access } of rights.categories) {
    const failure = await tree.setCategory(path, access);
    if (failure !== undefined) failures.set(sayRight(path, access), failure);
  }
  for (const { name, access } of rights.permissions) {
    const failure = await tree.setPermission(name, access);
    if (failure !== undefined) failures.set(sayRight(name, access), failure);
  }
  await tree.clearSearch();
  // What was set first may have gone with what was set last.
  const reading = readRights(control);
  for (const { path, access } of rights.categories) {
    const granted = grantedTo(reading, path);
    const right = sayRight(path, access);
    if (!failures.has(right) && granted !== 'partly' && !grants(granted, access)) failures.set(right, 'did not stay');
  }
  const surplus = rights.permissions.length > 0 ? await tree.findSurplusBeside(rights) : compareRights(rights, reading).surplus;
  return { missing: [...failures.keys()], surplus: [...surplus], isUnchanged: !tree.isChanged, failures };
}

class RightsTree {
  readonly #control: Element;
  readonly #document: Document;
  readonly #signal: AbortSignal;
  #hasMenus = true;
  isChanged = false;

  constructor(control: Element, signal: AbortSignal) {
    this.#control = control;
    this.#document = control.ownerDocument;
    this.#signal = signal;
  }

  /** Why it is not as wanted, or undefined. */
  async setCategory(path: string, access: Access): Promise<string | undefined> {
    const node = await this.#open(namesOf(path));
    if (!node) return 'is not there';
    const now = stateOf(node);
    if (grants(now.granted, access)) return undefined;
    if (now.granted === 'partly' && (await this.#panelGrants(node, access))) return undefined;
    this.isChanged = true;
    const isSet = (await this.#choose(node, access)) && (await this.#until(() => (grants(this.#stateAt(node.path), access) ? true : undefined), limits.turn));
    if (isSet) return undefined;
    return (await this.#tickAll(node, access)) ? undefined : 'could not be set';
  }

  /** By the tree's search, else category by category. */
  async setPermission(name: string, access: Access): Promise<string | undefined> {
    const box = (await this.#searchFor(name, access)) ?? (await this.#walkTo(name, access));
    if (!box) return 'is not there';
    if (isChosen(box) === true) return undefined;
    if (!isUsable(box)) return 'cannot be ticked';
    this.isChanged = true;
    press(box);
    const isTicked = await this.#until(() => (isChosen(box.isConnected ? box : (this.#boxOf(name, access) ?? box)) === true ? true : undefined), limits.turn);
    return isTicked ? undefined : 'could not be ticked';
  }

  async clearSearch(): Promise<void> {
    const field = this.#searchField();
    if (!field || field.value === '') return;
    setText(field, '');
    announce(field, 'change');
    await this.#untilQuiet();
  }

  /** Categories with Edit in which something is ticked that is not wanted. */
  async findSurplusBeside({ categories, permissions }: Rights): Promise<string[]> {
    const surplus: string[] = [];
    const reading = readRights(this.#control);
    for (const right of findSurplus(categories, reading)) {
      const node = this.#find(namesOf(right.slice(0, right.lastIndexOf(':'))));
      if (!node) continue;
      await this.#select(node);
      const isWanted = (names: readonly string[]): boolean => permissions.some((one) => names.includes(normalise(one.name)));
      if (this.#permissions().some(({ names, boxes }) => boxes.some(({ box, access }) => access === 'edit' && isChosen(box) === true) && !isWanted(names))) surplus.push(right);
    }
    return surplus;
  }

  // ---- The tree ----

  #find(path: readonly string[]): Node | undefined {
    const wanted = path.map(normalise).join('\n');
    return readNodes(this.#control).find((node) => node.path.map(normalise).join('\n') === wanted);
  }

  #stateAt(path: readonly string[]): Granted | undefined {
    const node = this.#find(path);
    return node && stateOf(node).granted;
  }

  /** Opens the parents one after the other. */
  async #open(path: readonly string[]): Promise<Node | undefined> {
    for (let depth = 1; depth < path.length; depth++) {
      const parent = this.#find(path.slice(0, depth));
      if (!parent) return undefined;
      const isThere = (): true | undefined => {
        const child = this.#find(path.slice(0, depth + 1));
        return child && isShown(child.label) ? true : undefined;
      };
      if (isThere()) continue;
      await this.#expand(parent, isThere);
    }
    const node = this.#find(path);
    return node && isShown(node.label) ? node : undefined;
  }

  async #expand(node: Node, isOpen: () => true | undefined): Promise<void> {
    const toggles = node.own.filter((one) => one !== node.element && isShown(one) && (one.matches('[aria-expanded=false]') || /^(?:expand|open|\+|▸|▶|展開|開く)/i.test(nameOf(one))));
    const blanks = node.own.filter((one) => one !== node.element && precedes(one, node.label) && textOf(one) === '' && !findBox(one) && one.getClientRects().length > 0 && signOf(one) === undefined);
    for (const one of [...toggles.slice(0, 1), ...blanks.slice(-1)]) {
      press(one);
      if (await this.#until(isOpen, limits.expand)) return;
    }
    focus(node.element);
    sendKey(node.element, 'keydown', 'ArrowRight');
    sendKey(node.element, 'keyup', 'ArrowRight');
    if (await this.#until(isOpen, limits.quiet)) return;
    press(node.label);
    await this.#until(isOpen, limits.expand);
  }

  /** @returns whether there was something to choose */
  async #choose(node: Node, access: Access): Promise<boolean> {
    const { select, choices, opener } = stateOf(node);
    if (select) {
      const option = [...select.options].find(({ label }) => accessOf(label) === access);
      if (!option) return false;
      focus(select);
      option.selected = true;
      announce(select, 'input');
      announce(select, 'change');
      return true;
    }
    const own = choices.get(access);
    if (own) {
      press(own);
      return true;
    }
    if (!opener || !this.#hasMenus) return false;
    const before = new Set(this.#entries(access));
    press(opener);
    const entry = await this.#until(() => {
      const [only, ...others] = this.#entries(access).filter((one) => !before.has(one));
      return others.length === 0 ? only : undefined;
    }, limits.menu);
    // Where one has none, it is a mere picture.
    this.#hasMenus = entry !== undefined;
    if (entry) press(entry);
    return entry !== undefined;
  }

  /** What could be a menu's entry for this access, the innermost ones. */
  #entries(access: Access): Element[] {
    const isNamed = (one: Element): boolean => words[access].some((word) => normalise(word) === normalise(squash(one.textContent) || nameOf(one)));
    const found = queryDeep(this.#document.documentElement, '[role=menuitem], [role=menuitemradio], [role=option], [role=radio], input[type=radio], button, a, li, label').filter((one) => isShown(one) && isNamed(one) && isUsable(one));
    return found.filter((one) => !found.some((other) => other !== one && flatContains(one, other)));
  }

  // ---- The permissions beside it ----

  async #select(node: Node): Promise<void> {
    const shown = (): string => this.#permissions().flatMap(({ names }) => names).join('\n');
    const before = shown();
    press(node.label);
    await this.#until(() => (shown() === before ? undefined : true), limits.panel, limits.quiet * 2);
  }

  async #panelGrants(node: Node, access: Access): Promise<boolean> {
    await this.#select(node);
    const boxes = this.#permissions().flatMap((one) => one.boxes).filter((one) => one.access === 'read' || one.access === access);
    return boxes.length > 0 && boxes.every(({ box }) => isChosen(box) === true);
  }

  /** By the check boxes in the heads of the columns, else by each permission's own. */
  async #tickAll(node: Node, access: Access): Promise<boolean> {
    await this.#select(node);
    for (const wanted of access === 'edit' ? (['read', 'edit'] as const) : (['read'] as const)) {
      const box = this.#boxesIn(this.#heads()).find((one) => one.access === wanted)?.box;
      if (box && isChosen(box) !== true && isUsable(box)) press(box);
      await this.#untilQuiet();
      for (const one of this.#permissions().flatMap(({ boxes }) => boxes)) if (one.access === wanted && isChosen(one.box) !== true && isUsable(one.box)) press(one.box);
    }
    await this.#untilQuiet();
    return grants(this.#stateAt(node.path), access) || this.#panelGrants(node, access);
  }

  /** The rows with a check box, outside of the tree; beside its name a row may tell its category. */
  #permissions(): { names: readonly string[]; boxes: { box: Element; access: Access }[] }[] {
    const nodes = new Set(nodesIn(this.#control));
    return queryDeep(this.#scope, 'tr, [role=row], li')
      .filter((row) => isShown(row) && nodeOf(row, nodes) === undefined && !row.querySelector('th, [role=columnheader]'))
      .flatMap((row) => {
        const boxes = this.#boxesIn([row]);
        const names = [row, ...queryDeep(row, '*')].filter((one) => isShown(one) && !one.matches('option')).map(textOf).filter((text) => text !== '' && !isStateWord(text));
        return names.length > 0 && boxes.length > 0 ? [{ names: names.map(normalise), boxes }] : [];
      });
  }

  #heads(): Element[] {
    const nodes = new Set(nodesIn(this.#control));
    return queryDeep(this.#scope, 'th, [role=columnheader]').filter((one) => isShown(one) && nodeOf(one, nodes) === undefined);
  }

  /** Check boxes with what they stand for: by their name, or by the head of their column. */
  #boxesIn(places: readonly Element[]): { box: Element; access: Access }[] {
    return places
      .flatMap((place) => queryDeep(place, 'input[type=checkbox], [role=checkbox]'))
      .flatMap((box) => {
        const access = accessIn(nameOf(box)) ?? headsOf(box).map((head) => accessIn(squash(head.textContent) || nameOf(head))).find((one) => one !== undefined);
        return access === undefined ? [] : [{ box, access }];
      });
  }

  #boxOf(name: string, access: Access): Element | undefined {
    const found = this.#permissions().filter(({ names }) => names.includes(normalise(name))).flatMap(({ boxes }) => boxes);
    return (found.find((one) => one.access === access) ?? (found.length === 1 ? found[0] : undefined))?.box;
  }

  async #searchFor(name: string, access: Access): Promise<Element | undefined> {
    const field = this.#searchField();
    if (!field) return undefined;
    focus(field);
    setText(field, name);
    announce(field, 'change');
    sendKey(field, 'keydown', 'Enter');
    sendKey(field, 'keyup', 'Enter');
    return this.#until(() => this.#boxOf(name, access), limits.search, limits.quiet * 4);
  }

  async #walkTo(name: string, access: Access): Promise<Element | undefined> {
    await this.clearSearch();
    const tried = new Set<string>();
    for (;;) {
      const next = readNodes(this.#control).find((node) => isShown(node.label) && !tried.has(pathTo(node.path)));
      if (!next) return undefined;
      tried.add(pathTo(next.path));
      await this.#select(next);
      const box = this.#boxOf(name, access);
      if (box) return box;
      if (next.element.getAttribute('aria-expanded') === 'false') await this.#expand(next, () => (next.element.getAttribute('aria-expanded') === 'false' ? undefined : true));
    }
  }

  #searchField(): HTMLInputElement | HTMLTextAreaElement | undefined {
    const field = queryDeep(this.#scope, 'input, textarea').find((one) => search.some((word) => normalise(word) === normalise(nameOf(one) || (one.getAttribute('placeholder') ?? ''))) && isUsable(one));
    return field && findTextField(field);
  }

  /** The form or dialog around the tree. */
  get #scope(): Element {
    return closestFlat(this.#control, 'form, dialog, [role=dialog], [role=form]') ?? this.#document.documentElement;
  }

  #until<T>(check: () => T | undefined, ms: number, quiet = ms): Promise<T | undefined> {
    return until(this.#document, check, this.#signal, ms, quiet);
  }

  async #untilQuiet(): Promise<void> {
    await this.#until(() => undefined, limits.panel, limits.quiet);
  }
}

function accessIn(name: string): Access | undefined {
  const found = (['read', 'edit'] as const).filter((one) => signs[one].test(name));
  return found.length === 1 ? found[0] : undefined;
}

const precedes = (a: Element, b: Element): boolean => (a.compareDocumentPosition(b) & 4) !== 0;
