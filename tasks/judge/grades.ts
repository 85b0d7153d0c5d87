import type { Verdict } from "../../lib/model/mod.ts";
import { isFault, openTraces, parseCsv, textField } from "../../lib/sources/mod.ts";
import { redactName } from "../../lib/traces/mod.ts";

/** Columns that may hold a grade, the first that is there counts. */
const GRADE_COLUMNS = ["reward", "success", "official_success", "score"];

/**
 * Official grades by session: from a CSV with `session_id` and one of reward, success, official_success, score, or from a
 * source that has grades. 1 and true are solved, 0 and false are not, anything between is not known.
 *
 * @throws {Error} when a session has two grades that differ.
 */
export async function readGrades(spec: string): Promise<Map<string, Verdict>> {
  const grades = new Map<string, Verdict>();
  // Verdicts name sessions as they are written: without secrets.
  const add = (recordedId: string, grade: Verdict) => {
    const id = redactName(recordedId).text;
    const before = grades.get(id);
    if (before !== undefined && before !== grade) {
      throw new Error(`${spec}: session ${id} has two grades, ${before} and ${grade}; keep one`);
    }
    grades.set(id, grade);
  };
  if (!spec.endsWith(".csv")) {
    const stream = await openTraces(spec);
    for await (const row of stream.rows()) {
      if (!isFault(row) && row.grades) add(row.sessionId, row.grades.success);
    }
    if (grades.size === 0) throw new Error(`${spec}: no session has a grade`);
    return grades;
  }
  const rows = parseCsv(await Deno.readTextFile(spec), spec);
  const column = GRADE_COLUMNS.find((name) => rows[0] && name in rows[0]);
  if (!column) {
    throw new Error(`${spec}: expected a column ${GRADE_COLUMNS.join(" or ")}, found ${Object.keys(rows[0] ?? {})}`);
  }
  rows.forEach((row, i) => add(textField(row, "session_id", spec, i), gradeOf(textField(row, column, spec, i))));
  return grades;
}

function gradeOf(text: string): Verdict {
  const known: Record<string, Verdict> = { true: 1, false: 0 };
  const value = known[text.toLowerCase()] ?? Number(text);
  return value === 1 || value === 0 ? value : null;
}
