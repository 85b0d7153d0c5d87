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

  /** Share of the characters of items that this conversation has shown already; system texts count only when alone. */
  overlap(items: readonly Item[]): number {
    const told = items.filter((item) => item.kind !== "system");
    const counted = told.length ? told : items;
    let [known, total] = [0, 0];
    for (const { key, text } of counted) {
      const size = text.length + 1;
      total += size;
      known += this.#shown.has(key) ? size : Math.min(size, this.#text.known(text));
    }
    return total ? known / total : 0;
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
    const part = item.kind === "call" || item.kind === "assistant"
      ? { text: item.text, repeated: 0 }
      : this.#text.newPart(item.kind, item.text);
    this.#text.add(item.kind, item.text);
    return { ...item, ...part };
  }
}
