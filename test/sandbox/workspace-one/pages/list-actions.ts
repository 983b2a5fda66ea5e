import { html } from 'hono/html';
import { modal, tokenField, valmsg } from './layout.ts';
import type { Markup, PageFrame } from './layout.ts';

/** A button over a list that acts on the row that is selected; `{id}` in the action's path is that row's. */
export const rowButton = (label: string, action: Markup): Markup => html`<a href="#" class="btn needs-row" aria-disabled="true" role="button" ${action}>${label}</a>`;

export const rowRadio = (id: number): Markup => html`<input type="radio" name="GridSelection" value="${id}" />`;

/** The question before what cannot be taken back. */
export function pinDialog({ words, token }: PageFrame, action: string, question: string): Markup {
  const body = html`<form method="post" action="/AirWatch${action}" data-ajax autocomplete="off">
    ${tokenField(token)}
    <p>${question}</p>
    <p>${words.enterPin}</p>
    <div class="field"><label for="SecurityPin">${words.securityPin}</label><input type="password" id="SecurityPin" name="SecurityPin" maxlength="4" autocomplete="off" />${valmsg('SecurityPin')}</div>
    <div class="actions"><a href="#" class="btn" data-closes role="button">${words.cancel}</a><input type="submit" value="${words.continue}" /></div>
  </form>`;
  return modal(words, words.securityPin, body, 'small');
}
