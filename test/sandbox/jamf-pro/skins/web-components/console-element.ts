import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { messagesOf, words } from '../console.ts';
import { sharedStyle } from './style.ts';

/** A part of the console in a shadow root of its own: shows what the console refused, asks the console for other pages. */
export abstract class ConsoleElement extends LitElement {
  static override properties: Record<string, object> = { errors: { state: true } };
  static override styles = [sharedStyle];
  declare errors: string[];

  constructor() {
    super();
    this.errors = [];
  }

  protected go(href: string): void {
    this.dispatchEvent(new CustomEvent('console-go', { detail: href, bubbles: true, composed: true }));
  }

  protected async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.errors = messagesOf(error);
    }
  }

  protected refusals(): TemplateResult[] {
    return this.errors.map((message) => html`<wa-callout variant="danger" role="alert">${message}</wa-callout>`);
  }

  protected heading(title: string): TemplateResult {
    document.title = `${title} - ${words.product}`;
    return html`<h1>${title}</h1>`;
  }
}
