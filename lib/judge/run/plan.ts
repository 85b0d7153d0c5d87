import type { TraceRow } from "../../model/mod.ts";
import { type JudgePrice, usdOf } from "../endpoint/ask.ts";
import { callRoles, type CallRule } from "../roles/call_rules.ts";
import { jobOf } from "../prompt/job.ts";
import type { FamilyOf } from "../judges/families.ts";
import { judgeFor } from "../judges/judge_choice.ts";
import { askedBy } from "../rubrics/asked.ts";
import { type Rubric, rubricFor } from "../rubrics/rubric.ts";
import { matches, stratifiedSample, type Where } from "./select.ts";
import type { Spool } from "./spool.ts";
import { transcriptOf } from "../transcript/transcript.ts";
import { KeySet } from "../verdicts/key_set.ts";
import { verdictKey } from "../verdicts/verdict.ts";

/** A row that a source could not read (as `lib/sources` yields it). */
export interface UnreadableRow {
  /** What is wrong with it. */
  fault: string;
  /** The file or URL. */
  source: string;
  /** Its position there, from 0. */
  row: number;
  /** Null where it could not be read either. */
  sessionId: string | null;
}

/** What is to be judged, and how. */
export interface PlanOptions {
  /** Every session goes to each of these, or to `otherJudge` where it is of the agent's own family. */
  judges: string[];
  /** Asked in place of a judge of the agent's own family. */
  otherJudge: string;
  /** Several sets are several rubrics for the same session. */
  rubricSets: (readonly Rubric[])[];
  /** How often each judge is asked. */
  repeats: number;
  /** Tokens of a transcript at most. */
  budgetTokens: number;
  /** Which sessions are meant. */
  where: Where;
  /** Sessions to sample, stratified; null for all. */
  sample: { n: number; seed: string } | null;
  /** At most so many jobs; null for no limit. */
  limit: number | null;
  /** Roles of calls that the user knows. */
  callRules: readonly CallRule[];
  /** Which models are one family; the built-in families when not given. */
  familyOf?: FamilyOf | undefined;
  /** What a judge costs; null where it is not known. */
  price: (judge: string) => JudgePrice | null;
  /** Output tokens a reply is expected to have. */
  expectedOutputTokens: number;
  /** Called after each row read. */
  onRow?: (rows: number) => void;
}

/** What a judge has to do. */
export interface JudgePlan {
  /** Who is asked. */
  judge: string;
  /** Verdicts asked for. */
  jobs: number;
  /** Of all prompts, by our own count. */
  inputTokens: number;
  /** Expected of all answers. */
  outputTokens: number;
  /** Null when the judge's price is not known. */
  usd: number | null;
}

/** What would be done, before anything is spent. */
export interface Plan {
  /** Sessions read that were meant. */
  sessions: number;
  /** Verdicts asked for that are there already. */
  done: number;
  /** Jobs that are the same as another of this plan, as when the other judge is also one of the panel. */
  same: number;
  /** Verdicts to ask for. */
  jobs: number;
  /** One row a judge. */
  byJudge: JudgePlan[];
  /** Sum over judges; null when one has no known price. */
  usd: number | null;
  /** Mean share of the transcript that the budget allows to show; null without jobs. */
  meanShareShown: number | null;
  /** Calls of all sessions by whose they are. */
  calls: Record<string, number>;
  /** Calls that may be of another role, which is not sure enough: they stay the agent's. */
  uncertainCalls: { role: string; calls: number; probability: [least: number, most: number] }[];
  /** Benchmarks that have no rubric of their own and get the general one. */
  generalRubric: string[];
  /** Rows that could not be read, or whose session id was there before: they get no verdict. */
  unreadable: UnreadableRow[];
  /** Sessions whose texts were not recorded: there is nothing to show a judge, so none is asked. */
  withoutText: number;
}

/**
 * Reads the source once (twice with `sample`) and writes every job that has no verdict yet to the spool; sessions are held
 * one at a time.
 *
 * @param open begins to read the source anew
 * @param done keys of verdicts that are there (see `verdictKey`)
 */
export async function planJobs(
  open: () => AsyncIterable<TraceRow | UnreadableRow>,
  done: Pick<KeySet, "has">,
  spool: Spool,
  options: PlanOptions,
): Promise<Plan> {
  const { where, sample, limit, price } = options;
  const chosen = sample ? await chooseSample(open, where, sample) : null;
  const roleOf = callRoles(options.callRules);
  const planned = new KeySet();
  const sessions = new KeySet();
  const judges = new Map<string, JudgePlan>();
  const general = new Set<string>();
  const uncertain = new Map<string, Omit<Plan["uncertainCalls"][number], "role">>();
  const plan = {
    sessions: 0,
    withoutText: 0,
    done: 0,
    same: 0,
    calls: {} as Record<string, number>,
    unreadable: [] as UnreadableRow[],
  };
  let [rows, shares] = [0, 0];
  reading: for await (const row of open()) {
    options.onRow?.(++rows);
    if ("fault" in row) {
      plan.unreadable.push(row);
      continue;
    }
    if (!matches(where, row) || chosen && !chosen.has(row.sessionId)) continue;
    if (limit !== null && spool.length >= limit) break;
    const transcript = transcriptOf(row, roleOf);
    if (sessions.has(row.sessionId)) {
      const known = ({ judge, rubric, repeat }: ReturnType<typeof askings>[number]) => {
        const key = verdictKey(jobOf(row, transcript, { judge, rubric, repeat, budgetTokens: options.budgetTokens }));
        return done.has(key) || planned.has(key);
      };
      if (!askings(row, options).every(known)) plan.unreadable.push(repeated(row, rows - 1));
      continue;
    }
    sessions.add(row.sessionId);
    plan.sessions++;
    for (const { role, calls } of transcript.roles) plan.calls[role] = (plan.calls[role] ?? 0) + calls;
    for (const { role, calls, probability: [least, most] } of transcript.uncertain) {
      const before = uncertain.get(role) ?? { calls: 0, probability: [least, most] as [number, number] };
      const [low, high] = before.probability;
      uncertain.set(role, { calls: before.calls + calls, probability: [Math.min(low, least), Math.max(high, most)] });
    }
    if (transcript.items.every((item) => item.kind === "fault")) {
      plan.withoutText++;
      continue;
    }
    for (const { judge, rubric, repeat } of askings(row, options)) {
      if (rubric.benchmarks.length === 0 && askedBy(rubric.id) === "success") general.add(row.benchmark);
      const job = jobOf(row, transcript, { judge, rubric, repeat, budgetTokens: options.budgetTokens });
      const key = verdictKey(job);
      if (done.has(key)) plan.done++;
      else if (planned.has(key)) plan.same++;
      else {
        if (limit !== null && spool.length >= limit) break reading;
        planned.add(key);
        await spool.add(job);
        shares += job.shareShown;
        addTo(judges, judge, job.estimatedTokens, options.expectedOutputTokens);
      }
    }
  }
  const byJudge = [...judges.values()].map((p) => ({
    ...p,
    usd: usdOf(price(p.judge), p.inputTokens, p.outputTokens),
  }));
  return {
    ...plan,
    uncertainCalls: [...uncertain].map(([role, found]) => ({ role, ...found })),
    jobs: spool.length,
    byJudge,
    usd: byJudge.reduce<number | null>((sum, { usd }) => sum === null || usd === null ? null : sum + usd, 0),
    meanShareShown: spool.length ? shares / spool.length : null,
    generalRubric: [...general].sort(),
  };
}

async function chooseSample(
  open: () => AsyncIterable<TraceRow | UnreadableRow>,
  where: Where,
  { n, seed }: { n: number; seed: string },
): Promise<Set<string>> {
  const rows = [];
  for await (const row of open()) {
    if ("fault" in row || !matches(where, row)) continue;
    const { sessionId, benchmark, harness, models } = row;
    rows.push({ sessionId, benchmark, harness, models });
  }
  return stratifiedSample(rows, n, seed);
}

function askings(row: TraceRow, { judges, otherJudge, rubricSets, repeats, familyOf }: PlanOptions) {
  return rubricSets.flatMap((set) => {
    const rubric = rubricFor(row.benchmark, set);
    return judges.flatMap((wanted) => {
      const judge = judgeFor(row.models[0] ?? "", wanted, otherJudge, familyOf);
      return Array.from({ length: repeats }, (_, i) => ({ judge, rubric, repeat: i + 1 }));
    });
  });
}

/** A session whose id was there before, with something else in it: like everywhere, the first one counts. */
function repeated({ sessionId }: TraceRow, row: number): UnreadableRow {
  const fault = `session id "${sessionId}" was there before; the first one counts`;
  return { fault, source: "the source", row, sessionId };
}

function addTo(judges: Map<string, JudgePlan>, judge: string, inputTokens: number, outputTokens: number): void {
  const before = judges.get(judge) ?? { judge, jobs: 0, inputTokens: 0, outputTokens: 0, usd: null };
  judges.set(judge, {
    ...before,
    jobs: before.jobs + 1,
    inputTokens: before.inputTokens + inputTokens,
    outputTokens: before.outputTokens + outputTokens,
  });
}
