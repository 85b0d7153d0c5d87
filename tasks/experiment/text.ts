import type { ExperimentResult, PairedCounts } from "../../lib/braintrust/mod.ts";
import { mcnemar, wilson } from "../../lib/stats/mod.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const points = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;

/** How one run went. */
export function summaryText(results: readonly ExperimentResult[]): string {
  const scored = results.filter(({ success }) => success !== null);
  const solved = scored.filter(({ success }) => success === 1).length;
  const failed = results.filter(({ error }) => error !== null);
  const lines = [`${results.length} records, ${scored.length} with a verdict, ${solved} solved`];
  if (scored.length) {
    const { estimate, lo, hi } = wilson(solved, scored.length);
    lines[0] += `: ${percent(estimate)} [${percent(lo)}, ${percent(hi)}]`;
  }
  for (const { id, error } of failed.slice(0, 5)) lines.push(`  ${id}: no verdict, ${error}`);
  if (failed.length > 5) lines.push(`  … and ${failed.length - 5} more without a verdict`);
  return lines.join("\n");
}

/** Before and after, with McNemar's test. */
export function comparisonText({ both, afterOnly, beforeOnly, neither, unpaired }: PairedCounts): string {
  const pairs = both + afterOnly + beforeOnly + neither;
  if (pairs === 0) return "nothing to compare: no record has a verdict in both runs";
  const { estimate, lo, hi, pValue } = mcnemar({ both, onlyFirst: afterOnly, onlySecond: beforeOnly, neither });
  return [
    `before and after, ${pairs} pairs: ${both} solved in both, ${afterOnly} only after, ${beforeOnly} only before, ` +
    `${neither} in neither` + (unpaired ? `; ${unpaired} without a pair left out` : ""),
    `difference ${points(estimate)} points [${points(lo)}, ${points(hi)}], McNemar's exact p = ${
      pValue.toPrecision(3)
    }`,
  ].join("\n");
}
