import { type PanelAgreement, panelAgreement } from "../../lib/analysis/mod.ts";
import { readLedger } from "../../lib/io/mod.ts";
import { checkRow, type Label, labelSchema, latestLabels, type Verdict } from "../../lib/model/mod.ts";
import { isFault, openTraces, readCsv, textField, verdictIn } from "../../lib/sources/mod.ts";
import { redactName } from "../../lib/traces/mod.ts";

/** Columns that may hold a grade, the first that is there counts. */
const GRADE_COLUMNS = ["reward", "success", "official_success", "score"];

/** Grades by session, and whose they are. */
export interface ReadGrades {
  grades: Map<string, Verdict>;
  /** Of people, where they are labels: how many, and how far they agree; null for official ones. */
  people: { raters: string[]; agreement: PanelAgreement } | null;
}

/**
 * Grades by session: from a CSV with `session_id` and one of reward, success, official_success, score, from a source that has
 * grades, or from people's labels. 1, true and pass are solved, 0, false and fail are not, anything between is not known; a row
 * without a grade is no grade. Of several people the majority counts, and a tie is not known.
 *
 * @throws {Error} when a session has two official grades that differ
 */
export async function readGrades(spec: string): Promise<ReadGrades> {
  const labels = spec.endsWith(".jsonl") ? await readLabels(spec) : null;
  if (labels) return gradesOfPeople(labels);
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
    return { grades, people: null };
  }
  const rows = await readCsv(spec);
  const column = GRADE_COLUMNS.find((name) => rows[0] && name in rows[0]);
  if (!column) {
    throw new Error(`${spec}: expected a column ${GRADE_COLUMNS.join(" or ")}, found ${Object.keys(rows[0] ?? {})}`);
  }
  for (const [i, row] of rows.entries()) {
    const grade = verdictIn(row[column]);
    // A row without a grade says nothing, not that it is unknown.
    if (grade !== null) add(textField(row, "session_id", spec, i).trim(), grade === "neither" ? null : grade);
  }
  return { grades, people: null };
}

/** The labels of a file; null where its first line is none, but a row of a source. */
async function readLabels(path: string): Promise<Label[] | null> {
  const labels: Label[] = [];
  let line = 0;
  for await (const value of readLedger(path)) {
    if (line === 0 && !isLabel(value)) return null;
    labels.push(checkRow<Label>(labelSchema, value as Label, path, line++));
  }
  return line === 0 ? null : latestLabels(labels);
}

const isLabel = (value: unknown) =>
  typeof value === "object" && value !== null && "session_id" in value && ("verdict" in value || "rater" in value) &&
  !("spans" in value) && !("judge" in value);

function gradesOfPeople(labels: readonly Label[]): ReadGrades {
  const agreement = panelAgreement(
    labels.map(({ session_id, rater, verdict }) => ({ sessionId: session_id, rater, repeat: 1, verdict })),
  );
  const sessions = Map.groupBy(labels, ({ session_id }) => redactName(session_id).text);
  const grades = new Map([...sessions].map(([id, own]): [string, Verdict] => {
    const [ones, zeros] = ([1, 0] as const).map((verdict) => own.filter((label) => label.verdict === verdict).length);
    return [id, ones === zeros ? null : ones! > zeros! ? 1 : 0];
  }));
  return { grades, people: { raters: agreement.raters, agreement } };
}
