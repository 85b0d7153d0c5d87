/**
 * How much of its context a harness keeps from call to call: the mean, over consecutive inputs, of the share of an input
 * (in characters) that the next one begins with. Near 1 where calls append to the history, near 0 where the context is
 * rebuilt each time. Texts that were not recorded are passed over; null with fewer than two.
 */
export function prefixRetention(inputs: readonly (string | null)[]): number | null {
  const texts = inputs.filter((text): text is string => text !== null && text.length > 2);
  if (texts.length < 2) return null;
  // A list that goes on has a comma where the shorter one had its closing bracket.
  const shares = texts.slice(1).map((text, i) => sharedPrefix(texts[i]!, text) / (texts[i]!.length - 1));
  return shares.reduce((sum, share) => sum + Math.min(1, share), 0) / shares.length;
}

function sharedPrefix(a: string, b: string): number {
  let [low, high] = [0, Math.min(a.length, b.length)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
