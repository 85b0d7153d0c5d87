import { NAMES } from "../dialects/table.ts";
import { namesOf } from "../mapping/lookup.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { idOf } from "./otlp.ts";
import { isSession } from "./sessions.ts";

/** What ties the spans of a line to others: of each the trace, and the session that it names. */
export class LineKeys {
  constructor(readonly spans: readonly (readonly string[])[]) {}
}

/**
 * How to guess, without parsing it, what ties the spans of a line of OTLP/JSON together: a search for the places where ids
 * and attributes begin takes a third of the time. Quotes within a text are escaped, so that no text can be taken for such a
 * place; but a program may write the parts of a span in another order than most. So it is a guess, and whoever takes it
 * compares it with the spans themselves.
 *
 * @returns null for a line that is written otherwise, and has to be parsed
 */
export function lineKeyFinder({ session }: Mapping): (line: string) => LineKeys | null {
  const own = namesOf(session.sessionId).map(({ name }) => name.replace(/^(attributes|resource)\./, ""));
  const ranks = new Map(
    [...new Set(own.flatMap((name) => [name, ...NAMES[name] ?? []]))].map((name, at) => [name, at]),
  );
  const [places, tracesAlone] = [placesOf([...ranks.keys()]), placesOf([])];
  return (line) => {
    const isOfSpans = line.startsWith('{"resourceSpans"');
    if (!(isOfSpans || line.startsWith('{"resourceLogs"')) || !line.endsWith("}")) return null;
    // Of a log record its trace is all that counts.
    return keysIn(line, isOfSpans ? places : tracesAlone, ranks);
  };
}

/**
 * Where a trace's id stands, or an attribute of one of these names begins: as JSON is written without spaces, and as Python's
 * `json.dumps` writes it. One search for all of them takes a third of the time of one after another.
 */
function placesOf(names: readonly string[]): RegExp {
  const attribute = `\\{"key": ?"(${names.map((name) => name.replaceAll(".", "\\.")).join("|")})"`;
  return new RegExp(`"traceId": ?"([^"]*)"${names.length ? `|${attribute}` : ""}`, "g");
}

/** The text of an attribute, from the end of its name on. */
const TEXT = /, ?"value": ?\{"stringValue": ?"([^"]*)"/y;

function keysIn(line: string, places: RegExp, ranks: ReadonlyMap<string, number>): LineKeys | null {
  const spans: string[][] = [];
  // What the resource says holds for spans that say nothing.
  let ofResource: string | null = null;
  let trace: string | null = null;
  let [best, session] = [Infinity, null as string | null];
  const end = () => {
    if (trace === null) ofResource = session;
    else {
      const name = session ?? ofResource;
      spans.push(name !== null && isSession(name, trace) ? [trace, name] : [trace]);
    }
    [best, session] = [Infinity, null];
  };
  places.lastIndex = 0;
  for (let place = places.exec(line); place; place = places.exec(line)) {
    const [, traceId, name] = place;
    if (traceId !== undefined) {
      const id = idOf(plainText(traceId));
      if (id === null) return null;
      end();
      trace = id;
      continue;
    }
    const rank = ranks.get(name!)!;
    if (rank >= best) continue;
    TEXT.lastIndex = places.lastIndex;
    const value = plainText(TEXT.exec(line)?.[1]);
    if (value === null) return null;
    if (value !== "") [best, session] = [rank, value];
  }
  end();
  return trace === null ? null : new LineKeys(spans);
}

/** A text up to its quote; null where it holds an escape, or is not there. */
function plainText(text: string | undefined): string | null {
  return text === undefined || text.includes("\\") ? null : text;
}
