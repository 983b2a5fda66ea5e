/**
 * Acting on a page as a person does: by role and name, through open shadow roots, waiting for what is not there yet.
 * Puppeteer's own `::-p-aria` is not used: in Firefox it does not see into shadow roots and takes 0.3 s a query.
 */
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { poll } from './driver.ts';

export type Surface = Page | Frame;
/** A text is the whole name, a pattern may be a part of it. */
export type Name = string | RegExp;

const textInput = 'input:not([type=button],[type=submit],[type=reset],[type=image],[type=checkbox],[type=radio],[type=hidden],[type=file],[type=range],[type=color])';

/** Elements that have a role without saying so; password fields are counted as textboxes. */
const implicitRoles = {
  alert: '',
  button: 'button, summary, input:is([type=button],[type=submit],[type=reset],[type=image])',
  cell: 'td',
  checkbox: 'input[type=checkbox]',
  combobox: 'select:not([multiple])',
  dialog: 'dialog[open]',
  group: 'fieldset, details',
  heading: 'h1, h2, h3, h4, h5, h6',
  img: 'img',
  link: 'a[href]',
  list: 'ul, ol',
  listitem: 'li',
  main: 'main',
  menuitem: '',
  navigation: 'nav',
  option: 'option',
  progressbar: 'progress',
  radio: 'input[type=radio]',
  region: 'section',
  row: 'tr',
  status: 'output',
  switch: '',
  tab: '',
  table: 'table',
  textbox: `${textInput}, textarea`,
} as const satisfies Record<string, string>;

export type Role = keyof typeof implicitRoles;

/** The first visible element of a role and name, at once or not at all. */
async function findNow(surface: Surface, roles: Role[], name: Name | undefined): Promise<ElementHandle<HTMLElement> | undefined> {
  const handle = await surface.evaluateHandle(
    (candidates, wanted) => {
      const matches = (text: string): boolean => (typeof wanted === 'object' ? new RegExp(wanted.source, wanted.flags).test(text) : wanted === undefined || text === wanted);
      const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
      const textIn = (node: Node): string => {
        if (node instanceof Text) return node.data;
        if (!(node instanceof Element) || node.matches('style, script, select, textarea, [hidden], [aria-hidden=true]')) return '';
        if (node instanceof HTMLImageElement) return node.alt;
        return [...node.childNodes].map(textIn).join(getComputedStyle(node).display.startsWith('inline') ? '' : ' ');
      };
      const nameOf = (element: HTMLElement): string => {
        const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
        const scope = element.getRootNode() as Document | ShadowRoot;
        const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])] : [];
        const isButton = element instanceof HTMLInputElement && ['button', 'submit', 'reset'].includes(element.type);
        const sources = [
          () => ids.map((id) => scope.getElementById(id)?.textContent ?? '').join(' '),
          () => element.getAttribute('aria-label') ?? '',
          () => labels.map(textIn).join(' '),
          () => (isButton ? element.value : ''),
          () => (element instanceof HTMLFieldSetElement ? (element.querySelector('legend')?.textContent ?? '') : ''),
          () => (element instanceof HTMLOptionElement ? element.label : textIn(element)),
          () => element.title,
          () => element.getAttribute('placeholder') ?? '',
        ];
        for (const source of sources) {
          const text = tidy(source());
          if (text) return text;
        }
        return '';
      };
      const search = (scope: Document | ShadowRoot): HTMLElement | undefined => {
        for (const { role, selector } of candidates) {
          for (const element of scope.querySelectorAll<HTMLElement>(`[role~="${role}"]${selector && `, ${selector}`}`)) {
            const isOfRole = (element.getAttribute('role') ?? role).split(/\s+/).includes(role);
            if (isOfRole && matches(nameOf(element)) && element.checkVisibility({ visibilityProperty: true })) return element;
          }
        }
        for (const { shadowRoot } of scope.querySelectorAll('*')) {
          const found = shadowRoot && search(shadowRoot);
          if (found) return found;
        }
        return undefined;
      };
      return search(document);
    },
    roles.map((role) => ({ role, selector: implicitRoles[role] })),
    // A pattern does not survive the way into the page.
    name instanceof RegExp ? { source: name.source, flags: name.flags } : name,
  );
  return (handle.asElement() ?? undefined) as ElementHandle<HTMLElement> | undefined;
}

/** Waits up to `timeout` ms until the element is shown. */
export async function find(surface: Surface, role: Role | Role[], name?: Name, timeout = 10_000): Promise<ElementHandle<HTMLElement>> {
  const roles = [role].flat();
  return poll(`${roles.join(' or ')} ${String(name ?? '')}`, () => findNow(surface, roles, name), timeout);
}

export async function isShown(surface: Surface, role: Role, name?: Name): Promise<boolean> {
  return (await findNow(surface, [role], name)) !== undefined;
}

/** Waits up to `timeout` ms until no such element is shown. */
export async function waitUntilGone(surface: Surface, role: Role, name?: Name, timeout = 10_000): Promise<void> {
  await poll(`${role} ${String(name ?? '')} to go`, async () => !(await isShown(surface, role, name)), timeout);
}

/** Waits until the element is shown and enabled, and clicks it with the real mouse. */
export async function clickByName(surface: Surface, role: Role, name: Name): Promise<void> {
  await poll(`enabled ${role} ${String(name)}`, async () => {
    const found = await findNow(surface, [role], name);
    if (!(await found?.evaluate((node) => !node.matches(':disabled, [aria-disabled=true]')))) return false;
    // Drawn anew in between, it has no place to click at, and nothing was clicked.
    return found?.click().then(
      () => true,
      (error: unknown) => {
        if (/not clickable|detached/.test(String(error))) return false;
        throw error;
      },
    );
  });
}

/** Replaces what a field holds by typing. */
export async function fillByLabel(surface: Surface, label: Name, value: string): Promise<void> {
  const field = await find(surface, 'textbox', label);
  await field.evaluate((node) => {
    node.focus();
    (node as HTMLInputElement | HTMLTextAreaElement).select();
  });
  await (value === '' ? field.press('Backspace') : field.type(value));
}

/** Picks the option with this text from a select. */
export async function chooseByLabel(surface: Surface, label: Name, option: string): Promise<void> {
  const field = await find(surface, 'combobox', label);
  const value = await field.evaluate((node, text) => [...(node as HTMLSelectElement).options].find((candidate) => candidate.label === text)?.value, option);
  if (value === undefined) throw new Error(`No option ${option} in ${String(label)}`);
  await field.select(value);
}

/** Clicks a checkbox, radio button or switch unless it is in the wanted state. */
export async function setChecked(surface: Surface, label: Name, checked = true): Promise<void> {
  const box = await find(surface, ['checkbox', 'radio', 'switch'], label);
  if ((await isChecked(box)) !== checked) await box.click();
}

async function isChecked(box: ElementHandle<HTMLElement>): Promise<boolean> {
  return box.evaluate((node) => (node instanceof HTMLInputElement ? node.checked : node.getAttribute('aria-checked') === 'true'));
}

/** The visible text of an element, or of the whole page, with spaces made single; field values are no text. */
export async function textOf(surface: Surface, role?: Role, name?: Name): Promise<string> {
  const text = role ? await (await find(surface, role, name)).evaluate((node) => node.innerText) : await surface.evaluate(() => document.body.innerText);
  return text.replace(/\s+/g, ' ').trim();
}

/** Waits up to `timeout` ms until the page shows the text. */
export async function waitForText(surface: Surface, text: Name, timeout = 10_000): Promise<void> {
  await poll(`text ${String(text)}`, async () => {
    const shown = await textOf(surface);
    return typeof text === 'string' ? shown.includes(text) : text.test(shown);
  }, timeout);
}

/** Where a page is; `page.url()` does not know extension pages in Firefox. */
export async function urlOf(surface: Surface): Promise<string> {
  return surface.evaluate(() => location.href);
}
