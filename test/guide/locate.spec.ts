import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserKind } from '../setup/browsers.ts';
import { bundleGuide, launch, openPage } from './browser-page.ts';

interface Question {
  roles?: string[];
  names: string[];
  near?: { names: string[] };
  hints?: { selector: string; since: string }[];
}
type Case = [title: string, html: string, question: Question, answer: string];

const shadow = (html: string): string => `<template shadowrootmode="open">${html}</template>`;
const save: Question = { names: ['Save', '保存'] };
const create: Question = { names: ['New', '新規'] };
const apiRoles: Question = { roles: ['tab', 'link'], names: ['API Roles', 'APIロール'] };
const display: Question = { roles: ['textbox'], names: ['Display name', '表示名'] };
const read: Question = { roles: ['checkbox', 'option', 'treeitem', 'switch'], names: ['Read Computers'] };

/** The answer: the found element's id, with its score where that is not 1; `ambiguous a b`; `absent: why`. */
const cases: Case[] = [
  ['a button', '<button id=a>Save</button>', save, 'a'],
  ['another language', '<button id=a>保存</button>', save, 'a'],
  ['full-width, blanks and case', '<button id=a>  ＳＡＶＥ </button>', save, 'a'],
  ['a required field', '<label for=a>Display name <span>*</span></label><input id=a>', display, 'a'],
  ['a colon', '<label for=a>Display name:</label><input id=a>', display, 'a'],
  ['a full-width colon', '<label for=a>表示名：</label><input id=a>', display, 'a'],
  ['an icon font', '<style>#a::before{content:"\\e900"}</style><button id=a>Save</button>', save, 'a'],
  ['a placeholder alone', '<input id=a placeholder="Display name">', display, 'a'],
  ['a child with aria-label', '<button id=a><span aria-label="New">+</span></button>', create, 'a'],
  ['an icon with alt', '<button id=a><img alt=New src=""></button>', create, 'a'],
  ['generated text', '<style>#a::after{content:"w"}</style><button id=a>Ne</button>', create, 'a'],
  ['hidden text in the middle', '<button id=a>Sa<span hidden>x</span>ve</button>', save, 'a'],
  ['an embedded value', '<label><input id=a type=checkbox> Read <input value=Computers></label>', read, 'a'],
  ['open shadow root', `<x-a>${shadow('<button id=a>Save</button>')}</x-a>`, save, 'a'],
  ['open shadow root in a shadow root', `<x-a>${shadow(`<x-b>${shadow('<button id=a>Save</button>')}</x-b>`)}</x-a>`, save, 'a'],
  ['shadow root of a div', `<div>${shadow('<button id=a>Save</button>')}</div>`, save, 'a'],
  ['closed shadow root', `<x-a><template shadowrootmode=closed><button id=a>Save</button></template></x-a>`, save, 'absent: no button “Save”'],
  ['custom element around its native button', `<x-a role=button tabindex=0>${shadow('<button id=a><slot></slot></button>')}Save</x-a>`, save, 'a'],
  ['frame of the same origin', '<iframe srcdoc="<button id=a>Save</button>"></iframe>', save, 'a'],
  ['frame of another origin', '<iframe sandbox srcdoc="<button id=a>Save</button>"></iframe>', save, 'absent: no button “Save”'],
  ['hidden frame', '<iframe style="visibility:hidden" srcdoc="<button id=a>Save</button>"></iframe>', save, 'absent: button “Save” is not shown'],
  // look-alikes
  ['New site', '<button id=a>New site</button>', create, 'absent: no button “New”'],
  ['Renew', '<button id=a>Renew</button>', create, 'absent: no button “New”'],
  ['New beside New site', '<button id=a>New</button><button>New site</button><button>New…folder</button>', create, 'a'],
  ['Save as', '<button id=a>Save as</button><button>Save and close</button><button>Don’t save</button>', save, 'absent: no button “Save”'],
  ['API Roles and Clients', '<a href="#">API Roles and Clients</a>', apiRoles, 'absent: no tab or link “API Roles”'],
  ['API Roles beside API Roles and Clients', '<a href="#">API Roles and Clients</a><a href="#" id=a>API Roles</a>', apiRoles, 'a'],
  ['Read Computer Groups', '<label><input type=checkbox>Read Computer Groups</label><label><input type=checkbox>Read Computers (Beta)</label>', read, 'absent: no checkbox or option or treeitem or switch “Read Computers”'],
  ['another role', '<a href="#">Save</a><h2>Save</h2><div>Save</div>', save, 'absent: no button “Save”'],
  ['a text that is no control', '<p>Save</p><label>Save</label>', save, 'absent: no button “Save”'],
  ['a name that another attribute overrides', '<button aria-label="Delete">Save</button>', save, 'absent: no button “Save”'],
  // pictures with a name beside the text
  ['an entry with an arrow', '<ul role=menu><li role=none><div role=menuitem tabindex=0 id=a>New<span role=img aria-label=right><svg width=9 height=9></svg></span></div></ul>', { roles: ['menuitem'], names: ['New'] }, 'a 0.7'],
  ['an entry whose picture has a name of its own by hand', '<div role=menu><div role=menuitem tabindex=0 aria-label="Delete">New<img alt=x></div></div>', { roles: ['menuitem'], names: ['New'] }, 'absent: no menuitem “New”'],
  ['a label with a question mark', '<label for=a>Display name <span role=img aria-label=question-circle><svg width=9 height=9></svg></span></label><input id=a>', display, 'a 0.7'],
  ['a label with more text beside its picture', '<label for=a>Display name of <img alt=x src=""> all</label><input id=a>', display, 'absent: no textbox “Display name”'],
  // a list for assistive technology beside the one that is seen
  ['in a box without size', '<div style="height:0;width:0;overflow:hidden"><button id=a>Save</button></div>', save, 'absent: button “Save” is without size'],
  ['in a section that opens', '<div style="height:0;overflow:hidden"><p>x</p><button id=a>Save</button></div>', save, 'a'],
  ['placed by itself, out of such a box', '<div style="height:0;width:0;overflow:hidden"><button id=a style="position:absolute;top:50px;left:50px">Save</button></div>', save, 'a'],
  ['out of a box without size', '<div style="height:0;width:0"><button id=a>Save</button></div>', save, 'a'],
  // counts, ellipses
  ['a count in brackets', '<div role=tablist><button role=tab id=a>API Roles (3)</button></div>', apiRoles, 'a 0.8'],
  ['a count in a badge', '<div role=tablist><button role=tab id=a>API Roles <span>3</span></button></div>', apiRoles, 'a 0.8'],
  ['a count beside the exact name', '<div role=tablist><button role=tab>API Roles (3)</button><button role=tab id=a>API Roles</button></div>', apiRoles, 'a'],
  ['two counts', '<div role=tablist><button role=tab id=a>API Roles (3)</button><button role=tab id=b>API Roles (4)</button></div>', apiRoles, 'ambiguous a b'],
  ['an ellipsis', '<button id=a>New…</button>', create, 'a 0.9'],
  ['cut off', '<a id=a href="#">API Ro…</a>', apiRoles, 'a 0.6'],
  ['cut off twice', '<a id=a href="#">API R…</a><a id=b href="#">API Ro...</a>', apiRoles, 'ambiguous a b'],
  ['cut off too early', '<a id=a href="#">A…</a>', apiRoles, 'absent: no tab or link “API Roles”'],
  ['cut off by style alone', '<a id=a href="#" style="display:block;width:20px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">API Roles</a>', apiRoles, 'a'],
  // unusable
  ['display none', '<button style="display:none">Save</button>', save, 'absent: button “Save” is not shown'],
  ['hidden ancestor', '<div hidden><button>Save</button></div>', save, 'absent: button “Save” is not shown'],
  ['visibility', '<div style="visibility:hidden"><button>Save</button></div>', save, 'absent: button “Save” is not shown'],
  ['closed details', '<details><summary>x</summary><button>Save</button></details>', save, 'absent: button “Save” is not shown'],
  ['closed dialog', '<dialog><button>Save</button></dialog>', save, 'absent: button “Save” is not shown'],
  ['aria-hidden', '<div aria-hidden=true><button>Save</button></div>', save, 'absent: button “Save” is hidden from assistive technology'],
  ['inert', '<div inert><button>Save</button></div>', save, 'absent: button “Save” is inert'],
  ['behind a modal dialog', '<button>Save</button><dialog id=modal><button id=a>Close</button></dialog>', save, 'absent: button “Save” is inert'],
  ['in a modal dialog, and behind it', '<button>Save</button><dialog id=modal><button id=a>Save</button></dialog>', save, 'a'],
  ['disabled', '<button disabled>Save</button>', save, 'absent: button “Save” is disabled'],
  ['disabled by its fieldset', '<fieldset disabled><button>Save</button></fieldset>', save, 'absent: button “Save” is disabled'],
  ['in the legend of a disabled fieldset', '<fieldset disabled><legend><button id=a>Save</button></legend></fieldset>', save, 'a'],
  ['aria-disabled', '<button aria-disabled=true>Save</button>', save, 'absent: button “Save” is disabled'],
  ['aria-disabled toolbar', '<div role=toolbar aria-disabled=true><button>Save</button></div>', save, 'absent: button “Save” is disabled'],
  ['without size', '<button style="width:0;height:0;padding:0;border:0;overflow:hidden">Save</button>', save, 'absent: button “Save” is without size'],
  ['covered', '<button>Save</button><div style="position:fixed;inset:0;background:#0008"></div>', save, 'absent: button “Save” is covered'],
  ['covered in its frame', '<iframe srcdoc="<button>Save</button>"></iframe><div style="position:fixed;inset:0"></div>', save, 'absent: button “Save” is covered'],
  ['covered by what lets the pointer through', '<button id=a>Save</button><div style="position:fixed;inset:0;pointer-events:none"></div>', save, 'a'],
  ['below the fold', '<div style="height:5000px"></div><button id=a>Save</button>', save, 'a'],
  ['scrolled away in a box', '<div style="height:100px;overflow:auto"><div style="height:500px"></div><button id=a>Save</button></div><p style="position:relative;height:900px;background:red">x</p>', save, 'a'],
  ['a checkbox drawn by its label', '<label style="position:relative"><input id=a type=checkbox style="opacity:0;width:0;height:0"><span>Read Computers</span></label>', read, 'a'],
  ['disabled beside an enabled one', '<button disabled>Save</button><button id=a>Save</button>', save, 'a'],
  ['an option in a closed select', '<select><option>x<option id=a>Read Computers</select>', read, 'a'],
  // duplicates, near, hints
  ['two', '<button id=a>Save</button><button id=b>Save</button>', save, 'ambiguous a b'],
  ['two wordings', '<button id=a>Save</button><button id=b>保存</button>', save, 'ambiguous a b'],
  ['by heading', '<h2>Sites</h2><button>New</button><h2>API Roles</h2><button id=a>New</button>', { ...create, near: { names: ['API Roles'] } }, 'a'],
  ['by a heading above', '<h1>API Roles</h1><h2>List</h2><button id=a>New</button><h1>Sites</h1><h2>List</h2><button>New</button>', { ...create, near: { names: ['API Roles'] } }, 'a'],
  ['by section', '<section aria-label="API Roles"><button id=a>New</button></section><section aria-label=Sites><button>New</button></section>', { ...create, near: { names: ['API Roles'] } }, 'a'],
  ['a heading in a section beside it', '<section><h2>API Roles</h2></section><section><button>New</button></section>', { ...create, near: { names: ['API Roles'] } }, 'absent: button “New” is not in “API Roles”'],
  ['by fieldset', '<fieldset><legend>API Roles</legend><button id=a>New</button></fieldset><button>New</button>', { ...create, near: { names: ['API Roles'] } }, 'a'],
  ['by tab', '<div role=tablist><button role=tab aria-selected=true aria-controls=p>API Roles</button><button role=tab aria-controls=q>API Clients</button></div><div id=p role=tabpanel><button id=a>New</button></div><div id=q role=tabpanel><button>New</button></div>', { ...create, near: { names: ['API Roles'] } }, 'a'],
  ['by a tab that is not selected', '<div role=tablist><button role=tab aria-selected=true>API Clients</button><button role=tab aria-selected=false>API Roles</button></div><button>New</button>', { ...create, near: { names: ['API Roles'] } }, 'absent: button “New” is not in “API Roles”'],
  ['by a heading in another shadow root', `<x-h>${shadow('<h2>API Roles</h2>')}</x-h><x-b>${shadow('<button id=a>New</button>')}</x-b>`, { ...create, near: { names: ['API Roles'] } }, 'a'],
  ['by dialog', '<button>New</button><div role=dialog aria-labelledby=h><h2 id=h>API Roles</h2><button id=a>New</button></div>', { ...create, near: { names: ['API Roles'] } }, 'a'],
  ['a hint breaks a tie', '<button>Save</button><button id=a class=primary>Save</button>', { ...save, hints: [{ selector: '.primary', since: '2026-11' }] }, 'a'],
  ['a hint finds nothing of another name', '<button class=primary>Delete</button>', { ...save, hints: [{ selector: '.primary', since: '2026-11' }] }, 'absent: no button “Save”'],
  ['a hint that is no selector', '<button id=a>Save</button><button id=b>Save</button>', { ...save, hints: [{ selector: ':::', since: '2026-11' }] }, 'ambiguous a b'],
  ['an option that stands outside of a list', '<div><div role=option id=a>Read Computers</div></div>', read, 'a'],
];

describe.each<BrowserKind>(['chromium', 'firefox'])('locate in %s', (kind) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch(kind);
    page = await openPage(browser, await bundleGuide());
  });
  afterAll(() => browser?.close());

  it.each(cases)('%s', async (_title, html, question, answer) => {
    const actual = await page.evaluate(
      async (text, { roles = ['button'], ...rest }) => {
        await showHtml(text);
        document.querySelector<HTMLDialogElement>('#modal')?.showModal();
        const located = guide.locate(document, { roles, ...rest });
        if (located.kind === 'found') return located.score === 1 ? located.element.id : `${located.element.id} ${located.score}`;
        return located.kind === 'absent' ? `absent: ${located.reason}` : `ambiguous ${located.candidates.map(({ element }) => element.id).join(' ')}`;
      },
      html,
      question,
    );
    expect(actual).toBe(answer);
  });

  it('finds a whole list of privileges in one pass', async () => {
    const result = await page.evaluate(async () => {
      const names = Array.from({ length: 600 }, (_, index) => `Read Thing ${'abcdefghij'[index % 10]}${index}x`);
      await showHtml(names.map((name, index) => (index % 2 ? `<label for=c${index}>${name}</label><input type=checkbox id=c${index}>` : `<label><input type=checkbox id=c${index}><span>${name}</span></label>`)).join(''));
      const located = guide.locateMany(document, names.map((name) => ({ roles: ['checkbox'], names: [name] })));
      return located.every((one, index) => one.kind === 'found' && one.element.id === `c${index}`) && located.length;
    });
    expect(result).toBe(600);
  });

  it('changes nothing in the page', async () => {
    const changes = await page.evaluate(async () => {
      await showHtml('<button>Save</button><label>Display name<input></label>');
      const observer = new MutationObserver(() => undefined);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      guide.locate(document, { roles: ['button'], names: ['Save'] });
      guide.locate(document, { roles: ['textbox'], names: ['Display name'], near: { names: ['x'] } });
      return observer.takeRecords().length;
    });
    expect(changes).toBe(0);
  });
});
