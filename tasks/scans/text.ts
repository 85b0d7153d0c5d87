import type { Rate, ScanRow } from "../../lib/analysis/mod.ts";
import { pct, points } from "../../lib/figures/mod.ts";

/** Scans as a table of text. */
export function scansText(rows: readonly ScanRow[]): string {
  const share = (one: Rate | null) =>
    one === null ? "-" : `${pct(one.rate)} (${one.k} of ${one.n}; ${pct(one.lo)} to ${pct(one.hi)})`;
  const head = [
    "scan",
    "by",
    "found",
    "of failures",
    "of successes",
    "difference, 95%",
    "precision at least",
    "recall",
  ];
  const lines = rows.map((row) => [
    row.scan,
    row.by,
    `${share(row.share)}${row.unknown ? `, ${row.unknown} unknown` : ""}`,
    share(row.of_failures),
    share(row.of_successes),
    row.difference === null
      ? "-"
      : `${points(row.difference.estimate)} (${points(row.difference.lo)} to ${points(row.difference.hi)})`,
    share(row.precision),
    share(row.recall),
  ]);
  const used = head.map((_, i) => i < 3 || lines.some((line) => line[i] !== "-"));
  const table = [head, ...lines].map((line) => line.filter((_, i) => used[i]));
  const widths = table[0]!.map((_, i) => Math.max(...table.map((line) => line[i]!.length)));
  return table.map((line) => line.map((cell, i) => cell.padEnd(widths[i]!)).join("  ").trimEnd()).join("\n");
}
