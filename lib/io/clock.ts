/** Time, as an argument: tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; an abort of `signal` ends the wait early, without an error. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest delay a timer takes (2^31 - 1 ms, 24.8 days); a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    for (let left = ms; left > 0 && !signal?.aborted; left -= LONGEST_TIMER_MS) {
      await timer(Math.min(left, LONGEST_TIMER_MS), signal);
    }
  },
};

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(id);
      signal?.removeEventListener("abort", end);
      done();
    };
    const id = setTimeout(end, ms);
    signal?.addEventListener("abort", end);
  });
}

/**
 * Lets calls through so that no minute holds more than `perMinute` of them: the next one waits until the oldest of the
 * last `perMinute` is a minute old.
 *
 * @returns a function to await before each call
 */
export function perMinuteLimit(perMinute: number, clock: Clock): () => Promise<void> {
  const begun: number[] = [];
  let last: Promise<void> = Promise.resolve();
  return () =>
    last = last.then(async () => {
      const oldest = begun.length < perMinute ? undefined : begun.shift();
      if (oldest !== undefined) await clock.sleep(Math.max(0, oldest + 60_000 - clock.now()));
      begun.push(clock.now());
    });
}
