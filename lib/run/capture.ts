import type { ConsoleId } from '../consoles/console.ts';

/*
 * Client ID and client secret as an admin pastes them, in one piece or two. Pure; nothing here keeps what it reads.
 */

/** What is wrong with it; each has its wording. */
export type CaptureProblem = 'no-client-id' | 'no-secret' | 'secret-truncated' | 'secret-is-client-id' | 'several';

export type Captured = { clientId: string; secret: string } | { problem: CaptureProblem };

interface Shape {
  id: RegExp;
  secret: RegExp;
  /** Characters, at least. */
  secretLength: number;
}
const shapes: Record<ConsoleId, Shape> = {
  // A uuid, and 64 URL-safe characters, as in the vendor's schema example. // unverified: whether every release gives 64
  'jamf-pro': { id: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, secret: /^[A-Za-z0-9_-]+$/, secretLength: 64 },
  // unverified: length and characters of both; Omnissa's picture has an ID of hexadecimal digits.
  'workspace-one': { id: /(?<![\w-])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})(?![\w-])/g, secret: /^[A-Za-z0-9+/=_.~-]+$/, secretLength: 20 },
};

/**
 * Splits what was pasted: both values in any order, with or without the console's labels and lines.
 * A secret shorter than the console's is refused here, since it would only fail later and say less.
 */
export function readCredentials(pasted: string, console: ConsoleId): Captured {
  const shape = shapes[console];
  const ids = [...new Set(pasted.match(shape.id) ?? [])];
  if (ids.length > 1) return { problem: 'several' };
  const [clientId] = ids;
  if (clientId === undefined) return { problem: 'no-client-id' };
  const words = pasted.replaceAll(clientId, ' ').split(/[\s:：,;"'`「」]+/u);
  // Labels are words without digits; a secret of 64 random characters has some.
  const candidates = [...new Set(words.filter((word) => shape.secret.test(word) && word.length >= 20 && /\d/.test(word)))];
  const [secret] = candidates;
  if (candidates.length > 1) return { problem: 'several' };
  if (secret === undefined) return { problem: 'no-secret' };
  if (secret.length < shape.secretLength) return { problem: 'secret-truncated' };
  return { clientId: clientId.toLowerCase(), secret };
}

/** The two fields together; each may hold what belongs into the other, or both. */
export function readFields(clientId: string, secret: string, console: ConsoleId): Captured {
  const one = clientId.trim();
  const other = secret.trim();
  if (one !== '' && one === other) return { problem: 'secret-is-client-id' };
  return readCredentials(`${one}\n${other}`, console);
}
