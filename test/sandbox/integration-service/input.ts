import { z } from 'zod';
import { ApiProblem } from './problems.ts';
import type { FieldError } from './problems.ts';

export const CONSOLES = ['jamf-pro', 'workspace-one'];
export const DATA_SETS = ['accounts', 'devices'] as const;
/** A label, or for a console on a host of its own the address without its scheme. */
export const TENANT_KEY = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[1-9][0-9]{0,4})?(?:\/[A-Za-z0-9._~-]+)*)$/;
/** Names inside the service's own network, and addresses by number, lead to what nobody outside should reach. */
const PRIVATE_HOST = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$|^[0-9.]+$/;
export const CONSOLE_KIND = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Our own field error code goes through zod's `params`. */
const fail = (code: string, message: string): { message: string; params: { code: string } } => ({ message, params: { code } });

/** For rules about the whole body: they would only repeat what is wrong with its fields. */
const whenFieldsAreRight = ({ issues }: { issues: unknown[] }): boolean => issues.length === 0;

/** Lengths count code points, as JSON Schema does. */
const text = (max: number, pattern: RegExp, rule: string) =>
  z
    .string()
    .min(1)
    .refine((value) => [...value].length <= max, fail('too_long', `Must have at most ${max} characters.`))
    .refine((value) => value === '' || pattern.test(value), fail('invalid_format', rule));

const shownText = (max: number) => text(max, /^[^\u0000-\u001f\u007f]+$/, 'Must not hold control characters.');
const visibleAscii = (max: number) => text(max, /^[!-~]+$/, 'Must be visible ASCII characters.');

const name = shownText(120);
const site = z.strictObject({ id: shownText(64), name }).nullable();
const dataSets = z
  .array(z.enum(DATA_SETS))
  .min(1)
  .refine((sets) => new Set(sets).size === sets.length, fail('duplicate', 'Must not repeat a data set.'))
  // The order means nothing, and a replay must compare equal.
  .transform((sets) => DATA_SETS.filter((set) => sets.includes(set)));
const credentials = z.strictObject({
  type: z.literal('oauth-client'),
  clientId: visibleAscii(255),
  clientSecret: visibleAscii(1024),
  // Only where the vendor's own hosts are: a secret goes there.
  tokenUrl: text(255, /^https:\/\/(?:na|emea|apac|uat)\.uemauth\.(?:workspaceone|vmwservices)\.com\/connect\/token$/, 'Must be the address of a token service.').optional(),
  apiAddress: text(255, /^https:\/\/[a-z0-9-]+\.(?:awmdm|airwatchportals|awfed)\.com$/, 'Must be the address of an API server.').optional(),
});

const create = z
  .strictObject({
    console: text(40, CONSOLE_KIND, 'Must be kebab-case.').refine(
      (kind) => !CONSOLE_KIND.test(kind) || CONSOLES.includes(kind),
      fail('not_supported', `Must be one of: ${CONSOLES.join(', ')}.`),
    ),
    tenant: text(247, TENANT_KEY, 'Must be a lower-case DNS label, or a host with its path.'),
    address: text(255, /^https:\/\/[^/?#@\\\s]+(?:\/[^/?#@\\\s]+)*\/?$/, 'Must be an https address without query.'),
    name: name.optional(),
    dataSets,
    site: site.default(null),
    credentials,
  })
  .refine(({ console, credentials: { tokenUrl, apiAddress } }) => (console === 'workspace-one') === (tokenUrl !== undefined && apiAddress !== undefined), {
    path: ['credentials'],
    when: whenFieldsAreRight,
    ...fail('not_supported', 'Workspace ONE UEM needs tokenUrl and apiAddress, the others have none.'),
  })
  .refine(({ console, tenant, address }) => isAddressOf(console, tenant, addressOf(address)) && !isVendorHost(tenant) && !PRIVATE_HOST.test(new URL(address).hostname), {
    path: ['address'],
    when: whenFieldsAreRight,
    ...fail('address_not_allowed', 'Must be the address of this console tenant.'),
  })
  .transform((body) => ({ ...body, address: addressOf(body.address) ?? '', name: body.name ?? `${body.console === 'jamf-pro' ? 'Jamf Pro' : 'Workspace ONE UEM'} ${body.tenant}` }));

const update = z
  .strictObject({ name: name.optional(), dataSets: dataSets.optional(), site: site.optional(), credentials: credentials.optional() })
  .refine((body) => Object.keys(body).length > 0, { when: whenFieldsAreRight, ...fail('too_short', 'Give at least one field to change.') });

export type IntegrationCreate = z.output<typeof create>;
export type IntegrationUpdate = z.output<typeof update>;

export const parseCreate = (body: unknown): IntegrationCreate => parse(create, body);
export const parseUpdate = (body: unknown): IntegrationUpdate => parse(update, body);

function parse<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, body)).slice(0, 20);
  const fields = errors.length === 1 ? '1 wrong field' : `${errors.length} wrong fields`;
  throw new ApiProblem('validation_failed', `The body has ${fields}.`, { errors });
}

/** Own wording throughout, since zod's may repeat the value. */
function fieldErrors(issue: z.core.$ZodIssue, body: unknown): FieldError[] {
  const field = pointer(issue.path);
  const value = issue.path.reduce<unknown>(memberOf, body);
  switch (issue.code) {
    case 'custom':
      return [{ field, code: String(issue.params?.['code'] ?? 'invalid_format'), message: issue.message }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ field: pointer([...issue.path, key]), code: 'unknown_field', message: 'This field is not known here.' }));
    case 'too_small':
      return [{ field, code: 'too_short', message: 'Must not be empty.' }];
    case 'invalid_value':
      if (typeof value === 'string') return [{ field, code: 'not_supported', message: `Must be one of: ${issue.values.map(String).join(', ')}.` }];
      break;
    default:
  }
  return value === undefined
    ? [{ field, code: 'required', message: 'This field is required.' }]
    : [{ field, code: 'invalid_type', message: 'Has the wrong JSON type.' }];
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Outside of the vendor's cloud. */
export const isOwnHost = (tenant: string): boolean => tenant.includes('.');
const clouds: Record<string, string[]> = { 'jamf-pro': ['jamfcloud.com'], 'workspace-one': ['awmdm.com', 'airwatchportals.com', 'awfed.com'] };
const isAddressOf = (console: string, tenant: string, address: string | undefined): boolean =>
  isOwnHost(tenant) ? address === `https://${tenant}` : (clouds[console] ?? []).some((cloud) => address === `https://${tenant}.${cloud}`);
/** The vendor's other hosts hold no console, and a tenant of its cloud has one name only. */
const isVendorHost = (tenant: string): boolean => /^[^:/]*\.(?:jamf(?:cloud)?|awmdm|airwatchportals|awfed)\.com(?:[:/]|$)/.test(tenant);

function addressOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname } = new URL(address);
  return origin + pathname.replace(/\/$/, '');
}
