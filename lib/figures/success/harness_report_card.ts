import { MIN_CARD_N, MIN_PANEL_N } from "../../analysis/cut_offs.ts";
import type { ReportCardRow, ReportCardTest } from "../../analysis/mod.ts";
import type { Figure } from "../kit/figure.ts";
import { type AgentsContext, notAgentsWords } from "../kit/left_out.ts";
import { int, pct, plural, pValue, someOf } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { type Naming, naming } from "../kit/names.ts";
import { byName } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { rateBars, rateValue } from "../kit/rate_bars.ts";
import { BAR, BODY_WIDTH, FONT_SIZE, INK } from "../kit/theme.ts";
import { widest } from "../kit/text.ts";

const GAP = 28;

/**
 * One panel a model: its harnesses on the suites that all of them ran, each suite counting the same; panels by how far best
 * and worst are apart. `tests` say whether chance could do it, and where pooling turns the order.
 */
export function drawHarnessReportCard(
  rows: readonly ReportCardRow[],
  tests: readonly ReportCardTest[],
  context: AgentsContext,
): Figure {
  const names = naming(context);
  const testOf = (model: string) => tests.find((t) => t.model === model);
  const told = (model: string) => (testOf(model)?.p_holm ?? 1) < 0.05;
  const sorted = rows.toSorted((a, b) => b.gap - a.gap || byName(a.model, b.model));
  const full = bodyWidth(context), narrow = isNarrow(full);
  const width = narrow ? full : (BODY_WIDTH - GAP) / 2;
  const labelWidth = widest(sorted.flatMap((row) => row.bars.map((bar) => names.harness(bar.harness))), FONT_SIZE.body);
  const valueWidth = widest(sorted.flatMap((row) => row.bars.map(rateValue)), FONT_SIZE.body);
  const panels = sorted.map((row) => {
    const bars = row.bars.toSorted((a, b) => b.rate - a.rate || byName(a.harness, b.harness));
    return panelBlock(
      `${names.model(row.model)}: gap ${int(100 * row.gap)} points${told(row.model) ? "" : ", within chance"}`,
      `on ${row.shared.map(names.benchmark).join(", ")}; ${pValue(testOf(row.model)?.p_holm)}, Holm`,
      rateBars(bars.map((bar) => ({ ...bar, label: names.harness(bar.harness), color: BAR })), {
        width,
        full,
        valueWidth,
        labelWidth: Math.min(150, labelWidth),
      }),
    );
  });
  const apart = sorted.filter((row) => told(row.model)), [first] = apart;
  return frame({
    name: names.figure("harness-report-card"),
    title: sorted.length
      ? `${
        someOf(apart.length, sorted.length, "model differs", "models differ")
      } between harnesses by more than chance${
        first ? `; ${names.model(first.model)} most, by ${int(100 * first.gap)} points` : ""
      }`
      : "Harnesses of a model on the same suites",
    subtitle:
      "Mean of each harness's rates on the suites that all harnesses of the model ran, each suite counting the same.",
    description: sorted.map((row) =>
      `${names.model(row.model)} on ${row.shared.map(names.benchmark).join(", ")}: gap ${int(100 * row.gap)} points.`
    ).join(" ") || "No model ran under two harnesses on a suite they share.",
    legend: [
      { mark: "square", color: BAR, label: "success rate" },
      { mark: "whisker", color: INK.text, label: "95%, these cells" },
    ],
    width: context.width,
    body: [
      panels.length
        ? gridBlock(panels, narrow ? 1 : 2, GAP)
        : emptyBlock("No model ran under two harnesses on a suite they share.", full),
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
      } in ${plural(sorted.length, "model")}.`,
      `Harnesses with ${MIN_CARD_N} sessions and more in cells of ${MIN_PANEL_N} and more; within a panel all ran the same suites.`,
      "Best against worst within suites (Mantel-Haenszel), corrected for every pair of harnesses (Holm).",
      ...simpsons(rows, tests, names),
      ...notAgentsWords(rows.map((row) => row.model), context.notAgents ?? [], context),
    ],
  });
}

/** Pairs of harnesses that the pooled rate puts in the wrong order. */
function simpsons(rows: readonly ReportCardRow[], tests: readonly ReportCardTest[], names: Naming): string[] {
  return tests.flatMap(({ model, turned }) =>
    turned.map(({ first, second }) => {
      const bars = rows.find((row) => row.model === model)?.bars ?? [];
      const of = (harness: string) => bars.find((bar) => bar.harness === harness);
      const [better, worse] = [of(first), of(second)];
      return `Simpson: pooled, ${names.model(model)} solves ${pct(worse?.pooled_rate)} under ${
        names.harness(second)
      } and ${pct(better?.pooled_rate)} under ${names.harness(first)}; suite by suite it is the other way (${
        pct(worse?.rate)
      } and ${pct(better?.rate)}).`;
    })
  );
}
