/**
 * One measured piece of work in a process of its own: `work.ts TASK FILE OUT`. Nothing but the work is timed: the modules
 * are loaded before.
 *
 * @module
 */
import { importTraces } from "../../lib/import/mod.ts";
import { messagesText } from "../../lib/model/mod.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { fileBuffer } from "../../lib/sources/parquet/file.ts";
import { readMetadataOnly, readSessions } from "../../lib/sources/parquet/sessions.ts";
import { report } from "../measure.ts";
import { duckdb } from "./duckdb.ts";

const [task, file, out] = Deno.args as [string, string, string];

const TASKS: Record<string, () => Promise<Record<string, number>>> = {
  read: async () => {
    const stream = await openTraces(file);
    let [sessions, characters] = [0, 0];
    for await (const row of stream.rows()) {
      if (isFault(row)) throw new Error(row.fault);
      sessions++;
      for (const span of row.spans) {
        characters += (messagesText(span.inputMessages)?.length ?? 0) +
          (messagesText(span.outputMessages)?.length ?? 0);
      }
    }
    return { sessions, characters };
  },
  import: async () => {
    const { sessions, bytes } = await importTraces(await openTraces(file), out);
    return { sessions, bytesWritten: bytes };
  },
  metadata: async () => {
    const buffer = fileBuffer(file);
    const { rows } = await readMetadataOnly(buffer, file);
    return { sessions: rows.length, bytesRead: buffer.bytesRead, bytesInFile: buffer.byteLength };
  },
  numbers: async () => {
    const buffer = fileBuffer(file);
    const { sessions } = await readSessions(buffer, file);
    const tokens = sessions.reduce((sum, session) => sum + (session.totalTokens ?? 0), 0);
    return { sessions: sessions.length, tokens, bytesRead: buffer.bytesRead, bytesInFile: buffer.byteLength };
  },
  ...duckdb(file, out),
};

const work = TASKS[task];
if (!work) throw new Error(`no task "${task}"; there are ${Object.keys(TASKS).join(", ")}`);
await report(work);
