import { Matrix, solve } from "ml-matrix";
import { type Random, randomIndex } from "../../stats/mod.ts";
import { kappaOf } from "./agreement.ts";

/** From so many labels on a classifier is worth training. */
export const MIN_LABELS = 50;

/** A class of fewer labels than this is not learnt. */
const MIN_OF_CLASS = 5;

const FOLDS = 10;

/** Weight of the penalty on the squared coefficients. */
const RIDGE = 1;

/** A linear classifier on points: a class's score is its offset plus the point times its weights. */
export interface TopicClassifier {
  /** Names of the classes, in the order of the rows. */
  classes: string[];
  /** One row a class. */
  weights: number[][];
  /** Score of each class at the origin. */
  offsets: number[];
}

/** A classifier and how well it does on texts that it was not trained on. */
export interface TrainedClassifier {
  /** Fitted on all labels that were learnt. */
  classifier: TopicClassifier;
  /** Labels learnt from, and labels of classes too small to be learnt. */
  n: number;
  /** Labels of classes with fewer than five of them. */
  left_out: number;
  /** Cross-validated in {@link FOLDS} folds; the same text never stands on both sides. */
  accuracy: number;
  /** Cohen's kappa of people and the cross-validated words; null where only one word occurs. */
  kappa: { estimate: number; lo: number; hi: number } | null;
}

/**
 * Learns people's modes from the points of the texts they labelled: a ridge regression a class on 1 where the class is the
 * text's and 0 elsewhere; the highest score is the class. Null with fewer than {@link MIN_LABELS} labels or two classes.
 *
 * @param texts tell which points are the same text, so that no fold is asked what another one knows
 * @see Hoerl, Kennard (1970), Technometrics 12, 55-67
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { seededRandom } from "agent-trace-lab/stats";
 * import { trainClassifier } from "agent-trace-lab/topics";
 * equal(trainClassifier([], [], [], seededRandom(1)), null); // too few labels to learn from
 * ```
 */
export function trainClassifier(
  points: readonly Float64Array[],
  labels: readonly string[],
  texts: readonly string[],
  random: Random,
): TrainedClassifier | null {
  const sizes = new Map<string, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const kept = labels.flatMap((label, i) => sizes.get(label)! >= MIN_OF_CLASS ? [i] : []);
  if (kept.length < MIN_LABELS || new Set(kept.map((i) => labels[i])).size < 2) return null;
  const folds = foldsOf(kept.map((i) => texts[i]!), random);
  const said: string[] = [];
  const truth: string[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const [inside, outside] = [kept.filter((_, j) => folds[j] !== fold), kept.filter((_, j) => folds[j] === fold)];
    if (inside.length === 0 || outside.length === 0) continue;
    const fitted = fit(inside.map((i) => points[i]!), inside.map((i) => labels[i]!));
    for (const i of outside) {
      said.push(classify(fitted, points[i]!));
      truth.push(labels[i]!);
    }
  }
  return {
    classifier: fit(kept.map((i) => points[i]!), kept.map((i) => labels[i]!)),
    n: kept.length,
    left_out: labels.length - kept.length,
    accuracy: said.filter((label, i) => label === truth[i]).length / said.length,
    kappa: kappaOf(truth, said),
  };
}

/**
 * The class of a point.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { classify } from "agent-trace-lab/topics";
 * const classifier = { classes: ["a", "b"], weights: [[1], [-1]], offsets: [0, 0] };
 * equal(classify(classifier, [2]), "a");
 * ```
 */
export function classify({ classes, weights, offsets }: TopicClassifier, point: ArrayLike<number>): string {
  let [best, highest] = [0, -Infinity];
  weights.forEach((row, c) => {
    const score = row.reduce((sum, weight, j) => sum + weight * point[j]!, offsets[c]!);
    if (score > highest) [best, highest] = [c, score];
  });
  return classes[best]!;
}

function fit(points: readonly Float64Array[], labels: readonly string[]): TopicClassifier {
  const classes = [...new Set(labels)].sort();
  const dimensions = points[0]!.length;
  const means = Array.from({ length: dimensions }, (_, j) => mean(points.map((point) => point[j]!)));
  const x = new Matrix(points.map((point) => Array.from(point, (value, j) => value - means[j]!)));
  const shares = classes.map((name) => labels.filter((label) => label === name).length / labels.length);
  const y = new Matrix(labels.map((label) => classes.map((name, c) => Number(label === name) - shares[c]!)));
  const gram = x.transpose().mmul(x).add(Matrix.eye(dimensions, dimensions).mul(RIDGE));
  const solved = solve(gram, x.transpose().mmul(y));
  const weights = classes.map((_, c) => solved.getColumn(c));
  const offsets = weights.map((row, c) => shares[c]! - row.reduce((sum, weight, j) => sum + weight * means[j]!, 0));
  return { classes, weights, offsets };
}

/** A fold a text, drawn; equal texts have the same one. */
function foldsOf(texts: readonly string[], random: Random): number[] {
  const distinct = [...new Set(texts)];
  for (let i = distinct.length - 1; i > 0; i--) {
    const j = randomIndex(random, i + 1);
    [distinct[i], distinct[j]] = [distinct[j]!, distinct[i]!];
  }
  const fold = new Map(distinct.map((text, i) => [text, i % FOLDS]));
  return texts.map((text) => fold.get(text)!);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
