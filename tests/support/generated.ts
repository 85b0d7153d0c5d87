/**
 * Invented sessions by arithmetic that gives the same numbers in JavaScript and in any engine's SQL, so that a table of any
 * size can be made inside the engine and in memory alike. Products stay below 2^53 for up to ten million sessions.
 *
 * @module
 */
import { modelFamily, type Session, SESSION_COLUMNS } from "../../lib/model/mod.ts";

const BENCHMARKS = ["appworld", "browsecompplus", "swebench", "tau2_airline", "tau2_retail", "tau2_telecom"];
const HARNESSES = ["claude_code", "openai_solo", "smolagents_code", "tool_calling", "it's \\odd"];
const DEPLOYMENTS = [
  "aws/claude-opus-4-5",
  "azure/Kimi-K2.5",
  "azure/DeepSeek-V3.2",
  "gcp/gemini-3-pro-preview",
  "gpt-4.1",
];
const MODELS = DEPLOYMENTS.map(modelFamily);
const JUDGES = ["judge-1", "judge-2"];
const CONFIDENCES = ["high", "low", "medium"];
const RUNS_PER_CELL = 3;

const PRIME = 1_000_003;
/** A multiplier for each field: odd, below 2^29. */
const FACTOR = {
  benchmark: 15_485_863,
  harness: 32_452_843,
  deployment: 49_979_687,
  run: 67_867_967,
  success: 86_028_121,
  input: 104_395_301,
  output: 122_949_823,
  cached: 141_650_939,
  calls: 160_481_183,
  seconds: 179_424_673,
  errors: 198_491_317,
  judge: 217_645_199,
} as const;
type Field = keyof typeof FACTOR;

const draw = (field: Field, i: number) => (i * FACTOR[field] + 12_345) % PRIME;

/** The `i`-th session. */
export function generatedSession(i: number): Session {
  const pick = (field: Field, list: readonly string[]) => draw(field, i) % list.length;
  const [b, h, d] = [pick("benchmark", BENCHMARKS), pick("harness", HARNESSES), pick("deployment", DEPLOYMENTS)];
  const run = `run${
    ((b * HARNESSES.length + h) * DEPLOYMENTS.length + d) * RUNS_PER_CELL + draw("run", i) % RUNS_PER_CELL
  }`;
  // Of some the tokens are not known, of others how long they took.
  const [tokens, timed] = [draw("input", i) % 97 !== 0, draw("seconds", i) % 89 !== 0];
  const [input, output] = [1000 + draw("input", i), draw("output", i) % 50_000];
  const errors = draw("errors", i);
  const unscored = draw("success", i) % 100 >= 97;
  // Success depends on names, so that there is something to explain.
  const success = draw("success", i) % 100 < 40 + 5 * b + 3 * h ? 1 : 0;
  return {
    sessionId: `${run}_${i}`,
    id: `id-${i}`,
    run,
    taskId: null,
    trial: null,
    benchmark: BENCHMARKS[b]!,
    harness: HARNESSES[h]!,
    deployment: DEPLOYMENTS[d]!,
    model: MODELS[d]!,
    success: unscored ? null : success,
    officialSuccess: null,
    gradeOrigin: null,
    totalTokens: tokens ? input + output : null,
    inputTokens: tokens ? input : null,
    cachedTokens: draw("cached", i) % 1000 === 0 ? null : draw("cached", i) % 900,
    cacheWriteTokens: null,
    outputTokens: tokens ? output : null,
    reasoningTokens: null,
    tokensEstimated: false,
    calls: 1 + draw("calls", i) % 80,
    startedAt: null,
    durationS: timed ? (draw("seconds", i) % 8000) / 8 : null,
    wallClockS: null,
    toolErrors: errors % 50 === 0 ? null : errors % 9,
    errorSpans: errors % 7 === 0 ? 1 : 0,
    failureMode: null,
    judgeModel: JUDGES[pick("judge", JUDGES)]!,
    judgeConfidence: unscored ? null : CONFIDENCES[pick("judge", CONFIDENCES)]!,
    judgeReasoning: null,
    judgeReliability: null,
    judgeFailingCall: null,
    judgeFailingQuote: null,
    topics: null,
    recordedUsd: null,
  };
}

/** How an engine writes what these rows need. */
export interface GeneratingSql {
  /** The number of the row, as an expression without a sign. */
  i: string;
  /** Type of texts. */
  text: string;
  literal(value: string): string;
}

/** DuckDB's: rows of `range(n) AS t(i)`. */
export const DUCKDB_ROWS: GeneratingSql = {
  i: "i",
  text: "VARCHAR",
  literal: (value) => `'${value.replaceAll("'", "''")}'`,
};

/** ClickHouse's: rows of `numbers(n)`. */
export const CLICKHOUSE_ROWS: GeneratingSql = {
  i: "number",
  text: "String",
  literal: (value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
};

/** {@link generatedSession} in SQL: an expression for each column, in the order of `Session`. */
export function generatedColumns({ i, text, literal }: GeneratingSql): Record<keyof Session, string> {
  const u = (field: Field) => `((${i} * ${FACTOR[field]} + 12345) % ${PRIME})`;
  const at = (field: Field, list: readonly string[]) => `(${u(field)} % ${list.length})`;
  const one = (list: readonly string[], index: string) => `[${list.map(literal).join(", ")}][${index} + 1]`;
  const [b, h, d] = [at("benchmark", BENCHMARKS), at("harness", HARNESSES), at("deployment", DEPLOYMENTS)];
  const cell = `((${b} * ${HARNESSES.length} + ${h}) * ${DEPLOYMENTS.length} + ${d})`;
  const run = `('run' || CAST(${cell} * ${RUNS_PER_CELL} + ${u("run")} % ${RUNS_PER_CELL} AS ${text}))`;
  const [input, output] = [`(1000 + ${u("input")})`, `(${u("output")} % 50000)`];
  const known = (value: string) => `CASE WHEN ${u("input")} % 97 = 0 THEN NULL ELSE ${value} END`;
  const unscored = `${u("success")} % 100 >= 97`;
  return {
    sessionId: `(${run} || '_' || CAST(${i} AS ${text}))`,
    id: `('id-' || CAST(${i} AS ${text}))`,
    run,
    taskId: "NULL",
    trial: "NULL",
    benchmark: one(BENCHMARKS, b),
    harness: one(HARNESSES, h),
    deployment: one(DEPLOYMENTS, d),
    model: one(MODELS, d),
    success: `CASE WHEN ${unscored} THEN NULL WHEN ${u("success")} % 100 < 40 + 5 * ${b} + 3 * ${h} THEN 1 ELSE 0 END`,
    officialSuccess: "NULL",
    gradeOrigin: "NULL",
    totalTokens: known(`${input} + ${output}`),
    inputTokens: known(input),
    cachedTokens: `CASE WHEN ${u("cached")} % 1000 = 0 THEN NULL ELSE ${u("cached")} % 900 END`,
    cacheWriteTokens: "NULL",
    outputTokens: known(output),
    reasoningTokens: "NULL",
    tokensEstimated: "0",
    calls: `1 + ${u("calls")} % 80`,
    startedAt: "NULL",
    durationS: `CASE WHEN ${u("seconds")} % 89 = 0 THEN NULL ELSE (${u("seconds")} % 8000) / 8 END`,
    wallClockS: "NULL",
    toolErrors: `CASE WHEN ${u("errors")} % 50 = 0 THEN NULL ELSE ${u("errors")} % 9 END`,
    errorSpans: `CASE WHEN ${u("errors")} % 7 = 0 THEN 1 ELSE 0 END`,
    failureMode: "NULL",
    judgeModel: one(JUDGES, at("judge", JUDGES)),
    judgeConfidence: `CASE WHEN ${unscored} THEN NULL ELSE ${one(CONFIDENCES, at("judge", CONFIDENCES))} END`,
    judgeReasoning: "NULL",
    judgeReliability: "NULL",
    judgeFailingCall: "NULL",
    judgeFailingQuote: "NULL",
    topics: "NULL",
    recordedUsd: "NULL",
  };
}

/** The columns of a table of generated sessions; `over` replaces fields by expressions, null leaves one out. */
export function tableColumns(
  sql: GeneratingSql,
  over: Partial<Record<keyof Session, string | null>> = {},
): { field: keyof Session; name: string; expression: string }[] {
  return (Object.entries({ ...generatedColumns(sql), ...over }) as [keyof Session, string | null][])
    .flatMap(([field, expression]) =>
      expression === null ? [] : [{ field, name: SESSION_COLUMNS[field].name, expression }]
    );
}
