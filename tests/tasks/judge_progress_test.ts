import { deepEqual } from "node:assert/strict";
import { runProgress } from "../../tasks/judge/progress.ts";

Deno.test("without a terminal the judge says once a minute how far it is, at what rate, spend and time left", () => {
  const lines: string[] = [];
  let now = 0;
  const { update } = runProgress(600, { isTerminal: false, now: () => now, write: (line) => lines.push(line) });
  for (let done = 1; done <= 300; done++) {
    now = done * 500;
    const usd = done < 200 ? done / 100 : null;
    const bill = {
      calls: done,
      unknownCalls: 0,
      inputTokens: 0,
      outputTokens: 0,
      knownUsd: usd,
      likelyUsd: usd,
      atMostUsd: usd,
    };
    update({ done, total: 600, perMinute: 120, secondsLeft: (600 - done) / 2, bill, inFlight: 8, concurrency: 8 });
  }
  deepEqual(lines, [
    "judge: 120/600, 120/min, $1.20, 4 min 0 s left, 8 at once",
    "judge: 240/600, 120/min, $?, 3 min 0 s left, 8 at once",
  ]);
});
