import { type DrawSummary, drawSummary } from "./rate_draws.ts";

/** A contender's place, as far as it is known. */
export interface LeaguePlace extends DrawSummary {
  /** As given. */
  name: string;
  /** Probability that its rate is the highest of all. */
  best: number;
  /** Probability that its rate is within `margin` of the highest. */
  nearBest: number;
  /** Ranks that hold its own in 95% of the draws; 1 is best. */
  rank: { lo: number; hi: number };
}

/**
 * A league table from draws that belong together: in each draw the contenders are ranked, and what is counted is how often
 * each comes first, or nearly. Equals share the first place. Highest mean first.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { leagueTable } from "agent-trace-lab/stats";
 * const [first] = leagueTable({ a: [0.5, 0.6, 0.7], b: [0.4, 0.65, 0.5] });
 * ok(first!.name === "a" && first!.best > 0.6 && first!.nearBest === 1);
 * ```
 *
 * @param draws of each contender's rate, all of one length
 * @param margin 0.05 by default: 5 points
 * @throws {RangeError} when there is no draw, or contenders have different numbers of them
 */
export function leagueTable(
  draws: Readonly<Record<string, ArrayLike<number>>>,
  { margin = 0.05 }: { margin?: number } = {},
): LeaguePlace[] {
  const entries = Object.entries(draws);
  const count = entries[0]?.[1].length ?? 0;
  const odd = entries.find(([, values]) => values.length !== count || count === 0);
  if (odd) throw new RangeError(`leagueTable: expected ${count || "some"} draws of ${odd[0]}, found ${odd[1].length}`);
  const best = new Float64Array(entries.length), near = new Float64Array(entries.length);
  const ranks = entries.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const values = entries.map(([, own]) => own[i]!);
    const top = Math.max(...values);
    const shared = values.filter((v) => v === top).length;
    values.forEach((value, c) => {
      if (value === top) best[c]! += 1 / shared / count;
      if (value >= top - margin) near[c]! += 1 / count;
      ranks[c]![i] = 1 + values.filter((v) => v > value).length;
    });
  }
  return entries.map(([name, own], c): LeaguePlace => {
    const { lo, hi } = drawSummary(ranks[c]!);
    return {
      name,
      ...drawSummary(own),
      best: best[c]!,
      nearBest: Math.min(1, near[c]!),
      rank: { lo: Math.round(lo), hi: Math.round(hi) },
    };
  }).sort((a, b) => b.estimate - a.estimate || (a.name < b.name ? -1 : 1));
}
