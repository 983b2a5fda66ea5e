import { html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { cellsOf, columnsOf, loadAll, pathOf, tabPath, TABS, words } from '../console.ts';
import type { FrameData, Rows, Tab } from '../data.ts';
import { ConsoleElement } from './console-element.ts';

/** The two lists behind their tabs. */
class ObjectList extends ConsoleElement {
  static override properties = { ...ConsoleElement.properties, tab: { attribute: false }, frame: { attribute: false }, rows: { state: true } };
  declare tab: Tab;
  declare frame: FrameData;
  declare rows: Rows[Tab][] | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('tab')) return;
    this.rows = undefined;
    this.errors = [];
    const { tab } = this;
    void this.attempt(async () => {
      const rows = await loadAll(tab);
      if (tab === this.tab) this.rows = rows;
    });
  }

  private opened(event: CustomEvent<{ name: string }>): void {
    const { name } = event.detail;
    if (name !== this.tab) this.go(tabPath(name as Tab));
  }

  override render() {
    return html`<wa-tab-group active=${this.tab} @wa-tab-show=${(event: CustomEvent<{ name: string }>) => this.opened(event)}>
      ${TABS.map(({ tab, title }) => html`<wa-tab panel=${tab}>${title}</wa-tab>`)}
      ${TABS.map(({ tab }) => html`<wa-tab-panel name=${tab}>${tab === this.tab ? this.list() : nothing}</wa-tab-panel>`)}
    </wa-tab-group>`;
  }

  private list() {
    const { tab } = this;
    return html`${this.frame.may[tab].create ? html`<div class="actions"><wa-button variant="brand" @click=${() => this.go(pathOf(tab, 'new'))}>${words.new}</wa-button></div>` : nothing}
      ${this.refusals()}
      <table>
        <thead>
          <tr>${columnsOf(tab).map((title) => html`<th scope="col">${title}</th>`)}</tr>
        </thead>
        <tbody>
          ${this.rows?.map(
            (row) => html`<tr>
              <td><a href=${pathOf(tab, row.id)} data-in-page>${row.displayName}</a></td>
              ${cellsOf(row).map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
      ${this.rows?.length === 0 ? html`<p>${words.nothingYet}</p>` : nothing}`;
  }
}

customElements.define('object-list', ObjectList);
