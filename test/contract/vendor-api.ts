import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';

/*
 * Vendors' own descriptions of their APIs. The files are the vendors': they lie beside the project and are no part of it, so whoever
 * uses them skips what needs them where they are not there. `VENDOR_DESCRIPTIONS` names another folder.
 */

const folder = process.env['VENDOR_DESCRIPTIONS'] ?? path.resolve(import.meta.dirname, '../../../shared/reference/schemas/services');
export const hasDescriptions = existsSync(folder);
if (!hasDescriptions) console.warn(`Services: ${folder} is not there, the vendors' descriptions are not looked at.`);

export const readVendorFile = <T>(name: string): T => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as T;

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Why a request is refused. */
export interface Wrong {
  status: number;
  reason: string;
}

interface Description {
  file: string;
  /** What the description says in words only, or says so that nothing can fit. */
  amend?: (document: Document) => void;
  /** Whether the header carries what the vendor asks for. */
  isSignedIn: (headers: Headers) => boolean;
}

const bearer = (headers: Headers): boolean => /^Bearer \S+$/.test(headers.get('authorization') ?? '');

export const descriptions = {
  tailscale: {
    file: 'tailscale-posture.openapi.json',
    isSignedIn: bearer,
    amend: (document) => {
      // "Must include `provider` and `clientSecret`."
      const body = { ...at(document, 'components', 'schemas', 'PostureIntegration'), required: ['provider', 'clientSecret'] };
      Object.assign(at(document, 'paths', '/tailnet/{tailnet}/posture/integrations', 'post', 'requestBody'), { required: true, content: { 'application/json': { schema: body } } });
    },
  },
  mist: { file: 'mist-link-accounts.openapi.json', isSignedIn: (headers) => /^Token \S+$/.test(headers.get('authorization') ?? '') },
  cloudflare: {
    // With `anyOf` where the published `oneOf` lets no Workspace ONE configuration through.
    file: 'cloudflare-device-posture.mockable.openapi.json',
    isSignedIn: bearer,
    amend: (document) => {
      for (const operations of Object.values(document.paths ?? {})) {
        for (const [method, operation] of Object.entries(operations ?? {})) {
          // A failure is described as a success and a failure at once; nothing is what stays of what was deleted, and is described as something.
          const failure = at(operation, 'responses', '4XX', 'content', 'application/json', 'schema');
          Object.assign(at(operation, 'responses', '4XX', 'content', 'application/json'), { schema: (failure['allOf'] as Node[])[1] });
          if (method === 'delete') Object.assign(at(operation, 'responses', '200', 'content', 'application/json'), { schema: { type: 'object', required: ['success', 'errors', 'messages'] } });
        }
      }
    },
  },
} satisfies Record<string, Description>;

function at(value: unknown, ...steps: string[]): Node {
  const found = steps.reduce((node, step) => (isNode(node) ? node[step] : undefined), value);
  if (!isNode(found)) throw new Error(`The description has no ${steps.join(' ')}`);
  return found;
}

/** Fields that a description does not know are wrong, too. What is put together by `allOf` stays open, as its parts know only their own. */
function close(document: Document): void {
  const parts = new Set<unknown>();
  walk(document, (node) => {
    for (const part of (node['allOf'] as Node[] | undefined) ?? []) parts.add(typeof part['$ref'] === 'string' ? at(document, ...part['$ref'].split('/').slice(1)) : part);
  });
  walk(document, (node) => {
    if (isNode(node['properties']) && !parts.has(node)) node['additionalProperties'] ??= false;
  });
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (!isNode(value)) return;
  if (!Array.isArray(value)) visit(value);
  for (const member of Object.values(value)) walk(member, visit);
}

/** A server made of nothing but a vendor's description: refuses what does not fit it with 4xx, and answers the rest with its examples. */
export class VendorApi {
  readonly #api: OpenAPIBackend;
  readonly #isSignedIn: Description['isSignedIn'];

  private constructor(api: OpenAPIBackend, isSignedIn: Description['isSignedIn']) {
    this.#api = api;
    this.#isSignedIn = isSignedIn;
  }

  static async load(name: keyof typeof descriptions): Promise<VendorApi> {
    const { file, isSignedIn, amend }: Description = descriptions[name];
    const definition = readVendorFile<Document>(file);
    amend?.(definition);
    close(definition);
    // Formats are not looked at: ids and dates of examples are not all what they should be.
    const api = new OpenAPIBackend({ definition, apiRoot: new URL(definition.servers?.[0]?.url ?? '').pathname, quick: true, ajvOpts: { strict: false, validateFormats: false, logger: false } });
    await api.init();
    return new VendorApi(api, isSignedIn);
  }

  /** What is wrong with a request; undefined where nothing is. */
  async check(request: Request): Promise<Wrong | undefined> {
    const wire = await this.#read(request);
    const operation = this.#api.matchOperation(wire);
    if (!operation) return { status: 404, reason: `${request.method} ${new URL(request.url).pathname} is not described` };
    if (!this.#isSignedIn(request.headers)) return { status: 401, reason: 'not signed in' };
    const { valid, errors } = this.#api.validator.validateRequest(wire, operation);
    return valid ? undefined : { status: 422, reason: (errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`).join('; ') };
  }

  /** As the vendor would: `example` by name where there are several. */
  async answer(request: Request, example?: string): Promise<Response> {
    const wrong = await this.check(request.clone());
    if (wrong) return Response.json({ message: wrong.reason }, { status: wrong.status });
    const operation = this.#api.matchOperation(await this.#read(request));
    const answer: { status: number; mock?: unknown } = this.#api.mockResponseForOperation(operation?.operationId ?? '', { mediaType: 'application/json', ...(example !== undefined && { example }) });
    return answer.mock === undefined ? new Response(null, answer) : Response.json(answer.mock, answer);
  }

  /** What of an answer does not fit the description. */
  async checkAnswer(request: Request, response: Response): Promise<string[]> {
    const operation = this.#api.matchOperation(await this.#read(request));
    if (!operation) return [];
    const text = await response.text();
    const { errors } = this.#api.validator.validateResponse(text === '' ? undefined : JSON.parse(text), operation, response.status);
    return text === '' ? [] : (errors ?? []).map(({ instancePath, message, params }) => `${response.status} ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  }

  async #read(request: Request): Promise<{ method: string; path: string; query: Record<string, string>; headers: Record<string, string>; body: unknown }> {
    const url = new URL(request.url);
    const text = await request.clone().text();
    return { method: request.method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers: Object.fromEntries(request.headers), ...(text === '' ? { body: undefined } : { body: JSON.parse(text) as unknown }) };
  }
}
