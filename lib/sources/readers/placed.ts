import { type GradeOrigin, SharedMessages } from "../../model/mod.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { SpanField } from "../mapping/span_fields.ts";
import { SPAN_FIELDS } from "../mapping/span_fields.ts";
import { contradict } from "../mapping/values.ts";
import type { RowParts, SpanParts } from "../mapping/row.ts";

/** A session as a reader hands it over: each part under the name it has in a row. What is unknown is left out or null. */
export interface PlacedSession {
  sessionId: unknown;
  benchmark?: unknown;
  harness?: unknown;
  models?: string[];
  collectedAt?: unknown;
  totalTokens?: unknown;
  taskId?: unknown;
  trial?: unknown;
  run?: unknown;
  recordedUsd?: unknown;
  grades?: {
    success?: unknown;
    score?: unknown;
    status?: unknown;
    agentUsd?: unknown;
    benchmarkUsd?: unknown;
    /** Every verdict that the source has of it, where these are several: the first that says something is the grade. */
    all?: readonly unknown[];
    /** Whose grade it is; the benchmark's own unless told. */
    origin?: GradeOrigin;
  };
  spans: (SpanParts | null)[];
  /** Spans of tools that ran, by the id of the call that each answers. */
  toolSpans?: (string | null)[];
  /** What else the source says of the session. */
  metadata?: Record<string, unknown>;
  /** What the reader left out of the session, counted by reason. */
  leftOut?: Record<string, number>;
}

const GRADES = ["success", "score", "status", "agentUsd", "benchmarkUsd"] as const;
const UNSPECIFIED = { constant: "unspecified" };

/** The mapping of rows that a reader placed: every field under its own name. */
export function placedMapping(format: string): Mapping {
  const optional = (name: string) => `${name}?`;
  return {
    name: format,
    form: "rows",
    session: {
      sessionId: "sessionId",
      benchmark: [optional("benchmark"), UNSPECIFIED],
      harness: [optional("harness"), UNSPECIFIED],
      models: optional("models"),
      collectedAt: optional("collectedAt"),
      totalTokens: optional("totalTokens"),
      taskId: optional("taskId"),
      trial: optional("trial"),
      run: optional("run"),
      recordedUsd: optional("recordedUsd"),
    },
    grades: Object.fromEntries(GRADES.map((name) => [name, optional(`grades.${name}`)])),
    spans: "spans",
    span: Object.fromEntries(SPAN_FIELDS.map((field) => [field, optional(field)])) as Record<SpanField, string>,
    modelCall: { field: "modelCall?", values: ["call"], whenMissing: true },
    metadata: "rest",
  };
}

/** A session as parts of a row under {@link placedMapping}. */
export function placedParts(session: PlacedSession): RowParts {
  const { sessionId, models, spans, toolSpans, metadata, leftOut, grades, taskId, trial, run, ...rest } = session;
  const { origin = "official", all = [], ...graded } = grades ?? {};
  graded.success = verdictOf(graded.success);
  graded.score = numberOf(graded.score);
  const isGraded = [graded.success, graded.score].some((one) => one !== undefined && one !== null);
  // Recorders write a cost of 0 where they know no price.
  for (const name of ["agentUsd", "benchmarkUsd"] as const) if (graded[name] === 0 && spans.length) graded[name] = null;
  const placed = {
    ...rest,
    ...Object.fromEntries(Object.entries(graded).map(([name, value]) => [`grades.${name}`, value])),
    taskId: taskId ?? null,
    trial: trial ?? null,
    run: run ?? null,
    sessionId,
    models: models ?? [],
  };
  const own = Object.entries(metadata ?? {}).map(([key, value]) => [key in placed ? `source.${key}` : key, value]);
  const unanswered = unansweredIn(spans);
  return {
    columns: { ...Object.fromEntries(own), ...placed },
    spans,
    ...(toolSpans ? { toolSpans } : {}),
    ...(isGraded ? { origin } : {}),
    ...(contradict(all.map(verdictOf)) ? { contradicted: true } : {}),
    leftOut: unanswered ? { ...leftOut, [UNANSWERED]: unanswered } : leftOut ?? {},
  };
}

/** Why messages are left out that stand in no call. */
export const UNANSWERED = "messages that no answer follows";

/** Messages of the lists that calls share which stand in no call: what was said after the last answer. */
function unansweredIn(spans: readonly (SpanParts | null)[]): number {
  const counts = new Map<readonly unknown[], number>();
  const read = new Set<unknown>();
  for (const { inputMessages: input, outputMessages: output } of spans.filter((span) => span !== null)) {
    if (input instanceof SharedMessages) counts.set(input.list, Math.max(input.count, counts.get(input.list) ?? 0));
    if (output instanceof SharedMessages) { for (const message of output.elements()) read.add(message); }
  }
  // Of a list that was begun anew, the first messages are those of another.
  if ([...counts].every(([list, count]) => list.length <= count)) return 0;
  for (const [list, count] of counts) for (const message of list.slice(0, count)) read.add(message);
  const left = [...counts].flatMap(([list, count]) => list.slice(count)).filter((message) => !read.has(message));
  return new Set(left).size;
}

const WORDS: Record<string, number> = {
  true: 1,
  yes: 1,
  success: 1,
  resolved: 1,
  passed: 1,
  pass: 1,
  correct: 1,
  false: 0,
  no: 0,
  failure: 0,
  failed: 0,
  fail: 0,
  unresolved: 0,
  incorrect: 0,
};

/** Whether a session was solved, in the words that recorders have for it; null for any other word. */
function verdictOf(value: unknown): unknown {
  if (typeof value === "string") return WORDS[value.toLowerCase()] ?? numberOf(value);
  return typeof value === "boolean" || typeof value === "number" || typeof value === "bigint" ? value : null;
}

function numberOf(value: unknown): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string" && value.trim() === "") return null;
  const number = typeof value === "string" || typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}
