import { type Label, RowError } from "../../model/mod.ts";
import type { LabelFormat, LabelRecord } from "./format.ts";
import { chanceOf, type LabelNames, nameFor, sessionOf, textOf, timeOf, verdictOf } from "./words.ts";

const COLUMNS = [
  "session_id",
  "rater",
  "verdict",
  "mode",
  "comment",
  "at",
  "sampling_probability",
  "stratum",
] as const satisfies (keyof Label)[];

/** A row a label, the columns told by their names. */
export const csvLabels: LabelFormat = {
  id: "csv",
  help: "a row a label: session_id, rater, verdict (1, 0 or nothing), mode, comment, at …",
  // Whatever is no other tool's is a row with a column for each thing.
  is: (record) => nameFor("session", Object.keys(record)) !== undefined,
  read: (rows, path, names, each) => {
    const all = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const said = (["verdict", "mode", "comment"] as const).filter((what) => nameFor(what, all, names) !== undefined);
    if (rows.length && (said.length === 0 || (names.verdict !== undefined && !said.includes("verdict")))) {
      const why = `no column says whether a session is solved; name it (--verdict COLUMN); there are ${all.join(", ")}`;
      throw new RowError(path, null, names.verdict ?? "verdict", why);
    }
    return each(rows, (row, i) => [labelOf(row, path, i, names)]);
  },
  write: (labels) =>
    [COLUMNS.join(","), ...labels.map((label) => COLUMNS.map((name) => fieldOf(label[name])).join(","))]
      .map((line) => `${line}\r\n`).join(""),
};

/**
 * A record with a field for each thing, as a label.
 *
 * @throws {RowError} naming file, record and field, where it is none
 */
export function labelOf(row: LabelRecord, path: string, i: number, names: LabelNames = {}): Label {
  const columns = Object.keys(row);
  const of = (what: Parameters<typeof nameFor>[0]) => {
    const name = nameFor(what, columns, names);
    return name === undefined ? undefined : row[name];
  };
  return {
    session_id: sessionOf(of("session"), path, i),
    rater: textOf(of("rater")) ?? "unnamed",
    verdict: verdictOf(of("verdict"), path, i, nameFor("verdict", columns, names) ?? "verdict"),
    mode: textOf(of("mode")),
    comment: textOf(of("comment")),
    at: timeOf(of("at")),
    sampling_probability: chanceOf(of("chance"), path, i),
    stratum: textOf(of("stratum")),
  };
}

function fieldOf(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
