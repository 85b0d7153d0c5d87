import { checkRow, RowError } from "../../model/mod.ts";
import { redactedJson, redactValue } from "../../traces/mod.ts";
import { linesOf, writeText } from "../../io/json_lines.ts";
import { camelCased, snakeCased } from "./columns.ts";
import { KeySet } from "./key_set.ts";
import { type JudgeVerdict, judgeVerdictSchema, verdictKey } from "./verdict.ts";

/** `verdicts.jsonl`, open for appending. */
export interface Ledger {
  /** Keys of the verdicts that are there (see `verdictKey`), but for replies that other settings might read. */
  done: KeySet;
  /** Verdicts that could not be read under other settings, and are asked again. */
  askedAgain: number;
  /** What the verdicts in the file cost as far as it is known. */
  usd: { known: number; atMost: number };
  /** What was mended when it was opened; null when nothing was. */
  repaired: string | null;
  /** Adds one verdict; it is on the disk when this returns. */
  append(verdict: JudgeVerdict): Promise<void>;
  close(): void;
}

/**
 * Opens a file of verdicts, or makes it. An unreadable reply counts as done only under the settings under which it could not be
 * read. A last line that was torn by a kill is removed (the session is asked again), or
 * ended where only its line feed is missing.
 *
 * @param settings of this run, as its verdicts record them; null for whatever they were
 * @throws {RowError} naming file and line when another line is no verdict.
 * @throws {Error} when another process has it open.
 */
export async function openLedger(path: string, settings: string | null = null): Promise<Ledger> {
  const file = await Deno.open(path, { read: true, write: true, create: true });
  try {
    if (!await file.tryLock(true)) {
      throw new Error(`${path} is being written by another run; wait for it or give another --out`);
    }
    const { done, repaired, ...found } = await readDone(file, path, settings);
    await file.seek(0, Deno.SeekMode.End);
    let last: Promise<unknown> = Promise.resolve();
    const write = async (verdict: JudgeVerdict) => {
      await writeText(file, verdictLine(verdict));
      await file.syncData();
      done.add(verdictKey(verdict));
    };
    return {
      done,
      repaired,
      ...found,
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

async function readDone(
  file: Deno.FsFile,
  path: string,
  settings: string | null,
): Promise<Omit<Ledger, "append" | "close">> {
  const done = new KeySet();
  const open = new Map<string, string>();
  const usd = { known: 0, atMost: 0 };
  const found = (repaired: string | null) => ({ done, repaired, askedAgain: open.size, usd });
  for await (const line of linesOf(file)) {
    if (line.text.trim() === "") continue;
    const verdict = parseVerdict(line.text, path, line.number, !line.complete);
    if (verdict) {
      const key = verdictKey(verdict);
      usd.known += verdict.usd ?? 0;
      usd.atMost += verdict.usdAtMost ?? verdict.usd ?? 0;
      if (verdict.outcome === "unreadable" && settings !== null && verdict.settings !== settings) {
        open.set(key, verdict.sessionId);
      } else {
        open.delete(key);
        done.add(key);
      }
    }
    if (line.complete) continue;
    if (verdict) {
      await file.seek(0, Deno.SeekMode.End);
      await writeText(file, "\n");
      return found(`the end of line ${line.number} was missing and has been written`);
    }
    await file.truncate(line.start);
    await file.syncData();
    return found(`line ${line.number} was torn (${line.end - line.start} bytes) and has been removed`);
  }
  return found(null);
}

/** One verdict as a line of `verdicts.jsonl`: names in snake_case, without secrets (a judge may repeat what it reads). */
export function verdictLine(verdict: JudgeVerdict): string {
  return `${redactedJson(redactValue(snakeCased(verdict)).value)}\n`;
}

/**
 * Verdicts of a file that may still be written: a torn last line is passed over. Of several with the same key (an unreadable
 * reply was asked again) the last one counts, in the place of the first. Names may be in snake_case or, as earlier versions
 * wrote them, in camelCase.
 */
export async function readVerdicts(path: string): Promise<JudgeVerdict[]> {
  using file = await Deno.open(path);
  const verdicts = new Map<string, JudgeVerdict>();
  for await (const line of linesOf(file)) {
    if (line.text.trim() === "") continue;
    const verdict = parseVerdict(line.text, path, line.number, !line.complete);
    if (verdict) verdicts.set(verdictKey(verdict), verdict);
  }
  return [...verdicts.values()];
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
  const named = typeof value === "object" && value !== null && !Array.isArray(value) ? camelCased(value) : value;
  return checkRow<JudgeVerdict>(judgeVerdictSchema, named as JudgeVerdict, path, `line ${line}`);
}
