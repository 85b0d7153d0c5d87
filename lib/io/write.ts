/** Writing files whole or not at all. @module */

const encoder = new TextEncoder();

/** A file that could not be written: a full disk, a read-only place. The message names it and says what to do. */
export class WriteError extends Error {
  override readonly name = "WriteError";
}

/** Writes all of the bytes, however many calls it takes. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}

/**
 * Writes a file whole or not at all: into `PATH.part`, which takes the file's place once everything is on the disk. What
 * was there before stays until then, and when anything goes wrong; the part is removed.
 *
 * @param content text, bytes, or what writes into the open part
 * @throws {WriteError} naming the file, when the disk is full or the place may not be written
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | ((part: Deno.FsFile) => Promise<void>),
): Promise<void> {
  const part = `${path}.${Deno.pid}.part`;
  try {
    using file = await Deno.open(part, { write: true, create: true, truncate: true });
    if (typeof content === "function") await content(file);
    else await writeAll(file, typeof content === "string" ? encoder.encode(content) : content);
    await file.sync();
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw writeError(path, error);
  }
}

/** An error of writing with the file's name and advice; any other as it is. */
export function writeError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof WriteError) return error;
  const why = adviceOf(error);
  return why === null ? error : new WriteError(`${path}: ${why} (${error.message})`, { cause: error });
}

function adviceOf(error: Error): string | null {
  if (/os error (28|122)\b|ENOSPC|EDQUOT/.test(error.message)) return "the disk is full; make room and run it again";
  if (/os error 30\b|EROFS/.test(error.message)) return "its place can only be read; give another one";
  if (error instanceof Deno.errors.PermissionDenied) return "it may not be written; give another place";
  if (error instanceof Deno.errors.NotFound) return "its folder is not there; make it, or give another place";
  return null;
}
