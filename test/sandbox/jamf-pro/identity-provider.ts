import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import type { HostHandler } from '../traffic.ts';
import { SSO_LOGINS } from './tenants.ts';

export interface IdentityProvider {
  handle: HostHandler;
  /** Where a console sends the browser to sign in. */
  signInUrl(options: { redirectUri: string; state: string }): string;
  /** Username behind a code, once. Stands for the call that a console makes to the provider behind the scenes. */
  redeem(code: string): string | undefined;
}

/** A company's sign-in page on a host of its own: sign in there, come back with a code. Remembers the browser, so the second time nobody is asked. */
export function createIdentityProvider({ origin }: { origin: string }): IdentityProvider {
  const codes = new Map<string, string>();
  const browsers = new Map<string, string>();

  const back = (url: URL, username: string): string => {
    const code = randomBytes(16).toString('base64url');
    codes.set(code, username);
    const target = new URL(url.searchParams.get('redirect_uri') ?? '');
    // [C] name of the parameter that comes back to Jamf Pro.
    target.searchParams.set('oidcToken', code);
    target.searchParams.set('state', url.searchParams.get('state') ?? '');
    return target.href;
  };

  return {
    signInUrl: ({ redirectUri, state }) => `${origin}/authorize?${new URLSearchParams({ redirect_uri: redirectUri, state }).toString()}`,
    redeem: (code) => {
      const username = codes.get(code);
      codes.delete(code);
      return username;
    },
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.pathname !== '/authorize') return new Response('Not found\n', { status: 404 });
      const known = browsers.get(/(?:^|;\s*)idp-session=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '');
      if (known !== undefined) return new Response(null, { status: 302, headers: { location: back(url, known) } });
      if (request.method !== 'POST') return page(await signInPage(false), 200);
      const form = new URLSearchParams(await request.text());
      const login = Object.values(SSO_LOGINS).find((one) => one.username === form.get('username') && one.password === form.get('password'));
      if (login === undefined) return page(await signInPage(true), 401);
      const browser = randomBytes(16).toString('base64url');
      browsers.set(browser, login.username);
      return new Response(null, {
        status: 302,
        headers: { location: back(url, login.username), 'set-cookie': `idp-session=${browser}; Path=/; Secure; HttpOnly; SameSite=Lax` },
      });
    },
  };
}

function page(body: string, status: number): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}

async function signInPage(failed: boolean): Promise<string> {
  const markup = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in - Initech</title>
        <link rel="icon" href="data:," />
        <style>
          body { display: grid; place-items: center; min-height: 100vh; margin: 0; background: #eef1f0; font: 16px/1.5 system-ui, sans-serif; color: #1d2523; }
          main { width: 320px; padding: 32px; background: #fff; border-radius: 4px; box-shadow: 0 1px 4px #0003; }
          label { display: block; margin: 16px 0 4px; }
          input { box-sizing: border-box; width: 100%; padding: 8px; font: inherit; }
          button { margin-top: 24px; padding: 8px 20px; font: inherit; color: #fff; background: #1f6f54; border: 0; border-radius: 4px; }
          [role='alert'] { color: #a1201c; }
        </style>
      </head>
      <body>
        <main>
          <h1>Initech sign-in</h1>
          ${failed ? html`<p role="alert">That user name and password do not match.</p>` : ''}
          <form method="post">
            <label for="username">E-mail address</label>
            <input id="username" name="username" type="email" autocomplete="username" required />
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
            <button type="submit">Sign in</button>
          </form>
        </main>
      </body>
    </html>`;
  return String(markup);
}
