import { nameOf } from './accessible-name.ts';
import { intendedRoleOf, type Role, roleOf } from './accessible-role.ts';
import { closestFlat, flatAncestors, flatContains, flatParent, isElement, referenced } from './flat-tree.ts';
import { findRoots } from './locate.ts';
import type { Rights, RightsReading } from './rights.ts';
import { normalise, withoutNote } from './wording.ts';

/** What a field should hold. */
export type FieldValue =
  | { kind: 'text'; text: string }
  /** Of a checkbox, a switch or a radio button (which can only be turned on). */
  | { kind: 'on'; on: boolean }
  /**
   * These are chosen, in any widget. What else is chosen is reported as surplus, never removed. `mayHaveNote`: the list may put a word in
   * brackets behind a name.
   */
  | { kind: 'choices'; names: readonly string[]; mayHaveNote?: true }
  /** One entry of a list that opens while one types; the page may show a code behind its name. */
  | { kind: 'entry'; name: string }
  /** A role's rights, in a tree of categories; none is ever taken away. */
  | Rights;

/** What a field holds now, as far as the page says. */
export type FieldReading = { kind: 'text'; text: string } | { kind: 'on'; on: boolean } | { kind: 'choices'; chosen: readonly string[] } | { kind: 'entry'; text: string } | RightsReading | { kind: 'unreadable' };

/**
 * Reads without changing anything: no focus, no events, no opening of lists.
 * @param candidates names worth recognising, such as the wanted ones: what a field shows as chosen is mere text in many libraries.
 */
export function readField(control: Element, kind: Exclude<FieldValue['kind'], 'entry' | 'rights'>, candidates: readonly string[] = [], mayHaveNote = false): FieldReading {
  switch (kind) {
    case 'text': {
      const field = findTextField(control);
      const text = field?.value ?? control.getAttribute('aria-valuetext') ?? control.getAttribute('aria-valuenow');
      return text === null ? { kind: 'unreadable' } : { kind, text };
    }
    case 'on': {
      const on = isChosen(control);
      return on === undefined ? { kind: 'unreadable' } : { kind, on };
    }
    case 'choices': {
      const chosen = readChoices(control, candidates, mayHaveNote);
      return chosen === undefined ? { kind: 'unreadable' } : { kind, chosen };
    }
  }
}

// ---- Parts of a field ----

/** In document order of each tree, through open shadow roots and frames. */
export const queryDeep = (start: Element, selector: string): Element[] => findRoots(start).flatMap((root) => [...root.querySelectorAll(selector)]);

const textInputs = 'input:not([type=hidden], [type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=image], [type=file], [type=range], [type=color]), textarea';

/** The control itself or what it is wrapped around. */
export function findPart(control: Element, selector: string): Element | undefined {
  return control.matches(selector) ? control : queryDeep(control, selector).find((one) => isShown(one) && !closestFlat(one, '[aria-hidden=true]'));
}

export const findTextField = (control: Element): HTMLInputElement | HTMLTextAreaElement | undefined => findPart(control, textInputs) as HTMLInputElement | undefined;
export const findSelect = (control: Element): HTMLSelectElement | undefined => findPart(control, 'select') as HTMLSelectElement | undefined;

export const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

const listRoles = new Set<Role>(['listbox', 'tree', 'treegrid', 'group', 'radiogroup', 'menu', 'grid']);

/** Does it show its items itself, or does it open a list for them? */
export const isInline = (control: Element): boolean => listRoles.has(roleOf(control)) && findRoots(control).some((root) => root.querySelector(`${entries}, ${boxes}`));

/** What opens the list and shows the choice: the control or what it is wrapped around. */
export function findOpener(control: Element): Element {
  if (['combobox', 'textbox', 'searchbox', 'button'].includes(roleOf(control))) return control;
  for (const selector of ['[role=combobox]', textInputs, '[aria-haspopup], [aria-expanded]']) {
    const part = findPart(control, selector);
    if (part) return part;
  }
  return control;
}

// ---- Items ----

const entryRoles: readonly Role[] = ['option', 'treeitem', 'menuitemcheckbox', 'menuitemradio'];
const boxRoles: readonly Role[] = ['checkbox', 'radio', 'switch'];
/** First what a list consists of: an entry often holds a checkbox of its own name. */
export const itemRoles: readonly (readonly Role[])[] = [entryRoles, boxRoles];

const boxes = 'input[type=checkbox], input[type=radio], [role=checkbox], [role=radio], [role=switch]';
const entries = '[role=option], [role=treeitem], [role=menuitemcheckbox], [role=menuitemradio]';

export function itemsIn(scope: Element): Element[] {
  const found = queryDeep(scope, `${entries}, ${boxes}`);
  const all = found.filter((item) => entryRoles.includes(intendedRoleOf(item)));
  return all.length > 0 ? all : found;
}

/** A parent in a tree stands for its children. */
const isParent = (item: Element): boolean => item.hasAttribute('aria-expanded') || item.querySelector('[role=treeitem]') !== null;

/** The checkbox that belongs to the item and not to one inside it. */
export const findBox = (item: Element): Element | undefined => (item.matches(boxes) ? item : queryDeep(item, boxes).find((box) => closestFlat(box, entries) === item || !item.matches(entries)));

/** Is the item chosen, the box checked? Undefined where it does not say. */
export function isChosen(item: Element): boolean | undefined {
  const box = findBox(item);
  if (box?.localName === 'input') return (box as HTMLInputElement).checked;
  for (const value of [item.getAttribute('aria-checked'), box?.getAttribute('aria-checked'), item.getAttribute('aria-selected'), item.getAttribute('aria-pressed')]) {
    if (value != null && value !== '') return value === 'true';
  }
  return undefined;
}

// ---- What is chosen ----

function readChoices(control: Element, candidates: readonly string[], mayHaveNote: boolean): readonly string[] | undefined {
  if (isInline(control)) return chosenIn(control);
  const select = findSelect(control);
  if (select) return [...select.selectedOptions].map(({ label }) => squash(label));
  const opener = findOpener(control);
  const popups = popupsOf(opener);
  const shown = readShown(opener, candidates, popups, mayHaveNote);
  const chosen = new Set([...shown.names, ...popups.filter(saysWhatIsChosen).flatMap(chosenIn)]);
  return shown.isCut && candidates.some((name) => !hasName(chosen, name, mayHaveNote)) ? undefined : [...chosen];
}

export const chosenIn = (scope: Element): string[] => itemsIn(scope).flatMap((item) => (!isParent(item) && isChosen(item) === true ? nameOf(item) : []));

/** Where one entry at most can be selected, some libraries call the highlighted one so. */
export const saysWhatIsChosen = (scope: Element): boolean => scope.matches('[aria-multiselectable=true]') || queryDeep(scope, `[aria-multiselectable=true], [aria-checked], ${boxes}`).length > 0;

export const squash = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const hasName = (names: Iterable<string>, name: string, mayHaveNote = false): boolean => [...names].some((one) => normalise(one) === normalise(name) || (mayHaveNote && withoutNote(one) === normalise(name)));

/** The lists that the page says belong to it, each with what surrounds it: rows do not always stand in the element that is named. */
export function popupsOf(opener: Element): Element[] {
  const targets = new Set<Element>();
  for (const one of [opener, flatParent(opener), closestFlat(opener, '[role=combobox]')]) {
    if (one) for (const attribute of ['aria-controls', 'aria-owns'] as const) for (const target of referenced(one, attribute)) targets.add(target);
  }
  return [...new Set([...targets].filter((target) => !flatContains(target, opener)).map((target) => surroundings(target, opener)))];
}

/** The largest element around the target without the opener in it. */
function surroundings(target: Element, opener: Element): Element {
  const around = new Set(flatAncestors(opener));
  let largest = target;
  for (const one of flatAncestors(target)) {
    if (around.has(one)) break;
    largest = one;
  }
  return largest;
}

const otherFields = `${textInputs}, select, [role=combobox], ${boxes}`;

/** The form field around the control: the largest element without another control in it. */
export function fieldOf(control: Element, popups: readonly Element[]): Element {
  const isOther = (other: Element): boolean => !flatContains(control, other) && !flatContains(other, control) && isShown(other) && !closestFlat(other, `[aria-hidden=true], ${entries}`) && !popups.some((popup) => flatContains(popup, other));
  let field = control;
  for (const one of flatAncestors(control)) {
    if (one.matches('form, fieldset, dialog, section, main, body, [role=dialog], [role=form], [role=region]')) break;
    if (queryDeep(one, otherFields).some(isOther)) break;
    field = one;
  }
  return field;
}

/** No choice, whatever it says. */
const isAside = (element: Element, opener: Element): boolean => {
  const aside = closestFlat(element, asides);
  // A whole form can be said to be live.
  return aside !== null && !flatContains(aside, opener);
};
const asides = 'script, style, option, legend, [role=alert], [role=status], [role=tooltip], [aria-live]:not([aria-live=off])';

/**
 * The choice as the field shows it: chips, a list with commas, the text of its button or its input.
 * `isCut`: the field says that there are more.
 */
function readShown(opener: Element, candidates: readonly string[], popups: readonly Element[], mayHaveNote: boolean): { names: string[]; isCut: boolean } {
  const wanted = new Set(candidates.map(normalise));
  const isWanted = (text: string): boolean => wanted.has(normalise(text)) || (mayHaveNote && wanted.has(withoutNote(text)));
  const field = fieldOf(opener, popups);
  const hints = new Set(referenced(opener, 'aria-labelledby'));
  const names: string[] = [];
  let isCut = false;
  for (const root of findRoots(field)) {
    const walker = (root.ownerDocument ?? (root)).createTreeWalker(root, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = squash((node as Text).data);
      const parent = flatParent(node);
      if (text === '' || !parent || !isShown(parent) || parent.localName === 'label' || isAside(parent, opener)) continue;
      const entry = closestFlat(parent, entries);
      if (entry && isChosen(entry) === false) continue;
      if (popups.some((popup) => flatContains(popup, parent)) || [...hints].some((hint) => flatContains(hint, parent))) continue;
      if (isWanted(text)) {
        if (!isInSentence(parent)) names.push(text, ...likeIt(parent, opener, field));
        continue;
      }
      const parts = text.split(/\s*[,、;]\s*/);
      if (parts.length > 1 && parts.some(isWanted)) names.push(...parts);
      else if (/^\+\s*\d/.test(text) || (/\d/.test(text) && flatContains(opener, parent))) isCut = true;
    }
  }
  const { value } = opener as HTMLInputElement;
  if (opener.localName === 'input' && opener.getAttribute('aria-expanded') !== 'true' && isWanted(value)) names.push(value);
  return { names: [...new Set(names)], isCut };
}

/** A name in the middle of an explanation. */
const isInSentence = (element: Element): boolean => {
  const siblings = [...(element.parentElement?.childNodes ?? []), ...element.childNodes].filter((node) => node.nodeType === 3 && squash(node.textContent ?? '') !== '');
  return siblings.length > 1 || (siblings.length === 1 && siblings[0]?.parentNode !== element);
};

/** What stands beside a chip and is made like it: chips of other names. */
function likeIt(shown: Element, opener: Element, field: Element): string[] {
  for (let chip: Element | null = shown; chip && chip !== field && !flatContains(chip, opener); chip = flatParent(chip)) {
    const { localName, className, parentNode } = chip;
    const alike = [...(parentNode?.children ?? [])].filter((one) => one !== chip && one.localName === localName && one.className === className && isShown(one));
    const texts = alike.flatMap((one) => firstText(one) ?? []);
    if (texts.length > 0) return texts;
  }
  return [];
}

function firstText(element: Element): string | undefined {
  for (const root of findRoots(element)) {
    const walker = element.ownerDocument.createTreeWalker(root, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = squash((node as Text).data);
      if (text !== '' && isElement(node.parentNode) && isShown(node.parentNode) && node.parentNode.localName !== 'button') return text;
    }
  }
  return undefined;
}
