import { ByteWriter, parquetWriteRows, type Writer } from "hyparquet-writer";
import type { Session } from "../model/mod.ts";
import { writeAll } from "../io/write.ts";

type Type = "STRING" | "INT32" | "INT64" | "DOUBLE";

/** Columns of `sessions.parquet`: the fields of a session, in their order. */
const COLUMNS: { [K in keyof Session]: { type: Type; nullable: null extends Session[K] ? true : false } } = {
  sessionId: { type: "STRING", nullable: false },
  id: { type: "STRING", nullable: false },
  run: { type: "STRING", nullable: false },
  benchmark: { type: "STRING", nullable: false },
  harness: { type: "STRING", nullable: false },
  deployment: { type: "STRING", nullable: false },
  model: { type: "STRING", nullable: false },
  success: { type: "INT32", nullable: true },
  officialSuccess: { type: "INT32", nullable: true },
  totalTokens: { type: "INT64", nullable: false },
  inputTokens: { type: "INT64", nullable: true },
  cachedTokens: { type: "INT64", nullable: true },
  outputTokens: { type: "INT64", nullable: true },
  calls: { type: "INT32", nullable: false },
  durationS: { type: "DOUBLE", nullable: false },
  wallClockS: { type: "DOUBLE", nullable: true },
  toolErrors: { type: "INT32", nullable: true },
  errorSpans: { type: "INT32", nullable: false },
  failureMode: { type: "STRING", nullable: true },
  judgeModel: { type: "STRING", nullable: true },
  judgeConfidence: { type: "STRING", nullable: true },
  judgeReasoning: { type: "STRING", nullable: true },
  judgeReliability: { type: "STRING", nullable: true },
  recordedUsd: { type: "DOUBLE", nullable: true },
};

/** Rows a row group: what is held in memory at a time. */
const GROUP_ROWS = 10_000;

/** Writes sessions as a Parquet file, a row group at a time; the columns are the fields of `Session`. */
export async function writeSessionsTable(path: string, sessions: AsyncIterable<Session>): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const columns = Object.entries(COLUMNS).map(([name, column]) => ({ name, ...column }));
  await parquetWriteRows({ writer: fileWriter(file), columns, rows: asRows(sessions), rowGroupSize: GROUP_ROWS });
}

async function* asRows(sessions: AsyncIterable<Session>): AsyncGenerator<Record<string, unknown>> {
  for await (const session of sessions) {
    yield Object.fromEntries(
      Object.entries(COLUMNS).map(([name, { type }]) => {
        const value = session[name as keyof Session];
        return [name, type === "INT64" && value !== null ? BigInt(value) : value];
      }),
    );
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
