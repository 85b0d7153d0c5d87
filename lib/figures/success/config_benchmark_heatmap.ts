import { MIN_CONFIG_N } from "../../analysis/cut_offs.ts";
import type { CellRow, ReliabilityRow } from "../../analysis/mod.ts";
import { inkOn, rampColor } from "../kit/color.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { cellWords, heatBlock, MIN_CELL, WEAK_CELL } from "../kit/heat.ts";
import { besideBlock, legendBlock, rampBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { byName, distinct, sumBy } from "../kit/order.ts";
import { INK, RATE_RAMP } from "../kit/theme.ts";

/** What {@link drawConfigBenchmarkHeatmap} draws: every cell, and the balanced averages that order the configs. */
export interface ConfigBenchmarkRows {
  /** Success of each config on each benchmark. */
  cells: readonly CellRow[];
  /** Balanced averages. */
  reliability: readonly ReliabilityRow[];
}

/** Success of each config on each benchmark, configs by balanced average: where a good average hides a bad suite. */
export function drawConfigBenchmarkHeatmap(
  { cells, reliability }: ConfigBenchmarkRows,
  context: FigureContext,
): Figure {
  const names = naming(context), width = bodyWidth(context);
  const name = names.figure("config-benchmark-heatmap");
  const macro = new Map(reliability.map((row) => [row.config, row.macro]));
  const sessions = sumBy(cells, (cell) => cell.config, (cell) => cell.n);
  const configs = [...sessions.keys()].sort((a, b) => (macro.get(b) ?? -1) - (macro.get(a) ?? -1) || byName(a, b));
  const isBehind = (cell: CellRow) => cell.n >= MIN_CELL && cell.rate < 0.5 && (macro.get(cell.config) ?? 0) >= 0.5;
  const hidden = configs.filter((config) => cells.some((cell) => cell.config === config && isBehind(cell)));
  const body = cells.length === 0 ? emptyBlock("No scored sessions.", width) : heatBlock({
    width,
    rows: configs,
    columns: names.order("benchmark", cells.map((cell) => cell.benchmark)),
    rowLabel: names.config,
    columnLabel: names.benchmark,
    cells: cells.map((cell) => {
      const weak = cell.n < MIN_CELL;
      const fill = weak ? WEAK_CELL.fill : rampColor(cell.rate);
      return {
        row: cell.config,
        column: cell.benchmark,
        text: pct(cell.rate),
        fill,
        ink: weak ? WEAK_CELL.ink : inkOn(fill),
        marked: isBehind(cell),
        title: `${names.config(cell.config)} on ${names.benchmark(cell.benchmark)}: ${pct(cell.rate, 1)} (${
          int(cell.k)
        } of ${int(cell.n)}, 95% ${pct(cell.lo, 1)} to ${pct(cell.hi, 1)})`,
      };
    }),
    side: [
      { label: "balanced", text: (config) => macro.has(config) ? pct(macro.get(config)) : "–" },
      { label: "n", text: (config) => int(sessions.get(config)) },
    ],
  });
  return frame({
    name,
    title: hidden.length
      ? `${plural(hidden.length, "config averages", "configs average")} 50% or more and ${
        hidden.length === 1 ? "solves" : "solve"
      } under half of some suite`
      : nothingHidden(cells, reliability),
    subtitle: "Success rate per config (harness · model) and benchmark, configs by their balanced average.",
    description: `Heat table of success rates for ${plural(configs.length, "config")}, ordered by balanced average. ${
      hidden.length ? `A good average hides a suite below 50% for ${hidden.map(names.config).join("; ")}.` : ""
    }`.trim(),
    legend: besideBlock(
      [
        rampBlock(`${name}-ramp`, RATE_RAMP, "0%", "100% solved"),
        legendBlock(
          [
            ...cells.some((cell) => cell.n < MIN_CELL)
              ? [{ mark: "square" as const, color: WEAK_CELL.fill, label: `under ${MIN_CELL} sessions` }]
              : [],
            ...hidden.length
              ? [{ mark: "ring" as const, color: INK.accent, label: "under half, behind an average of half and more" }]
              : [],
          ],
          "",
          width,
        ),
      ],
      36,
      width,
    ),
    width: context.width,
    body: [body],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural([...sessions.values()].reduce((a, b) => a + b, 0), "scored session")} in ${
        plural(cells.length, "cell")
      }.`,
      ...cellWords(cells.map((cell) => cell.n), configs.length * distinct(cells, (cell) => cell.benchmark).length),
      `An average is over cells of ${MIN_CELL} sessions and more, and of ${MIN_CONFIG_N} in all.`,
    ],
  });
}

/** Why no average hides a bad suite. */
function nothingHidden(cells: readonly CellRow[], reliability: readonly ReliabilityRow[]): string {
  if (cells.length === 0) return "Success by config and benchmark";
  if (distinct(cells, (cell) => cell.benchmark).length === 1) return "There is one suite, so no average hides another";
  if (reliability.length === 0) return `No config has an average: none has ${MIN_CONFIG_N} scored sessions`;
  return reliability.some(({ macro }) => macro >= 0.5)
    ? "No config that averages 50% or more solves under half of a suite"
    : "No config averages 50% or more";
}
