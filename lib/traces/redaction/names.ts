import { createHash } from "node:crypto";
import type { Redacted, TraceRow } from "../../model/mod.ts";
import { addSecretCounts, type RedactedText, type Redactor, redactSecrets, type SecretCounts } from "./redactor.ts";

/**
 * A name or an id without its secrets: `s7 [redacted github 3f9a1c22]`. The digits are a hash of the whole name, so that
 * two names that differ in their secrets alone stay two, and the same name comes out the same wherever it stands.
 */
export function redactName(name: string, redact: Redactor = redactSecrets): RedactedText {
  const { text, counts } = redact(name);
  if (text === name) return { text, counts };
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return { text: text.replaceAll(/\[redacted ([\w-]+)\]/g, `[redacted $1 ${hash}]`) as Redacted<string>, counts };
}

/**
 * A recorded session whose ids and names hold no secrets: what is worked out from them (row ids, runs, families) then holds
 * none and agrees wherever it is worked out. Its texts are as they were; they are redacted where they are written.
 *
 * @example
 * ```ts
 * import { redactNames } from "agent-trace-lab/traces";
 * import assert from "node:assert/strict";
 *
 * const row = { sessionId: "s1", benchmark: "sums", harness: "loop", models: ["m pwd=hunter2"], spans: [] } as never;
 * const { row: clean, counts } = redactNames(row);
 * assert.match(clean.models[0]!, /^m pwd=\[redacted password [0-9a-f]{8}\]$/);
 * assert.deepEqual(counts, { password: 1 });
 * ```
 */
export function redactNames(row: TraceRow, redact: Redactor = redactSecrets): { row: TraceRow; counts: SecretCounts } {
  let counts: SecretCounts = {};
  const known = new Map<string, string>();
  const name = <T extends string | null | undefined>(value: T): T => {
    if (typeof value !== "string") return value;
    let clean = known.get(value);
    if (clean === undefined) {
      const redacted = redactName(value, redact);
      counts = addSecretCounts(counts, redacted.counts);
      known.set(value, clean = redacted.text);
    }
    return clean as T;
  };
  const names = {
    sessionId: name(row.sessionId),
    benchmark: name(row.benchmark),
    harness: name(row.harness),
    models: row.models.map(name),
    taskId: name(row.taskId),
    trial: name(row.trial),
  };
  const spans = row.spans.map((span) => ({
    ...span,
    traceId: name(span.traceId),
    spanId: name(span.spanId),
    parentSpanId: name(span.parentSpanId),
    name: name(span.name),
    requestModel: name(span.requestModel),
    responseModel: name(span.responseModel),
    responseId: name(span.responseId),
    finishReasons: span.finishReasons?.map(name) ?? null,
  }));
  return Object.keys(counts).length === 0 ? { row, counts } : { row: { ...row, ...names, spans }, counts };
}
