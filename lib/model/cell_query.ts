import type { Cell, CellSum } from "./cell.ts";
import { RowError } from "./check.ts";
import { type CellUse, SESSION_FIELDS } from "./columns.ts";
import { modelFamily } from "./names.ts";
import type { Session } from "./session.ts";

/** A name that cells are grouped by, and the session's field that it is. */
export interface CellGroup {
  /** The name in a cell. */
  name: "benchmark" | "harness" | "deployment" | "model" | "run" | "verdict";
  /** The session's field. */
  of: keyof Session;
}

/** A sum of cells, the session's field that it sums, and the cell's field that counts who knows it (null: all do). */
export interface CellTotal {
  /** The name in a cell. */
  name: CellSum | "calls";
  /** The session's field. */
  of: keyof Session;
  /** The cell's field that counts the sessions that know it; null where all do. */
  known: keyof Cell | null;
}

const uses = SESSION_FIELDS.flatMap(([of, { cell }]): { of: keyof Session; cell: CellUse }[] =>
  cell ? [{ of, cell }] : []
);

/** What cells are grouped by, in the order of names. */
export const CELL_GROUPS: readonly CellGroup[] =
  (["benchmark", "harness", "deployment", "model", "run", "verdict"] as const)
    .map((name) => ({ name, of: uses.find(({ cell }) => "group" in cell && cell.group === name)!.of }));

/** What cells sum, in the order of a session's fields. */
export const CELL_SUMS: readonly CellTotal[] = uses.flatMap(({ of, cell }) =>
  "sum" in cell ? [{ name: cell.sum, of, known: cell.known } as CellTotal] : []
);

/**
 * Sessions to cells as SQL: what stands after SELECT, and after GROUP BY. It is the same text for every engine but for
 * the names of its columns; no alias is the name of a column, because some engines would take one for the other.
 *
 * @param column the engine's expression for a session's field; null where it has none (the model is then told from the
 * deployment)
 */
export function cellQuery(column: (field: keyof Session) => string | null): { select: string; groupBy: string } {
  const known = CELL_GROUPS.flatMap(({ name, of }) => {
    const expression = column(of);
    return expression === null ? [] : [{ name, expression }];
  });
  return {
    select: [
      ...known.map(({ name, expression }) => `${expression} AS by_${name}`),
      "count(*) AS n_sessions",
      ...CELL_SUMS.flatMap(({ name, of }) => {
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
  const sums = CELL_SUMS.flatMap(({ name, of, known }) => {
    const n = numberOf(row[`n_${name}`] ?? 0);
    if (known === null && n < sessions) throw fault(of, "a number in each row", null, sessions - n);
    if (n === 0) return known === null ? [[name, 0]] : [[name, null], [known, 0]];
    const [total, least] = [numberOf(row[`sum_${name}`]), numberOf(row[`min_${name}`])];
    if (!(least >= 0) || !Number.isFinite(total)) {
      throw new RowError(source, null, of, `expected numbers of 0 and more, found ${least >= 0 ? total : least}`);
    }
    return known === null ? [[name, total]] : [[name, total], [known, n]];
  });
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
    ...Object.fromEntries(sums) as Omit<Cell, "sessions" | CellGroup["name"]>,
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
