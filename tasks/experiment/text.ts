import { type ExperimentResult, pairedScores } from "../../lib/braintrust/mod.ts";
import { mcnemar, pairedMeans, wilson } from "../../lib/stats/mod.ts";
import { plural } from "../../lib/model/plural.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const points = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;
const isBinary = (values: readonly number[]) => values.every((value) => value === 0 || value === 1);

/** How one run went, scorer by scorer. */
export function summaryText(results: readonly ExperimentResult[], scorers: readonly string[]): string {
  const lines = [`${results.length} records`, ...scorers.map((name) => `  ${scorerText(results, name)}`)];
  const failed = results.flatMap(({ id, errors }) =>
    Object.entries(errors).map(([what, why]) => `${id}: ${what}: ${why}`)
  );
  for (const one of failed.slice(0, 5)) lines.push(`  ${one}`);
  if (failed.length > 5) lines.push(`  … and ${failed.length - 5} more that went wrong`);
  return lines.join("\n");
}

function scorerText(results: readonly ExperimentResult[], name: string): string {
  const values = results.flatMap(({ scores }) => scores[name] ?? []);
  const without = results.filter(({ notGraded }) => notGraded.includes(name)).length;
  const none = results.length - without - values.length;
  const beside = [
    ...(without ? [`${without} without an expected answer, not graded`] : []),
    ...(none ? [`${none} without a score`] : []),
  ].map((text) => `; ${text}`).join("");
  if (values.length === 0) return `${name}: no score${beside}`;
  if (isBinary(values)) {
    const ones = values.filter((value) => value === 1).length;
    const { estimate, lo, hi } = wilson(ones, values.length);
    return `${name}: ${ones} of ${values.length}, ${percent(estimate)} [${percent(lo)}, ${percent(hi)}]${beside}`;
  }
  // The mean of values from 0 to 1 against nothing: its interval is that of paired differences from 0.
  const { estimate, lo, hi } = pairedMeans(values.map(() => 0), values);
  const ends = lo === null || hi === null ? "" : ` [${percent(Math.max(0, lo))}, ${percent(Math.min(1, hi))}]`;
  return `${name}: mean ${percent(estimate)}${ends} over ${values.length}${beside}`;
}

/** Before and after, scorer by scorer: McNemar's test where scores are 0 and 1, else Student's paired t. */
export function comparisonText(
  before: readonly ExperimentResult[],
  after: readonly ExperimentResult[],
  scorers: readonly string[],
): string {
  return ["before and after:", ...scorers.map((name) => `  ${name}: ${pairText(before, after, name)}`)].join("\n");
}

function pairText(before: readonly ExperimentResult[], after: readonly ExperimentResult[], name: string): string {
  const pairs = pairedScores(before, after, name);
  const n = pairs.after.length;
  if (n === 0) return "nothing to compare, no record has a score in both runs";
  const beside = pairs.unpaired ? `; ${pairs.unpaired} without a pair left out` : "";
  if (!isBinary(pairs.before) || !isBinary(pairs.after)) {
    const { estimate, lo, hi, pValue } = pairedMeans(pairs.before, pairs.after);
    const ends = lo === null || hi === null ? "" : ` [${points(lo)}, ${points(hi)}]`;
    const p = pValue === null ? "" : `, paired t, p = ${pValue.toPrecision(3)}`;
    return `${plural(n, "pair")}, difference ${points(estimate)} points${ends}${p}${beside}`;
  }
  const count = (first: number, second: number) =>
    pairs.after.filter((value, i) => value === second && pairs.before[i] === first).length;
  const counts = { both: count(1, 1), onlyAfter: count(0, 1), onlyBefore: count(1, 0), neither: count(0, 0) };
  // The later run is the first side: a difference above 0 is a gain.
  const { estimate, lo, hi, pValue } = mcnemar({
    both: counts.both,
    onlyFirst: counts.onlyAfter,
    onlySecond: counts.onlyBefore,
    neither: counts.neither,
  });
  return `${
    plural(n, "pair")
  }: ${counts.both} in both, ${counts.onlyAfter} only after, ${counts.onlyBefore} only before, ` +
    `${counts.neither} in neither${beside}; difference ${points(estimate)} points [${points(lo)}, ${points(hi)}], ` +
    `McNemar's exact p = ${pValue.toPrecision(3)}`;
}
