import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Keeps secrets unreadable in the database. The key stays outside it: in memory, or in a file of its own beside a stored database. */
export class Sealer {
  readonly #sealKey: Buffer;
  readonly #compareKey: Buffer;

  constructor(databasePath?: string) {
    const root = databasePath === undefined ? randomBytes(32) : storedKey(`${databasePath}.key`);
    this.#sealKey = Buffer.from(hkdfSync('sha256', root, '', 'seal', 32));
    this.#compareKey = Buffer.from(hkdfSync('sha256', root, '', 'compare', 32));
  }

  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, ciphertext. */
  seal(text: string): Uint8Array {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#sealKey, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  open(sealed: Uint8Array): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#sealKey, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  }

  /** Same for equal JSON values whatever the member order. Keyed, so that the secret in it cannot be guessed from a stolen database. */
  fingerprint(value: unknown): string {
    return createHmac('sha256', this.#compareKey).update(canonicalJson(value)).digest('base64url');
  }
}

/** A plain hash is enough for keys that the service made itself: they are too random to be guessed. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function storedKey(path: string): Buffer {
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600, flag: 'wx' });
  return readFileSync(path);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
