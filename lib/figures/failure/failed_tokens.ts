import { MIN_BOX_FAILURES } from "../../analysis/cut_offs.ts";
import type { CellBox, HarnessBox } from "../../analysis/mod.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, plural, timesAsMuch, tokens } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { familySlug, familySuites, type InFamily } from "../kit/family.ts";
import { naming } from "../kit/names.ts";
import { byName, groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { widest } from "../kit/text.ts";
import { FONT_SIZE } from "../kit/theme.ts";
import { tokenBoxes } from "../kit/token_boxes.ts";

/** Failures from which a median is worth a title. */
const MIN_NAMED = 5;

const READING = "Box: quartiles and median; whiskers: within 1.5 interquartile ranges; values beyond are not drawn.";

/** Tokens that failed sessions took, by harness, all benchmarks pooled. */
export function drawFailedTokens(rows: readonly HarnessBox[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const sorted = rows.toSorted((a, b) => b.median - a.median || byName(a.harness, b.harness));
  const several = sorted.filter((row) => row.n >= MIN_NAMED);
  const [first, last] = [several[0], several.at(-1)];
  return frame({
    name: names.figure("failed-tokens"),
    title: first && last && first !== last
      ? `Pooled, a failure under ${names.harness(first.harness)} takes ${tokens(first.median)} tokens, under ${
        names.harness(last.harness)
      } ${tokens(last.median)}`
      : first
      ? `The median failure under ${names.harness(first.harness)} takes ${tokens(first.median)} tokens`
      : rows.length
      ? `No harness has ${MIN_NAMED} failures with known tokens`
      : "Tokens of failed sessions by harness",
    subtitle: `Tokens of failed sessions by harness, whatever suites each ran. ${READING}`,
    description: sorted.map((row) =>
      `${names.harness(row.harness)}: median ${tokens(row.median)}, n ${int(row.n)}.`
    ).join(" ") ||
      "No harness has enough failures.",
    width: context.width,
    body: [
      rows.length ? tokenBoxes(rows, { width, rowHeight: 40 }, names) : emptyBlock("No failed sessions.", width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(rows.reduce((sum, row) => sum + row.n, 0), "failed session")}.`,
      "No cut-off: every harness with a failure.",
    ],
  });
}

/** The same within each benchmark of a family: one panel a suite, each with a scale of its own. */
export function drawFailedTokensBySuite(
  rows: readonly InFamily<CellBox>[],
  family: string,
  context: FigureContext,
): Figure {
  const names = naming(context), width = bodyWidth(context);
  const suitesOf = familySuites(family);
  const own = rows.filter((row) => row.family === family);
  const suites = names.groups("benchmark", groupBy(own, (row) => row.benchmark));
  const labelWidth = Math.min(150, widest(own.map((row) => names.harness(row.harness)), FONT_SIZE.body));
  const ratios = suites.flatMap(([benchmark, all]) => {
    const medians = all.map((row) => row.median);
    const ratio = Math.max(...medians) / Math.min(...medians);
    return all.length > 1 && Number.isFinite(ratio) ? [{ benchmark, ratio }] : [];
  }).toSorted((a, b) => b.ratio - a.ratio);
  const [widestSuite] = ratios;
  const ratio = widestSuite ? timesAsMuch(widestSuite.ratio) : null;
  return frame({
    name: names.figure(`failed-tokens-${familySlug(family)}`),
    title: widestSuite && ratio
      ? `On ${
        names.benchmark(widestSuite.benchmark)
      } the median failure of one harness takes ${ratio} the tokens of another's`
      : widestSuite
      ? `The median failures of harnesses take as many tokens on each of ${suitesOf}`
      : suites.length
      ? `No suite has failures of two harnesses to compare`
      : `Tokens of failed sessions by harness, ${suitesOf}`,
    subtitle: `Tokens of failed sessions by harness within one benchmark, each panel on its own scale. ${READING}`,
    description: suites.map(([benchmark, all]) =>
      `${names.benchmark(benchmark)}: ${
        all.map((row) => `${names.harness(row.harness)} median ${tokens(row.median)}`).join(", ")
      }.`
    ).join(" ") || `No cell of ${suitesOf} has 15 failures.`,
    width: context.width,
    body: suites.length
      ? [gridBlock(
        suites.map(([benchmark, all]) =>
          panelBlock(
            names.benchmark(benchmark),
            "",
            tokenBoxes(all, { width, rowHeight: 30, labelWidth }, names),
          )
        ),
        1,
        14,
      )]
      : [emptyBlock(`No cell of ${suitesOf} has 15 failures.`, width)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(own.reduce((sum, row) => sum + row.n, 0), "failed session")
      } in ${plural(own.length, "cell")}.`,
      `Benchmark and harness with ${MIN_BOX_FAILURES} failures and more.`,
    ],
  });
}
