/*
 * The tree as it is shown: open shadow roots stand for their hosts' children, slots for what is assigned to them. Elements may
 * come from another frame or from behind Firefox's Xray, so nothing here asks `instanceof`.
 */

const htmlNamespace = 'http://www.w3.org/1999/xhtml';

/** The local name of an HTML element, `svg:…` and so on of others. */
export const tagOf = (element: Element): string => (element.namespaceURI === htmlNamespace ? element.localName : `${element.namespaceURI?.endsWith('/svg') ? 'svg' : 'xml'}:${element.localName}`);

export const isElement = (node: Node | null | undefined): node is Element => node?.nodeType === 1;
export const isText = (node: Node): node is Text => node.nodeType === 3 || node.nodeType === 4;
const isShadowRoot = (node: Node | null): node is ShadowRoot => node?.nodeType === 11 && 'host' in node;

/** A closed shadow root reads as null here, in Firefox too: what a page closes stays closed. */
export function flatChildren(element: Element): readonly Node[] {
  if (element.shadowRoot) return [...element.shadowRoot.childNodes];
  if (element.localName === 'slot') {
    const assigned = (element as HTMLSlotElement).assignedNodes?.() ?? [];
    if (assigned.length > 0) return assigned;
  }
  return [...element.childNodes];
}

/** Every text in it, in the order in which it is shown. */
export const flatTexts = (element: Element): Text[] => flatChildren(element).flatMap((node) => (isText(node) ? [node] : isElement(node) ? flatTexts(node) : []));

/** The element that a node is shown in; does not leave the frame. */
export function flatParent(node: Node): Element | null {
  const slot = (node as Element | Text).assignedSlot;
  if (slot) return slot;
  const parent = node.parentNode;
  return isShadowRoot(parent) ? parent.host : isElement(parent) ? parent : null;
}

/** The element and what it is shown in, innermost first. */
export function* flatAncestors(element: Element): Generator<Element> {
  for (let one: Element | null = element; one; one = flatParent(one)) yield one;
}

/** Inclusive, through shadow roots and slots. */
export function flatContains(outer: Element, inner: Element): boolean {
  for (const one of flatAncestors(inner)) if (one === outer) return true;
  return false;
}

export function closestFlat(element: Element, selector: string): Element | null {
  for (const one of flatAncestors(element)) if (one.matches(selector)) return one;
  return null;
}

/** What a click there hits, inside open shadow roots too; `isNothing` is looked through. */
export function deepHit(root: Document | ShadowRoot, x: number, y: number, isNothing?: (element: Element) => boolean): Element | null {
  let hit = root.elementFromPoint(x, y);
  if (hit && isNothing?.(hit)) hit = root.elementsFromPoint(x, y).find((one) => !isNothing(one)) ?? null;
  // A shadow root names its own host for text that is slotted into one of its elements: that element comes next.
  if (hit && hit.shadowRoot === root) hit = root.elementsFromPoint(x, y).find((one) => one.shadowRoot !== root) ?? null;
  const inner = hit?.shadowRoot && deepHit(hit.shadowRoot, x, y);
  return hit && inner && flatContains(hit, inner) ? inner : hit;
}

/** An element by its id in the same tree, as IDs do not reach across shadow roots. */
export function findById(from: Element, id: string): Element | null {
  const root = from.getRootNode() as Document | ShadowRoot;
  return root.getElementById?.(id) ?? null;
}

/** What an attribute of ID references points to, in its order. Elements set by script (`ariaLabelledByElements`) count too. */
export function referenced(element: Element, attribute: 'aria-labelledby' | 'aria-owns' | 'aria-controls'): readonly Element[] {
  const value = element.getAttribute(attribute);
  if (value === null) return [];
  const property = ({ 'aria-labelledby': 'ariaLabelledByElements', 'aria-owns': 'ariaOwnsElements', 'aria-controls': 'ariaControlsElements' } as const)[attribute];
  const reflected = (element as unknown as Partial<Record<string, readonly Element[] | null>>)[property];
  if (value === '' && reflected) return reflected;
  return value.split(/\s+/).flatMap((id) => (id === '' ? [] : (findById(element, id) ?? [])));
}
