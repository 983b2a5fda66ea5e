import type { Environment } from './environment.ts';

/** The REST API of an environment. */
export function createApi(environment: Environment): (request: Request) => Promise<Response> {
  return async () => Promise.resolve(new Response(`${environment.key}: not yet\n`, { status: 404 }));
}
