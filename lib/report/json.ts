import { isFigure } from "../questions/mod.ts";
import type { Report } from "./report.ts";

/** Rows of an answer that are written at most; how many there are stands beside them. */
const MOST_ROWS = 500;

/**
 * A report as JSON, for a program: what the first screen says, and every answer as rows under its question. A number that is not
 * known is null.
 *
 * ```ts
 * import { datasetOf, report, reportJson } from "agent-trace-lab";
 * import { equal } from "node:assert/strict";
 *
 * const info = { name: "none", sha256: "", sessions: 0, sentence: "No sessions.", caption: "none" };
 * equal(JSON.parse(reportJson(await report(datasetOf(info, [])))).finding, null);
 * ```
 */
export function reportJson(report: Report): string {
  const { title, info, lead, sentences, completeness, next, answered } = report;
  return `${
    JSON.stringify(
      {
        title,
        source: info,
        finding: lead?.drawn.find(isFigure)?.title ?? null,
        sentences,
        completeness,
        next,
        answers: answered.map(({ question, drawn, found, leftOut }) => ({
          name: question.name,
          chapter: question.chapter,
          question: question.title,
          says: drawn.filter(isFigure).map((one) => one.title),
          ...(leftOut === null ? { rows: rowsOf(found) } : { left_out: leftOut }),
        })),
      },
      null,
      1,
    )
  }\n`;
}

/** Plain JSON of what was found: maps as objects, long lists cut with a note of their length, numbers that are none as null. */
function rowsOf(found: unknown): unknown {
  if (typeof found === "number") return Number.isFinite(found) ? found : null;
  if (typeof found === "bigint") return String(found);
  if (typeof found === "function" || typeof found === "symbol" || found === undefined) return null;
  if (typeof found !== "object" || found === null) return found;
  if (found instanceof Map) return Object.fromEntries([...found].map(([key, value]) => [String(key), rowsOf(value)]));
  if (found instanceof Set) return rowsOf([...found]);
  if (ArrayBuffer.isView(found)) return rowsOf([...found as unknown as Iterable<number>]);
  if (Array.isArray(found)) {
    const first = found.slice(0, MOST_ROWS).map(rowsOf);
    return found.length > MOST_ROWS ? { rows: found.length, first } : first;
  }
  return Object.fromEntries(
    Object.entries(found).filter(([, value]) => typeof value !== "function").map((
      [key, value],
    ) => [key, rowsOf(value)]),
  );
}
