import { int, seconds } from "../figures/mod.ts";
import { type Display, kernelDisplay } from "./display.ts";

/** Settings of {@link progress}. */
export interface ProgressOptions {
  /** Where the line goes; the notebook unless given. */
  display?: Display;
  /** Milliseconds, from any origin. */
  clock?: () => number;
  /** Names the output that is updated. */
  displayId?: string;
}

/** What takes less than this is not worth a line. */
const PATIENCE_MS = 2000;
const EVERY_MS = 500;

/**
 * Yields the items of a loop and, once it has taken two seconds, keeps one line below the cell up to date: how many are done,
 * how fast, how long it will take. The line is emptied at the end, so that a run leaves no trace of its speed.
 *
 * @param total how many there will be; null when not known
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { progress } from "agent-trace-lab/notebook";
 * let seen = 0;
 * for await (const n of progress([1, 2, 3], "numbers", 3)) seen += n;
 * equal(seen, 6);
 * ```
 */
export async function* progress<T>(
  items: Iterable<T> | AsyncIterable<T>,
  label: string,
  total: number | null,
  options: ProgressOptions = {},
): AsyncGenerator<T> {
  const { display = kernelDisplay, clock = () => performance.now(), displayId = crypto.randomUUID() } = options;
  const started = clock();
  let shownAt: number | null = null;
  let done = 0;
  const line = (text: string, update: boolean) => display({ "text/plain": text }, { displayId, update });
  try {
    for await (const item of items) {
      yield item;
      done++;
      const now = clock();
      if (now - started < PATIENCE_MS || (shownAt !== null && now - shownAt < EVERY_MS)) continue;
      const first = shownAt === null;
      shownAt = now;
      await line(statusLine(label, done, total, (now - started) / 1000), !first);
    }
  } finally {
    if (shownAt !== null) await line("", true);
  }
}

function statusLine(label: string, done: number, total: number | null, elapsedS: number): string {
  const rate = done / elapsedS;
  const speed = `${rate < 10 ? rate.toFixed(1) : int(rate)}/s`;
  if (total === null) return `${label}: ${int(done)}, ${speed}`;
  return `${label}: ${int(done)} of ${int(total)}, ${speed}, ${seconds(Math.max(0, total - done) / rate)} left`;
}
