import { desc, op, table as arqueroTable } from "arquero";

export { desc, op };

/**
 * Rows as an Arquero table, to slice by hand: filter, group, roll up, pivot, join (https://idl.uw.edu/arquero). `op` and `desc` come along.
 * `await show(t)` shows one. The project's own numbers are computed without it, from cells.
 *
 * @example
 * ```ts
 * import { op, table } from "agent-trace-lab/analysis";
 * const rows = [{ harness: "loop", totalTokens: 900 }];
 * table(rows).groupby("harness").rollup({ n: op.count(), tokens: op.median("totalTokens") })
 * ```
 */
export function table<T extends object>(rows: readonly T[]) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof T & string)[];
  return arqueroTable(Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name] ?? null)])));
}
