/**
 * The first `count` messages of a list that the calls of a session share: each call's input is all that was said before
 * it, so written out as text a session would grow with the square of its calls. The elements are the recorder's, parsed
 * from JSON but not changed; whoever holds one of these changes neither the list's elements nor their order.
 *
 * @example
 * ```ts
 * import { SharedMessages } from "agent-trace-lab/model";
 * const said = [{ role: "user", content: "Count the tulips." }, { role: "assistant", content: "There are 12." }];
 * const input = new SharedMessages(said, 1);
 * console.log(input.elements().length, input.text()); // 1 [{"role":"user","content":"Count the tulips."}]
 * ```
 */
export class SharedMessages {
  /** The first `count` messages of a list. */
  constructor(
    /** All messages of the list, those after the prefix too. */
    readonly list: readonly unknown[],
    /** How many of them, from the first, these are. */
    readonly count: number = list.length,
  ) {}

  /** The messages. */
  elements(): readonly unknown[] {
    return this.count === this.list.length ? this.list : this.list.slice(0, this.count);
  }

  /** JSON text of the messages: as long as they are, so only for what has to have it. */
  text(): string {
    return JSON.stringify(this.elements());
  }
}

/**
 * JSON text of recorded messages, whichever way they are held; null where none were recorded.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { messagesText } from "agent-trace-lab/model";
 * equal(messagesText('[{"role":"user"}]'), '[{"role":"user"}]');
 * ```
 */
export function messagesText(recorded: string | SharedMessages | null): string | null {
  return recorded instanceof SharedMessages ? recorded.text() : recorded;
}
