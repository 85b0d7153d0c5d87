import { NAMES } from "../dialects/table.ts";
import { namesOf } from "../mapping/lookup.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { idOf } from "./otlp.ts";
import { isSession } from "./sessions.ts";

/** What ties the spans of a line to others: of each the trace, and the session that it names. */
export class LineKeys {
  constructor(readonly spans: readonly (readonly string[])[]) {}
}

/** How JSON is written without spaces, and as Python's `json.dumps` writes it. */
const WRITTEN = [
  { trace: '"traceId":"', attribute: '{"key":"', text: '","value":{"stringValue":"' },
  { trace: '"traceId": "', attribute: '{"key": "', text: '", "value": {"stringValue": "' },
];

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
  return (line) => {
    const isOfSpans = line.startsWith('{"resourceSpans"');
    if (!(isOfSpans || line.startsWith('{"resourceLogs"')) || !line.endsWith("}")) return null;
    const written = WRITTEN.find(({ trace }) => line.includes(trace));
    return written ? keysIn(line, written, isOfSpans ? ranks : NONE) : null;
  };
}

/** Of a log record its trace is all that counts. */
const NONE: ReadonlyMap<string, number> = new Map();

function keysIn(
  line: string,
  { trace, attribute, text }: typeof WRITTEN[number],
  ranks: ReadonlyMap<string, number>,
): LineKeys | null {
  const spans: string[][] = [];
  let at = line.indexOf(attribute);
  // What the resource says holds for spans that say nothing.
  let ofResource: string | null = null;
  let span = -1;
  for (let next = line.indexOf(trace); next >= 0 || span >= 0;) {
    const end = next < 0 ? line.length : next;
    let [best, session] = [Infinity, null as string | null];
    for (; at >= 0 && at < end; at = line.indexOf(attribute, at + attribute.length)) {
      const begin = at + attribute.length, close = line.indexOf('"', begin);
      const rank = ranks.get(line.slice(begin, close));
      if (rank === undefined || rank >= best) continue;
      const value = line.startsWith(text, close) ? plainText(line, close + text.length) : null;
      if (value === null) return null;
      if (value !== "") [best, session] = [rank, value];
    }
    if (span < 0) ofResource = session;
    else {
      const id = idOf(plainText(line, span + trace.length));
      if (id === null) return null;
      const name = session ?? ofResource;
      spans.push(name !== null && isSession(name, id) ? [id, name] : [id]);
    }
    if (next < 0) break;
    span = next;
    next = line.indexOf(trace, next + trace.length);
  }
  return new LineKeys(spans);
}

/** The text that begins here, up to its quote; null where it holds an escape. */
function plainText(line: string, begin: number): string | null {
  const text = line.slice(begin, line.indexOf('"', begin));
  return text.includes("\\") ? null : text;
}
