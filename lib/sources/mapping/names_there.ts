import { listed, nearest, RowError } from "../../model/mod.ts";
import type { LocalFile } from "../../io/files.ts";
import { named, withTexts } from "../dialects/canonical.ts";
import { unpacked } from "../dialects/json.ts";
import { otlpSpans } from "../otlp/otlp.ts";
import { csvValues, valuesOf } from "../trace_json.ts";
import { neededNames, reader, valueAt } from "./lookup.ts";
import type { Field, Mapping } from "./mapping.ts";
import { SPAN_FIELDS } from "./span_fields.ts";
import { toText } from "./values.ts";

/** A field of a mapping that may not be missing. */
interface Needed {
  /** Such as `span.inputTokens`. */
  field: string;
  /** Names of which one has to be there. */
  names: string[];
}

/**
 * Checks that each field of a mapping that may not be missing is in some row (or model call) of files of JSON or CSV, under one of its
 * names: a name that is nowhere is misspelt, and would leave its field unknown without a word. Reads no further than it has
 * to: mostly the first row has them all.
 *
 * @throws {RowError} naming the fields of which no row has a name, and for each the nearest name that is there.
 */
export async function checkNames(files: readonly LocalFile[], mapping: Mapping): Promise<void> {
  const [first] = files;
  if (!first) return;
  const columns = new Missing(columnNames(mapping));
  const isTable = mapping.columns !== undefined;
  const calls = new Missing(isTable ? [] : spanNames(mapping));
  const kind = new Missing(isTable ? [] : needed("modelCall.field", mapping.modelCall.field));
  const kindOf = reader(mapping.modelCall.field);
  for (const { path, format } of files) {
    for await (const line of format === "csv" ? csvValues(path, undefined, true) : valuesOf(path, format)) {
      if (!("value" in line) || typeof line.value !== "object" || line.value === null) continue;
      if (mapping.form === "rows") columns.look(line.value);
      for (const span of spansIn(line.value, mapping)) {
        if (typeof span !== "object" || span === null) continue;
        // What is asked of a session of OTLP is asked of its spans.
        if (mapping.form === "otlp") columns.look(span);
        kind.look(span);
        const value = toText(kindOf(span));
        const isCall = value === null ? mapping.modelCall.whenMissing : mapping.modelCall.values.includes(value);
        if (isCall) calls.look(span);
      }
      if (columns.done && calls.done && kind.done) return;
    }
  }
  // Where no span is a call, nothing can be said of what calls have.
  const faults = [
    ...columns.faults(mapping.form === "rows" ? "row" : "span"),
    ...kind.faults("span"),
    ...(calls.seen ? calls.faults("model call") : []),
  ];
  if (faults.length === 0) return;
  const source = files.length === 1 ? first.path : `${first.path} and ${files.length - 1} more`;
  const advice = 'Correct the mapping, or end a name that may be missing with "?"';
  throw new RowError(source, null, "", `${faults.join("; ")}. ${advice}`);
}

function spansIn(value: object, mapping: Mapping): readonly unknown[] {
  if (mapping.form === "rows") {
    const spans = unpacked(valueAt(value, mapping.spans));
    return Array.isArray(spans) ? spans : [];
  }
  try {
    return Array.from(otlpSpans(value), (span) => {
      const attributes = named(span.attributes);
      return { ...span, attributes: withTexts({ ...span, attributes }) };
    });
  } catch {
    // A document of something else is a fault of its own when it is read.
    return [];
  }
}

function columnNames({ form, session, grades, spans, metadata, columns }: Mapping): Needed[] {
  if (columns) return Object.entries(columns).flatMap(([column, places]) => needed(`columns.${column}`, places));
  const { origin: _, ...graded } = grades ?? {};
  return [
    ...Object.entries(session).flatMap(([field, places]) => needed(`session.${field}`, places)),
    ...Object.entries(graded).flatMap(([field, places]) => needed(`grades.${field}`, places)),
    ...(form === "rows" ? [{ field: "spans", names: [spans] }] : []),
    ...(metadata === "rest" ? [] : metadata.flatMap((name) => needed("metadata", name))),
  ];
}

const spanNames = ({ span }: Mapping): Needed[] => SPAN_FIELDS.flatMap((field) => needed(`span.${field}`, span[field]));

function needed(field: string, places: Field | undefined): Needed[] {
  const names = neededNames(places);
  return names.length ? [{ field, names }] : [];
}

/** Fields of which no name has been met yet, and the names that are there instead. */
class Missing {
  #left: Needed[];
  readonly #there = new Set<string>();
  seen = false;

  constructor(needed: readonly Needed[]) {
    this.#left = [...needed];
  }

  get done(): boolean {
    return this.#left.length === 0;
  }

  look(object: object): void {
    this.seen = true;
    if (this.done) return;
    this.#left = this.#left.filter(({ names }) => names.every((name) => valueAt(object, name) === undefined));
    if (!this.done && this.#there.size < MOST_NAMES) { for (const name of pathsIn(object)) this.#there.add(name); }
  }

  /** A sentence for each field that is nowhere, and the names that are there. */
  faults(what: string): string[] {
    if (this.done) return [];
    const there = [...this.#there];
    const texts = this.#left.map(({ field, names }) => {
      const near = nearestName(names[0]!, there);
      return `${field}: no ${what} has ${names.map((name) => `"${name}"`).join(" or ")}${
        near === undefined ? "" : `; the nearest there is "${near}"`
      }`;
    });
    return [...texts, `a ${what} has ${listed(there) || "nothing"}`];
  }
}

/** The name most like one that is not there, as deep inside as it where there is such a one. */
export function nearestName(name: string, there: readonly string[]): string | undefined {
  const depth = (path: string) => path.split(".").length;
  return nearest(name, there.filter((one) => depth(one) === depth(name)), 1)[0] ?? nearest(name, there, 1)[0];
}

const MOST_NAMES = 500;

/** How deep inside a mapping names a value, at most, as far as what is near is looked for. */
const LEVELS = 4;

/** The paths of an object's values: a mapping names what is inside by a dot. */
export function pathsIn(object: object, levels = LEVELS): string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    levels > 1 && typeof value === "object" && value !== null && !Array.isArray(value)
      ? [name, ...pathsIn(value, levels - 1).map((inner) => `${name}.${inner}`)]
      : [name]
  );
}
