import { JOURNAL, MANIFEST, removeImport } from "./finish.ts";
import { Ledger, LedgerBusyError } from "../io/ledger.ts";
import { type ImportIdentity, type JournalEnd, journalLines, type Position, readJournal } from "./journal.ts";
import type { Manifest } from "./manifest.ts";
import { exists, partPath, spanFileName, SpanFiles } from "./span_files.ts";

/** An import that cannot be begun or continued; the message says what to do. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}

const BUSY = "an import is being written there; wait for its end, or give another --out";

/** How far a folder's import has come. */
export type Begun = Finished | RowsDone | TakingRows;

/** The folder holds this very import, finished. */
interface Finished {
  kind: "finished";
  manifest: Manifest;
}

/** Every row has been dealt with, and only the end products are missing. */
interface RowsDone {
  kind: "rows done";
  journal: Ledger;
  end: JournalEnd;
}

/** Rows can be added. */
export interface TakingRows {
  kind: "taking rows";
  journal: Ledger;
  files: SpanFiles;
  /** Rows of the source that an interrupted run has dealt with. */
  entries: number;
  /** Sessions among them. */
  sessions: number;
  /** Where the rows of each imported session are. */
  known: Map<string, { from: Position; to: Position }>;
}

/**
 * Begins an import, or goes on where an interrupted one of the same source and settings stopped.
 *
 * @throws {ImportError} when the folder holds another import, or one is being written there.
 */
export async function begin(dir: string, identity: ImportIdentity, force: boolean): Promise<Begun> {
  await Deno.mkdir(dir, { recursive: true }).catch((error: Error) => {
    throw new ImportError(`${dir}: cannot be made or is no folder (${error.message}); give --out another one`);
  });
  const journal = await Ledger.open(`${dir}/${JOURNAL}`, { busy: BUSY }).catch((error) => {
    throw error instanceof LedgerBusyError ? new ImportError(`${dir}: ${BUSY}`) : error;
  });
  try {
    if (force) {
      await journal.truncate(0);
      await removeImport(dir);
    }
    const manifest = await readManifest(dir);
    if (!manifest) return await resume(dir, identity, journal);
    // Beside a manifest a journal is what a kill has left over, or what has just been opened here.
    await Deno.remove(`${dir}/${JOURNAL}`);
    if (!same(manifest, identity)) throw another(dir, "the import", manifest);
    journal.close();
    return { kind: "finished", manifest };
  } catch (error) {
    journal.close();
    throw error;
  }
}

async function resume(dir: string, identity: ImportIdentity, journal: Ledger): Promise<RowsDone | TakingRows> {
  const found: Pick<TakingRows, "known" | "entries" | "sessions"> = { known: new Map(), entries: 0, sessions: 0 };
  let at: Position = { part: 1, bytes: 0 };
  const read = await readJournal(journal, await partSizes(dir), (entry) => {
    found.entries++;
    if (entry.kind === "session") {
      found.sessions++;
      found.known.set(entry.session.sessionId, { from: at, to: entry.at });
    }
    at = entry.at;
  });
  if (read.identity && !same(read.identity, identity)) throw another(dir, "an unfinished import", read.identity);
  if (!read.identity && await exists(`${dir}/${spanFileName(1)}`)) {
    throw new ImportError(`${dir}: ${spanFileName(1)} is there without a ${MANIFEST}; give another --out, or --force`);
  }
  if (read.end) return { kind: "rows done", journal, end: read.end };
  if (!read.identity) await journal.write(journalLines([{ kind: "begin", identity }]));
  const files = await SpanFiles.open(dir, identity.options.rotateBytes, journal, at);
  return { kind: "taking rows", journal, files, ...found };
}

async function readManifest(dir: string): Promise<Manifest | null> {
  const path = `${dir}/${MANIFEST}`;
  if (!await exists(path)) return null;
  const found: Partial<Manifest> | null = await Deno.readTextFile(path).then(JSON.parse).catch(() => null);
  if (found?.source?.sha256 === undefined || found.options === undefined || found.leftOut === undefined) {
    throw new ImportError(`${path}: not the manifest of an import; give another --out, or --force to replace it`);
  }
  return found as Manifest;
}

/** Bytes on disk by part, whether the file has got its final name yet or not. */
async function partSizes(dir: string): Promise<number[]> {
  const sizes: number[] = [];
  for (let part = 1;; part++) {
    const paths = [partPath(dir, part), `${dir}/${spanFileName(part)}`];
    const stats = await Promise.all(paths.map((path) => Deno.stat(path).catch(() => null)));
    const found = stats.find((stat) => stat !== null);
    if (!found) return sizes;
    sizes.push(found.size);
  }
}

/** Whether two imports give the same bytes: the same content, read and written in the same way. */
function same(a: ImportIdentity, b: ImportIdentity): boolean {
  const essence = ({ version, source: { sha256, mapping }, options }: ImportIdentity) =>
    JSON.stringify([version, sha256, mapping, options]);
  return essence(a) === essence(b);
}

function another(dir: string, what: string, { source, options }: ImportIdentity): ImportError {
  const limit = options.limit === null ? "" : `, limit ${options.limit}`;
  const from = `${source.name} (sha256 ${source.sha256.slice(0, 12)}…${limit})`;
  return new ImportError(`${dir}: holds ${what} of ${from}; give another --out, or --force to replace it`);
}
