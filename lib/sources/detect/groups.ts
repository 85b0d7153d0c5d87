import { RowError } from "../../model/mod.ts";
import { rawPieces, unpacked } from "../../io/pieces.ts";
import { openZip } from "../../io/zip_members.ts";
import { isInspectLog } from "../readers/inspect/read.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { BUILT_IN, detectMapping } from "../mapping/builtin.ts";
import { placedMapping } from "../readers/placed.ts";
import type { LocalFile } from "../readers/reading.ts";
import { fileBuffer, openParquet } from "../parquet/file.ts";
import { parquetObjects } from "../parquet/objects.ts";
import { detect, type Detected, unknownFormat } from "./detect.ts";
import type { Format } from "./format.ts";
import { FORMATS } from "./formats.ts";
import { binaryKind } from "./unsupported.ts";
import { firstRows } from "./sample.ts";

/** Files of one kind, and the mapping of the rows that they give. */
export interface FileGroup {
  format: Format;
  version: string | null;
  files: LocalFile[];
  mapping: Mapping;
}

/** A file that is not read, and why. */
export interface UnreadFile {
  path: string;
  why: string;
}

/** Files by what they are, and those that are not. */
export interface Grouped {
  groups: FileGroup[];
  unread: UnreadFile[];
  /** What programs keep beside their sessions: it holds no part of one. */
  passedOver: UnreadFile[];
}

/**
 * Sorts files by what they are, in the order in which each kind is first met, those that lead before the others.
 *
 * @throws {RowError} what is wrong with the first file, where none can be read.
 */
export async function groupFiles(files: readonly LocalFile[]): Promise<Grouped> {
  const groups = new Map<string, FileGroup>();
  const unread: (UnreadFile & { error: RowError })[] = [];
  for (const file of files) {
    try {
      const { format, version } = await recognize(file);
      const group = groups.get(format.id);
      if (group) {
        group.files.push(file);
        const versions = new Set([group.version, version].flatMap((one) => one?.split(", ") ?? []));
        group.version = versions.size ? [...versions].join(", ") : null;
      } else groups.set(format.id, { format, version, files: [file], mapping: mappingOf(format) });
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      unread.push({ path: file.path, why: error.message, error });
    }
  }
  if (groups.size === 0 && unread.length) throw unread[0]!.error;
  const isBeside = ({ error }: { error: RowError }) => error instanceof Beside;
  const named = ({ path, why }: UnreadFile): UnreadFile => ({ path, why });
  const leads = ({ format }: FileGroup) => format.leads ? 0 : 1;
  return {
    groups: [...groups.values()].toSorted((a, b) => leads(a) - leads(b)),
    unread: unread.filter((file) => !isBeside(file)).map(named),
    passedOver: unread.filter(isBeside).map(({ path, error }) => ({ path, why: (error as Beside).what })),
  };
}

/** A file that a program keeps beside its sessions, or an empty one. */
class Beside extends RowError {
  constructor(path: string, readonly what: string, detail: string) {
    super(path, null, "", detail);
  }
}

function mappingOf({ id, read }: Format): Mapping {
  if (read.by === "mapping") return read.mapping;
  return read.by === "spans" ? { ...BUILT_IN.otlp, name: id } : placedMapping(id);
}

/** @throws {RowError} where the file holds nothing, is of no known kind, or of one that cannot be read. */
async function recognize(file: LocalFile): Promise<Detected> {
  if (file.format === "parquet") return { format: await parquetFormat(file.path), version: null };
  if (file.format === "zip") return { format: await zipFormat(file.path), version: null };
  const { rows, fault } = await firstRows(file);
  if (rows.length === 0) {
    const kind = binaryKind(await headOf(file.path), file.path);
    if (kind) throw new RowError(file.path, null, "", kind);
    const why = `holds no ${file.format === "csv" ? "row" : "JSON value"}, so there is nothing to read${
      fault ? `: ${fault}` : ""
    }`;
    if (!fault && file.format !== "csv") throw new Beside(file.path, "without a value", why);
    throw new RowError(file.path, null, "", why);
  }
  const found = detect(rows, FORMATS);
  if (!found) throw unknownFormat(rows, FORMATS, file.path);
  const { read, title } = found.format;
  if (read.by === "nothing") {
    const detail = `is ${title}, which is not read: ${read.instead}`;
    throw read.beside ? new Beside(file.path, title, detail) : new RowError(file.path, null, "", detail);
  }
  return found;
}

/** The first bytes of a file, unpacked. @throws {RowError} where that cannot be done */
async function headOf(path: string): Promise<Uint8Array> {
  for await (const piece of unpacked(rawPieces(path), path)) return piece.slice(0, 512);
  return new Uint8Array();
}

async function zipFormat(path: string): Promise<Format> {
  const zip = await openZip(path);
  if (isInspectLog(zip.names)) return FORMATS.find(({ id }) => id === "inspect")!;
  const names = zip.names.slice(0, 5).join(", ");
  throw new RowError(path, null, "", `a zip archive of ${zip.names.length} files (${names}) that is no log of Inspect`);
}

/** Sessions with their spans are told by the names of the columns; other tables by their first rows. */
async function parquetFormat(path: string): Promise<Format> {
  const buffer = fileBuffer(path);
  try {
    const { columns, leaves } = await openParquet(buffer, path);
    const names = [...columns, ...leaves.map((leaf) => leaf.name)];
    if (names.includes("session_id") && columns.includes("spans")) {
      const { name: id } = detectMapping(names, path);
      return FORMATS.find((format) => format.id === id)!;
    }
    if (columns.includes("spans") && names.some((name) => name.startsWith("spans.attributes"))) {
      detectMapping(names, path);
    }
  } finally {
    buffer.close();
  }
  const rows = await Array.fromAsync(parquetObjects(path, PARQUET_ROWS));
  if (rows.length === 0) return FORMATS.find(({ id }) => id === "v2")!;
  const found = detect(rows, FORMATS);
  if (!found) throw unknownFormat(rows, FORMATS, path);
  return found.format;
}

/** Rows of a Parquet file that are looked at to tell what it is: they may hold megabytes of text each. */
const PARQUET_ROWS = 4;
