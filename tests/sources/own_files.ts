/** Files of one's own, written and read. @module */
import type { TraceRow } from "../../lib/model/mod.ts";
import type { RowParts } from "../../lib/sources/mapping/row.ts";
import type { SessionRow } from "../../lib/sources/otlp/sessions.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";

/** Lines of JSON; texts as they are. */
export const lines = (...rows: unknown[]) =>
  rows.map((row) => typeof row === "string" ? row : JSON.stringify(row)).join("\n");

/** The rows of a file of that name; a fault is thrown. */
export async function read(folder: string, name: string, text: string): Promise<TraceRow[]> {
  await Deno.writeTextFile(`${folder}/${name}`, text);
  const rows: TraceRow[] = [];
  for await (const row of (await openTraces(`${folder}/${name}`)).rows()) {
    if (isFault(row)) throw new Error(row.fault);
    rows.push(row);
  }
  return rows;
}

/** The parts of a session that could be made. */
export function partsOf(made: SessionRow): RowParts {
  if ("fault" in made) throw new Error(made.fault);
  return made.parts;
}
