import { type LabelsOf, nativeLabels } from './accessible-name.ts';
import { closestFlat, deepHit, flatAncestors, flatContains, tagOf } from './flat-tree.ts';
import { isOverlay } from './overlay-host.ts';

/*
 * Can a person use this control now?
 */

/** What is found once in a pass over many elements, as asking it for each walks the document. */
export interface Surroundings {
  labelsOf: LabelsOf;
  modalsOf: (document: Document) => readonly Element[];
}

export const ownSurroundings: Surroundings = { labelsOf: nativeLabels, modalsOf: (document) => [...document.querySelectorAll('dialog:modal')] };

/** Why the element cannot be used, in a word for the card and the page report. */
export type Obstacle = 'not shown' | 'hidden from assistive technology' | 'inert' | 'disabled' | 'without size' | 'covered';

export const isUsable = (element: Element): boolean => findObstacle(element) === undefined;

/** What keeps a person from using the element, or undefined. */
export function findObstacle(element: Element, surroundings: Surroundings = ownSurroundings): Obstacle | undefined {
  // A closed list is shown in the place of its select.
  const box = tagOf(element) === 'option' ? (element.closest('select:not([multiple], [size])') ?? element) : element;
  return findHiding(element, box, surroundings) ?? (isDisabled(element) ? 'disabled' : findPlacing(box, surroundings));
}

function findHiding(element: Element, box: Element, surroundings: Surroundings): Obstacle | undefined {
  if (!box.isConnected || !box.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })) return 'not shown';
  if (closestFlat(element, '[aria-hidden="true" i]')) return 'hidden from assistive technology';
  if (closestFlat(element, '[inert]')) return 'inert';
  const modals = surroundings.modalsOf(element.ownerDocument);
  if (modals.length > 0 && !modals.some((modal) => flatContains(modal, element))) return 'inert';
  const frame = frameOf(element);
  return frame ? findHiding(frame, frame, surroundings) : undefined;
}

const frameOf = (element: Element): Element | null => element.ownerDocument.defaultView?.frameElement ?? null;

/** Natively (a fieldset's legend stays enabled, and `:disabled` knows), or by ARIA on it or on what it is in. */
export function isDisabled(element: Element): boolean {
  if (element.matches(':disabled')) return true;
  for (const one of flatAncestors(element)) {
    const value = one.getAttribute('aria-disabled')?.toLowerCase();
    if (value === 'true') return true;
    if (value === 'false') return false;
  }
  return false;
}

/** Where it is and what lies over it. What is scrolled away can be brought into view, so it counts as usable. */
function findPlacing(element: Element, { labelsOf }: Surroundings): Obstacle | undefined {
  // A native control that a widget library has drawn over is reached by its label, or by what is drawn in its place.
  const labels = tagOf(element) === 'input' && ['checkbox', 'radio', 'file'].includes((element as HTMLInputElement).type) ? labelsOf(element) : [];
  const places = [element, ...labels].filter((one) => hasSize(one) && !isCutAway(one));
  if (places.length === 0) return 'without size';
  return places.some((one) => !isCovered(one, element)) ? undefined : 'covered';
}

const boxOf = (element: Element): DOMRect | undefined => [...element.getClientRects()].find(({ width, height }) => width > 0 && height > 0);

/** An element without a box of its own (`display: contents`, or all of it floats) is as large as what is in it. */
function hasSize(element: Element): boolean {
  if (boxOf(element)) return true;
  return [...element.querySelectorAll('*'), ...(element.shadowRoot?.querySelectorAll('*') ?? [])].slice(0, 50).some((inner) => boxOf(inner) !== undefined);
}

/** In something without size that cuts off what it holds: a list for assistive technology alone. A section that opens has its width. */
function isCutAway(element: Element): boolean {
  // What is placed by itself is cut by what it is placed in.
  let isPlaced = false;
  for (const one of flatAncestors(element)) {
    const style = element.ownerDocument.defaultView?.getComputedStyle(one);
    if (!style || one === element.ownerDocument.documentElement) return false;
    const { width, height } = one.getBoundingClientRect();
    const isCut = width === 0 && height === 0 && style.overflowX !== 'visible' && style.overflowY !== 'visible';
    if (isCut && one !== element && (!isPlaced || style.position !== 'static') && !['contents', 'inline'].includes(style.display)) return true;
    if (style.position === 'fixed') return false;
    isPlaced = style.position === 'absolute' || (isPlaced && style.position === 'static');
  }
  return false;
}

function isCovered(element: Element, control: Element): boolean {
  const box = boxOf(element);
  if (!box) return false;
  let x = box.x + box.width / 2;
  let y = box.y + box.height / 2;
  let inner: Element = element;
  // Outwards through the frames: the point must belong to the frame in each of them.
  for (;;) {
    const view = inner.ownerDocument.defaultView;
    if (!view || x < 0 || y < 0 || x >= view.innerWidth || y >= view.innerHeight) return false;
    // The guide's card moves away from what it points at.
    const hit = deepHit(inner.ownerDocument, x, y, isOverlay);
    if (hit && !isSame(hit, inner, control)) return !isScrolledAway(inner, x, y);
    const frame = frameOf(inner);
    if (!frame) return false;
    const rect = frame.getBoundingClientRect();
    x += rect.x + frame.clientLeft;
    y += rect.y + frame.clientTop;
    inner = frame;
  }
}

/** Does a click there reach the control? */
function isSame(hit: Element, element: Element, control: Element): boolean {
  if (flatContains(element, hit)) return true;
  const label = closestFlat(hit, 'label') as HTMLLabelElement | null;
  if (label?.control === control) return true;
  // The pointer passes through to what it stands in: `pointer-events: none`, or a drawn box with a native control in it.
  return flatContains(hit, element) && (hit.localName === 'label' || element.ownerDocument.defaultView?.getComputedStyle(element).pointerEvents === 'none');
}

/** Outside of what a scrolling ancestor shows. */
function isScrolledAway(element: Element, x: number, y: number): boolean {
  for (const one of flatAncestors(element)) {
    if (one === element || one === element.ownerDocument.documentElement) continue;
    const style = element.ownerDocument.defaultView?.getComputedStyle(one);
    if (!style || (style.overflowX === 'visible' && style.overflowY === 'visible')) continue;
    const { left, right, top, bottom } = one.getBoundingClientRect();
    if (x < left || x > right || y < top || y > bottom) return true;
  }
  return false;
}
