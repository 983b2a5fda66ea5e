import * as z from 'zod/mini';
import { lockedKeySchema } from '../vault/locked-key.ts';
import { defineItem } from './item.ts';

/** Service keys that the admin wanted kept, encrypted with a passphrase, by `accessIdOf`. */
export const lockedKeys = defineItem({ area: 'local', key: 'locked-keys', schema: z.record(z.string(), lockedKeySchema), version: 1, fallback: {} });
