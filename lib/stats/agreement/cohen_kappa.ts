import { normalPValue } from "../distributions/normal.ts";
import { type Estimate, Z95 } from "../types.ts";

/**
 * Cohen's kappa: how far two raters agree beyond what their own rates would give by chance,
 * (observed - expected) / (1 - expected). 1 is full agreement, 0 chance.
 *
 * `stdError`, `lo` and `hi` use the large-sample variance; `statistic` and `pValue` test kappa = 0 with the variance
 * that holds there. NaN when both raters only ever use one and the same category.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { cohenKappa } from "agent-trace-lab/stats";
 * const { estimate } = cohenKappa([[20, 5], [10, 15]]);
 * equal(estimate.toFixed(2), "0.40"); // they agree on 70%, chance would give 50%
 * ```
 *
 * @param table counts, rater one in rows and rater two in columns, categories in one order
 * @throws {RangeError} when the table is not square, a count is negative or not whole, or all are 0
 * @see Fleiss, Cohen, Everitt (1969), Psychological Bulletin 72, 323-327
 */
export function cohenKappa(table: readonly (readonly number[])[]): Estimate {
  const n = checkSquare(table);
  const size = table.length;
  const p = table.map((row) => row.map((count) => count / n));
  const rows = p.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = Array.from({ length: size }, (_, j) => p.reduce((total, row) => total + row[j]!, 0));
  const observed = p.reduce((total, row, i) => total + row[i]!, 0);
  const expected = rows.reduce((total, r, i) => total + r * columns[i]!, 0);
  const estimate = (observed - expected) / (1 - expected);

  let [agreeing, others, chance] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    agreeing += p[i]![i]! * (1 - (rows[i]! + columns[i]!) * (1 - estimate)) ** 2;
    chance += rows[i]! * columns[i]! * (rows[i]! + columns[i]!);
    for (let j = 0; j < size; j++) {
      if (i !== j) others += p[i]![j]! * (columns[i]! + rows[j]!) ** 2;
    }
  }
  const spread = agreeing + (1 - estimate) ** 2 * others - (estimate - expected * (1 - estimate)) ** 2;
  const stdError = Math.sqrt(Math.max(0, spread) / n) / (1 - expected);
  const underNull = Math.sqrt(Math.max(0, expected + expected ** 2 - chance) / n) / (1 - expected);
  const statistic = estimate / underNull;
  return {
    estimate,
    stdError,
    statistic,
    pValue: normalPValue(statistic),
    lo: Math.max(-1, estimate - Z95 * stdError),
    hi: Math.min(1, estimate + Z95 * stdError),
  };
}

function checkSquare(table: readonly (readonly number[])[]): number {
  let n = 0;
  table.forEach((row, i) => {
    if (row.length !== table.length) {
      throw new RangeError(
        `cohenKappa: expected ${table.length} columns as there are rows, found ${row.length} in row ${i}`,
      );
    }
    row.forEach((count, j) => {
      if (!Number.isInteger(count) || count < 0) {
        throw new RangeError(`cohenKappa: expected a whole count in row ${i}, column ${j}, found ${count}`);
      }
      n += count;
    });
  });
  if (n === 0) throw new RangeError("cohenKappa: expected rated sessions, found none");
  return n;
}
