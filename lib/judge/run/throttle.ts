import type { Clock } from "../../io/clock.ts";

/** How many requests may be in flight, as the endpoint bears it. */
export interface Throttle {
  /** Waits for a place. Give it back with `release`. */
  acquire(): Promise<void>;
  release(): void;
  /** A request that got its place at `acquiredAt` was answered: a little more may be tried. */
  answered(): void;
  /** A request that got its place at `acquiredAt` met a rate limit: half as many, and none before `retryAfterMs`. */
  limited(acquiredAt: number, retryAfterMs: number | null): void;
  /** Requests allowed at the moment. */
  limit(): number;
  inFlight(): number;
}

/**
 * Concurrency that follows the endpoint: halved by a rate limit (once for all requests that were in flight together),
 * raised by one after as many answers as there are places; additive increase, multiplicative decrease as in TCP.
 *
 * Source: Jacobson (1988), "Congestion avoidance and control".
 */
export function createThrottle(max: number, clock: Clock): Throttle {
  let [limit, inFlight, pausedUntil, lastCut] = [max, 0, -Infinity, -Infinity];
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  return {
    async acquire() {
      for (;;) {
        const pause = pausedUntil - clock.now();
        if (pause > 0) await clock.sleep(pause);
        else if (inFlight < Math.floor(limit)) break;
        else await new Promise<void>((go) => waiting.push(go));
      }
      inFlight++;
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
