import type { Verdict } from "../../lib/model/mod.ts";
import { isFault, openTraces, readCsv, textField, verdictIn } from "../../lib/sources/mod.ts";
import { redactName } from "../../lib/traces/mod.ts";

/** Columns that may hold a grade, the first that is there counts. */
const GRADE_COLUMNS = ["reward", "success", "official_success", "score"];

/**
 * Official grades by session: from a CSV with `session_id` and one of reward, success, official_success, score, or from a
 * source that has grades. 1, true and pass are solved, 0, false and fail are not, anything between is not known; a row
 * without a grade is no grade.
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
  const rows = await readCsv(spec);
  const column = GRADE_COLUMNS.find((name) => rows[0] && name in rows[0]);
  if (!column) {
    throw new Error(`${spec}: expected a column ${GRADE_COLUMNS.join(" or ")}, found ${Object.keys(rows[0] ?? {})}`);
  }
  for (const [i, row] of rows.entries()) {
    const grade = verdictIn(row[column]);
    // A row without a grade says nothing, not that it is unknown.
    if (grade !== null) add(textField(row, "session_id", spec, i), grade === "neither" ? null : grade);
  }
  return grades;
}
