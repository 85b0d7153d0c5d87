import { type AsyncBuffer, parquetReadObjects } from "hyparquet";
import { modelFamily, RowError, runOf, type Session, SESSION_FIELDS, sessionOfRow } from "../model/mod.ts";
import { checkNames } from "./mapping/names_there.ts";
import { checkColumns, columnsPlacer, type TableColumns } from "./mapping/table.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { columnOf } from "./sessions_columns.ts";
import type { LocalFile } from "../io/files.ts";
import { newNotes, notedCounts } from "./mapping/notes.ts";
import { codecs } from "./parquet/codecs.ts";
import { BrokenRows } from "./broken_rows.ts";
import { openParquet } from "./parquet/file.ts";
import type { SessionsRead } from "./parquet/sessions.ts";
import { valuesOf } from "./trace_json.ts";
import type { TraceFault } from "./trace_stream.ts";

type Row = Record<string, unknown>;

/** Reads a Parquet table of sessions; rows that cannot be read are set aside. */
export async function readSessionsTable(
  buffer: AsyncBuffer,
  name: string,
  columns?: TableColumns,
): Promise<SessionsRead> {
  const file = await openParquet(buffer, name);
  if (columns) checkColumns(file.columns, columns, name);

  const rows = await parquetReadObjects({
    file: buffer,
    metadata: file.metadata,
    ...(columns ? {} : { columns: SESSION_FIELDS.flatMap(([field]) => columnOf(field, file.columns) ?? []) }),
    compressors: codecs,
  });
  const place = columns ? columnsPlacer(columns) : (row: Row) => row;
  const read = empty();
  rows.forEach((row, at) => add(read, place(row), name, at));
  return gradedOf(read, columnOf("success", [...file.columns, ...Object.keys(columns ?? {})]) !== undefined);
}

/** Reads tables of sessions in JSON, JSON lines or CSV; rows that cannot be read are set aside. */
export async function readSessionsInJson(files: readonly LocalFile[], mapping?: Mapping): Promise<SessionsRead> {
  const place = mapping?.columns ? columnsPlacer(mapping.columns) : null;
  if (mapping && place) await checkNames(files, mapping);
  const [read, broken, notes] = [empty(), new BrokenRows(), newNotes()];
  let hasVerdicts = false;
  for (const { path, format, onBroken } of files.map((file) => broken.watched(file))) {
    for await (const line of valuesOf(path, format, onBroken)) {
      if ("value" in line) {
        const row: Row = place ? place(Object(line.value)) : Object(line.value);
        hasVerdicts ||= columnOf("success", Object.keys(row)) !== undefined;
        add(read, row, path, line.line);
      } else {
        read.faults.push({
          fault: new RowError(path, line.line, "", line.fault).message,
          source: path,
          row: line.line,
          sessionId: null,
        });
      }
    }
  }
  broken.noteIn(notes);
  return { ...gradedOf(read, hasVerdicts), notes: notedCounts(notes) };
}

/** Sessions of a table without a column of verdicts: its grades are the verdicts, as they are of recorded traces. */
function gradedOf(read: SessionsRead, hasVerdicts: boolean): SessionsRead {
  if (hasVerdicts) return read;
  return { ...read, sessions: read.sessions.map((one) => ({ ...one, success: one.officialSuccess })) };
}

const empty = (): SessionsRead => ({ sessions: [], faults: [], notes: notedCounts(newNotes()) });

function add(
  { sessions, faults }: { sessions: Session[]; faults: TraceFault[] },
  row: Row,
  source: string,
  at: number,
) {
  try {
    sessions.push(sessionOfRow(completed(row), source, at));
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    faults.push({ fault: error.message, source, row: at, sessionId: idOf(row) });
  }
}

function idOf(row: Row): string | null {
  const id = row["session_id"] ?? row["sessionId"];
  return typeof id === "string" ? id : null;
}

/** A moment of a Parquet column as text; one that is none is left to be refused. */
const instantOf = (at: Date) => Number.isNaN(at.getTime()) ? at : at.toISOString();

const TEXTS: ReadonlySet<keyof Session> = new Set(
  SESSION_FIELDS.filter(([, { kind }]) => kind === "name" || kind === "text").map(([field]) => field),
);

/**
 * A row with what follows from its other columns where a table of one's own leaves it out: the run from the session's id,
 * the model from its deployment and the other way round, all tokens from input and output. Who ran what may be unspecified;
 * what else is not there is not known.
 */
function completed(row: Row): Row {
  // A fault names the column as it is written.
  const keyOf = ([field, { name }]: typeof SESSION_FIELDS[number]) => !(name in row) && field in row ? field : name;
  const keys = new Map(SESSION_FIELDS.map((column) => [column[0], keyOf(column)]));
  const value = (field: keyof Session) => {
    const found = row[keys.get(field)!] ?? null;
    if (found === "") return null;
    if (found instanceof Date && TEXTS.has(field)) return instantOf(found);
    // A name that is written as a number is one.
    const isNumber = typeof found === "number" || typeof found === "bigint";
    return isNumber && TEXTS.has(field) ? String(found) : found;
  };
  const told = Object.fromEntries(SESSION_FIELDS.map(([field]) => [keys.get(field)!, value(field)]));
  const fill = (field: keyof Session, otherwise: string | number | boolean | null) => {
    told[keys.get(field)!] ??= otherwise;
  };
  const id = value("sessionId") as string | null;
  const deployment = (value("deployment") ?? value("model") ?? "unspecified") as string;
  const [input, output] = [value("inputTokens"), value("outputTokens")];
  fill("id", id);
  fill("run", typeof id === "string" && id !== "" ? runOf(id) : id);
  fill("benchmark", "unspecified");
  fill("harness", "unspecified");
  fill("deployment", deployment);
  fill("model", modelFamily(String(deployment)));
  if (input !== null && output !== null) fill("totalTokens", Number(input) + Number(output));
  fill("tokensEstimated", false);
  return told;
}
