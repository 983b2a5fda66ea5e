import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../vault/secret.ts';
import { readApiKey } from './key.ts';

const opened = (text: string): string | undefined => {
  const key = readApiKey(text);
  return key instanceof Secret ? key.reveal() : key;
};

describe('an API key as it is shown', () => {
  it.each([
    ['q0z3bHlXk9uVd2mTgYh5rJw8sNfPc6aE1iLoKxBvCtQ=', 'q0z3bHlXk9uVd2mTgYh5rJw8sNfPc6aE1iLoKxBvCtQ='],
    [' \tq0z3bHlXk9uVd2mTgYh5rJw8/NfPc6aE1iLoKx+vCtQ=\n', 'q0z3bHlXk9uVd2mTgYh5rJw8/NfPc6aE1iLoKx+vCtQ='],
    ['1KEYZ2AAAAG6A5CQAEQA', '1KEYZ2AAAAG6A5CQAEQA'],
  ])('%j', (text, key) => expect(opened(text)).toBe(key));

  it.each(['nUPJd****...VIeQ=', 'nUPJd...VIeQ=', '••••••••••••••••••••', '****', 'nUPJd…VIeQ='])('%j is masked', (text) => {
    expect(readApiKey(text)).toBe('masked');
  });

  it.each(['', 'short=', 'API Key', 'q0z3bHlXk9uVd2mTgYh5 rJw8sNfPc6aE1iLo', 'q0z3bHlXk9uVd2mTg===Yh5rJw8', 'é'.repeat(20), 'a'.repeat(129)])('%j is none', (text) => {
    expect(readApiKey(text)).toBeUndefined();
  });

  it('a key with anything hidden in it is never taken, wherever', () => {
    fc.assert(
      fc.property(fc.base64String({ minLength: 16, maxLength: 60 }), fc.nat(), fc.constantFrom('*', '****', '•', '…', '...'), (key, at, hidden) => {
        const place = at % (key.length + 1);
        expect(readApiKey(key.slice(0, place) + hidden + key.slice(place))).toBe('masked');
      }),
    );
  });
});
