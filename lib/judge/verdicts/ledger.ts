import { checkRow, RowError } from "../../model/mod.ts";
import { linesOf, writeText } from "../../io/json_lines.ts";
import { type JudgeVerdict, judgeVerdictSchema, verdictKey } from "./verdict.ts";

/** `verdicts.jsonl`, open for appending. */
export interface Ledger {
  /** Keys of the verdicts that are there (see `verdictKey`). */
  done: Set<string>;
  /** What was mended when it was opened; null when nothing was. */
  repaired: string | null;
  /** Adds one verdict; it is on the disk when this returns. */
  append(verdict: JudgeVerdict): Promise<void>;
  close(): void;
}

/**
 * Opens a file of verdicts, or makes it. A last line that was torn by a kill is removed (the session is asked again), or
 * ended where only its line feed is missing.
 *
 * @throws {RowError} naming file and line when another line is no verdict.
 * @throws {Error} when another process has it open.
 */
export async function openLedger(path: string): Promise<Ledger> {
  const file = await Deno.open(path, { read: true, write: true, create: true });
  try {
    if (!await file.tryLock(true)) {
      throw new Error(`${path} is being written by another run; wait for it or give another --out`);
    }
    const { done, repaired } = await readDone(file, path);
    await file.seek(0, Deno.SeekMode.End);
    let last: Promise<unknown> = Promise.resolve();
    const write = async (verdict: JudgeVerdict) => {
      await writeText(file, JSON.stringify(verdict) + "\n");
      await file.syncData();
      done.add(verdictKey(verdict));
    };
    return {
      done,
      repaired,
      // One after another: lines must not mix, and each waits for its own sync.
      append: (verdict) => {
        const mine = last.then(() => write(verdict));
        last = mine.catch(() => {});
        return mine;
      },
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function readDone(file: Deno.FsFile, path: string): Promise<Pick<Ledger, "done" | "repaired">> {
  const done = new Set<string>();
  for await (const line of linesOf(file)) {
    if (line.text.trim() === "") continue;
    const verdict = parseVerdict(line.text, path, line.number, !line.complete);
    if (verdict) done.add(verdictKey(verdict));
    if (line.complete) continue;
    if (verdict) {
      await file.seek(0, Deno.SeekMode.End);
      await writeText(file, "\n");
      return { done, repaired: `the end of line ${line.number} was missing and has been written` };
    }
    await file.truncate(line.start);
    await file.syncData();
    return { done, repaired: `line ${line.number} was torn (${line.end - line.start} bytes) and has been removed` };
  }
  return { done, repaired: null };
}

/** Verdicts of a file that may still be written: a torn last line is passed over. */
export async function readVerdicts(path: string): Promise<JudgeVerdict[]> {
  using file = await Deno.open(path);
  const verdicts: JudgeVerdict[] = [];
  for await (const line of linesOf(file)) {
    if (line.text.trim() === "") continue;
    const verdict = parseVerdict(line.text, path, line.number, !line.complete);
    if (verdict) verdicts.push(verdict);
  }
  return verdicts;
}

function parseVerdict(text: string, path: string, line: number, mayBeTorn: boolean): JudgeVerdict | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (mayBeTorn) return null;
    throw new RowError(
      path,
      `line ${line}`,
      "",
      `not JSON (${(error as Error).message}); remove the line to judge again`,
    );
  }
  return checkRow(judgeVerdictSchema, value, path, `line ${line}`);
}
