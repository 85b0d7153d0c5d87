import { RowError } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { objectParts } from "./jsonl.ts";
import { unpacked } from "./dialects/json.ts";
import type { Mapping } from "./mapping/mapping.ts";
import type { RowParts } from "./mapping/row.ts";
import type { FileFormat, LocalFile } from "../io/files.ts";
import type { JsonLine } from "../io/json_lines.ts";
import { jsonValues } from "../io/json_values.ts";
import { parseRecorded } from "../traces/mod.ts";
import { readCsvRows } from "../io/csv.ts";
import { piecesOf } from "../io/pieces.ts";

/** A session taken apart, or why it could not be, with where it was. */
export type PartsAt = { source: string; row: number } & ({ parts: RowParts } | { fault: string; columns?: unknown });

/** The values of a file of JSON, one a line, or one document, or the elements of its list: see `jsonValues`. */
export function valuesOf(
  path: string,
  format: FileFormat,
  onBroken?: LocalFile["onBroken"],
  parse: (text: string) => unknown = parseRecorded,
): AsyncGenerator<JsonLine> {
  if (format === "csv") return csvValues(path, onBroken);
  return jsonValues(piecesOf(path), { document: format === "json", parse, onBroken });
}

/**
 * Rows of a CSV file: a cell that holds a JSON list or object is one, an empty one is not there.
 *
 * @param withEmpty for who asks what the header names: then an empty cell is an empty text
 */
export async function* csvValues(
  path: string,
  onBroken?: LocalFile["onBroken"],
  withEmpty = false,
): AsyncGenerator<JsonLine> {
  try {
    for (const [line, row] of (await readCsvRows(path, onBroken)).entries()) {
      if (row instanceof RowError) {
        yield { line, fault: row.message.replace(/^[^:]*: /, "") };
        continue;
      }
      const cells = Object.entries(row).filter(([, cell]) => withEmpty || cell !== "");
      yield { line, value: Object.fromEntries(cells.map(([name, cell]) => [name, unpacked(cell)])) };
    }
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    yield { line: typeof error.row === "number" ? error.row : 0, fault: error.message.replace(/^[^:]*: /, "") };
  }
}

/** Sessions of files that hold one session a line. */
export async function* objectRows({ path, format, onBroken }: LocalFile, mapping: Mapping): AsyncGenerator<PartsAt> {
  const parts = objectParts(mapping);
  for await (const line of valuesOf(path, format, onBroken)) {
    const at = { source: path, row: line.line };
    if ("fault" in line) yield { ...at, fault: faultAt(at, line.fault) };
    else yield faultOr(() => ({ ...at, parts: parts(line.value, path, line.line) }), at);
  }
}

const faultAt = (at: { source: string; row: number }, why: string) => new RowError(at.source, at.row, "", why).message;

function faultOr(read: () => PartsAt, at: { source: string; row: number }): PartsAt {
  try {
    return read();
  } catch (error) {
    return { ...at, fault: error instanceof RowError ? error.message : faultAt(at, jsonFault(error)) };
  }
}
