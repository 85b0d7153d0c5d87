import type { TraceRow } from "../../model/mod.ts";
import { redactedJson, redactNames, redactValue } from "../../traces/mod.ts";
import { linesOf, writeText } from "../../io/json_lines.ts";
import { fileSize } from "../../io/cache.ts";
import { camelCased, snakeCased } from "../verdicts/columns.ts";
import type { KeySet } from "../verdicts/key_set.ts";
import { openLedger, type VerdictLedger } from "../verdicts/ledger.ts";
import { openCallLog } from "./call_log.ts";
import { type Plan, planJobs, type PlanOptions, type UnreadableRow } from "./plan.ts";
import { openPurse, type Purse } from "./purse.ts";
import { runJobs, type RunOptions, type RunReport, type SetAsideJob } from "./run.ts";
import { Spool } from "./spool.ts";
import { verdictKey } from "../verdicts/verdict.ts";
import { writeWhole } from "../../io/write.ts";

/** A whole run: what to judge, how to ask, where to write. */
export interface JudgeSessionsOptions {
  /** `verdicts.jsonl`; beside it `.prompts` while it runs, `.set-aside.jsonl`, and `.calls.jsonl` with every request. */
  out: string;
  /** What to judge. */
  plan: PlanOptions;
  /** How to ask. */
  run: Omit<RunOptions, "onVerdict" | "onSetAside" | "purse">;
  /** Shown the plan before anything is asked; false ends here. */
  confirm: (plan: Plan) => Promise<boolean>;
  /** Told what was mended on the way. */
  notice: (text: string) => void;
}

/** What came of it. */
export interface JudgeSessionsResult {
  /** What there was to do. */
  plan: Plan;
  /** Null when the plan was not confirmed or had nothing to do. */
  report: RunReport | null;
}

/** Where sessions that got no verdict are named, with the error. */
export function setAsidePath(out: string): string {
  return `${out}.set-aside.jsonl`;
}

/** Where every request is noted, with what it cost. */
export function callsPath(out: string): string {
  return `${out}.calls.jsonl`;
}

/**
 * Plans, has the plan confirmed, asks, and writes each verdict as it comes. May be killed at any moment and run again: what
 * has a verdict is not asked again, what was set aside is.
 *
 * @param open begins to read the sessions anew
 */
export async function judgeSessions(
  open: () => AsyncIterable<TraceRow | UnreadableRow>,
  options: JudgeSessionsOptions,
): Promise<JudgeSessionsResult> {
  const { out, notice } = options;
  const ledger = await openLedger(out, options.run.settings ?? null);
  try {
    if (ledger.repaired) notice(`${out}: ${ledger.repaired}`);
    if (ledger.askedAgain) {
      const n = ledger.askedAgain;
      notice(
        `${out}: ${n} unreadable ${n === 1 ? "reply was" : "replies were"} of other settings, and will be asked again`,
      );
    }
    const spool = await Spool.create(`${out}.prompts`);
    try {
      const plan = await planJobs(() => withoutSecrets(open()), ledger.done, spool, options.plan);
      if (plan.jobs === 0 || !await options.confirm(plan)) return { plan, report: null };
      const report = await withCalls(out, ledger, options.run, (purse) =>
        withSetAside(
          setAsidePath(out),
          async (onSetAside) =>
            await runJobs(spool.jobs(), plan.jobs, { ...options.run, purse, onVerdict: ledger.append, onSetAside }),
          ledger.done,
        ));
      return { plan, report };
    } finally {
      await spool.remove();
    }
  } finally {
    // A plan alone leaves no file behind. It goes while the lock is held: afterwards it may be another run's.
    if ((await Deno.stat(out).catch(() => null))?.size === 0) await Deno.remove(out).catch(() => {});
    ledger.close();
  }
}

/** Sessions whose names and ids hold no secrets, and faults that hold none. */
async function* withoutSecrets(rows: AsyncIterable<TraceRow | UnreadableRow>) {
  for await (const row of rows) yield "fault" in row ? redactValue(row).value : redactNames(row).row;
}

/** Opens the log of calls, so that what earlier runs spent counts. */
async function withCalls<T>(
  out: string,
  ledger: VerdictLedger,
  { price, maxUsd }: Pick<RunOptions, "price" | "maxUsd">,
  run: (purse: Purse) => Promise<T>,
): Promise<T> {
  const path = callsPath(out);
  const isNew = await fileSize(path) === null;
  const { log, earlier } = await openCallLog(path, price);
  try {
    // Verdicts from before calls were noted say themselves what they cost.
    return await run(openPurse({ price, maxUsd, log, earlier, ...(isNew ? { earlierUsd: ledger.usd } : {}) }));
  } finally {
    log.close();
  }
}

/** Keeps the list of what was set aside: entries of earlier runs go when their verdict is there or a new error is. */
async function withSetAside<T>(
  path: string,
  run: (onSetAside: (job: SetAsideJob) => Promise<void>) => Promise<T>,
  done: Pick<KeySet, "has">,
): Promise<T> {
  const jobs = new Map((await readSetAside(path)).map((job) => [verdictKey(job), job]));
  using file = await Deno.open(path, { write: true, create: true, append: true });
  try {
    return await run(async (job) => {
      jobs.set(verdictKey(job), job);
      await writeText(file, lineOf(job));
      await file.syncData();
    });
  } finally {
    const left = [...jobs].filter(([key]) => !done.has(key)).map(([, job]) => job);
    if (left.length) await writeWhole(path, left.map(lineOf).join(""));
    else await Deno.remove(path);
  }
}

const lineOf = (job: SetAsideJob) => `${redactedJson(redactValue(snakeCased(job)).value)}\n`;

/** Sessions that got no verdict so far; a line torn by a kill is passed over, since its session is asked again anyway. */
export async function readSetAside(path: string): Promise<SetAsideJob[]> {
  const jobs: SetAsideJob[] = [];
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return jobs;
    throw error;
  }
  using opened = file;
  for await (const { text } of linesOf(opened)) {
    try {
      jobs.push(camelCased(JSON.parse(text) as object) as unknown as SetAsideJob);
    } catch {
      continue;
    }
  }
  return jobs;
}
