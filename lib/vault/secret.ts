/**
 * A value that must not leak: prints as `Secret(****)` wherever it is logged, joined or serialised, and is opened only by
 * name (`reveal()`), so that a search for `.reveal(` finds every use.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Every call of this is a place to review. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return 'Secret(****)';
  }

  toJSON(): string {
    return this.toString();
  }

  /** What Node and test runners print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
