import { type Entry, Reader, ZipReader } from "@zip.js/zip.js";
import { RowError } from "../model/mod.ts";

/** Where a file lies in an archive, and how. */
export interface ZipEntry {
  /** Of its own header. */
  offset: number;
  packedSize: number;
  size: number;
  /** 0 stored, 8 deflate, 93 zstd. */
  method: number;
  /** CRC-32 of its bytes. */
  checksum: number;
  encrypted: boolean;
}

/** The files of an archive. */
export interface ZipDirectory {
  /** By name; of a name that is there twice the last counts, as in Python's zipfile: logs that went on wrote it again. */
  entries: ReadonlyMap<string, ZipEntry>;
  /** Whether the archive is cut: its directory, which is its end, is missing, and the files that are there were found one by one. */
  cut: boolean;
}

/**
 * The directory of a zip archive (also zip64), folders aside. Of one that is cut the files that are there, as their own headers
 * say; the last of them may be cut too.
 *
 * @throws {RowError} naming the archive, when it is none, or nothing of it is there
 */
export async function zipEntries(path: string): Promise<ZipDirectory> {
  using file = Deno.openSync(path);
  try {
    const entries = await new ZipReader(new FileReader(file)).getEntries();
    return { entries: new Map(entries.filter(({ directory }) => !directory).map(placed)), cut: false };
  } catch (error) {
    const entries = headersOf(new FileReader(file));
    if (entries.size > 0) return { entries, cut: true };
    throw new RowError(path, null, "", `no zip archive that can be read (${(error as Error).message}); get it again`);
  }
}

function placed(entry: Entry): [string, ZipEntry] {
  return [entry.filename, {
    offset: entry.offset,
    packedSize: entry.compressedSize,
    size: entry.uncompressedSize,
    method: entry.compressionMethod,
    checksum: entry.signature ?? 0,
    encrypted: entry.encrypted,
  }];
}

const [HEADER, HEADER_BYTES, DESCRIPTOR] = [0x04034b50, 30, 0x08074b50];
/** In the place of a size that stands in the extra field. */
const ELSEWHERE = 0xffffffff;

/** Files by the headers before each, one behind the other from the archive's start. */
function headersOf(reader: FileReader): Map<string, ZipEntry> {
  const found = new Map<string, ZipEntry>();
  for (let offset = 0; offset + HEADER_BYTES <= reader.size;) {
    const head = viewOf(reader.read(offset, HEADER_BYTES));
    if (head.getUint32(0, true) !== HEADER) break;
    const [nameBytes, extraBytes] = [head.getUint16(26, true), head.getUint16(28, true)];
    const after = reader.read(offset + HEADER_BYTES, nameBytes + extraBytes);
    if (after.length < nameBytes + extraBytes) break;
    const name = new TextDecoder().decode(after.subarray(0, nameBytes));
    const begin = offset + HEADER_BYTES + after.length;
    const flags = head.getUint16(6, true);
    let [checksum, packedSize, size] = [14, 18, 22].map((at) => head.getUint32(at, true)) as [number, number, number];
    if (packedSize === ELSEWHERE || size === ELSEWHERE) {
      [size, packedSize] = longSizes(after.subarray(nameBytes)) ?? [size, packedSize];
    }
    let end = begin + packedSize;
    // Written without going back: the sizes stand behind the bytes.
    if (flags & 8 && packedSize === 0) {
      const behind = descriptorAt(reader, begin);
      if (behind) ({ checksum, packedSize, size, end } = behind);
      else [packedSize, size, end] = [reader.size - begin + 1, -1, reader.size];
    }
    if (!name.endsWith("/")) {
      const method = head.getUint16(8, true);
      found.set(name, { offset, packedSize, size, method, checksum, encrypted: (flags & 1) === 1 });
    }
    offset = end;
  }
  return found;
}

/** Sizes of the extra field of zip64: unpacked and packed. */
function longSizes(extra: Uint8Array): [size: number, packedSize: number] | null {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1 || at + 20 > extra.length) continue;
    return [Number(view.getBigUint64(at + 4, true)), Number(view.getBigUint64(at + 12, true))];
  }
  return null;
}

/** What stands behind the bytes that begin at a place: a descriptor whose packed size leads back there. */
function descriptorAt(reader: FileReader, begin: number) {
  const [piece, overlap] = [1 << 20, 16];
  for (let from = begin; from + overlap <= reader.size; from += piece - overlap) {
    const view = viewOf(reader.read(from, piece));
    for (let at = 0; at + overlap <= view.byteLength; at++) {
      if (view.getUint32(at, true) !== DESCRIPTOR) continue;
      const packedSize = view.getUint32(at + 8, true);
      if (begin + packedSize !== from + at) continue;
      return {
        checksum: view.getUint32(at + 4, true),
        packedSize,
        size: view.getUint32(at + 12, true),
        end: from + at + 16,
      };
    }
  }
  return null;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

class FileReader extends Reader<Deno.FsFile> {
  readonly #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    super(file);
    this.#file = file;
    this.size = file.statSync().size;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return Promise.resolve(this.read(index, length));
  }

  /** Bytes from a place on, as many as there are. */
  read(index: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    this.#file.seekSync(index, Deno.SeekMode.Start);
    for (let done = 0; done < bytes.length;) {
      const n = this.#file.readSync(bytes.subarray(done));
      if (n === null) break;
      done += n;
    }
    return bytes;
  }
}
