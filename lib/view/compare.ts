import type { Piece } from "./conversation.ts";

/** Where two conversations first differ, as places in both; null where one is the other's beginning or they are the same. */
export interface FirstDifference {
  /** Place of the first piece that is not the same, from 0. */
  at: number;
  /** Characters that the two pieces there have in common at their beginning. */
  shared: number;
}

/** Goes through two conversations side by side to the first piece that is another kind, tool or text. */
export function firstDifference(
  a: readonly Pick<Piece, "kind" | "name" | "text">[],
  b: readonly Pick<Piece, "kind" | "name" | "text">[],
): FirstDifference | null {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a[at]!, b[at]!];
    if (x.kind === y.kind && x.name === y.name && x.text === y.text) continue;
    let shared = 0;
    while (shared < Math.min(x.text.length, y.text.length) && x.text[shared] === y.text[shared]) shared++;
    return { at, shared };
  }
  return a.length === b.length ? null : { at: length, shared: 0 };
}
