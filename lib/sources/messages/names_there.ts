import { listed, RowError } from "../../model/mod.ts";
import { valuesAt } from "../detect/paths.ts";
import { nearestName, pathsIn } from "../mapping/names_there.ts";
import type { LocalFile } from "../readers/reading.ts";
import { fileValues } from "../readers/values.ts";
import type { MessageLayout, NeededPaths } from "./layout.ts";
import { recordsOf } from "./read.ts";
import { messagesIn } from "./rows.ts";

/**
 * Checks that each path of a layout of one's own that may not be missing is in some record, or some message: one that is
 * nowhere is misspelt, and would leave its field unknown without a word. Reads no further than it has to.
 *
 * @throws {RowError} naming the fields that are nowhere, and for each the nearest name that is there
 */
export async function checkMessageNames(files: readonly LocalFile[], layout: MessageLayout): Promise<void> {
  let [inRecords, inMessages] = [
    (layout.needed ?? []).filter(({ field }) => !field.startsWith("message.")),
    (layout.needed ?? []).filter(({ field }) => field.startsWith("message.")),
  ];
  const names = { record: new Set<string>(), message: new Set<string>() };
  for (const { path, format } of files) {
    for await (const line of fileValues({ path, format })) {
      if (inRecords.length + inMessages.length === 0) return;
      if (!("value" in line)) continue;
      for (const { record, document } of recordsOf(line.value, layout, path)) {
        inRecords = nowhere(inRecords, names.record, record, document);
        const messages = messagesIn(record, layout);
        for (const message of Array.isArray(messages) ? messages : []) {
          inMessages = nowhere(inMessages, names.message, message, document);
        }
      }
    }
  }
  const missing = [["record", inRecords], ["message", inMessages]] as const;
  const faults = missing.flatMap(([what, left]) =>
    // Of a file without a record, or a record without messages, the reader says what is wrong.
    names[what].size === 0 ? [] : left.map(({ field, paths }) => {
      const near = nearestName(paths[0]!, [...names[what]]);
      return `${field}: no ${what} has ${paths.map((path) => `"${path}"`).join(" or ")}` +
        (near === undefined ? "" : `; the nearest there is "${near}"`);
    }).concat(left.length ? [`a ${what} has ${listed([...names[what]])}`] : [])
  );
  if (faults.length === 0) return;
  const source = files.length === 1 ? files[0]!.path : `${files[0]!.path} and ${files.length - 1} more`;
  const advice = 'Correct the mapping, or end a name that may be missing with "?"';
  throw new RowError(source, null, "", `${faults.join("; ")}. ${advice}`);
}

const MOST_NAMES = 500;

/** The fields whose paths are not in this value either; the names that it has are noted. */
function nowhere(
  needed: readonly NeededPaths[],
  names: Set<string>,
  value: unknown,
  document: unknown,
): NeededPaths[] {
  if (needed.length === 0 || typeof value !== "object" || value === null) return [...needed];
  if (names.size < MOST_NAMES) { for (const name of pathsIn(value)) names.add(name); }
  return needed.filter(({ paths }) =>
    paths.every((path) =>
      (path.startsWith("^") ? valuesAt(document, path.slice(1), 1) : valuesAt(value, path, 1)).length === 0
    )
  );
}
