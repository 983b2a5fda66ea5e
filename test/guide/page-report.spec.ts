import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserKind } from '../setup/browsers.ts';
import { bundleGuide, launch, openPage } from './browser-page.ts';

const shadow = (html: string): string => `<template shadowrootmode="open">${html}</template>`;
const frame = (html: string): string => `<iframe srcdoc="${html.replaceAll('"', '&quot;')}"></iframe>`;

/** Everything of the console's own that the report is for. */
const consolePage = `
  <nav aria-label="Main"><ul><li><a href="#s">Settings</a></li><li><a href="#d">Devices</a></li></ul></nav>
  <main><h1>API Roles</h1>
    <div role=tablist><button role=tab aria-selected=true>API Roles</button><button role=tab>API Clients</button></div>
    <p><button>New</button></p><button disabled>Delete</button><button hidden>Hidden one</button>
    <form aria-label="Role"><label>Display name<input></label><label>Lifetime<input type=number> seconds</label>
      <label>Privileges<select multiple><option>Read Computers</select></label><label><input type=checkbox> Enable API Client</label></form>
    <x-a>${shadow('<button>In a shadow root</button>')}</x-a>${frame('<button>In a frame</button>')}
    <table><tr><th>Display name<th>ID</tr><tr><td><a href="#">Reporting</a><td>12</tr></table>
  </main>`;

/** Places where data of a tenant stands. */
const plants: [where: string, html: (planted: string) => string][] = [
  ['a text field', (planted) => `<label>Display name<input value="${planted}"></label>`],
  ['a field within its label', (planted) => `<label>Limit to <input value="${planted}"> seconds</label>`],
  ['a field within another’s label', (planted) => `<label><input type=checkbox> Limit to <input value="${planted}"> seconds</label>`],
  ['a select within another’s label', (planted) => `<label for=c>Limit to <select><option>${planted}</select></label><input type=checkbox id=c>`],
  ['a field that names a group', (planted) => `<input id=n value="${planted}"><div role=group aria-labelledby=n><button>x</button></div>`],
  ['a field in a button', (planted) => `<div role=button tabindex=0>Show <span role=textbox contenteditable>${planted}</span></div>`],
  ['a text area', (planted) => `<textarea aria-label=Notes>${planted}</textarea>`],
  ['a password field', (planted) => `<input type=password aria-label=Password value="${planted}">`],
  ['a hidden field', (planted) => `<input type=hidden value="${planted}">`],
  ['an option', (planted) => `<select aria-label=User><option>x<option selected>${planted}</select>`],
  ['an option of a listbox', (planted) => `<div role=listbox aria-label=Users><div role=option>${planted}</div></div>`],
  ['a combobox', (planted) => `<div role=combobox aria-label=User tabindex=0>${planted}</div>`],
  ['a tree', (planted) => `<div role=tree aria-label=Groups><div role=treeitem>${planted}</div></div>`],
  ['a cell', (planted) => `<table><tr><td>${planted}</table>`],
  ['a row’s header', (planted) => `<table><tr><th scope=row>${planted}<td>x</table>`],
  ['a link in a table', (planted) => `<table><tr><td><a href="#">${planted}</a></table>`],
  ['a button in a table', (planted) => `<table><tr><td><button>Delete ${planted}</button></table>`],
  ['a checkbox in a table', (planted) => `<table><tr><td><input type=checkbox aria-label="Select ${planted}"></table>`],
  ['a menu in a table', (planted) => `<table><tr><td><nav><a href="#">${planted}</a></nav></table>`],
  ['a heading in a grid', (planted) => `<div role=grid><div role=row><div role=gridcell><h3>${planted}</h3></div></div></div>`],
  ['a table’s name', (planted) => `<table aria-label="${planted}"><tr><td>x</table>`],
  ['an entry of a list', (planted) => `<ul><li>${planted}</ul>`],
  ['a link in a list', (planted) => `<ul><li><a href="#">${planted}</a></ul>`],
  ['a button in a list', (planted) => `<ul><li><button>${planted}</button></ul>`],
  ['a list in a list', (planted) => `<ul><li><ul><li><button aria-label="${planted}">x</button></ul></ul>`],
  ['a paragraph', (planted) => `<p>${planted}</p>`],
  ['a link in a sentence', (planted) => `<p>Changed by <a href="#">${planted}</a></p>`],
  ['a definition', (planted) => `<dl><dt>User<dd><a href="#">${planted}</a></dl>`],
  ['plain text', (planted) => `<div>${planted}</div>`],
  ['code', (planted) => `<code>${planted}</code>`],
  ['a picture', (planted) => `<img alt="${planted}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`],
  ['a description and other attributes', (planted) => `<button aria-description="${planted}" data-x="${planted}" id="${planted}" class="${planted}">x</button>`],
  ['a comment and a script', (planted) => `<!-- ${planted} --><script type="text/plain">${planted}</script>`],
  ['what is not shown', (planted) => `<div hidden><h2>${planted}</h2></div>`],
  ['a frame’s table', (planted) => frame(`<table><tr><td>${planted}</table>`)],
  ['a shadow root’s list', (planted) => `<x-a>${shadow(`<ul><li><a href="#">${planted}</a></ul>`)}</x-a>`],
];

/** What looks like somebody’s wherever it stands. */
const personal = ['1979ca82-1337-c0de-1012-82a008a3bf70', 'amelia.chen@acme.example', 'C02ZK1ABMD6T', 'F9FXH2K1JC', '490154203237518', `aB3-_${'x9Y'.repeat(19)}Zz`, '2026', '3f2a9c81d0b7e6a5f4c3d2b1a09f8e7d6c5b4a39', 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'];
const anywhere: [where: string, html: (planted: string) => string][] = [
  ['a heading', (planted) => `<h1>${planted}</h1>`],
  ['a sentence on a button', (planted) => `<button>Send it all to the person whose address is, if I am right: ${planted} now</button>`],
  ['a link in the navigation', (planted) => `<nav><ul><li><a href="#">${planted}</a></ul></nav>`],
  ['a tab', (planted) => `<div role=tablist><button role=tab>${planted}</button></div>`],
  ['a dialog', (planted) => `<div role=dialog aria-label="${planted}">x</div>`],
];

/** More with `EVERYTHING=1`, which `npm run test:guide` sets. */
const rounds = process.env['EVERYTHING'] ? 8 : 2;

/** Always the same numbers. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each<BrowserKind>(['chromium', 'firefox'])('the page report in %s', (kind) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch(kind);
    page = await openPage(browser, await bundleGuide());
  });
  afterAll(() => browser?.close());

  const report = (html: string, address = '/view/settings'): Promise<string> => page.evaluate(async (text, where) => (await showHtml(text), guide.reportPage(document, where, 'New')), html, address);

  it('has roles, names and structure', async () => {
    expect((await report(consolePage, '/view/settings/system-settings/api-roles-and-clients')).split('\n').map((line) => line.replace(/ covered$/, ''))).toEqual([
      'looked for: New',
      'address: /view/settings/system-settings/api-roles-and-clients',
      'language: en',
      'navigation “Main” <nav>',
      '  list unnamed <ul>',
      '    listitem unnamed <li>',
      '      link “Settings” <a>',
      '    listitem unnamed <li>',
      '      link “Devices” <a>',
      'main unnamed <main>',
      '  heading “API Roles” <h1>',
      '  tablist unnamed <div>',
      '    tab “API Roles” <button>',
      '    tab “API Clients” <button>',
      '  button “New” <button>',
      '  button “Delete” <button> disabled',
      '  form “Role” <form>',
      '    textbox “Display name” <input>',
      '    spinbutton “Lifetime seconds” <input>',
      '    listbox “Privileges” <select>',
      '      option (name of 14) <option>',
      '    checkbox “Enable API Client” <input>',
      '  button “In a shadow root” <button>',
      '  html-iframe unnamed <iframe>',
      '    button “In a frame” <button>',
      '  table unnamed <table>',
      '    row unnamed <tr>',
      '      columnheader (name of 12) <th>',
      '      columnheader (name of 2) <th>',
      '    row unnamed <tr>',
      '      cell (name of 9) <td>',
      '        link (name of 9) <a>',
      '      cell (name of 2) <td>',
    ]);
  });

  it.each(plants)('nothing of %s', async (_where, html) => {
    const random = randomFrom(7);
    const word = (length: number): string => Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz'[random(26)]).join('');
    const first = ['Amelia', 'Kenji', 'Zoë', '健二', 'María José'];
    for (let round = 0; round < rounds; round++) {
      const name = `${first[random(first.length)] ?? ''} ${word(3 + random(8))}`;
      const planted = round % 2 === 0 ? name : `${word(4 + random(40))}-${String(random(1e9))}`;
      const text = await report(`${consolePage}${html(planted)}`);
      expect(text).toContain('button “New” <button>');
      for (const part of planted.split(/[ -]/)) expect([planted, text.includes(part)]).toEqual([planted, false]);
    }
  });

  it.each(anywhere)('nothing that looks like an ID, an address or a number of somebody, in %s', async (_where, html) => {
    for (const planted of personal) {
      const text = await report(html(planted));
      expect(text).toContain('(name of ');
      // Not a part of it either.
      for (let at = 0; at + 6 <= planted.length; at++) expect([planted, text.includes(planted.slice(at, at + 6))]).toEqual([planted, false]);
    }
  });

  it.each([
    ['/view/settings/system-settings/api-roles-and-clients', '/view/settings/system-settings/api-roles-and-clients'],
    ['/jamf/view/settings/api-roles/3/edit?token=abc#x', '/jamf/view/settings/api-roles/3/edit'],
    ['/computers.html?id=12&q=amelia', '/computers.html'],
    ['/api-clients/1234/edit', '/api-clients/#/edit'],
    ['/devices/C02ZKMABGD6T/1979ca82-1337-c0de-1012-82a008a3bf70', '/devices/#/#'],
    ['/users/amelia@acme.example/%E5%81%A5', '/users/#/#'],
    ['/%', '/#'],
  ])('the address %s', async (address, expected) => {
    expect((await report('', address)).split('\n')[1]).toBe(`address: ${expected}`);
  });

  it('is not longer than anybody reads', async () => {
    const buttons = Array.from({ length: 5_000 }, (_, index) => `<button>Button ${'abcdefghij'[index % 10] ?? ''}</button>`).join('');
    const lines = (await report(buttons)).split('\n');
    expect(lines).toHaveLength(800);
    const rows = Array.from({ length: 2_500 }, () => '<tr><td>x</tr>').join('');
    const short = (await report(`<table>${rows}</table><button>New</button>`)).split('\n');
    expect(short.length).toBeLessThan(40);
    expect(short.at(-1)).toContain('button “New” <button>');
  });

  it('a list of many is told by its first ones, wherever they are', async () => {
    const text = await report(`<div role=listbox aria-label=Privileges>${'<div role=option>x</div>'.repeat(500)}</div>`);
    expect(text.split('\n').filter((line) => line.includes('option'))).toHaveLength(8);
  });

  it('changes nothing in the page', async () => {
    const changes = await page.evaluate(async (html) => {
      await showHtml(html);
      const observer = new MutationObserver(() => undefined);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      guide.reportPage(document, '/', 'New');
      return observer.takeRecords().length;
    }, consolePage);
    expect(changes).toBe(0);
  });
});
