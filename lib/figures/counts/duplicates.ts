import type { DuplicateRow } from "../../analysis/truth/duplicates.ts";
import type { FigureContext, HtmlTable } from "../kit/figure.ts";
import { int, plural } from "../kit/format.ts";
import { naming } from "../kit/names.ts";
import { rowsTable } from "../kit/rows_table.ts";

const num = "num" as const;

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
