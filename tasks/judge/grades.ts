import { type PanelAgreement, panelAgreement } from "../../lib/analysis/mod.ts";
import { jsonLines, piecesOf, readCsvRows } from "../../lib/io/mod.ts";
import { latestLabels, RowError, type Verdict } from "../../lib/model/mod.ts";
import {
  areSessions,
  asideText,
  isFault,
  notesTexts,
  openTraces,
  readLabelFile,
  type ReadLabels,
  recordedSessions,
  textField,
  verdictIn,
} from "../../lib/sources/mod.ts";
import { parseRecorded, redactName } from "../../lib/traces/mod.ts";

/** Columns that may hold a grade, the first that is there counts. */
const GRADE_COLUMNS = ["reward", "success", "official_success", "score"];

/** Grades by session, and whose they are. */
export interface ReadGrades {
  grades: Map<string, Verdict>;
  /** Of people, where they are labels: how many, and how far they agree; null for official ones. */
  people: { raters: string[]; agreement: PanelAgreement } | null;
  /** What could not be read: rows without a session, too short, or with a grade between solved and not; empty where all could. */
  notes: string[];
}

/**
 * Grades by session: from a CSV with `session_id` and one of reward, success, official_success, score, from a source that has
 * grades, or from people's labels. 1, true and pass are solved, 0, false and fail are not, anything between is not known; a row
 * without a grade is no grade, one without a session is set aside. Of several people the majority counts, and a tie is not
 * known.
 *
 * @throws {Error} when a session has two official grades that differ
 */
export async function readGrades(spec: string): Promise<ReadGrades> {
  const labels = await labelsIn(spec);
  if (labels) return gradesOfPeople(labels);
  const grades = new Map<string, Verdict>();
  // Verdicts name sessions as they are written: without secrets.
  const add = (recordedId: string, grade: Verdict) => {
    const id = redactName(recordedId.toWellFormed()).text;
    const before = grades.get(id);
    if (before !== undefined && before !== grade && before !== null && grade !== null) {
      throw new Error(`${spec}: session ${id} has two grades, ${before} and ${grade}; keep one`);
    }
    // Of a grade that is between solved and not, another says no more.
    grades.set(id, before === null ? null : grade);
  };
  const notes = IS_CSV.test(spec)
    ? addOfTable(await readCsvRows(spec), spec, add)
    : await areSessions(spec)
    ? await addOfSessions(spec, add)
    : await addOfTraces(spec, add);
  if (grades.size === 0) throw new Error(`${spec}: no session has a grade`);
  return { grades, people: null, notes };
}

type Add = (recordedId: string, grade: Verdict) => void;

const IS_CSV = /\.[ct]sv(\.\w+)?$/i;

async function addOfTraces(spec: string, add: Add): Promise<string[]> {
  const stream = await openTraces(spec);
  const faults: string[] = [];
  for await (const row of stream.rows()) {
    if (isFault(row)) faults.push(row.fault);
    else if (row.grades) add(row.sessionId, row.grades.success);
  }
  return [...setAside(faults), ...notesTexts({ ...stream.notes(), leftOut: {}, unknown: {}, repaired: {} })];
}

async function addOfSessions(spec: string, add: Add): Promise<string[]> {
  const faults: string[] = [];
  const { sessions } = await recordedSessions(spec, { onFault: ({ fault }) => faults.push(fault) });
  for (const { sessionId, officialSuccess } of sessions) if (officialSuccess !== null) add(sessionId, officialSuccess);
  return setAside(faults);
}

function addOfTable(rows: readonly (Record<string, string> | RowError)[], spec: string, add: Add): string[] {
  const names = Object.keys(rows.find((row) => !(row instanceof RowError)) ?? {});
  const named = (wanted: string) => names.find((name) => name.toLowerCase() === wanted);
  const column = GRADE_COLUMNS.map(named).find((name) => name !== undefined);
  if (column === undefined) {
    throw new Error(`${spec}: expected a column ${GRADE_COLUMNS.join(" or ")}, found ${names.join(", ") || "none"}`);
  }
  const faults: string[] = [];
  let between = 0;
  for (const [i, row] of rows.entries()) {
    try {
      if (row instanceof RowError) throw row;
      const grade = verdictIn(row[column]);
      // A row without a grade says nothing, not that it is unknown.
      if (grade === null) continue;
      add(textField(row, named("session_id") ?? "session_id", spec, i).trim(), grade === "neither" ? null : grade);
      if (grade === "neither") between++;
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      faults.push(error.message);
    }
  }
  return [...setAside(faults), ...between ? [`${between} of ${column} neither solved nor not, so unknown`] : []];
}

const setAside = (faults: readonly string[]) =>
  faults.length ? [`${faults.length} rows set aside, such as: ${faults[0]}`] : [];

/** The labels of a file; null where its first record is none, but a row of a source or of grades. */
async function labelsIn(path: string): Promise<ReadLabels | null> {
  if (IS_CSV.test(path)) {
    const [first] = await readCsvRows(path);
    return first !== undefined && isLabel(first) ? await readLabelFile(path) : null;
  }
  if (!/\.jsonl(\.\w+)?$/i.test(path)) return null;
  for await (const line of jsonLines(piecesOf(path), parseRecorded)) {
    if ("value" in line) return isLabel(line.value) ? await readLabelFile(path) : null;
  }
  return null;
}

const isLabel = (value: unknown) =>
  typeof value === "object" && value !== null && "session_id" in value && ("verdict" in value || "rater" in value) &&
  !("spans" in value) && !("judge" in value);

function gradesOfPeople({ labels: all, aside }: ReadLabels): ReadGrades {
  const labels = latestLabels(all);
  const agreement = panelAgreement(
    labels.map(({ session_id, rater, verdict }) => ({ sessionId: session_id, rater, repeat: 1, verdict })),
  );
  const sessions = Map.groupBy(labels, ({ session_id }) => redactName(session_id).text);
  const grades = new Map([...sessions].map(([id, own]): [string, Verdict] => {
    const [ones, zeros] = ([1, 0] as const).map((verdict) => own.filter((label) => label.verdict === verdict).length);
    return [id, ones === zeros ? null : ones! > zeros! ? 1 : 0];
  }));
  return { grades, people: { raters: agreement.raters, agreement }, notes: aside.length ? [asideText(aside)] : [] };
}
