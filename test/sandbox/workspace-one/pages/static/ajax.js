// How the console's pages talk to their server: HTML fragments by GET, forms by POST with the verification token, one envelope as answer.

export const BASE = '/AirWatch';

/** Ends with the sign-in page, and never comes back to the caller. */
const signInAgain = () => {
  location.reload();
  return new Promise(() => {});
};

/** @returns {Promise<{ path: string, html: string, ok: boolean }>} `path` = where redirects led to, below /AirWatch */
export async function getFragment(path) {
  const answer = await fetch(BASE + path, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  const html = await answer.text();
  if (html.includes('id="loginform"')) return await signInAgain();
  const { pathname, search } = new URL(answer.url);
  return { path: pathname.slice(BASE.length) + search, html, ok: answer.ok };
}

const token = () => document.querySelector('input[name="__RequestVerificationToken"]').value;

/** @param {FormData | Record<string, string>} fields */
export async function post(path, fields) {
  const body = fields instanceof FormData ? fields : new FormData();
  if (body !== fields) for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('__RequestVerificationToken', token());
  const answer = await fetch(BASE + path, { method: 'POST', body, headers: { 'X-Requested-With': 'XMLHttpRequest', RequestVerificationToken: token() } });
  const envelope = await answer.json();
  return envelope.IsSessionExpired ? await signInAgain() : envelope;
}

/** A piece of HTML from the server as elements. */
export function elementsOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}
