import { createHash } from "node:crypto";
import type { Redacted, TraceRow } from "../../model/mod.ts";
import { addSecretCounts, type RedactedText, type Redactor, redactSecrets, type SecretCounts } from "./redactor.ts";

/**
 * A name or an id without its secrets: `s7 [redacted github 3f9a1c22]`. The digits are a hash of the whole name, so that
 * two names that differ in their secrets alone stay two, and the same name comes out the same wherever it stands.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { redactName } from "agent-trace-lab/traces";
 * equal(redactName("night-1").text, "night-1"); // nothing to hide
 * ```
 */
export function redactName(name: string, redact: Redactor = redactSecrets): RedactedText {
  return nameRedactor(redact)(name);
}

const redactors = new WeakMap<Redactor, Redactor>();
/** Names that are remembered, and how long they may be: those of a session come again and again. */
const MOST = 5_000;
const LONGEST = 200;

/** {@link redactName} with one redactor. */
export function nameRedactor(redact: Redactor): Redactor {
  let made = redactors.get(redact);
  if (!made) redactors.set(redact, made = remembering(redact));
  return made;
}

function remembering(redact: Redactor): Redactor {
  const known = new Map<string, RedactedText>();
  return (name) => {
    let redacted = known.get(name);
    if (redacted) return redacted;
    redacted = redactedName(name, redact);
    if (known.size >= MOST) known.clear();
    if (name.length <= LONGEST) known.set(name, redacted);
    return redacted;
  };
}

function redactedName(name: string, redact: Redactor): RedactedText {
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
  const names = new Set(namesOf(row).filter((name) => typeof name === "string"));
  // Hardly any row has a secret in a name, which one look at all of them tells.
  const all = Array.from(names).join(APART);
  let counts: SecretCounts = {};
  if (redact(all).text === all) return { row, counts };
  const redactName = nameRedactor(redact);
  const changed = new Map<string, string>();
  for (const name of names) {
    const redacted = redactName(name);
    if (redacted.text === name) continue;
    changed.set(name, redacted.text);
    counts = addSecretCounts(counts, redacted.counts);
  }
  if (changed.size === 0) return { row, counts };
  const name = <T extends string | null | undefined>(value: T): T => (changed.get(value as string) ?? value) as T;
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
  const cleaned = {
    sessionId: name(row.sessionId),
    benchmark: name(row.benchmark),
    harness: name(row.harness),
    models: row.models.map(name),
    taskId: name(row.taskId),
    trial: name(row.trial),
    ...(row.run === undefined ? {} : { run: name(row.run) }),
  };
  return { row: { ...row, ...cleaned, spans }, counts };
}

/** Between names: no secret, and nothing that tells of one, goes over it. */
const APART = " \0 ";

/** What names something in a session and in its calls. */
function namesOf(row: TraceRow): (string | null | undefined)[] {
  const names = [row.sessionId, row.benchmark, row.harness, row.taskId, row.trial, row.run, ...row.models];
  for (const span of row.spans) {
    names.push(span.traceId, span.spanId, span.parentSpanId, span.name, span.requestModel, span.responseModel);
    names.push(span.responseId, ...span.finishReasons ?? []);
  }
  return names;
}
