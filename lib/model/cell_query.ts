import type { Cell } from "./cell.ts";
import { RowError } from "./check.ts";
import { modelFamily } from "./names.ts";
import type { Session } from "./session.ts";

/** What cells are grouped by: a cell's field and the session's field that it is. */
export const CELL_GROUPS = {
  benchmark: "benchmark",
  harness: "harness",
  deployment: "deployment",
  model: "model",
  run: "run",
  verdict: "success",
} as const satisfies Partial<Record<keyof Cell, keyof Session>>;

/** What cells sum; an `optional` sum is unknown as soon as one session of the cell lacks the field. */
export const CELL_SUMS = {
  tokens: { of: "totalTokens", optional: false },
  inputTokens: { of: "inputTokens", optional: true },
  cachedTokens: { of: "cachedTokens", optional: true },
  outputTokens: { of: "outputTokens", optional: true },
  calls: { of: "calls", optional: false },
  durationS: { of: "durationS", optional: false },
  recordedUsd: { of: "recordedUsd", optional: true },
} as const satisfies Partial<Record<keyof Cell, { of: keyof Session; optional: boolean }>>;

const groups = Object.entries(CELL_GROUPS);
const sums = Object.entries(CELL_SUMS);

/**
 * Sessions to cells as SQL: what stands after SELECT, and after GROUP BY. It is the same text for every engine but for
 * the names of its columns; no alias is the name of a column, because some engines would take one for the other.
 *
 * @param column the engine's expression for a session's field; null where it has none (the model is then told from the
 * deployment)
 */
export function cellQuery(column: (field: keyof Session) => string | null): { select: string; groupBy: string } {
  const known = groups.flatMap(([name, field]) => {
    const expression = column(field);
    return expression === null ? [] : [{ name, expression }];
  });
  return {
    select: [
      ...known.map(({ name, expression }) => `${expression} AS by_${name}`),
      "count(*) AS n_sessions",
      ...sums.flatMap(([name, { of }]) => {
        const expression = column(of);
        return expression === null ? [] : [
          `sum(${expression}) AS sum_${name}`,
          `count(${expression}) AS n_${name}`,
          `min(${expression}) AS min_${name}`,
        ];
      }),
    ].join(", "),
    groupBy: known.map(({ expression }) => expression).join(", "),
  };
}

/**
 * One row of {@link cellQuery}'s answer as a cell.
 *
 * @throws {RowError} for a group that is no cell: a name that is null or empty, a verdict that is not 0, 1 or null, a
 * value that is missing or below 0
 */
export function cellOfGroup(row: Record<string, unknown>, source: string): Cell {
  const sessions = numberOf(row["n_sessions"]);
  const fault = (field: string, expected: string, found: unknown, n: number) =>
    new RowError(
      source,
      null,
      field,
      `expected ${expected}, found ${show(found)} in ${n} session${n === 1 ? "" : "s"}`,
    );
  const name = (value: unknown, field: string): string => {
    if (typeof value === "string" && value !== "") return value;
    throw fault(field, "a name", value ?? null, sessions);
  };
  const sum = (of: keyof typeof CELL_SUMS): number | null => {
    const field = CELL_SUMS[of].of;
    const missing = sessions - numberOf(row[`n_${of}`] ?? 0);
    if (missing > 0) {
      if (CELL_SUMS[of].optional) return null;
      throw fault(field, "a number in each row", null, missing);
    }
    const [total, least] = [numberOf(row[`sum_${of}`]), numberOf(row[`min_${of}`])];
    if (!(least >= 0) || !Number.isFinite(total)) {
      throw new RowError(source, null, field, `expected numbers of 0 and more, found ${least >= 0 ? total : least}`);
    }
    return total;
  };
  const known = (of: keyof typeof CELL_SUMS) => sum(of) as number;
  const verdict = (row["by_verdict"] ?? null) === null ? null : numberOf(row["by_verdict"]);
  if (verdict !== null && verdict !== 0 && verdict !== 1) {
    throw fault("success", "a verdict of 0, 1 or null", row["by_verdict"], sessions);
  }
  const deployment = name(row["by_deployment"], "deployment");
  return {
    benchmark: name(row["by_benchmark"], "benchmark"),
    harness: name(row["by_harness"], "harness"),
    deployment,
    model: "by_model" in row ? name(row["by_model"], "model") : modelFamily(deployment),
    run: name(row["by_run"], "run"),
    verdict,
    sessions,
    tokens: known("tokens"),
    inputTokens: sum("inputTokens"),
    cachedTokens: sum("cachedTokens"),
    outputTokens: sum("outputTokens"),
    calls: known("calls"),
    durationS: known("durationS"),
    recordedUsd: sum("recordedUsd"),
  };
}

/** Cells in the order of their names: that of `cellsOf`. */
export function compareCells(a: Cell, b: Cell): number {
  for (const key of ["benchmark", "harness", "deployment", "model", "run"] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return (a.verdict ?? 2) - (b.verdict ?? 2);
}

/** A number as an engine sends it: text or a big integer where it has 64 bits. NaN for what is none. */
function numberOf(value: unknown): number {
  return typeof value === "string" && value.trim() === "" ? NaN : Number(value);
}

function show(value: unknown): string {
  return typeof value === "bigint" ? String(value) : JSON.stringify(value) ?? String(value);
}
