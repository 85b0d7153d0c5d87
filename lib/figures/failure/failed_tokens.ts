import type { CellBox, HarnessBox } from "../../analysis/types.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, plural, tokens } from "../kit/format.ts";
import { BODY_WIDTH, emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import type { SuiteFamily } from "../cost/cost_per_success_by_suite.ts";
import { benchmarkLabel, harnessLabel, isConversational } from "../kit/names.ts";
import { byName, groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { widest } from "../kit/text.ts";
import { FONT_SIZE } from "../kit/theme.ts";
import { tokenBoxes } from "../kit/token_boxes.ts";

const READING = "Box: quartiles and median; whiskers: within 1.5 interquartile ranges; values beyond are not drawn.";

/** Tokens that failed sessions took, by harness, all benchmarks pooled. */
export function drawFailedTokens(rows: readonly HarnessBox[], context: FigureContext): Figure {
  const sorted = rows.toSorted((a, b) => b.median - a.median || byName(a.harness, b.harness));
  const [first, last] = [sorted[0], sorted.at(-1)];
  return frame({
    name: "06-failed-tokens",
    title: first && last && first !== last
      ? `Pooled, a failure under ${harnessLabel(first.harness)} takes ${tokens(first.median)} tokens, under ${
        harnessLabel(last.harness)
      } ${tokens(last.median)}`
      : "Tokens of failed sessions by harness",
    subtitle: `Tokens of failed sessions by harness, whatever suites each ran. ${READING}`,
    description: sorted.map((row) =>
      `${harnessLabel(row.harness)}: median ${tokens(row.median)}, n ${int(row.n)}.`
    ).join(" ") ||
      "No harness has enough failures.",
    body: [rows.length ? tokenBoxes(rows, { width: BODY_WIDTH, rowHeight: 40 }) : emptyBlock("No failed sessions.")],
    caption: [
      `Source: ${context.source}.`,
      `n = ${int(rows.reduce((sum, row) => sum + row.n, 0))} failed sessions.`,
      "No cut-off: every harness with a failure.",
    ],
  });
}

/** The same within each benchmark of a family: one panel a suite, each with a scale of its own. */
export function drawFailedTokensBySuite(rows: readonly CellBox[], family: SuiteFamily, context: FigureContext): Figure {
  const own = rows.filter((row) => isConversational(row.benchmark) === (family === "conversational"));
  const suites = [...groupBy(own, (row) => row.benchmark)].sort(([a], [b]) => byName(a, b));
  const labelWidth = Math.min(150, widest(own.map((row) => harnessLabel(row.harness)), FONT_SIZE.body));
  const ratios = suites.flatMap(([benchmark, all]) => {
    const medians = all.map((row) => row.median);
    const ratio = Math.max(...medians) / Math.min(...medians);
    return all.length > 1 && Number.isFinite(ratio) ? [{ benchmark, ratio }] : [];
  }).toSorted((a, b) => b.ratio - a.ratio);
  const [widestSuite] = ratios;
  return frame({
    name: `06-failed-tokens-${family}`,
    title: widestSuite
      ? `On ${benchmarkLabel(widestSuite.benchmark)} the median failure of one harness takes ${
        int(widestSuite.ratio)
      } times the tokens of another's`
      : `Tokens of failed sessions by harness, ${family} suites`,
    subtitle: `Tokens of failed sessions by harness within one benchmark, each panel on its own scale. ${READING}`,
    description: suites.map(([benchmark, all]) =>
      `${benchmarkLabel(benchmark)}: ${
        all.map((row) => `${harnessLabel(row.harness)} median ${tokens(row.median)}`).join(", ")
      }.`
    ).join(" ") || `No cell of the ${family} suites has 15 failures.`,
    body: suites.length
      ? [gridBlock(
        suites.map(([benchmark, all]) =>
          panelBlock(benchmarkLabel(benchmark), "", tokenBoxes(all, { width: BODY_WIDTH, rowHeight: 30, labelWidth }))
        ),
        1,
        14,
      )]
      : [emptyBlock(`No cell of the ${family} suites has 15 failures.`)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        int(own.reduce((sum, row) => sum + row.n, 0))
      } failed sessions in ${plural(own.length, "cell")}.`,
      "Benchmark and harness with 15 failures and more.",
    ],
  });
}
