import { flatAncestors, tagOf } from './flat-tree.ts';

/*
 * Where a control is on the screen, and when that changes. Through open shadow roots and frames of the same origin; all
 * coordinates are CSS pixels of the outermost window.
 */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Place {
  /** All of it, wherever it is scrolled to. */
  box: Box;
  /** The part that scrolled containers, frames and the window leave to be seen. */
  seen: Box | undefined;
}

export const overlap = (a: Box, b: Box): number => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

export const grown = ({ left, top, right, bottom }: Box, by: number): Box => ({ left: left - by, top: top - by, right: right + by, bottom: bottom + by });

const within = (a: Box, b: Box): Box => ({ left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom) });
const isEmpty = ({ left, top, right, bottom }: Box): boolean => right - left <= 0 || bottom - top <= 0;

/** The element, then the frame that it is in, and so on outwards. */
export function* throughFrames(element: Element): Generator<Element> {
  for (let one: Element | null | undefined = element; one; one = one.ownerDocument.defaultView?.frameElement) yield one;
}

/** What a person sees of the control: the list of a closed option, the label of a native box that is drawn over. */
export function shownFor(control: Element): Element {
  const shown = tagOf(control) === 'option' ? (control.closest('select:not([multiple], [size])') ?? control) : control;
  const { width, height } = shown.getBoundingClientRect();
  if (width > 4 && height > 4) return shown;
  const stands = [...((shown as HTMLInputElement).labels ?? []), ...shown.querySelectorAll('*'), ...(shown.shadowRoot?.querySelectorAll('*') ?? [])];
  return stands.slice(0, 50).find((one) => one.getBoundingClientRect().height > 4) ?? shown;
}

/** Undefined where nothing of it is drawn at all. */
export function placeOf(element: Element): Place | undefined {
  if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return undefined;
  let box: Box = boxOf(element.getBoundingClientRect());
  if (isEmpty(box)) return undefined;
  let seen = box;
  for (const one of throughFrames(element)) {
    if (one !== element) {
      const inner = innerBox(one);
      [box, seen] = [moved(box, inner), within(moved(seen, inner), inner)];
    }
    seen = clipped(one, seen);
  }
  const view = element.ownerDocument.defaultView?.top;
  if (view) seen = within(seen, { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight });
  return { box, seen: isEmpty(seen) ? undefined : seen };
}

const boxOf = ({ left, top, right, bottom }: DOMRect): Box => ({ left, top, right, bottom });

/** A point in the frame's document, as seen from outside. */
const moved = (box: Box, frame: Inner): Box => ({
  left: frame.left + box.left * frame.scale,
  top: frame.top + box.top * frame.scale,
  right: frame.left + box.right * frame.scale,
  bottom: frame.top + box.bottom * frame.scale,
});

interface Inner extends Box {
  scale: number;
}

/** Where a frame's document is drawn, and how much larger than it thinks. */
export function innerBox(frame: Element): Inner {
  const { left, top, width } = frame.getBoundingClientRect();
  const scale = width / (frame as HTMLElement).offsetWidth || 1;
  const style = styleOf(frame);
  const at = { left: left + (frame.clientLeft + pixels(style?.paddingLeft)) * scale, top: top + (frame.clientTop + pixels(style?.paddingTop)) * scale };
  return {
    ...at,
    right: at.left + (frame.clientWidth - pixels(style?.paddingLeft) - pixels(style?.paddingRight)) * scale,
    bottom: at.top + (frame.clientHeight - pixels(style?.paddingTop) - pixels(style?.paddingBottom)) * scale,
    scale,
  };
}

const styleOf = (element: Element): CSSStyleDeclaration | undefined => element.ownerDocument.defaultView?.getComputedStyle(element);
const pixels = (value: string | undefined): number => Number.parseFloat(value ?? '') || 0;

/** What its ancestors in the same document leave of it. */
function clipped(element: Element, box: Box): Box {
  let seen = box;
  let position = styleOf(element)?.position;
  for (const one of flatAncestors(element)) {
    const style = styleOf(one);
    if (one === element || !style) continue;
    // The window itself shows what these two hold.
    if (one === one.ownerDocument.body || one === one.ownerDocument.documentElement) break;
    const holdsFixed = style.transform !== 'none' || style.filter !== 'none' || style.contain !== 'none' || style.perspective !== 'none';
    if (!holdsFixed && (position === 'fixed' || (position === 'absolute' && style.position === 'static'))) continue;
    if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
      const { left, top } = one.getBoundingClientRect();
      const x = left + one.clientLeft;
      const y = top + one.clientTop;
      seen = within(seen, { left: x, top: y, right: x + one.clientWidth, bottom: y + one.clientHeight });
    }
    ({ position } = style);
  }
  return seen;
}

/** Calls back whenever the element can have moved, changed its size, come or gone. Nothing runs while nothing happens. */
export function watchPlace(element: Element, changed: () => void, signal: AbortSignal): void {
  for (const one of throughFrames(element)) {
    const view = one.ownerDocument.defaultView;
    if (!view) continue;
    view.addEventListener('resize', changed, { signal });
    // Scrolling does not reach out of a shadow root.
    for (const root of new Set([...flatAncestors(one)].map((ancestor) => ancestor.getRootNode()))) root.addEventListener('scroll', changed, { signal, capture: true, passive: true });
    const sizes = new ResizeObserver(changed);
    sizes.observe(one);
    const comings = new IntersectionObserver(changed, { threshold: [0, 0.25, 0.5, 0.75, 1] });
    comings.observe(one);
    const stopFence = fence(one, changed);
    signal.addEventListener('abort', () => {
      sizes.disconnect();
      comings.disconnect();
      stopFence();
    });
  }
}

const hundredths = Array.from({ length: 101 }, (_, index) => index / 100);

/** Tells that the element moves, whatever moves it: an observer whose window is cut to where the element is now. */
function fence(element: Element, changed: () => void): () => void {
  let observer: IntersectionObserver | undefined;
  const set = (): void => {
    observer?.disconnect();
    const { clientWidth, clientHeight } = element.ownerDocument.documentElement;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const margins = [top, clientWidth - right, clientHeight - bottom, left].map((space) => `${-Math.floor(space)}px`);
    let isFirst = true;
    const check = (): void => {
      const now = element.getBoundingClientRect();
      const isThere = now.left === left && now.top === top && now.right === right && now.bottom === bottom;
      // Observing begins with a report.
      if (!isFirst || !isThere) changed();
      isFirst = false;
      if (!isThere) set();
    };
    observer = new IntersectionObserver(check, { root: element.ownerDocument, rootMargin: margins.join(' '), threshold: hundredths });
    observer.observe(element);
  };
  set();
  return () => observer?.disconnect();
}

export interface Spot {
  x: number;
  y: number;
  /** Undefined where it is beside what is kept free. */
  corner?: string;
}

export interface Size {
  width: number;
  height: number;
}

/**
 * A place for something of that size: in the corner where it was, else in another one, else beside what must be kept free, where
 * it covers the least of what to avoid. Undefined where there is none.
 */
export function findSpot(size: Size, window: Size, free: Box | undefined, avoid: readonly Box[], last: string | undefined): Spot | undefined {
  const margin = Math.min(16, window.width / 40);
  const right = window.width - size.width - margin;
  const bottom = window.height - size.height - margin;
  const spots: Spot[] = [
    { corner: 'bottom right', x: right, y: bottom },
    { corner: 'bottom left', x: margin, y: bottom },
    { corner: 'top right', x: right, y: margin },
    { corner: 'top left', x: margin, y: margin },
  ];
  if (free) {
    const x = Math.max(margin, Math.min(right, free.left));
    const y = Math.max(margin, Math.min(bottom, free.top));
    spots.push({ x, y: free.bottom }, { x, y: free.top - size.height }, { x: free.right, y }, { x: free.left - size.width, y });
  }
  const boxAt = ({ x, y }: Spot): Box => ({ left: x, top: y, right: x + size.width, bottom: y + size.height });
  const fits = (box: Box): boolean => box.left >= 0 && box.top >= 0 && box.right <= window.width && box.bottom <= window.height && !(free && overlap(box, free) > 0);
  const costOf = (spot: Spot): number => avoid.reduce((sum, one) => sum + overlap(boxAt(spot), one), last !== undefined && spot.corner === last ? -1 : 0);
  // The first of the best: sorting keeps the order of equals.
  return spots
    .filter((spot) => fits(boxAt(spot)))
    .map((spot) => ({ spot, cost: costOf(spot) }))
    .sort((a, b) => a.cost - b.cost)[0]?.spot;
}
