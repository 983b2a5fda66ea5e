import { nameOf } from './accessible-name.ts';
import { closestFlat, flatAncestors, flatContains } from './flat-tree.ts';
import { announce, blur, findFocused, focus, press, sendKey, setText } from './events.ts';
import { locateMany } from './locate.ts';
import { chosenIn, fieldOf, findBox, findOpener, findTextField, hasName, isChosen, isInline, isShown, itemRoles, itemsIn, popupsOf, queryDeep, readField, saysWhatIsChosen, squash } from './read-field.ts';
import { findObstacle, isUsable } from './usable.ts';
import { observe, until } from './waiting.ts';
import { normalise } from './wording.ts';

/*
 * Chooses names in whatever lets one choose: a list or tree that is there, or one that a field opens. Nothing is pressed twice, as
 * in some lists that takes the choice back.
 */

/** How long to wait for the page, ms. */
const limits = {
  /** For a list to open. */
  open: 1000,
  /** For an entry to be found by a search: at most, and once the page is quiet. */
  search: 8000,
  quiet: 1500,
  /** For a choice to show. */
  stay: 1500,
  close: 500,
  reopen: 150,
  reject: 150,
  expand: 400,
  /** For the rows of a list after it was scrolled. */
  scroll: 300,
  rows: 80,
} as const;
/** Parents of a tree that are opened in search of one name. */
const mostExpanded = 60;

/** What became of the names that are not chosen now: why not. */
export type Failures = ReadonlyMap<string, string>;

export interface Choice {
  chosen: readonly string[];
  failures: Failures;
}

/** Chooses what is missing, and says what is chosen then. */
export async function choose(control: Element, names: readonly string[], signal: AbortSignal, mayHaveNote = false): Promise<Choice> {
  const list = isInline(control) ? new InlineList(control, names, signal) : new PopupList(findOpener(control), signal);
  list.mayHaveNote = mayHaveNote;
  try {
    const reading = readField(control, 'choices', names, mayHaveNote);
    const before = reading.kind === 'choices' ? reading.chosen : [];
    const failures = new Map<string, string>();
    for (const name of names) {
      if (hasName(before, name, mayHaveNote)) continue;
      const failure = await chooseOne(list, control, name, names, signal);
      if (failure !== undefined) failures.set(name, failure);
    }
    await list.close();
    if (list.wasPressed) await untilTakenBack(control, names, signal, mayHaveNote);
    const after = readField(control, 'choices', names, mayHaveNote);
    const chosen = new Set([...(after.kind === 'choices' ? after.chosen : []), ...[...list.surplus].filter((shown) => !names.some((name) => hasName([shown], name, mayHaveNote)))]);
    // What the field does not show, its list may.
    for (const name of names) {
      if (hasName(chosen, name, mayHaveNote) || failures.has(name)) continue;
      const item = await list.find(name);
      if (typeof item === 'object' && isChosen(item) === true) chosen.add(name);
      else failures.set(name, 'was chosen and did not stay');
    }
    await list.close();
    return { chosen: [...chosen], failures };
  } finally {
    list.end();
  }
}

/** A page can take back what it was given. */
async function untilTakenBack(control: Element, names: readonly string[], signal: AbortSignal, mayHaveNote: boolean): Promise<void> {
  const count = (): number => {
    const reading = readField(control, 'choices', names, mayHaveNote);
    return reading.kind === 'choices' ? names.filter((name) => hasName(reading.chosen, name, mayHaveNote)).length : 0;
  };
  const before = count();
  await until(control.ownerDocument, () => count() < before || undefined, signal, limits.reject);
}

/** Why it could not be chosen, or undefined. */
async function chooseOne(list: List, control: Element, name: string, names: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const item = await list.find(name);
  if (typeof item === 'string') return item;
  if (isChosen(item) === true && list.isTelling(item)) return undefined;
  const isThere = (): true | undefined => {
    // Many lists make their rows anew.
    const now = item.isConnected ? item : list.lookForItem(name);
    if (typeof now === 'object' && list.isTelling(now) && isChosen(now) === true) return true;
    if (list.isInline) return undefined;
    const reading = readField(control, 'choices', names, list.mayHaveNote);
    return (reading.kind === 'choices' && hasName(reading.chosen, name, list.mayHaveNote)) || undefined;
  };
  const box = findBox(item);
  const isReplacing = list.isInline && !box && closestFlat(item, '[role=listbox][aria-multiselectable=true]') !== null;
  press(box && isUsable(box) ? box : (textIn(item, name) ?? item), { ctrlKey: isReplacing });
  list.wasPressed = true;
  await until(control.ownerDocument, isThere, signal, limits.stay);
  return undefined;
}

const isNamed = (element: Element, name: string): boolean => normalise(nameOf(element)) === normalise(name);

const disabledReason = 'cannot be chosen, it is disabled';

/** The entry, why it cannot be chosen, or that it is there and not shown. */
type Seen = Element | string | { unseen: Element } | undefined;

/** The smallest element that shows just this text. */
function textIn(scope: Element, name: string): Element | undefined {
  const all = textsIn(scope, name);
  return all.length === 1 ? all[0] : undefined;
}

function textsIn(scope: Element, name: string, mayHaveNote = false): Element[] {
  const isText = (element: Element): boolean => hasName([squash(element.textContent)], name, mayHaveNote);
  return [scope, ...queryDeep(scope, '*')].filter((element) => isText(element) && ![...element.children].some(isText) && isShown(element) && isText(lineOf(element)));
}

/** An inline element is part of a line: a highlighted match, or a name in a sentence. */
function lineOf(element: Element): Element {
  const view = element.ownerDocument.defaultView;
  for (const one of flatAncestors(element)) if (view?.getComputedStyle(one).display !== 'inline') return one;
  return element;
}

abstract class List {
  /** Names that were seen as chosen in the list itself. */
  readonly surplus = new Set<string>();
  abstract readonly isInline: boolean;
  wasPressed = false;
  /** See {@link FieldValue}. */
  mayHaveNote = false;
  protected readonly signal: AbortSignal;
  protected readonly document: Document;

  constructor(element: Element, signal: AbortSignal) {
    this.signal = signal;
    this.document = element.ownerDocument;
  }

  /** The entry of just this name, or why there is none. */
  abstract find(name: string): Promise<Element | string>;
  abstract close(): Promise<void>;
  abstract end(): void;
  /** Where to look, in this order; in what has no roles, text is all there is. */
  protected abstract scopes(): readonly { scope: Element; isText: boolean }[];

  /** In some lists that take one entry at most, what is merely highlighted says that it is selected. */
  isTelling(item: Element): boolean {
    if (this.isInline || findBox(item) || item.hasAttribute('aria-checked')) return true;
    return closestFlat(item, '[aria-multiselectable=true]') !== null || this.scopes().some(({ scope }) => flatContains(scope, item) && saysWhatIsChosen(scope));
  }

  /** What is to be seen now. */
  protected look(name: string): Seen {
    let rest: string | { unseen: Element } | undefined;
    for (const { scope, isText } of this.scopes()) {
      for (const roles of itemRoles) {
        const [located] = locateMany(this.document, [{ roles, names: [name], within: scope }]);
        if (located?.kind === 'found' && located.score === 1) return located.element;
        if (located?.kind === 'ambiguous' && located.candidates[0]?.score === 1) {
          const same = located.candidates.filter(({ element }) => nameOf(element) === squash(name));
          return same.length === 1 && same[0] ? same[0].element : 'is offered more than once';
        }
        const unusable = located?.kind === 'absent' ? located.unusable.filter(({ element }) => isNamed(element, name)) : [];
        for (const { element, obstacle } of unusable) rest ??= obstacle === 'disabled' ? disabledReason : { unseen: element };
      }
      const texts = isText ? textsIn(scope, name).filter((one) => isUsable(one)) : [];
      if (texts.length > 1) return 'is offered more than once';
      if (texts[0]) return texts[0];
    }
    return rest ?? (this.mayHaveNote ? this.#lookForNoted(name) : undefined);
  }

  /** Where none is called just so: the one with a note behind its name. */
  #lookForNoted(name: string): Element | string | undefined {
    for (const { scope, isText } of this.scopes()) {
      const items = itemsIn(scope).filter((item) => hasName([nameOf(item)], name, true) && isUsable(item));
      const all = items.length > 0 || !isText ? items : textsIn(scope, name, true).filter((one) => isUsable(one));
      if (all.length > 1) return 'is offered more than once';
      if (all[0]) return all[0];
    }
    return undefined;
  }

  readonly lookForItem = (name: string): Element | string | undefined => {
    const seen = this.look(name);
    return typeof seen === 'object' && 'unseen' in seen ? undefined : seen;
  };

  /** Opens the parents in a tree until the entry is there. */
  protected async expandTo(name: string): Promise<Element | string | undefined> {
    const tried = new Set<Element>();
    while (tried.size < mostExpanded) {
      const seen = this.look(name);
      if (typeof seen === 'string' || (seen && !('unseen' in seen))) return seen;
      const collapsed = (seen ? [...flatAncestors(seen.unseen)].toReversed() : this.#collapsed(name)).find((one) => one.getAttribute('aria-expanded') === 'false' && !tried.has(one));
      if (!collapsed) return undefined;
      tried.add(collapsed);
      const before = this.#count();
      await this.#expand(collapsed);
      // What was there already, hidden, would have been seen.
      if (!seen && this.#count() === before) return undefined;
    }
    return undefined;
  }

  #count(): number {
    return this.scopes().reduce((sum, { scope }) => sum + itemsIn(scope).length, 0);
  }

  /** First those whose name begins the wanted one. */
  #collapsed(name: string): Element[] {
    const all = this.scopes().flatMap(({ scope }) => queryDeep(scope, '[role=treeitem][aria-expanded=false]').filter((item) => isUsable(item)));
    const begins = (item: Element): number => (normalise(name).startsWith(normalise(nameOf(item))) ? 0 : 1);
    return all.sort((a, b) => begins(a) - begins(b));
  }

  /** By the key first: a press could choose all children. */
  async #expand(item: Element): Promise<void> {
    const isOpen = (): true | undefined => item.getAttribute('aria-expanded') !== 'false' || undefined;
    focus(item);
    sendKey(item, 'keydown', 'ArrowRight');
    sendKey(item, 'keyup', 'ArrowRight');
    if (await until(this.document, isOpen, this.signal, limits.expand)) return;
    const own = queryDeep(item, '*').filter((one) => closestFlat(one, '[role=treeitem]') === item && squash(one.textContent) === '' && one.getClientRects().length > 0 && !findBox(one));
    const toggle = own.find((one) => one.matches('button, [role=button]')) ?? own[0];
    if (!toggle) return;
    press(toggle);
    await until(this.document, isOpen, this.signal, limits.expand);
  }

  /** Goes through a list that has only the rows in view. */
  protected async scrollTo(name: string): Promise<Element | string | undefined> {
    const scroller = this.scopes().flatMap(({ scope }) => [scope, ...queryDeep(scope, '*')]).find((one) => isScroller(one) && hasMoreRows(one));
    if (!scroller) return undefined;
    for (scroller.scrollTop = 0; ; scroller.scrollTop += scroller.clientHeight * 0.8) {
      const { scrollTop } = scroller;
      // Where the page is not in front, the browser puts off its own.
      announce(scroller, 'scroll');
      const found = await until(this.document, () => this.lookForItem(name), this.signal, limits.scroll, limits.rows);
      if (found !== undefined) return found;
      if (scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) return undefined;
    }
  }
}

function isScroller(element: Element): boolean {
  if (element.scrollHeight <= element.clientHeight + 4 || element.clientHeight === 0) return false;
  return /auto|scroll/.test(element.ownerDocument.defaultView?.getComputedStyle(element).overflowY ?? '');
}

/** Is what it holds longer than the rows that are there? */
function hasMoreRows(scroller: Element): boolean {
  const rows = itemsIn(scroller);
  const height = rows.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0);
  return height < scroller.scrollHeight * 0.9 || rows.some((row) => Number(row.getAttribute('aria-setsize')) > rows.length);
}

/** A list or tree that is there. */
class InlineList extends List {
  readonly isInline = true;
  readonly #control: Element;
  /** Found in one pass for all names. */
  readonly #known = new Map<string, Element>();

  constructor(control: Element, names: readonly string[], signal: AbortSignal) {
    super(control, signal);
    this.#control = control;
    for (const roles of itemRoles) {
      const located = locateMany(this.document, names.map((name) => ({ roles, names: [name], within: control })));
      for (const [index, one] of located.entries()) {
        const name = names[index] ?? '';
        const fitting = one.kind === 'absent' ? one.unusable.filter(({ element }) => isNamed(element, name)) : one.kind === 'found' && one.score === 1 ? [one] : [];
        const [only] = fitting;
        if (only && fitting.length === 1 && !this.#known.has(name)) this.#known.set(name, only.element);
      }
    }
  }

  protected override look(name: string): Seen {
    const known = this.#known.get(name);
    if (!known?.isConnected || !isNamed(known, name)) return super.look(name);
    const obstacle = findObstacle(known);
    return obstacle === undefined ? known : obstacle === 'disabled' ? disabledReason : { unseen: known };
  }

  protected scopes(): { scope: Element; isText: boolean }[] {
    return [{ scope: this.#control, isText: false }];
  }

  async find(name: string): Promise<Element | string> {
    return this.lookForItem(name) ?? (await this.expandTo(name)) ?? (await this.scrollTo(name)) ?? 'is not offered';
  }

  async close(): Promise<void> {
    // There is nothing to close.
  }

  end(): void {
    // There is nothing to end.
  }
}

/** A list that a field opens. */
class PopupList extends List {
  readonly isInline = false;
  readonly #opener: Element;
  readonly #input: HTMLInputElement | HTMLTextAreaElement | undefined;
  readonly #focused: HTMLElement | undefined;
  readonly #observer: MutationObserver;
  /** What has come or changed since the start: the list is often at the end of the document, and nothing says that it belongs to the field. */
  readonly #appeared = new Set<Element>();
  readonly #others: readonly Element[];
  #search: HTMLInputElement | HTMLTextAreaElement | undefined;

  constructor(opener: Element, signal: AbortSignal) {
    super(opener, signal);
    this.#opener = opener;
    const input = findTextField(opener);
    this.#input = input?.readOnly ? undefined : input;
    this.#focused = findFocused(this.document);
    this.#others = queryDeep(this.document.documentElement, '[role=listbox], [role=tree], [role=grid], [role=radiogroup], fieldset').filter((one) => isShown(one) && !flatContains(one, opener));
    this.#observer = observe(this.document, (records) => this.#note(records));
  }

  #note(records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes } of records) {
      const element = target.nodeType === 1 ? (target as Element) : undefined;
      const changed = element && !flatContains(element, this.#opener) ? [element] : type === 'childList' ? [...addedNodes].filter((node): node is Element => node.nodeType === 1) : [];
      for (const one of changed) this.#appeared.add(one);
    }
  }

  protected scopes(): { scope: Element; isText: boolean }[] {
    this.#note(this.#observer.takeRecords());
    const popups = popupsOf(this.#opener);
    const field = fieldOf(this.#opener, popups);
    const isOurs = (one: Element): boolean => one.isConnected && isShown(one) && !flatContains(one, this.#opener) && !this.#others.some((other) => flatContains(other, one));
    const appeared = [...this.#appeared].filter(isOurs);
    const outermost = appeared.filter((one) => !appeared.some((other) => other !== one && flatContains(other, one)));
    return [
      ...popups.map((scope) => ({ scope, isText: true })),
      ...outermost.filter((scope) => !popups.includes(scope)).map((scope) => ({ scope, isText: !flatContains(field, scope) })),
      { scope: field, isText: false },
    ];
  }

  #isOpen = (): boolean => {
    const expanded = this.#opener.getAttribute('aria-expanded') ?? closestFlat(this.#opener, '[role=combobox]')?.getAttribute('aria-expanded');
    return expanded != null ? expanded === 'true' : popupsOf(this.#opener).some((popup) => isShown(popup) && isUsable(popup));
  };

  async find(name: string): Promise<Element | string> {
    if (this.#input) focus(this.#input);
    else await this.#open();
    this.#search = this.#input ?? this.#findSearch();
    const found = (await this.#searchFor(name)) ?? (this.#isOpen() ? undefined : await this.#open().then(() => this.#searchFor(name)));
    return found ?? (await this.expandTo(name)) ?? (await this.scrollTo(name)) ?? 'is not offered';
  }

  async #open(): Promise<void> {
    if (this.#isOpen()) return;
    press(this.#opener);
    await until(this.document, () => this.#isOpen() || this.#appeared.size > 0 || undefined, this.signal, limits.open);
  }

  async #searchFor(name: string): Promise<Element | string | undefined> {
    const search = this.#search;
    if (search && search.value !== name) setText(search, name);
    return until(this.document, () => this.lookForItem(name), this.signal, limits.search, search ? limits.quiet : limits.scroll);
  }

  /** A search field in the list that has opened. */
  #findSearch(): HTMLInputElement | HTMLTextAreaElement | undefined {
    for (const { scope, isText } of this.scopes()) {
      const field = isText ? findTextField(scope) : undefined;
      if (field && isUsable(field) && !field.readOnly) return field;
    }
    return undefined;
  }

  async close(): Promise<void> {
    const search = this.#search;
    if (!search && !this.#isOpen()) return;
    const lists = this.scopes().flatMap(({ scope, isText }) => (isText && saysWhatIsChosen(scope) ? [scope] : []));
    for (const name of lists.flatMap(chosenIn)) this.surplus.add(name);
    if (search && search.value !== '' && !this.#isSingle(search.value, lists)) {
      setText(search, '');
      // An empty search opens some lists anew.
      await until(this.document, () => this.#isOpen() || undefined, this.signal, limits.reopen);
    }
    if (search) blur(search);
    await this.#waitUntilClosed(search ? limits.expand : 0);
    if (this.#isOpen()) sendKey(search ?? this.#opener, 'keydown', 'Escape');
    await this.#waitUntilClosed(limits.close);
    if (this.#isOpen() && !this.#input) press(this.#opener);
    await this.#waitUntilClosed(limits.close);
    this.#search = undefined;
  }

  /** A field for one: its text is the choice and no search. */
  #isSingle(text: string, lists: readonly Element[]): boolean {
    if (!this.wasPressed || this.#search !== this.#input || lists.length > 0) return false;
    const reading = readField(this.#opener, 'choices', [text]);
    return this.#isOpen() ? false : reading.kind === 'choices' && hasName(reading.chosen, text);
  }

  async #waitUntilClosed(ms: number): Promise<void> {
    await until(this.document, () => !this.#isOpen() || undefined, this.signal, ms);
  }

  end(): void {
    this.#observer.disconnect();
    const before = this.#focused;
    if (before?.isConnected && before !== this.#opener && before !== this.#input && before.getAttribute('role') !== 'combobox') focus(before);
  }
}
