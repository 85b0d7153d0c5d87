import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { openLedger, readVerdicts, verdictLine } from "../../lib/judge/verdicts/ledger.ts";
import { type JudgeVerdict, verdictKey } from "../../lib/judge/verdicts/verdict.ts";
import { needs } from "../support/needs.ts";
import { judgeVerdict } from "../support/verdict.ts";

const verdict = (i: number): JudgeVerdict =>
  judgeVerdict(`run_${i}`, i % 2 ? 1 : 0, { reasoning: "Because – ünïcödé 漢字." });

async function inFolder(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/verdicts.jsonl`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const line = (i: number) => verdictLine(verdict(i));

needs(
  ["read", "write"],
  "verdicts that are appended are there when the file is opened again",
  () =>
    inFolder(async (path) => {
      const first = await openLedger(path);
      await Promise.all([1, 2, 3].map((i) => first.append(verdict(i))));
      first.close();
      const second = await openLedger(path);
      deepEqual([second.done.size, [1, 2, 3].every((i) => second.done.has(verdictKey(verdict(i))))], [3, true]);
      equal(second.repaired, null);
      second.close();
      deepEqual(await readVerdicts(path), [1, 2, 3].map(verdict));
    }),
);

needs(
  ["read", "write"],
  "a line torn at any byte is removed or ended, and the lines before it stay",
  () =>
    inFolder(async (path) => {
      const whole = new TextEncoder().encode(line(1) + line(2));
      const firstEnd = new TextEncoder().encode(line(1)).length;
      for (let cut = firstEnd + 1; cut < whole.length - 1; cut += 7) {
        await Deno.writeFile(path, whole.subarray(0, cut));
        const ledger = await openLedger(path);
        match(ledger.repaired!, /line 2 was torn/);
        await ledger.append(verdict(3));
        ledger.close();
        deepEqual(await readVerdicts(path), [verdict(1), verdict(3)]);
      }
      await Deno.writeFile(path, whole.subarray(0, whole.length - 1));
      const ledger = await openLedger(path);
      match(ledger.repaired!, /the end of line 2 was missing/);
      await ledger.append(verdict(3));
      ledger.close();
      deepEqual(await readVerdicts(path), [1, 2, 3].map(verdict));
    }),
);

needs(
  ["read", "write"],
  "a broken line that is not the last is an error with file and line",
  () =>
    inFolder(async (path) => {
      await Deno.writeTextFile(path, `${line(1)}{"torn\n${line(2)}`);
      await rejects(openLedger(path), /verdicts\.jsonl, row line 2: not JSON.*remove the line/);
      await Deno.writeTextFile(path, `${line(1)}{"sessionId": "x"}\n`);
      await rejects(openLedger(path), /row line 2, field "benchmark"/);
    }),
);

needs(["read", "write"], "two runs cannot write one file", () =>
  inFolder(async (path) => {
    const ledger = await openLedger(path);
    await rejects(openLedger(path), /another run is writing it/);
    ledger.close();
  }));
