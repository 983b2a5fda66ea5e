import { choose } from './choose.ts';
import { announce, blur, focus, press, setText, withoutSubmitting } from './events.ts';
import { pickEntry, readEntry } from './pick-entry.ts';
import { type FieldReading, type FieldValue, findBox, findSelect, findTextField, hasName, isChosen, isInline, readField, squash } from './read-field.ts';
import { readRights, setRights } from './rights-tree.ts';
import { compareRights, type Rights } from './rights.ts';
import { findObstacle } from './usable.ts';
import { until } from './waiting.ts';
import { isEntryOf, normalise, withoutNote } from './wording.ts';

/*
 * Sets a field in a page that nobody here has seen, in any widget library, and reads back what it holds. Nothing is saved.
 */

export type FillResult =
  /** `isUnchanged`: all of it was there. */
  | { kind: 'filled'; surplus: readonly string[]; isUnchanged?: true }
  /** `missing`: not offered by the field or did not stay. */
  | { kind: 'differs'; missing: readonly string[]; surplus: readonly string[]; reason: string }
  /** Nothing was changed. */
  | { kind: 'refused'; reason: string };

/** How long to wait for the page, ms. */
const limits = {
  /** For a switch to turn. */
  turn: 1000,
  /** For a page to take back or change what it was given. */
  reject: 150,
} as const;

/**
 * @param control what `locate` found
 * @param signal ends it at once, e.g. the page goes away: the promise is rejected with its reason
 */
export async function fillField(control: Element, value: FieldValue, signal: AbortSignal): Promise<FillResult> {
  signal.throwIfAborted();
  const obstacle = findObstacle(control);
  if (obstacle) return refused(obstacle);
  return withoutSubmitting(control.ownerDocument, () => {
    switch (value.kind) {
      case 'text':
        return fillText(control, value.text, signal);
      case 'on':
        return turn(control, value.on, signal);
      case 'choices':
        return fillChoices(control, value.names, signal, value.mayHaveNote);
      case 'entry':
        return fillEntry(control, value.name, signal);
      case 'rights':
        return fillRights(control, value, signal);
    }
  });
}

/** What the field holds, read for this value; changes nothing. */
export function readFor(value: FieldValue, control: Element): FieldReading {
  switch (value.kind) {
    case 'entry': {
      const text = readEntry(control);
      return text === undefined ? { kind: 'unreadable' } : { kind: 'entry', text };
    }
    case 'rights':
      return readRights(control);
    default:
      return value.kind === 'choices' ? readField(control, 'choices', value.names, value.mayHaveNote) : readField(control, value.kind);
  }
}

/** Whether a field holds what it should; `surplus` is chosen beside it. `isUnseen`: nothing in sight is wrong, but not all of it is in sight. */
export function compareField(value: FieldValue, reading: FieldReading): { isRight: boolean; isUnseen?: boolean; missing: readonly string[]; surplus: readonly string[] } {
  if (value.kind === 'choices' && reading.kind === 'choices') {
    const isSame = (shown: string, name: string): boolean => shown === name || (value.mayHaveNote === true && withoutNote(shown) === normalise(name));
    const missing = value.names.filter((name) => !reading.chosen.some((shown) => isSame(shown, name)));
    return { isRight: missing.length === 0, missing, surplus: reading.chosen.filter((shown) => !value.names.some((name) => isSame(shown, name))) };
  }
  if (value.kind === 'rights' && reading.kind === 'rights') return compareRights(value, reading);
  const isRight =
    (value.kind === 'text' && reading.kind === 'text' && value.text === reading.text) ||
    (value.kind === 'on' && reading.kind === 'on' && value.on === reading.on) ||
    (value.kind === 'entry' && reading.kind === 'entry' && isEntryOf(reading.text, value.name));
  return { isRight, missing: [], surplus: [] };
}

const refused = (reason: string): FillResult => ({ kind: 'refused', reason });
const filled = (surplus: readonly string[] = []): FillResult => ({ kind: 'filled', surplus });

async function fillText(control: Element, text: string, signal: AbortSignal): Promise<FillResult> {
  const field = findTextField(control);
  if (!field) return refused('is no text field');
  const obstacle = field.readOnly || control.getAttribute('aria-readonly') === 'true' ? 'read-only' : findObstacle(field);
  if (obstacle) return refused(obstacle);
  if (field.value !== text) {
    focus(field);
    setText(field, text);
    announce(field, 'change');
    blur(field);
    await until(field.ownerDocument, () => field.value !== text || undefined, signal, limits.reject);
  }
  const { value, validity } = field;
  const differs = (reason: string): FillResult => ({ kind: 'differs', missing: [text], surplus: [], reason });
  if (value !== text) return differs(`holds “${value}”`);
  return validity.valid || validity.customError ? filled() : differs('is not a value that the field takes');
}

async function turn(control: Element, on: boolean, signal: AbortSignal): Promise<FillResult> {
  const now = isChosen(control);
  if (now === undefined) return refused('does not say whether it is on');
  if (now === on) return filled();
  const box = findBox(control) ?? control;
  if (!on && (box as HTMLInputElement).type === 'radio') return refused('a radio button cannot be turned off');
  if (control.getAttribute('aria-readonly') === 'true') return refused('read-only');
  press(box);
  const isThere = (): true | undefined => isChosen(control) === on || undefined;
  await until(control.ownerDocument, isThere, signal, limits.turn);
  // A page can take it back.
  await until(control.ownerDocument, () => isChosen(control) !== on || undefined, signal, limits.reject);
  return isChosen(control) === on ? filled() : { kind: 'differs', missing: [], surplus: [], reason: on ? 'stays off' : 'stays on' };
}

async function fillChoices(control: Element, names: readonly string[], signal: AbortSignal, mayHaveNote = false): Promise<FillResult> {
  if (control.getAttribute('aria-readonly') === 'true') return refused('read-only');
  const select = isInline(control) ? undefined : findSelect(control);
  const { chosen, failures } = select ? chooseNative(select, names, mayHaveNote) : await choose(control, names, signal, mayHaveNote);
  const missing = names.filter((name) => !hasName(chosen, name, mayHaveNote));
  const surplus = chosen.filter((shown) => !names.some((name) => hasName([shown], name, mayHaveNote)));
  if (missing.length === 0) return filled(surplus);
  return { kind: 'differs', missing, surplus, reason: missing.map((name) => `“${name}” ${failures.get(name) ?? 'did not stay'}`).join(', ') };
}

async function fillEntry(control: Element, name: string, signal: AbortSignal): Promise<FillResult> {
  const failure = await pickEntry(control, name, signal);
  return failure === undefined ? filled() : { kind: 'differs', missing: [name], surplus: [], reason: failure };
}

async function fillRights(control: Element, rights: Rights, signal: AbortSignal): Promise<FillResult> {
  const { missing, surplus, isUnchanged, failures } = await setRights(control, rights, signal);
  if (missing.length === 0) return { ...filled(surplus), ...(isUnchanged ? { isUnchanged } : {}) };
  return { kind: 'differs', missing, surplus, reason: [...failures].map(([what, why]) => `“${what}” ${why}`).join(', ') };
}

function chooseNative(select: HTMLSelectElement, names: readonly string[], mayHaveNote: boolean): { chosen: string[]; failures: Map<string, string> } {
  const failures = new Map<string, string>();
  let isChanged = false;
  for (const name of names) {
    const named = [...select.options].filter((option) => normalise(option.label) === normalise(name));
    const fitting = named.length === 0 && mayHaveNote ? [...select.options].filter((option) => hasName([option.label], name, true)) : named;
    const same = fitting.length > 1 ? fitting.filter((option) => squash(option.label) === squash(name)) : fitting;
    const [option] = same;
    if (!option || same.length > 1) failures.set(name, option ? 'is offered more than once' : 'is not offered');
    else if (option.matches(':disabled')) failures.set(name, 'cannot be chosen, it is disabled');
    else if (!option.selected) {
      option.selected = true;
      isChanged = true;
    }
  }
  if (isChanged) {
    focus(select);
    announce(select, 'input');
    announce(select, 'change');
    blur(select);
  }
  const reading = readField(select, 'choices');
  return { chosen: reading.kind === 'choices' ? [...reading.chosen] : [], failures };
}
