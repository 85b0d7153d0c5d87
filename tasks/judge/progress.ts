import { SingleBar } from "cli-progress";
import type { RunProgress } from "../../lib/judge/mod.ts";
import { note } from "../say.ts";

/** Seconds between lines where there is no terminal: a night's log stays short. */
const LINE_EVERY_MS = 60_000;

/** Where progress is shown; tests give their own. */
export interface ProgressPlace {
  isTerminal: boolean;
  now: () => number;
  write: (line: string) => void;
}

const STDERR: ProgressPlace = {
  isTerminal: Deno.stderr.isTerminal(),
  now: Date.now,
  write: (line) => note(line),
};

/** Rate, spend and time left on stderr: a bar on a terminal, elsewhere a line a minute. */
export function runProgress(
  total: number,
  { isTerminal, now, write }: ProgressPlace = STDERR,
): { update(progress: RunProgress): void; stop(): void } {
  if (!isTerminal) {
    let last = now();
    return {
      update: (progress) => {
        if (now() - last < LINE_EVERY_MS) return;
        last = now();
        const { perMinute, usd, left, concurrency } = shown(progress);
        write(`judge: ${progress.done}/${total}, ${perMinute}/min, ${usd}, ${left} left, ${concurrency} at once`);
      },
      stop: () => {},
    };
  }
  const bar = new SingleBar({
    format: "judge [{bar}] {value}/{total}, {perMinute}/min, {usd}, {left} left, {concurrency} at once",
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0, { perMinute: "?", usd: "$0.00", left: "?", concurrency: "?" });
  return { update: (progress) => bar.update(progress.done, shown(progress)), stop: () => bar.stop() };
}

function shown({ perMinute, secondsLeft, bill: { likelyUsd }, concurrency }: RunProgress) {
  return {
    perMinute: perMinute.toFixed(0),
    usd: likelyUsd === null ? "$?" : `$${likelyUsd.toFixed(2)}`,
    left: secondsLeft === null ? "?" : duration(secondsLeft),
    concurrency,
  };
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes >= 60
    ? `${Math.floor(minutes / 60)} h ${minutes % 60} min`
    : `${minutes} min ${Math.floor(seconds % 60)} s`;
}
