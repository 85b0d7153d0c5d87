import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { join } from "node:path";
import { packingOf, rawPieces } from "./pieces.ts";
import { type Progress, progressBar } from "./progress.ts";

/** How a local file is read. */
export type FileFormat = "parquet" | "jsonl" | "json" | "zip";

const READABLE = /\.(parquet|jsonl|ndjson|json|traj|eval)$/i;

/**
 * Local files of a spec: a path, a folder (its Parquet, JSONL and JSON files, at any depth), a glob, or several of these
 * between commas. Sorted by name within each.
 *
 * @throws {Error} when there is none.
 */
export function localFiles(spec: string): string[] {
  const whole = found(spec);
  // Commas are in globs too: {a,b}.parquet.
  const paths = whole.length ? whole : spec.split(",").map((part) => part.trim()).filter(Boolean).flatMap(found);
  if (paths.length === 0) {
    throw new Error(
      `${spec}: no such file, and no file fits it as a glob; a source is a path, a glob or hub:OWNER/NAME@REVISION`,
    );
  }
  return [...new Set(paths)];
}

function found(part: string): string[] {
  if (!exists(part)) return globSync(part).filter((path) => Deno.statSync(path).isFile).sort();
  if (Deno.statSync(part).isFile) return [part];
  const names = globSync("**/*", { cwd: part }).filter((name) => READABLE.test(name)).sort();
  return names.map((name) => join(part, name));
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

/** What a file is, by its name and, where that does not say, by how it begins. */
export function formatOf(path: string): FileFormat {
  const extension = READABLE.exec(path)?.[1]?.toLowerCase();
  if (extension === "parquet" || extension === "json") return extension;
  if (extension === "traj") return "json";
  if (extension && extension !== "eval") return "jsonl";
  using file = Deno.openSync(path);
  const head = new Uint8Array(4);
  file.readSync(head);
  if (packingOf(head) === "zip") return "zip";
  return new TextDecoder().decode(head) === "PAR1" ? "parquet" : "jsonl";
}

/** About how many lines a file has, by those of its first megabytes; 1 at least. */
export async function estimateLines(path: string): Promise<number> {
  let [bytes, lines] = [0, 0];
  for await (const piece of rawPieces(path)) {
    bytes += piece.length;
    for (const byte of piece) if (byte === 10) lines++;
    if (bytes >= 4 << 20 && lines) break;
  }
  return bytes === 0 ? 1 : Math.max(1, Math.round(lines * Deno.statSync(path).size / bytes));
}

/** SHA-256 of the bytes of files, one after the other, in lower-case hexadecimal. */
export async function sha256OfFiles(
  paths: readonly string[],
  progress: Progress = progressBar({ label: "hash", unit: "MB", scale: 1e6 }),
): Promise<string> {
  const hash = createHash("sha256");
  const total = paths.reduce((sum, path) => sum + Deno.statSync(path).size, 0);
  let done = 0;
  try {
    for (const path of paths) {
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
