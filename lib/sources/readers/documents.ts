import { RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileValues } from "./values.ts";
import { fileIds } from "./file_ids.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { FormatReader } from "./reading.ts";

/** Where a document is. */
export interface DocumentPlace {
  path: string;
  /** Place of the value in its file: the line, or the element of the list. */
  line: number;
  /** A name for a session that the document does not name. */
  fileId: string;
}

/** A reader of files whose values (documents, lines, elements of a list) are sessions by themselves, or hold some. */
export function documentReader(
  sessions: (value: unknown, place: DocumentPlace) => Iterable<PlacedSession>,
): FormatReader {
  return async function* (files, signal): AsyncGenerator<PartsAt> {
    const ids = fileIds(files.map(({ path }) => path));
    for (const { path, format, onBroken } of files) {
      let row = 0;
      for await (const line of fileValues({ path, format, onBroken })) {
        signal?.throwIfAborted();
        const at = { source: path, row: row++ };
        if ("fault" in line) yield { ...at, fault: new RowError(path, line.line, "", line.fault).message };
        else {
          const id = ids.get(path)!;
          yield* readDocument(line.value, { path, line: line.line, fileId: at.row === 0 ? id : `${id}#${at.row}` }, at);
        }
      }
    }
  };

  function* readDocument(
    value: unknown,
    place: DocumentPlace,
    at: { source: string; row: number },
  ): Generator<PartsAt> {
    try {
      for (const session of sessions(value, place)) yield { ...at, parts: placedParts(session) };
    } catch (error) {
      yield { ...at, fault: new RowError(place.path, place.line, "", jsonFault(error)).message };
    }
  }
}
