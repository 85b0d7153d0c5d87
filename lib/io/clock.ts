/** Time, as an argument: tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
};

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
