import { deepEqual, equal, ok } from "node:assert/strict";
import { jobOf } from "../../lib/judge/prompt/job.ts";
import { DEFAULT_BUDGET_TOKENS } from "../../lib/judge/prompt/prompt.ts";
import { rubricFor } from "../../lib/judge/rubrics/rubric.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { conversationOf } from "../../lib/traces/mod.ts";
import { ended, startJudge } from "../support/judge_task.ts";
import { answer, startLlmServer } from "../support/llm_server.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

const SESSIONS = "traces/real-sessions/data";
const GLOB = () => `${sharedPath(SESSIONS)}/*.parquet`;

async function* recorded(): AsyncGenerator<TraceRow> {
  for await (const row of (await openTraces(GLOB())).rows()) {
    if (!isFault(row)) yield row;
  }
}

onRecorded(
  SESSIONS,
  "every text of the last call of all 104 recorded sessions is in the transcript, once for each time",
  async () => {
    let [sessions, texts] = [0, 0];
    for await (const row of recorded()) {
      sessions++;
      const { items, view, roles, malformed } = transcriptOf(row);
      deepEqual([view, roles.map(({ role }) => role), malformed], ["agent", ["agent"], 0], row.sessionId);
      const left = new Map<string, number>();
      for (const item of items) left.set(item.text, (left.get(item.text) ?? 0) + 1);
      const last = conversationOf(row).at(-1)!;
      for (const { content, tool_calls } of [...last.input, ...last.output]) {
        for (const text of [content, ...(tool_calls ?? []).map((call) => call.function.arguments)]) {
          if (!text?.trim()) continue;
          texts++;
          ok(left.get(text), `${row.sessionId} lost ${text.slice(0, 80)}`);
          left.set(text, left.get(text)! - 1);
        }
      }
      const extra = [...left].filter(([, n]) => n > 0);
      // An agent may answer in several messages of which a harness repeats one; nothing else may be told twice.
      ok(extra.length <= 1, `${row.sessionId} tells ${extra.length} texts too often: ${extra[0]?.[0].slice(0, 80)}`);
    }
    equal(sessions, 104);
    ok(texts > 3_000, `${texts}`);
  },
);

onRecorded(SESSIONS, "a scripted judge on the recorded sessions is validated to exactly its known errors", async () => {
  const rewards = new Map(
    (await Deno.readTextFile(sharedPath("traces/real-sessions/rewards.csv"))).trim().split("\n").slice(1)
      .map((line) => line.split(",")).map(([id, , , reward]) => [id!, Number(reward)] as const),
  );
  const idOf = new Map<string, string>();
  let shortest = 1;
  for await (const row of recorded()) {
    const settings = {
      judge: "gpt-4.1",
      rubric: rubricFor(row.benchmark),
      repeat: 1,
      budgetTokens: DEFAULT_BUDGET_TOKENS,
    };
    const job = jobOf(row, transcriptOf(row), settings);
    idOf.set(job.user, row.sessionId);
    shortest = Math.min(shortest, job.shareShown);
    ok(job.estimatedTokens < DEFAULT_BUDGET_TOKENS + 1_500, row.sessionId);
  }
  ok(shortest > 0.3 && shortest < 0.45, `the BrowseComp+ session is shown to ${shortest}`);
  const ids = [...rewards.keys()];
  const wrong = (id: string) => ids.indexOf(id) % 5 === 0;
  const server = startLlmServer(({ prompt }) => {
    const id = idOf.get(prompt)!;
    const truth = rewards.get(id) as 0 | 1;
    return { text: answer(wrong(id) ? (1 - truth) as 0 | 1 : truth, wrong(id) ? "low" : "high", [1]) };
  });
  const folder = await Deno.makeTempDir();
  try {
    const args = [
      GLOB(),
      "--yes",
      "--out",
      `${folder}/v.jsonl`,
      "--against",
      sharedPath("traces/real-sessions/rewards.csv"),
    ];
    const { code, stderr } = await ended(startJudge(args, server.url));
    equal(code, 0, stderr);
    equal(server.requests.length, 104);
    const { agreement, calibration, disagreements } = JSON.parse(
      await Deno.readTextFile(`${folder}/v.jsonl.validation.json`),
    );
    const all = agreement.at(-1);
    const [solved, unsolved] = [1, 0].map((grade) => ids.filter((id) => rewards.get(id) === grade));
    deepEqual([all.benchmark, all.tp, all.fn, all.fp, all.tn], [
      "all",
      solved!.filter((id) => !wrong(id)).length,
      solved!.filter(wrong).length,
      unsolved!.filter(wrong).length,
      unsolved!.filter((id) => !wrong(id)).length,
    ]);
    deepEqual(calibration.map((row: { confidence: string; rate: number }) => [row.confidence, row.rate]), [
      ["high", 1],
      ["low", 0],
    ]);
    equal(disagreements.length, ids.filter(wrong).length);
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
});
