import { MIN_CARD_N, MIN_PANEL_N } from "../../analysis/cut_offs.ts";
import type { ReportCardRow } from "../../analysis/mod.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, plural } from "../kit/format.ts";
import { BODY_WIDTH, emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { byName } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { rateBars, rateValue } from "../kit/rate_bars.ts";
import { BAR, FONT_SIZE, INK } from "../kit/theme.ts";
import { widest } from "../kit/text.ts";

const GAP = 28;

/** One panel a model: its harnesses on the suites that all of them ran, panels by how far best and worst are apart. */
export function drawHarnessReportCard(rows: readonly ReportCardRow[], context: FigureContext): Figure {
  const names = naming(context);
  const sorted = rows.toSorted((a, b) => b.gap - a.gap || byName(a.model, b.model));
  const width = (BODY_WIDTH - GAP) / 2;
  const labelWidth = widest(sorted.flatMap((row) => row.bars.map((bar) => names.harness(bar.harness))), FONT_SIZE.body);
  const valueWidth = widest(sorted.flatMap((row) => row.bars.map(rateValue)), FONT_SIZE.body);
  const panels = sorted.map((row) => {
    const bars = row.bars.toSorted((a, b) => b.rate - a.rate || byName(a.harness, b.harness));
    return panelBlock(
      `${names.model(row.model)}: gap ${int(100 * row.gap)} points`,
      `on ${row.shared.map(names.benchmark).join(", ")}`,
      rateBars(bars.map((bar) => ({ ...bar, label: names.harness(bar.harness), color: BAR })), {
        width,
        valueWidth,
        labelWidth: Math.min(150, labelWidth),
      }),
    );
  });
  const [first] = sorted;
  return frame({
    name: names.figure("harness-report-card"),
    title: first
      ? `The harness moves ${names.model(first.model)} by ${int(100 * first.gap)} points on the same suites`
      : "Harnesses of a model on the same suites",
    subtitle:
      "Success of each model's harnesses on the suites that all of them ran. Panels by the gap from best to worst.",
    description: sorted.map((row) =>
      `${names.model(row.model)} on ${row.shared.map(names.benchmark).join(", ")}: gap ${int(100 * row.gap)} points.`
    ).join(" ") || "No model ran under two harnesses on a suite they share.",
    legend: legendBlock([
      { mark: "square", color: BAR, label: "success rate" },
      { mark: "whisker", color: INK.text, label: "Wilson 95%" },
    ]),
    body: [
      panels.length ? gridBlock(panels, 2, GAP) : emptyBlock("No model ran under two harnesses on a suite they share."),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        int(
          sorted.flatMap((row) =>
            row.bars
          ).reduce((sum, bar) => sum + bar.n, 0),
        )
      } scored sessions in ${plural(sorted.length, "model")}.`,
      `Harnesses with ${MIN_CARD_N} sessions and more in cells of ${MIN_PANEL_N} and more; within a panel all ran the same suites.`,
    ],
  });
}
