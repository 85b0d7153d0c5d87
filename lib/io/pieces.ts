import { RowError } from "../model/mod.ts";
import { gunzip } from "./gunzip.ts";
import { memberPath, memberPieces } from "./zip_members.ts";
import { unzstd } from "./zstd.ts";

/** Bytes read at once, at most: twice as many each time, as far as a file is read. */
const PIECE_BYTES = 1 << 20;
const FIRST_BYTES = 1 << 16;

/**
 * The text of a file as UTF-8, piece by piece, each good until the next is asked for: what is packed by gzip or zstd is unpacked on the way, UTF-16 is turned
 * into UTF-8 (told by its mark, or by the zero beside its first character). The first bytes say so, not the name.
 *
 * @throws {RowError} naming the file, when there is none or it is cut or damaged
 */
export async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* asUtf8(unpacked(rawPieces(path), path));
}

/**
 * The text of a file that may be packed or in UTF-16, whole.
 *
 * @param onBroken told where its bytes are not all UTF-8: each such byte is U+FFFD
 * @throws {RowError} as {@link piecesOf} does
 */
export async function textOf(path: string, onBroken?: () => void): Promise<string> {
  let text = "";
  try {
    const strict = new TextDecoder("utf-8", { fatal: true });
    for await (const piece of piecesOf(path)) text += strict.decode(piece, { stream: true });
    return text + strict.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  onBroken?.();
  const utf8 = new TextDecoder();
  text = "";
  for await (const piece of piecesOf(path)) text += utf8.decode(piece, { stream: true });
  return text + utf8.decode();
}

/**
 * The text of a small file that people write (settings, a mapping, prices), as editors leave it: a byte order mark is no part of
 * it, and it may be in UTF-16.
 *
 * @throws {Error} whatever Deno throws where it cannot be read
 */
export async function writtenText(path: string): Promise<string> {
  return decoded(await Deno.readFile(path));
}

/** {@link writtenText}, at once. */
export function writtenTextSync(path: string): string {
  return decoded(Deno.readFileSync(path));
}

const decoded = (bytes: Uint8Array) => new TextDecoder(utf16Of(bytes) ?? "utf-8").decode(bytes);

/** The bytes of a file as they lie on the disk, or in an archive (`ARCHIVE/NAME`), each piece good until the next. */
export async function* rawPieces(path: string): AsyncGenerator<Uint8Array> {
  let file: Deno.FsFile;
  try {
    file = Deno.statSync(path).isFile ? Deno.openSync(path) : await Deno.open(path);
  } catch (error) {
    const member = memberPath(path);
    if (member) return yield* memberPieces(member);
    const why = error instanceof Deno.errors.NotFound ? "no such file" : (error as Error).message;
    throw new RowError(path, null, "", why);
  }
  using opened = file;
  yield* piecesOfOpen(opened);
}

/** Buffers of files that were closed, for those opened next: a new one takes longer to make than to fill. */
const spare: Uint8Array<ArrayBuffer>[] = [];

/** The bytes of an open file from its start, piece by piece: each is good until the next is asked for, or the last was given. */
export async function* piecesOfOpen(file: Deno.FsFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  file.seekSync(0, Deno.SeekMode.Start);
  // A disk answers sooner than a thread is woken to ask it; what is no file on one (a pipe) may take its time.
  const { isFile } = file.statSync();
  const buffer = spare.pop() ?? new Uint8Array(PIECE_BYTES);
  try {
    // Many a file is only looked at.
    for (let size = FIRST_BYTES;; size = Math.min(2 * size, PIECE_BYTES)) {
      const piece = buffer.subarray(0, size);
      const n = isFile ? file.readSync(piece) : await file.read(piece);
      if (n === null) return;
      yield piece.subarray(0, n);
    }
  } finally {
    spare.push(buffer);
  }
}

/** How a file is packed, by its first bytes; null where it is not. */
export function packingOf(head: Uint8Array): "gzip" | "zstd" | "zip" | null {
  const begins = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (begins(0x1f, 0x8b)) return "gzip";
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return "zstd";
  return begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6) ? "zip" : null;
}

/** How often a file may be packed. */
const PACKED_TIMES = 8;

/** Unpacks gzip (of any number of members) and zstd, also what was packed again; anything else goes through as it is. */
export async function* unpacked(
  pieces: AsyncGenerator<Uint8Array>,
  name: string,
  times = 0,
): AsyncGenerator<Uint8Array> {
  const first = await pieces.next();
  if (first.done) return;
  const packing = packingOf(first.value);
  const all = chained(first.value, pieces);
  if (packing === null) return yield* all;
  if (packing === "zip" || times === PACKED_TIMES) {
    await pieces.return(undefined);
    const why = packing !== "zip"
      ? `packed more than ${PACKED_TIMES} times; unpack it first`
      : times > 0
      ? "a zip archive that is packed again; unpack it first"
      : "a zip archive, where a file was expected; give the archive itself as the source";
    throw new RowError(name, null, "", why);
  }
  try {
    yield* unpacked(packing === "gzip" ? gunzip(all) : unzstd(all), name, times + 1);
  } catch (error) {
    if (error instanceof RowError) throw error;
    throw new RowError(name, null, "", `its ${packing} is cut or damaged (${(error as Error).message}); get it again`);
  }
}

async function* chained(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    // Whoever stops at the first piece leaves the rest unread, and its file open.
    await rest.return(undefined);
  }
}

/** Text in any of the encodings of Unicode's 8- and 16-bit units as UTF-8. */
async function* asUtf8(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await pieces.next();
  if (first.done) return;
  const encoding = utf16Of(first.value);
  const all = chained(first.value, pieces);
  if (encoding === null) return yield* all;
  const [decoder, encoder] = [new TextDecoder(encoding), new TextEncoder()];
  for await (const piece of all) yield encoder.encode(decoder.decode(piece, { stream: true }));
  yield encoder.encode(decoder.decode());
}

/** Which of the 16-bit encodings bytes are in. JSON begins with an ASCII character, whose other byte is zero (RFC 4627, 3). */
function utf16Of([a, b]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if ((a === 0xff && b === 0xfe) || (a !== undefined && a !== 0 && b === 0)) return "utf-16le";
  return (a === 0xfe && b === 0xff) || (a === 0 && b !== undefined && b !== 0) ? "utf-16be" : null;
}
