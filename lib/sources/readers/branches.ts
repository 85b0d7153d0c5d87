import type { Thread } from "./thread.ts";

/** A conversation whose entries name the entry that they follow: one that follows an earlier one begins a branch there. */
export class Branches {
  readonly #thread: Thread;
  /** How long the conversation was after each entry. */
  readonly #lengths = new Map<string, number>();
  #last: string | null = null;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  /** Goes back to what an entry follows, where that is not the entry before it. */
  follow(parent: unknown): void {
    if (typeof parent !== "string" || parent === this.#last) return;
    const length = this.#lengths.get(parent);
    if (length !== undefined && length < this.#thread.length) this.#thread.restart(this.#thread.first(length));
  }

  /** Marks where an entry ends. */
  end(id: unknown): void {
    if (typeof id !== "string") return;
    this.#last = id;
    this.#lengths.set(id, this.#thread.length);
  }

  /** How long the conversation was after an entry. */
  lengthAt(id: unknown): number | undefined {
    return typeof id === "string" ? this.#lengths.get(id) : undefined;
  }
}
