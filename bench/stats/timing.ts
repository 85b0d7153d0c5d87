/** Median and extremes of repeated timings, milliseconds. */
export interface Timing {
  medianMs: number;
  leastMs: number;
  mostMs: number;
  repeats: number;
}

/** Runs a function once to warm up and then `repeats` times. */
export async function timed(repeats: number, fn: () => unknown): Promise<Timing> {
  await fn();
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await fn();
    times.push(performance.now() - start);
  }
  return timingOf(times);
}

/** {@link Timing} of given milliseconds. */
export function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    medianMs: sorted[sorted.length >> 1]!,
    leastMs: sorted[0]!,
    mostMs: sorted.at(-1)!,
    repeats: times.length,
  };
}
