import { RowError } from "../../model/mod.ts";
import { type Field, type Mapping } from "../mapping/mapping.ts";
import { SPAN_FIELDS, type SpanField } from "../mapping/span_fields.ts";
import { constantOf, namesOf, neededNames } from "../mapping/lookup.ts";
import { nearestName } from "../mapping/names_there.ts";
import type { ParquetFile } from "./file.ts";
import { kindOf, type Leaf } from "./schema.ts";

/** The columns that hold one part of a span, in the order in which they are tried. */
export interface SpanColumn {
  field: SpanField | "modelCall";
  leaves: Leaf[];
  constant: string | null;
}

const COUNTS = ["integer", "number", "text"];
const TIMES = ["text", "time", "integer", "number"];
const TEXTS = ["text", "bytes"];
const KINDS: Partial<Record<SpanColumn["field"], string[]>> = {
  startTime: TIMES,
  endTime: TIMES,
  statusCode: ["integer", "text"],
  inputTokens: COUNTS,
  cachedTokens: COUNTS,
  cacheWriteTokens: COUNTS,
  reasoningTokens: COUNTS,
  outputTokens: COUNTS,
  inputMessages: TEXTS,
  outputMessages: TEXTS,
};

/**
 * The columns of a file that hold what a mapping places in a span.
 *
 * @throws {RowError} naming file and column when one is missing or holds something else.
 */
export function spanColumns(file: ParquetFile, mapping: Mapping, fields: readonly SpanField[]): SpanColumn[] {
  const wanted = SPAN_FIELDS.filter((field) => fields.includes(field)).map((field) =>
    [field, mapping.span[field]] as const
  );
  const all = [["modelCall", mapping.modelCall.field] as const, ...wanted];
  const list = file.leaves.filter((leaf) => leaf.name === mapping.spans || leaf.name.startsWith(`${mapping.spans}.`));
  if (list.length === 0) throw missing(file, "spans", mapping.spans, file.columns);
  if (list.some((leaf) => leaf.maxRepetition === 0)) {
    throw new RowError(file.name, null, mapping.spans, "holds one value a row; expected a list of spans");
  }
  return all.map(([field, places]) => spanColumn(file, mapping.spans, field, places, list));
}

function spanColumn(
  file: ParquetFile,
  spans: string,
  field: SpanColumn["field"],
  places: Field | undefined,
  list: Leaf[],
): SpanColumn {
  const leaves = namesOf(places).flatMap(({ name }) => list.find((leaf) => leaf.name === `${spans}.${name}`) ?? []);
  const [needed] = neededNames(places);
  if (needed !== undefined && leaves.length === 0) {
    throw missing(file, field, `${spans}.${needed}`, list.map((leaf) => leaf.name));
  }
  for (const leaf of leaves) checkKind(file, field, leaf);
  return { field, leaves, constant: constantOf(places) };
}

function checkKind(file: ParquetFile, field: SpanColumn["field"], leaf: Leaf): void {
  const expected = KINDS[field];
  const depth = field === "finishReasons" ? 2 : 1;
  const found = (leaf.maxRepetition > depth ? "a list of " : "") + kindOf(leaf);
  if (leaf.maxRepetition <= depth && (!expected || expected.includes(found))) return;
  const what = `holds ${found}; expected ${expected?.join(" or ") ?? "a single value"} for ${field}`;
  throw new RowError(file.name, null, leaf.name, `${what}. Give a mapping that names the right column`);
}

/**
 * Top-level columns to read beside the spans.
 *
 * @throws {RowError} naming file and column when one that the mapping needs is missing.
 */
export function plainColumns(file: ParquetFile, mapping: Mapping): string[] {
  const { session, grades, metadata } = mapping;
  const { origin: _, ...graded } = grades ?? {};
  const fields: [string, Field | undefined][] = [...Object.entries(session), ...Object.entries(graded)];
  if (metadata !== "rest") fields.push(...metadata.map((name) => ["metadata", name] as [string, Field]));
  const heads = fields.flatMap(([field, places]) => {
    const found = namesOf(places).flatMap(({ name }) => {
      checkSessionKind(file, field, name);
      return headOf(file, name) ?? [];
    });
    const [needed] = neededNames(places);
    if (needed !== undefined && found.length === 0) throw missing(file, field, needed, file.columns);
    return found;
  });
  const wanted = metadata === "rest" ? file.columns : heads;
  return file.columns.filter((name) => name !== mapping.spans && (wanted.includes(name) || heads.includes(name)));
}

function headOf(file: ParquetFile, name: string): string | undefined {
  return file.columns.find((column) => column === name || name.startsWith(`${column}.`));
}

const SESSION_KINDS: Record<string, { kinds: string[]; list: boolean }> = {
  sessionId: { kinds: ["text", "integer"], list: false },
  benchmark: { kinds: ["text"], list: false },
  harness: { kinds: ["text"], list: false },
  models: { kinds: ["text"], list: true },
  totalTokens: { kinds: COUNTS, list: false },
  success: { kinds: ["true/false", ...COUNTS], list: false },
  score: { kinds: COUNTS, list: false },
};

function checkSessionKind(file: ParquetFile, field: string, name: string): void {
  const expected = SESSION_KINDS[field];
  const leaf = file.leaves.find((leaf) => leaf.name === name);
  if (!expected || !leaf) return;
  const found = (leaf.maxRepetition > 0 ? "a list of " : "") + kindOf(leaf);
  const { kinds, list } = expected;
  if (kinds.includes(found) || (list && leaf.maxRepetition === 1 && kinds.includes(kindOf(leaf)))) return;
  const what = `holds ${found}; expected ${list ? "a list of " : ""}${kinds.join(" or ")} for ${field}`;
  throw new RowError(file.name, null, name, `${what}. Give a mapping that names the right column`);
}

function missing(file: ParquetFile, field: string, name: string, there: string[]): RowError {
  const columns = there.length ? there.join(", ") : "none";
  const near = nearestName(name, there);
  const instead = near === undefined ? "" : `; the nearest is "${near}"`;
  const advice = "Give a mapping that names the right one (--mapping FILE)";
  return new RowError(
    file.name,
    null,
    field,
    `no column "${name}"${instead}; the columns there are ${columns}. ${advice}`,
  );
}
