import type { TraceRow } from "../../model/mod.ts";
import { linesOf, writeText } from "../../io/json_lines.ts";
import { openLedger } from "../verdicts/ledger.ts";
import { type Plan, planJobs, type PlanOptions, type UnreadableRow } from "./plan.ts";
import { runJobs, type RunOptions, type RunReport, type SetAsideJob } from "./run.ts";
import { Spool } from "./spool.ts";
import { verdictKey } from "../verdicts/verdict.ts";

/** A whole run: what to judge, how to ask, where to write. */
export interface JudgeSessionsOptions {
  /** `verdicts.jsonl`; beside it `.prompts` while it runs, and `.set-aside.jsonl`. */
  out: string;
  plan: PlanOptions;
  run: Omit<RunOptions, "onVerdict" | "onSetAside">;
  /** Shown the plan before anything is asked; false ends here. */
  confirm: (plan: Plan) => Promise<boolean>;
  /** Told what was mended on the way. */
  notice: (text: string) => void;
}

/** What came of it. */
export interface JudgeSessionsResult {
  plan: Plan;
  /** Null when the plan was not confirmed or had nothing to do. */
  report: RunReport | null;
}

/** Where sessions that got no verdict are named, with the error. */
export function setAsidePath(out: string): string {
  return `${out}.set-aside.jsonl`;
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
  const ledger = await openLedger(out);
  try {
    if (ledger.repaired) notice(`${out}: ${ledger.repaired}`);
    const spool = await Spool.create(`${out}.prompts`);
    try {
      const plan = await planJobs(open, ledger.done, spool, options.plan);
      if (plan.jobs === 0 || !await options.confirm(plan)) return { plan, report: null };
      const report = await withSetAside(
        setAsidePath(out),
        async (onSetAside) =>
          await runJobs(spool.jobs(), plan.jobs, { ...options.run, onVerdict: ledger.append, onSetAside }),
        ledger.done,
      );
      return { plan, report };
    } finally {
      await spool.remove();
    }
  } finally {
    ledger.close();
    // A plan alone leaves no file behind.
    if ((await Deno.stat(out)).size === 0) await Deno.remove(out);
  }
}

/** Keeps the list of what was set aside: entries of earlier runs go when their verdict is there or a new error is. */
async function withSetAside<T>(
  path: string,
  run: (onSetAside: (job: SetAsideJob) => Promise<void>) => Promise<T>,
  done: ReadonlySet<string>,
): Promise<T> {
  const jobs = new Map((await readSetAside(path)).map((job) => [verdictKey(job), job]));
  using file = await Deno.open(path, { write: true, create: true, append: true });
  try {
    return await run(async (job) => {
      jobs.set(verdictKey(job), job);
      await writeText(file, JSON.stringify(job) + "\n");
      await file.syncData();
    });
  } finally {
    const left = [...jobs].filter(([key]) => !done.has(key)).map(([, job]) => job);
    if (left.length) await replaceFile(path, left.map((job) => JSON.stringify(job) + "\n").join(""));
    else await Deno.remove(path);
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(`${path}.part`, text);
  await Deno.rename(`${path}.part`, path);
}

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
      jobs.push(JSON.parse(text) as SetAsideJob);
    } catch {
      continue;
    }
  }
  return jobs;
}
