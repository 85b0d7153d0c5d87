import { RowError } from "../model/mod.ts";
import { textOf } from "./pieces.ts";

/** What stands between fields: of a header without commas, what it has instead. */
const SEPARATORS = [",", ";", "\t"];

/**
 * Rows of a CSV text as records, keyed by the header (RFC 4180): fields may be quoted, with separators, line breaks and
 * doubled quotes inside. A byte order mark at the beginning is no part of it; empty lines are passed over; a header without
 * commas may be separated by semicolons or tabs, as spreadsheets write it.
 *
 * @param source name of the file, for errors
 * @throws {RowError} when the text is empty, a name stands twice in the header, a row has not as many fields as the header, or a quote has no end
 */
export function parseCsv(text: string, source: string): Record<string, string>[] {
  return csvRows(text, source).map((row) => {
    if (row instanceof RowError) throw row;
    return row;
  });
}

/** {@link parseCsv}, in which a row that has not as many fields as the header is a fault, and the others are read. */
export function csvRows(text: string, source: string): (Record<string, string> | RowError)[] {
  const whole = text.replace(/^\ufeff/, "");
  const firstLine = /^.*/.exec(whole.trimStart())![0];
  const separator = SEPARATORS.find((one) => firstLine.includes(one)) ?? ",";
  const [header, ...rows] = fieldsOf(whole, separator, source);
  if (header === undefined) throw new RowError(source, null, "", "expected a header line, found an empty file");
  const names = header.map((name) => name.trim());
  const twice = names.find((name, at) => name !== "" && names.indexOf(name) < at);
  if (twice !== undefined) {
    throw new RowError(
      source,
      null,
      "",
      `the column "${twice}" stands twice in the header: rename or remove one of them`,
    );
  }
  return rows.map((fields, i) => {
    if (fields.length !== names.length) {
      return new RowError(source, i, "", `expected ${names.length} fields as in the header, found ${fields.length}`);
    }
    return Object.fromEntries(names.map((name, k) => [name, fields[k]!]));
  });
}

/**
 * Reads a CSV file ({@link parseCsv}), which may be packed or in UTF-16, as spreadsheets write it.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { readCsv } from "agent-trace-lab/sources";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "team,n\nred,3\n");
 * equal((await readCsv(path))[0]?.team, "red");
 * await Deno.remove(path);
 * ```
 */
export async function readCsv(path: string): Promise<Record<string, string>[]> {
  return parseCsv(await textOf(path), path);
}

/** {@link csvRows} of a file; of one that is not all UTF-8 the rows with U+FFFD are told. */
export async function readCsvRows(
  path: string,
  onBroken?: (row: number) => void,
): Promise<(Record<string, string> | RowError)[]> {
  let isBroken = false;
  const rows = csvRows(await textOf(path, () => isBroken = true), path);
  if (isBroken && onBroken) {
    for (const [at, row] of rows.entries()) {
      if (Object.values(row).some((cell) => cell.includes("\ufffd"))) onBroken(at);
    }
  }
  return rows;
}

function fieldsOf(text: string, separator: string, source: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const plain = new RegExp(`[^${separator}\\r\\n]*`, "y");
  for (let at = 0; at <= text.length;) {
    let field: string;
    if (text[at] === '"') [field, at] = quotedAt(text, at, source, rows.length);
    else {
      plain.lastIndex = at;
      field = plain.exec(text)![0];
      at += field.length;
    }
    row.push(field);
    if (text[at] === separator) {
      at++;
      continue;
    }
    if (at < text.length && text[at] !== "\r" && text[at] !== "\n") {
      const found = JSON.stringify(text.slice(at, at + 10));
      throw new RowError(
        source,
        Math.max(0, rows.length - 1),
        "",
        `expected a separator behind a quote, found ${found}`,
      );
    }
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
  return rows;
}

/** The text of a quoted field, and the place behind it. */
function quotedAt(text: string, start: number, source: string, row: number): [field: string, end: number] {
  let field = "";
  for (let at = start + 1;;) {
    const end = text.indexOf('"', at);
    if (end < 0) throw new RowError(source, Math.max(0, row - 1), "", "a quote has no end");
    field += text.slice(at, end);
    if (text[end + 1] !== '"') return [field, end + 1];
    field += '"';
    at = end + 2;
  }
}

/**
 * The number in a field.
 *
 * @throws {RowError} when the field is absent, empty, or not a finite number
 */
export function numberField(row: Record<string, string>, field: string, source: string, index: number): number {
  const text = row[field];
  const value = text === undefined || text.trim() === "" ? NaN : Number(text);
  if (!Number.isFinite(value)) {
    throw new RowError(
      source,
      index,
      field,
      `expected a number, found ${text === undefined ? "nothing" : `"${text}"`}`,
    );
  }
  return value;
}

/**
 * The text in a field.
 *
 * @throws {RowError} when the field is absent or empty
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { textField } from "agent-trace-lab/sources";
 * equal(textField({ team: "red" }, "team", "teams.csv", 0), "red");
 * ```
 */
export function textField(row: Record<string, string>, field: string, source: string, index: number): string {
  const text = row[field];
  if (!text) throw new RowError(source, index, field, "expected a text, found nothing");
  return text;
}
