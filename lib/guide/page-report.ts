import { nameOf } from './accessible-name.ts';
import { roleOf } from './accessible-role.ts';
import { flatChildren, isElement } from './flat-tree.ts';
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
/** What looks like an ID, a key, an address or a number of somebody. */
const personal = /[A-Za-z0-9_-]{20,}|\d{4,}|\S+@\S+|[0-9a-f]{8}-[0-9a-f]{4}/i;

/**
 * The page as roles, names and structure, for mending a recipe: no value, no text of tables and lists, nothing that looks like an
 * ID or an address.
 */
export function reportPage(document: Document, address: string, lookedFor: string): string {
  const lines: string[] = [`looked for: ${lookedFor}`, `address: ${address.replace(/\?.*/, '').replace(/\d{2,}|[0-9a-f-]{20,}/gi, '#')}`, `language: ${document.documentElement.lang}`];
  const visit = (element: Element, depth: number, inData: boolean): void => {
    if (lines.length >= limit || !element.checkVisibility({ visibilityProperty: true })) return;
    const role = roleOf(element);
    const isShown = shown.has(role);
    const isData = inData || data.has(role);
    if (isShown) {
      const obstacle = findObstacle(element);
      const name = nameOf(element).slice(0, nameLimit);
      const told = name === '' ? 'unnamed' : isData || personal.test(name) ? `(name of ${String(name.length)})` : `“${name}”`;
      lines.push(`${'  '.repeat(depth)}${role} ${told} <${element.localName}>${obstacle ? ` ${obstacle}` : ''}`);
    }
    const inner = isShown ? depth + 1 : depth;
    const counts = new Map<string, number>();
    for (const child of childrenOf(element)) {
      const kind = roleOf(child);
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (!data.has(kind) || count <= siblingLimit) visit(child, inner, isData && kind !== 'button' && kind !== 'checkbox');
    }
  };
  visit(document.documentElement, 0, false);
  return lines.join('\n');
}

function childrenOf(element: Element): readonly Element[] {
  if (element.localName === 'iframe' || element.localName === 'frame') {
    const inner = (element as HTMLIFrameElement).contentDocument?.documentElement;
    return inner ? [inner] : [];
  }
  return flatChildren(element).filter((node) => isElement(node));
}
