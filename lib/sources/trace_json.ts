import { RowError } from "../model/mod.ts";
import { objectParts } from "./jsonl.ts";
import type { Mapping } from "./mapping/mapping.ts";
import type { RowParts } from "./mapping/row.ts";
import type { FileFormat } from "../io/files.ts";
import { type JsonLine, jsonLines } from "../io/json_lines.ts";
import { piecesOf } from "../io/pieces.ts";

/** A session taken apart, or why it could not be, with where it was. */
export type PartsAt = { source: string; row: number } & ({ parts: RowParts } | { fault: string; columns?: unknown });

/** A file of JSON: one value a line, or one document (which is read whole; an array in it counts as lines). */
export async function* valuesOf(path: string, format: FileFormat): AsyncGenerator<JsonLine> {
  if (format === "jsonl") return yield* jsonLines(piecesOf(path));
  const text = await Deno.readTextFile(path);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // Many a file called .json holds one object a line.
    return yield* jsonLines(piecesOf(path));
  }
  const values = Array.isArray(document) ? document : [document];
  yield* values.map((value, line) => ({ line, value }));
}

/** Sessions of files that hold one session a line. */
export async function* objectRows(path: string, format: FileFormat, mapping: Mapping): AsyncGenerator<PartsAt> {
  const parts = objectParts(mapping);
  for await (const line of valuesOf(path, format)) {
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
    if (error instanceof RowError) return { ...at, fault: error.message };
    throw error;
  }
}
