import { nameOf } from './accessible-name.ts';
import { intendedRoleOf, tagsOfRole } from './accessible-role.ts';
import { closestFlat, flatContains } from './flat-tree.ts';
import type { Control, Row } from './guide.ts';
import type { Located, Root } from './locate.ts';
import { findSelect, findTextField, isShown, queryDeep, squash } from './read-field.ts';
import { findObstacle, type Obstacle } from './usable.ts';
import { normalise } from './wording.ts';

/*
 * Tables whose fields have no names of their own: a field is known by the head of its column and by what else stands in its row.
 */

const heads = 'th, [role=columnheader]';
const cells = 'td, th, [role=cell], [role=gridcell], [role=rowheader], [role=columnheader]';
const tables = 'table, [role=table], [role=grid], [role=treegrid]';
const rows = 'tr, [role=row]';

/** The rows that are shown, without those of heads, those around other rows, and those that something lies over as a whole. */
export function rowsIn(roots: readonly Root[]): Element[] {
  return roots.flatMap((root) => [...root.querySelectorAll(rows)]).filter((row) => isShown(row) && !row.querySelector(`${heads}, ${rows}`) && !isBehind(row));
}

const isBehind = (row: Element): boolean => queryDeep(row, cells).every((cell) => ['covered', 'inert', 'hidden from assistive technology'].includes(findObstacle(cell) ?? ''));

/** The heads of the column that something stands in: of its own table, or of the last one above that is nothing but heads. */
export function headsOf(element: Element): Element[] {
  const table = closestFlat(element, tables);
  if (!table) return [];
  const own = queryDeep(table, heads).filter((one) => isShown(one));
  const found = own.length > 0 ? own : headsAbove(table);
  const cell = closestFlat(element, cells) ?? element;
  const overlaps = found.map((head) => ({ head, width: overlapOf(head, cell) }));
  const widest = Math.max(...overlaps.map(({ width }) => width));
  return widest > 0 ? overlaps.filter(({ width }) => width === widest).map(({ head }) => head) : [];
}

/** Some grids keep their heads in a table of their own. */
function headsAbove(table: Element): Element[] {
  const others = [...table.ownerDocument.querySelectorAll(tables)].filter((other) => isShown(other) && (other.compareDocumentPosition(table) & 4) !== 0 && !flatContains(other, table));
  const last = others.at(-1);
  return last && rowsIn([last]).length === 0 ? queryDeep(last, heads).filter((one) => isShown(one)) : [];
}

function overlapOf(a: Element, b: Element): number {
  const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return Math.min(one.right, other.right) - Math.max(one.left, other.left);
}

const isCalled = (element: Element, names: readonly string[]): boolean => {
  const called = [nameOf(element), element.textContent].map((text) => normalise(squash(text)));
  return names.some((name) => called.includes(normalise(name)));
};

/** What can be this control in the row: by its own name, by the head of its column, or as the only one where it has no names. */
function candidatesIn(row: Element, { roles, names }: Pick<Control, 'roles' | 'names'>): Element[] {
  const selector = [...new Set(roles.flatMap((role) => [...tagsOfRole(role)])), '[role]'].join(',');
  const fitting = queryDeep(row, selector).filter((one) => roles.includes(intendedRoleOf(one)));
  if (names.length === 0) return fitting;
  const named = fitting.filter((one) => isCalled(one, names));
  return named.length > 0 ? named : fitting.filter((one) => headsOf(one).some((head) => isCalled(head, names)));
}

/** @param column the control that the row's text belongs to, where it is one's alone */
export function findInRow(roots: readonly Root[], control: Control, row: Row, column: Control | undefined): Located {
  const found = rowsIn(roots).filter((one) => (column ? textIn(one, column) === row.text : hasText(one, row.text)));
  const unusable: { element: Element; obstacle: Obstacle }[] = [];
  const usable = found.flatMap((one) => candidatesIn(one, control)).filter((element) => {
    const obstacle = findObstacle(element);
    if (obstacle) unusable.push({ element, obstacle });
    return obstacle === undefined;
  });
  const candidates = usable.map((element) => ({ element, score: 1, reason: `${intendedRoleOf(element)} in the row of “${row.text}”` }));
  const [only] = candidates;
  if (!only) return { kind: 'absent', reason: `not in the row of “${row.text}”`, unusable };
  return candidates.length === 1 ? { kind: 'found', ...only } : { kind: 'ambiguous', candidates };
}

/** What the row holds in this control's column: the value of a field, the choice of a list, or text. */
export function textIn(row: Element, control: Pick<Control, 'roles' | 'names'>): string | undefined {
  const [field] = candidatesIn(row, control);
  if (field) return heldBy(field);
  const cell = [...queryDeep(row, cells)].find((one) => headsOf(one).some((head) => isCalled(head, control.names)));
  return cell && squash(cell.textContent);
}

export const heldBy = (field: Element): string => {
  const select = findSelect(field);
  return select ? squash(select.selectedOptions[0]?.label ?? '') : (findTextField(field)?.value ?? squash(field.textContent));
};

/** In this control's column, row by row, of every table that has one. */
export const columnOf = (roots: readonly Root[], control: Pick<Control, 'roles' | 'names'>): string[] => rowsIn(roots).flatMap((row) => textIn(row, control) ?? []);

const hasText = (row: Element, text: string): boolean =>
  queryDeep(row, cells).some((cell) => squash(cell.textContent) === text) || queryDeep(row, '*').some((one) => (one.localName === 'input' ? (one as HTMLInputElement).value : squash(one.textContent)) === text);
