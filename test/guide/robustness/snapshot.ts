/**
 * Runs in a console's page: the whole page as static HTML, with open shadow roots, frames of the same origin, what fields hold,
 * and the rules of every style sheet.
 */
export function takeSnapshot(): string {
  const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
  const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  const rulesOf = (sheets: Iterable<CSSStyleSheet>): string => [...sheets].flatMap((sheet) => { try { return [...sheet.cssRules].map((rule) => rule.cssText); } catch { return []; } }).join('\n');
  const styleOf = (root: Document | ShadowRoot): string => `<style>${rulesOf([...root.styleSheets, ...root.adoptedStyleSheets]).replace(/<\//g, '<\\/')}</style>`;
  const write = (node: Node): string => {
    if (node.nodeType === 3) return escape(node.nodeValue ?? '');
    if (node.nodeType !== 1) return '';
    const element = node as HTMLElement;
    const tag = element.localName;
    if (tag === 'script' || tag === 'style' || tag === 'link' || tag === 'noscript') return '';
    const attributes = new Map([...element.attributes].map(({ name, value }) => [name, value]));
    const input = element as HTMLInputElement;
    if (tag === 'input') {
      if (input.type !== 'file') attributes.set('value', input.value);
      if (input.checked) attributes.set('checked', '');
      else attributes.delete('checked');
    }
    if (tag === 'option') {
      if ((element as HTMLOptionElement).selected) attributes.set('selected', '');
      else attributes.delete('selected');
    }
    if (tag === 'dialog' && element.matches(':modal')) {
      attributes.delete('open');
      attributes.set('data-modal', '');
    }
    if (tag === 'iframe') {
      attributes.delete('src');
      const inner = (element as HTMLIFrameElement).contentDocument;
      if (inner) attributes.set('srcdoc', `<!doctype html>${whole(inner)}`);
    }
    const opening = `<${tag}${[...attributes].map(([name, value]) => ` ${name}="${escape(value)}"`).join('')}>`;
    if (voids.has(tag)) return opening;
    const { shadowRoot } = element;
    const shadow = shadowRoot ? `<template shadowrootmode="open"${shadowRoot.slotAssignment === 'manual' ? ' shadowrootslotassignment="manual"' : ''}>${styleOf(shadowRoot)}${[...shadowRoot.childNodes].map(write).join('')}</template>` : '';
    const text = tag === 'textarea' ? escape((element as HTMLTextAreaElement).value) : [...element.childNodes].map(write).join('');
    return `${opening}${shadow}${text}</${tag}>`;
  };
  const whole = (document: Document): string => `<html lang="${document.documentElement.lang}"><head><base href="${location.origin}/">${styleOf(document)}</head>${write(document.body)}</html>`;
  return whole(document);
}
