/**
 * The console built of web components: Lit and Web Awesome. Everything lies in open shadow roots: the console's own element, its pages'
 * elements within, the library's within those.
 */
import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/callout/callout.js';
import '@awesome.me/webawesome/dist/components/card/card.js';
import '@awesome.me/webawesome/dist/components/copy-button/copy-button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/switch/switch.js';
import '@awesome.me/webawesome/dist/components/tab-group/tab-group.js';
import '@awesome.me/webawesome/dist/components/tab-panel/tab-panel.js';
import '@awesome.me/webawesome/dist/components/tab/tab.js';
import '@awesome.me/webawesome/dist/components/tag/tag.js';
import '@awesome.me/webawesome/dist/components/tree-item/tree-item.js';
import '@awesome.me/webawesome/dist/components/tree/tree.js';
import '@awesome.me/webawesome/dist/translations/ja.js';
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { SETTINGS_PATH } from '../../pages/paths.ts';
import { DASHBOARD_PATH, dashboardCards, loadFrame, NAVIGATION, refreshFrame, routeOf, SETTINGS_SECTIONS, tabPath, words } from '../console.ts';
import type { FrameData, Tab } from '../data.ts';
import './main.css';
import './object-form.ts';
import './object-list.ts';
import './object-page.ts';
import { sharedStyle } from './style.ts';

class ConsoleApp extends LitElement {
  static override properties = { frame: { state: true }, address: { state: true } };
  declare frame: FrameData | undefined;
  declare address: string;

  static override styles = [
    sharedStyle,
    css`
      :host { display: grid; grid: 56px 1fr / 264px 1fr; min-height: 100vh; }
      header { grid-column: 1 / -1; display: flex; align-items: center; justify-content: space-between; padding: 0 24px; background: #1f2a3d; color: #fff; }
      header a { color: inherit; }
      nav { display: flex; flex-direction: column; padding: 16px 12px; border-right: 1px solid #d8dde5; }
      nav a { padding: 9px 14px; border-radius: 6px; }
      nav a[aria-current] { background: #e6eefa; font-weight: 600; }
      main { padding: 24px 32px; min-width: 0; max-width: 1080px; }
    `,
  ];

  constructor() {
    super();
    this.address = '';
    addEventListener('popstate', () => this.show());
    this.addEventListener('click', (event) => this.follow(event));
    // An element of a page asks for another page.
    this.addEventListener('console-go', (event) => this.go((event as CustomEvent<string>).detail));
    void loadFrame().then((frame) => {
      this.frame = frame;
      this.show();
    });
  }

  /** Links of the console's own pages load no document. */
  private follow(event: MouseEvent): void {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (link === undefined || !('inPage' in link.dataset) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.go(link.href);
  }

  private go(href: string): void {
    history.pushState(null, '', href);
    this.show();
  }

  private show(): void {
    this.address = location.pathname + location.search;
    if (this.frame !== undefined) void refreshFrame(this.frame).then((frame) => (this.frame = frame));
  }

  private link(to: { href: string; document?: true }, content: unknown, className = ''): TemplateResult {
    return html`<a href=${to.href} class=${className} ?data-in-page=${to.document !== true}>${content}</a>`;
  }

  override render() {
    const { frame } = this;
    if (frame === undefined) return nothing;
    const route = routeOf(location);
    const active = route.page === 'dashboard' ? DASHBOARD_PATH : SETTINGS_PATH;
    return html`
      <header>
        ${this.link({ href: DASHBOARD_PATH }, html`${words.product} · ${frame.organization}`)}
        <form method="post" action="/logout">${words.accountMenu} <b>${frame.username}</b> <button type="submit">${words.logOut}</button></form>
      </header>
      <nav aria-label=${words.mainNavigation}>
        ${NAVIGATION.map((entry) => html`<a href=${entry.href} ?data-in-page=${entry.document !== true} aria-current=${entry.href === active ? 'page' : nothing}>${entry.title}</a>`)}
        <small>${frame.version}</small>
      </nav>
      <main>${this.page(frame)}</main>
    `;
  }

  private page(frame: FrameData): TemplateResult {
    const route = routeOf(location);
    switch (route.page) {
      case 'dashboard':
        return this.titled(words.dashboard, html`<div class="cards">${dashboardCards(frame).map((card) => this.link(card, html`<wa-card><b>${card.count}</b> ${card.title}</wa-card>`))}</div>`, []);
      case 'settings':
        return this.titled(
          words.settings,
          SETTINGS_SECTIONS.map(
            ({ title, cards }) => html`<h2>${title}</h2>
              <div class="cards">${cards.map((card) => this.link(card, html`<wa-card><strong>${card.title}</strong><div>${card.about ?? ''}</div></wa-card>`))}</div>`,
          ),
          [],
        );
      case 'list':
        return this.titled(words.apiRolesAndClients, html`<object-list .tab=${route.tab} .frame=${frame}></object-list>`, [{ href: SETTINGS_PATH, title: words.settings }]);
      case 'form':
        return html`${this.trail(this.trailOf(route.tab))}<object-form .tab=${route.tab} .objectId=${route.id}></object-form>`;
      case 'show':
        return html`${this.trail(this.trailOf(route.tab))}<object-page .tab=${route.tab} .objectId=${route.id} .frame=${frame}></object-page>`;
      case 'none':
        return this.titled(words.notFound, nothing, []);
    }
  }

  private readonly trailOf = (tab: Tab) => [{ href: SETTINGS_PATH, title: words.settings }, { href: tabPath(tab), title: words.apiRolesAndClients }];

  private trail(entries: readonly { href: string; title: string }[]): TemplateResult {
    return html`<p class="trail">${entries.map((entry) => html`${this.link(entry, entry.title)} / `)}</p>`;
  }

  private titled(title: string, content: unknown, trail: readonly { href: string; title: string }[]): TemplateResult {
    document.title = `${title} - ${words.product}`;
    return html`${trail.length === 0 ? nothing : this.trail(trail)}
      <h1>${title}</h1>
      ${content}`;
  }
}

customElements.define('console-app', ConsoleApp);
