import { writtenText } from "../../io/pieces.ts";
import { checkRow, RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { isMessageMapping, messageMapping } from "../messages/mapping.ts";
import { isTableMapping, tableMapping } from "./table.ts";
import { type Mapping, mappingSchema } from "./mapping.ts";

/**
 * Reads a mapping from the text of a JSON file.
 *
 * @throws {RowError} naming the file and the field at fault.
 */
export function parseMapping(text: string, source: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RowError(
      source,
      null,
      "",
      `not JSON (${jsonFault(error)}); a mapping is one JSON object, like lib/sources/mapping/v2.json`,
    );
  }
  if (isTableMapping(value)) return tableMapping(value, source);
  return isMessageMapping(value) ? messageMapping(value, source) : checkRow(mappingSchema, value, source, null);
}

/**
 * Reads a mapping from a JSON file of the user's.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadMapping } from "agent-trace-lab/sources";
 * const why = await loadMapping("nowhere.json").catch((error: Error) => error.message);
 * equal(String(why).includes("nowhere.json"), true);
 * ```
 */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await writtenText(path).catch((error: Error) => {
    throw new Error(`${path}: the mapping cannot be read (${error.message}); give --mapping a JSON file`);
  });
  return parseMapping(text, path);
}
