import { MIN_PANEL_N } from "../../analysis/cut_offs.ts";
import type { HarnessPanelRow, HarnessPanelTest } from "../../analysis/mod.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, plural, pValue } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { naming } from "../kit/names.ts";
import { byName } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { rateBars, rateValue } from "../kit/rate_bars.ts";
import { widest } from "../kit/text.ts";
import { BAR, BODY_WIDTH, FONT_SIZE, INK } from "../kit/theme.ts";
import { WILSON_LABEL } from "../kit/short.ts";

const GAP = 26;

/** One panel a model and benchmark: its harnesses side by side, panels by how far best and worst are apart. */
export function drawHarnessPanels(
  rows: readonly HarnessPanelRow[],
  tests: readonly HarnessPanelTest[],
  context: FigureContext,
): Figure {
  const names = naming(context);
  const p = (row: HarnessPanelRow) =>
    tests.find(({ benchmark, model }) => benchmark === row.benchmark && model === row.model)?.p_holm;
  const sorted = rows.toSorted((a, b) => b.gap - a.gap || byName(a.model + a.benchmark, b.model + b.benchmark));
  const full = bodyWidth(context), narrow = isNarrow(full);
  const width = narrow ? full : (BODY_WIDTH - 2 * GAP) / 3;
  const labels = sorted.flatMap((row) => row.bars.map((bar) => names.harness(bar.harness)));
  const labelWidth = Math.min(90, widest(labels, FONT_SIZE.body));
  const valueWidth = widest(sorted.flatMap((row) => row.bars.map(rateValue)), FONT_SIZE.body);
  const panels = sorted.map((row) => {
    const bars = row.bars.toSorted((a, b) => b.rate - a.rate || byName(a.harness, b.harness));
    return panelBlock(
      `${names.model(row.model)} on ${names.benchmark(row.benchmark)}`,
      `gap ${int(100 * row.gap)} points, ${pValue(p(row))}`,
      rateBars(bars.map((bar) => ({ ...bar, label: names.harness(bar.harness), color: BAR })), {
        width,
        full,
        valueWidth,
        labelWidth,
        maxLabel: labelWidth,
        rowHeight: 22,
      }),
    );
  });
  const told = sorted.filter((row) => (p(row) ?? 1) < 0.05), [most] = told;
  return frame({
    name: names.figure("harness-panels"),
    title: sorted.length
      ? most
        ? `In ${
          sorted.length === 1 ? "the only case" : `${told.length} of ${plural(sorted.length, "case")}`
        } the best harness is told from the worst, by up to ${int(100 * most.gap)} points`
        : "In no case is the best harness told from the worst"
      : "Harnesses of a model on one benchmark",
    subtitle: "Success of a model on a benchmark under each of its harnesses. Panels by the gap from best to worst.",
    description: sorted.map((row) =>
      `${names.model(row.model)} on ${names.benchmark(row.benchmark)}: gap ${int(100 * row.gap)} points.`
    ).join(" ") || "No model ran under two harnesses on any benchmark.",
    legend: [
      { mark: "square", color: BAR, label: "success rate" },
      { mark: "whisker", color: INK.text, label: WILSON_LABEL },
    ],
    width: context.width,
    body: [
      panels.length
        ? gridBlock(panels, narrow ? 1 : 3, GAP)
        : emptyBlock("No model ran under two harnesses on any benchmark.", full),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(
          sorted.flatMap((row) =>
            row.bars
          ).reduce((sum, bar) => sum + bar.n, 0),
          "scored session",
        )
      } in ${plural(sorted.length, "panel")}.`,
      "Best against worst by Fisher's exact test, corrected for every pair of harnesses (Holm); for the runs that there are.",
      `Model and benchmark with at least two harnesses of ${MIN_PANEL_N} sessions and more.`,
    ],
  });
}
