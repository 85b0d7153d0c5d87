import { RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { addLogs, type SpanLog, spanLogs, spansOfLogs } from "../dialects/logs.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { isOtherSignal, type OtlpSpan, otlpSpans } from "../otlp/otlp.ts";
import { otlpRows } from "../otlp/sessions.ts";
import type { LocalFile } from "../../io/files.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileIds } from "../readers/file_ids.ts";
import { fileValues } from "../readers/values.ts";
import { noCallIn, noSpanIn } from "./no_call.ts";
import { OTHER_SIGNALS, sessionAt, type SpanItem, WITHOUT_SPAN } from "./items.ts";
import { streamedSessions } from "./streamed.ts";

/** How to take the spans out of a document, a line or a row. */
export interface SpanDocuments {
  /**
   * @param place a name for what has none: the file's, and the value's place in it
   * @throws {Error} saying what was expected, where the value is none of this kind
   */
  spans: (value: unknown, place: string) => Iterable<OtlpSpan>;
  /** Log records that say more of the spans, where the kind has them. */
  logs?: (value: unknown) => Iterable<SpanLog>;
  /** Whether a document that gave neither spans nor logs is of something else, and is counted as left out. */
  isOther?: (value: unknown) => boolean;
}

/** OTLP/JSON. */
export const OTLP_SPANS: SpanDocuments = { spans: otlpSpans, logs: spanLogs, isOther: isOtherSignal };

/** Bytes of files up to which all spans are held; larger ones are read twice, and a session held at a time. */
const HELD_BYTES = 200_000_000;

/**
 * Sessions of files of spans. The spans of one session may be anywhere in them.
 *
 * @param heldBytes for tests
 */
export async function* spanFileRows(
  files: readonly LocalFile[],
  documents: SpanDocuments,
  mapping: Mapping,
  name: string,
  heldBytes = HELD_BYTES,
): AsyncGenerator<PartsAt> {
  const source = files.length === 1 ? files[0]!.path : name;
  const items = () => spanItems(files, documents);
  const bytes = files.reduce((sum, { path }) => sum + sizeOf(path), 0);
  yield* bytes > heldBytes ? streamedSessions(items, mapping, source) : heldSessions(items, mapping, source);
}

async function* heldSessions(items: () => AsyncIterable<SpanItem>, mapping: Mapping, source: string) {
  const spans: OtlpSpan[] = [];
  const logs: SpanLog[] = [];
  const others: string[] = [];
  for await (const item of items()) {
    if ("span" in item) spans.push(item.span);
    else if ("log" in item) logs.push(item.log);
    else if ("other" in item) others.push(item.other);
    else yield item.fault;
  }
  const { calls, left } = spansOfLogs(spans, logs);
  spans.push(...calls);
  addLogs(spans, logs);
  const { rows, leftOut } = otlpRows(spans, mapping);
  if (others.length) leftOut[OTHER_SIGNALS] = others.length;
  if (left) leftOut[WITHOUT_SPAN] = left;
  if (spans.length === 0 && (others.length || left)) yield { source, row: 0, fault: noSpanIn(others, left, source) };
  if (rows.length === 0 && spans.length > 0) {
    yield {
      source,
      row: 0,
      fault: noCallIn(new Set(spans.map(({ name }) => name)), spans.length, source),
    };
  }
  const first = rows.findIndex((made) => "parts" in made);
  for (const [row, made] of rows.entries()) {
    yield sessionAt(source, row, row === first && "parts" in made ? { parts: { ...made.parts, leftOut } } : made);
  }
}

async function* spanItems(files: readonly LocalFile[], documents: SpanDocuments): AsyncGenerator<SpanItem> {
  const names = fileIds(files.map(({ path }) => path));
  for (const file of files) {
    for await (const line of fileValues(file)) {
      const at = { source: file.path, row: line.line };
      const fault = (why: string) => ({ fault: { ...at, fault: new RowError(file.path, line.line, "", why).message } });
      if ("fault" in line) {
        yield fault(line.fault);
        continue;
      }
      try {
        let found = 0;
        const place = `${names.get(file.path)}#${line.line}`;
        for (const span of documents.spans(line.value, place)) {
          // Only what has an id can be there twice.
          yield { span: span.span_id === null ? { ...span, span_id: found ? `${place}.${found}` : place } : span };
          found++;
        }
        for (const log of documents.logs?.(line.value) ?? []) {
          found++;
          yield { log };
        }
        if (found === 0 && documents.isOther?.(line.value)) yield { other: Object.keys(Object(line.value)).join(", ") };
      } catch (error) {
        yield fault(jsonFault(error));
      }
    }
  }
}

/** 0 for a file inside an archive, which is held. */
function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}
