import { Secret } from '../../vault/secret.ts';

/**
 * Four classes without what looks alike (0 O o, 1 I l) and without characters that mean something in forms, URLs, XML, shells or
 * Basic authentication (`& < > " ' \ / % + : ; $` and space), or that a masked value has (`*`). 64 in all: six bits of a byte choose
 * one, each equally likely.
 */
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '!#-=?@_.'];
const alphabet = classes.join('');

/** A password that nobody sees: all four classes, begins with a letter, no character twice in a row; about 160 bits at 28 characters. */
export function makePassword(length = 28): Secret {
  for (;;) {
    const text = Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte & 63]!).join('');
    // As a whole once more, not mended: so every password that fits is equally likely.
    if (/^[A-Za-z]/.test(text) && !/(.)\1/.test(text) && classes.every((set) => [...set].some((one) => text.includes(one)))) return new Secret(text);
  }
}
