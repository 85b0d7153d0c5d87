import type { CoverageRow } from "../../analysis/mod.ts";
import { inkOn, rampColor } from "../kit/color.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, plural, someOf } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { cellWords, countLegend, heatBlock, MIN_CELL, WEAK_CELL } from "../kit/heat.ts";
import { naming } from "../kit/names.ts";
import { byName, sumBy } from "../kit/order.ts";

/** Who ran what: scored sessions of each config on each benchmark, configs by size, suites covered at the right. */
export function drawCoverage(rows: readonly CoverageRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const byConfig = sumBy(rows, (row) => row.config, (row) => row.n);
  const configs = [...byConfig.keys()].sort((a, b) => (byConfig.get(b) ?? 0) - (byConfig.get(a) ?? 0) || byName(a, b));
  const benchmarks = names.order("benchmark", rows.map((row) => row.benchmark));
  const covered = sumBy(rows.filter((row) => row.n >= MIN_CELL), (row) => row.config, () => 1);
  const most = Math.max(1, ...rows.map((row) => row.n));
  const shade = (n: number) => rampColor(0.15 + 0.85 * Math.log(n / MIN_CELL) / Math.log(Math.max(2, most / MIN_CELL)));
  const sessions = rows.reduce((sum, row) => sum + row.n, 0);
  const all = [...covered.values()].filter((count) => count === benchmarks.length).length;
  const tried = sumBy(rows, (row) => row.config, () => 1);
  const thin = [...tried.values()].filter((count) => count === benchmarks.length).length > all;
  const every = benchmarks.length === 1 ? "the only suite" : "every suite";
  const body = rows.length === 0 ? emptyBlock("No scored sessions.", width) : heatBlock({
    width,
    rows: configs,
    columns: benchmarks,
    rowLabel: names.config,
    columnLabel: names.benchmark,
    cells: rows.map((row) => {
      const weak = row.n < MIN_CELL;
      const fill = weak ? WEAK_CELL.fill : shade(row.n);
      return {
        row: row.config,
        column: row.benchmark,
        text: int(row.n),
        fill,
        ink: weak ? WEAK_CELL.ink : inkOn(fill),
        title: `${names.config(row.config)} on ${names.benchmark(row.benchmark)}: ${plural(row.n, "scored session")}`,
      };
    }),
    side: [
      { label: "sessions", text: (config) => int(byConfig.get(config)) },
      { label: "suites", text: (config) => `${covered.get(config) ?? 0}/${benchmarks.length}` },
    ],
  });
  return frame({
    name: names.figure("coverage"),
    title: `${someOf(all, configs.length, "config", "configs")} ran ${every}${
      thin ? `, ${MIN_CELL} times or more${benchmarks.length === 1 ? "" : " each"}` : ""
    }`,
    subtitle:
      `Scored sessions per config (harness · model) and benchmark. A suite counts as covered from ${MIN_CELL} sessions.`,
    description: `Heat table of session counts for ${plural(configs.length, "config")} on ${
      plural(benchmarks.length, "benchmark")
    }; ${all} cover all of them.`,
    legend: countLegend(rows.map((row) => row.n), shade),
    width: context.width,
    body: [body],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(sessions, "scored session")}.`,
      ...cellWords(rows.map((row) => row.n), configs.length * benchmarks.length),
    ],
  });
}
