import { isUtf8 } from "node:buffer";
import { crc32, createInflateRaw } from "node:zlib";
import { RowError } from "../model/mod.ts";
import { type ZipDirectory, zipEntries, type ZipEntry } from "./zip.ts";
import { through } from "./through.ts";
import { unzstd } from "./zstd.ts";

/** A path inside an archive: `ARCHIVE/NAME`, the archive being a file. */
export interface MemberPath {
  archive: string;
  name: string;
}

/** Takes the path of an archive's file apart; null for a path that leads through no file. */
export function memberPath(path: string): MemberPath | null {
  for (let cut = path.indexOf("/", 1); cut > 0; cut = path.indexOf("/", cut + 1)) {
    const archive = path.slice(0, cut);
    try {
      if (Deno.statSync(archive).isFile) return { archive, name: path.slice(cut + 1) };
    } catch {
      return null;
    }
  }
  return null;
}

/** What was listed last: an archive's files are read one after the other, and its directory is as long as they are many. */
let listed: { key: string; directory: ZipDirectory } | null = null;

/**
 * The files of a zip archive, folders aside.
 *
 * @throws {RowError} naming the archive, where it cannot be read
 */
export async function zipMembers(archive: string): Promise<ZipDirectory> {
  const { mtime, size } = await Deno.stat(archive);
  const key = `${archive} ${mtime?.getTime()} ${size}`;
  if (listed?.key !== key) listed = { key, directory: await zipEntries(archive) };
  return listed.directory;
}

/**
 * The bytes of a file in an archive, unpacked on the way: stored, deflated or packed by zstd. Size and checksum are checked.
 *
 * @throws {RowError} naming archive and file, where there is none of that name, or it cannot be unpacked
 */
export async function* memberPieces({ archive, name }: MemberPath): AsyncGenerator<Uint8Array> {
  const where = `${archive}/${name}`;
  const entry = (await zipMembers(archive)).entries.get(name);
  if (!entry) throw new RowError(where, null, "", "no such file in the archive");
  if (entry.encrypted) throw new RowError(where, null, "", "is encrypted; unpack it first");
  let [sum, size] = [0, 0];
  try {
    for await (const piece of unpacked(packedPieces(archive, entry), entry.method)) {
      sum = crc32(piece, sum);
      size += piece.length;
      yield piece;
    }
  } catch (error) {
    throw damaged(where, (error as Error).message);
  }
  if (size !== entry.size || sum >>> 0 !== entry.checksum >>> 0) throw damaged(where, "its checksum is wrong");
}

const damaged = (where: string, why: string) =>
  new RowError(where, null, "", `cannot be unpacked (${why}); get the archive again`);

async function* packedPieces(archive: string, { offset, packedSize }: ZipEntry): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(archive);
  // Behind the entry's own header, whose name and extra field may be longer than the directory's.
  const header = await bytesAt(file, offset, 30);
  const view = new DataView(header.buffer);
  if (view.getUint32(0, true) !== 0x04034b50) throw new Error("the archive's directory is wrong");
  let at = offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const end = at + packedSize, { size } = await file.stat();
  for (const there = Math.min(end, size); at < there;) {
    const piece = await bytesAt(file, at, Math.min(1 << 18, there - at));
    at += piece.length;
    yield piece;
  }
  if (end > size) throw new Error("the archive is cut");
}

async function bytesAt(file: Deno.FsFile, at: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count);
  await file.seek(at, Deno.SeekMode.Start);
  for (let done = 0; done < count;) {
    const n = await file.read(bytes.subarray(done));
    if (n === null) throw new Error("the archive is cut");
    done += n;
  }
  return bytes;
}

async function* unpacked(packed: AsyncGenerator<Uint8Array>, method: number): AsyncGenerator<Uint8Array> {
  if (method === 0) return yield* packed;
  if (method === 93) return yield* unzstd(packed);
  if (method !== 8) throw new Error(`packed by method ${method}; stored, deflate and zstd are read`);
  yield* through(packed, createInflateRaw());
}

/** A zip archive that is open: the names of its files, and their bytes. */
export interface Zip {
  names: string[];
  /**
   * The bytes of a file as UTF-8; what is none becomes U+FFFD, and is told of.
   *
   * @throws {RowError} when there is no such file in it, or it is damaged or cut
   */
  text(name: string, onBroken?: () => void): Promise<string>;
}

/**
 * Opens a zip archive (also zip64) whose files are stored, deflated or packed by zstd, as Inspect's logs are. Only what is
 * asked for is read from the disk.
 *
 * @throws {RowError} naming the archive, when it is none
 */
export async function openZip(archive: string): Promise<Zip> {
  const { entries } = await zipMembers(archive);
  return {
    names: [...entries.keys()],
    text: async (name, onBroken) => {
      const bytes = await new Response(ReadableStream.from(memberPieces({ archive, name }))).bytes();
      if (onBroken && !isUtf8(bytes)) onBroken();
      return new TextDecoder().decode(bytes);
    },
  };
}
