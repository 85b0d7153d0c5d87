import { RowError } from "../../model/mod.ts";
import { type SpanLog, spanLogs } from "../dialects/logs.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { type OtlpSpan, otlpSpans } from "../otlp/otlp.ts";
import { otlpRows } from "../otlp/sessions.ts";
import type { LocalFile } from "../../io/files.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileValues } from "../readers/values.ts";

/** How to take the spans out of a document, a line or a row. */
export interface SpanDocuments {
  /** @throws {Error} saying what was expected, where the value is none of this kind */
  spans: (value: unknown) => Iterable<OtlpSpan>;
  /** Log records that say more of the spans, where the kind has them. */
  logs?: (value: unknown) => Iterable<SpanLog>;
}

/** OTLP/JSON. */
export const OTLP_SPANS: SpanDocuments = { spans: otlpSpans, logs: spanLogs };

/** Sessions of files of spans. The spans of one session may be in several files, so all are read first. */
export async function* spanFileRows(
  files: readonly LocalFile[],
  documents: SpanDocuments,
  mapping: Mapping,
  name: string,
): AsyncGenerator<PartsAt> {
  const spans: OtlpSpan[] = [];
  const logs: SpanLog[] = [];
  for (const { path, format } of files) {
    for await (const line of fileValues({ path, format })) {
      const at = { source: path, row: line.line };
      if ("fault" in line) {
        yield { ...at, fault: faultAt(at, line.fault) };
        continue;
      }
      try {
        for (const span of documents.spans(line.value)) spans.push(span);
        for (const log of documents.logs?.(line.value) ?? []) logs.push(log);
      } catch (error) {
        yield { ...at, fault: faultAt(at, (error as Error).message) };
      }
    }
  }
  addLogs(spans, logs);
  const source = files.length === 1 ? files[0]!.path : name;
  const { rows, leftOut } = otlpRows(spans, mapping);
  if (rows.length === 0 && spans.length > 0) yield { source, row: 0, fault: noCallIn(spans, source) };
  for (const [row, parts] of rows.entries()) yield { source, row, parts: row === 0 ? { ...parts, leftOut } : parts };
}

const faultAt = (at: { source: string; row: number }, why: string) => new RowError(at.source, at.row, "", why).message;

/** Says what the spans of a source lack, none of which is a model call. */
function noCallIn(spans: readonly OtlpSpan[], source: string): string {
  const names = [...new Set(spans.map(({ name }) => name))];
  const some = names.slice(0, 5).map((name) => JSON.stringify(name)).join(", ") + (names.length > 5 ? ", ..." : "");
  const detail = `none of its ${spans.length} spans (${some}) is a model call: expected the attribute ` +
    '"gen_ai.operation.name" (chat, text_completion or generate_content) or what other recorders write; ' +
    "say which spans are calls with modelCall in a --mapping FILE";
  return new RowError(source, null, "", detail).message;
}

/** Joins log records to the spans they name, as events. */
function addLogs(spans: readonly OtlpSpan[], logs: readonly SpanLog[]): void {
  const bySpan = Map.groupBy(logs, ({ trace_id, span_id }) => `${trace_id} ${span_id}`);
  if (bySpan.size === 0) return;
  for (const span of spans) {
    const found = bySpan.get(`${span.trace_id} ${span.span_id}`);
    if (found) span.events.push(...found.map(({ event }) => event));
  }
}
