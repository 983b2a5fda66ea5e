import type { CardContent, OverlayLabels } from './overlay.ts';

/*
 * The card as elements: text goes in as text, links stay on the console's origin.
 */

const icons = {
  minimise: 'M4 8h8',
  arrow: 'M8 3.5v9M4 8.5l4 4 4-4',
  done: 'M3.5 8.5l3 3 6-7',
  missing: 'M8 3.25a4.75 4.75 0 100 9.5 4.75 4.75 0 000-9.5z',
  surplus: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  attention: 'M8 3.5v5.25M8 12v.01',
} as const;

export type Act = 'minimise' | 'expand' | 'bring' | 'cancel' | { id: string };

/** @param acts what a press on one of the card's buttons does */
export function createCard(document: Document, labels: OverlayLabels, acts: WeakMap<Element, Act>) {
  const make = (tag: string, className: string, ...children: (Node | string)[]): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  };
  const svg = (tag: string, attributes: Readonly<Record<string, string>>, ...children: Node[]): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const icon = (name: keyof typeof icons): SVGElement => svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: icons[name] }));
  const mark = (): SVGElement =>
    svg(
      'svg',
      { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'mark' },
      svg('path', { d: 'M10.75 9.25h7.5v2.5M14.75 9.25v2M5 17c1.17 0 1.17-1 2.33-1s1.17 1 2.34 1 1.16-1 2.33-1 1.17 1 2.33 1 1.17-1 2.34-1S17.83 17 19 17' }),
      svg('circle', { cx: '8.25', cy: '9.25', r: '2.5' }),
    );
  const signs: Readonly<Record<CardContent['tone'], () => Element>> = { step: mark, busy: () => make('span', 'spinner'), attention: () => icon('attention'), done: () => icon('done') };
  const button = (className: string, act: Act, ...children: (Node | string)[]): HTMLButtonElement => {
    const element = make('button', className, ...children) as HTMLButtonElement;
    element.type = 'button';
    acts.set(element, act);
    return element;
  };
  const toControl = (action: NonNullable<CardContent['actions']>[number]): HTMLElement => {
    if ('id' in action) return button('action', { id: action.id }, action.label);
    const link = make('a', 'action', action.label) as HTMLAnchorElement;
    link.href = ownAddress(document, action.href);
    return link;
  };

  const sign = make('span', 'sign');
  const title = make('p', 'title');
  const progress = make('span', 'progress');
  const text = make('p', 'text');
  const items = make('ul', 'items');
  const more = make('span', 'more');
  const arrow = icon('arrow');
  const bring = button('action', 'bring', arrow, labels.bringIntoView);
  const cancel = button('action', 'cancel', labels.point.cancel);
  const minimise = button('minimise', 'minimise', icon('minimise'));
  minimise.setAttribute('aria-label', labels.minimise);
  const card = make('div', 'card', make('div', 'head', sign, title, progress, minimise), make('div', 'body', text, items, make('div', 'actions', bring, cancel, more)));
  card.tabIndex = -1;
  const pillSign = make('span', 'sign');
  const pillTitle = make('span', 'title');
  const pill = button('pill', 'expand', pillSign, pillTitle);
  let drawn: Partial<CardContent> = {};

  return {
    card,
    pill,
    minimise,
    bring,
    cancel,
    /** Writes what differs from what is drawn. */
    draw(content: CardContent): void {
      const differs = (key: keyof CardContent): boolean => JSON.stringify(content[key]) !== JSON.stringify(drawn[key]);
      if (differs('tone')) for (const one of [sign, pillSign]) one.replaceChildren(signs[content.tone]());
      if (differs('title')) {
        title.textContent = pillTitle.textContent = content.title;
        pill.setAttribute('aria-label', `${labels.expand}: ${content.title}`);
      }
      if (differs('progress')) progress.textContent = content.progress ?? '';
      if (differs('text')) text.textContent = content.text ?? '';
      if (differs('items')) items.replaceChildren(...(content.items ?? []).map((one) => make('li', one.state, icon(one.state), make('span', '', make('span', 'only-read', `${labels.states[one.state]}: `), one.text))));
      if (differs('actions')) {
        const hadFocus = (more.getRootNode() as ShadowRoot).activeElement?.parentNode === more;
        more.replaceChildren(...(content.actions ?? []).map(toControl));
        if (hadFocus) card.focus();
      }
      drawn = content;
    },
    /** @param turn of the arrow that says where the control is, in degrees from below; undefined where it is in view */
    pointAway(turn: number | undefined): void {
      bring.hidden = turn === undefined;
      arrow.style.rotate = `${turn ?? 0}deg`;
    },
  };
}

/** The link's absolute address; throws if it leaves the console's origin. */
export function ownAddress(document: Document, href: string): string {
  const { protocol, origin } = document.location;
  const url = new URL(href, document.location.href);
  if (url.origin !== origin || url.protocol !== protocol || !/^https?:$/.test(protocol)) throw new Error('A link of the card stays on the console’s origin.');
  return url.href;
}
