import { inspect, format } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../failure.ts';
import { Secret } from './secret.ts';

/** Every way in which a value ends up in a log, a message, a store or a snapshot. */
const ways: [name: string, print: (secret: Secret) => string][] = [
  ['JSON.stringify', (s) => JSON.stringify(s)],
  ['JSON.stringify of a parent', (s) => JSON.stringify({ deep: [{ s }] })],
  ['a template', (s) => `${String(s)}`],
   
  ['concatenation', (s) => `${s as unknown as string}` + (s as unknown as string)],
  ['join', (s) => [s, s].join()],
  ['toString', (s) => s.toString()],
  ['toLocaleString', (s) => s.toLocaleString()],
  ['inspect', (s) => inspect(s, { showHidden: true, depth: Infinity, getters: true })],
  ['inspect of a parent', (s) => inspect({ a: [s], m: new Map([['k', s]]) }, { showHidden: true, depth: Infinity })],
  ['console formats', (s) => format('%s %o %O %j %d', s, s, s, s, s)],
  ['keys and values', (s) => JSON.stringify([Object.keys(s), Object.values(s), Object.getOwnPropertyNames(s), Reflect.ownKeys(s).map(String)])],
  ['a spread copy', (s) => JSON.stringify({ ...s })],
  ['structuredClone', (s) => JSON.stringify(structuredClone(s)) + inspect(structuredClone(s))],
  ['an error made of it', (s) => inspect(new Error(String(s), { cause: s }))],
  ['a failure made of it', (s) => JSON.stringify([failureOf(s), failureOf(new Error(String(s)))])],
  ['URLSearchParams', (s) => new URLSearchParams({ s: s as unknown as string }).toString()],
  ['a header', (s) => new Headers({ s: s as unknown as string }).get('s') ?? ''],
];

describe('Secret', { timeout: 60_000 }, () => {
  it.each(ways)('does not print by %s', (_name, print) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{12,40}$/), (value) => {
        expect(print(new Secret(value))).not.toContain(value);
      }),
      { numRuns: 30 },
    );
  });

  it('says that it is one', () => {
    expect([String(new Secret('x')), JSON.stringify(new Secret('x')), inspect(new Secret('x'))]).toEqual(['Secret(****)', '"Secret(****)"', 'Secret(****)']);
  });

  it('opens by name', () => {
    expect(new Secret('hunter2').reveal()).toBe('hunter2');
  });

  it('shows no difference between two secrets', () => {
    expect(inspect(new Secret('a'))).toBe(inspect(new Secret('a much longer one')));
  });
});
