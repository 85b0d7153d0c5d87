import { jsonText } from "../../traces/json_text.ts";
import { GRADE_ORIGINS, type GradeOrigin, RowError, SESSION_FIELDS, SharedMessages } from "../../model/mod.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import type { PartsAt } from "../trace_json.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { fileValues } from "./values.ts";

/** Entries of a root row's metadata that an import wrote beside those of the source. */
const WRITTEN = new Set([
  ...SESSION_FIELDS.map(([, { name }]) => name),
  "models",
  "official_score",
  "official_status",
  "collected_at",
  "tool_spans",
  "dropped",
]);

/**
 * Sessions of the span rows that `deno task import` writes: a root row, and a row for each model call behind it. Secrets were
 * redacted when they were written; what was left out for its size stays left out. One session is held at a time.
 */
export async function* importedRows(files: readonly LocalFile[], signal?: AbortSignal): AsyncGenerator<PartsAt> {
  for (const { path, format, onBroken } of files) {
    let session: { line: number; rows: Json[] } | null = null;
    for await (const line of fileValues({ path, format, onBroken })) {
      signal?.throwIfAborted();
      const at = { source: path, row: line.line };
      const fault = "fault" in line
        ? line.fault
        : isSpanRow(line.value)
        ? null
        : "expected a row of a span, with its ids";
      if (fault !== null) {
        yield { ...at, fault: new RowError(path, line.line, "", fault).message };
        continue;
      }
      const row = (line as { value: Json }).value;
      if (session && session.rows[0]!["root_span_id"] === row["root_span_id"]) session.rows.push(row);
      else {
        if (session) yield { source: path, row: session.line, parts: placedParts(sessionOf(session.rows)) };
        session = { line: line.line, rows: [row] };
      }
    }
    if (session) yield { source: path, row: session.line, parts: placedParts(sessionOf(session.rows)) };
  }
}

function isSpanRow(value: unknown): value is Json {
  return isObject(value) && typeof value["root_span_id"] === "string" && isObject(value["span_attributes"]);
}

function sessionOf(rows: readonly Json[]): PlacedSession {
  const root = rows.find((row) => row["is_root"] === true) ?? rows[0]!;
  const said = objectAt(root, "metadata");
  const calls = rows.filter((row) => objectAt(row, "span_attributes")["type"] === "llm");
  const others = rows.length - calls.length - (calls.includes(root) ? 0 : 1);
  const own = Object.entries(said).filter(([name]) => !WRITTEN.has(name));
  return {
    sessionId: said["session_id"] ?? root["root_span_id"],
    benchmark: said["benchmark"],
    harness: said["harness"],
    models: Array.isArray(said["models"]) ? said["models"].map(String) : [],
    collectedAt: said["collected_at"],
    totalTokens: said["total_tokens"],
    taskId: said["task_id"],
    trial: said["trial"],
    run: said["run"],
    recordedUsd: said["recorded_usd"],
    grades: {
      success: objectAt(root, "scores")["official_success"],
      score: said["official_score"],
      status: said["official_status"],
      ...(isOrigin(said["grade_origin"]) ? { origin: said["grade_origin"] } : {}),
    },
    spans: calls.map(spanOf),
    ...(Array.isArray(said["tool_spans"])
      ? { toolSpans: said["tool_spans"].map((id) => typeof id === "string" ? id : null) }
      : {}),
    metadata: Object.fromEntries(own),
    ...(others > 0 ? { leftOut: { "spans that are not model calls": others } } : {}),
  };
}

function spanOf(row: Json): SpanParts {
  const [said, counts] = [objectAt(row, "metadata"), objectAt(row, "metrics")];
  const error = row["error"] ?? null;
  return {
    traceId: said["trace_id"],
    spanId: said["source_span_id"] ?? row["span_id"],
    name: objectAt(row, "span_attributes")["name"],
    startTime: timeOf(counts["start"]),
    endTime: timeOf(counts["end"]),
    statusCode: error === null ? 0 : 2,
    statusMessage: error === null ? null : typeof error === "string" ? error : jsonText(error),
    requestModel: said["request_model"] ?? said["model"],
    responseModel: said["model"],
    responseId: said["response_id"],
    finishReasons: said["finish_reasons"],
    inputTokens: counts["prompt_tokens"],
    cachedTokens: counts["prompt_cached_tokens"],
    cacheWriteTokens: counts["prompt_cache_creation_tokens"],
    outputTokens: counts["completion_tokens"],
    reasoningTokens: counts["completion_reasoning_tokens"],
    inputMessages: messagesOf(row["input"]),
    outputMessages: messagesOf(row["output"]),
    toolDefinitions: said["tools"] === undefined ? null : jsonText(said["tools"]),
  };
}

/** Seconds since 1970 as an ISO time that keeps the microseconds. */
function timeOf(seconds: unknown): string | null {
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return null;
  const us = Math.round(seconds * 1e6);
  const iso = new Date(Math.floor(us / 1000)).toISOString();
  return `${iso.slice(0, -1)}${String(us - Math.floor(us / 1000) * 1000).padStart(3, "0")}Z`;
}

function messagesOf(value: unknown): SharedMessages | null {
  if (value === null || value === undefined) return null;
  return new SharedMessages(
    Array.isArray(value) ? value : [isObject(value) ? value : { role: "user", content: value }],
  );
}

function objectAt(row: Json, key: string): Json {
  const value = row[key];
  return isObject(value) ? value : {};
}

const isOrigin = (value: unknown): value is GradeOrigin => (GRADE_ORIGINS as readonly unknown[]).includes(value);
