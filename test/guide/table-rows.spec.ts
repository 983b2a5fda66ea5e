import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Control, RowSecret } from '../../lib/guide/guide.ts';
import { bundleGuide, launch, openPage } from './browser-page.ts';

const controls = {
  service: { roles: ['textbox'], names: ['Service'] },
  type: { roles: ['combobox', 'textbox'], names: ['Account Type'] },
  key: { roles: ['textbox'], names: ['API Key'] },
  select: { roles: ['radio', 'checkbox'], names: [] },
  name: { roles: ['textbox'], names: ['Name'] },
  on: { roles: ['radio'], names: ['Enabled'], near: { names: ['Enable API Access'] } },
} as const satisfies Record<string, Control>;
type Id = keyof typeof controls;

const key = (letter: string): string => `${letter}${'x9/'.repeat(14)}=`;
const shape: RowSecret<Id> = { row: { of: 'service', text: 'Ours' }, beside: { control: 'type', texts: ['Admin'] }, control: 'key', key: /^[A-Za-z0-9+/]{43}=$/ };

const row = (service: string, type: string, value: string, attributes = ''): string =>
  `<tr ${attributes}><td><input value="${service}"></td><td><select><option ${type === 'Admin' ? 'selected' : ''}>Admin<option ${type === 'Admin' ? '' : 'selected'}>User</select></td><td><textarea>${value}</textarea></td></tr>`;
const heads = '<thead><tr><th>Service<th>Account Type<th>API Key <i>i</i></thead>';
const table = (rows: string): string => `<table>${heads.replace(' <i>i</i>', '')}<tbody>${rows}</tbody></table>`;
const both = row('Other', 'Admin', key('a')) + row('Ours', 'Admin', key('b'));

const secrets: [what: string, html: string, shown: string | 'unreadable' | 'none'][] = [
  ['the key of our row', table(both), key('b')],
  ['heads in a table of their own', `<table style="width:600px;table-layout:fixed"><tr><th>Service<th>Account Type<th>API Key</table><table style="width:600px;table-layout:fixed">${both}</table>`, key('b')],
  ['a grid by roles', `<div role=grid><div role=row style="display:flex">${['Service', 'Account Type', 'API Key'].map((head) => `<div role=columnheader style="width:200px">${head}</div>`).join('')}</div>${['Other', 'Ours'].map((name, index) => `<div role=row style="display:flex"><div role=gridcell style="width:200px"><input value="${name}"></div><div role=gridcell style="width:200px"><input value="Admin"></div><div role=gridcell style="width:200px"><input value="${key(index === 0 ? 'a' : 'b')}"></div></div>`).join('')}</div>`, key('b')],
  ['fields with names of their own', table(both).replaceAll('<textarea', '<textarea aria-label="API Key"').replace('<th>API Key', '<th>'), key('b')],
  ['masked', table(row('Ours', 'Admin', 'nUPJd***********************************VIeQ=')), 'unreadable'],
  ['masked, another one in full beside it', table(row('Other', 'Admin', key('a')) + row('Ours', 'Admin', 'nUPJd****VIeQ=')), 'unreadable'],
  ['of another type', table(row('Ours', 'User', key('b'))), 'none'],
  ['nearly our name', table(row('ours', 'Admin', key('a')) + row('Ours 2', 'Admin', key('b'))), 'none'],
  ['two rows of our name', table(row('Ours', 'Admin', key('a')) + row('Ours', 'Admin', key('b'))), 'none'],
  ['no key yet', table(row('Ours', 'Admin', '')), 'none'],
  ['a row that is hidden', table(row('Ours', 'Admin', key('b'), 'hidden')), 'none'],
  ['behind a dialog', `${table(both)}<div style="position:fixed;inset:0;background:#fff"></div>`, 'none'],
];

describe('rows of a table', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch('chromium');
    page = await openPage(browser, await bundleGuide());
  });
  afterAll(() => browser?.close());

  it.each(secrets)('%s', async (_what, html, shown) => {
    const found = await page.evaluate(
      async (body, ids, secret) => {
        await showHtml(body);
        return new guide.ObservedPage(document, '/', { controls: ids, version: /x/, secret: { ...secret, key: /^[A-Za-z0-9+/]{43}=$/ } }).readSecret();
      },
      html,
      controls,
      { ...shape, key: '' },
    );
    expect(found).toEqual(shown === 'unreadable' || shown === 'none' ? { kind: shown } : { kind: 'shown', clientId: '', secret: shown });
  });

  /** An expression about `seen`, the page as the guide sees it. */
  const ask = async (html: string, question: string): Promise<unknown> => {
    await page.evaluate(
      async (body, ids) => {
        await showHtml(body);
        Object.assign(globalThis, { seen: new guide.ObservedPage(document, '/', { controls: ids, version: /x/, secret: undefined }) });
      },
      html,
      controls,
    );
    return page.evaluate(question);
  };

  it('what a column holds, and in which row', async () => {
    const html = table(both + row('', 'User', ''));
    expect(await ask(html, 'seen.rows("service")')).toEqual(['Other', 'Ours', '']);
    expect(await ask(html, 'seen.textOf("type", { of: "service", text: "" })')).toBe('User');
    expect(await ask(html, '[seen.has("service", { of: "service", text: "Ours" }), seen.has("service", { of: "service", text: "None" })]')).toEqual([true, false]);
  });

  it('the one button to select with in a row', async () => {
    const html = `<table><tr><th><th>Name</tr>${['Read Only', 'Help Desk'].map((name) => `<tr><td><input type=radio name=r ${name === 'Help Desk' ? 'checked' : ''}></td><td><a href="#">${name}</a></td></tr>`).join('')}</table>`;
    expect(await ask(html, '[seen.isOn("select", { text: "Read Only" }), seen.isOn("select", { text: "Help Desk" }), seen.isOn("select", { text: "Help" })]')).toEqual([false, true, null]);
  });

  it('typed in or as it came', async () => {
    expect(await ask('<label>Name<input value=a></label>', 'seen.isUntouched("name")')).toBe(true);
    expect(await ask('<label>Name<input value=a></label>', '(seen.find("name").element.value = "b", seen.isUntouched("name"))')).toBe(false);
  });

  const toggle = (name: string): string => `<div><div><input type=radio name=${name} id=${name}1><label for=${name}1>Enabled</label><input type=radio name=${name} id=${name}2><label for=${name}2>Disabled</label></div></div>`;
  it.each([
    ['a line that begins with a text', `<div><div>Basic</div>${toggle('a')}</div><div><div>Enable API Access</div>${toggle('b')}<i>i</i></div>`],
    ['rows of a form', `<div style="display:table">${['Basic', 'Enable API Access'].map((label, index) => `<div style="display:table-row"><span>${label}</span>${toggle(index === 0 ? 'a' : 'b')}</div>`).join('')}</div>`],
  ])('a control beside a text: %s', async (_what, html) => {
    expect(await ask(html, '[seen.find("on").kind, seen.find("on").element.id]')).toEqual(['found', 'b1']);
  });

  it('the card of the guide covers nothing, but what it lies over with something else is covered', async () => {
    await page.evaluate(() => showHtml('<button style="position:fixed;width:8px;height:8px">Save</button><div hidden style="position:fixed;inset:0;background:#fff"></div>'));
    const seen = await page.evaluate(async () => {
      const end = new AbortController();
      const overlay = guide.createOverlay(document, guide.en.card, () => undefined, end.signal);
      overlay.show({ tone: 'step', title: 'Here' });
      await new Promise((resolve) => setTimeout(resolve, 300));
      const button = find('button') as HTMLElement;
      const places = Array.from({ length: 10_000 }, (_, index) => ({ x: (index % 100) * 10 + 4, y: Math.floor(index / 100) * 10 + 4 }));
      const under = places.find(({ x, y }) => guide.isOverlay(document.elementFromPoint(x, y)));
      Object.assign(button.style, { left: `${String((under?.x ?? 0) - 4)}px`, top: `${String((under?.y ?? 0) - 4)}px` });
      const alone = guide.findObstacle(button) ?? null;
      (find('div[style*=inset]') as HTMLElement).hidden = false;
      const behind = guide.findObstacle(button) ?? null;
      end.abort();
      return { isUnder: under !== undefined, alone, behind };
    });
    expect(seen).toEqual({ isUnder: true, alone: null, behind: 'covered' });
  });
});
