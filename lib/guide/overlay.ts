import { closestFlat, deepHit, flatParent } from './flat-tree.ts';
import { type Act, createCard, ownAddress } from './overlay-card.ts';
import { isOverlay, markOverlay } from './overlay-host.ts';
import { overlayStyle } from './overlay-style.ts';
import { type Box, findSpot, grown, innerBox, type Place, placeOf, shownFor, watchPlace } from './place.ts';

/*
 * The card and the highlight in the console's page. One host element under the root element, in the top layer. Its shadow root is
 * closed: the page cannot reach in, and `locate` does not take the card's buttons for the console's.
 */

export interface CardContent {
  /** 'step' = do this next; 'busy' = Keyferry fills, wait; 'attention' = something differs or is not found; 'done' */
  tone: 'step' | 'busy' | 'attention' | 'done';
  /** "3 of 9"; shown small */
  progress?: string;
  /** One short line. */
  title: string;
  text?: string;
  /** e.g. privileges that are missing or surplus */
  items?: readonly { text: string; state: 'done' | 'missing' | 'surplus' }[];
  /** Nothing that saves, creates or deletes. A link stays on the console's origin. */
  actions?: readonly ({ id: string; label: string } | { href: string; label: string })[];
}

/** Fixed wordings of the overlay itself. */
export interface OverlayLabels {
  /** Language of all texts in the card, such as `ja`. */
  lang: string;
  /** Name of the card for assistive technology. */
  name: string;
  minimise: string;
  expand: string;
  /** Of the button that scrolls to a control out of view. */
  bringIntoView: string;
  /** Read before an item. */
  states: Readonly<Record<'done' | 'missing' | 'surplus', string>>;
  /** The card while the admin points at a control. */
  point: { title: string; text: string; cancel: string };
}

export interface Overlay {
  /** Draws the card; `target` (maybe inside shadow roots or same-origin frames) is highlighted, scrolled to only when `bringIntoView` is set. Calling it again with the same content and target changes nothing. */
  show(content: CardContent, target?: Element, options?: { bringIntoView?: boolean }): void;
  /**
   * The admin points at a control: resolves with the innermost control pointed at, or undefined when cancelled (Escape, button,
   * close, signal). While pointing, the page gets none of these clicks and keys. By mouse, and by keyboard: Tab moves through the
   * page's controls as usual and Enter takes the focused one. `describe` gives the text beside the pointed control.
   */
  point(describe: (element: Element) => string): Promise<Element | undefined>;
  close(): void;
}

/** What the page hears neither of the card nor, focus aside, of pointing. */
const heard = ['keydown', 'keypress', 'keyup', 'focusin', 'focusout', 'focus', 'blur', 'mousedown', 'mouseup', 'mousemove', 'mouseover', 'mouseout', 'pointerdown', 'pointerup', 'pointermove', 'pointerover', 'pointerout', 'touchstart', 'touchend', 'click', 'dblclick', 'auxclick', 'contextmenu'];
const isFocus = (type: string): boolean => /^focus|^blur$/.test(type);

/** Around the control: for the ring, and for what the card keeps free. */
const ringGap = 3;
const freeGap = 14;

/** @param signal removes everything: element, listeners, observers */
export function createOverlay(document: Document, labels: OverlayLabels, onAction: (id: string) => void, signal: AbortSignal): Overlay {
  const overlay = new PageOverlay(document, labels, onAction);
  signal.addEventListener('abort', () => overlay.end(), { once: true });
  if (signal.aborted) overlay.end();
  return overlay;
}

interface Pointing {
  describe: (element: Element) => string;
  settle: (element: Element | undefined) => void;
  /** The key that went down while pointing; what it does is done when it goes up, so that the page does not get half of it. */
  key: string;
}

class PageOverlay implements Overlay {
  readonly #document: Document;
  readonly #view: Window & typeof globalThis;
  readonly #labels: OverlayLabels;
  readonly #onAction: (id: string) => void;
  readonly #host: HTMLElement;
  readonly #shadow: ShadowRoot;
  readonly #root: HTMLElement;
  readonly #glass: HTMLElement;
  readonly #ring: HTMLElement;
  readonly #tag: HTMLElement;
  readonly #live: HTMLElement;
  readonly #card: ReturnType<typeof createCard>;
  readonly #acts = new WeakMap<Element, Act>();

  #hasEnded = false;
  /** Of all that is in the page now. */
  #mounted: AbortController | undefined;
  #content: CardContent | undefined;
  #target: Element | undefined;
  /** What is shown, to know it when it comes again. */
  #shown = '';
  #pointing: Pointing | undefined;
  /** What the ring is on: the target, or what is pointed at. */
  #subject: { element: Element; shown: Element; over: AbortController } | undefined;
  /** 'auto': the card, or the pill where there is no room for the card. */
  #size: 'auto' | 'small' | 'large' = 'auto';
  #corner: string | undefined;
  #frame = 0;
  /** Something may lie above. */
  #mustRise = true;

  constructor(document: Document, labels: OverlayLabels, onAction: (id: string) => void) {
    const view = document.defaultView;
    if (!view) throw new Error('no window');
    this.#document = document;
    this.#view = view;
    this.#labels = labels;
    this.#onAction = onAction;
    this.#card = createCard(document, labels, this.#acts);

    const part = (className: string, attributes: Readonly<Record<string, string>>, ...children: Node[]): HTMLElement => {
      const element = document.createElement('div');
      element.className = className;
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...children);
      return element;
    };
    const hidden = { 'aria-hidden': 'true', hidden: '' };
    this.#glass = part('glass', { 'aria-hidden': 'true' });
    this.#ring = part('ring', hidden);
    this.#tag = part('tag', hidden);
    this.#live = part('only-read', { role: 'status' });
    this.#root = part('root', { role: 'region', 'aria-label': labels.name, lang: labels.lang }, this.#glass, this.#ring, this.#tag, this.#card.card, this.#card.pill, this.#live);
    this.#host = part('', { popover: 'manual' });
    this.#host.removeAttribute('class');
    markOverlay(this.#host);
    this.#shadow = this.#host.attachShadow({ mode: 'closed' });
    addStyle(this.#shadow, document);
    this.#shadow.append(this.#root);
  }

  show(content: CardContent, target?: Element, { bringIntoView = false }: { bringIntoView?: boolean } = {}): void {
    for (const action of content.actions ?? []) if ('href' in action) ownAddress(this.#document, action.href);
    const shown = JSON.stringify([content, bringIntoView]);
    if (this.#hasEnded || (shown === this.#shown && target === this.#target && this.#host.isConnected)) return;
    const isNew = target !== this.#target;
    this.#shown = shown;
    this.#content = content;
    this.#target = target;
    if (this.#size === 'large') this.#size = 'auto';
    this.#mount();
    this.#draw();
    if (bringIntoView && target && !this.#pointing && (isNew || !placeOf(shownFor(target))?.seen)) this.#bringIntoView();
  }

  point(describe: (element: Element) => string): Promise<Element | undefined> {
    this.#pointing?.settle(undefined);
    return new Promise((resolve) => {
      if (this.#hasEnded) {
        resolve(undefined);
        return;
      }
      this.#mount();
      const over = new AbortController();
      const settle = (element: Element | undefined): void => {
        over.abort();
        this.#pointing = undefined;
        if (this.#content) this.#draw();
        else this.#unmount();
        resolve(element);
      };
      this.#pointing = { describe, settle, key: '' };
      this.#follow(undefined);
      // What happens in a frame stays in it.
      for (const inner of innerWindows(this.#view)) this.#listen(inner, over.signal);
      this.#view.addEventListener('scroll', this.#schedule, { signal: over.signal, capture: true, passive: true });
      this.#draw();
    });
  }

  close(): void {
    this.#content = this.#target = undefined;
    this.#shown = '';
    this.#pointing?.settle(undefined);
    this.#unmount();
  }

  end(): void {
    this.#hasEnded = true;
    this.close();
  }

  #mount(): void {
    if (!this.#mounted) {
      this.#mounted = new AbortController();
      const { signal } = this.#mounted;
      this.#listen(this.#view, signal);
      this.#view.addEventListener('resize', this.#schedule, { signal });
      // A press by keyboard or by assistive technology has no place on the screen: the window lets it in.
      this.#shadow.addEventListener('click', (event) => this.#press(event, event.target as Element), { signal });
      this.#host.addEventListener('click', (event) => event.stopPropagation(), { signal });
      this.#glass.addEventListener('wheel', this.#scrollBelow, { signal, passive: true });
      // Whatever opens in the top layer lies above what was there.
      const rise = (): void => {
        this.#mustRise = true;
        this.#schedule();
      };
      this.#document.addEventListener('toggle', ({ target }) => isOverlay(target) || rise(), { signal, capture: true });
      const dialogs = new MutationObserver(rise);
      dialogs.observe(this.#document, { subtree: true, attributeFilter: ['open'] });
      signal.addEventListener('abort', () => dialogs.disconnect());
    }
    if (!this.#host.isConnected) {
      this.#document.documentElement.append(this.#host);
      this.#mustRise = true;
    }
  }

  #unmount(): void {
    this.#follow(undefined);
    this.#mounted?.abort();
    this.#mounted = undefined;
    this.#view.cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#host.remove();
  }

  #listen(window: Window, signal: AbortSignal): void {
    for (const type of heard) window.addEventListener(type, this.#hear, { signal, capture: true });
  }

  #draw(): void {
    const { title, text } = this.#labels.point;
    const content: CardContent = this.#pointing ? { tone: 'step', title, text } : (this.#content ?? { tone: 'step', title });
    this.#root.className = `root ${content.tone}`;
    this.#root.classList.toggle('pointing', this.#pointing !== undefined);
    this.#card.cancel.hidden = !this.#pointing;
    if (this.#pointing) this.#size = 'auto';
    this.#card.draw(content);
    if (!this.#pointing) this.#follow(this.#target);
    this.#schedule();
  }

  /** The ring goes to this element and stays on it, wherever it moves. */
  #follow(element: Element | undefined): void {
    if (element === this.#subject?.element) return;
    this.#subject?.over.abort();
    this.#subject = undefined;
    // Drawn anew in the next frame, so that it is seen to come.
    this.#ring.hidden = true;
    this.#tag.hidden = true;
    if (!element) return;
    const over = new AbortController();
    const shown = shownFor(element);
    this.#subject = { element, shown, over };
    watchPlace(shown, this.#schedule, over.signal);
    if (this.#pointing) this.#tag.textContent = this.#pointing.describe(element);
    this.#schedule();
  }

  readonly #schedule = (): void => {
    if (this.#frame === 0 && this.#mounted) this.#frame = this.#view.requestAnimationFrame(this.#layout);
  };

  readonly #layout = (): void => {
    this.#frame = 0;
    if (!this.#host.isConnected) return;
    this.#rise();
    const place = this.#subject && placeOf(this.#subject.shown);
    const window = this.#glass.getBoundingClientRect();
    this.#placeRing(place, window);
    this.#card.pointAway(place && !place.seen && !this.#pointing ? turnTo(place.box, window) : undefined);
    this.#placeCard(place?.seen && grown(place.seen, freeGap), window);
    const { title, text } = this.#pointing ? this.#labels.point : (this.#content ?? this.#labels.point);
    const announcement = text === undefined ? title : `${title}. ${text}`;
    if (this.#live.textContent !== announcement) this.#live.textContent = announcement;
  };

  /** To the top of the top layer. Under a modal dialog of the page all else is inert: then the card is text to read. */
  #rise(): void {
    if (this.#mustRise || !this.#host.matches(':popover-open')) {
      if (this.#host.matches(':popover-open')) this.#host.hidePopover();
      this.#host.showPopover();
    }
    this.#mustRise = false;
  }

  #placeRing(place: Place | undefined, window: DOMRect): void {
    const seen = place?.seen;
    this.#ring.hidden = !seen;
    this.#tag.hidden = !seen || !this.#pointing;
    if (!seen) return;
    const { left, top, right, bottom } = grown(seen, ringGap);
    setStyle(this.#ring, { translate: `${left}px ${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    if (this.#tag.hidden) return;
    const { offsetWidth: width, offsetHeight: height } = this.#tag;
    const y = bottom + 8 + height < window.height ? bottom + 8 : Math.max(0, top - 8 - height);
    setStyle(this.#tag, { translate: `${Math.max(0, Math.min(left, window.width - width))}px ${y}px` });
  }

  #placeCard(free: Box | undefined, window: DOMRect): void {
    const { card, pill } = this.#card;
    const avoid = this.#boxesToAvoid();
    for (const form of this.#size === 'auto' ? (['large', 'small', 'none'] as const) : ([this.#size, 'none'] as const)) {
      const shown = form === 'none' ? (this.#size === 'large' ? card : pill) : form === 'large' ? card : pill;
      card.hidden = shown !== card;
      pill.hidden = shown !== pill;
      const size = { width: shown.offsetWidth, height: shown.offsetHeight };
      // Where the control fills the window there is no place beside it.
      const spot = form === 'none' ? findSpot(size, window, undefined, free ? [free] : [], this.#corner) : findSpot(size, window, free, avoid, this.#corner);
      if (!spot) continue;
      this.#corner = spot.corner ?? this.#corner;
      setStyle(shown, { translate: `${spot.x}px ${spot.y}px` });
      const hit = this.#document.elementFromPoint(spot.x + size.width / 2, spot.y + size.height / 2);
      this.#root.classList.toggle('still', hit !== this.#host);
      return;
    }
  }

  /** What the admin works with: the page's dialogs, and the focused control. */
  #boxesToAvoid(): Box[] {
    const focused = deepActive(this.#document);
    const dialogs = [...this.#document.querySelectorAll('dialog:modal, [aria-modal="true"]')];
    return [...dialogs, ...(focused ? [focused] : [])].flatMap((one) => (isOverlay(one) ? [] : (placeOf(one)?.seen ?? [])));
  }

  #bringIntoView(): void {
    const behavior = this.#view.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    this.#subject?.shown.scrollIntoView({ block: 'center', inline: 'nearest', behavior });
  }

  /** At the window, before the page: what is meant for the card, or for pointing, goes no further. */
  readonly #hear = (event: Event): void => {
    const isOwn = event.target === this.#host;
    const inner = isOwn ? this.#innerTarget(event) : undefined;
    if (isOwn && inner !== this.#glass) {
      if (event.type === 'click' && (event as MouseEvent).detail === 0) return;
      event.stopImmediatePropagation();
      // The focus stays where the admin works.
      if (event.type === 'mousedown') event.preventDefault();
      if (event.type === 'click') this.#press(event, inner);
      if (event.type === 'keydown' && (event as KeyboardEvent).key === 'Escape') {
        event.preventDefault();
        if (this.#pointing) this.#pointing.settle(undefined);
        else this.#act('minimise');
      }
    } else if (this.#pointing) {
      this.#take(event, this.#pointing);
    } else if (isFocus(event.type)) {
      this.#schedule();
    }
  };

  #innerTarget(event: Event): Element | undefined {
    if (!('clientX' in event)) return this.#shadow.activeElement ?? undefined;
    const { clientX, clientY } = event as MouseEvent;
    return this.#shadow.elementFromPoint(clientX, clientY) ?? undefined;
  }

  #press(event: Event, inner: Element | undefined): void {
    const act = event.isTrusted && inner ? this.#acts.get(inner.closest('button') ?? inner) : undefined;
    if (act) this.#act(act);
  }

  #act(act: Act): void {
    if (typeof act === 'object') this.#onAction(act.id);
    else if (act === 'bring') this.#bringIntoView();
    else if (act === 'cancel') this.#pointing?.settle(undefined);
    else {
      const hadFocus = this.#shadow.activeElement !== null;
      this.#size = act === 'minimise' ? 'small' : 'large';
      this.#layout();
      if (hadFocus) (act === 'minimise' ? this.#card.pill : this.#card.minimise).focus();
    }
  }

  /** An event of the page, or on the glass before it, while the admin points. */
  #take(event: Event, pointing: Pointing): void {
    if (isFocus(event.type)) {
      if (event.type === 'focusin') this.#follow(controlOf(deepActive(this.#document)));
      return;
    }
    event.stopImmediatePropagation();
    const { key } = event as KeyboardEvent;
    // A touch that is prevented gives no click.
    if (key !== 'Tab' && !event.type.startsWith('touch')) event.preventDefault();
    switch (event.type) {
      case 'pointermove':
        this.#follow(this.#pointedAt(event as PointerEvent));
        break;
      case 'click':
        if (event.isTrusted) pointing.settle(this.#pointedAt(event as PointerEvent));
        break;
      case 'keydown':
        if (!(event as KeyboardEvent).repeat) pointing.key = key;
        break;
      case 'keyup':
        if (key !== pointing.key || !event.isTrusted) break;
        if (key === 'Escape') pointing.settle(undefined);
        if (key === 'Enter') {
          const control = controlOf(deepActive(this.#document));
          if (control) pointing.settle(control);
        }
    }
  }

  #pointedAt(event: PointerEvent): Element | undefined {
    if (event.target !== this.#host) return controlOf(event.composedPath()[0] as Element);
    this.#glass.style.pointerEvents = 'none';
    const hit = hitThroughFrames(this.#document, event.clientX, event.clientY);
    this.#glass.style.pointerEvents = '';
    return controlOf(hit);
  }

  /** The glass lies between the wheel and what scrolls. */
  readonly #scrollBelow = (event: WheelEvent): void => {
    event.stopPropagation();
    this.#glass.style.pointerEvents = 'none';
    const hit = hitThroughFrames(this.#document, event.clientX, event.clientY);
    this.#glass.style.pointerEvents = '';
    for (let one = hit; one; one = flatParent(one)) {
      const before = [one.scrollLeft, one.scrollTop].join();
      one.scrollBy({ left: event.deltaX, top: event.deltaY, behavior: 'instant' });
      if ([one.scrollLeft, one.scrollTop].join() !== before) return;
    }
  };
}

/** Sheets set by script pass any policy of the page. Where a content script cannot set them, its own style element passes too. */
function addStyle(shadow: ShadowRoot, document: Document): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(overlayStyle);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement('style');
    style.textContent = overlayStyle;
    shadow.append(style);
  }
}

/** Writes only what differs. */
function setStyle({ style }: HTMLElement, values: Readonly<Partial<Record<'translate' | 'width' | 'height', string>>>): void {
  for (const [name, value] of Object.entries(values)) if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
}

/** Degrees clockwise from downwards. */
function turnTo(box: Box, window: DOMRect): number {
  if (box.top >= window.height) return 0;
  if (box.bottom <= 0) return 180;
  return box.left >= window.width ? -90 : box.right <= 0 ? 90 : 0;
}

const controls = 'a[href], button, input, select, textarea, summary, option, label, [contenteditable], [tabindex]:not([tabindex^="-"]), :is([role=button], [role=link], [role=tab], [role=checkbox], [role=switch], [role=radio], [role=option], [role^=menuitem], [role=treeitem], [role=textbox], [role=searchbox], [role=combobox], [role=slider], [role=spinbutton])';

/** The control that a person means who points there; what is no known kind of control stands for itself. */
function controlOf(hit: Element | null): Element | undefined {
  if (!hit || hit === hit.ownerDocument.body || hit === hit.ownerDocument.documentElement || isOverlay(hit)) return undefined;
  const control = closestFlat(hit, controls) ?? hit;
  return (control.localName === 'label' && (control as HTMLLabelElement).control) || control;
}

function hitThroughFrames(document: Document, x: number, y: number): Element | null {
  const hit = deepHit(document, x, y);
  const inner = hit && innerDocument(hit);
  if (!inner) return hit;
  const { left, top, scale } = innerBox(hit);
  return hitThroughFrames(inner, (x - left) / scale, (y - top) / scale) ?? hit;
}

function deepActive(document: Document): Element | null {
  let active = document.activeElement;
  for (let inner = active; inner; inner = active?.shadowRoot?.activeElement ?? (active && innerDocument(active)?.activeElement) ?? null) active = inner;
  return active === active?.ownerDocument.body ? null : active;
}

function innerDocument(frame: Element): Document | null {
  try {
    return (frame as Partial<HTMLIFrameElement>).contentDocument ?? null;
  } catch {
    return null;
  }
}

/** Of all frames whose events can be heard. */
function innerWindows(window: Window): Window[] {
  return Array.from({ length: window.length }, (_, index) => window[index] as Window).flatMap((inner) => {
    try {
      return inner.document ? [inner, ...innerWindows(inner)] : [];
    } catch {
      // Of another origin.
      return [];
    }
  });
}
