import type { HarnessModelRow } from "../../analysis/mod.ts";
import { inkOn, rampColor } from "../kit/color.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { bodyWidth } from "../kit/narrow.ts";
import { heatBlock, MIN_CELL } from "../kit/heat.ts";
import { rampBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { byName, distinct, sumBy } from "../kit/order.ts";
import { RATE_RAMP } from "../kit/theme.ts";

/** Pooled success and the half-width of its interval per harness x model, in cells of five sessions and more. */
export function drawHarnessModelHeatmap(rows: readonly HarnessModelRow[], context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const name = names.figure("harness-model-heatmap");
  const shown = rows.filter((row) => row.n >= MIN_CELL);
  const size = sumBy(shown, (row) => row.harness, (row) => row.n);
  const harnesses = [...size.keys()].sort((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0) || byName(a, b));
  const range = (row: HarnessModelRow) => `${int(100 * row.lo)} to ${pct(row.hi)}`;
  const [most, least] = [Math.max(...shown.map((row) => row.rate)), Math.min(...shown.map((row) => row.rate))];
  const widestRow = shown.toSorted((a, b) => (b.hi - b.lo) - (a.hi - a.lo))[0];
  const body = shown.length === 0 ? emptyBlock(`No cell has ${MIN_CELL} scored sessions.`, width) : heatBlock({
    width,
    rows: harnesses,
    columns: names.order("model", shown.map((row) => row.model)),
    rowLabel: names.harness,
    columnLabel: names.model,
    rowHeight: 50,
    cells: shown.map((row) => {
      const fill = rampColor(row.rate);
      return {
        row: row.harness,
        column: row.model,
        text: `${pct(row.rate)} (n=${int(row.n)})\n${range(row)}`,
        short: int(100 * row.rate),
        fill,
        ink: inkOn(fill),
        title: `${names.harness(row.harness)} · ${names.model(row.model)}: ${pct(row.rate, 1)} (${int(row.k)} of ${
          int(row.n)
        }, 95% ${pct(row.lo, 1)} to ${pct(row.hi, 1)})`,
      };
    }),
    side: [{ label: "n", text: (harness) => int(size.get(harness)) }],
  });
  return frame({
    name,
    title: widestRow && shown.length > 1
      ? `Pooled success ${
        least === most ? `is ${pct(most)} everywhere` : `lies between ${pct(least)} and ${pct(most)}`
      }; the least certain cell is ${range(widestRow)}`
      : widestRow
      ? `${names.harness(widestRow.harness)} with ${names.model(widestRow.model)} solves ${pct(widestRow.rate)} of ${
        plural(widestRow.n, "session")
      }`
      : "Pooled success by harness and model",
    subtitle: "Success rate with its Wilson 95% interval for these runs. Cells mix whatever suites they ran.",
    description: `Heat table of pooled success rates for ${plural(harnesses.length, "harness", "harnesses")} and ${
      plural(distinct(shown, (row) => row.model).length, "model")
    }.${
      widestRow
        ? ` The least certain cell is ${names.harness(widestRow.harness)} with ${names.model(widestRow.model)}, ${
          range(widestRow)
        }.`
        : ""
    }`,
    legend: rampBlock(`${name}-ramp`, RATE_RAMP, "0%", "100% solved"),
    width: context.width,
    body: [body],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(shown.reduce((sum, row) => sum + row.n, 0), "scored session")}.`,
      rows.length > shown.length
        ? `${plural(rows.length - shown.length, "cell")} under ${MIN_CELL} sessions left out; – means none, or too few.`
        : shown.length < harnesses.length * distinct(shown, (row) => row.model).length
        ? "– means none."
        : "",
    ].filter(Boolean),
  });
}
