import * as z from 'zod/mini';
import { Secret } from './secret.ts';

/** Several values that belong together as one secret. */
export function pack(values: Readonly<Record<string, string>>): Secret {
  return new Secret(JSON.stringify(values));
}

/** What was packed; `undefined` where it is nothing of that shape. */
export function unpack<T>(schema: z.ZodMiniType<T>, packed: Secret | undefined): T | undefined {
  if (!packed) return undefined;
  try {
    const parsed = z.safeParse(schema, JSON.parse(packed.reveal()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
