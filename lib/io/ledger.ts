import { jsonFault } from "../model/json_fault.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Line, linesOf } from "./json_lines.ts";
import { isAt } from "./lock.ts";
import { writeAll, writeError } from "./write.ts";

/** How a ledger is opened. */
export interface LedgerOptions {
  /** What a user is told when another process has it open: `another import is writing it; wait for its end`. */
  busy: string;
  /** How long to wait for the lock: a process that is started at that moment holds it until it runs its own program. */
  patienceMs?: number;
  clock?: Clock;
}

/** A ledger that another process is writing. */
export class LedgerBusyError extends Error {
  override readonly name = "LedgerBusyError";
}

/** What a ledger said when it was gone through. */
export interface Replayed {
  /** Length of what was taken; the rest, if any, has been cut off. */
  bytes: number;
  /** What was mended at its end, for the user; null when nothing was. */
  repaired: string | null;
}

const encoder = new TextEncoder();

/**
 * A file of JSON values, one a line, to which one process at a time appends: what was imported, sent or judged so far. It is
 * killed at any moment and opened again: only whole lines count.
 *
 * @example
 * ```ts
 * import { Ledger } from "agent-trace-lab/io";
 * const path = await Deno.makeTempFile();
 * using ledger = await Ledger.open(path, { busy: "another run is writing it" });
 * const sent: unknown[] = [];
 * await ledger.replay((value) => void sent.push(value));
 * await ledger.append([{ id: "a" }]);
 * console.log(sent.length); // 0
 * ```
 */
export class Ledger implements Disposable {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(readonly path: string, readonly file: Deno.FsFile) {}

  /**
   * Opens a ledger, or begins one, and locks it until it is closed.
   *
   * @throws {LedgerBusyError} when another process has it open
   * @throws {WriteError} naming it, when the place may not be written or the disk is full
   */
  static async open(path: string, { busy, patienceMs = 1000, clock = systemClock }: LedgerOptions): Promise<Ledger> {
    const until = clock.now() + patienceMs;
    while (true) {
      const file = await Deno.open(path, { read: true, write: true, create: true }).catch((error) => {
        throw writeError(path, error);
      });
      try {
        while (!await file.tryLock(true)) {
          if (clock.now() >= until) throw new LedgerBusyError(`${path}: ${busy}`);
          await clock.sleep(50);
        }
        // Whoever had the lock may have removed or replaced the file meanwhile: then this is the lock of a file that is gone.
        if (await isAt(file, path)) return new Ledger(path, file);
        file.close();
      } catch (error) {
        file.close();
        throw error;
      }
    }
  }

  /**
   * Hands over the value of each whole line, in order, and goes to the end. A last line that a kill has torn is removed, or
   * ended where only its line feed is missing.
   *
   * @param take may end the ledger at a line by returning false: that line and those after it are cut off
   * @param onBroken what to do about a line, not the last one, that is no JSON: cut the ledger off there unless told
   */
  async replay(
    take: (value: unknown, line: Line) => void | boolean,
    onBroken: (line: Line, error: Error) => void = () => {},
  ): Promise<Replayed> {
    let bytes = 0;
    let repaired: string | null = null;
    for await (const line of linesOf(this.file)) {
      const { text, number, complete, start, end } = line;
      if (text.trim() !== "") {
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch (error) {
          if (complete) onBroken(line, new Error(jsonFault(error)));
          else repaired = `line ${number} was torn (${end - start} bytes) and has been removed`;
          break;
        }
        if (take(value, line) === false) break;
      }
      bytes = end;
      if (complete) continue;
      await this.file.seek(0, Deno.SeekMode.End);
      await writeAll(this.file, encoder.encode("\n"));
      bytes++;
      repaired = `the end of line ${number} was missing and has been written`;
    }
    await this.truncate(bytes);
    return { bytes, repaired };
  }

  /** Cuts off what lies beyond so many bytes; what is appended goes there. */
  async truncate(bytes: number): Promise<void> {
    if ((await this.file.stat()).size > bytes) {
      await this.file.truncate(bytes);
      await this.file.syncData();
    }
    await this.file.seek(bytes, Deno.SeekMode.Start);
  }

  /** Adds values, a line each, all together; they are on the disk when this returns. */
  append(values: readonly unknown[]): Promise<void> {
    return this.#inTurn(async () => {
      await writeAll(this.file, ledgerLines(values));
      await this.file.syncData();
    });
  }

  /** Adds lines that {@link ledgerLines} made, without waiting for the disk. */
  write(lines: Uint8Array): Promise<void> {
    return this.#inTurn(() => writeAll(this.file, lines));
  }

  /** One after another: lines must not mix. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(work).catch((error) => {
      throw writeError(this.path, error);
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  /** Gives the lock back. */
  close(): void {
    this.file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Values as the lines of a ledger. */
export function ledgerLines(values: readonly unknown[]): Uint8Array {
  return encoder.encode(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
}

/**
 * The values of a ledger, for looking only: nothing is made, locked or mended. It ends at the first line that is no JSON,
 * such as one that is being written; a file that is not there has none.
 */
export async function* readLedger(path: string): AsyncGenerator<unknown> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  using opened = file;
  for await (const { text } of linesOf(opened)) {
    if (text.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    yield value;
  }
}
