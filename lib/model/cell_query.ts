import { type Cell, cellSchema } from "./cell.ts";
import { checkRow, RowError } from "./check.ts";
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
 * value that is missing or below 0; it says in how many sessions
 */
export function cellOfGroup(row: Record<string, unknown>, source: string, index: number): Cell {
  const sessions = numberOf(row["n_sessions"]);
  const names = Object.fromEntries(groups.map(([name]) => [name, row[`by_${name}`] ?? null]));
  for (const [name, field] of groups.slice(0, -1)) {
    const derived = name === "model" && !(`by_${name}` in row);
    if (!derived && (typeof names[name] !== "string" || names[name] === "")) {
      throw new RowError(source, null, field, `expected a name, found ${show(names[name])} in ${counted(sessions)}`);
    }
  }
  const verdict = names["verdict"] === null ? null : numberOf(names["verdict"]);
  if (verdict !== null && verdict !== 0 && verdict !== 1) {
    throw new RowError(
      source,
      null,
      CELL_GROUPS.verdict,
      `expected a verdict of 0, 1 or null, found ${show(names["verdict"])} in ${counted(sessions)}`,
    );
  }
  const summed = sums.map(([name, { of, optional }]) => {
    const missing = sessions - numberOf(row[`n_${name}`] ?? 0);
    if (missing > 0 && !optional) {
      throw new RowError(source, null, of, `expected a number in each row, found none in ${counted(missing)}`);
    }
    const least = row[`min_${name}`] ?? null;
    if (least !== null && !(numberOf(least) >= 0)) {
      throw new RowError(source, null, of, `expected numbers of 0 and more, found ${numberOf(least)}`);
    }
    return [name, missing > 0 ? null : numberOf(row[`sum_${name}`])];
  });
  const model = typeof names["model"] === "string" ? names["model"] : modelFamily(String(names["deployment"]));
  const cell = { ...names, model, verdict, sessions, ...Object.fromEntries(summed) } as Cell;
  return checkRow(cellSchema, cell, source, index);
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

const counted = (sessions: number) => `${sessions} session${sessions === 1 ? "" : "s"}`;

function show(value: unknown): string {
  return typeof value === "bigint" ? String(value) : JSON.stringify(value) ?? String(value);
}
