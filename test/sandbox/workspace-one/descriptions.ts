import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

/**
 * Omnissa's API descriptions (Swagger 2, release 2604) and recorded replies. They are the vendor's and stay out of this repository; where the project's
 * reference material is beside it, the sandbox's answers are held against them.
 */
const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/reference/schemas/ws1');
export const areDescriptionsAtHand = existsSync(FOLDER);

type Json = Record<string, unknown>;
const FILES = { systemv1: 1, systemv2: 2, mdmv1: 1, mdmv2: 2, mdmv3: 3 } as const;

export interface DescribedOperation {
  file: string;
  method: string;
  /** With `/api/system` or `/api/mdm` before it. */
  path: string;
  version: number;
  responses: Json;
}

export const readReference = (name: string): Json => asObject(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')));

/** Validates answers against what is described for them. */
export class Descriptions {
  readonly operations: readonly DescribedOperation[];
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });

  constructor() {
    formats(this.#ajv);
    // [recorded: `2023-10-27T18:06:03.293`, without a zone]
    this.#ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/);
    this.operations = Object.entries(FILES).flatMap(([file, version]) => {
      const document = readReference(`openapi-subset/${file}.json`);
      const definitions = Object.fromEntries(Object.entries(asObject(document['definitions'])).map(([name, schema]) => [name, closed(asObject(schema))]));
      // [recorded: a text, though the description says object]
      delete asObject(asObject(definitions['BaseExceptionModel'])['properties'])['message'];
      asObject(asObject(definitions['BaseExceptionModel'])['properties'])['message'] = { type: 'string' };
      this.#ajv.addSchema({ $id: `https://descriptions.invalid/${file}`, definitions });
      return Object.entries(asObject(document['paths'])).flatMap(([below, operations]) =>
        Object.entries(asObject(operations)).map(([method, operation]) => ({
          file,
          method: method.toUpperCase(),
          path: `${String(document['basePath'])}${below}`,
          version,
          responses: asObject(asObject(operation)['responses']),
        })),
      );
    });
  }

  /** The operation with this path as it is described. */
  find(method: string, described: string, version: number): DescribedOperation {
    const found = this.operations.find((one) => one.method === method && one.path === described && one.version === version);
    if (found === undefined) throw new Error(`Not described: ${method} ${described}, version ${version}`);
    return found;
  }

  /** What is wrong with an answer: nothing, or one line for each deviation. */
  deviations({ file, responses }: DescribedOperation, status: number, body: unknown): string[] {
    const described = responses[String(status)];
    if (described === undefined && status < 400) return [`status ${status} is not described`];
    // Refusals occur on every call and are listed on few.
    const schema = described === undefined ? { $ref: '#/definitions/BaseExceptionModel' } : asObject(described)['schema'];
    if (schema === undefined || schema === null) return body === undefined ? [] : ['a body where none is described'];
    if (body === undefined) return status === 204 ? [] : ['no body'];
    const validate = this.#ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('#/definitions', `https://descriptions.invalid/${file}#/definitions`)) as Json);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  }
}

/** The schema with everything refused that it does not name, so that fields made up by the sandbox show. */
function closed(schema: Json): Json {
  return 'properties' in schema && !('additionalProperties' in schema) && !('allOf' in schema) ? { ...schema, additionalProperties: false } : schema;
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
