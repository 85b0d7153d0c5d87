import { checkCountRows, type CountRow } from "./count_row.ts";
import { keyOf } from "./patterns.ts";

/**
 * One-way eta squared of success: the sum of squares between the groups over the total. The share of variance that a
 * factor explains when nothing else is looked at; it takes credit for whatever the factor goes along with.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { etaSquared } from "agent-trace-lab/stats";
 * const rows = ["a", "b"].map((f, i) => ({ levels: { f }, cluster: "run", n: 10, k: 10 * i }));
 * equal(etaSquared(rows, "f"), 1); // the level says all
 * ```
 *
 * @param factor a factor's name, or several, whose combinations are then the groups
 * @returns 0 to 1; NaN when every outcome is the same
 * @throws {RangeError} when a row is not right or no row has a trial
 * @see Fisher (1925), Statistical Methods for Research Workers
 */
export function etaSquared(rows: readonly CountRow[], factor: string | readonly string[]): number {
  const names = typeof factor === "string" ? [factor] : factor;
  checkCountRows(rows, names);
  const groups = new Map<string, { n: number; k: number }>();
  let [n, k] = [0, 0];
  for (const row of rows) {
    const key = keyOf(row.levels, names);
    const group = groups.get(key) ?? { n: 0, k: 0 };
    groups.set(key, { n: group.n + row.n, k: group.k + row.k });
    n += row.n;
    k += row.k;
  }
  let between = -k * k / n;
  for (const group of groups.values()) if (group.n > 0) between += group.k * group.k / group.n;
  return k === 0 || k === n ? NaN : between / (k - k * k / n);
}
