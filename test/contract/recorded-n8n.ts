import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { readVendorFile } from './vendor-api.ts';
import type { Wrong } from './vendor-api.ts';

interface Recorded {
  request: { method: string; path: string; body: object | null };
  response: { status: number; body: Record<string, unknown> };
}

/** A server made of nothing but n8n's recorded replies, with the data checked by the schema that it gave. */
export class RecordedN8n {
  readonly #interactions = readVendorFile<{ interactions: Recorded[] }>('n8n-2.8.4-recorded.json').interactions;
  readonly #isData: ValidateFunction;

  constructor() {
    const schema = this.#find('GET', '/api/v1/credentials/schema/oAuth2Api')?.response.body;
    // `json` is a type of n8n's own: text that holds JSON.
    this.#isData = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(JSON.stringify(schema).replaceAll('"type":"json"', '"type":"string"')) as object);
  }

  check(request: Request): Promise<Wrong | undefined> {
    return this.#check(request.clone());
  }

  async answer(request: Request): Promise<Response> {
    const wrong = await this.check(request);
    if (wrong) return Response.json({ message: wrong.reason }, { status: wrong.status });
    const { status, body } = this.#find(request.method, new URL(request.url).pathname)!.response;
    return Response.json(body, { status });
  }

  async #check(request: Request): Promise<Wrong | undefined> {
    const { pathname, searchParams } = new URL(request.url);
    if (!this.#find(request.method, pathname)) return { status: 404, reason: `${request.method} ${pathname} was not recorded` };
    if (!request.headers.has('x-n8n-api-key')) return { status: 401, reason: 'unauthorized' };
    const unknown = [...searchParams.keys()].filter((name) => !['limit', 'cursor'].includes(name));
    if (unknown.length > 0) return { status: 400, reason: `unknown: ${unknown.join(', ')}` };
    if (!['POST', 'PATCH'].includes(request.method)) return undefined;
    const body = (await request.json()) as Record<string, unknown>;
    const missing = request.method === 'POST' ? ['name', 'type', 'data'].filter((name) => !(name in body)) : [];
    if (missing.length > 0) return { status: 400, reason: `request/body must have required property '${missing.join("', '")}'` };
    const others = Object.keys(body).filter((name) => !['name', 'type', 'data'].includes(name));
    if (others.length > 0) return { status: 400, reason: `unknown: ${others.join(', ')}` };
    if ('data' in body && !this.#isData(body['data'])) return { status: 400, reason: JSON.stringify(this.#isData.errors?.map(({ message }) => message)) };
    return undefined;
  }

  /** The first good one of its kind, whatever the id. */
  #find(method: string, pathname: string): Recorded | undefined {
    const template = (path: string): string => path.replace(/\?.*/, '').replace(/(?<=\/credentials\/)[A-Za-z0-9]{16}$/, ':id');
    return this.#interactions.find(({ request, response }) => request.method === method && response.status < 300 && template(request.path) === template(pathname));
  }
}
