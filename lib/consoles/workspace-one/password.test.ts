import { afterEach, describe, expect, it, vi } from 'vitest';
import { makePassword } from './password.ts';

describe('a password that nobody sees', () => {
  afterEach(() => vi.unstubAllGlobals());
  const many = Array.from({ length: 2_000 }, () => makePassword().reveal());

  it('is long, of four classes, and each time another', () => {
    for (const password of many) {
      expect(password).toHaveLength(28);
      for (const set of [/[A-Z]/, /[a-z]/, /\d/, /[^\w]|_/]) expect(password).toMatch(set);
    }
    expect(new Set(many).size).toBe(many.length);
  });

  it('has nothing that looks alike, breaks a form or XML, or looks masked', () => {
    for (const password of many) {
      expect(password).not.toMatch(/[0Oo1Il&<>"'\\/%+:;$*\s]/);
      expect(password).toMatch(/^[A-Za-z]/);
      expect(password).not.toMatch(/(.)\1/);
      expect(password).toMatch(/^[\x21-\x7e]+$/);
    }
  });

  it('uses each character about equally often', () => {
    const counts = new Map<string, number>();
    for (const one of many.join('')) counts.set(one, (counts.get(one) ?? 0) + 1);
    expect(counts.size).toBe(64);
    const expected = (2_000 * 28) / 64;
    // Six standard deviations, and some more for the conditions.
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.3);
  });

  it('draws again, as a whole, where a class is missing or a character repeats', () => {
    const draws = [new Array<number>(28).fill(0), Array.from({ length: 28 }, (_none, index) => index % 24), Array.from({ length: 28 }, (_none, index) => [0, 30, 50, 60][index % 4]!)];
    vi.stubGlobal('crypto', { getRandomValues: (target: Uint8Array) => (target.set(draws.shift()!), target) });
    expect(makePassword().reveal()).toBe('Ag4?'.repeat(7));
    expect(draws).toEqual([]);
  });

  it('cannot be printed', () => {
    expect(String(makePassword())).toBe('Secret(****)');
    expect(JSON.stringify({ password: makePassword() })).not.toMatch(/[A-Z]{1}[^"]{20}/);
  });
});
