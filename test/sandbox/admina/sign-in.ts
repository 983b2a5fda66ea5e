import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ConsoleLanguage } from '../types.ts';
import type { APP_FILES } from './app-bundle.ts';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f2f5fb; font: 15px/1.45 system-ui, sans-serif; color: #1f2937; }
  main { width: 360px; padding: 36px 40px; background: #fff; border: 1px solid #dfe3ec; border-radius: 10px; }
  h1 { margin: 0 0 24px; font-size: 22px; }
  label { display: block; margin: 0 0 4px; }
  input { box-sizing: border-box; width: 100%; height: 40px; margin-bottom: 18px; padding: 0 12px; border: 1px solid #c6cad8; border-radius: 6px; font: inherit; }
  button { width: 100%; height: 42px; border: 0; border-radius: 6px; background: #2f6fdd; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
  [role=alert] { padding: 10px 12px; background: #fdecee; color: #a3182c; border-radius: 6px; }
`;
const WORDS = {
  ja: { title: 'ログイン', email: 'メールアドレス', password: 'パスワード', wrong: 'メールアドレスまたはパスワードが正しくありません。' },
  en: { title: 'Sign in', email: 'Email address', password: 'Password', wrong: 'The email address or password is incorrect.' },
};

/** unverified: the real one is the vendor's account service, or the customer's identity provider. */
export function signInPage(language: ConsoleLanguage, { failed, to }: { failed: boolean; to: string }): Markup {
  const words = WORDS[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <title>Admina</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <main>
          <h1>${words.title}</h1>
          ${failed ? html`<p role="alert">${words.wrong}</p>` : ''}
          <form method="post" action="/login?to=${encodeURIComponent(to)}">
            <label for="email">${words.email}</label>
            <input id="email" name="email" type="email" autocomplete="username" required />
            <label for="password">${words.password}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
            <button type="submit">${words.title}</button>
          </form>
        </main>
      </body>
    </html>`;
}

/** The empty page that the application's bundle fills. */
export function appPage({ script, style }: typeof APP_FILES, language: ConsoleLanguage): Markup {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <meta name="viewport" content="width=device-width" />
        <title>Admina</title>
        <link rel="stylesheet" href="${style}" />
        <script src="${script}" type="module"></script>
      </head>
      <body><div id="root"></div></body>
    </html>`;
}
