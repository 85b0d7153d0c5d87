import type { DuplicateRow, OfficialAgreement, OfficialGap, OverturnRow } from "../../lib/analysis/mod.ts";
import type { HeadlineVariantRow } from "../../lib/study/mod.ts";
import {
  type FigureContext,
  type HtmlTable,
  int,
  naming,
  pct,
  plural,
  points,
  rowsTable,
} from "../../lib/figures/mod.ts";

const num = "num" as const;
const digits = (x: number | null | undefined, n = 2) =>
  x === null || x === undefined ? "–" : x.toFixed(n).replace("-", "−");

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
    { ...context, note: "Cells judged 5 times and more; beyond chance: Fisher's test, Holm over all cells, 5%." },
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

/** Headlines on all sessions and without those that the audit questions, one column a choice of sessions. */
export function variantsTable(rows: readonly HeadlineVariantRow[], context: FigureContext): HtmlTable {
  const variants = [...new Map(rows.map((r) => [r.variant, r.n]))];
  const titles = [...new Map(rows.map((r) => [r.headline, r])).values()];
  const cell = (headline: string, variant: string) => {
    const row = rows.find((r) => r.headline === headline && r.variant === variant);
    return !row || row.holds === null
      ? "cells are gone"
      : `${digits(row.value, 3)}${row.holds ? "" : ", does not hold"}`;
  };
  return rowsTable(
    naming(context).figure("variants"),
    "Headlines without the sessions that the audit questions",
    [
      { label: "headline", kind: "wide", text: (r) => r.title },
      { label: "measure", kind: "wide", text: (r) => r.measure },
      ...variants.map(([variant, n]) => ({
        label: `${variant} (${int(n)})`,
        kind: num,
        text: (r: HeadlineVariantRow) => cell(r.headline, variant),
      })),
    ],
    titles,
    { ...context, note: "In brackets: scored sessions." },
  );
}

/** The smallest misclassification that overturns each headline. */
export function overturnTable(rows: readonly OverturnRow[], context: FigureContext): HtmlTable {
  const names = naming(context);
  const where = (r: OverturnRow) =>
    r.where === "anywhere" || r.where === "its two cells" ? r.where : names.harness(r.where);
  return rowsTable(
    naming(context).figure("overturn"),
    "How many wrong verdicts overturn a headline",
    [
      { label: "headline", kind: "wide", text: (r) => r.title },
      { label: "errors in", text: where },
      { label: "n", kind: num, text: (r) => int(r.n) },
      { label: "at least", kind: num, text: (r) => r.at_least === null ? "cannot" : int(r.at_least) },
      {
        label: "enough",
        kind: num,
        text: (r) =>
          r.at_most === null ? (r.at_least === null ? "–" : "not found") : `${int(r.at_most)} (${pct(r.share, 1)})`,
      },
      { label: "if even: false successes", kind: num, text: (r) => pct(r.false_success_share, 1).replace("n/a", "–") },
      { label: "if even: false failures", kind: num, text: (r) => pct(r.false_failure_share, 1).replace("n/a", "–") },
    ],
    rows,
    {
      ...context,
      note:
        "At least: no fewer can, proven. Enough: these many do, found. Even: the share of judged successes (failures) " +
        "there that must be wrong if errors strike all of them alike.",
    },
  );
}

/** Where sessions were counted twice. */
export function duplicatesTable(rows: readonly DuplicateRow[], context: FigureContext): HtmlTable {
  const names = naming(context);
  const copies = rows.reduce((sum, r) => sum + r.copies, 0);
  return rowsTable(
    naming(context).figure("duplicates"),
    `${plural(copies, "session")} recorded twice`,
    [
      { label: "benchmark", text: (r) => names.benchmark(r.benchmark) },
      { label: "harness", text: (r) => names.harness(r.harness) },
      { label: "model", text: (r) => names.model(r.model) },
      { label: "sessions", kind: num, text: (r) => int(r.sessions) },
      { label: "of them copies", kind: num, text: (r) => int(r.copies) },
    ],
    rows,
    { ...context, note: "Same tokens, calls and duration to the microsecond as another session of the same run." },
  );
}
