import type { Item } from "./items.ts";
import { ShownText } from "./new_part.ts";

/** An item that a call brought and no earlier one had. */
export interface NewItem extends Item {
  /** Characters of it that were left out because they were shown before. */
  repeated: number;
}

/**
 * One conversation of a session: what was shown of it so far, so that of each call's input, which repeats the history,
 * only the new items are taken. Items are matched by content with their number of occurrences, wherever they stand: so it
 * works as well when the harness rebuilds its context at each call.
 */
export class Thread {
  readonly #shown = new Map<string, number>();
  readonly #text = new ShownText();
  /** Characters shown, system texts apart. */
  #chars = 0;

  /**
   * How much a call's input and this conversation have in common: characters of the input that were shown before, over
   * those of the shorter of the two. System texts do not count: sub-agents share them.
   */
  overlap(items: readonly Item[]): number {
    let [known, total] = [0, 0];
    for (const { kind, key, text } of items) {
      if (kind === "system") continue;
      const size = text.length + 1;
      total += size;
      known += this.#shown.has(key) ? size : Math.min(size, this.#text.known(text));
    }
    const shorter = Math.min(total, this.#chars);
    return shorter ? Math.min(1, known / shorter) : 0;
  }

  /** The new items of a call's whole input. */
  takeInput(items: readonly Item[]): NewItem[] {
    const counts = new Map<string, number>();
    return items.flatMap((item) => {
      const count = (counts.get(item.key) ?? 0) + 1;
      counts.set(item.key, count);
      return count > (this.#shown.get(item.key) ?? 0) ? [this.#show(item)] : [];
    });
  }

  /** A call's output: always new. */
  takeOutput(items: readonly Item[]): NewItem[] {
    return items.map((item) => this.#show(item));
  }

  #show(item: Item): NewItem {
    this.#shown.set(item.key, (this.#shown.get(item.key) ?? 0) + 1);
    if (item.kind !== "system") this.#chars += item.text.length + 1;
    // A tool that returns the same text twice did so twice; only what a harness puts together repeats the history.
    const part = item.kind === "user" || item.kind === "system"
      ? this.#text.newPart(item.kind, item.text)
      : { text: item.text, repeated: 0 };
    this.#text.add(item.kind, item.text);
    return { ...item, ...part };
  }
}
