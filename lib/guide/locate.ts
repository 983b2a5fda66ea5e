import { type LabelsOf, nameOf } from './accessible-name.ts';
import { intendedRoleOf, type Role, roleOf, tagsOfRole } from './accessible-role.ts';
import { textBeside } from './beside.ts';
import { closestFlat, flatAncestors, flatContains, flatTexts, referenced, tagOf } from './flat-tree.ts';
import { findObstacle, type Obstacle, ownSurroundings, type Surroundings } from './usable.ts';
import { scores, type Fit, Wordings } from './wording.ts';

/*
 * Finds controls by what they are and what they are called, on pages never seen before. It first asks the browser for what can
 * have the role at all, then looks at raw text, and computes names, roles and visibility for what is left.
 */

export interface Wanted {
  roles: readonly Role[];
  /** Whole wordings, in any language that the console ships. */
  names: readonly string[];
  /** The dialog, section, tab or group that it belongs to, by heading or name. */
  near?: { names: readonly string[] };
  within?: Element;
  /** What was seen once. Breaks ties between controls that fit equally well, and does nothing else. */
  hints?: readonly { selector: string; since: string }[];
}

export interface Candidate {
  element: Element;
  /** 1 for the very wording; less where a count or an ellipsis is in the way. */
  score: number;
  reason: string;
}

export type Located =
  | ({ kind: 'found' } & Candidate)
  | { kind: 'ambiguous'; candidates: readonly Candidate[] }
  /** `unusable`: what fits but cannot be used now, such as a button that is still disabled. */
  | { kind: 'absent'; reason: string; unusable: readonly { element: Element; obstacle: Obstacle }[] };

export function locate(document: Document, wanted: Wanted): Located {
  const [located] = locateMany(document, [wanted]);
  if (!located) throw new Error('one answer for one question');
  return located;
}

/** One pass over the page for all of them: a whole list of privileges costs little more than one. */
export function locateMany(document: Document, wanted: readonly Wanted[]): Located[] {
  const answers = new Map<Wanted, Located>();
  for (const [within, group] of Map.groupBy(wanted, (one) => one.within)) {
    const page = new Page(within ?? document);
    const matches = page.match(group);
    for (const [index, one] of group.entries()) answers.set(one, decide(one, matches[index] ?? [], page));
  }
  return wanted.flatMap((one) => answers.get(one) ?? []);
}

interface Match {
  element: Element;
  role: Role;
  name: string;
  fit: Fit;
}

export type Root = Document | ShadowRoot | Element;

/** The page as it is during one pass. */
class Page implements Surroundings {
  readonly #roots: readonly Root[];
  readonly #modals = new Map<Document, readonly Element[]>();
  #labels: Map<Element, Element[]> | undefined;
  #landmarks: readonly Landmark[] | undefined;

  constructor(start: Document | Element) {
    this.#roots = findRoots(start);
  }

  match(wanted: readonly Wanted[]): Match[][] {
    const wordings = new Wordings(wanted.map(({ names }) => names));
    const found: Match[][] = wanted.map(() => []);
    const wantedRoles = new Set(wanted.flatMap(({ roles }) => roles));
    for (const element of this.withRoles([...wantedRoles])) {
      const role = intendedRoleOf(element);
      if (!wantedRoles.has(role) || !this.#mayBeNamed(element, wordings)) continue;
      const name = nameOf(element, this.labelsOf, role);
      const fitting = wordings.match(name);
      const titled = fitting.length > 0 ? fitting : wordings.match(mayHaveTitle.has(role) ? titleOf(element) || labelOf(element, name) : withoutPictures(element, mayHaveArrow.has(role) ? [element] : this.labelsOf(element))).map(({ index }) => ({ index, fit: 'title' as const }));
      for (const { index, fit } of titled) {
        if (wanted[index]?.roles.includes(role)) found[index]?.push({ element, role, name, fit });
      }
    }
    return found;
  }

  nameOf(element: Element): string {
    return nameOf(element, this.labelsOf);
  }

  /** Whatever can have one of the roles, in document order of each tree. */
  withRoles(roles: readonly Role[]): Set<Element> {
    const tags = [...new Set(roles.flatMap(tagsOfRole))];
    const found = new Set<Element>();
    // One query for each is faster than one for all: the browser has a short way for a lone tag name.
    for (const root of this.#roots) {
      for (const tag of tags) for (const element of root.querySelectorAll(tag)) found.add(element);
      for (const element of root.querySelectorAll('[role]')) if (mentions(element.getAttribute('role'), roles)) found.add(element);
    }
    return found;
  }

  /** Headings and selected tabs: what gives the part of the page after it a name. */
  get landmarks(): readonly Landmark[] {
    this.#landmarks ??= [...this.withRoles(['heading', 'tab'])]
      .filter((element) => (roleOf(element) === 'heading' || element.getAttribute('aria-selected') === 'true') && element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, level: levelOf(element), name: this.nameOf(element) }))
      .sort((a, b) => (precedes(a.element, b.element) ? -1 : 1));
    return this.#landmarks;
  }

  /** By a pass over the labels: asking each control for its labels walks the document each time. */
  readonly labelsOf: LabelsOf = (control) => {
    if (!this.#labels) {
      this.#labels = new Map();
      for (const root of this.#roots) {
        for (const label of root.querySelectorAll('label')) {
          const { control: labelled } = label;
          if (!labelled) continue;
          const labels = this.#labels.get(labelled);
          if (labels) labels.push(label);
          else this.#labels.set(labelled, [label]);
        }
      }
    }
    return this.#labels.get(control) ?? [];
  };

  readonly modalsOf = (document: Document): readonly Element[] => {
    const modals = this.#modals.get(document) ?? ownSurroundings.modalsOf(document);
    this.#modals.set(document, modals);
    return modals;
  };

  /** A cheap look at the text that a name could come from; says no only where none can give one of the wordings. */
  #mayBeNamed(element: Element, wordings: Wordings): boolean {
    const tag = tagOf(element);
    const labels = labelable.has(tag) || tag.includes('-') ? this.labelsOf(element) : [];
    if (labels.some((label) => wordings.mayMatch(label.textContent, isPlain(label, element)))) return true;
    for (const attribute of attributesOf[tag] ?? commonAttributes) {
      const value = element.getAttribute(attribute);
      if (value !== null && wordings.mayMatch(value)) return true;
    }
    if (labels.some(isWoven)) return true;
    if (referenced(element, 'aria-labelledby').some((source) => wordings.mayMatch(source.textContent, isPlain(source)) || isWoven(source))) return true;
    if (tag === 'input') {
      const { type, value } = element as HTMLInputElement;
      return /^(?:submit|reset|button|image)$/.test(type) && (value === '' || wordings.mayMatch(value));
    }
    return tag !== 'select' && tag !== 'textarea' && (wordings.mayMatch(element.textContent, isPlain(element)) || isWoven(element));
  }
}

const commonAttributes = ['aria-label', 'title', 'aria-placeholder'];
/** Where a name can come from, beside the text. */
const attributesOf: Readonly<Record<string, readonly string[]>> = {
  input: ['aria-label', 'title', 'placeholder', 'aria-placeholder', 'alt'],
  textarea: ['aria-label', 'title', 'placeholder', 'aria-placeholder'],
  img: ['aria-label', 'title', 'alt'],
  area: ['aria-label', 'title', 'alt'],
  option: ['aria-label', 'title', 'label'],
  optgroup: ['aria-label', 'title', 'label'],
};
const labelable = new Set(['button', 'input', 'meter', 'output', 'progress', 'select', 'textarea']);

/** Nothing in it can be hidden: no element but the control itself. */
const isPlain = (source: Element, control?: Element): boolean => source.firstElementChild === null || (source.childElementCount === 1 && source.firstElementChild === control);

/** Does it hold what lends a text that `textContent` does not have? */
const isWoven = (source: Element): boolean =>
  source.shadowRoot !== null || source.hasAttribute('aria-owns') || (source.firstElementChild !== null && source.querySelector('[aria-label], [aria-labelledby], [alt], [title], [aria-owns], slot, select, textarea, input:not([type=checkbox], [type=radio])') !== null);

const mentions = (attribute: string | null, roles: readonly Role[]): boolean => {
  const value = attribute?.toLowerCase() ?? '';
  return roles.some((role) => value.includes(role) || (role === 'img' && value.includes('image')));
};

/** The start, every open shadow root in it and every frame of the same origin. */
export function findRoots(start: Document | Element): Root[] {
  const roots: Root[] = [start];
  const own = (start as Partial<Element>).shadowRoot;
  if (own) roots.push(own);
  // The list grows while it is walked.
  for (const root of roots) {
    const document = root.ownerDocument ?? (root);
    const walker = document.createTreeWalker(root, 1);
    for (let node = walker.nextNode() as Element | null; node; node = walker.nextNode() as Element | null) if (node.shadowRoot) roots.push(node.shadowRoot);
    const isWhole = root === document;
    if (isWhole && !document.defaultView?.length) continue;
    for (const frame of root.querySelectorAll('iframe, frame')) {
      const inner = sameOriginDocument(frame as HTMLIFrameElement);
      if (inner) roots.push(inner);
    }
  }
  return roots;
}

function sameOriginDocument(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    // Of another origin: nothing in it is ours to see.
    return null;
  }
}

function decide(wanted: Wanted, matches: readonly Match[], page: Page): Located {
  const unusable: { element: Element; obstacle: Obstacle }[] = [];
  const usable = withoutShells(matches).filter(({ element }) => {
    const obstacle = findObstacle(element, page);
    if (obstacle) unusable.push({ element, obstacle });
    return obstacle === undefined;
  });
  const { near } = wanted;
  const there = near ? usable.filter(({ element }) => belongsTo(element, near.names, page)) : usable;
  if (there.length === 0) return { kind: 'absent', reason: absence(wanted, usable, unusable), unusable };

  const best = Math.max(...there.map(({ fit }) => scores[fit]));
  const top = there.filter(({ fit }) => scores[fit] === best);
  const [only] = top;
  if (only && top.length === 1) return { kind: 'found', ...toCandidate(only) };
  const [first] = top;
  // The same way twice, as in the navigation and above the page.
  if (first && new Set(top.map(({ element }) => addressOf(element))).size === 1 && addressOf(first.element) !== undefined) return { kind: 'found', ...toCandidate(first, `, ${top.length} links to one page`) };
  for (const { selector, since } of wanted.hints ?? []) {
    const [hinted, ...others] = top.filter(({ element }) => matchesHint(element, selector));
    if (hinted && others.length === 0) return { kind: 'found', ...toCandidate(hinted, `, of ${top.length} the one that is as seen ${since}`) };
  }
  return { kind: 'ambiguous', candidates: top.map((match) => toCandidate(match)) };
}

/** A card of an overview is one link with a title and a sentence. */
const mayHaveTitle = new Set<Role>(['link', 'button']);

/** The first text on it, where that stands on lines of its own: "New" beside "site" is no title. */
function titleOf(element: Element): string {
  const texts = flatTexts(element).map((node) => ({ text: node.data.trim(), box: boxOfText(node) }));
  const [first, ...rest] = texts.filter(({ text, box }) => text !== '' && box.height > 0);
  return first && rest.length > 0 && rest.every(({ box }) => box.top >= first.box.bottom - 1) ? first.text : '';
}

/** What is to be read on it, where its name for those who do not see it goes on from there: "All Settings opens a dialog". */
function labelOf(element: Element, name: string): string {
  const texts = flatTexts(element).filter((node) => node.parentElement && !closestFlat(node.parentElement, '[aria-hidden=true]'));
  const label = texts.map((node) => node.data).join('').trim();
  return label !== '' && name.toLowerCase().startsWith(label.toLowerCase()) ? label : '';
}

/** An entry that opens a menu of its own often ends in an arrow that has a name. */
const mayHaveArrow = new Set<Role>(['menuitem', 'treeitem', 'tab']);

/** What is written on it or on its label, without pictures: a label often ends in a question mark that has a name. */
function withoutPictures(element: Element, sources: readonly Element[]): string {
  if (!sources.some((source) => source.querySelector('img, svg, [role=img]')) || ['aria-label', 'aria-labelledby'].some((name) => element.hasAttribute(name))) return '';
  const texts = sources.flatMap((source) => flatTexts(source)).filter((node) => !flatContains(element, node.parentElement ?? element) || sources.includes(element));
  return texts.filter((node) => boxOfText(node).height > 0).map(({ data }) => data).join(' ').trim();
}

function boxOfText(node: Text): DOMRect {
  const range = node.ownerDocument.createRange();
  range.selectNodeContents(node);
  return range.getBoundingClientRect();
}

/** Where a link leads, beside its own page. */
function addressOf(element: Element): string | undefined {
  const href = tagOf(element) === 'a' ? element.getAttribute('href') : null;
  return href === null || href === '' || /^(?:#|javascript:)/i.test(href) ? undefined : (element as HTMLAnchorElement).href;
}

const fits: Readonly<Record<Fit, string>> = { exact: '', ellipsis: ', with an ellipsis', count: ', with a count', title: ', by its title', cut: ', cut off' };

const toCandidate = ({ element, role, name, fit }: Match, more = ''): Candidate => ({ element, score: scores[fit], reason: `${role} “${name}”${fits[fit]}${more}` });

function absence({ roles, names, near }: Wanted, usable: readonly Match[], unusable: readonly { obstacle: Obstacle }[]): string {
  const what = `${roles.join(' or ')} “${names[0] ?? ''}”`;
  if (usable.length > 0) return `${what} is not in “${near?.names[0] ?? ''}”`;
  if (unusable.length > 0) return `${what} is ${[...new Set(unusable.map(({ obstacle }) => obstacle))].join(', ')}`;
  return `no ${what}`;
}

/** A selector of a hint can be of a newer browser, or mistyped by hand. */
function matchesHint(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch {
    return false;
  }
}

const shells = new Set<Role>(['button', 'checkbox', 'link', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option', 'radio', 'switch', 'tab']);

/** A custom element with a role often holds the native control of the same name: that is one control, and the inner one is used. */
function withoutShells(matches: readonly Match[]): readonly Match[] {
  if (matches.length < 2) return matches;
  return matches.filter(({ element, role }) => !shells.has(role) || !matches.some((other) => other.element !== element && flatContains(element, other.element)));
}

interface Landmark {
  element: Element;
  /** 1 to 6 of a heading, 7 of a tab: a tab bounds nothing. */
  level: number;
  name: string;
}

function levelOf(element: Element): number {
  if (roleOf(element) !== 'heading') return 7;
  const level = Number.parseInt(element.getAttribute('aria-level') ?? /^h([1-6])$/.exec(element.localName)?.[1] ?? '2', 10);
  return level >= 1 && level <= 6 ? level : 2;
}

const sections = 'section, article, aside, nav, dialog, fieldset, form, li, tr, details, [role=region], [role=dialog], [role=alertdialog], [role=tabpanel], [role=group], [role=listitem], [role=row], [role=article], [role=form]';

/** Is it in something of that name, under a heading or selected tab of that name, or in the line that begins so? */
function belongsTo(element: Element, names: readonly string[], page: Page): boolean {
  const wordings = new Wordings([names]);
  const isNamed = (name: string): boolean => wordings.match(name).length > 0;
  const ancestors = new Set(flatAncestors(element));
  ancestors.delete(element);
  for (const one of ancestors) {
    if (one.matches(`${sections}, table, figure, [role], [aria-label], [aria-labelledby]`) && isNamed(page.nameOf(one))) return true;
    // A drop-down part of the page is called what its summary says.
    const summary = one.localName === 'details' ? one.querySelector(':scope > summary') : null;
    if (summary && isNamed(page.nameOf(summary))) return true;
  }
  let bound = 7;
  for (const landmark of page.landmarks.toReversed()) {
    if (landmark.element === element || !precedes(landmark.element, element)) continue;
    if (landmark.level === 7) {
      const panels = referenced(landmark.element, 'aria-controls');
      if ((panels.length === 0 || panels.some((panel) => ancestors.has(panel))) && isNamed(landmark.name)) return true;
      continue;
    }
    const section = closestFlat(landmark.element, sections);
    if (landmark.level >= bound || (section && !ancestors.has(section))) continue;
    if (isNamed(landmark.name)) return true;
    bound = landmark.level;
  }
  return isNamed(textBeside(element));
}

/** In document order, each shadow tree at the place of its host. */
function precedes(a: Element, b: Element): boolean {
  const hosts = new Map<Node, Element>();
  for (let one: Element | undefined = a; one; one = hostOf(one)) hosts.set(one.getRootNode(), one);
  for (let one: Element | undefined = b; one; one = hostOf(one)) {
    const other = hosts.get(one.getRootNode());
    if (other) return (other.compareDocumentPosition(one) & 4) !== 0;
  }
  return false;
}

/** What a tree hangs on: the shadow host, or the frame. */
function hostOf(element: Element): Element | undefined {
  const root = element.getRootNode();
  return (root as Partial<ShadowRoot>).host ?? element.ownerDocument.defaultView?.frameElement ?? undefined;
}
