import type { ModelCoverageRow } from "../../analysis/mod.ts";
import { inkOn, rampColor } from "../kit/color.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { cellWords, countLegend, heatBlock, MIN_CELL, WEAK_CELL } from "../kit/heat.ts";
import { naming } from "../kit/names.ts";
import { byName, distinct, sumBy } from "../kit/order.ts";

/** Which deployment of which model ran where: all sessions, the deployments of one model family below each other. */
export function drawModelCoverage(rows: readonly ModelCoverageRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const benchmarks = names.order("benchmark", rows.map((row) => row.benchmark));
  const totals = sumBy(rows, (row) => row.deployment, (row) => row.sessions);
  const familyOf = new Map(rows.map((row) => [row.deployment, row.model]));
  const families = distinct(rows, (row) => row.model);
  const deployments = [...totals.keys()].sort((a, b) =>
    byName(familyOf.get(a) ?? "", familyOf.get(b) ?? "") || (totals.get(b) ?? 0) - (totals.get(a) ?? 0) || byName(a, b)
  );
  const split = families.filter((model) => deployments.filter((d) => familyOf.get(d) === model).length > 1);
  const most = Math.max(2, ...rows.map((row) => row.sessions));
  const shade = (n: number) => rampColor(0.12 + 0.88 * Math.log(Math.max(1, n)) / Math.log(most));
  const sessions = rows.reduce((sum, row) => sum + row.sessions, 0);
  const body = rows.length === 0 ? emptyBlock("No sessions.", width) : heatBlock({
    width,
    rows: deployments,
    columns: benchmarks,
    rowLabel: (deployment) => deployment,
    columnLabel: names.benchmark,
    cells: rows.map((row) => {
      const weak = row.sessions < MIN_CELL;
      const fill = weak ? WEAK_CELL.fill : shade(row.sessions);
      return {
        row: row.deployment,
        column: row.benchmark,
        text: int(row.sessions),
        fill,
        ink: weak ? WEAK_CELL.ink : inkOn(fill),
        title: `${row.deployment} on ${names.benchmark(row.benchmark)}: ${plural(row.sessions, "session")}`,
      };
    }),
    side: [{ label: "sessions", text: (deployment) => int(totals.get(deployment)) }],
  });
  return frame({
    name: names.figure("model-coverage"),
    title: `${plural(deployments.length, "deployment")} of ${
      plural(families.length, "model family", "model families")
    }`,
    subtitle: split.length
      ? `Sessions per deployment, as logged, and benchmark. Under more than one name: ${split.join(", ")}.`
      : "Sessions per deployment, as logged, and benchmark.",
    description: `Heat table of session counts for ${plural(deployments.length, "deployment")} on ${
      plural(benchmarks.length, "benchmark")
    }.`,
    legend: countLegend(rows.map((row) => row.sessions), shade),
    width: context.width,
    body: [body],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(sessions, "session")}, scored or not.`,
      ...cellWords(rows.map((row) => row.sessions), deployments.length * benchmarks.length),
    ],
  });
}
