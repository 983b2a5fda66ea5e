import type { APP_FILES } from './app-bundle.ts';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #171a2f; font: 15px/1.45 system-ui, sans-serif; color: #1f2437; }
  main { width: 360px; padding: 36px 40px; background: #fff; border-radius: 8px; }
  .brand { margin: 0; color: #e45785; font-weight: 700; letter-spacing: .04em; }
  h1 { margin: 4px 0 24px; font-size: 22px; }
  label { display: block; margin: 0 0 4px; }
  input { box-sizing: border-box; width: 100%; height: 40px; margin-bottom: 18px; padding: 0 12px; border: 1px solid #c6cad8; border-radius: 4px; font: inherit; }
  button { width: 100%; height: 42px; border: 0; border-radius: 4px; background: #e45785; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
  [role=alert] { padding: 10px 12px; background: #fdecee; color: #a3182c; border-radius: 4px; }
`;

/** The portal's sign-in; its script carries the fragment of the page that was asked for over the sign-in. */
export function signInPage(nonce: string, { failed, to }: { failed: boolean; to: string }): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <title>Check Point Infinity Portal - Sign in</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <main>
          <p class="brand">CHECK POINT</p>
          <h1>Sign in to Infinity Portal</h1>
          ${failed ? html`<p role="alert">The email or password is incorrect.</p>` : ''}
          <form method="post" action="/signin?to=${encodeURIComponent(to)}">
            <label for="email">Email</label>
            <input id="email" name="email" type="email" autocomplete="username" required />
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
            <button type="submit">Sign in</button>
          </form>
        </main>
        <script nonce="${nonce}">document.forms[0].action += location.hash;</script>
      </body>
    </html>`;
}

/** The empty page that the dashboard's bundle fills. */
export function appPage({ script, style }: typeof APP_FILES): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <meta name="viewport" content="width=device-width" />
        <title>Check Point Infinity Portal - Harmony Mobile</title>
        ${style === undefined ? '' : html`<link rel="stylesheet" href="${style}" />`}
        <script src="${script}" type="module"></script>
      </head>
      <body><div id="root"></div></body>
    </html>`;
}
