import { createHash } from "node:crypto";

/** Slots to begin with; a power of two. */
const FIRST_SLOTS = 1024;

/**
 * A set of texts that keeps 128 bits of each one's SHA-256 instead of the text: 16 bytes a slot, so that a hundred thousand
 * keys of verdicts take 4 MB. Two texts are taken for one with a chance of 2^-128.
 */
export class KeySet {
  /** Four words a slot; a slot of zeros is empty. */
  #words = new Uint32Array(4 * FIRST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(text: string): boolean {
    return this.#place(hashOf(text)) < 0;
  }

  add(text: string): void {
    if (2 * this.#size >= this.#words.length / 4) this.#grow();
    const hash = hashOf(text);
    const place = this.#place(hash);
    if (place < 0) return;
    this.#words.set(hash, place);
    this.#size++;
  }

  /** Where a hash belongs, as an index of its first word; -1 when it is there. */
  #place(hash: Uint32Array): number {
    const slots = this.#words.length / 4;
    for (let slot = hash[0]! % slots;; slot = (slot + 1) % slots) {
      const at = 4 * slot;
      const held = this.#words.subarray(at, at + 4);
      if (held.every((word) => word === 0)) return at;
      if (held.every((word, i) => word === hash[i])) return -1;
    }
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 4) {
      const hash = before.subarray(at, at + 4);
      if (hash.some((word) => word !== 0)) this.#words.set(hash, this.#place(hash));
    }
  }
}

function hashOf(text: string): Uint32Array {
  const bytes = createHash("sha256").update(text).digest();
  return new Uint32Array([0, 4, 8, 12].map((at) => bytes.readUInt32LE(at)));
}
