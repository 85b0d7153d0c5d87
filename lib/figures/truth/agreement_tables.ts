import { MIN_JUDGED } from "../../analysis/cut_offs.ts";
import type { OfficialAgreement, OfficialGap } from "../../analysis/mod.ts";
import type { FigureContext, HtmlTable } from "../kit/figure.ts";
import { fixed, int, pct, points } from "../kit/format.ts";
import { naming } from "../kit/names.ts";
import { rowsTable } from "../kit/rows_table.ts";

const num = "num" as const;
const digits = (x: number | null | undefined, n = 2) => x === null || x === undefined ? "–" : fixed(x, n);

/** Agreement of judged and official rates, over all cells and by benchmark. */
export function agreementTable(rows: readonly OfficialAgreement[], context: FigureContext): HtmlTable {
  const names = naming(context);
  return rowsTable(
    naming(context).figure("agreement"),
    "Judged and official rates by benchmark",
    [
      { label: "benchmark", text: (r) => r.benchmark === "all" ? "all" : names.benchmark(r.benchmark) },
      { label: "cells", kind: num, text: (r) => int(r.cells) },
      { label: "mean gap", kind: num, text: (r) => points(r.mean_gap, 1) },
      { label: "mean absolute gap", kind: num, text: (r) => points(r.mean_absolute_gap, 1).replace("+", "") },
      { label: "Spearman", kind: num, text: (r) => digits(r.spearman?.estimate) },
      { label: "Kendall", kind: num, text: (r) => digits(r.kendall?.estimate) },
      { label: "beyond chance", kind: num, text: (r) => int(r.differing) },
    ],
    rows,
    {
      ...context,
      note: `Cells judged ${MIN_JUDGED} times and more; beyond chance: Fisher's test, Holm over all cells, 5%.`,
    },
  );
}

/** Each shared cell's gap, and what chance or selection would have to do. */
export function gapsTable(rows: readonly OfficialGap[], context: FigureContext): HtmlTable {
  const names = naming(context);
  return rowsTable(
    naming(context).figure("gaps"),
    "Judged against official success by cell",
    [
      { label: "benchmark", text: (r) => names.benchmark(r.benchmark) },
      { label: "config", text: (r) => names.config(r.config) },
      { label: "judged", kind: num, text: (r) => `${pct(r.judged.rate)} of ${int(r.judged.n)}` },
      { label: "official", kind: num, text: (r) => `${pct(r.official.rate)} of ${int(r.official.n)}` },
      { label: "gap", kind: num, text: (r) => points(r.gap) },
      { label: "95%", text: (r) => `${points(r.gap_lo)} to ${points(r.gap_hi)}` },
      { label: "p (Holm)", kind: num, text: (r) => r.p_holm < 0.001 ? "< 0.001" : digits(r.p_holm, 3) },
      {
        label: "selection needed",
        kind: num,
        text: (r) =>
          r.selection_at_least === null
            ? "no odds would do"
            : r.selection_at_least === 1
            ? "none"
            : `odds × ${digits(r.selection_at_least, 1)}`,
      },
    ],
    rows,
    {
      ...context,
      note:
        "Selection needed: if every verdict were right, how many times more (or less) likely solved sessions would " +
        "have had to be among the judged ones, at the least that both intervals allow.",
    },
  );
}
