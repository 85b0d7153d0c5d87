import type { Mapping, SpanField } from "../mapping/mapping.ts";
import { SPAN_FIELDS } from "../mapping/mapping.ts";
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
  grades?: {
    success?: unknown;
    score?: unknown;
    status?: unknown;
    agentUsd?: unknown;
    benchmarkUsd?: unknown;
    origin?: "official" | "human" | "judge" | "program";
  };
  spans: (SpanParts | null)[];
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
  const { sessionId, models, spans, metadata, leftOut, grades, taskId, trial, ...rest } = session;
  const { origin: _, ...graded } = grades ?? {};
  const placed = {
    ...rest,
    ...Object.fromEntries(Object.entries(graded).map(([name, value]) => [`grades.${name}`, value])),
    ...(taskId === undefined ? {} : { taskId }),
    ...(trial === undefined ? {} : { trial }),
    sessionId,
    models: models ?? [],
  };
  const own = Object.entries(metadata ?? {}).map(([key, value]) => [key in placed ? `source.${key}` : key, value]);
  return { columns: { ...Object.fromEntries(own), ...placed }, spans, ...(leftOut ? { leftOut } : {}) };
}
