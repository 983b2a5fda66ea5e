import * as z from 'zod/mini';

/**
 * Every way in which a Run can stop, by cause. The wording (cause and next step, in each language) stands in
 * `components/text/`; a code without wording does not compile.
 */
export const failureCodes = [
  // the console
  'console-tab-gone',
  'console-signed-out',
  'console-session-refused',
  'console-unreachable',
  'console-busy',
  'console-answer-unreadable',
  'console-refused',
  'console-permission-missing',
  'page-token-missing',
  'page-token-expired',
  'sign-in-refused',
  'sign-in-expired',
  'rights-missing',
  'role-differs',
  // Workspace ONE UEM's REST API
  'uem-api-disabled',
  'uem-key-refused',
  'uem-sign-in-refused',
  'uem-basic-disabled',
  'uem-client-refused',
  'uem-right-missing',
  'uem-rights-missing',
  'uem-key-list-unavailable',
  'uem-quota-used-up',
  // the credentials
  'secret-lost',
  'secret-not-handed-over',
  'capture-unreadable',
  'credentials-not-accepted',
  'credentials-scope-differs',
  'uem-key-lost',
  'uem-password-lost',
  'uem-admin-exists',
  'uem-admin-account-lost',
  // the service
  'service-key-missing',
  'passphrase-wrong',
  'service-key-refused',
  'service-key-read-only',
  'service-account-unclear',
  'service-unreachable',
  'service-busy',
  'service-answer-unreadable',
  'service-refused',
  'service-console-unsupported',
  'registration-appeared',
  'service-reports-failure',
  'outcome-timeout',
  'connection-gone',
  'arrival-timeout',
  // the service's own programming interface, after the hand-over
  'service-key-unfit',
  'service-plan-lacks',
  // ourselves
  'bad-input',
  'storage-failed',
  'unexpected',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** `params` fill the wording: names, hosts, fields, statuses; never a secret. */
export const failureSchema = z.object({
  code: z.enum(failureCodes),
  params: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /**
   * Whether the effect that failed may have happened all the same. `unknown` makes the Run look before it acts again.
   */
  certainty: z.enum(['not-done', 'unknown']),
});
export type Failure = z.infer<typeof failureSchema>;

/** An error with a known cause; everything thrown between adapters and the Run is one of these or a bug. */
export class KeyferryError extends Error {
  readonly failure: Failure;

  constructor(code: FailureCode, params: Failure['params'] = {}, certainty: Failure['certainty'] = 'not-done') {
    super(code);
    this.name = 'KeyferryError';
    this.failure = { code, params, certainty };
  }
}

/** What stopped it, where a failure tells that and what it left: the ways on are the same. */
export function causeOf(failure: Failure): Failure {
  const code = failure.code === 'secret-not-handed-over' ? failureCodes.find((one) => one === failure.params['cause']) : undefined;
  return code ? { ...failure, code } : failure;
}

/** Turns anything thrown into a failure. An unknown error keeps its name only: its message could quote a secret. */
export function failureOf(thrown: unknown, certainty: Failure['certainty'] = 'unknown'): Failure {
  if (thrown instanceof KeyferryError) return thrown.failure;
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return { code: 'unexpected', params: { name }, certainty };
}

/**
 * Parses `value` or throws a failure that names the first field that is wrong. The value itself is never quoted.
 * @throws {KeyferryError} with `code`
 */
export function parseOrFail<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
  code: 'console-answer-unreadable' | 'service-answer-unreadable' | 'bad-input',
  where: string,
): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : '(whole)';
  // A write whose answer cannot be read may well have happened.
  throw new KeyferryError(code, { where, field, problem: issue?.code ?? 'invalid' }, code === 'bad-input' ? 'not-done' : 'unknown');
}
