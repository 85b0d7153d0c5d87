import { quantile, type Random, randomIndex } from "../../stats/mod.ts";

/** Percentile 95% interval of the threshold at which Youden's J is best. */
export interface RuleInterval {
  threshold_lo: number;
  threshold_hi: number;
}

/**
 * Draws all sessions again with replacement, failures and successes together, and finds the best threshold each time.
 * The sessions are sorted once and a draw is a set of weights, so a draw costs as many steps as there are sessions.
 * Draws without a failure or without a success are left out.
 *
 * @param failed tokens of failed sessions, not empty
 * @param solved tokens of successful ones, not empty
 */
export function resampledRules(
  failed: readonly number[],
  solved: readonly number[],
  kind: "cap" | "floor",
  { random, draws }: { random: Random; draws: number },
): RuleInterval {
  const sign = kind === "cap" ? -1 : 1;
  const items = [...failed.map((tokens) => ({ tokens, bad: 1 })), ...solved.map((tokens) => ({ tokens, bad: 0 }))]
    .sort((a, b) => sign * (a.tokens - b.tokens));
  const thresholds: number[] = [];
  const weights = new Int32Array(items.length);
  for (let draw = 0; draw < draws; draw++) {
    weights.fill(0);
    for (let i = 0; i < items.length; i++) weights[randomIndex(random, items.length)]! += 1;
    const best = bestRule(items, weights);
    if (best === null) continue;
    thresholds.push(best.threshold);
  }
  return {
    threshold_lo: quantile(thresholds, 0.025),
    threshold_hi: quantile(thresholds, 0.975),
  };
}

/** The largest caught - stopped over thresholds at observed values, in the order given; the first of equals. */
function bestRule(items: readonly { tokens: number; bad: number }[], weights: Int32Array) {
  let [failures, successes] = [0, 0];
  items.forEach(({ bad }, i) => {
    if (bad === 1) failures += weights[i]!;
    else successes += weights[i]!;
  });
  if (failures === 0 || successes === 0) return null;
  let [caught, stopped] = [0, 0];
  let best = { j: -Infinity, threshold: NaN };
  items.forEach(({ tokens, bad }, i) => {
    const weight = weights[i]!;
    if (bad === 1) caught += weight;
    else stopped += weight;
    if (items[i + 1]?.tokens === tokens) return;
    const j = caught / failures - stopped / successes;
    if (j > best.j) best = { j, threshold: tokens };
  });
  return best;
}
