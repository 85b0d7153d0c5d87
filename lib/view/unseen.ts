/** What a judge was shown of one text of a session: characters from its start and from its end; null where none. */
export interface JudgeSaw {
  /** The model call that brought it, from 1. */
  call: number;
  /** The text in full. */
  text: string;
  /** Null where it was left out whole. */
  kept: readonly [head: number, tail: number] | null;
}

/** Characters of a text that a judge was not shown, from the first up to the last, which is none of them. */
export type Unseen = readonly [from: number, to: number];

/**
 * Says of each piece of a conversation what a judge was not shown of it: null where it saw all. What is in none of the
 * judge's texts (a thought, a message of a simulated customer's own calls) it did not see.
 */
export function unseenOf(
  pieces: readonly { call: number; text: string }[],
  saw: readonly JudgeSaw[],
): (Unseen | null)[] {
  const known = Map.groupBy(saw, ({ text }) => text.trim());
  const ofCall = Map.groupBy(saw, ({ call }) => call);
  return pieces.map(({ call, text }) => {
    const same = known.get(text.trim()) ?? [];
    // Where a text repeats what was shown before, the judge was shown what is new in it.
    const shown = same.find((one) => one.call === call) ?? same[0] ??
      ofCall.get(call)?.find((one) => one.text.trim() !== "" && text.includes(one.text.trim()));
    if (!shown || shown.kept === null) return [0, text.length];
    const [head, tail] = shown.kept;
    return head + tail >= shown.text.trim().length ? null : [head, Math.max(head, text.length - tail)];
  });
}
