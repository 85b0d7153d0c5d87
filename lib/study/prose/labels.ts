import type { LabelBudget, LabelPlan } from "../../analysis/mod.ts";
import { int, pct, plural, points } from "../../figures/mod.ts";
import { row } from "../../notebook/markdown.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** What labels would settle, and where to buy them. */
export function labelsWanted(bought: LabelBudget | null, reference: string, { names }: Told): string {
  if (bought === null || !bought.rows.length) {
    return "No session was judged, so there is no verdict to check by labels.";
  }
  const lines = bought.rows.map((r) => {
    const widths = r.widths.map((w) => w.ppi === null ? "n/a" : `±${points(w.ppi / 2, 1).replace("+", "")}`);
    const settles = r.level === reference ? "reference" : r.settles === null ? "not with all" : int(r.settles);
    return row(names.harness(r.level), int(r.sessions), pct(r.judged), pct(r.prevalence), ...widths, settles);
  });
  const labels = bought.labels.map((n) => `${plural(n, "label")}:`);
  return paragraphs(
    markdownTable(
      ["harness", "sessions:", "judged solved:", "taken as, corrected:", ...labels, "settled with:"],
      lines,
    ),
    bought.sentence,
    lines.length > 1
      ? "Neyman allocation says where to buy the next: where there are many sessions and the verdict is least certain."
      : "",
  );
}

/** Where to buy the next labels. */
export function labelsPlanned({ strata }: LabelPlan, { names }: Told): string {
  const most = strata.filter((s) => s.buy > 0).toSorted((a, b) => b.buy - a.buy).slice(0, 10);
  if (!most.length) return "";
  return markdownTable(
    ["stratum", "sessions:", "labels to buy:"],
    most.map((s) => row(names.sentence(s.stratum), int(s.sessions), int(s.buy))),
  );
}
