/** Bytes of pieces, a number of them at a time. */
export class ByteReader {
  #held = new Uint8Array();
  #given = new Uint8Array();

  constructor(readonly pieces: AsyncIterator<Uint8Array>) {}

  /** Whether there are so many bytes more. */
  async has(count: number): Promise<boolean> {
    while (this.#held.length < count) {
      const { value, done } = await this.pieces.next();
      if (done) return false;
      const whole = new Uint8Array(this.#held.length + value.length);
      whole.set(this.#held);
      whole.set(value, this.#held.length);
      this.#held = whole;
    }
    return true;
  }

  /** The next bytes, which stay the next ones. */
  async peek(count: number): Promise<Uint8Array> {
    if (!await this.has(count)) throw new Error("it ends too soon");
    return this.#held.subarray(0, count);
  }

  /** The next bytes, in pieces. */
  async *take(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      await this.peek(1);
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** All that follows, as it comes. */
  async *rest(): AsyncGenerator<Uint8Array> {
    while (await this.has(1)) {
      this.#given = this.#held;
      this.#held = new Uint8Array();
      yield this.#given;
    }
  }

  /** Takes back the last bytes of what {@link rest} gave last. */
  takeBack(count: number): void {
    this.#held = this.#given.subarray(this.#given.length - count);
  }

  async end(): Promise<void> {
    await this.pieces.return?.(undefined);
  }
}

/** The number that four bytes make, the low one first. */
export const uint32 = ([a, b, c, d]: Uint8Array): number => (a! | b! << 8 | c! << 16 | d! << 24) >>> 0;
