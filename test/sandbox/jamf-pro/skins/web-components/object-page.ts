import { html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { load, mintSecret, pathOf, remove, tabPath, words } from '../console.ts';
import type { FrameData, Rows, Secret, Tab } from '../data.ts';
import { ConsoleElement } from './console-element.ts';

interface Question {
  title: string;
  text: string;
  confirm: string;
  work: () => Promise<void>;
}

/** One role or client, and what can be done with it. */
class ObjectPage extends ConsoleElement {
  static override properties = {
    ...ConsoleElement.properties,
    tab: { attribute: false },
    objectId: { attribute: false },
    frame: { attribute: false },
    row: { state: true },
    question: { state: true },
    secret: { state: true },
  };
  declare tab: Tab;
  declare objectId: string;
  declare frame: FrameData;
  declare row: Rows[Tab] | undefined;
  declare question: Question | undefined;
  declare secret: Secret | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('tab') && !changed.has('objectId')) return;
    this.row = undefined;
    this.secret = undefined;
    void this.attempt(async () => {
      this.row = await load(this.tab, this.objectId);
    });
  }

  override render() {
    const { row, tab, objectId, question, secret } = this;
    if (row === undefined) return this.refusals();
    const may = this.frame.may[tab];
    return html`${this.heading(row.displayName)} ${this.refusals()}
      <dl>${this.facts(row).map(([title, value]) => html`<dt>${title}</dt><dd>${value}</dd>`)}</dl>
      <div class="actions">
        ${may.delete ? html`<wa-button variant="danger" appearance="outlined" @click=${() => this.askToDelete(row)}>${words.delete}</wa-button>` : nothing}
        ${tab === 'api-clients' && may.create ? html`<wa-button appearance="outlined" @click=${() => this.askForSecret()}>${words.generateSecret}</wa-button>` : nothing}
        ${may.update ? html`<wa-button variant="brand" @click=${() => this.go(pathOf(tab, objectId, '/edit'))}>${words.edit}</wa-button>` : nothing}
      </div>
      <wa-dialog label=${question?.title ?? ''} ?open=${question !== undefined} @wa-hide=${() => (this.question = undefined)}>
        ${question?.text}
        <wa-button slot="footer" data-dialog="close">${words.cancel}</wa-button>
        <wa-button slot="footer" variant="brand" @click=${() => this.answerYes()}>${question?.confirm}</wa-button>
      </wa-dialog>
      ${secret === undefined ? nothing : this.secretDialog(secret)}`;
  }

  private facts(row: Rows[Tab]): [string, unknown][] {
    const tags = (names: string[]) => names.map((name) => html`<wa-tag>${name}</wa-tag> `);
    if ('privileges' in row) return [[words.displayName, row.displayName], [words.rolePrivileges, tags(row.privileges)]];
    return [
      [words.displayName, row.displayName],
      [words.rolesOfClient, tags(row.authorizationScopes)],
      [words.lifetime, row.accessTokenLifetimeSeconds],
      [words.status, row.enabled ? words.enabled : words.disabled],
      [words.clientId, html`<code>${row.clientId}</code>`],
    ];
  }

  private secretDialog(secret: Secret) {
    const field = (label: string, value: string) =>
      html`<div class="copyable"><wa-input label=${label} readonly .value=${value}></wa-input><wa-copy-button value=${value} copy-label=${words.copyOf(label)}></wa-copy-button></div>`;
    return html`<wa-dialog open label=${words.secretTitle} @wa-after-hide=${() => (this.secret = undefined)}>
      <p>${words.secretOnce}</p>
      ${field(words.clientId, secret.clientId)} ${field(words.clientSecret, secret.clientSecret)}
      <wa-button slot="footer" variant="brand" data-dialog="close">${words.close}</wa-button>
    </wa-dialog>`;
  }

  private askToDelete(row: Rows[Tab]): void {
    const work = async (): Promise<void> => {
      await remove(this.tab, this.objectId);
      this.go(tabPath(this.tab));
    };
    this.question = { title: words.confirmDeleteTitle(row.displayName), text: words.confirmDelete, confirm: words.delete, work };
  }

  private askForSecret(): void {
    const work = async (): Promise<void> => {
      this.secret = await mintSecret(this.objectId);
    };
    this.question = { title: words.confirmSecretTitle, text: words.confirmSecret, confirm: words.createSecret, work };
  }

  private answerYes(): void {
    const { question } = this;
    this.question = undefined;
    if (question !== undefined) void this.attempt(question.work);
  }
}

customElements.define('object-page', ObjectPage);
