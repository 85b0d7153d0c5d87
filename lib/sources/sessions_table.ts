import { type AsyncBuffer, parquetReadObjects } from "hyparquet";
import { modelFamily, RowError, runOf, type Session, SESSION_FIELDS, sessionOfRow } from "../model/mod.ts";
import { checkNames } from "./mapping/names_there.ts";
import { checkColumns, columnsPlacer, type TableColumns } from "./mapping/table.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { columnOf } from "./sessions_columns.ts";
import { sessionValue } from "./sessions_values.ts";
import { countedTokens } from "../traces/tokens.ts";
import type { LocalFile } from "../io/files.ts";
import { add, newNotes, notedCounts, type ReadNotes } from "./mapping/notes.ts";
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
  const [read, notes] = [empty(), newNotes()];
  rows.forEach((row, at) => addRow(read, place(row), name, at, notes));
  const hasVerdicts = columnOf("success", [...file.columns, ...Object.keys(columns ?? {})]) !== undefined;
  return { ...gradedOf(read, hasVerdicts), notes: notedCounts(notes) };
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
        addRow(read, row, path, line.line, notes);
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

function addRow(
  { sessions, faults }: { sessions: Session[]; faults: TraceFault[] },
  row: Row,
  source: string,
  at: number,
  notes: ReadNotes,
) {
  try {
    sessions.push(sessionOfRow(completed(row, notes), source, at));
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    faults.push({ fault: error.message, source, row: at, sessionId: idOf(row) });
  }
}

function idOf(row: Row): string | null {
  const id = row["session_id"] ?? row["sessionId"];
  return typeof id === "string" ? id : null;
}

/**
 * A row with what follows from its other columns where a table of one's own leaves it out: the run from the session's id,
 * the model from its deployment and the other way round, all tokens from input and output. Who ran what may be unspecified;
 * what else is not there is not known.
 */
function completed(row: Row, notes: ReadNotes): Row {
  // A fault names the column as it is written.
  const keyOf = ([field, { name }]: typeof SESSION_FIELDS[number]) => !(name in row) && field in row ? field : name;
  const keys = new Map(SESSION_FIELDS.map((column) => [column[0], keyOf(column)]));
  const told = Object.fromEntries(
    SESSION_FIELDS.map(([field, column]) => [keys.get(field)!, sessionValue(row[keys.get(field)!], column, notes)]),
  );
  const value = <F extends keyof Session>(field: F) => told[keys.get(field)!] as Session[F] | null;
  const fill = (field: keyof Session, otherwise: string | number | boolean | null) => {
    told[keys.get(field)!] ??= otherwise;
  };
  const id = value("sessionId");
  const deployment = value("deployment") ?? value("model") ?? "unspecified";
  fill("id", id);
  fill("run", id === null ? null : runOf(id));
  fill("benchmark", "unspecified");
  fill("harness", "unspecified");
  fill("deployment", deployment);
  fill("model", modelFamily(deployment));
  const { inputTokens, outputTokens, adjusted } = countedTokens({
    input: value("inputTokens"),
    cached: value("cachedTokens"),
    cacheWrite: value("cacheWriteTokens"),
    output: value("outputTokens"),
    reasoning: value("reasoningTokens"),
    total: null,
  });
  for (const what of adjusted) add(notes.repaired, `sessions with ${what}`);
  if (adjusted.length) {
    told[keys.get("inputTokens")!] = inputTokens;
    told[keys.get("outputTokens")!] = outputTokens;
  }
  const sum = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
  fill("totalTokens", sum);
  // What was left out of the one was left out of the stated sum, where that is the smaller.
  if (adjusted.length && sum !== null && value("totalTokens")! < sum) told[keys.get("totalTokens")!] = sum;
  fill("tokensEstimated", false);
  return told;
}
