/** Rows that were set aside for the same reason. */
export interface AsideReason {
  /** How many rows were set aside for it. */
  rows: number;
  /** What was said of the first of them, in full. */
  first: string;
}

/** Reasons that are told apart at most; of those after them the rows alone are counted, under the last. */
const MOST = 20;

/** Collects why rows were set aside, kind by kind. */
export class AsideReasons {
  readonly #kinds = new Map<string, AsideReason>();

  /** Notes one row. */
  add(reason: string): void {
    const kind = kindOf(reason);
    const known = this.#kinds.get(kind) ?? (this.#kinds.size < MOST ? undefined : [...this.#kinds.values()].at(-1));
    if (known) known.rows++;
    else this.#kinds.set(kind, { rows: 1, first: reason });
  }

  /** Each kind in the order in which it was met. */
  all(): AsideReason[] {
    return [...this.#kinds.values()];
  }
}

/** A reason without what is of its row alone: file, row, what was found there. */
function kindOf(reason: string): string {
  return reason.replace(/^.*?, row [^,:]*/, "").replace(/found .*$/s, "found").replace(/"[^"]*"/g, '""')
    .replace(/\d+/g, "0");
}
