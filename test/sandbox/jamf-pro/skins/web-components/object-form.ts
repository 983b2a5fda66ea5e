import type WaInput from '@awesome.me/webawesome/dist/components/input/input.js';
import type WaSelect from '@awesome.me/webawesome/dist/components/select/select.js';
import type WaSwitch from '@awesome.me/webawesome/dist/components/switch/switch.js';
import type WaTreeItem from '@awesome.me/webawesome/dist/components/tree-item/tree-item.js';
import { html, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { formTitle, load, loadPrivileges, loadRoleNames, pathOf, save, tabPath, words } from '../console.ts';
import { BLANK } from '../data.ts';
import type { Inputs, Tab } from '../data.ts';
import { ConsoleElement } from './console-element.ts';

/** Of a role or a client. The fields tell this element what they hold, and it alone is what is saved. */
class ObjectForm extends ConsoleElement {
  static override properties = { ...ConsoleElement.properties, tab: { attribute: false }, objectId: { attribute: false }, input: { state: true }, names: { state: true } };
  declare tab: Tab;
  declare objectId: string | undefined;
  declare input: Inputs[Tab] | undefined;
  /** Of the privileges or roles there are to choose from. */
  declare names: string[] | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('tab') && !changed.has('objectId')) return;
    this.input = undefined;
    void this.attempt(async () => {
      const { tab, objectId } = this;
      const names = await (tab === 'api-roles' ? loadPrivileges() : loadRoleNames());
      this.input = objectId === undefined ? BLANK[tab] : await load(tab, objectId);
      this.names = names;
    });
  }

  private change(part: Partial<Inputs['api-roles'] & Inputs['api-clients']>): void {
    if (this.input !== undefined) this.input = { ...this.input, ...part };
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { tab, objectId, input } = this;
    if (input !== undefined) await this.attempt(async () => this.go(pathOf(tab, (await save(tab, objectId, input)).id)));
  }

  override render() {
    const { input, names, objectId, tab } = this;
    return html`${this.heading(formTitle(tab, objectId))} ${this.refusals()}
    ${input === undefined || names === undefined
      ? nothing
      : html`<form @submit=${(event: SubmitEvent) => this.submit(event)}>
          <wa-input
            name="displayName" label=${words.displayName} required autocomplete="off" .value=${input.displayName}
            @input=${(event: Event) => this.change({ displayName: (event.target as WaInput).value ?? '' })}
          ></wa-input>
          ${'privileges' in input ? this.privileges(input, names) : this.clientFields(input, names)}
          <div class="actions">
            <wa-button @click=${() => this.go(objectId === undefined ? tabPath(tab) : pathOf(tab, objectId))}>${words.cancel}</wa-button>
            <wa-button type="submit" variant="brand">${words.save}</wa-button>
          </div>
        </form>`}`;
  }

  /** A tree by verb, with a checkbox at every leaf. */
  private privileges(input: Inputs['api-roles'], names: string[]) {
    const groups = Map.groupBy(names, (name) => name.split(' ', 1)[0] ?? '');
    const chosen = (event: CustomEvent<{ selection: WaTreeItem[] }>): void => this.change({ privileges: event.detail.selection.flatMap((item) => item.dataset['name'] ?? []) });
    return html`<div>
      <span id="tree-label">${words.rolePrivileges}</span>
      <wa-tree class="tree" selection="leaf-multiple" aria-labelledby="tree-label" @wa-selection-change=${chosen}>
        ${[...groups].map(
          ([verb, members]) => html`<wa-tree-item ?expanded=${members.some((name) => input.privileges.includes(name))}>
            ${verb} ${members.map((name) => html`<wa-tree-item data-name=${name} ?selected=${input.privileges.includes(name)}>${name}</wa-tree-item>`)}
          </wa-tree-item>`,
        )}
      </wa-tree>
    </div>`;
  }

  private clientFields(input: Inputs['api-clients'], names: string[]) {
    return html`<wa-select
        label=${words.rolesOfClient} multiple with-clear .value=${input.authorizationScopes}
        @change=${(event: Event) => this.change({ authorizationScopes: [(event.target as WaSelect).value ?? []].flat() })}
      >
        ${names.map((name) => html`<wa-option value=${name}>${name}</wa-option>`)}
      </wa-select>
      <wa-input
        name="lifetime" type="number" min="1" step="1" required label=${words.lifetime} hint=${words.lifetimeHint} .value=${String(input.accessTokenLifetimeSeconds)}
        @input=${(event: Event) => this.change({ accessTokenLifetimeSeconds: Number((event.target as WaInput).value) })}
      ></wa-input>
      <wa-switch ?checked=${input.enabled} @change=${(event: Event) => this.change({ enabled: (event.target as WaSwitch).checked })}>${words.enableClient}</wa-switch>`;
  }
}

customElements.define('object-form', ObjectForm);
