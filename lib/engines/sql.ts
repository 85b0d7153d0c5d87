import {
  FAILURE_MODES,
  type FailureThresholds,
  type Session,
  TOLD_MODES,
  type ToldMode,
  TOOL_ERROR_THRESHOLD,
} from "../model/mod.ts";
import { cellQuery } from "../model/cell_query.ts";
import { type Dialect, EngineError, type GroupQuery, type SqlEngine } from "./engine.ts";

/*
 * What an analysis asks of sessions, once for every engine. Only what all of them know is used: columns or fields to group
 * by, and count, sum, min and max, over CASE where it takes a condition.
 */

/** Sessions counted into cells. */
export function cellsQuery({ dialect }: Pick<SqlEngine, "dialect">): GroupQuery {
  return { ...cellQuery(dialect.column), where: null, key: { column: column(dialect, "run"), alias: "by_run" } };
}

/** How many different names each of the columns that cells are grouped by has. */
export function distinctNamesSql({ dialect, from }: Pick<SqlEngine, "dialect" | "from">): string {
  const names = (["benchmark", "harness", "deployment", "model", "run"] as const).flatMap((field) => {
    const name = dialect.column(field);
    return name === null ? [] : [`${dialect.distinct(name)} AS n_${field}`];
  });
  return `SELECT ${names.join(", ")} ${from(null)}`;
}

/** The most tokens that a session of a group took; null where none are known. */
const mostTokens = (dialect: Dialect) => `max(${column(dialect, "totalTokens")}) AS most_tokens`;

/** Sessions by benchmark, judge model, confidence and verdict, with the most tokens that one of them took. */
export function judgeQuery({ dialect }: Pick<SqlEngine, "dialect">): GroupQuery {
  const by = (["benchmark", "judgeModel", "judgeConfidence", "success"] as const).map((f) => column(dialect, f));
  return {
    select: `${by.map((name, i) => `${name} AS by_${i}`).join(", ")}, count(*) AS n, ${mostTokens(dialect)}`,
    where: null,
    groupBy: by.join(", "),
    key: { column: by[0]!, alias: "by_0" },
  };
}

/** Failed sessions by benchmark and harness, the most tokens that one took, and how many of them have each mode: the first that holds, as `failureModeOf` tells it. */
export function failureModesQuery(
  { dialect }: Pick<SqlEngine, "dialect">,
  { tokensP90, callsP90 }: FailureThresholds,
): GroupQuery {
  const of = (field: keyof Session) => column(dialect, field);
  const tokens = of("totalTokens");
  const stated = dialect.column("failureMode");
  // In the order in which they are tried, as `failureModeOf` does: the first that holds says the mode.
  const signs: [sign: string, mode: ToldMode][] = [
    [`${of("toolErrors")} >= ${TOOL_ERROR_THRESHOLD}`, "tool-call errors"],
    [`${of("calls")} >= ${callsP90}`, "non-convergence / loop"],
    ...(tokensP90 === null ? [] : [[`${tokens} >= ${tokensP90}`, "non-convergence / loop"] as [string, ToldMode]]),
    [`${tokens} IS NULL`, "unknown"],
    [`${of("errorSpans")} > 0`, "runtime / span error"],
    [`${of("toolErrors")} IS NULL OR ${of("errorSpans")} IS NULL`, "unknown"],
  ];
  const count = (whens: string[], otherwise: 0 | 1 = 0) => `sum(CASE ${whens.join(" ")} ELSE ${otherwise} END)`;
  const modes = TOLD_MODES.map((mode) =>
    count([
      ...(stated === null
        ? []
        : [`WHEN ${stated} = ${dialect.text(mode)} THEN 1`, `WHEN ${stated} IS NOT NULL THEN 0`]),
      ...signs.map(([sign, of]) => `WHEN ${sign} THEN ${of === mode ? 1 : 0}`),
    ], mode === "silent wrong answer" ? 1 : 0)
  );
  const known = FAILURE_MODES.map(dialect.text).join(", ");
  return {
    select: [
      `${of("benchmark")} AS by_benchmark`,
      `${of("harness")} AS by_harness`,
      "count(*) AS n",
      mostTokens(dialect),
      ...modes.map((sum, i) => `${sum} AS n_mode_${i}`),
      `${
        count([
          ...(stated === null ? [] : [`WHEN ${stated} IS NOT NULL THEN 0`]),
          `WHEN ${of("toolErrors")} IS NULL THEN 1`,
        ])
      } AS n_unknown`,
      ...(stated === null ? [] : [`max(CASE WHEN ${stated} NOT IN (${known}) THEN ${stated} END) AS odd_mode`]),
    ].join(", "),
    where: failed(dialect),
    groupBy: `${of("benchmark")}, ${of("harness")}`,
    key: { column: of("harness"), alias: "by_harness" },
  };
}

/** The failed sessions. */
export const failed = (dialect: Dialect) => `${column(dialect, "success")} = 0`;

/** The sessions with a verdict. */
export const scored = (dialect: Dialect) => `${column(dialect, "success")} IS NOT NULL`;

/** The sessions whose tokens are known. */
export const hasTokens = (dialect: Dialect) => `${column(dialect, "totalTokens")} IS NOT NULL`;

/** The sessions whose tool errors are known. */
export const hasToolErrors = (dialect: Dialect) => `${column(dialect, "toolErrors")} IS NOT NULL`;

/** Failed sessions with known tool errors, by harness. */
export function knownToolErrorsQuery({ dialect }: Pick<SqlEngine, "dialect">): GroupQuery {
  const harness = column(dialect, "harness");
  return {
    select: `${harness} AS by_harness, count(*) AS n`,
    where: `${failed(dialect)} AND ${hasToolErrors(dialect)}`,
    groupBy: harness,
    key: { column: harness, alias: "by_harness" },
  };
}

/** A condition on a name. */
export function nameIs(
  dialect: Dialect,
  name: "benchmark" | "harness" | "deployment" | "model" | "run",
  value: string,
): string {
  return `${column(dialect, name)} = ${dialect.text(value)}`;
}

/** A field that every engine's rows have. */
export function column(dialect: Dialect, field: keyof Session): string {
  const name = dialect.column(field);
  if (name === null) throw new EngineError("engine", `has no field ${field}`);
  return name;
}
