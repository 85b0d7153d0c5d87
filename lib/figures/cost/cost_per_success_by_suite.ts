import { MIN_COST_CELL_N } from "../../analysis/cut_offs.ts";
import type { CostIntervalRow } from "../../analysis/mod.ts";
import { costDomain, costDots, costValue, pricedRows } from "../kit/cost_dots.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { plural, timesAsMuch, usd } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { besideBlock, legendBlock, rampBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { familySlug, familySuites, type InFamily } from "../kit/family.ts";
import { groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { widest } from "../kit/text.ts";
import { FONT_SIZE, INK, RATE_RAMP } from "../kit/theme.ts";
import { shortSentence } from "../kit/short.ts";

const LABEL_MAX = 230;

/** What a solved task costs within each benchmark of a family: one panel a suite, cheapest first, on one axis. */
export function drawCostPerSuccessBySuite(
  rows: readonly InFamily<CostIntervalRow>[],
  family: string,
  context: FigureContext,
): Figure {
  const names = naming(context), width = bodyWidth(context);
  const name = names.figure(`cost-per-success-${familySlug(family)}`);
  const suitesOf = familySuites(family);
  const own = rows.filter((row) => row.benchmark !== null && row.family === family);
  const suites = names.groups("benchmark", groupBy(own, (row) => row.benchmark ?? ""));
  const domain = costDomain(own);
  const open = own.filter((row) => row.usd_per_success !== null && row.hi === null).length;
  const labelWidth = Math.min(LABEL_MAX, widest(own.map((row) => names.config(row.config)), FONT_SIZE.body));
  const valueWidth = widest(own.map(costValue), FONT_SIZE.body);
  const spreads = suites.flatMap(([benchmark, all]) => {
    const priced = pricedRows(all);
    const [first, last] = [priced[0], priced.at(-1)];
    return first && last && first !== last ? [{ benchmark, ratio: last.usd_per_success / first.usd_per_success }] : [];
  }).toSorted((a, b) => b.ratio - a.ratio);
  const [widestSuite] = spreads;
  const ratio = widestSuite ? timesAsMuch(widestSuite.ratio) : null;
  return frame({
    name,
    title: widestSuite && ratio
      ? `Within ${names.benchmark(widestSuite.benchmark)} the dearest solved task costs ${ratio} the cheapest`
      : `Cost per solved task, ${suitesOf}`,
    subtitle: "USD per solved task of each config within one benchmark, failures paid for, on one logarithmic axis.",
    description: suites.map(([benchmark, all]) =>
      `${names.benchmark(benchmark)}: ${
        pricedRows(all).map((row) => `${names.config(row.config)} ${usd(row.usd_per_success)}`).join(", ") ||
        "no success"
      }.`
    ).join(" ") || `No config of ${suitesOf} has 10 sessions and a price.`,
    legend: besideBlock(
      [
        rampBlock(`${name}-ramp`, RATE_RAMP, "0%", "100% solved"),
        legendBlock(
          [{ mark: "whisker", color: INK.text, label: "95%, bootstrap by session; → no upper bound" }],
          "",
          width,
        ),
      ],
      36,
      width,
    ),
    width: context.width,
    body: suites.length
      ? [gridBlock(
        suites.map(([benchmark, all]) =>
          panelBlock(
            names.benchmark(benchmark),
            "",
            costDots(
              all,
              { width, maxLabel: LABEL_MAX, rowHeight: 23, domain, labelWidth, valueWidth },
              names,
            ),
          )
        ),
        1,
        14,
      )]
      : [emptyBlock(`No config of ${suitesOf} has 10 sessions and a price.`, width)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(own.reduce((sum, row) => sum + row.n, 0), "scored session")
      } in ${plural(own.length, "cell")}.`,
      `Cells of ${MIN_COST_CELL_N} sessions and more. USD at the price table's rates.`,
      open ? `${plural(open, "interval has", "intervals have")} no upper bound: resamples without a success.` : "",
      ...shortSentence(
        "The bootstrap by session",
        "cost per success, bootstrap of sessions",
        "new runs of these cells",
      ),
    ].filter(Boolean),
  });
}
