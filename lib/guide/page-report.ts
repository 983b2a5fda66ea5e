import { nameOf, nativeLabels } from './accessible-name.ts';
import { type Role, roleOf } from './accessible-role.ts';
import { flatChildren, isElement, referenced } from './flat-tree.ts';
import { findObstacle } from './usable.ts';

/** Roles whose names are data of the tenant (people, devices, addresses), not wording of the console. */
const data = new Set(['cell', 'gridcell', 'row', 'rowheader', 'option', 'treeitem', 'listitem', 'paragraph', 'definition', 'img', 'code', 'table', 'grid', 'listbox']);
/** Roles that tell where one is; all others without a function stay out of the report. */
const shown = new Set([
  'alertdialog', 'banner', 'button', 'cell', 'checkbox', 'combobox', 'columnheader', 'dialog', 'form', 'grid', 'gridcell', 'group', 'heading', 'html-iframe', 'link', 'list', 'listbox', 'listitem', 'main', 'menu', 'menubar', 'menuitem',
  'menuitemcheckbox', 'menuitemradio', 'navigation', 'option', 'progressbar', 'radio', 'radiogroup', 'region', 'row', 'searchbox', 'spinbutton', 'switch', 'tab', 'table', 'tablist', 'tabpanel', 'textbox', 'toolbar', 'tree', 'treegrid', 'treeitem',
]);
/** Lines; a list of 500 privileges is told by its first ones. */
const limit = 800;
const siblingLimit = 8;
const nameLimit = 60;
/** What looks like an ID, a key, an address or a number of somebody or of something. */
const personal = /[A-Za-z0-9_-]{20,}|\d{4,}|\S+@\S+|[0-9a-f]{8}-[0-9a-f]{4}|\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8,}/i;
/** What is in these is the console's own, though it is a list. */
const ownLists = new Set(['navigation', 'menubar', 'tablist', 'toolbar']);
const tables = new Set(['table', 'grid', 'treegrid']);

/** `own`: a list of the console's own ways; `prose`: its links can be names of people. */
type Place = 'page' | 'own' | 'prose' | 'data';

function insideOf(role: Role, place: Place): Place {
  if (place === 'data' || tables.has(role)) return 'data';
  if (place === 'own' || ownLists.has(role)) return 'own';
  if (role === 'paragraph') return 'prose';
  return data.has(role) ? 'data' : place;
}

/**
 * The page as roles, names and structure, for mending a recipe: no value, no text of tables and lists, nothing that looks like an
 * ID or an address.
 */
export function reportPage(document: Document, address: string, lookedFor: string): string {
  const lines: string[] = [`looked for: ${lookedFor}`, `address: ${withoutIds(address)}`, `language: ${document.documentElement.lang}`];
  const visit = (element: Element, depth: number, place: Place): void => {
    if (lines.length >= limit || !element.checkVisibility({ visibilityProperty: true })) return;
    const role = roleOf(element);
    const isShown = shown.has(role);
    const inner = insideOf(role, place);
    if (isShown) {
      const obstacle = findObstacle(element);
      const name = nameOf(element);
      // A list's own name is its label.
      const isOwn = (role === 'listbox' ? place : inner) !== 'data' && (inner !== 'prose' || role !== 'link');
      const isTold = isOwn && !personal.test(name) && !hasLentValue(element, role);
      const told = name === '' ? 'unnamed' : isTold ? `“${name.slice(0, nameLimit)}”` : `(name of ${String(name.length)})`;
      lines.push(`${'  '.repeat(depth)}${role} ${told} <${element.localName}>${obstacle ? ` ${obstacle}` : ''}`);
    }
    const innerDepth = isShown ? depth + 1 : depth;
    const counts = new Map<string, number>();
    for (const child of childrenOf(element)) {
      const kind = roleOf(child);
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (!data.has(kind) || count <= siblingLimit) visit(child, innerDepth, inner);
    }
  };
  visit(document.documentElement, 0, 'page');
  return lines.join('\n');
}

const withoutIds = (address: string): string =>
  address
    .replace(/[?#].*/, '')
    .split('/')
    .map((part) => (/[%@]|\d{2}|^(?=.*\d)[\w-]{8,}$/.test(part) ? '#' : part))
    .join('/');

const fields = 'input:not([type=button], [type=submit], [type=reset], [type=image], [type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=textbox], [role=searchbox], [role=combobox], [role=listbox], [role=spinbutton], [role=slider]';
const namedByContent = new Set(['button', 'checkbox', 'columnheader', 'heading', 'link', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'radio', 'switch', 'tab']);

/** A field in a label lends it its value as a part of the name. */
function hasLentValue(element: Element, role: Role): boolean {
  const sources = [...nativeLabels(element), ...referenced(element, 'aria-labelledby'), ...(namedByContent.has(role) ? [element] : [])];
  return sources.some((source) => source.matches(fields) || [...source.querySelectorAll(fields)].some((field) => field !== element));
}

function childrenOf(element: Element): readonly Element[] {
  if (element.localName === 'iframe' || element.localName === 'frame') {
    const inner = (element as HTMLIFrameElement).contentDocument?.documentElement;
    return inner ? [inner] : [];
  }
  return flatChildren(element).filter((node) => isElement(node));
}
