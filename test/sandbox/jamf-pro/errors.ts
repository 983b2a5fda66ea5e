/** One entry of Jamf's error body [D vendor OpenAPI 11.30, ApiErrorCause]; nulls as seen in public threads [C]. */
export interface ApiErrorCause {
  code: string | null;
  field: string | null;
  description: string;
  id: string | null;
}

/** Thrown by handlers; becomes `{ httpStatus, errors }`. */
export class ApiError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 415 | 500;
  readonly errors: ApiErrorCause[];

  constructor(status: ApiError['status'], ...errors: (Partial<ApiErrorCause> & { description: string })[]) {
    super(errors[0]?.description ?? `HTTP ${status}`);
    this.status = status;
    this.errors = errors.map((error) => ({ code: null, field: null, id: '0', ...error }));
  }

  toResponse(): Response {
    return Response.json({ httpStatus: this.status, errors: this.errors }, { status: this.status });
  }
}

/** [C] the text INVALID_TOKEN is what clients look for. */
export const unauthorized = (): ApiError => new ApiError(401, { code: 'INVALID_TOKEN', description: 'Unauthorized' });
/** [C] code and text; a 401 in the same place was seen by one team. */
export const forbidden = (status: 401 | 403): ApiError => new ApiError(status, { code: 'INVALID_PRIVILEGE', field: '', description: 'Forbidden' });
// unverified: code and wording of a 404.
export const notFound = (id: string): ApiError => new ApiError(404, { code: 'INVALID_ID', field: 'id', description: 'Resource not found', id });
export const invalid = (field: string, description: string, code = 'INVALID_FIELD'): ApiError => new ApiError(400, { code, field, description });
/** [C] seen for buildings. */
export const duplicate = (field: string, description: string): ApiError => invalid(field, description, 'DUPLICATE_FIELD');
