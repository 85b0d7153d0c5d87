import { cellQuery, type FailureThresholds, type Session, TOOL_ERROR_THRESHOLD } from "../../model/mod.ts";
import { quotedName, SESSION_COLUMNS } from "./columns.ts";
import type { Dialect, Engine } from "./engine.ts";

const column = (field: keyof Session) => quotedName(field);

/** Sessions counted into cells; with a limit, that many at most. */
export function cellsSql({ table }: Pick<Engine, "table">, limit: number): string {
  const { select, groupBy } = cellQuery(column);
  return `SELECT ${select} FROM ${table} GROUP BY ${groupBy} LIMIT ${limit}`;
}

/** How many different names each of the columns that cells are grouped by has. */
export function distinctNamesSql({ table }: Pick<Engine, "table">): string {
  const names = (["benchmark", "harness", "deployment", "model", "run"] as const)
    .map((field) => `count(DISTINCT ${column(field)}) AS n_${field}`);
  return `SELECT ${names.join(", ")} FROM ${table}`;
}

/** Sessions by benchmark, judge model, confidence and verdict. */
export function judgeSql({ table }: Pick<Engine, "table">): string {
  const by = (["benchmark", "judgeModel", "judgeConfidence", "success"] as const).map(column);
  return `SELECT ${by.map((name, i) => `${name} AS by_${i}`).join(", ")}, count(*) AS n FROM ${table} ` +
    `GROUP BY ${by.join(", ")}`;
}

/** Failed sessions by benchmark, harness and mode: the first that holds, as `failureModeOf` tells it. */
export function failureModesSql({ table }: Pick<Engine, "table">, { tokensP90, callsP90 }: FailureThresholds): string {
  const [stated, errors] = [column("failureMode"), column("toolErrors")];
  const mode = `CASE WHEN ${stated} IS NOT NULL THEN ${stated} ` +
    `WHEN ${errors} >= ${TOOL_ERROR_THRESHOLD} THEN 'tool-call errors' ` +
    `WHEN ${column("totalTokens")} >= ${tokensP90} OR ${
      column("calls")
    } >= ${callsP90} THEN 'non-convergence / loop' ` +
    `WHEN ${column("errorSpans")} > 0 THEN 'runtime / span error' ELSE 'silent wrong answer' END`;
  const unknown = `CASE WHEN ${stated} IS NULL AND ${errors} IS NULL THEN 1 ELSE 0 END`;
  return `SELECT ${column("benchmark")} AS by_benchmark, ${column("harness")} AS by_harness, ${mode} AS by_mode, ` +
    `count(*) AS n, sum(${unknown}) AS n_unknown FROM ${table} WHERE ${FAILED} GROUP BY by_benchmark, by_harness, by_mode`;
}

/** The failed sessions. */
export const FAILED = `${column("success")} = 0`;

/** The sessions with a verdict. */
export const SCORED = `${column("success")} IS NOT NULL`;

/** Failed sessions with known tool errors, by harness. */
export function knownToolErrorsSql({ table }: Pick<Engine, "table">): string {
  return `SELECT ${column("harness")} AS by_harness, count(*) AS n FROM ${table} ` +
    `WHERE ${FAILED} AND ${column("toolErrors")} IS NOT NULL GROUP BY ${column("harness")}`;
}

/** A condition on a name. */
export function nameIs(dialect: Dialect, name: "benchmark" | "harness", value: string): string {
  return `${column(name)} = ${dialect.text(value)}`;
}

/** Every session in full, by id; with a number, a sample of that many that is the same each time. */
export function sessionsSql({ table, dialect }: Pick<Engine, "table" | "dialect">, sample: number | null): string {
  const columns = Object.keys(SESSION_COLUMNS).map(quotedName).join(", ");
  const id = column("sessionId");
  if (sample === null) return `SELECT ${columns} FROM ${table} ORDER BY ${id}`;
  return `SELECT ${columns} FROM ${table} ORDER BY ${dialect.shuffled(id)} LIMIT ${sample}`;
}
