/*
 * Client ID and client secret as an admin pastes them, in one piece or two. Pure; nothing here keeps what it reads.
 */

/** What is wrong with it; each has its wording. */
export type CaptureProblem = 'no-client-id' | 'no-secret' | 'secret-truncated' | 'secret-is-client-id' | 'several';

export type Captured = { clientId: string; secret: string } | { problem: CaptureProblem };

/** A uuid, as in the vendor's schema example. */
const clientIdShape = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** URL-safe characters; 64 in the vendor's schema example. // unverified: whether every release gives 64 */
const secretShape = /^[A-Za-z0-9_-]+$/;
const secretLength = 64;

/**
 * Splits what was pasted: both values in any order, with or without the console's labels and lines.
 * A secret shorter than the console's is refused here, since it would only fail later and say less.
 */
export function readCredentials(pasted: string): Captured {
  const ids = [...new Set(pasted.match(clientIdShape) ?? [])];
  if (ids.length > 1) return { problem: 'several' };
  const [clientId] = ids;
  if (clientId === undefined) return { problem: 'no-client-id' };
  const words = pasted.replaceAll(clientId, ' ').split(/[\s:：,;"'`「」]+/u);
  // Labels are words without digits; a secret of 64 random characters has some.
  const candidates = [...new Set(words.filter((word) => secretShape.test(word) && word.length >= 20 && /\d/.test(word)))];
  const [secret] = candidates;
  if (candidates.length > 1) return { problem: 'several' };
  if (secret === undefined) return { problem: 'no-secret' };
  if (secret.length < secretLength) return { problem: 'secret-truncated' };
  return { clientId: clientId.toLowerCase(), secret };
}

/** The two fields together; each may hold what belongs into the other, or both. */
export function readFields(clientId: string, secret: string): Captured {
  const one = clientId.trim();
  const other = secret.trim();
  if (one !== '' && one === other) return { problem: 'secret-is-client-id' };
  return readCredentials(`${one}\n${other}`);
}
