import { jsonFault } from "../../model/json_fault.ts";
import { RowError } from "../../model/mod.ts";
import type { LocalFile } from "../../io/files.ts";
import { parseRecorded } from "../../traces/mod.ts";
import type { SpanLog } from "../dialects/logs.ts";
import { LineKeys } from "../otlp/line_keys.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import type { Settled } from "../otlp/sessions.ts";
import { fileIds } from "../readers/file_ids.ts";
import { fileValues } from "../readers/values.ts";
import type { PartsAt } from "../trace_json.ts";

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
  /** What the spans of a session say together, where a row has one of them. */
  settled?: Settled;
}

/** What a document gave, in order; of one of another signal its keys. */
export type SpanItem = { span: OtlpSpan } | { log: SpanLog } | { fault: PartsAt } | { other: string };

/** What stands at one place of the files. */
export interface SpanPlace {
  /** Goes up from place to place; the same whenever the files are read. */
  position: number;
  items: SpanItem[];
  /** In the place of items, where these were not asked for. */
  keys?: LineKeys;
}

/**
 * What stands in files of spans, place by place.
 *
 * @param keysOf what is asked of a line instead of its items; null where it cannot tell
 */
export async function* spanPlaces(
  files: readonly LocalFile[],
  documents: SpanDocuments,
  keysOf?: (line: string) => LineKeys | null,
): AsyncGenerator<SpanPlace> {
  const names = fileIds(files.map(({ path }) => path));
  const parse = keysOf ? (text: string) => keysOf(text) ?? parseRecorded(text) : parseRecorded;
  let position = 0;
  for (const file of files) {
    let before = -1;
    for await (const line of fileValues(file, parse)) {
      // A line may hold several values.
      if (line.line !== before) position++;
      before = line.line;
      if ("value" in line && line.value instanceof LineKeys) yield { position, items: [], keys: line.value };
      else yield { position, items: [...itemsOf(line, file.path, `${names.get(file.path)}#${line.line}`, documents)] };
    }
  }
}

type Value = { line: number; value: unknown } | { line: number; fault: string };

function* itemsOf(line: Value, source: string, place: string, documents: SpanDocuments): Generator<SpanItem> {
  const at = { source, row: line.line };
  const fault = (why: string) => ({ fault: { ...at, fault: new RowError(source, line.line, "", why).message } });
  if ("fault" in line) return yield fault(line.fault);
  try {
    let found = 0;
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
