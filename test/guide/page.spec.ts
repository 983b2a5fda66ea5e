import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JamfProControl } from '../../lib/consoles/jamf-pro/guide.ts';
import type { BrowserKind } from '../setup/browsers.ts';
import { bundleGuide, launch, openPage } from './browser-page.ts';

const shadow = (html: string): string => `<template shadowrootmode="open">${html}</template>`;
const frame = (html: string, attributes = ''): string => `<iframe ${attributes} srcdoc="${html.replaceAll('"', '&quot;')}"></iframe>`;

const id = '1979ca82-1337-c0de-1012-82a008a3bf70';
const otherId = '2b0e1c3d-0000-4000-8000-00000000abcd';
const secret = `aB3-_${'x9Y'.repeat(19)}Zz`;
const otherSecret = `Q7${'w_4'.repeat(20)}ab`;
const hash = '3f2a9c81d0b7e6a5f4c3d2b1a09f8e7d6c5b4a39';

const dialog = (html: string): string => `<div role=dialog>${html}</div>`;
const input = (label: string, value: string): string => `<label>${label}<input readonly value="${value}"></label>`;
const row = (label: string, value: string): string => `<tr><th>${label}</th><td><code>${value}</code><button>Copy</button></td></tr>`;
const both = input('Client ID', id) + input('Client Secret', secret);

/** `shown` stands for the ID and the secret above. */
const secrets: [what: string, html: string, kind: 'shown' | 'unreadable' | 'none', open?: 'modal'][] = [
  ['plain fields in a dialog', dialog(both), 'shown'],
  ['a modal dialog', `<dialog id=modal>${both}</dialog>`, 'shown', 'modal'],
  ['labels by reference', dialog(`<span id=a>Client ID</span><input aria-labelledby=a value="${id}"><span id=b>Client Secret:</span><input aria-labelledby=b value="${secret}">`), 'shown'],
  ['a password field', dialog(input('Client ID', id) + `<label>Client secret<input type=password value="${secret}"></label>`), 'shown'],
  ['a text area', dialog(input('Client ID', id) + `<label>Client secret<textarea>${secret}</textarea></label>`), 'shown'],
  ['code in the rows of a table', dialog(`<table>${row('Client ID', id)}${row('Client Secret', secret)}</table>`), 'shown'],
  ['code in the rows of a table, no dialog', `<main><h1>Keyferry: Org</h1><table>${row('Client ID', id)}${row('Client Secret', secret)}</table></main>`, 'shown'],
  ['a list of definitions', `<main><dl><dt>Client ID<dd>${id}<dt>Client Secret<dd>${secret}</dl></main>`, 'shown'],
  ['straight in the page, right under its name', `<main><p>${id}</p><h2>Client Secret</h2><p><code>${secret}</code></p></main>`, 'shown'],
  ['cut off by style alone', dialog(`<p>Client Secret</p><code style="display:block;width:4em;overflow:hidden;text-overflow:ellipsis">${secret}</code><p>${id}</p>`), 'shown'],
  ['shadow roots', `<x-dialog role=dialog>${shadow(`<x-a>${shadow(`<p>Client ID</p><p>${id}</p>`)}</x-a><x-b>${shadow(`<p>Client Secret</p><code>${secret}</code>`)}</x-b>`)}</x-dialog>`, 'shown'],
  ['content slotted into a dialog', `<x-dialog>${shadow('<div role=dialog><h2>New</h2><slot></slot></div>')}<p>Client ID</p><p>${id}</p><p>Client Secret</p><p>${secret}</p></x-dialog>`, 'shown'],
  ['a frame', frame(dialog(both)), 'shown'],
  ['swapped labels', dialog(input('Client ID', secret) + input('Client Secret', id)), 'shown'],
  ['no labels, in a dialog with an ID', dialog(`<p>Copy these now.</p><code>${id}</code><code>${secret}</code>`), 'shown'],
  ['Japanese labels', dialog(input('クライアント ID', id) + input('クライアントシークレット', secret)), 'shown'],
  ['Japanese labels, no dialog', `<main><div><p>クライアント シークレット</p><p>${secret}</p></div><p>${id}</p></main>`, 'shown'],
  ['an ID behind the dialog', `<p>${id}</p>${dialog(input('Client Secret', secret))}`, 'shown'],
  ['another ID behind the dialog', `<p>${otherId}</p>${dialog(both)}`, 'shown'],
  ['the secret twice', dialog(`${both}<code>${secret}</code>`), 'shown'],
  ['a session token beside it', `<div><span>${hash}</span></div>${dialog(both)}`, 'shown'],
  ['a session token below it', `${dialog(both)}<div><span>${hash}</span></div>`, 'shown'],
  // not in full
  ['dots in a field', dialog(input('Client ID', id) + input('Client Secret', '••••••••••••')), 'unreadable'],
  ['stars in a password field', dialog(`<label>Client Secret<input type=password value="********************"></label>`), 'unreadable'],
  ['dots in the text', dialog(`<p>Client Secret</p><p>••••••••••••••••</p><p>${id}</p>`), 'unreadable'],
  ['all but the end is dots', dialog(`<p>Client Secret</p><p>••••••••••••9Zz</p><p>${id}</p>`), 'unreadable'],
  ['cut off with an ellipsis', dialog(`<p>Client Secret</p><p>${secret.slice(0, 12)}…</p><p>${id}</p>`), 'unreadable'],
  ['cut off with three dots in a field', dialog(input('Client ID', id) + input('Client Secret', `${secret.slice(0, 12)}...`)), 'unreadable'],
  ['two secrets', dialog(both + input('Client Secret', otherSecret)), 'unreadable'],
  ['without an ID', dialog(input('Client Secret', secret)), 'unreadable'],
  ['with two IDs', dialog(both + input('Role ID', otherId)), 'unreadable'],
  ['two IDs and no dialog', `<main><div>${input('Client Secret', secret)}</div><p>${id}</p><p>${otherId}</p></main>`, 'unreadable'],
  // nothing
  ['an empty page', '', 'none'],
  ['the question before it', dialog('<h2>Create client secret</h2><p>This can be seen once.</p><button>Create Secret</button>'), 'none'],
  ['a dialog at work', dialog('<h2>Client Secret</h2><p>Creating...</p><p>Please wait…</p>'), 'none'],
  ['a client’s page', `<main><h1>Keyferry: Org</h1><p>Client ID</p><p>${id}</p><button>Generate Client Secret</button></main>`, 'none'],
  ['a token elsewhere', `<main><p>${id}</p></main><footer><span>${hash}</span></footer>`, 'none'],
  ['a hash below a page that speaks of the secret', `<div id=root><header><h2>Client Secret</h2></header><main><p>Client ID</p><p>${id}</p></main><footer><span>${hash}</span></footer></div>`, 'none'],
  ['a hash on the page of a client', `<main><section><h2>Client Secret</h2><button>Generate Client Secret</button></section><p>${id}</p><p>${hash}</p></main>`, 'none'],
  ['dots on a client’s page', `<main><section><h2>Client Secret</h2><p>••••••••••••</p></section><p>${id}</p></main>`, 'none'],
  ['a hash straight in the body', `<h2>Client Secret</h2><p>${id}</p><p>${hash}</p>`, 'none'],
  ['a hash in another row', `<table><tbody><tr><td>${hash}</td></tr></tbody></table><p>${id}</p>`, 'none'],
  ['in a script and in hidden fields', `<script>var token = "${secret}"</script><form>${both.replaceAll('<input', '<input type=hidden')}</form>`, 'none'],
  ['in an attribute', dialog(`<p data-secret="${secret}">Client Secret</p><p>${id}</p>`), 'none'],
  ['not shown', dialog(`<div hidden>${both}</div>`), 'none'],
  ['invisible', dialog(`<div style="visibility:hidden">${both}</div>`), 'none'],
  ['in a closed dialog', `<dialog>${both}</dialog>`, 'none'],
  ['in a frame that is not shown', frame(dialog(both), 'style="display:none"'), 'none'],
  ['in an invisible frame', frame(dialog(both), 'style="visibility:hidden"'), 'none'],
  ['in a frame of another origin', frame(dialog(both), 'sandbox'), 'none'],
  ['in a sentence', dialog(`<p>Client Secret: ${secret} (copy it)</p><p>${id}</p>`), 'none'],
  ['too short', dialog(`<p>Client Secret</p><p>${secret.slice(0, 39)}</p><p>${id}</p>`), 'none'],
];

const at = 'https://acme.jamfcloud.com';
const list = '/view/settings/system-settings/api-roles-and-clients';
/** Nothing but addresses and roles is as in the languages that are known. */
const german = {
  home: `<nav><a id=settings href="${at}/view/settings">Einstellungen</a><a href="${at}/view/users">Benutzer</a></nav>`,
  settings: `<nav><a id=settings href="${at}/view/settings/">Einstellungen</a></nav><a id=rolesAndClients href="${at}${list}">API-Rollen und -Clients</a><a href="${at}${list}-alt">Andere</a>`,
  list: `<div role=tablist><button role=tab id=rolesTab aria-selected=true>API-Rollen</button><button role=tab id=clientsTab aria-selected=false>API-Clients</button></div><a id=new href="${at}${list}/api-roles/new">Neu</a>`,
  roleForm: '<form><label>Anzeigename<input id=name></label><label>Rechte<input id=privileges role=combobox></label><button type=button>Abbrechen</button><button id=save type=submit>Sichern</button></form>',
  clientForm: '<form><label>Anzeigename<input id=name></label><label>Rollen<select multiple id=roles><option>a</select></label><label>Gültigkeit<input id=lifetime type=number></label><label><input type=checkbox id=enabled>Aktiv</label><button id=save type=submit>Sichern</button></form>',
};
/** The controls found by their place, which have their id. */
const places: [what: string, html: string, address: string, found: JamfProControl[]][] = [
  ['home', german.home, '/view/dashboard', ['settings']],
  ['settings', german.settings, '/view/settings', ['settings', 'rolesAndClients']],
  ['list', german.list, list, ['rolesTab', 'clientsTab', 'new']],
  ['list below a context path', german.list, `/jamf${list}/?tab=api-roles`, ['rolesTab', 'clientsTab', 'new']],
  ['tabs of another page', german.list, '/view/settings', ['new']],
  ['three tabs', german.list.replace('</div>', '<button role=tab>Mehr</button></div>'), list, ['new']],
  ['role form', german.roleForm, `${list}/api-roles/new`, ['name', 'privileges', 'save']],
  ['client form', german.clientForm, `${list}/api-clients/7/edit`, ['name', 'roles', 'lifetime', 'enabled', 'save']],
  ['forms elsewhere', german.roleForm + german.clientForm, '/accounts.html', []],
  ['a form of two names', `<label>Noch eins<input></label>${german.roleForm}`, `${list}/api-roles/new`, ['privileges', 'save']],
  ['two that store', `${german.roleForm}<button>Auch</button><form><button type=submit>Suchen</button></form>`, `${list}/api-roles/new`, ['name', 'privileges']],
  ['greyed out', german.roleForm.replace('id=save', 'disabled'), `${list}/api-roles/new`, ['name', 'privileges']],
  ['two ways to the settings', german.home.repeat(2), '/view/dashboard', []],
  // Never another one in the place of the one that is known.
  ['a disabled Save beside another', `${german.roleForm}<button disabled>Save</button>`, `${list}/api-roles/new`, ['name', 'privileges']],
  ['two Saves beside another', `${german.roleForm}<button>Save</button><button>Save</button>`, `${list}/api-roles/new`, ['name', 'privileges']],
];

/** Which control, found how: its id and score, or what else. */
const finds: [what: string, html: string, control: JamfProControl, answer: string][] = [
  ['the title of a card', `<a id=a href="${at}${list}"><h3>API Roles and Clients</h3><p>Control access to the API.</p></a>`, 'rolesAndClients', 'a 0.7'],
  ['the title of a card in Japanese', `<a id=a href="#"><h3>API ロールとクライアント</h3><p>アクセス</p></a>`, 'rolesAndClients', 'a 0.7'],
  ['the title of a card, not in its sentence', '<a href="#"><h3>Sites</h3><p>API Roles and Clients</p></a>', 'rolesAndClients', 'absent'],
  ['a card beside the link itself', '<a href="#x"><h3>API Roles and Clients</h3><p>x</p></a><a id=a href="#y">API Roles and Clients</a>', 'rolesAndClients', 'a 1'],
  ['“New” beside “site” on one line', '<button><span>New</span> <span>site</span></button>', 'new', 'absent'],
  ['“New” above “site”', '<button id=a><div>New</div><div>site</div></button>', 'new', 'a 0.7'],
  ['two links to one page', `<nav><a id=a href="${at}${list}">API Roles and Clients</a></nav><a href="${at}${list}">API Roles and Clients</a>`, 'rolesAndClients', 'a 1'],
  ['two links to two pages', `<a href="${at}${list}">API Roles and Clients</a><a href="${at}/x">API Roles and Clients</a>`, 'rolesAndClients', 'ambiguous'],
  ['blanks beside Japanese', '<button id=a>保 存</button>', 'save', 'a 1'],
  ['no blank where there is one', '<a id=a href="#">APIロールとクライアント</a>', 'rolesAndClients', 'a 1'],
  ['full-width letters', '<a id=a href="#">ＡＰＩ　ロールとクライアント</a>', 'rolesAndClients', 'a 1'],
  ['blanks between Latin words matter', '<button>Create new API</button><button>Createnew</button>', 'new', 'absent'],
];

describe.each<BrowserKind>(['chromium', 'firefox'])('the page as the guide sees it in %s', (kind) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch(kind);
    page = await openPage(browser, await bundleGuide());
  });
  afterAll(() => browser?.close());

  describe('the secret', () => {
    it.each(secrets)('%s', async (_what, html, expected, open) => {
      const read = await page.evaluate(
        async (text, how) => {
          await showHtml(text);
          if (how) document.querySelector<HTMLDialogElement>('#modal')?.showModal();
          const observed = new guide.ObservedPage(document, '/', guide.jamfProGuide);
          const { secret: said } = observed;
          return { said, ...observed.readSecret() };
        },
        html,
        open,
      );
      expect(read).toEqual(expected === 'shown' ? { said: 'shown', kind: 'shown', clientId: id, secret } : { said: expected, kind: expected });
    });
  });

  describe('by its place', () => {
    it.each(places)('%s', async (_what, html, address, expected) => {
      const found = await page.evaluate(
        async (text, where) => {
          await showHtml(text);
          const observed = new guide.ObservedPage(document, where, guide.jamfProGuide);
          return (Object.keys(guide.jamfProGuide.controls) as JamfProControl[]).flatMap((one) => {
            const located = observed.find(one);
            return located.kind === 'found' ? [`${one} ${located.element.id} ${located.score}`] : [];
          });
        },
        html,
        address,
      );
      expect(found.sort()).toEqual(expected.map((one) => `${one} ${one} 0.5`).sort());
    });
  });

  describe('by its name', () => {
    it.each(finds)('%s', async (_what, html, control, expected) => {
      const answer = await page.evaluate(
        async (text, one) => {
          await showHtml(text);
          const located = new guide.ObservedPage(document, '/', guide.jamfProGuide).find(one);
          return located.kind === 'found' ? `${located.element.id} ${located.score}` : located.kind;
        },
        html,
        control,
      );
      expect(answer).toBe(expected);
    });
  });

  describe('by what was pointed at', () => {
    const version = '<p>Jamf Pro 11.31.0</p>';
    const other = '<p>Jamf Pro 11.32.0</p>';
    /** `#p` is pointed at in the first page; the answer is the id of what is found for Save in the second. */
    it.each<[what: string, before: string, after: string, answer: string]>([
      ['its name', `${version}<button id=p>Store</button>`, `${version}<div><button>Else</button><button id=a>Store</button></div>`, 'a 0.7'],
      ['its place, where the name is there twice', `${version}<button>Store</button><button id=p>Store</button>`, `${version}<button>Store</button><button id=a>Store</button>`, 'a 0.7'],
      ['its place, where it has no name', `${version}<button></button><button id=p></button>`, `${version}<button></button><button id=a></button>`, 'a 0.7'],
      ['its place in a shadow root', `${version}<x-a>${shadow('<button></button><button id=p></button>')}</x-a>`, `${version}<x-a>${shadow('<button></button><button id=a></button>')}</x-a>`, 'a 0.7'],
      ['its place in a frame', version + frame('<button></button><button id=p></button>'), version + frame('<button></button><button id=a></button>'), 'a 0.7'],
      ['one of several of the known name', `${version}<button>Save</button><button id=p>Save</button>`, `${version}<button>Save</button><button id=a>Save</button>`, 'a 0.7'],
      ['a name without end', `${version}<button id=p>${'Store it all '.repeat(50)}</button>`, `${version}<p>x</p><button id=a>${'Store it all '.repeat(50)}</button>`, 'a 0.7'],
      ['a page that does not say its version', '<button id=p>Store</button>', '<p>x</p><button id=a>Store</button>', 'a 0.7'],
      ['the known name goes first', `${version}<button id=p>Store</button>`, `${version}<button>Store</button><button id=a>Save</button>`, 'a 1'],
      ['another version', `${version}<button id=p>Store</button>`, `${other}<button id=a>Store</button>`, 'absent'],
      ['another role', `${version}<button id=p>Store</button>`, `${version}<a href="#">Store</a>`, 'absent'],
      ['greyed out', `${version}<button id=p>Store</button>`, `${version}<button disabled>Store</button>`, 'absent'],
      ['another place, where it has no name', `${version}<button id=p></button>`, `${version}<div><button></button></div>`, 'absent'],
    ])('%s', async (_what, before, after, expected) => {
      const answer = await page.evaluate(
        async (first, second) => {
          const Observed = guide.ObservedPage;
          await showHtml(first);
          const inner = [document, ...[...document.querySelectorAll('*')].flatMap((one) => one.shadowRoot ?? (one as HTMLIFrameElement).contentDocument ?? [])];
          const element = inner.map((root) => root.querySelector('#p')).find((one) => one !== null)!;
          const pointed = { control: 'save', role: guide.roleOf(element), name: guide.pointedNameOf(element), path: guide.pathOf(element), version: new Observed(document, '/', guide.jamfProGuide).version };
          await showHtml(second);
          const located = new Observed(document, '/', guide.jamfProGuide, [{ ...pointed, control: 'new' }, pointed]).find('save');
          return located.kind === 'found' ? `${located.element.id} ${located.score}` : located.kind;
        },
        before,
        after,
      );
      expect(answer).toBe(expected);
    });
  });

  describe('what it shows', () => {
    it.each<[what: string, html: string, text: string, isShown: boolean]>([
      ['a heading', '<h1>Keyferry: Org</h1>', 'Keyferry: Org', true],
      ['a part of a text', '<h1>Keyferry: Org and more</h1>', 'Keyferry: Org', false],
      ['a field’s value', '<input value="Keyferry: Org">', 'Keyferry: Org', true],
      ['a text in parts', '<p>Read <b>Computers</b></p>', 'Read Computers', true],
      ['a text field that is hidden', '<input type=hidden value="Keyferry: Org">', 'Keyferry: Org', false],
      ['a hidden text', '<p hidden>Keyferry: Org</p>', 'Keyferry: Org', false],
      ['one that is hidden and one that is shown', '<p hidden>Keyferry: Org</p><p>Keyferry: Org</p>', 'Keyferry: Org', true],
      ['in a shadow root', `<x-a>${shadow('<p>Keyferry: Org</p>')}</x-a>`, 'Keyferry: Org', true],
      ['in a frame', frame('<p>Keyferry: Org</p>'), 'Keyferry: Org', true],
      ['in a script', '<script>Keyferry: Org</script>', 'Keyferry: Org', false],
      ['with blanks beside Japanese', '<p>API ロール</p>', 'APIロール', true],
    ])('%s', async (_what, html, text, isShown) => {
      const answer = await page.evaluate(async (content, one) => (await showHtml(content), new guide.ObservedPage(document, '/', guide.jamfProGuide).shows(one)), html, text);
      expect(answer).toBe(isShown);
    });

    it.each<[what: string, html: string, kind: string]>([
      ['a row’s link', '<table><tr><td><a id=a href="#">Keyferry: Org</a><td>x</table>', 'a'],
      ['a row’s cell', '<table><tr><td id=a>Keyferry: Org<td>x</table>', 'a'],
      ['the link before a cell of the same name', '<table><tr><td>Keyferry: Org<td><a id=a href="#">Keyferry: Org</a></table>', 'a'],
      ['an entry of a list with a name', '<ul><li id=a aria-label="Keyferry: Org">x</ul>', 'a'],
      ['longer names', '<table><tr><td><a href="#">Keyferry: Org 2x</a></table>', 'absent'],
      ['two rows', '<table><tr><td><a href="#x">Keyferry: Org</a><tr><td><a href="#y">Keyferry: Org</a></table>', 'ambiguous'],
      ['a heading', '<h1>Keyferry: Org</h1>', 'absent'],
    ])('named: %s', async (_what, html, expected) => {
      const answer = await page.evaluate(async (content) => {
        await showHtml(content);
        const located = new guide.ObservedPage(document, '/', guide.jamfProGuide).findNamed('Keyferry: Org');
        return located.kind === 'found' ? located.element.id : located.kind;
      }, html);
      expect(answer).toBe(expected);
    });

    it.each<[what: string, html: string, answer: string]>([
      ['a row of a table', '<table><tr><td>Other<td>Active<td><button id=x>Edit</button><tr><td>Ours<td>Failed<td><button id=a>Edit</button></table>', 'a: Ours Failed Edit'],
      ['cards without roles', '<div><div><b>Other</b><button id=x>Edit</button></div><div><div><b>Ours</b></div><p>Failed</p><ul><li><button id=a>Edit</button><li><button>Delete</button></ul></div></div>', 'a: Ours Failed Edit Delete'],
      ['a table in a card', '<div><b>Other</b><button id=x>Edit</button></div><div><table><tr><th>Name<td>Ours</table><button id=a>Edit</button></div>', 'a: Name Ours Edit'],
      ['a row without one, beside another’s', '<table><tr><td>Other<td><button id=x>Edit</button><tr><td>Ours<td></table>', 'none'],
      ['two in its row', '<table><tr><td>Ours<td><button>Edit</button><button>Edit</button></table>', 'ambiguous: Ours Edit Edit'],
      ['greyed out', '<table><tr><td>Other<td><button id=x>Edit</button><tr><td>Ours<td><button id=a disabled>Edit</button></table>', 'none'],
      ['one for all cards', '<div><b>Other</b></div><div><b>Ours</b></div><button id=a>Edit</button>', 'a: Other Ours Edit'],
      ['a longer text', '<table><tr><td>Ours too<td><button>Edit</button></table>', 'none'],
      ['the text twice', '<table><tr><td>Ours<td><button>Edit</button><tr><td>Ours<td><button>Edit</button></table>', 'none'],
      ['not shown', '<table><tr hidden><td>Ours<td><button>Edit</button></table>', 'none'],
      ['in a shadow root', `<x-a>${shadow('<ul><li><b>Other</b><button>Edit</button><li><b>Ours</b><button id=a>Edit</button></ul>')}</x-a>`, 'a: Ours Edit'],
    ])('what stands together: %s', async (_what, html, expected) => {
      const answer = await page.evaluate(async (content) => {
        await showHtml(content);
        const part = new guide.ObservedPage(document, '/', guide.jamfProGuide).partWith('Ours', 'edit');
        const located = part?.find('edit');
        return part && located ? `${located.kind === 'found' ? located.element.id : located.kind}: ${part.texts.join(' ')}` : 'none';
      }, html);
      expect(answer).toBe(expected);
    });

    it.each<[what: string, html: string, says: [all: boolean, raised: boolean]]>([
      ['an alert', '<div role=alert>It <b>Failed</b></div>', [true, true]],
      ['a live region', '<div aria-live=polite>It failed</div>', [true, true]],
      ['a live region that holds the form', '<div aria-live=polite><p>It failed</p><input></div>', [true, false]],
      ['a word under a wrong field', '<input aria-invalid=true aria-describedby=e><p id=e>It failed</p>', [true, true]],
      ['a word under a right field', '<input aria-describedby=e><p id=e>It failed</p>', [true, false]],
      ['a text', '<p>It failed</p>', [true, false]],
      ['hidden', '<div role=alert hidden>It failed</div>', [false, false]],
      ['nothing of the kind', '<div role=alert>Saved</div>', [false, false]],
    ])('says: %s', async (_what, html, expected) => {
      const answer = await page.evaluate(async (content) => {
        await showHtml(content);
        const observed = new guide.ObservedPage(document, '/', guide.jamfProGuide);
        return [observed.says(/\bfailed\b/), observed.says(/\bfailed\b/, 'raised')];
      }, html);
      expect(answer).toEqual(expected);
    });

    it.each<[what: string, html: string, version: string]>([
      ['in a text', '<footer>Jamf Pro 11.31.0-t1751371582</footer>', '11.31.0'],
      ['alone', '<span>v11.5.1</span>', '11.5.1'],
      ['hidden', '<span hidden>v11.5.1</span>', ''],
      ['of a device', '<td>14.5.1.2</td><p>macOS 14.5.1</p>', ''],
      ['not at all', '<p>x</p>', ''],
    ])('version: %s', async (_what, html, expected) => {
      expect(await page.evaluate(async (content) => (await showHtml(content), new guide.ObservedPage(document, '/', guide.jamfProGuide).version), html)).toBe(expected);
    });

    it.each<[what: string, html: string, isBusy: boolean]>([
      ['aria-busy', '<main aria-busy=true>x</main>', true],
      ['aria-busy no more', '<main aria-busy=false>x</main>', false],
      ['a spinner', '<div role=progressbar>x</div>', true],
      ['a bar of so much', '<div role=progressbar aria-valuenow=40>x</div>', false],
      ['a progress element', '<progress></progress>', true],
      ['a progress element of so much', '<progress value=0.4></progress>', false],
      ['a spinner that is not shown', '<div role=progressbar hidden>x</div>', false],
      ['a spinner in a shadow root', `<x-a>${shadow('<progress></progress>')}</x-a>`, true],
      ['nothing of the kind', '<p>Loading</p>', false],
    ])('busy: %s', async (_what, html, isBusy) => {
      expect(await page.evaluate(async (content) => (await showHtml(content), new guide.ObservedPage(document, '/', guide.jamfProGuide).isBusy), html)).toBe(isBusy);
    });
  });
});
