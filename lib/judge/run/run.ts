import { RetriesUsedUp, retryBudget, WaitTooLong } from "../../io/retry.ts";
import { AskError } from "../endpoint/ask.ts";
import type { Job } from "../prompt/job.ts";
import type { JudgeVerdict, Outcome } from "../verdicts/verdict.ts";
import type { Bill } from "./call_sums.ts";
import { type Asking, judgeOne, Left, SetAside } from "./judge_one.ts";
import { openPurse } from "./purse.ts";
import { createThrottle } from "./throttle.ts";

/** A session that got no verdict in this run; the next run asks again. */
export interface SetAsideJob
  extends Pick<Job, "sessionId" | "judge" | "rubric" | "rubricVersion" | "promptHash" | "repeat"> {
  /** The last fault, in words. */
  error: string;
  /** Requests sent for it. */
  attempts: number;
}

/** How far a run is. */
export interface RunProgress {
  /** Jobs that have ended. */
  done: number;
  /** Jobs of the plan. */
  total: number;
  /** Jobs that ended a minute, over the whole run. */
  perMinute: number;
  /** Null before the first verdict. */
  secondsLeft: number | null;
  /** What it has cost so far. */
  bill: Bill;
  /** Requests under way. */
  inFlight: number;
  /** Requests the endpoint bears at the moment. */
  concurrency: number;
}

/** How a run goes. */
export interface RunOptions extends Omit<Asking, "throttle" | "budget" | "signal"> {
  /** Requests under way at most. */
  concurrency: number;
  /** Nothing is asked that could take the spend above this, with calls of unknown cost at their worst; null for no limit. */
  maxUsd: number | null;
  /** When it fires nothing new is begun, waiting ends, and what is in flight is finished. */
  stop: AbortSignal;
  /** Sessions in a row without any reply after which the endpoint is taken to be gone. */
  maxFailuresInRow: number;
  /** Further tries of all requests together; three a session and 100 unless told. */
  maxRetries?: number;
  /** Given each verdict as it comes; the run waits for it. */
  onVerdict: (verdict: JudgeVerdict) => Promise<void>;
  /** Given each session that got none. */
  onSetAside: (job: SetAsideJob) => Promise<void>;
  /** Called after each job. */
  onProgress?: (progress: RunProgress) => void;
}

/** What a run did. */
export interface RunReport {
  /** How many of each outcome. */
  verdicts: Record<Outcome, number>;
  /** Verdicts of 1. */
  successes: number;
  /** Sessions that got no verdict. */
  setAside: number;
  /** Jobs without an end, because the run was stopped. */
  left: number;
  /** Verdicts of 0 that name a failing step; quotations that do not stand in it and were dropped. */
  failingSteps: number;
  /** Quotations of failing steps that do not stand there. */
  quotesDropped: number;
  /** Verdicts whose reasoning is longer than asked for. */
  reasoningTooLong: number;
  /** Of this run, and with earlier ones on the same file. */
  bill: Bill;
  /** With earlier runs on the same file. */
  billWithEarlier: Bill;
  /** Null when it ran to its end. */
  stopped: string | null;
}

/**
 * Asks every job, some at a time, and hands on each verdict as it comes. A fault of the account stops the run, as does a
 * service that asks to wait for too long; a fault of one session sets that session aside.
 *
 * @throws {Error} when `maxUsd` is given and a judge has no known price: its spend could not be limited.
 */
export async function runJobs(jobs: AsyncIterable<Job>, total: number, options: RunOptions): Promise<RunReport> {
  const { clock, stop, maxUsd, price } = options;
  const ending = new AbortController();
  const purse = options.purse ?? openPurse({ price, maxUsd });
  const throttle = createThrottle(options.concurrency, clock, ending.signal);
  const budget = retryBudget(options.maxRetries ?? 3 * total + 100);
  const report = {
    verdicts: { "judged": 0, "cannot tell": 0, "refused": 0, "unreadable": 0 },
    successes: 0,
    setAside: 0,
    failingSteps: 0,
    quotesDropped: 0,
    reasoningTooLong: 0,
    stopped: null as string | null,
  };
  const asking: Asking = { ...options, purse, throttle, budget, signal: ending.signal };
  const started = clock.now();
  let [ended, failuresInRow, anyReply] = [0, 0, false];
  const halt = (why: string) => {
    report.stopped ??= why;
    ending.abort();
  };
  const interrupt = () => halt("interrupted; what was in flight has been finished");
  if (stop.aborted) interrupt();
  stop.addEventListener("abort", interrupt);
  const iterator = jobs[Symbol.asyncIterator]();
  const next = inTurn(() => iterator.next());

  const one = async (job: Job) => {
    try {
      const verdict = await judgeOne(job, asking);
      await options.onVerdict(verdict);
      report.verdicts[verdict.outcome]++;
      if (verdict.success === 1) report.successes++;
      if (verdict.failingCall !== null) report.failingSteps++;
      if (verdict.failingQuoteDropped) report.quotesDropped++;
      if (verdict.reasoningTooLong) report.reasoningTooLong++;
      [failuresInRow, anyReply] = [0, true];
    } catch (error) {
      if (error instanceof AskError) return halt(`${error.fault}: ${error.message}`);
      if (error instanceof WaitTooLong || error instanceof RetriesUsedUp) return halt(error.message);
      if (error instanceof Left) return error.why === "budget" ? halt(tooDear(maxUsd)) : undefined;
      if (!(error instanceof SetAside)) throw error;
      report.setAside++;
      await options.onSetAside({ ...identity(job), error: error.message, attempts: error.attempts });
      // A request that is refused for itself says nothing about the endpoint, once that has answered another.
      if ((error.last.fault !== "request" || !anyReply) && ++failuresInRow >= options.maxFailuresInRow) {
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
      bill: purse.bill(),
      inFlight: throttle.inFlight(),
      concurrency: throttle.limit(),
    };
  };
  const worker = async () => {
    while (!ending.signal.aborted) {
      const { value: job, done } = await next();
      if (done || ending.signal.aborted) return;
      await one(job);
    }
  };
  try {
    await settle(Array.from({ length: options.concurrency }, worker), () => halt("an error of the program's own"));
  } finally {
    stop.removeEventListener("abort", interrupt);
    await iterator.return?.();
  }
  return { ...report, left: total - ended, bill: purse.bill(), billWithEarlier: purse.billWithEarlier() };
}

function tooDear(maxUsd: number | null): string {
  return `the next request could take the spend above --max-usd ${maxUsd}; calls of unknown cost count at their worst, ` +
    "and earlier runs on the same file count too";
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
