import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { failureCodes, failureOf, failureSchema, KeyferryError, parseOrFail } from './failure.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
};

describe('failureOf', () => {
  it.each(failureCodes)('keeps the cause of %s', (code) => {
    const failure = failureOf(new KeyferryError(code, { host: 'x' }, 'unknown'));
    expect(failure).toEqual({ code, params: { host: 'x' }, certainty: 'unknown' });
    expect(z.safeParse(failureSchema, failure).success).toBe(true);
  });

  it('takes an effect for not done unless it is told otherwise', () => {
    expect(new KeyferryError('bad-input').failure).toEqual({ code: 'bad-input', params: {}, certainty: 'not-done' });
  });

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('hunter2 is wrong'), 'TypeError'],
    ['a string', 'hunter2', 'string'],
    ['an object', { message: 'hunter2' }, 'object'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'object'],
  ])('keeps of %s its kind only, and does not know whether the effect happened', (_what, thrown, name) => {
    const failure = failureOf(thrown);
    expect(failure).toEqual({ code: 'unexpected', params: { name }, certainty: 'unknown' });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });
});

describe('parseOrFail', () => {
  const schema = z.object({ a: z.object({ b: z.array(z.number()) }) });

  it('returns what fits, without what the schema does not know', () => {
    expect(parseOrFail(schema, { a: { b: [1] }, c: 2 }, 'bad-input', 'here')).toEqual({ a: { b: [1] } });
  });

  it.each<[string, unknown, string]>([
    ['a wrong leaf', { a: { b: [1, 'hunter2'] } }, 'a.b.1'],
    ['a wrong branch', { a: 'hunter2' }, 'a'],
    ['nothing', undefined, '(whole)'],
    ['a wrong root', 'hunter2', '(whole)'],
  ])('names the place of %s, never the value', (_what, value, field) => {
    const { failure } = thrownBy(() => parseOrFail(schema, value, 'console-answer-unreadable', 'GET /x')) as KeyferryError;
    expect(failure).toMatchObject({ code: 'console-answer-unreadable', params: { where: 'GET /x', field }, certainty: 'unknown' });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });

  it('knows that bad input had no effect', () => {
    expect((thrownBy(() => parseOrFail(schema, 1, 'bad-input', 'x')) as KeyferryError).failure.certainty).toBe('not-done');
  });

  it('throws nothing but its own error, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          parseOrFail(schema, value, 'service-answer-unreadable', 'x');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(KeyferryError);
        }
      }),
    );
  });
});
