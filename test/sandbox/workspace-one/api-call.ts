import type { Ws1OrganizationGroup } from '../types.ts';
import type { Caller, Environment } from './environment.ts';
import { Ws1Refusal } from './refusal.ts';

/** One call that passed sign-in and rights. */
export interface Call {
  environment: Environment;
  caller: Caller;
  /** Groups in which the caller has the right that this call needs; those of all their roles where it needs none. */
  groups: ReadonlySet<number>;
  /** Part of the path by name. */
  param(name: string): string;
  /** Query parameter by name, letter case aside; undefined where it is missing or empty. */
  query(name: string): string | undefined;
  /** The JSON object that was sent. */
  body: Fields;
  url: URL;
}

export type Fields = Readonly<Record<string, unknown>>;
export type Handler = (call: Call) => Response;

/** What the caller must have for a call: all of these permissions; `code` is the error's where one is missing. */
export interface Access {
  permissions: readonly string[];
  code: 6044 | 1011 | 11;
}

/** A call that needs a sign-in and no right. */
export const ANY_CALLER: Access = { permissions: [], code: 1011 };

export type AddRoute = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, version: 1 | 2 | 3, access: Access, handler: Handler) => void;

export const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
/** [recorded for devices, described for admins and smart groups; unverified for the other searches] */
export const noContent = (): Response => new Response(null, { status: 204 });
/** [descriptions 2604: 200 without a schema]; unverified: that the body is empty. */
export const done = (): Response => new Response(null, { status: 200 });

const MAX_PAGE_SIZE = 500;

/** One page of a search: `page` from 0, `pagesize` up to 500, which larger ones are cut to. */
export function pageOf(call: Call, sizeName = 'pagesize'): { page: number; size: number; slice: <T>(rows: readonly T[]) => T[] } {
  const page = wholeNumber(call, 'page', 0);
  // unverified: what a size of 0 means; here the default.
  const size = Math.min(wholeNumber(call, sizeName, MAX_PAGE_SIZE) || MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  return { page, size, slice: (rows) => rows.slice(page * size, (page + 1) * size) };
}

export function wholeNumber(call: Call, name: string, fallback: number): number {
  const text = call.query(name);
  if (text === undefined) return fallback;
  // unverified: the answer to what is no number.
  if (!/^\d{1,9}$/.test(text)) throw new Ws1Refusal(400, 400, `The value '${text}' is not valid for ${name}.`);
  return Number(text);
}

/** Sorted by what `key` reads, in the call's `sortorder`. */
export function sorted<T>(call: Call, rows: readonly T[], key: (row: T) => string | number, orderName = 'sortorder'): T[] {
  const sign = call.query(orderName)?.toLowerCase() === 'desc' ? -1 : 1;
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return rows.toSorted((a, b) => sign * compare(String(key(a)), String(key(b))));
}

/** Whether a text holds what the query asks for, letter case aside; no question, no limit. unverified: "holds" instead of "equals". */
export function matches(call: Call, name: string, text: string): boolean {
  const wanted = call.query(name);
  return wanted === undefined || text.toLowerCase().includes(wanted.toLowerCase());
}

/** The group that a call names, where the caller may see it. */
export function findAccessible(call: Call, id: string | number | undefined): Ws1OrganizationGroup | undefined {
  const group = call.environment.findGroup(typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id);
  return group !== undefined && call.groups.has(group.id) ? group : undefined;
}

export const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const objectOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});
