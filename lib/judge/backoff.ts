/** How often and how long to try again. */
export interface RetryPolicy {
  /** Tries of one request that fail for the endpoint's or the network's reasons. */
  maxAttempts: number;
  /** Tries of one request that meet a rate limit: these say nothing about the request, so there are more. */
  maxRateLimits: number;
  baseMs: number;
  capMs: number;
}

/** With 1 s doubling to 60 s: some three minutes of faults, some half an hour of rate limits. */
export const DEFAULT_RETRIES: RetryPolicy = { maxAttempts: 6, maxRateLimits: 40, baseMs: 1000, capMs: 60_000 };

/**
 * Milliseconds to wait before try `attempt` + 1: random up to base x 2^(attempt - 1), capped ("full jitter"), and never less
 * than the endpoint asked for, with a tenth of spread on top, so that all who were told the same do not come back at once.
 *
 * Source: Brooker (2015), "Exponential backoff and jitter", AWS Architecture Blog.
 *
 * @param attempt failed tries so far, from 1
 * @param random uniform on [0, 1)
 */
export function backoffMs(
  attempt: number,
  retryAfterMs: number | null,
  policy: RetryPolicy,
  random: () => number,
): number {
  const jittered = random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  return retryAfterMs === null ? jittered : Math.max(jittered, retryAfterMs * (1 + 0.1 * random()));
}
