import { SingleBar } from "cli-progress";
import type { RunProgress } from "../../lib/judge/mod.ts";

/** A bar with rate, spend and time left on stderr; nothing where that is not a terminal. */
export function runProgress(total: number): { update(progress: RunProgress): void; stop(): void } {
  if (!Deno.stderr.isTerminal()) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: "judge [{bar}] {value}/{total}, {perMinute}/min, {usd}, {left} left, {concurrency} at once",
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0, { perMinute: "?", usd: "$0.00", left: "?", concurrency: "?" });
  return {
    update: ({ done, perMinute, secondsLeft, spentUsd, concurrency }) =>
      bar.update(done, {
        perMinute: perMinute.toFixed(0),
        usd: spentUsd === null ? "$?" : `$${spentUsd.toFixed(2)}`,
        left: secondsLeft === null ? "?" : duration(secondsLeft),
        concurrency,
      }),
    stop: () => bar.stop(),
  };
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes >= 60
    ? `${Math.floor(minutes / 60)} h ${minutes % 60} min`
    : `${minutes} min ${Math.floor(seconds % 60)} s`;
}
