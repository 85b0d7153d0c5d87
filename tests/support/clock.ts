import type { Clock } from "../../lib/io/mod.ts";

/** A clock on which sleeping takes no time: it only moves on. */
export function manualClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}
