import type { Ledger } from "../io/ledger.ts";
import { writeAll, writeError } from "../io/write.ts";
import { ByteBlock } from "./byte_block.ts";
import type { Position } from "./journal.ts";

/** A block is written when it holds this much. */
const BLOCK_BYTES = 4 << 20;

/** Name of a finished span file. */
export const spanFileName = (part: number) => `spans-${String(part).padStart(5, "0")}.jsonl`;

/** Path of a span file that is still being written. */
export const partPath = (dir: string, part: number) => `${dir}/${spanFileName(part)}.part`;

/**
 * Writes rows into `spans-00001.jsonl.part` and so on, a new file where a row would carry one beyond `rotateBytes`. Two
 * blocks take turns: one is filled while the other is on its way to the disk, and no third is begun before it is there.
 *
 * Journal lines queued by {@link SpanFiles.note} are written after the rows that came before them, never earlier.
 */
export class SpanFiles {
  readonly #dir: string;
  readonly #rotateBytes: number;
  readonly #journal: Ledger;
  #file: Deno.FsFile | null;
  #at: Position;
  #filling = new ByteBlock(BLOCK_BYTES + (1 << 20));
  #resting = new ByteBlock(BLOCK_BYTES + (1 << 20));
  #notes = new ByteBlock(1 << 16);
  #pending: Promise<void> = Promise.resolve();

  private constructor(dir: string, rotateBytes: number, journal: Ledger, file: Deno.FsFile | null, at: Position) {
    this.#dir = dir;
    this.#rotateBytes = rotateBytes;
    this.#journal = journal;
    this.#file = file;
    this.#at = at;
  }

  /** Opens the files for writing from `at` on; what lies beyond is cut off. */
  static async open(dir: string, rotateBytes: number, journal: Ledger, at: Position): Promise<SpanFiles> {
    for await (const { name } of Deno.readDir(dir)) {
      const part = Number(/^spans-(\d+)\.jsonl\.part$/.exec(name)?.[1] ?? 0);
      if (part > at.part || (part === at.part && at.bytes === 0)) await Deno.remove(`${dir}/${name}`);
    }
    const file = at.bytes === 0 ? null : await Deno.open(partPath(dir, at.part), { write: true });
    await file?.truncate(at.bytes);
    await file?.seek(at.bytes, Deno.SeekMode.Start);
    return new SpanFiles(dir, rotateBytes, journal, file, at);
  }

  /** Where the next row goes. */
  get at(): Position {
    return this.#at;
  }

  /** Adds one row, made by `write`. Waits while the disk is behind. */
  async row(write: (block: ByteBlock) => void): Promise<void> {
    const start = this.#filling.length;
    write(this.#filling);
    const bytes = this.#filling.length - start;
    if (this.#at.bytes > 0 && this.#at.bytes + bytes > this.#rotateBytes) await this.#rotate(start);
    this.#at = { part: this.#at.part, bytes: this.#at.bytes + bytes };
    if (this.#filling.length >= BLOCK_BYTES) await this.#send(this.#filling.length);
  }

  /** Queues a journal line that is true once every row so far is written. */
  async note(line: Uint8Array): Promise<void> {
    this.#notes.bytes(line);
    if (this.#notes.length >= 1 << 16) await this.#send(this.#filling.length);
  }

  /** Waits until everything is written. */
  async flush(): Promise<void> {
    await this.#send(this.#filling.length);
    await this.#pending;
  }

  async close(): Promise<void> {
    await this.#pending.catch(() => {});
    this.#file?.close();
    this.#file = null;
  }

  async #rotate(start: number): Promise<void> {
    await this.#send(start);
    await this.#pending;
    this.#file?.close();
    this.#file = null;
    this.#at = { part: this.#at.part + 1, bytes: 0 };
  }

  /** Sends the first `length` bytes on their way; what follows them stays for the next time. */
  async #send(length: number): Promise<void> {
    await this.#pending;
    const [block, notes] = [this.#filling, this.#notes];
    [this.#filling, this.#resting] = [this.#resting, block];
    this.#filling.clear();
    this.#filling.bytes(block.view(length));
    this.#notes = new ByteBlock(1 << 16);
    if (length > 0) {
      this.#file ??= await Deno.open(partPath(this.#dir, this.#at.part), { write: true, createNew: true });
    }
    this.#pending = this.#write(block.view(0, length), notes.view());
    this.#pending.catch(() => {});
  }

  async #write(rows: Uint8Array, notes: Uint8Array): Promise<void> {
    if (this.#file) {
      await writeAll(this.#file, rows).catch((error) => {
        throw writeError(`${this.#dir}/${spanFileName(this.#at.part)}`, error);
      });
    }
    await this.#journal.write(notes);
  }
}

/** Whether the rows between two places of the span files are these bytes. */
export async function rowsAre(dir: string, from: Position, to: Position, bytes: Uint8Array): Promise<boolean> {
  let done = 0;
  for (let part = from.part; part <= to.part; part++) {
    const start = part === from.part ? from.bytes : 0;
    const path = partPath(dir, part);
    const end = part === to.part ? to.bytes : (await Deno.stat(path)).size;
    if (end - start > bytes.length - done) return false;
    using file = await Deno.open(path);
    await file.seek(start, Deno.SeekMode.Start);
    const buffer = new Uint8Array(1 << 20);
    for (let left = end - start; left > 0;) {
      const n = await file.read(buffer.subarray(0, Math.min(left, buffer.length)));
      if (n === null) return false;
      for (let i = 0; i < n; i++) if (buffer[i] !== bytes[done + i]) return false;
      done += n;
      left -= n;
    }
  }
  return done === bytes.length;
}

/** Whether there is a file of that path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
