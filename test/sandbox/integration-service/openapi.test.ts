import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Contract, METHODS, readContractDocument } from './contract.ts';
import type { MediaType, Operation, Parameter, ResponseObject } from './contract.ts';

const document = readContractDocument();
const contract = new Contract(document);
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [{ path, method, operation, shared: item.parameters ?? [] }];
  }),
);

describe('docs/integration-service-api.yaml', () => {
  it('is an OpenAPI 3.1 document', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document).toMatchObject({ info: { title: 'Integration Service API', version: expect.stringMatching(/^1\./) as string } });
    for (const [path, item] of Object.entries(document.paths)) {
      expect(path).toMatch(/^\//);
      expect(['parameters', ...METHODS]).toEqual(expect.arrayContaining(Object.keys(item)));
    }
    const kinds = ['securitySchemes', 'parameters', 'schemas', 'examples', 'headers', 'responses', 'requestBodies', 'links', 'callbacks', 'pathItems'];
    expect(kinds).toEqual(expect.arrayContaining(Object.keys(document.components)));
    for (const members of Object.values(document.components)) for (const name of Object.keys(members)) expect(name).toMatch(/^[a-zA-Z0-9._-]+$/);
  });

  it('resolves every $ref, and uses every component', () => {
    const refs = new Set<string>();
    walk(document, (node) => {
      if (typeof node['$ref'] !== 'string') return;
      refs.add(node['$ref']);
      expect(() => contract.resolve({ $ref: node['$ref'] })).not.toThrow();
    });
    for (const [kind, members] of Object.entries(document.components)) {
      if (kind === 'securitySchemes') continue;
      for (const name of Object.keys(members)) expect([...refs]).toContain(`#/components/${kind}/${name}`);
    }
  });

  it.each(operations)('describes $method $path in full', ({ path, operation, shared }) => {
    const required: (keyof Operation | 'summary' | 'description')[] = ['operationId', 'summary', 'description', 'responses'];
    for (const name of required) expect(operation).toHaveProperty(name);
    const parameters = [...shared, ...(operation.parameters ?? [])].map((one) => contract.resolve(one));
    const inPath = parameters.filter((one) => one.in === 'path');
    expect(inPath.map(({ name }) => name).sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
    for (const parameter of inPath) expect(parameter.required).toBe(true);
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '429', '500', '503']));
    for (const [status, reference] of Object.entries(operation.responses)) {
      const response = contract.resolve(reference);
      expect(status).toMatch(/^[2-5]\d\d$/);
      expect(response.description).toBeTruthy();
      if (Number(status) >= 400) expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json']);
    }
  });

  it('names operations uniquely', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has only valid JSON Schemas (2020-12), whose examples match', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(ajv.validateSchema(schema), name).toBe(true);
      expect(contract.validate({ $ref: `#/components/schemas/${name}` }, undefined), `${name} compiles`).toBeDefined();
      for (const example of (schema['examples'] as unknown[] | undefined) ?? []) expect(contract.validate(schema, example), name).toEqual([]);
    }
  });

  it('has examples that match their schemas', () => {
    let checked = 0;
    const checkContent = (where: string, content: Record<string, MediaType> | undefined): void => {
      for (const media of Object.values(content ?? {})) {
        expect(Object.keys(media.examples ?? {}), `${where} has an example`).not.toEqual([]);
        for (const [name, reference] of Object.entries(media.examples ?? {})) {
          checked += 1;
          expect(contract.validate(media.schema, contract.resolve(reference).value), `${where} ${name}`).toEqual([]);
        }
      }
    };
    for (const { operation, shared } of operations) {
      checkContent(operation.operationId, operation.requestBody?.content);
      for (const [status, response] of Object.entries(operation.responses)) checkContent(`${operation.operationId} ${status}`, contract.resolve<ResponseObject>(response).content);
      for (const one of [...shared, ...(operation.parameters ?? [])].map((parameter) => contract.resolve<Parameter>(parameter))) {
        if (one.example !== undefined) expect(contract.validate(one.schema, one.example), one.name).toEqual([]);
      }
    }
    expect(checked).toBeGreaterThan(30);
  });

  it('lists every problem code of the responses in its table', () => {
    const { description } = (document as unknown as { info: { description: string } }).info;
    const codes = new Set<string>();
    walk(document.components['responses'], (node) => {
      for (const code of (node['code'] as { enum?: string[] } | undefined)?.enum ?? []) codes.add(code);
    });
    expect(codes.size).toBeGreaterThan(10);
    const table = [...description.matchAll(/^\| \d{3} \| `(\w+)`/gm)].map(([, code]) => code);
    expect([...codes].sort()).toEqual(table.sort());
  });
});

function walk(value: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Record<string, unknown>);
  for (const member of Object.values(value)) walk(member, visit);
}
