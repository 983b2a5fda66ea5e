import { type Role, roleOf } from './accessible-role.ts';
import { closestFlat, flatChildren, isElement, isText, referenced, tagOf } from './flat-tree.ts';

/*
 * Names by accname-1.2 and HTML-AAM, as Chromium's accessibility tree has them (test/guide/accname-cases.ts). Steps 2A to 2I are
 * the ones of the recommendation.
 */

export type LabelsOf = (control: Element) => readonly Element[];

interface Walk {
  readonly labelsOf: LabelsOf;
  /** Nothing is read twice: reference cycles, and a control inside its own label. */
  readonly visited: Set<Element>;
  /** Inside what aria-labelledby points to: no further reference is followed, any role lends its text. */
  readonly isReference: boolean;
  /** A hidden element was referenced: what it holds counts although it is hidden. */
  readonly isHidden: boolean;
}

/** Roles that are named by what they hold. */
const fromContent = new Set<Role>(
  'button cell checkbox columnheader gridcell heading html-summary link math menuitem menuitemcheckbox menuitemradio option radio rowheader switch tab term tooltip treeitem doc-backlink doc-biblioref doc-glossref doc-noteref doc-subtitle'.split(' '),
);
/** Roles whose content is not part of a text that they stand in; the plain elements of `openTags` lend theirs all the same. */
const openTags = new Set('address details footer table tbody tfoot thead tr'.split(' '));
const closedToNames = new Set<Role>(
  'alert alertdialog application article banner blockquote combobox comment complementary contentinfo dialog document feed figure form graphics-document graphics-object graphics-symbol grid group html-iframe img listbox log main marquee menu menubar meter navigation note progressbar radiogroup region row rowgroup scrollbar search searchbox sectionfooter sectionheader separator slider spinbutton status suggestion table tablist tabpanel textbox timer toolbar tree treegrid'.split(' '),
);
const nameless = new Set<Role>('caption code definition deletion emphasis generic html-figcaption html-label html-legend insertion mark none paragraph strong subscript suggestion superscript term time'.split(' '));
const labelable = new Set('button input meter output progress select textarea'.split(' '));
const skipped = new Set('script style template noscript head meta link title datalist rt rp'.split(' '));
/** What is drawn instead of its children. */
const replaced = new Set('audio canvas embed iframe img object svg:svg video'.split(' '));

/** The control's labels as the browser has them. In a loop use an index of all labels: each call of `labels` walks the document. */
export const nativeLabels: LabelsOf = (control) => {
  if (labelable.has(tagOf(control))) return [...((control as HTMLInputElement).labels ?? [])];
  if (!control.localName.includes('-')) return [];
  const root = control.getRootNode() as Document | ShadowRoot;
  return [...root.querySelectorAll('label')].filter((label) => label.control === control);
};

/** The name that assistive technology reads, white space collapsed. What `visibility` hides is named as if it was shown. */
export function nameOf(element: Element, labelsOf: LabelsOf = nativeLabels, role: Role = roleOf(element)): string {
  const isHidden = styleOf(element)?.visibility === 'hidden';
  return collapse(textAlternative(element, { labelsOf, visited: new Set(), isReference: false, isHidden }, false, role).text);
}

const blanks = (text: string): string => text.replace(/[ \t\n\r\f]+/g, ' ');
const collapse = (text: string): string => blanks(text).replace(/^ | $/g, '');
const filled = (value: string | null | undefined): string | undefined => (value != null && value.trim() !== '' ? value : undefined);

interface Alternative {
  text: string;
  /** From an attribute, a label or a value: set apart from its neighbours by spaces. */
  isApart: boolean;
  /** Inline itself, it has a block in it: what follows is on a new line. */
  hasBlock?: boolean;
}
const apart = (text: string): Alternative => ({ text, isApart: true });
const none: Alternative = { text: '', isApart: false };

function textAlternative(element: Element, walk: Walk, isPart: boolean, role: Role = roleOf(element)): Alternative {
  if (walk.visited.has(element)) return none;

  // 2B, not from within a reference.
  if (!walk.isReference) {
    const targets = referenced(element, 'aria-labelledby');
    if (targets.length > 0) {
      // Each is read afresh: one can be inside another, or be the element itself.
      const text = targets.map((target) => textAlternative(target, { ...walk, visited: new Set(), isReference: true, isHidden: isHiddenRoot(target) }, target !== element || isTextField(role)).text).join(' ');
      if (filled(text)) return apart(text);
    }
  }

  // 2C: what the user has put into a control stands for it in another's name.
  if (isPart) {
    const value = embeddedValue(element, role, walk);
    // An empty field that refers to itself goes on to its label or placeholder.
    if (value !== undefined && (value !== '' || !walk.isReference)) return apart(value);
  }
  walk.visited.add(element);

  // 2D
  const label = filled(element.getAttribute('aria-label'));
  if (label !== undefined) return apart(label);

  // 2E
  const native = element.getAttribute('role') === 'none' && role === 'none' ? undefined : nativeAlternative(element, role, walk);
  if (native !== undefined) return filled(native) ? apart(native) : none;

  // 2F to 2H
  const flow = takesContent(element, role, walk, isPart) ? content(element, walk) : undefined;
  // A line break alone is content too, the only '\n' in a flow: no title stands in for it.
  if (flow && (filled(flow.text) || flow.text.includes('\n'))) return flow;

  // 2I, where it says more than the text that is there.
  const title = filled(element.getAttribute('title'));
  if (title !== undefined && (walk.isReference || !nameless.has(role)) && title.trim() !== element.textContent?.trim()) return apart(title);
  return flow ?? none;
}

function takesContent(element: Element, role: Role, walk: Walk, isPart: boolean): boolean {
  const tag = tagOf(element);
  if (tag === 'select' || (replaced.has(tag) && tag !== 'svg:svg' && tag !== 'canvas')) return false;
  if (walk.isReference) return true;
  const isOpen = !closedToNames.has(role) && !(role.startsWith('doc-') && !fromContent.has(role));
  if (isPart) return isOpen || (openTags.has(tag) && !element.hasAttribute('role'));
  return fromContent.has(role) || (role === 'row' && element.hasAttribute('role') && closestFlat(element, '[role=grid], [role=treegrid]') !== null);
}

const isTextField = (role: Role): boolean => role === 'textbox' || role === 'searchbox';

/** What HTML itself has for naming this element. */
function nativeAlternative(element: Element, role: Role, walk: Walk): string | undefined {
  const tag = tagOf(element);
  const attribute = (name: string): string | undefined => filled(element.getAttribute(name));
  const byFirst = (childTag: string): string | undefined => {
    const child = [...element.children].find((one) => one.localName === childTag);
    return child && textAlternative(child, { ...walk, isReference: false }, true).text;
  };

  if (labelable.has(tag) || tag.includes('-')) {
    const labels = walk.labelsOf(element);
    if (labels.length > 0) {
      const text = labels.map((one) => (isHiddenRoot(one) ? none : textAlternative(one, { ...walk, visited: new Set(walk.visited), isReference: false, isHidden: false }, true)).text).join(' ');
      // An empty label is a name too, as far as Chromium is concerned: no title stands in for it.
      return text;
    }
  }
  switch (tag) {
    case 'input': {
      const { type, value } = element as HTMLInputElement;
      if (type === 'image') return attribute('alt') ?? attribute('value') ?? attribute('title') ?? 'Submit';
      if (type === 'button') return filled(value);
      if (type === 'submit' || type === 'reset') return filled(value) ?? (element.hasAttribute('value') ? undefined : type === 'submit' ? 'Submit' : 'Reset');
      return ['text', 'search', 'tel', 'url', 'email', 'password', 'number'].includes(type) ? (attribute('title') ?? attribute('placeholder') ?? attribute('aria-placeholder')) : undefined;
    }
    case 'textarea':
      return attribute('title') ?? attribute('placeholder') ?? attribute('aria-placeholder');
    case 'img':
    case 'area':
      return attribute('alt');
    case 'optgroup':
      return attribute('label');
    case 'option':
      return attribute('label');
    case 'fieldset':
      return byFirst('legend');
    case 'table':
      return byFirst('caption') ?? attribute('summary');
    default:
      if (tag.startsWith('svg:')) return filled([...element.children].find((child) => child.localName === 'title')?.textContent) ?? (tag === 'svg:a' ? attribute('xlink:title') : undefined);
      return role === 'textbox' || role === 'searchbox' ? attribute('aria-placeholder') : undefined;
  }
}

/** The value of a control that stands in the text of another's name; undefined for what is not such a control. */
function embeddedValue(element: Element, role: Role, walk: Walk): string | undefined {
  if (walk.visited.has(element)) return undefined;
  const tag = tagOf(element);
  switch (role) {
    case 'textbox':
    case 'searchbox':
      if (tag === 'input' || tag === 'textarea') return (element as HTMLInputElement).type === 'password' ? '' : (element as HTMLInputElement).value;
      return content(element, walk).text;
    case 'slider':
    case 'spinbutton':
    case 'scrollbar':
    case 'meter':
    case 'progressbar':
      return element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ?? rangeValue(element, tag, role);
    case 'combobox':
    case 'listbox': {
      if (tag === 'input') return (element as HTMLInputElement).value;
      const options = tag === 'select' ? [...(element as HTMLSelectElement).selectedOptions] : [...element.querySelectorAll('[role=option][aria-selected=true]')];
      if (options.length === 0) return tag === 'select' ? '' : undefined;
      return options.map((option) => textAlternative(option, { ...walk, isReference: true }, false).text).join(' ');
    }
    default:
      return undefined;
  }
}

/** Where the author gives no value, ARIA 1.2 has one by role. */
function rangeValue(element: Element, tag: string, role: Role): string {
  if (tag === 'progress' && !element.hasAttribute('value')) return '';
  if (tag === 'input' || tag === 'meter' || tag === 'progress') return String((element as HTMLInputElement).value);
  const bound = (name: string, otherwise: number): number => Number(element.getAttribute(name) ?? otherwise);
  if (role === 'slider' || role === 'scrollbar') return String((bound('aria-valuemin', 0) + bound('aria-valuemax', 100)) / 2);
  return role === 'progressbar' ? '' : '0';
}

/** 2F: the text of what the element shows, children and generated content. */
function content(element: Element, walk: Walk, text = new Flow(), style = styleOf(element)): Alternative {
  const isRendered = style !== undefined && style.display !== 'none' && !walk.isHidden;
  const isVisible = walk.isHidden || style?.visibility === 'visible' || style?.visibility === '';
  if (isRendered && isVisible) generated(element, '::before', text);
  const isClosed = element.localName === 'details' && !element.hasAttribute('open') && !walk.isHidden;
  for (const child of [...flatChildren(element), ...referenced(element, 'aria-owns')]) {
    if (isClosed && (child as Element).localName !== 'summary') continue;
    if (isText(child)) {
      if (isVisible) text.add({ text: blanks(isRendered ? transformed(child.data, style.textTransform) : child.data), isApart: false });
    } else if (isElement(child)) part(child, walk, text);
  }
  if (isRendered && isVisible) generated(element, '::after', text);
  return text.end();
}

function part(child: Element, walk: Walk, text: Flow): void {
  const tag = tagOf(child);
  if (skipped.has(tag)) return;
  const style = styleOf(child);
  if (!walk.isHidden && (!style || style.display === 'none')) return;
  const isBlock = style !== undefined && !/^(?:inline|contents|ruby)/.test(style.display);
  const isBox = walk.isHidden || (style !== undefined && style.display !== 'inline' && !style.display.startsWith('ruby')) || (replaced.has(tag) && (roleOf(child) !== 'none' || child.parentElement?.localName === 'label')) || tag === 'wbr';
  if (isBox) text.gap(isBlock);
  if (tag === 'br') text.add({ text: '\n', isApart: false });
  // 2A
  else if (walk.isHidden || (child.getAttribute('aria-hidden') !== 'true' && style?.visibility === 'visible')) {
    const alt = altOf(style?.content);
    if (!alt && isMereWrapper(child, tag)) content(child, walk, text, style);
    else {
      const alternative = alt ?? textAlternative(child, walk, true);
      text.add({ ...alternative, isApart: alternative.isApart || labelable.has(tag) });
    }
  }
  if (isBox) text.gap(isBlock);
}

const wrappers = new Set('b bdi bdo big cite data font i kbd q samp small span tt u var'.split(' '));

/** Chromium's tree leaves it out, and what is in it stands directly beside its neighbours. */
function isMereWrapper(child: Element, tag: string): boolean {
  if (child.hasAttribute('role') && !replaced.has(tag) && roleOf(child) === 'none') return !hasGenerated(child, '::before') && !hasGenerated(child, '::after');
  if (!wrappers.has(tag) || child.shadowRoot || [...child.attributes].some(({ name }) => name === 'role' || name === 'title' || name === 'tabindex' || name === 'lang' || name.startsWith('aria-'))) return false;
  if (tag !== 'span' && child.parentElement?.localName === 'label') return false;
  return !hasGenerated(child, '::before') && !hasGenerated(child, '::after');
}

/** Collects pieces of text; two pieces with a gap between them get a space. */
class Flow {
  #text = '';
  #hasGap = false;
  #hasBlock = false;

  gap(isBlock = false): void {
    this.#hasGap = true;
    this.#hasBlock ||= isBlock;
  }

  add({ text, isApart, hasBlock }: Alternative): void {
    if (isApart) this.gap();
    if (text !== '') {
      if (this.#hasGap && this.#text !== '' && !/\s$/.test(this.#text) && !/^\s/.test(text)) this.#text += ' ';
      this.#text += text;
      this.#hasGap = false;
    }
    if (isApart || hasBlock) this.gap(hasBlock);
  }

  end(): Alternative {
    return { text: this.#text, isApart: false, hasBlock: this.#hasBlock };
  }
}

const styleOf = (element: Element, pseudo?: string): CSSStyleDeclaration | undefined => element.ownerDocument.defaultView?.getComputedStyle(element, pseudo);

/** Was it hidden before a reference or a label pointed to it? */
const isHiddenRoot = (element: Element): boolean => !element.checkVisibility({ visibilityProperty: true }) && styleOf(element)?.display !== 'contents';

function transformed(text: string, how: string): string {
  switch (how) {
    case 'uppercase':
      return text.toUpperCase();
    case 'lowercase':
      return text.toLowerCase();
    case 'capitalize':
      return text.replace(/(?<![\p{L}\p{N}\p{M}'’])\p{L}/gu, (letter) => letter.toUpperCase());
    default:
      return text;
  }
}

function generated(element: Element, pseudo: '::before' | '::after', text: Flow): void {
  const style = styleOf(element, pseudo);
  if (!style || !isGenerated(style) || style.visibility === 'hidden') return;
  const isBlock = !style.display.startsWith('inline');
  const isBox = style.display !== 'inline' && style.display !== 'contents';
  if (isBox) text.gap(isBlock);
  const alternative = altOf(style.content);
  text.add(alternative ?? { text: transformed(cssText(style.content, element), style.textTransform), isApart: false });
  if (isBox) text.gap(isBlock);
}

const isGenerated = ({ content, display }: CSSStyleDeclaration): boolean => content !== 'none' && content !== 'normal' && content !== '' && display !== 'none';

function hasGenerated(element: Element, pseudo: string): boolean {
  const style = styleOf(element, pseudo);
  return style !== undefined && isGenerated(style);
}

const contentToken = /"((?:[^"\\]|\\.)*)"|attr\(([^),\s]+)[^)]*\)|([\w-]+)\((?:[^()"]|"(?:[^"\\]|\\.)*"|\([^()]*\))*\)|[\w-]+|\//gs;
const unescape = (text: string): string => text.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gis, (_all, hex: string | undefined, char: string) => (hex === undefined ? char : String.fromCodePoint(Number.parseInt(hex, 16))));

/** The text after the slash in a computed `content`. */
function altOf(value: string | undefined): Alternative | undefined {
  if (value === undefined || !value.includes('/')) return undefined;
  const tokens = [...value.matchAll(contentToken)];
  const slash = tokens.findIndex(([token]) => token === '/');
  return slash < 0 ? undefined : apart(tokens.slice(slash + 1).map((token) => unescape(token[1] ?? '')).join(''));
}

/** The text that a computed `content` shows. Counters cannot be read by a script: they lend nothing. */
function cssText(value: string, element: Element): string {
  return [...value.matchAll(contentToken)]
    .map(([token, quoted, attribute]) => (quoted !== undefined ? unescape(quoted) : attribute !== undefined ? (element.getAttribute(attribute) ?? '') : token === 'open-quote' ? '“' : token === 'close-quote' ? '”' : ''))
    .join('');
}

