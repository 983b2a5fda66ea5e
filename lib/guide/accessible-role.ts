import { closestFlat, flatParent, tagOf } from './flat-tree.ts';

/*
 * Roles by WAI-ARIA 1.2 and HTML-AAM. What HTML-AAM gives no ARIA role is called `html-…`, after its element.
 */

const ariaRoles =
  'alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox comment complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid gridcell group heading img image insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox sectionfooter sectionheader separator slider spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem';

export type Role = string;

const known = new Set<Role>(ariaRoles.split(' '));
const isKnown = (token: string): boolean => known.has(token) || /^(?:doc-[a-z]+|graphics-(?:document|object|symbol))$/.test(token);
/** Roles that mean nothing outside of what they are parts of. */
const owners: Readonly<Record<Role, string>> = {
  listitem: 'ul, ol, menu, [role~=list i], [role~=directory i]',
  option: 'select, datalist, [role~=listbox i]',
  treeitem: '[role~=tree i]',
};

/** Elements that have one role wherever they stand. */
const plain: Readonly<Record<string, Role>> = {
  address: 'group', article: 'article', blockquote: 'blockquote', button: 'button', canvas: 'html-canvas', caption: 'caption', code: 'code', datalist: 'listbox', dd: 'definition', del: 'deletion',
  details: 'group', dfn: 'term', dialog: 'dialog', dt: 'term', em: 'emphasis', fieldset: 'group', figcaption: 'html-figcaption', figure: 'figure', form: 'form', h1: 'heading', h2: 'heading', h3: 'heading',
  h4: 'heading', h5: 'heading', h6: 'heading', hgroup: 'group', hr: 'separator', html: 'document', iframe: 'html-iframe', ins: 'insertion', label: 'html-label', legend: 'html-legend', main: 'main', mark: 'mark', math: 'math',
  'xml:math': 'math', menu: 'list', meter: 'meter', nav: 'navigation', ol: 'list', optgroup: 'group', option: 'option', output: 'status', p: 'paragraph', progress: 'progressbar', s: 'deletion',
  search: 'search', strong: 'strong', sub: 'subscript', sup: 'superscript', table: 'table', tbody: 'rowgroup', textarea: 'textbox', tfoot: 'rowgroup', thead: 'rowgroup', time: 'time', ul: 'list',
};

/** Types of `<input>`; any other is a text field. */
const inputs: Readonly<Record<string, Role>> = {
  button: 'button', checkbox: 'checkbox', color: 'html-input-color', date: 'html-input-date', 'datetime-local': 'html-input-datetime-local', file: 'button', hidden: 'none', image: 'button', month: 'html-input-month',
  number: 'spinbutton', radio: 'radio', range: 'slider', reset: 'button', search: 'searchbox', submit: 'button', time: 'html-input-time', week: 'html-input-week',
};

/** HTML elements that can have a role without a `role` attribute, by role, for a search that starts from the role. */
export function tagsOfRole(role: Role): readonly string[] {
  const special: Readonly<Record<string, readonly string[]>> = {
    banner: ['header'], sectionheader: ['header'], sectionfooter: ['footer'], button: ['button', 'input'], cell: ['td', 'th'], columnheader: ['th'], combobox: ['select', 'input'], complementary: ['aside'], contentinfo: ['footer'], gridcell: ['td', 'th'], img: ['img', 'svg'], link: ['a', 'area'], listbox: ['select', 'datalist'],
    listitem: ['li'], region: ['section'], row: ['tr'], rowheader: ['th'], textbox: ['input', 'textarea'], 'html-summary': ['summary'],
  };
  return special[role] ?? (Object.values(inputs).includes(role) ? ['input'] : Object.keys(plain).filter((tag) => plain[tag] === role && !tag.includes(':')));
}

const globalAttributes = ['atomic', 'busy', 'controls', 'current', 'describedby', 'details', 'dropeffect', 'flowto', 'grabbed', 'keyshortcuts', 'label', 'labelledby', 'live', 'owns', 'relevant', 'roledescription'];
const sectioning = 'article, aside, main, nav, section, [role=article], [role=complementary], [role=main], [role=navigation], [role=region]';

/** Has the author given it a name? */
const hasAuthorName = (element: Element): boolean => ['aria-label', 'aria-labelledby', 'title'].some((attribute) => element.getAttribute(attribute)?.trim());

/** By markup alone, whether it is disabled or not: a disabled button keeps its role. */
export function isFocusable(element: Element): boolean {
  if (element.hasAttribute('tabindex')) return Number.isInteger(Number.parseInt(element.getAttribute('tabindex') ?? '', 10));
  const tag = tagOf(element);
  if (tag === 'a' || tag === 'area') return element.hasAttribute('href');
  if (tag === 'input') return (element as HTMLInputElement).type !== 'hidden' && !element.matches(':disabled');
  if (['button', 'select', 'textarea'].includes(tag)) return !element.matches(':disabled');
  return tag === 'summary' || tag === 'iframe' || isEditingHost(element);
}

/** The element itself is what the author made editable. */
export const isEditingHost = (element: Element): boolean => ['', 'true', 'plaintext-only'].includes(element.getAttribute('contenteditable')?.toLowerCase() ?? 'none');

/** The role that assistive technology sees. */
export const roleOf = (element: Element): Role => computeRole(element, true);

/** The role that the author meant: also that of an option or item that stands outside of a list. */
export const intendedRoleOf = (element: Element): Role => computeRole(element, false);

function computeRole(element: Element, needsOwner: boolean): Role {
  for (const token of element.getAttribute('role')?.toLowerCase().split(/\s+/) ?? []) {
    if (!isKnown(token)) continue;
    if (token === 'none' || token === 'presentation') {
      // Whoever can be focused, or says something about itself, cannot be taken away.
      if (isFocusable(element) || globalAttributes.some((name) => element.hasAttribute(`aria-${name}`))) break;
      return 'none';
    }
    if ((token === 'form' || token === 'region') && !hasAuthorName(element)) continue;
    if (needsOwner && owners[token] !== undefined && !hasOwner(element, owners[token])) continue;
    return token === 'image' ? 'img' : token === 'directory' ? 'list' : token;
  }
  return implicitRole(element);
}

function hasOwner(element: Element, selector: string): boolean {
  if (within(element, selector)) return true;
  const root = element.getRootNode() as Document | ShadowRoot;
  return element.id !== '' && [...root.querySelectorAll(`:is(${selector})[aria-owns]`)].some((owner) => owner.getAttribute('aria-owns')?.split(/\s+/).includes(element.id));
}

function implicitRole(element: Element): Role {
  const tag = tagOf(element);
  switch (tag) {
    case 'a':
    case 'area':
      return element.hasAttribute('href') ? 'link' : 'generic';
    case 'svg:a':
      return element.hasAttribute('href') || element.hasAttribute('xlink:href') ? 'link' : 'generic';
    case 'aside':
      return hasAuthorName(element) || !within(element, 'article, aside, nav, section') ? 'complementary' : 'generic';
    case 'header':
      return within(element, sectioning) ? 'sectionheader' : 'banner';
    case 'footer':
      return within(element, sectioning) ? 'sectionfooter' : 'contentinfo';
    case 'section':
      return hasAuthorName(element) ? 'region' : 'generic';
    case 'img':
      return element.getAttribute('alt') === '' && !hasAuthorName(element) && !isFocusable(element) ? 'none' : 'img';
    case 'svg:svg':
      return hasAuthorName(element) || [...element.children].some((child) => child.localName === 'title') ? 'img' : 'graphics-document';
    case 'input': {
      const { type } = element as HTMLInputElement;
      return element.hasAttribute('list') && ['text', 'search', 'tel', 'url', 'email'].includes(type) ? 'combobox' : (inputs[type] ?? 'textbox');
    }
    case 'select':
      return element.hasAttribute('multiple') || (element as HTMLSelectElement).size > 1 ? 'listbox' : 'combobox';
    case 'summary':
      return element.parentElement?.localName === 'details' && [...element.parentElement.children].find((child) => child.localName === 'summary') === element ? 'html-summary' : 'generic';
    case 'li':
      return element.parentElement?.matches('ul, ol, menu') && roleOf(element.parentElement) === 'none' ? 'none' : 'listitem';
    case 'tr':
      return owned(element, 'row');
    case 'td':
      return owned(element, isInGrid(element) ? 'gridcell' : 'cell');
    case 'th':
      return owned(element, headerRole(element as HTMLTableCellElement));
    case 'thead':
    case 'tbody':
    case 'tfoot':
      return owned(element, 'rowgroup');
    default:
      return plain[tag] ?? 'generic';
  }
}

const within = (element: Element, selector: string): boolean => {
  const parent = flatParent(element);
  return parent !== null && closestFlat(parent, selector) !== null;
};

/** The role of a part of a table; a part of a presentational one is presentational. */
function owned(element: Element, role: Role): Role {
  const table = closestFlat(element, 'table');
  if (!table) return 'generic';
  return roleOf(table) === 'none' ? 'none' : role;
}

const isInGrid = (cell: Element): boolean => closestFlat(cell, 'table')?.matches('[role=grid], [role=treegrid]') ?? false;

/** A header of the column or of the row, by its scope, otherwise by its neighbours. */
function headerRole(cell: HTMLTableCellElement): Role {
  const scope = cell.getAttribute('scope')?.toLowerCase();
  if (scope === 'row' || scope === 'rowgroup') return 'rowheader';
  if (scope === 'col' || scope === 'colgroup') return 'columnheader';
  const row = cell.parentElement;
  return row && [...row.children].some((sibling) => sibling.localName === 'td') ? 'rowheader' : 'columnheader';
}
