interface Version<T> {
  node: number;
  /** Sandbox clock, ms. */
  at: number;
  value: T | undefined;
}

/**
 * Objects of a clustered server: a write is seen at once on the node that made it, on the others `lagMs` later, while the shared database
 * (`latest`) knows it at once, so that names stay unique. [C] seen on Jamf Cloud, up to 60 s.
 */
export class Replicated<T> {
  readonly #versions = new Map<number, Version<T>[]>();
  readonly #lagMs: () => number;
  readonly #now: () => number;
  #lastId = 0;

  constructor(lagMs: () => number, now: () => number) {
    this.#lagMs = lagMs;
    this.#now = now;
  }

  nextId(): number {
    return (this.#lastId += 1);
  }

  /** `node` undefined: as if written long ago, seen everywhere. */
  set(id: number, value: T | undefined, node?: number): void {
    const version: Version<T> = node === undefined ? { node: 0, at: -Infinity, value } : { node, at: this.#now(), value };
    if (node === undefined) this.#versions.set(id, [version]);
    else this.#versions.set(id, [...(this.#versions.get(id) ?? []), version]);
  }

  get(id: number, node: number): T | undefined {
    const horizon = this.#now() - this.#lagMs();
    return this.#versions.get(id)?.findLast((version) => version.node === node || version.at <= horizon)?.value;
  }

  all(node: number): T[] {
    return present([...this.#versions.keys()].map((id) => this.get(id, node)));
  }

  /** What the shared database holds. */
  latest(): T[] {
    return present([...this.#versions.values()].map((versions) => versions.at(-1)?.value));
  }

  latestOf(id: number): T | undefined {
    return this.#versions.get(id)?.at(-1)?.value;
  }
}

function present<T>(values: (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
