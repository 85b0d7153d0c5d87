import type { Cell } from "../../model/mod.ts";
import { type Tally, tally } from "../counts/tally.ts";
import type { FailedOverSuccessfulRow } from "../types.ts";

/**
 * Mean of failed over mean of successful sessions per benchmark, of tokens, model calls and seconds. Null where one
 * side has no session or the successful mean is 0.
 */
export function failedOverSuccessful(cells: readonly Cell[]): FailedOverSuccessfulRow[] {
  const scored = tally(cells, ["benchmark"]).filter((t) => t.n > 0);
  const sides = ([0, 1] as const).map((verdict) =>
    new Map(tally(cells.filter((c) => c.verdict === verdict), ["benchmark"]).map((t) => [t.benchmark, t]))
  );
  return scored.map(({ benchmark }) => {
    const [failed, solved] = sides.map((side) => side.get(benchmark));
    const ratio = (sum: (t: Tally) => number) => {
      if (failed === undefined || solved === undefined || sum(solved) === 0) return null;
      return (sum(failed) / failed.n) / (sum(solved) / solved.n);
    };
    return {
      benchmark,
      total_tokens: ratio((t) => t.tokens),
      num_llm_calls: ratio((t) => t.calls),
      duration: ratio((t) => t.durationS),
    };
  });
}
