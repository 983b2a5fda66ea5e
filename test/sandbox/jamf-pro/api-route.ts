import type { Context } from 'hono';
import { ApiError } from './errors.ts';
import type { Caller } from './sessions.ts';

export interface ApiEnv {
  /** Cluster node that the request reached. */
  Bindings: { node: number };
  /** Set where the call needs a sign-in. */
  Variables: { caller: Caller };
}
export type ApiContext = Context<ApiEnv>;

/** Privilege that a call needs; `any-caller` = a valid sign-in is enough, `open` = no sign-in. */
type Access = string | 'any-caller' | 'open';

export type AddRoute = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  access: Access,
  handler: (c: ApiContext) => Response | Promise<Response>,
) => void;

/** The JSON object that a request carries. */
export async function readObject(c: ApiContext): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new ApiError(415, { code: 'UNSUPPORTED_MEDIA_TYPE', description: 'Content-Type must be application/json' });
  }
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, { code: 'INVALID_JSON', description: 'Request body is not a JSON object' });
  }
  return body as Record<string, unknown>;
}

export const queryOf = (c: ApiContext): URLSearchParams => new URL(c.req.url).searchParams;
