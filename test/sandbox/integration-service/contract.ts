import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AnySchemaObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { MiddlewareHandler } from 'hono';
import { parse } from 'yaml';

/** One breach of the contract. Messages name places and rules, never values, which may be secret. */
export interface Violation {
  /** `operationId`, or method and path where there is none. */
  operation: string;
  side: 'request' | 'response';
  message: string;
}

export interface MediaType {
  schema: AnySchemaObject;
  examples?: Record<string, { value?: unknown; $ref?: string }>;
}
export interface Parameter {
  name: string;
  in: 'query' | 'header' | 'path';
  required?: boolean;
  schema: AnySchemaObject;
  example?: unknown;
}
export interface ResponseObject {
  description: string;
  headers?: Record<string, { required?: boolean; schema: AnySchemaObject }>;
  content?: Record<string, MediaType>;
}
export interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, MediaType> };
  responses: Record<string, ResponseObject>;
}
/** The parts of OpenAPI 3.1 that the contract uses. */
export interface OpenApiDocument {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, { parameters?: Parameter[] } & Partial<Record<Method, Operation>>>;
  components: { schemas: Record<string, AnySchemaObject>; [kind: string]: Record<string, unknown> };
}
export const METHODS = ['get', 'post', 'patch', 'delete'] as const;
type Method = (typeof METHODS)[number];

interface Route {
  method: string;
  pattern: RegExp;
  parameters: Parameter[];
  operation: Operation;
}

/** One request and its answer, bodies read. */
export interface Exchange {
  method: string;
  url: string;
  requestHeaders: Headers;
  requestBody: string;
  status: number;
  responseHeaders: Headers;
  responseBody: string;
}

const CONTRACT = new URL('../../../docs/integration-service-api.yaml', import.meta.url);

export function readContractDocument(): OpenApiDocument {
  return parse(readFileSync(CONTRACT, 'utf8')) as OpenApiDocument;
}

/**
 * Checks exchanges against the OpenAPI document. Stricter than a client may be: fields that the document does not know are violations
 * here, as this service has no reason to send any.
 */
export class Contract {
  readonly document: OpenApiDocument;
  /** Path of the base, without host. */
  readonly basePath: string;
  readonly #ajv: Ajv2020;
  readonly #compiled = new WeakMap<object, ValidateFunction>();
  readonly #routes: Route[] = [];

  constructor(document: OpenApiDocument = readContractDocument()) {
    this.document = document;
    this.basePath = (document.servers[0]?.url ?? '').replace(/^https:\/\/[^/]*/, '');
    // Query parameters and headers come as text.
    this.#ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, coerceTypes: false });
    addFormats(this.#ajv);
    this.#ajv.addFormat('password', true);
    this.#ajv.addSchema({ $id: 'contract', $defs: Object.fromEntries(Object.entries(document.components.schemas).map(([name, schema]) => [name, close(localRefs(schema))])) });

    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of METHODS) {
        const operation = item[method];
        if (operation === undefined) continue;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.resolve(one));
        const pattern = new RegExp(`^${this.basePath}${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
        this.#routes.push({ method: method.toUpperCase(), pattern, parameters, operation });
      }
    }
  }

  /** Follows a `$ref` inside the document. Throws where it leads nowhere. */
  resolve<Item extends object>(item: Item): Item {
    const ref = '$ref' in item && Object.keys(item).length === 1 ? item.$ref : undefined;
    if (typeof ref !== 'string') return item;
    let found: unknown = this.document;
    for (const part of ref.replace(/^#\//, '').split('/')) found = (found as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    if (!ref.startsWith('#/') || typeof found !== 'object' || found === null) throw new Error(`${ref} leads nowhere`);
    return this.resolve(found as Item);
  }

  /** What is wrong with a value, as `place rule`; empty if nothing is. */
  validate(schema: AnySchemaObject, value: unknown): string[] {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(localRefs(schema) as AnySchemaObject);
    this.#compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, keyword, message, params }) => {
      const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
      return `${instancePath || '/'} ${keyword}: ${message ?? ''}${extra}`;
    });
  }

  /** Undefined outside the base and for CORS preflights, which the document describes in words only. */
  check(exchange: Exchange): Violation[] | undefined {
    const url = new URL(exchange.url);
    if (!url.pathname.startsWith(`${this.basePath}/`) || exchange.method === 'OPTIONS') return undefined;
    const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
    const route = this.#routes.find((one) => one.method === method && one.pattern.test(url.pathname));
    if (route === undefined) return this.#checkUndocumented(exchange, `${exchange.method} ${url.pathname}`);

    const { operation } = route;
    const requestErrors = this.#requestErrors(exchange, url, route);
    const found: Violation[] = requestErrors.map((message) => ({ operation: operation.operationId, side: 'request', message }));
    const responseErrors = this.#responseErrors(exchange, operation);
    if (requestErrors.length > 0 && exchange.status < 400) responseErrors.push('an invalid request was accepted');
    return [...found, ...responseErrors.map((message): Violation => ({ operation: operation.operationId, side: 'response', message }))];
  }

  /**
   * Checks everything that passes. Without `onViolations` a breach throws, which makes it a 500; requests that are wrong on purpose and
   * were refused are no breach of the service, so only violations of `side: 'response'` throw.
   */
  middleware(onViolations?: (violations: Violation[]) => void): MiddlewareHandler {
    return async (c, next) => {
      const request = c.req.raw.clone();
      await next();
      const violations = this.check(await readExchange(request, c.res.clone())) ?? [];
      if (onViolations !== undefined) return void (violations.length > 0 && onViolations(violations));
      const breaches = violations.filter(({ side }) => side === 'response');
      if (breaches.length > 0) throw new Error(`Contract broken: ${breaches.map((one) => `${one.operation}: ${one.message}`).join('; ')}`);
    };
  }

  #requestErrors(exchange: Exchange, url: URL, { parameters, operation, pattern }: Route): string[] {
    const path = pattern.exec(url.pathname)?.groups ?? {};
    const errors = parameters.flatMap((parameter) => {
      const text = parameter.in === 'query' ? url.searchParams.get(parameter.name) : parameter.in === 'header' ? exchange.requestHeaders.get(parameter.name) : path[parameter.name];
      if (text === null || text === undefined) return parameter.required ? [`${parameter.in} ${parameter.name} is missing`] : [];
      const value = parameter.schema['type'] === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
      return this.validate(parameter.schema, value).map((message) => `${parameter.in} ${parameter.name} ${message}`);
    });
    if (operation.requestBody === undefined) return exchange.requestBody === '' ? errors : [...errors, 'has a body, but none is documented'];
    return [...errors, ...this.#bodyErrors(operation.requestBody.content, exchange.requestHeaders, exchange.requestBody)];
  }

  #responseErrors(exchange: Exchange, operation: Operation): string[] {
    const documented = operation.responses[String(exchange.status)];
    if (documented === undefined) return [`status ${exchange.status} is not documented`];
    const response = this.resolve(documented);
    const errors = Object.entries(response.headers ?? {}).flatMap(([name, reference]) => {
      const header = this.resolve(reference);
      const value = exchange.responseHeaders.get(name);
      if (value === null) return header.required ? [`header ${name} is missing`] : [];
      return this.validate(header.schema, value).map((message) => `header ${name} ${message}`);
    });
    if (exchange.method !== 'HEAD') errors.push(...this.#bodyErrors(response.content, exchange.responseHeaders, exchange.responseBody));
    const secret = secretIn(exchange.requestBody);
    if (secret !== undefined && exchange.responseBody.includes(secret)) errors.push('repeats a write-only value');
    return errors;
  }

  #bodyErrors(content: Record<string, MediaType> | undefined, headers: Headers, body: string): string[] {
    if (content === undefined) return body === '' ? [] : ['has a body, but none is documented'];
    const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const media = content[type];
    if (media === undefined) return [`content type ${type || '(none)'} is not documented`];
    try {
      return this.validate(media.schema, JSON.parse(body)).map((message) => `body ${message}`);
    } catch (error) {
      if (error instanceof SyntaxError) return ['body is not JSON'];
      throw error;
    }
  }

  /** Paths that the document does not know may answer as `NotFound` or, before that, `Unauthenticated` and `RateLimited`. */
  #checkUndocumented(exchange: Exchange, operation: string): Violation[] {
    const responses: unknown = Object.fromEntries([['401', 'Unauthenticated'], ['404', 'NotFound'], ['429', 'RateLimited']].map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]));
    return this.#responseErrors(exchange, { operationId: operation, responses: responses as Operation['responses'] }).map((message) => ({ operation, side: 'response', message }));
  }
}

export async function readExchange(request: Request, response: Response): Promise<Exchange> {
  return {
    method: request.method,
    url: request.url,
    requestHeaders: request.headers,
    requestBody: request.bodyUsed ? '' : await request.text(),
    status: response.status,
    responseHeaders: response.headers,
    responseBody: await response.text(),
  };
}

/** Schemas are compiled away from the document, where its component schemas stand as `contract#/$defs`. */
function localRefs(value: unknown): unknown {
  return mapObjects(value, (object) =>
    typeof object['$ref'] === 'string' ? { ...object, $ref: object['$ref'].replace(/^#\/components\/schemas\//, 'contract#/$defs/') } : object,
  );
}

/** Forbids unknown properties wherever the document leaves them open. Conditions (`if`) describe parts and stay open. */
function close(value: unknown): unknown {
  return mapObjects(value, (object) => (object['type'] === 'object' && object['properties'] !== undefined ? { additionalProperties: false, ...object } : object));
}

function mapObjects(value: unknown, change: (object: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapObjects(member, change)])));
}

/** The one write-only value of the contract; short ones would be found by chance. */
function secretIn(body: string): string | undefined {
  return /"clientSecret"\s*:\s*"([^"\\]{8,})"/.exec(body)?.[1];
}
