import { readFileSync } from 'node:fs';
import formats from 'ajv-formats';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { startSandbox } from '../sandbox.ts';
import { requestToken, signedInByToken, TestClient } from './test-support.ts';
import type { Answer, CallOptions } from './test-support.ts';

/**
 * Holds the sandbox's answers against the vendor's own OpenAPI file: `node check-vendor-schema.ts <file>` or `JAMF_OPENAPI=<file>`. The file is the
 * vendor's and stays out of this repository; https://developer.jamf.com offers it, and every console serves it at /api/schema/.
 */
type Json = Record<string, unknown>;

const file = process.argv[2] ?? process.env['JAMF_OPENAPI'];
if (file === undefined) {
  process.stderr.write('Usage: node check-vendor-schema.ts <OpenAPI file, JSON>\n');
  process.exit(2);
}
const vendor = asObject(JSON.parse(readFileSync(file, 'utf8')));
const components = { schemas: closed(asObject(asObject(vendor['components'])['schemas'])) };
const ajv = new Ajv2019({ strict: false, allErrors: true, validateSchema: false, discriminator: false });
formats(ajv);

const sandbox = await startSandbox();
const acme = sandbox.tenant('acme');
let checked = 0;
const problems: string[] = [];

/** Makes a call and checks its answer; `path` as the vendor writes it, `values` for its placeholders. */
async function check(client: TestClient, method: string, path: string, options: CallOptions & { values?: Record<string, string | number>; query?: string } = {}): Promise<Answer> {
  const { values = {}, query = '', ...call } = options;
  const answer = await client.call(method, `/api${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))}${query}`, call);
  checked += 1;
  const where = `${method} ${path}${query} ${answer.status}`;
  const operation = asObject(asObject(asObject(vendor['paths'])[path])[method.toLowerCase()]);
  const described = asObject(operation['responses'])[String(answer.status)];
  // 401, 403 and 500 occur on every call and are listed on almost none; their body is the usual one.
  const schema = described === undefined && [400, 401, 403, 500].includes(answer.status) ? { $ref: '#/components/schemas/ApiError' } : schemaOf(described);
  if (described === undefined && schema === undefined) problems.push(`${where}: the vendor lists no such status`);
  if (schema === undefined) return answer;
  const validate = ajv.compile({ ...schema, components });
  // Fields of an error are nullable in life, not in the schema [C].
  if (!validate(answer.status >= 400 ? withoutNulls(answer.body) : answer.body)) {
    for (const { instancePath, message, params } of validate.errors ?? []) problems.push(`${where}: ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  }
  return answer;
}

const anyone = new TestClient(sandbox, acme.origin, { cookies: true });
const admin = await signedInByToken(sandbox, acme);

await check(anyone, 'GET', '/v1/health-check');
await check(anyone, 'POST', '/v1/auth/token');
await check(admin, 'GET', '/v1/auth');
await check(admin, 'GET', '/auth');
await check(admin, 'POST', '/auth/current');
for (const path of ['/v1/jamf-pro-version', '/v2/jamf-pro-information', '/v1/jamf-pro-server-url', '/v1/sites', '/v1/oauth2/session-tokens']) await check(admin, 'GET', path);
for (const path of ['/v1/api-roles', '/v1/api-integrations', '/v1/accounts', '/v1/buildings', '/v1/departments']) {
  await check(admin, 'GET', path);
  await check(admin, 'POST', path, { json: {} });
  await check(anyone, 'GET', path);
}
for (const name of ['buildings', 'departments']) {
  await check(admin, 'POST', `/v1/${name}`, { json: { name: 'Checked' } });
  await check(admin, 'GET', `/v1/${name}/{id}`, { values: { id: 1 } });
  await check(admin, 'DELETE', `/v1/${name}/{id}`, { values: { id: 1 } });
}

await check(admin, 'GET', '/v1/api-role-privileges');
await check(admin, 'GET', '/v1/api-role-privileges/search', { query: '?name=Flush' });
const role = idOf(await check(admin, 'POST', '/v1/api-roles', { json: { displayName: 'Checked', privileges: ['Read Accounts'] } }));
await check(admin, 'POST', '/v1/api-roles', { json: { displayName: 'Checked', privileges: [] } });
await check(admin, 'PUT', '/v1/api-roles/{id}', { values: role, json: { displayName: 'Checked', privileges: ['Read Sites'] } });
await check(admin, 'GET', '/v1/api-roles/{id}', { values: role });
await check(admin, 'GET', '/v1/api-roles/{id}', { values: { id: 999 } });

const wanted = { displayName: 'Checked', authorizationScopes: ['Checked'], enabled: true, accessTokenLifetimeSeconds: 300 };
const client = idOf(await check(admin, 'POST', '/v1/api-integrations', { json: wanted }));
await check(admin, 'GET', '/v1/api-integrations/{id}', { values: client });
await check(admin, 'PUT', '/v1/api-integrations/{id}', { values: client, json: wanted });
const minted = asObject((await check(admin, 'POST', '/v1/api-integrations/{id}/client-credentials', { values: client })).body);
await check(admin, 'GET', '/v1/api-integrations');
const form = { grant_type: 'client_credentials', client_id: String(minted['clientId']), client_secret: String(minted['clientSecret']) };
await check(anyone, 'POST', '/v1/oauth/token', { form });
acme.switches.wrongSecretStatus = 400;
await check(anyone, 'POST', '/v1/oauth/token', { form: { ...form, client_secret: 'wrong' } });
const asClient = new TestClient(sandbox, acme.origin);
asClient.headers = { authorization: `Bearer ${String(asObject((await requestToken(asClient, form.client_id, form.client_secret)).body)['access_token'])}` };
await check(asClient, 'GET', '/v1/auth');
await check(asClient, 'GET', '/v1/accounts');
await check(admin, 'DELETE', '/v1/api-roles/{id}', { values: role });
await check(admin, 'DELETE', '/v1/api-integrations/{id}', { values: client });
await check(admin, 'DELETE', '/v1/api-roles/{id}', { values: role });

const account = idOf(await check(admin, 'POST', '/v1/accounts', { json: { username: 'checked', realname: 'Checked' } }));
await check(admin, 'GET', '/v1/accounts/{id}', { values: account });
await check(admin, 'PUT', '/v1/accounts/{id}', { values: account, json: { realname: 'Checked again' } });
await check(admin, 'DELETE', '/v1/accounts/{id}', { values: account });

const sections = '?page-size=2000&section=GENERAL&section=HARDWARE&section=OPERATING_SYSTEM&section=USER_AND_LOCATION';
for (const version of ['v1', 'v3', 'v4']) await check(admin, 'GET', `/${version}/computers-inventory`, { query: sections });
await check(admin, 'GET', '/v2/mobile-devices');
await check(admin, 'GET', '/v2/mobile-devices/detail', { query: '?page-size=2000&section=GENERAL&section=HARDWARE&section=USER_AND_LOCATION' });

await check(admin, 'POST', '/v1/auth/keep-alive');
await check(await signedInByToken(sandbox, acme), 'POST', '/v1/auth/invalidate-token');
await sandbox.close();

process.stdout.write(`${problems.map((line) => `${line}\n`).join('')}${checked} answers checked, ${problems.length} deviations\n`);
process.exit(problems.length === 0 ? 0 : 1);

function idOf(answer: Answer): { id: string } {
  return { id: String(asObject(answer.body)['id']) };
}

function schemaOf(described: unknown): Json | undefined {
  const schema = asObject(asObject(asObject(asObject(described)['content'])['application/json']))['schema'];
  return schema === undefined ? undefined : asObject(schema);
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) => (one === null ? '' : one)) as unknown;
}

/** The schemas with everything refused that they do not name, so that fields made up by the sandbox show. */
function closed(schemas: Json): Json {
  // A part of an `allOf` must stay open to the other parts.
  const parts = new Set<string>();
  walk(schemas, (schema) => {
    for (const part of Array.isArray(schema['allOf']) ? schema['allOf'] : []) parts.add(String(asObject(part)['$ref'] ?? '').replace('#/components/schemas/', ''));
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const copy = byDiscriminator(asObject(JSON.parse(JSON.stringify(schema))));
      const isClosable = ('properties' in copy || 'allOf' in copy) && !('additionalProperties' in copy) && !parts.has(name);
      return [name, isClosable ? { ...copy, unevaluatedProperties: false } : copy];
    }),
  );
}

/** JSON Schema knows no OpenAPI discriminator: said again as "where the field says x, x's schema holds". */
function byDiscriminator({ oneOf, discriminator, ...schema }: Json): Json {
  const { propertyName, mapping } = asObject(discriminator);
  if (oneOf === undefined || typeof propertyName !== 'string') return oneOf === undefined ? schema : { ...schema, oneOf };
  const kinds = Object.entries(asObject(mapping));
  return {
    required: [propertyName],
    properties: { [propertyName]: { enum: kinds.map(([value]) => value) } },
    allOf: kinds.map(([value, $ref]) => ({ if: { properties: { [propertyName]: { const: value } } }, then: { $ref } })),
  };
}

function walk(value: unknown, visit: (schema: Json) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Json);
    for (const one of Object.values(value)) walk(one, visit);
  }
}
