import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { join } from "node:path";
import { RowError } from "../model/mod.ts";
import { packingOf, piecesOf, rawPieces } from "./pieces.ts";
import { type Progress, progressBar } from "./progress.ts";
import { memberPath, zipMembers } from "./zip_members.ts";

/** How a local file is read. */
export type FileFormat = "parquet" | "jsonl" | "json" | "csv" | "zip";

/** A local file (or one in an archive: `ARCHIVE/NAME`), and whether it holds Parquet, lines of JSON, one document or a table as CSV. */
export interface LocalFile {
  path: string;
  format: FileFormat;
  /** Told of each row (line of a text) whose bytes are not all UTF-8: each such byte is read as U+FFFD. */
  onBroken?: ((row: number) => void) | undefined;
  /** Told of each line of a log that is there again, word for word and with the same id or time: it is left out. */
  onRepeat?: (() => void) | undefined;
}

/** The files of a source. */
export interface Listing {
  files: LocalFile[];
  /** Files of its folders and archives that hold nothing that can be read, and why. */
  passedOver: { path: string; why: string }[];
}

/** Tables beside traces are seldom traces: they are read where they are named. */
const CSV = /\.(csv|tsv)(?:\.gz|\.zst)?$/i;
const READABLE = /\.(parquet|jsonl|ndjson|json|traj|eval)(?:\.gz|\.zst)?$/i;
/** Files in which macOS keeps what other systems have no place for, in archives above all. */
const BESIDE = /(?:^|\/)(?:\._[^/]*|__MACOSX\/.*)$/;

/**
 * The files that a spec names: a path, a folder (at any depth), a glob, or several of these between commas. A zip archive is
 * a folder, unless it is a file of a format of its own. Of folders those files are taken whose name, or first character,
 * says that they hold JSON, Parquet or an archive; the others are named.
 *
 * @param isFormat whether an archive is a file of a format of its own, by the names in it
 * @throws {Error} when there is none, or none that can be read
 */
export async function listFiles(
  spec: string,
  isFormat: (names: readonly string[]) => boolean = () => false,
): Promise<Listing> {
  const listing: Listing = { files: [], passedOver: [] };
  const asked = new Set(namedFiles(spec));
  for (const path of localFiles(spec, () => true)) await list(path, asked.has(path));
  if (listing.files.length > 0) return listing;
  const all = listing.passedOver.map(({ path, why }) => `${path} (${why})`).slice(0, 5).join(", ");
  throw new Error(`${spec}: holds no file that can be read: ${all || "nothing at all"}`);

  async function list(path: string, named: boolean): Promise<void> {
    if (!named && BESIDE.test(path)) {
      listing.passedOver.push({ path, why: "what macOS writes beside a file" });
      return;
    }
    const head = await headOf(path);
    const inside = memberPath(path) !== null;
    if (packingOf(head) === "zip" && inside) {
      listing.passedOver.push({ path, why: "an archive inside an archive; unpack it" });
      return;
    }
    if (packingOf(head) === "zip") {
      const { entries, cut } = await zipMembers(path);
      const names = [...entries.keys()];
      if (cut) {
        listing.passedOver.push({
          path,
          why: `its end, for it is cut; of ${
            names.length === 1 ? "its one file" : `its ${names.length} files`
          } what is there is read`,
        });
      }
      if (isFormat(names)) listing.files.push({ path, format: "zip" });
      else for (const name of names.sort()) await list(`${path}/${name}`, false);
      return;
    }
    const isParquet = new TextDecoder().decode(head) === "PAR1";
    if (isParquet && inside) listing.passedOver.push({ path, why: "Parquet inside an archive; unpack it" });
    else if (named || isParquet || READABLE.test(path)) {
      listing.files.push({ path, format: isParquet ? "parquet" : formatByName(path) });
    } else if (await mayBeJson(path)) listing.files.push({ path, format: "jsonl" });
    else {listing.passedOver.push({
        path,
        why: CSV.test(path) ? "CSV is read where it is named" : "neither JSON nor Parquet",
      });}
  }
}

/** Files that a spec names themselves, not by a folder. */
function namedFiles(spec: string): string[] {
  return [spec, ...spec.split(",").map((part) => part.trim())].filter((path) =>
    exists(path) && Deno.statSync(path).isFile
  );
}

/** The first bytes of a file; none of one in an archive that cannot be unpacked, of which its reader says why. */
async function headOf(path: string): Promise<Uint8Array> {
  try {
    for await (const piece of rawPieces(path)) return piece.slice(0, 4);
  } catch (error) {
    if (!(error instanceof RowError) || memberPath(path) === null) throw error;
  }
  return new Uint8Array();
}

/** Whether a text begins as JSON does. */
async function mayBeJson(path: string): Promise<boolean> {
  try {
    for await (const piece of piecesOf(path)) return /^\s*[{[]/.test(new TextDecoder().decode(piece.subarray(0, 1000)));
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
  }
  return false;
}

/**
 * Local files of a spec: a path, a folder (its Parquet, JSONL and JSON files, at any depth), a glob, or several of these
 * between commas. Sorted by name within each.
 *
 * @throws {Error} when there is none.
 */
export function localFiles(spec: string, isWanted = (path: string) => READABLE.test(path)): string[] {
  const whole = found(spec, isWanted);
  // Commas are in globs too: {a,b}.parquet.
  const parts = spec.split(",").map((part) => part.trim()).filter(Boolean);
  const paths = whole.length ? whole : parts.flatMap((part) => found(part, isWanted));
  if (paths.length === 0) {
    throw new Error(
      `${spec}: no such file, and no file fits it as a glob; a source is a path, a glob, hub:OWNER/NAME@REVISION or a project of a service`,
    );
  }
  return [...new Set(paths)];
}

function found(part: string, isWanted: (path: string) => boolean): string[] {
  if (!exists(part)) return globSync(part).filter((path) => Deno.statSync(path).isFile).sort();
  if (Deno.statSync(part).isFile) return [part];
  const paths = globSync("**/*", { cwd: part }).sort().map((name) => join(part, name));
  return paths.filter((path) => isWanted(path) && Deno.statSync(path).isFile);
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function formatByName(path: string): FileFormat {
  if (CSV.test(path)) return "csv";
  const extension = READABLE.exec(path)?.[1]?.toLowerCase();
  if (extension === "parquet" || extension === "json") return extension;
  return extension === "traj" ? "json" : "jsonl";
}

/** About how many lines a file has, by those of its first megabytes, 1 at least; null where it is packed. */
export async function estimateLines(path: string): Promise<number | null> {
  let [bytes, lines] = [0, 0];
  if (memberPath(path)) return null;
  for await (const piece of rawPieces(path)) {
    if (bytes === 0 && packingOf(piece)) return null;
    bytes += piece.length;
    for (const byte of piece) if (byte === 10) lines++;
    if (bytes >= 4 << 20 && lines) break;
  }
  return bytes === 0 ? 1 : Math.max(1, Math.round(lines * Deno.statSync(path).size / bytes));
}

/** SHA-256 of the bytes of files (of archives, where they are in these), one after the other, in lower-case hexadecimal. */
export async function sha256OfFiles(
  paths: readonly string[],
  progress: Progress = progressBar({ label: "hash", unit: "MB", scale: 1e6 }),
): Promise<string> {
  const hash = createHash("sha256");
  const onDisk = [...new Set(paths.map((path) => memberPath(path)?.archive ?? path))];
  const total = onDisk.reduce((sum, path) => sum + Deno.statSync(path).size, 0);
  let done = 0;
  try {
    for (const path of onDisk) {
      for await (const piece of rawPieces(path)) {
        hash.update(piece);
        progress.update(done += piece.length, total);
      }
    }
  } finally {
    progress.stop();
  }
  return hash.digest("hex");
}
