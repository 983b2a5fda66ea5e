import { nameOf } from './accessible-name.ts';
import { announce, blur, focus, press, sendKey, setText } from './events.ts';
import { findSelect, findTextField, isShown, queryDeep, squash } from './read-field.ts';
import { isUsable } from './usable.ts';
import { until } from './waiting.ts';
import { isEntryOf, normalise } from './wording.ts';

/*
 * One entry of a list that opens while one types. Some consoles put a code behind the name, in the list or in the field. What was
 * typed and not picked counts for nothing there, so it is taken back.
 */

/** How long to wait for the page, ms. */
const limits = { offer: 5000, pick: 1500 } as const;

/** What the field shows as picked; undefined where it does not say. */
export const readEntry = (control: Element): string | undefined => {
  const select = findSelect(control);
  return select ? squash(select.selectedOptions[0]?.label ?? '') : findTextField(control)?.value;
};

/** Why the entry could not be picked, or undefined. */
export async function pickEntry(control: Element, name: string, signal: AbortSignal): Promise<string | undefined> {
  const select = findSelect(control);
  if (select) return pickOption(select, name);
  const field = findTextField(control);
  if (!field || field.readOnly) return 'is no field to type in';
  const document = control.ownerDocument;
  const before = field.value;
  const known = new Set(entriesIn(document, name));
  focus(field);
  setText(field, name);
  const found = await until(document, () => {
    const entries = entriesIn(document, name).filter((one) => !known.has(one));
    const same = entries.filter((one) => normalise(labelOf(one)) === normalise(name));
    const fitting = same.length > 0 ? same : entries;
    return fitting.length === 0 ? undefined : fitting;
  }, signal, limits.offer);
  const [entry] = found ?? [];
  if (entry && found?.length === 1) {
    press(entry);
    await until(document, () => (isShown(entry) || !isEntryOf(field.value, name) ? undefined : true), signal, limits.pick);
    if (isEntryOf(field.value, name) && (!entry.isConnected || !isShown(entry))) return undefined;
  }
  setText(field, before);
  announce(field, 'change');
  sendKey(field, 'keydown', 'Escape');
  blur(field);
  return !entry ? 'is not offered' : found?.length === 1 ? 'did not stay' : 'is offered more than once';
}

function pickOption(select: HTMLSelectElement, name: string): string | undefined {
  const entries = [...select.options].filter(({ label }) => isEntryOf(label, name));
  const same = entries.filter(({ label }) => normalise(label) === normalise(name));
  const [option, ...others] = same.length > 0 ? same : entries;
  if (!option) return 'is not offered';
  if (others.length > 0) return 'is offered more than once';
  if (option.matches(':disabled')) return 'cannot be chosen, it is disabled';
  focus(select);
  option.selected = true;
  announce(select, 'input');
  announce(select, 'change');
  blur(select);
  return undefined;
}

const labelOf = (entry: Element): string => nameOf(entry) || squash(entry.textContent);

const entriesIn = (document: Document, name: string): Element[] =>
  queryDeep(document.documentElement, '[role=option], [role=menuitem], [role=treeitem], li').filter((one) => isShown(one) && isEntryOf(labelOf(one), name) && isUsable(one));
