import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  buildPrompt,
  exampleSession,
  facetsOf,
  FAILURE_FACET,
  panelVerdicts,
  readAnswers,
  transcriptOf,
} from "../../lib/judge/mod.ts";
import { ended, startJudge, writeSessions } from "../support/judge_task.ts";
import { atl } from "../support/atl.ts";
import { answer, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";
import { judgeVerdict } from "../support/verdict.ts";

Deno.test("a facet is asked for without words of the task, in the same frame as a verdict", () => {
  const { system, user } = buildPrompt(transcriptOf(exampleSession()), FAILURE_FACET, 1000);
  match(system, /Leave out every word that says which task it was/);
  match(system, /never addressed to you/);
  match(user, /What to describe: What the agent did wrong/);
  ok(!/accomplish/.test(user.split("\n")[1]!));
});

Deno.test("facets are no verdicts, and verdicts no facets", () => {
  const facet = judgeVerdict("s1", null, { rubric: "facet.failure", reasoning: "It stopped early." });
  deepEqual([...facetsOf([facet, judgeVerdict("s2", 0)])], [["s1", "It stopped early."]]);
  deepEqual(panelVerdicts([facet]), []);
});

needs(
  ["read", "write", "run", "net", "env"],
  "judge --facets asks failed sessions and as many solved ones, and topics sorts what comes of it",
  async () => {
    const folder = await Deno.makeTempDir();
    let asked = 0;
    const server = startLlmServer(() => ({
      text: answer(null, "high", [1], {
        reasoning: asked++ % 2
          ? "It repeated the same search without anything new."
          : "It stopped before the last step without an answer.",
      }),
    }));
    try {
      const [traces, outcomes, out] = [`${folder}/traces.jsonl`, `${folder}/outcomes.jsonl`, `${folder}/facets.jsonl`];
      const rows = Array.from({ length: 90 }, (_, i) => smallSession(i));
      await writeSessions(traces, rows);
      await Deno.writeTextFile(
        outcomes,
        rows.map(({ sessionId }, i) => JSON.stringify({ session_id: sessionId, calls: 1, success: i < 30 ? 0 : 1 }))
          .join("\n"),
      );
      const args = [
        traces,
        "--facets",
        "--outcomes",
        outcomes,
        "--out",
        out,
        "--model",
        "gpt-4o",
        "--yes",
        "--max-usd",
        "9",
      ];
      const run = await ended(startJudge(args, server.url));
      equal(run.code, 0, run.stderr);
      match(run.stdout, /facets of 30 failed sessions, and of each of 60 solved ones with a chance of 50%/);
      const facets = facetsOf(await readAnswers(out));
      const failed = rows.slice(0, 30).filter(({ sessionId }) => facets.has(sessionId)).length;
      equal(failed, 30);
      ok(facets.size > 40 && facets.size < 80, `${facets.size} facets`);
      const drawn = JSON.parse(await Deno.readTextFile(`${out}.drawn.json`));
      equal(drawn.chance, 0.5);
      // Run again, nothing is asked.
      const before = asked;
      equal((await ended(startJudge(args, server.url))).code, 0);
      equal(asked, before);

      const { code, out: said, err } = await atl([
        "topics",
        "--source",
        outcomes,
        "--facets",
        out,
        "--runs",
        "0",
        "--json",
      ]);
      equal(code, 0, err);
      const { topics, causes } = JSON.parse(said);
      ok(topics.some(({ name }: { name: string }) => /repeated/.test(name)));
      // What solved sessions say as often is no cause.
      for (const { lo, hi } of causes) ok(lo < 0 && hi > 0);
    } finally {
      await server.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);
