import { closestFlat, flatContains } from './flat-tree.ts';
import { deepHit } from './flat-tree.ts';

/*
 * What a person's hand does to a page. Every event is made by the window that the element lives in: frames have their own, and
 * pages compare.
 */

type View = Window & typeof globalThis;

function viewOf(element: Element): View {
  const view = element.ownerDocument.defaultView;
  if (!view) throw new Error('the element is in no window');
  return view;
}

const everywhere = { bubbles: true, cancelable: true, composed: true } as const;

/** Moves the focus and lets the page know, also where the browser does not as its window is not the one in use. */
function moveFocus(element: HTMLElement, isIn: boolean): void {
  const { FocusEvent } = viewOf(element);
  const [type, bubbling] = isIn ? (['focus', 'focusin'] as const) : (['blur', 'focusout'] as const);
  let isTold = false;
  const tell = (): void => {
    isTold = true;
  };
  element.addEventListener(type, tell, { once: true });
  if (isIn) element.focus({ preventScroll: true });
  else element.blur();
  element.removeEventListener(type, tell);
  if (isTold) return;
  element.dispatchEvent(new FocusEvent(type, { composed: true }));
  element.dispatchEvent(new FocusEvent(bubbling, { bubbles: true, composed: true }));
}

const activeIn = (element: Element): Element | null => (element.getRootNode() as Document | ShadowRoot).activeElement;

export function focus(element: Element): void {
  if (activeIn(element) !== element) moveFocus(element as HTMLElement, true);
}

export function blur(element: Element): void {
  if (activeIn(element) === element) moveFocus(element as HTMLElement, false);
}

/** The innermost element that has the focus, through shadow roots and frames. */
export function findFocused(document: Document): HTMLElement | undefined {
  let active = document.activeElement;
  for (;;) {
    const inner: Element | null | undefined = active?.shadowRoot?.activeElement ?? (active?.localName === 'iframe' ? (active as HTMLIFrameElement).contentDocument?.activeElement : undefined);
    if (!inner) break;
    active = inner;
  }
  return active && active.localName !== 'body' ? (active as HTMLElement) : undefined;
}

/** Sets the text as typing would, up to what the field takes. React puts its own setter on the element: the native one is called. */
export function setText(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const view = viewOf(field);
  const { prototype } = field.localName === 'textarea' ? view.HTMLTextAreaElement : view.HTMLInputElement;
  const typed = field.maxLength >= 0 ? text.slice(0, field.maxLength) : text;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, typed);
  field.dispatchEvent(new view.InputEvent('input', { bubbles: true, composed: true, data: typed, inputType: typed === '' ? 'deleteContentBackward' : 'insertText' }));
  // Some older type-aheads listen to keys alone.
  sendKey(field, 'keyup', typed.at(-1) ?? 'Backspace');
}

export const announce = (field: Element, type: 'change' | 'input' | 'scroll'): boolean => field.dispatchEvent(new (viewOf(field).Event)(type, { bubbles: type !== 'scroll', composed: type === 'input' }));

const keyCodes: Readonly<Record<string, number>> = { Escape: 27, ArrowRight: 39 };

export function sendKey(element: Element, type: 'keydown' | 'keyup', key: 'Escape' | 'ArrowRight' | (string & {})): void {
  const { KeyboardEvent } = viewOf(element);
  element.dispatchEvent(new KeyboardEvent(type, { ...everywhere, key, code: key.length > 1 ? key : '', keyCode: keyCodes[key] ?? 0 }));
}

/**
 * Presses the mouse where a person would, on whatever lies over the element there as long as that belongs to it. Never follows a
 * link.
 */
export function press(element: Element, { ctrlKey = false } = {}): void {
  const view = viewOf(element);
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const { x, y, width, height } = element.getBoundingClientRect();
  const at = { clientX: x + width / 2, clientY: y + height / 2 };
  const hit = deepHit(element.ownerDocument, at.clientX, at.clientY);
  const target = hit && belongs(hit, element) ? hit : element;

  const mouse = { ...everywhere, ...at, ctrlKey, detail: 1, button: 0 };
  const pointer = { ...mouse, pointerId: 1, isPrimary: true, pointerType: 'mouse', detail: 0 };
  const isOver = { buttons: 0 };
  const isDown = { buttons: 1 };
  for (const type of ['over', 'move'] as const) {
    target.dispatchEvent(new view.PointerEvent(`pointer${type}`, { ...pointer, ...isOver }));
    target.dispatchEvent(new view.MouseEvent(`mouse${type}`, { ...mouse, ...isOver }));
  }
  target.dispatchEvent(new view.PointerEvent('pointerdown', { ...pointer, ...isDown }));
  target.dispatchEvent(new view.MouseEvent('mousedown', { ...mouse, ...isDown }));
  target.dispatchEvent(new view.PointerEvent('pointerup', pointer));
  target.dispatchEvent(new view.MouseEvent('mouseup', mouse));
  const click = new view.MouseEvent('click', mouse);
  if (closestFlat(target, 'a[href]')) view.addEventListener('click', (event) => event.preventDefault(), { capture: true, once: true });
  target.dispatchEvent(click);
}

/** Is it in the element, or in its label? */
function belongs(hit: Element, element: Element): boolean {
  return flatContains(element, hit) || (closestFlat(hit, 'label') as HTMLLabelElement | null)?.control === element;
}

/** Whatever is pressed while `work` is under way, no form is sent. */
export async function withoutSubmitting<T>(document: Document, work: () => Promise<T>): Promise<T> {
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const view = document.defaultView;
  view?.addEventListener('submit', stop, true);
  try {
    return await work();
  } finally {
    view?.removeEventListener('submit', stop, true);
  }
}
