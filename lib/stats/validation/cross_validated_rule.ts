import { type ThresholdRule, youdenJ } from "../agreement/youden_j.ts";
import { studentTQuantile } from "../distributions/student_t.ts";
import { type Random, randomIndex } from "../resampling/random.ts";

/** One thing to tell by a number. */
export interface Flagged {
  /** What it is told by. */
  value: number;
  /** Whether it should be flagged. */
  positive: boolean;
  /** What it shares with others: a run, a task. */
  cluster: string;
}

/** A threshold and what it is worth on what it has not seen. */
export interface CrossValidatedRule {
  /** The rule on everything, and what it seems to be worth there. */
  apparent: ThresholdRule;
  /** Youden's J of rules on clusters that they were not chosen on; null where that has no value. */
  j: number | null;
  /** Lower end of its 95% interval, for new clusters. */
  lo: number | null;
  /** Upper end. */
  hi: number | null;
  /** Share of the positives flagged by rules that had not seen them. */
  sensitivity: number | null;
  /** Share of the negatives not flagged by rules that had not seen them. */
  specificity: number | null;
  /** What choosing the threshold on the same data adds: apparent J less cross-validated J. */
  optimism: number | null;
  /** Clusters, and groups of them left out in turn. */
  clusters: number;
  /** Groups of clusters left out in turn. */
  folds: number;
  /** What is missing; null where nothing is. */
  why: string | null;
}

/** More folds than this cost much and tell little more. */
const MOST_FOLDS = 50;

/**
 * The best threshold of {@link youdenJ} and what it is worth where it was not chosen: clusters are left out one after the
 * other (in 50 groups at most), the threshold is chosen on the rest and tried on them. A threshold chosen among many looks
 * good on the data it was chosen on even where the number says nothing; `optimism` is how much. The interval is of sums over
 * clusters, Student's t, its variance times 1 + folds / (folds - 1) for what rules chosen on overlapping data have in common
 * (Nadeau and Bengio).
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { crossValidatedRule, seededRandom } from "agent-trace-lab/stats";
 * const random = seededRandom(0);
 * const noise = Array.from({ length: 200 }, (_, i) => ({
 *   value: random(),
 *   positive: random() < 0.4,
 *   cluster: `run ${i % 20}`,
 * }));
 * const { apparent, optimism, lo } = crossValidatedRule(noise, "above", { random });
 * ok(apparent.j > 0.1 && optimism! > 0.05 && lo! < 0); // nothing is there
 * ```
 *
 * @param direction as for {@link youdenJ}
 * @param random which clusters are left out together, where there are more than 50
 * @throws {RangeError} when either side is empty or a value is NaN
 * @see Efron (1983), JASA 78, 316-331 (optimism); Nadeau and Bengio (2003), Machine Learning 52, 239-281
 */
export function crossValidatedRule(
  items: readonly Flagged[],
  direction: "above" | "below",
  { random }: { random: Random },
): CrossValidatedRule {
  const apparent = chosen(items, direction);
  const names = [...new Set(items.map((item) => item.cluster))];
  const folds = Math.min(MOST_FOLDS, names.length);
  const foldOf = new Map(shuffled(names, random).map((name, i) => [name, i % folds]));
  const none = { j: null, lo: null, hi: null, sensitivity: null, specificity: null, optimism: null };
  const about = { apparent, clusters: names.length, folds };
  if (names.length < 2) return { ...about, ...none, why: "one cluster: no other to try a threshold on" };
  const sums = new Map(names.map((name) => [name, { hits: 0, positives: 0, passes: 0, negatives: 0 }]));
  for (let fold = 0; fold < folds; fold++) {
    const train = items.filter((item) => foldOf.get(item.cluster) !== fold);
    if (!train.some((t) => t.positive) || !train.some((t) => !t.positive)) {
      return { ...about, ...none, why: "all of one side are in one cluster: without it no threshold can be chosen" };
    }
    const { threshold } = chosen(train, direction);
    for (const { value, positive, cluster } of items) {
      if (foldOf.get(cluster) !== fold) continue;
      const flagged = direction === "above" ? value >= threshold : value <= threshold, own = sums.get(cluster)!;
      if (positive) own.positives++;
      else own.negatives++;
      if (positive && flagged) own.hits++;
      if (!positive && !flagged) own.passes++;
    }
  }
  const all = [...sums.values()];
  const add = (key: "hits" | "positives" | "passes" | "negatives") => all.reduce((sum, own) => sum + own[key], 0);
  const [positives, negatives] = [add("positives"), add("negatives")];
  const [sensitivity, specificity] = [add("hits") / positives, add("passes") / negatives];
  const j = sensitivity + specificity - 1, G = all.length;
  const squares = all.reduce((sum, own) => {
    const part = (own.hits - sensitivity * own.positives) / positives +
      (own.passes - specificity * own.negatives) / negatives;
    return sum + part * part;
  }, 0);
  // Rules of different folds are chosen on nearly the same clusters, so their worth varies together.
  const together = 1 + folds / (folds - 1);
  const reach = studentTQuantile(0.975, G - 1) * Math.sqrt(together * G / (G - 1) * squares);
  return {
    ...about,
    j,
    lo: Math.max(-1, j - reach),
    hi: Math.min(1, j + reach),
    sensitivity,
    specificity,
    optimism: apparent.j - j,
    why: null,
  };
}

function chosen(items: readonly Flagged[], direction: "above" | "below"): ThresholdRule {
  const values = (positive: boolean) => items.filter((item) => item.positive === positive).map((item) => item.value);
  return youdenJ(values(true), values(false), direction);
}

function shuffled(names: readonly string[], random: Random): string[] {
  const order = [...names];
  for (let i = order.length - 1; i > 0; i--) {
    const j = randomIndex(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
