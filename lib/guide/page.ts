import { findTextField, isChosen, readField, squash } from './read-field.ts';
import type { Control, GuidePage, PagePart, PageGuide, Row, RowSecret, SecretShape, Structure } from './guide.ts';
import { findRoots, locateMany, type Located, type Root, type Wanted } from './locate.ts';
import { nameOf } from './accessible-name.ts';
import { intendedRoleOf, type Role, roleOf, tagsOfRole } from './accessible-role.ts';
import { closestFlat, findById, flatAncestors, flatContains, flatParent } from './flat-tree.ts';
import { throughFrames } from './place.ts';
import { columnOf, findInRow, heldBy } from './table-rows.ts';
import { isUsable } from './usable.ts';
import { normalise } from './wording.ts';

/** What the admin pointed at when a control was not found. */
export interface Pointed {
  control: string;
  role: Role;
  name: string;
  /** Tags and positions from the top, for what has no name. */
  path: string;
  /** Of the console when it was pointed at; another version may call something else so. */
  version: string;
}

/** One look at a page: every question is answered once, from the page as it was when it was first asked. */
export class ObservedPage<Id extends string> implements GuidePage<Id> {
  readonly address: string;
  readonly #document: Document;
  readonly #controls: Readonly<Record<Id, Control>>;
  readonly #shape: SecretShape | RowSecret<Id> | undefined;
  readonly #versionOf: RegExp;
  readonly #pointed: readonly Pointed[];
  #located: ReadonlyMap<Id, Located> | undefined;
  readonly #inRows = new Map<string, Located>();
  #roots: readonly Root[] | undefined;
  #texts: ReadonlySet<string> | undefined;
  #secret: ShownSecret | undefined;

  constructor(document: Document, address: string, guide: Pick<PageGuide<Id>, 'controls' | 'version'> & { secret: SecretShape | RowSecret<Id> | undefined }, pointed: readonly Pointed[] = []) {
    this.#document = document;
    this.address = address;
    this.#controls = guide.controls;
    this.#shape = guide.secret;
    this.#versionOf = guide.version;
    this.#pointed = pointed;
  }

  find(id: Id, row?: Row<Id>): Located {
    if (row) return this.#findInRow(id, row);
    this.#located ??= this.#locateAll();
    const located = this.#located.get(id);
    if (!located) throw new Error(`no control ${id}`);
    return located;
  }

  has(id: Id, row?: Row<Id>): boolean {
    return this.find(id, row).kind === 'found';
  }

  textOf(id: Id, row?: Row<Id>): string | undefined {
    const element = this.#elementOf(id, row);
    if (!element) return undefined;
    if (row) return heldBy(element);
    const reading = readField(element, 'text');
    return reading.kind === 'text' ? reading.text : undefined;
  }

  isOn(id: Id, row?: Row<Id>): boolean | undefined {
    const element = this.#elementOf(id, row);
    return element && isChosen(element);
  }

  isUntouched(id: Id, row?: Row<Id>): boolean {
    const element = this.#elementOf(id, row);
    const field = element && findTextField(element);
    return field !== undefined && field.value === field.defaultValue;
  }

  rows(id: Id): readonly string[] {
    return columnOf(this.roots, this.#controls[id]);
  }

  textOn(id: Id): string | undefined {
    const located = this.find(id);
    const [only, ...others] = located.kind === 'found' ? [located] : located.kind === 'absent' ? located.unusable.filter(({ element }) => isShown(element)) : [];
    return only && others.length === 0 ? squash(findTextField(only.element)?.value ?? only.element.textContent) : undefined;
  }

  textLike(pattern: RegExp): string | undefined {
    const found = new Set<string>();
    for (const { element, text } of leaves(this.roots)) if (pattern.test(text) && isShown(element)) found.add(text);
    const [only] = found;
    return found.size === 1 ? only : undefined;
  }

  #elementOf(id: Id, row?: Row<Id>): Element | undefined {
    const located = this.find(id, row);
    return located.kind === 'found' ? located.element : undefined;
  }

  #findInRow(id: Id, row: Row<Id>): Located {
    const key = JSON.stringify([id, row.of, row.text]);
    const located = this.#inRows.get(key) ?? findInRow(this.roots, this.#controls[id], row, row.of === undefined ? undefined : this.#controls[row.of]);
    this.#inRows.set(key, located);
    return located;
  }

  shows(text: string): boolean {
    return this.#shownTexts.has(normalise(text));
  }

  says(pattern: RegExp, which: 'all' | 'raised' = 'all'): boolean {
    return [...(which === 'all' ? this.#shownTexts : raisedTexts(this.roots))].some((text) => pattern.test(text));
  }

  partWith(text: string | readonly string[], mark: Id): PagePart<Id> | undefined {
    const [row, ...others] = this.#rowsWith(text, mark);
    return row && others.length === 0 ? { find: (id) => withinRow(this.find(id), row), texts: shownIn(row) } : undefined;
  }

  countWith(text: string | readonly string[], mark: Id): number {
    return this.#rowsWith(text, mark).length;
  }

  #rowsWith(text: string | readonly string[], mark: Id): Element[] {
    const [wanted, ...alsoWanted] = (typeof text === 'string' ? [text] : text).map(normalise);
    const located = this.find(mark);
    const marks = (located.kind === 'found' ? [located] : located.kind === 'ambiguous' ? located.candidates : located.unusable).map(({ element }) => element);
    const rows = new Set<Element>();
    for (const { element, text: shown } of leaves(this.roots)) {
      const row = normalise(shown) === wanted && isShown(element) ? rowOf(element, marks) : undefined;
      if (row) rows.add(row);
    }
    return [...rows].filter((row) => alsoWanted.length === 0 || alsoWanted.every((also) => shownIn(row).some((shown) => normalise(shown) === also)));
  }

  /** Of the console, where the page says it; else empty. */
  get version(): string {
    for (const text of this.#shownTexts) {
      const version = this.#versionOf.exec(text)?.[1];
      if (version !== undefined) return version;
    }
    return '';
  }

  get #shownTexts(): ReadonlySet<string> {
    this.#texts ??= collectTexts(this.roots);
    return this.#texts;
  }

  findNamed(name: string): Located {
    const [asLink, asCell] = locateMany(this.#document, [
      { roles: ['link', 'button'], names: [name] },
      { roles: ['cell', 'gridcell', 'rowheader', 'listitem'], names: [name] },
    ]);
    if (!asLink || !asCell) throw new Error('two answers for two questions');
    return asLink.kind === 'absent' ? asCell : asLink;
  }

  get secret(): 'shown' | 'unreadable' | 'none' {
    return this.readSecret().kind;
  }

  /** The value itself, for the one caller that carries it to the vault. */
  readSecret(): ShownSecret {
    this.#secret ??= !this.#shape ? { kind: 'none' } : 'row' in this.#shape ? this.#findKey(this.#shape) : findSecret(this.roots, this.#shape);
    return this.#secret;
  }

  /** Of this very row alone, and only in full. */
  #findKey({ row, beside, control, key }: RowSecret<Id>): ShownSecret {
    const kind = this.textOf(beside.control, row);
    const text = this.textOf(control, row)?.trim();
    if (kind === undefined || !beside.texts.includes(kind) || !text) return { kind: 'none' };
    return key.test(text) ? { kind: 'shown', clientId: '', secret: text } : { kind: 'unreadable' };
  }

  get isBusy(): boolean {
    const isLoading = this.roots.some((root) => root.nodeType === 9 && (root as Document).readyState === 'loading');
    return isLoading || this.roots.some((root) => [...root.querySelectorAll('[aria-busy=true], [role=progressbar], progress')].some((one) => one.checkVisibility({ visibilityProperty: true }) && !isDeterminate(one)));
  }

  /** The document, every open shadow root in it and every frame of the same origin. */
  get roots(): readonly Root[] {
    this.#roots ??= findRoots(this.#document);
    return this.#roots;
  }

  #locateAll(): ReadonlyMap<Id, Located> {
    const ids = Object.keys(this.#controls) as Id[];
    const byName = locateMany(this.#document, ids.map((id) => this.#controls[id] satisfies Wanted));
    return new Map(
      ids.map((id, index) => {
        const named = byName[index];
        if (!named) throw new Error('one answer for one question');
        return [id, named.kind === 'found' ? named : (this.#findPointed(id, named) ?? this.#findByStructure(id, named) ?? named)];
      }),
    );
  }

  #findPointed(id: Id, named: Located): Located | undefined {
    for (const { control, role, name, path, version } of this.#pointed) {
      if (control !== id || version !== this.version) continue;
      const among = named.kind === 'ambiguous' ? named.candidates.map(({ element }) => element) : this.#withRole(role);
      const same = among.filter((element) => pointedNameOf(element) === name);
      const [only, ...others] = same.length > 1 || name === '' ? same.filter((element) => pathOf(element) === path) : same;
      if (only && others.length === 0) return { kind: 'found', element: only, score: 0.7, reason: `${role} “${name}”, as pointed at before` };
    }
    return undefined;
  }

  /** Never instead of a control that fits by name and cannot be used now, or of one among several. */
  #findByStructure(id: Id, named: Located): Located | undefined {
    const { roles, structure } = this.#controls[id];
    if (!structure || named.kind !== 'absent' || named.unusable.length > 0) return undefined;
    if (structure.on && !structure.on.test(this.address)) return undefined;
    const fitting = [...new Set(roles.flatMap((role) => this.#withRole(role)))].filter((element) => fitsStructure(element, structure));
    const { index, of } = structure.nth ?? { index: 0, of: 1 };
    const element = fitting[index];
    return element && fitting.length === of ? { kind: 'found', element, score: 0.5, reason: `${roleOf(element)} “${nameOf(element)}”, by its place` } : undefined;
  }

  #withRole(role: Role): Element[] {
    const selector = [...tagsOfRole(role), '[role]'].join(',');
    return this.roots.flatMap((root) => [...root.querySelectorAll(selector)]).filter((element) => intendedRoleOf(element) === role && isUsable(element));
  }
}

function fitsStructure(element: Element, { href, selector }: Structure): boolean {
  if (href) {
    const target = (element as Partial<HTMLAnchorElement>).href;
    if (!target || !URL.canParse(target) || !href.test(new URL(target).pathname)) return false;
  }
  return selector === undefined || element.matches(selector);
}

const listRow = 'tr, [role=row], li:not([role]), [role=listitem], article, [role=article]';

/** The smallest part of the page with the text and one of the marks in it. */
function rowOf(element: Element, marks: readonly Element[]): Element | undefined {
  let branch = element;
  for (const part of flatAncestors(element)) {
    const inside = marks.filter((mark) => flatContains(part, mark));
    const [mark] = inside;
    if (mark) {
      const isRow = part.matches(listRow);
      const isOfAnother = !isRow && branch.matches(listRow) && [...flatAncestors(mark)].some((one) => flatParent(one) === part && one !== branch && one.matches(listRow));
      return isRow || (inside.length === 1 && !isOfAnother) ? part : undefined;
    }
    branch = part;
  }
  return undefined;
}

const shownIn = (row: Element): string[] => [...leaves(findRoots(row))].filter(({ element }) => isShown(element)).map(({ text }) => text);

/** The answer for the whole page, narrowed down to a row of it. */
function withinRow(located: Located, row: Element): Located {
  const isIn = ({ element }: { element: Element }): boolean => flatContains(row, element);
  if (located.kind === 'absent') return { ...located, unusable: located.unusable.filter(isIn) };
  const candidates = (located.kind === 'found' ? [located] : located.candidates).filter(isIn);
  const [only, ...others] = candidates;
  if (!only) return { kind: 'absent', reason: 'none in the row', unusable: [] };
  return others.length > 0 ? { kind: 'ambiguous', candidates } : { kind: 'found', element: only.element, score: only.score, reason: only.reason };
}

const raised = '[role=alert], [role=alertdialog], [role=status], [aria-live]:not([aria-live=off]), [aria-invalid=true]';
/** Characters of a message that is worth reading. */
const messageLimit = 1000;

/** What the page raises its voice with: alerts, and what is said of a field that is wrong. In lower case. */
function raisedTexts(roots: readonly Root[]): Set<string> {
  const texts = new Set<string>();
  for (const element of roots.flatMap((root) => [...root.querySelectorAll(raised)])) {
    // A whole form or list can be said to be live.
    if (!element.matches('[aria-invalid=true]') && element.querySelector('input, select, textarea, table, [role=table], [role=grid]')) continue;
    const ids = `${element.getAttribute('aria-errormessage') ?? ''} ${element.getAttribute('aria-describedby') ?? ''}`.split(/\s+/);
    const sources = element.matches('[aria-invalid=true]') ? ids.flatMap((id) => (id === '' ? [] : (findById(element, id) ?? []))) : [element];
    for (const source of sources) if (isShown(source)) texts.add(normalise(source.textContent.slice(0, messageLimit)));
  }
  return texts;
}

const isDeterminate = (element: Element): boolean => element.hasAttribute('aria-valuenow') || (element.localName === 'progress' && element.hasAttribute('value'));

/** As much of the name as {@link Pointed} holds, characters. */
const nameLimit = 300;
/** What looks like a key or an ID is not kept: then the path alone tells. */
const keyLike = /(?=\S*\d)[\w-]{20,}/;
export const pointedNameOf = (element: Element): string => {
  const name = nameOf(element);
  return keyLike.test(name) ? '' : name.slice(0, nameLimit);
};

/** Tags and positions from the top, through shadow roots and frames. */
export function pathOf(element: Element): string {
  const parts: string[] = [];
  for (let one: Element | null | undefined = element; one; ) {
    const parent: ParentNode | null = one.parentNode;
    parts.push(`${one.localName}:${String(parent ? [...parent.children].indexOf(one) : 0)}`);
    one = one.parentElement ?? (one.getRootNode() as Partial<ShadowRoot>).host ?? one.ownerDocument.defaultView?.frameElement;
  }
  return parts.reverse().join('/').slice(-2000);
}

/** Longest text that is compared as a whole, characters. */
const textLimit = 200;
const isShown = (element: Element): boolean => [...throughFrames(element)].every((one) => one.checkVisibility({ visibilityProperty: true }));

/** Whole texts of what has text of its own, and values of text fields. */
function collectTexts(roots: readonly Root[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { element, text } of leaves(roots)) {
    if (!texts.has(text) && isShown(element)) texts.add(text);
  }
  return new Set([...texts].map(normalise));
}

/** Elements with text of their own, and text fields with their values. */
function* leaves(roots: readonly Root[]): Generator<{ element: Element; text: string }> {
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'input' || element.localName === 'textarea') {
        const { value } = element as HTMLInputElement;
        if (value !== '' && value.length <= textLimit) yield { element, text: value };
      } else if (element.localName !== 'script' && element.localName !== 'style' && hasOwnText(element)) {
        const text = element.textContent.trim();
        if (text.length <= textLimit) yield { element, text };
      }
    }
  }
}

const hasOwnText = (element: Element): boolean => [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());

export type ShownSecret = { kind: 'shown'; clientId: string; secret: string } | { kind: 'unreadable' } | { kind: 'none' };

/**
 * The one-time secret where the page shows it: known by its shape and by standing under its name, or beside an ID in a dialog.
 * Swapped labels do not matter: the shapes tell which is which.
 */
function findSecret(roots: readonly Root[], shape: SecretShape): ShownSecret {
  const secrets = new Map<string, Element[]>();
  const ids = new Map<string, Element[]>();
  const namings: Element[] = [];
  const masks: Element[] = [];
  const names = new Set(shape.secretNames.map(normalise));
  for (const { element, text } of leaves(roots)) {
    const into = shape.id.test(text) ? ids : shape.secret.test(text) ? secrets : undefined;
    const among = masked.test(text) ? masks : names.has(normalise(text)) ? namings : undefined;
    if ((!into && !among) || !isShown(element)) continue;
    if (into) into.set(text, [...(into.get(text) ?? []), element]);
    else among?.push(element);
  }
  const named = [...secrets].filter(([, elements]) => elements.some((element) => names.has(normalise(nameOf(element))) || namings.some((naming) => isNextTo(naming, element)) || isWithId(element, ids)));
  const [only] = named;
  if (!only || named.length > 1) {
    // Beside a dialog's text alone: a client's own page may always show dots.
    const isMasked = hasMaskedField(roots, names) || masks.some((mask) => namings.some((naming) => shareDialog(mask, naming)));
    return isMasked || named.length > 1 ? { kind: 'unreadable' } : { kind: 'none' };
  }
  const [secret, [place]] = only;
  const near = [...ids].filter(([, elements]) => elements.some((element) => place !== undefined && shareDialog(place, element)));
  const [id] = near.length === 1 ? near : [...ids];
  // Two IDs with nothing to tell them apart, or none at all: the admin pastes.
  if (!id || (near.length !== 1 && ids.size > 1)) return { kind: 'unreadable' };
  return { kind: 'shown', clientId: id[0], secret };
}

/** Dots, or the beginning of something with a number in it. */
const masked = /^(?:[\w-]*[•●*]{4,}[\w-]*|(?=\D*\d)[\w-]{6,}(?:…|\.{3})[\w-]*)$/;

/** A field of that name which shows dots, or a part. */
function hasMaskedField(roots: readonly Root[], names: ReadonlySet<string>): boolean {
  return roots.some((root) => [...root.querySelectorAll('input')].some((input) => input.value.length > 8 && isShown(input) && names.has(normalise(nameOf(input)))));
}

/** How far up two things may meet and still belong together. */
const reach = 5;

/** In one box, if that is not the page itself; there, right under it. */
function isNextTo(naming: Element, element: Element): boolean {
  let branch = element;
  for (const box of [...flatAncestors(element)].slice(0, reach)) {
    const isPage = box.matches(page) || box.querySelector(page) !== null;
    if (flatContains(box, naming)) return !isPage || branch.previousElementSibling?.textContent.trim() === naming.textContent.trim();
    if (isPage) return false;
    branch = box;
  }
  return false;
}
const page = 'body, main, [role=main]';

const shareDialog = (a: Element, b: Element): boolean => {
  const dialog = closestFlat(a, 'dialog, [role=dialog], [role=alertdialog], [aria-modal=true]');
  return dialog !== null && flatContains(dialog, b);
};
const isWithId = (element: Element, ids: ReadonlyMap<string, Element[]>): boolean => [...ids.values()].flat().some((one) => shareDialog(element, one));
