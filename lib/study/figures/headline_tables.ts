import type { OverturnRow } from "../../analysis/mod.ts";
import { type FigureContext, fixed, type HtmlTable, int, naming, pct, rowsTable } from "../../figures/mod.ts";
import type { HeadlineVariantRow } from "../variants.ts";

const num = "num" as const;
const digits = (x: number | null | undefined, n = 2) => x === null || x === undefined ? "–" : fixed(x, n);

/** Headlines on all sessions and without those that the audit questions, one column a choice of sessions. */
export function variantsTable(rows: readonly HeadlineVariantRow[], context: FigureContext): HtmlTable {
  const names = naming(context);
  const variants = [...new Map(rows.map((r) => [r.variant, r.n]))];
  const titles = [...new Map(rows.map((r) => [r.headline, r])).values()];
  const cell = (headline: string, variant: string) => {
    const row = rows.find((r) => r.headline === headline && r.variant === variant);
    return !row || row.holds === null
      ? "cells are gone"
      : `${digits(row.value, 3)}${row.holds ? "" : ", does not hold"}`;
  };
  return rowsTable(
    names.figure("variants"),
    "Headlines without the sessions that the audit questions",
    [
      { label: "headline", kind: "wide", text: (r) => names.sentence(r.title) },
      { label: "measure", kind: "wide", text: (r) => names.sentence(r.measure) },
      ...variants.map(([variant, n]) => ({
        label: `${names.sentence(variant)} (${int(n)})`,
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
    names.figure("overturn"),
    "How many wrong verdicts overturn a headline",
    [
      { label: "headline", kind: "wide", text: (r) => names.sentence(r.title) },
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
