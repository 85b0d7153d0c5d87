import { extname } from "node:path";
import { csvRows } from "../../io/csv.ts";
import { textOf } from "../../io/pieces.ts";
import { jsonFault, type Label, RowError } from "../../model/mod.ts";
import { parseRecorded } from "../../traces/mod.ts";
import { argillaLabels } from "./argilla.ts";
import { braintrustLabels } from "./braintrust.ts";
import { csvLabels, labelOf } from "./csv.ts";
import type { EachRecord, LabelFormat, LabelRecord } from "./format.ts";
import { labelStudioLabels } from "./label_studio.ts";
import { type LabelNames, listOf, recordOf } from "./words.ts";

/** `labels.jsonl`, as the workbench writes it. */
const ownLabels: LabelFormat = {
  id: "jsonl",
  help: "a label a line, as the workbench writes it",
  is: (record) => "session_id" in record && ("verdict" in record || "rater" in record || "mode" in record),
  read: (records, path, _, each) => each(records, (record, i) => [labelOf(record, path, i)]),
  write: (labels) => labels.map((label) => `${JSON.stringify(label)}\n`).join(""),
};

/** Every format, the first that fits is taken. */
export const LABEL_FORMATS: readonly LabelFormat[] = [
  labelStudioLabels,
  argillaLabels,
  braintrustLabels,
  ownLabels,
  csvLabels,
];

/**
 * The format of an id.
 *
 * @throws {RangeError} naming those that are known
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { labelFormat } from "agent-trace-lab/sources";
 * equal(labelFormat("csv").id, "csv");
 * ```
 */
export function labelFormat(id: string): LabelFormat {
  const found = LABEL_FORMATS.find((format) => format.id === id);
  if (found) return found;
  throw new RangeError(`"${id}" is no format of labels; expected one of ${LABEL_FORMATS.map((f) => f.id).join(", ")}`);
}

/** Labels of a file. */
export interface ReadLabels {
  /** In the order of the records. */
  labels: Label[];
  /** Which format it was. */
  format: string;
  /** Records of which no label could be made, and why: a score between solved and not, say. */
  aside: RowError[];
}

/**
 * Labels of a text that some tool wrote, in the order of its records; its format is told by the first record that has
 * something to tell. A record of which no label can be made is set aside.
 *
 * @param path named in errors; its ending tells CSV
 * @throws {RowError} naming file, record and field, where no record is a label; where no format fits, naming what is known
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseLabels } from "agent-trace-lab/sources";
 * const { labels } = parseLabels("session_id,rater,verdict\ns1,ada,1\n", "labels.csv");
 * equal(labels[0]?.verdict, 1);
 * ```
 */
export function parseLabels(
  text: string,
  path: string,
  { format, names = {} }: { format?: string | undefined; names?: LabelNames } = {},
): ReadLabels {
  const { records: all, isCsv } = recordsOf(text, path);
  const aside = all.filter((one) => one instanceof RowError);
  const places = all.flatMap((one, i) => one instanceof RowError ? [] : [i]);
  const records = all.filter((one): one is LabelRecord => !(one instanceof RowError));
  const asked = format !== undefined ? labelFormat(format) : isCsv ? csvLabels : undefined;
  const kind = asked ?? LABEL_FORMATS.find((one) => records.some((record) => one.is(record)));
  if (records.length === 0 && aside.length) throw aside[0];
  if (records.length === 0) return { labels: [], format: kind?.id ?? "jsonl", aside: [] };
  if (!kind) {
    throw new RowError(
      path,
      null,
      "",
      `these are no labels of ${LABEL_FORMATS.map((one) => one.id).join(", ")}; the first record has ` +
        `${Object.keys(records[0]!).slice(0, 8).join(", ") || "no field"}`,
    );
  }
  const each: EachRecord = (some, make) =>
    some.flatMap((record, i) => {
      try {
        return make(record, places[i]!);
      } catch (error) {
        if (!(error instanceof RowError)) throw error;
        aside.push(error);
        return [];
      }
    });
  const labels = kind.read(records, path, names, each);
  if (labels.length === 0 && aside.length) throw aside[0];
  return { labels, format: kind.id, aside };
}

/**
 * Reads a file of labels of any format ({@link parseLabels}).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { readLabelFile } from "agent-trace-lab/sources";
 * const { labels } = await readLabelFile("data/examples/labels.jsonl");
 * equal(labels.every(({ rater }) => rater !== ""), true);
 * ```
 */
export async function readLabelFile(
  path: string,
  options: { format?: string | undefined; names?: LabelNames } = {},
): Promise<ReadLabels> {
  return parseLabels(await textOf(path), path, options);
}

/** Records of a CSV, a JSON list, a JSON page of them, or JSON lines. */
function recordsOf(text: string, path: string): { records: (LabelRecord | RowError)[]; isCsv: boolean } {
  const whole = text.replace(/^\ufeff/, "").trimStart();
  if (whole === "") return { records: [], isCsv: false };
  const isCsv = /^\.(csv|tsv)$/i.test(extname(path)) || !/^[[{]/.test(whole);
  return { records: isCsv ? csvRows(text, path) : jsonRecords(whole, path), isCsv };
}

function jsonRecords(whole: string, path: string): (LabelRecord | RowError)[] {
  try {
    const value = parseRecorded(whole);
    const page = recordOf(value);
    const list = Array.isArray(value)
      ? value
      : ["records", "events", "rows", "data", "tasks"].map((key) => listOf(page[key])).find((of) => of.length) ??
        [value];
    return list.map(recordOf);
  } catch {
    return whole.split("\n").flatMap((line, i): (LabelRecord | RowError)[] => {
      if (line.trim() === "") return [];
      try {
        return [recordOf(parseRecorded(line))];
      } catch (error) {
        return [new RowError(path, i, "", `not JSON: ${jsonFault(error as Error)}`)];
      }
    });
  }
}
