import { MIN_COST_CONFIG_N } from "../../analysis/cut_offs.ts";
import type { CostIntervalRow } from "../../analysis/mod.ts";
import { costDomain, costDots, pricedRows } from "../kit/cost_dots.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { plural, usd } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { besideBlock, legendBlock, rampBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { INK, RATE_RAMP } from "../kit/theme.ts";
import { shortSentence } from "../kit/short.ts";

/** What a solved task costs under each config, all benchmarks together. `rows` are pooled (`benchmark` null). */
export function drawCostPerSuccess(rows: readonly CostIntervalRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const name = names.figure("cost-per-success");
  const priced = pricedRows(rows);
  const [first, last] = [priced[0], priced.at(-1)];
  const open = rows.filter((row) => row.usd_per_success !== null && row.hi === null).length;
  return frame({
    name,
    title: first && last && first !== last
      ? `A solved task costs from ${usd(first.usd_per_success)} to ${usd(last.usd_per_success)}`
      : "Cost per solved task",
    subtitle: "USD per solved task of each config, failures paid for, on a logarithmic axis. Coloured by success rate.",
    description: priced.map((row) => `${names.config(row.config)} ${usd(row.usd_per_success)}.`).join(" ") ||
      "No config has a price and a success.",
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
    body: [
      rows.length
        ? costDots(rows, { width, maxLabel: 230, rowHeight: 25, domain: costDomain(rows) }, names)
        : emptyBlock("No config has a price.", width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(rows.reduce((sum, row) => sum + row.n, 0), "scored session")} in ${
        plural(rows.length, "config")
      } of ${MIN_COST_CONFIG_N} and more.`,
      "Configs mix whatever suites they ran. USD at the price table's rates.",
      open ? `${plural(open, "interval has", "intervals have")} no upper bound: resamples without a success.` : "",
      ...shortSentence(
        "The bootstrap by session",
        "cost per success, bootstrap of sessions",
        "new runs of these cells",
      ),
    ].filter(Boolean),
  });
}
