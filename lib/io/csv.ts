import { RowError } from "../model/mod.ts";

/**
 * Rows of a plain CSV text as records, keyed by the header. The committed facts have neither quotes nor commas in their
 * fields, so neither is read: a quote is an error instead of a wrong value.
 *
 * @param source name of the file, for errors
 * @throws {RowError} when the text is empty, a row has not as many fields as the header, or a field is quoted
 */
export function parseCsv(text: string, source: string): Record<string, string>[] {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== "");
  if (header === undefined) throw new RowError(source, null, "", "expected a header line, found an empty file");
  const names = header.split(",");
  return lines.map((line, i) => {
    if (line.includes('"')) throw new RowError(source, i, "", `quoted fields are not read here; found ${line}`);
    const fields = line.split(",");
    if (fields.length !== names.length) {
      throw new RowError(source, i, "", `expected ${names.length} fields as in the header, found ${fields.length}`);
    }
    return Object.fromEntries(names.map((name, k) => [name, fields[k]!]));
  });
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
 */
export function textField(row: Record<string, string>, field: string, source: string, index: number): string {
  const text = row[field];
  if (!text) throw new RowError(source, index, field, "expected a text, found nothing");
  return text;
}
