import { describe, expect, it } from 'vitest';
import { lockedKeySchema, lockKey, unlockKey } from './locked-key.ts';
import { Secret } from './secret.ts';

const address = 'https://service.example';
const passphrase = new Secret('correct horse battery');

describe('a locked key', { timeout: 30_000 }, () => {
  it('opens with its passphrase, also in another Unicode form, and shows nothing of the key', async () => {
    const locked = await lockKey(new Secret('key-ü-123456'), new Secret('Schlüssel für ﬁrma'), address);
    expect(lockedKeySchema.safeParse(locked).success).toBe(true);
    expect(atob(locked.data)).not.toContain('123456');
    expect((await unlockKey(locked, new Secret('Schlüssel für firma'), address))?.reveal()).toBe('key-ü-123456');
  });

  it('does not open with another passphrase, for another service, or changed', async () => {
    const locked = await lockKey(new Secret('key-123456'), passphrase, address);
    expect(await unlockKey(locked, new Secret('correct horse batterz'), address)).toBeUndefined();
    expect(await unlockKey(locked, passphrase, 'https://other.example')).toBeUndefined();
    expect(await unlockKey({ ...locked, data: `A${locked.data.slice(1)}`.replace(/^AA/, 'BA') }, passphrase, address)).toBeUndefined();
    expect(await unlockKey({ ...locked, salt: '' }, passphrase, address)).toBeUndefined();
  });

  it('never encrypts twice alike', async () => {
    const [one, two] = await Promise.all([lockKey(new Secret('k'), passphrase, address), lockKey(new Secret('k'), passphrase, address)]);
    expect(one.data).not.toBe(two.data);
  });
});
