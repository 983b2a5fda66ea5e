import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCredentials as read, readFields as readBoth } from './capture.ts';

const readCredentials = (pasted: string): ReturnType<typeof read> => read(pasted, 'jamf-pro');
const readFields = (one: string, other: string): ReturnType<typeof read> => readBoth(one, other, 'jamf-pro');

const id = '1979ca82-1337-c0de-1012-82a008a3bf70';
const secret = '-j1o7Ery2fQG9IrBsUoTjN-0123456789abcdefghijklmnopqrstuvwxyzABCDE';

const good: [what: string, pasted: string][] = [
  ['two lines', `${id}\n${secret}`],
  ['the other way round', `${secret}\n${id}`],
  ['with labels', `Client ID: ${id}\nClient Secret: ${secret}`],
  ['with Japanese labels', `クライアントID：${id}\nクライアントシークレット：${secret}`],
  ['labels on their own lines', `Client ID\n${id}\n\nClient secret\n${secret}\n`],
  ['a tab between', `${id}\t${secret}`],
  ['JSON', JSON.stringify({ clientId: id, clientSecret: secret })],
  ['upper case id', `${id.toUpperCase()} ${secret}`],
  ['copied twice', `${id} ${secret}\n${id} ${secret}`],
];
const bad: [what: string, pasted: string, problem: string][] = [
  ['nothing', '', 'no-client-id'],
  ['secret alone', secret, 'no-client-id'],
  ['id alone', id, 'no-secret'],
  ['truncated secret', `${id} ${secret.slice(0, 60)}`, 'secret-truncated'],
  ['two clients', `${id} ${secret} 2979ca82-1337-c0de-1012-82a008a3bf70`, 'several'],
  ['two secrets', `${id} ${secret} ${secret.replace('-j', 'xx')}`, 'several'],
  ['masked secret', `${id} ••••••••••••••••••••••••••••••••`, 'no-secret'],
  ['something else', 'Save your client secret now', 'no-client-id'],
];

describe('readCredentials', () => {
  it('has a test secret of the right length', () => expect(secret).toHaveLength(64));
  it.each(good)('understands %s', (_, pasted) => expect(readCredentials(pasted)).toEqual({ clientId: id, secret }));
  it.each(bad)('refuses %s', (_, pasted, problem) => expect(readCredentials(pasted)).toEqual({ problem }));

  it('finds any pair among any labels, and never throws', () => {
    const random = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'), minLength: 63, maxLength: 63 }).map((text) => `${text}7`);
    fc.assert(
      fc.property(fc.uuid(), random, fc.constantFrom('\n', ' ', '\t', '\r\n'), fc.boolean(), (clientId, value, gap, swap) => {
        expect(readCredentials(swap ? `${value}${gap}${clientId}` : `${clientId}${gap}${value}`)).toEqual({ clientId: clientId.toLowerCase(), secret: value });
      }),
    );
    fc.assert(fc.property(fc.string({ maxLength: 5000 }), (text) => void readCredentials(text)));
  });
});

describe('readFields', () => {
  it('takes both values from whichever field they are in', () => {
    expect(readFields(id, secret)).toEqual({ clientId: id, secret });
    expect(readFields(secret, id)).toEqual({ clientId: id, secret });
    expect(readFields(`${id}\n${secret}`, '')).toEqual({ clientId: id, secret });
  });
  it('says that the same value is in both', () => expect(readFields(id, id)).toEqual({ problem: 'secret-is-client-id' }));
});

describe('of Workspace ONE UEM', () => {
  const hex = '0123456789abcdef0123456789abcdef';
  it.each<[what: string, pasted: string, id: string, secret: string]>([
    ['a uuid', `Client ID: ${id}\nClient Secret: ${secret.slice(0, 43)}`, id, secret.slice(0, 43)],
    ['32 digits', `${hex}\t${secret.slice(0, 32)}`, hex, secret.slice(0, 32)],
    ['a secret in capitals and digits', `${hex} ${hex.toUpperCase()}`, hex, hex.toUpperCase()],
    ['a secret in base64', `${secret.slice(2, 40)}+/== ${hex}`, hex, `${secret.slice(2, 40)}+/==`],
  ])('understands %s', (_what, pasted, clientId, value) => expect(read(pasted, 'workspace-one')).toEqual({ clientId, secret: value }));
  it.each([[`${hex} ********************************`, 'no-secret'], [hex, 'no-secret'], [secret, 'no-client-id']])('refuses %s', (pasted, problem) => expect(read(pasted, 'workspace-one')).toEqual({ problem }));
});
