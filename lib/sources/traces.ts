import { RowError, type TraceRow } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { defaultLocations } from "../io/cache.ts";
import { BrokenRows } from "./broken_rows.ts";
import { hubEnvironment, openHub } from "./hub/hub.ts";
import { type FileGroup, groupFiles } from "./detect/groups.ts";
import { gradedByTrials, withTrials } from "./readers/trials.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { BUILT_IN, detectMapping } from "./mapping/builtin.ts";
import { reader } from "./mapping/lookup.ts";
import { checkNames } from "./mapping/names_there.ts";
import { add, newNotes, notedCounts, type ReadNotes, takeNotes } from "./mapping/notes.ts";
import type { RowParts } from "./mapping/parts.ts";
import { rowMaker } from "./mapping/row.ts";
import { TABLE_HAS_NO_CALLS } from "./mapping/table.ts";
import { toText } from "./mapping/values.ts";
import { fileBuffer, openParquet, type ParquetFile } from "./parquet/file.ts";
import { parquetRows } from "./parquet/rows.ts";
import { estimateLines, sha256OfFiles } from "../io/files.ts";
import { type CountedRow, tokenCounter } from "./count_tokens.ts";
import { checkMessageNames } from "./messages/names_there.ts";
import { messageRows } from "./messages/read.ts";
import type { LocalFile } from "./readers/reading.ts";
import { sourceFiles } from "./source_files.ts";
import { OTLP_SPANS, spanFileRows } from "./spans/read.ts";
import { objectRows, type PartsAt } from "./trace_json.ts";
import type { TraceFault, TraceOptions, TraceStream } from "./trace_stream.ts";

/**
 * Opens a source of recorded sessions: a path, folder or glob of Parquet, JSONL or OTLP/JSON files, several of them
 * between commas, a folder that `deno task import` wrote, `hub:OWNER/NAME@REVISION`, or a project of a service
 * (`langfuse:PROJECT`), of which a copy is made. Files are read one after the other, in the order of their names.
 *
 * @throws {RowError} when a file cannot be read at all, has not the columns that the mapping names, or holds no row.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openTraces, isFault } from "agent-trace-lab";
 * const traces = await openTraces("tests/fixtures/traces_v1.jsonl");
 * for await (const item of traces.rows()) if (!isFault(item)) console.log(item.sessionId, item.spans.length);
 * ```
 */
export async function openTraces(spec: string, options: TraceOptions = {}): Promise<TraceStream> {
  if (spec.startsWith("hub:")) return await openHubTraces(spec, options);
  const { files: listed, passedOver: unreadable, asOf } = await sourceFiles(spec, "spans", options.service);
  const broken = new BrokenRows();
  const files = listed.map((file) => broken.watched(file));
  if (options.mapping) await checkMapping(files, options.mapping);
  const { groups, unread, passedOver: beside, trials } = options.mapping
    ? {
      ...{ groups: [{ format: null, version: null, files, mapping: options.mapping }], unread: [], passedOver: [] },
      trials: null,
    }
    : await withTrials(await groupFiles(files));
  const passedOver = [...unreadable, ...beside];
  const counts = await Promise.all(groups.map(countRows));
  const estimatedRows = counts.reduce((sum, rows) => sum === null || rows === null ? null : sum + rows, 0);
  if (estimatedRows === 0) throw empty(spec);
  const sha256 = once(() => sha256OfFiles(files.map(({ path }) => path)));
  const found = groups.flatMap(({ format, version, files }) =>
    format
      ? [{
        id: format.id,
        title: format.title,
        version: asOf === null ? version : `as of ${asOf}`,
        lacks: format.lacks ?? [],
        files: files.length,
      }]
      : []
  );
  return streamOf(
    { name: spec, sha256, estimatedRows, mapping: asCounted(groups[0]!.mapping, options), found, unread, passedOver },
    groups.map((group) => ({ mapping: group.mapping, parts: () => partsOf(group) })),
    options,
    broken,
  );

  function partsOf(group: Group): AsyncIterable<PartsAt> {
    const parts = groupRows(group, spec, options);
    return trials?.size ? gradedByTrials(parts, trials) : parts;
  }
}

/** The mapping as an import keeps it: with other tokens a row is another one. */
function asCounted(mapping: Mapping, { countTokens }: TraceOptions): Mapping {
  return countTokens ? { ...mapping, tokensCounted: "o200k_base" } : mapping;
}

/** Names of a mapping of one's own that are nowhere in JSON or CSV; a Parquet file says so by its columns when it is opened. */
async function checkMapping(files: readonly LocalFile[], mapping: Mapping): Promise<void> {
  const texts = files.filter(({ format }) => format !== "parquet" && format !== "zip");
  if (mapping.columns) throw new RowError(files[0]!.path, null, "", TABLE_HAS_NO_CALLS);
  if (mapping.layout) await checkMessageNames(files, mapping.layout);
  else if (texts.length && !Object.values(BUILT_IN).includes(mapping)) await checkNames(texts, mapping);
}

/** Work that is done when its result is first asked for, and then no more. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => result ??= work();
}

type Group = Omit<FileGroup, "format"> & { format: FileGroup["format"] | null };

function groupRows({ format, files, mapping }: Group, spec: string, options: TraceOptions): AsyncIterable<PartsAt> {
  if (mapping.layout) return messageRows(files, mapping.layout);
  const read = format?.read;
  if (read?.by === "messages") return messageRows(files, read.layout);
  if (read?.by === "spans") return spanFileRows(files, read, mapping, spec);
  if (read?.by === "reader") return read.reader(files, options.signal);
  return localRows(files, mapping, spec, options);
}

async function openHubTraces(spec: string, options: TraceOptions): Promise<TraceStream> {
  const { sha256: hash, shards } = await openHub(spec, options.hub ?? { ...defaultLocations(), ...hubEnvironment() });
  const first = await openParquet(shards[0]!.buffer, `${spec}/${shards[0]!.path}`);
  const mapping = options.mapping ?? detectParquet(first);
  // Shards are cut to the same size: asking each for its rows would cost requests for no more than a progress bar.
  const bytes = shards.reduce((sum, shard) => sum + shard.size, 0);
  const estimatedRows = Math.round(first.rows * bytes / shards[0]!.size);
  async function* parts() {
    for (const { path, buffer } of shards) {
      yield* parquetParts(await openParquet(buffer, `${spec}/${path}`), mapping, options.signal);
      buffer.close();
    }
  }
  const sha256 = () => Promise.resolve(hash);
  const about = { name: spec, sha256, estimatedRows, mapping, found: [], unread: [], passedOver: [] };
  return streamOf(about, [{ mapping, parts }], options);
}

/** A stream over rows taken apart, of one kind after the other: puts them together and sets faults aside. */
function streamOf(
  about: Omit<TraceStream, "rows" | "notes" | "leftOut">,
  groups: readonly { mapping: Mapping; parts: () => AsyncIterable<PartsAt> }[],
  { onProgress, countTokens = false }: TraceOptions,
  broken: BrokenRows = new BrokenRows(),
): TraceStream {
  const notes = newNotes();
  return {
    ...about,
    notes: () => notedCounts(notes),
    leftOut: () => notedCounts(notes).leftOut,
    async *rows() {
      for (const tally of Object.values(notes)) tally.clear();
      broken.clear();
      let rows = 0;
      const counter = countTokens ? await tokenCounter() : null;
      const isThere = groups.length > 1 ? toldBefore() : () => false;
      const ids = new Set<string>();
      for (const { mapping, parts } of groups) {
        const own = newNotes();
        const make = rowMaker(mapping, own);
        const idOf = reader(mapping.session.sessionId);
        for await (const item of parts()) {
          if ("parts" in item && isThere(idIn(item.parts, idOf), mapping)) {
            add(notes.leftOut, "sessions that files of another kind have, too");
            continue;
          }
          const made = rowOrFault(item, make, idOf);
          const row = counter === null || "fault" in made ? made : counted(made, counter, own);
          // A session that is there again is left out by whoever reads: nothing of it is said twice.
          if ("fault" in row || !ids.has(row.sessionId)) takeNotes(own, notes);
          for (const tally of Object.values(own)) tally.clear();
          if (!("fault" in row)) ids.add(row.sessionId);
          yield row;
          rows++;
          onProgress?.({ rows, estimatedRows: about.estimatedRows, source: item.source });
        }
      }
      broken.noteIn(notes);
      for (const { path, why } of about.unread) {
        yield { fault: why, source: path, row: 0, sessionId: null };
        rows++;
      }
      if (rows === 0) throw empty(about.name);
    },
  };
}

const idIn = ({ known, columns }: RowParts, idOf: (columns: unknown) => unknown) =>
  toText(known?.sessionId ?? idOf(columns)) || null;

/** Ids that programs make at random: no two sessions have the same. */
const RANDOM_ID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;

/** Tells sessions that files of another kind have told, such as the log of an agent beside a trajectory made of it. */
function toldBefore(): (sessionId: string | null, mapping: Mapping) => boolean {
  const told = new Map<string, Mapping>();
  return (sessionId, mapping) => {
    if (sessionId === null || !RANDOM_ID.test(sessionId)) return false;
    const before = told.get(sessionId);
    if (!before) told.set(sessionId, mapping);
    return before !== undefined && before !== mapping;
  };
}

/** A row with its tokens counted where they were not recorded: known now, and said to be an estimate. */
function counted(row: TraceRow, counter: (row: TraceRow) => CountedRow, notes: ReadNotes): TraceRow {
  const found = counter(row);
  if (found.calls === 0) return row;
  add(notes.repaired, "calls whose tokens were counted by a tokenizer, an estimate", found.calls);
  const left = (notes.unknown.get("calls without tokens") ?? 0) - found.calls;
  if (left > 0) notes.unknown.set("calls without tokens", left);
  else notes.unknown.delete("calls without tokens");
  return found.row;
}

function rowOrFault(
  item: PartsAt,
  make: ReturnType<typeof rowMaker>,
  idOf: (columns: unknown) => unknown,
): TraceRow | TraceFault {
  const { source, row } = item;
  if ("fault" in item) {
    const sessionId = item.columns ? toText(idOf(item.columns)) || null : null;
    return { fault: item.fault, source, row, sessionId };
  }
  try {
    return make(item.parts, source, row);
  } catch (error) {
    // Whatever a row does to its reader, the rows after it are as good as before.
    const sessionId = idIn(item.parts, idOf);
    const fault = error instanceof RowError ? error : new RowError(source, row, "", jsonFault(error));
    return { fault: fault.message, source, row, sessionId };
  }
}

const empty = (name: string) => new RowError(name, null, "", "holds no rows, so there is nothing to read");

/** The built-in mapping that fits a file's schema. */
export function detectParquet(file: ParquetFile): Mapping {
  return detectMapping([...file.columns, ...file.leaves.map((leaf) => leaf.name)], file.name);
}

/** Rows of Parquet files; of JSONL files about how many; null where neither is told by a file's size. */
async function countRows({ format, files, mapping: { form } }: Group): Promise<number | null> {
  if (format && format.read.by !== "mapping" && !isRecords(format.read)) return null;
  let rows = 0;
  for (const { path, format } of files) {
    if (format === "parquet") rows += await withParquet(path, (file) => file.rows);
    else if (format !== "jsonl" || form !== "rows") return null;
    else {
      const lines = await estimateLines(path);
      if (lines === null) return null;
      rows += lines;
    }
  }
  return rows;
}

/** Whether each row of a file is a session. */
const isRecords = (read: FileGroup["format"]["read"]) => read.by === "messages" && read.layout.records === undefined;

async function withParquet<T>(path: string, read: (file: ParquetFile) => T): Promise<T> {
  const buffer = fileBuffer(path);
  try {
    return read(await openParquet(buffer, path));
  } finally {
    buffer.close();
  }
}

async function* localRows(
  files: readonly LocalFile[],
  mapping: Mapping,
  name: string,
  options: TraceOptions,
): AsyncGenerator<PartsAt> {
  if (mapping.form === "otlp") return yield* spanFileRows(files, OTLP_SPANS, mapping, name);
  for (const { path, format, onBroken } of files) {
    if (format !== "parquet") yield* objectRows({ path, format, onBroken }, mapping);
    else {
      const buffer = fileBuffer(path);
      try {
        yield* parquetParts(await openParquet(buffer, path), mapping, options.signal);
      } finally {
        buffer.close();
      }
    }
  }
}

async function* parquetParts(file: ParquetFile, mapping: Mapping, signal?: AbortSignal): AsyncGenerator<PartsAt> {
  let row = 0;
  for await (const item of parquetRows(file, mapping, signal)) {
    const at = { source: file.name, row: row++ };
    yield "fault" in item ? { ...at, ...item } : { ...at, parts: item };
  }
}
