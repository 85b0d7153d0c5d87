import { deepEqual, equal, ok } from "node:assert/strict";
import { readVerdicts } from "../../lib/judge/verdicts/ledger.ts";
import { seededRandom } from "../../lib/stats/resampling/random.ts";
import { ended, startJudge, writeSessions } from "../support/judge_task.ts";
import { answer, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

const SESSIONS = 400;
const KILLS = 20;
const AT_ONCE = 4;

const linesOf = (path: string) => {
  try {
    return Deno.readTextFileSync(path).split("\n").slice(0, -1);
  } catch {
    return [];
  }
};

/** What a verdict says, without how many requests it took. */
const told = (path: string) =>
  linesOf(path).map((line) => {
    const { attempts: _attempts, usd_at_most: _atMost, ...verdict } = JSON.parse(line);
    return verdict;
  }).sort((a, b) => a.session_id < b.session_id ? -1 : 1);

needs(
  ["net", "env", "read", "write", "run", "sys"],
  "killed by SIGKILL at 20 random moments, a run ends with the same verdicts and judges nothing twice",
  async () => {
    const random = seededRandom(4);
    const folder = await Deno.makeTempDir();
    const [source, out, undisturbed] = ["sessions.jsonl", "killed.jsonl", "whole.jsonl"].map((name) =>
      `${folder}/${name}`
    );
    const scripted = (prompt: string) =>
      answer((Number(/Task (\d+):/.exec(prompt)![1]) % 3 === 0) ? 1 : 0, "high", [2]);

    const asked: { session: number; run: number }[] = [];
    let run = 0;
    const server = startLlmServer(({ prompt }) => {
      asked.push({ session: Number(/Task (\d+):/.exec(prompt)![1]), run });
      return { text: scripted(prompt) };
    }, { latencyMs: 4, keep: false });
    const start = (to: string) =>
      startJudge([source!, "--yes", "--out", to, "--concurrency", String(AT_ONCE)], server.url);
    try {
      await writeSessions(source!, Array.from({ length: SESSIONS }, (_, i) => smallSession(i)));
      equal((await ended(start(undisturbed!))).code, 0);
      asked.length = 0;

      const judgedBefore: Set<string>[] = [];
      for (run = 0; run < KILLS; run++) {
        judgedBefore.push(new Set(linesOf(out!).map((line) => JSON.parse(line).session_id)));
        const [child, before] = [start(out!), linesOf(out!).length];
        const over = ended(child);
        let gone = false;
        over.then(() => (gone = true));
        // Half are killed anywhere from the start on, half soon after the first new verdict.
        const moment = Date.now() + random() * 700;
        while (!gone && (run % 2 ? linesOf(out!).length === before : Date.now() < moment)) await sleep(3);
        await sleep(random() * 15);
        try {
          if (!gone) child.kill("SIGKILL");
        } catch {
          // It has just ended by itself.
        }
        await over;
      }
      judgedBefore.push(new Set(linesOf(out!).map((line) => JSON.parse(line).session_id)));
      ok(judgedBefore.at(-1)!.size < SESSIONS, "the run was over before it was killed often enough");
      ok(judgedBefore.at(-1)!.size > 0, "no run was killed in the middle");
      equal((await ended(start(out!))).code, 0);

      deepEqual(told(out!), told(undisturbed!));
      equal(new Set((await readVerdicts(out!)).map((v) => v.sessionId)).size, SESSIONS);
      for (const { session, run } of asked) {
        const id = smallSession(session).sessionId;
        ok(!judgedBefore[run]!.has(id), `session ${id} had a verdict and was asked again in run ${run}`);
      }
      // Only what was in flight when a run was killed is asked a second time.
      ok(asked.length <= SESSIONS + KILLS * AT_ONCE, `${asked.length} requests`);
    } finally {
      await server.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
