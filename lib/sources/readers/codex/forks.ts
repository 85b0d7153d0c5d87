import { createHash } from "node:crypto";
import { jsonText } from "../../../traces/json_text.ts";
import type { OpenCall } from "../thread.ts";

/** A thread, as far as it tells where it came from. */
interface Forked {
  id: string | null;
  forkedFrom: string | null;
  openCalls: readonly OpenCall[];
}

/** Threads that were read, by id: the digests of their answers in order. A fork begins with those of where it came from. */
export class Forks {
  readonly #answers = new Map<string, string[]>();

  /** Marks the calls that a thread repeats of the one that it was forked from, and says how many these are. */
  mark(thread: Forked): number {
    const own = thread.openCalls.map(digest);
    if (thread.id !== null) this.#answers.set(thread.id, own);
    const before = thread.forkedFrom === null ? [] : this.#answers.get(thread.forkedFrom) ?? [];
    const differs = own.findIndex((answer, i) => answer !== before[i]);
    const repeated = differs < 0 ? own.length : differs;
    for (const { parts } of thread.openCalls.slice(0, repeated)) parts.modelCall = COUNTED;
    return repeated;
  }
}

/** What a call is that another session has. */
export const COUNTED = "counted elsewhere";

const digest = ({ answer }: OpenCall) => createHash("sha256").update(jsonText(answer)).digest("base64");
