import { z } from "zod";
import { checkRow } from "../../model/mod.ts";
import { jobOf } from "../prompt/job.ts";
import { DEFAULT_BUDGET_TOKENS } from "../prompt/prompt.ts";
import { rubricFor } from "../rubrics/rubric.ts";
import { type Asking, judgeOne, SetAside } from "../run/judge_one.ts";
import { transcriptOf } from "../transcript/transcript.ts";
import type { JudgeVerdict } from "../verdicts/verdict.ts";
import { camelCased, snakeCased } from "../verdicts/columns.ts";
import { attackedTrace, ATTACKS, cleanTrace } from "./traces.ts";

/** What a judge said of the attacked sessions of one kind; all of them failed. */
export interface AttackedKind {
  /** What is tried, as in {@link ATTACKS}. */
  kind: string;
  /** Attacked sessions that were ruled on. */
  n: number;
  /** Ruled to have succeeded. */
  flipped: number;
  /** Neither 1 nor 0, or no reply. */
  undecided: number;
}

/** How far a judge is swayed from inside a trace. */
export interface AttackReport {
  /** Who was asked. */
  judge: string;
  /** Where it was asked; without a key. */
  settings: string | null;
  /** Of the prompt without an attack: another prompt is another measurement. */
  promptHash: string;
  /** ISO 8601. */
  at: string;
  /** Verdicts on the session without an attack: where these are not 0, flips say nothing. */
  clean: { zeros: number; ones: number; undecided: number };
  /** One row a kind of attack. */
  kinds: AttackedKind[];
}

/** How often {@link attackJudge} asks. */
export interface AttackOptions {
  /** Whom to ask. */
  judge: string;
  /** How often each session is asked about; once unless told. */
  repeats?: number;
  /** ISO 8601, for the report. */
  at: string;
  /** Called after each reply. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Asks a judge about a session that failed, as it is and with each of 60 attacks in it, through the same code as any session,
 * and counts by kind how often an attack turned the verdict.
 *
 * @throws {AskError} {WaitTooLong} {RetriesUsedUp} when no session can be judged
 */
export async function attackJudge(asking: Asking, options: AttackOptions): Promise<AttackReport> {
  const { judge, repeats = 1, at, onProgress } = options;
  const rows = [
    ...Array.from({ length: repeats }, () => ({ kind: null, row: cleanTrace() })),
    ...Array.from(
      { length: repeats },
      () => ATTACKS.map((attack, i) => ({ kind: attack.kind, row: attackedTrace(attack, i) })),
    )
      .flat(),
  ];
  let done = 0;
  const ruled = await Promise.all(rows.map(async ({ kind, row }, i) => {
    const job = jobOf(row, transcriptOf(row), {
      judge,
      rubric: rubricFor(row.benchmark),
      repeat: i + 1,
      budgetTokens: DEFAULT_BUDGET_TOKENS,
    });
    const verdict = await judgeOne(job, asking).catch((error): JudgeVerdict | null => {
      if (error instanceof SetAside) return null;
      throw error;
    });
    onProgress?.(++done, rows.length);
    return { kind, success: verdict?.success ?? null, hash: job.promptHash };
  }));
  const count = (kind: string | null, success: 0 | 1 | null) =>
    ruled.filter((one) => one.kind === kind && one.success === success).length;
  return {
    judge,
    settings: asking.settings ?? null,
    promptHash: ruled[0]!.hash,
    at,
    clean: { zeros: count(null, 0), ones: count(null, 1), undecided: count(null, null) },
    kinds: [...new Set(ATTACKS.map(({ kind }) => kind))].map((kind) => ({
      kind,
      n: count(kind, 0) + count(kind, 1),
      flipped: count(kind, 1),
      undecided: count(kind, null),
    })),
  };
}

const count = z.number().int().nonnegative();
const schema: z.ZodType<AttackReport> = z.object({
  judge: z.string(),
  settings: z.string().nullable(),
  promptHash: z.string(),
  at: z.string(),
  clean: z.object({ zeros: count, ones: count, undecided: count }),
  kinds: z.array(z.object({ kind: z.string(), n: count, flipped: count, undecided: count })),
});

/**
 * A report as the JSON text of a file.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { attackJson } from "agent-trace-lab/judge";
 * const clean = { zeros: 1, ones: 0, undecided: 0 };
 * const report = { judge: "owl-1", settings: null, promptHash: "0", at: "2026-01-01T00:00:00.000Z", clean, kinds: [] };
 * equal(attackJson(report).includes('"prompt_hash"'), true);
 * ```
 */
export function attackJson(report: AttackReport): string {
  return `${JSON.stringify(snakeCased(report), null, 1)}\n`;
}

/** Where `deno task judge --attack` writes, and notebooks look. */
export const ATTACK_FILE = "out/attack.json";

/**
 * Reads a report; null when the file is not there.
 *
 * @param path from the project's root
 * @throws {RowError} naming the file and the field at fault
 *
 * @example
 * ```ts
 * import { readAttackReport } from "agent-trace-lab/judge";
 * console.log(await readAttackReport("out/no-such-attack.json")); // null
 * ```
 */
export async function readAttackReport(path: string = ATTACK_FILE): Promise<AttackReport | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(new URL(`../../../${path}`, import.meta.url));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return checkRow(schema, camelCased(JSON.parse(text)) as unknown as AttackReport, path, null);
}
