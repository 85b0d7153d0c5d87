import type { Cell } from "../../model/mod.ts";
import { meanKnown, type Tally, tally } from "../counts/tally.ts";

/** Mean of failed over mean of successful sessions; null where one side has none. */
export interface FailedOverSuccessfulRow {
  /** The suite of tasks. */
  benchmark: string;
  /** Of tokens. */
  total_tokens: number | null;
  /** Of model calls. */
  num_llm_calls: number | null;
  /** Of seconds. */
  duration: number | null;
}

/**
 * Mean of failed over mean of successful sessions per benchmark, of tokens, model calls and seconds. Null where one
 * side has no session that knows the value, or the successful mean is 0.
 */
export function failedOverSuccessful(cells: readonly Cell[]): FailedOverSuccessfulRow[] {
  const scored = tally(cells, ["benchmark"]).filter((t) => t.n > 0);
  const sides = ([0, 1] as const).map((verdict) =>
    new Map(tally(cells.filter((c) => c.verdict === verdict), ["benchmark"]).map((t) => [t.benchmark, t]))
  );
  return scored.map(({ benchmark }) => {
    const [failed, solved] = sides.map((side) => side.get(benchmark));
    const ratio = (mean: (t: Tally) => number | null) => {
      const [above, below] = [failed && mean(failed), solved && mean(solved)];
      return typeof above !== "number" || !below ? null : above / below;
    };
    return {
      benchmark,
      total_tokens: ratio((t) => meanKnown(t.tokens, t.tokensKnown)),
      num_llm_calls: ratio((t) => t.calls / t.n),
      duration: ratio((t) => meanKnown(t.durationS, t.durationKnown)),
    };
  });
}
