import * as z from 'zod/mini';
import { Secret } from './secret.ts';

/*
 * A service key that the admin wants kept beyond the browser session: encrypted with a passphrase that is stored nowhere.
 */

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/), z.maxLength(20_000));

export const lockedKeySchema = z.object({
  /** PBKDF2-SHA-256 rounds, so that they can grow. */
  rounds: z.number().check(z.minimum(1), z.maximum(10_000_000)),
  salt: base64,
  iv: base64,
  data: base64,
});
export type LockedKey = z.infer<typeof lockedKeySchema>;

/** OWASP's figure for PBKDF2-HMAC-SHA256 (2023 and later). */
const rounds = 600_000;

const encode = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

async function deriveKey(passphrase: Secret, salt: Uint8Array<ArrayBuffer>, times: number): Promise<CryptoKey> {
  // The same passphrase typed on another keyboard is the same: NFKC.
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase.reveal().normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Bound to the address: a locked key moved to another service does not open. */
const bound = (address: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(address);

/** Encrypts a key for one service. */
export async function lockKey(key: Secret, passphrase: Secret, address: string): Promise<LockedKey> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const aes = await deriveKey(passphrase, salt, rounds);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(address) }, aes, new TextEncoder().encode(key.reveal()));
  return { rounds, salt: encode(salt), iv: encode(iv), data: encode(new Uint8Array(data)) };
}

/** The key, or `undefined` where the passphrase is wrong or the stored text was changed. */
export async function unlockKey(locked: LockedKey, passphrase: Secret, address: string): Promise<Secret | undefined> {
  try {
    const aes = await deriveKey(passphrase, decode(locked.salt), locked.rounds);
    const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: decode(locked.iv), additionalData: bound(address) }, aes, decode(locked.data));
    return new Secret(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}
