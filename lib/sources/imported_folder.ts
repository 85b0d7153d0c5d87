import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { RowError } from "../model/mod.ts";

/** The files of a folder that `deno task import` wrote. */
export interface ImportedFolder {
  /** The table of sessions. */
  sessions: string[];
  /** The files of span rows, in order. */
  spans: string[];
}

/**
 * What a folder that `deno task import` wrote holds; null for anything else.
 *
 * @throws {RowError} where the import is not finished
 */
export function importOf(spec: string): ImportedFolder | null {
  const is = (name: string) => existsSync(join(spec, name));
  if (is("import.journal")) {
    const advice = "an import into this folder is not finished; run it again, it goes on where it stopped";
    throw new RowError(spec, null, "", advice);
  }
  if (!is("manifest.json") || !is("sessions.parquet")) return null;
  const spans = readdirSync(spec).filter((name) => /^spans-\d{5,}\.jsonl$/.test(name)).sort();
  return { sessions: [join(spec, "sessions.parquet")], spans: spans.map((name) => join(spec, name)) };
}
