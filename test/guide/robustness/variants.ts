/*
 * Runs in a page: shows a snapshot and changes it as the next release of a console, or another one, might. What a control is and
 * is called stays; all else may change.
 */

export type Random = () => number;

/** Small, seeded, good enough to choose with. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Root = Document | ShadowRoot;

const rootsOf = (document: Document): Root[] => {
  const roots: Root[] = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      const inner = element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
      if (inner) roots.push(inner);
    }
  }
  return roots;
};

const all = (roots: readonly Root[], selector: string): HTMLElement[] => roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(selector)]);
const pick = <T>(random: Random, from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
const some = <T>(random: Random, from: readonly T[], share: number): T[] => from.filter(() => random() < share);
const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
const hasTable = 'table, thead, tbody, tfoot, tr, td, th, colgroup, col, select, option, optgroup, ul, ol, dl, svg, svg *, [role=tree], [role=tree] *, [role=listbox] *, [role=tablist], html, head, body, style, slot';

/** Shows the snapshot in this document. */
export async function showSnapshot(html: string): Promise<void> {
  for (const dialog of document.querySelectorAll('dialog:modal')) (dialog as HTMLDialogElement).close();
  const lang = /^<html lang="([^"]*)"/.exec(html)?.[1] ?? '';
  document.documentElement.lang = lang;
  document.documentElement.setHTMLUnsafe(html.replace(/^<html[^>]*>|<\/html>$/g, ''));
  await Promise.all([...document.querySelectorAll('iframe')].map((frame) => new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))));
  for (const root of rootsOf(document)) for (const dialog of root.querySelectorAll('dialog[data-modal]')) (dialog as HTMLDialogElement).showModal();
}

interface Scene {
  roots: readonly Root[];
  random: Random;
  /** Look-alikes in the page's language. */
  lookalikes: { buttons: readonly string[]; links: readonly string[]; fields: readonly string[]; tabs: readonly string[] };
}

/** Each changes the page in one way; what it does not find it leaves. */
export const mutations: Readonly<Record<string, (scene: Scene) => void>> = {
  renamedClassesAndIds({ roots, random }) {
    const salt = Math.floor(random() * 1e6).toString(36);
    const renamed = (name: string): string => `x${salt}-${[...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7).toString(36)}`;
    for (const root of roots) {
      const names = new Set<string>();
      const ids = new Set([...root.querySelectorAll('[id]')].map(({ id }) => id));
      for (const element of root.querySelectorAll('[class]')) {
        for (const name of element.classList) names.add(name);
        element.setAttribute('class', [...element.classList].map(renamed).join(' '));
      }
      for (const element of root.querySelectorAll('*')) {
        for (const attribute of ['for', 'form', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-activedescendant', 'popovertarget', 'id']) {
          const value = element.getAttribute(attribute);
          if (value !== null) element.setAttribute(attribute, value.split(/\s+/).map((id) => (ids.has(id) ? renamed(id) : id)).join(' '));
        }
      }
      for (const style of root.querySelectorAll('style')) {
        style.textContent = style.textContent.replace(/([.#])(-?[A-Za-z_][\w-]*)/g, (match, sign: string, name: string) => ((sign === '.' ? names : ids).has(name) ? sign + renamed(name) : match));
      }
    }
  },

  wrappers({ roots, random }) {
    for (const element of some(random, all(roots, 'button, a, input, label, section, form, h1, h2, h3, div, p'), 0.15)) {
      if (element.parentElement?.closest(hasTable) || element.matches(hasTable) || element.slot !== '' || element.querySelector('iframe')) continue;
      const wrapper = element.ownerDocument.createElement(pick(random, ['div', 'span', 'section']) ?? 'div');
      if (wrapper.localName === 'span' || element.matches('button, a, input, label')) wrapper.style.display = 'contents';
      element.replaceWith(wrapper);
      wrapper.append(element);
    }
  },

  movedBlocks({ roots, random }) {
    for (const parent of some(random, all(roots, 'form, main, section, fieldset, nav, .actions, [role=main], body'), 0.6)) {
      const children = [...parent.children].filter((child) => !child.matches('style, legend, slot, [slot]'));
      // A frame that is moved loads anew.
      if (children.length < 2 || parent.querySelector('iframe')) continue;
      // A label and its field, a heading and what it stands above, stay neighbours.
      const groups: Element[][] = [];
      for (const child of children) {
        if (groups.length > 0 && child.matches('input, select, textarea, .hint, p, dd')) groups.at(-1)?.push(child);
        else groups.push([child]);
      }
      const at = Math.floor(random() * groups.length);
      const moved = groups.splice(at, 1)[0] ?? [];
      groups.splice(Math.floor(random() * (groups.length + 1)), 0, moved);
      parent.append(...groups.flat());
    }
  },

  reorderedTabs({ roots }) {
    for (const list of all(roots, '[role=tablist]')) for (const tab of [...list.querySelectorAll(':scope > [role=tab], :scope [role=tab]')].reverse()) tab.parentElement?.append(tab);
  },

  lookalikeButtons({ roots, random, lookalikes }) {
    for (const button of all(roots, 'button, [role=button]').filter(isShown)) {
      if (random() < 0.5 || button.closest(hasTable)) continue;
      const other = button.ownerDocument.createElement('button');
      other.type = 'button';
      other.textContent = pick(random, lookalikes.buttons) ?? '';
      if (random() < 0.5) button.before(other);
      else button.after(other);
    }
  },

  lookalikeLinks({ roots, random, lookalikes }) {
    for (const link of all(roots, 'a[href], [role=tab]').filter(isShown)) {
      if (random() < 0.5 || link.parentElement?.closest('[role=tablist], tr')) continue;
      const other = link.ownerDocument.createElement('a');
      other.setAttribute('href', '/view/elsewhere');
      other.textContent = pick(random, lookalikes.links) ?? '';
      link.after(other);
    }
    for (const list of all(roots, '[role=tablist]')) {
      const tab = list.querySelector('[role=tab]');
      if (!tab) continue;
      const other = tab.cloneNode(false) as HTMLElement;
      for (const name of ['data-truth', 'id', 'aria-controls', 'href', 'aria-selected']) other.removeAttribute(name);
      other.setAttribute('aria-selected', 'false');
      other.textContent = pick(random, lookalikes.tabs) ?? '';
      tab.after(other);
    }
  },

  lookalikeFields({ roots, random, lookalikes }) {
    for (const form of all(roots, 'form, fieldset')) {
      if (form.closest(hasTable) || form.matches('fieldset')) continue;
      for (const name of lookalikes.fields.filter(() => random() < 0.6)) {
        const label = form.ownerDocument.createElement('label');
        const input = form.ownerDocument.createElement('input');
        label.append(name, ' ', input);
        if (random() < 0.5) form.prepend(label);
        else form.append(label);
      }
    }
  },

  otherHeadings({ roots, random }) {
    for (const heading of all(roots, 'h1, h2, h3, h4')) {
      if (heading.slot !== '') continue;
      const level = 1 + Math.floor(random() * 6);
      const other = heading.ownerDocument.createElement(random() < 0.5 ? `h${level}` : 'div');
      if (other.localName === 'div') {
        other.setAttribute('role', 'heading');
        other.setAttribute('aria-level', String(level));
      }
      for (const { name, value } of heading.attributes) other.setAttribute(name, value);
      other.append(...heading.childNodes);
      heading.replaceWith(other);
    }
  },

  labelsAsAttributes({ roots, random }) {
    for (const input of all(roots, 'input:not([type=hidden], [type=checkbox], [type=radio]), textarea') as HTMLInputElement[]) {
      const label = input.labels?.[0];
      if (!label || label.contains(input) || random() < 0.3) continue;
      const text = label.textContent.replace(/\s+/g, ' ').trim();
      const attribute = pick(random, ['aria-label', 'placeholder', 'title']) ?? 'aria-label';
      if (attribute !== 'placeholder' || !input.hasAttribute('placeholder')) input.setAttribute(attribute, text);
      label.remove();
    }
  },

  otherElements({ roots, random }) {
    for (const button of some(random, all(roots, 'button'), 0.5)) {
      if (button.closest('[role=combobox], [role=tree]') || button.slot !== '' || (button as HTMLButtonElement).disabled) continue;
      const other = button.ownerDocument.createElement(random() < 0.5 ? 'div' : 'a');
      for (const { name, value } of button.attributes) if (!['type', 'form', 'disabled'].includes(name)) other.setAttribute(name, value);
      if (!other.hasAttribute('role')) other.setAttribute('role', 'button');
      other.tabIndex = 0;
      other.append(...button.childNodes);
      button.replaceWith(other);
    }
  },

  decoratedTexts({ roots, random }) {
    for (const element of some(random, all(roots, 'button, a, label, [role=tab], [role=button], legend'), 0.6)) {
      const node = [...element.childNodes].find((child) => child.nodeType === 3 && child.nodeValue?.trim()) as Text | undefined;
      if (!node) continue;
      const text = node.data.trim();
      const icon = element.ownerDocument.createElement('span');
      switch (Math.floor(random() * 6)) {
        case 0:
          icon.setAttribute('aria-hidden', 'true');
          icon.textContent = '+';
          element.prepend(icon);
          break;
        case 1:
          node.data = ` \ue145 ${text}`;
          break;
        case 2:
          node.data = text.toUpperCase();
          break;
        case 3: {
          const half = Math.ceil(text.length / 2);
          icon.textContent = text.slice(half);
          node.data = text.slice(0, half);
          node.after(icon);
          break;
        }
        case 4:
          node.data = element.localName === 'label' ? `${text} *` : `\n   ${text}\n`;
          break;
        default:
          node.data = element.localName === 'label' ? `${text}:` : text;
      }
    }
  },

  withoutHints({ roots }) {
    for (const element of all(roots, '*')) {
      if (element.localName === 'slot') continue;
      for (const { name } of [...element.attributes]) if ((name.startsWith('data-') && name !== 'data-truth' && name !== 'data-modal') || name === 'name' || name === 'autocomplete') element.removeAttribute(name);
      if (element.localName === 'a' && element.hasAttribute('href')) element.setAttribute('href', '#');
    }
  },

  hiddenCopies({ roots, random }) {
    for (const truth of all(roots, '[data-truth]')) {
      // A second slot would take what belongs into the first.
      if (truth.closest(hasTable) || truth.querySelector('slot')) continue;
      const copy = truth.cloneNode(true) as HTMLElement;
      for (const one of [copy, ...copy.querySelectorAll('[data-truth], [id]')]) {
        one.removeAttribute('data-truth');
        one.removeAttribute('id');
      }
      const box = truth.ownerDocument.createElement('div');
      box.append(copy);
      const hide = pick(random, ['display:none', 'visibility:hidden', 'inert', 'aria-hidden']) ?? 'inert';
      if (hide === 'inert') box.inert = true;
      else if (hide === 'aria-hidden') box.setAttribute('aria-hidden', 'true');
      else box.setAttribute('style', hide);
      truth.before(box);
    }
  },

  disabledCopies({ roots }) {
    for (const truth of all(roots, 'button[data-truth]')) {
      if (truth.querySelector('slot')) continue;
      const copy = truth.cloneNode(true) as HTMLButtonElement;
      copy.removeAttribute('data-truth');
      copy.removeAttribute('id');
      copy.disabled = true;
      truth.after(copy);
    }
  },

  inShadowRoot({ roots, random }) {
    // Only what no reference from outside reaches into.
    const blocks = all(roots, 'section, nav, table, .actions').filter((block) => isShown(block) && block.slot === '' && !block.querySelector('[id], label[for], [form], [aria-labelledby], slot') && !block.matches('[id], [aria-labelledby]'));
    const block = pick(random, blocks);
    if (!block) return;
    const host = block.ownerDocument.createElement('x-block');
    host.style.display = 'block';
    block.replaceWith(host);
    host.attachShadow({ mode: 'open' }).append(...[...block.ownerDocument.querySelectorAll('style')].map((style) => style.cloneNode(true)), block);
  },

  twoVisible({ roots, random }) {
    // Two of the same name, both usable: no guess is right.
    const truth = pick(random, all(roots, 'button[data-truth], a[data-truth]').filter((one) => isShown(one) && !one.querySelector('slot')));
    if (!truth) return;
    const copy = truth.cloneNode(true) as HTMLElement;
    copy.removeAttribute('id');
    copy.setAttribute('data-truth', `${truth.dataset['truth'] ?? ''} double`);
    if (copy.localName === 'a') copy.setAttribute('href', '/view/another');
    truth.after(copy);
  },
};

/** Changes the page that is shown in one to four ways. @returns their names */
export function mutate(seed: number, lookalikes: Scene['lookalikes']): string[] {
  const random = randomOf(seed);
  const names = Object.keys(mutations).filter((name) => name !== 'twoVisible');
  const chosen = new Set<string>();
  // One in twenty has a control twice.
  if (seed % 20 === 0) chosen.add('twoVisible');
  const count = 1 + Math.floor(random() * 4);
  while (chosen.size < count) chosen.add(pick(random, names) ?? '');
  for (const name of chosen) mutations[name]?.({ roots: rootsOf(document), random, lookalikes });
  return [...chosen];
}

/** The control that the truth means, by its mark. */
export function findTruth(mark: string): Element[] {
  return all(rootsOf(document), '[data-truth]').filter((element) => element.dataset['truth']?.split(' ').includes(mark) === true && !isTruthInner(element, mark));
}
const isTruthInner = (element: Element, mark: string): boolean => Boolean(element.parentElement?.closest(`[data-truth~="${mark}"]`));
