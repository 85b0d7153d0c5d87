import { basename, dirname } from "node:path";
import { valuesAt } from "../detect/paths.ts";
import type { Place, Places } from "./layout.ts";

/** A record, what is around it, and the file both are in. */
export interface Found {
  record: unknown;
  /** The document that holds the record; the record itself where there is none. */
  document: unknown;
  path: string;
  /** A name for a record that names itself in no other way: the file's, and its place where there are several. */
  fileId: string;
}

/** The first value that is neither null nor absent nor empty text. */
export function first(value: unknown, paths: readonly string[] | undefined): unknown {
  for (const path of paths ?? []) {
    const [found] = valuesAt(value, path, 1);
    if (found !== null && found !== undefined && found !== "") return found;
  }
  return null;
}

/** The value of the first place that has one; null where none does. */
export function at(found: Found, places: Places | undefined): unknown {
  for (const place of places ?? []) {
    const value = one(found, place);
    if (value !== null && value !== undefined && value !== "") return value;
  }
  return null;
}

function one(found: Found, place: Place): unknown {
  if (typeof place === "string") {
    return place.startsWith("^") ? first(found.document, [place.slice(1)]) : first(found.record, [place]);
  }
  if ("constant" in place) return place.constant;
  if ("file" in place) return place.file === "name" ? found.fileId : folderOf(found.path);
  const parts = place.join.map((path) => at(found, [path]));
  return parts.every((part) => part !== null) ? parts.map(String).join("_") : null;
}

/** The folder of a file; null where its path names none. */
function folderOf(path: string): string | null {
  const folder = basename(dirname(path));
  return folder === "." ? null : folder;
}

/** A file's name without its folder and endings: `run-3.traj.json` is `run-3`. */
export function stem(path: string): string {
  return basename(path).replace(/(\.(jsonl?|ndjson|parquet|traj|log|txt|eval|gz|zst|trajectory))+$/i, "") ||
    basename(path);
}
