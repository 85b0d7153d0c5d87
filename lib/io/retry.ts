import type { Clock } from "./clock.ts";

/** How often and how long to try again: one policy for judge, push and downloads. */
export interface RetryPolicy {
  /** Tries of one request that fail for the service's or the network's reasons. */
  maxAttempts: number;
  /** Tries of one request that meet a rate limit: these say nothing about the request, so there may be more. */
  maxRateLimits: number;
  /** Milliseconds of the first wait at most, doubled for each next one up to `capMs`. */
  baseMs: number;
  /** Milliseconds of any wait that no service asked for, at most. */
  capMs: number;
  /** Longest wait, in milliseconds, that a service may ask for; a longer one ends the attempts. */
  maxWaitMs: number;
}

/** With 1 s doubling to 60 s: about a minute of faults, some half an hour of rate limits; asked waits up to 15 minutes. */
export const DEFAULT_RETRIES: RetryPolicy = {
  maxAttempts: 6,
  maxRateLimits: 40,
  baseMs: 1000,
  capMs: 60_000,
  maxWaitMs: 15 * 60_000,
};

/** What an error means for trying again: `final` will not pass. */
export interface RetryFault {
  kind: "rate limit" | "fault" | "final";
  /** Milliseconds that the service asks to wait; null when it does not say. */
  retryAfterMs: number | null;
}

/** Tries that a whole run may make beyond the first of each request. */
export interface RetryBudget {
  /** Takes one; false when none is left. */
  take(): boolean;
  /** Tries that remain. */
  left(): number;
}

/** A budget of `most` further tries. */
export function retryBudget(most: number): RetryBudget {
  let left = most;
  return { take: () => left > 0 && left-- > 0, left: () => left };
}

/** A service asks to wait longer than the policy allows. `cause` is what it answered. */
export class WaitTooLong extends Error {
  override readonly name = "WaitTooLong";
  constructor(readonly retryAfterMs: number, cause: unknown) {
    const said = cause instanceof Error ? ` (${cause.message})` : "";
    super(`the service asks to wait ${waitText(retryAfterMs)}: stopped; run again then${said}`, { cause });
  }
}

/** The run's budget of further tries is used up. `cause` is the last fault. */
export class RetriesUsedUp extends Error {
  override readonly name = "RetriesUsedUp";
  constructor(cause: unknown) {
    const said = cause instanceof Error ? `; the last fault was: ${cause.message}` : "";
    super(`the service fails too often: the run's tries are used up; run again later${said}`, { cause });
  }
}

/** How {@link patiently} goes about it. */
export interface Patience {
  policy: RetryPolicy;
  clock: Clock;
  /** Uniform on [0, 1). */
  random: () => number;
  /** What an error means, and, for a fault that may pass, whether it is too much after `tries` tries. */
  faultOf: (error: unknown, tries: number) => RetryFault;
  /** Of the whole run; without one only the policy counts. */
  budget?: RetryBudget;
  /** Ends a wait early: the last error is then thrown. */
  signal?: AbortSignal;
  /** Called before each wait. */
  onWait?: (ms: number, error: unknown) => void;
}

/**
 * Makes an attempt until it succeeds, its fault will not pass, or the policy's tries are used up: then the last error is
 * thrown as it came.
 *
 * @param attempt gets the number of this try, from 1
 * @throws {WaitTooLong} when the service asks for more than `maxWaitMs`
 * @throws {RetriesUsedUp} when the run's budget is empty
 *
 * @example
 * ```ts
 * import { DEFAULT_RETRIES, patiently, systemClock } from "agent-trace-lab/io";
 *
 * const answer = await patiently((n) => n < 3 ? Promise.reject(new Error("busy")) : Promise.resolve(n), {
 *   policy: { ...DEFAULT_RETRIES, baseMs: 1 },
 *   clock: systemClock,
 *   random: Math.random,
 *   faultOf: () => ({ kind: "fault", retryAfterMs: null }),
 * });
 * console.log(answer); // 3
 * ```
 */
export async function patiently<T>(attempt: (n: number) => Promise<T>, patience: Patience): Promise<T> {
  const { policy, clock, random, faultOf, budget, signal, onWait } = patience;
  let [faults, limits] = [0, 0];
  for (;;) {
    try {
      return await attempt(faults + limits + 1);
    } catch (error) {
      const { kind, retryAfterMs } = faultOf(error, faults + limits + 1);
      if (kind === "final") throw error;
      if (kind === "rate limit") limits++;
      else faults++;
      if (retryAfterMs !== null && retryAfterMs > policy.maxWaitMs) throw new WaitTooLong(retryAfterMs, error);
      if (faults >= policy.maxAttempts || limits >= policy.maxRateLimits) throw error;
      if (budget && !budget.take()) throw new RetriesUsedUp(error);
      const ms = backoffMs(faults + limits, kind, retryAfterMs, policy, random);
      onWait?.(ms, error);
      await clock.sleep(ms, signal);
      if (signal?.aborted) throw error;
    }
  }
}

/**
 * Milliseconds to wait before try `attempt` + 1: random up to base x 2^(attempt - 1), capped ("full jitter"); after a rate
 * limit at least three quarters of that, because limits are mostly of a minute. Never less than the service asked for, with
 * a tenth of spread on top, so that all who were told the same do not come back at once.
 *
 * Source: Brooker (2015), "Exponential backoff and jitter", AWS Architecture Blog.
 *
 * @param attempt failed tries so far, from 1
 * @param random uniform on [0, 1)
 */
export function backoffMs(
  attempt: number,
  kind: RetryFault["kind"],
  retryAfterMs: number | null,
  { baseMs, capMs }: Pick<RetryPolicy, "baseMs" | "capMs">,
  random: () => number,
): number {
  const share = kind === "rate limit" ? 0.75 + 0.25 * random() : random();
  const jittered = share * Math.min(capMs, baseMs * 2 ** (attempt - 1));
  return retryAfterMs === null ? jittered : Math.max(jittered, retryAfterMs * (1 + 0.1 * random()));
}

/**
 * Milliseconds to wait by a Retry-After header, given in seconds or as an HTTP date (RFC 9110, 10.2.3); null when absent
 * or unreadable (below 0 too), 0 when the date has passed.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // A bare number is no date, although Date.parse takes "-5" for one.
  if (!/[a-z]{3}/i.test(text)) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** What the headers of an answer ask to wait: `retry-after-ms` (OpenAI's), else `Retry-After`; null when neither says. */
export function retryAfterOf(headers: Headers, nowMs: number): number | null {
  const exact = headers.get("retry-after-ms");
  if (exact !== null && /^\d+(\.\d+)?$/.test(exact.trim())) return Number(exact);
  return retryAfterMs(headers.get("retry-after"), nowMs);
}

/** A wait in its two largest units: `2 d 7 h`, `3 min 20 s`, `0.4 s`. */
export function waitText(ms: number): string {
  if (ms < 10_000) return `${Number((ms / 1000).toFixed(1))} s`;
  let seconds = Math.ceil(ms / 1000);
  const parts: string[] = [];
  for (const [unit, size] of [["d", 86_400], ["h", 3600], ["min", 60], ["s", 1]] as const) {
    const n = Math.floor(seconds / size);
    seconds -= n * size;
    if (n > 0) parts.push(`${n} ${unit}`);
    else if (parts.length) break;
  }
  return parts.slice(0, 2).join(" ");
}
