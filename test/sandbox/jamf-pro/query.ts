import { invalid } from './errors.ts';

/** [C] a larger page-size is silently cut to this, without an error. */
const MAX_PAGE_SIZE = 2000;

/** A list that may be computed on demand; arrays fit. */
export interface Rows<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** The names that filter and sort take: dotted paths into a row, or names that stand for such a path. */
export type Fields = readonly string[] | Readonly<Record<string, string>>;

function pathOf(fields: Fields, name: string): string | undefined {
  if (isList(fields)) return fields.includes(name) ? name : undefined;
  return fields[name];
}

const isList = (fields: Fields): fields is readonly string[] => Array.isArray(fields);

/**
 * Answers a list request: RSQL `filter`, `sort` (`field:asc,field:desc`, repeatable), `page` from 0, `page-size`. Fields that are
 * not in `fields` are a 400. `rows` must come in the order that the endpoint has by default;
 * `inOrderOf` names the sorts that would change nothing about it.
 */
export function listOf<T extends object>(rows: Rows<T>, query: URLSearchParams, fields: Fields, inOrderOf: readonly string[] = []): { totalCount: number; results: T[] } {
  const page = wholeNumber(query, 'page', 0);
  const size = Math.min(wholeNumber(query, 'page-size', 100), MAX_PAGE_SIZE);
  const from = page * size;
  const filter = query.get('filter')?.trim() ?? '';
  const sort = query.getAll('sort').flatMap((part) => part.split(',')).filter((part) => part !== '');
  // The usual request for a large list builds one page of it only.
  const isInOrder = sort.length === 0 || inOrderOf.includes(sort.join());
  if (filter === '' && isInOrder) return { totalCount: rows.length, results: slice(rows, from, from + size) };
  const kept = slice(rows, 0, rows.length).filter(filter === '' ? () => true : parseFilter(filter, fields));
  if (!isInOrder) sortRows(kept, sort, fields);
  return { totalCount: kept.length, results: kept.slice(from, from + size) };
}

function slice<T>(rows: Rows<T>, from: number, to: number): T[] {
  const results: T[] = [];
  for (let i = from; i < Math.min(to, rows.length); i += 1) {
    const row = rows.at(i);
    if (row !== undefined) results.push(row);
  }
  return results;
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  // unverified: the answer to a page that is no number.
  if (!/^\d+$/.test(text)) throw invalid(name, `${name} must be a number of 0 or more`);
  return Number(text);
}

function sortRows(rows: object[], sort: string[], fields: Fields): void {
  const keys = sort.map((part) => {
    const [field = '', direction = 'asc'] = part.split(':');
    const path = pathOf(fields, field);
    // unverified: [D] says an unknown field may be ignored or unpredictable.
    if (path === undefined) throw invalid('sort', `Cannot sort by ${field}`);
    return { path, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  rows.sort((a, b) => {
    for (const { path, sign } of keys) {
      const order = compare(valueAt(a, path), valueAt(b, path));
      if (order !== 0) return order * sign;
    }
    return 0;
  });
}

const numbersByValue = new Intl.Collator('en', { numeric: true });

function compare(a: unknown, b: unknown): number {
  return numbersByValue.compare(String(a ?? ''), String(b ?? ''));
}

function valueAt(row: object, field: string): unknown {
  let value: unknown = row;
  for (const part of field.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

type Test = (row: object) => boolean;

/**
 * RSQL as far as people use it: `==` `!=` (with `*`), `<` `<=` `>` `>=` (also `=lt=` and so on), `=in=(…)` `=out=(…)`, `and`/`;`, `or`/`,`, brackets,
 * values bare or in quotes. unverified: whether letter case counts; here it does not.
 */
export function parseFilter(text: string, fields: Fields): Test {
  const tokens = [...text.matchAll(/\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(=(?:lt|le|gt|ge|in|out)=|==|!=|<=|>=|<|>)|([();,])|([^\s"'();,=!<>]+))/gy)];
  const broken = (): never => {
    throw invalid('filter', `Cannot read filter: ${text}`, 'INVALID_FILTER');
  };
  const last = tokens.at(-1);
  if (last === undefined || last.index + last[0].length < text.trimEnd().length) broken();
  let at = 0;
  const peek = (): string => tokens[at]?.[0].trim() ?? '';
  const take = (): string => {
    const token = peek();
    at += 1;
    return token;
  };
  const accept = (...words: string[]): boolean => {
    if (!words.includes(peek().toLowerCase())) return false;
    at += 1;
    return true;
  };

  const or = (): Test => {
    const tests = [and()];
    while (accept('or', ',')) tests.push(and());
    return (row) => tests.some((test) => test(row));
  };
  const and = (): Test => {
    const tests = [term()];
    while (accept('and', ';')) tests.push(term());
    return (row) => tests.every((test) => test(row));
  };
  const term = (): Test => {
    if (accept('(')) {
      const inner = or();
      return accept(')') ? inner : broken();
    }
    const name = take();
    const field = pathOf(fields, name);
    if (field === undefined) throw invalid('filter', `Cannot filter by ${name}`, 'INVALID_FILTER');
    const operator = take();
    if (operator === '=in=' || operator === '=out=') {
      if (!accept('(')) broken();
      const values = [value()];
      while (accept(',')) values.push(value());
      if (!accept(')')) broken();
      const tests = values.map(matcher);
      return (row) => tests.some((test) => test(valueAt(row, field))) === (operator === '=in=');
    }
    const wanted = value();
    const ordered = ORDERED[operator];
    if (ordered !== undefined) return (row) => ordered(compare(valueAt(row, field), wanted));
    if (operator !== '==' && operator !== '!=') broken();
    const test = matcher(wanted);
    return (row) => test(valueAt(row, field)) === (operator === '==');
  };
  const value = (): string => {
    const token = take();
    if (token === '' || /^[();,=!<>]/.test(token)) broken();
    return /^["']/.test(token) ? token.slice(1, -1).replaceAll(/\\(.)/g, '$1') : token;
  };

  const test = or();
  return at === tokens.length ? test : broken();
}

const ORDERED: Record<string, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '=lt=': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=le=': (order) => order <= 0,
  '>': (order) => order > 0,
  '=gt=': (order) => order > 0,
  '>=': (order) => order >= 0,
  '=ge=': (order) => order >= 0,
};

function matcher(wanted: string): (value: unknown) => boolean {
  const pattern = wanted.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  const test = new RegExp(`^${pattern}$`, 'is');
  return (value) => test.test(String(value ?? ''));
}
