import type { Clock } from "../../io/clock.ts";

/** How many requests may be in flight, as the endpoint bears it. */
export interface Throttle {
  /** Waits for a place; false when the run ended first. Give a place back with `release`. */
  acquire(): Promise<boolean>;
  /** Gives a place back. */
  release(): void;
  /** A request that got its place at `acquiredAt` was answered: a little more may be tried. */
  answered(): void;
  /** A request that got its place at `acquiredAt` met a rate limit: half as many, and none before `retryAfterMs`. */
  limited(acquiredAt: number, retryAfterMs: number | null): void;
  /** Requests allowed at the moment. */
  limit(): number;
  /** Places taken. */
  inFlight(): number;
}

/**
 * Concurrency that follows the endpoint: halved by a rate limit (once for all requests that were in flight together),
 * raised by one after as many answers as there are places; additive increase, multiplicative decrease as in TCP.
 *
 * Source: Jacobson (1988), "Congestion avoidance and control".
 *
 * @param signal ends all waiting
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { createThrottle } from "agent-trace-lab/judge";
 * const clock = { now: () => 0, sleep: () => Promise.resolve() };
 * const throttle = createThrottle(4, clock);
 * equal(throttle.limit(), 4);
 * ```
 */
export function createThrottle(max: number, clock: Clock, signal?: AbortSignal): Throttle {
  let [limit, inFlight, pausedUntil, lastCut] = [max, 0, -Infinity, -Infinity];
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  signal?.addEventListener("abort", wake, { once: true });
  return {
    async acquire() {
      for (;;) {
        if (signal?.aborted) return false;
        const pause = pausedUntil - clock.now();
        if (pause > 0) await clock.sleep(pause, signal);
        else if (inFlight < Math.floor(limit)) break;
        else await new Promise<void>((go) => waiting.push(go));
      }
      inFlight++;
      return true;
    },
    release() {
      inFlight--;
      wake();
    },
    answered() {
      limit = Math.min(max, limit + 1 / limit);
    },
    limited(acquiredAt, retryAfterMs) {
      if (acquiredAt >= lastCut) {
        limit = Math.max(1, limit / 2);
        lastCut = clock.now();
      }
      if (retryAfterMs !== null) pausedUntil = Math.max(pausedUntil, clock.now() + retryAfterMs);
    },
    limit: () => Math.floor(limit),
    inFlight: () => inFlight,
  };
}
