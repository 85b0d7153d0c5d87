import { ByteWriter, parquetWriteRows, type Writer } from "hyparquet-writer";
import { type ColumnStorage, type Redacted, rowOfSession, type Session, SESSION_FIELDS } from "../model/mod.ts";
import { storageOf } from "../model/columns.ts";
import { writeAll } from "../io/write.ts";

const TYPES = { text: "STRING", integer: "INT64", real: "DOUBLE", boolean: "BOOLEAN" } as const satisfies Record<
  ColumnStorage,
  string
>;

/** Columns of `sessions.parquet`: those of a session, in their order. */
const COLUMNS = SESSION_FIELDS.map(([, column]) => ({
  name: column.name,
  type: TYPES[storageOf(column)],
  nullable: column.nullable,
}));

/** Rows a row group: what is held in memory at a time. */
const GROUP_ROWS = 10_000;

/** Writes sessions as a Parquet file, a row group at a time; the columns are those of `SESSION_COLUMNS`. */
export async function writeSessionsTable(path: string, sessions: AsyncIterable<Redacted<Session>>): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  await parquetWriteRows({
    writer: fileWriter(file),
    columns: COLUMNS,
    rows: asRows(sessions),
    rowGroupSize: GROUP_ROWS,
  });
}

const INTEGERS = COLUMNS.filter(({ type }) => type === "INT64").map(({ name }) => name);

async function* asRows(sessions: AsyncIterable<Session>): AsyncGenerator<Record<string, unknown>> {
  for await (const session of sessions) {
    const row: Record<string, unknown> = rowOfSession(session);
    for (const name of INTEGERS) if (row[name] !== null) row[name] = BigInt(row[name] as number);
    yield row;
  }
}

/** A writer that hands over what it holds after each row group. */
function fileWriter(file: Deno.FsFile): Writer {
  const writer: Writer = new ByteWriter();
  const bytes = writer as Writer & { index: number };
  writer.flush = async () => {
    await writeAll(file, new Uint8Array(writer.buffer, 0, bytes.index));
    bytes.index = 0;
  };
  writer.finish = () => writer.flush?.();
  return writer;
}
