import type { Context } from 'hono';
import type { Words } from './pages/words.ts';
import type { Caller } from './sessions.ts';

/** What every handler of a signed-in console page is given. */
export interface PageEnv {
  Bindings: { node: number };
  Variables: { caller: Caller & { kind: 'account' }; may: (privilege: string) => boolean; words: Words };
}
export type PageContext = Context<PageEnv>;
