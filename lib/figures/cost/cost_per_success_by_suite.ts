import type { CostIntervalRow } from "../../analysis/types.ts";
import { costBars, costDomain, costValue, pricedRows } from "../kit/cost_bars.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, plural, usd } from "../kit/format.ts";
import { BODY_WIDTH, emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { besideBlock, legendBlock, rampBlock } from "../kit/legend.ts";
import { benchmarkLabel, configLabel, isConversational } from "../kit/names.ts";
import { byName, groupBy } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { widest } from "../kit/text.ts";
import { FONT_SIZE, INK, RATE_RAMP } from "../kit/theme.ts";

const LABEL_MAX = 230;

/** Which suites: tasks in code, apps and search, or conversations with a simulated customer. */
export type SuiteFamily = "coding" | "conversational";

/** What a solved task costs within each benchmark of a family: one panel a suite, cheapest first, on one axis. */
export function drawCostPerSuccessBySuite(
  rows: readonly CostIntervalRow[],
  family: SuiteFamily,
  context: FigureContext,
): Figure {
  const name = `05-cost-per-success-${family}`;
  const own = rows.filter((row) =>
    row.benchmark !== null && isConversational(row.benchmark) === (family === "conversational")
  );
  const suites = [...groupBy(own, (row) => row.benchmark ?? "")].sort(([a], [b]) => byName(a, b));
  const domain = costDomain(own);
  const open = own.filter((row) => row.usd_per_success !== null && row.hi === null).length;
  const labelWidth = Math.min(LABEL_MAX, widest(own.map((row) => configLabel(row.config)), FONT_SIZE.body));
  const valueWidth = widest(own.map(costValue), FONT_SIZE.body);
  const spreads = suites.flatMap(([benchmark, all]) => {
    const priced = pricedRows(all);
    const [first, last] = [priced[0], priced.at(-1)];
    return first && last && first !== last ? [{ benchmark, ratio: last.usd_per_success / first.usd_per_success }] : [];
  }).toSorted((a, b) => b.ratio - a.ratio);
  const [widestSuite] = spreads;
  return frame({
    name,
    title: widestSuite
      ? `Within ${benchmarkLabel(widestSuite.benchmark)} the dearest solved task costs ${
        int(widestSuite.ratio)
      } times the cheapest`
      : `Cost per solved task, ${family} suites`,
    subtitle: "USD per solved task of each config within one benchmark, failures paid for, on one logarithmic axis.",
    description: suites.map(([benchmark, all]) =>
      `${benchmarkLabel(benchmark)}: ${
        pricedRows(all).map((row) => `${configLabel(row.config)} ${usd(row.usd_per_success)}`).join(", ") ||
        "no success"
      }.`
    ).join(" ") || `No config of ${family} suites has 10 sessions and a price.`,
    legend: besideBlock([
      rampBlock(`${name}-ramp`, RATE_RAMP, "0%", "100% solved"),
      legendBlock([{ mark: "whisker", color: INK.text, label: "95%, bootstrap by session; → no upper bound" }]),
    ]),
    body: suites.length
      ? [gridBlock(
        suites.map(([benchmark, all]) =>
          panelBlock(
            benchmarkLabel(benchmark),
            "",
            costBars(all, { width: BODY_WIDTH, maxLabel: LABEL_MAX, rowHeight: 23, domain, labelWidth, valueWidth }),
          )
        ),
        1,
        14,
      )]
      : [emptyBlock(`No config of ${family} suites has 10 sessions and a price.`)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        int(own.reduce((sum, row) => sum + row.n, 0))
      } scored sessions in ${plural(own.length, "cell")}.`,
      "Cells of 10 sessions and more. USD at the price table's rates.",
      open ? `${plural(open, "interval has", "intervals have")} no upper bound: resamples without a success.` : "",
    ].filter(Boolean),
  });
}
