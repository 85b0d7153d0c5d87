import { inflateRawSync, zstdDecompressSync } from "node:zlib";
import { type Entry, Reader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { RowError } from "../model/mod.ts";

/** A zip archive that is open: the names of its files, and their bytes. */
export interface Zip {
  names: string[];
  /** @throws {RowError} when there is no such file in it, or it is damaged or packed in an unknown way */
  bytes(name: string): Promise<Uint8Array>;
  /** The bytes of a file as UTF-8. */
  text(name: string): Promise<string>;
  close(): void;
}

const [STORED, DEFLATE, ZSTD] = [0, 8, 93];

/**
 * Opens a zip archive (also zip64) whose files are stored, deflated or packed by zstd, as Inspect's logs are. Only what is
 * asked for is read from the disk.
 *
 * @throws {RowError} naming the archive, when it is none or is cut
 */
export async function openZip(path: string): Promise<Zip> {
  const file = Deno.openSync(path);
  const reader = new ZipReader(new FileReader(file));
  let entries: Entry[];
  try {
    entries = (await reader.getEntries()).filter(({ directory }) => !directory);
  } catch (error) {
    file.close();
    throw new RowError(path, null, "", `no zip archive that can be read (${(error as Error).message}); get it again`);
  }
  // Of a name that is there twice the last counts, as in Python's zipfile: logs that went on wrote it again.
  const byName = new Map(entries.map((entry) => [entry.filename, entry]));
  const bytes = async (name: string): Promise<Uint8Array> => {
    const entry = byName.get(name);
    if (!entry || entry.directory) throw new RowError(path, null, name, "is not in the archive");
    try {
      const raw = await entry.getData(new Uint8ArrayWriter(), { passThrough: true });
      return unpacked(raw, entry.compressionMethod);
    } catch (error) {
      throw new RowError(path, null, name, `cannot be unpacked (${(error as Error).message})`);
    }
  };
  return {
    names: [...byName.keys()],
    bytes,
    text: async (name) => new TextDecoder().decode(await bytes(name)),
    close: () => file.close(),
  };
}

function unpacked(raw: Uint8Array, method: number): Uint8Array {
  if (method === STORED) return raw;
  if (method === DEFLATE) return inflateRawSync(raw);
  if (method === ZSTD) return zstdDecompressSync(raw);
  throw new Error(`packed by method ${method}; stored, deflate and zstd are read`);
}

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

/**
 * The directory of a zip archive (also zip64), folders aside. Of a name that is there twice the last counts.
 *
 * @throws {RowError} naming the archive, when it is none or is cut
 */
export async function zipEntries(path: string): Promise<ReadonlyMap<string, ZipEntry>> {
  using file = Deno.openSync(path);
  try {
    const entries = await new ZipReader(new FileReader(file)).getEntries();
    return new Map(
      entries.filter(({ directory }) => !directory).map((entry) => [entry.filename, {
        offset: entry.offset,
        packedSize: entry.compressedSize,
        size: entry.uncompressedSize,
        method: entry.compressionMethod,
        checksum: entry.signature ?? 0,
        encrypted: entry.encrypted,
      }]),
    );
  } catch (error) {
    throw new RowError(path, null, "", `no zip archive that can be read (${(error as Error).message}); get it again`);
  }
}

class FileReader extends Reader<Deno.FsFile> {
  readonly #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    super(file);
    this.#file = file;
    this.size = file.statSync().size;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    this.#file.seekSync(index, Deno.SeekMode.Start);
    for (let done = 0; done < bytes.length;) {
      const n = this.#file.readSync(bytes.subarray(done));
      if (n === null) break;
      done += n;
    }
    return Promise.resolve(bytes);
  }
}
