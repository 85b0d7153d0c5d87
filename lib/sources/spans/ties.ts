/**
 * Which spans may be of one session: those that share a key (a trace, a session's name) directly or through others. Positions
 * say how far in the files a key is met.
 */
export class Ties {
  readonly #numbers = new Map<string, number>();
  readonly #tied: number[] = [];
  readonly #last: number[] = [];

  /** Ties keys together that are met at a position. */
  add(keys: readonly string[], position: number): void {
    let whole: number | null = null;
    for (const key of keys) {
      const one = this.#find(this.#numbered(key));
      if (whole !== null && one !== whole) {
        this.#tied[one] = whole;
        this.#last[whole] = Math.max(this.#last[whole]!, this.#last[one]!);
      }
      whole ??= one;
    }
    if (whole !== null) this.#last[whole] = Math.max(this.#last[whole]!, position);
  }

  /** The number of what a key belongs to; undefined where it was never met. */
  of(key: string): number | undefined {
    const number = this.#numbers.get(key);
    return number === undefined ? undefined : this.#find(number);
  }

  /** The last position at which one of its keys is met. */
  lastOf(whole: number): number {
    return this.#last[whole]!;
  }

  #numbered(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#tied.length;
    this.#numbers.set(key, number);
    this.#tied.push(number);
    this.#last.push(-1);
    return number;
  }

  #find(number: number): number {
    let whole = number;
    while (this.#tied[whole] !== whole) whole = this.#tied[whole]!;
    for (let at = number; at !== whole;) [this.#tied[at], at] = [whole, this.#tied[at]!];
    return whole;
  }
}
