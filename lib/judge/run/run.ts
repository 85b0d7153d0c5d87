import { AskError, usdOf } from "../endpoint/ask.ts";
import { type Asking, judgeOne, SetAside } from "./judge_one.ts";
import type { Job } from "../prompt/job.ts";
import { createThrottle } from "./throttle.ts";
import type { JudgeVerdict, Outcome } from "../verdicts/verdict.ts";

/** A session that got no verdict in this run; the next run asks again. */
export interface SetAsideJob
  extends Pick<Job, "sessionId" | "judge" | "rubric" | "rubricVersion" | "promptHash" | "repeat"> {
  error: string;
  attempts: number;
}

/** How far a run is. */
export interface RunProgress {
  done: number;
  total: number;
  perMinute: number;
  /** Null before the first verdict. */
  secondsLeft: number | null;
  /** Null when a price or a token count is not known. */
  spentUsd: number | null;
  inFlight: number;
  /** Requests the endpoint bears at the moment. */
  concurrency: number;
}

/** How a run goes. */
export interface RunOptions extends Omit<Asking, "throttle" | "onRequest" | "onReply"> {
  concurrency: number;
  /** Nothing is asked that could take the spend above this; null for no limit. */
  maxUsd: number | null;
  /** When it fires nothing new is begun, and what is in flight is finished. */
  stop: AbortSignal;
  /** Sessions in a row without any reply after which the endpoint is taken to be gone. */
  maxFailuresInRow: number;
  onVerdict: (verdict: JudgeVerdict) => Promise<void>;
  onSetAside: (job: SetAsideJob) => Promise<void>;
  onProgress?: (progress: RunProgress) => void;
}

/** What a run did. */
export interface RunReport {
  verdicts: Record<Outcome, number>;
  successes: number;
  setAside: number;
  /** Jobs without an end, because the run was stopped. */
  left: number;
  requests: number;
  inputTokens: number | null;
  outputTokens: number | null;
  usd: number | null;
  /** Null when it ran to its end. */
  stopped: string | null;
}

/**
 * Asks every job, some at a time, and hands on each verdict as it comes. A fault of the account stops the run; a fault of
 * one session sets that session aside.
 *
 * @throws {Error} when `maxUsd` is given and a judge has no known price: its spend could not be limited.
 */
export async function runJobs(jobs: AsyncIterable<Job>, total: number, options: RunOptions): Promise<RunReport> {
  const { clock, stop, maxUsd } = options;
  const throttle = createThrottle(options.concurrency, clock);
  const report: RunReport = {
    verdicts: { "judged": 0, "cannot tell": 0, "refused": 0, "unreadable": 0 },
    successes: 0,
    setAside: 0,
    left: 0,
    requests: 0,
    inputTokens: 0,
    outputTokens: 0,
    usd: 0,
    stopped: null,
  };
  const asking: Asking = {
    ...options,
    throttle,
    onRequest: () => report.requests++,
    onReply: (judge, { inputTokens, outputTokens }) => {
      report.inputTokens = add(report.inputTokens, inputTokens);
      report.outputTokens = add(report.outputTokens, outputTokens);
      report.usd = add(report.usd, usdOf(options.price(judge), inputTokens, outputTokens));
    },
  };
  const started = clock.now();
  let [ended, begun, reserved, failuresInRow] = [0, 0, 0, 0];
  const halt = (why: string) => report.stopped ??= why;
  const iterator = jobs[Symbol.asyncIterator]();
  const next = inTurn(() => iterator.next());

  const one = async (job: Job) => {
    try {
      const verdict = await judgeOne(job, asking);
      await options.onVerdict(verdict);
      report.verdicts[verdict.outcome]++;
      if (verdict.success === 1) report.successes++;
      failuresInRow = 0;
    } catch (error) {
      if (error instanceof AskError) return halt(`${error.fault}: ${error.message}`);
      if (!(error instanceof SetAside)) throw error;
      report.setAside++;
      await options.onSetAside({ ...identity(job), error: error.message, attempts: error.attempts });
      if (error.last.fault !== "request" && ++failuresInRow >= options.maxFailuresInRow) {
        halt(`${failuresInRow} sessions in a row got no reply; the last fault was ${error.message}`);
      }
    }
    ended++;
    options.onProgress?.(progress());
  };
  const progress = (): RunProgress => {
    const minutes = (clock.now() - started) / 60_000;
    const perMinute = minutes > 0 ? ended / minutes : 0;
    return {
      done: ended,
      total,
      perMinute,
      secondsLeft: perMinute > 0 ? (total - ended) / perMinute * 60 : null,
      spentUsd: report.usd,
      inFlight: throttle.inFlight(),
      concurrency: throttle.limit(),
    };
  };
  // What is in flight is counted at its dearest; it mostly turns out cheaper, so who cannot afford to begin waits for it.
  const waiting: (() => void)[] = [];
  const affordable = (atMost: number) =>
    maxUsd === null || report.usd !== null && report.usd + reserved + atMost <= maxUsd;
  const worker = async () => {
    while (!stop.aborted && report.stopped === null) {
      const { value: job, done } = await next();
      if (done || stop.aborted || report.stopped !== null) return;
      const atMost = worstCaseUsd(job, options);
      while (!affordable(atMost) && begun > 0) await new Promise<void>((go) => waiting.push(go));
      if (stop.aborted || report.stopped !== null) return;
      if (!affordable(atMost)) {
        halt(
          report.usd === null
            ? "the endpoint does not say how many tokens it used, so the spend cannot be kept under --max-usd"
            : `the next session could take the spend above --max-usd ${maxUsd}`,
        );
        return;
      }
      begun++;
      reserved += atMost;
      await one(job).finally(() => {
        // Sums of USD keep a rounding residue; nothing in flight is exactly nothing reserved.
        reserved = --begun === 0 ? 0 : reserved - atMost;
        for (const go of waiting.splice(0)) go();
      });
    }
  };
  await settle(Array.from({ length: options.concurrency }, worker), () => halt("an error of the program's own"));
  if (stop.aborted) halt("interrupted; what was in flight has been finished");
  report.left = total - ended;
  await iterator.return?.();
  return report;
}

/** The dearest a job can become: a full reply, unreadable, and a second request with all of it. */
function worstCaseUsd(job: Job, { price, maxOutputTokens, maxUsd }: RunOptions): number {
  const usd = usdOf(price(job.judge), 2 * job.estimatedTokens + maxOutputTokens, 2 * maxOutputTokens);
  if (usd === null && maxUsd !== null) throw new Error(unknownPrice(job.judge));
  return usd ?? 0;
}

/** Why a budget cannot be kept without a price. */
export function unknownPrice(judge: string): string {
  return `the price of ${judge} is not known, so --max-usd cannot be kept; give its rates with --prices FILE, or leave out --max-usd`;
}

/** Waits for all; the first error is thrown when the others have ended too. */
async function settle(tasks: Promise<void>[], onError: () => void): Promise<void> {
  const results = await Promise.allSettled(tasks.map((task) =>
    task.catch((error) => {
      onError();
      throw error;
    })
  ));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/** Makes calls wait for each other: an async generator must not be asked again before it has answered. */
function inTurn<T>(call: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const mine = last.then(call);
    last = mine.catch(() => {});
    return mine;
  };
}

function identity({ sessionId, judge, rubric, rubricVersion, promptHash, repeat }: Job) {
  return { sessionId, judge, rubric, rubricVersion, promptHash, repeat };
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
