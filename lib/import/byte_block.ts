const encoder = new TextEncoder();

/** Bytes gathered before they are written in one go. Grows as needed and is used again after {@link ByteBlock.clear}. */
export class ByteBlock {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  text(text: string): void {
    // A UTF-16 unit takes at most three bytes in UTF-8; long text is mostly ASCII and is encoded apart instead.
    if (text.length > 1 << 16) return this.bytes(encoder.encode(text));
    this.#reserve(text.length * 3);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** The bytes gathered from `start` to `end`; valid until the block is cleared. */
  view(start = 0, end = this.#length): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  clear(): void {
    this.#length = 0;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
