import { checkRow, RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { redactedJson, redactValue } from "../../traces/mod.ts";
import { linesOf } from "../../io/json_lines.ts";
import { Ledger } from "../../io/ledger.ts";
import { askedBy } from "../rubrics/asked.ts";
import { camelCased, snakeCased } from "./columns.ts";
import { KeySet } from "./key_set.ts";
import { type JudgeVerdict, judgeVerdictSchema, verdictKey } from "./verdict.ts";

/** `verdicts.jsonl`, open for appending. */
export interface VerdictLedger {
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
 * read. A last line that was torn by a kill is removed (the session is asked again), or ended where only its line feed is
 * missing.
 *
 * @param settings of this run, as its verdicts record them; null for whatever they were
 * @throws {RowError} naming file and line when another line is no verdict
 * @throws {LedgerBusyError} when another process has it open
 */
export async function openLedger(path: string, settings: string | null = null): Promise<VerdictLedger> {
  const ledger = await Ledger.open(path, { busy: "another run is writing it; wait for it or give another --out" });
  try {
    const done = new KeySet();
    const open = new Set<string>();
    const usd = { known: 0, atMost: 0 };
    const { repaired } = await ledger.replay((value, { number }) => {
      const verdict = verdictOf(value, path, number);
      const key = verdictKey(verdict);
      usd.known += verdict.usd ?? 0;
      usd.atMost += verdict.usdAtMost ?? verdict.usd ?? 0;
      if (verdict.outcome === "unreadable" && settings !== null && verdict.settings !== settings) open.add(key);
      else {
        open.delete(key);
        done.add(key);
      }
    }, ({ number }, error) => {
      throw new RowError(path, `line ${number}`, "", `not JSON (${jsonFault(error)}); remove the line to judge again`);
    });
    return {
      done,
      askedAgain: open.size,
      usd,
      repaired,
      append: async (verdict) => {
        await ledger.append([redactValue(snakeCased(verdict)).value]);
        done.add(verdictKey(verdict));
      },
      close: () => ledger.close(),
    };
  } catch (error) {
    ledger.close();
    throw error;
  }
}

/** One verdict as a line of `verdicts.jsonl`: names in snake_case, without secrets (a judge may repeat what it reads). */
export function verdictLine(verdict: JudgeVerdict): string {
  return `${redactedJson(redactValue(snakeCased(verdict)).value)}\n`;
}

/**
 * Verdicts on success of a file that may still be written: a torn last line is passed over. Of several with the same key (an
 * unreadable reply was asked again) the last one counts, in the place of the first. Names may be in snake_case or, as earlier
 * versions wrote them, in camelCase. What scans and facets say beside them is left out.
 *
 * @throws {RowError} naming file and line of what is no verdict, and for a file that holds nothing but scans or facets
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { readVerdicts } from "agent-trace-lab/judge";
 * const path = await Deno.makeTempFile();
 * equal((await readVerdicts(path)).length, 0);
 * await Deno.remove(path);
 * ```
 */
export async function readVerdicts(path: string): Promise<JudgeVerdict[]> {
  const answers = await readAnswers(path);
  const verdicts = answers.filter(({ rubric }) => askedBy(rubric) === "success");
  if (answers.length > 0 && verdicts.length === 0) {
    const detail =
      "holds scans or facets and no verdict on success; scans are for deno task scans --found, facets for " +
      "deno task topics --facets";
    throw new RowError(path, null, "rubric", detail);
  }
  return verdicts;
}

/**
 * All that judges answered in a file: verdicts, scans and facets, as {@link readVerdicts} reads it.
 *
 * @throws {RowError} naming file and line of what is no answer
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { readAnswers } from "agent-trace-lab/judge";
 * const path = await Deno.makeTempFile();
 * equal((await readAnswers(path)).length, 0);
 * await Deno.remove(path);
 * ```
 */
export async function readAnswers(path: string): Promise<JudgeVerdict[]> {
  using file = await Deno.open(path);
  const verdicts = new Map<string, JudgeVerdict>();
  for await (const { text, number, complete } of linesOf(file)) {
    if (text.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      if (!complete) break;
      const remedy = `not JSON (${jsonFault(error)}); remove the line to judge again`;
      throw new RowError(path, `line ${number}`, "", remedy);
    }
    const verdict = verdictOf(value, path, number);
    verdicts.set(verdictKey(verdict), verdict);
  }
  return [...verdicts.values()];
}

function verdictOf(value: unknown, path: string, line: number): JudgeVerdict {
  const named = typeof value === "object" && value !== null && !Array.isArray(value) ? camelCased(value) : value;
  return checkRow<JudgeVerdict>(judgeVerdictSchema, named as JudgeVerdict, path, `line ${line}`);
}
