import { closestFlat, flatAncestors, flatParent, flatTexts } from './flat-tree.ts';

/*
 * Old forms have lines of a text and what belongs to it, and nothing but their place says so.
 */

/** How far up the line of a control may be. */
const reach = 5;
const bounds = 'form, section, article, main, body, table, tbody, dialog, [role=dialog], [role=main], [role=form], [role=tabpanel]';
const controls = 'button, a, select, textarea, option, [role=button], [role=link], [role=radio], [role=tab], [role=option]';

/** The free text that the line of this element begins with; empty where there is none. */
export function textBeside(element: Element): string {
  let level = 0;
  for (const box of flatAncestors(element)) {
    if (box === element) continue;
    if (box.matches(bounds) || level++ > reach) return '';
    const text = flatTexts(box).find((node) => node.data.trim() !== '' && (node.compareDocumentPosition(element) & 4) !== 0 && isFree(node));
    if (text) return text.data.trim();
  }
  return '';
}

/** No control's own, as "Enabled" is of a radio button. */
function isFree(text: Text): boolean {
  const holder = flatParent(text);
  if (!holder?.checkVisibility({ visibilityProperty: true }) || closestFlat(holder, controls)) return false;
  const label = closestFlat(holder, 'label') as HTMLLabelElement | null;
  return !label?.control || !['radio', 'checkbox'].includes((label.control as Partial<HTMLInputElement>).type ?? '');
}
