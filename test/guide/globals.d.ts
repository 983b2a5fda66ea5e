import type * as entry from './page-entry.ts';

/** Defined in the page by openPage (browser-page.ts). */
declare global {
  const guide: typeof entry;
  function showHtml(html: string): Promise<void>;
  function find(target: string): Element;
}
