const QUOTE = 34, COMMA = 44, OPEN_LIST = 91, BACKSLASH = 92, CLOSE_LIST = 93, OPEN = 123, CLOSE = 125;

/**
 * Cuts a JSON text that comes in parts into its values or, where the first of them is a list, into that list's elements,
 * by its brackets alone.
 */
export class JsonSplitter {
  #depth = 0;
  #escaped = false;
  /** Whether the values are elements of a list; null before the first bracket. */
  #inList: boolean | null = null;
  #begun: string[] = [];
  /** Whether the parts so far end within a text. */
  inText = false;

  /** Values that are complete with this part. */
  *feed(part: string): Generator<string> {
    let from = 0;
    const take = (to: number): string => {
      const text = this.#begun.join("") + part.slice(from, to);
      this.#begun = [];
      return text;
    };
    for (let at = 0; at < part.length; at++) {
      const c = part.charCodeAt(at);
      if (this.inText) {
        if (this.#escaped) this.#escaped = false;
        else if (c === BACKSLASH) this.#escaped = true;
        else if (c === QUOTE) this.inText = false;
      } else if (c === QUOTE) this.inText = true;
      else if (c === OPEN || c === OPEN_LIST) {
        if (this.#inList === null && c === OPEN_LIST) [this.#inList, this.#begun, from] = [true, [], at + 1];
        else {
          this.#inList ??= false;
          this.#depth++;
        }
      } else if (c === CLOSE || c === CLOSE_LIST) {
        if (this.#depth > 0) this.#depth--;
        else if (this.#inList) {
          const text = take(at);
          if (text.trim() !== "") yield text;
          // The list is closed: what follows it stands by itself.
          [this.#inList, from] = [false, at + 1];
          continue;
        }
        if (this.#depth === 0 && !this.#inList) {
          yield take(at + 1);
          from = at + 1;
        }
      } else if (c === COMMA && this.#depth === 0 && this.#inList) {
        yield take(at);
        from = at + 1;
      }
    }
    if (from < part.length) this.#begun.push(part.slice(from));
  }

  /** Whether a list is open, whose elements are cut apart. */
  get inList(): boolean {
    return this.#inList === true;
  }

  /** The text after the last value that was complete; null where nothing is open. */
  rest(): string | null {
    const text = this.#begun.join("");
    return this.#inList || text.trim() !== "" ? text : null;
  }
}
