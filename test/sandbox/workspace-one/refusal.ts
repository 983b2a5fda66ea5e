/** What the product refuses, with the status and body that the API answers; pages show the message at the field. */
export class Ws1Refusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 422 | 429;
  readonly errorCode: number;
  /** Name of the input that is wrong, as the operation calls it. */
  readonly field: string | undefined;

  constructor(status: Ws1Refusal['status'], errorCode: number, message: string, field?: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.field = field;
  }
}

/** Most rules of the system part answer with code 400 in the body too [Omnissa's descriptions, 2604]. */
export const invalid = (field: string, message: string): Ws1Refusal => new Ws1Refusal(400, 400, message, field);
// [fixtures: 403 with 6044, 1011 or 11, same words]; which code belongs to which call is the described one where there is any.
export const forbidden = (errorCode: 6044 | 1011 | 11 = 11): Ws1Refusal =>
  new Ws1Refusal(403, errorCode, "User doesn't have sufficient permissions to perform this operation.");
