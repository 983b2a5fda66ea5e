import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldValue } from '../../lib/guide/read-field.ts';
import type { BrowserKind } from '../setup/browsers.ts';
import { bundleGuide, launch, openPage } from './browser-page.ts';
import { controlled, privileges as names, tree, typeAhead, type TypeAheadOptions } from './widgets.ts';

interface Case {
  title: string;
  html: string;
  /** Brings the page to life; runs in the page. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  behave?: (options: any) => void;
  options?: unknown;
  target?: string;
  value: FieldValue;
  /** `filled`, `filled + surplus`, `differs - missing + surplus`, `refused: reason` */
  result: string;
  /** An expression of what the page holds then, and its value. */
  holds?: [expression: string, value: unknown];
}

const text = (value: string): FieldValue => ({ kind: 'text', text: value });
const on: FieldValue = { kind: 'on', on: true };
const off: FieldValue = { kind: 'on', on: false };
const choices = (...wanted: string[]): FieldValue => ({ kind: 'choices', names: wanted });
const noted = (...wanted: string[]): FieldValue => ({ kind: 'choices', names: wanted, mayHaveNote: true });
const a = '#a';
const value = 'document.querySelector("#a").value';
const checked = '[...document.querySelectorAll(":checked")].map((one) => one.value)';
const chosen = 'window.chosen.toSorted()';
const shadow = (html: string): string => `<template shadowrootmode="open">${html}</template>`;

const native: Case[] = [
  { title: 'input', html: '<input id=a value=old>', value: text('new'), result: 'filled', holds: [value, 'new'] },
  { title: 'textarea', html: '<textarea id=a>old</textarea>', value: text('one\ntwo'), result: 'filled', holds: [value, 'one\ntwo'] },
  { title: 'number', html: '<input id=a type=number min=1 value=60>', value: text('3600'), result: 'filled', holds: [value, '3600'] },
  { title: 'input in a shadow root, by its host', html: `<x-a id=a>${shadow('<input>')}</x-a>`, value: text('new'), result: 'filled', holds: ['document.querySelector("#a").shadowRoot.querySelector("input").value', 'new'] },
  { title: 'input in a frame', html: '<iframe srcdoc="<input id=a>"></iframe>', target: 'iframe >>> #a', value: text('new'), result: 'filled', holds: ['frames[0].document.querySelector("input").value', 'new'] },
  { title: 'controlled input', html: '<input id=a>', behave: controlled, value: text('new'), result: 'filled', holds: ['window.state', 'new'] },
  { title: 'too long', html: '<input id=a maxlength=3>', value: text('abcdef'), result: 'differs - abcdef', holds: [value, 'abc'] },
  { title: 'clamped', html: '<input id=a type=number>', behave: () => find('#a').addEventListener('blur', () => Object.assign(find('#a'), { value: '1800' })), value: text('3600'), result: 'differs - 3600' },
  { title: 'out of range', html: '<input id=a type=number max=1800>', value: text('3600'), result: 'differs - 3600' },
  { title: 'no number', html: '<input id=a type=number>', value: text('one hour'), result: 'differs - one hour' },
  { title: 'disabled input', html: '<input id=a disabled>', value: text('new'), result: 'refused: disabled', holds: [value, ''] },
  { title: 'read-only input', html: '<input id=a readonly value=old>', value: text('new'), result: 'refused: read-only', holds: [value, 'old'] },
  { title: 'hidden input', html: '<input id=a hidden>', value: text('new'), result: 'refused: not shown' },
  { title: 'no text field', html: '<div id=a role=textbox contenteditable>old</div>', value: text('new'), result: 'refused: is no text field' },

  { title: 'checkbox on', html: '<input id=a type=checkbox>', value: on, result: 'filled', holds: ['document.querySelector("#a").checked', true] },
  { title: 'checkbox off', html: '<input id=a type=checkbox checked>', value: off, result: 'filled', holds: ['document.querySelector("#a").checked', false] },
  { title: 'checkbox that is on', html: '<input id=a type=checkbox checked>', behave: () => find('#a').addEventListener('click', () => Object.assign(window, { clicked: true })), value: on, result: 'filled', holds: ['window.clicked ?? false', false] },
  { title: 'checkbox drawn by its label', html: '<label style="position:relative"><input id=a type=checkbox style="opacity:0;width:0;height:0;position:absolute"><span>Enable</span></label>', value: on, result: 'filled', holds: ['document.querySelector("#a").checked', true] },
  { title: 'switch under a thumb', html: `<x-a>${shadow('<label style="position:relative;display:inline-block"><input id=a role=switch type=checkbox><span style="position:absolute;inset:0;background:red"></span> Enable</label>')}</x-a>`, target: 'x-a >>> #a', value: on, result: 'filled', holds: ['document.querySelector("x-a").shadowRoot.querySelector("input").checked', true] },
  { title: 'ARIA switch', html: '<button id=a type=button role=switch aria-checked=false>Enable</button>', behave: () => find('#a').addEventListener('click', () => find('#a').setAttribute('aria-checked', String(find('#a').getAttribute('aria-checked') !== 'true'))), value: on, result: 'filled', holds: ['document.querySelector("#a").ariaChecked', 'true'] },
  { title: 'switch that does not turn', html: '<button id=a type=button role=switch aria-checked=false>Enable</button>', value: on, result: 'differs' },
  { title: 'radio', html: '<input type=radio name=r checked><input id=a type=radio name=r>', value: on, result: 'filled', holds: ['document.querySelector("#a").checked', true] },
  { title: 'radio off', html: '<input id=a type=radio checked>', value: off, result: 'refused: a radio button cannot be turned off' },
  { title: 'a submit button as a switch', html: '<form action="https://saved.example/"><button id=a role=switch aria-checked=false>Enable</button></form>', value: on, result: 'differs', holds: ['location.protocol', 'data:'] },

  { title: 'select', html: '<select id=a><option>Read Computers Extension<option>Read Computers</select>', value: choices('Read Computers'), result: 'filled', holds: [value, 'Read Computers'] },
  { title: 'select multiple', html: '<select id=a multiple><option value=1>Read Computers Extension<option value=2>Read Computers<option value=3 selected>Read Users</select>', value: choices('Read Computers'), result: 'filled + Read Users', holds: [checked, ['2', '3']] },
  { title: 'select without the option', html: '<select id=a multiple><option>Read Computers Extension</select>', value: choices('Read Computers'), result: 'differs - Read Computers', holds: [checked, []] },
  { title: 'select with duplicates', html: '<select id=a multiple><option>Read Sites<option>Read Sites</select>', value: choices('Read Sites'), result: 'differs - Read Sites', holds: [checked, []] },
  { title: 'select with a note', html: '<select id=a><option value=0>Choose<option value=1>Europe West (EU-W)<option value=2>Europe (EU)</select>', value: noted('Europe'), result: 'filled', holds: [value, '2'] },
  { title: 'fieldset', html: '<fieldset id=a><legend>P</legend><label><input type=checkbox value=1>Read Computers Extension</label><label><input type=checkbox value=2> Read Computers</label><label><input type=checkbox value=3 checked>Read Users</label></fieldset>', value: choices('Read Computers'), result: 'filled + Read Users', holds: [checked, ['2', '3']] },
  { title: 'fieldset with a disabled one', html: '<fieldset id=a><legend>P</legend><label><input type=checkbox value=1 disabled>Read Computers</label><label><input type=checkbox value=2>Read Sites</label></fieldset>', value: choices('Read Computers', 'Read Sites'), result: 'differs - Read Computers', holds: [checked, ['2']] },
  { title: 'disabled fieldset', html: '<fieldset id=a disabled><label><input type=checkbox>Read Sites</label></fieldset>', value: choices('Read Sites'), result: 'refused: disabled' },
  { title: 'radio group', html: '<div id=a role=radiogroup><label><input type=radio name=r value=1 checked>One</label><label><input type=radio name=r value=2>Two</label></div>', value: choices('Two'), result: 'filled', holds: [checked, ['2']] },
];

const field = (opener: string): string => `<form action="https://saved.example/"><p><input></p><div class=field><label for=opener>Privileges</label><div id=shown></div>${opener}<p>Choose <b>Read Sites</b> to filter.</p></div><p><button>Save</button></p></form>`;
const combobox = field('<input id=opener role=combobox autocomplete=off>');
const button = '<form action="https://saved.example/"><p><input></p><div class=field><button id=opener type=button aria-haspopup=listbox><span id=shown></span>&nbsp;</button></div></form>';
const wanted = ['Read Computers', 'Read Sites'];
const base: TypeAheadOptions = { names, opens: 'focus', place: 'body', rows: 'option', chosenOnes: 'leave', shows: 'chips', refers: true };

const lists: (Omit<Case, 'html' | 'value' | 'result'> & Partial<Case> & { is?: Partial<TypeAheadOptions> })[] = [
  { title: 'opens with focus, chips, chosen ones leave the list' },
  { title: 'nothing refers to the list', is: { refers: false } },
  { title: 'opens with input, rows without a role, a second press takes back', is: { opens: 'input', rows: 'text', chosenOnes: 'toggle' } },
  { title: 'rows without a role, nothing refers to the list', is: { opens: 'input', rows: 'text', chosenOnes: 'toggle', refers: false } },
  { title: 'rows without a role, the match highlighted', is: { opens: 'input', rows: 'text', chosenOnes: 'toggle', highlights: true } },
  { title: 'list in the field', is: { place: 'field', chosenOnes: 'toggle' } },
  { title: 'list in the field, the match highlighted', is: { place: 'field', chosenOnes: 'toggle', highlights: true } },
  { title: 'opens by a press', is: { opens: 'press', chosenOnes: 'toggle' } },
  { title: 'rows that listen to mouseup', is: { event: 'mouseup' } },
  { title: 'rows that listen to mousedown', is: { event: 'mousedown' } },
  { title: 'rows that listen to pointerup', is: { event: 'pointerup' } },
  { title: 'rows with checkboxes', is: { chosenOnes: 'toggle', says: 'checkbox' } },
  { title: 'rows come late', is: { opens: 'input', delay: 600 } },
  { title: 'virtual rows', is: { virtual: 8, chosenOnes: 'toggle' } },
  { title: 'only the list says what is chosen', is: { shows: 'nothing', chosenOnes: 'toggle' } },
  { title: 'some chosen before', is: { chosen: ['Read Sites'], chosenOnes: 'toggle' } },
  { title: 'another chosen before', is: { chosen: ['Read Users'], chosenOnes: 'toggle' }, result: 'filled + Read Users', holds: [chosen, ['Read Computers', 'Read Sites', 'Read Users']] },
  { title: 'one is not offered', value: choices('Read Computers', 'Read Spaceships'), result: 'differs - Read Spaceships', holds: [chosen, ['Read Computers']] },
  { title: 'only look-alikes are offered', is: { names: names.filter((name) => name !== 'Read Computers'), rows: 'text', highlights: true }, value: choices('Read Computers'), result: 'differs - Read Computers', holds: [chosen, []] },
  { title: 'offered twice', is: { names: ['Read Sites', 'Read Sites', 'Read Users'] }, value: choices('Read Sites'), result: 'differs - Read Sites', holds: [chosen, []] },
  { title: 'one does not stay', is: { chosenOnes: 'toggle', rejects: ['Read Sites'] }, result: 'differs - Read Sites', holds: [chosen, ['Read Computers']] },
  { title: 'for one', is: { single: true, shows: 'nothing', chosenOnes: 'toggle' }, value: choices('Read Sites'), result: 'filled', holds: ['[window.chosen[0], document.querySelector("#opener").value]', ['Read Sites', 'Read Sites']] },
  // A word in brackets behind the name.
  { title: 'with a note', is: { names: ['Europe (EU)', 'Europe West (EU-W)', 'Asia (AS)'], chosenOnes: 'toggle' }, value: noted('Europe', 'Asia'), result: 'filled', holds: [chosen, ['Asia (AS)', 'Europe (EU)']] },
  { title: 'with a note, rows without a role', is: { names: ['Europe (EU)', 'Europe West (EU-W)'], rows: 'text', chosenOnes: 'toggle' }, value: noted('Europe'), result: 'filled', holds: [chosen, ['Europe (EU)']] },
  { title: 'with a note, and one without', is: { names: ['Europe (EU)', 'Europe'], chosenOnes: 'toggle' }, value: noted('Europe'), result: 'filled', holds: [chosen, ['Europe']] },
  { title: 'two with notes', is: { names: ['Europe (EU)', 'Europe (EU2)'], chosenOnes: 'toggle' }, value: noted('Europe'), result: 'differs - Europe', holds: [chosen, []] },
  { title: 'a note where none is expected', is: { names: ['Europe (EU)'], chosenOnes: 'toggle' }, value: choices('Europe'), result: 'differs - Europe', holds: [chosen, []] },
  { title: 'in a form that is live', html: `<div aria-live=polite>${combobox}</div>`, is: { chosenOnes: 'toggle' } },
  // Like a panel with a search field and checkboxes.
  { title: 'button, panel with search and checkboxes, names with commas', html: button, is: { opens: 'click', search: true, says: 'checkbox', chosenOnes: 'toggle', shows: 'commas', refers: false } },
  { title: 'button, panel with search, mere count', html: button, is: { opens: 'click', search: true, chosenOnes: 'toggle', shows: 'count' } },
  { title: 'button, list without search', html: button, is: { opens: 'click', chosenOnes: 'toggle', shows: 'commas', place: 'field' } },
  { title: 'button, virtual list without search', html: button, is: { opens: 'press', chosenOnes: 'toggle', shows: 'commas', virtual: 8, names: names.toReversed() } },
  { title: 'button, list that says nothing but a count', html: button, is: { opens: 'click', chosenOnes: 'toggle', shows: 'count', chosen: ['Read Sites'] } },
];

const trees: Case[] = [false, true].flatMap((lazy) =>
  [false, true].map((keys) => ({
    title: `tree, ${lazy ? 'made when opened' : 'hidden'}, opened by ${keys ? 'key' : 'its toggle'}`,
    html: '<ul id=tree role=tree aria-multiselectable=true aria-label=Privileges></ul>', target: '#tree', behave: tree, options: { names: names.slice(0, 7), lazy, keys }, value: choices('Update Sites', 'Read Computers'), result: 'filled', holds: [chosen, ['Read Computers', 'Update Sites']] as [string, unknown],
  })),
);

const listboxes: Case[] = ['toggle', 'replace'].map((mode) => ({
  title: `listbox that is there, a press ${mode}s`,
  html: `<div id=a role=listbox aria-multiselectable=true>${names.slice(0, 6).map((name) => `<div role=option aria-selected=false>${name}</div>`).join('')}</div>`,
  behave: (how: string) => {
    const options = [...find('#a').children];
    for (const option of options) option.addEventListener('click', (event) => {
      if (how === 'replace' && !(event as MouseEvent).ctrlKey) for (const other of options) other.ariaSelected = 'false';
      option.ariaSelected = String(option.ariaSelected !== 'true');
    });
  },
  options: mode, value: choices(...wanted), result: 'filled', holds: ['[...document.querySelectorAll("[aria-selected=true]")].map((one) => one.textContent)', wanted],
}));

const cases: Case[] = [
  ...native,
  ...lists.map(({ is, ...one }): Case => ({ html: combobox, target: '#opener', behave: typeAhead, options: { ...base, ...is }, value: choices(...wanted), result: 'filled', holds: [chosen, wanted], ...one })),
  ...trees,
  ...listboxes,
];

describe.each<BrowserKind>(['chromium', 'firefox'])('fillField in %s', (kind) => {
  let browser: Browser;
  let page: Page;
  let bundle: string;
  beforeAll(async () => {
    browser = await launch(kind);
    bundle = await bundleGuide();
    page = await openPage(browser, bundle);
  });
  afterAll(() => browser?.close());

  it.each(cases)('$title', async ({ html, behave, options, target = a, value: wantedValue, result, holds }) => {
    const [actual, held, left] = await page.evaluate(
      async (markup, source, given, where, what, expression) => {
        await showHtml(markup);
        const run = (code: string): unknown => (0, eval)(`(${code})`);
        if (source) (run(source) as (options: unknown) => void)(given);
        const control = find(where);
        const filled = await guide.fillField(control, what, new AbortController().signal);
        const { missing = [], surplus = [], reason = '' } = filled as Partial<Record<'missing' | 'surplus', string[]>> & { reason?: string };
        const summary = filled.kind === 'refused' ? `refused: ${reason}` : [filled.kind, ...missing.map((name) => `- ${name}`), ...surplus.map((name) => `+ ${name}`)].join(' ');
        const list = document.querySelector<HTMLElement>('#list');
        const search = (list?.previousElementSibling ?? document.querySelector('#opener')) as Partial<HTMLInputElement> | null;
        return [summary, expression ? run(expression) : null, { isOpen: list ? !list.hidden : false, search: search?.value ?? '', address: location.protocol }] as const;
      },
      html, behave?.toString(), options, target, wantedValue, holds?.[0],
    );
    expect({ result: actual, held }).toEqual({ result, held: holds?.[1] ?? null });
    expect(left).toEqual({ isOpen: false, search: expect.stringMatching(holds?.[0].includes('#opener') ? /./ : /^$/) as string, address: 'data:' });
  });

  it('is ended by its signal', async () => {
    const actual = await page.evaluate(async (markup, source, given) => {
      await showHtml(markup);
      ((0, eval)(`(${source})`) as (options: unknown) => void)(given);
      const ending = new AbortController();
      setTimeout(() => ending.abort(new Error('the page goes away')), 300);
      const started = performance.now();
      const reason = await guide.fillField(find('#opener'), { kind: 'choices', names: ['Read Sites', 'Read Computers'] }, ending.signal).then(({ kind: ended }) => ended, (error: Error) => error.message);
      const soon = performance.now() - started < 1000;
      await new Promise((resolve) => setTimeout(resolve, 800));
      return [reason, soon, (window as unknown as { chosen: string[] }).chosen.length];
    }, combobox, typeAhead.toString(), { ...base, opens: 'input', delay: 500 });
    expect(actual).toEqual(['the page goes away', true, 0]);
  });

  it('reads without changing anything', async () => {
    const actual = await page.evaluate(async (markup, source, given) => {
      await showHtml(markup);
      ((0, eval)(`(${source})`) as (options: unknown) => void)(given);
      const observer = new MutationObserver(() => undefined);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const readings = [guide.readField(find('#opener'), 'choices', ['Read Sites', 'Read Computers']), guide.readField(find('input'), 'text')];
      return [readings, observer.takeRecords().length, document.activeElement === document.body];
    }, combobox, typeAhead.toString(), { ...base, chosen: ['Read Computers', 'Read Users'] });
    expect(actual).toEqual([[{ kind: 'choices', chosen: ['Read Computers', 'Read Users'] }, { kind: 'text', text: '' }], 0, true]);
  });

  it.runIf(kind === 'chromium')('works in an isolated world, where React\'s own setter is out of sight', async () => {
    await page.evaluate(async (source) => {
      await showHtml('<input id=a>');
      ((0, eval)(`(${source})`) as () => void)();
    }, controlled.toString());
    const session = await page.createCDPSession();
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
    const { result } = await session.send('Runtime.evaluate', { contextId: executionContextId, awaitPromise: true, returnByValue: true, expression: `${bundle};guide.fillField(document.querySelector('#a'), { kind: 'text', text: 'new' }, new AbortController().signal)` });
    expect(result.value).toEqual({ kind: 'filled', surplus: [] });
    expect(await page.evaluate(() => (window as unknown as { state: string }).state)).toBe('new');
  });
});
