import { html } from 'hono/html';
import type { Markup } from './layout.ts';
import type { Words } from './words.ts';

const ROWS_SHOWN = 25;

/** The first rows of a list and how many there are. */
export function table<T>(words: Words, columns: readonly string[], all: { length: number; at(index: number): T | undefined }, cellsOf: (row: T) => readonly string[]): Markup {
  const rows = Array.from({ length: Math.min(ROWS_SHOWN, all.length) }, (_, index) => all.at(index)).filter((row) => row !== undefined);
  return html`<p class="hint">${words.shown(rows.length, all.length)}</p>
    <table>
      <thead>
        <tr>
          ${columns.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cellsOf(row).map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}
