/** Status and title of every problem code in docs/integration-service-api.yaml. */
const PROBLEMS = {
  malformed_request: [400, 'The request cannot be read'],
  invalid_parameter: [400, 'A parameter is wrong'],
  idempotency_key_missing: [400, 'The Idempotency-Key header is missing'],
  idempotency_key_invalid: [400, 'The Idempotency-Key header is malformed'],
  unauthenticated: [401, 'The service API key is missing or not valid'],
  permission_missing: [403, 'The service API key lacks a permission'],
  not_found: [404, 'Not found'],
  integration_exists: [409, 'This console tenant is connected already'],
  integration_deleted: [409, 'The integration made with this key was deleted'],
  content_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body is not declared as JSON'],
  validation_failed: [422, 'Fields are wrong'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used with another body'],
  rate_limited: [429, 'Too many requests'],
  internal_error: [500, 'Fault of the service'],
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** One wrong field; `field` is a JSON Pointer into the body or the name of a query parameter. Never holds the value. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** Thrown by a handler, answered as `application/problem+json`. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly extra: { errors?: FieldError[]; integrationId?: string };
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, detail: string, extra: ApiProblem['extra'] = {}, headers: Record<string, string> = {}) {
    super(detail);
    this.code = code;
    this.extra = extra;
    this.headers = headers;
  }

  toResponse(): Response {
    const [status, title] = PROBLEMS[this.code];
    const body = { type: `urn:integration-service:problem:${this.code}`, title, status, code: this.code, detail: this.message, ...this.extra };
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json', ...this.headers } });
  }
}
