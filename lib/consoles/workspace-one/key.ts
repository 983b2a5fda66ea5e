import { Secret } from '../../vault/secret.ts';

/** What an API key looks like: base64 of 32 bytes in new ones, capitals and digits in old ones. // unverified: the vendor says nothing about it. */
const keyShape = /^[A-Za-z0-9+/_-]{16,128}={0,2}$/;

/** What is left out of a key that is shown masked: stars or bullets, as in `nUPJd****...VIeQ=`, or the middle by dots. */
const mask = /[*•●…]|\.{2,}/;

/**
 * A key as the console shows it or an admin pastes it.
 * @returns `masked` where a part is hidden: that is never a key; `undefined` where it is none at all
 */
export function readApiKey(text: string): Secret | 'masked' | undefined {
  const plain = text.trim();
  if (mask.test(plain)) return 'masked';
  return keyShape.test(plain) ? new Secret(plain) : undefined;
}
