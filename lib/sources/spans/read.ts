import { spanLogs } from "../dialects/logs.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { RowParts } from "../mapping/parts.ts";
import { lineKeyFinder } from "../otlp/line_keys.ts";
import { isOtherSignal, otlpSpans } from "../otlp/otlp.ts";
import type { LocalFile } from "../../io/files.ts";
import { RowError } from "../../model/mod.ts";
import type { PartsAt } from "../trace_json.ts";
import { noCallIn, noSpanIn } from "./no_call.ts";
import type { SpanDocuments } from "./items.ts";
import { addCounts, WITHOUT_SPAN } from "./sessions.ts";
import { heldSessions, type Read, streamedSessions } from "./streamed.ts";

/** OTLP/JSON. */
export const OTLP_SPANS: SpanDocuments = { spans: otlpSpans, logs: spanLogs, isOther: isOtherSignal };

/** Why {@link SpanDocuments.isOther} documents are left out. */
const OTHER_SIGNALS = "documents of other signals (metrics, logs)";

/** Bytes of files up to which all spans are held; larger ones are read twice, and a session held at a time. */
const HELD_BYTES = 200_000_000;
/** What is packed is about so many times as long. */
const UNPACKED = 8;

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
  const bytes = files.reduce((sum, { path }) => sum + sizeOf(path), 0);
  const guess = documents === OTLP_SPANS ? lineKeyFinder(mapping) : undefined;
  const read = bytes > heldBytes
    ? streamedSessions(files, documents, mapping, source, guess)
    : heldSessions(files, documents, mapping);
  const others: string[] = [];
  let [row, last, end] = [0, null as RowParts | null, null as Read | null];
  for await (const one of read) {
    if ("fault" in one) yield one.fault;
    else if ("other" in one) others.push(one.other);
    else if ("end" in one) end = one.end;
    else if ("lost" in one) yield { source, row: row++, fault: new RowError(source, null, "", one.lost).message };
    else {
      if (last) yield { source, row: row++, parts: last };
      last = one.row;
    }
  }
  const { spans, names, leftOut } = end!;
  const left = leftOut[WITHOUT_SPAN] ?? 0;
  if (others.length) leftOut[OTHER_SIGNALS] = others.length;
  if (last) {
    addCounts(leftOut, last.leftOut ?? {});
    yield { source, row, parts: Object.keys(leftOut).length ? { ...last, leftOut } : last };
  } else if (spans && row === 0) yield { source, row, fault: noCallIn(names, spans, source) };
  else if (others.length || left) yield { source, row, fault: noSpanIn(others, left, source) };
}

/** 0 for a file inside an archive, which is held. */
function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size * (/\.(gz|zst)$/i.test(path) ? UNPACKED : 1);
  } catch {
    return 0;
  }
}
